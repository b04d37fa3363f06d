"""Composing a scenery for one picture.

Everything is chosen by random numbers seeded with the prompt and the drawing: thirty houses get thirty different days,
and the same one always its own.
"""

import math

import numpy as np

from .air import clouds_of, falling_of, marks_of, orb_of, stars_of, windows_of
from .colour import Lch
from .interiors import furnishings_of, wall_of
from .land import grounds_of, ridges_of
from .lexicon import Words
from .props import props_of
from .reading import Reading
from .scenery import Orb, Scenery
from .setting import Setting
from .skies import Sky, sky_of

Random = np.random.Generator

LIGHTS = ((-0.48, -0.62), (0.50, -0.60), (-0.66, -0.40), (0.30, -0.74))
"""Where the light comes from, (x, y), for the variants 0 to 3."""

_KEYS = (
    ((0.80, 1.25), (0.88, 0.9), (0.955, 0.4)),
    ((0.66, 1.4), (0.75, 1.25), (0.84, 0.9)),
    ((0.38, 1.15), (0.50, 1.25), (0.62, 1.15)),
)
"""Plain backdrops in a high, a middle and a low key: (lightness, strength of the hue) from the corners to the light."""


def scenery_of(
    reading: Reading,
    setting: Setting,
    words: Words,
    dominant: Lch,
    drawn_sky: frozenset[str],
    variant: int,
    rng: Random,
) -> Scenery:
    """Compose the scenery of one picture.

    `dominant` is the drawing's main colour, which a plain backdrop answers; `drawn_sky` tells what the drawing itself
    has up there ("light", "cloud"), so that nothing appears twice.
    """
    left, top, right, bottom = reading.box
    centre = ((left + right) / 2, (top + bottom) / 2)
    reach = max(right - left, bottom - top) / 2
    if setting.walled:
        sky = wall_of(setting, words, dominant, variant, rng)
    elif setting.indoor:
        sky = _plain_backdrop(setting, words, dominant, variant, rng)
    else:
        sky = sky_of(setting, words.place_colour, rng)
    grounds = grounds_of(reading, setting, sky, rng)
    bands = (*ridges_of(setting, sky, grounds, rng), *grounds)
    light = LIGHTS[variant % len(LIGHTS)]
    orb = None
    if setting.open_air and "light" not in drawn_sky:
        orb = orb_of(reading, setting, sky, bands, rng)
    if orb is not None:
        light = _toward(orb, centre, light)
    return Scenery(
        setting=setting,
        sky=sky,
        bands=bands,
        orb=orb,
        clouds=() if "cloud" in drawn_sky or not setting.open_air else clouds_of(setting, bands, rng),
        stars=stars_of(bands, rng) if setting.dark and setting.place != "underwater" else (),
        marks=(*windows_of(setting, bands, rng), *marks_of(setting, bands, sky, rng)),
        props=furnishings_of(reading, setting, sky, bands, rng)
        if setting.indoor
        else props_of(reading, setting, sky, bands, rng),
        falling=falling_of(setting, rng),
        light=light,
        centre=centre,
        reach=reach,
    )


def _toward(orb: Orb, centre: tuple[float, float], default: tuple[float, float]) -> tuple[float, float]:
    """Light that comes from the orb's side, never from straight behind or below."""
    side = math.copysign(max(0.28, min(0.62, abs(orb.x - centre[0]) / 420)), orb.x - centre[0])
    return side, default[1]


def _plain_backdrop(setting: Setting, words: Words, dominant: Lch, variant: int, rng: Random) -> Sky:
    """Three tones of one hue that answers the drawing's; mud and mustard are kept out."""
    if words.place_colour is not None:
        hue, chroma = words.place_colour.hue, min(0.12, words.place_colour.chroma)
    else:
        steps = (185.0, 150.0, 215.0, 60.0) if dominant.chroma > 0.05 else (60.0, 200.0, 330.0, 140.0)
        hue = (dominant.hue + steps[(variant + int(rng.integers(4)) * (variant > 0)) % 4] + rng.normal(0, 14)) % 360
        chroma = rng.uniform(0.055, 0.10)
        if 60 < hue < 145:
            hue = 48.0 if hue < 95 else 165.0
    if setting.dark:
        return Lch(0.24, chroma * 0.8, hue), Lch(0.34, chroma, hue), Lch(0.46, chroma, hue)
    key = 1 if dominant.lightness > 0.86 else 0
    if variant:
        key = max(key, int(rng.integers(len(_KEYS))))
    tones = _KEYS[key]
    zenith, middle, horizon = (Lch(lightness, chroma * strength, hue) for lightness, strength in tones)
    return zenith, middle, horizon.turned(18)
