"""The sheet of a sweep's runs: what is on disk, and words for what is not."""

from pathlib import Path

import pytest
from fakes.shown import Stage

from sketch_widget.drawing.picture import read
from sketch_widget.drawing.table_sheet import Block, Square, Strip
from sketch_widget.jobs.state import JobState
from sketch_widget.runs.sweep_sheet import board_of, folded, small_sweep_png, sweep_png

S = JobState
AXES = {"prompt": ("a tree", "湖边的树"), "sketch_weight": (3, 10)}


def runs(stage: Stage, *states: JobState, **parameters: object) -> list:
    asked = [(prompt, weight) for prompt in AXES["prompt"] for weight in AXES["sketch_weight"]]
    return [
        stage.job(state, prompt=prompt, sketch_weight=weight, **parameters).run
        for state, (prompt, weight) in zip(states, asked, strict=True)
    ]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def squares(board) -> list[Square]:
    return [square for block in board.blocks for strip in block.strips for square in strip.squares]


def test_each_run_stands_below_and_beside_what_was_asked(stage):
    (block,) = board_of(AXES, runs(stage, *[S.DONE] * 4, n=2), "zh", writes=lambda text: True).blocks
    assert block.columns == ("sketch_weight\u00a03", "sketch_weight\u00a010")
    assert [strip.heading for strip in block.strips] == ["“a tree”", "“湖边的树”"]
    assert [len(square.pictures) for strip in block.strips for square in strip.squares] == [2] * 4


def test_a_square_without_pictures_says_why(stage):
    given = runs(stage, S.DONE, S.RUNNING, S.QUEUED, S.DONE)
    given[3].files[0].unlink()
    texts = [square.text for square in squares(board_of(AXES, given, "en"))]
    assert texts == ["", "Not there yet", "Not there yet", "Its file is gone"]


def test_a_run_that_failed_tells_its_reason_in_the_language_of_the_sheet(stage):
    given = runs(stage, *[S.QUEUED] * 4)
    job = stage.job(S.FAILED)
    given[0] = given[0].with_facts(error=job.error)
    for lang, said in (("en", "The job ended without a picture"), ("zh", "任务结束")):
        assert squares(board_of(AXES, given, lang, writes=lambda text: True))[0].text.startswith(said)


def test_who_painted_stands_below_the_title(stage, tmp_path):
    offline = board_of(AXES, runs(stage, *[S.QUEUED] * 4), "en")
    online = board_of(AXES, runs(Stage(tmp_path / "other", "dashscope"), *[S.QUEUED] * 4), "en")
    assert offline.lines[-1] == "Offline preview: painted by rules, not by a model."
    assert "preview" not in " ".join(online.lines)


def test_a_machine_without_chinese_letters_numbers_what_it_cannot_write(stage):
    def writes(text: str) -> bool:
        return not any("\u4e00" <= letter <= "\u9fff" for letter in text)

    board = board_of(AXES, runs(stage, *[S.QUEUED] * 4), "zh", writes)
    assert [strip.heading for strip in board.blocks[0].strips] == ["“a tree”", "Prompt 1"]
    assert board.title == "Prompt / sketch_weight: 4 pictures"


def test_one_long_row_is_folded_and_a_table_never():
    long = Block("", tuple("abcdefghijk"), (Strip("", tuple(Square(text=name) for name in "abcdefghijk")),))
    assert ["".join(block.columns) for block in folded(long)] == ["abcdef", "ghijk"]
    assert [[s.text for s in block.strips[0].squares] for block in folded(long)] == [list("abcdef"), list("ghijk")]
    table = Block("", long.columns, (long.strips[0], long.strips[0]))
    assert folded(table) == [table]


def test_the_saved_sheet_is_larger_than_the_one_in_the_notebook(stage):
    given = runs(stage, *[S.DONE] * 4)
    axes = {"prompt": ("a tree", "a boat"), "sketch_weight": (3, 10)}
    saved, kept = sweep_png(axes, given, "en"), small_sweep_png(axes, given, "en", "mine")
    assert len(kept) <= 900_000
    assert b"mine" in kept[:60]
    assert b"mine" not in saved[:60]
    assert read(saved).pixels.shape >= read(kept).pixels.shape
