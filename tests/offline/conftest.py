"""What the offline tests share: a clock that stands still and a task table on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from contract.stage import Brush, Clock

from sketch_widget.offline.accounts import account_of
from sketch_widget.offline.ledger import Ledger
from sketch_widget.offline.task import Mishap, Task
from sketch_widget.offline.tasks import TaskTable
from sketch_widget.offline.validation import Order


class Desk:
    """A task table with the calls that tests make."""

    def __init__(self, folder: Path, clock: Clock, strict: bool = False) -> None:
        self.dropped: list[str] = []
        self.sketch = "uploads/1"
        self.ledger = Ledger(folder / "tasks.sqlite3")
        self.table = TaskTable(self.ledger, clock, strict=strict, drop=self.dropped.append)

    def submit(self, key: str = "sk-a", mishap: Mishap | None = None, n: int = 1) -> Task:
        return self.table.submit(
            account_of(key),
            request_id="r",
            model="wanx-sketch-to-image-lite",
            order=order(n),
            sketch=self.sketch,
            sketch_url="oss://a",
            mishap=mishap or Mishap(),
        )

    def status(self, task: Task, key: str = "sk-a") -> str | None:
        found = self.table.get(account_of(key), task.task_id)
        return found.status.value if found else None


def order(n: int = 1) -> Order:
    return Order("a tree", "<watercolor>", n, 10, False, ())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = Desk(tmp_path, clock)
    yield desk
    desk.ledger.close()


@pytest.fixture
def strict_desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = Desk(tmp_path / "strict", clock, strict=True)
    yield desk
    desk.ledger.close()


@pytest.fixture
def brush() -> Brush:
    return Brush()
