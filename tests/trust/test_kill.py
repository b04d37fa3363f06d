"""A kernel that is killed with SIGKILL at each step of a real run, and the next one, which brings the pictures home."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import aclosing, closing
from dataclasses import replace
from pathlib import Path

import pytest
from trust.storm import SKETCH, brush

from sketch_widget.offline.app import create_app
from sketch_widget.offline.faults import operation_of
from sketch_widget.offline.ledger import Ledger
from sketch_widget.offline.serve import served
from sketch_widget.service.client import DashScopeClient
from sketch_widget.service.request import GenerationRequest
from sketch_widget.service.task import Task

KEY = "sk-0000-kill"
PATIENCE = 60.0  # real seconds until a test gives up
REQUEST = """
import sys, threading
from sketch_widget import Sketch, Stroke, generate
job = generate(Sketch([Stroke([(90, 90), (400, 500)])]), prompt=sys.argv[1], n=2)
def stand_still(job):
    if job.state.value in sys.argv[2:]:
        print(job.state.value, flush=True)
        threading.Event().wait()  # to be killed here, however late
job.on_change(stand_still)
job.result()
"""
RESUME = """
import json, sys, time
from sketch_widget import connect
connection = connect.open()
left = connection.store.unfinished()
jobs = [connection.queue.resume(run) for run in left]
until = time.monotonic() + 45
while not all(job.settled or job.state.value in sys.argv[1:] for job in jobs) and time.monotonic() < until:
    time.sleep(0.05)
print(json.dumps([[job.state.value, len(job.run.files), job.run.state] for job in jobs]))
"""


STUCK = """
import sys, threading
from pathlib import Path
from sketch_widget.offline.app import create_app
from sketch_widget.offline.serve import served
app = create_app(Path(sys.argv[1]), painter=lambda commission: iter(threading.Event().wait, True))
with served(app) as url:
    print(url, flush=True)
    threading.Event().wait()
"""


class Guard:
    """The service on a port, with a door that can be held: what is held has happened, and its answer does not leave."""

    def __init__(self, folder: Path) -> None:
        self.app = create_app(folder, painter=brush)
        self.calls: list[str] = []
        self.accepted: Counter[str] = Counter()
        self.hold = ""
        self.is_held = threading.Event()

    async def __call__(self, scope, receive, send) -> None:
        at = operation_of(scope["method"], scope["path"])
        self.calls.append(at)
        if self.hold == f"before {at}":
            await self._for_ever(receive)
            return
        answer = []

        async def keep(message) -> None:
            answer.append(message)

        await self.app(scope, receive, keep)
        if at == "submit" and answer[0]["status"] == 200:
            self.accepted["submits"] += 1
        if self.hold == f"after {at}":
            await self._for_ever(receive)
            return
        for message in answer:
            await send(message)

    async def _for_ever(self, receive) -> None:
        self.is_held.set()
        while (await receive())["type"] != "http.disconnect":
            pass


@pytest.fixture
def guard(tmp_path):
    guard = Guard(tmp_path / "service")
    with served(guard) as guard.url:
        yield guard
    guard.app.close()


def surroundings(**more: str) -> dict[str, str]:
    """Return what a kernel sees: this test's empty home, and the key where there is one."""
    return os.environ | {"PYTHONUNBUFFERED": "1"} | more


def kernel(code: str, *words: str, **more: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], env=surroundings(**more), stdout=subprocess.PIPE, text=True
    )


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)


def kill_when_held(guard: Guard, process: subprocess.Popen) -> None:
    try:
        assert guard.is_held.wait(PATIENCE)
    finally:
        kill(process)


def taken_up(*enough: str, **more: str) -> list[list]:
    """Start the next kernel and return how each run that was left stands in the end, or in a state that is enough."""
    process = kernel(RESUME, *enough, **more)
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    finally:
        kill(process)
    return json.loads(said)


@pytest.mark.parametrize(
    "step",
    ["before permit", "after upload", "after submit", "before poll", "after poll", "before result", "after result"],
)
def test_a_killed_kernels_pictures_are_brought_home_and_paid_for_once(guard, step):
    known = {"DASHSCOPE_API_KEY": KEY, "DASHSCOPE_HTTP_BASE_URL": guard.url}
    guard.hold = step
    process = kernel(REQUEST, "a tree", **known)
    kill_when_held(guard, process)
    guard.hold = ""
    assert taken_up(**known) == [["done", 2, "done"]]
    assert guard.accepted["submits"] == 1


def test_a_request_that_was_perhaps_sent_is_never_sent_again(guard):
    known = {"DASHSCOPE_API_KEY": KEY, "DASHSCOPE_HTTP_BASE_URL": guard.url}
    guard.hold = "before submit"
    process = kernel(REQUEST, "a tree", **known)
    kill_when_held(guard, process)
    guard.hold = ""
    assert taken_up("unconfirmed", **known) == [["unconfirmed", 0, "unconfirmed"]]
    assert guard.calls.count("submit") == 1
    assert guard.accepted["submits"] == 0


def test_tasks_of_the_embedded_service_outlive_their_process(tmp_path):
    process = kernel(REQUEST, "a tree", "waiting")
    try:
        assert process.stdout.readline().strip() == "waiting"
    finally:
        kill(process)
    assert taken_up() == [["done", 2, "done"]]


async def submitted(url: str) -> str:
    """Submit a task and return its id once it runs."""
    async with aclosing(DashScopeClient(KEY, base_url=url)) as client:
        request = GenerationRequest("a tree", sketch_color=[(0, 0, 0)])
        task = await client.submit(request, await client.upload(SKETCH))
        await status(client, task.task_id, "RUNNING")
        return task.task_id


def prolong(folder: Path, task_id: str) -> float:
    """Make the lease of a running task an hour longer and return its end in epoch seconds."""
    with closing(Ledger(folder / "tasks.sqlite3")) as ledger, ledger.change() as rows:
        task = rows.get(task_id)
        assert task.worker
        rows.put(replace(task, lease=task.lease + 3600))
        return task.lease + 3600


async def finished(url: str, task_id: str) -> float:
    """Wait until a task has succeeded and return its end in epoch seconds."""
    async with aclosing(DashScopeClient(KEY, base_url=url)) as client:
        return (await status(client, task_id, "SUCCEEDED")).end_time


async def status(client: DashScopeClient, task_id: str, wanted: str) -> Task:
    async with asyncio.timeout(PATIENCE):
        while True:
            task = await client.task(task_id)
            if task.status == wanted:
                return task
            await asyncio.sleep(0.1)  # the service answers twenty questions a second


def test_a_task_whose_painting_process_was_killed_does_not_wait_for_the_end_of_its_lease(tmp_path):
    painter = kernel(STUCK, str(tmp_path))
    try:
        task_id = asyncio.run(submitted(painter.stdout.readline().strip()))
    finally:
        kill(painter)
    lease_ends = prolong(tmp_path, task_id)  # far beyond what a busy computer takes
    app = create_app(tmp_path, painter=brush)
    with served(app) as url:
        end = asyncio.run(finished(url, task_id))
    app.close()
    assert end < lease_ends
