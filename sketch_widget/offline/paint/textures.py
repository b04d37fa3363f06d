"""Grounds that pictures are painted on: watercolour paper, drawing paper, rice paper. The same sheet every time."""

from functools import lru_cache

import numpy as np

from . import fields
from .colour import Floats
from .commission import random_of
from .layers import SHAPE


@lru_cache(maxsize=1)
def cold_pressed() -> tuple[Floats, Floats]:
    """Rough watercolour paper: (height from 0 to 1, shading of its bumps from -0.1 to 0.1)."""
    rng = random_of("cold pressed paper")
    bumps = fields.noise(rng, SHAPE, 7, 2, 0.6) * 0.75 + fields.noise(rng, SHAPE, 22, 2) * 0.28
    bumps += fields.noise(rng, SHAPE, 3.2, 1) * 0.32
    height = np.clip(0.5 + bumps * 0.62, 0, 1).astype(np.float32)
    down, right = fields.gradient(fields.blur(height, 0.7))
    return height, np.clip((right + down) * 0.55, -0.10, 0.10).astype(np.float32)


@lru_cache(maxsize=1)
def drawing_paper() -> Floats:
    """Fine-grained drawing paper: height from 0 to 1; a pencil catches on what is high."""
    rng = random_of("drawing paper")
    grain = fields.noise(rng, SHAPE, 3.4, 1) * 0.7 + fields.noise(rng, SHAPE, 6, 2) * 0.5
    grain += (rng.random(SHAPE, dtype=np.float32) - 0.5) * 0.35
    return np.clip(0.5 + grain * 0.55, 0, 1).astype(np.float32)


@lru_cache(maxsize=1)
def rice_paper() -> Floats:
    """Rice paper: a factor for the paper's brightness, with long fibres in it."""
    rng = random_of("rice paper")
    cloudy = fields.noise(rng, SHAPE, 130, 3) * 0.012
    across = fields.noise(rng, SHAPE, 30, 3, stretch=(0.08, 1.6))
    down = fields.noise(rng, SHAPE, 30, 3, stretch=(1.6, 0.08))
    fibres = fields.smoothstep(0.55, 0.9, across) + fields.smoothstep(0.6, 0.95, down)
    grain = (rng.random(SHAPE, dtype=np.float32) - 0.5) * 0.018
    return np.asarray(1 + cloudy + grain - 0.022 * fibres, np.float32)


@lru_cache(maxsize=1)
def speckle() -> Floats:
    """Independent random values for each pixel, 0 to 1: printer's grain."""
    return random_of("speckle").random(SHAPE, dtype=np.float32)
