"""The free colour in the kernel: always an exact ink, and the pen's own, whichever of the two is set."""

from pathlib import Path

import ipywidgets
import pytest
import traitlets
from fakes.comms import Comms

from sketch_widget.errors import DrawingError
from sketch_widget.ui.pad import DrawingPad
from sketch_widget.ui.picker import exact


@pytest.fixture
def pad(comms: Comms, tmp_path: Path) -> DrawingPad:
    return DrawingPad("test", home=tmp_path)


def say_state(widget: ipywidgets.Widget, **state: object) -> None:
    """Hand a widget the state that a page would send."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    widget.comm.handle_msg({"content": {"data": data}, "buffers": []})


@pytest.mark.parametrize(
    ("written", "meant"),
    [("red", "#ff0000"), ("#F00", "#ff0000"), ("#7B7B7B", "#7b7b7b"), ("rgb(1, 2, 3)", "#010203")],
)
def test_a_colour_is_turned_into_the_exact_ink_that_it_means(written, meant):
    assert exact(written) == meant


@pytest.mark.parametrize("colour", ["white", "#fff", "#ff000080", "rubbish", None])
def test_white_and_what_does_not_cover_the_paper_is_refused(colour):
    with pytest.raises(DrawingError):
        exact(colour)


def test_the_picker_is_an_ipywidgets_color_picker_that_shows_the_pens_colour(pad):
    assert isinstance(pad.picker, ipywidgets.ColorPicker)
    assert pad.picker.value == pad.color == "#000000"
    pad.color = "#0072B2"
    assert pad.picker.value == "#0072b2"


def test_a_colour_set_in_the_picker_is_the_pens_and_takes_the_pen_up(pad):
    pad.tool = "eraser"
    pad.picker.value = "tomato"
    assert (pad.color, pad.picker.value, pad.tool) == ("#ff6347", "#ff6347", "pen")


@pytest.mark.parametrize(("colour", "error"), [("white", DrawingError), ("no colour", traitlets.TraitError)])
def test_what_the_picker_refuses_changes_nothing(pad, colour, error):
    pad.color = "#0072b2"
    with pytest.raises(error):
        pad.picker.value = colour
    assert (pad.color, pad.picker.value) == ("#0072b2", "#0072b2")


def test_a_choice_of_the_page_that_arrives_late_does_not_undo_a_newer_one(pad):
    say_state(pad.pen, color="#d55e00")
    say_state(pad.picker, value="#010203")
    assert pad.color == "#d55e00"


def test_the_picker_speaks_the_pads_language(pad):
    assert pad.picker.description == "Other"
    pad.lang = "zh"
    assert pad.picker.description == "其他颜色"
