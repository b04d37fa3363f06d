"""The lines of a drawing on the grid: their middle, their width, their pieces, and where they end."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import masks

Bools = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int32]

WALK = 130
"""How far a line is followed inward from its end, cells."""
TANGENT = 11
"""Over how many cells its direction at the end is taken."""
SPUR = 7
"""A tip that meets a junction sooner is a cusp or an overshoot, not an end: else corners of hearts would be tied."""
BROADEST = 8.0
"""Half the width of the broadest pen, cells; what is thicker was painted, not drawn."""


@dataclass(frozen=True, eq=False)
class End:
    """Where a line stops."""

    y: int
    x: int
    down: float
    """The unit vector (right, down) points on, out of the line; (0, 0) when the line is too short to tell."""
    right: float
    branch: float
    """Length of the line from here to its first junction, cells."""
    path: npt.NDArray[np.int64]
    """`(N, 2)`: the cells (y, x) from here inward, at most 130."""


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of one drawing."""

    ink: Bools
    """`(384, 384) bool`."""
    center: Bools
    """`(384, 384) bool`: the ink thinned to one cell."""
    half_width: float
    """Half the usual width, cells."""
    solid: Bools
    """`(384, 384) bool`: ink too thick to be a line: scribbled full or painted with a broad pen."""
    pieces: Labels
    """`(384, 384) int32`: connected pieces of ink, from 1."""
    lengths: tuple[float, ...]
    """Length of each piece's middle, cells, by piece number; the first entry, for 0, is 0."""
    boxes: tuple[tuple[int, int, int, int], ...]
    """(left, top, right, bottom) of each piece, cells, by piece number; the first entry is the whole drawing's."""
    ends: tuple[End, ...]


def trace(ink: Bools) -> Lines:
    """Measure the lines of a drawing, `(384, 384) bool`."""
    center = masks.thinned(ink)
    pieces, count = masks.components(ink, diagonal=True)
    lengths = np.bincount(pieces[center], minlength=count + 1).astype(float)
    half_width, solid = _thickness(ink, center)
    lengths[0] = 0
    ends = _ends(center, lengths, pieces)
    return Lines(ink, center, half_width, solid, pieces, tuple(lengths.tolist()), boxes(pieces, count), ends)


def boxes(labels: Labels, count: int) -> tuple[tuple[int, int, int, int], ...]:
    """(left, top, right, bottom) of each label, the last ones included; first, under 0, of all labels together.

    A label without cells has the box (width, height, -1, -1).
    """
    height, width = labels.shape
    found = np.empty((count + 1, 4), np.int64)
    found[:] = (width, height, -1, -1)
    y, x = np.nonzero(labels)
    label = labels[y, x]
    for column, values, extreme in ((0, x, np.minimum), (1, y, np.minimum), (2, x, np.maximum), (3, y, np.maximum)):
        extreme.at(found[:, column], label, values)
    if len(y):
        found[0] = (x.min(), y.min(), x.max(), y.max())
    return tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in found)


def _thickness(ink: Bools, center: Bools) -> tuple[float, Bools]:
    """Half the usual width of the lines, and the ink that is far thicker than that."""
    if not center.any():
        return 2.0, np.zeros_like(ink)
    depth = masks.distance(~ink, 24)
    half_width = min(BROADEST, float(np.percentile(depth[center], 40)))
    # Scaled with the pen, or every crossing of a broad pen would be a thing of its own.
    limit = max(4.5, 2.2 * half_width)
    if depth.max() <= limit:
        return half_width, np.zeros_like(ink)
    return half_width, masks.grown(depth > limit, limit + 1) & ink


def _ends(center: Bools, lengths: npt.NDArray[np.float64], pieces: Labels) -> tuple[End, ...]:
    """All ends of the thinned lines, in reading order."""
    neighbours, leaving = masks.neighbour_counts(center)
    found = []
    for y, x in np.argwhere(center & (neighbours == 1)).tolist():
        path, junction = _walk(center, leaving, y, x)
        if junction and len(path) < SPUR:
            continue
        cells = np.array(path)
        down = right = 0.0
        if len(cells) >= 3:
            back = cells[0] - cells[: TANGENT + 1][-1]
            norm = math.hypot(*back) or 1.0
            down, right = float(back[0] / norm), float(back[1] / norm)
        branch = float(len(cells)) if len(cells) < WALK else max(WALK, 0.8 * float(lengths[pieces[y, x]]))
        found.append(End(y, x, down, right, branch, cells))
    return tuple(found)


def _walk(center: Bools, leaving: npt.NDArray[np.uint8], y: int, x: int) -> tuple[list[tuple[int, int]], bool]:
    """Follow a thinned line inward to a junction, its other end, or as far as one walks: (cells, met a junction)."""
    height, width = center.shape
    path = [(y, x)]
    seen = {(y, x)}
    while len(path) < WALK:
        ahead = [
            (v, u)
            for v in range(max(0, y - 1), min(height, y + 2))
            for u in range(max(0, x - 1), min(width, x + 2))
            if center[v, u] and (v, u) not in seen
        ]
        if not ahead:
            break
        if len(path) > 1 and (leaving[y, x] >= 3 or len(ahead) > 2):
            return path, True
        seen.update(ahead)
        here = (y, x)
        # Straight neighbours before diagonal ones: thinned lines keep some cells beside the way.
        y, x = min(ahead, key=lambda cell: abs(cell[0] - here[0]) + abs(cell[1] - here[1]))
        path.append((y, x))
    return path, False
