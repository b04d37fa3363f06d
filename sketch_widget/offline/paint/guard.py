"""Keeping the drawing visible: a pale thing on a pale backdrop, or a dark one on a dark, is told apart by a halo.

Pictures are judged as they are about to be joined, along a band on either side of every outline, in OKLab.
"""

import numpy as np

from . import fields, masks
from .colour import Floats, oklab, srgb
from .features import Thing
from .layers import full_linear
from .reading import GRID, Reading

WANTED = 0.13
"""Distance in OKLab that the two sides of an outline should keep, on the average along it; .02 is just visible."""
NEAR, FAR = 3.0, 11.0
"""The bands that are compared lie this far from the outline, cells."""
FADE = 44.0
"""How far the halo reaches, cells."""


def set_off(backdrop: Floats, body: Floats, reading: Reading, wanted: float = WANTED) -> Floats:
    """Lighten or darken the backdrop around the things that it does not set off; in place.

    The lightness goes away from the thing's own; hue and chroma stay.
    """
    if not reading.things:
        return backdrop
    behind, front = _lab(backdrop), _lab(body)
    change = np.zeros((GRID, GRID), np.float32)
    for thing in reading.things:
        step = _missing(behind, front, reading, thing, wanted)
        if step:
            away = masks.distance(reading.things_map == thing.label, int(FADE * 2.4))
            halo = np.exp(-((away / FADE) ** 2)) * np.float32(step)
            change = np.where(np.abs(halo) > np.abs(change), halo, change)
    if not change.any():
        return backdrop
    moved = behind.copy()
    moved[..., 0] = np.clip(behind[..., 0] + fields.blur(change, 1.5), 0.03, 0.985)
    difference = np.clip(srgb(moved), 0, 1) - np.clip(srgb(behind), 0, 1)
    backdrop += full_linear(difference.astype(np.float32))
    return np.clip(backdrop, 0, 1, out=backdrop)


def _missing(behind: Floats, front: Floats, reading: Reading, thing: Thing, wanted: float) -> float:
    """By how much the backdrop around a thing has to get lighter or darker; 0 when it stands off already."""
    left, top, right, bottom = thing.box
    frame = (slice(max(0, top - 13), bottom + 14), slice(max(0, left - 13), right + 14))
    shape = reading.things_map[frame] == thing.label
    near = masks.distance(shape, 13)
    inner = shape & (reading.inside[frame] > NEAR) & (reading.inside[frame] < FAR)
    outer = ~reading.silhouette[frame] & (near > NEAR) & (near < FAR)
    if inner.sum() < 12:
        inner = shape & (reading.inside[frame] > 1)
    if inner.sum() < 12 or outer.sum() < 12:
        return 0.0
    own, apart = front[frame][inner].mean(0), behind[frame][outer].mean(0) - front[frame][inner].mean(0)
    if float(np.linalg.norm(apart)) >= wanted:
        return 0.0
    by_lightness = float(np.sqrt(max(0.0, wanted**2 - float(apart[1] ** 2 + apart[2] ** 2))))
    lighter = bool(apart[0] > 0) if abs(apart[0]) > 0.03 else bool(own[0] < 0.70)
    if lighter and own[0] + by_lightness > 0.97:
        lighter = False
    return (by_lightness if lighter else -by_lightness) - float(apart[0])


def _lab(picture: Floats) -> Floats:
    small = np.clip(fields.resize(picture, (GRID, GRID), fields.BOX), 0, 1)
    return np.asarray(oklab(small), np.float32)
