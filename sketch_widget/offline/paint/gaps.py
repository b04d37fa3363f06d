"""Gaps: where a line that was left open would close, were it drawn to its end.

People leave outlines open. The closing segments found here are never painted; they only keep the inside of a shape in.
After Fourey, Tschumperlé & Revoy, "A fast and efficient semi-guided algorithm for flat coloring line-arts" (2018):
find where strokes end, join ends that fit. Rules run from the surest to the boldest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from .closer import Closer
from .enclosure import Cell, Segment
from .intent import UNKNOWN, Intent
from .lines import End, Lines

__all__ = ["Cell", "Closings", "Segment", "close_gaps", "empty_outlines"]

Bools = npt.NDArray[np.bool_]

CUT = 5
"""How near an end lies to the edge of a photograph that cuts its line off, cells."""
MOST_ENDS = 160
"""With more ends than this the drawing is a scribble, where no end can tell which other it was meant to meet."""

GROUND = 12
"""A ground lies in the lowest of so many parts of an outline's height."""


@dataclass(frozen=True, eq=False)
class Closings:
    """How the gaps of one drawing close."""

    segments: tuple[Segment, ...]
    outlines: tuple[int, ...]
    """For each piece of ink the outline it belongs to once segments join pieces: the lowest piece number of it."""

    def closed(self, ink: Bools) -> Bools:
        """The ink and the segments, two cells wide so that nothing slips through corners."""
        image = Image.fromarray(ink.astype(np.uint8) * 255)
        pen = ImageDraw.Draw(image)
        for segment in self.segments:
            pen.line([(x, y) for y, x in segment.way], fill=255, width=2)
        return np.asarray(image) > 127


def close_gaps(lines: Lines, intent: Intent = UNKNOWN, empty_outlines: frozenset[int] = frozenset()) -> Closings:
    """Find how the lines of a drawing close.

    Args:
        lines: The lines.
        intent: What is known of the strokes. What the eraser took out of them, and the feet of a rainbow, are closed
            first and use up their ends; ends that nearly meet are closed where that brings open paper in.
        empty_outlines: Pieces of ink that look like outlines and were found to enclose nothing: for them bolder rules
            apply.
    """
    if len(lines.ends) > MOST_ENDS:
        lines = replace(lines, ends=())
    if intent.edges:
        lines = replace(lines, ends=tuple(end for end in lines.ends if not _is_cut_off(end, intent.edges)))
    closer = Closer(lines, empty_outlines)
    for way in (*intent.rubbed, *intent.bands, *intent.edges):
        closer.take(way)
    if lines.ends:
        closer.loops()
        closer.tubes()
        closer.near()
        closer.aligned()
        closer.bottoms()
        closer.mutual()
        closer.complete(intent.nearly)
        if empty_outlines:
            closer.feet()
            closer.facing()
            closer.ahead()
        closer.horizons()
    return Closings(tuple(closer.segments), tuple(closer.outline))


def empty_outlines(lines: Lines, closings: Closings, enclosed: Bools) -> frozenset[int]:
    """The pieces of outlines that enclose next to nothing although they are long and bulky.

    `enclosed` marks the cells that lie in a room which does not reach the frame.
    """
    members: dict[int, list[int]] = {}
    for piece in range(1, len(lines.lengths)):
        members.setdefault(closings.outlines[piece], []).append(piece)
    inside = enclosed & ~lines.ink
    found: set[int] = set()
    for pieces in members.values():
        left, top, right, bottom = _without_ground(lines, pieces)
        width, height = right - left + 1, bottom - top + 1
        length = sum(lines.lengths[piece] for piece in pieces)
        if min(width, height) < 26 or length < 1.15 * (width + height):
            continue
        if inside[top : bottom + 1, left : right + 1].sum() < 0.14 * width * height:
            found.update(pieces)
    return frozenset(found)


def _is_cut_off(end: End, edges: Sequence[Sequence[Cell]]) -> bool:
    """Whether a line ends where the photograph does: it goes on outside."""
    return any(
        edge[0][0] - CUT <= end.y <= edge[-1][0] + CUT and edge[0][1] - CUT <= end.x <= edge[-1][1] + CUT
        for edge in edges
    )


def _without_ground(lines: Lines, pieces: Sequence[int]) -> tuple[int, int, int, int]:
    """The box of an outline, as wide as what stands there: a ground drawn in the same line is no part of its bulk."""
    left, top, right, bottom = _hull([lines.boxes[piece] for piece in pieces])
    above = slice(top, bottom + 1 - (bottom - top) // GROUND)
    columns = np.flatnonzero(np.isin(lines.pieces[above, left : right + 1], pieces).any(axis=0))
    return left + int(columns[0]), top, left + int(columns[-1]), bottom


def _hull(boxes: Sequence[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)
