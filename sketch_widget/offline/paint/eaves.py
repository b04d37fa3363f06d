"""Eaves: a roof that overhangs its walls ends beside them on both sides, and its ends point away from them.

Neither end alone would close anything in, so both are tried together.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from . import masks
from .enclosure import SMALLEST, Cell, Segment
from .lines import End, Lines

NEAR = 20
"""How far an end may hang beside the ink it belongs to, cells."""
LARGEST = 0.2
"""The greatest share that both gaps may have in the length of the line."""
BULGE = 0.2
"""How far a line leaves the straight way between its ends, at least, in shares of that way: two rails are no roof."""
MOST_TRIED = 12
"""So many lines are tried; each takes some five milliseconds."""


def eaves(lines: Lines, free: set[int], segments: Sequence[Segment]) -> Iterator[tuple[int, Cell]]:
    """Where the two free ends of a line close to the same other ink, as (number of the end, place)."""
    ways = [(segment.way[0], segment.way[-1]) for segment in segments]
    rooms, tried = -1, 0
    pairs: dict[int, list[int]] = {}
    for number in sorted(free):
        end = lines.ends[number]
        pairs.setdefault(int(lines.pieces[end.y, end.x]), []).append(number)
    for piece, numbers in pairs.items():
        if len(numbers) != 2:
            continue
        ends = [lines.ends[number] for number in numbers]
        here, there = (_beside(lines, end, piece) for end in ends)
        if here is None or there is None or lines.pieces[here] != lines.pieces[there]:
            continue
        both = [((end.y, end.x), place) for end, place in zip(ends, (here, there), strict=True)]
        gaps = sum(np.hypot(one[0] - other[0], one[1] - other[1]) for one, other in both)
        if gaps > LARGEST * lines.lengths[piece] or not _bulges(lines, piece, *ends):
            continue
        if tried == MOST_TRIED:
            return
        tried += 1
        rooms = _rooms(lines, ways) if rooms < 0 else rooms
        more = _rooms(lines, [*ways, *both])
        if more <= rooms:
            continue
        rooms, ways = more, [*ways, *both]
        yield from zip(numbers, (here, there), strict=True)


def _bulges(lines: Lines, piece: int, one: End, other: End) -> bool:
    """Whether a line leaves the straight way between its ends."""
    y, x = np.nonzero(lines.pieces == piece)
    down, right = other.y - one.y, other.x - one.x
    far = np.abs((x - one.x) * down - (y - one.y) * right).max()
    return bool(far >= BULGE * (down * down + right * right))


def _beside(lines: Lines, end: End, piece: int) -> Cell | None:
    """The nearest ink of another piece."""
    top, left = max(0, end.y - NEAR), max(0, end.x - NEAR)
    near = lines.pieces[top : end.y + NEAR + 1, left : end.x + NEAR + 1]
    y, x = np.nonzero((near > 0) & (near != piece))
    away = np.hypot(y + top - end.y, x + left - end.x)
    if not len(away) or away.min() > NEAR:
        return None
    nearest = int(away.argmin())
    return int(y[nearest]) + top, int(x[nearest]) + left


def _rooms(lines: Lines, ways: Sequence[tuple[Cell, Cell]]) -> int:
    """How many rooms of some size the lines and some segments shut off from the frame."""
    image = Image.fromarray(lines.ink.astype(np.uint8) * 255)
    pen = ImageDraw.Draw(image)
    for here, there in ways:
        pen.line([here[::-1], there[::-1]], fill=255, width=2)
    labels, count = masks.components(np.asarray(image) < 128)
    rim = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    sizes: npt.NDArray[np.int64] = np.bincount(labels.ravel(), minlength=count + 1)
    return int((np.delete(sizes[1:], rim[rim > 0] - 1) >= SMALLEST).sum())
