"""Colours as people see them: lightness, chroma and hue in OKLCH, and the way to screen pixels and back.

All mixing and shading happens in OKLab, where equal steps look equal. A colour the screen cannot show loses chroma,
never lightness or hue, and nothing is clipped channel by channel, because that turns hues.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]

# Björn Ottosson, "A perceptual color space for image processing" (2020): linear sRGB -> cone response -> OKLab.
_RGB_TO_CONE = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_CONE_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_CONE_TO_RGB = np.linalg.inv(_RGB_TO_CONE)
_LAB_TO_CONE = np.linalg.inv(_CONE_TO_LAB)

VIOLET = 285.0
"""The hue that shadows lean to, in degrees: the colour of shade under a blue sky."""


@dataclass(frozen=True)
class Lch:
    """A colour: lightness 0 to 1, chroma 0 to about 0.3, hue in degrees (20 red, 90 yellow, 140 green, 250 blue)."""

    lightness: float
    chroma: float
    hue: float

    @property
    def rgb(self) -> Floats:
        """The colour on screen, (3,) float32 from 0 to 1; chroma is lowered until the screen can show it."""
        return _shown(round(self.lightness, 4), round(self.chroma, 4), round(self.hue % 360, 2))

    def lit(self, by: float) -> "Lch":
        """The colour made lighter by `by`, or darker when it is negative."""
        return replace(self, lightness=min(max(self.lightness + by, 0.02), 0.985))

    def at(self, lightness: float) -> "Lch":
        """The colour at the given lightness."""
        return replace(self, lightness=min(max(lightness, 0.02), 0.985))

    def strong(self, times: float) -> "Lch":
        """The colour with its chroma multiplied."""
        return replace(self, chroma=self.chroma * times)

    def turned(self, degrees: float) -> "Lch":
        """The colour with its hue turned."""
        return replace(self, hue=(self.hue + degrees) % 360)

    def leaning(self, hue: float, share: float) -> "Lch":
        """The colour with its hue moved a share of the shorter way to another hue."""
        return self.turned(share * hue_difference(hue, self.hue))

    def mixed(self, other: "Lch", share: float) -> "Lch":
        """The colour mixed in OKLab with a share of another."""
        return lch_of(_to_lab(self) * (1 - share) + _to_lab(other) * share)


@dataclass(frozen=True)
class Shades:
    """One colour under light: in its shadow, as itself, and where the light falls."""

    shadow: Lch
    base: Lch
    light: Lch


def hue_difference(hue: float, other: float) -> float:
    """The shorter way from `other` to `hue`, from -180 to 180 degrees."""
    return (hue - other + 180) % 360 - 180


def shades(colour: Lch, depth: float = 0.22, lift: float = 0.16, lean: float = 0.17) -> Shades:
    """A colour's shadow and light.

    Shadows turn toward violet by the share `lean`, those of yellows toward ochre; near-greys have no hue to turn and
    are tinted with violet instead. Turning rather than mixing keeps an orange from going brown-grey.
    """
    grey = math.exp(-((colour.chroma / 0.055) ** 2))
    deep = Lch(max(0.10, colour.lightness - depth), min(0.2, colour.chroma * 1.08 + 0.01), colour.hue)
    # On the way from yellow to violet lies green; a yellow's shadow is ochre.
    yellow = 70 < colour.hue % 360 < 128
    deep = deep.leaning(52, 2 * lean * (1 - grey)) if yellow else deep.leaning(VIOLET, lean * (1 - grey))
    tint = Lch(max(0.10, colour.lightness - depth * 0.8), 0.065, VIOLET)
    # A light colour has little room above it, a strong light one hardly any: lifted, yellow would turn white.
    room = min(0.85, 0.12 + 1.45 * (1 - colour.lightness))
    room *= 1 - min(0.8, 30 * colour.chroma * max(0.0, colour.lightness - 0.72))
    bright = colour.lit(lift * room).strong(0.96)
    warm = Lch(min(0.985, bright.lightness + 0.02), 0.05, 85)
    return Shades(deep.mixed(tint, 0.62 * grey), colour, bright.mixed(warm, 0.12))


def distance(one: Lch, other: Lch) -> float:
    """How different two colours look: their distance in OKLab (0.02 is just visible, 0.1 is plain)."""
    return float(np.linalg.norm(_to_lab(one) - _to_lab(other)))


def lch_of(lab: ArrayLike) -> Lch:
    """The colour of one OKLab triple."""
    lightness, a, b = (float(v) for v in np.asarray(lab, np.float64))
    return Lch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def from_rgb(rgb: Sequence[float]) -> Lch:
    """The colour of one screen pixel, channels 0 to 255."""
    return lch_of(oklab(np.asarray(rgb, np.float64) / 255))


def oklab(rgb: ArrayLike) -> NDArray[Any]:
    """Screen colours (..., 3) from 0 to 1 as OKLab (..., 3)."""
    values = np.asarray(rgb)
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    result: NDArray[Any] = np.cbrt(linear @ _RGB_TO_CONE.T.astype(linear.dtype)) @ _CONE_TO_LAB.T.astype(linear.dtype)
    return result


def srgb(lab: ArrayLike) -> NDArray[Any]:
    """OKLab (..., 3) as screen colours (..., 3); values outside 0 to 1 lie outside what a screen can show."""
    linear = ((np.asarray(lab) @ _LAB_TO_CONE.T) ** 3) @ _CONE_TO_RGB.T
    safe = np.maximum(linear, 1e-9)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * safe ** (1 / 2.4) - 0.055)


def ramp(stops: Sequence[tuple[float, Lch]], position: ArrayLike) -> Floats:
    """Colours along a scale of (position, colour) stops, mixed in OKLab: shape of `position` + (3,), float32 0 to 1."""
    steps = np.linspace(0, 1, 2048)
    places = [place for place, _ in stops]
    labs = np.array([_to_lab(colour) for _, colour in stops])
    mixed = np.stack([np.interp(steps, places, labs[:, channel]) for channel in range(3)], -1)
    table = np.clip(srgb(mixed), 0, 1).astype(np.float32)
    colours: Floats = table.take((np.clip(position, 0, 1) * 2047 + 0.5).astype(np.int32), axis=0)
    return colours


def _to_lab(colour: Lch) -> NDArray[np.float64]:
    """The OKLab triple of what the screen shows of a colour."""
    return np.asarray(oklab(colour.rgb.astype(np.float64)))


@lru_cache(maxsize=4096)
def _shown(lightness: float, chroma: float, hue: float) -> Floats:
    lightness = min(max(lightness, 0.0), 1.0)
    across, along = math.cos(math.radians(hue)), math.sin(math.radians(hue))

    def at(chroma: float) -> NDArray[Any]:
        return srgb(np.array([lightness, chroma * across, chroma * along]))

    def fits(rgb: NDArray[Any]) -> bool:
        return bool(rgb.min() > -1e-4 and rgb.max() < 1.0001)

    low, high = 0.0, chroma
    rgb = at(chroma)
    if not fits(rgb):
        for _ in range(14):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(at(middle)) else (low, middle)
        rgb = at(low)
    shown: Floats = np.clip(rgb, 0, 1).astype(np.float32)
    shown.setflags(write=False)
    return shown
