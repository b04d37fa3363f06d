"""Masks and label maps as they look on the page."""

import numpy as np
from numpy.typing import NDArray


def mask(*rows: str) -> NDArray[np.bool_]:
    """`#` is set, anything else is not."""
    return np.array([[cell == "#" for cell in row] for row in rows])


def labels(*rows: str) -> NDArray[np.int32]:
    """Digits are labels, anything else is 0."""
    return np.array([[int(cell) if cell.isdigit() else 0 for cell in row] for row in rows], np.int32)


def on_grid(small: NDArray[np.generic], scale: int) -> NDArray[np.generic]:
    """A little matrix enlarged, every entry a square of `scale` cells."""
    return np.kron(small, np.ones((scale, scale), small.dtype))
