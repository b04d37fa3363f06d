"""Bristle brushes: stamps of paint with ragged ends and streaks that run dry, turned ahead of time to 24 angles."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from .colour import Floats
from .commission import random_of

ANGLES = 24
"""How many directions a stamp is kept in, over half a turn."""
KINDS = 3
"""How many different stamps a brush has."""


@dataclass(frozen=True, eq=False)
class Stamp:
    """One touch of a brush in one direction."""

    colour: Image.Image
    """How much of the canvas the paint covers, "L"."""
    height: Image.Image
    """How thick it lies, "L"."""


@lru_cache(maxsize=16)
def brush(length: int, width: int) -> tuple[tuple[Stamp, ...], ...]:
    """A brush whose touch is `length` by `width` pixels: stamps by kind and angle."""
    rng = random_of("brush", length, width)
    return tuple(_turned(*_touch(rng, length * 2, width * 3), length, width) for _ in range(KINDS))


def stamp_of(length: int, width: int, kind: int, angle: int) -> Stamp:
    """One stamp; `angle` counts 24ths of half a turn from the x axis."""
    return brush(length, width)[kind % KINDS][angle % ANGLES]


def _along(rng: np.random.Generator, size: int, knots: int) -> npt.NDArray[np.float64]:
    """Random values along a line, interpolated between a few knots."""
    return np.interp(np.arange(size), np.linspace(0, size - 1, knots), rng.random(knots))


def _touch(rng: np.random.Generator, across: int, down: int) -> tuple[Floats, Floats]:
    """One touch of the brush along the x axis, larger than needed: (cover, thickness), each 0 to 1."""
    u = ((np.arange(across) + 0.5) / across * 2 - 1)[None, :]
    v = ((np.arange(down) + 0.5) / down * 2 - 1)[:, None]
    bristle = _along(rng, down, max(5, down // 3))[:, None]
    start = 0.80 + 0.18 * _along(rng, down, max(4, down // 6))[:, None]
    stop = 0.74 + 0.26 * _along(rng, down, max(4, down // 6))[:, None]
    ends = np.clip((np.where(u < 0, start, stop) - np.abs(u)) * across / 10, 0, 1)
    sides = np.clip((0.92 - np.abs(v) * (1 + 0.10 * np.abs(u))) * down / 6, 0, 1)
    outline = ends * sides
    loaded = np.clip(1.25 - 0.55 * ((u + 1) / 2) - (1 - bristle) * 0.55 + 0.25 * _along(rng, across, 7)[None], 0.25, 1)
    ridges = outline * (0.35 + 0.65 * bristle) * (0.75 + 0.25 * np.cos(v * 3.1))
    rim = outline * (np.exp(-(((np.abs(v) - 0.82) / 0.12) ** 2)) + np.exp(-(((u - 0.72) / 0.16) ** 2))) * 0.25
    return (outline * loaded).astype(np.float32), np.clip(ridges + rim, 0, 1).astype(np.float32)


def _turned(cover: Floats, thickness: Floats, length: int, width: int) -> tuple[Stamp, ...]:
    def turned(field: Floats, angle: int) -> Image.Image:
        image = Image.fromarray((field * 255).astype(np.uint8)).resize((length, width), Image.Resampling.BOX)
        return image.rotate(-angle * 180 / ANGLES, Image.Resampling.BICUBIC, expand=True)

    return tuple(Stamp(turned(cover, angle), turned(thickness, angle)) for angle in range(ANGLES))
