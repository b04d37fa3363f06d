"""Exact pixels: the rule of `drawing/raster.py`, seen in small matrices and against a plain reading of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sketch_widget.drawing.raster import footprint, paint, stroke_mask
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke

SIZE = (256, 256)


def corner(points: list[tuple[float, float]], width: float, side: int = 6) -> list[str]:
    """Return the upper left pixels of a stroke as rows of '#' and '.'."""
    mask = stroke_mask(Stroke(points).points, width, (side, side))
    return ["".join("#" if ink else "." for ink in row) for row in mask]


def test_a_dot_of_width_one_is_the_pixel_it_lies_in():
    assert corner([(2.9, 1.1)], 1, side=4) == ["....", "..#.", "....", "...."]


def test_a_pen_thinner_than_a_pixel_draws_as_one_pixel():
    assert corner([(0.5, 2.5), (5.5, 2.5)], 0.2) == corner([(0.5, 2.5), (5.5, 2.5)], 1)


def test_a_dot_of_width_four_is_a_round_of_twelve_pixels():
    assert corner([(3, 3)], 4) == ["......", "..##..", ".####.", ".####.", "..##..", "......"]


def test_a_level_line_of_width_two_covers_two_rows_and_its_round_ends():
    assert corner([(2, 3), (4, 3)], 2) == ["......", "......", ".####.", ".####.", "......", "......"]


def test_a_pixel_whose_centre_lies_exactly_on_the_border_is_ink():
    assert corner([(0.5, 0.5), (5.5, 0.5)], 4)[:4] == ["######", "######", "######", "......"]


def test_a_slanted_line_of_width_one_has_no_gap():
    mask = stroke_mask(Stroke([(0.5, 0.5), (5.5, 3.5)]).points, 1, (6, 6))
    assert mask.any(axis=0).all()


def test_the_part_of_a_stroke_outside_the_pad_is_cut_off():
    assert corner([(-3.5, 1.5), (1.5, 1.5)], 1, side=3) == ["...", "##.", "..."]


def test_a_stroke_wholly_outside_has_an_empty_footprint():
    patch = footprint(Stroke([(-50, -50), (-60, -50)], width=4), SIZE)
    assert patch.mask.shape == (0, 0)


def test_later_strokes_cover_earlier_ones_with_exactly_their_colour():
    pixels = Sketch(
        [Stroke([(1, 128), (255, 128)], "#010203", 4), Stroke([(128, 1), (128, 255)], "#fefefe", 2)], SIZE
    ).pixels()
    assert pixels[128, 20].tolist() == [1, 2, 3]
    assert pixels[128, 128].tolist() == [254, 254, 254]
    assert {tuple(color) for color in np.unique(pixels.reshape(-1, 3), axis=0).tolist()} == {
        (1, 2, 3),
        (254, 254, 254),
        (255, 255, 255),
    }


def test_the_eraser_puts_the_paper_back():
    drawn = Sketch([Stroke([(10, 10), (200, 200)], width=12)], SIZE)
    erased = drawn.erase([(0, 0), (255, 255)], width=40)
    assert not drawn.is_empty
    assert erased.is_empty


def test_the_second_look_at_a_footprint_is_the_same_as_the_first():
    stroke = Stroke([(3.3, 7.7), (90.1, 55.5), (17, 200)], width=9)
    first, second = footprint(stroke, SIZE), footprint(stroke, SIZE)
    assert (first.x, first.y) == (second.x, second.y)
    assert (first.mask == second.mask).all()


def test_painting_says_which_box_it_changed():
    pixels = np.full((256, 256, 3), 255, np.uint8)
    patch = paint(pixels, Stroke([(100, 60)], "#ff0000", 4))
    assert (patch.x, patch.y, patch.mask.shape) == (98, 58, (4, 4))
    assert int((pixels[..., 1] == 0).sum()) == int(patch.mask.sum()) == 12


def plain_reading(points: np.ndarray, width: float, size: tuple[int, int]) -> np.ndarray:
    """Apply the rule to every pixel of the pad and every segment, one segment at a time."""
    line = points.astype(np.float64)
    x = np.arange(size[0]) + 0.5
    y = (np.arange(size[1]) + 0.5)[:, None]
    radius = max(width, 1.0) / 2
    mask = np.zeros((size[1], size[0]), bool)
    ends = line[1:] if len(line) > 1 else line
    for (x0, y0), (x1, y1) in zip(line, ends, strict=False):
        dx, dy = x1 - x0, y1 - y0
        length2 = dx * dx + dy * dy
        px, py = x - x0, y - y0
        t = np.clip((px * dx + py * dy) / length2, 0, 1) if length2 else 0.0
        u, v = px - t * dx, py - t * dy
        mask |= u * u + v * v <= radius * radius
    for i, j in np.floor(line).astype(int):
        if 0 <= i < size[0] and 0 <= j < size[1]:
            mask[j, i] = True
    return mask


coordinates = st.one_of(
    st.floats(-80, 340, width=32),
    st.integers(-2, 260).map(lambda k: k / 2),
    st.sampled_from([0.0, 255.0, 256.0, 1e-30, -1e-30, 128.49999]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=7), st.integers(1, 40))
def test_the_runs_give_the_same_pixels_as_the_rule_read_plainly(points, width):
    stroke = Stroke(points, width=width)
    assert (stroke_mask(stroke.points, width, SIZE) == plain_reading(stroke.points, width, SIZE)).all()


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.floats(0, 255.875, width=32), st.floats(0, 255.875, width=32)), st.floats(0.01, 40))
def test_a_stroke_inside_the_pad_is_never_empty(point, width):
    assert footprint(Stroke([point], width=width), SIZE).mask.any()


@pytest.mark.parametrize("count", [100_000])
def test_a_stroke_of_a_hundred_thousand_points_is_drawn_like_any_other(count):
    turn = np.linspace(0, 400 * np.pi, count)
    points = np.stack([128 + turn / 12 * np.cos(turn), 128 + turn / 12 * np.sin(turn)], 1)
    whole = stroke_mask(Stroke(points).points, 3, SIZE)
    halves = stroke_mask(Stroke(points[:50_001]).points, 3, SIZE) | stroke_mask(Stroke(points[50_000:]).points, 3, SIZE)
    assert (whole == halves).all()
