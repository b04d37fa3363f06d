"""What is to be painted: a drawing and the request that goes with it, in the service's own parameter names.

A commission is already valid: the service in front of the painters has checked it. Nothing is validated here.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketch_widget.drawing.sketch import Sketch

RGB = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Commission:
    """One order to the painters."""

    sketch: npt.NDArray[np.uint8]
    """The drawing as uploaded, `(H, W, 3) uint8`, any size; it is stretched to the picture's square."""
    prompt: str
    """What the picture shows, in English or Chinese; may be empty."""
    style: str = "<auto>"
    """One of the service's eight style values, angle brackets included."""
    n: int = 1
    """How many variants, 1 to 4."""
    sketch_weight: int = 10
    """0 (loose and dreamy) to 10 (true to the line)."""
    sketch_extraction: bool = False
    """The upload is a photograph or a painted picture: find its lines. `sketch_color` has then no effect."""
    sketch_color: tuple[RGB, ...] = ()
    """The exact pen colours; empty: whatever is dark enough is a line."""
    strokes: Sketch | None = None
    """The strokes behind the pixels when the upload carried them. They help to see what was meant as closed."""

    def random(self, *purpose: str | int) -> np.random.Generator:
        """Random numbers that depend on the whole commission and on what they are for, alike in every process."""
        return random_of(self.digest(), *purpose)

    def digest(self) -> str:
        """SHA-256 of everything that may change the picture, as 64 hexadecimal digits."""
        shape = "x".join(map(str, self.sketch.shape))
        order = (self.prompt, self.style, self.sketch_weight, self.sketch_extraction, self.sketch_color, shape)
        return hashlib.sha256(repr(order).encode() + np.ascontiguousarray(self.sketch).tobytes()).hexdigest()


def random_of(*parts: str | int) -> np.random.Generator:
    """Random numbers seeded by words and numbers: SHA-256 into PCG64.

    Python's own `hash` is salted anew in every process and would paint another picture each time.
    """
    seed = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(seed[:16], "big")))
