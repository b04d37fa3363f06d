"""What stands beside Generate about the jobs: the one that goes on, how many there are, or how the last one ended.

A pure function of the jobs, in the words of their cards. It refuses to hold truth, and to count seconds: the browser
does.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sketch_widget.jobs.state import JobState
from sketch_widget.ui.cards import ShownJob, card, summary


@dataclass(frozen=True)
class Progress:
    """How the jobs of a page stand.

    Attributes:
        text: A few words; "{seconds}" stands for the seconds that the browser counts on. Empty without any job.
        seconds: Seconds to count on from, or None where nothing is counted.
    """

    text: str = ""
    seconds: float | None = None

    def view(self) -> dict[str, Any]:
        """Return the values by name, for the browser."""
        return asdict(self)


def ended(jobs: Sequence[ShownJob]) -> frozenset[str]:
    """Return the ids of those jobs that nothing more happens to, and that wait for nobody's decision."""
    return frozenset(job.id for job in jobs if job.state.final)


def progress(jobs: Sequence[ShownJob], lang: str = "auto", left_behind: Collection[str] = ()) -> Progress:
    """Return how some jobs stand, oldest first: of several that go on their number, else the one that matters.

    Args:
        jobs: All jobs of a page.
        lang: The language.
        left_behind: The ids of jobs whose end is no news any more: their cards are all that is said of them.
    """
    jobs = [job for job in jobs if job.id not in left_behind]
    going = [job for job in jobs if not job.state.final and job.state is not JobState.UNCONFIRMED]
    if len(going) > 1:
        return Progress(summary(jobs, lang))
    if not jobs:
        return Progress()
    shown = card((going or jobs)[-1], lang)
    return Progress(shown.status, shown.seconds)
