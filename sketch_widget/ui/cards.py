"""What a job looks like on the page: a pure function from the job to the words, slots and buttons of its card.

It refuses to make markup: everything here is text, and the browser is given it as text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from sketch_widget import words
from sketch_widget.errors import AccountError, ContentRefusedError, ServiceError, SketchWidgetError
from sketch_widget.jobs.job import Job, queued
from sketch_widget.jobs.ports import Failure, Record
from sketch_widget.jobs.state import JobState
from sketch_widget.service.request import GenerationRequest
from sketch_widget.ui.service_note import OFFLINE

CANCELLABLE = (JobState.QUEUED, JobState.SENDING, JobState.WAITING)
OWN_ACTIONS = ("cancel", "adopt", "give_up")  # what a job can do by itself, where there is no pad and no form
OPEN = 6  # cards that stand open; the page stays short enough to find the pad again
ACTIONS = (*OWN_ACTIONS, "again", "retry", "remove", "put_back")

# What each state says to the eye besides its words: a sign, never a colour alone.
SIGNS = {
    JobState.DONE: "✓",
    JobState.FAILED: "!",
    JobState.EXPIRED: "!",
    JobState.CANCELLED: "×",
    JobState.UNCONFIRMED: "?",
}


class ShownJob(Protocol):
    """What a card needs of a job."""

    @property
    def id(self) -> str:
        """The job's id."""

    @property
    def request(self) -> GenerationRequest:
        """What was asked."""

    @property
    def run(self) -> Record:
        """The record on disk."""

    @property
    def state(self) -> JobState:
        """Where the job is."""

    @property
    def position(self) -> int | None:
        """How many jobs stand before it."""

    @property
    def wait(self) -> float | None:
        """Seconds until the service will probably begin with it."""

    @property
    def state_elapsed(self) -> float:
        """Seconds since the state began."""

    @property
    def expected(self) -> float | None:
        """Seconds that the service usually takes."""

    @property
    def numbered_pictures(self) -> Mapping[int, bytes]:
        """The pictures that have arrived, by number, 1 for the first."""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Which pictures are missing."""

    @property
    def error(self) -> SketchWidgetError | None:
        """Why it ended badly."""

    @property
    def trouble(self) -> SketchWidgetError | None:
        """What keeps it from going on just now."""

    @property
    def task_id(self) -> str | None:
        """The service's id."""


@dataclass(frozen=True)
class Button:
    """A button of a card: what it does, what stands on it, and whether it keeps in the background."""

    action: str
    text: str
    title: str = ""
    is_quiet: bool = False


@dataclass(frozen=True)
class Card:
    """What the page shows of one job.

    Attributes:
        id: The job's id.
        state: Its state, for the style sheet.
        sign: A sign before the status.
        status: Where it is, in words; "{seconds}" stands for the seconds that the browser counts on.
        seconds: Seconds since the state began, or None where nothing is counted.
        prompt: What was asked, as far as the service reads it; untrusted text.
        prompt_unread: The rest of it.
        facts: Style, number, weight and, offline, that it is a preview.
        note: A sentence about the state, its choices or what went wrong; may hold the service's own words.
        ids: Names and texts to copy: the service's own words (untrusted text), request id, task id.
        saved: Which folder holds the pictures, once there are any.
        drawing: The alternative text of the drawing.
        slots: The alternative texts of the pictures asked for.
        captions: What stands below each picture.
        arrived: The numbers of the pictures that are here.
        is_waiting: Whether more pictures may still come.
        buttons: What can be done.
        asks_task: Whether the card asks for a task's id.
    """

    id: str
    state: str
    sign: str
    status: str
    seconds: float | None
    prompt: str
    prompt_unread: str
    facts: str
    note: str
    ids: tuple[tuple[str, str], ...]
    saved: str
    drawing: str
    slots: tuple[str, ...]
    captions: tuple[str, ...]
    arrived: tuple[int, ...]
    is_waiting: bool
    buttons: tuple[Button, ...]
    asks_task: bool

    def view(self) -> dict[str, Any]:
        """Return the values by name, for the browser."""
        return asdict(self)


def card(job: ShownJob, lang: str = "auto") -> Card:
    """Return the card of a job."""
    request, state = job.request, job.state
    style = request.style.title(lang)
    places = range(1, request.n + 1)
    is_counted = state in (JobState.WAITING, JobState.RUNNING, JobState.DETACHED)
    return Card(
        id=job.id,
        state=state.value,
        sign=SIGNS.get(state, ""),
        status=status(job, lang),
        seconds=round(job.state_elapsed, 1) if is_counted else None,
        prompt=request.prompt_cut[0],
        prompt_unread=request.prompt_cut[1],
        facts="\u00a0· ".join(facts(request, job.run.service, lang)),  # a line never begins with a dot
        note=note(job, lang),
        ids=ids(job, lang),
        saved=words.say("page.card.saved", lang, folder=folder(job.run.files[0])) if job.run.files else "",
        drawing=words.say("page.card.drawing.alt", lang, prompt=request.prompt),
        slots=tuple(
            words.say("page.card.picture.alt", lang, index=i, style=style, prompt=request.prompt) for i in places
        ),
        captions=tuple(words.say(_caption(job), lang, index=i) for i in places),
        arrived=tuple(sorted(job.numbered_pictures)),
        is_waiting=not (state.final or state is JobState.UNCONFIRMED),
        buttons=buttons(job, lang),
        asks_task=state is JobState.UNCONFIRMED,
    )


def status(job: ShownJob, lang: str = "auto") -> str:
    """Return where a job is in a few words; "{seconds}" is left for the browser to count."""
    key = job.state.value
    if job.state is JobState.QUEUED:
        key = queued(job.position, job.wait)
    elif job.state is JobState.RUNNING and job.expected is not None:
        key = "running_expected"
    return words.say(
        f"job.state.{key}",
        lang,
        position=job.position,
        wait=round(job.wait or 0),
        seconds="{seconds}",
        expected=max(round(job.expected or 0), 1),
        arrived=len(job.numbered_pictures),
        n=job.request.n,
    )


def facts(request: GenerationRequest, service: str, lang: str = "auto") -> list[str]:
    """Return what a picture was made with, each in a few words; the offline preview always says that it is one."""
    count = words.say("page.card.one", lang) if request.n == 1 else words.say("page.card.more", lang, n=request.n)
    found = [request.style.title(lang), count, words.say("page.card.weight", lang, weight=request.sketch_weight)]
    if request.sketch_extraction:
        found.append(words.say("page.card.extraction", lang))
    if service == OFFLINE:
        found.append(words.say("page.card.offline", lang))
    return found


def note(job: ShownJob, lang: str = "auto") -> str:
    """Return the sentence that a state needs, or that says what went wrong."""
    if job.state is JobState.DONE:
        return " ".join(
            words.say("page.card.missing", lang, index=one.index, reason=one.error.text(lang)) for one in job.failures
        )
    if job.state in (JobState.UNCONFIRMED, JobState.EXPIRED):
        return words.say(f"page.note.{job.state.value}", lang)
    if job.error is not None:
        return reason(job.error, lang)
    return "" if job.trouble is None else job.trouble.text(lang)


def reason(error: BaseException | None, lang: str = "auto") -> str:
    """Return what an error says, its cause before the error that only passes it on."""
    cause = _cause(error)
    if isinstance(cause, ServiceError):
        # The service's own words stand apart, where they can be copied.
        return words.say(cause.key, lang, **cause.fields | {"details": ""}).strip()
    return cause.text(lang) if isinstance(cause, SketchWidgetError) else str(cause or "")


def ids(job: ShownJob, lang: str = "auto") -> tuple[tuple[str, str], ...]:
    """Return what the service's support asks for where something went wrong: the ids to copy."""
    went_wrong = job.state in (JobState.FAILED, JobState.EXPIRED, JobState.UNCONFIRMED)
    if not went_wrong and job.error is None and not job.failures:
        return ()
    cause = _cause(job.error)
    found = []
    if isinstance(cause, ServiceError):
        answer = ": ".join(part for part in (cause.code, cause.message) if part)
        found.append((words.say("page.card.answer", lang), answer))
        found.append((words.say("page.card.request_id", lang), cause.request_id))
    if job.task_id:
        found.append((words.say("page.card.task_id", lang), job.task_id))
    return tuple((name, text) for name, text in found if text)


def buttons(job: ShownJob, lang: str = "auto") -> tuple[Button, ...]:
    """Return what can be done about a job: at most one thing besides taking the card of one that has ended away."""
    main = _main_buttons(job, lang)
    if not job.state.final:
        return main
    return (*main, Button("remove", words.say("page.do.remove", lang), words.say("page.do.remove.title", lang), True))


def _main_buttons(job: ShownJob, lang: str) -> tuple[Button, ...]:
    def button(action: str, text: str, title: str = "") -> Button:
        return Button(action, words.say(text, lang), words.say(title, lang) if title else "")

    again = button("again", "page.do.again", "page.do.again.title")
    if job.state in CANCELLABLE:
        return (button("cancel", "page.do.cancel"),)
    if job.state is JobState.RUNNING:
        return (button("cancel", "page.do.detach"),)
    if job.state is JobState.UNCONFIRMED:
        return (button("adopt", "page.do.adopt"), button("give_up", "page.do.give_up"))
    if job.state is JobState.FAILED:
        cause = _cause(job.error)
        if isinstance(cause, ContentRefusedError):
            return (button("again", "page.do.words", "page.do.again.title"),)
        if isinstance(cause, AccountError):
            return (again,)
        return (button("retry", "page.do.retry"),)
    return (again,) if job.state.final else ()


def folder(file: Path) -> str:
    """Return the folder of a saved picture as a person writes it: below the home folder with "~"."""
    place = file.parent
    try:
        return str(Path("~") / place.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(place)


def summary(jobs: Sequence[ShownJob], lang: str = "auto") -> str:
    """Return one line about all jobs: how many go on, or how the last one ended."""
    queued = sum(job.state is JobState.QUEUED for job in jobs)
    going = sum(not job.state.final and job.state is not JobState.UNCONFIRMED for job in jobs) - queued
    if going or queued:
        return words.say("page.status.busy", lang, running=going, queued=queued)
    if not jobs:
        return ""
    return words.say("page.status.latest", lang, status=status(jobs[-1], lang))


def older(newest_first: Sequence[Job]) -> list[Job]:
    """Return the jobs whose cards are folded away: those behind the newest few that need nobody's eyes any more."""
    return [job for job in newest_first[OPEN:] if job.state.final]


def _caption(job: ShownJob) -> str:
    return "page.card.picture_offline" if job.run.service == OFFLINE else "page.card.picture"


def _cause(error: BaseException | None) -> BaseException | None:
    """Return the error that says most: the first that was not only passed on."""
    return error.__cause__ or error if error is not None else None
