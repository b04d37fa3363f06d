"""A sweep as a table on the page: headings across and down, and in each square a job's state and then its pictures.

A view that holds no truth: it can be built anew from the sweep at any time. Jobs report on the background thread, often
many at once, for each that is sent moves all others up; they are shown together, on a thread of its own.
"""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anywidget
import traitlets as t

from sketch_widget import settings, words
from sketch_widget.jobs.job import Job
from sketch_widget.jobs.sweep import Sweep
from sketch_widget.runs.sweep_sheet import made_by
from sketch_widget.runs.table import Table, table_of, varied_in
from sketch_widget.ui.cards import CANCELLABLE
from sketch_widget.ui.delivery import send_picture
from sketch_widget.ui.outputs import HIDING_RULE
from sketch_widget.ui.soon import Soon, Thread
from sketch_widget.ui.squares import alts, cancel_text, cost, progress, square
from sketch_widget.ui.theme import script, styles

_shower = ThreadPoolExecutor(1, thread_name_prefix="sketch_widget_grid")


def whole() -> bool:
    """Say that nothing is missing in the saved notebook."""
    return True


class Grid(anywidget.AnyWidget):
    """The table of a sweep.

    Args:
        sweep: What is shown.
        is_kept: Whether everything shown will be in the saved notebook, even if this page is loaded again now.
        thread: Where the page is written.
    """

    _esm = script("shelf.js", "square.js", "enlarged.js", "grid.js")
    _css = styles("page.css", "grid.css") + HIDING_RULE

    lang = t.Unicode("en")
    """The language of the table, "en" or "zh"; "auto" asks the environment. Default: the sweep's."""

    table = t.Dict().tag(sync=True)
    """Headings, places and fixed words; written by the grid itself."""

    view = t.Dict().tag(sync=True)
    """How all squares stand; written by the grid itself."""

    def __init__(
        self, sweep: Sweep, is_kept: Callable[[], bool] = whole, thread: Thread = _shower, **values: Any
    ) -> None:
        self._sweep = sweep
        self._is_kept = is_kept
        self._home_page = ""
        self._is_cut_off = False
        self._lock = threading.Lock()
        self._soon = Soon(thread, self._show)
        super().__init__(**{"lang": sweep.lang} | values)
        self.on_msg(self._receive)
        self._name()
        self._show()
        for job in sweep.jobs:
            job.on_change(self._changed)

    def _changed(self, job: Job) -> None:
        self._soon.ask()

    @t.validate("lang")
    def _find_language(self, proposal: Mapping[str, Any]) -> str:
        return settings.language(proposal["value"])

    @t.observe("lang")
    def _speak(self, change: Mapping[str, Any]) -> None:
        self._name()
        self._show()

    def _receive(self, _: Any, content: Mapping[str, Any], buffers: Any) -> None:
        """Hear what the browser asks; a message that is not understood is none of ours."""
        kind = content.get("kind")
        if kind == "hello":
            self._greet(str(content.get("page", "")))
        elif kind == "cancel":
            for job in self._sweep.jobs:
                if job.state in CANCELLABLE:
                    job.cancel()
        elif kind == "want":
            for job in self._sweep.jobs:
                if job.id == content.get("job"):
                    send_picture(self, job, int(content.get("index", 0)))

    def _greet(self, page: str) -> None:
        """Note which page the cell ran in: the only one in which later outputs reach the notebook."""
        self._home_page = self._home_page or page
        if page != self._home_page and not self._is_kept():
            self._is_cut_off = True
            self._show()

    def _name(self) -> None:
        """Write what does not change while the jobs go on."""
        sweep, lang = self._sweep, self.lang
        table = table_of(sweep.axes, [job.request for job in sweep.jobs], lang)
        self.table = _headings(table) | {
            "lang": "zh-Hans" if lang == "zh" else "en",
            "made": words.say(
                "grid.made", lang, made=made_by(sweep.jobs[0].run.service, lang), cost=cost(sweep.jobs, lang)
            ),
            "drawing": words.say("grid.drawing", lang),
            "alts": [alts(job, varied_in(sweep.axes), lang) for job in sweep.jobs],
            "blank": {name: words.say(f"page.blank.{name}", lang) for name in ("loading", "lost", "not_made")},
            "do": {name: words.say(f"grid.{name}", lang) for name in ("open", "previous", "next", "close")},
            "save": words.say("page.do.save", lang),
            "gone": words.say("grid.gone", lang),
        }

    def _show(self) -> None:
        """Write how all squares stand now."""
        with self._lock:
            jobs, lang = self._sweep.jobs, self.lang
            self.view = {
                "squares": [square(job, place, lang).view() for place, job in enumerate(jobs)],
                "status": progress(jobs, lang),
                "cancel": cancel_text(jobs, lang),
                "notice": words.say("grid.cut_off", lang) if self._is_cut_off else "",
            }


def _headings(table: Table) -> dict[str, Any]:
    groups = [
        {
            "heading": group.heading,
            "rows": [{"heading": row.heading, "places": list(row.places)} for row in group.rows],
        }
        for group in table.groups
    ]
    return {"title": table.title, "same": table.same, "columns": list(table.columns), "groups": groups}
