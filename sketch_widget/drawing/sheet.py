"""A contact sheet: pictures side by side with a caption below, as one small PNG.

A notebook keeps its outputs as text, so a sheet is made to fit into a given number of bytes. It refuses to be exact:
its pictures are smaller, and where full colour takes too many bytes, 256 colours stand for all. The exact ones are the
files of the run. Pillow's pens are imported where they are used: most who import the package never write a sheet.
"""

import io
import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sketch_widget.drawing.lettering import LINE, fitted, font_for

Pixels = NDArray[np.uint8]

MOST_BYTES = 300_000
SIDES = (448, 384, 320, 256, 192, 128)  # pixels of one picture, tried until the file is small enough
COLORS = 256  # of a palette: as many as one byte tells apart
SAMPLE = 192  # pixels of a picture from which the palette is taken; larger ones give the same one more slowly
UNSETTLED = 50  # k-means goes on while more than one pixel in so many changes; without it, rare colours are lost
GAP = 8  # pixels between pictures
INK, PAPER = (38, 38, 38), (255, 255, 255)


def sheet(pictures: Sequence[Pixels], caption: Sequence[str], mark: str = "", most: int = MOST_BYTES) -> bytes:
    """Return a PNG with the pictures in rows of at most two, and one line of text below for each line of the caption.

    Args:
        pictures: At least one, each (H, W, 3) uint8 and square.
        caption: Lines of text; one that is too long ends in "…".
        mark: ASCII text that the file carries at its very beginning, to be known again.
        most: Bytes that the file may have. Default 300 000.
    """
    return smallest(
        lambda side: _laid_out(pictures, caption, side), SIDES, lambda: _laid_out(pictures, [], SAMPLE), mark, most
    )


def smallest(
    board_of: Callable[[int], Image.Image],
    sides: Sequence[int],
    sample: Callable[[], Image.Image],
    mark: str,
    most: int,
) -> bytes:
    """Return the first board whose PNG has at most so many bytes, in all colours or in 256; else the last one.

    Args:
        board_of: Makes the board whose pictures have a side of so many pixels.
        sides: What is tried, the largest first.
        sample: Makes a board from which the 256 colours are taken; asked for only where they are needed.
        mark: ASCII text that the file carries at its very beginning.
        most: Bytes that the file may have.
    """
    palette, data = None, b""
    for side in sides:
        board = board_of(side)
        data = _png(board, mark)
        if len(data) <= most:
            break
        palette = palette or _palette(sample())
        data = _png(_dotted(board, palette), mark)
        if len(data) <= most:
            break
    return data


def marked_blank(mark: str) -> bytes:
    """Return a PNG of one white pixel that carries the mark, to keep a place."""
    return _png(Image.new("RGB", (1, 1), PAPER), mark)


def _laid_out(pictures: Sequence[Pixels], caption: Sequence[str], side: int) -> Image.Image:
    from PIL import ImageDraw

    columns = min(len(pictures), 2)
    rows = math.ceil(len(pictures) / columns)
    width = columns * side + (columns - 1) * GAP
    top = rows * side + rows * GAP
    board = Image.new("RGB", (width, top + len(caption) * LINE), PAPER)
    for index, pixels in enumerate(pictures):
        row, column = divmod(index, columns)
        small = Image.fromarray(pixels).resize((side, side), Image.Resampling.LANCZOS)
        board.paste(small, (column * (side + GAP), row * (side + GAP)))
    pen = ImageDraw.Draw(board)
    for number, line in enumerate(caption):
        pen.text((2, top + number * LINE), fitted(line, width - 4), INK, font_for(line))
    return board


def _palette(board: Image.Image) -> Image.Image:
    """Return a picture whose palette is the board's most telling colours and, as its last, the paper's white."""
    settled = board.width * board.height // UNSETTLED
    few = board.quantize(COLORS - 1, Image.Quantize.MEDIANCUT, kmeans=settled).getpalette() or []
    carrier = Image.new("P", (1, 1))
    carrier.putpalette([*few, *PAPER * COLORS][: 3 * COLORS])
    return carrier


def _dotted(board: Image.Image, palette: Image.Image) -> Image.Image:
    """Return the board in a palette's colours, mixed as dots: flat ones would show as steps in every soft shade."""
    few = board.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
    # White is looked up no finer than in steps of 8, and would come back grey where such a colour stands beside it.
    few.paste(COLORS - 1, mask=Image.fromarray((np.asarray(board) == PAPER).all(axis=2)))
    return few


def _png(board: Image.Image, mark: str) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    if mark:
        info.add_text("mark", mark)
    out = io.BytesIO()
    board.save(out, "PNG", pnginfo=info)
    return out.getvalue()
