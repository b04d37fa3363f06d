"""A table of pictures as one PNG: each in its place, headings around them, within its limits."""

import numpy as np
import pytest

from sketch_widget.drawing.picture import read
from sketch_widget.drawing.table_sheet import MARGIN, NARROWEST, SIDES, Block, Board, Square, Strip, table_sheet


def plain(*color: int) -> np.ndarray:
    return np.full((64, 64, 3), color, np.uint8)


RED, GREEN, BLUE = plain(200, 30, 30), plain(30, 160, 30), plain(30, 30, 200)
NOISE = np.random.default_rng(7).integers(0, 256, (384, 384, 3), np.uint8)


def board(*rows: tuple[Square, ...], headings: tuple[str, ...] = (), drawing=None) -> Board:
    names = headings or ("",) * len(rows)
    strips = tuple(Strip(name, row) for name, row in zip(names, rows, strict=True))
    columns = tuple(f"column {number}" for number in range(len(rows[0])))
    return Board("a title", ("a line",), drawing, (Block("", columns, strips),))


def one(*pictures: np.ndarray) -> Square:
    return Square(pictures)


def boxes(pixels: np.ndarray, picture: np.ndarray) -> tuple[int, int, int, int]:
    """Return where a colour stands: left, top, right, bottom."""
    y, x = np.nonzero((pixels == picture[0, 0]).all(axis=2))
    return int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1


def test_pictures_stand_in_rows_and_columns_as_large_as_may_be():
    shown = read(table_sheet(board((one(RED), one(GREEN)), (one(BLUE), one())))).pixels
    red, green, blue = (boxes(shown, picture) for picture in (RED, GREEN, BLUE))
    assert red[2] - red[0] == red[3] - red[1] == SIDES[0]
    assert (green[1], blue[0]) == (red[1], red[0])
    assert green[0] > red[2]
    assert blue[1] > red[3]
    assert red[0] == MARGIN


def test_headings_of_rows_have_their_place_at_the_left():
    bare = read(table_sheet(board((one(RED),), (one(BLUE),)))).pixels
    named = read(table_sheet(board((one(RED),), (one(BLUE),), headings=("above", "below")))).pixels
    assert boxes(named, RED)[0] > boxes(bare, RED)[0]
    left, top, _, bottom = boxes(named, BLUE)
    assert named[top:bottom, :left].min() < 100
    assert (bare[top:bottom, : boxes(bare, BLUE)[0]] == 255).all()


def test_several_pictures_of_a_square_stand_two_beside_each_other():
    shown = read(table_sheet(board((one(RED, GREEN, BLUE), one())))).pixels
    red, green, blue = (boxes(shown, picture) for picture in (RED, GREEN, BLUE))
    assert green[1] == red[1]
    assert blue[0] == red[0]
    assert 0 < green[0] - red[2] < 8


def test_a_square_without_pictures_is_grey_and_says_why():
    shown = read(table_sheet(board((one(RED), Square(text="Not there yet"))))).pixels
    left, top, right, bottom = boxes(shown, RED)
    square = shown[top:bottom, right + 12 : right + 12 + (right - left)]
    assert tuple(square[0, 0]) == (240, 240, 240)
    assert square.min() < 150


def test_the_drawing_stands_beside_the_title_and_the_title_has_room():
    shown = read(table_sheet(board((one(RED),), drawing=GREEN))).pixels
    assert boxes(shown, GREEN)[:2] == (MARGIN, MARGIN)
    assert shown.shape[1] == NARROWEST + 2 * MARGIN


def test_a_wide_table_has_smaller_pictures_and_a_heavy_one_stays_within_its_bytes():
    wide = read(table_sheet(board((one(RED), *(one(GREEN) for _ in range(7)))))).pixels
    assert wide.shape[1] <= 1400
    left, _, right, _ = boxes(wide, RED)
    assert right - left == 160
    assert len(table_sheet(board((one(NOISE),) * 4), most=90_000)) <= 90_000


@pytest.mark.parametrize("mark", ["mine", ""])
def test_the_mark_stands_at_the_files_beginning(mark):
    assert (table_sheet(board((one(RED),)), mark)[33:50] == b"\0\0\0\x09tEXtmark\0mine") == bool(mark)


def test_blocks_have_their_own_headings_and_may_have_fewer_columns():
    first, last = board((one(RED), one(GREEN))).blocks[0], board((one(BLUE),)).blocks[0]
    shown = read(table_sheet(Board("a title", (), None, (first, last)))).pixels
    assert boxes(shown, BLUE)[0] == boxes(shown, RED)[0]
    assert boxes(shown, BLUE)[1] - boxes(shown, RED)[3] > 22
