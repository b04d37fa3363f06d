"""The lines on the paper that belong to no thing: whiskers, rays, waves, and the horizon."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import fields, masks
from .features import RGB, Region
from .lines import boxes
from .pens import pen

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]


@dataclass(frozen=True)
class FreeStroke:
    """A line on the paper that encloses nothing."""

    label: int
    """Its number in `Reading.free_map`, from 1."""
    area: int
    """Cells of ink."""
    length: float
    """Length of its centre line, cells."""
    center: tuple[float, float]
    """Centroid (x, y), cells."""
    box: tuple[int, int, int, int]
    """(left, top, right, bottom), cells, the last ones included."""
    ink: RGB | None
    """Its pen colour when that is a colour; None for black and grey."""
    horizon: bool
    """It runs along one of `Reading.horizons`."""


def horizons(labels: Labels, regions: tuple[Region, ...], side: int) -> tuple[Floats, ...]:
    """Drawn lines that part the paper from side to side: y for each of `side` columns, pixels, the farthest first.

    Parts of the paper are taken from the top down; where the upper end of all that follow can be seen in a third of the
    columns, it is a horizon, and a straight line fills in the columns that things hide. What reaches the upper edge is
    sky still: the rays of a sun part it, too, but from side to side.
    """
    height, width = labels.shape
    papers = [region for region in regions if region.paper and region.area > 0.025 * labels.size]
    papers.sort(key=lambda region: (region.center[1], region.label))
    found: list[Floats] = []
    for first in range(1, len(papers)):
        below = np.isin(labels, [region.label for region in papers[first:]])
        seen = below.any(axis=0)
        if seen.mean() < 0.35 or below[0].any():
            continue
        columns = np.flatnonzero(seen)
        places = (np.arange(side) + 0.5) * width / side - 0.5
        level = np.interp(places, columns, below.argmax(axis=0)[columns])
        found.append(((level + 0.5) * side / height).astype(np.float32))
    return tuple(found)


def free_strokes(
    free: Bools, center: Bools, color: Floats, curves: tuple[Floats, ...]
) -> tuple[Labels, tuple[FreeStroke, ...]]:
    """Number and measure the free ink of a drawing: (map, strokes).

    Args:
        free: `(384, 384) bool`, ink that lies on paper.
        center: `(384, 384) bool`, the thinned lines.
        color: `(384, 384, 3) float32`, 0 to 1, the ink's colour.
        curves: The horizons.
    """
    labels, count = masks.components(free, diagonal=True)
    hulls = boxes(labels, count)
    strokes = []
    for label in range(1, count + 1):
        left, top, right, bottom = hulls[label]
        part = (slice(top, bottom + 1), slice(left, right + 1))
        mine = labels[part] == label
        y, x = np.nonzero(mine)
        y, x = y + top, x + left
        strokes.append(
            FreeStroke(
                label=label,
                area=len(y),
                length=float((mine & center[part]).sum()),
                center=(float(x.mean()), float(y.mean())),
                box=hulls[label],
                ink=pen(color[y, x]),
                horizon=any(_runs_along(y, x, curve, free.shape[1]) for curve in curves),
            )
        )
    return labels, tuple(strokes)


def _runs_along(y: npt.NDArray[np.int64], x: npt.NDArray[np.int64], curve: Floats, width: int) -> bool:
    """Whether cells lie within 7 pixels of a curve, on average."""
    cell = len(curve) / width
    middle = ((x + 0.5) * cell).astype(int)
    return bool(np.abs((y + 0.5) * cell - curve[middle]).mean() < 7)


def soft(free: Bools, side: int) -> Floats:
    """1 on and closely around free ink, fading to 0: `(side, side) float32`."""
    around = fields.blur(masks.distance(free, 5) < 2.2, 0.8)
    return np.clip(fields.resize(around, (side, side)), 0, 1)
