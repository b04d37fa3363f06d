"""The handle of a job: what a person or a widget holds while the queue does the work.

It may be awaited on any event loop, waited for in a script, watched and cancelled from any thread. It never changes its
state by itself: the queue does, and only through the table in `state.py`.
"""

import concurrent.futures
import logging
import threading
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sketch_widget import words
from sketch_widget.errors import (
    JobCancelledError,
    JobError,
    JobExpiredError,
    JobFailedError,
    JobTimeoutError,
    JobUnconfirmedError,
    SketchWidgetError,
)
from sketch_widget.jobs.ports import Clock, Failure, Loop, Record
from sketch_widget.jobs.state import Event, JobState, after
from sketch_widget.service.request import GenerationRequest

log = logging.getLogger("sketch_widget")

Outcome = concurrent.futures.Future[Record]


class Owner(Protocol):
    """Who carries out what the holder of a job wishes; may be called from any thread."""

    def cancel(self, job: "Job") -> None:
        """Cancel the job as far as it still can be."""

    def adopt(self, job: "Job", task_id: str) -> None:
        """Take this task for the one whose answer was lost."""

    def give_up(self, job: "Job") -> None:
        """Treat an unconfirmed job as never accepted."""


@dataclass(frozen=True)
class Progress:
    """Everything about a job that changes, as one value, so that any thread reads a whole one."""

    state: JobState
    record: Record
    since: float  # seconds on the clock's `elapsed`, when the state began
    position: int | None = None
    wait: float | None = None
    expected: float | None = None
    trouble: SketchWidgetError | None = None
    error: SketchWidgetError | None = None
    numbered_pictures: Mapping[int, bytes] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    ended: float | None = None


class Job:
    """One attempt at a request: `run = await job` in a notebook, `run = job.result()` in a script."""

    def __init__(self, record: Record, owner: Owner, loop: Loop, clock: Clock, state: JobState) -> None:
        self._owner = owner
        self._loop = loop
        self._clock = clock
        self._began = clock.elapsed()
        self._progress = Progress(state, record, since=self._began)
        self._outcome = _open_outcome()
        self._listeners: tuple[Callable[[Job], None], ...] = ()
        self._lock = threading.Lock()

    @property
    def id(self) -> str:
        """The job's id, which names its run's folder too."""
        return self._progress.record.id

    @property
    def request(self) -> GenerationRequest:
        """What was asked."""
        return self._progress.record.request

    @property
    def run(self) -> Record:
        """The record on disk, as it was last written."""
        return self._progress.record

    @property
    def state(self) -> JobState:
        """Where the job is."""
        return self._progress.state

    @property
    def done(self) -> bool:
        """Whether the job has ended, well or not."""
        return self._progress.state.final

    @property
    def settled(self) -> bool:
        """Whether `result()` returns or raises at once: the job has ended, or nobody waits for it any more."""
        return self._outcome.done()

    @property
    def task_id(self) -> str | None:
        """The service's id of the task, once there is one."""
        return self._progress.record.task_id

    @property
    def position(self) -> int | None:
        """How many jobs stand before this one in the account's line; None when it does not queue."""
        return self._progress.position if self._progress.state is JobState.QUEUED else None

    @property
    def wait(self) -> float | None:
        """Seconds until the service will probably begin with it; None when it does not queue or nothing is known."""
        return self._progress.wait if self._progress.state is JobState.QUEUED else None

    @property
    def started(self) -> float:
        """When it was asked, in epoch seconds."""
        return self._progress.record.created

    @property
    def elapsed(self) -> float:
        """Seconds since it was asked (or taken up again), until it ended."""
        ended = self._progress.ended
        return (self._clock.elapsed() if ended is None else ended) - self._began

    @property
    def state_elapsed(self) -> float:
        """Seconds since the present state began."""
        return self._clock.elapsed() - self._progress.since

    @property
    def expected(self) -> float | None:
        """Seconds that the service's last tasks took from running to their end, or None when none was seen."""
        return self._progress.expected

    @property
    def pictures(self) -> tuple[bytes, ...]:
        """The picture files that have arrived so far, in the service's order, as bytes."""
        return tuple(data for _, data in sorted(self.numbered_pictures.items()))

    @property
    def numbered_pictures(self) -> Mapping[int, bytes]:
        """The same by their number, 1 for the first: a picture that failed leaves a gap."""
        return self._progress.numbered_pictures

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Which of the pictures asked for are missing, and why."""
        return self._progress.failures

    @property
    def error(self) -> SketchWidgetError | None:
        """Why the job ended badly or stands unconfirmed, or None; its reason is the error's `__cause__`."""
        return self._progress.error

    @property
    def trouble(self) -> SketchWidgetError | None:
        """What keeps the job from going on just now; it is tried again by itself."""
        return self._progress.trouble

    def __await__(self) -> Generator[Any, None, Record]:
        # The outcome is marked as running, so that an awaiting cell that is interrupted does not take it along.
        import asyncio  # late: 15 ms of an import

        return asyncio.wrap_future(self._outcome).__await__()

    def result(self, timeout: float | None = None) -> Record:
        """Wait for the run and return it; for scripts. In a notebook cell write `run = await job`.

        Args:
            timeout: Seconds to wait at most. Default: as long as it takes.

        Raises:
            JobTimeoutError: It took longer; the job goes on.
            JobError: The job ended without a picture, or was cancelled, or stands unconfirmed.
        """
        if self._loop.is_here:
            raise JobError("job.result_on_loop", job_id=self.id)
        outcome = self._outcome
        if not concurrent.futures.wait([outcome], timeout).done:
            raise JobTimeoutError("job.timeout", job_id=self.id, seconds=timeout, status=self.text())
        return outcome.result()

    def cancel(self) -> None:
        """Cancel the job as far as it can be; returns at once.

        A queued job ends without being sent. A task that waits at the service is cancelled there. One that runs cannot
        be stopped and is paid for: nobody waits for it any more, and its pictures are still brought home and filed. An
        unconfirmed job is given up.
        """
        self._owner.cancel(self)

    def adopt(self, task_id: str) -> None:
        """Say which of the account's tasks an unconfirmed job is; it goes on with that task.

        Raises:
            JobError: The job is not unconfirmed, or another run has this task.
        """
        self._require_unconfirmed()
        self._owner.adopt(self, task_id)

    def give_up(self) -> None:
        """Say that an unconfirmed job was never accepted; it ends as failed.

        Raises:
            JobError: The job is not unconfirmed.
        """
        self._require_unconfirmed()
        self._owner.give_up(self)

    def on_change(self, callback: "Callable[[Job], None]") -> Callable[[], None]:
        """Call `callback(job)` whenever something about the job changes, on the background loop's thread.

        Returns:
            A function that ends the calls.
        """
        with self._lock:
            self._listeners = (*self._listeners, callback)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not callback)

        return unsubscribe

    def text(self, lang: str = "auto") -> str:
        """Return one line about where the job is, in the given language ("en", "zh" or "auto")."""
        now = self._progress
        key = f"job.state.{now.state.value}"
        if now.state is JobState.QUEUED:
            key = f"job.state.{queued(now.position, now.wait)}"
        elif now.state is JobState.RUNNING and now.expected is not None:
            key = "job.state.running_expected"
        line = words.say(
            key,
            lang,
            position=now.position,
            wait=round(now.wait or 0),
            seconds=round(self._clock.elapsed() - now.since),
            expected=round(now.expected or 0),
            arrived=len(now.numbered_pictures),
            n=now.record.request.n,
        )
        reason = now.trouble or (now.error.__cause__ if now.error else None)
        if reason is None:
            return line
        because = reason.text(lang) if isinstance(reason, SketchWidgetError) else str(reason)
        return words.say("job.because", lang, line=line, reason=because)

    def __repr__(self) -> str:
        return f"<Job {self.id}: {self.text('en')}>"

    def advance(self, event: Event, **facts: Any) -> None:
        """Move along the table in `state.py`; for the queue alone, on the loop's thread.

        Args:
            event: What happened.
            facts: Fields of `Progress` that became known with it.

        Raises:
            LookupError: The event cannot happen in the present state.
        """
        state = after(self._progress.state, event)
        now = self._clock.elapsed()
        facts = {"trouble": None, "since": now, "ended": now if state.final else None} | facts
        self._progress = replace(self._progress, state=state, **facts)
        if event is Event.ADOPTED:
            self._progress = replace(self._progress, error=None)
            if self._outcome.done():
                self._outcome = _open_outcome()
        if state.final or state is JobState.DETACHED:
            self._settle()
        self._tell()

    def learn(self, **facts: Any) -> None:
        """Take up fields of `Progress` that became known without a change of state; for the queue alone."""
        self._progress = replace(self._progress, **facts)
        self._tell()

    def stand(self, error: SketchWidgetError) -> None:
        """Let nobody wait any longer for a job that a person must decide about; for the queue alone."""
        self._progress = replace(self._progress, error=error)
        self._settle()
        self._tell()

    def _settle(self) -> None:
        if self._outcome.done():
            self._outcome = _open_outcome()
        error = self._progress.error
        if error is None:
            self._outcome.set_result(self._progress.record)
        else:
            self._outcome.set_exception(error)

    def _tell(self) -> None:
        for listener in self._listeners:
            try:
                listener(self)
            except Exception:
                # A listener's mistake is its own: the job goes on, and the mistake is shown.
                log.exception("A function given to Job.on_change failed.")

    def _require_unconfirmed(self) -> None:
        if self.state is not JobState.UNCONFIRMED:
            raise JobError("job.not_unconfirmed", job_id=self.id, state=self.state.value)


def queued(position: int | None, wait: float | None) -> str:
    """Return which of the texts about standing in line says what is known."""
    key = "queued_behind" if position else "queued"
    return f"{key}_expected" if wait else key


def ending(kind: type[JobError], job_id: str, cause: BaseException | None = None, key: str = "") -> JobError:
    """Return the error with which a job ends, its reason attached."""
    error = kind(key or _ENDINGS[kind], job_id=job_id, reason=cause if cause is not None else "")
    error.__cause__ = cause
    return error


_ENDINGS: dict[type[JobError], str] = {
    JobFailedError: "job.failed",
    JobCancelledError: "job.cancelled",
    JobExpiredError: "job.expired",
    JobUnconfirmedError: "job.unconfirmed",
    JobTimeoutError: "job.deadline",
}


def _open_outcome() -> Outcome:
    outcome: Outcome = concurrent.futures.Future()
    outcome.set_running_or_notify_cancel()
    return outcome
