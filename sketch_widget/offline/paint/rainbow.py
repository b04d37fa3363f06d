"""Rainbows: nested arcs are bands of colour, open at their feet as people draw them, and under them is the sky.

Arcs that run side by side may be a road, a shell or waves as well. They are looked for only where the words speak of a
rainbow, and then in whatever way they were drawn: each by itself, or all in one line that goes back and forth.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from . import masks
from .bodies import Pieces
from .colour import Lch
from .features import Region
from .lexicon import Words
from .lines import Lines

Bools = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int32]
Cell = tuple[int, int]

LIGHT = (
    Lch(0.64, 0.22, 27),
    Lch(0.76, 0.165, 60),
    Lch(0.90, 0.165, 98),
    Lch(0.74, 0.18, 143),
    Lch(0.67, 0.14, 238),
    Lch(0.50, 0.17, 273),
    Lch(0.60, 0.19, 312),
)
"""Red, orange, yellow, green, blue, indigo, violet: from the outermost band to the innermost."""
_FEWER = {1: (0,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 2, 3, 4), 5: (0, 2, 3, 4, 6), 6: (0, 1, 2, 3, 4, 6)}
"""Which of them are drawn where there are fewer bands than colours."""
SPREAD = 2.2
"""An arc follows the one above it at no more than so many usual distances."""
REACH = 0.15
"""An inner arc reaches to either side at least this share of what the outermost does."""
FARTHEST = 70.0
"""Feet farther apart than this belong to no common band, cells."""
SLENDER = 4.0
"""How many times longer than broad a band is, at least."""
BENT = 0.55
"""The share of its box that a band fills at most: a straight strip fills it."""
ALONG = 2.0
"""A common border longer than so many breadths of a band is at its side, not at its end."""
ROOFED = 0.6
"""What lies under the arcs has them above this share of its width."""


def rainbow_named(words: Words) -> bool:
    """Whether a prompt speaks of a rainbow."""
    return any(mention.entry.name == "rainbow" for mention in words.things)


def spectrum(count: int) -> tuple[Lch, ...]:
    """The colours of so many bands, the outermost first; where there are more than seven, neighbours share one."""
    chosen = _FEWER.get(count) or np.rint(np.linspace(0, len(LIGHT) - 1, count)).astype(int).tolist()
    return tuple(LIGHT[index] for index in chosen)


# Feet -----------------------------------------------------------------------------------------------------------------


def open_feet(lines: Lines) -> tuple[tuple[Cell, Cell], ...]:
    """From foot to foot of arcs that lie one in the other, where nothing joins them: ways as two cells (y, x)."""
    if len(lines.lengths) < 2:
        return ()
    longest = int(np.argmax(lines.lengths))
    middle = (lines.boxes[longest][0] + lines.boxes[longest][2]) // 2
    halves = [masks.components(_half(lines.center, middle, side), diagonal=True)[0] for side in (-1, 1)]
    arcs = _arcs(lines.center, middle, halves)
    ways = []
    for half in halves:
        for upper, lower in pairwise(arcs):
            if half[upper, middle] != half[lower, middle]:
                way = _foot(half, upper, middle), _foot(half, lower, middle)
                if np.hypot(way[0][0] - way[1][0], way[0][1] - way[1][1]) < FARTHEST:
                    ways.append(way)
    return tuple(ways)


def _half(center: Bools, middle: int, side: int) -> Bools:
    half = center.copy()
    half[:, middle + 1 if side < 0 else 0 : None if side < 0 else middle] = False
    return half


def _arcs(center: Bools, middle: int, halves: list[Labels]) -> list[int]:
    """The rows where a column crosses arcs, from the outermost inward."""
    column = np.flatnonzero(center[:, middle])
    rows = column[np.diff(column, prepend=-9) > 3].tolist()
    reach = [[_reach(half, row, middle) for half in halves] for row in rows]
    arcs: list[int] = []
    for row, ways in zip(rows, reach, strict=True):
        apart = np.diff([*arcs, row])
        far = len(apart) > 1 and apart[-1] > SPREAD * np.median(apart[:-1])
        if far or any(way < REACH * outer for way, outer in zip(ways, reach[0], strict=True)):
            break
        arcs.append(row)
    return arcs


def _reach(half: Labels, row: int, middle: int) -> float:
    """How far to the side a line goes from where the column crosses it, cells."""
    return float(np.abs(np.flatnonzero((half == half[row, middle]).any(axis=0)) - middle).max())


def _foot(half: Labels, row: int, middle: int) -> Cell:
    """The place on an arc that is farthest from where the column crosses it."""
    y, x = np.nonzero(half == half[row, middle])
    farthest = int(np.hypot(y - row, x - middle).argmax())
    return int(y[farthest]), int(x[farthest])


# Bands ----------------------------------------------------------------------------------------------------------------


def bands(pieces: Pieces) -> tuple[tuple[int, ...], ...]:
    """The labels of bands that lie one in the other, the outermost first; a band without another is none."""
    arcs = {region.label: region for region in pieces.regions if region.thing and _is_band(region)}
    found = []
    while arcs:
        chain = [arcs.pop(min(arcs, key=lambda label: arcs[label].box[1]))]
        while beside := [
            arcs[label] for label, border in chain[-1].neighbours if label in arcs and _long(border, chain[-1])
        ]:
            chain.append(arcs.pop(min(beside, key=lambda region: region.box[1]).label))
        if len(chain) > 1:
            found.append(tuple(region.label for region in chain))
    return tuple(found)


def _is_band(region: Region) -> bool:
    left, top, right, bottom = region.box
    broad = 2 * region.half_width
    return region.area > SLENDER * broad * broad and region.area < BENT * (right - left + 1) * (bottom - top + 1)


def _long(border: int, band: Region) -> bool:
    """Whether a common border is about as long as the band itself."""
    return border > 0.5 * band.area / (2 * band.half_width)


def sky_beneath(labels: Labels, pieces: Pieces) -> frozenset[int]:
    """The labels of the regions that are no things but the sky under a rainbow.

    Args:
        labels: `(384, 384) int32`, the regions.
        pieces: What they measure.
    """
    arcs = {label for chain in bands(pieces) for label in chain}
    below, above = labels[1:], labels[:-1]
    found = set()
    for region in pieces.regions if arcs else ():
        if region.paper or region.label in arcs or not _lies_along(region, arcs, pieces):
            continue
        roof = above[(below == region.label) & (above != region.label)]
        if np.isin(roof, list(arcs)).mean() > ROOFED:
            found.add(region.label)
    return frozenset(found)


def _lies_along(region: Region, arcs: set[int], pieces: Pieces) -> bool:
    """Whether a region touches a band along its side: at its end there may be a cloud."""
    return any(
        label in arcs and border > ALONG * 2 * pieces.regions[label - 1].half_width
        for label, border in region.neighbours
    )
