"""Light on the drawing: how much of it each place gets, and the colours this makes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from . import fields
from .colour import Floats, Lch, shades
from .layers import Field
from .plan import Plan
from .reading import Reading


@dataclass(frozen=True, eq=False)
class Light:
    """Light over the inflated drawing, on the grid, `(384, 384) float32`."""

    facing: Floats
    """Cosine of the angle between surface and light: 1 straight at it, 0 along it."""
    x: Floats
    y: Floats
    z: Floats
    """The surface's unit normals; z towards the viewer."""
    height: Floats
    direction: tuple[float, float, float]
    """Unit vector towards the light."""

    def mirrored(self) -> Floats:
        """Cosine between the surface and the middle of light and view: near 1 in a highlight."""
        x, y, z = self.direction[0], self.direction[1], self.direction[2] + 1
        length = math.sqrt(x * x + y * y + z * z)
        cosine: Floats = (self.x * np.float32(x) + self.y * np.float32(y) + self.z * np.float32(z)) / np.float32(length)
        return cosine


def light_on(
    plan: Plan, regions: float, things: float, height: float, smooth: float, groove: Field | None = None
) -> Light:
    """Light the drawing from the scenery's side.

    `regions` and `things` are the shares of the two reliefs, `height` how high the light stands, `smooth` the blur of
    the relief in cells; a `groove` is cut into it.
    """
    reading = plan.reading
    relief = fields.blur(
        reading.region_height * np.float32(regions) + reading.thing_height * np.float32(things), smooth
    )
    if groove is not None:
        relief = relief - np.asarray(groove, np.float32)
    x, y, z = fields.normals(relief)
    right, down = plan.scenery.light
    length = math.sqrt(right * right + down * down + height * height)
    direction = (right / length, down / length, height / length)
    facing = x * np.float32(direction[0]) + y * np.float32(direction[1]) + z * np.float32(direction[2])
    if plan.palette.glowing:
        shining = np.isin(reading.things_map, list(plan.palette.glowing))
        facing = np.where(shining, 0.55 + 0.45 * facing, facing).astype(np.float32)
    return Light(facing, x, y, z, relief, direction)


def shaded(
    reading: Reading,
    colours: Mapping[int, Lch],
    amount: Floats,
    middle: float = 0.5,
    depth: float = 0.22,
    lift: float = 0.16,
) -> Floats:
    """Each region's colour at an amount of light from 0 (its shadow) over `middle` (itself) to 1, on the grid."""
    table = np.zeros((len(reading.regions) + 1, 3, 3), np.float32)
    for label, colour in colours.items():
        tones = shades(colour, depth, lift)
        table[label] = np.stack([tones.shadow.rgb, tones.base.rgb, tones.light.rgb])
    low = fields.smoothstep(0, middle, amount)[..., None]
    high = fields.smoothstep(middle, 1, amount)[..., None]
    by_cell = table[reading.labels]
    result: Floats = by_cell[..., 0, :] * (1 - low) + by_cell[..., 1, :] * (low - high) + by_cell[..., 2, :] * high
    return result
