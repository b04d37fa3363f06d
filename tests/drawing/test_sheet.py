"""Contact sheets: small enough, marked at a known place, with the caption in letters that exist."""

import numpy as np
import pytest

from sketch_widget.drawing.lettering import LINE
from sketch_widget.drawing.picture import read
from sketch_widget.drawing.sheet import GAP, SIDES, marked_blank, sheet

RED = np.full((768, 768, 3), (200, 30, 30), np.uint8)
BLUE = np.full((768, 768, 3), (30, 30, 200), np.uint8)
NOISE = np.random.default_rng(7).integers(0, 256, (768, 768, 3), np.uint8)


@pytest.mark.parametrize(("count", "columns", "rows"), [(1, 1, 1), (2, 2, 1), (3, 2, 2), (4, 2, 2)])
def test_pictures_stand_in_rows_of_two_with_the_caption_below(count, columns, rows):
    side = SIDES[0]
    shown = read(sheet([RED] * count, ["a tree", "Watercolor"])).pixels
    assert shown.shape == (rows * (side + GAP) + 2 * LINE, columns * (side + GAP) - GAP, 3)


def test_pictures_keep_their_order_and_colours():
    shown = read(sheet([RED, BLUE], [])).pixels
    assert tuple(shown[10, 10]) == (200, 30, 30)
    assert tuple(shown[10, -10]) == (30, 30, 200)


def test_the_caption_is_dark_on_white():
    shown = read(sheet([RED], ["a tree"])).pixels[SIDES[0] + GAP :]
    assert shown.min() < 80
    assert (shown == 255).mean() > 0.5


def test_even_noise_becomes_a_file_within_the_limit():
    assert len(sheet([NOISE] * 4, ["a"], most=60_000)) <= 60_000


def test_soft_shades_keep_their_mean_colours_where_a_palette_stands_for_all():
    shade = np.broadcast_to(np.linspace(60, 200, 768)[:, None], (768, 768))
    soft = (np.dstack([shade, shade[::-1], shade.T]) + NOISE % 12).astype(np.uint8)
    exact, small = (read(sheet([soft], [], most=most)).pixels for most in (10**7, 180_000))
    assert small.shape == exact.shape
    assert (small != exact).any()
    off = (small.astype(float) - exact)[:448, :448].reshape(56, 8, 56, 8, 3).mean(axis=(1, 3))
    assert np.abs(off).mean() < 1


def test_the_paper_below_the_pictures_is_white_in_a_palette_too():
    shown = read(sheet([NOISE], ["a tree"], most=250_000)).pixels
    assert (shown[-LINE:] == 255).all(axis=2).mean() > 0.8


def test_a_long_caption_ends_within_the_sheet():
    shown = read(sheet([RED], ["word " * 200])).pixels
    assert shown.shape[1] == SIDES[0]
    assert (shown[:, -2:][SIDES[0] :] == 255).all()


def test_the_mark_stands_at_the_files_beginning_whatever_the_picture_is():
    for data in (sheet([RED], [], mark="mine"), sheet([NOISE] * 3, ["b"], mark="mine"), marked_blank("mine")):
        assert data[33:50] == b"\0\0\0\x09tEXtmark\0mine"
