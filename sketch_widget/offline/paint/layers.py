"""Painting in layers: pictures as float arrays, and the few ways to put one thing over another.

A picture is `(768, 768, 3) float32` from 0 to 1; a mask is `(768, 768) float32`, 0 nothing, 1 all. Those that change
a picture do so in place and return it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from . import fields, masks
from .colour import Floats, Lch, ramp
from .plan import Plan
from .reading import GRID as GRID
from .reading import SIDE as SIDE
from .reading import Reading
from .scenery import Band

Field = npt.NDArray[np.floating[Any]]
"""Numbers over the picture or the grid, of any precision."""

Y = np.arange(SIDE, dtype=np.float32)[:, None]
X = np.arange(SIDE, dtype=np.float32)[None, :]
SHAPE = (SIDE, SIDE)
HALF = (GRID, GRID)


def plain(colour: Lch) -> Floats:
    """A picture of one colour."""
    return np.tile(colour.rgb, (SIDE, SIDE, 1))


def over(picture: Floats, paint: Floats | Lch, mask: Field) -> Floats:
    """Lay a colour or another picture over the picture where the mask says so."""
    window = extent(mask)
    share = np.asarray(mask[window], np.float32)
    source = paint.rgb if isinstance(paint, Lch) else paint[window]
    # One channel at a time: broadcasting over three channels is some three times slower.
    for channel in range(3):
        layer = picture[..., channel][window]
        layer += (source[..., channel] - layer) * share
    return picture


def times(picture: Floats, factor: Field) -> Floats:
    """Darken or brighten the picture by a factor for each pixel."""
    share = np.asarray(factor, np.float32)
    for channel in range(3):
        picture[..., channel] *= share
    return picture


def stain(picture: Floats, colour: Lch, strength: Field) -> Floats:
    """Lay transparent colour: it multiplies what is below."""
    window = extent(strength)
    share = np.asarray(strength[window], np.float32)
    for channel in range(3):
        picture[..., channel][window] *= 1 - share * np.float32(1 - colour.rgb[channel])
    return picture


def extent(mask: Field, margin: int = 0) -> tuple[slice, slice]:
    """The smallest window (rows, columns) that holds all of a mask that is not 0, and some pixels around it."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    columns = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(axis=0))
    top, left = max(0, int(rows[0]) - margin), max(0, int(columns[0]) - margin)
    return slice(top, int(rows[-1]) + 1 + margin), slice(left, int(columns[-1]) + 1 + margin)


def to_bytes(picture: Floats) -> npt.NDArray[np.uint8]:
    """The finished picture as `(768, 768, 3) uint8`."""
    return np.asarray(np.clip(picture, 0, 1) * 255 + 0.5, np.uint8)


def full(field: Floats) -> Floats:
    """Bring a field from the grid to the picture's size."""
    return fields.resize(field, SHAPE)


def full_linear(field: Floats) -> Floats:
    """Bring a field from the grid to the picture's size without overshoot."""
    return fields.resize(field, SHAPE, fields.LINEAR)


def column_gradient(stops: Sequence[Lch], start: float, stop: float) -> Floats:
    """A picture whose colour runs evenly through the stops from the row `start` to the row `stop`."""
    places = [(k / (len(stops) - 1), colour) for k, colour in enumerate(stops)]
    column = ramp(places, (Y[:, 0] - start) / max(1.0, stop - start))
    return np.repeat(column[:, None, :], SIDE, axis=1)


def below(band: Band, soft: float = 1.2) -> Floats:
    """The mask of a band: everything below its edge."""
    mask: Floats = np.clip((Y - band.edge[None]) / np.float32(soft) + 0.5, 0, 1)
    return mask


def depth_below(band: Band) -> Floats:
    """How far down a band each pixel lies, 0 at its edge, 1 at the foot of the picture."""
    depth: Floats = np.clip((Y - band.edge[None]) / max(60.0, SIDE - float(band.edge.mean())), 0, 1)
    return depth


def region_fill(reading: Reading, colours: Mapping[int, Lch], picture: Floats | None = None) -> Floats:
    """Fill the regions with their colours, anti-aliased, over a picture (black by default)."""
    result = np.zeros((SIDE, SIDE, 3), np.float32) if picture is None else picture
    for weight in reading.weights:
        if weight.label in colours:
            piece = result[weight.window]
            piece += (colours[weight.label].rgb - piece) * weight.share[..., None]
    return result


def region_table(reading: Reading, colours: Mapping[int, Lch], default: Lch) -> Floats:
    """Colours by label as `(regions + 1, 3)`, to be indexed with `reading.labels`."""
    table = np.tile(default.rgb, (len(reading.regions) + 1, 1))
    for label, colour in colours.items():
        table[label] = colour.rgb
    return table


def line_mask(reading: Reading, wider: Floats | float = 0.0, soft: float = 1.1) -> Floats:
    """The drawn lines, anti-aliased, made wider (or thinner) by some pixels on either side."""
    mask: Floats = np.clip(0.5 - (reading.line_distance - wider) / np.float32(soft), 0, 1)
    return mask


def line_colours(plan: Plan, on_things: Callable[[Lch], Lch], on_paper: Lch, foam: Lch | None = None) -> Floats:
    """The colour of the lines everywhere, `(768, 768, 3)`: a tone of the region below; free strokes have their own.

    Coloured pens keep their colour in every style. `foam` is for lines on water, where the style has one.
    """
    reading = plan.reading
    table = region_table(reading, {label: on_things(colour) for label, colour in plan.colours.items()}, on_paper)
    lines = table[_owners(reading)]
    if reading.free_strokes:
        strokes = np.tile(on_paper.rgb, (len(reading.free_strokes) + 1, 1))
        for stroke in reading.free_strokes:
            colour = plan.palette.strokes[stroke.label]
            if colour is not None:
                strokes[stroke.label] = colour.rgb
            elif foam is not None and _on_water(plan, stroke.center):
                strokes[stroke.label] = foam.rgb
        near = masks.spread(reading.free_map, np.ones(HALF, np.bool_), 4)
        near[np.isin(near, _overshoots(plan))] = 0
        lines = np.where((near > 0)[..., None], strokes[near], lines)
    chroma = reading.line_chroma[..., None] * np.float32(0.9)
    lines = lines * (1 - chroma) + reading.line_color * chroma
    return np.clip(full_linear(lines.astype(np.float32)), 0, 1)


def _overshoots(plan: Plan) -> list[int]:
    """Free strokes that are no more than the end of an outline that was drawn too long."""
    reading = plan.reading
    return [
        stroke.label
        for stroke in reading.free_strokes
        if stroke.length < 14
        and plan.palette.strokes[stroke.label] is None
        and reading.outside[reading.free_map == stroke.label].min() < 6
    ]


def _owners(reading: Reading) -> npt.NDArray[np.int32]:
    """Labels, with those of things grown over the outer half of their outline: a line has one colour, not two."""
    things = np.where(reading.silhouette, reading.labels, 0)
    grown = masks.spread(things, np.ones(HALF, np.bool_), max(3, math.ceil(reading.line_half_width) + 2) + 4)
    return np.where(grown > 0, grown, reading.labels)


def _on_water(plan: Plan, center: tuple[float, float]) -> bool:
    if plan.scenery.setting.place == "underwater":
        return True
    water = next((band for band in plan.scenery.bands if band.kind == "water"), None)
    return water is not None and center[1] * 2 > float(water.edge.mean()) - 14


def vignette(picture: Floats, strength: float, warmth: float = 0.0) -> Floats:
    """Darken the corners a little; `warmth` tints the whole toward warm light."""
    away = ((X / SIDE - 0.5) ** 2 + (Y / SIDE - 0.5) ** 2) * 2
    times(picture, 1 - np.float32(strength) * away**1.4)
    if warmth:
        picture *= np.array([1 + warmth, 1, 1 - warmth], np.float32)
    return picture
