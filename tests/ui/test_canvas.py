"""The canvas: exact pixels, one self-contained message, and a picture that is never stale."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import ipycanvas
import numpy as np
import pytest
from fakes.comms import Comms, draw_commands
from ipycanvas.canvas import COMMANDS, _CanvasManager
from PIL import Image

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.ui.canvas import PadCanvas

DOT = Stroke([(2.5, 1.5)], "#010203", 1)


class Alarm:
    """A timer that rings when the test says so."""

    def __init__(self) -> None:
        self.set: list[Callable[[], None]] = []

    def __call__(self, seconds: float, act: Callable[[], None]) -> "Alarm":
        self.next = act
        return self

    def start(self) -> None:
        self.set = [self.next]

    def cancel(self) -> None:
        self.set = []

    def ring(self) -> None:
        for act in self.set:
            act()


@pytest.fixture
def alarm() -> Alarm:
    return Alarm()


@pytest.fixture
def canvas(comms: Comms, alarm: Alarm) -> PadCanvas:
    return PadCanvas(5, alarm)


def drawn(comms: Comms, canvas: PadCanvas) -> list[tuple[list[object], np.ndarray]]:
    """Return where each message draws, and the RGBA pixels it draws there."""
    found = []
    for message in comms.sent:
        if message.comm_id == canvas._canvas_manager.model_id and message.data.get("method") == "custom":
            select, draw = draw_commands(message)
            assert select == [COMMANDS["switchCanvas"], [f"IPY_MODEL_{canvas.model_id}"]]
            assert draw[0] == COMMANDS["putImageData"]
            found.append((draw[1], np.array(Image.open(BytesIO(message.buffers[1])).convert("RGBA"))))
    return found


def test_a_stroke_is_sent_as_its_box_in_one_message_that_selects_the_canvas(canvas: PadCanvas, comms: Comms) -> None:
    canvas.stamp(Stroke([(1.5, 1.5), (2.5, 2.5)], "#010203", 1))
    ((place, rgba),) = drawn(comms, canvas)
    ink, none = [1, 2, 3, 255], [255, 255, 255, 0]
    assert place == [1, 1]
    assert rgba.tolist() == [[ink, none], [none, ink]]


def test_a_stroke_outside_sends_nothing(canvas: PadCanvas, comms: Comms) -> None:
    canvas.stamp(Stroke([(99, 99)]))
    assert drawn(comms, canvas) == []


def test_the_last_stroke_is_lifted_and_what_lay_under_it_is_seen_again(canvas: PadCanvas, comms: Comms) -> None:
    line = Stroke([(0.5, 1.5), (4.5, 1.5)], "#0072b2", 1)
    canvas.stamp(DOT)
    canvas.stamp(line)
    assert canvas.lift(line)
    place, rgba = drawn(comms, canvas)[-1]
    assert place == [0, 1]
    paper, ink = [255, 255, 255, 255], [1, 2, 3, 255]
    assert rgba.tolist() == [[paper, paper, ink, paper, paper]]
    assert canvas.get_image_data()[1].tolist() == rgba[0].tolist()


def test_only_the_last_stroke_can_be_lifted(canvas: PadCanvas, comms: Comms) -> None:
    canvas.stamp(DOT)
    canvas.stamp(Stroke([(0.5, 0.5)], width=1))
    assert not canvas.lift(DOT)
    canvas.show(np.full((5, 5, 3), 255, np.uint8))
    assert not canvas.lift(DOT)


def test_another_picture_is_sent_as_the_box_that_differs(canvas: PadCanvas, comms: Comms) -> None:
    canvas.stamp(DOT)
    canvas.show(np.full((5, 5, 3), 255, np.uint8))
    place, rgba = drawn(comms, canvas)[-1]
    assert place == [2, 1]
    assert rgba.tolist() == [[[255, 255, 255, 255]]]


def test_a_page_that_opens_gets_everything(canvas: PadCanvas, comms: Comms) -> None:
    canvas.stamp(DOT)
    comms.say(canvas, {"event": "client_ready"})
    place, rgba = drawn(comms, canvas)[-1]
    assert place == [0, 0]
    assert (rgba[..., :3] == canvas.get_image_data()[..., :3]).all()
    assert (rgba[..., 3] == 255).all()


def test_what_others_draw_selects_the_canvas_again_after_a_page_opened(canvas: PadCanvas, comms: Comms) -> None:
    canvas.fill_rect(0, 0, 1)
    comms.say(canvas, {"event": "client_ready"})
    before = len(comms.sent)
    canvas.fill_rect(0, 0, 1)
    assert draw_commands(comms.sent[before])[0] == COMMANDS["switchCanvas"]


def test_the_picture_is_never_stale_though_it_is_made_late(canvas: PadCanvas, alarm: Alarm) -> None:
    assert (canvas.get_image_data() == 255).all()
    canvas.stamp(DOT)
    assert canvas.get_image_data()[1, 2].tolist() == [1, 2, 3, 255]
    assert canvas.get_image_data(2, 1, 1, 1).tolist() == [[[1, 2, 3, 255]]]


def test_the_picture_in_the_notebook_is_brought_up_to_date_when_the_pen_rests(canvas: PadCanvas, alarm: Alarm) -> None:
    canvas.stamp(DOT)
    assert canvas.image_data is None
    alarm.ring()
    assert np.array(Image.open(BytesIO(canvas.image_data)))[1, 2].tolist() == [1, 2, 3, 255]


def test_a_page_that_is_loaded_anew_is_given_the_newest_picture(canvas: PadCanvas, comms: Comms) -> None:
    canvas.stamp(DOT)
    state = comms.ask_state(canvas)
    assert np.array(Image.open(BytesIO(state["image_data"])))[1, 2].tolist() == [1, 2, 3, 255]


def test_the_file_holds_the_newest_picture(canvas: PadCanvas, tmp_path: Path) -> None:
    canvas.stamp(DOT)
    canvas.to_file(str(tmp_path / "a.png"))
    assert np.array(Image.open(tmp_path / "a.png"))[1, 2].tolist() == [1, 2, 3, 255]


def test_a_canvas_that_is_closed_sets_no_alarm_off(canvas: PadCanvas, alarm: Alarm) -> None:
    canvas.stamp(DOT)
    canvas.close()
    assert alarm.set == []


def test_many_strokes_look_as_the_drawing_does(comms: Comms, alarm: Alarm) -> None:
    canvas = PadCanvas(256, alarm)
    random = np.random.default_rng(1)
    strokes = [Stroke(random.uniform(-20, 276, (9, 2)), "#0072b2", width, eraser=width == 7) for width in range(1, 20)]
    for stroke in strokes:
        canvas.stamp(stroke)
    assert (canvas.get_image_data()[..., :3] == Sketch(strokes, (256, 256)).pixels()).all()
    board = np.full((256, 256, 3), 255, np.uint8)
    for (x, y), rgba in drawn(comms, canvas):
        box = board[y : y + len(rgba), x : x + rgba.shape[1]]
        box[rgba[..., 3] == 255] = rgba[rgba[..., 3] == 255][:, :3]
    assert (board == canvas.get_image_data()[..., :3]).all()


def test_ipycanvas_still_has_the_private_names_that_are_used() -> None:
    assert ipycanvas.__version__.startswith("0.14.")
    assert {"switchCanvas", "putImageData"} <= set(COMMANDS)
    assert callable(_CanvasManager._send_custom)
    canvas = ipycanvas.Canvas(width=5, height=5, _canvas_manager=_CanvasManager())
    assert canvas._canvas_manager._current_canvas is None
    assert canvas._canvas_manager is not ipycanvas.Canvas()._canvas_manager
