"""How strict and how fast the embedded service is."""

from dataclasses import dataclass
from typing import Literal

from sketch_widget.offline.fetching import Reach
from sketch_widget.offline.refusals import Edition


@dataclass(frozen=True)
class Options:
    """What may be chosen about the service; the defaults suit a notebook."""

    concurrency: Literal["queue", "strict"] = "queue"
    """What happens to a second task of an account: it waits in line, or it is refused with 429."""
    edition: Edition = "2026"
    """Which of the service's two published error tables speaks about a bad sketch."""
    minimum_seconds: float = 0.0
    """How long a task runs at least; painting takes about a third of a second a picture on its own."""
    keys: frozenset[str] | None = None
    """The keys that are taken, or None for any."""
    workspaces: frozenset[str] | None = None
    """The workspaces that exist, or None for any."""
    reach: Reach = Reach.NOTHING
    """From whom a sketch with a web address may be fetched: nobody, this same computer, the internet."""
