"""Keeping the drawing visible: where a pale thing would be lost on a pale backdrop, the backdrop gives way.

Judged in OKLab along a band on either side of the outlines: first each thing by itself, then all of them together.
"""

import numpy as np
import numpy.typing as npt

from . import fields, masks
from .colour import Floats, oklab, srgb
from .features import Thing
from .layers import full_linear
from .reading import GRID, Reading

WANTED = 0.12
"""Distance in OKLab that the two sides of an outline should keep, on the average along it; .02 is just visible."""
NEAR, FAR = 3.5, 11.5
"""The bands that are compared lie this far from the outline, cells."""
FADE = 44.0
"""How far the change reaches into the backdrop, cells."""
FEWEST = 12
"""A band of fewer cells is not judged."""

Bools = npt.NDArray[np.bool_]


def set_off(backdrop: Floats, body: Floats, reading: Reading, wanted: float = WANTED) -> Floats:
    """Lighten or darken the backdrop around the things that it does not set off; in place.

    The lightness goes away from the thing's own; hue and chroma stay.
    """
    behind = _lab(backdrop)
    return _lightened(backdrop, behind, _change(behind, _lab(body), reading, wanted))


def expose(backdrop: Floats, body: Floats, reading: Reading, wanted: float = WANTED) -> Floats:
    """Lighten or darken all of the backdrop alike when it does not set the things off, as a whole; in place."""
    behind = _lab(backdrop)
    step = _step(behind, _lab(body), *_bands(reading), wanted) if reading.things else 0.0
    return _lightened(backdrop, behind, np.full((GRID, GRID), step, np.float32))


def lightness_wanted(picture: Floats, reading: Reading, wanted: float = WANTED) -> Floats:
    """How much lighter, or darker below 0, a finished backdrop has to become around the things: on the grid, in OKLab.

    For styles whose paint cannot be taken apart again into backdrop and things; they mend it in their own way.
    """
    seen = _lab(picture)
    return _change(seen, seen, reading, wanted)


def _change(behind: Floats, front: Floats, reading: Reading, wanted: float) -> Floats:
    """The change of the backdrop's lightness, on the grid; all 0 when everything stands off."""
    change = np.zeros((GRID, GRID), np.float32)
    for thing in reading.things:
        step = _step(behind, front, *_bands_of(reading, thing), wanted)
        if step:
            away = masks.distance(reading.things_map == thing.label, int(FADE * 2.4))
            halo = np.exp(-((away / FADE) ** 2)) * np.float32(step)
            change = np.where(np.abs(halo) > np.abs(change), halo, change)
    moved = behind.copy()
    moved[..., 0] += change
    whole = _step(moved, front, *_bands(reading), wanted) if reading.things else 0.0
    if whole:
        change += np.exp(-((reading.outside / FADE) ** 2)) * np.float32(whole)
    return fields.blur(change, 1.5) if change.any() else change


def _lightened(backdrop: Floats, behind: Floats, change: Floats) -> Floats:
    """Change the backdrop's lightness by what the grid says; `behind` is the backdrop in OKLab, on the grid."""
    if not change.any():
        return backdrop
    moved = behind.copy()
    moved[..., 0] = np.clip(behind[..., 0] + change, 0.03, 0.985)
    difference = np.clip(srgb(moved), 0, 1) - np.clip(srgb(behind), 0, 1)
    backdrop += full_linear(difference.astype(np.float32))
    return np.clip(backdrop, 0, 1, out=backdrop)


def _bands(reading: Reading) -> tuple[Bools, Bools]:
    """The bands just inside and just outside all things."""
    inner = (reading.inside > NEAR) & (reading.inside < FAR)
    outer = (reading.outside > NEAR) & (reading.outside < FAR)
    return inner, outer


def _bands_of(reading: Reading, thing: Thing) -> tuple[Bools, Bools]:
    """The bands just inside and just outside one thing."""
    left, top, right, bottom = thing.box
    frame = (slice(max(0, top - 13), bottom + 14), slice(max(0, left - 13), right + 14))
    inner, outer = np.zeros((GRID, GRID), np.bool_), np.zeros((GRID, GRID), np.bool_)
    shape = reading.things_map[frame] == thing.label
    near = masks.distance(shape, 13)
    inner[frame] = shape & (reading.inside[frame] > NEAR) & (reading.inside[frame] < FAR)
    outer[frame] = ~reading.silhouette[frame] & (near > NEAR) & (near < FAR)
    if inner.sum() < FEWEST:
        inner[frame] = shape & (reading.inside[frame] > 1)
    return inner, outer


def _step(behind: Floats, front: Floats, inner: Bools, outer: Bools, wanted: float) -> float:
    """By how much the backdrop in a band has to get lighter or darker; 0 when it is told apart already."""
    if inner.sum() < FEWEST or outer.sum() < FEWEST:
        return 0.0
    own = front[inner].mean(axis=0)
    apart = behind[outer].mean(axis=0) - own
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
