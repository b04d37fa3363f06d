"""A table of pictures with headings across and down, as one PNG.

Pure: from texts and pixels to a file. It refuses to know what the headings mean and why a square has no picture.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sketch_widget.drawing.lettering import LINE, font_for, wrapped
from sketch_widget.drawing.sheet import GAP, INK, PAPER, SAMPLE, smallest

Pixels = NDArray[np.uint8]

SIDES = (384, 320, 256, 224, 192, 160, 128, 96)  # pixels of one picture, tried until the file is small enough
MOST_BYTES = 900_000  # of a sheet inside a notebook: what 64 pictures take at 128 pixels in 256 colours
BETWEEN, INSIDE = 12, 4  # pixels between squares, and between the pictures of one square
MARGIN = 12  # pixels around everything
LABEL = 132  # pixels for the headings of rows
DRAWING = 3 * LINE  # pixels of the drawing beside the title
NARROWEST = 420  # pixels between the margins: the title needs them
WIDEST = 1400  # pixels of a sheet inside a notebook: wider ones are shown so small that nobody reads the headings
EMPTY, QUIET = (240, 240, 240), (96, 96, 96)  # a square without a picture, and the letters in it


@dataclass(frozen=True)
class Square:
    """Pictures, each (H, W, 3) uint8 and square; or a text that says why there are none."""

    pictures: tuple[Pixels, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Strip:
    """A row: its heading, and its squares from the left."""

    heading: str
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Block:
    """Rows below one another: their heading, empty where there is nothing to say, and the headings above squares."""

    heading: str
    columns: tuple[str, ...]
    strips: tuple[Strip, ...]


@dataclass(frozen=True)
class Board:
    """Everything that stands on a sheet.

    Attributes:
        title: The first line.
        lines: What stands below it.
        drawing: (H, W, 3) uint8, beside the title; or None.
        blocks: The rows; all squares of a block are as wide as those of the others.
    """

    title: str
    lines: tuple[str, ...]
    drawing: Pixels | None
    blocks: tuple[Block, ...]

    @property
    def strips(self) -> tuple[Strip, ...]:
        """All rows."""
        return tuple(strip for block in self.blocks for strip in block.strips)

    @property
    def across(self) -> int:
        """How many pictures stand side by side in a square."""
        is_single = all(len(square.pictures) <= 1 for strip in self.strips for square in strip.squares)
        return 1 if is_single else 2


def table_sheet(board: Board, mark: str = "", most: int = MOST_BYTES, widest: int = WIDEST) -> bytes:
    """Return a board as a PNG; its pictures are as large as the limits allow.

    Args:
        board: What stands on it.
        mark: ASCII text that the file carries at its very beginning, to be known again.
        most: Bytes that the file may have. Default 900 000.
        widest: Pixels that it may be wide. Default 1400.
    """
    count = max(sum(len(square.pictures) for strip in board.strips for square in strip.squares), 1)
    few = round(2 * SAMPLE / math.sqrt(count))  # as many pixels to learn the colours from as a sheet of four pictures
    sides = [side for side in SIDES if _places(board, side)[1] <= widest] or SIDES[-1:]
    return smallest(lambda side: _painted(board, side), sides, lambda: _painted(board, min(few, SAMPLE)), mark, most)


def _places(board: Board, side: int) -> tuple[list[int], int]:
    """Return where the squares of a row begin, and how wide the sheet is."""
    left = MARGIN + (LABEL + GAP if any(strip.heading for strip in board.strips) else 0)
    wide = _span(board.across, side)
    places = [left + number * (wide + BETWEEN) for number in range(max(len(block.columns) for block in board.blocks))]
    return places, max(places[-1] + wide, MARGIN + NARROWEST) + MARGIN


def _painted(board: Board, side: int) -> Image.Image:
    """Return the board with pictures of so many pixels."""
    places, width = _places(board, side)
    paper = _Paper(width)
    _write_head(paper, board, width - MARGIN)
    for block in board.blocks:
        if block.heading:
            paper.down(paper.text(block.heading, MARGIN, width - 2 * MARGIN, 2) + GAP // 2)
        heads = zip(places, block.columns, strict=False)  # the last block may have fewer columns
        paper.down(max(paper.text(text, x, _span(board.across, side), 3) for x, text in heads) + GAP // 2)
        for strip in block.strips:
            _fill_row(paper, strip, places, side, board.across)
        paper.down(GAP)
    return paper.finished()


def _write_head(paper: "_Paper", board: Board, right: int) -> None:
    """Put the drawing at the left, and title and lines beside it."""
    indent, height = MARGIN, 0
    if board.drawing is not None:
        paper.picture(board.drawing, MARGIN, DRAWING)
        indent, height = MARGIN + DRAWING + MARGIN, DRAWING
    used = paper.text(board.title, indent, right - indent, 2)
    for line in board.lines:
        used += paper.text(line, indent, right - indent, 2, QUIET, used)
    paper.down(max(used, height) + MARGIN)


def _fill_row(paper: "_Paper", strip: Strip, places: Sequence[int], side: int, across: int) -> None:
    rows = max(math.ceil(len(square.pictures) / across) for square in strip.squares) or 1
    height = _span(rows, side)
    if strip.heading:
        paper.text(strip.heading, MARGIN, LABEL, max(height // LINE, 1))
    for x, square in zip(places, strip.squares, strict=False):
        if not square.pictures:
            paper.empty(square.text, x, _span(across, side), height)
        for index, pixels in enumerate(square.pictures):
            row, column = divmod(index, across)
            paper.picture(pixels, x + column * (side + INSIDE), side, row * (side + INSIDE))
    paper.down(height + BETWEEN)


def _span(count: int, side: int) -> int:
    """Return how many pixels the pictures of one square take in a row or column."""
    return count * side + (count - 1) * INSIDE


class _Paper:
    """White paper that grows downwards: what is put on it begins at the line reached so far."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._y = MARGIN
        self._placed: list[tuple[Image.Image, int, int]] = []

    def down(self, pixels: int) -> None:
        """Go on so many pixels below."""
        self._y += pixels

    def picture(self, pixels: Pixels, x: int, side: int, below: int = 0) -> None:
        """Put a picture here, or so many pixels below."""
        small = Image.fromarray(pixels).resize((side, side), Image.Resampling.LANCZOS)
        self._placed.append((small, x, self._y + below))

    def text(self, text: str, x: int, width: int, most: int, color: tuple[int, int, int] = INK, below: int = 0) -> int:
        """Write a text in at most so many lines; return the pixels that they take."""
        label = _label(wrapped(text, width, most), width, color, PAPER)
        self._placed.append((label, x, self._y + below))
        return label.height

    def empty(self, text: str, x: int, width: int, height: int) -> None:
        """Put a square here that holds a text instead of pictures."""
        inner = width - 2 * GAP
        label = _label(wrapped(text, inner, max(height // LINE, 1)), inner, QUIET, EMPTY)
        self._placed.append((Image.new("RGB", (width, height), EMPTY), x, self._y))
        self._placed.append((label, x + GAP, self._y + (height - label.height) // 2))

    def finished(self) -> Image.Image:
        """Return the paper with everything that was put on it."""
        sheet = Image.new("RGB", (self._width, self._y + MARGIN - BETWEEN - GAP), PAPER)
        for image, x, y in self._placed:
            sheet.paste(image, (x, y))
        return sheet


def _label(lines: Sequence[str], width: int, color: tuple[int, int, int], ground: tuple[int, int, int]) -> Image.Image:
    label = Image.new("RGB", (width, len(lines) * LINE), ground)
    pen = ImageDraw.Draw(label)
    for number, line in enumerate(lines):
        pen.text((0, number * LINE), line, color, font_for(line))
    return label
