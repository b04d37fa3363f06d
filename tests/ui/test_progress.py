"""What stands beside Generate about the jobs."""

from pathlib import Path

import pytest
from fakes.shown import JobState as S
from fakes.shown import Stage

from sketch_widget.ui.progress import Progress, ended, progress


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.mark.parametrize(
    ("states", "text"),
    [
        ([], ""),
        ([S.DONE], "Done, 1 of 1 saved"),
        ([S.DONE, S.FAILED], "Failed"),
        ([S.RUNNING, S.DONE], "Drawing, {seconds} s"),
        ([S.DONE, S.SENDING], "Sending the sketch"),
        ([S.RUNNING, S.SENDING, S.QUEUED], "2 under way, 1 queued"),
        ([S.RUNNING, S.UNCONFIRMED], "Drawing, {seconds} s"),
        ([S.DONE, S.UNCONFIRMED], "Perhaps accepted: the service's answer was lost"),
    ],
)
def test_one_job_is_named_by_its_card_and_several_are_counted(stage, states, text):
    assert progress([stage.job(state) for state in states], "en").text == text


def test_seconds_are_counted_only_where_one_job_is_drawn(stage):
    running = stage.job(S.RUNNING)
    assert progress([running], "en") == Progress("Drawing, {seconds} s", 0)
    assert progress([running, stage.job(S.QUEUED)], "en").seconds is None
    assert progress([stage.job(S.DONE)], "en").seconds is None


@pytest.mark.parametrize(
    ("states", "text"),
    [
        ([S.DONE], ""),
        ([S.FAILED, S.EXPIRED, S.CANCELLED], ""),
        ([S.RUNNING, S.DONE], "Drawing, {seconds} s"),
        ([S.DONE, S.UNCONFIRMED], "Perhaps accepted: the service's answer was lost"),
    ],
)
def test_of_what_was_left_behind_only_what_still_goes_on_or_needs_somebody_is_told(stage, states, text):
    jobs = [stage.job(state) for state in states]
    assert progress(jobs, "en", ended(jobs)).text == text


def test_a_job_that_ends_after_others_were_left_behind_is_told(stage):
    jobs = [stage.job(S.FAILED)]
    assert progress([*jobs, stage.job(S.DONE)], "en", ended(jobs)).text == "Done, 1 of 1 saved"


def test_it_speaks_both_languages(stage):
    assert progress([stage.job(S.DONE)], "zh").text == "完成，已保存 1/1 张"
