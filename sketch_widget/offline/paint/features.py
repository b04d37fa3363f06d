"""What each region and each thing of a drawing is like: size, place, shape, kin.

Lengths are cells of the grid (384 a side; one cell is two picture pixels), areas are cells squared, x runs right, y
runs down. Shapes are told by moments, not by perimeters: on a lattice a box has a shorter outline than its disc.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from . import masks
from .lines import boxes
from .pens import pens_of

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]
RGB = tuple[int, int, int]

SURROUNDED = 0.85
"""A region lies inside another that has more than this share of its border."""


@dataclass(frozen=True)
class Region:
    """One closed part of the drawing, or a part of the paper around it."""

    label: int
    """Its number in `Reading.labels`, from 1."""
    area: float
    """Cells squared, half of the line around it included."""
    center: tuple[float, float]
    """Centroid (x, y), cells."""
    box: tuple[int, int, int, int]
    """(left, top, right, bottom), cells, the last ones included."""
    half_width: float
    """Greatest distance from its outline, cells."""
    elongation: float
    """Long axis over short axis of the ellipse of the same inertia: 1 for a disc or a square, 5 for a stem."""
    filled_area: float
    """Area with what lies inside it (eyes, windows), cells squared."""
    filled_center: tuple[float, float]
    """Centroid with what lies inside it, (x, y), cells."""
    roundness: float
    """0 to 1: how nearly an ellipse it is once filled, less when it is long: a disc 1, a square .75, a triangle 0."""
    paper: bool
    """It reaches the frame of the picture: sky, ground, table, not a thing."""
    frame: int
    """Cells of its border on the frame of the picture."""
    solid: bool
    """It was scribbled full: no enclosed room but ink, and its colour is `ink`."""
    parent: int
    """Label of the region that surrounds it (the face of an eye); 0 when none does, or only paper."""
    depth: int
    """How many regions of things surround it; 0 for the outermost."""
    group: int
    """Number of its look-alikes' group, from 0: petals, windows, wheels share one. Every region has a group."""
    thing: int
    """Label of the thing (connected drawn object) it is part of; 0 for paper."""
    enclosed: bool
    """Next to nothing (6 %) of its border lies on paper: a window, not a roof."""
    neighbours: tuple[tuple[int, int], ...]
    """(label, cells of common border) of the regions beside it, longest border first."""
    ink: RGB | None
    """Colour of the pen that drew most of its outline, when that is a colour; None for black, grey and mixed lines.
    For a solid region the colour of the scribble, always given."""


@dataclass(frozen=True)
class Thing:
    """A connected drawn object: regions that touch each other."""

    label: int
    """Its number in `Reading.things_map`, from 1."""
    area: float
    """Cells squared."""
    center: tuple[float, float]
    """Centroid (x, y), cells."""
    box: tuple[int, int, int, int]
    """(left, top, right, bottom), cells, the last ones included."""
    regions: tuple[int, ...]
    """Labels of its regions, largest first."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts of a drawing, numbered and measured."""

    labels: Labels
    """`(384, 384) int32`: regions, from 1."""
    regions: tuple[Region, ...]
    groups: tuple[tuple[int, ...], ...]
    """Labels of the regions of each look-alike group."""
    things_map: Labels
    """`(384, 384) int32`: things, from 1; 0 on paper."""
    things: tuple[Thing, ...]
    paper: Bools
    """`(384, 384) bool`."""


def measure(
    labels: Labels, solids: frozenset[int], depth: Floats, ink: Bools, color: Floats, cut_below: bool = False
) -> Parts:
    """Measure the regions of a drawing and gather them into things.

    Args:
        labels: `(384, 384) int32`, regions from 1, every cell in one.
        solids: Labels of the regions that are scribbled full.
        depth: `(384, 384) float32`, distance of each cell to the nearest wall.
        ink: `(384, 384) bool`.
        color: `(384, 384, 3) float32`, 0 to 1, the ink's colour where there is ink.
        cut_below: A thing may be cut off by the lower side of the frame, as a portrait is; paper reaches others too.
    """
    count = int(labels.max())
    moments = _moments(labels, count)
    frame = _frame(labels, count, cut_below)
    borders = _borders(labels, count)
    perimeter = borders.sum(axis=1) + frame
    area = moments[:, 0]
    is_paper = frame >= np.maximum(10, 0.02 * perimeter)
    is_paper[0] = False
    if not is_paper.any():
        is_paper[int(area[1:].argmax()) + 1] = True
    parent = _parents(borders, frame, area)
    filled = _filled(moments, parent)
    paper = is_paper[labels]
    things_map, thing_of, things = _things(labels, paper, moments, count)
    on_paper = borders[:, is_paper].sum(axis=1)
    deepest = np.zeros(count + 1, np.float32)
    np.maximum.at(deepest, labels.ravel(), np.maximum(depth, 0.5).ravel())
    hulls = boxes(labels, count)
    inks = pens_of(labels, count, ink, color, solids)
    regions = [
        Region(
            label=label,
            area=float(area[label]),
            center=_center(moments[label]),
            box=hulls[label],
            half_width=float(deepest[label]),
            elongation=_axes(moments[label])[0],
            filled_area=float(filled[label, 0]),
            filled_center=_center(filled[label]),
            roundness=_roundness(filled[label]),
            paper=bool(is_paper[label]),
            frame=int(frame[label]),
            solid=label in solids,
            parent=0 if is_paper[parent[label]] else parent[label],
            depth=_depth(label, parent, is_paper),
            group=0,
            thing=thing_of[label],
            enclosed=bool(on_paper[label] <= 0.06 * perimeter[label] and not frame[label]),
            neighbours=_neighbours(borders[label]),
            ink=inks[label],
        )
        for label in range(1, count + 1)
    ]
    groups = look_alikes(regions, things)
    number = {label: group for group, labels_ in enumerate(groups) for label in labels_}
    numbered = tuple(replace(region, group=number[region.label]) for region in regions)
    return Parts(labels, numbered, groups, things_map, things, paper)


def _moments(labels: Labels, count: int) -> Numbers:
    """Sums over each region, `(count + 1, 6)`: 1, x, y, x x, y y, x y."""
    height, width = labels.shape
    y, x = np.mgrid[0:height, 0:width].astype(float)
    flat = labels.ravel()
    weights = (np.ones_like(x), x, y, x * x, y * y, x * y)
    return np.stack([np.bincount(flat, w.ravel(), count + 1) for w in weights], axis=1)


def _center(moment: Numbers) -> tuple[float, float]:
    mass = max(float(moment[0]), 1.0)
    return float(moment[1] / mass), float(moment[2] / mass)


def _axes(moment: Numbers) -> tuple[float, float]:
    """(long over short axis, area of the ellipse of the same inertia)."""
    mass, x, y, xx, yy, xy = (float(value) for value in moment)
    mass = max(mass, 1.0)
    x, y = x / mass, y / mass
    var_x, var_y, cov = xx / mass - x * x, yy / mass - y * y, xy / mass - x * y
    middle, swing = (var_x + var_y) / 2, math.hypot((var_x - var_y) / 2, cov)
    long, short = middle + swing, max(middle - swing, 0.2)
    return math.sqrt(long / short), 4 * math.pi * math.sqrt(max(long * short, 0.01))


def _roundness(moment: Numbers) -> float:
    """How well a region fills its ellipse (a box .95, a triangle .8), stretched to 0 .. 1, and less when it is long."""
    elongation, ellipse = _axes(moment)
    fill = float(moment[0]) / ellipse
    return min(1.0, max(0.0, (fill - 0.86) / 0.12)) * min(1.0, 1.45 / max(1.0, elongation))


def _frame(labels: Labels, count: int, cut_below: bool) -> Numbers:
    """Cells of each region on the frame, its lower side left out where things may be cut off there."""
    below = labels[-1, :0] if cut_below else labels[-1]
    rim = np.concatenate([labels[0], below, labels[:, 0], labels[:, -1]])
    return np.bincount(rim, minlength=count + 1).astype(float)


def _borders(labels: Labels, count: int) -> Numbers:
    """Cells of common border of each two regions, `(count + 1, count + 1)`, symmetric, diagonal 0."""
    length = np.zeros((count + 1) * (count + 1))
    for here, there in ((labels[1:], labels[:-1]), (labels[:, 1:], labels[:, :-1])):
        differ = here != there
        pair = here[differ].astype(np.int64) * (count + 1) + there[differ]
        length += np.bincount(pair, minlength=len(length))
    square = length.reshape(count + 1, count + 1)
    return square + square.T


def _neighbours(border: Numbers) -> tuple[tuple[int, int], ...]:
    beside = np.flatnonzero(border).tolist()
    return tuple((label, int(border[label])) for label in sorted(beside, key=lambda label: (-border[label], label)))


def _parents(borders: Numbers, frame: Numbers, area: Numbers) -> list[int]:
    """For each region the one that surrounds it, 0 for none: smallest first, what lies inside it not counted."""
    parent = [0] * len(area)
    for label in sorted(range(1, len(area)), key=lambda label: area[label]):
        beside = [other for other in np.flatnonzero(borders[label]).tolist() if parent[other] != label]
        if frame[label] or not beside:
            continue
        around = max(beside, key=lambda other: (borders[label, other], -other))
        surrounded = borders[label, around] > SURROUNDED * borders[label, beside].sum()
        if surrounded and area[around] > 0.5 * area[label]:
            parent[label] = around
    return parent


def _filled(moments: Numbers, parent: list[int]) -> Numbers:
    """The moments of each region with what lies inside it, specks left out."""
    filled = moments.copy()
    for label in sorted(range(1, len(parent)), key=lambda label: moments[label, 0]):
        around = parent[label]
        if around and filled[label, 0] > 0.04 * moments[around, 0]:
            filled[around] += filled[label]
    return filled


def _depth(label: int, parent: list[int], is_paper: Bools) -> int:
    """How many regions of things surround this one."""
    depth = 0
    while parent[label] and not is_paper[parent[label]] and depth < 9:
        label = parent[label]
        depth += 1
    return depth


def _things(labels: Labels, paper: Bools, moments: Numbers, count: int) -> tuple[Labels, list[int], tuple[Thing, ...]]:
    """Connected pieces of what is not paper: (their map, the thing of each region, the things)."""
    things_map, number = masks.components(~paper, diagonal=True)
    thing_of = [0] * (count + 1)
    first = np.unique(labels, return_index=True)
    for label, at in zip(first[0].tolist(), first[1].tolist(), strict=True):
        thing_of[label] = int(things_map.ravel()[at])
    hulls = boxes(things_map, number)
    things = []
    for thing in range(1, number + 1):
        members = [label for label in range(1, count + 1) if thing_of[label] == thing]
        mass = moments[members].sum(axis=0)
        members.sort(key=lambda label: (-moments[label, 0], label))
        things.append(Thing(thing, float(mass[0]), _center(mass), hulls[thing], tuple(members)))
    return things_map, thing_of, tuple(things)


def look_alikes(regions: list[Region], things: tuple[Thing, ...]) -> tuple[tuple[int, ...], ...]:
    """Group what looks alike, largest first: petals, windows, wheels, eyes. Paper stays by itself."""
    groups: list[list[Region]] = []
    group_of: dict[int, int] = {0: -1}
    hub_of = _hubs(regions)
    for region in sorted(regions, key=lambda region: (-region.area, region.label)):
        for number, group in enumerate(groups):
            ringed = region.label in hub_of and hub_of[region.label] == hub_of.get(group[0].label)
            if _alike(region, group[0], things, group_of) or (ringed and _in_one_ring(region, group[0])):
                group.append(region)
                group_of[region.label] = number
                break
        else:
            group_of[region.label] = len(groups)
            groups.append([region])
    return tuple(tuple(region.label for region in group) for group in groups)


def _hubs(regions: list[Region]) -> dict[int, int]:
    """The middle of a flower or a wheel for each region of the ring around it: mostly bordered by four or more."""
    hub_of: dict[int, int] = {}
    for hub in regions:
        border = sum(cells for _, cells in hub.neighbours)
        around = [
            (regions[label - 1], cells)
            for label, cells in hub.neighbours
            if regions[label - 1].thing == hub.thing and not regions[label - 1].paper and cells > 0.05 * border
        ]
        if hub.paper or len(around) < 4 or sum(cells for _, cells in around) < 0.6 * border:
            continue
        hub_of |= {region.label: hub.label for region, _ in around if not region.depth}
    return hub_of


def _in_one_ring(small: Region, large: Region) -> bool:
    """Whether two regions around the same middle are of a size, whatever their form: petals are drawn by hand."""
    return small.area > 0.33 * large.area and small.solid == large.solid and small.ink == large.ink


def _alike(small: Region, large: Region, things: tuple[Thing, ...], group_of: dict[int, int]) -> bool:
    """Whether the smaller of two regions passes for one of the larger one's kind."""
    if small.paper or large.paper or small.solid != large.solid or small.ink != large.ink:
        return False
    ratio = small.area / large.area
    stretch = abs(math.log(large.elongation / small.elongation))
    if small.thing != large.thing:
        size = small.filled_area / large.filled_area
        level = abs(small.filled_center[1] - large.filled_center[1]) < 60
        # A head beside a house is none of its windows.
        inside = (small.depth == 0) != (large.depth == 0)
        return level and not inside and 0.45 < size < 2.2 and min(small.roundness, large.roundness) > 0.5
    if (small.depth == 0) != (large.depth == 0):
        return False
    if small.depth:
        if small.parent == large.parent:
            return ratio > 0.45 and stretch < 0.6
        return ratio > 0.3 and group_of.get(small.parent) == group_of.get(large.parent)
    part = small.area < 0.19 * things[small.thing - 1].area
    like = ratio > 0.42 and stretch < 0.55 and abs(small.roundness - large.roundness) < 0.6
    return part and like and small.enclosed == large.enclosed
