"""The table of all tasks: who may submit, who paints what, and when a task is forgotten.

Time comes from a clock, so that a day passes in a test at once. The table is shared by all processes of a user through
the ledger on disk. A running task belongs to a worker by a lease; when the worker is seen to be dead, or the lease runs
out, the next one to ask for work paints the task anew. Nothing here paints, and nothing here speaks HTTP.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace

from sketch_widget.offline import refusals
from sketch_widget.offline.accounts import Account, Clock
from sketch_widget.offline.ledger import Ledger
from sketch_widget.offline.task import LIFE, Mishap, Outcome, Task, finished, next_of
from sketch_widget.offline.validation import Order
from sketch_widget.service.wire import Status

SUBMITS = 2  # a second and account: the documents' "QPS 2"
LEASE = 15.0  # seconds; a picture takes about a third of one, and a slow machine must not lose its own task


class TaskTable:
    """All tasks of the embedded service, over the ledger."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        *,
        strict: bool = False,
        drop: Callable[[str], None],
        has_ended: Callable[[str], bool] = lambda worker: False,
    ) -> None:
        """Open the table.

        Args:
            ledger: Where tasks are written.
            clock: Gives seconds since 1970.
            strict: Refuse a second task while one is open, instead of letting it wait.
            drop: Deletes a file of a forgotten task.
            has_ended: Whether the worker of a name is certainly gone. Default: nothing is known.
        """
        self._ledger = ledger
        self._clock = clock
        self._strict = strict
        self._drop = drop
        self._has_ended = has_ended

    def submit(
        self,
        account: Account,
        *,
        request_id: str,
        model: str,
        order: Order,
        sketch: str,
        sketch_url: str,
        mishap: Mishap,
    ) -> Task:
        """Accept a task.

        Raises:
            RefusalError: Two were submitted within the last second, or one is open and the table is strict.
        """
        now = self._clock()
        self.forget()
        task = Task(
            task_id=str(uuid.uuid4()),
            request_id=request_id,
            account=account.name,
            queue=account.queue,
            model=model,
            order=order,
            sketch=sketch,
            sketch_url=sketch_url,
            submit_time=now,
            mishap=mishap,
        )
        with self._ledger.change() as rows:
            queue = rows.of_queue(account.queue)
            if sum(other.submit_time > now - 1.0 for other in queue) >= SUBMITS:
                raise refusals.RATE.refusal()
            if self._strict and not all(other.is_final or other.expired(now) for other in queue):
                raise refusals.BUSY.refusal()
            rows.put(task)
        return task

    def get(self, account: Account, task_id: str) -> Task | None:
        """Return a task, or None where the account has none of this name or it is older than a day."""
        with self._ledger.look() as rows:
            task = rows.get(task_id)
        if task is None or task.account != account.name or task.expired(self._clock()):
            return None
        return task

    def listed(self, account: Account, start: float, end: float) -> list[Task]:
        """Return the account's tasks submitted from `start` to `end` (seconds since 1970), newest first."""
        now = self._clock()
        with self._ledger.look() as rows:
            tasks = rows.of_account(account.name)
        return [task for task in reversed(tasks) if start <= task.submit_time <= end and not task.expired(now)]

    def cancel(self, account: Account, task_id: str) -> None:
        """Cancel a task that still waits.

        Raises:
            RefusalError: It does not wait, or there is no such task.
        """
        now = self._clock()
        with self._ledger.change() as rows:
            task = rows.get(task_id)
            if task is None or task.account != account.name or task.status != Status.PENDING or task.expired(now):
                raise refusals.NOT_PENDING.refusal()
            rows.put(replace(task, status=Status.CANCELED, end_time=now))

    def claim(self, queue: str, worker: str) -> Task | None:
        """Give the next task of a queue to a worker, or None when nothing is to be done now."""
        now = self._clock()
        with self._ledger.change() as rows:
            task = next_of(rows.of_queue(queue), now, self._has_ended)
            if task is None:
                return None
            began = replace(
                task, status=Status.RUNNING, scheduled_time=now, outcomes=(), worker=worker, lease=now + LEASE
            )
            rows.put(began)
        for file in task.files:
            self._drop(file)
        return began

    def renew(self, task_id: str, worker: str, *more: Outcome) -> Task | None:
        """Add outcomes to a running task and prolong its lease; None when it is no longer this worker's."""
        with self._ledger.change() as rows:
            task = rows.get(task_id)
            if task is None or task.worker != worker:
                return None
            task = replace(task, outcomes=task.outcomes + more, lease=self._clock() + LEASE)
            rows.put(task)
        return task

    def release(self, task_id: str, worker: str) -> None:
        """Give a running task up, so that any worker may begin it anew; nothing when it is no longer this worker's."""
        with self._ledger.change() as rows:
            task = rows.get(task_id)
            if task is not None and task.worker == worker:
                rows.put(replace(task, worker="", lease=0.0))

    def finish(self, task_id: str, worker: str, code: str = "", message: str = "") -> Task | None:
        """End a running task; None when it is no longer this worker's."""
        with self._ledger.change() as rows:
            task = rows.get(task_id)
            if task is None or task.worker != worker:
                return None
            task = finished(task, self._clock(), code, message)
            rows.put(task)
        return task

    def is_idle(self, queue: str) -> bool:
        """Whether every task of a queue has ended."""
        now = self._clock()
        with self._ledger.look() as rows:
            return all(task.is_final or task.expired(now) for task in rows.of_queue(queue))

    def forget(self) -> None:
        """Remove what is older than a day, pictures included."""
        now = self._clock()
        with self._ledger.change() as rows:
            old = [task for task in rows.older_than(now - LIFE) if task.expired(now)]
            for task in old:
                rows.remove(task.task_id)
        for task in old:
            for file in task.files:
                self._drop(file)
