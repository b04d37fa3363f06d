"""What a stroke takes and what it refuses."""

import numpy as np
import pytest

from sketch_widget.drawing.stroke import Stroke, rgb
from sketch_widget.errors import DrawingError, SketchWidgetError


def test_points_are_kept_as_read_only_float32():
    stroke = Stroke([(1, 2), (3.5, 4)])
    assert stroke.points.dtype == np.float32
    assert stroke.points.tolist() == [[1, 2], [3.5, 4]]
    with pytest.raises(ValueError, match="read-only"):
        stroke.points[0, 0] = 9


def test_changing_the_callers_array_afterwards_changes_no_stroke():
    points = np.zeros((2, 2), np.float32)
    stroke = Stroke(points)
    points[:] = 7
    assert stroke.points.tolist() == [[0, 0], [0, 0]]


def test_a_single_point_may_be_given_without_a_list():
    assert Stroke((4, 5)).points.tolist() == [[4, 5]]


def test_colours_are_kept_in_lower_case():
    assert Stroke([(1, 1)], "#7B7B7B").color == "#7b7b7b"
    assert rgb("#7B7b7B") == (123, 123, 123)


def test_an_eraser_is_white_whatever_colour_it_was_given():
    assert Stroke([(1, 1)], "#ff0000", eraser=True).color == "#ffffff"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"points": []}, "at least one"),
        ({"points": [(1, 2, 3)]}, "(N, 2)"),
        ({"points": "abc"}, "(N, 2)"),
        ({"points": [(1, 2), (3,)]}, "(N, 2)"),
        ({"points": None}, "(N, 2)"),
        ({"points": [(0, 0), (float("nan"), 1)]}, "Point 1"),
        ({"points": [(float("inf"), 0)]}, "Point 0"),
        ({"points": [(0, 0), (0, 0), (100_001, 0)]}, "Point 2"),
        ({"points": [(0, 0)], "color": "red"}, "#rrggbb"),
        ({"points": [(0, 0)], "color": "#12345"}, "#rrggbb"),
        ({"points": [(0, 0)], "color": None}, "#rrggbb"),
        ({"points": [(0, 0)], "color": "#FFFFFF"}, "eraser"),
        ({"points": [(0, 0)], "width": 0}, "768"),
        ({"points": [(0, 0)], "width": -3}, "-3"),
        ({"points": [(0, 0)], "width": float("nan")}, "nan"),
        ({"points": [(0, 0)], "width": "6"}, "'6'"),
        ({"points": [(0, 0)], "width": True}, "True"),
        ({"points": np.zeros((200_001, 2))}, "200001"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_value_and_what_is_allowed(arguments, says):
    with pytest.raises(DrawingError) as refused:
        Stroke(**arguments)
    assert says in str(refused.value)
    assert isinstance(refused.value, ValueError)
    assert isinstance(refused.value, SketchWidgetError)


def test_a_refusal_speaks_chinese_too():
    with pytest.raises(DrawingError) as refused:
        Stroke([(0, 0)], "#ffffff")
    assert "橡皮" in refused.value.text("zh")


def test_strokes_are_equal_when_they_draw_the_same():
    assert Stroke([(1, 2)], "#00FF00", 3) == Stroke(np.array([[1, 2]], np.float64), "#00ff00", 3.0)
    assert Stroke([(1, 2)]) != Stroke([(1, 2)], width=7)
    assert hash(Stroke([(1, 2)])) == hash(Stroke([(1, 2)]))
