"""Printed patterns: stripes, dots, scales, checks. Each is a mask over the whole picture, anti-aliased."""

import math
from collections.abc import Callable

import numpy as np

from .colour import Floats
from .layers import Field, X, Y


def _edge(value: Field, softness: float) -> Floats:
    """1 where the value is positive, with a soft edge of the given width."""
    return np.asarray(np.clip(value / np.float32(softness) + 0.5, 0, 1), np.float32)


def _turned(angle: float) -> tuple[Floats, Floats]:
    cosine, sine = np.float32(math.cos(angle)), np.float32(math.sin(angle))
    return X * cosine + Y * sine, Y * cosine - X * sine


def stripes(pitch: float, angle: float) -> Floats:
    """Straight stripes."""
    along, _ = _turned(angle)
    return _edge(np.abs(np.mod(along, pitch) - pitch / 2) - pitch * 0.27, 1.2)


def dots(pitch: float, angle: float) -> Floats:
    """Round dots, rows set off against each other."""
    u, v = _turned(angle)
    row = np.floor(v / pitch)
    across = np.mod(u + np.mod(row, 2) * pitch / 2, pitch) - pitch / 2
    return _edge(pitch * 0.22 - np.hypot(across, np.mod(v, pitch) - pitch / 2), 1.2)


def waves(pitch: float, angle: float) -> Floats:
    """Wavy lines."""
    u, v = _turned(angle)
    place = np.mod(v + pitch * 0.32 * np.sin(u * np.float32(2 * math.pi / (pitch * 2.2))), pitch) - pitch / 2
    return _edge(pitch * 0.15 - np.abs(place), 1.2)


def scales(pitch: float, _angle: float) -> Floats:
    """Overlapping scales, as of a fish or of roof tiles."""
    row = np.floor(Y / (pitch * 0.5))
    across = np.mod(X + np.mod(row, 2) * pitch / 2, pitch) - pitch / 2
    away = np.hypot(across, np.mod(Y, pitch * 0.5))
    return _edge(1.3 - np.abs(away - pitch * 0.5), 1.2)


def checks(pitch: float, angle: float) -> Floats:
    """A chequerboard."""
    u, v = _turned(angle)
    turn = np.float32(math.pi / pitch)
    return _edge(np.sin(u * turn) * np.sin(v * turn), 0.10)


def crosses(pitch: float, angle: float) -> Floats:
    """Little plus signs."""
    u, v = _turned(angle)
    row = np.floor(v / pitch)
    across = np.abs(np.mod(u + np.mod(row, 2) * pitch / 2, pitch) - pitch / 2)
    down = np.abs(np.mod(v, pitch) - pitch / 2)
    arm, half = pitch * 0.20, pitch * 0.055
    return _edge(np.maximum(np.minimum(arm - across, half - down), np.minimum(arm - down, half - across)), 1.2)


PATTERNS: dict[str, Callable[[float, float], Floats]] = {
    "stripes": stripes,
    "dots": dots,
    "waves": waves,
    "scales": scales,
    "checks": checks,
    "crosses": crosses,
}
"""Patterns by name; each takes its pitch in pixels and an angle in radians."""
