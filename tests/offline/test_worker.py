import threading
import time

import pytest
from contract.stage import PATIENCE, png

from sketch_widget.offline.files import Files
from sketch_widget.offline.options import Options
from sketch_widget.offline.tasks import LEASE
from sketch_widget.offline.worker import Worker


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "the condition never came"
        time.sleep(0.005)


@pytest.fixture
def files(tmp_path):
    files = Files(tmp_path)
    path = tmp_path / "uploads" / "00000000-0000-0000-0000-000000000001"
    path.write_bytes(png())
    return files


@pytest.fixture
def desk_with_sketch(desk, files):
    desk.sketch = "uploads/00000000-0000-0000-0000-000000000001"
    return desk


@pytest.fixture
def worker(desk_with_sketch, files, clock, brush):
    worker = Worker(desk_with_sketch.table, files, clock, brush, Options())
    yield worker
    brush.may_paint.set()
    worker.close()


def test_painting_never_runs_on_the_thread_that_asks(desk_with_sketch, files, clock):
    threads = []

    def painter(commission):
        threads.append(threading.current_thread())
        yield from ()

    worker = Worker(desk_with_sketch.table, files, clock, painter, Options())
    task = desk_with_sketch.submit()
    worker.kick(task.queue)
    wait_for(lambda: desk_with_sketch.status(task) != "PENDING" and threads)
    assert threads[0] is not threading.current_thread()
    worker.close()


def test_a_thread_ends_with_its_queue_and_comes_again_with_the_next_task(worker, desk_with_sketch, clock):
    for _ in range(3):
        task = desk_with_sketch.submit()
        worker.kick(task.queue)
        wait_for(lambda task=task: desk_with_sketch.status(task) == "SUCCEEDED")
        wait_for(lambda: not [t for t in threading.enumerate() if t.name == "sketch_widget offline"])
        clock.pass_(1)


def test_two_queues_are_painted_side_by_side(worker, desk_with_sketch, brush):
    brush.may_paint.clear()
    tasks = [desk_with_sketch.submit("sk-a"), desk_with_sketch.submit("sk-b")]
    for task in tasks:
        worker.kick(task.queue)
    wait_for(lambda: len(brush.commissions) == 2)
    assert [desk_with_sketch.status(task, key) for task, key in zip(tasks, ("sk-a", "sk-b"), strict=True)] == [
        "RUNNING"
    ] * 2


def test_a_worker_that_lost_its_task_to_another_throws_its_picture_away(
    worker, desk_with_sketch, brush, clock, tmp_path
):
    brush.may_paint.clear()
    task = desk_with_sketch.submit()
    worker.kick(task.queue)
    wait_for(lambda: brush.commissions)
    clock.pass_(LEASE)
    assert desk_with_sketch.table.claim(task.queue, "another worker") is not None
    brush.may_paint.set()
    desk_with_sketch.table.finish(task.task_id, "another worker", "SystemError", "first")
    wait_for(lambda: not [t for t in threading.enumerate() if t.name == "sketch_widget offline"])
    assert desk_with_sketch.status(task) == "FAILED"
    assert list((tmp_path / "results").iterdir()) == []


def test_a_closed_worker_begins_nothing(worker, desk_with_sketch, brush):
    worker.close()
    task = desk_with_sketch.submit()
    worker.kick(task.queue)
    assert desk_with_sketch.status(task) == "PENDING"
    assert brush.commissions == []


def test_a_sketch_that_is_gone_fails_the_task(worker, desk_with_sketch, files):
    task = desk_with_sketch.submit()
    files.drop(desk_with_sketch.sketch)
    worker.kick(task.queue)
    wait_for(lambda: desk_with_sketch.status(task) == "FAILED")
