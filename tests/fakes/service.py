"""A service that does as it is told: it keeps tasks in memory, follows the real one's rules, and fails on demand."""

from collections import defaultdict, deque
from dataclasses import dataclass

import numpy as np

from sketch_widget.drawing.picture import encode
from sketch_widget.errors import CancelRefusedError, NotAllowedError, ThrottledError
from sketch_widget.service.request import GenerationRequest
from sketch_widget.service.task import ListedTask, Result, Task, TaskPage
from sketch_widget.service.wire import MODEL

PICTURE = encode(np.full((2, 2, 3), 90, np.uint8))


class Killed(BaseException):
    """The process is killed in the middle of a call."""


class Lost:
    """The call takes effect, and its answer is lost with this error."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


@dataclass
class Kept:
    """A task that the service accepted."""

    task_id: str
    request: GenerationRequest
    accepted: float
    begins: float
    ends: float
    outcome: Task | None = None
    canceled: bool = False


class FakeService:
    """Runs one task at a time, `seconds` long each; `strict` refuses a second one instead of letting it wait.

    `faults[call]` holds what happens to the next calls of that name: an exception that is raised before it takes
    effect, a `Lost`, or None for a call that works. `outcomes` holds how the next tasks end, where they do not simply
    succeed. `upload_seconds` is what an upload takes.
    """

    def __init__(self, clock, seconds: float = 10.0, strict: bool = False) -> None:
        self.clock = clock
        self.seconds = seconds
        self.strict = strict
        self.upload_seconds = 0.0
        self.faults: dict[str, deque] = defaultdict(deque)
        self.outcomes: deque[Task] = deque()
        self.tasks_kept: dict[str, Kept] = {}
        self.others: list[ListedTask] = []
        self.calls: list[tuple[float, str]] = []
        self.uploads: list[bytes] = []
        self.page_size = 2

    @property
    def accepted(self) -> list[GenerationRequest]:
        """What was paid for."""
        return [kept.request for kept in self.tasks_kept.values()]

    def times(self, name: str) -> list[float]:
        """When a call was made, in seconds of virtual time."""
        return [time for time, called in self.calls if called == name]

    async def upload(self, png: bytes) -> str:
        with self._call("upload"):
            await self.clock.sleep(self.upload_seconds)
            self.uploads.append(png)
            return f"oss://sketch/{len(self.uploads)}"

    async def submit(self, request: GenerationRequest, sketch_image_url: str) -> Task:
        with self._call("submit"):
            now = self.clock.elapsed()
            busy = [kept for kept in self.tasks_kept.values() if kept.ends > now and not kept.canceled]
            if self.strict and busy:
                raise ThrottledError("service.throttled", code="Throttling", http_status=429, details="")
            begins = max([now, *(kept.ends for kept in busy)])
            task_id = f"task-{len(self.tasks_kept) + 1}"
            kept = Kept(task_id, request, self.clock.now(), begins, begins + self.seconds)
            kept.outcome = self.outcomes.popleft() if self.outcomes else None
            self.tasks_kept[task_id] = kept
            return Task(task_id, "PENDING")

    async def task(self, task_id: str) -> Task:
        with self._call("task"):
            return self._task(task_id)

    def _task(self, task_id: str) -> Task:
        kept = self.tasks_kept.get(task_id)
        now = self.clock.elapsed()
        if kept is None or now - kept.begins > 86400:
            return Task(task_id, "UNKNOWN")
        if kept.canceled:
            return Task(task_id, "CANCELED")
        if now < kept.begins:
            return Task(task_id, "PENDING")
        if now < kept.ends:
            return Task(task_id, "RUNNING")
        if kept.outcome is not None:
            return kept.outcome
        results = tuple(Result(f"https://pictures/{task_id}/{index}") for index in range(1, kept.request.n + 1))
        return Task(task_id, "SUCCEEDED", results=results, scheduled_time=kept.begins, end_time=kept.ends)

    async def tasks(self, *, start: float | None = None, end: float | None = None, page_no: int = 1) -> TaskPage:
        with self._call("tasks"):
            own = [ListedTask(kept.task_id, "RUNNING", MODEL, gmt_create=kept.accepted) for kept in self._all()]
            listed = [task for task in own + self.others if start <= task.gmt_create <= end]
            first = (page_no - 1) * self.page_size
            pages = -(-len(listed) // self.page_size)
            return TaskPage(tuple(listed[first : first + self.page_size]), len(listed), pages, page_no, self.page_size)

    def _all(self) -> list[Kept]:
        return list(self.tasks_kept.values())

    async def cancel(self, task_id: str) -> None:
        with self._call("cancel"):
            if self._task(task_id).status != "PENDING":
                raise CancelRefusedError("service.cancel_refused", code="UnsupportedOperation", details="")
            self.tasks_kept[task_id].canceled = True

    async def download(self, url: str) -> bytes:
        with self._call("download"):
            task_id = url.split("/")[-2]
            if self.clock.elapsed() - self.tasks_kept[task_id].ends > 86400:
                raise NotAllowedError("service.not_allowed", http_status=403, details="")
            return PICTURE

    def _call(self, name: str) -> "_Fate":
        self.calls.append((self.clock.elapsed(), name))
        return _Fate(self.faults[name].popleft() if self.faults[name] else None)


class _Fate:
    """What happens to one call."""

    def __init__(self, fault) -> None:
        self.fault = fault

    def __enter__(self) -> None:
        if isinstance(self.fault, BaseException):
            raise self.fault

    def __exit__(self, kind, error, traceback) -> None:
        if isinstance(self.fault, Lost) and error is None:
            raise self.fault.error
