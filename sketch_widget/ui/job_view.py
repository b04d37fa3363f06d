"""How jobs, sweeps and runs show themselves in a notebook: a job as a live card, a sweep as a live table, a run as its
pictures.

None of them knows that: this module tells IPython, where there is one. Refuses to be called twice for one shell.
"""

import threading
from collections.abc import Callable
from typing import Any

from IPython.core.getipython import get_ipython

from sketch_widget.jobs.job import Job
from sketch_widget.jobs.state import JobState
from sketch_widget.jobs.sweep import Sweep
from sketch_widget.runs.run import Run
from sketch_widget.ui.gallery import Gallery
from sketch_widget.ui.outputs import Snapshot, run_bundle, show_widget


def show_job(job: Job, lang: str = "auto") -> None:
    """Display a job as a card that follows it, with its pictures as a plain output beside it once they are there."""
    view, snapshot = Gallery([job], is_single=True, lang=lang), Snapshot(lang)
    show_widget(view.model_id, repr(job))
    snapshot.show()
    keep_when_done(job, snapshot.keep)


def show_sweep(sweep: Sweep) -> None:
    """Display a sweep as a table that follows its jobs, with its sheet as a plain output beside it that grows too."""
    from sketch_widget.ui.grid import Grid  # late, with its sheet: 8 ms of an import, and few need it
    from sketch_widget.ui.sweep_output import GrowingSheet

    snapshot = Snapshot(sweep.lang)
    sheet = GrowingSheet(sweep, snapshot)
    grid = Grid(sweep, is_kept=lambda: sheet.is_whole)
    show_widget(grid.model_id, repr(sweep))
    snapshot.show()
    sheet.follow()


def keep_when_done(job: Job, keep: Callable[[Run], object]) -> None:
    """Call `keep` with the run of a job once it is done; at once when it is done already."""
    first = threading.Lock()

    def changed(job: Job) -> None:
        # The job may end on its thread while it is asked here: whoever comes first keeps the run.
        if job.state is JobState.DONE and isinstance(job.run, Run) and first.acquire(blocking=False):
            keep(job.run)

    job.on_change(changed)
    changed(job)


def register(shell: Any = None) -> None:
    """Let a shell show jobs, sweeps and runs; does nothing where no shell runs."""
    shell = shell or get_ipython()
    if shell is None:
        return
    formatter = shell.display_formatter
    formatter.ipython_display_formatter.for_type(Job, show_job)
    formatter.ipython_display_formatter.for_type(Sweep, show_sweep)
    formatter.mimebundle_formatter.for_type(Run, lambda run, **_: run_bundle(run))
