"""Rooms: a wall, a floor, a window, and the few things that tell a classroom from a kitchen."""

import numpy as np

from .colour import Lch, hue_difference
from .lexicon import Words
from .props import covered
from .reading import SIDE, Reading
from .scenery import Band, Prop
from .setting import Setting
from .skies import Sky, sky_of

Random = np.random.Generator

_WALLS = (
    (0.93, 0.030, 85),
    (0.90, 0.045, 150),
    (0.90, 0.045, 20),
    (0.88, 0.050, 235),
    (0.91, 0.050, 95),
    (0.88, 0.045, 300),
    (0.86, 0.055, 190),
    (0.84, 0.060, 45),
)
"""Colours that walls are painted in: pale enough to stand behind."""
NIGHT = Lch(0.33, 0.085, 272)
"""What a wall turns to when only the night comes in at the window."""
_NEAR_HUE = 42.0
"""A wall within so many degrees of the drawing's main hue would swallow it."""
_WOODS = ((0.62, 0.08, 60), (0.72, 0.07, 72), (0.50, 0.07, 48), (0.90, 0.02, 85))
_FURNISHINGS = (
    ("window", "picture", "pot"),
    ("window", "lamp", "rug"),
    ("shelf", "picture", "lamp"),
    ("window", "shelf", "rug"),
    ("picture", "clock", "pot"),
)
_CLASSROOM = (("board", "clock", "window"), ("board", "shelf", "clock"), ("board", "window", "pot"))
_SIZES = {
    "window": (190.0, 220.0),
    "picture": (120.0, 96.0),
    "board": (330.0, 170.0),
    "shelf": (210.0, 62.0),
    "lamp": (110.0, 56.0),
    "clock": (84.0, 84.0),
    "pot": (96.0, 150.0),
    "rug": (560.0, 92.0),
}
"""(width, height) in pixels."""
_FLAT = frozenset({"wallpaper", "rug", "skirting"})
"""What others may stand before or on."""
_TRIES = 10
"""How many places are looked at for each furnishing."""
_MOST_HIDDEN = 0.40
"""The largest share of a furnishing that the drawing may hide: a window half seen is still a window."""


def wall_of(setting: Setting, words: Words, dominant: Lch, variant: int, rng: Random) -> Sky:
    """The wall's colour at its top, middle and foot; it keeps off the hue of what is drawn."""
    if words.place_colour is not None:
        wall = words.place_colour.at(0.86).strong(0.6)
    else:
        start = int(rng.integers(len(_WALLS))) + 3 * variant
        turned = (Lch(*_WALLS[(start + k) % len(_WALLS)]) for k in range(len(_WALLS)))
        wall = next(
            (tone for tone in turned if abs(hue_difference(tone.hue, dominant.hue)) > _NEAR_HUE), Lch(*_WALLS[3])
        )
    if setting.dark:
        # Mixed, not turned: on the way from a yellow wall to the night's blue lies brown.
        wall = wall.at(0.40).mixed(NIGHT, 0.72)
        return wall.lit(-0.08), wall, wall.lit(0.06)
    if setting.time == "sunset":
        wall = wall.lit(-0.03).leaning(50, 0.3).strong(1.3)
    return wall.lit(-0.035).strong(1.15), wall, wall.lit(0.02).strong(0.9)


def furnishings_of(
    reading: Reading, setting: Setting, wall: Sky, bands: tuple[Band, ...], rng: Random
) -> tuple[Prop, ...]:
    """What hangs on the wall and stands along it, back to front."""
    floor = next((band for band in bands if band.ground), None)
    if not setting.walled or floor is None:
        return ()
    edge = float(floor.edge.mean())
    white = Lch(0.95, 0.015, 90) if not setting.dark else wall[2].lit(0.06)
    found = [Prop("skirting", SIDE / 2, edge + 2, SIDE, 20, white, white.lit(-0.1))]
    if rng.random() < 0.4:
        found.insert(0, Prop("wallpaper", 0, edge, float(rng.uniform(40, 90)), 0, wall[1].lit(-0.02), wall[1]))
    choices = _CLASSROOM if setting.place == "classroom" else _FURNISHINGS
    for kind in choices[int(rng.integers(len(choices)))]:
        prop = _placed(kind, reading, setting, wall, edge, found, rng)
        if prop is not None:
            found.append(prop)
    return tuple(found)


def _placed(
    kind: str, reading: Reading, setting: Setting, wall: Sky, edge: float, others: list[Prop], rng: Random
) -> Prop | None:
    """A furnishing at the place, of some, where the drawing hides least of it."""
    width, height = (side * float(rng.uniform(0.85, 1.15)) for side in _SIZES[kind])
    colour, accent = _tones(kind, setting, wall, rng)
    tries = []
    for _ in range(_TRIES):
        x = SIDE / 2 if kind == "rug" else float(rng.uniform(0.10, 0.90)) * SIDE
        prop = Prop(kind, x, _foot(kind, height, edge, rng), width, height, colour, accent)
        if all(_apart(prop, other) for other in others):
            tries.append((0.0 if kind == "rug" else covered(reading, prop), x, prop))
    if not tries:
        return None
    hidden, _, best = min(tries, key=lambda one: one[:2])
    return best if hidden <= _MOST_HIDDEN else None


def _foot(kind: str, height: float, edge: float, rng: Random) -> float:
    """How low a furnishing reaches: pots stand, rugs lie, lamps hang, the rest is on the wall."""
    if kind == "pot":
        return edge + 14
    if kind == "rug":
        return min(SIDE - 20.0, edge + 118)
    if kind == "lamp":
        return float(rng.uniform(0.13, 0.20)) * SIDE
    return max(height + 26, edge - float(rng.uniform(90, 200)) - (0 if kind == "window" else 60))


def _apart(prop: Prop, other: Prop) -> bool:
    """Whether two furnishings do not get in each other's way."""
    return bool({prop.kind, other.kind} & _FLAT) or abs(prop.x - other.x) > (prop.width + other.width) / 2 + 12


def _tones(kind: str, setting: Setting, wall: Sky, rng: Random) -> tuple[Lch, Lch]:
    wood = Lch(*_WOODS[int(rng.integers(len(_WOODS)))])
    accent_hue = wall[1].hue + float(rng.choice([120.0, 180.0, 240.0]))
    colour = Lch(0.66, 0.11, accent_hue)
    if kind == "window":
        outdoors = Setting("meadow", setting.time, setting.weather, setting.season)
        colour, wood = sky_of(outdoors, None, rng)[1], Lch(0.95, 0.012, 90)
    elif kind == "board":
        colour, wood = Lch(0.40, 0.045, 160), Lch(0.60, 0.08, 60)
    elif kind == "pot":
        colour, wood = Lch(0.58, 0.12, 142), Lch(0.64, 0.12, 40)
    elif kind == "rug":
        colour, wood = Lch(0.72, 0.09, accent_hue), Lch(0.90, 0.03, 85)
    if setting.dark:
        colour = colour if kind in ("window", "lamp") else colour.lit(-0.20).strong(0.75)
        wood = wood.lit(-0.28).strong(0.8)
    return colour, wood
