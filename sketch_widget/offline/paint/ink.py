"""Ink: which pixels of an upload are the drawing, and in which colours it was drawn.

As the service's parameters say: the colours listed in `sketch_color` are ink, to the bit, and everything else is paper;
with an empty list the upload is binarised; with `sketch_extraction` it is a picture whose lines must first be found.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketch_widget.drawing.inks import over_white, two_tone

from . import fields, photo
from .commission import Commission, random_of

Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

SIDE = 768
"""Side of the picture, pixels: the service's only size."""
GRID = 384
"""Side of the grid, cells."""
SWAY = 14.0
"""How far lines may stray at `sketch_weight` 0, pixels."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """The ink of an upload, on the picture's square."""

    ink: Bools
    """`(768, 768) bool`."""
    color: Floats
    """`(384, 384, 3) float32`, 0 to 1: the mean colour of the ink in each cell; 0 where there is none."""
    amount: Floats
    """`(384, 384) float32`, 0 to 1: the share of each cell that is ink."""
    seen: Floats | None = None
    """`(384, 384, 3) float32`, 0 to 1: the photograph in which the lines were found; None for a drawing."""
    margins: photo.Margins = photo.NONE
    """The white margins that a photograph has on the grid, cells."""


def drawn(commission: Commission) -> Drawn:
    """Find the ink of a commission's upload, stretched to the square and swayed as loosely as its weight asks for."""
    pixels = over_white(commission.sketch)
    if commission.sketch_extraction:
        found = _photographed(pixels)
    else:
        found = _stretched(pixels, two_tone(pixels, commission.sketch_color))
    away = sway(commission)
    return found if away is None else _swayed(found, *away)


def looseness(commission: Commission) -> float:
    """0 at `sketch_weight` 10, 1 at 0."""
    return 1 - min(max(commission.sketch_weight, 0), 10) / 10


def sway(commission: Commission) -> tuple[Floats, Floats] | None:
    """How far each pixel of the picture looks aside for its ink, (down, right) in pixels; None at weight 10.

    The same for every weight but for its size, so that a drawing loosens steadily when the weight falls.
    """
    loose = looseness(commission)
    if not loose:
        return None
    rng = random_of("sway", hashlib.sha256(commission.sketch.tobytes()).hexdigest())
    down, right = (fields.noise(rng, (SIDE, SIDE), 260, octaves=2, gain=0.35) for _ in range(2))
    farthest = np.sqrt((down * down + right * right).max())
    return down * (SWAY * loose / farthest), right * (SWAY * loose / farthest)


def _stretched(pixels: Bytes, ink: Bools) -> Drawn:
    """Bring ink and its colours to the square; a line may grow a little, and never breaks."""
    amount = fields.resize(_floats(ink), (GRID, GRID), fields.LINEAR)
    color = np.zeros((GRID, GRID, 3), np.float32)
    for channel in range(3):
        inked = np.where(ink, pixels[..., channel], 0).astype(np.float32) / np.float32(255)
        color[..., channel] = fields.resize(inked, (GRID, GRID), fields.LINEAR)
    color /= np.maximum(amount, 1e-3)[..., None]
    if ink.shape != (SIDE, SIDE):
        # A line one pixel wide that falls between two pixels of a smaller picture covers little more than half the
        # reduction of each; enlarged, pixels that touch at a corner share half the light there.
        reduction = min(1.0, SIDE / max(ink.shape))
        ink = fields.resize(_floats(ink), (SIDE, SIDE), fields.LINEAR) > 0.45 * reduction
    return Drawn(ink, np.clip(color, 0, 1), np.clip(amount, 0, 1))


def _photographed(pixels: Bytes) -> Drawn:
    around = photo.margins(pixels)
    ink = photo.extracted(pixels, around, SIDE)
    amount = fields.resize(_floats(ink), (GRID, GRID), fields.BOX)
    seen = fields.resize(pixels.astype(np.float32), (GRID, GRID), fields.LINEAR) / np.float32(255)
    around = around.scaled(GRID / pixels.shape[0], GRID / pixels.shape[1])
    return Drawn(ink, np.zeros_like(seen), amount, seen, around)


def _swayed(found: Drawn, down: Floats, right: Floats) -> Drawn:
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    # Where the sway draws lines together, a thin one is seen by fewer pixels: .35 keeps it whole.
    ink = fields.sampled(_floats(found.ink), y + down, x + right) > 0.35
    y, x = np.mgrid[0:GRID, 0:GRID].astype(np.float32)
    y, x = (
        y + fields.resize(down, (GRID, GRID), fields.BOX) / 2,
        x + fields.resize(right, (GRID, GRID), fields.BOX) / 2,
    )
    seen = None if found.seen is None else fields.sampled(found.seen, y, x)
    return Drawn(ink, fields.sampled(found.color, y, x), fields.sampled(found.amount, y, x), seen, found.margins)


def _floats(mask: Bools) -> Floats:
    return mask.astype(np.float32)
