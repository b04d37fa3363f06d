"""Mixtures told from pen colours: what the smoothed edge of a line leaves in a picture.

A pen colour covers ground: somewhere two of its pixels lie side by side above two more. The colours of a smoothed edge
never do, and they lie between two others, most often between the paper and a pen. A one-pixel pen looks the same, so a
few such colours are believed to be pens, and only a family of them is taken for an edge.
"""

import numpy as np
from numpy.typing import NDArray

FAMILY = 4  # colours: the smoothed edge of the shortest slanted line already leaves more, three thin grey pens fewer
OFF_LINE = 1.5  # levels of 255: what rounding to whole numbers can move a mixture off the line between two colours

Colors = NDArray[np.int64]  # 0xrrggbb


def blended(colors: Colors, solid: NDArray[np.bool_], paper: int) -> NDArray[np.bool_]:
    """Return which colours are mixtures of others; none where they are fewer than a family.

    Args:
        colors: (N,) the colours of a picture without its paper, 0xrrggbb.
        solid: (N,) whether a colour covers ground somewhere.
        paper: The paper's colour, 0xrrggbb.
    """
    if (~solid).sum() < FAMILY:
        return np.zeros_like(solid)
    points = channels(colors)
    ground = np.concatenate([points[solid], channels(np.array([paper]))])
    white = ground[-1:]
    mixed = ~solid & (_between(points, white, points) | _between(points, ground, ground))
    return mixed if mixed.sum() >= FAMILY else np.zeros_like(mixed)


def covers_ground(
    flat: NDArray[np.uint8], width: int, starts: NDArray[np.int64], which: NDArray[np.int64], colors: Colors
) -> NDArray[np.bool_]:
    """Return (N,) bool: the colours that fill two by two pixels somewhere, looked for in the middle of their runs.

    A few thousand runs are enough for most drawings; only for colours not found there the others are looked at.

    Args:
        flat: (H * W, 3 or 4) uint8, row by row.
        width: W, pixels.
        starts: Where runs of equal pixels begin, in `flat`.
        which: The colour of each run, as its place in `colors`.
        colors: (N,) 0xrrggbb.
    """
    lengths = np.diff(starts, append=len(flat))
    middle = starts + (lengths >> 1) - 1
    usable = np.flatnonzero((lengths >= 2) & (middle % width != width - 1) & (middle + width + 1 < len(flat)))
    found = np.zeros(len(colors), np.bool_)
    for few in (usable[:: max(len(usable) // 2048, 1)], usable):
        few = few[~found[which[few]]]
        below = middle[few] + width
        same = (_packed(flat[below]) == colors[which[few]]) & (_packed(flat[below + 1]) == colors[which[few]])
        found[which[few][same]] = True
    return found


def channels(colors: Colors) -> NDArray[np.float64]:
    """Return (N, 3): red, green, blue of 0xrrggbb."""
    return np.stack([colors >> 16, colors >> 8 & 255, colors & 255], axis=1).astype(np.float64)


def _packed(pixels: NDArray[np.uint8]) -> Colors:
    wide = pixels.astype(np.int64)
    return wide[:, 0] << 16 | wide[:, 1] << 8 | wide[:, 2]


def _between(points: NDArray[np.float64], some: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which of the points lie between one of `some` and one of `others`, ends excluded."""
    start = some[:, None, None, :]
    way = others[None, :, None, :] - start
    offset = points[None, None, :, :] - start
    length2 = np.maximum((way * way).sum(-1), 1e-9)
    t = (offset * way).sum(-1) / length2
    miss = np.abs(offset - t[..., None] * way).max(-1)
    reach = np.sqrt(length2)
    within = (t * reach > OFF_LINE) & ((1 - t) * reach > OFF_LINE) & (miss <= OFF_LINE)
    found: NDArray[np.bool_] = within.any(axis=(0, 1))
    return found
