"""A kernel that is killed between any two steps, and the next one that takes up its runs."""

import pytest
from fakes.desk import Desk, no_answer
from fakes.service import Killed, Lost
from fakes.virtual import until

from sketch_widget.errors import JobError, JobUnconfirmedError, StoreError
from sketch_widget.jobs.state import JobState

pytestmark = pytest.mark.anyio


async def next_kernel_ends(desk: Desk) -> str:
    """Let the next kernel take up everything, and return the state in which the one run ends."""
    following = desk.killed()
    (run,) = following.store.unfinished()
    job = following.queue.resume(run)
    await until(lambda: job.settled)
    return following.store.get(run.id).state


@pytest.mark.parametrize("call", ["upload", "submit", "task", "download"])
@pytest.mark.parametrize("fate", [Killed(), Lost(Killed())], ids=["before it took effect", "after it took effect"])
async def test_a_kill_at_any_call_costs_one_task_and_loses_no_picture(tmp_path, call, fate):
    desk = Desk(tmp_path)
    desk.service.faults[call].append(fate)
    desk.submit()
    await until(lambda: not desk.service.faults[call])
    end = await next_kernel_ends(desk)
    if call == "submit" and isinstance(fate, Killed):
        assert end == "unconfirmed"
        assert desk.service.accepted == []
    else:
        assert end == "done"
        assert len(desk.service.accepted) == 1


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.WAITING, JobState.RUNNING, JobState.DETACHED])
async def test_a_run_is_taken_up_from_every_state(tmp_path, state):
    desk = Desk(tmp_path)
    job = desk.submit()
    await until(lambda: job.state is state or (job.state is JobState.RUNNING and state is JobState.DETACHED))
    if state is JobState.DETACHED:
        job.cancel()
        await until(lambda: job.state is state)
    assert await next_kernel_ends(desk) == "done"
    assert len(desk.service.accepted) == 1


async def test_an_unconfirmed_run_is_looked_up_again_and_never_sent_again(tmp_path):
    desk = Desk(tmp_path)
    desk.service.faults["submit"] += [no_answer()]
    with pytest.raises(JobUnconfirmedError):
        await desk.submit()
    assert await next_kernel_ends(desk) == "unconfirmed"
    assert len(desk.service.times("submit")) == 1
    assert len(desk.service.times("tasks")) == 6


async def test_pictures_that_are_home_already_are_kept(tmp_path):
    desk = Desk(tmp_path)
    desk.service.faults["download"] += [None, Killed()]
    desk.submit(n=2)
    await until(lambda: not desk.service.faults["download"])
    assert await next_kernel_ends(desk) == "done"
    (run,) = desk.store.runs()
    assert len(list(run.folder.glob("*-[12].png"))) == len(run.files) == 2


async def test_a_run_that_is_being_carried_is_not_carried_twice(tmp_path):
    desk = Desk(tmp_path)
    job = desk.submit()
    assert desk.queue.resume(desk.store.get(job.id)) is job
    assert (await job).state == "done"
    assert desk.queue.jobs == (job,)


async def test_a_run_that_has_ended_cannot_be_resumed(tmp_path):
    desk = Desk(tmp_path)
    run = await desk.submit()
    with pytest.raises(JobError, match="done"):
        desk.queue.resume(run)


async def test_a_run_of_another_service_cannot_be_resumed_here(tmp_path):
    desk = Desk(tmp_path)
    job = desk.submit()
    await until(lambda: job.task_id)
    run = desk.killed().store.get(job.id)
    elsewhere = Desk(tmp_path, service_name="elsewhere")
    with pytest.raises(JobError, match="elsewhere"):
        elsewhere.queue.resume(run)


async def test_a_run_of_another_key_stays_as_it_is_until_that_key_takes_it_up(tmp_path):
    desk = Desk(tmp_path, account="one@service")
    job = desk.submit()
    await until(lambda: job.task_id)
    desk.loop.die()
    other = Desk(tmp_path, desk.service, "kernel-2", account="another@service")
    (run,) = other.store.unfinished()
    assert not other.queue.knows(run)
    with pytest.raises(JobError, match="another key"):
        other.queue.resume(run)
    assert desk.store.get(run.id).owner == "kernel-1"
    same = Desk(tmp_path, desk.service, "kernel-3", account="one@service")
    assert (await same.queue.resume(run)).state == "done"


async def test_a_run_of_a_living_kernel_cannot_be_resumed(tmp_path):
    desk = Desk(tmp_path)
    job = desk.submit()
    await until(lambda: job.task_id)
    other = Desk(tmp_path, desk.service, "kernel-2", alive=lambda name: name == "kernel-1")
    assert other.store.unfinished() == []
    with pytest.raises(StoreError):
        other.queue.resume(other.store.get(job.id))
    assert (await job).state == "done"


async def test_a_kernel_whose_run_was_taken_over_sends_nothing(tmp_path):
    desk = Desk(tmp_path)
    job = desk.submit()
    other = Desk(tmp_path, desk.service, "kernel-2")
    taken = other.queue.resume(other.store.get(job.id))
    await until(lambda: job.settled and taken.settled)
    assert len(desk.service.accepted) == 1
    assert other.store.get(job.id).state == "done"
