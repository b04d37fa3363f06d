"""Outlines of far things against the sky: hills, mountains, trees, roofs, dunes.

An outline is one height for each of the 768 columns, pixels above its foot, at most about 1 times the wanted height.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

SIDE = 768

Outline = npt.NDArray[np.float32]
Random = np.random.Generator

_X = np.arange(SIDE, dtype=np.float32)


def _waves(rng: Random, lengths: tuple[float, ...]) -> Outline:
    """A sum of sine waves of about the given lengths (pixels), longer ones higher, between -1 and 1."""
    total = np.zeros(SIDE, np.float32)
    for length in lengths:
        turn = 2 * np.pi / (length * rng.uniform(0.8, 1.25))
        total += np.sin(_X * turn + rng.uniform(0, 2 * np.pi)).astype(np.float32) * (length / max(lengths))
    return total / np.float32(sum(lengths) / max(lengths))


def _at(height: float, shape: npt.NDArray[np.floating[Any]]) -> Outline:
    return np.asarray(shape * height, np.float32)


def hills(rng: Random, height: float) -> Outline:
    """Long soft hills."""
    return _at(height, 0.5 + 0.5 * _waves(rng, (620, 310, 170)))


def slope(rng: Random, height: float) -> Outline:
    """One long slope that falls to the left or to the right."""
    run = _X / SIDE if rng.random() < 0.5 else 1 - _X / SIDE
    return _at(height, 0.78 * run**1.6 + 0.12 + 0.10 * _waves(rng, (260, 120)))


def mountains(rng: Random, height: float) -> Outline:
    """A chain of pointed peaks with broken flanks."""
    top = np.zeros(SIDE, np.float32)
    for peak in np.linspace(-0.05, 1.05, int(rng.integers(4, 8))) + rng.normal(0, 0.045, 1):
        tall = rng.uniform(0.45, 1.0)
        left, right = rng.uniform(0.8, 1.6, 2) * 260
        away = _X - (peak + rng.normal(0, 0.05)) * SIDE
        flank = 1 - np.where(away < 0, -away / left, away / right)
        top = np.maximum(top, tall * flank.astype(np.float32))
    return _at(height, 0.94 * np.clip(top, 0.04, None) + 0.06 * _waves(rng, (46, 24, 13)) * (top > 0.1))


def karst(rng: Random, height: float) -> Outline:
    """Steep rounded pillars of rock."""
    top = np.full(SIDE, 0.06, np.float32)
    for _ in range(int(rng.integers(4, 7))):
        middle, half, tall = rng.uniform(-0.05, 1.05) * SIDE, rng.uniform(45, 120), rng.uniform(0.35, 1)
        inside = np.clip(1 - ((_X - middle) / half) ** 4, 0, None)
        top = np.maximum(top, (tall * inside**0.55).astype(np.float32))
    return _at(height, 0.95 * top + 0.05 * _waves(rng, (60, 25)))


def crowns(rng: Random, height: float) -> Outline:
    """Round tree tops, crown beside crown."""
    top = np.zeros(SIDE, np.float32)
    place = -40.0
    while place < SIDE + 40:
        half = rng.uniform(0.5, 1.05) * height * 0.75
        round_top = np.sqrt(np.clip(1 - ((_X - place) / half) ** 2, 0, 1))
        top = np.maximum(top, (0.35 + 0.65 * round_top) * rng.uniform(0.55, 1) * (round_top > 0))
        place += half * rng.uniform(0.8, 1.5)
    return _at(height, np.maximum(top, 0.28).astype(np.float32))


def pines(rng: Random, height: float) -> Outline:
    """Pointed firs."""
    top = np.full(SIDE, 0.16, np.float32)
    place = -20.0
    while place < SIDE + 20:
        tall, half = rng.uniform(0.45, 1), rng.uniform(0.16, 0.26) * height
        away = np.abs(_X - place) / half
        steps = tall * (1 - away) + 0.05 * (np.floor(away * 4) - away * 4)
        top = np.maximum(top, np.where(away < 1, steps, 0).astype(np.float32))
        place += half * rng.uniform(0.7, 1.9)
    return _at(height, top)


def roofs(rng: Random, height: float) -> Outline:
    """Houses and towers with flat, stepped and pointed roofs."""
    top = np.zeros(SIDE, np.float32)
    place = -rng.uniform(0, 60)
    while place < SIDE:
        broad, tall = rng.uniform(34, 92), rng.uniform(0.3, 1)
        inside = (place <= _X) & (place + broad > _X)
        across = np.clip((_X - place) / broad, 0, 1)
        kind = rng.random()
        if kind < 0.3:
            roof = tall + 0.22 * (0.5 - np.abs(across - 0.5))
        elif kind < 0.45:
            roof = np.where(np.abs(across - 0.5) < 0.22, tall + 0.12, tall)
        else:
            roof = np.full(SIDE, tall)
        top = np.where(inside, roof, top).astype(np.float32)
        place += broad * rng.uniform(0.92, 1.1)
    return _at(height, top)


def dunes(rng: Random, height: float) -> Outline:
    """Dunes: a long rise and a short fall, again and again."""
    top = np.zeros(SIDE, np.float32)
    for _ in range(int(rng.integers(2, 5))):
        middle, tall = rng.uniform(0, 1) * SIDE, rng.uniform(0.4, 1)
        rise, fall = rng.uniform(260, 480), rng.uniform(90, 200)
        away = _X - middle
        flank = np.where(away < 0, 1 + away / rise, 1 - away / fall)
        top = np.maximum(top, (tall * np.clip(flank, 0, 1) ** 1.4).astype(np.float32))
    return _at(height, top)


def mesas(rng: Random, height: float) -> Outline:
    """Table mountains."""
    top = np.full(SIDE, 0.05, np.float32)
    for _ in range(int(rng.integers(2, 4))):
        middle, half, tall = rng.uniform(0, 1) * SIDE, rng.uniform(60, 150), rng.uniform(0.5, 1)
        flank = np.clip((half - np.abs(_X - middle)) / 22, 0, 1)
        top = np.maximum(top, (tall * flank).astype(np.float32))
    return _at(height, top + 0.02 * _waves(rng, (40, 17)))


def flat(_rng: Random, _height: float) -> Outline:
    """Nothing: the horizon of the open sea or plain."""
    return np.zeros(SIDE, np.float32)


OUTLINES: dict[str, Callable[[Random, float], Outline]] = {
    "hills": hills,
    "slope": slope,
    "mountains": mountains,
    "karst": karst,
    "crowns": crowns,
    "pines": pines,
    "roofs": roofs,
    "dunes": dunes,
    "mesas": mesas,
    "flat": flat,
}
"""Outlines by name."""
