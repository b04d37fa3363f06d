"""The straight way of a job, and what may go wrong on it."""

import asyncio

import pytest
from fakes.desk import SKETCH, Desk, no_answer, not_sent, request, server_fault, throttled
from fakes.service import PICTURE, Lost
from fakes.virtual import until

from sketch_widget.drawing.picture import read
from sketch_widget.errors import (
    BadRequestError,
    ContentRefusedError,
    JobCancelledError,
    JobError,
    JobExpiredError,
    JobFailedError,
    JobTimeoutError,
    JobUnconfirmedError,
    KeyRefusedError,
    NotAllowedError,
    ServerFaultError,
    ThrottledError,
)
from sketch_widget.jobs.state import JobState
from sketch_widget.service.task import ListedTask, Result, Task
from sketch_widget.service.wire import MODEL

pytestmark = pytest.mark.anyio


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


async def test_a_request_becomes_a_run_with_its_pictures(desk):
    job = desk.submit(n=2)
    run = await job
    assert job.state is JobState.DONE
    assert job.pictures == (PICTURE, PICTURE)
    assert [read(path).pixels.tolist() for path in run.files] == [read(PICTURE).pixels.tolist()] * 2
    assert run.sketch_bytes() == SKETCH
    assert run.task_id == "task-1"
    assert run.request == request(n=2)
    assert run.state == desk.store.get(run.id).state == "done"
    assert len(run.images) == 2
    assert desk.service.uploads == [SKETCH]


async def test_submitting_returns_before_anything_is_sent(desk):
    job = desk.submit()
    assert job.state is JobState.QUEUED
    assert desk.service.calls == []
    assert desk.store.get(job.id).state == "queued"


async def test_a_job_goes_through_its_states_in_order(desk):
    seen = []
    job = desk.submit()
    job.on_change(lambda changed: seen.append(changed.state.value))
    await job
    assert list(dict.fromkeys(seen)) == ["queued", "sending", "waiting", "running", "fetching", "done"]


async def test_the_task_id_is_on_disk_before_the_first_question(desk):
    job = desk.submit()
    await until(lambda: desk.service.times("submit"))
    await asyncio.sleep(0)
    assert desk.store.get(job.id).task_id == "task-1"
    assert desk.service.times("task") == []


async def test_the_run_is_on_disk_as_sending_before_the_paid_request(desk):
    states = []
    submit = desk.service.submit

    async def watched(what, address):
        states.append(desk.store.get(job.id).state)
        return await submit(what, address)

    desk.service.submit = watched
    job = desk.submit()
    await job
    assert states == ["sending"]


async def test_two_tasks_are_in_flight_and_all_are_done_in_order(desk):
    jobs = [desk.submit(f"picture {index}") for index in range(4)]
    runs = [await job for job in jobs]
    assert [run.task_id for run in runs] == ["task-1", "task-2", "task-3", "task-4"]
    submits = desk.service.times("submit")
    assert submits[0] == 0.0
    assert submits[1] < 10.0 < submits[2] < 20.0 < submits[3]


async def test_after_a_refused_second_task_one_is_in_flight(tmp_path):
    desk = Desk(tmp_path, strict=True)
    jobs = [desk.submit(f"picture {index}") for index in range(3)]
    for job in jobs:
        await job
    assert len(desk.service.accepted) == 3
    assert len(desk.service.times("submit")) == 4


async def test_never_more_than_two_submits_go_out_in_a_second(tmp_path):
    desk = Desk(tmp_path, seconds=0.05)
    jobs = [desk.submit() for _ in range(8)]
    for job in jobs:
        await job
    submits = desk.service.times("submit")
    assert all(third - first > 1.0 for first, third in zip(submits, submits[2:], strict=False))


async def test_a_slow_first_upload_brings_no_submits_closer_together(tmp_path):
    desk = Desk(tmp_path, seconds=0.3)
    desk.service.upload_seconds = 0.9
    jobs = [desk.submit(f"picture {number}") for number in range(5)]
    await until(lambda: desk.service.uploads)
    desk.service.upload_seconds = 0.0
    await asyncio.gather(*jobs)
    times = desk.service.times("submit")
    assert all(third - first >= 1.0 for first, third in zip(times, times[2:], strict=False))


async def test_a_run_stands_as_queued_on_the_disk_while_its_sketch_is_uploaded(desk):
    desk.service.upload_seconds = 5.0
    job = desk.submit()
    await asyncio.sleep(4)
    assert desk.service.times("upload") == [0.0]
    assert desk.store.get(job.id).state == "queued"
    await job


async def test_the_position_counts_the_jobs_before_it(desk):
    jobs = [desk.submit() for _ in range(4)]
    await until(lambda: jobs[1].state is JobState.WAITING)
    assert [job.position for job in jobs] == [None, None, 0, 1]
    jobs[2].cancel()
    await until(lambda: jobs[2].done)
    assert jobs[3].position == 0


@pytest.mark.parametrize("fault", [throttled(), not_sent()], ids=["throttled", "not sent"])
async def test_a_submit_that_was_certainly_refused_is_sent_again(desk, fault):
    desk.service.faults["submit"] += [fault, fault]
    run = await desk.submit()
    assert run.state == "done"
    assert len(desk.service.times("submit")) == 3
    assert len(desk.service.accepted) == len(desk.service.uploads) == 1


async def test_the_time_that_the_service_asks_for_is_kept(desk):
    desk.service.faults["submit"] += [throttled(retry_after=40.0)]
    await desk.submit()
    first, second = desk.service.times("submit")
    assert second - first >= 40.0


async def test_a_refusal_that_stays_ends_the_job_with_its_reason(desk):
    desk.service.faults["submit"] += [ContentRefusedError("service.content", code="DataInspectionFailed", details="")]
    job = desk.submit()
    with pytest.raises(JobFailedError) as caught:
        await job
    assert isinstance(caught.value.__cause__, ContentRefusedError)
    assert caught.value.__cause__.text() in caught.value.text()
    assert desk.store.get(job.id).error == job.error.text()
    assert len(desk.service.times("submit")) == 1


async def test_a_service_that_is_not_there_for_minutes_ends_the_job_unsent(desk):
    desk.service.faults["submit"] += [not_sent()] * 50
    job = desk.submit()
    with pytest.raises(JobFailedError):
        await job
    assert len(desk.service.times("submit")) == 8
    assert desk.service.accepted == []


async def test_an_upload_costs_nothing_and_is_repeated_after_any_loss(desk):
    desk.service.faults["upload"] += [no_answer(), server_fault(), throttled()]
    run = await desk.submit()
    assert run.state == "done"
    assert len(desk.service.times("upload")) == 4


async def test_a_wrong_key_ends_the_job_at_the_upload(desk):
    desk.service.faults["upload"] += [KeyRefusedError("service.key_refused", http_status=401, details="")]
    job = desk.submit()
    with pytest.raises(JobFailedError):
        await job
    assert desk.service.times("submit") == []


@pytest.mark.parametrize("error", [no_answer(), server_fault()], ids=["no answer", "a gateway's error"])
async def test_a_task_whose_answer_was_lost_is_found_in_the_list_and_not_sent_again(desk, error):
    desk.service.faults["submit"] += [Lost(error)]
    run = await desk.submit()
    assert run.state == "done"
    assert run.task_id == "task-1"
    assert len(desk.service.times("submit")) == len(desk.service.accepted) == 1


async def test_the_list_is_read_to_its_last_page(desk):
    desk.service.others = [
        ListedTask(f"text-{index}", "RUNNING", "other-model", gmt_create=1.8e9) for index in range(5)
    ]
    desk.service.faults["submit"] += [Lost(no_answer())]
    assert (await desk.submit()).task_id == "task-1"
    assert len(desk.service.times("tasks")) == 3


async def test_two_tasks_that_could_be_ours_leave_the_decision_to_the_person(desk):
    desk.service.others = [ListedTask("a colleague's", "RUNNING", MODEL, gmt_create=1.8e9 + 1)]
    desk.service.faults["submit"] += [Lost(no_answer())]
    job = desk.submit()
    with pytest.raises(JobUnconfirmedError):
        await job
    assert job.state is JobState.UNCONFIRMED
    assert desk.store.get(job.id).state == "unconfirmed"
    assert len(desk.service.times("submit")) == 1
    job.adopt("task-1")
    await until(lambda: job.state is not JobState.UNCONFIRMED)
    run = await job
    assert run.task_id == "task-1"
    assert len(run.files) == 1


async def test_a_task_that_another_run_has_cannot_be_adopted(desk):
    await desk.submit()
    desk.service.faults["submit"] += [no_answer()]
    job = desk.submit()
    with pytest.raises(JobUnconfirmedError):
        await job
    with pytest.raises(JobError, match="task-1"):
        job.adopt("task-1")
    assert job.state is JobState.UNCONFIRMED


async def test_an_unconfirmed_job_can_be_given_up(desk):
    desk.service.faults["submit"] += [no_answer()]
    job = desk.submit()
    with pytest.raises(JobUnconfirmedError):
        await job
    assert len(desk.service.times("tasks")) == 3
    job.give_up()
    await until(lambda: job.done)
    with pytest.raises(JobFailedError):
        await job
    assert desk.service.accepted == []


async def test_two_lost_answers_at_the_same_time_are_not_confused(desk):
    desk.service.faults["submit"] += [Lost(no_answer()), no_answer()]
    first, second = desk.submit("first"), desk.submit("second")
    for job in (first, second):
        with pytest.raises(JobUnconfirmedError):
            await job
    assert [job.task_id for job in (first, second)] == [None, None]
    assert len(desk.service.accepted) == 1


async def test_the_task_of_a_job_that_was_given_up_is_not_taken_for_that_of_another(desk):
    desk.service.faults["submit"] += [Lost(server_fault()), server_fault()]
    first, second = desk.submit("first"), desk.submit("second")
    for job in (first, second):
        with pytest.raises(JobUnconfirmedError):
            await job
    first.give_up()
    await until(lambda: first.done)
    following = desk.killed()
    again = following.queue.resume(following.store.get(second.id))
    with pytest.raises(JobUnconfirmedError):
        await again
    assert [request.prompt for request in desk.service.accepted] == ["first"]


async def test_a_request_that_was_certainly_refused_is_no_doubt_about_the_next_ones_task(desk):
    refusal = ContentRefusedError("service.content", code="DataInspectionFailed", details="")
    desk.service.faults["submit"] += [refusal, Lost(no_answer())]
    refused, lost = desk.submit("refused"), desk.submit("lost")
    assert (await lost).state == "done"
    assert not desk.store.get(refused.id).was_sent


async def test_a_job_that_stands_unconfirmed_does_not_hold_up_the_others(desk):
    desk.service.faults["submit"] += [no_answer(), no_answer()]
    stuck = [desk.submit(), desk.submit()]
    last = desk.submit()
    assert (await last).state == "done"
    assert {job.state for job in stuck} == {JobState.UNCONFIRMED}


async def test_questions_survive_everything_that_passes(desk):
    desk.service.faults["task"] += [no_answer(), not_sent(), server_fault(), throttled(), server_fault("InternalError")]
    run = await desk.submit()
    assert run.state == "done"


async def test_what_keeps_a_job_from_going_on_is_shown_and_goes_away(desk):
    desk.service.faults["task"] += [not_sent()]
    job = desk.submit()
    await until(lambda: job.trouble is not None)
    assert "refused" in job.text("en")
    await job
    assert job.trouble is None


@pytest.mark.parametrize("call", ["submit", "upload", "task"])
async def test_a_throttle_that_passes_is_said_to_be_tried_again_by_itself(desk, call):
    desk.service.faults[call] += [throttled()]
    job, told = desk.submit(), []
    job.on_change(lambda job: told.append(job.trouble))
    await job
    (trouble,) = {trouble for trouble in told if trouble is not None}
    assert isinstance(trouble, ThrottledError)
    assert trouble.code == "Throttling.RateQuota"
    assert "tries again by itself" in trouble.text("en")
    assert "自动重试" in trouble.text("zh")


async def test_a_throttle_that_does_not_pass_leaves_its_advice(desk):
    desk.service.faults["submit"] += [throttled()] * 50
    job = desk.submit()
    with pytest.raises(JobFailedError, match="Wait a minute and try again"):
        await job


async def test_a_fault_of_the_service_or_its_store_is_said_to_be_tried_again_by_itself(desk):
    desk.service.faults["upload"] += [ServerFaultError("service.upload", http_status=503, details="")]
    desk.service.faults["task"] += [server_fault()]
    job, told = desk.submit(), []
    job.on_change(lambda job: told.append(job.trouble.text("en") if job.trouble else ""))
    await job
    said = list(dict.fromkeys(text for text in told if text))
    assert len(said) == 2
    assert all("tries again by itself" in text for text in said)


async def test_a_failed_task_tells_why(desk):
    desk.service.outcomes += [Task("task-1", "FAILED", code="InternalError.Timeout", message="took too long")]
    job = desk.submit()
    with pytest.raises(JobFailedError, match="took too long"):
        await job


async def test_a_status_word_that_nobody_knows_means_not_finished(desk):
    desk.service.outcomes += [Task("task-1", "SUSPENDED")]
    job = desk.submit()
    await asyncio.sleep(60)
    assert job.state is JobState.RUNNING


async def test_a_new_task_that_is_unknown_for_a_moment_is_asked_about_again(desk):
    answers = [Task("task-1", "UNKNOWN"), Task("task-1", "UNKNOWN")]
    ask = desk.service.task

    async def forgetful(task_id):
        return answers.pop() if answers else await ask(task_id)

    desk.service.task = forgetful
    assert (await desk.submit()).state == "done"


async def test_a_task_that_stays_unknown_has_expired(desk):
    desk.service.outcomes += [Task("task-1", "UNKNOWN")]
    job = desk.submit()
    with pytest.raises(JobExpiredError):
        await job
    assert job.state is JobState.EXPIRED


async def test_pictures_that_failed_are_kept_with_their_reasons(desk):
    results = (Result("https://pictures/task-1/1"), Result(code="DataInspectionFailed", message="not this one"))
    desk.service.outcomes += [Task("task-1", "SUCCEEDED", results=results)]
    job = desk.submit(n=3)
    run = await job
    assert len(run.files) == 1
    assert [failure.index for failure in job.failures] == [2, 3]
    assert isinstance(job.failures[0].error, ContentRefusedError)
    assert set(run.failures) == {2, 3}
    assert list(job.numbered_pictures) == [1]


async def test_a_task_without_a_single_picture_has_failed(desk):
    results = (Result(code="DataInspectionFailed", message="not this one"),)
    desk.service.outcomes += [Task("task-1", "SUCCEEDED", results=results)]
    job = desk.submit()
    with pytest.raises(JobFailedError, match="not this one"):
        await job


async def test_a_download_is_tried_again_until_it_comes(desk):
    desk.service.faults["download"] += [not_sent()] * 30
    run = await desk.submit()
    assert len(run.files) == 1


async def test_a_picture_that_the_service_does_not_give_for_long_is_not_waited_for_and_still_comes_home(desk):
    desk.service.faults["download"] += [server_fault()] * 12
    job = desk.submit()
    with pytest.raises(JobTimeoutError, match="tried again"):
        await job
    assert job.state is JobState.FETCHING
    await asyncio.sleep(600.0)
    assert (await job).state == "done"
    assert len(job.run.files) == 1


async def test_pictures_whose_address_has_expired_are_gone(desk):
    desk.service.faults["download"] += [NotAllowedError("service.not_allowed", http_status=403, details="")]
    job = desk.submit()
    with pytest.raises(JobExpiredError):
        await job


async def test_one_picture_that_is_gone_does_not_take_the_others_along(desk):
    desk.service.faults["download"] += [BadRequestError("service.bad_request", http_status=404, details="")]
    run = await desk.submit(n=3)
    assert sorted(run.pictures) == [2, 3]


async def test_a_queued_job_is_cancelled_at_once_and_never_sent(desk):
    others = [desk.submit(), desk.submit()]
    job = desk.submit()
    await until(lambda: others[1].task_id)
    job.cancel()
    with pytest.raises(JobCancelledError):
        await job
    assert job.state is JobState.CANCELLED
    for other in others:
        await other
    assert len(desk.service.accepted) == 2


async def test_a_waiting_task_is_cancelled_at_the_service(desk):
    first, second = desk.submit(), desk.submit()
    await until(lambda: second.state is JobState.WAITING)
    second.cancel()
    with pytest.raises(JobCancelledError):
        await second
    assert second.state is JobState.CANCELLED
    assert desk.service.tasks_kept["task-2"].canceled
    assert (await first).state == "done"


async def test_a_running_task_that_is_cancelled_still_brings_its_pictures_home(desk):
    job = desk.submit()
    await until(lambda: job.state is JobState.RUNNING)
    job.cancel()
    with pytest.raises(JobCancelledError):
        await job
    assert job.state is JobState.DETACHED
    assert desk.service.times("cancel") == []
    await until(lambda: job.done)
    assert len((await job).files) == 1


async def test_a_cancel_that_comes_too_late_detaches(desk):
    job = desk.submit()
    await until(lambda: job.state is JobState.WAITING)
    job.cancel()
    with pytest.raises(JobCancelledError):
        await job
    assert desk.service.times("cancel")
    await until(lambda: job.done)
    assert job.state is JobState.DONE


async def test_a_cancel_whose_answer_is_lost_still_ends_cancelled(desk):
    first, second = desk.submit(), desk.submit()
    await until(lambda: second.state is JobState.WAITING)
    desk.service.faults["cancel"] += [Lost(no_answer())]
    second.cancel()
    await until(lambda: second.done)
    assert second.state is JobState.CANCELLED
    await first


async def test_a_job_cancelled_while_it_is_being_sent_is_cancelled_at_the_service(desk):
    first, second = desk.submit(), desk.submit()
    second.on_change(lambda job: job.state is JobState.SENDING and job.run.state == "sending" and job.cancel())
    await until(lambda: second.done)
    assert second.state is JobState.CANCELLED
    assert desk.service.tasks_kept["task-2"].canceled
    await first


async def test_a_job_cancelled_before_its_answer_was_lost_is_looked_for_first(desk):
    first = desk.submit()
    await until(lambda: first.task_id)
    desk.service.faults["submit"] += [Lost(no_answer())]
    second = desk.submit()
    second.on_change(lambda job: job.state is JobState.SENDING and job.cancel())
    await until(lambda: second.done)
    assert second.state is JobState.CANCELLED
    await first


async def test_a_task_that_runs_for_ever_is_detached_and_later_expires(desk):
    desk.service.outcomes += [Task("task-1", "RUNNING")]
    job = desk.submit()
    with pytest.raises(JobTimeoutError):
        await job
    assert job.state is JobState.DETACHED
    assert 900 < asyncio.get_running_loop().time() < 1000
    await until(lambda: job.done, step=60)
    assert job.state is JobState.EXPIRED


async def test_the_pictures_of_a_task_that_nobody_waits_for_any_more_are_kept_when_they_come(tmp_path):
    desk = Desk(tmp_path, seconds=4000.0)
    job = desk.submit()
    with pytest.raises(JobTimeoutError, match="nobody waits for it any more"):
        await job
    await until(lambda: job.done, step=60)
    assert (job.state, len(desk.store.get(job.id).files)) == (JobState.DONE, 1)


async def test_a_full_disk_does_not_lose_a_task_that_is_paid_for(desk, tmp_path):
    job = desk.submit()
    await until(lambda: job.state is JobState.RUNNING)
    folder = desk.store.get(job.id).folder
    folder.rename(tmp_path / "elsewhere")
    folder.write_text("a file where the folder was")
    with pytest.raises(JobFailedError):
        await job
    assert job.pictures == (PICTURE,)


async def test_a_listener_that_fails_does_not_stop_the_job(desk, caplog):
    job = desk.submit()
    job.on_change(lambda changed: 1 / 0)
    assert (await job).state == "done"
    assert "ZeroDivisionError" in caplog.text


async def test_a_listener_that_unsubscribed_hears_nothing_more(desk):
    heard = []
    job = desk.submit()
    job.on_change(heard.append)()
    await job
    assert heard == []


async def test_awaiting_can_be_interrupted_and_repeated(desk):
    job = desk.submit()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(job, 1.0)
    assert (await job).state == "done"


async def test_past_tasks_tell_how_long_the_next_will_take(desk):
    await desk.submit()
    job = desk.submit()
    await until(lambda: job.state is JobState.RUNNING)
    assert job.expected == pytest.approx(10.0)
    assert "of about 10 s" in job.text("en")
    await job
