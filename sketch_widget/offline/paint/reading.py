"""The drawing, read: everything a painter may want to know of it, worked out once for all styles and variants.

Two lattices. The *picture* is 768 x 768 pixels; lines live there. The *grid* is 384 x 384 cells, one cell for two by
two pixels; shapes live there. What lies on the picture is measured in pixels, what lies on the grid in cells. Arrays
are indexed [y, x], x right, y down, and are read-only: painters share them.

A reading knows shapes, not meanings: it cannot tell a cat from a house.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from . import features, fields, gaps, heights, loose, masks, pens, photo, rooms
from .commission import Commission
from .features import Parts, Region, Thing
from .ink import GRID, SIDE, Drawn, drawn, looseness, sway
from .intent import UNKNOWN, Intent, meant
from .lexicon import Words
from .lines import Lines, boxes, trace
from .loose import FreeStroke
from .rainbow import open_feet, rainbow_named, sky_beneath
from .stems import stems_cut
from .underneath import air_underneath, legs_named, opened

__all__ = ["GRID", "SIDE", "FreeStroke", "Reading", "Region", "Thing", "Weight", "read"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]


UNSAID = Words()
"""No words: the lines alone are read."""


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
    seen: tuple[tuple[int, int, int] | None, ...]
    """The colour that a photograph shows in each region, by label, None for uncoloured paper; empty for a drawing."""
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


def read(commission: Commission, words: Words = UNSAID) -> Reading:
    """Read the drawing of a commission. About 0.2 s; any upload can be read, an empty one too.

    `words` say what to look for where lines can be taken in two ways: in a tree drawn in one line for its trunk, below
    a table for what one sees through between its legs.
    """
    found = drawn(commission)
    ink: Bools = np.asarray(found.ink.reshape(GRID, 2, GRID, 2).any(axis=(1, 3)))
    lines = trace(ink)
    parts = _parts(commission, words, found, ink, lines)
    labels = parts.labels
    silhouette = ~parts.paper
    outside = masks.distance(silhouette, 200)
    curves = loose.horizons(labels, parts.regions, SIDE)
    free = ink & (outside > 3)
    free_map, strokes = loose.free_strokes(free, lines.center, found.color, curves)
    loosened = looseness(commission)
    color, chroma = _pens(found, ink)
    reading = Reading(
        ink=found.ink,
        line_distance=_line_distance(found.ink),
        line_color=color,
        line_chroma=chroma,
        center_lines=lines.center,
        line_half_width=lines.half_width,
        line_opacity=1 - 0.6 * loosened,
        labels=labels,
        regions=parts.regions,
        weights=_weights(labels, len(parts.regions)),
        groups=parts.groups,
        seen=_seen(found, parts, ink),
        things_map=parts.things_map,
        things=parts.things,
        silhouette=silhouette,
        silhouette_soft=np.clip(fields.resize(fields.blur(silhouette, 0.9), (SIDE, SIDE)), 0, 1),
        outside=outside,
        inside=masks.distance(parts.paper, 120),
        free_map=free_map,
        free_strokes=strokes,
        free_soft=loose.soft(free, SIDE),
        region_height=heights.region_heights(labels, parts.regions, silhouette),
        thing_height=heights.thing_heights(silhouette),
        horizons=curves,
        box=_box(found.ink),
        is_empty=not found.ink.any(),
        weight=commission.sketch_weight,
        looseness=loosened,
    )
    _freeze(reading)
    return reading


def _parts(commission: Commission, words: Words, found: Drawn, ink: Bools, lines: Lines) -> Parts:
    """Divide the grid, as far as the lines and the words tell, and measure what it falls into."""
    known = meant(commission.strokes, ink, sway(commission)) if commission.strokes else UNKNOWN
    rainbow, edges = rainbow_named(words), found.margins.edges(GRID)
    known = replace(known, bands=open_feet(lines) if rainbow else (), edges=edges)
    labels, solids, depth = divide(lines, known)
    labels, solids = photo.one_ground(labels, solids, edges)
    if any(mention.entry.stands_on_a_stem for mention in words.things):
        labels, solids = stems_cut(labels, solids)
    is_photo = found.seen is not None
    parts = features.measure(labels, solids, depth, ink, found.color, cut_below=is_photo)
    air = air_underneath(labels, parts, ink, legs_named(words))
    air |= sky_beneath(labels, parts) if rainbow else frozenset()
    if air:
        labels, solids = opened(labels, solids, parts, air)
        parts = features.measure(labels, solids, depth, ink, found.color, cut_below=is_photo)
    return parts


def _seen(found: Drawn, parts: Parts, ink: Bools) -> tuple[tuple[int, int, int] | None, ...]:
    if found.seen is None:
        return ()
    paper = np.array([region.paper for region in parts.regions])
    return photo.colours_of(parts.labels, paper, ink | found.margins.outside((GRID, GRID)), found.seen)


def divide(lines: Lines, known: Intent = UNKNOWN) -> tuple[Labels, frozenset[int], Floats]:
    """Divide the grid into regions: (labels, which of them are scribbled solid, distance to the nearest wall).

    When an outline encloses nothing at the first try, its gaps are closed more boldly at a second.
    """
    ends = np.zeros_like(lines.ink)
    for end in lines.ends:
        ends[end.y, end.x] = True
    line_end = masks.distance(ends, 16) if lines.ends else np.full(ends.shape, 99, np.float32)
    closings = gaps.close_gaps(lines, known)
    wall = masks.distance(closings.closed(lines.ink))
    found = rooms.rooms(wall, line_end)
    empty = gaps.empty_outlines(lines, closings, ~np.isin(found, _rim(found)))
    if empty:
        wall = masks.distance(gaps.close_gaps(lines, known, empty).closed(lines.ink))
        found = rooms.rooms(wall, line_end)
    labels, solids = rooms.regions(found, wall, lines.solid)
    return labels, solids, wall


def _rim(labels: Labels) -> Labels:
    """The labels that reach the frame, and 0."""
    return np.unique(np.concatenate([[0], labels[0], labels[-1], labels[:, 0], labels[:, -1]]))


def _line_distance(ink: Bools) -> Floats:
    """Signed distance to the lines: 0 where ink meets paper."""
    outer, inner = masks.distance(ink, 14), masks.distance(~ink, 14)
    return fields.blur(outer - inner, 0.9)


def _pens(found: Drawn, ink: Bools) -> tuple[Floats, Floats]:
    """The coloured pens, spread a little so that a line's anti-aliased rim has its colour too: (color, chroma)."""
    red, green, blue = found.color[..., 0], found.color[..., 1], found.color[..., 2]
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    colorful = ((spread > pens.COLORFUL) & ink & (found.amount > 0.05)).astype(np.float32)
    if not colorful.any():
        return np.zeros_like(found.color), colorful
    near = fields.blur(colorful, 1.2)
    color = fields.blur(found.color * colorful[..., None], 1.2) / (near + 1e-3)[..., None]
    return np.clip(color, 0, 1), np.clip(near * 3, 0, 1)


def _weights(labels: Labels, count: int) -> tuple[Weight, ...]:
    """Anti-aliased shares of the pixels: each region's blurred mask, sharpened, over the sum of all."""
    total = np.full((SIDE, SIDE), 1e-6, np.float32)
    parts = []
    for label, (left, top, right, bottom) in enumerate(boxes(labels, count)[1:], 1):
        rows = slice(max(0, top - 5), min(GRID, bottom + 6))
        columns = slice(max(0, left - 5), min(GRID, right + 6))
        mask = fields.blur(labels[rows, columns] == label, 1.1)
        large = fields.resize(mask, (2 * mask.shape[0], 2 * mask.shape[1]))
        window = (slice(2 * rows.start, 2 * rows.stop), slice(2 * columns.start, 2 * columns.stop))
        sharp = np.clip(large, 0, 1) ** 2
        sharp = sharp * sharp * sharp
        total[window] += sharp
        parts.append((label, window, sharp))
    return tuple(Weight(label, window, sharp / total[window]) for label, window, sharp in parts)


def _box(ink: Bools) -> tuple[int, int, int, int]:
    if not ink.any():
        return SIDE * 26 // 100, SIDE * 26 // 100, SIDE * 74 // 100, SIDE * 74 // 100
    rows, columns = masks.window(ink)
    return columns.start, rows.start, columns.stop - 1, rows.stop - 1


def _freeze(reading: Reading) -> None:
    arrays = [value for value in vars(reading).values() if isinstance(value, np.ndarray)]
    for array in (*arrays, *reading.horizons, *(weight.share for weight in reading.weights)):
        array.flags.writeable = False
