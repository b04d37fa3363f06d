"""Keeping the drawing visible: a pale thing on a pale backdrop, or a dark one on a dark, is told apart by a halo.

Pictures are judged as they are about to be joined, along a band on either side of every outline.
"""

import numpy as np

from . import fields, masks
from .colour import Floats, oklab
from .layers import full_linear
from .reading import GRID, Reading

WANTED = 0.135
"""Distance in OKLab that the two sides of an outline should keep, on the average along it."""


def set_off(backdrop: Floats, body: Floats, reading: Reading, wanted: float = WANTED) -> Floats:
    """Lighten or darken the backdrop around things that it does not set off; in place.

    The halo fades within about 30 cells. Its direction is away from the thing's own lightness.
    """
    if not reading.things:
        return backdrop
    behind, front = _lab(backdrop), _lab(body)
    change = np.zeros((GRID, GRID), np.float32)
    for thing in reading.things:
        if thing.area < 60:
            continue
        shape = reading.things_map == thing.label
        frame = masks.window(shape, 14)
        near = masks.distance(shape[frame], 14)
        inner = shape[frame] & (reading.inside[frame] > 1.6) & (reading.inside[frame] < 6)
        outer = ~reading.silhouette[frame] & (near > 1.6) & (near < 6)
        if inner.sum() < 12 or outer.sum() < 12:
            continue
        here, there = front[frame][inner].mean(0), behind[frame][outer].mean(0)
        apart = there - here
        missing = wanted - float(np.linalg.norm(apart))
        if missing > 0:
            colour_part = float(np.hypot(apart[1], apart[2]))
            needed = np.sqrt(max(0.0, wanted**2 - min(colour_part, wanted) ** 2))
            lighter = apart[0] > 0 if abs(apart[0]) > 0.03 else here[0] < 0.70
            if lighter and here[0] + needed > 0.97:
                lighter = False
            target = here[0] + needed if lighter else here[0] - needed
            halo = np.exp(-((masks.distance(shape, 60) / 26) ** 2)).astype(np.float32)
            step = np.float32(target - there[0])
            change = np.where(np.abs(step * halo) > np.abs(change), step * halo, change)
    if np.abs(change).max() < 0.004:
        return backdrop
    # One step of OKLab lightness is close to one step of the display's own grey scale times 1.15 in the middle tones.
    factor = full_linear(fields.blur(change, 1.5)) * np.float32(1.15)
    backdrop += np.where(factor[..., None] > 0, (1 - backdrop) * 1.6, backdrop * 1.6) * factor[..., None]
    np.clip(backdrop, 0, 1, out=backdrop)
    return backdrop


def _lab(picture: Floats) -> Floats:
    small = np.clip(fields.resize(picture, (GRID, GRID), fields.BOX), 0, 1)
    return np.asarray(oklab(small), np.float32)
