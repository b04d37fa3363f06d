"""A task of the embedded service: what it holds, what runs next, and how it ends.

Pure values and rules; the table of all tasks is `tasks`, and what is on disk is `ledger`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sketch_widget.offline.validation import Order
from sketch_widget.service.wire import FINAL, Status

LIFE = 24 * 3600.0  # seconds; the documents: a finished task and its pictures are kept for 24 hours


@dataclass(frozen=True)
class Outcome:
    """How one picture of a task ended: a file, or a code and a message."""

    file: str = ""
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class Mishap:
    """What is to go wrong with a task, where somebody asked for it.

    Attributes:
        code: The documented error that it fails with, or nothing.
        failures: How many of its pictures fail.
        delay: How long it waits at least before it runs, in seconds.
    """

    code: str = ""
    failures: int = 0
    delay: float = 0.0


@dataclass(frozen=True)
class Task:
    """A task as it stands; a change makes a new one.

    Attributes:
        account: Who may see it.
        queue: Whose limits it counts for.
        sketch: The file that holds the sketch.
        sketch_url: The sketch's address as it was submitted, for messages.
        submit_time, scheduled_time, end_time: Seconds since 1970.
        worker: Who paints it, until `lease` (seconds since 1970).
    """

    task_id: str
    request_id: str
    account: str
    queue: str
    model: str
    order: Order
    sketch: str
    sketch_url: str
    submit_time: float
    mishap: Mishap = Mishap()
    status: Status = Status.PENDING
    scheduled_time: float | None = None
    end_time: float | None = None
    outcomes: tuple[Outcome, ...] = ()
    code: str = ""
    message: str = ""
    worker: str = ""
    lease: float = 0.0

    @property
    def is_final(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.status in FINAL

    @property
    def files(self) -> tuple[str, ...]:
        """The pictures that it has, in the order in which they were painted."""
        return tuple(outcome.file for outcome in self.outcomes if outcome.file)

    def expired(self, now: float) -> bool:
        """Whether the service has forgotten it."""
        return now >= (self.end_time or self.submit_time) + LIFE


def finished(task: Task, now: float, code: str = "", message: str = "") -> Task:
    """Return the task at its end: SUCCEEDED if it has a picture, else FAILED with the reason given, or a picture's."""
    done = replace(task, end_time=now, worker="", lease=0.0)
    if task.files:
        return replace(done, status=Status.SUCCEEDED)
    if not code and task.outcomes:
        code, message = task.outcomes[0].code, task.outcomes[0].message
    return replace(done, status=Status.FAILED, outcomes=(), code=code, message=message)


def next_of(queue: list[Task], now: float, has_ended: Callable[[str], bool]) -> Task | None:
    """Return the task of a queue to be painted now, or None.

    First come, first served, one at a time: nothing while a living worker paints one of them, and a task that its
    worker left behind comes before those that wait.

    Args:
        queue: The queue's tasks in the order of their submission.
        now: Seconds since 1970.
        has_ended: Whether the worker of a name is certainly gone, so that its lease need not run out.
    """
    open_tasks = [task for task in queue if not task.is_final and not task.expired(now)]
    running = [task for task in open_tasks if task.status == Status.RUNNING]
    if any(task.lease > now and not has_ended(task.worker) for task in running):
        return None
    first = next(iter(running + open_tasks), None)
    return first if first is not None and first.submit_time + first.mishap.delay <= now else None
