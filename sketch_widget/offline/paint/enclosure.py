"""Enclosure: what a closing segment would close in, before it is drawn.

An outline asks to be closed when nearly all of it is drawn already; a chord across a smile or between two whiskers
closes in something too, but is itself a large part of its border. That share is the measure here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from . import masks

Bools = npt.NDArray[np.bool_]
Cell = tuple[int, int]

SMALLEST = 120
"""Rooms of fewer cells are not worth a segment."""


@dataclass(frozen=True)
class Segment:
    """An invisible stretch of outline, as cells (y, x) along the way."""

    way: tuple[Cell, ...]
    rule: str
    """Which rule drew it; for pictures of the stages."""


class Enclosure:
    """The walls drawn so far, at half the grid's resolution, where narrow gaps are shut already."""

    def __init__(self, ink: Bools, segments: Sequence[Segment] = ()) -> None:
        height, width = ink.shape
        coarse: Bools = np.asarray(ink.reshape(height // 2, 2, width // 2, 2).any(axis=(1, 3)))
        self.walls = _widened(coarse)
        for segment in segments:
            self.add(segment.way[0], segment.way[-1])

    def add(self, here: Cell, there: Cell) -> None:
        """Draw a segment between two cells (y, x) of the grid."""
        self.walls = self._with(here, there)

    def share(self, here: Cell, there: Cell) -> float:
        """The share of a segment in the border of what it would close in; infinite when it closes in nothing."""
        walls = self._with(here, there)
        segment = walls & ~self.walls
        labels, _ = masks.components(~walls)
        beside = np.unique(labels[_widened(segment) & ~walls]) if segment.any() else np.zeros(0, np.int32)
        rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
        # It must part a room from the open paper: what is closed already needs no further walls.
        if not np.isin(beside, rim).any():
            return float("inf")
        size = np.bincount(labels.ravel())
        rooms = [int(label) for label in beside if label not in rim and 4 * size[label] >= SMALLEST]
        if not rooms:
            return float("inf")
        room = labels == min(rooms, key=lambda label: (int(size[label]), label))
        steps = (room[1:] != room[:-1]).sum() + (room[:, 1:] != room[:, :-1]).sum()
        # Counted along the lattice, a border is 4 / pi too long on average.
        return float(np.hypot(there[0] - here[0], there[1] - here[1]) / (2 * steps * np.pi / 4))

    def _with(self, here: Cell, there: Cell) -> Bools:
        image = Image.fromarray(self.walls.astype(np.uint8) * 255)
        line = [(here[1] / 2, here[0] / 2), (there[1] / 2, there[0] / 2)]
        ImageDraw.Draw(image).line(line, fill=255, width=2)
        return np.asarray(image) > 127


def _widened(mask: Bools) -> Bools:
    """The mask and the cells beside it."""
    wide = mask.copy()
    wide[1:] |= mask[:-1]
    wide[:-1] |= mask[1:]
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    return wide
