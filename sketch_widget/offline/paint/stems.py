"""Stems: where one outline holds both a crown and its trunk, the narrow foot becomes a region of its own.

Nobody lifts the pen between crown and trunk, and the eye parts them all the same. A drawing of anything else could have
such a foot as well, so stems are looked for only when the words speak of something that stands on one.
"""

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int32]

NARROW = 0.5
"""A stem is nowhere wider than this share of the widest row above it."""
STRAIGHT = 0.5
"""The narrow rows of a stem are at least this share of its broad ones: what runs to a point is no stem."""
TALL = 0.8
"""How much taller than wide a stem is, at least."""
SMALLEST = 0.03
"""Share of its region that a stem has, at least."""
LOBED = 1.3
"""Rows at the top of a stem that are so many times wider than it usually is belong to the crown."""
_LARGE = 900
"""Regions of fewer cells are left whole."""


def stems_cut(labels: Labels, solids: frozenset[int]) -> tuple[Labels, frozenset[int]]:
    """Cut the stems off the regions of a grid: (labels, which of them are scribbled solid).

    Args:
        labels: `(384, 384) int32`, a region for each cell, from 1.
        solids: Labels of the regions that are scribbled solid.
    """
    labels, solid = labels.copy(), set(solids)
    areas = np.bincount(labels.ravel())
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    for label in np.flatnonzero(areas >= _LARGE).tolist():
        first = None if label in outside else stem_from(labels == label)
        if first is not None:
            number = int(labels.max()) + 1
            labels[first:][labels[first:] == label] = number
            if label in solid:
                solid.add(number)
    return labels, frozenset(solid)


def stem_from(region: Bools) -> int | None:
    """The row from which on a region is nothing but a stem; None when it has none."""
    width = region.sum(axis=1)
    foot = int(np.flatnonzero(width)[-1])
    widest = int(width.argmax())
    broad = np.flatnonzero(width[widest : foot + 1] > NARROW * width[widest])
    first = widest + int(broad[-1]) + 1
    rows = width[first : foot + 1]
    if len(rows) < 2:
        return None
    # What is left of the crown's lobes beside the root belongs to the crown.
    wider = np.flatnonzero(rows > LOBED * np.percentile(rows, 40))
    above = wider[wider < len(rows) / 2]
    first += int(above[-1]) + 1 if len(above) else 0
    rows = width[first : foot + 1]
    narrow, usual, wide = np.percentile(rows, (20, 50, 80))
    stands = len(rows) >= TALL * usual and narrow >= STRAIGHT * wide and rows.sum() >= SMALLEST * width.sum()
    return first if stands and _in_one_piece(region[first : foot + 1]) else None


def _in_one_piece(rows: Bools) -> bool:
    """Whether most rows hold one run of cells, not two with a gap between them."""
    runs = (np.diff(rows.astype(np.int8), axis=1, prepend=0) == 1).sum(axis=1)
    return bool((runs == 1).mean() > 0.8)
