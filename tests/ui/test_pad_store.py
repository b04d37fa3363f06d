"""Drawings on disk: what was written comes back, and what cannot be read harms nothing else."""

import json
from pathlib import Path

import pytest

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.errors import StoreError
from sketch_widget.ui.pad_store import LINES, PadFile, Saved
from sketch_widget.ui.steps import Step


def stroke(width: float = 6) -> Step:
    return Step("add", Sketch([Stroke([(1.1, 2.2), (3.3, 4.4)], "#0072b2", width)]), "page", int(width))


def test_steps_come_back_with_their_undo_and_redo(tmp_path: Path) -> None:
    file = PadFile(tmp_path, "pad")
    for step in (stroke(1), stroke(2), Step("replace"), Step("undo"), stroke(3), Step("undo")):
        file.append(step)
    saved = PadFile(tmp_path, "pad").read()
    assert [each.width for each in saved.history.present.strokes] == [1, 2]
    assert [each.width for each in saved.history.redo().present.strokes] == [1, 2, 3]
    assert [each.width for each in saved.history.undo().present.strokes] == [1]
    assert saved.history.present.strokes[0] == stroke(1).sketch.strokes[0]
    assert saved.heard == {"page": 3}


def test_a_pad_that_was_never_drawn_on_has_no_file(tmp_path: Path) -> None:
    file = PadFile(tmp_path, "pad")
    assert file.read() == Saved()
    assert not file.path.exists()


def test_names_that_look_alike_have_files_of_their_own(tmp_path: Path) -> None:
    names = ["a/b", "a-b", "a\\b", "../../a b", "", "画", "笔", "x" * 500]
    paths = {PadFile(tmp_path, name).path for name in names}
    assert len(paths) == len(names)
    assert {path.parent for path in paths} == {tmp_path / "pads"}


def test_a_line_that_was_cut_short_is_left_out_and_writing_goes_on(tmp_path: Path) -> None:
    file = PadFile(tmp_path, "pad")
    file.append(stroke(1))
    file.append(stroke(2))
    file.path.write_bytes(file.path.read_bytes()[:-20])
    saved = file.read()
    assert (len(saved.history.present.strokes), saved.lost) == (1, 1)
    file.append(stroke(3))
    again = file.read()
    assert ([each.width for each in again.history.present.strokes], again.lost) == ([1, 3], 0)


@pytest.mark.parametrize(
    "line", ["rubbish", "[]", '{"step": "burn"}', '{"step": "add"}', '{"step": "add", "sketch": 1}']
)
def test_a_damaged_line_costs_only_itself_and_the_file_is_kept(tmp_path: Path, line: str) -> None:
    file = PadFile(tmp_path, "pad")
    file.append(stroke(1))
    before = file.path.read_text() + line + "\n"
    file.path.write_text(before)
    file.append(stroke(2))
    before = file.path.read_text()
    saved = file.read()
    assert ([each.width for each in saved.history.present.strokes], saved.lost) == ([1, 2], 1)
    assert saved.heard == {"page": 2}
    assert file.path.with_suffix(".damaged").read_text() == before


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = PadFile(tmp_path, "pad")
    file.append(stroke(1))
    text = file.path.read_text().replace('"version":1', '"version":2')
    file.path.write_text(text)
    with pytest.raises(StoreError, match="version 2"):
        file.read()
    assert file.path.read_text() == text


def test_a_long_file_is_written_anew_as_the_strokes_that_are_left(tmp_path: Path) -> None:
    file = PadFile(tmp_path, "pad")
    file.append(stroke(1))
    file.append(stroke(2))
    with file.path.open("a") as lines:
        lines.writelines('{"step":"undo"}\n{"step":"redo"}\n' for _ in range(LINES // 2))
    saved = file.read()
    assert [each.width for each in saved.history.present.strokes] == [1, 2]
    lines = [json.loads(line) for line in file.path.read_text().splitlines()]
    assert [line.get("step") for line in lines] == [None, "add", "add"]
    assert lines[0] == {"version": 1, "pad": "pad", "heard": {"page": 2}}
    assert file.read().history.undo().present == saved.history.undo().present
