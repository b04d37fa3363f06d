"""Motifs of ink painting that reach into the picture from a corner: plum, bamboo, willow, pine, orchid, reeds, a rock.

Each gives the ink it is set down with and, where it has any, its colour.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .colour import Floats, Lch
from .layers import SIDE, X, Y
from .reading import Reading
from .setting import Setting
from .shapes import add_disc, add_stroke, empty, window

Random = np.random.Generator
_PLUM_RED, _MAPLE_RED = Lch(0.68, 0.17, 12), Lch(0.60, 0.19, 35)
_MOST_TAKEN = 0.02
"""The largest share of its corner that the drawing may take where a motif is to grow."""


@dataclass(frozen=True, eq=False)
class Motif:
    """What is to be painted: dark ink, pale ink, and a touch of colour."""

    dark: Floats
    pale: Floats
    touch: Floats
    colour: Lch


def motif_of(reading: Reading, setting: Setting, rng: Random) -> Motif | None:
    """A motif that suits the place and the season, in a corner the drawing leaves free; often none at all."""
    kinds = _kinds(setting)
    kind = str(kinds[int(rng.integers(len(kinds)))])
    if kind == "none":
        return None
    busy = (reading.silhouette | (reading.free_map > 0)).astype(np.float32)
    rows = slice(230, 384) if kind in _GROWING else slice(0, 150)
    covers = {1: float(busy[rows, :112].mean()), -1: float(busy[rows, 272:].mean())}
    lean = 1 if (covers[1], rng.random()) < (covers[-1], rng.random()) else -1
    if covers[lean] > _MOST_TAKEN:
        return None
    motif = Motif(empty(), empty(), empty(), _MAPLE_RED if kind == "maple" else _PLUM_RED)
    _PAINTERS[kind](motif, lean, rng)
    return motif


def _kinds(setting: Setting) -> tuple[str, ...]:
    if setting.season == "winter" or setting.weather == "snow" or setting.place == "snowfield":
        return "plum", "plum", "pine", "none"
    if setting.season == "autumn":
        return "maple", "maple", "reeds", "none"
    if setting.season == "spring":
        return "plum", "willow", "willow", "none"
    return _BY_PLACE.get(setting.place, ("none",))


_BY_PLACE: dict[str, tuple[str, ...]] = {
    "meadow": ("willow", "orchid", "rock", "none", "none", "none"),
    "garden": ("plum", "bamboo", "rock", "orchid", "none"),
    "forest": ("pine", "bamboo", "none"),
    "bamboo": ("bamboo", "bamboo", "rock"),
    "mountains": ("pine", "pine", "none", "none"),
    "pond": ("reeds", "willow", "none"),
    "lakeside": ("willow", "reeds", "none"),
    "savanna": ("none",),
    "studio": ("bamboo", "plum", "orchid", "willow", "rock", "maple", "none", "none", "none"),
    "room": ("orchid", "none", "none"),
    "table": ("plum", "orchid", "bamboo", "none", "none"),
    "sky": ("willow", "pine", "none", "none", "none"),
}
"""Motifs to choose from by place; empty paper is one of them."""
_GROWING = frozenset({"orchid", "reeds", "rock"})
"""Motifs that grow from a lower corner; the others reach in from above."""


def _corner(lean: int) -> float:
    return -10.0 if lean > 0 else SIDE + 10.0


def _leaf(mask: Floats, x: float, y: float, half: float, broad: float, angle: float) -> None:
    """One stroke of a loaded brush around (x, y): pointed at both ends, fuller toward its root."""
    frame = window(x, y, half + 4, half + 4)
    if frame is not None:
        right, down = X[:, frame[1]] - np.float32(x), Y[frame[0]] - np.float32(y)
        along = right * np.float32(math.cos(angle)) + down * np.float32(math.sin(angle))
        beside = down * np.float32(math.cos(angle)) - right * np.float32(math.sin(angle))
        width = broad * np.clip(1 - (along / half) ** 2, 0, 1) * (1.15 - 0.35 * along / half)
        np.maximum(mask[frame], np.clip(width - np.abs(beside), 0, 1) * 0.9, out=mask[frame])


def _curve(mask: Floats, start: tuple[float, float], heading: float, bend: float, length: float, broad: float) -> None:
    """A long blade that bends on its way and runs out to a point."""
    x, y = start
    steps = 16
    for step in range(steps):
        step_length = length / steps
        nx, ny = x + math.cos(heading) * step_length, y + math.sin(heading) * step_length
        half = broad * math.sin(math.pi * (0.12 + 0.86 * (step + 0.5) / steps)) + 0.4
        add_stroke(mask, (x + nx) / 2, (y + ny) / 2, step_length / 2, half, heading, 0.85)
        x, y, heading = nx, ny, heading + bend / steps


def _bough(motif: Motif, lean: int, rng: Random, thick: float) -> list[tuple[float, float]]:
    """A knotted branch from an upper corner; the places of its knots."""
    x, y, heading = _corner(lean), float(rng.uniform(40, 150)), float(rng.uniform(0.0, 0.5))
    knots = []
    steps = int(rng.integers(7, 12))
    for step in range(steps):
        heading = heading * 0.9 + float(rng.normal(0, 0.34))
        length = float(rng.uniform(18, 36))
        nx, ny = x + lean * math.cos(heading) * length, y + math.sin(heading) * length
        half = max(1.0, thick * (1 - step / steps))
        add_stroke(motif.dark, (x + nx) / 2, (y + ny) / 2, length / 2, half, math.atan2(ny - y, nx - x), 0.86)
        if step > 1 and rng.random() < 0.5:
            twig = heading + float(rng.choice([-1, 1])) * float(rng.uniform(0.5, 1.0))
            tip = nx + lean * math.cos(twig) * 34, ny + math.sin(twig) * 34
            add_stroke(
                motif.dark, (nx + tip[0]) / 2, (ny + tip[1]) / 2, 17, 1.2, math.atan2(tip[1] - ny, tip[0] - nx), 0.8
            )
            knots.append(tip)
        knots.append((nx, ny))
        x, y = nx, ny
    return knots


def _plum(motif: Motif, lean: int, rng: Random) -> None:
    for index, (x, y) in enumerate(_bough(motif, lean, rng, 5.6)[2:]):
        if rng.random() < 0.7:
            open_ = float(rng.uniform(3.2, 5.4))
            for petal in range(5):
                turn = petal * 1.257 + index
                add_disc(motif.touch, x + open_ * math.cos(turn), y + open_ * math.sin(turn), open_ * 0.82, 1.6, 0.8)


def _maple(motif: Motif, lean: int, rng: Random) -> None:
    for x, y in _bough(motif, lean, rng, 4.6)[1:]:
        for _ in range(int(rng.integers(1, 4))):
            px, py = x + float(rng.normal(0, 15)), y + float(rng.normal(6, 13))
            turn = float(rng.uniform(0, 6))
            for point in range(5):
                _leaf(motif.touch, px, py, 9.0, 2.6, turn + point * 0.63)


def _pine(motif: Motif, lean: int, rng: Random) -> None:
    for x, y in _bough(motif, lean, rng, 7.0)[1:]:
        turns = np.linspace(-2.9, -0.25, 13) + float(rng.normal(0, 0.12))
        reach = float(rng.uniform(17, 27))
        for turn in turns:
            half_x, half_y = math.cos(turn) * reach / 2, math.sin(turn) * reach / 2
            add_stroke(motif.dark, x + half_x, y + half_y, reach / 2, 0.75, float(turn), 0.7)
        add_disc(motif.pale, x, y - 6, reach, 14.0, 0.45)


def _bamboo(motif: Motif, lean: int, rng: Random) -> None:
    for stalk in range(int(rng.integers(1, 4))):
        x, slant = _corner(lean) + lean * float(rng.uniform(36, 60) + 52 * stalk), float(rng.uniform(-3, 6))
        strength, half = 0.62 - 0.16 * stalk, float(rng.uniform(4.0, 6.5))
        length = float(rng.uniform(300, 620))
        for joint in range(int(length / 62)):
            add_stroke(motif.pale, x + lean * joint * slant, joint * 62 - 20, 27, half, 1.52, strength)
        for _ in range(int(rng.integers(2, 5))):
            knot = float(rng.uniform(0, length / 62 - 1))
            root_x, root_y = x + lean * knot * slant, knot * 62
            for heading in rng.uniform(-0.15, 1.25, int(rng.integers(2, 5))):
                reach, tip = float(rng.uniform(22, 40)), float(heading)
                angle = tip if lean > 0 else math.pi - tip
                place = root_x + math.cos(angle) * reach, root_y + math.sin(angle) * reach
                _leaf(motif.dark if stalk == 0 else motif.pale, *place, reach, 6.0, angle)


def _willow(motif: Motif, lean: int, rng: Random) -> None:
    for strand in range(int(rng.integers(5, 9))):
        x = _corner(lean) + lean * (14 + strand * float(rng.uniform(17, 27)))
        length = float(rng.uniform(110, 330)) * (1 - 0.06 * strand)
        drift, y = lean * float(rng.uniform(0.02, 0.22)), -8.0
        while y < length:
            add_stroke(motif.dark, x, y + 8, 8.5, 0.8, 1.571 - drift, 0.6)
            side = 1 if int(y / 13) % 2 else -1
            _leaf(motif.pale, x + side * 6, y + 14, 10.0, 2.5, 1.571 - side * 0.5)
            x, y = x + drift * 14, y + 13


def _orchid(motif: Motif, lean: int, rng: Random) -> None:
    root = _corner(lean) + lean * float(rng.uniform(40, 86)), SIDE + 6.0
    for blade in range(int(rng.integers(5, 9))):
        heading = -1.571 + lean * float(rng.uniform(-0.35, 0.75))
        bend = lean * float(rng.uniform(0.3, 1.3))
        mask = motif.dark if blade % 3 else motif.pale
        _curve(mask, root, heading, bend, float(rng.uniform(110, 250)), float(rng.uniform(2.4, 4.2)))
    for _ in range(int(rng.integers(1, 4))):
        x, y = root[0] + lean * float(rng.uniform(10, 90)), SIDE - float(rng.uniform(120, 190))
        for turn in (-2.6, -1.9, -1.2, -0.5, 1.2):
            _leaf(motif.touch, x + math.cos(turn) * 8, y + math.sin(turn) * 8, 9.0, 3.2, turn)


def _reeds(motif: Motif, lean: int, rng: Random) -> None:
    for _ in range(int(rng.integers(5, 9))):
        x = _corner(lean) + lean * float(rng.uniform(14, 130))
        length, lay = float(rng.uniform(130, 270)), lean * float(rng.uniform(0.1, 0.5))
        _curve(motif.dark, (x, SIDE + 4.0), -1.571, lay, length, 1.5)
        tip = x + math.sin(lay / 2) * length, SIDE + 4 - math.cos(lay / 2) * length
        for tuft in range(7):
            _leaf(
                motif.pale,
                tip[0] + lean * tuft * 2.4,
                tip[1] + tuft * 5.0 - 8,
                12.0,
                2.2,
                1.1 * lean + (0 if lean > 0 else math.pi),
            )


def _rock(motif: Motif, lean: int, rng: Random) -> None:
    x, foot = _corner(lean) + lean * float(rng.uniform(52, 84)), SIDE + 10.0
    for _ in range(4):
        px, py, half = x + float(rng.normal(0, 30)), foot - float(rng.uniform(0, 84)), float(rng.uniform(28, 52))
        add_disc(motif.pale, px, py, half, 26.0, 0.55)
        _curve(motif.dark, (px - half * 0.9, py + 6), -0.9, 1.7, half * 2.0, 2.6)
    for _ in range(int(rng.integers(5, 12))):
        add_disc(
            motif.dark,
            x + float(rng.normal(0, 40)),
            foot - float(rng.uniform(40, 124)),
            float(rng.uniform(1.5, 4)),
            1.6,
            0.8,
        )


_PAINTERS: dict[str, Callable[[Motif, int, Random], None]] = {
    "plum": _plum,
    "maple": _maple,
    "pine": _pine,
    "bamboo": _bamboo,
    "willow": _willow,
    "orchid": _orchid,
    "reeds": _reeds,
    "rock": _rock,
}
