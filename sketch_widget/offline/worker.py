"""Painting, off the event loop: a thread takes tasks from the table, one at a time for each queue.

A thread lives as long as its queue has open tasks. It is started by any call that concerns such a task, so that a new
process goes on with what a dead one left.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sketch_widget.drawing import picture
from sketch_widget.offline import refusals, sketches
from sketch_widget.offline.accounts import Clock
from sketch_widget.offline.files import Files
from sketch_widget.offline.options import Options
from sketch_widget.offline.task import Outcome, Task
from sketch_widget.offline.tasks import TaskTable

if TYPE_CHECKING:
    # The painters take as long to import as a picture to paint; they come with the first task, on its thread.
    from sketch_widget.offline.paint.commission import Commission

Painter = Callable[["Commission"], Iterator[NDArray[np.uint8]]]

TICK = 0.2  # seconds between two looks at a queue whose next task may not start yet
COMPRESSION = 1  # five times faster than the usual 6 on a painted picture, a tenth larger

log = logging.getLogger(__name__)


def paint(commission: "Commission") -> Iterator[NDArray[np.uint8]]:
    """Paint with the painters of this package."""
    from sketch_widget.offline.paint import paint as painters

    return painters(commission)


class Worker:
    """The painting threads of one process.

    Args:
        table: Gives the tasks.
        files: Keeps the pictures.
        clock: Gives seconds since 1970.
        painter: Paints a commission.
        options: How fast it is at most.
        name: Under which it holds tasks. Default: one that says nothing.
    """

    def __init__(
        self, table: TaskTable, files: Files, clock: Clock, painter: Painter, options: Options, name: str = ""
    ) -> None:
        self._table = table
        self._files = files
        self._clock = clock
        self._painter = painter
        self._options = options
        self._name = name or str(uuid.uuid4())
        self._threads: dict[str, threading.Thread] = {}
        self._changed = threading.Condition()  # a task came, or the worker closes; also guards `_threads`
        self._is_closed = False

    def kick(self, queue: str) -> None:
        """See to it that a queue's open tasks are painted; returns at once."""
        with self._changed:
            self._changed.notify_all()
            if self._is_closed or queue in self._threads:
                return
            thread = threading.Thread(target=self._run, args=(queue,), name="sketch_widget offline", daemon=True)
            self._threads[queue] = thread
            thread.start()

    def close(self) -> None:
        """Let the threads end after the picture at hand, and wait for that; their tasks are free for another worker."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
            threads = list(self._threads.values())
        for thread in threads:
            thread.join()

    def _run(self, queue: str) -> None:
        try:
            while self._is_wanted(queue):
                task = self._table.claim(queue, self._name)
                if task is None:
                    self._pause(TICK)
                else:
                    self._work(task)
        except Exception:
            log.exception("The painting thread stopped; the next call concerning its tasks starts it again.")
            with self._changed:
                self._threads.pop(queue, None)

    def _is_wanted(self, queue: str) -> bool:
        # Under the lock, so that no task can come in between this look and the end of the thread.
        with self._changed:
            if not self._is_closed and not self._table.is_idle(queue):
                return True
            del self._threads[queue]
            return False

    def _pause(self, seconds: float) -> None:
        with self._changed:
            if not self._is_closed:
                self._changed.wait(max(seconds, 0.0))

    def _work(self, task: Task) -> None:
        try:
            self._paint(task)
        except refusals.RefusalError as refusal:
            self._table.finish(task.task_id, self._name, refusal.code, refusal.message)
        except Exception:
            log.exception("A picture could not be painted.")
            self._table.finish(task.task_id, self._name, refusals.PAINTING.code, refusals.PAINTING.message)

    def _paint(self, task: Task) -> None:
        """Paint a task's pictures one by one, as long as it is this worker's."""
        for outcome in self._outcomes(task):
            if self._is_closed or self._table.renew(task.task_id, self._name, outcome) is None:
                self._files.drop(outcome.file)
                self._table.release(task.task_id, self._name)
                return
        until = (task.scheduled_time or 0.0) + self._options.minimum_seconds
        while self._clock() < until:
            if self._is_closed or self._table.renew(task.task_id, self._name) is None:
                self._table.release(task.task_id, self._name)
                return
            self._pause(min(TICK, until - self._clock()))
        self._table.finish(task.task_id, self._name)

    def _outcomes(self, task: Task) -> Iterator[Outcome]:
        if task.mishap.code:
            raise refusals.BY_CODE[task.mishap.code].example(task.sketch_url)
        good = task.order.n - task.mishap.failures
        pictures = self._painter(self._commission(task))
        for pixels in islice(pictures, max(good, 0)):
            yield Outcome(file=self._files.keep_result(picture.encode(pixels, texts(task), COMPRESSION)))
        late = refusals.BY_CODE["InternalError.Timeout"]
        yield from [Outcome(code=late.code, message=late.message)] * min(task.mishap.failures, task.order.n)

    def _commission(self, task: Task) -> "Commission":
        from sketch_widget.offline.paint.commission import Commission

        errors = refusals.SKETCH_ERRORS[self._options.edition]
        try:
            data = self._files.read(task.sketch)
        except FileNotFoundError:
            raise errors.unreachable.refusal() from None
        drawing = sketches.judged(data, task.sketch_url, errors)
        order = task.order
        return Commission(
            sketch=drawing.pixels,
            prompt=order.prompt,
            style=order.style,
            n=order.n,
            sketch_weight=order.sketch_weight,
            sketch_extraction=order.sketch_extraction,
            sketch_color=order.sketch_color,
            strokes=drawing.sketch,
        )


def texts(task: Task) -> dict[str, str]:
    """Return what a painted file says about itself."""
    from sketch_widget.offline.paint import words_heard

    order = task.order
    return {
        "Software": "sketch_widget offline preview",
        "Description": order.prompt,
        picture.WORDS_TEXT: ", ".join(words_heard(order.prompt)),
        "Comment": f"style {order.style}; painted by rules on this computer, not by the service's model",
    }
