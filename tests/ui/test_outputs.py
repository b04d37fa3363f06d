"""The plain output beside the widget: one, marked, small, and in the saved notebook."""

from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from fakes.comms import Comms
from fakes.shown import Stage

from sketch_widget.drawing.sheet import MOST_BYTES
from sketch_widget.jobs.job import Job
from sketch_widget.jobs.state import JobState
from sketch_widget.runs.run import Run
from sketch_widget.ui.gallery import Gallery
from sketch_widget.ui.job_view import register, show_job
from sketch_widget.ui.outputs import HIDING_RULE, MARK, Snapshot, caption, run_bundle


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def done(stage: Stage, prompt: str = "a tree", **parameters: object) -> Run:
    run = stage.job(JobState.DONE, prompt=prompt, **parameters).run
    assert isinstance(run, Run)
    return run


def mark_in_css() -> str:
    return HIDING_RULE.split('img[src*="')[1].split('"')[0]


def test_the_place_is_kept_from_the_start_by_a_marked_blank_picture(shell):
    Snapshot("en").show()
    (output,) = shell.display_pub.outputs
    assert b64decode(output["data"]["image/png"]).startswith(b"\x89PNG")
    assert mark_in_css() in output["data"]["image/png"]
    assert output["metadata"] == {"image/png": {"alt": "no pictures yet"}}


def test_a_run_replaces_the_picture_of_the_same_output(shell, stage):
    snapshot = Snapshot("en")
    snapshot.show()
    snapshot.keep(done(stage, n=4)).result(30)
    first, second = shell.display_pub.outputs
    assert second["update"]
    assert second["transient"] == first["transient"]
    png = b64decode(second["data"]["image/png"])
    assert len(png) <= MOST_BYTES
    assert mark_in_css() in second["data"]["image/png"]
    assert "“a tree”" in second["data"]["text/plain"]


def test_an_output_without_a_run_is_blank_again_and_one_that_holds_a_run_is_not_made_anew(shell, stage):
    snapshot, run = Snapshot("en"), done(stage)
    snapshot.show()
    for kept in (run, run, None, None):
        snapshot.keep(kept).result(30)
    first, filled, emptied = shell.display_pub.outputs
    assert filled["data"] != first["data"]
    assert (emptied["data"], emptied["metadata"]) == (first["data"], first["metadata"])


def test_nothing_is_published_before_the_widget_is_shown(shell, stage):
    Snapshot().keep(done(stage)).result(30)
    assert shell.display_pub.outputs == []


def test_a_picture_that_is_gone_leaves_the_output_as_it_was(shell, stage):
    run = done(stage)
    run.files[0].unlink()
    snapshot = Snapshot()
    snapshot.show()
    snapshot.keep(run).result(30)
    assert len(shell.display_pub.outputs) == 1


def test_the_rule_hides_nothing_without_the_mark(stage):
    data, _ = run_bundle(done(stage))
    assert mark_in_css() not in data["image/png"]
    for before in range(3):
        assert mark_in_css() not in b64encode(bytes(before) + MARK.encode()).decode()


@pytest.mark.parametrize(("lang", "words"), [("en", "offline preview: painted by rules"), ("zh", "离线预览")])
def test_the_caption_has_the_prompt_the_style_and_says_that_it_is_a_preview(stage, lang, words):
    prompt, told = caption(done(stage, "a <b>tree</b>\nby a lake"), lang, writes=lambda text: True)
    assert prompt == "“a <b>tree</b> by a lake”"
    assert words in told


def test_a_machine_without_chinese_letters_writes_what_it_can_in_english(stage):
    def writes(text: str) -> bool:
        return not any("\u4e00" <= letter <= "\u9fff" for letter in text)

    assert caption(done(stage, "湖边的树"), "zh", writes) == [
        "Watercolor · offline preview: painted by rules, not by a model"
    ]


def test_an_online_run_is_not_called_a_preview(tmp_path):
    assert "preview" not in " ".join(caption(done(Stage(tmp_path, "dashscope")), "en"))


def test_a_run_shows_its_pictures_in_a_notebook(shell, stage):
    register(shell)
    data, metadata = shell.display_formatter.format(done(stage))
    assert b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"].startswith("“a tree”")


def test_a_job_shows_itself_as_a_live_card_with_a_plain_output_beside_it(shell, comms, stage):
    register(shell)
    assert shell.display_formatter.format(stage.job(JobState.QUEUED)) == ({}, {})
    card, picture = shell.display_pub.outputs
    assert "application/vnd.jupyter.widget-view+json" in card["data"]
    assert "Job" in card["data"]["text/plain"]
    assert mark_in_css() in picture["data"]["image/png"]


def test_a_job_that_is_done_already_fills_its_output_at_once(shell, comms: Comms, stage):
    job: Job = stage.job(JobState.DONE)
    show_job(job, "en")
    Snapshot().keep(job.run).result(30)  # the same thread makes one sheet after the other
    assert [output["update"] for output in shell.display_pub.outputs] == [False, False, True]


def test_the_rule_comes_with_every_gallery():
    assert HIDING_RULE in Gallery._css
