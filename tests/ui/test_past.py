"""Jobs of an earlier kernel: they look like any others, have ended, and read their pictures when asked."""

import pytest
from fakes.shown import Stage

from sketch_widget.errors import AccountError, AnswerError, ContentRefusedError, JobFailedError, ServerFaultError
from sketch_widget.jobs.job import ending
from sketch_widget.jobs.ports import Failure
from sketch_widget.jobs.state import JobState
from sketch_widget.runs.run import encode_run
from sketch_widget.ui.cards import card
from sketch_widget.ui.gallery import Gallery
from sketch_widget.ui.past import PastJob, jobs_of

S = JobState


@pytest.fixture
def stage(tmp_path) -> Stage:
    return Stage(tmp_path)


def kept(stage: Stage, job) -> str:
    """Write a job's state down, as its queue does, and return its id."""
    return stage.store.update(job.id, state=job.state.value).id


def reread(stage: Stage, job) -> PastJob:
    return PastJob(stage.store.get(kept(stage, job)))


def test_a_past_job_has_the_card_that_it_had(stage):
    job = stage.job(S.DONE, n=2)
    assert card(reread(stage, job), "en") == card(job, "en")


def test_its_result_is_there_at_once(stage):
    job = stage.job(S.DONE)
    past = reread(stage, job)
    assert past.done
    assert past.result(0).id == job.id
    assert past.pictures == tuple(file.read_bytes() for file in job.run.files)


def test_a_failure_is_told_in_every_language_and_raised_as_what_it_was(stage):
    job = stage.job(S.FAILED)
    stage.store.update(job.id, error=ending(JobFailedError, job.id, ServerFaultError("service.fault", details="")))
    past = reread(stage, job)
    assert past.error is not None
    assert "The service failed" in card(past, "en").note
    assert card(past, "zh").note != card(past, "en").note
    with pytest.raises(JobFailedError, match="The service failed"):
        past.result(0)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "error",
    [
        ContentRefusedError("service.content", details=" [x]", code="DataInspectionFailed", request_id="4c1b1b6e"),
        AccountError("service.account", details="", code="Arrearage", message="Access denied.", request_id="5d2c"),
        ServerFaultError("service.fault", details="", http_status=500, request_id="6e3d", retry_after=1.5),
        AnswerError("service.too_large", limit=32.0),
    ],
)
def test_a_failed_card_comes_back_with_the_services_words_request_id_and_buttons(stage, error, lang):
    job = stage.job(S.FAILED, error=error)
    stage.store.update(job.id, error=job.error)
    past = card(reread(stage, job), lang)
    assert past == card(job, lang)
    assert [text for _, text in past.ids][-1:] == [error.request_id][: bool(error.request_id)]


def test_what_ended_a_run_of_another_version_is_told_as_it_was_written_down(stage):
    job = stage.job(S.FAILED)
    told = stage.store.update(job.id, error=job.error)
    whole = encode_run(told)
    for known, other in ((b"ContentRefusedError", b"NewError"), (b'"service.content"', b'"service.new"')):
        (told.folder / "run.json").write_bytes(whole.replace(known, other))
        assert other in (told.folder / "run.json").read_bytes()
        shown = card(reread(stage, job), "en")
        assert (shown.note, shown.ids) == (told.problem["en"], ())


def test_a_missing_picture_keeps_its_reason(stage):
    job = stage.job(S.DONE, n=2, pictures=1)
    stage.store.update(job.id, failures=(Failure(2, ServerFaultError("service.fault", details="")),))
    shown = card(reread(stage, job), "en")
    assert shown.arrived == (1,)
    assert shown.note.startswith("Picture 2 is missing: The service failed")


def test_a_picture_file_that_is_gone_is_shown_as_not_made(stage):
    job = stage.job(S.DONE, n=2)
    job.run.files[0].unlink()
    past = reread(stage, job)
    assert card(past, "en").arrived == (2,)
    assert past.pictures == (job.run.files[1].read_bytes(),)


def test_a_run_that_has_not_ended_is_no_past_job(stage):
    with pytest.raises(ValueError, match="running"):
        reread(stage, stage.job(S.RUNNING))


def test_the_jobs_of_runs_are_the_living_ones_and_the_ended_ones_in_their_order(stage):
    done, running, left = stage.job(S.DONE), stage.job(S.RUNNING), stage.job(S.WAITING)
    ids = [kept(stage, running), "20200101-000000-000-ffffff", kept(stage, left), kept(stage, done)]
    found = jobs_of(ids, [running], stage.store)
    assert [job.id for job in found] == [running.id, done.id]
    assert found[0] is running


def test_wishes_about_a_past_job_do_nothing(stage, comms):
    past = reread(stage, stage.job(S.DONE))
    gallery = Gallery([past], on_act=lambda *_: None)
    for action in ("cancel", "adopt", "give_up"):
        comms.say(gallery, {"kind": "do", "job": past.id, "action": action, "value": "1"})
    assert past.state is S.DONE
