"""What stands beside Generate about the jobs: the one that goes on, how many there are, or how the last one ended.

A pure function of the jobs, in the words of their cards. It refuses to hold truth, and to count seconds: the browser
does.
"""

from collections.abc import Sequence
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


def progress(jobs: Sequence[ShownJob], lang: str = "auto") -> Progress:
    """Return how some jobs stand, oldest first: of several that go on their number, else the one that matters."""
    going = [job for job in jobs if not job.state.final and job.state is not JobState.UNCONFIRMED]
    if len(going) > 1:
        return Progress(summary(jobs, lang))
    if not jobs:
        return Progress()
    shown = card((going or jobs)[-1], lang)
    return Progress(shown.status, shown.seconds)
