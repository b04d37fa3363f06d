"""Drawings as values: they never change, and come back from text and files as they were."""

import pickle
from base64 import b64decode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from sketch_widget.drawing.history import STEPS, History
from sketch_widget.drawing.picture import read
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.errors import DrawingError, PictureError

RED = Stroke([(10, 10), (300, 40)], "#ff0000", 4)
BLUE = Stroke([(10.1, 500.25), (767.9, 3)], "#0000ff", 12)


def test_adding_returns_a_new_drawing_and_leaves_the_old_one():
    one = Sketch([RED])
    two = one.add(BLUE)
    assert one.strokes == (RED,)
    assert two.strokes == (RED, BLUE)


def test_undo_takes_back_the_last_stroke_and_nothing_from_an_empty_drawing():
    assert Sketch([RED, BLUE]).undo() == Sketch([RED])
    assert Sketch().undo() == Sketch()


def test_clear_keeps_the_size():
    assert Sketch([RED], (512, 256)).clear() == Sketch((), (512, 256))


def test_the_paper_is_white_and_as_large_as_asked():
    pixels = Sketch(size=(300, 256)).pixels()
    assert pixels.shape == (256, 300, 3)
    assert (pixels == 255).all()


def test_a_stroke_outside_the_pad_leaves_the_drawing_empty():
    assert Sketch([Stroke([(-100, -100)])]).is_empty


def test_the_inks_come_most_pixels_first():
    assert Sketch([RED, BLUE]).inks() == [(0, 0, 255), (255, 0, 0)]


def test_forty_pen_colours_are_all_exact_inks():
    strokes = [Stroke([(5, 10 + 15 * k)], f"#{k:02x}0000", 1 + k / 10) for k in range(1, 41)]
    inks = Sketch(strokes).inks()
    assert len(inks) == 40
    assert inks.exact


@pytest.mark.parametrize("size", [(255, 768), (768, 2049), 768, (768,), ("768", 768), (768.0, 768), (True, 768), None])
def test_a_size_that_the_service_could_not_take_is_refused(size):
    with pytest.raises(DrawingError, match="256 to 2048"):
        Sketch(size=size)


@pytest.mark.parametrize("strokes", [5, [(1, 2)], ["stroke"], None])
def test_only_strokes_make_a_sketch(strokes):
    with pytest.raises(DrawingError, match="Stroke"):
        Sketch(strokes)


points = st.lists(st.tuples(st.floats(-900, 1700, width=32), st.floats(-900, 1700, width=32)), min_size=1, max_size=6)
strokes = st.builds(
    Stroke,
    points,
    st.integers(0, 0xFFFFFE).map("#{:06x}".format),
    st.floats(0.5, 40, width=32),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(strokes, max_size=4))
def test_a_drawing_comes_back_from_json_and_from_its_packed_form_to_the_bit(drawn):
    sketch = Sketch(drawn)
    assert Sketch.from_json(sketch.to_json()) == sketch
    assert Sketch.unpacked(sketch.packed()) == sketch


@settings(max_examples=40, deadline=None)
@given(st.lists(strokes, min_size=1, max_size=4))
def test_every_pixel_is_white_or_exactly_a_pen_colour(drawn):
    sketch = Sketch(drawn, (256, 256))
    allowed = {(255, 255, 255)} | {stroke.rgb for stroke in drawn}
    assert {tuple(color) for color in np.unique(sketch.pixels().reshape(-1, 3), axis=0).tolist()} <= allowed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"version":1}',
        '{"version":1,"size":[768,768],"strokes":[{"points":[[1,2]]}]}',
        '{"version":1,"size":[768,768],"strokes":[7]}',
        '{"version":1,"size":[1,1],"strokes":[]}',
        '{"version":1,"size":[768,768],"strokes":[{"color":"#000000","width":6,"points":[[NaN,2]]}]}',
        '{"version":2,"size":[768,768],"strokes":[]}',
        "[" * 100_000,
    ],
)
def test_text_that_is_no_drawing_is_refused(text):
    with pytest.raises(DrawingError):
        Sketch.from_json(text)


@pytest.mark.parametrize("text", ["", "####", "AAAA", Sketch([RED]).packed()[:-20], "é"])
def test_a_packed_drawing_that_is_broken_is_refused(text):
    with pytest.raises(DrawingError):
        Sketch.unpacked(text)


@pytest.mark.parametrize("name", ["drawing.json", "drawing.png"])
def test_a_saved_drawing_opens_as_it_was(tmp_path, name):
    sketch = Sketch([RED, BLUE]).erase([(5, 5)])
    assert Sketch.open(sketch.save(tmp_path / name)) == sketch


def test_a_drawing_that_cannot_be_saved_or_opened_says_so(tmp_path):
    with pytest.raises(DrawingError, match="cannot be written"):
        Sketch([RED]).save(tmp_path / "nowhere" / "drawing.png")
    with pytest.raises(PictureError, match="cannot be read"):
        Sketch.open(tmp_path / "nowhere.json")
    (tmp_path / "other.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DrawingError, match="not a saved sketch"):
        Sketch.open(tmp_path / "other.json")


def test_a_picture_without_strokes_says_so_when_opened_as_a_drawing(tmp_path):
    from PIL import Image

    Image.new("RGB", (300, 300)).save(tmp_path / "photo.png")
    with pytest.raises(DrawingError, match="without strokes"):
        Sketch.open(tmp_path / "photo.png")


def test_a_drawing_shows_itself_as_a_picture_of_its_pixels():
    sketch = Sketch([RED])
    assert (read(sketch._repr_png_()).pixels == sketch.pixels()).all()


def test_a_drawing_is_shown_with_words_for_those_who_do_not_see_it():
    sketch = Sketch([RED, BLUE])
    data, metadata = DisplayFormatter().format(sketch)
    assert (read(b64decode(data["image/png"])).pixels == sketch.pixels()).all()
    assert data["text/plain"] == repr(sketch)
    assert metadata == {"image/png": {"alt": "A drawing; number of strokes: 2"}}


def test_a_drawing_can_be_pickled():
    sketch = Sketch([RED, BLUE])
    assert pickle.loads(pickle.dumps(sketch)) == sketch


def test_undo_and_redo_walk_the_history_both_ways():
    history = History().do(Sketch([RED])).do(Sketch([RED, BLUE]))
    assert history.undo().present == Sketch([RED])
    assert history.undo().undo().present == Sketch()
    assert history.undo().undo().redo().redo() == history


def test_clear_is_one_step_to_undo():
    history = History(Sketch([RED, BLUE]))
    assert history.do(history.present.clear()).undo().present == Sketch([RED, BLUE])


def test_a_new_stroke_forgets_what_was_undone():
    history = History().do(Sketch([RED])).undo().do(Sketch([BLUE]))
    assert not history.can_redo
    assert history.redo() == history


def test_a_change_that_changes_nothing_is_no_step():
    history = History().do(Sketch())
    assert not history.can_undo
    assert history.undo() == history


def test_the_history_keeps_its_newest_steps_only():
    history = History()
    for k in range(STEPS + 20):
        history = history.do(history.present.add(Stroke([(k, k)])))
    assert len(history.past) == STEPS
