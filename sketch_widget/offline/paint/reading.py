"""The drawing, read: everything a painter may want to know of it, worked out once for all styles and variants.

Two lattices. The *picture* is 768 x 768 pixels; lines live there. The *grid* is 384 x 384 cells, one cell for two by
two pixels; shapes live there. What lies on the picture is measured in pixels, what lies on the grid in cells. Arrays
are indexed [y, x], x right, y down, and are read-only: painters share them.

A reading knows shapes, not meanings: it cannot tell a cat from a house.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .features import FreeStroke, Region, Thing

SIDE = 768
"""Side of the picture, pixels."""
GRID = 384
"""Side of the grid, cells."""

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Weight:
    """How much of each pixel belongs to one region: anti-aliased, and without gaps between neighbours."""

    label: int
    """The region's label."""
    window: tuple[slice, slice]
    """(rows, columns) of the picture; outside, the weight is 0."""
    share: Floats
    """`(h, w) float32`, 0 to 1, the window's size. At each pixel the shares of all regions add up to 1."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a drawing is, as shapes."""

    # Lines, on the picture ------------------------------------------------------------------------------------------
    ink: Bools
    """`(768, 768) bool`: the pixels of the lines (already moved when the reading is loose)."""
    line_distance: Floats
    """`(768, 768) float32`, pixels: signed distance to the nearest line, negative inside a line, capped at 14
    either way and lightly smoothed, so that `clip(.5 - line_distance, 0, 1)` is an anti-aliased line."""
    line_color: Floats
    """`(384, 384, 3) float32`, 0 to 1: the coloured pens' colours, spread a few cells around their lines."""
    line_chroma: Floats
    """`(384, 384) float32`, 0 to 1: where `line_color` counts; 0 where the pen is black or grey."""
    center_lines: Bools
    """`(384, 384) bool`: the lines, thinned to one cell."""
    line_half_width: float
    """Half the usual width of a line, cells."""
    line_opacity: float
    """0 to 1: how firmly the lines should stand in the painting; 1 at weight 10, .4 at weight 0."""

    # Regions, on the grid -------------------------------------------------------------------------------------------
    labels: Labels
    """`(384, 384) int32`: the region of each cell, 1 to `len(regions)`; every cell has one, lines are shared out."""
    regions: tuple[Region, ...]
    """Ordered by label: `regions[k].label == k + 1`. At least one."""
    weights: tuple[Weight, ...]
    """One for each region, by label; on the picture."""
    groups: tuple[tuple[int, ...], ...]
    """Labels of the regions of each look-alike group, by group number."""
    things_map: Labels
    """`(384, 384) int32`: the thing of each cell, 0 on paper."""
    things: tuple[Thing, ...]
    """Ordered by label: `things[k].label == k + 1`. May be empty: a drawing of open lines only."""

    # Silhouette -----------------------------------------------------------------------------------------------------
    silhouette: Bools
    """`(384, 384) bool`: all things."""
    silhouette_soft: Floats
    """`(768, 768) float32`, 0 to 1: all things, anti-aliased, on the picture."""
    outside: Floats
    """`(384, 384) float32`, cells, capped at 200: distance to the nearest thing; 0 within one. 200 without things."""
    inside: Floats
    """`(384, 384) float32`, cells, capped at 120: distance to the nearest paper; 0 on paper."""

    # Free strokes ---------------------------------------------------------------------------------------------------
    free_map: Labels
    """`(384, 384) int32`: the lines on paper that belong to no thing, numbered; 0 elsewhere."""
    free_strokes: tuple[FreeStroke, ...]
    """Ordered by label: `free_strokes[k].label == k + 1`."""
    free_soft: Floats
    """`(768, 768) float32`, 0 to 1: 1 on and closely around free strokes, on the picture."""

    # Relief, on the grid --------------------------------------------------------------------------------------------
    region_height: Floats
    """`(384, 384) float32`, cells: each region blown up like a cushion, nested ones upon their parents; 0 on paper."""
    thing_height: Floats
    """`(384, 384) float32`, cells: each thing blown up as a whole; 0 on paper. `fields.normals` gives normals."""

    # Composition ----------------------------------------------------------------------------------------------------
    horizons: tuple[Floats, ...]
    """Drawn lines that part the paper from side to side, far ones first: y for each of the 768 columns, pixels."""
    box: tuple[int, int, int, int]
    """(left, top, right, bottom) of all ink, pixels, the last ones included; the middle of the picture when empty."""
    is_empty: bool
    """There is no ink at all."""
    weight: int
    """The commission's `sketch_weight`, 0 to 10."""
    looseness: float
    """0 (weight 10) to 1 (weight 0). The lines above have already been moved by it; painters may loosen further."""
