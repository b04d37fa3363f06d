"""The pens of a drawing: which colour drew the outline of a region, or a stroke."""

import math

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]
RGB = tuple[int, int, int]

COLORFUL = 50 / 255
"""Spread of red, green and blue from which a pen is a coloured one."""


def pens_of(labels: Labels, count: int, ink: Bools, color: Floats, solids: frozenset[int]) -> list[RGB | None]:
    """The pen of each region's outline when it is a coloured one; of a solid region in any case."""
    where = np.flatnonzero(ink.ravel())
    order = where[np.argsort(labels.ravel()[where], kind="stable")]
    starts = np.searchsorted(labels.ravel()[order], np.arange(count + 2))
    shades = color.reshape(-1, 3)
    found: list[RGB | None] = [None] * (count + 1)
    for label in range(1, count + 1):
        mine = shades[order[starts[label] : starts[label + 1]]]
        if label in solids:
            found[label] = pen(mine, always=True)
        elif len(mine) >= 6:
            found[label] = pen(mine)
    return found


def pen(shades: Floats, always: bool = False) -> RGB | None:
    """The middle colour of the coloured pen that drew most of some cells of ink, `(N, 3)` from 0 to 1.

    None unless one pen has 45 % of the cells: walls in black between a red roof and a blue door are black. With
    `always`, the middle colour of all cells.
    """
    if not len(shades):
        return (0, 0, 0) if always else None
    if not always:
        mine = _one_hue(shades)
        if mine.mean() < 0.45:
            return None
        shades = shades[mine]
    middle = np.rint(np.median(shades, axis=0) * 255).astype(int).tolist()
    return middle[0], middle[1], middle[2]


def _one_hue(shades: Floats) -> Bools:
    """Which colourful cells share the commonest hue, `(N,) bool`: a sixth of the colour circle."""
    red, green, blue = shades[:, 0], shades[:, 1], shades[:, 2]
    colorful = shades.max(axis=1) - shades.min(axis=1) > COLORFUL
    hue = np.arctan2(math.sqrt(3) * (green - blue), 2 * red - green - blue)
    twelfth = np.floor(hue * 6 / math.pi).astype(int) % 12
    cells = np.bincount(twelfth[colorful], minlength=12)
    # Two twelfths side by side, so that a pen whose hue lies on their border is not halved.
    first = int(np.argmax(cells + np.roll(cells, -1)))
    return np.asarray(colorful & ((twelfth - first) % 12 < 2))
