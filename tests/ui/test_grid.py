"""The table of a sweep in the kernel: headings once, squares as they change, pictures when a page asks for them."""

from pathlib import Path

import pytest
from fakes.comms import Comms
from fakes.shown import Stage, painted
from fakes.thread import ToldThread

from sketch_widget.errors import InputError
from sketch_widget.jobs.state import JobState
from sketch_widget.jobs.sweep import Sweep
from sketch_widget.ui.grid import Grid

S = JobState
PROMPTS, WEIGHTS = ("a tree", "<b>a boat</b>"), (3, 10)


@pytest.fixture
def stage(comms: Comms, tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.fixture
def thread() -> ToldThread:
    return ToldThread()


def swept(stage: Stage, *states: JobState, lang: str = "en", **parameters: object) -> Sweep:
    asked = [(prompt, weight) for prompt in PROMPTS for weight in WEIGHTS]
    jobs = [
        stage.job(state, prompt=prompt, sketch_weight=weight, **parameters)
        for state, (prompt, weight) in zip(states, asked, strict=True)
    ]
    return Sweep({"prompt": PROMPTS, "sketch_weight": WEIGHTS}, tuple(jobs), lang)


def states(grid: Grid) -> list[str]:
    return [square["state"] for square in grid.view["squares"]]


def test_headings_and_what_it_costs_stand_there_before_anything_is_sent(stage):
    table = Grid(swept(stage, *[S.QUEUED] * 4)).table
    assert table["title"] == "Prompt / sketch_weight: 4 pictures"
    assert table["made"] == "Offline preview: painted by rules, not by a model. No key, no cost."
    assert table["columns"] == ["sketch_weight\u00a03", "sketch_weight\u00a010"]
    assert table["groups"] == [
        {
            "heading": "",
            "rows": [{"heading": "“a tree”", "places": [0, 1]}, {"heading": "“<b>a boat</b>”", "places": [2, 3]}],
        }
    ]


def test_squares_follow_their_jobs_and_many_changes_are_shown_at_once(stage, thread):
    sweep = swept(stage, *[S.QUEUED] * 4)
    grid = Grid(sweep, thread=thread)
    for place, job in enumerate(sweep.jobs):
        job.learn(position=place)
    stage.lead(sweep.jobs[0], S.DONE)
    assert len(thread.waiting) == 1
    thread.work()
    assert states(grid) == ["done", "queued", "queued", "queued"]
    assert grid.view["squares"][3]["status"] == "In line, 3 before it"
    assert grid.view["status"] == "1 of 4 squares done\u00a0· 3 waiting"


def test_a_page_gets_the_pictures_that_it_asks_for_and_no_others(stage, comms):
    sweep = swept(stage, *[S.DONE] * 4, n=2)
    grid = Grid(sweep)
    assert comms.custom(grid) == []
    for index in (0, 2, 7):
        comms.say(grid, {"kind": "want", "job": sweep.jobs[1].id, "index": index})
    sent = [message for message in comms.sent if message.data.get("method") == "custom"]
    assert [message.buffers for message in sent] == [[sweep.jobs[1].run.sketch_bytes()], [painted(130)], []]
    assert [message.data["content"]["kind"] for message in sent] == ["picture", "picture", "lost"]


def test_the_button_cancels_what_waits_and_leaves_what_is_painted(stage, comms):
    sweep = swept(stage, S.DONE, S.RUNNING, S.WAITING, S.QUEUED)
    grid = Grid(sweep)
    assert grid.view["cancel"] == "Cancel the 2 that wait"
    comms.say(grid, {"kind": "cancel"})
    assert stage.owner.wishes == [("cancel", job.id) for job in sweep.jobs[2:]]


def test_a_message_that_is_not_understood_does_nothing(stage, comms):
    grid = Grid(swept(stage, *[S.QUEUED] * 4))
    before = grid.view
    for content in ({"kind": "nonsense"}, {"kind": "want", "job": "elsewhere"}, {}):
        comms.say(grid, content)
    assert (grid.view, stage.owner.wishes) == (before, [])


def test_the_language_switches_while_it_stands(stage):
    grid = Grid(swept(stage, *[S.QUEUED] * 4, lang="zh"))
    assert (grid.table["lang"], grid.table["title"]) == ("zh-Hans", "提示词 / sketch_weight：4 张图片")
    grid.lang = "en"
    assert (grid.table["lang"], grid.view["status"]) == ("en", "0 of 4 squares done\u00a0· 4 waiting")
    with pytest.raises(InputError):
        grid.lang = "fr"


@pytest.mark.parametrize(
    ("second", "is_kept", "told"), [("page 1", False, False), ("page 2", True, False), ("page 2", False, True)]
)
def test_a_page_loaded_again_is_told_that_later_pictures_do_not_reach_the_notebook(stage, comms, second, is_kept, told):
    grid = Grid(swept(stage, *[S.QUEUED] * 4), is_kept=lambda: is_kept)
    for page in ("page 1", second):
        comms.say(grid, {"kind": "hello", "page": page})
    assert bool(grid.view["notice"]) is told
