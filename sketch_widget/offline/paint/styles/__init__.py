"""The styles: one module each. No style knows another; what they share stands in the modules above.

A style is a function from a plan to the finished picture, `(768, 768, 3) uint8`.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ..plan import Plan
from . import anime, cartoon, watercolor

Style = Callable[[Plan], npt.NDArray[np.uint8]]

STYLES: dict[str, Style] = {
    "<3d cartoon>": cartoon.paint,
    "<anime>": anime.paint,
    "<watercolor>": watercolor.paint,
}
"""The painters by the service's own style values; `auto` chooses one of them."""
