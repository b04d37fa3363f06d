"""The gallery in the kernel: cards out, actions in, pictures when they exist or are asked for."""

from pathlib import Path

import pytest
from fakes.comms import Comms
from fakes.shown import Stage, painted

from sketch_widget.errors import InputError
from sketch_widget.jobs.state import JobState
from sketch_widget.ui.cards import OPEN
from sketch_widget.ui.gallery import Gallery

S = JobState


@pytest.fixture
def stage(comms: Comms, tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def picture_of(comms: Comms, gallery: Gallery, index: int) -> bytes:
    found = [
        message.buffers[0]
        for message in comms.sent
        if message.comm_id == gallery.model_id
        and message.buffers
        and message.data.get("content", {}).get("index") == index
    ]
    return found[-1] if found else b""


def test_the_newest_job_stands_first(stage):
    jobs = [stage.job(S.DONE), stage.job(S.QUEUED)]
    assert [each["id"] for each in Gallery(jobs).view["cards"]] == [jobs[1].id, jobs[0].id]


def test_a_card_follows_its_job_and_pictures_go_out_as_they_come(stage, comms):
    job = stage.job(S.QUEUED, n=2)
    gallery = Gallery([job])
    stage.lead(job, S.DONE)
    assert gallery.view["cards"][0]["state"] == "done"
    assert picture_of(comms, gallery, 1) == painted(90)
    assert picture_of(comms, gallery, 2) == painted(130)


def test_a_page_that_is_loaded_again_gets_the_pictures_that_it_asks_for(stage, comms):
    job = stage.job(S.DONE, n=2)
    gallery = Gallery([job])
    for index in (0, 2, 7):
        comms.say(gallery, {"kind": "want", "job": job.id, "index": index})
    assert picture_of(comms, gallery, 0) == job.run.sketch_bytes()
    assert picture_of(comms, gallery, 2) == job.pictures[1]
    assert picture_of(comms, gallery, 7) == b""


def test_a_picture_whose_file_is_gone_is_told_apart_from_one_that_is_on_its_way(stage, comms):
    job = stage.job(S.DONE)
    gallery = Gallery([job])
    job.run.sketch_file.unlink()
    comms.say(gallery, {"kind": "want", "job": job.id, "index": 0})
    assert comms.custom(gallery) == [{"kind": "lost", "job": job.id, "index": 0}]


def test_a_job_used_again_is_told_to_the_page_unless_it_was_refused(stage, comms):
    job = stage.job(S.DONE)

    def refuse(*_: object) -> None:
        raise InputError("page.need.task")

    for on_act, told in ((lambda *_: None, [{"kind": "reused", "job": job.id}]), (refuse, [])):
        gallery = Gallery([job], on_act=on_act)
        comms.say(gallery, {"kind": "do", "job": job.id, "action": "again"})
        assert comms.custom(gallery) == told


def test_older_cards_are_folded_but_those_that_go_on_or_ask_something(stage):
    old = [stage.job(state) for state in (S.RUNNING, S.DONE, S.UNCONFIRMED, S.FAILED)]
    gallery = Gallery([*old, *(stage.job(S.DONE) for _ in range(OPEN))])
    folded = [card["id"] for card in gallery.view["cards"] if card["is_older"]]
    assert folded == [old[3].id, old[1].id]
    assert gallery.view["older"] == "Show 2 older"
    assert Gallery(gallery.jobs[-OPEN:]).view["older"] == ""


@pytest.mark.parametrize("state", S)
def test_a_card_without_pad_and_form_has_no_button_that_needs_them(stage, state):
    job = stage.job(state)
    alone, beside = (Gallery([job], **more).view["cards"][0]["buttons"] for more in ({}, {"on_act": print}))
    assert [each["action"] for each in alone] == [
        each["action"] for each in beside if each["action"] not in ("again", "retry", "remove")
    ]


def test_a_card_that_is_removed_leaves_one_line_from_which_it_is_put_back_in_its_place(stage, comms):
    jobs = [stage.job(S.DONE, prompt=prompt) for prompt in ("a tree", "a boat", "a cat")]
    acted: list[tuple[str, str]] = []
    gallery = Gallery(jobs, on_act=lambda job, action, _: acted.append((job.id, action)), lang="en")
    shown = gallery.view
    comms.say(gallery, {"kind": "do", "job": jobs[1].id, "action": "remove"})
    assert gallery.jobs == (jobs[0], jobs[2])
    assert [each["removed"] for each in gallery.view["cards"]] == [
        "",
        "Removed from the page: a boat. Nothing is deleted: history() still has the run.",
        "",
    ]
    gallery.lang = "zh"
    assert gallery.view["put_back"] == "撤销"
    gallery.lang = "en"
    comms.say(gallery, {"kind": "do", "job": jobs[1].id, "action": "put_back"})
    assert (gallery.jobs, gallery.view) == (tuple(jobs), shown)
    assert acted == [(jobs[1].id, "remove"), (jobs[1].id, "put_back")]


@pytest.mark.parametrize("happens", ["another job", "another removal", "a button", "a fetch"])
def test_a_removed_card_can_be_put_back_only_until_something_else_happens(stage, comms, happens):
    jobs = [stage.job(S.DONE) for _ in range(3)]
    gallery = Gallery(jobs, on_act=lambda *_: None)
    comms.say(gallery, {"kind": "do", "job": jobs[0].id, "action": "remove"})
    if happens == "another job":
        gallery.add(stage.job(S.QUEUED))
    elif happens == "a fetch":
        comms.say(gallery, {"kind": "resume"})
    else:
        action = "remove" if happens == "another removal" else "again"
        comms.say(gallery, {"kind": "do", "job": jobs[1].id, "action": action})
    left = gallery.view
    assert jobs[0].id not in [each["id"] for each in left["cards"]]
    comms.say(gallery, {"kind": "do", "job": jobs[0].id, "action": "put_back"})
    assert (jobs[0] in gallery.jobs, gallery.view) == (False, left)


def test_what_other_jobs_do_by_themselves_leaves_the_way_back_open(stage, comms):
    jobs = [stage.job(S.DONE), stage.job(S.QUEUED)]
    gallery = Gallery(jobs, on_act=lambda *_: None)
    comms.say(gallery, {"kind": "do", "job": jobs[0].id, "action": "remove"})
    stage.lead(jobs[1], S.DONE)
    comms.say(gallery, {"kind": "do", "job": jobs[0].id, "action": "put_back"})
    assert gallery.jobs == tuple(jobs)


@pytest.mark.parametrize("state", [state for state in S if not state.final])
def test_a_job_that_has_not_ended_can_not_be_removed(stage, comms, state):
    job, acted = stage.job(state), []
    gallery = Gallery([job], on_act=lambda *act: acted.append(act))
    assert "remove" not in [each["action"] for each in gallery.view["cards"][0]["buttons"]]
    comms.say(gallery, {"kind": "do", "job": job.id, "action": "remove"})
    assert (gallery.jobs, acted) == ((job,), [])


def test_the_line_about_all_jobs_leaves_removed_ones_out(stage, comms):
    jobs = [stage.job(S.DONE), stage.job(S.FAILED)]
    gallery = Gallery(jobs, on_act=lambda *_: None, lang="en")
    for job, said in ((jobs[1], "Latest: Done, 1 of 1 saved"), (jobs[0], "")):
        comms.say(gallery, {"kind": "do", "job": job.id, "action": "remove"})
        assert gallery.view["status"] == said


@pytest.mark.parametrize(
    ("state", "action", "value", "wish"),
    [
        (S.RUNNING, "cancel", "", ("cancel",)),
        (S.UNCONFIRMED, "give_up", "", ("give_up",)),
        (S.UNCONFIRMED, "adopt", "86ecf553", ("adopt", "86ecf553")),
    ],
)
def test_a_button_of_a_card_reaches_its_job(stage, comms, state, action, value, wish):
    job = stage.job(state)
    comms.say(Gallery([job]), {"kind": "do", "job": job.id, "action": action, "value": value})
    assert stage.owner.wishes == [(wish[0], job.id, *wish[1:])]


def test_an_action_that_is_refused_is_told_on_its_own_card(stage, comms):
    jobs = [stage.job(S.DONE), stage.job(S.DONE)]
    gallery = Gallery(jobs)
    comms.say(gallery, {"kind": "do", "job": jobs[0].id, "action": "give_up"})
    newest, oldest = gallery.view["cards"]
    assert oldest["note"].startswith("That did not work: Only an unconfirmed job")
    assert newest["note"] == ""


def test_a_task_must_be_named_before_it_is_adopted(stage, comms):
    job = stage.job(S.UNCONFIRMED)
    gallery = Gallery([job])
    comms.say(gallery, {"kind": "do", "job": job.id, "action": "adopt", "value": ""})
    assert gallery.view["cards"][0]["note"] == "That did not work: Enter the task's id first."
    assert stage.owner.wishes == []


def test_an_unknown_message_does_nothing(stage, comms):
    job = stage.job(S.DONE)
    gallery = Gallery([job])
    for message in ({}, {"kind": "do", "job": job.id, "action": "__class__"}, {"kind": "want", "job": "other"}):
        comms.say(gallery, message)
    assert stage.owner.wishes == []
    assert comms.custom(gallery) == []


def test_the_first_page_is_the_one_in_which_outputs_reach_the_notebook(stage, comms):
    gallery = Gallery()
    for page in ("1000.5", "2000.5"):
        comms.say(gallery, {"kind": "hello", "page": page})
    assert gallery.view["home_page"] == "1000.5"


@pytest.mark.parametrize(("waiting", "text"), [(0, ""), (1, "1 picture asked"), (2, "2 pictures asked")])
def test_unfinished_runs_are_offered(comms, waiting, text):
    asked: list[bool] = []
    gallery = Gallery(on_resume=lambda: asked.append(True), waiting=waiting)
    assert gallery.view["recover"].startswith(text)
    assert bool(gallery.view["recover"]) == bool(waiting)
    assert bool(gallery.view["recover_do"]) == bool(waiting)
    comms.say(gallery, {"kind": "resume"})
    assert asked == [True]


def test_what_cannot_be_fetched_here_or_not_any_more_is_named_without_a_button(comms):
    view = Gallery(elsewhere=2, expired=("a <b>tree</b>", "a castle")).view
    assert view["recover"].splitlines() == [
        "2 pictures wait under another key, address or service; use that one to fetch them.",
        "Expired, because nobody fetched its pictures within 24 hours: a <b>tree</b>",
        "Expired, because nobody fetched its pictures within 24 hours: a castle",
    ]
    assert view["recover_do"] == ""


def test_a_line_that_is_not_shared_with_other_kernels_is_told_in_the_pages_language(comms):
    gallery = Gallery(note="turns.alone", lang="en")
    assert gallery.view["recover"].startswith("Other kernels that use the same account are not known here")
    gallery.lang = "zh"
    assert gallery.view["recover"].startswith("这里不知道")


def test_markup_in_a_prompt_stays_text(stage):
    view = Gallery([stage.job(S.DONE, prompt="<script>alert(1)</script>")]).view["cards"][0]
    assert view["prompt"] == "<script>alert(1)</script>"
    source = (Path(__file__).parents[2] / "sketch_widget" / "ui" / "gallery.js").read_text(encoding="utf-8")
    assert "innerHTML" not in source
