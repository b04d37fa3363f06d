"""The contact sheet of a sweep: all its runs as one table of pictures, as one PNG.

It reads what the runs have on disk at that moment; a square whose pictures are not there says why. A prompt in letters
that this machine cannot write is named by its number.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sketch_widget import words
from sketch_widget.drawing.lettering import can_write
from sketch_widget.drawing.picture import read
from sketch_widget.drawing.table_sheet import SIDES, Block, Board, Square, Strip, table_sheet
from sketch_widget.errors import PictureError
from sketch_widget.runs.run import Run
from sketch_widget.runs.table import Table, table_of

ACROSS = 6  # squares of one row where only one parameter varies
WIDE = 3600  # pixels of a sheet that is saved as a file: eight columns of the largest side
ON_DISK = 60_000_000  # bytes of a sheet that is saved as a file: what 256 pictures take at the largest side

Pixels = NDArray[np.uint8]
Writes = Callable[[str], bool]


def sweep_png(axes: Mapping[str, Sequence[Any]], runs: Sequence[Run], lang: str = "auto") -> bytes:
    """Return the sheet of a sweep for a file: its pictures up to 384 pixels wide, in all colours."""
    return table_sheet(board_of(axes, runs, lang), most=ON_DISK, widest=WIDE)


def small_sweep_png(
    axes: Mapping[str, Sequence[Any]], runs: Sequence[Run], lang: str = "auto", mark: str = ""
) -> bytes:
    """Return the sheet of a sweep for a notebook: at most 900 kB and 1400 pixels wide, and marked."""
    return table_sheet(board_of(axes, runs, lang), mark)


def board_of(
    axes: Mapping[str, Sequence[Any]], runs: Sequence[Run], lang: str = "auto", writes: Writes = can_write
) -> Board:
    """Return what stands on a sweep's sheet.

    Args:
        axes: What varies, as in a sweep.
        runs: One a combination, in the order of a sweep's jobs.
        lang: "en", "zh" or "auto"; English where Chinese cannot be written.
        writes: Whether a text can be written with the fonts of this machine.
    """
    lang = lang if writes(words.say("sweep.square.open", lang)) else "en"
    table = table_of(axes, [run.request for run in runs], lang)
    squares = [_square(run, lang) for run in runs]
    numbered = _numbered(table, lang, writes)
    columns = tuple(numbered(column) for column in table.columns)
    blocks = []
    for group in table.groups:
        strips = tuple(
            Strip(numbered(row.heading), tuple(squares[place] for place in row.places)) for row in group.rows
        )
        blocks += folded(Block(numbered(group.heading), columns, strips))
    lines = [line for line in (table.same, made_by(runs[0].service, lang)) if line and writes(line)]
    return Board(table.title, tuple(lines), _drawing(runs[0]), tuple(blocks))


def folded(block: Block) -> list[Block]:
    """Return a block that is one long row without a heading as several that are shorter."""
    (first, *more), count = block.strips, len(block.columns)
    if more or first.heading or count <= ACROSS:
        return [block]
    width = math.ceil(count / math.ceil(count / ACROSS))
    return [
        Block(block.heading, block.columns[at : at + width], (Strip("", first.squares[at : at + width]),))
        for at in range(0, count, width)
    ]


def made_by(service: str, lang: str = "auto") -> str:
    """Return who painted: a model, or the offline preview."""
    own = f"sweep.made.{service}"
    return words.say(own if own in words.TEXTS else "sweep.made", lang)


def _numbered(table: Table, lang: str, writes: Writes) -> Callable[[str], str]:
    """Return a function that puts a number in the place of a heading that cannot be written."""
    rows = [row.heading for group in table.groups for row in group.rows]
    unwritten = [
        text for text in (*table.columns, *(group.heading for group in table.groups), *rows) if not writes(text)
    ]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(unwritten), start=1)}

    def numbered(text: str) -> str:
        number = numbers.get(text)
        return text if number is None else f"{words.say('sweep.axis.prompt', lang)} {number}"

    return numbered


def _square(run: Run, lang: str) -> Square:
    """Return a run's pictures, small; or why there are none."""
    try:
        pictures = tuple(_small(read(path).pixels) for path in run.files)
    except PictureError:
        return Square(text=words.say("sweep.square.gone", lang))
    if pictures:
        return Square(pictures)
    if run.problem is not None:
        return Square(text=run.problem[words.language(lang)])
    return Square(text=words.say("sweep.square.open", lang))


def _small(pixels: Pixels) -> Pixels:
    """Return a picture no larger than any sheet shows it, so that 256 of them fit into memory."""
    size = (SIDES[0], SIDES[0])
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def _drawing(run: Run) -> Pixels | None:
    try:
        return read(run.sketch_file).pixels
    except PictureError:
        return None
