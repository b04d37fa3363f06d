"""What each state of a job looks like, and what can be done about it."""

from pathlib import Path

import pytest
from fakes.shown import PATHS, Stage

from sketch_widget.errors import AccountError, ServerFaultError, ThrottledError
from sketch_widget.jobs.ports import Failure
from sketch_widget.jobs.state import JobState
from sketch_widget.ui.cards import card, folder, summary

S = JobState


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_every_state_has_a_card_in_both_languages(stage):
    assert set(PATHS) == set(JobState)
    for state in JobState:
        english, chinese = (card(stage.job(state, n=2), lang) for lang in ("en", "zh"))
        assert english.state == chinese.state == state.value
        assert english.status
        assert english.status != chinese.status


@pytest.mark.parametrize(
    ("state", "actions"),
    [
        (S.QUEUED, ["cancel"]),
        (S.SENDING, ["cancel"]),
        (S.WAITING, ["cancel"]),
        (S.RUNNING, ["cancel"]),
        (S.DETACHED, []),
        (S.FETCHING, []),
        (S.UNCONFIRMED, ["adopt", "give_up"]),
        (S.DONE, ["again", "remove"]),
        (S.FAILED, ["again", "remove"]),
        (S.CANCELLED, ["again", "remove"]),
        (S.EXPIRED, ["again", "remove"]),
    ],
)
def test_each_state_offers_what_can_be_done(stage, state, actions):
    assert [button.action for button in card(stage.job(state), "en").buttons] == actions


def test_the_place_in_line_is_told(stage):
    assert card(stage.job(S.QUEUED, position=2), "en").status == "In line, 2 before it"


def test_running_seconds_are_left_for_the_browser_to_count(stage):
    job = stage.job(S.RUNNING, expected=27.4)
    stage.clock.seconds += 12.34
    shown = card(job, "en")
    assert shown.status == "Drawing, {seconds} s of about 27 s"
    assert shown.seconds == 12.3


def test_a_failure_has_one_sentence_and_the_ids_to_copy(stage):
    shown = card(stage.job(S.FAILED), "en")
    assert shown.note == (
        "The service's content check refused the words or the picture. Change the prompt or the drawing."
    )
    assert dict(shown.ids) == {
        "The service's words": "DataInspectionFailed: Input data may contain <b>inappropriate</b> content.",
        "Request id": "4c1b1b6e-5f5c-9a4e-8f2d-0d5a3f9c7e11",
    }
    assert [button.text for button in shown.buttons] == ["Change the words", "Remove"]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ThrottledError("service.throttled", details=""), "Try again"),
        (ServerFaultError("service.fault", details=""), "Try again"),
        (AccountError("service.account", details=""), "Use again"),
    ],
)
def test_only_what_may_pass_by_itself_offers_another_try(stage, error, text):
    assert card(stage.job(S.FAILED, error=error), "en").buttons[0].text == text


def test_what_the_service_does_not_read_of_a_prompt_stands_apart(stage):
    shown = card(stage.job(S.DONE, prompt="a" * 75 + "bc"), "en")
    assert (shown.prompt, shown.prompt_unread) == ("a" * 75, "bc")


def test_pictures_take_the_slots_of_their_own_numbers(stage):
    failure = Failure(2, ServerFaultError("service.fault", details=""))
    shown = card(stage.job(S.DONE, n=2, pictures=1, failures=(failure,)), "en")
    assert (shown.arrived, len(shown.slots), shown.is_waiting) == ((1,), 2, False)
    assert shown.note.startswith("Picture 2 is missing: The service failed")
    assert [name for name, _ in shown.ids] == ["Task id"]


@pytest.mark.parametrize(("lang", "words"), [("en", "offline preview"), ("zh", "离线预览")])
def test_offline_pictures_say_that_they_are_a_preview(tmp_path, lang, words):
    shown = card(Stage(tmp_path, "offline").job(S.DONE), lang)
    assert words in shown.facts
    assert words in shown.captions[0]
    online = card(Stage(tmp_path, "dashscope").job(S.DONE), lang)
    assert words not in online.facts + online.captions[0]


def test_the_card_names_the_folder_that_holds_the_pictures(stage):
    job = stage.job(S.DONE)
    assert card(job, "en").saved == f"Saved in {job.run.folder}"


def test_a_folder_below_the_home_folder_is_written_with_a_tilde():
    assert folder(Path.home() / "runs" / "1" / "picture.png") == str(Path("~/runs/1"))


def test_one_line_tells_about_all_jobs(stage):
    jobs = [stage.job(state) for state in (S.DONE, S.RUNNING, S.QUEUED, S.QUEUED)]
    assert summary([], "en") == ""
    assert summary(jobs, "en") == "1 under way, 2 queued"
    assert summary(jobs[:1], "en") == "Latest: Done, 1 of 1 saved"
