"""A user, their kernels, and the whole way to the service, on virtual time and with a network that cannot be relied on.

Queue, line, history, client and embedded service are the real ones. What is fake stands at the edges: time, the wire
between client and service, and the brush.
"""

import asyncio
import json
import os
import sqlite3
import sys
import threading
import time
from collections import Counter, defaultdict, deque
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
from fakes.virtual import SameLoop, VirtualClock, VirtualLoop

from sketch_widget.drawing.picture import encode
from sketch_widget.jobs.account import shared_turns
from sketch_widget.jobs.queue import JobQueue
from sketch_widget.jobs.state import JobState
from sketch_widget.locks import Life
from sketch_widget.offline.app import create_app
from sketch_widget.offline.faults import OPERATIONS, operation_of
from sketch_widget.offline.options import Options
from sketch_widget.runs.store import RunStore
from sketch_widget.service.client import DashScopeClient
from sketch_widget.service.request import GenerationRequest
from sketch_widget.settings import Secret

KEY = "sk-0000-storm"
URL = "http://service.invalid/api/v1"
DAY = 86400.0  # seconds
PAGE = b"<html><head><title>502 Bad Gateway</title></head></html>"


def _sketch() -> bytes:
    pixels = np.full((256, 256, 3), 255, np.uint8)
    pixels[40:200, 120:130] = 0
    return encode(pixels)


SKETCH = _sketch()

# What the wire does with a call, beside letting it through; the service's own faults are asked of the service itself.
TROUBLES = (
    "refused",  # no connection: certainly not delivered
    "lost",  # cut before the service acted
    "cut",  # cut after the service acted
    "stalled",  # acted on, never answered
    "page before",  # a gateway's page, the service never asked
    "page after",  # a gateway's page instead of the service's answer
    "untyped",  # the right answer without a Content-Type
    "half",  # half of the answer
    "empty",  # 200 and no byte
    "nonsense",  # 200 and JSON of another kind
    "killed before",  # the kernel dies as it is about to call
    "killed after",  # the kernel dies when the service has acted
)
SERVICE_FAULTS = (
    "submit 429",
    "submit 500",
    "submit 503",
    "submit html=502",
    "submit untyped",
    "submit truncated",
    "submit cut-before",
    "submit cut-after",
    "submit stall=7",
    "submit stall",
    "submit code=DataInspectionFailed",
    "submit code=Arrearage",
    "submit code=Throttling.AllocationQuota",
    "submit code=Throttling.AllocationQuota#3",
    "submit 429 retry-after=45",
    "poll 429 x3",
    "poll 503 x2",
    "poll html=504",
    "poll code=Throttling.BurstRate",
    "poll 503 retry-after=20 x2",
    "poll cut-after",
    "poll stall",
    "list 429",
    "list truncated",
    "cancel 500",
    "cancel cut-after",
    "permit 429",
    "permit code=Throttling.RateQuota",
    "upload 403",
    "upload cut-before",
    "result truncated",
    "result truncated x4",
    "result html=502",
    "result 503 x2",
    "result 429 retry-after=30",
    "result cut-after",
    "result stall",
    "result truncated x12",
    "result 503 x14",
)
MISHAPS = (
    "task fail=DataInspectionFailed",
    "task fail=InternalError.Timeout",
    "task fail=InvalidParameter",
    "task fail=IPInfringementSuspect",
    "task fail=Throttling",
    "task partial=1",
    "task partial=2",
    "task slow=20",
    "task slow=400",
)


class StormLoop(VirtualLoop):
    """Virtual time that waits for the painters before it jumps."""

    def __init__(self) -> None:
        super().__init__()
        select = self.selector.select

        def patient_select(timeout=None):
            if timeout != 0:
                let_painters_rest()
            return select(timeout)

        self.selector.select = patient_select

    def skip(self, seconds: float) -> None:
        """Let time pass while nobody is there."""
        self.selector.time += seconds


def let_painters_rest() -> None:
    """Wait (really) until every painting thread waits for its clock, or has ended."""
    for _ in range(4000):
        if not any(_is_busy(thread) for thread in threading.enumerate()):
            return
        time.sleep(0.0005)
    raise AssertionError("A painter does not come to rest.")


def _is_busy(thread: threading.Thread) -> bool:
    if thread.name != "sketch_widget offline":
        return False
    frame = sys._current_frames().get(thread.ident or 0)
    return frame is not None and not (frame.f_code.co_name == "wait" and frame.f_code.co_filename == threading.__file__)


def brush(commission):
    """Paint small flat pictures at once."""
    for index in range(commission.n):
        yield np.full((8, 8, 3), 40 * index, np.uint8)


class Wire(httpx.AsyncBaseTransport):
    """The way between one kernel's client and the service."""

    def __init__(self, kernel: "Kernel") -> None:
        self._kernel = kernel

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        storm = self._kernel.storm
        at = operation_of(request.method, request.url.path)
        storm.calls.append((storm.loop.time(), at))
        trouble = storm.troubles[at].popleft() if storm.troubles[at] else ""
        if trouble == "refused":
            raise httpx.ConnectError("refused", request=request)
        if trouble == "lost":
            raise httpx.WriteError("broken pipe", request=request)
        if trouble == "page before":
            return httpx.Response(502, content=PAGE)
        if trouble == "killed before":
            await self._kernel.die()
        response = await httpx.ASGITransport(storm.app).handle_async_request(request)
        body = await response.aread()
        if trouble == "cut":
            raise httpx.ReadError("reset", request=request)
        if trouble == "stalled":
            await asyncio.sleep(DAY)
        if trouble == "killed after":
            await self._kernel.die()
        return _spoiled(trouble, response, body)


def _spoiled(trouble: str, response: httpx.Response, body: bytes) -> httpx.Response:
    if trouble == "page after":
        return httpx.Response(502, headers={"content-type": "text/html"}, content=PAGE)
    if trouble == "half":
        return httpx.Response(response.status_code, stream=httpx.ByteStream(body[: len(body) // 2]))
    if trouble == "empty":
        return httpx.Response(200, content=b"")
    if trouble == "nonsense":
        return httpx.Response(200, json={"output": [1, None], "request_id": 7})
    headers = dict(response.headers)
    if trouble == "untyped":
        headers.pop("content-type", None)
    return httpx.Response(response.status_code, headers=headers, content=body)


class Kernel:
    """One process of the user's: a queue, a store and a client of its own."""

    def __init__(self, storm: "Storm", name: str) -> None:
        self.storm = storm
        self.clock = storm.clock
        self.work = SameLoop()
        self.life = Life(storm.home / "local")
        self.client = DashScopeClient(KEY, base_url=URL, transport=Wire(self))
        self.turns = shared_turns(Secret(KEY).fingerprint(), self.life, self.clock)
        alive = self.life.alive
        self.store = RunStore(storm.home, owner=self.life.name, alive=alive, now=self.clock.now)
        self.queue = JobQueue(
            self.client,
            self.store,
            self.work,
            service_name="dashscope",
            clock=self.clock,
            turns=self.turns,
            chance=lambda: 0.5,
        )
        self.is_dead = False

    def kill(self) -> None:
        """End everything of this kernel at once; its locks are freed, as the system does."""
        if not self.is_dead:
            self.is_dead = True
            self.work.die()
            self.life.end()
            self.storm.loop.call_later(1.0, self.turns.close)

    async def die(self) -> None:
        """Kill the kernel from within one of its own calls, which never returns."""
        self.kill()
        await asyncio.sleep(100 * DAY)


@dataclass(frozen=True)
class Accepted:
    """A task as the service has it in its file."""

    task_id: str
    prompt: str
    status: str
    pictures: int
    submit_time: float


class Storm:
    """The world: one account at one service, one disk, and up to two kernels."""

    def __init__(self, home: Path, seconds: float = 3.0) -> None:
        self.home = home
        self.seconds = seconds
        self.loop = StormLoop()
        self.clock = VirtualClock()
        self.troubles: dict[str, deque[str]] = defaultdict(deque)
        self.calls: list[tuple[float, str]] = []
        self.accepted: dict[str, Accepted] = {}
        self.asked = 0
        self.app = self._service()
        self.kernels: list[Kernel] = []
        self.run(self.start)

    def run(self, action, *arguments):
        """Run an asynchronous function on virtual time."""
        try:
            return self.loop.run_until_complete(action(*arguments))
        finally:
            self.note_what_was_accepted()

    def _service(self):
        folder = self.home / "service"
        options = Options(minimum_seconds=self.seconds)
        return create_app(folder, clock=self.clock.now, painter=brush, options=options)

    async def start(self) -> Kernel:
        """Start one more kernel, which takes up whatever was left."""
        kernel = Kernel(self, f"kernel-{len(self.kernels)}")
        self.kernels.append(kernel)
        for run in kernel.store.unfinished():
            kernel.queue.resume(run)
        return kernel

    @property
    def living(self) -> list[Kernel]:
        """The kernels that run."""
        return [kernel for kernel in self.kernels if not kernel.is_dead]

    async def submit(self, kernel: Kernel, n: int = 1):
        """Ask for pictures under words that no other request has."""
        self.asked += 1
        request = GenerationRequest(f"picture {self.asked}", n=n, sketch_color=[(0, 0, 0)])
        return kernel.queue.submit(request, SKETCH)

    def restart_service(self) -> None:
        """End the service in the middle of its work and start it again on the same folder."""
        self.app.close()
        for path in (self.home / "service").rglob("*"):
            os.utime(path, (self.clock.now(), self.clock.now()))  # the disk's time is virtual too
        self.app = self._service()

    def note_what_was_accepted(self) -> None:
        """Read the service's own file: what it accepted is never forgotten here, though it forgets after a day."""
        with closing(sqlite3.connect(self.home / "service" / "tasks.sqlite3")) as file:
            for (text,) in file.execute("SELECT task FROM task"):
                task = json.loads(text)
                pictures = sum(bool(outcome.get("file")) for outcome in task.get("outcomes", []))
                found = Accepted(
                    task["task_id"], task["order"]["prompt"], task["status"], pictures, task["submit_time"]
                )
                self.accepted[found.task_id] = found

    def runs(self):
        """Return all runs, read anew from the disk."""
        return RunStore(self.home, now=self.clock.now).runs()

    def check_that_nothing_was_accepted_twice(self) -> None:
        prompts = Counter(task.prompt for task in self.accepted.values())
        assert all(times == 1 for times in prompts.values()), prompts

    def check_that_each_run_has_its_own_task(self) -> None:
        for run in self.runs():
            if run.task_id is not None:
                assert self.accepted[run.task_id].prompt == run.request.prompt

    def calm_down(self) -> None:
        """Let nothing go wrong any more, take everything up, and wait until all is still."""
        self.troubles.clear()
        for at in OPERATIONS:
            while self.app.faults.take(at):
                pass
        if not self.living:
            self.run(self.start)
        kernel = self.living[0]
        for other in self.living[1:]:
            other.kill()
        self.run(self._resume, kernel)
        self.run(self._until_still, kernel)

    async def _resume(self, kernel: Kernel) -> None:
        await asyncio.sleep(1.0)
        for run in kernel.store.unfinished():
            kernel.queue.resume(run)

    async def _until_still(self, kernel: Kernel) -> None:
        limit = self.loop.time() + 3 * 3600.0
        while any(not _is_still(job) for job in kernel.queue.jobs):
            assert self.loop.time() < limit, [job for job in kernel.queue.jobs if not _is_still(job)]
            await asyncio.sleep(5.0)

    def check_that_everything_has_come_to_an_end(self) -> None:
        """Every run has ended or stands before the user, and no picture that was paid for is lost."""
        of_run = {run.request.prompt: run for run in self.runs()}
        unfinished = {run.id for run in self.living[0].store.unfinished()}
        assert not unfinished, unfinished
        for run in of_run.values():
            state = JobState(run.state)
            assert state.final or state is JobState.UNCONFIRMED, run
            if state is JobState.DONE:
                assert run.files
                assert all(path.stat().st_size for path in run.files)
        for task in self.accepted.values():
            run = of_run[task.prompt]
            if task.status != "SUCCEEDED" or run.state == "unconfirmed":
                continue
            if run.task_id is None:
                assert run.state in ("failed", "expired"), run  # given up by the user, or too late
            else:
                told = len(run.files) + len(run.failures)
                assert len(run.files) == task.pictures or run.state == "expired", (run, run.problem, run.failures)
                assert told >= run.request.n or run.state == "expired", run

    def close(self) -> None:
        """End everything."""
        for kernel in self.living:
            kernel.kill()
        self.run(asyncio.sleep, 0.1)
        self.run(self._end_what_is_left)
        self.app.close()
        self.loop.close()

    async def _end_what_is_left(self) -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def _is_still(job) -> bool:
    return job.done or job.state is JobState.UNCONFIRMED
