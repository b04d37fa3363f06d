"""Figures of a poster: large geometric shapes behind a subject, and frames that crop a landscape."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .colour import Floats, Lch
from .layers import SIDE, X, Y, over
from .patterns import PATTERNS
from .shapes import disc

Random = np.random.Generator


@dataclass(frozen=True, eq=False)
class Poster:
    """A plain backdrop in the making: the picture, and the colours for it."""

    picture: Floats
    x: float
    y: float
    reach: float
    """The drawing's middle, and the radius of a disc around it."""
    back: Lch
    front: Lch
    accent: Lch
    rng: np.random.Generator


def _big_disc(poster: Poster) -> None:
    rng = poster.rng
    shift_x, shift_y = float(rng.uniform(-70, 70)), float(rng.uniform(-60, 60))
    big = disc(poster.x + shift_x, poster.y + shift_y, poster.reach * 1.22)
    over(poster.picture, poster.back, big)
    over(poster.picture, poster.front, big * PATTERNS["dots"](26, 0.0) * 0.5)
    over(
        poster.picture, poster.accent, disc(float(rng.choice([60, SIDE - 60])), float(rng.choice([70, SIDE - 70])), 150)
    )


def _arch(poster: Poster) -> None:
    top = poster.y - poster.reach * 0.2
    for share, tone in ((1.05, poster.back), (0.86, poster.front.mixed(poster.back, 0.25))):
        half = poster.reach * share
        below_top = np.clip(half - np.abs(X - poster.x) + 0.5, 0, 1) * np.clip(Y - top, 0, 1)
        over(poster.picture, tone, np.maximum(disc(poster.x, top, half), below_top))
    over(poster.picture, poster.accent, disc(poster.x + poster.reach, poster.y - poster.reach * 1.05, 62))


def _split(poster: Poster) -> None:
    angle = float(poster.rng.uniform(-0.5, 0.5))
    beyond = np.clip((X - poster.x) * math.cos(angle) + (Y - poster.y) * math.sin(angle) + 0.5, 0, 1)
    over(poster.picture, poster.back, beyond)
    over(poster.picture, poster.front, beyond * PATTERNS["stripes"](34, angle + 0.785) * 0.45)
    over(poster.picture, poster.accent, disc(poster.x, poster.y, poster.reach * 0.95))


def _tiles(poster: Poster) -> None:
    """Quarter circles on a grid."""
    rng, size = poster.rng, SIDE // 4
    tones = (poster.back, poster.front, poster.accent)
    for row in range(4):
        for column in range(4):
            corner_x, corner_y = (column + int(rng.integers(2))) * size, (row + int(rng.integers(2))) * size
            window = (slice(row * size, (row + 1) * size), slice(column * size, (column + 1) * size))
            away = np.hypot(X[:, window[1]] - corner_x, Y[window[0]] - corner_y)
            tone = tones[int(rng.choice(3, p=[0.5, 0.3, 0.2]))]
            over(poster.picture[window], tone, np.clip(size - away, 0, 1) * 0.85)


def _burst(poster: Poster) -> None:
    angle, away = np.arctan2(Y - poster.y, X - poster.x), np.hypot(X - poster.x, Y - poster.y)
    count, start = int(poster.rng.integers(8, 15)), float(poster.rng.uniform(0, 6))
    over(poster.picture, poster.back, np.clip(np.sin(angle * count + start) * away / 20 + 0.5, 0, 1))
    over(poster.picture, poster.front, disc(poster.x, poster.y, poster.reach * 0.98))


def _rings(poster: Poster) -> None:
    outer = poster.back.mixed(poster.front, -0.4)
    for radius, tone in ((1.75, outer), (1.42, poster.back), (1.1, poster.front), (0.8, poster.accent)):
        over(poster.picture, tone, disc(poster.x, poster.y, poster.reach * radius))


def _half_moon(poster: Poster) -> None:
    """Half a disc that stands on a floor of another colour."""
    floor = poster.y + poster.reach * float(poster.rng.uniform(0.45, 0.75))
    rising = disc(poster.x, floor, poster.reach * 1.3)
    over(poster.picture, poster.back, rising)
    over(poster.picture, poster.front, np.clip(Y - floor + 0.5, 0, 1) * np.ones((1, SIDE), np.float32))
    over(poster.picture, poster.accent, disc(poster.x - poster.reach * 0.9, poster.y - poster.reach * 0.9, 54))


def _steps(poster: Poster) -> None:
    """Broad diagonal steps from corner to corner."""
    side = float(poster.rng.choice([-1.0, 1.0]))
    along = (X - SIDE / 2) * side + (Y - SIDE / 2)
    tones = (poster.back, poster.front.mixed(poster.back, 0.5), poster.front)
    for index, tone in enumerate(tones):
        over(poster.picture, tone, np.clip(along - (index - 1) * 250 + 0.5, 0, 1).astype(np.float32))
    over(poster.picture, poster.accent, disc(poster.x, poster.y, poster.reach * 0.98))


FIGURES: tuple[Callable[[Poster], None], ...] = (
    _big_disc,
    _arch,
    _split,
    _tiles,
    _burst,
    _rings,
    _half_moon,
    _steps,
)
"""Backdrops to choose from."""


def circle_frame(x: float, y: float, reach: float) -> Floats:
    """A round view around the subject, 1 inside."""
    radius = min(max(reach * 1.12, 270.0), 350.0)
    middle_x, middle_y = (float(np.clip(place, radius + 12, SIDE - radius - 12)) for place in (x, y))
    return disc(middle_x, middle_y, radius)


def arch_frame(x: float, y: float, reach: float) -> Floats:
    """A tall view with a round head."""
    half = min(max(reach * 0.95, 240.0), 320.0)
    middle = float(np.clip(x, half + 24, SIDE - half - 24))
    shaft = np.clip(half - np.abs(X - middle) + 0.5, 0, 1) * np.clip(Y - half - 36, 0, 1) * np.clip(SIDE - 36 - Y, 0, 1)
    return np.asarray(np.maximum(disc(middle, half + 36, half), shaft), np.float32)


def card_frame(_x: float, _y: float, _reach: float) -> Floats:
    """A card with round corners and an even margin."""
    margin, corner = 40.0, 64.0
    across = np.maximum(np.abs(X - SIDE / 2) - (SIDE / 2 - margin - corner), 0)
    down = np.maximum(np.abs(Y - SIDE / 2) - (SIDE / 2 - margin - corner), 0)
    return np.asarray(np.clip(corner - np.hypot(across, down) + 0.5, 0, 1), np.float32)


FRAMES: tuple[Callable[[float, float, float], Floats], ...] = (circle_frame, arch_frame, card_frame)
"""Views to crop a landscape to; each takes the middle and the reach of the drawing."""
