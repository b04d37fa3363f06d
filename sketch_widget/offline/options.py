"""How strict and how fast the embedded service is. Refuses what it could not keep, before anything is opened."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from sketch_widget.errors import InputError
from sketch_widget.offline.fetching import Reach
from sketch_widget.offline.refusals import Edition

Concurrency = Literal["queue", "strict"]


@dataclass(frozen=True)
class Options:
    """What may be chosen about the service; the defaults suit a notebook.

    Raises:
        InputError: A value lies outside its rule.
    """

    concurrency: Concurrency = "queue"
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

    def __post_init__(self) -> None:
        for field, allowed in (("concurrency", get_args(Concurrency)), ("edition", get_args(Edition))):
            value = getattr(self, field)
            if value not in allowed:
                raise InputError("offline.choice", field=field, value=repr(value), allowed=", ".join(allowed))
        seconds: object = self.minimum_seconds
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise InputError("offline.seconds", value=repr(seconds))
        if not (math.isfinite(seconds) and seconds >= 0):
            raise InputError("offline.seconds", value=f"{seconds:g}")
