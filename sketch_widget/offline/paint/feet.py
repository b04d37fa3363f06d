"""Feet: an outline that runs on as the ground, to the left and to the right, stands open between its two feet.

Trees and houses are often drawn so, ground and all, without lifting the pen. No line ends there that a rule about ends
could join.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .enclosure import Cell

Bools = npt.NDArray[np.bool_]

NARROWEST = 5
"""Openings of fewer cells are shut by the breadth of the lines."""
WIDEST = 0.45
"""Openings of a greater share of the drawing's width are none."""
_STEP = 2
"""Only every so many rows are looked at."""


def openings(ink: Bools, box: tuple[int, int, int, int]) -> Iterator[tuple[Cell, Cell]]:
    """The gaps between the lines of one piece of ink in its lower half, lowest first, as (left, right) cells (y, x).

    Args:
        ink: `(384, 384) bool`, the piece.
        box: Its (left, top, right, bottom), cells.
    """
    left, top, right, bottom = box
    for y in range(bottom, (top + bottom) // 2, -_STEP):
        inked = np.flatnonzero(ink[y])
        for before, after in pairwise(inked.tolist()):
            if NARROWEST < after - before < WIDEST * (right - left):
                yield (y, before), (y, after)
