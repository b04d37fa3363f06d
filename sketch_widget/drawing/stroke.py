"""One stroke of a pen or of the eraser: points, a colour, a width.

Refuses what could not be drawn exactly: colours that are not `#rrggbb`, a white pen, points that are not numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sketch_widget.errors import DrawingError

PAPER = "#ffffff"
BLACK = "#000000"
PEN_WIDTH = 6.0  # pixels of 768
ERASER_WIDTH = 24.0  # pixels of 768
MAX_WIDTH = 768.0  # pixels: a wider pen than the pad draws nothing that this one does not
MAX_POINTS = 200_000  # a stroke: about half an hour of a 120 Hz pen that is never lifted
FARTHEST = 100_000.0  # pixels from the pad's corner; float32 still resolves 1/128 pixel there

Points = NDArray[np.float32]
_COLOR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, eq=False)
class Stroke:
    """A line drawn in one go.

    Args:
        points: (N, 2) numbers, pixels, x right and y down, at least one; kept as read-only float32.
        color: The ink, "#rrggbb". White is the paper and no ink. Default black.
        width: The pen's width in pixels, more than 0 and at most 768; below 1 it draws as 1. Default 6.
        eraser: True for a stroke that puts the paper back; its colour is then white. Default False.

    Raises:
        DrawingError: A point is not a finite number or lies more than 100 000 pixels away, there are none or more than
            200 000, or the colour or the width is none.
    """

    points: Points
    color: str = BLACK
    width: float = PEN_WIDTH
    eraser: bool = False
    _packed: dict[tuple[int, int], Any] = field(default_factory=dict, init=False, repr=False)

    def __init__(
        self,
        points: ArrayLike | Sequence[tuple[float, float]],
        color: str = BLACK,
        width: float = PEN_WIDTH,
        eraser: bool = False,
    ) -> None:
        put = object.__setattr__
        put(self, "points", _points(points))
        put(self, "color", PAPER if eraser else _ink(color))
        put(self, "width", _width(width))
        put(self, "eraser", bool(eraser))
        put(self, "_packed", {})

    @property
    def rgb(self) -> tuple[int, int, int]:
        """The colour as three numbers from 0 to 255."""
        return rgb(self.color)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stroke) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def __repr__(self) -> str:
        tool = "eraser" if self.eraser else self.color
        return f"<Stroke {tool}, {len(self.points)} points, {self.width:g} px wide>"

    def _identity(self) -> tuple[object, ...]:
        return self.color, self.width, self.eraser, self.points.tobytes()


def rgb(color: str) -> tuple[int, int, int]:
    """Return the three numbers of a colour "#rrggbb", each 0 to 255.

    Raises:
        DrawingError: It is not written so.
    """
    text = color.lower() if isinstance(color, str) else ""
    if not _COLOR.fullmatch(text):
        raise DrawingError("drawing.color", value=_short(color))
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _ink(color: str) -> str:
    rgb(color)
    if color.lower() == PAPER:
        raise DrawingError("drawing.white")
    return color.lower()


def _width(width: float) -> float:
    if isinstance(width, bool) or not isinstance(width, (int, float, np.integer, np.floating)):
        raise DrawingError("drawing.width", value=_short(width))
    if not 0 < float(width) <= MAX_WIDTH:
        raise DrawingError("drawing.width", value=_short(width))
    return float(width)


def _points(points: object) -> Points:
    try:
        array = np.array(points, dtype=np.float64)
    except (TypeError, ValueError):
        raise DrawingError("drawing.points_shape", value=_short(points)) from None
    if array.shape == (2,):
        array = array.reshape(1, 2)
    if array.ndim != 2 or array.shape[1] != 2 or not len(array):
        raise DrawingError("drawing.points_shape", value=f"{array.shape}")
    if len(array) > MAX_POINTS:
        raise DrawingError("drawing.points_many", value=len(array), most=MAX_POINTS)
    wrong = ~(np.abs(array) <= FARTHEST).all(axis=1)
    if wrong.any():
        at = int(wrong.argmax())
        raise DrawingError("drawing.points_far", at=at, value=tuple(array[at].tolist()), farthest=int(FARTHEST))
    kept: Points = array.astype(np.float32)
    kept.flags.writeable = False
    return kept


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
