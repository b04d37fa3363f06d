"""What one job on its way carries along, and the small steps that sending, watching and fetching share.

It writes the next state down before it takes it, waits so that the holder's wishes come through, and repeats only calls
that cost nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sketch_widget.errors import JobError, SketchWidgetError, StoreError
from sketch_widget.jobs.job import Job
from sketch_widget.jobs.ports import Clock, Recorder, Service, Ticket, Turns
from sketch_widget.jobs.state import Event, JobState, after
from sketch_widget.service.retry import Again, Call, again, wait

T = TypeVar("T")
E = TypeVar("E", bound=BaseException | None)

CALL_TRIES = 5  # of a call that costs nothing: about fifteen seconds

# What advises to try again, and what is said instead while the job does so by itself.
PASSING = {
    "service.throttled": "service.throttled.passing",
    "service.fault": "service.fault.passing",
    "service.upload": "service.upload.passing",
}


@dataclass(frozen=True)
class Tools:
    """What all jobs of a queue share.

    Attributes:
        service: The service.
        recorder: The history on disk.
        clock: Time.
        turns: The account's line.
        chance: Returns a number from 0 to 1, which spreads repeated calls.
    """

    service: Service
    recorder: Recorder
    clock: Clock
    turns: Turns
    chance: Callable[[], float]


@dataclass
class Wishes:
    """What the holder of a job asked for and was not yet carried out."""

    cancel: bool = False
    adopt: str | None = None
    give_up: bool = False


class Errand:
    """One job on its way; lives on the background loop."""

    def __init__(self, job: Job, tools: Tools) -> None:
        self.job = job
        self.tools = tools
        self.wishes = Wishes()
        self.ticket: Ticket | None = None
        self._wished = asyncio.Event()

    def wish(self, **wishes: Any) -> None:
        """Take up what the holder asks for."""
        for name, value in wishes.items():
            setattr(self.wishes, name, value)
        self._wished.set()

    async def wished(self, urgent: Callable[[Wishes], object]) -> None:
        """Wait until the holder wishes something that is `urgent`."""
        while not urgent(self.wishes):
            self._wished.clear()
            await self._wished.wait()

    async def unless(self, urgent: Callable[[Wishes], object], work: Awaitable[None]) -> bool:
        """Wait for `work`; return False, with the work given up, when an urgent wish comes first."""
        doing = asyncio.ensure_future(work)
        wishing = asyncio.ensure_future(self.wished(urgent))
        try:
            await asyncio.wait((doing, wishing), return_when=asyncio.FIRST_COMPLETED)
            finished = doing.done()
        finally:
            doing.cancel()
            wishing.cancel()
            await asyncio.gather(doing, wishing, return_exceptions=True)
        if finished:
            doing.result()
        return finished

    async def patiently(
        self, call: Callable[[], Awaitable[T]], enough: Callable[[int, BaseException], bool] | None = None
    ) -> T:
        """Make a call that costs nothing, again after a wait while its errors may pass.

        Args:
            call: Makes the call.
            enough: Whether to stop after so many tries and this error. Default: after five tries.
        """
        from tenacity import AsyncRetrying, RetryCallState, retry_if_exception  # late: 7 ms of an import

        async def made() -> T:  # tenacity looks whether a function is asynchronous; a lambda never is
            return await call()

        def error_of(state: RetryCallState) -> BaseException:
            error = state.outcome.exception() if state.outcome else None
            return error or AssertionError("Only failures are asked about.")

        def is_enough(state: RetryCallState) -> bool:
            error = error_of(state)
            return enough(state.attempt_number, error) if enough else state.attempt_number >= CALL_TRIES

        retrying = AsyncRetrying(
            sleep=self.tools.clock.sleep,
            retry=retry_if_exception(lambda error: again(Call.READ, error) is Again.AFTER_WAIT),
            stop=is_enough,
            wait=lambda state: self.pause(state.attempt_number, error_of(state)),
            before_sleep=lambda state: self.job.learn(trouble=passing(error_of(state))),
            reraise=True,
        )
        return await retrying(made)

    def pause(self, tries: int, error: BaseException) -> float:
        """Return the seconds to wait after so many failures, as long as the service asks for."""
        return wait(tries, self.tools.chance(), getattr(error, "retry_after", None))

    def move(self, event: Event, **facts: Any) -> None:
        """Write the next state down, then take it; a disk that fails does not stop a task that is paid for.

        Args:
            event: What happened.
            facts: What became known: `task_id` and `send_window` for the run, the rest for the job.
        """
        state = after(self.job.state, event)
        on_disk = {"state": state.value, "failures": self.job.failures, "error": facts.get("error")}
        on_disk |= {name: facts.pop(name) for name in ("send_window", "task_id") if name in facts}
        try:
            record = self.tools.recorder.update(self.job.id, **on_disk)
        except StoreError as trouble:
            record = self.job.run.with_facts(**on_disk)
            facts = {"trouble": trouble} | facts
        self.job.advance(event, record=record, **facts)

    def end(self, event: Event, error: JobError | None) -> None:
        """Take the last step."""
        self.move(event, error=error)

    def accepted(self, event: Event, task_id: str) -> None:
        """Keep the task's id: it goes to the disk before anything else, for it is what was paid for."""
        self.move(event, task_id=task_id)
        if self.ticket is not None:
            self.ticket.sent(task_id)

    def enter_line(self) -> Ticket:
        """Stand in the account's line."""
        self.ticket = self.tools.turns.enter(self.job.id, self._moved)
        self._moved()
        return self.ticket

    def leave_line(self) -> None:
        """Give the place in the account's line free; more than once does no harm."""
        if self.ticket is not None:
            self.ticket.leave()
            self.ticket = None

    def trouble(self, error: SketchWidgetError | None) -> None:
        """Show what keeps the job from going on, or that nothing does any more."""
        if error is not None or self.job.trouble is not None:
            self.job.learn(trouble=passing(error))

    def _moved(self) -> None:
        if self.ticket is not None and self.job.state is JobState.QUEUED:
            self.job.learn(position=self.ticket.position, wait=self.ticket.wait)


def passing(error: E) -> E:
    """Return an error with words that fit while the job gets over it by itself: nobody has to try again."""
    if isinstance(error, SketchWidgetError) and error.key in PASSING:
        return type(error)(PASSING[error.key], **error.fields)
    return error
