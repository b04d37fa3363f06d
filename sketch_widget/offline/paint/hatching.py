"""Hatching: tone built from parallel pencil strokes, each with its own pressure, beginning and end.

A layer is one direction of strokes. It sets in at some darkness, its strokes broaden as the tone deepens, and where
it is not enough the next layer crosses it, as one learns to shade with a pen (Salisbury et al., "Interactive
pen-and-ink illustration", 1994; Winkenbach & Salesin, "Computer-generated pen-and-ink illustration", 1994).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .colour import Floats
from .fields import noise, smoothstep
from .layers import SHAPE, Field, X, Y

FADE_IN = 0.07
"""The span of tone over which a layer's strokes appear; a wide span would look airbrushed."""
UNEVEN = 0.045
"""How much later or earlier, at most, single strokes set in: the ragged edge of a patch of hatching."""
TAPER = 13.0
"""Pixels over which a stroke leaves the paper at either end."""
THINNEST = 0.50
"""Half the width of the lightest stroke, pixels."""


@dataclass(frozen=True)
class Layer:
    """One direction of strokes."""

    angle: float
    """Radians from the x axis; y points down."""
    pitch: float
    """Pixels from stroke to stroke."""
    start: float
    """The darkness, 0 to 1, at which the first strokes appear."""
    stop: float
    """The darkness at which they are broadest."""
    broadest: float = 0.36
    """Half the width of a stroke then, as a share of the pitch."""
    length: float = 120.0
    """Pixels from one lifting of the pencil to the next, about."""


def hatched(tone: Floats, layers: Sequence[Layer], bend: Field | float, rng: np.random.Generator) -> Floats:
    """Hatch a tone; 0 is bare paper, 1 is solid graphite.

    `bend` shifts the strokes sideways by some pixels from place to place, so that they follow a form.
    """
    paper = np.ones(SHAPE, np.float32)
    sway = noise(rng, SHAPE, 210, 2) * np.float32(4.0)
    for layer in layers:
        if float(tone.max()) > layer.start - UNEVEN:
            paper *= 1 - _strokes(tone, layer, sway + bend, rng)
        sway = -sway
    return np.asarray(1 - paper, np.float32)


def _strokes(tone: Floats, layer: Layer, shift: Field, rng: np.random.Generator) -> Floats:
    sine, cosine = np.float32(math.sin(layer.angle)), np.float32(math.cos(layer.angle))
    across = (Y * cosine - X * sine + shift) * np.float32(1 / layer.pitch)
    row = np.floor(across)
    beside = np.abs(across - row - np.float32(0.5)) * np.float32(layer.pitch)
    stroke = row.astype(np.int32)
    stroke -= stroke.min()
    count = int(stroke.max()) + 1

    def own(values: Field) -> Floats:
        """One value a stroke, laid out over the picture."""
        laid_out: Floats = np.asarray(values, np.float32)[stroke]
        return laid_out

    reach = layer.length * rng.uniform(0.7, 1.5, count)
    along = (X * cosine + Y * sine) * own(1 / reach) + own(rng.random(count))
    along -= np.floor(along)
    lifted = np.minimum(along, 1 - along) * own(reach / TAPER)
    darkness = tone + own(rng.uniform(-UNEVEN, UNEVEN, count))
    present = smoothstep(layer.start, layer.start + FADE_IN, darkness)
    swell = np.clip((darkness - layer.start) * np.float32(1 / (layer.stop - layer.start)), 0, 1)
    half = THINNEST + (layer.broadest * layer.pitch - THINNEST) * swell
    body = np.clip(half * np.clip(lifted, 0, 1) + np.float32(0.5) - beside, 0, 1)
    pressure = own(rng.uniform(0.72, 1.0, count)) * (0.62 + 0.30 * swell)
    return np.asarray(body * present * pressure, np.float32)
