"""Intent: what the strokes of a drawing tell that its pixels do not.

A stroke whose ends nearly meet was meant as a closed shape, and a short stretch that the eraser took out of a stroke
still belongs to its outline. Only ways that need closing are reported; the lines themselves are read from the pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke

from . import masks

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Cells = npt.NDArray[np.int64]
Cell = tuple[int, int]

NEARLY = 0.25
"""Ends closer than this share of the stroke's length nearly meet."""
SHORTEST = 24.0
"""Strokes shorter than this are dots and ticks, cells."""
RUBBED = 40.0
"""The longest erased stretch that is still part of an outline, cells."""


@dataclass(frozen=True)
class Intent:
    """Ways on which strokes go on without ink, each as cells (y, x) of the grid."""

    rubbed: tuple[tuple[Cell, ...], ...] = ()
    """Short stretches that were drawn, and erased."""
    nearly: tuple[tuple[Cell, ...], ...] = ()
    """From the end of a stroke to its beginning nearby."""
    bands: tuple[tuple[Cell, ...], ...] = ()
    """From foot to foot of nested arcs, when they are known to be a rainbow."""
    edges: tuple[tuple[Cell, ...], ...] = ()
    """Where a photograph ends inside the square."""


UNKNOWN = Intent()
"""The strokes are not known."""


def meant(sketch: Sketch, ink: Bools, sway: tuple[Floats, Floats] | None = None) -> Intent:
    """What strokes meant to close.

    Args:
        sketch: The strokes.
        ink: `(384, 384) bool`, the ink that can be seen.
        sway: How far the ink was moved, (down, right) on the picture, when it was.
    """
    visible = masks.grown(ink, 1.5)
    rubbed: list[tuple[Cell, ...]] = []
    nearly: list[tuple[Cell, ...]] = []
    for stroke in sketch.strokes:
        if stroke.eraser:
            continue
        cells, shown = _seen(_course(stroke, sketch, ink, sway), visible)
        if len(shown) >= SHORTEST:
            rubbed.extend(_rubbed(cells, shown))
            first, last = cells[shown[0]], cells[shown[-1]]
            if 1 < np.hypot(*(last - first)) < NEARLY * len(shown):
                nearly.append((_cell(last), _cell(first)))
    return Intent(tuple(rubbed), tuple(nearly))


def _course(stroke: Stroke, sketch: Sketch, ink: Bools, sway: tuple[Floats, Floats] | None) -> npt.NDArray[np.float64]:
    """The stroke on the grid, one point (y, x) a cell."""
    height, width = ink.shape
    points = stroke.points[:, ::-1] / np.array([sketch.size[1] / height, sketch.size[0] / width])
    if sway is not None:
        y, x = (np.clip(points * 2, 0, 2 * height - 1).astype(int)).T
        points = points - np.stack([sway[0][y, x], sway[1][y, x]], axis=1) / 2
    steps = np.hypot(*np.diff(points, axis=0).T) if len(points) > 1 else np.zeros(0)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    places = np.linspace(0, along[-1], int(along[-1]) + 2)
    return np.stack([np.interp(places, along, points[:, k]) for k in (0, 1)], axis=1)


def _seen(course: npt.NDArray[np.float64], visible: Bools) -> tuple[Cells, Cells]:
    """The cells of a course, and the places on it that can be seen."""
    height, width = visible.shape
    cells = np.rint(course - 0.5).astype(np.int64)
    within = (cells >= 0).all(axis=1) & (cells < (height, width)).all(axis=1)
    cells = np.clip(cells, 0, (height - 1, width - 1))
    return cells, np.flatnonzero(visible[cells[:, 0], cells[:, 1]] & within)


def _rubbed(cells: Cells, shown: Cells) -> Iterator[tuple[Cell, ...]]:
    """The short stretches between what can be seen."""
    for before in np.flatnonzero(np.diff(shown) > 1).tolist():
        start, stop = int(shown[before]), int(shown[before + 1])
        if stop - start <= min(RUBBED, NEARLY * len(shown)):
            yield tuple(_cell(cell) for cell in cells[start : stop + 1])


def _cell(cell: Cells) -> Cell:
    return int(cell[0]), int(cell[1])
