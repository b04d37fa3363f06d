"""Masks of simple shapes: discs, crescents, clouds, stars, and the small marks of a scenery.

Each mask is `(768, 768) float32`, anti-aliased, computed only where the shape is. They are made by arithmetic rather
than by a drawing library, whose shapes differ from version to version.
"""

import math
from collections.abc import Iterable

import numpy as np

from .colour import Floats
from .layers import SHAPE, X, Y
from .reading import SIDE
from .scenery import Cloud, Mark, Orb

Window = tuple[slice, slice]


def empty() -> Floats:
    """A mask of nothing."""
    return np.zeros(SHAPE, np.float32)


def window(x: float, y: float, across: float, down: float) -> Window | None:
    """The (rows, columns) around a place; None when they lie outside the picture."""
    left, right = max(0, math.floor(x - across)), min(SIDE, math.ceil(x + across) + 1)
    top, bottom = max(0, math.floor(y - down)), min(SIDE, math.ceil(y + down) + 1)
    return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None


def add_disc(mask: Floats, x: float, y: float, radius: float, soft: float = 1.0, strength: float = 1.0) -> None:
    """Add a disc to a mask."""
    frame = window(x, y, radius + soft + 1, radius + soft + 1)
    if frame is not None:
        away = np.hypot(X[:, frame[1]] - np.float32(x), Y[frame[0]] - np.float32(y))
        disc = np.clip((radius - away) / np.float32(soft) + 0.5, 0, 1) * np.float32(strength)
        np.maximum(mask[frame], disc, out=mask[frame])


def disc(x: float, y: float, radius: float, soft: float = 1.0) -> Floats:
    """One disc."""
    mask = empty()
    add_disc(mask, x, y, radius, soft)
    return mask


def add_stroke(
    mask: Floats, x: float, y: float, half_length: float, half_width: float, angle: float, strength: float = 1.0
) -> None:
    """Add a straight stroke with round ends, centred at a place, `angle` in radians from the x axis."""
    reach = half_length + half_width + 1
    frame = window(x, y, reach, reach)
    if frame is not None:
        right, down = X[:, frame[1]] - np.float32(x), Y[frame[0]] - np.float32(y)
        along = right * np.float32(math.cos(angle)) + down * np.float32(math.sin(angle))
        beside = down * np.float32(math.cos(angle)) - right * np.float32(math.sin(angle))
        away = np.hypot(np.maximum(np.abs(along) - np.float32(half_length), 0), beside)
        stroke = np.clip(half_width - away + 0.5, 0, 1) * np.float32(strength)
        np.maximum(mask[frame], stroke, out=mask[frame])


def add_glint(mask: Floats, x: float, y: float, size: float, strength: float = 1.0) -> None:
    """Add a four-pointed star."""
    frame = window(x, y, size, size)
    if frame is not None:
        right = np.abs(X[:, frame[1]] - np.float32(x)) / np.float32(size)
        down = np.abs(Y[frame[0]] - np.float32(y)) / np.float32(size)
        # |x|^p + |y|^p with p below 1 is a star that narrows to points.
        star = np.clip((1 - (right**0.5 + down**0.5)) * np.float32(size * 0.5) + 0.4, 0, 1) * np.float32(strength)
        np.maximum(mask[frame], star, out=mask[frame])


def add_petal(mask: Floats, x: float, y: float, half: float, angle: float, strength: float = 1.0) -> None:
    """Add a petal or a leaf: pointed at one end, round at the other, `half` its half length."""
    frame = window(x, y, half + 1, half + 1)
    if frame is not None:
        right, down = X[:, frame[1]] - np.float32(x), Y[frame[0]] - np.float32(y)
        along = (right * np.float32(math.cos(angle)) + down * np.float32(math.sin(angle))) / np.float32(half)
        beside = down * np.float32(math.cos(angle)) - right * np.float32(math.sin(angle))
        # The breadth grows slowly from the point at -1 and ends in a round tip at 1.
        broad = half * 0.62 * np.sqrt(np.clip(1 - along * along, 0, 1)) * (0.62 + 0.38 * along)
        petal = np.clip(broad - np.abs(beside) + 0.5, 0, 1) * (np.abs(along) < 1) * np.float32(strength)
        np.maximum(mask[frame], petal, out=mask[frame])


def _add_flower(mask: Floats, mark: Mark, size: float, index: int, strength: float) -> None:
    """Five petals that leave the middle open."""
    for petal in range(5):
        turn = petal * 2 * math.pi / 5 + index
        x, y = mark.x + math.cos(turn) * size * 0.75, mark.y + math.sin(turn) * size * 0.66
        add_petal(mask, x, y, max(1.6, size * 0.56), turn, strength)


def boxes(*sides: tuple[float, float, float, float]) -> Floats:
    """Upright boxes (left, top, right, bottom)."""
    mask = empty()
    for left, top, right, bottom in sides:
        frame = window((left + right) / 2, (top + bottom) / 2, (right - left) / 2 + 1, (bottom - top) / 2 + 1)
        if frame is not None:
            across = np.clip(np.minimum(X[:, frame[1]] - left, right - X[:, frame[1]]) + 0.5, 0, 1)
            down = np.clip(np.minimum(Y[frame[0]] - top, bottom - Y[frame[0]]) + 0.5, 0, 1)
            np.maximum(mask[frame], (across * down).astype(np.float32), out=mask[frame])
    return mask


def ellipse(x: float, y: float, across: float, down: float) -> Floats:
    """An upright ellipse with the given half axes."""
    mask, frame = empty(), window(x, y, across + 1, down + 1)
    if frame is not None:
        away = np.hypot((X[:, frame[1]] - x) / across, (Y[frame[0]] - y) / down)
        mask[frame] = np.clip((1 - away) * min(across, down) + 0.5, 0, 1)
    return mask


def cone(x: float, foot: float, half: float, height: float) -> Floats:
    """A triangle that stands on its base, or hangs from it when the height is negative."""
    mask, frame = empty(), window(x, foot - height / 2, half + 1, abs(height) / 2 + 1)
    if frame is not None:
        up = (foot - Y[frame[0]]) / height
        inside = half * (1 - up) - np.abs(X[:, frame[1]] - x)
        mask[frame] = np.clip(inside + 0.5, 0, 1) * ((up >= 0) & (up <= 1))
    return mask


def discs(*places: tuple[float, float, float]) -> Floats:
    """Discs (x, y, radius)."""
    mask = empty()
    for x, y, radius in places:
        add_disc(mask, x, y, radius)
    return mask


def strokes(*ways: tuple[float, float, float, float, float]) -> Floats:
    """Straight strokes (x, y, to x, to y, half width)."""
    mask = empty()
    for x, y, to_x, to_y, half in ways:
        length, angle = math.hypot(to_x - x, to_y - y), math.atan2(to_y - y, to_x - x)
        add_stroke(mask, (x + to_x) / 2, (y + to_y) / 2, length / 2, half, angle)
    return mask


def above(mask: Floats, y: float) -> Floats:
    """A mask cut off below a height, in place."""
    mask *= np.clip(y - Y + 0.5, 0, 1)
    return mask


def orb_mask(orb: Orb, grow: float = 0.0, soft: float = 1.2) -> Floats:
    """The sun or the moon."""
    mask = disc(orb.x, orb.y, orb.radius + grow, soft)
    if orb.crescent:
        mask = np.clip(mask - disc(orb.x + orb.radius * 0.42, orb.y - orb.radius * 0.22, orb.radius * 0.92, soft), 0, 1)
    return mask


def cloud_mask(clouds: Iterable[Cloud], flat_base: bool = True) -> Floats:
    """All clouds as one mask; puffs stand on a flat base when asked to."""
    mask = empty()
    for cloud in clouds:
        one = empty()
        for x, y, radius in cloud.puffs:
            add_disc(one, x, y, radius)
        if cloud.streak:
            one *= np.clip((cloud.y + cloud.width * 0.025 - Y) / 2 + 0.5, 0, 1)
        elif flat_base:
            foot = cloud.y + cloud.width * 0.10
            one *= np.clip(foot - Y + 0.5, 0, 1)
            add_stroke(one, cloud.x, foot - cloud.width * 0.09, cloud.width * 0.86, cloud.width * 0.09, 0.0)
        np.maximum(mask, one, out=mask)
    return mask


def marks_mask(marks: Iterable[Mark], scale: float = 1.0, strength: float = 1.0) -> Floats:
    """Small marks as one mask, each in the form of its kind."""
    mask = empty()
    for index, mark in enumerate(marks):
        size = mark.size * scale
        if mark.kind == "star" and size > 2.2:
            add_glint(mask, mark.x, mark.y, size * 4, strength)
        elif mark.kind == "dash":
            add_stroke(mask, mark.x, mark.y, size * 3.2, max(0.8, size * 0.26), 0.0, strength)
        elif mark.kind == "blade":
            add_stroke(
                mask, mark.x, mark.y, size * 1.3, max(0.7, size * 0.17), -1.57 + 0.5 * math.sin(index * 2.4), strength
            )
        elif mark.kind == "window":
            add_stroke(mask, mark.x, mark.y, mark.size * 0.5, mark.size * 0.62, 1.571, strength)
        elif mark.kind == "drop":
            add_stroke(mask, mark.x, mark.y, size * 3.4, 0.75, 1.83, strength * 0.7)
        elif mark.kind == "petal":
            add_petal(mask, mark.x, mark.y, size * 1.9, index * 1.7, strength)
        elif mark.kind == "flower":
            _add_flower(mask, mark, size, index, strength)
        else:
            add_disc(mask, mark.x, mark.y, max(0.8, size), 1.0, strength)
    return mask


def by_colour(marks: Iterable[Mark]) -> list[tuple[Mark, ...]]:
    """The marks, sorted into one tuple a colour."""
    found: dict[object, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.colour, []).append(mark)
    return [tuple(group) for group in found.values()]
