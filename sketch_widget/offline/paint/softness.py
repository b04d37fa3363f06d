"""Dreaminess: what a low `sketch_weight` does to a finished picture, beside the looser lines it is painted from."""

import numpy as np
import numpy.typing as npt

from .colour import Floats
from .fields import BOX, blur, resize, smoothstep
from .layers import SHAPE, SIDE, X, Y, to_bytes

LEAST = 0.02
"""Below this looseness a picture is left as it is."""


def dreamed(picture: npt.NDArray[np.uint8], looseness: float) -> npt.NDArray[np.uint8]:
    """Lay a soft glow over a `(768, 768, 3) uint8` picture; 0 leaves it alone, 1 veils all but its middle."""
    if looseness < LEAST:
        return picture
    sharp: Floats = picture.astype(np.float32) / np.float32(255)
    small = resize(sharp, (SIDE // 4, SIDE // 4), BOX)
    veil = np.clip(resize(blur(small, 2.2), SHAPE), 0, 1)
    # A little of the veil by screen: highlights bleed, shadows stay.
    glowing = 1 - (1 - veil) * (1 - veil * np.float32(0.22))
    middle = np.hypot(X / SIDE - 0.5, Y / SIDE - 0.5)
    share = np.float32(looseness) * (0.30 + 0.40 * smoothstep(0.18, 0.62, middle))
    return to_bytes(sharp + (glowing - sharp) * share[..., None])
