"""Thumbnails: a scenery is tried out small before it is painted large, as painters do.

Two questions are asked of it. Does the drawing stand off from what is behind it? Is the picture unlike its earlier
variants? Nothing is drawn for that: colours are looked up at some places, some ten milliseconds a picture.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import numpy.typing as npt

from . import masks
from .colour import Floats, Lch, oklab
from .lexicon import Words
from .plan import Plan, attempts_at
from .reading import GRID, SIDE, Reading
from .scenery import Scenery

TRIES = 5
"""How many sceneries are looked at for one picture before the best of them is taken."""
EXPOSURES = (-0.05, -0.10, -0.15, 0.07)
"""By how much the best scenery is darkened or lightened when something is still wanting in it, OKLab lightness."""
STANDING_OFF = 0.13
"""Distance in OKLab from what is behind that most of the outline should have; 0.02 is just visible, 0.1 is plain."""
UNLIKE = 0.07
"""Mean distance in OKLab that two variants of an order should have."""
_NEAR, _FAR = 2.0, 11.5
"""What lies this far outside an outline, in cells, is what the drawing must stand off from."""
_FAINTEST = 15
"""The percentage of the outline that may stand off less."""
_STEP = 16
"""Two variants are compared at every so many cells across and down."""

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Places:
    """Where on the grid colours are looked up: all over the picture, and along the outlines. Cells."""

    x: Ints
    y: Ints
    owner: Ints
    """The region at each place, 0 on paper; along the outlines, the region that must stand off from the place."""
    spread: int
    """So many of the first places are spread evenly over the picture; the rest lies along the outlines."""


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """A picture in a few hundred colours."""

    tones: Floats
    """`(places, 3) float32`, OKLab: the colours all over the picture."""
    standing_off: float
    """The distance from what is behind that all but the faintest part of the outline has, OKLab."""

    def unlike(self, other: "Thumbnail") -> float:
        """Mean distance of two pictures of the same drawing, OKLab."""
        return float(np.linalg.norm(self.tones - other.tones, axis=1).mean())


def plans_of(reading: Reading, words: Words, seed: str, n: int) -> Iterator[Plan]:
    """Plan the variants of one order, each in a scenery that suits the drawing and is unlike the ones before."""
    places = places_of(reading)
    before: list[Thumbnail] = []
    for variant in range(n):
        best, thumbnail = _best(islice(attempts_at(reading, words, seed, variant), TRIES), places, before)
        if _worth(thumbnail, before) < 2:
            exposed = (replace(best, scenery=best.scenery.exposed(by)) for by in (0.0, *EXPOSURES))
            best, thumbnail = _best(exposed, places, before)
        before.append(thumbnail)
        yield best


def _best(plans: Iterable[Plan], places: Places, before: Sequence[Thumbnail]) -> tuple[Plan, Thumbnail]:
    """The first plan that nothing is wanting in, else the best of them."""
    tried = []
    for plan in plans:
        thumbnail = thumbnail_of(plan, places)
        tried.append((_worth(thumbnail, before), plan, thumbnail))
        if tried[-1][0] >= 2:
            break
    _, plan, thumbnail = max(tried, key=lambda one: one[0])
    return plan, thumbnail


def _worth(thumbnail: Thumbnail, before: Sequence[Thumbnail]) -> float:
    """How good a scenery is, 0 to 2: half of it for standing off, half for being unlike the earlier variants."""
    unlike = min((thumbnail.unlike(other) for other in before), default=UNLIKE)
    return min(1.0, thumbnail.standing_off / STANDING_OFF) + min(1.0, unlike / UNLIKE)


def places_of(reading: Reading) -> Places:
    """The places at which the sceneries of a drawing are tried out."""
    down, across = np.mgrid[_STEP // 2 : GRID : _STEP, _STEP // 2 : GRID : _STEP]
    things = np.where(reading.silhouette, reading.labels, 0)
    grown = masks.spread(things, np.ones((GRID, GRID), np.bool_), int(_FAR) + 2)
    y, x = np.nonzero((reading.outside > _NEAR) & (reading.outside < _FAR) & (grown > 0))
    every = max(1, len(x) // 1200)
    x, y = x[::every], y[::every]
    owner = np.concatenate([things[down.ravel(), across.ravel()], grown[y, x]])
    return Places(
        np.concatenate([across.ravel(), x]), np.concatenate([down.ravel(), y]), owner.astype(np.intp), down.size
    )


def thumbnail_of(plan: Plan, places: Places) -> Thumbnail:
    """Look a plan's colours up."""
    table = np.zeros((len(plan.reading.regions) + 1, 3), np.float32)
    for label, colour in plan.colours.items():
        table[label] = _lab(colour)
    behind = colours_behind(plan.scenery, 2 * places.x, 2 * places.y)
    own = table[places.owner]
    picture, rim = slice(places.spread), slice(places.spread, None)
    seen = np.where((places.owner[picture] > 0)[:, None], own[picture], behind[picture])
    apart = np.linalg.norm(own[rim] - behind[rim], axis=1)
    return Thumbnail(seen, float(np.percentile(apart, _FAINTEST)) if len(apart) else 1.0)


def colours_behind(scenery: Scenery, x: Ints, y: Ints) -> Floats:
    """The scenery's colours at some pixels, `(pixels, 3) float32` in OKLab: sky, sun, clouds and land."""
    tones = _air(scenery, x, y)
    if scenery.orb is not None:
        near = np.hypot(x - scenery.orb.x, y - scenery.orb.y) < scenery.orb.radius
        tones[near] = _lab(scenery.orb.colour)
    puffs = np.array([puff for cloud in scenery.clouds for puff in cloud.puffs], np.float32).reshape(-1, 3)
    within = (x[:, None] - puffs[:, 0]) ** 2 + (y[:, None] - puffs[:, 1]) ** 2 < puffs[:, 2] ** 2
    tones[within.any(axis=1)] = _lab(scenery.sky[2].lit(0.03).strong(0.4))
    for band in scenery.bands:
        edge = band.edge[np.clip(x, 0, SIDE - 1)]
        below = y > edge
        depth = np.clip((y - edge) / max(60.0, SIDE - float(band.edge.mean())), 0, 1)[:, None]
        land = _lab(band.top) * (1 - depth) + _lab(band.bottom) * depth
        tones[below] = land[below]
    return tones


def _air(scenery: Scenery, x: Ints, y: Ints) -> Floats:
    """The sky from top to horizon, or a plain backdrop from the light's side to the corners."""
    stops = np.stack([_lab(colour) for colour in scenery.sky])
    share = y / max(1.0, min(scenery.horizon, SIDE))
    if scenery.setting.indoor and not scenery.setting.walled:
        share = 1 - np.hypot(x - scenery.centre[0], y - scenery.centre[1]) / 600
    share = np.clip(share, 0, 1)
    return np.stack([np.interp(share, (0, 0.5, 1), stops[:, channel]) for channel in range(3)], -1).astype(np.float32)


def _lab(colour: Lch) -> Floats:
    return np.asarray(oklab(colour.rgb), np.float32)
