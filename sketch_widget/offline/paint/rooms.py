"""Rooms: the parts into which lines and closing segments divide the paper, gaps or no gaps.

The distance to the nearest line is a landscape: rooms are its hills, gaps and doors its passes. Flooded from the top,
hills meet at passes. The trapped ball of Zhang et al., "Vectorizing cartoon animations" (2009), shuts every narrow
pass and so cuts fishes off their tails. Here a pass stays shut only when it is narrow against both hills (persistence)
*and* a line ends beside it: the neck of an hourglass has no line ending there, a gap in an outline always has.
"""

import numpy as np
import numpy.typing as npt

from . import masks

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]

LEVELS = (9.0, 7.4, 6.0, 4.8, 3.7, 2.7, 1.7, 0.5)
"""Half-widths at which the landscape is flooded, cells. A pass wider than the first always joins."""
NARROW = 0.42
"""A pass is narrow below this share of the lower hill's height."""
BESIDE = 6.0
"""A line's end this much farther away than the pass is wide still flanks it, cells."""
CRUMB = 26
"""Rooms smaller than this many cells are the white between two strokes of the pen."""
SOLID = 200
"""Scribbled areas smaller than this many cells are lines."""


def rooms(wall: Floats, line_end: Floats) -> Labels:
    """Divide the paper: `(384, 384) int32`, 0 on walls.

    Args:
        wall: Distance of each cell to the nearest line or closing segment.
        line_end: Distance of each cell to the nearest end of a line.
    """
    flood = _Flood(wall, line_end)
    for level in LEVELS:
        flood.lower(level)
    return flood.labels()


class _Flood:
    """The landscape at a falling water level: islands rise, grow, meet, and stay apart or become one."""

    def __init__(self, wall: Floats, line_end: Floats) -> None:
        self.wall = wall
        self.line_end = line_end
        self.island = np.zeros(wall.shape, np.int32)
        self.height = [0.0]
        self.summit = [0]
        self.parent = [0]

    def labels(self) -> Labels:
        """The islands as they are now, joined ones under one number."""
        return np.array([self._root(island) for island in range(len(self.parent))], np.int32)[self.island]

    def lower(self, level: float) -> None:
        """Let the water fall to a level."""
        dry = self.wall > level
        lands, count = masks.components(dry)
        if not count:
            return
        owners = self._owners(lands, count)
        single = np.zeros(count + 1, np.int32)
        for land, islands in owners.items():
            single[land] = islands[0] if len(islands) == 1 else 0
        self.island = np.where((self.island == 0) & dry, single[lands], self.island)
        meeting = [land for land, islands in owners.items() if len(islands) > 1]
        if meeting:
            self._meet(np.isin(lands, meeting), level)

    def _owners(self, lands: Labels, count: int) -> dict[int, list[int]]:
        """Which islands each dry land holds; a land without one becomes an island itself."""
        owners: dict[int, list[int]] = {land: [] for land in range(1, count + 1)}
        flat = lands.ravel()
        for island in range(1, len(self.height)):
            if self.parent[island] == island:
                owners[int(flat[self.summit[island]])].append(island)
        highest = np.zeros(count + 1, np.float32)
        np.maximum.at(highest, flat, self.wall.ravel())
        newborn = [land for land, islands in owners.items() if not islands]
        if newborn:
            tops = np.flatnonzero((self.wall.ravel() >= highest[flat]) & np.isin(flat, newborn))
            for top in tops[np.unique(flat[tops], return_index=True)[1]].tolist():
                owners[int(flat[top])].append(len(self.height))
                self.parent.append(len(self.height))
                self.height.append(float(self.wall.ravel()[top]))
                self.summit.append(top)
        return owners

    def _meet(self, ground: Bools, level: float) -> None:
        """Let islands grow together on common ground, and join them unless a gap lies between."""
        part = masks.window(ground)
        land = ground[part]
        grown = masks.spread(np.where(land, self.labels()[part], 0), land, 60)
        for (a, b), end in sorted(_contacts(grown, self.line_end[part]).items()):
            low, high = sorted((self._root(a), self._root(b)), key=lambda island: (self.height[island], island))
            lower = self.height[low]
            narrow = (level < LEVELS[0] and level < NARROW * lower) or (level < 2 and lower > 3 * level)
            if not (narrow and end <= level + BESIDE):
                self.parent[low] = high
        self.island[part] = np.where(land, grown, self.island[part])

    def _root(self, island: int) -> int:
        """The highest island of those that this one is joined with."""
        while self.parent[island] != island:
            self.parent[island] = self.parent[self.parent[island]]
            island = self.parent[island]
        return island


def _contacts(labels: Labels, line_end: Floats) -> dict[tuple[int, int], float]:
    """Which labels touch, and how near a line's end comes to where they do."""
    found: dict[tuple[int, int], float] = {}
    for here, there, end in (
        (labels[1:], labels[:-1], line_end[1:]),
        (labels[:, 1:], labels[:, :-1], line_end[:, 1:]),
    ):
        touch = (here != there) & (here > 0) & (there > 0)
        for a, b, near in zip(here[touch].tolist(), there[touch].tolist(), end[touch].tolist(), strict=True):
            pair = (min(a, b), max(a, b))
            found[pair] = min(found.get(pair, np.inf), near)
    return found


def regions(found: Labels, wall: Floats, solid: Bools) -> tuple[Labels, frozenset[int]]:
    """Turn rooms into regions that cover every cell: (labels from 1, which of them are scribbled solid).

    Crumbs go, solid ink becomes a region of its own, and the cells of the lines go to the regions beside them.
    """
    number = int(found.max()) + 1
    size = np.bincount(found.ravel(), minlength=number)
    depth = np.zeros(number, np.float32)
    np.maximum.at(depth, found.ravel(), wall.ravel())
    kept = (size >= CRUMB) & (depth > 1.6)
    kept[0] = False
    labels = np.where(kept, np.cumsum(kept), 0).astype(np.int32)[found]
    count = int(kept.sum())
    scribbles, scribbled = masks.components(solid)
    solids = []
    for scribble in (np.flatnonzero(np.bincount(scribbles.ravel(), minlength=scribbled + 1)[1:] >= SOLID) + 1).tolist():
        count += 1
        solids.append(count)
        labels[scribbles == scribble] = count
    if not count:
        return np.ones_like(labels), frozenset()
    return masks.spread(labels, np.ones_like(solid), sum(labels.shape)), frozenset(solids)
