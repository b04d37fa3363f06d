"""The land of a scenery: the ground that things stand on, and far hills, trees and roofs before the sky."""

import math

import numpy as np

from .colour import Lch
from .reading import SIDE, Reading
from .scenery import Band
from .setting import Setting
from .skies import Sky, under_light
from .skyline import OUTLINES, Outline

Random = np.random.Generator

# Ground ---------------------------------------------------------------------------------------------------------------

_GROUND: dict[str, tuple[str, tuple[tuple[float, float, float], tuple[float, float, float]]]] = {
    "meadow": ("land", ((0.77, 0.155, 130), (0.62, 0.15, 141))),
    "garden": ("land", ((0.80, 0.15, 126), (0.66, 0.16, 137))),
    "lakeside": ("land", ((0.78, 0.15, 128), (0.64, 0.15, 139))),
    "forest": ("land", ((0.64, 0.12, 137), (0.46, 0.09, 145))),
    "bamboo": ("land", ((0.80, 0.12, 128), (0.66, 0.13, 138))),
    "mountains": ("land", ((0.72, 0.12, 138), (0.56, 0.10, 148))),
    "alps": ("land", ((0.76, 0.13, 134), (0.58, 0.11, 146))),
    "cave": ("sand", ((0.52, 0.05, 62), (0.36, 0.045, 50))),
    "moon": ("sand", ((0.66, 0.012, 265), (0.50, 0.018, 270))),
    "mars": ("sand", ((0.68, 0.125, 48), (0.54, 0.13, 40))),
    "savanna": ("land", ((0.84, 0.115, 92), (0.70, 0.11, 80))),
    "desert": ("sand", ((0.88, 0.09, 80), (0.76, 0.11, 66))),
    "beach": ("sand", ((0.92, 0.06, 88), (0.83, 0.085, 78))),
    "road": ("paving", ((0.75, 0.02, 270), (0.62, 0.025, 270))),
    "city": ("paving", ((0.78, 0.025, 75), (0.64, 0.03, 60))),
    "snowfield": ("snow", ((0.975, 0.01, 235), (0.88, 0.035, 242))),
    "sea": ("water", ((0.70, 0.11, 213), (0.48, 0.12, 240))),
    "pond": ("water", ((0.74, 0.09, 208), (0.58, 0.10, 225))),
    "underwater": ("sand", ((0.80, 0.075, 95), (0.62, 0.08, 90))),
    "table": ("table", ((0.84, 0.07, 62), (0.70, 0.09, 52))),
    "room": ("floor", ((0.74, 0.08, 62), (0.60, 0.09, 50))),
    "classroom": ("floor", ((0.78, 0.06, 70), (0.66, 0.07, 58))),
}
_MEADOWS = (
    ((0.77, 0.155, 130), (0.62, 0.15, 141)),
    ((0.82, 0.135, 118), (0.68, 0.14, 128)),
    ((0.70, 0.120, 152), (0.55, 0.11, 160)),
    ((0.84, 0.120, 92), (0.72, 0.12, 78)),
    ((0.76, 0.100, 305), (0.62, 0.10, 150)),
    ((0.80, 0.120, 135), (0.66, 0.10, 185)),
    ((0.85, 0.110, 105), (0.72, 0.13, 122)),
)
"""Grass in spring and summer, in the shade, a corn field, lavender, clover, stubble."""
_SEASONS = {"autumn": (82.0, 0.62), "winter": (240.0, 0.8), "spring": (122.0, 0.25), "summer": (138.0, 0.2)}
"""The hue that grass leans to in each season, and how far."""


def grounds_of(reading: Reading, setting: Setting, sky: Sky, rng: Random) -> tuple[Band, ...]:
    """The ground, one band for each horizon of the drawing; a made-up one where the place has a ground at all."""
    edges = list(reading.horizons)
    if not edges and setting.place in _GROUND and not (setting.place == "underwater" and rng.random() < 0.2):
        edges = [_virtual_edge(reading, setting, rng)]
    if not edges:
        return ()
    kind, tones = _GROUND.get(setting.place, _GROUND["meadow"])
    if setting.place == "meadow" and setting.season is None:
        tones = _MEADOWS[int(rng.integers(len(_MEADOWS)))]
    top, bottom = (Lch(*tone) for tone in tones)
    if setting.place in ("studio", "space", "sky"):
        kind, top, bottom = "land", sky[1].lit(-0.10).strong(1.2), sky[1].lit(-0.20).strong(1.3)
    if kind == "land":
        hue, share = _SEASONS.get(setting.season or "", (138.0, 0.0))
        turn = float(rng.normal(0, 7))
        top, bottom = (tone.leaning(hue, share).turned(turn).lit(float(rng.normal(0, 0.012))) for tone in (top, bottom))
    if kind == "land" and setting.season == "winter":
        kind, top, bottom = "snow", Lch(0.965, 0.012, 235), Lch(0.87, 0.035, 242)
    if kind in ("table", "floor"):
        top, bottom = (tone.turned(float(rng.uniform(-30, 30))) for tone in (top, bottom))
    bands = []
    for index, edge in enumerate(edges):
        share = index / max(1, len(edges))
        first, last = top.mixed(bottom, share), top.mixed(bottom, min(1, share + 0.6))
        if setting.open_air or setting.place == "underwater":
            far = 0.12 * (1 - share)
            first, last = under_light(first, setting, sky, far), under_light(last, setting, sky, 0)
        elif setting.dark:
            first, last = under_light(first, setting, sky), under_light(last, setting, sky)
        bands.append(Band(np.asarray(edge, np.float32), first, last, kind, 0.1 * (1 - share)))
    return tuple(bands)


def _virtual_edge(reading: Reading, setting: Setting, rng: Random) -> Outline:
    """A ground line where the drawing has none: things stand in front of it, boats float in it."""
    _, top, _, bottom = reading.box
    tall = bottom - top
    x = np.arange(SIDE, dtype=np.float32)
    if setting.place in ("sea", "pond"):
        return np.full(SIDE, np.clip(bottom - rng.uniform(0.24, 0.36) * tall, 0.50 * SIDE, 0.80 * SIDE), np.float32)
    if setting.indoor:
        return np.full(SIDE, np.clip(bottom - rng.uniform(0.16, 0.30) * tall, 0.55 * SIDE, 0.84 * SIDE), np.float32)
    if setting.place == "underwater":
        return (SIDE * 0.90 + 16 * np.sin(x / SIDE * 7 + rng.uniform(0, 6))).astype(np.float32)
    return _rolling(reading, setting, rng)


def _rolling(reading: Reading, setting: Setting, rng: Random) -> Outline:
    """Open ground: low, high up the picture, on a mound under the drawing, or falling to one side."""
    left, top, right, bottom = reading.box
    x = np.arange(SIDE, dtype=np.float32)
    form = str(rng.choice(["low", "middle", "high", "mound", "slope"], p=[0.20, 0.28, 0.18, 0.18, 0.16]))
    share = {"low": (0.03, 0.09), "high": (0.28, 0.48)}.get(form, (0.08, 0.20))
    height = float(np.clip(bottom - rng.uniform(*share) * (bottom - top) - 8, 0.46 * SIDE, 0.90 * SIDE))
    if setting.place in ("road", "city"):
        return np.full(SIDE, height, np.float32)
    wave = rng.uniform(4, 18) * np.sin(x / SIDE * 2 * math.pi * rng.uniform(0.6, 1.5) + rng.uniform(0, 6))
    if form == "mound":
        middle, broad = (left + right) / 2, max(240.0, (right - left) * 0.75)
        wave = wave * 0.4 + 90 - rng.uniform(90, 150) * np.exp(-(((x - middle) / broad) ** 2))
    elif form == "slope":
        wave = wave * 0.6 + rng.choice([-1, 1]) * rng.uniform(50, 110) * (x / SIDE - 0.5)
    # Wherever the drawing ends, its foot stands on the ground.
    return np.minimum(height + wave, max(bottom - 6.0, 0.46 * SIDE)).clip(None, 0.93 * SIDE).astype(np.float32)


# Far land -------------------------------------------------------------------------------------------------------------

_FAR: dict[str, tuple[tuple[tuple[str, float, float], ...], ...]] = {
    # place: choices of (outline, height in pixels, distance 0..1), far ones first
    "meadow": (
        (("hills", 120, 0.75), ("hills", 62, 0.4)),
        (("mountains", 210, 0.85), ("hills", 70, 0.45)),
        (("crowns", 92, 0.5),),
        (("slope", 190, 0.65), ("hills", 60, 0.4)),
        (("pines", 110, 0.6), ("hills", 40, 0.3)),
        (("hills", 80, 0.6), ("roofs", 52, 0.55)),
        (("flat", 0, 0.5),),
    ),
    "garden": (
        (("crowns", 120, 0.5),),
        (("hills", 80, 0.6), ("crowns", 60, 0.35)),
        (("roofs", 90, 0.65), ("crowns", 70, 0.4)),
        (("slope", 130, 0.6),),
    ),
    "forest": (
        (("pines", 330, 0.75), ("pines", 230, 0.45)),
        (("crowns", 320, 0.75), ("crowns", 210, 0.42)),
        (("mountains", 300, 0.85), ("pines", 190, 0.5)),
    ),
    "bamboo": ((("karst", 260, 0.8), ("crowns", 120, 0.5)), (("crowns", 260, 0.7), ("crowns", 150, 0.4))),
    "mountains": (
        (("mountains", 330, 0.85), ("mountains", 190, 0.55), ("hills", 60, 0.3)),
        (("karst", 330, 0.85), ("karst", 210, 0.55)),
        (("slope", 330, 0.8), ("pines", 130, 0.45)),
    ),
    "alps": (
        (("mountains", 380, 0.45), ("mountains", 240, 0.25), ("pines", 90, 0.2)),
        (("mountains", 400, 0.40), ("hills", 80, 0.3)),
        (("slope", 360, 0.5), ("mountains", 260, 0.3), ("pines", 110, 0.25)),
    ),
    "cave": ((("karst", 330, 0.5), ("karst", 190, 0.2)), (("mesas", 330, 0.5), ("karst", 210, 0.2))),
    "moon": ((("hills", 90, 0.3),), (("mountains", 150, 0.3), ("hills", 60, 0.1)), (("dunes", 130, 0.2),)),
    "mars": (
        (("mesas", 170, 0.6), ("dunes", 70, 0.3)),
        (("mountains", 210, 0.7), ("hills", 70, 0.4)),
        (("dunes", 170, 0.5),),
    ),
    "savanna": ((("mesas", 120, 0.75),), (("mountains", 150, 0.85), ("flat", 0, 0.4)), (("crowns", 56, 0.55),)),
    "desert": (
        (("dunes", 170, 0.6), ("dunes", 90, 0.35)),
        (("mesas", 190, 0.75), ("dunes", 80, 0.4)),
        (("dunes", 260, 0.55),),
    ),
    "beach": ((("flat", 0, 0.6),), (("slope", 130, 0.7),), (("mountains", 120, 0.85),)),
    "road": (
        (("roofs", 190, 0.7), ("crowns", 60, 0.4)),
        (("hills", 120, 0.7), ("pines", 80, 0.45)),
        (("mountains", 200, 0.85), ("hills", 70, 0.5)),
        (("crowns", 110, 0.5),),
        (("mesas", 150, 0.7),),
    ),
    "city": (
        (("roofs", 330, 0.8), ("roofs", 210, 0.5)),
        (("roofs", 260, 0.7),),
        (("roofs", 300, 0.7), ("crowns", 70, 0.4)),
    ),
    "snowfield": (
        (("mountains", 230, 0.8), ("hills", 60, 0.4)),
        (("pines", 170, 0.65), ("hills", 50, 0.35)),
        (("hills", 120, 0.6),),
        (("slope", 220, 0.7),),
    ),
    "sea": ((), (), (("mountains", 90, 0.88),), (("slope", 110, 0.8),), (("karst", 130, 0.85),)),
    "lakeside": (
        (("hills", 210, 0.75), ("flat", 0, 0.25)),
        (("mountains", 290, 0.85), ("flat", 0, 0.2)),
        (("pines", 190, 0.7), ("flat", 0, 0.2)),
    ),
    "pond": (
        (("crowns", 110, 0.6),),
        (("hills", 120, 0.7), ("crowns", 50, 0.45)),
        (("mountains", 220, 0.85), ("pines", 70, 0.5)),
        (("karst", 220, 0.82),),
    ),
    "underwater": ((), (("karst", 150, 0.5),), (("hills", 90, 0.45),)),
}
_FAR_TONES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "hills": ((0.70, 0.12, 140), (0.72, 0.11, 118), (0.66, 0.10, 160)),
    "slope": ((0.68, 0.11, 142), (0.70, 0.10, 110), (0.60, 0.08, 230)),
    "mountains": ((0.58, 0.07, 258), (0.56, 0.06, 290), (0.62, 0.06, 210), (0.58, 0.06, 30)),
    "karst": ((0.56, 0.07, 190), (0.58, 0.06, 240), (0.54, 0.08, 155)),
    "crowns": ((0.60, 0.13, 143), (0.64, 0.13, 125), (0.56, 0.11, 160)),
    "pines": ((0.48, 0.09, 158), (0.46, 0.08, 175), (0.50, 0.09, 145)),
    "roofs": ((0.70, 0.07, 40), (0.66, 0.06, 270), (0.74, 0.05, 70), (0.62, 0.07, 220)),
    "dunes": ((0.82, 0.10, 75), (0.78, 0.10, 60), (0.74, 0.10, 45)),
    "mesas": ((0.64, 0.12, 42), (0.60, 0.11, 32)),
    "flat": ((0.66, 0.10, 215), (0.72, 0.10, 130)),
}
_SNOWY: dict[str, tuple[float, float, float]] = {
    "hills": (0.84, 0.04, 242),
    "slope": (0.84, 0.04, 242),
    "mountains": (0.84, 0.04, 242),
}
_TONES_OF_PLACE: dict[str, dict[str, tuple[float, float, float]]] = {
    "snowfield": _SNOWY,
    "alps": {"mountains": (0.95, 0.02, 238), "slope": (0.93, 0.025, 238)},
    "cave": {"karst": (0.36, 0.04, 58), "mesas": (0.44, 0.045, 55)},
    "moon": {"hills": (0.56, 0.012, 268), "mountains": (0.48, 0.014, 268), "dunes": (0.56, 0.012, 268)},
    "mars": {
        "mesas": (0.58, 0.13, 38),
        "mountains": (0.52, 0.11, 35),
        "hills": (0.62, 0.13, 42),
        "dunes": (0.64, 0.13, 46),
    },
}
"""Where a place has its own colour for far land, by outline."""
_ROCK = Lch(0.56, 0.065, 258)
"""The foot of a snowy mountain, without which it would be lost before a pale sky."""
_LEAFY = {"hills", "crowns", "slope"}


def ridges_of(setting: Setting, sky: Sky, grounds: tuple[Band, ...], rng: Random) -> tuple[Band, ...]:
    """The far land before the sky, far ones first; none where there is no ground."""
    choices = _FAR.get(setting.place, ())
    if not choices or not grounds:
        return ()
    foot = grounds[0].edge
    room = max(40.0, float(foot.min()) - 0.10 * SIDE)
    bands = []
    for outline, tall, distance in choices[int(rng.integers(len(choices)))]:
        height = min(tall * rng.uniform(0.75, 1.2), room)
        tones = _FAR_TONES[outline]
        tone = Lch(*tones[int(rng.integers(len(tones)))]).turned(float(rng.normal(0, 6)))
        if setting.place in ("beach", "lakeside") and outline == "flat":
            tone, height = Lch(0.68, 0.11, 213), 90.0
        if outline in _LEAFY and setting.season in _SEASONS:
            hue, share = _SEASONS[setting.season]
            tone = tone.leaning(hue, share)
        if own := _TONES_OF_PLACE.get(setting.place, {}).get(outline):
            tone = Lch(*own)
        base = (
            foot
            if setting.place not in ("sea", "pond", "beach", "lakeside")
            else np.full(SIDE, foot.mean(), np.float32)
        )
        edge = base - OUTLINES[outline](rng, height) - (height if outline == "flat" else 0)
        top = under_light(tone, setting, sky, distance)
        foot_tone = _ROCK if own and setting.place == "alps" else tone.lit(-0.03)
        bottom = under_light(foot_tone, setting, sky, max(0, distance - 0.12 if setting.weather != "fog" else 1))
        bands.append(Band(edge.astype(np.float32), top, bottom, outline, distance))
    return tuple(bands)
