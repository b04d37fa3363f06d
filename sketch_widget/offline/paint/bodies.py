"""People drawn whole: a round head that sits on something larger, which is dressed.

Where only a face is drawn, the largest region is the face; where a head sits on a body, the largest is the body.
"""

from typing import Protocol

from .features import Region, Thing
from .lexicon import Entry

_ROUND = 0.55
"""How round a head is at least, 0 to 1."""
_SMALLEST, _LARGEST = 0.04, 1.0
"""How large a head is, in areas of the body it sits on."""
_NECK = 14
"""How far above the body a head ends at most when nothing joins them, cells."""
MOST_PIECES = 60
"""With more pieces than this a drawing is a pattern, in which no head can be told from a body."""


class Pieces(Protocol):
    """Whatever holds the regions and things of a drawing: a `Reading`, or `Parts` on the way to one."""

    @property
    def regions(self) -> tuple[Region, ...]:
        """By label."""

    @property
    def things(self) -> tuple[Thing, ...]:
        """By label."""


def part_of_figure(reading: Pieces, region: Region, entry: Entry) -> int | None:
    """Which part of a person a region is, by its number; None when no head sits on a body, or the region is neither."""
    face = next((index for index, part in enumerate(entry.parts) if "face" in part.names), None)
    # Where the face is the main part, the clothes are a part of their own; else they are the main part.
    clothes = 0 if face else next((index for index, part in enumerate(entry.parts) if "outside" in part.traits), None)
    if face is None or clothes is None or not region.thing:
        return None
    if has_a_head(reading, region):
        return clothes
    # What is round and has nothing larger to sit on has a body of lines, or none.
    alone = region.roundness >= _ROUND and reading.things[region.thing - 1].regions[0] == region.label
    return face if alone or any(_sits_on(reading, region, piece) for piece in _pieces(reading)) else None


def has_a_head(reading: Pieces, region: Region) -> bool:
    """Whether a round head sits on a region."""
    return any(_sits_on(reading, piece, region) for piece in _pieces(reading))


def heads(reading: Pieces) -> list[Region]:
    """What is round enough to be a head."""
    return [piece for piece in _pieces(reading) if piece.roundness >= _ROUND]


def body_below(reading: Pieces, thing: Thing) -> int | None:
    """The label of the thing that another one sits on as its head; None when it sits on none."""
    head = reading.regions[thing.regions[0] - 1]
    bodies = (piece for piece in _pieces(reading) if piece.thing != thing.label)
    return next((body.thing for body in bodies if _sits_on(reading, head, body)), None)


def _pieces(reading: Pieces) -> list[Region]:
    pieces = [piece for piece in reading.regions if piece.thing and not piece.depth]
    return pieces if len(pieces) <= MOST_PIECES else []


def _sits_on(reading: Pieces, head: Region, body: Region) -> bool:
    left, top, right, bottom = body.box
    joined = head.thing == body.thing or head.box[3] > reading.things[body.thing - 1].box[1] - _NECK
    above = head.center[1] < top + 0.2 * (bottom - top) and left < head.center[0] < right
    size = head.filled_area / body.filled_area
    return joined and above and head.roundness >= _ROUND and _SMALLEST <= size <= _LARGEST
