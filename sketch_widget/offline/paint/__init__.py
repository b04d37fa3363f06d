"""The offline painters: a drawing and a prompt in, pictures out. Rules, not a model, and they know no drawing by name.

The drawing is read once (`reading`), the prompt heard (`lexicon`), then each variant is planned (`plan`: colours,
scenery), tried out (`thumbnails`) and painted (`styles`). Only numpy and Pillow; the same commission gives the same
bytes every time.
"""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from .choice import chosen_style
from .commission import Commission
from .lexicon import words_heard, words_of_painting
from .reading import read
from .softness import dreamed
from .styles import STYLES
from .thumbnails import plans_of

__all__ = ["STYLE_VALUES", "Commission", "paint", "words_heard"]

STYLE_VALUES = ("<auto>", *STYLES)
"""The style values that can be painted, in the service's spelling."""


def paint(commission: Commission) -> Iterator[npt.NDArray[np.uint8]]:
    """Paint the variants of a commission one by one, each `(768, 768, 3) uint8`.

    The drawing is read when the first one is asked for; each picture then takes about 0.4 s on one core. An empty
    drawing gives the prompt's mood. The first variant is the plainest; the others differ in light, colours and scene.
    """
    words = words_of_painting(commission.prompt)
    reading = read(commission, words)
    style = chosen_style(words) if commission.style == "<auto>" else commission.style
    seed = f"{commission.prompt}/{hashlib.sha256(np.ascontiguousarray(commission.sketch).tobytes()).hexdigest()}"
    for plan in plans_of(reading, words, seed, commission.n):
        yield dreamed(STYLES[style](plan), reading.looseness)
