"""The forms of what furnishes a room: each is a few flat shapes, one over the other."""

import math
from collections.abc import Callable, Iterator

import numpy as np

from .colour import Lch
from .layers import SIDE, X, Y
from .patterns import stripes
from .scenery import Piece, Prop
from .shapes import above, add_stroke, boxes, discs, ellipse, empty, strokes


def _window(prop: Prop) -> Iterator[Piece]:
    """A window with four panes; `colour` is what is seen through it, `accent` its frame."""
    left, right, top, foot = prop.x - prop.width / 2, prop.x + prop.width / 2, prop.y - prop.height, prop.y
    bar = max(5.0, prop.width * 0.035)
    yield boxes((left, top, right, foot)), prop.accent
    middle, rail = (left + right) / 2, top + prop.height * 0.42
    columns = ((left + bar * 1.6, middle - bar / 2), (middle + bar / 2, right - bar * 1.6))
    rows = ((top + bar * 1.6, rail - bar / 2), (rail + bar / 2, foot - bar * 1.6))
    glass = boxes(*((a, c, b, d) for a, b in columns for c, d in rows))
    yield glass, prop.colour.lit(0.03)
    land = foot - prop.height * (0.20 + 0.07 * np.sin((X - left) / prop.width * 4.5 + prop.x))
    green = prop.colour.mixed(Lch(0.62, 0.12, 140), 0.62)
    yield glass * np.clip(Y - land + 0.5, 0, 1).astype(np.float32), green
    yield boxes((left - bar * 2, foot, right + bar * 2, foot + bar * 1.8)), prop.accent.lit(-0.05)


def _picture(prop: Prop) -> Iterator[Piece]:
    left, right, top, foot = prop.x - prop.width / 2, prop.x + prop.width / 2, prop.y - prop.height, prop.y
    yield boxes((left, top, right, foot)), prop.accent
    inner = boxes((left + 8, top + 8, right - 8, foot - 8))
    yield inner, prop.colour.lit(0.12).strong(0.6)
    yield inner * discs((prop.x - prop.width * 0.1, foot, prop.width * 0.42)), prop.colour
    yield inner * discs((prop.x + prop.width * 0.2, top + prop.height * 0.34, prop.width * 0.11)), prop.accent


def _board(prop: Prop) -> Iterator[Piece]:
    """A blackboard with chalk marks that mean nothing."""
    left, right, top, foot = prop.x - prop.width / 2, prop.x + prop.width / 2, prop.y - prop.height, prop.y
    yield boxes((left - 9, top - 9, right + 9, foot + 9)), prop.accent
    yield boxes((left, top, right, foot)), prop.colour
    chalk = [
        (left + 22, top + 24 + 22 * k, left + prop.width * (0.30 + 0.16 * ((k * 2) % 3)), top + 24 + 22 * k, 1.6)
        for k in range(max(1, int((prop.height - 40) / 22)))
    ]
    yield strokes(*chalk) * 0.8, Lch(0.95, 0.02, 100)


def _shelf(prop: Prop) -> Iterator[Piece]:
    left, foot = prop.x - prop.width / 2, prop.y
    yield boxes((left, foot, left + prop.width, foot + 9)), prop.accent
    place = left + 10.0
    for k in range(24):
        thick, tall = 11.0 + 6.0 * ((k * 3) % 4) / 3, prop.height * (0.72 + 0.28 * ((k * 5) % 7) / 6)
        if place + thick > left + prop.width - 8:
            break
        if (k * 7) % 5:
            yield (
                boxes((place, foot - tall, place + thick, foot)),
                prop.colour.turned(73.0 * k).lit(0.05 * ((k * 3) % 4 - 1)),
            )
        place += thick + 2


def _lamp(prop: Prop) -> Iterator[Piece]:
    """A lamp that hangs from the ceiling."""
    top = prop.y - prop.height
    yield strokes((prop.x, 0.0, prop.x, top, 1.4)), prop.accent
    yield discs((prop.x, prop.y - 2, prop.width * 0.16)), Lch(0.95, 0.10, 92)
    shade = above(ellipse(prop.x, prop.y, prop.width / 2, prop.height), prop.y)
    yield shade, prop.colour


def _clock(prop: Prop) -> Iterator[Piece]:
    x, y, radius = prop.x, prop.y - prop.height / 2, prop.width / 2
    yield discs((x, y, radius)), prop.accent
    yield discs((x, y, radius * 0.84)), Lch(0.96, 0.015, 90)
    yield (
        strokes((x, y, x + radius * 0.5, y - radius * 0.2, 2.2), (x, y, x - radius * 0.1, y - radius * 0.66, 1.8)),
        prop.accent,
    )


def _pot(prop: Prop) -> Iterator[Piece]:
    """A plant in a pot."""
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    for k, turn in enumerate((-2.6, -2.1, -1.57, -1.05, -0.55)):
        leaf, reach = empty(), tall * (0.36 + 0.05 * (k % 2))
        for step in range(5):
            u = (step + 0.5) / 5
            add_stroke(
                leaf,
                x + math.cos(turn) * u * reach,
                foot - tall * 0.38 + math.sin(turn) * u * reach * 1.3,
                reach * 0.12,
                half * 0.20 * math.sin(math.pi * (0.15 + 0.8 * u)),
                turn,
            )
        yield leaf, prop.colour.lit(0.05 if k % 2 else 0.0)
    yield boxes((x - half * 0.42, foot - tall * 0.36, x + half * 0.42, foot)), prop.accent
    yield boxes((x - half * 0.5, foot - tall * 0.40, x + half * 0.5, foot - tall * 0.30)), prop.accent.lit(0.05)


def _rug(prop: Prop) -> Iterator[Piece]:
    across, down = prop.width / 2, prop.height / 2
    yield ellipse(prop.x, prop.y - down, across, down), prop.colour
    yield ellipse(prop.x, prop.y - down, across * 0.84, down * 0.80), prop.accent
    yield ellipse(prop.x, prop.y - down, across * 0.74, down * 0.68), prop.colour


def _skirting(prop: Prop) -> Iterator[Piece]:
    yield boxes((-2, prop.y - prop.height, SIDE + 2, prop.y)), prop.colour
    yield boxes((-2, prop.y - prop.height, SIDE + 2, prop.y - prop.height + 3)), prop.accent


def _wallpaper(prop: Prop) -> Iterator[Piece]:
    """Stripes on the wall, as broad as the prop."""
    yield stripes(prop.width, 0.0) * np.clip(prop.y - Y, 0, 1), prop.colour


FURNITURE: dict[str, Callable[[Prop], Iterator[Piece]]] = {
    "window": _window,
    "picture": _picture,
    "board": _board,
    "shelf": _shelf,
    "lamp": _lamp,
    "clock": _clock,
    "pot": _pot,
    "rug": _rug,
    "skirting": _skirting,
    "wallpaper": _wallpaper,
}
"""Forms by the name of what they show."""
