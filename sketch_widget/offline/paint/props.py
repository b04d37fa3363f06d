"""Props: which things belong to a place, and where the drawing leaves room for them."""

import math
from dataclasses import dataclass, replace

import numpy as np

from .colour import Lch
from .reading import SIDE, Reading
from .scenery import Band, Prop
from .setting import Setting
from .skies import Sky, under_light

Random = np.random.Generator

MOST_COVERED = 0.06
"""The largest share of a prop that the drawing may hide."""
TRIES = 8
"""How many places are looked at for each prop."""


@dataclass(frozen=True)
class _Make:
    """What a prop is like: its height in pixels at the horizon, its breadth for that, and its colours."""

    tall: tuple[float, float]
    broad: float
    colours: tuple[tuple[float, float, float], ...]
    accents: tuple[tuple[float, float, float], ...]
    leafy: bool = False
    """Whether the season turns its colour."""


_BARK = ((0.46, 0.06, 55), (0.42, 0.05, 40))
_LEAVES = ((0.62, 0.14, 140), (0.66, 0.14, 126), (0.56, 0.11, 155))
_BRIGHT = ((0.66, 0.19, 28), (0.72, 0.15, 55), (0.60, 0.14, 250), (0.70, 0.16, 350), (0.68, 0.12, 190))
_PALE = ((0.96, 0.02, 90),)

_MAKES: dict[str, _Make] = {
    "tree": _Make((110, 190), 0.78, _LEAVES, _BARK, leafy=True),
    "pine": _Make((110, 220), 0.46, ((0.48, 0.09, 158), (0.44, 0.08, 172)), _BARK),
    "acacia": _Make((100, 150), 1.35, ((0.56, 0.11, 128), (0.60, 0.11, 112)), _BARK),
    "palm": _Make((170, 260), 0.80, ((0.58, 0.14, 143), (0.62, 0.14, 130)), ((0.58, 0.08, 62),)),
    "bamboo": _Make((300, 470), 0.24, ((0.62, 0.12, 138), (0.68, 0.12, 122)), ((0.52, 0.12, 145),)),
    "bush": _Make((36, 60), 2.0, _LEAVES, _BARK, leafy=True),
    "rock": _Make((20, 46), 1.9, ((0.62, 0.03, 260), (0.58, 0.04, 60)), ((0.74, 0.025, 250),)),
    "cactus": _Make((80, 150), 0.52, ((0.56, 0.12, 150), (0.60, 0.12, 140)), ((0.68, 0.12, 140),)),
    "fence": _Make((40, 58), 5.0, ((0.94, 0.02, 85), (0.58, 0.07, 58)), _BARK),
    "post": _Make((170, 240), 0.30, ((0.36, 0.03, 265),), ((0.93, 0.12, 90),)),
    "parasol": _Make((90, 130), 1.1, _BRIGHT, _PALE),
    "sail": _Make((44, 84), 0.80, ((0.46, 0.09, 40), (0.40, 0.08, 255)), _PALE),
    "reeds": _Make((80, 140), 0.60, ((0.58, 0.11, 130),), ((0.44, 0.07, 50),)),
    "weed": _Make((110, 240), 0.42, ((0.56, 0.13, 150), (0.60, 0.13, 125), (0.50, 0.13, 340)), _BARK),
    "coral": _Make((60, 110), 1.1, ((0.68, 0.17, 15), (0.74, 0.14, 55), (0.62, 0.15, 320)), _BARK),
    "birds": _Make((50, 70), 1.9, ((0.32, 0.03, 265),), _BARK),
    "planet": _Make((50, 120), 1.0, ((0.70, 0.14, 40), (0.66, 0.12, 200), (0.68, 0.15, 330)), ((0.84, 0.10, 80),)),
    "balloon": _Make((80, 120), 0.66, _BRIGHT, _PALE),
}

_PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "meadow": (
        ("tree",),
        ("pine", "pine"),
        ("fence",),
        ("tree", "bush"),
        ("rock", "bush"),
        ("tree", "tree", "fence"),
        (),
    ),
    "garden": (("fence", "bush"), ("bush", "bush", "tree"), ("tree",), ("fence",), ("bush", "bush")),
    "forest": (("pine", "pine", "pine"), ("tree", "tree", "bush"), ("pine", "rock"), ("bush", "tree")),
    "bamboo": (("bamboo", "bamboo", "bamboo"), ("bamboo", "bamboo", "rock"), ("bamboo", "bush", "bamboo")),
    "mountains": (("pine", "pine"), ("rock", "pine"), ("rock", "rock"), ("tree", "rock")),
    "alps": (("pine", "pine"), ("pine", "rock"), ("pine", "pine", "fence")),
    "cave": (("rock", "rock"), ("rock", "rock", "rock")),
    "moon": (("rock", "rock", "planet"), ("planet", "rock"), ("planet",)),
    "mars": (("rock", "rock"), ("rock", "rock", "rock"), ()),
    "savanna": (("acacia",), ("acacia", "acacia"), ("rock", "acacia"), ("rock", "bush")),
    "desert": (("cactus",), ("cactus", "cactus"), ("rock", "cactus"), ("rock",), ()),
    "beach": (("palm",), ("parasol",), ("palm", "palm"), ("rock", "rock"), ("parasol", "rock")),
    "road": (("tree", "tree"), ("post",), ("pine", "pine"), ("bush", "fence"), ("rock", "post")),
    "city": (("post",), ("tree", "post"), ("tree", "tree"), ("post", "bush")),
    "snowfield": (("pine", "pine"), ("pine",), ("rock", "pine"), ("tree",), ()),
    "sea": (("sail",), ("sail", "sail"), (), ("rock",)),
    "lakeside": (("reeds",), ("tree",), ("pine", "pine"), ("reeds", "rock")),
    "pond": (("reeds",), ("reeds", "reeds"), ("reeds", "rock")),
    "underwater": (
        ("weed", "weed"),
        ("weed", "coral"),
        ("coral", "rock"),
        ("coral", "coral", "weed"),
        ("rock", "weed"),
    ),
    "space": (("planet",), ("planet", "planet"), ()),
    "sky": (("balloon",), (), (), ("balloon", "balloon")),
}
"""Groups of props by place, one of which is chosen."""
_FLYING_WEATHER = frozenset({"clear", "cloudy", "wind"})
_SEASON_LEAVES = {
    "autumn": ((0.66, 0.16, 48), (0.72, 0.15, 70), (0.58, 0.17, 32)),
    "spring": ((0.86, 0.09, 355),),
    "winter": ((0.92, 0.015, 235),),
}
_HANGING = frozenset({"birds", "planet", "balloon"})
"""Props of the air."""
RINGED = 1.02
"""A planet a little taller than broad has a ring."""


def props_of(reading: Reading, setting: Setting, sky: Sky, bands: tuple[Band, ...], rng: Random) -> tuple[Prop, ...]:
    """The props of an outdoor place, far ones first."""
    groups = _PLACES.get(setting.place, ((),))
    kinds = list(groups[int(rng.integers(len(groups)))])
    if setting.open_air and setting.time != "night" and setting.weather in _FLYING_WEATHER and rng.random() < 0.3:
        kinds += ["birds"] if setting.place not in ("space", "desert", "moon", "mars", "cave") else []
    ground = next((band for band in bands if band.ground), None)
    placed: list[Prop] = []
    for kind in kinds:
        prop = _placed(kind, reading, setting, sky, ground, rng)
        if prop is not None and all(abs(prop.x - other.x) > (prop.width + other.width) * 0.4 for other in placed):
            placed.append(prop)
    return tuple(sorted(placed, key=lambda prop: prop.y))


def _placed(kind: str, reading: Reading, setting: Setting, sky: Sky, ground: Band | None, rng: Random) -> Prop | None:
    """A prop where the drawing hides little of it; None where it finds no room."""
    colour, accent = _colours(kind, setting, rng)
    if ground is None and kind not in _HANGING:
        return None
    for _ in range(TRIES):
        x, y, tall, depth = _somewhere(kind, ground, rng)
        prop = Prop(kind, x, y, tall * _MAKES[kind].broad, tall, colour, accent)
        if kind == "planet" and rng.random() < 0.5:
            prop = replace(prop, height=tall * RINGED)
        if covered(reading, prop) <= MOST_COVERED:
            return _in_the_air(prop, 0.38 * (1 - depth), setting, sky)
    return None


def _colours(kind: str, setting: Setting, rng: Random) -> tuple[Lch, Lch]:
    """A prop's own colours; the season turns leaves, and lays snow on them."""
    make = _MAKES[kind]
    colours = _SEASON_LEAVES.get(setting.season or "", make.colours) if make.leafy else make.colours
    colour = Lch(*colours[int(rng.integers(len(colours)))])
    return colour, Lch(*make.accents[int(rng.integers(len(make.accents)))])


def _somewhere(kind: str, ground: Band | None, rng: Random) -> tuple[float, float, float, float]:
    """A place to try, (x, y of the foot, height, depth): 0 at the horizon and small, 1 near and large."""
    tall, x = float(rng.uniform(*_MAKES[kind].tall)), float(rng.uniform(0.04, 0.96)) * SIDE
    if ground is None or kind in _HANGING:
        return x, float(rng.uniform(0.14, 0.42)) * SIDE, tall, 0.5
    depth = float(rng.random()) ** 1.6
    shore = float(ground.edge[int(np.clip(x, 0, SIDE - 1))])
    # Sails stay far out, and what stands by a road stands at its far side.
    room = min(110.0, max(10.0, SIDE - 60 - shore)) * (0.25 if kind == "sail" or ground.kind == "paving" else 1.0)
    return x, shore + 3 + depth * room, tall * (0.75 + 0.5 * depth), depth


def _in_the_air(prop: Prop, distance: float, setting: Setting, sky: Sky) -> Prop:
    """The prop in the colours of the hour, or of the water before it; a street lamp shines."""
    if setting.place == "underwater":
        return replace(prop, colour=prop.colour.mixed(sky[1], 0.45), accent=prop.accent.mixed(sky[1], 0.4))
    colour, accent = (under_light(tone, setting, sky, distance) for tone in (prop.colour, prop.accent))
    return replace(prop, colour=colour, accent=prop.accent if prop.kind == "post" and setting.dark else accent)


def covered(reading: Reading, prop: Prop) -> float:
    """Share of a prop's box that the drawing hides; outside the picture a sixth of it counts as hidden."""
    left, right = math.floor((prop.x - prop.width / 2) / 2), math.ceil((prop.x + prop.width / 2) / 2)
    top, bottom = math.floor((prop.y - prop.height) / 2), math.ceil(prop.y / 2)
    rows, columns = slice(max(0, top), max(0, bottom)), slice(max(0, left), max(0, right))
    patch = reading.silhouette[rows, columns] | (reading.free_map[rows, columns] > 0)
    whole = max(1, (right - left) * (bottom - top))
    return float(patch.sum() + (whole - patch.size) / 6) / whole
