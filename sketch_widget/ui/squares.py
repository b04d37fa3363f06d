"""What a sweep looks like on the page: pure functions from its jobs to the words of its squares and of what is above.

It refuses to make markup: everything here is text, and the browser is given it as text.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sketch_widget import words
from sketch_widget.jobs.state import JobState
from sketch_widget.runs.table import NEXT, Table, value_text
from sketch_widget.ui.cards import CANCELLABLE, SIGNS, ShownJob, note, status
from sketch_widget.ui.service_note import OFFLINE

# Which states are counted under which word, in the order in which they are told.
COUNTED = {
    "done": (JobState.DONE,),
    "going": (JobState.RUNNING, JobState.DETACHED, JobState.FETCHING),
    "waiting": CANCELLABLE,
    "unconfirmed": (JobState.UNCONFIRMED,),
    "failed": (JobState.FAILED, JobState.EXPIRED),
    "cancelled": (JobState.CANCELLED,),
}


@dataclass(frozen=True)
class Square:
    """What the page shows of one job.

    Attributes:
        id: The job's id.
        state: Its state, for the style sheet.
        sign: A sign before the status.
        status: Where it is, in words; "{seconds}" stands for the seconds that the browser counts on.
        seconds: Seconds since the state began, or None where nothing is counted.
        note: What went wrong or must be decided, or which picture is missing; may hold the service's own words.
        arrived: The numbers of the pictures that are here.
    """

    id: str
    state: str
    sign: str
    status: str
    seconds: float | None
    note: str
    arrived: tuple[int, ...]

    def view(self) -> dict[str, Any]:
        """Return the values by name, for the browser."""
        return asdict(self)


def square(job: ShownJob, place: int, lang: str = "auto") -> Square:
    """Return what is shown of the job in this place of the sweep, 0 for the first."""
    is_counted = job.state in (JobState.WAITING, JobState.RUNNING, JobState.DETACHED)
    return Square(
        id=job.id,
        state=job.state.value,
        sign=SIGNS.get(job.state, ""),
        status=status(job, lang),
        seconds=round(job.state_elapsed, 1) if is_counted else None,
        note=_note(job, place, lang),
        arrived=tuple(sorted(job.numbered_pictures)),
    )


def alts(job: ShownJob, varied: Sequence[str], lang: str = "auto") -> list[str]:
    """Return the alternative texts of the pictures asked for: the values of what varies, as the headings say them."""
    values = NEXT.join(value_text(name, getattr(job.request, name), lang) for name in varied)
    key = "grid.alt.offline" if job.run.service == OFFLINE else "grid.alt"
    return [words.say(key, lang, values=values, index=index) for index in range(1, job.request.n + 1)]


def progress(jobs: Sequence[ShownJob], lang: str = "auto") -> str:
    """Return one line about all squares: how many are done, and what the others do."""
    counts = {name: sum(job.state in states for job in jobs) for name, states in COUNTED.items()}
    told = [
        words.say(f"grid.count.{name}", lang, n=n, all=len(jobs)) for name, n in counts.items() if n or name == "done"
    ]
    return NEXT.join(told)


def cancel_text(jobs: Sequence[ShownJob], lang: str = "auto") -> str:
    """Return what stands on the button that cancels what waits; empty when nothing does."""
    count = sum(job.state in CANCELLABLE for job in jobs)
    return words.say("grid.cancel", lang, n=count) if count else ""


def cost(jobs: Sequence[ShownJob], lang: str = "auto") -> str:
    """Return what the pictures cost."""
    key = "grid.cost.offline" if jobs[0].run.service == OFFLINE else "grid.cost"
    return words.say(key, lang, n=sum(job.request.n for job in jobs))


def sheet_alt(table: Table, made: str, lang: str = "auto") -> str:
    """Return the alternative text of a sweep's sheet: what stands above and beside the pictures."""
    comma = "、" if words.language(lang) == "zh" else ", "
    headings = dict.fromkeys(
        NEXT.join(part for part in (group.heading, row.heading) if part) for group in table.groups for row in group.rows
    )
    rows = comma.join(heading for heading in headings if heading)
    key = "grid.sheet.rows" if rows else "grid.sheet"
    return words.say(key, lang, title=table.title, columns=comma.join(table.columns), rows=rows, made=made)


def rests(job: ShownJob) -> bool:
    """Whether nothing happens to a job by itself any more."""
    return job.state.final or job.state is JobState.UNCONFIRMED


def _note(job: ShownJob, place: int, lang: str) -> str:
    if job.state is JobState.CANCELLED:
        return ""  # the word alone says it in every square
    if job.state is JobState.UNCONFIRMED:
        return words.say("grid.unconfirmed", lang, place=place)
    return note(job, lang)
