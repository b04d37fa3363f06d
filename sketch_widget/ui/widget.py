"""The whole page: pad, controls and results, joined to a service.

It composes and connects; each part decides for itself. Refuses to hold truth: the drawing is the pad's, the jobs are
the queue's, the runs are the store's; what it was left like is in the page's file.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets as t

from sketch_widget import connect, settings, words
from sketch_widget.drawing.picture import read, sketch_png
from sketch_widget.errors import DrawingError, SketchWidgetError
from sketch_widget.jobs.job import Job
from sketch_widget.jobs.state import JobState
from sketch_widget.runs.run import Run
from sketch_widget.service.request import GenerationRequest
from sketch_widget.ui.controls import Controls
from sketch_widget.ui.gallery import SHOWN, Gallery
from sketch_widget.ui.inks_view import InkList
from sketch_widget.ui.job_view import keep_when_done
from sketch_widget.ui.outputs import Snapshot, show_widget
from sketch_widget.ui.pad import DrawingPad
from sketch_widget.ui.page_store import Page, PageFile
from sketch_widget.ui.past import jobs_of
from sketch_widget.ui.progress import ended, progress
from sketch_widget.ui.values import FORM, check_names, checked

if TYPE_CHECKING:
    from sketch_widget.service.client import DashScopeClient


OTHER_NAMES = ("service", "lang", "name")  # what `SketchWidget` takes besides the form's values


class SketchWidget(ipywidgets.VBox):
    """Draw, say in a few words what it is, choose a style, and get pictures: the whole job in one notebook cell.

    Args:
        service: Who makes the pictures. "auto": the DashScope account whose key is found, or the offline preview where
            there is none; "offline"; "dashscope"; or a `DashScopeClient`. The page says which one it is.
        lang: The language of the page: "en", "zh", or "auto" (the environment's).
        name: Under which drawing, form and cards are kept and found again; by default the cell tells.
        values: What the controls begin with: `prompt`, `style`, `n`, `sketch_weight`, `sketch_extraction`.

    When the cell runs again, or another kernel runs it, the drawing, the form and the cards of its jobs come back as
    they were left; a value that is given here wins over the one that was left. Nothing is sent again.

    Raises:
        KeyMissingError: The service needs a key and none was found.
        InputError: `lang` is none of these.
        RequestError: One of the values lies outside its rule.
        UnknownNameError: One of them is none of those named above; it is a `TypeError` too.
    """

    lang = t.Unicode("en")
    """The language of the whole page, "en" or "zh"; takes "auto" too. Default: the environment's."""

    def __init__(
        self,
        service: "str | DashScopeClient" = "auto",
        *,
        lang: str = "auto",
        name: str | None = None,
        **values: Any,
    ) -> None:
        lang = settings.language(lang)
        check_names(values, OTHER_NAMES)
        values = {name: checked(name, value) for name, value in values.items()}
        self._connection = connect.open(service)
        self._pad = DrawingPad(name, lang=lang)
        self._file = None if self._pad.file is None else PageFile(self._pad.file)
        left = Page() if self._file is None else self._file.read()
        self._runs = self._before_removal = left.runs
        self._left_behind: frozenset[str] = frozenset()
        values = {**left.values, **values}
        self._controls = Controls(self.generate, lang=lang, service=self._connection.service_name, **values)
        self._gallery = Gallery(on_act=self._act, on_resume=self._resume, lang=lang)
        self._gallery.observe(self._say_how_jobs_stand, "view")
        self._snapshot = Snapshot(lang)
        main = ipywidgets.HBox([self._pad, self._controls])
        main.add_class("sketch-main")
        super().__init__([main, self._gallery], lang=lang)
        self.add_class("sketch-widget")
        t.link((self, "lang"), (self._controls, "lang"))
        self._pad.observe(self._drawn, "sketch")
        self._drawn({})
        self._bring_back(left)
        self._controls.observe(self._remember, [*FORM, "inks"])
        self._pad.pen.observe(self._remember, "color")
        self._name_what_was_left()

    @property
    def pad(self) -> DrawingPad:
        """The drawing pad; `pad.sketch` is the drawing."""
        return self._pad

    @property
    def controls(self) -> Controls:
        """The form; its traits can be set, observed and linked."""
        return self._controls

    @property
    def request(self) -> GenerationRequest:
        """What Generate would send now.

        Raises:
            RequestError: There are no words yet.
        """
        return self._controls.request()

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs that the page shows, oldest first."""
        return self._gallery.jobs

    @property
    def runs(self) -> list[Run]:
        """The history on disk, newest first."""
        return self._connection.store.runs()

    def generate(self) -> Job:
        """Send what is on the page, as the button does, and return the job at once.

        Raises:
            RequestError: There are no words yet.
            DrawingError: Nothing is drawn yet.
        """
        request, sketch = self.request, self._pad.sketch
        if sketch.is_empty:
            raise DrawingError("page.need.drawing")
        return self._submit(request, sketch_png(sketch, request.to_json()))

    def _submit(self, request: GenerationRequest, png: bytes) -> Job:
        job = self._follow(self._connection.queue.submit(request, png))
        self._gallery.note = self._connection.queue.note or ""
        return job

    def _follow(self, job: Job) -> Job:
        self._gallery.add(job)
        keep_when_done(job, self._keep)
        self._runs = (*(one for one in self._runs if one != job.id), job.id)[-SHOWN:]
        self._remember()
        return job

    def _bring_back(self, left: Page) -> None:
        """Show what the page held when it was left; nothing is sent."""
        with suppress(DrawingError):  # what is no ink in the file is left out
            self._pad.color = left.color or self._pad.color
        if left.inks is not None:
            self._controls.inks = InkList(self._controls.inks.drawn, left.inks)
        jobs = jobs_of(left.runs, self._connection.queue.jobs, self._connection.store)
        going = [job for job in jobs if not job.done]
        self._left_behind = ended(jobs)
        self._gallery.add(*jobs)
        self._keep_latest()
        for job in going:
            keep_when_done(job, self._keep)

    def _say_how_jobs_stand(self, _: object) -> None:
        """Say beside Generate what the cards say, which may stand out of sight."""
        shown = progress(self._gallery.jobs, self._gallery.lang, self._left_behind)
        self._controls.panel.progress = shown.view()

    def _remember(self, _: object = None) -> None:
        """Write down what stands on the page; a newer page of the same name has taken the file over."""
        if self._file is None or self._pad.file is None:
            return
        values = {name: getattr(self._controls, name) for name in FORM}
        self._file.write(Page(values, self._controls.inks.edited, self._runs, self._pad.color))

    def _keep(self, run: Run) -> None:
        self._snapshot.keep(run)
        self._gallery.line = f"from sketch_widget import open_run; open_run({run.id!r})"

    def _keep_latest(self) -> None:
        """Let the plain output show the latest run that the page shows."""
        done = [job.run for job in self._gallery.jobs if job.state is JobState.DONE]
        if done and isinstance(done[-1], Run):
            self._keep(done[-1])
        else:
            self._snapshot.keep(None)
            self._gallery.line = ""

    def _act(self, job: Job, action: str, _: str) -> None:
        """Do what a button of a job's card asks."""
        if action == "retry":
            self._submit(job.request, job.run.sketch_bytes())
        elif action == "again":
            self._use_again(job)
        else:
            self._remember_removal(job, action)

    def _remember_removal(self, job: Job, action: str) -> None:
        """Leave a job that was taken off the page out of what comes back with it, or take it in again."""
        if action == "remove":
            self._before_removal = self._runs
            self._runs = tuple(one for one in self._runs if one != job.id)
        else:
            self._runs = self._before_removal
        self._remember()
        self._keep_latest()

    def _use_again(self, job: Job) -> None:
        """Put a job's drawing, words and settings back; the drawing that stood there is one undo away."""
        sketch = read(job.run.sketch_bytes()).sketch
        former = self._pad.sketch
        if sketch is not None and sketch.size == former.size and sketch != former:
            self._pad.sketch = sketch
        self._controls.fill_in(job.request)
        self._pad.pen.say("page.again.form" if self._pad.sketch is former else "page.again.drawing")

    def _resume(self) -> None:
        """Take up the runs of the last 24 hours that were sent and not finished."""
        for run in self._unfinished():
            # Another kernel may have been quicker; its runs are in its hands then.
            with suppress(SketchWidgetError):
                self._follow(self._connection.queue.resume(run))
        self._gallery.waiting = 0

    def _unfinished(self, here: bool = True) -> list[Run]:
        """Return the runs whose pictures may wait at the service; to send one that never was would cost money."""
        knows, left = self._connection.queue.knows, self._connection.store.unfinished()
        return [run for run in left if run.was_sent and knows(run) is here]

    def _name_what_was_left(self) -> None:
        self._gallery.note = self._connection.queue.note or ""
        self._gallery.waiting = sum(run.request.n for run in self._unfinished())
        self._gallery.elsewhere = sum(run.request.n for run in self._unfinished(here=False))
        # A history that cannot be written names them the next time.
        with suppress(SketchWidgetError):
            expired = self._connection.store.close_expired()
            self._gallery.expired = tuple(run.request.prompt.strip() for run in expired)

    def _drawn(self, _: Mapping[str, Any]) -> None:
        pens = {stroke.rgb for stroke in self._pad.sketch.strokes}
        self._controls.take_drawing(self._pad.pixels(), pens)
        if self._pad.sketch.is_empty and self._gallery.jobs:
            # Whoever begins anew has done with what was made of the drawing before.
            self._left_behind = ended(self._gallery.jobs)
            self._say_how_jobs_stand(None)

    @t.validate("lang")
    def _find_language(self, proposal: Mapping[str, Any]) -> str:
        return settings.language(proposal["value"])

    @t.observe("lang")
    def _speak(self, change: Mapping[str, Any]) -> None:
        self._pad.lang = self._gallery.lang = self._snapshot.lang = change["new"]

    def _ipython_display_(self) -> None:
        show_widget(self.model_id, words.say("page.plain", self.lang))
        self._snapshot.show()
