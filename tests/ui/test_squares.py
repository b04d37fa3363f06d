"""What a sweep looks like on the page, for every state of its jobs."""

from pathlib import Path

import pytest
from fakes.shown import Stage

from sketch_widget.jobs.ports import Failure
from sketch_widget.jobs.state import JobState
from sketch_widget.runs.table import table_of
from sketch_widget.ui.squares import COUNTED, alts, cancel_text, cost, progress, rests, sheet_alt, square

S = JobState


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.mark.parametrize("state", S)
def test_every_state_has_a_square_in_both_languages(stage, state):
    job = stage.job(state, n=2, position=3)
    english, chinese = (square(job, 0, lang) for lang in ("en", "zh"))
    assert english.state == chinese.state == state.value
    assert english.status != chinese.status
    assert english.status
    assert bool(english.arrived) is (state is S.DONE)


def test_a_square_says_its_place_in_the_line_and_counts_while_it_is_painted(stage):
    assert square(stage.job(S.QUEUED, position=3), 0, "en").status == "In line, 3 before it"
    painting = square(stage.job(S.RUNNING), 0, "en")
    assert painting.status == "Drawing, {seconds} s"
    assert painting.seconds == 0
    assert square(stage.job(S.QUEUED), 0, "en").seconds is None


def test_a_square_that_failed_says_why_in_plain_words(stage):
    assert square(stage.job(S.FAILED), 0, "en").note.startswith("The service's content check refused")
    assert square(stage.job(S.CANCELLED), 0, "en").note == ""


def test_an_unconfirmed_job_names_the_way_to_decide_about_it(stage):
    assert "jobs[5]" in square(stage.job(S.UNCONFIRMED), 5, "en").note


def test_a_picture_that_is_missing_is_told_beside_the_others(stage):
    error = stage.job(S.FAILED).error
    job = stage.job(S.DONE, n=2, pictures=1, failures=(Failure(2, error),))
    shown = square(job, 0, "en")
    assert shown.arrived == (1,)
    assert shown.note.startswith("Picture 2 is missing")


@pytest.mark.parametrize(("service", "says"), [("offline", True), ("dashscope", False)])
def test_alternative_texts_tell_what_the_headings_tell_and_that_it_is_a_preview(tmp_path, service, says):
    job = Stage(tmp_path, service).job(S.DONE, prompt="<b>a tree</b>", style="anime", n=2)
    first, second = alts(job, ["prompt", "style"], "en")
    assert first.startswith("“<b>a tree</b>”\u00a0· Anime: picture 1")
    assert "picture 2" in second
    assert ("offline preview" in first) is says


def test_every_state_is_counted_once():
    assert sorted(state for states in COUNTED.values() for state in states) == sorted(S)


def test_the_line_above_the_table_counts_what_there_is(stage):
    jobs = [stage.job(state) for state in (S.DONE, S.DONE, S.RUNNING, S.QUEUED, S.WAITING, S.FAILED)]
    assert progress(jobs, "en") == "2 of 6 squares done\u00a0· 1 under way\u00a0· 2 waiting\u00a0· 1 failed"
    assert progress(jobs[3:4], "zh") == "已完成 0/1 格\u00a0· 等待中 1 格"


def test_what_waits_can_be_cancelled_and_the_button_says_how_many(stage):
    jobs = [stage.job(state) for state in (S.DONE, S.RUNNING, S.QUEUED, S.WAITING)]
    assert cancel_text(jobs, "en") == "Cancel the 2 that wait"
    assert cancel_text(jobs[:2], "en") == ""


def test_what_is_paid_for_is_told_as_a_number_of_pictures(stage, tmp_path):
    account = Stage(tmp_path / "account", "dashscope")
    jobs = [account.job(S.QUEUED, n=n) for n in (4, 2)]
    assert cost(jobs, "en").startswith("Up to 6 pictures are billed to your account")
    assert cost([stage.job(S.QUEUED)], "en") == "No key, no cost."


def test_a_sheet_is_described_by_its_headings(stage):
    axes = {"prompt": ["a tree", "a boat"], "style": ["<anime>"], "sketch_weight": [3, 10]}
    requests = [
        stage.job(S.DONE, prompt=prompt, style="anime", sketch_weight=weight).request
        for prompt in axes["prompt"]
        for weight in axes["sketch_weight"]
    ]
    assert sheet_alt(table_of(axes, requests, "en"), "Painted.", "en") == (
        "Prompt / sketch_weight: 4 pictures. Across: sketch_weight\u00a03, sketch_weight\u00a010. "
        "Down: “a tree”, “a boat”. Painted."
    )
    one = {"sketch_weight": [3, 10]}
    assert "Down" not in sheet_alt(table_of(one, requests[:2], "en"), "Painted.", "en")


def test_a_job_rests_when_nothing_happens_to_it_by_itself(stage):
    resting = {state for state in S if rests(stage.job(state))}
    assert resting == {S.DONE, S.FAILED, S.CANCELLED, S.EXPIRED, S.UNCONFIRMED}
