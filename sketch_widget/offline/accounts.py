"""Whose tasks these are, and whose limits count.

A key stands for an account by its fingerprint only; the key itself is written nowhere. Keys that begin with `offline-`
belong to one and the same account, the user's own: such a key may ask for any task of the others, so that a new kernel
finds what an older one left. But each has limits of its own, so that two notebooks never wait for each other.
"""

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

LOCAL = "offline-"  # how the keys of this machine's own processes begin

Clock = Callable[[], float]


@dataclass(frozen=True)
class Account:
    """A caller.

    Attributes:
        name: Who may see a task.
        queue: Who shares the limits: one task at a time, two submissions a second.
    """

    name: str
    queue: str


def account_of(key: str) -> Account:
    """Return the account that a key opens."""
    queue = _fingerprint(key)
    return Account(_fingerprint(LOCAL) if key.startswith(LOCAL) else queue, queue)


def _fingerprint(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


class Pace:
    """At most so many calls in any stretch of one second, counted for each caller apart."""

    def __init__(self, calls: int, clock: Clock) -> None:
        self._calls = calls
        self._clock = clock
        self._recent: defaultdict[str, deque[float]] = defaultdict(deque)

    def allows(self, caller: str) -> bool:
        """Count a call and say whether it is within the pace; a call beyond it is not counted."""
        now = self._clock()
        recent = self._recent[caller]
        while recent and recent[0] <= now - 1.0:
            recent.popleft()
        if len(recent) >= self._calls:
            return False
        recent.append(now)
        return True
