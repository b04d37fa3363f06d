"""Underneath: the room between legs, below a table or under arms that hold hands is air, though lines close it in.

Whoever sees such a drawing knows that the ground, the legs and what they carry are three things, and looks through
between them. The lines alone do not tell a table from a house without a floor: both are two uprights, something on
top, and the ground. So the words must speak of what stands on legs, or a head must show whose legs they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .bodies import has_a_head, heads
from .features import Parts, Region
from .lexicon import Words

Bools = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]

MOST = 0.6
"""What makes up this share of a side makes up that side."""
BROAD = 0.3
"""A floor is at least this share of the room's width."""
LEVEL = 0.2
"""How much a floor may rise and fall, in shares of its width."""
BARE = 0.3
"""Where less than this share of a floor is inked, no floor was drawn: feet were joined for want of one."""
LINE = 4
"""How far above or below its edge the line of a floor may run, cells."""
BEYOND = (8, 18)
"""Ink between so many cells beyond both ends of a floor goes on as the ground."""
NEAR = 0.35
"""How far beside the middle of a room's end a head may be whose body is that end, in shares of the room's width."""
WAIST = 0.5
"""A dress begins under the head, legs at least so many heights of the head below it."""
LONGEST = 5.0
"""No body is longer than so many heads."""
LONG = 1.25
"""How much wider than tall the body is that a single room below shows to be on legs; a head is rounder."""
STRIDE = 0.35
"""Two feet without a ground are at least this share of the body apart, or the room between them is one leg."""
ALIKE = 0.4
"""The narrower of two legs has at least this share of the other's width."""
THIN = 6.0
"""How much longer than thick a board is."""
BOXY = 0.8
"""The share of its box that the room below a table fills at least."""


@dataclass(frozen=True)
class Legs:
    """What the words lead one to look for."""

    people: bool = False
    """Somebody is named who may be drawn with a head."""
    alone: bool = False
    """Something is named that stands on legs or wheels, and nothing that stands on walls or a trunk."""
    posts: bool = False
    """Something is named that is made of boards and posts."""
    table: bool = False
    """The words lay the things on a table, which may be drawn or not."""


@dataclass(frozen=True, eq=False)
class _Room:
    """A closed part of the drawing that stands level on the open ground."""

    region: Region
    above: Mapping[int, float]
    """What is right above it: shares of its width by label."""
    floor: Numbers
    """`(N, 2)`: its lowest cells (y, x), from the left, where paper is below."""

    @property
    def width(self) -> int:
        """Cells."""
        return self.region.box[2] - self.region.box[0] + 1


def legs_named(words: Words) -> Legs:
    """What stands on legs among the things that a prompt names."""
    things = [mention.entry for mention in words.things]
    feet = {entry.foot for entry in things}
    alone = bool(feet & {"legs", "posts"}) and "walls" not in feet
    people = any(entry.has_a_face for entry in things)
    return Legs(people, alone, "posts" in feet, "table" in words.places and "walls" not in feet)


def air_underneath(labels: Labels, parts: Parts, ink: Bools, legs: Legs) -> frozenset[int]:
    """The labels of the regions that are no things but the air between things.

    Args:
        labels: `(384, 384) int32`, the regions.
        parts: What they measure.
        ink: `(384, 384) bool`, the lines.
        legs: What the words speak of.
    """
    if legs == Legs():
        return frozenset()
    rooms = _rooms(labels, parts)
    found: set[int] = set()
    for label, carried in _carried(rooms, parts).items():
        body = parts.regions[label - 1]
        dressed = legs.people and has_a_head(parts, body)
        if dressed or legs.alone or (legs.table and _is_a_board(body)):
            found.update(_between(carried, body, ink, dressed))
    for label, room in rooms.items():
        if _under_lines(room, rooms, parts) and _is_open(room, ink):
            held = legs.people and any(_is_held_by(head, room, ink) for head in heads(parts))
            framed = legs.posts and _is_boxy(room.region) and (legs.alone or _is_flanked(room, rooms))
            if held or framed:
                found.add(label)
    return frozenset(found)


def opened(labels: Labels, solids: frozenset[int], parts: Parts, air: frozenset[int]) -> tuple[Labels, frozenset[int]]:
    """Give regions of air to the paper above the ground: (labels, which of them are scribbled solid).

    That is the highest paper around what stands there; the air itself may touch none but the ground.
    """
    beside = {label for region in air for label, _ in parts.regions[region - 1].neighbours}
    around = beside | {label for region in beside for label, _ in parts.regions[region - 1].neighbours}
    papers = [region for region in parts.regions if region.paper]
    sky = min(papers, key=lambda paper: (paper.label not in around, paper.center[1]))
    into = np.arange(len(parts.regions) + 1)
    into[list(air)] = sky.label
    kept, numbers = np.unique(into[labels], return_inverse=True)
    renumbered = (numbers.reshape(labels.shape) + 1).astype(np.int32)
    return renumbered, frozenset(int(np.searchsorted(kept, label)) + 1 for label in solids)


# Rooms on the ground --------------------------------------------------------------------------------------------------


def _rooms(labels: Labels, parts: Parts) -> dict[int, _Room]:
    """The regions that stand on paper, by label."""
    paper = np.array([False, *(region.paper for region in parts.regions)])
    framed = np.pad(labels, 1, mode="edge")
    rooms = {}
    for region in parts.regions:
        if region.paper or region.solid or region.depth:
            continue
        left, top, right, bottom = region.box
        around = framed[top : bottom + 3, left + 1 : right + 2]
        own = around == region.label
        above = np.bincount(around[:-1][own[1:] & ~own[:-1]])
        under = np.argwhere(own[:-1] & paper[around[1:]]) + np.array([top - 1, left])
        floor = _lowest(under[under[:, 0] > bottom - max(LINE, LEVEL * (right - left))])
        if len(floor) >= max(4, BROAD * (right - left)):
            shares = {label: float(above[label] / above.sum()) for label in np.flatnonzero(above).tolist()}
            rooms[region.label] = _Room(region, shares, floor)
    return rooms


def _lowest(cells: Numbers) -> Numbers:
    """The lowest of some cells (y, x) in each column, from the left."""
    columns, at = np.unique(cells[:, 1], return_inverse=True)
    rows = np.zeros(len(columns), np.int64)
    np.maximum.at(rows, at, cells[:, 0])
    return np.stack([rows, columns], axis=1)


def _is_open(room: _Room, ink: Bools) -> bool:
    """Whether a room's floor is the ground, which goes on to both sides, or no floor was drawn."""
    height, width = ink.shape

    def inked(places: Numbers) -> float:
        hit = [
            bool(ink[max(0, y - LINE) : y + LINE + 2, x].any())
            for y, x in places.tolist()
            if 0 <= x < width and 0 <= y < height
        ]
        return sum(hit) / len(hit) if hit else 1.0

    inner = room.floor[len(room.floor) // 6 : len(room.floor) - len(room.floor) // 6]
    if inked(inner) < BARE:
        return True
    steps = np.arange(*BEYOND)
    left = np.stack([np.full_like(steps, int(np.median(inner[:8, 0]))), room.floor[0, 1] - steps], axis=1)
    right = np.stack([np.full_like(steps, int(np.median(inner[-8:, 0]))), room.floor[-1, 1] + steps], axis=1)
    return inked(inner) > MOST and inked(left) > MOST and inked(right) > MOST


# Under a body ---------------------------------------------------------------------------------------------------------


def _carried(rooms: Mapping[int, _Room], parts: Parts) -> dict[int, list[_Room]]:
    """The rooms below each region that is above them and not beside them, from the left: legs, and between them."""
    found: dict[int, list[_Room]] = {}
    for room in rooms.values():
        body = max(room.above, key=lambda label: room.above[label], default=0)
        if not body or room.above[body] < MOST or parts.regions[body - 1].paper:
            continue
        above = parts.regions[body - 1].box[3] < room.region.center[1]
        if above and dict(room.region.neighbours)[body] < 1.6 * room.width:
            found.setdefault(body, []).append(room)
    return {body: sorted(carried, key=lambda room: room.region.center[0]) for body, carried in found.items()}


def _between(carried: Sequence[_Room], body: Region, ink: Bools, headed: bool) -> Iterator[int]:
    """The rooms between legs: a single one, or each second of a row that begins and ends with a leg."""
    if len(carried) == 1:
        (room,) = carried
        wide = body.box[2] - body.box[0] + 1
        tall = body.box[3] - body.box[1] + 1
        if _is_open(room, ink) and (headed or (wide > LONG * tall and room.width > STRIDE * wide)):
            yield room.region.label
        return
    touch = all(dict(one.region.neighbours).get(other.region.label, 0) for one, other in pairwise(carried))
    legs = [room.width for room in carried[::2]]
    if touch and len(carried) % 2 and min(legs) > ALIKE * max(legs):
        yield from (room.region.label for room in carried[1::2] if _is_open(room, ink))


def _is_a_board(body: Region) -> bool:
    """Whether a region is far longer than thick and lies level, though a hand may have drawn it askew."""
    left, top, right, bottom = body.box
    return (right - left) ** 2 > THIN * body.area and right - left > THIN / 2 * (bottom - top)


def _is_boxy(region: Region) -> bool:
    left, top, right, bottom = region.box
    return region.area > BOXY * (right - left) * (bottom - top)


# Under lines ----------------------------------------------------------------------------------------------------------


def _under_lines(room: _Room, rooms: Mapping[int, _Room], parts: Parts) -> bool:
    """Whether there is little more than a line above a room: paper on its other side, or another such room."""
    free = sum(share for label, share in room.above.items() if label in rooms or parts.regions[label - 1].paper)
    return free > MOST


def _is_flanked(room: _Room, rooms: Mapping[int, _Room]) -> bool:
    """Whether other rooms make up both its sides: two posts or trunks that stand on the same ground."""
    tall = room.region.box[3] - room.region.box[1] + 1
    sides = [rooms[label] for label, border in room.region.neighbours if label in rooms and border > MOST * tall]
    middles = [side.region.center[0] < room.region.center[0] for side in sides]
    return True in middles and False in middles


def _is_held_by(head: Region, room: _Room, ink: Bools) -> bool:
    """Whether a room lies between the legs under a head, or beside the body under it."""
    left, top, right, _ = room.region.box
    x, bottom = head.center[0], head.box[3]
    tall, reach = bottom - head.box[1] + 1, max(NEAR * (right - left), 12)
    at_an_end = min(abs(x - left), abs(x - right)) < reach
    astride = left <= x <= right and top - bottom > WAIST * tall
    if not (at_an_end or astride) or not -tall < top - bottom < LONGEST * tall:
        return False
    half = max(3, (head.box[2] - head.box[0]) // 3)
    body = ink[bottom + 2 : max(top, bottom + 3), max(0, int(x) - half) : int(x) + half + 1]
    return bool(body.any(axis=1).mean() > 0.8)
