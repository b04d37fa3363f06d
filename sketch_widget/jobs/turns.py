"""The account's line within one process: first come first served, two tasks in flight, two sends a second.

The limits are the service's: two submits a second and one running task an account. A second task may wait at the
service while the first runs, which hides the time between two questions; where the service refuses that, one is in
flight.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from sketch_widget.jobs.pace import KNOWN, expected_seconds
from sketch_widget.jobs.ports import Adopt, Clock

IN_FLIGHT = 2  # tasks: one running, one waiting at the service
SENDS = 2  # submits that the service takes in `SPAN`, by its document
SPAN = 1.1  # seconds: the service's one second and a tenth, since requests overtake each other on their way


def send_delay(sends: "deque[float]", now: float) -> float:
    """Return the seconds until the next submit keeps the service's two a second.

    Args:
        sends: When the last submits were sent, oldest first, at most `SENDS` of them.
        now: Seconds on the same clock.
    """
    if len(sends) < SENDS:
        return 0.0
    return max(0.0, sends[-SENDS] + SPAN - now)


def expected_wait(tasks_before: int, usual: float | None) -> float | None:
    """Return the seconds until the service will probably begin with a job, or None when nothing is known.

    Args:
        tasks_before: How many come before it, those in flight included; the first of them is taken for half done.
        usual: Seconds that a task takes.
    """
    return None if usual is None else max(tasks_before - 0.5, 0.0) * usual


class LocalTurns:
    """The line of this process alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._line: list[LocalTicket] = []
        self._holders: list[LocalTicket] = []
        self._sends: deque[float] = deque(maxlen=SENDS)
        self._past: deque[float] = deque(maxlen=KNOWN)
        self._in_flight = IN_FLIGHT

    note: str | None = None

    @property
    def usual(self) -> float | None:
        """Seconds that a task takes, by the last ones."""
        return expected_seconds(self._past)

    def took(self, seconds: float) -> None:
        """Learn what a task took."""
        self._past.append(seconds)

    def watch_over(self, adopt: Adopt) -> None:
        """Nobody else stands in this line, so nobody leaves a task behind."""

    def look_after(self) -> None:
        """Nobody else stands in this line."""

    def enter(self, run_id: str, moved: Callable[[], None]) -> "LocalTicket":
        """Stand in line; `moved` is called when the place changed."""
        ticket = LocalTicket(self, moved)
        self._line.append(ticket)
        return ticket

    def place(self, ticket: "LocalTicket") -> int:
        """Return how many stand before a ticket."""
        return self._line.index(ticket) if ticket in self._line else 0

    def wait(self, ticket: "LocalTicket") -> float | None:
        """Return the seconds until the service will probably begin with a ticket's job."""
        return expected_wait(self.place(ticket) + len(self._holders), self.usual)

    async def first(self, ticket: "LocalTicket") -> None:
        """Wait until the ticket is first."""
        while self._line[0] is not ticket:
            ticket.changed.clear()
            await ticket.changed.wait()

    async def turn(self, ticket: "LocalTicket") -> None:
        """Wait until the ticket is first, a place is free, and the service takes another submit."""
        while self._line[0] is not ticket or len(self._holders) >= self._in_flight:
            ticket.changed.clear()
            await ticket.changed.wait()
        while delay := send_delay(self._sends, self._clock.elapsed()):
            await self._clock.sleep(delay)
        self._sends.append(self._clock.elapsed())
        self._line.remove(ticket)
        self._holders.append(ticket)
        self._shift()

    def back(self, ticket: "LocalTicket", crowded: bool) -> None:
        """Put a ticket first in line again; after a refusal beside another task, one task is in flight from now on."""
        if crowded and len(self._holders) > 1:
            self._in_flight = 1
        if ticket in self._holders:
            self._holders.remove(ticket)
        self._line.insert(0, ticket)
        self._shift()

    def leave(self, ticket: "LocalTicket") -> None:
        """Take a ticket out, wherever it is."""
        for place in (self._line, self._holders):
            if ticket in place:
                place.remove(ticket)
        self._shift()

    def close(self) -> None:
        """Nothing is held open."""

    def _shift(self) -> None:
        for ticket in self._line:
            ticket.changed.set()
            ticket.moved()


class LocalTicket:
    """A place in the line of this process."""

    def __init__(self, turns: LocalTurns, moved: Callable[[], None]) -> None:
        self._turns = turns
        self.moved = moved
        self.changed = asyncio.Event()

    @property
    def position(self) -> int:
        """How many jobs stand before this one."""
        return self._turns.place(self)

    @property
    def wait(self) -> float | None:
        """Seconds until the service will probably begin with this job, or None when nothing is known."""
        return self._turns.wait(self)

    async def first(self) -> None:
        """Wait until nobody stands before it."""
        await self._turns.first(self)

    async def turn(self) -> None:
        """Wait until a task may be sent."""
        await self._turns.turn(self)

    def back(self, *, crowded: bool) -> None:
        """Stand first in line again after a refusal."""
        self._turns.back(self, crowded)

    def sent(self, task_id: str) -> None:
        """Note the task; within one process nobody else needs it."""

    def leave(self) -> None:
        """Give the place free."""
        self._turns.leave(self)
