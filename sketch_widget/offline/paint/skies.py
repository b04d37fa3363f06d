"""Colours of the air: skies by time and weather, and what each light does to the colours below.

A sky is three colours, zenith, middle and horizon.
"""

import numpy as np

from .colour import Lch
from .setting import Setting

Sky = tuple[Lch, Lch, Lch]


def _sky(*stops: tuple[float, float, float]) -> Sky:
    zenith, middle, horizon = (Lch(*stop) for stop in stops)
    return zenith, middle, horizon


SKIES: dict[str, tuple[Sky, ...]] = {
    "day": (
        _sky((0.64, 0.14, 247), (0.81, 0.085, 232), (0.955, 0.03, 212)),
        _sky((0.70, 0.115, 222), (0.86, 0.07, 208), (0.965, 0.035, 160)),
        _sky((0.76, 0.095, 250), (0.88, 0.05, 240), (0.965, 0.035, 85)),
        _sky((0.60, 0.125, 258), (0.76, 0.09, 248), (0.93, 0.045, 60)),
        _sky((0.80, 0.075, 205), (0.91, 0.05, 180), (0.97, 0.045, 105)),
        _sky((0.72, 0.09, 275), (0.86, 0.06, 300), (0.95, 0.045, 40)),
    ),
    "dawn": (
        _sky((0.78, 0.08, 262), (0.89, 0.06, 335), (0.95, 0.07, 75)),
        _sky((0.82, 0.07, 225), (0.93, 0.05, 120), (0.96, 0.08, 90)),
        _sky((0.74, 0.085, 300), (0.86, 0.085, 5), (0.94, 0.075, 60)),
        _sky((0.84, 0.06, 200), (0.92, 0.045, 20), (0.95, 0.07, 45)),
    ),
    "sunset": (
        _sky((0.46, 0.13, 295), (0.70, 0.16, 28), (0.89, 0.12, 78)),
        _sky((0.58, 0.12, 250), (0.80, 0.10, 50), (0.87, 0.14, 65)),
        _sky((0.50, 0.16, 345), (0.74, 0.16, 40), (0.92, 0.12, 92)),
        _sky((0.42, 0.10, 270), (0.62, 0.14, 340), (0.86, 0.11, 45)),
        _sky((0.66, 0.14, 40), (0.80, 0.13, 62), (0.93, 0.10, 95)),
    ),
    "night": (
        _sky((0.22, 0.075, 275), (0.34, 0.10, 278), (0.50, 0.11, 300)),
        _sky((0.20, 0.06, 255), (0.32, 0.09, 245), (0.48, 0.09, 215)),
        _sky((0.24, 0.09, 300), (0.37, 0.12, 315), (0.52, 0.12, 350)),
        _sky((0.19, 0.05, 265), (0.29, 0.08, 255), (0.42, 0.08, 190)),
    ),
    "space": (
        _sky((0.17, 0.07, 285), (0.25, 0.11, 295), (0.38, 0.13, 325)),
        _sky((0.15, 0.05, 255), (0.23, 0.09, 245), (0.36, 0.11, 205)),
        _sky((0.18, 0.06, 320), (0.27, 0.12, 345), (0.42, 0.14, 25)),
    ),
    "rain": (
        _sky((0.58, 0.035, 252), (0.72, 0.03, 245), (0.85, 0.02, 225)),
        _sky((0.62, 0.045, 215), (0.75, 0.035, 210), (0.87, 0.025, 190)),
        _sky((0.55, 0.05, 285), (0.70, 0.04, 275), (0.83, 0.03, 320)),
    ),
    "storm": (
        _sky((0.34, 0.05, 268), (0.47, 0.05, 258), (0.66, 0.045, 220)),
        _sky((0.36, 0.06, 300), (0.50, 0.06, 285), (0.70, 0.06, 90)),
    ),
    "snow": (
        _sky((0.76, 0.06, 243), (0.88, 0.035, 236), (0.965, 0.014, 225)),
        _sky((0.80, 0.05, 285), (0.89, 0.035, 320), (0.96, 0.03, 50)),
        _sky((0.72, 0.05, 220), (0.85, 0.03, 215), (0.95, 0.015, 200)),
    ),
    "fog": (
        _sky((0.82, 0.025, 235), (0.89, 0.018, 220), (0.95, 0.012, 120)),
        _sky((0.80, 0.035, 300), (0.88, 0.025, 330), (0.95, 0.02, 60)),
    ),
    "cloudy": (
        _sky((0.70, 0.055, 245), (0.82, 0.04, 238), (0.93, 0.02, 220)),
        _sky((0.74, 0.045, 270), (0.84, 0.035, 280), (0.94, 0.03, 60)),
    ),
    "moon": (
        _sky((0.12, 0.03, 275), (0.17, 0.045, 272), (0.25, 0.055, 265)),
        _sky((0.13, 0.035, 255), (0.19, 0.05, 250), (0.28, 0.06, 235)),
        _sky((0.12, 0.035, 300), (0.18, 0.055, 300), (0.27, 0.07, 305)),
    ),
    "mars": (
        _sky((0.64, 0.10, 52), (0.77, 0.09, 60), (0.88, 0.065, 72)),
        _sky((0.58, 0.11, 42), (0.72, 0.105, 50), (0.86, 0.08, 62)),
        _sky((0.66, 0.06, 40), (0.80, 0.07, 55), (0.92, 0.05, 80)),
    ),
    "cave": (
        _sky((0.26, 0.03, 60), (0.40, 0.045, 60), (0.60, 0.07, 70)),
        _sky((0.27, 0.04, 270), (0.40, 0.055, 255), (0.60, 0.07, 215)),
        _sky((0.26, 0.04, 320), (0.40, 0.055, 330), (0.60, 0.075, 30)),
    ),
    "neon night": (
        _sky((0.20, 0.09, 285), (0.34, 0.16, 310), (0.52, 0.21, 345)),
        _sky((0.18, 0.08, 270), (0.32, 0.13, 262), (0.54, 0.13, 205)),
        _sky((0.22, 0.11, 310), (0.38, 0.19, 340), (0.58, 0.18, 20)),
        _sky((0.18, 0.07, 250), (0.34, 0.13, 290), (0.54, 0.20, 330)),
    ),
    "halloween night": (
        _sky((0.21, 0.08, 295), (0.36, 0.13, 310), (0.62, 0.16, 45)),
        _sky((0.20, 0.06, 300), (0.36, 0.11, 325), (0.60, 0.15, 60)),
        _sky((0.20, 0.07, 285), (0.33, 0.12, 300), (0.52, 0.12, 135)),
    ),
    "new_year night": (
        _sky((0.22, 0.08, 275), (0.34, 0.12, 330), (0.54, 0.17, 28)),
        _sky((0.24, 0.10, 10), (0.38, 0.15, 22), (0.58, 0.16, 48)),
        _sky((0.20, 0.07, 265), (0.32, 0.10, 290), (0.54, 0.14, 40)),
    ),
    "steampunk day": (
        _sky((0.62, 0.07, 60), (0.76, 0.075, 70), (0.88, 0.07, 82)),
        _sky((0.60, 0.05, 190), (0.76, 0.05, 110), (0.88, 0.08, 78)),
    ),
    "underwater": (
        _sky((0.88, 0.085, 200), (0.68, 0.115, 222), (0.42, 0.11, 245)),
        _sky((0.90, 0.09, 165), (0.68, 0.11, 190), (0.40, 0.09, 220)),
        _sky((0.80, 0.09, 225), (0.56, 0.13, 255), (0.33, 0.12, 275)),
    ),
}
"""Skies to choose from by time, weather, place, or mood and time; "underwater" runs from the surface down."""


def sky_of(setting: Setting, wanted: Lch | None, rng: np.random.Generator) -> Sky:
    """The sky of a setting; a colour the prompt asks for the place turns it."""
    choice = SKIES[_key(setting)]
    sky = choice[int(rng.integers(len(choice)))]
    if wanted is not None:
        middle = Lch(min(max(wanted.lightness, 0.3), 0.86), wanted.chroma, wanted.hue)
        return middle.lit(-0.10), middle, middle.lit(0.12).strong(0.5)
    turn = float(rng.normal(0, 5))
    zenith, centre, horizon = (colour.turned(turn) for colour in sky)
    if "gloomy" in setting.moods and not setting.dark:
        return zenith.lit(-0.12).strong(0.6), centre.lit(-0.10).strong(0.6), horizon.lit(-0.06).strong(0.6)
    return zenith, centre, horizon


def _key(setting: Setting) -> str:
    if setting.place in ("underwater", "space", "moon", "cave") or (setting.place == "mars" and not setting.dark):
        return setting.place
    own = next((key for mood in setting.moods if (key := f"{mood} {setting.time}") in SKIES), None)
    if own is not None and setting.weather not in ("storm", "fog"):
        return own
    if setting.time in ("night", "sunset") or setting.weather not in SKIES:
        return setting.time
    if setting.weather == "snow" or setting.place == "snowfield":
        return "snow"
    return setting.weather


def under_light(colour: Lch, setting: Setting, sky: Sky, distance: float = 0.0) -> Lch:
    """A landscape colour as the hour, the weather and the air before it show it.

    `distance` is 0 near the viewer and 1 at the horizon, where everything takes the sky's own colour.
    """
    if setting.place == "moon":
        # No air: the ground lies in full sunlight under a black sky, near and far alike.
        return colour
    if setting.dark:
        # Mixed, not turned: on the way from corn to the night's blue lies red.
        deep = 0.14 + 0.34 * colour.lightness
        colour = Lch(deep, colour.chroma * 0.75, colour.hue).mixed(Lch(deep, 0.10, 272), 0.58)
    elif setting.time == "sunset":
        colour = colour.lit(-0.09).leaning(38, 0.20).strong(0.92)
    elif setting.time == "dawn":
        colour = colour.lit(0.02).leaning(60, 0.10).strong(0.88)
    if setting.weather in ("rain", "storm", "fog", "cloudy"):
        colour = colour.lit(-0.08 if setting.weather == "storm" else -0.03).strong(0.68)
    haze = 0.85 if setting.weather == "fog" else 0.68
    return colour.mixed(sky[2] if setting.open_air else sky[1], haze * distance)
