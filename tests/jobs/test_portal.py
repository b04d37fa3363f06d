"""The background loop, on real threads."""

import asyncio
import threading

import pytest
from fakes.desk import request
from fakes.service import FakeService

from sketch_widget.errors import JobError, JobTimeoutError
from sketch_widget.jobs.portal import Portal
from sketch_widget.jobs.queue import JobQueue, RealClock
from sketch_widget.runs.store import RunStore


@pytest.fixture
def portal():
    portal = Portal("test portal")
    yield portal
    portal.stop()


class QuickClock(RealClock):
    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 1000)


@pytest.fixture
def queue(portal, tmp_path) -> JobQueue:
    service = FakeService(QuickClock(), seconds=0.01)
    return JobQueue(service, RunStore(tmp_path), portal, service_name="fake", clock=QuickClock())


def wait_for(event: threading.Event) -> None:
    assert event.wait(10)


def test_work_runs_on_another_thread_and_nothing_waits_for_it(portal):
    held, ran = threading.Event(), threading.Event()
    where = []

    async def work():
        where.append((threading.current_thread(), portal.is_here))
        await asyncio.to_thread(held.wait, 10)
        ran.set()

    portal.start(work)
    assert not ran.is_set()
    held.set()
    wait_for(ran)
    assert where[0][0] is not threading.current_thread()
    assert where[0][1]
    assert not portal.is_here


def test_work_after_a_stop_starts_the_loop_again(portal):
    for _ in range(2):
        ran = threading.Event()
        portal.call(ran.set)
        wait_for(ran)
        portal.stop()


def test_stopping_ends_what_still_runs(portal):
    begun, ended = threading.Event(), threading.Event()

    async def work():
        begun.set()
        try:
            await asyncio.sleep(1000)
        finally:
            ended.set()

    portal.start(work)
    wait_for(begun)
    portal.stop()
    assert ended.is_set()


def test_what_fails_in_the_background_is_logged(portal, caplog):
    done = threading.Event()

    async def work():
        raise ValueError("lost in the background")

    portal.start(work)
    portal.call(lambda: 1 / 0)
    portal.call(done.set)
    wait_for(done)
    portal.stop()
    assert "lost in the background" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_script_waits_for_its_run(queue):
    run = queue.submit(request(), b"sketch").result(timeout=30)
    assert run.state == "done"


def test_a_script_that_waits_no_longer_leaves_the_job_going(queue):
    job = queue.submit(request(), b"sketch")
    with pytest.raises(JobTimeoutError) as caught:
        job.result(timeout=0)
    assert isinstance(caught.value, TimeoutError)
    assert job.result(timeout=30).state == "done"


def test_waiting_on_the_loop_that_carries_the_job_is_refused(queue, portal):
    caught, done = [], threading.Event()
    job = queue.submit(request(), b"sketch")

    def wait_here():
        try:
            job.result()
        except JobError as error:
            caught.append(error)
        done.set()

    portal.call(wait_here)
    wait_for(done)
    assert "await job" in caught[0].text("en")


def test_a_cell_awaits_a_job_on_its_own_loop(queue):
    async def cell():
        return await queue.submit(request(), b"sketch")

    assert asyncio.run(cell()).state == "done"


def test_a_job_shows_where_it_is_in_both_languages(queue):
    job = queue.submit(request(), b"sketch")
    job.result(timeout=30)
    assert repr(job) == f"<Job {job.id}: Done, 1 of 1 saved>"
    assert job.text("zh") == "完成，已保存 1/1 张"
