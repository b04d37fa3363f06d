"""Shadows that things throw on what they stand on."""

import numpy as np

from .colour import Floats
from .fields import blur
from .layers import GRID, SIDE, full_linear
from .plan import Plan

SMALLEST = 500
"""Things of fewer cells (a button, a berry) throw no shadow of their own."""
AFLOAT = frozenset({"sky", "underwater", "space"})
"""Places without anything to throw a shadow on."""
_Y = np.arange(GRID, dtype=np.float32)[:, None]
_X = np.arange(GRID, dtype=np.float32)[None, :]


def ground_shadow(plan: Plan, lean: float = 0.35, soft: float = 4.0) -> Floats:
    """A flat shadow under each thing that stands, `(768, 768) float32`; 0 on the things themselves.

    `lean` is how far the shadow reaches to the side away from the light, as a share of its breadth; `soft` its blur in
    cells.
    """
    reading, scenery = plan.reading, plan.scenery
    shadow = np.zeros((GRID, GRID), np.float32)
    if scenery.setting.place in AFLOAT:
        return full_linear(shadow)
    away = -1.0 if scenery.light[0] > 0 else 1.0
    for thing in reading.things:
        if thing.area < SMALLEST or not _stands(plan, thing.box):
            continue
        foot = thing.box[3]
        near_foot = reading.things_map[max(0, foot - 14) : foot + 1] == thing.label
        columns = np.flatnonzero(near_foot.any(axis=0))
        if not len(columns):
            continue
        half = max((columns[-1] - columns[0]) / 2 * 1.06, (thing.box[2] - thing.box[0]) * 0.28)
        middle = (columns[0] + columns[-1]) / 2 + away * half * lean
        radius = ((_X - middle) / (half * (1 + lean))) ** 2 + ((_Y - foot - 1) / (half * 0.12 + 3)) ** 2
        shadow = np.maximum(shadow, np.clip(1.3 - radius, 0, 1))
    return np.asarray(np.clip(full_linear(blur(shadow, soft)), 0, 1) * (1 - reading.silhouette_soft), np.float32)


def _stands(plan: Plan, box: tuple[int, int, int, int]) -> bool:
    """Whether a thing's foot is on the ground, or on the floor of the studio."""
    ground = next((band for band in plan.scenery.bands if band.ground), None)
    foot, middle = box[3] * 2, min(SIDE - 1, box[0] + box[2])
    if ground is None:
        return foot > plan.scenery.centre[1] + 0.64 * plan.scenery.reach
    return ground.kind != "water" and foot > float(ground.edge[middle]) - 14
