"""The styles: one module each. No style knows another; what they share stands in the modules above.

A style is a function from a plan to the finished picture, `(768, 768, 3) uint8`.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ..plan import Plan
from . import anime, cartoon, flat, ink_wash, oil, pencil, watercolor

Style = Callable[[Plan], npt.NDArray[np.uint8]]

STYLES: dict[str, Style] = {
    "<3d cartoon>": cartoon.paint,
    "<anime>": anime.paint,
    "<oil painting>": oil.paint,
    "<watercolor>": watercolor.paint,
    "<flat illustration>": flat.paint,
    "<sketch>": pencil.paint,
    "<chinese painting>": ink_wash.paint,
}
"""The painters by the service's own style values; `<auto>` is one of them, chosen by the prompt."""
