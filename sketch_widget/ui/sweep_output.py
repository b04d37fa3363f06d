"""A sweep's pictures as one plain output of the notebook: a sheet with headings that grows with the sweep.

It stands beside the live grid as a run's does beside its card, see `outputs`. Every sheet takes a second or two, so not
every picture makes one.
"""

import time
from base64 import b64encode
from collections.abc import Callable

from sketch_widget.jobs.job import Job
from sketch_widget.jobs.sweep import Sweep
from sketch_widget.runs.run import Run
from sketch_widget.runs.sweep_sheet import made_by, small_sweep_png
from sketch_widget.runs.table import table_of
from sketch_widget.ui.outputs import MARK, Bundle, Snapshot, painter
from sketch_widget.ui.soon import Soon, Thread
from sketch_widget.ui.squares import rests, sheet_alt

PAUSE = 10.0  # seconds after which one more picture is worth a sheet


def is_due(resting: int, kept: int, total: int, seconds: float) -> bool:
    """Whether a new sheet is worth its time.

    It is when all is there, when there is twice as much to show as on the last sheet, and after a while when there is
    anything new: a service that takes half a minute for a picture leaves time for each.

    Args:
        resting: How many squares have come to rest.
        kept: How many had when the last sheet was made.
        total: How many there are.
        seconds: How long ago that was.
    """
    return resting == total or resting >= max(2 * kept, 1) or (resting > kept and seconds >= PAUSE)


def sweep_bundle(sweep: Sweep, mark: str = "") -> Bundle:
    """Return a sweep as an output: its sheet as `image/png`, and its squares, one a line, as `text/plain`."""
    runs = [job.run for job in sweep.jobs if isinstance(job.run, Run)]
    png = small_sweep_png(sweep.axes, runs, sweep.lang, mark)
    table = table_of(sweep.axes, [run.request for run in runs], sweep.lang)
    alt = sheet_alt(table, made_by(runs[0].service, sweep.lang), sweep.lang)
    data = {"image/png": b64encode(png).decode("ascii"), "text/plain": f"{alt}\n{sweep!r}"}
    return data, {"image/png": {"alt": alt}}


class GrowingSheet:
    """Keeps a sweep's sheet in an output while its jobs go on.

    Args:
        sweep: What is shown.
        snapshot: The output.
        thread: Where the sheets are made.
        now: Tells the time in seconds.
    """

    def __init__(
        self,
        sweep: Sweep,
        snapshot: Snapshot,
        thread: Thread = painter,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sweep = sweep
        self._snapshot = snapshot
        self._now = now
        self._kept, self._moment = 0, now()
        self._soon = Soon(thread, self._keep)

    @property
    def is_whole(self) -> bool:
        """Whether everything that the sweep will have by itself is in the output."""
        return self._kept == len(self._sweep.jobs)

    def follow(self) -> None:
        """Keep what is there, and what comes."""
        for job in self._sweep.jobs:
            job.on_change(self._changed)
        self._soon.ask()

    def _changed(self, job: Job) -> None:
        if rests(job):
            self._soon.ask()

    def _keep(self) -> None:
        jobs = self._sweep.jobs
        resting = sum(rests(job) for job in jobs)
        if not is_due(resting, self._kept, len(jobs), self._now() - self._moment):
            return
        name = ",".join(f"{job.state.value}{len(job.run.files)}" for job in jobs if rests(job))
        self._snapshot.write(name, lambda: sweep_bundle(self._sweep, MARK))
        self._kept, self._moment = resting, self._now()
