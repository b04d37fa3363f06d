"""The drawing pad in the kernel: steps in, drawing and pixels out, whatever order and thread they come in."""

import gc
import threading
from pathlib import Path

import numpy as np
import pytest
from fakes.comms import Comms

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.errors import DrawingError
from sketch_widget.ui.pad import DrawingPad

LINE = [(100.0, 100.0), (300.0, 200.5), (500.25, 90.0)]


def points(*places: tuple[float, float]) -> bytes:
    return np.array(places or LINE, "<f4").tobytes()


def stroke(seq: int, since: int = 1, client: str = "page", **other: object) -> dict[str, object]:
    plain = {"kind": "stroke", "client": client, "seq": seq, "since": since}
    return plain | {"color": "#000000", "width": 6, "eraser": False} | other


def step(kind: str, seq: int) -> dict[str, object]:
    return {"kind": kind, "client": "page", "seq": seq, "since": 1}


@pytest.fixture
def pad(comms: Comms, tmp_path: Path) -> DrawingPad:
    return DrawingPad("test", home=tmp_path)


def widths(pad: DrawingPad) -> list[float]:
    return [each.width for each in pad.sketch.strokes]


def test_a_stroke_of_the_page_is_in_the_drawing_and_in_the_pixels(pad: DrawingPad, comms: Comms) -> None:
    comms.say(pad.pen, stroke(1, color="#7b7b7b", width=9), [points()])
    assert pad.sketch == Sketch([Stroke(LINE, "#7b7b7b", 9)])
    assert (pad.pixels() == pad.sketch.pixels()).all()
    assert pad.pen.standing == {"revision": 1, "undo": 1, "redo": 0, "empty": False, "heard": {"page": 1}}


def test_strokes_that_overtake_each_other_are_drawn_in_their_order(pad: DrawingPad, comms: Comms) -> None:
    for seq in (2, 4, 1, 3):
        comms.say(pad.pen, stroke(seq, width=seq), [points()])
    assert widths(pad) == [1, 2, 3, 4]


def test_the_page_is_asked_for_a_stroke_that_is_missing(pad: DrawingPad, comms: Comms) -> None:
    comms.say(pad.pen, stroke(1), [points()])
    comms.say(pad.pen, stroke(3), [points()])
    assert comms.custom(pad.pen) == [{"kind": "missing", "client": "page", "seq": 2}]
    assert len(pad.sketch.strokes) == 1


def test_a_stroke_that_is_sent_twice_is_drawn_once_and_answered_again(pad: DrawingPad, comms: Comms) -> None:
    comms.say(pad.pen, stroke(1), [points()])
    before = len(comms.sent)
    comms.say(pad.pen, stroke(1), [points()])
    assert len(pad.sketch.strokes) == 1
    assert pad.pen.standing["heard"] == {"page": 1}
    assert len(comms.sent) >= before


def test_a_page_hears_of_a_drawing_that_is_there_and_observers_come_last(pad: DrawingPad, comms: Comms) -> None:
    heard: list[tuple[str, int]] = []
    pad.observe(lambda _: heard.append(("observer", len(pad.sketch.strokes))), "sketch")
    pad.pen.observe(lambda _: heard.append(("page", len(pad.sketch.strokes))), "standing")
    comms.say(pad.pen, stroke(1), [points()])
    pad.undo()
    assert heard == [("page", 1), ("observer", 1), ("page", 0), ("observer", 0)]


def test_a_new_kernel_begins_where_the_page_has_no_answer(pad: DrawingPad, comms: Comms) -> None:
    comms.say(pad.pen, stroke(7, since=7, width=7), [points()])
    assert widths(pad) == [7]


def test_strokes_of_many_threads_and_clients_all_arrive_each_clients_in_order(pad: DrawingPad, comms: Comms) -> None:
    def draw(client: str, numbers: list[int]) -> None:
        for seq in numbers:
            comms.say(pad.pen, stroke(seq, client=client, width=seq), [points((seq, seq), (seq + 9, seq))])

    jobs = [(client, list(range(first, 21, 2))) for client in ("a", "b") for first in (1, 2)]
    threads = [threading.Thread(target=draw, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(widths(pad)) == sorted([*range(1, 21), *range(1, 21)])
    assert pad.pen.standing["heard"] == {"a": 20, "b": 20}
    assert pad.pen.standing["undo"] == 40
    assert (pad.pixels() == pad.sketch.pixels()).all()


@pytest.mark.parametrize(
    ("content", "buffers"),
    [
        (stroke(1), []),
        (stroke(1), [b""]),
        (stroke(1), [b"1234567"]),
        (stroke(1), [points(), points()]),
        (stroke(1), [points((float("nan"), 1))]),
        (stroke(1), [points((1, float("inf")))]),
        (stroke(1), [points((1e9, 1))]),
        (stroke(1, color="red"), [points()]),
        (stroke(1, color="#ffffff"), [points()]),
        (stroke(1, color=None), [points()]),
        (stroke(1, width="wide"), [points()]),
        (stroke(1, width=0), [points()]),
        (stroke(1, width=float("nan")), [points()]),
        ({"kind": "starter", "starter": "dragon", "client": "page", "seq": 1, "since": 1}, []),
        (step("format", 1), []),
        ({"client": "page", "seq": 1, "since": 1}, []),
    ],
)
def test_what_is_no_step_is_refused_in_both_languages_and_the_next_one_is_drawn(
    pad: DrawingPad, comms: Comms, content: dict[str, object], buffers: list[bytes]
) -> None:
    comms.say(pad.pen, content, buffers)
    (refusal,) = comms.custom(pad.pen)
    assert (refusal["kind"], refusal["client"], refusal["seq"]) == ("refused", "page", 1)
    assert refusal["text"]["en"] != refusal["text"]["zh"]
    assert not pad.sketch.strokes
    comms.say(pad.pen, stroke(2, since=2), [points()])
    assert len(pad.sketch.strokes) == 1


@pytest.mark.parametrize(
    "address", [{}, {"client": ""}, {"client": "x" * 99}, {"seq": 0}, {"seq": "1"}, {"seq": True}, {"since": None}]
)
def test_a_message_without_a_sender_or_number_changes_nothing(
    pad: DrawingPad, comms: Comms, address: dict[str, object]
) -> None:
    content = stroke(1) | address if address else {"kind": "stroke"}
    comms.say(pad.pen, content, [points()])
    assert [message["kind"] for message in comms.custom(pad.pen)] == ["refused"]
    assert not pad.sketch.strokes
    assert pad.pen.standing["heard"] == {}


def test_undo_redo_and_clear_go_step_by_step(pad: DrawingPad, comms: Comms) -> None:
    for seq in (1, 2):
        comms.say(pad.pen, stroke(seq, width=seq), [points()])
    comms.say(pad.pen, step("clear", 3))
    assert widths(pad) == []
    for seq, seen in ((4, [1, 2]), (5, [1]), (6, []), (7, [])):
        comms.say(pad.pen, step("undo", seq))
        assert widths(pad) == seen
        assert (pad.pixels() == pad.sketch.pixels()).all()
    for seq, seen in ((8, [1]), (9, [1, 2]), (10, []), (11, [])):
        comms.say(pad.pen, step("redo", seq))
        assert widths(pad) == seen
        assert (pad.pixels() == pad.sketch.pixels()).all()


def test_the_methods_do_what_the_buttons_do(pad: DrawingPad) -> None:
    pad.sketch = Sketch([Stroke(LINE)])
    pad.clear()
    pad.undo()
    assert len(pad.sketch.strokes) == 1
    pad.undo()
    pad.redo()
    assert len(pad.sketch.strokes) == 1
    assert (pad.pixels() == pad.sketch.pixels()).all()


def test_an_assigned_drawing_is_shown_and_is_one_undo_step(pad: DrawingPad, comms: Comms) -> None:
    comms.say(pad.pen, stroke(1, width=3), [points()])
    pad.sketch = Sketch([Stroke(LINE, "#123456"), Stroke([(9, 9)], "#fefefe", 40)])
    assert (pad.pixels() == pad.sketch.pixels()).all()
    pad.undo()
    assert widths(pad) == [3]


def test_an_observer_hears_every_change_once(pad: DrawingPad, comms: Comms) -> None:
    heard: list[int] = []
    pad.observe(lambda change: heard.append(len(change["new"].strokes)), "sketch")
    comms.say(pad.pen, stroke(1), [points()])
    pad.sketch = Sketch([Stroke(LINE), Stroke([(1, 1)])])
    pad.undo()
    pad.clear()
    assert heard == [1, 2, 1, 0]


def test_an_observer_that_fails_does_not_stop_the_pad(pad: DrawingPad, comms: Comms) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("the observer's own fault")

    pad.observe(fail, "sketch")
    comms.say(pad.pen, stroke(1), [points()])
    pad.unobserve(fail, "sketch")
    comms.say(pad.pen, stroke(2), [points()])
    assert len(pad.sketch.strokes) == 2
    assert (pad.pixels() == pad.sketch.pixels()).all()


@pytest.mark.parametrize(
    ("value", "key"), [(Sketch(size=(512, 768)), "pad.size"), ("a cat", "pad.sketch_kind"), (None, "pad.sketch_kind")]
)
def test_what_cannot_be_shown_is_refused_and_the_drawing_stays(pad: DrawingPad, value: object, key: str) -> None:
    pad.sketch = Sketch([Stroke(LINE)])
    with pytest.raises(DrawingError) as refused:
        pad.sketch = value
    assert refused.value.key == key
    assert len(pad.sketch.strokes) == 1


def test_pixels_belong_to_the_caller(pad: DrawingPad) -> None:
    pad.pixels()[:] = 0
    assert (pad.pixels() == 255).all()


@pytest.mark.parametrize(
    ("name", "value"),
    [("color", "#ffffff"), ("color", "blue"), ("width", 0), ("width", 41), ("eraser_width", 99), ("tool", "spray")],
)
def test_a_tool_that_there_is_not_is_refused(pad: DrawingPad, name: str, value: object) -> None:
    before = getattr(pad, name)
    with pytest.raises(DrawingError):
        setattr(pad, name, value)
    assert getattr(pad, name) == before


def test_pen_and_eraser_remember_their_own_widths(pad: DrawingPad) -> None:
    assert (pad.tool, pad.color, pad.width, pad.eraser_width) == ("pen", "#000000", 6, 24)
    pad.width, pad.eraser_width, pad.color, pad.tool = 10, 40, "#AABBCC", "eraser"
    assert (pad.tool, pad.color, pad.width, pad.eraser_width) == ("eraser", "#aabbcc", 10, 40)


def test_the_language_changes_while_the_pad_is_open(pad: DrawingPad, comms: Comms) -> None:
    pad.lang = "zh"
    assert comms.ask_state(pad.pen)["lang"] == "zh"
    assert comms.ask_state(pad.pen)["texts"]["zh"]["undo"] == "撤销"
    with pytest.raises(ValueError, match="lang"):
        pad.lang = "fr"


def test_a_running_cell_brings_the_drawing_back_and_it_can_be_undone(comms: Comms, tmp_path: Path) -> None:
    first = DrawingPad("cell", home=tmp_path)
    for seq in (1, 2):
        comms.say(first.pen, stroke(seq, width=seq), [points()])
    second = DrawingPad("cell", home=tmp_path)
    assert second.sketch == first.sketch
    assert (second.pixels() == first.pixels()).all()
    assert second.pen.notice["en"].startswith("This is the drawing you left here")
    second.undo()
    assert widths(second) == [1]
    second.undo()
    assert widths(second) == []


def test_a_stroke_whose_answer_was_lost_with_the_kernel_is_not_drawn_twice(comms: Comms, tmp_path: Path) -> None:
    comms.say(DrawingPad("cell", home=tmp_path).pen, stroke(1), [points()])
    again = DrawingPad("cell", home=tmp_path)
    comms.say(again.pen, stroke(1), [points()])
    comms.say(again.pen, stroke(2), [points()])
    assert len(again.sketch.strokes) == 2


def test_an_older_pad_of_the_same_name_no_longer_writes(comms: Comms, tmp_path: Path) -> None:
    older, newer = DrawingPad("cell", home=tmp_path), DrawingPad("cell", home=tmp_path)
    comms.say(older.pen, stroke(1, client="old"), [points()])
    comms.say(newer.pen, stroke(1, client="new", width=2), [points()])
    assert widths(DrawingPad("cell", home=tmp_path)) == [2]


def test_pads_of_other_names_have_their_own_drawings(comms: Comms, tmp_path: Path) -> None:
    comms.say(DrawingPad("a", home=tmp_path).pen, stroke(1), [points()])
    assert not DrawingPad("b", home=tmp_path).sketch.strokes


def test_a_pad_outside_a_cell_is_not_saved(comms: Comms, tmp_path: Path) -> None:
    pad = DrawingPad(home=tmp_path)
    comms.say(pad.pen, stroke(1), [points()])
    assert pad.name == ""
    assert list(tmp_path.rglob("*.jsonl")) == []


def test_a_folder_that_cannot_be_written_is_told_and_drawing_goes_on(comms: Comms, tmp_path: Path) -> None:
    home = tmp_path / "taken"
    home.write_text("a file where the folder should be")
    pad = DrawingPad("cell", home=home)
    comms.say(pad.pen, stroke(1), [points()])
    assert len(pad.sketch.strokes) == 1
    assert "cannot be kept" in pad.pen.notice["en"]
    assert "无法" in pad.pen.notice["zh"]


def test_what_was_said_about_a_drawing_goes_with_the_next_stroke(comms: Comms, tmp_path: Path) -> None:
    comms.say(DrawingPad("cell", home=tmp_path).pen, stroke(1), [points()])
    pad = DrawingPad("cell", home=tmp_path)
    assert pad.pen.notice
    comms.say(pad.pen, stroke(2), [points()])
    assert pad.pen.notice == {}


def test_closing_the_pad_keeps_its_drawing_on_disk(comms: Comms, tmp_path: Path) -> None:
    pad = DrawingPad("cell", home=tmp_path)
    comms.say(pad.pen, stroke(1), [points()])
    pad.close()
    assert len(DrawingPad("cell", home=tmp_path).sketch.strokes) == 1


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("wrong", "refused"), [({"name": 5}, DrawingError), ({"lang": "fr"}, ValueError), ({"size": 99}, TypeError)]
)
def test_a_pad_that_cannot_be_made_leaves_one_error_and_no_noise(comms: Comms, wrong: dict, refused: type) -> None:
    with pytest.raises(refused):
        DrawingPad(**wrong)
    gc.collect()
