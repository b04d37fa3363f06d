"""Exact colours read from pixels, and what the service takes as ink."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from sketch_widget.drawing.inks import Inks, inks_of, over_white, two_tone
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.errors import PictureError

W, K, R = (255, 255, 255), (0, 0, 0), (200, 0, 0)


def picture(*rows) -> np.ndarray:
    return np.array(rows, np.uint8)


def test_the_inks_of_a_drawing_are_its_exact_colours_most_pixels_first():
    assert inks_of(picture([W, K, R], [R, R, W])) == [R, K]
    assert inks_of(picture([W, K, R], [R, R, W])).counts == (3, 1)


def test_neighbouring_colours_that_differ_by_one_are_two_inks():
    assert inks_of(picture([(134, 134, 134), (134, 134, 134), (135, 135, 135)])) == [(134, 134, 134), (135, 135, 135)]


def test_equal_counts_come_in_the_order_of_the_colours_number():
    assert inks_of(picture([(0, 2, 0), (0, 1, 0), (1, 0, 0)])) == [(0, 1, 0), (0, 2, 0), (1, 0, 0)]


def test_white_paper_has_no_inks():
    inks = inks_of(np.full((4, 4, 3), 255, np.uint8))
    assert inks == []
    assert inks.exact


def test_one_colour_is_no_plural():
    assert inks_of(picture([K, K, W])).report("en") == "All 2 ink pixels are exact, in one colour."
    assert inks_of(picture([K, R, W])).report("en") == "All 2 ink pixels are exact, in 2 colours."
    assert inks_of(picture([K, K, W])).report("zh") == "全部 2 个笔迹像素都是精确颜色，只有一种。"


def test_transparent_pixels_are_paper_and_half_transparent_ones_lie_on_white():
    assert inks_of(picture([(9, 9, 9, 0), (1, 2, 3, 255), (0, 0, 0, 51)])) == [(1, 2, 3), (204, 204, 204)]


def test_an_array_that_is_a_view_with_steps_is_read_as_it_looks():
    pixels = picture([K, R, K, W], [R, R, R, R])
    assert inks_of(pixels[:, ::-2]) == inks_of(pixels[:, ::-2].copy())


def test_a_photograph_gets_a_report_and_no_list_of_thousands():
    noise = np.random.default_rng(5).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    inks = inks_of(noise)
    assert not inks.exact
    assert len(inks) == 0
    assert inks.blended_pixels == inks.ink_pixels == 4096
    assert "100 %" in inks.report("en")
    assert "sketch_extraction" in repr(inks)


def test_an_antialiased_line_lists_its_ink_and_says_how_much_is_blended():
    pixels = np.full((40, 100, 3), 255, np.uint8)
    pixels[10:20] = 0
    pixels[20] = np.repeat(np.linspace(0, 254, 100).astype(np.uint8)[:, None], 3, 1)
    inks = inks_of(pixels)
    assert inks == [K]
    assert inks.blended_pixels == 99
    assert inks.blended_colors == 99
    assert "9 %" in inks.report("en")
    assert "99" in inks.report("zh")


@settings(max_examples=120, deadline=None)
@given(
    arrays(
        np.uint8,
        st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from([3, 4])),
        elements=st.sampled_from([0, 1, 254, 255]),
    )
)
def test_the_runs_count_what_counting_every_pixel_counts(pixels):
    colors, counts = np.unique(over_white(pixels).reshape(-1, 3), axis=0, return_counts=True)
    expected = {tuple(c): n for c, n in zip(colors.tolist(), counts.tolist(), strict=True) if tuple(c) != W}
    inks = inks_of(pixels, pens=expected)
    assert dict(zip(inks, inks.counts, strict=True)) == expected
    assert list(inks.counts) == sorted(inks.counts, reverse=True)


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [[[0, 0, 0]]],
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 2), np.uint8),
        np.zeros((4, 4, 3)),
        np.zeros((0, 4, 3), np.uint8),
    ],
)
def test_what_is_no_picture_array_is_refused(wrong):
    with pytest.raises(PictureError, match="uint8"):
        inks_of(wrong)
    with pytest.raises(PictureError, match="uint8"):
        two_tone(wrong)


def test_only_exactly_the_listed_colours_are_ink():
    pixels = picture([(134, 134, 134), (135, 135, 135), K, W])
    assert two_tone(pixels, [(134, 134, 134), K]).tolist() == [[True, False, True, False]]


def test_without_colours_dark_is_ink_and_light_is_paper():
    assert two_tone(picture([K, (199, 199, 199), (200, 200, 200), W, (255, 255, 0)])).tolist() == [
        [True, True, False, False, False]
    ]


def grey(level: int) -> str:
    return f"#{level:02x}{level:02x}{level:02x}"


def smoothed(width: int, pen: int) -> np.ndarray:
    """Return a slanted line with the edges that shrinking a large picture gives it."""
    large = Sketch([Stroke([(300, 1500), (1100, 400), (1900, 1300)], grey(pen), width * 4)], (2048, 2048))
    return np.array(Image.fromarray(large.pixels()).resize((512, 512), Image.Resampling.BOX))


@pytest.mark.parametrize(("width", "pen"), [(3, 0), (4, 123), (12, 60), (30, 123)])
def test_the_edges_of_a_smoothed_line_are_reported_and_only_its_pen_is_listed(width, pen):
    inks = inks_of(smoothed(width, pen))
    assert inks == [(pen, pen, pen)]
    assert inks.blended_colors >= 10
    assert not inks.exact


def test_three_grey_pens_of_one_pixel_beside_a_black_one_are_four_inks():
    strokes = [Stroke([(20, 20 + 30 * k), (200, 60 + 30 * k)], grey(60 * k), 1 if k else 8) for k in range(4)]
    inks = inks_of(Sketch(strokes, (256, 256)).pixels())
    assert len(inks) == 4
    assert inks.exact


def test_many_broad_pens_on_one_grey_scale_are_all_inks():
    strokes = [Stroke([(10, 10 + 12 * k), (200, 10 + 12 * k)], grey(9 * k), 5) for k in range(20)]
    inks = inks_of(Sketch(strokes, (256, 256)).pixels())
    assert len(inks) == 20
    assert inks.exact


def test_colours_known_to_be_pens_are_never_taken_for_mixtures():
    strokes = [Stroke([(10, 10 + 12 * k), (200, 30 + 12 * k)], grey(12 * k), 1) for k in range(18)]
    assert len(Sketch(strokes, (256, 256)).inks()) == 18


def test_inks_can_be_pickled_and_are_a_plain_list_to_others():
    inks = inks_of(picture([K, R, R]))
    back = pickle.loads(pickle.dumps(inks))
    assert isinstance(back, Inks)
    assert back == [R, K]
    assert back.counts == inks.counts
