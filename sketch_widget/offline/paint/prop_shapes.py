"""The forms of props: each is a few flat shapes, one over the other, that every style colours in its own way."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from .colour import Lch
from .furniture import FURNITURE
from .layers import X, Y
from .scenery import Piece, Prop
from .shapes import above, add_petal, add_stroke, boxes, cone, discs, ellipse, empty, strokes


def pieces(prop: Prop) -> Iterator[Piece]:
    """The shapes of a prop that are to be seen, undermost first; what stands at the edge may lie outside in part."""
    yield from (piece for piece in SHAPES[prop.kind](prop) if piece[0].any())


def _tree(prop: Prop) -> Iterator[Piece]:
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    yield strokes((x, foot, x, foot - tall * 0.5, half * 0.13)), prop.accent
    crown = ((0.0, 0.68, 0.72), (-0.48, 0.52, 0.50), (0.50, 0.55, 0.48), (-0.15, 0.40, 0.45))
    yield discs(*((x + u * half, foot - v * tall, r * half) for u, v, r in crown)), prop.colour
    lit = ((-0.14, 0.73, 0.46), (-0.52, 0.56, 0.28), (0.38, 0.61, 0.24))
    yield discs(*((x + u * half, foot - v * tall, r * half) for u, v, r in lit)), prop.colour.lit(0.055)


def _pine(prop: Prop) -> Iterator[Piece]:
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    yield strokes((x, foot, x, foot - tall * 0.3, half * 0.14)), prop.accent
    for rise, share, tone in ((0.14, 1.0, 0.0), (0.38, 0.78, 0.03), (0.60, 0.54, 0.06)):
        yield cone(x, foot - tall * rise, half * share, tall * 0.40), prop.colour.lit(tone)


def _acacia(prop: Prop) -> Iterator[Piece]:
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    fork = foot - tall * 0.5
    limbs = ((x, foot, x, fork, half * 0.06), (x, fork, x - half * 0.5, foot - tall * 0.8, half * 0.04))
    yield strokes(*limbs, (x, fork, x + half * 0.45, foot - tall * 0.8, half * 0.04)), prop.accent
    yield above(ellipse(x, foot - tall * 0.76, half, tall * 0.22), foot - tall * 0.74), prop.colour
    yield above(ellipse(x, foot - tall * 0.84, half * 0.7, tall * 0.12), foot - tall * 0.83), prop.colour.lit(0.05)


def _palm(prop: Prop) -> Iterator[Piece]:
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    bend = [(x + half * 0.35 * (k / 6) ** 2, foot - tall * 0.82 * k / 6) for k in range(7)]
    trunk = [(*one, *next_, half * (0.10 - 0.008 * k)) for k, (one, next_) in enumerate(pairwise(bend))]
    yield strokes(*trunk), prop.accent
    top_x, top_y = bend[-1]
    for turn, tone in ((3.5, 0.0), (-0.35, 0.0), (2.5, -0.03), (0.6, -0.03), (4.1, 0.04), (-0.95, 0.04), (4.75, 0.06)):
        leaf = empty()
        for k in range(6):
            # A frond rises from the crown and falls over in an arc.
            u = (k + 0.5) / 6 * half * 0.95
            drop = (u / half) ** 2 * tall * 0.16
            place = top_x + math.cos(turn) * u, top_y + math.sin(turn) * u + drop
            heading = math.atan2(math.sin(turn) + 0.5 * u / half, math.cos(turn))
            add_stroke(leaf, *place, half * 0.10, half * 0.075 * math.sin(math.pi * (k + 0.8) / 6.6), heading)
        yield leaf, prop.colour.lit(tone)


def _bamboo(prop: Prop) -> Iterator[Piece]:
    stalks, leaves = [], empty()
    for k in range(3):
        x, lean, half = prop.x + prop.width * (k / 2 - 0.5), 0.02 * (k - 1), prop.width * (0.070 - 0.012 * k)
        tall, joint = prop.height * (1 - 0.13 * ((k * 2) % 3)), prop.height / 9
        for step in range(int(tall / joint)):
            low, high = step * joint + 2.5, (step + 1) * joint - 2.5
            stalks.append((x + lean * low, prop.y - low, x + lean * high, prop.y - high, half))
            if step > 2 and (step + k) % 2:
                # Sprays hang to either side in turn.
                for fall in (0.15, 0.6, 1.05):
                    turn = fall if (step + k) % 4 == 1 else math.pi - fall
                    side = prop.width * 0.22
                    place = x + lean * high + math.cos(turn) * side, prop.y - high + math.sin(turn) * side
                    add_petal(leaves, *place, side, turn + math.pi)
    yield strokes(*stalks), prop.colour
    yield leaves, prop.accent


def _bush(prop: Prop) -> Iterator[Piece]:
    x, foot, half = prop.x, prop.y, prop.width / 2
    mounds = ((-0.5, 0.16, 0.42), (0.1, 0.30, 0.52), (0.58, 0.10, 0.38))
    yield above(discs(*((x + u * half, foot - v * half, r * half) for u, v, r in mounds)), foot), prop.colour
    lit = ((-0.54, 0.26, 0.22), (0.02, 0.46, 0.28))
    yield discs(*((x + u * half, foot - v * half, r * half) for u, v, r in lit)), prop.colour.lit(0.055)


def _rock(prop: Prop) -> Iterator[Piece]:
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    stone = np.maximum(ellipse(x, foot, half * 0.8, tall), ellipse(x + half * 0.45, foot, half * 0.55, tall * 0.55))
    yield above(stone, foot), prop.colour
    yield (
        above(ellipse(x - half * 0.18, foot - tall * 0.28, half * 0.42, tall * 0.55), foot - tall * 0.4),
        prop.accent,
    )


def _cactus(prop: Prop) -> Iterator[Piece]:
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    arms = ((-0.62, 0.34, 0.70), (0.62, 0.46, 0.86))
    limbs = [(x, foot, x, foot - tall * 0.9, half * 0.20)]
    for side, low, high in arms:
        limbs += [(x, foot - tall * low, x + side * half, foot - tall * low, half * 0.13)]
        limbs += [(x + side * half, foot - tall * low, x + side * half, foot - tall * high, half * 0.13)]
    yield above(strokes(*limbs), foot), prop.colour
    yield above(strokes((x - half * 0.07, foot, x - half * 0.07, foot - tall * 0.88, half * 0.04)), foot), prop.accent


def _fence(prop: Prop) -> Iterator[Piece]:
    left, top = prop.x - prop.width / 2, prop.y - prop.height
    rails = [(left, top + prop.height * v, left + prop.width, top + prop.height * (v + 0.14)) for v in (0.24, 0.62)]
    posts = max(3, round(prop.width / (prop.height * 0.62)))
    places = [left + prop.width * (k + 0.5) / posts for k in range(posts)]
    half = prop.height * 0.09
    yield boxes(*rails, *((place - half, top, place + half, prop.y) for place in places)), prop.colour


def _post(prop: Prop) -> Iterator[Piece]:
    """A street lamp."""
    top, half = prop.y - prop.height, max(2.0, prop.height * 0.018)
    arm = prop.x + prop.width * 0.4, top + prop.height * 0.06
    yield strokes((prop.x, prop.y, prop.x, top, half), (prop.x, top, *arm, half)), prop.colour
    yield discs((arm[0], arm[1] + prop.height * 0.04, prop.height * 0.055)), prop.accent


def _parasol(prop: Prop) -> Iterator[Piece]:
    x, top, half = prop.x, prop.y - prop.height, prop.width / 2
    yield strokes((x, prop.y, x + prop.height * 0.06, top, 2.5)), Lch(0.93, 0.02, 85)
    shade = above(ellipse(x, top + half * 0.55, half, half * 0.55), top + half * 0.55)
    yield shade, prop.colour
    yield shade * np.clip(half * 0.22 - np.abs(np.abs(X - x) - half * 0.5) + 0.5, 0, 1), prop.accent


def _sail(prop: Prop) -> Iterator[Piece]:
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    yield cone(x, foot - tall * 0.16, half * 0.62, tall * 0.84), prop.accent
    yield (
        above(ellipse(x, foot - tall * 0.13, half, tall * 0.13), foot) * np.clip(Y - foot + tall * 0.13, 0, 1),
        prop.colour,
    )


def _reeds(prop: Prop) -> Iterator[Piece]:
    stems, heads = [], []
    for k in range(9):
        x = prop.x + prop.width * (k / 8 - 0.5)
        tall = prop.height * (0.55 + 0.45 * abs(math.sin(k * 2.3)))
        lean = prop.width * 0.10 * math.sin(k * 1.7)
        stems.append((x, prop.y, x + lean, prop.y - tall, 1.8))
        if k % 2:
            heads.append((x + lean, prop.y - tall, x + lean * 0.8, prop.y - tall * 0.80, 4.0))
    yield strokes(*stems), prop.colour
    yield strokes(*heads), prop.accent


def _weed(prop: Prop) -> Iterator[Piece]:
    for k in range(4):
        ribbon, x = empty(), prop.x + prop.width * (k / 3 - 0.5)
        tall = prop.height * (0.6 + 0.4 * abs(math.sin(k * 2.1 + prop.x)))
        for step in range(14):
            u = step / 14
            sway = math.sin(u * 7 + k + prop.x) * prop.width * 0.10
            half = prop.width * 0.075 * (1 - 0.7 * u)
            add_stroke(
                ribbon, x + sway, prop.y - u * tall, tall / 20, half, -1.571 + 0.5 * math.cos(u * 7 + k + prop.x)
            )
        yield ribbon, prop.colour.lit(0.045 if k % 2 else 0.0)


def _coral(prop: Prop) -> Iterator[Piece]:
    fan, x, foot, tall = empty(), prop.x, prop.y, prop.height
    for k in range(7):
        turn = -1.571 + (k - 3) * 0.30
        for share, half in ((0.5, 0.075), (0.95, 0.055)):
            bend = turn + 0.18 * math.sin(k * 3.1) * share
            add_stroke(
                fan,
                x + math.cos(bend) * tall * share * 0.55,
                foot + math.sin(bend) * tall * share * 0.55,
                tall * 0.24,
                tall * half,
                bend,
            )
    yield above(fan, foot + 4), prop.colour


def _birds(prop: Prop) -> Iterator[Piece]:
    flock = []
    for k, (u, v) in enumerate(((0.0, 0.0), (-0.36, 0.5), (0.38, 0.36), (-0.12, 0.9), (0.52, -0.3))):
        x, y, wing = prop.x + u * prop.width, prop.y - prop.height * (0.5 + 0.4 * v), 8.0 + 5.0 * ((k * 2) % 3)
        flock += [(x, y, x - wing, y - wing * 0.42, 1.5), (x, y, x + wing, y - wing * 0.52, 1.5)]
    yield strokes(*flock), prop.colour


def _planet(prop: Prop) -> Iterator[Piece]:
    x, y, radius = prop.x, prop.y - prop.height / 2, prop.width / 2
    ball = discs((x, y, radius))
    yield ball, prop.colour
    yield np.clip(ball - discs((x - radius * 0.3, y - radius * 0.3, radius * 1.02)), 0, 1), prop.colour.lit(-0.12)
    if prop.height > prop.width:
        ring = ellipse(x, y, radius * 1.75, radius * 0.42) - ellipse(x, y, radius * 1.4, radius * 0.26)
        behind = ball * np.clip(y - Y + 0.5, 0, 1)
        yield np.clip(ring - behind, 0, 1), prop.accent


def _balloon(prop: Prop) -> Iterator[Piece]:
    x, foot, half, tall = prop.x, prop.y, prop.width / 2, prop.height
    yield (
        strokes((x - half * 0.6, foot - tall * 0.5, x, foot, 1.0), (x + half * 0.6, foot - tall * 0.5, x, foot, 1.0)),
        prop.accent,
    )
    envelope = np.maximum(discs((x, foot - tall * 0.66, half)), cone(x, foot - tall * 0.5, half * 0.86, -tall * 0.34))
    yield envelope, prop.colour
    yield envelope * np.clip(half * 0.3 - np.abs(X - x) + 0.5, 0, 1), prop.accent
    yield boxes((x - half * 0.2, foot - tall * 0.08, x + half * 0.2, foot)), prop.accent.lit(-0.25)


SHAPES: dict[str, Callable[[Prop], Iterator[Piece]]] = {
    "tree": _tree,
    "pine": _pine,
    "acacia": _acacia,
    "palm": _palm,
    "bamboo": _bamboo,
    "bush": _bush,
    "rock": _rock,
    "cactus": _cactus,
    "fence": _fence,
    "post": _post,
    "parasol": _parasol,
    "sail": _sail,
    "reeds": _reeds,
    "weed": _weed,
    "coral": _coral,
    "birds": _birds,
    "planet": _planet,
    "balloon": _balloon,
    **FURNITURE,
}
"""Forms by the name of what they show."""
