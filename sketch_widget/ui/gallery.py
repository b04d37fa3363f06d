"""The results below the pad: a card a job, newest first, alive while the jobs go on.

A view of jobs that holds no truth: it can be built anew from them at any time. Jobs report on the background thread,
where nothing is done but setting a trait. Pictures travel as they are in their files, once a page asks for them or the
moment they exist.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import anywidget
import traitlets as t

from sketch_widget import settings, words
from sketch_widget.errors import InputError, SketchWidgetError
from sketch_widget.jobs.job import Job
from sketch_widget.service.faults import one_line
from sketch_widget.service.request import PROMPT_LIMIT
from sketch_widget.ui.cards import ACTIONS, OWN_ACTIONS, card, older, summary
from sketch_widget.ui.delivery import send_picture
from sketch_widget.ui.heard import heard, sentence
from sketch_widget.ui.outputs import HIDING_RULE
from sketch_widget.ui.repeats import Order, order_of, repeated
from sketch_widget.ui.theme import script, styles

Act = Callable[[Job, str, str], object]
SHOWN = 50  # cards; older ones are in the history on disk
NAMED = 40  # characters of a prompt that tell which card was taken away


def nothing(*_: object) -> None:
    """Do nothing."""


class Gallery(anywidget.AnyWidget):
    """The cards of some jobs.

    Args:
        on_act: Called as (job, action, value) for the buttons that need more than the job itself: "again", "retry",
            "remove", "put_back"; without it these are not shown.
        on_resume: Called when the unfinished runs are to be fetched.
        is_single: Whether it shows one job alone, without a heading.
    """

    _esm = script("shelf.js", "card.js", "gallery.js")
    _css = styles("page.css", "gallery.css") + HIDING_RULE

    lang = t.Unicode("en")
    """The language of the cards, "en" or "zh"; "auto" asks the environment. Default "en"."""

    waiting = t.Int(0)
    """How many pictures of unfinished runs of the last 24 hours could be fetched. Default 0."""

    elsewhere = t.Int(0)
    """How many more wait under another key, at another address or service. Default 0."""

    expired = t.Tuple()
    """The prompts of runs whose pictures nobody fetched in time. Default ()."""

    note = t.Unicode("")
    """Why jobs may have to wait more than usual, as a key of the catalogue; empty when nothing is known. Default ""."""

    line = t.Unicode("")
    """The line of Python that shows the latest run in a new cell; empty while there is none."""

    view = t.Dict().tag(sync=True)
    """Every word and value that the browser shows; written by the gallery itself."""

    def __init__(
        self,
        jobs: Sequence[Job] = (),
        on_act: Act = nothing,
        on_resume: Callable[[], object] = nothing,
        is_single: bool = False,
        **values: Any,
    ) -> None:
        self._lock = threading.RLock()
        self._jobs: list[Job] = []
        self._orders: dict[str, Order | None] = {}
        self._heard: dict[str, str | None] = {}
        self._on_act, self._on_resume = on_act, on_resume
        self._is_single = is_single
        self._home_page = ""
        self._refusal: tuple[str, SketchWidgetError] | None = None
        self._removed: Job | None = None
        super().__init__(**values)
        self.on_msg(self._receive)
        self.add(*jobs)
        self._show()

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs shown, oldest first."""
        with self._lock:
            return tuple(job for job in self._jobs if job is not self._removed)

    def add(self, *jobs: Job) -> None:
        """Show more jobs, the newest last; those that are shown already stay where they are."""
        with self._lock:
            known = {one.id for one in self._jobs}
            new = [job for job in jobs if job.id not in known]
            if new:
                self._let_go()
            self._jobs = [*self._jobs, *new][-SHOWN:]
            self._orders = {job.id: self._orders.get(job.id) or order_of(job) for job in self._jobs}
            self._heard = {job.id: self._heard[job.id] for job in self._jobs if job.id in self._heard}
        for job in new:
            self._watch(job)
        if new:
            self._show()

    def _watch(self, job: Job) -> None:
        """Show what happens to a job, and its pictures as they come."""
        sent: set[int] = set()

        def changed(job: Job) -> None:
            self._show()
            for number in set(job.numbered_pictures) - sent:
                sent.add(number)
                send_picture(self, job, number)

        job.on_change(changed)

    @t.validate("lang")
    def _find_language(self, proposal: Mapping[str, Any]) -> str:
        return settings.language(proposal["value"])

    @t.observe("lang", "waiting", "elsewhere", "expired", "note", "line")
    def _changed(self, change: Mapping[str, Any]) -> None:
        self._show()

    def _receive(self, _: Any, content: Mapping[str, Any], buffers: Any) -> None:
        """Hear what the browser asks; a message that is not understood is none of ours."""
        kind = content.get("kind")
        with self._lock:
            job = next((one for one in self._jobs if one.id == content.get("job")), None)
        if kind == "hello":
            # The page in which the cell ran: the only one in which later outputs reach the notebook.
            self._home_page = self._home_page or str(content.get("page", ""))
            self._show()
        elif kind == "resume":
            self._let_go()
            self._on_resume()
            self._show()
        elif kind == "want" and job is not None:
            send_picture(self, job, int(content.get("index", 0)))
        elif kind == "do" and job is not None and content.get("action") in ACTIONS:
            self._act(job, content["action"], str(content.get("value", "")))

    def _act(self, job: Job, action: str, value: str) -> None:
        self._refusal = None
        if action != "put_back":
            self._let_go()
        try:
            if action in ("remove", "put_back"):
                self._set_aside(job, action)
            elif action == "cancel":
                job.cancel()
            elif action == "adopt" and not value:
                raise InputError("page.need.task")
            elif action == "adopt":
                job.adopt(value)
            elif action == "give_up":
                job.give_up()
            else:
                self._on_act(job, action, value)
                self._confirm(job, action)
        except SketchWidgetError as error:
            self._refusal = (job.id, error)
        self._show()

    def _set_aside(self, job: Job, action: str) -> None:
        """Take the card of a job that has ended off the page, or put the last one back; the run stays as it is."""
        if action == "put_back" and job is not self._removed:
            return
        if action == "remove" and not job.state.final:
            return
        with self._lock:
            self._removed = job if action == "remove" else None
        self._on_act(job, action, "")

    def _let_go(self) -> None:
        """Offer no longer to put a card back."""
        with self._lock:
            self._jobs = [job for job in self._jobs if job is not self._removed]
            self._removed = None

    def _confirm(self, job: Job, action: str) -> None:
        """Tell the page that a job stands on the pad again; it shows the pad to whoever asked."""
        if action == "again":
            self.send({"kind": "reused", "job": job.id})

    def _show(self) -> None:
        with self._lock:
            self.view = self._view()

    def _view(self) -> dict[str, Any]:
        lang = self.lang
        newest_first = self._jobs[::-1]
        folded = older(newest_first)
        again = repeated([(job.id, job.state, self._orders.get(job.id)) for job in self.jobs])

        def say(name: str, **fields: object) -> str:
            return words.say(f"page.{name}", lang, **fields)

        return {
            "lang": "zh-Hans" if lang == "zh" else "en",
            "title": say("pictures"),
            "status": summary(self.jobs, lang),
            "cards": [
                self._card(job) | {"is_older": job in folded, "is_repeat": job.id in again} for job in newest_first
            ],
            "repeat": say("card.repeat"),
            "older": say("older", n=len(folded)) if folded else "",
            "fewer": say("fewer"),
            "blank": {name: say(f"blank.{name}") for name in ("loading", "gone", "lost", "not_made")},
            "unread": say("card.unread", limit=PROMPT_LIMIT),
            "put_back": say("do.put_back"),
            "more": say("do.more"),
            "less": say("do.less"),
            "is_single": self._is_single,
            "empty_title": say("empty.title"),
            "empty_text": say("empty.text"),
            "recover": self._notices(say),
            "recover_do": say("recover.do") if self.waiting else "",
            "home_page": self._home_page,
            "reloaded": say("reloaded"),
            "line": self.line,
            "drawing": say("card.drawing"),
            "save": say("do.save"),
            "task_label": say("card.task_id"),
            "copy": say("do.copy"),
            "copied": say("do.copied"),
        }

    def _notices(self, say: Callable[..., str]) -> str:
        """Return what earlier kernels left behind and what is not as usual, a sentence a line."""
        counted = {"recover": self.waiting, "recover.elsewhere": self.elsewhere}
        lines = [say(f"{name}.{'one' if n == 1 else 'more'}", n=n) for name, n in counted.items() if n]
        lines += [say("recover.expired", prompt=prompt) for prompt in self.expired]
        if self.note:
            lines.append(words.say(self.note, self.lang))
        return "\n".join(lines)

    def _card(self, job: Job) -> dict[str, Any]:
        shown = card(job, self.lang).view()
        if job.numbered_pictures and job.id not in self._heard:
            self._heard[job.id] = heard(job)
        shown["heard"] = sentence(self._heard.get(job.id), self.lang)
        shown["removed"] = ""
        if job is self._removed:
            prompt = one_line(job.request.prompt, NAMED)
            shown["removed"] = words.say("page.removed", self.lang, prompt=prompt)
        if self._on_act is nothing:
            shown["buttons"] = [button for button in shown["buttons"] if button["action"] in OWN_ACTIONS]
        if self._refusal is not None and self._refusal[0] == job.id:
            shown["note"] = words.say("page.do.refused", self.lang, reason=self._refusal[1].text(self.lang))
        return shown
