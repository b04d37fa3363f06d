"""Several kernels of one machine, each a process, at one account of a service in a process of its own.

Time is real and `speed` times as fast. What comes out is what the service has in its file and in the book of its calls,
and when each kernel had its picture.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec
from trust.account_kernel import Plan

from sketch_widget.offline.task import Task
from sketch_widget.runs.run import Run
from sketch_widget.runs.store import RunStore

TESTS = Path(__file__).resolve().parent.parent
PATIENCE = 120.0  # real seconds for anything that should happen


@dataclass(frozen=True)
class Served:
    """One task as the service has it; seconds of the fast clock."""

    kernel: str
    submitted: float
    began: float
    ended: float


@dataclass(frozen=True)
class Figures:
    """What one case came to; seconds of the fast clock.

    Attributes:
        pictures: How many jobs ended with their picture.
        refused: How many submits were answered with 429.
        makespan: From the start of all to the last picture, over the sum of the durations.
        painting: What the tasks took at the service, over the same: its own share in what is lost.
        fairness: Jain's index over the kernels' mean waits; 1 when all wait alike.
        longest: The longest wait from asking to painting.
        ideal_longest: The same, had the same requests been served in their order without any loss.
        polls: How many questions about tasks were asked.
    """

    pictures: int
    refused: int
    makespan: float
    painting: float
    fairness: float
    longest: float
    ideal_longest: float
    polls: int


def durations(seed: int, kernels: int = 8, jobs: int = 4, shortest: float = 5.0, longest: float = 25.0) -> list[Any]:
    """Return what the tasks of each kernel take: evenly spread over the span, shuffled."""
    count = kernels * jobs
    spread = [round(shortest + (longest - shortest) * (place + 0.5) / count, 2) for place in range(count)]
    random.Random(seed).shuffle(spread)
    return [spread[number::kernels] for number in range(kernels)]


class Kernel:
    """One process, and what it said so far."""

    def __init__(self, plan: Plan) -> None:
        self.name = plan.name
        self.said: list[dict[str, Any]] = []
        self._process = _python("account_kernel.py", json.dumps(asdict(plan)))
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def is_over(self) -> bool:
        return not self._reader.is_alive()

    @property
    def returncode(self) -> int:
        return self._process.wait()

    def go(self) -> None:
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        self._process.kill()

    def facts(self, name: str) -> list[Any]:
        """Return everything the kernel has said of one kind, oldest first."""
        return [facts[name] for facts in self.said if name in facts]

    def at(self, **facts: Any) -> float | None:
        """Return when the kernel first said all of this, or None."""
        return next((said["at"] for said in self.said if "at" in said and facts.items() <= said.items()), None)

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._reader.join()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def _read(self) -> None:
        for line in self._process.stdout:
            self.said.append(json.loads(line))


class Lab:
    """A service and kernels at it; a context manager that leaves no process behind.

    Args:
        folder: For everything that is written.
        mode: "queue" or "strict": what the service does with a second task.
        speed: How many times as fast time passes.
    """

    def __init__(self, folder: Path, mode: str, speed: float) -> None:
        self.folder = folder
        self.speed = speed
        self.epoch = time.time()
        self.kernels: list[Kernel] = []
        (folder / "home").mkdir(parents=True)
        self._service = _python("account_service.py", str(folder), mode, str(speed), str(self.epoch))
        self.url = self._service.stdout.readline().strip()

    def __enter__(self) -> "Lab":
        return self

    def __exit__(self, *_: object) -> None:
        for kernel in self.kernels:
            kernel.close()
        self._service.communicate()

    def kernel(self, method: str, durations: Sequence[float], **more: Any) -> Kernel:
        """Start a kernel; it waits for `go`."""
        place = {"home": str(self.folder / "home"), "local": str(self.folder / "local")}
        about = {"name": f"kernel{len(self.kernels)}", "method": method, "url": self.url}
        pace = {"speed": self.speed, "epoch": self.epoch, "durations": list(durations)}
        kernel = Kernel(Plan(**(place | about | pace | more)))
        self.kernels.append(kernel)
        return kernel

    def go(self) -> None:
        """Let all kernels begin, once each of them is ready."""
        self.until(lambda: all(kernel.facts("ready") or kernel.is_over for kernel in self.kernels))
        for kernel in self.kernels:
            kernel.go()

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until something has happened."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError("It did not happen.")
            time.sleep(0.005)

    def finish(self) -> None:
        """Wait until every kernel's process has ended."""
        self.until(lambda: all(kernel.is_over for kernel in self.kernels))

    def calls(self, operation: str) -> list[tuple[float, int]]:
        """Return when calls of one kind were answered and with which status."""
        lines = (self.folder / "calls.jsonl").read_text(encoding="utf-8").splitlines()
        return [(at, status) for at, called, status in map(json.loads, lines) if called == operation]

    @property
    def refused(self) -> int:
        """How many submits were answered with 429."""
        return sum(status == 429 for _, status in self.calls("submit"))

    def tasks(self) -> dict[str, Served]:
        """Return the tasks that ran, by what was asked ("kernel3.0"), in the order of their submission."""
        with closing(sqlite3.connect(self.folder / "tasks.sqlite3")) as db:
            rows = db.execute("SELECT task FROM task ORDER BY submit_time, rowid").fetchall()
        found = [msgspec.json.decode(row[0], type=Task) for row in rows]
        return {
            task.order.prompt.split()[0]: Served(
                task.order.prompt.split(".")[0], task.submit_time, task.scheduled_time, task.end_time
            )
            for task in found
            if task.scheduled_time is not None and task.end_time is not None
        }

    def runs(self) -> list[Run]:
        """Return the history that all kernels share."""
        return RunStore(self.folder / "home", owner="nobody", alive=lambda name: False).runs()

    def figures(self, durations: Sequence[Sequence[float]]) -> Figures:
        """Return what it came to, for kernels that asked for one picture after the other."""
        began = min(kernel.at(began=True) for kernel in self.kernels)
        ended = max(said["at"] for kernel in self.kernels for said in kernel.said if "done" in said)
        tasks = self.tasks()
        asked, waits = {}, {}
        for kernel in self.kernels:
            for index in kernel.facts("asked"):
                name = f"{kernel.name}.{index}"
                if name in tasks:
                    asked[name] = kernel.at(asked=index)
                    waits[name] = tasks[name].began - asked[name]
        lengths = {f"kernel{k}.{i}": seconds for k, own in enumerate(durations) for i, seconds in enumerate(own)}
        means = [_mean([waits[name] for name in waits if tasks[name].kernel == k.name]) for k in self.kernels]
        return Figures(
            pictures=sum(sum(kernel.facts("good")) for kernel in self.kernels),
            refused=self.refused,
            makespan=(ended - began) / sum(lengths.values()),
            painting=sum(task.ended - task.began for task in tasks.values()) / sum(lengths.values()),
            fairness=jain(means),
            longest=max(waits.values()),
            ideal_longest=max(first_come_first_served([(asked[name], lengths[name]) for name in asked])),
            polls=len(self.calls("poll")),
        )


def measured(folder: Path, method: str, mode: str, speed: float, wanted: Sequence[Sequence[float]]) -> Figures:
    """Let each kernel ask for its pictures, one after the other, and return what it came to."""
    with Lab(folder, mode, speed) as lab:
        for own in wanted:
            lab.kernel(method, own)
        lab.go()
        lab.finish()
        return lab.figures(wanted)


@dataclass(frozen=True)
class Aftermath:
    """What came of killing the kernel whose task ran.

    Attributes:
        gap: Seconds of the fast clock from the orphan's end to the next submit.
        refused: How many submits were answered with 429 after the kill, and before it.
        runs: State and number of pictures of every run, the orphan's among them.
    """

    gap: float
    refused: int
    refused_before: int
    runs: list[tuple[str, int]]


def killed(folder: Path, mode: str, speed: float, wanted: Sequence[float] = (12.0, 9.0, 7.0)) -> Aftermath:
    """Kill the first of some kernels with `kill -9` while its task runs, and return what came of it."""
    with Lab(folder, mode, speed) as lab:
        holder, *others = [lab.kernel("widget", [seconds]) for seconds in wanted]
        lab.until(lambda: all(kernel.facts("ready") for kernel in lab.kernels))
        holder.go()
        lab.until(lambda: holder.at(state="running"))
        for kernel in others:
            kernel.go()
        # Queued at the service, or refused beside the holder's task: from now on everybody knows which.
        lab.until(lambda: len(lab.calls("submit")) >= 2)
        holder.kill()
        before = lab.refused
        lab.finish()
        tasks = lab.tasks()
        end = tasks[f"{holder.name}.0"].ended
        return Aftermath(
            gap=min(task.submitted for task in tasks.values() if task.submitted >= end) - end,
            refused=lab.refused - before,
            refused_before=before,
            runs=[(run.state, len(run.files)) for run in lab.runs()],
        )


def jain(values: Sequence[float]) -> float:
    """Return Jain's index of fairness: 1 when all are alike, 1/n when one has everything."""
    squares = sum(value * value for value in values)
    return sum(values) ** 2 / (len(values) * squares) if squares else 1.0


def first_come_first_served(requests: Sequence[tuple[float, float]]) -> list[float]:
    """Return the waits when requests (when asked, how long) are served in their order, one at a time, without loss."""
    free, waits = 0.0, []
    for asked, seconds in sorted(requests):
        start = max(asked, free)
        waits.append(start - asked)
        free = start + seconds
    return waits


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _python(script: str, *arguments: str) -> "subprocess.Popen[str]":
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)]), "NO_PROXY": "127.0.0.1"}
    return subprocess.Popen(
        [sys.executable, str(TESTS / "trust" / script), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environ,
    )
