"""What a season, a mood or a festival does to the colours of what is drawn."""

import math
from dataclasses import replace

import numpy as np

from .colour import Lch
from .roles import Role
from .setting import Setting

Random = np.random.Generator

_LEAFY = ("tree", "woods", "bush")
_AUTUMN = (Lch(0.66, 0.17, 55), Lch(0.73, 0.155, 80), Lch(0.58, 0.18, 33), Lch(0.70, 0.165, 66))
"""Leaves in autumn: orange, golden, red, amber."""


def in_season(colour: Lch, role: Role, setting: Setting, rng: Random) -> Lch:
    """In autumn green leaves turn, unless the prompt gives the tree or a part of it a colour of its own."""
    if role is None or role.entry.name not in _LEAFY or setting.season != "autumn" or not 100 < colour.hue < 170:
        return colour
    if role.colour is not None or role.part_colours:
        return colour
    return _AUTUMN[int(rng.integers(len(_AUTUMN)))]


def dressed(role: Role, colours: tuple[Lch, ...]) -> Role:
    """A made thing in the colours of a festival; what has its own colours, or is asked for in one, keeps them."""
    if role is None or role.entry.kind or role.colour is not None:
        return role
    parts = tuple(
        replace(part, colour=colours[index % len(colours)]) if part.colour.chroma > 0.10 else part
        for index, part in enumerate(role.entry.parts)
    )
    return replace(role, entry=replace(role.entry, kind="own", parts=parts))


def in_mood(colour: Lch, setting: Setting) -> Lch:
    """A colour as the moods of the prompt have it; never so light that it is lost on white."""
    for mood in setting.moods:
        if mood == "warm":
            colour = colour.leaning(50, 0.2)
        elif mood == "cool":
            colour = colour.leaning(235, 0.2)
        elif mood == "pastel":
            colour = colour.strong(0.86).lit(0.03)
        elif mood == "vivid":
            colour = colour.strong(1.16)
        elif mood == "vintage":
            colour = colour.strong(0.72).leaning(70, 0.1)
        elif mood == "dreamy":
            colour = colour.turned(18 * math.sin(math.radians(colour.hue * 2))).lit(0.02)
        elif mood == "neon":
            colour = colour.strong(1.25).leaning(320, 0.12)
        elif mood == "steampunk":
            colour = colour.strong(0.78).leaning(62, 0.3)
        elif mood == "medieval":
            colour = colour.strong(0.88).lit(-0.02)
        elif mood == "gloomy":
            colour = colour.strong(0.6).lit(-0.06)
    return replace(colour, lightness=min(0.97, colour.lightness))
