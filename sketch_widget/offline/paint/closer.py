"""The rules by which open lines are closed, and the ends that are still free.

An end is used once, and no segment crosses ink. The thresholds were set by looking at drawings; lengths are cells.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from . import masks
from .eaves import eaves
from .enclosure import Cell, Enclosure, Segment
from .feet import openings
from .intent import NEARLY
from .lines import WALK, Lines

MOST_TRIED = 60
"""So many segments are tried for what they would close in, the cheapest first; each takes half a millisecond."""


class Closer:
    """The rules, and which ends are still free.

    `apart[i, j]` is the distance of two ends. `points[i, j]` is the cosine between the direction in which line i would
    go on and the straight way to end j: 1 when i runs right at j, 0 when it passes by, -1 when it runs away. `fits` is
    the lesser of both ends' cosines, `along` the cosine of the two directions.
    """

    def __init__(self, lines: Lines, empty: frozenset[int]) -> None:
        self.lines = lines
        self.empty = empty
        self.segments: list[Segment] = []
        self.links: list[tuple[int, int]] = []
        self.free = set(range(len(lines.ends)))
        self.place = np.array([(end.y, end.x) for end in lines.ends], float).reshape(-1, 2)
        self.onward = np.array([(end.down, end.right) for end in lines.ends], float).reshape(-1, 2)
        self.way = self.place[None] - self.place[:, None]
        self.apart = np.hypot(self.way[..., 0], self.way[..., 1]) + 1e-6
        self.points = (self.way / self.apart[..., None] * self.onward[:, None]).sum(axis=-1)
        self.fits = np.minimum(self.points, self.points.T)
        self.along = self.onward @ self.onward.T
        self.branch = [end.branch for end in lines.ends]
        self.piece = [int(lines.pieces[end.y, end.x]) for end in lines.ends]
        self.outline = list(range(len(lines.lengths)))
        self._regroup()

    # -- bookkeeping ----------------------------------------------------------------------------------------------

    def take(self, way: tuple[Cell, ...]) -> None:
        """Close along a known way, and use up the ends it starts and stops at."""
        self.segments.append(Segment(way, "known"))
        for y, x in (way[0], way[-1]):
            near = np.hypot(self.place[:, 0] - y, self.place[:, 1] - x) < 5
            self.free -= set(np.flatnonzero(near).tolist())
        self._link(way[0], way[-1])
        self._regroup()

    def _pairs(self, wanted: npt.NDArray[np.bool_], cost: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
        """The wanted pairs of free ends, cheapest first."""
        rows, columns = np.nonzero(np.triu(wanted, 1))
        pairs = sorted(zip(cost[rows, columns].tolist(), rows.tolist(), columns.tolist(), strict=True))
        return [(i, j) for _, i, j in pairs if i in self.free and j in self.free]

    def _join(
        self, pairs: Iterable[tuple[int, int]], rule: str, also: Callable[[int, int], bool] | None = None
    ) -> None:
        """Close between pairs of ends, one after the other, where both are still free and no ink is in the way."""
        for i, j in pairs:
            both = i in self.free and j in self.free
            if both and (also is None or also(i, j)) and self._clear(i, self._cell(j)):
                self._close(i, self._cell(j), rule)
                self.free.discard(j)
        self._regroup()

    def _cell(self, i: int) -> Cell:
        return self.lines.ends[i].y, self.lines.ends[i].x

    def _close(self, i: int, there: Cell, rule: str) -> None:
        here = self._cell(i)
        self.segments.append(Segment((here, there), rule))
        self.free.discard(i)
        self._link(here, there)

    def _link(self, here: Cell, there: Cell) -> None:
        height, width = self.lines.ink.shape
        a, b = (int(self.lines.pieces[min(max(y, 0), height - 1), min(max(x, 0), width - 1)]) for y, x in (here, there))
        if a and b:
            self.links.append((a, b))

    def _regroup(self) -> None:
        """Pieces joined by a segment are one outline, with one length and one box."""
        links = np.array(self.links, np.int64).reshape(-1, 2)
        self.outline = masks.joined(len(self.lines.lengths), links[:, 0], links[:, 1]).tolist()
        length: dict[int, float] = {}
        spans: dict[int, tuple[int, int]] = {}
        for piece in range(1, len(self.lines.lengths)):
            root = self.outline[piece]
            _, top, _, bottom = self.lines.boxes[piece]
            above, below = spans.get(root, (top, bottom))
            length[root] = length.get(root, 0) + self.lines.lengths[piece]
            spans[root] = min(above, top), max(below, bottom)
        roots = [self.outline[piece] for piece in self.piece]
        self.length = np.array([length[root] for root in roots])
        self.span = [spans[root] for root in roots]
        self.same = np.equal.outer(roots, roots) if roots else np.zeros((0, 0), bool)

    def _clear(self, i: int, there: Cell) -> bool:
        """Whether no ink lies between an end and a place but that of the line's own bent tip.

        Four cells at either side are left out.
        """
        here = self.place[i]
        steps = int(math.hypot(there[0] - here[0], there[1] - here[1]))
        if steps <= 8:
            return True
        share = (np.arange(4, steps - 4) / steps)[:, None]
        y, x = np.rint(here + (np.array(there) - here) * share).astype(int).T
        met = np.flatnonzero(self.lines.ink[y, x])
        if not len(met):
            return True
        tip = self.lines.ends[i].path[:20]
        away = (tip[:, None] - np.stack([y[met], x[met]], axis=1)) ** 2
        return bool((away.sum(axis=2).min(axis=0) <= 9).all() and met[-1] < 12)

    def _hit(self, i: int, turns: Sequence[float], reach: int, dearness: float) -> tuple[float, Cell] | None:
        """The nearest other ink in some directions around the line's own: (cost, cell).

        The ray must have crossed free paper, or it would end in the line's own round cap, and what it meets must not be
        the line it came from. A turn of one radian makes the way dearer by `dearness`.
        """
        end = self.lines.ends[i]
        height, width = self.lines.ink.shape
        course = math.atan2(end.down, end.right) + np.array(turns)
        steps = np.arange(3, reach + 1)
        y = np.rint(end.y + np.sin(course)[:, None] * steps).astype(int)
        x = np.rint(end.x + np.cos(course)[:, None] * steps).astype(int)
        within = np.logical_and.accumulate((y >= 0) & (y < height) & (x >= 0) & (x < width), axis=1)
        ink = self.lines.ink[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] & within
        met = ink & np.logical_or.accumulate(~ink & within, axis=1)
        own = end.path[5:40]
        best: tuple[float, Cell] | None = None
        for ray in np.flatnonzero(met.any(axis=1)).tolist():
            at = int(met[ray].argmax())
            v, u = int(y[ray, at]), int(x[ray, at])
            if len(own) and ((own - (v, u)) ** 2).sum(axis=1).min() <= 12:
                continue
            cost = float(steps[at]) * (1 + abs(turns[ray]) * dearness)
            if best is None or cost < best[0]:
                best = cost, (v, u)
        return best

    # -- the rules ------------------------------------------------------------------------------------------------

    def loops(self) -> None:
        """The two ends of one line without branches that all but closes."""
        own = np.array([self.lines.lengths[piece] for piece in self.piece])
        simple = np.array(self.branch) >= np.minimum(0.9 * own, WALK)
        one_line = np.equal.outer(self.piece, self.piece) & np.logical_and.outer(simple, simple)
        self._join(self._pairs(one_line & (self.apart < np.minimum(30, NEARLY * own)), self.apart), "loop")

    def tubes(self) -> None:
        """Two lines that end side by side: the open end of a stem, a leg, a tail."""
        beside = (self.along > 0.6) & (np.maximum(np.abs(self.points), np.abs(self.points.T)) < 0.6)
        narrow = self.apart < np.minimum(48, 0.14 * np.minimum.outer(self.branch, self.branch))
        self._join(self._pairs(beside & narrow, self.apart), "tube")

    def near(self) -> None:
        """An end near another end that fits, or near the side of another line, whichever is cheaper."""
        fitting = (self.fits > 0.3) | (self.apart <= 4.5) | ((self.apart <= 12) & (self.fits > 0.1))
        # A short line bridges no gap longer than itself: the rays of a sun are no outline.
        fitting &= self.apart <= np.maximum(6, 1.2 * np.minimum.outer(self.branch, self.branch))
        cost = self.apart * (1 + 1.1 * (1 - self.points) + 1.1 * (1 - self.points.T))
        partner: dict[int, int] = {}
        for i, j in self._pairs(fitting & (self.apart <= 26), cost):
            if i not in partner and j not in partner and self._clear(i, self._cell(j)):
                partner[i], partner[j] = j, i
        for i in sorted(self.free):
            hit = self._side(i)
            j = partner.get(i, -1)
            if j >= 0 and (hit is None or cost[i, j] <= 1.8 * hit[0]):
                if i < j:
                    self._close(i, self._cell(j), "pair")
                self.free.discard(i)
            elif hit is not None:
                self._close(i, hit[1], "side")
        self._regroup()

    def _side(self, i: int) -> tuple[float, Cell] | None:
        """The side of another line close ahead. A floating line reaches less far: a mouth is not tied to the chin."""
        if not self.onward[i].any():
            return None
        floats = self.length[i] <= 1.3 * self.branch[i]
        reach = min(17, max(6, 0.2 * self.branch[i])) if floats else 17
        return self._hit(i, (0, -0.22, 0.22, -0.45, 0.45, -0.7, 0.7), int(reach), 0.8)

    def aligned(self) -> None:
        """Ends far apart that run straight at each other, against the length of their outline."""
        shorter = np.minimum.outer(self.length, self.length)
        limit = np.where(self.same, 0.34 * self.length[:, None], 0.2 * shorter)
        # A line that overshot a corner aims at nothing: its tip is short against what it would have to bridge.
        tips = 2 * np.minimum.outer(self.branch, self.branch)
        near = self.apart <= np.minimum(np.minimum(95, limit), tips)
        self._join(self._pairs((self.fits > 0.72) & near, self.apart), "aligned")

    def bottoms(self) -> None:
        """Open bottoms of trunks and mountains: both ends point down, level with each other, low in their outline."""
        down, right = np.abs(self.way[..., 0]), np.abs(self.way[..., 1])
        level = (right > 3) & (down < 0.42 * right + 3)
        falling = np.array([end.down > 0.3 for end in self.lines.ends])
        low = np.array(
            [
                y > below - 0.4 * (below - above) - 4
                for y, (above, below) in zip(self.place[:, 0], self.span, strict=True)
            ]
        )
        shorter = np.minimum.outer(self.length, self.length)
        near = self.apart < np.where(
            self.same, 0.66 * shorter, np.minimum(0.66 * shorter, np.maximum(24, 0.5 * shorter))
        )
        # The two lowest rays of a sun end so too, but are lines by themselves, shorter than the way between them.
        own = np.array([self.lines.lengths[piece] for piece in self.piece])
        least = np.minimum.outer(own, own)
        near &= (least >= 30) | (self.apart <= 1.6 * least)
        both = np.logical_and.outer(falling & low, falling & low)
        self._join(self._pairs(level & both & near, self.apart), "bottom")

    def mutual(self) -> None:
        """Ends that are each other's nearest, of long lines that do not run side by side as whiskers and rays do."""
        loose = np.where(np.eye(len(self.branch), dtype=bool), np.inf, self.apart)
        taken = [i for i in range(len(self.branch)) if i not in self.free]
        loose[taken] = loose[:, taken] = np.inf
        nearest = loose.argmin(axis=1)
        own = np.array([self.lines.lengths[piece] for piece in self.piece])

        def fits(i: int, j: int) -> bool:
            if self._empty(i) and self._empty(j) and loose[i, j] < 0.3 * min(self.length[i], self.length[j]):
                return True
            share = 0.10 if self.fits[i, j] > 0.1 else 0.06
            apart = self.along[i, j] < 0.4 and self.fits[i, j] > -0.7
            return bool(apart and loose[i, j] < share * min(own[i], own[j]))

        pairs = [(i, int(j)) for i, j in enumerate(nearest) if i < j and nearest[j] == i]
        long = [(i, j) for i, j in pairs if loose[i, j] < 34 and min(self.branch[i], self.branch[j]) > 10]
        self._join(long, "mutual", fits)

    def _empty(self, i: int) -> bool:
        return any(self.outline[piece] == self.outline[self.piece[i]] for piece in self.empty)

    def complete(self, nearly: Iterable[tuple[Cell, ...]]) -> None:
        """Whatever completes an outline nearly all of which is drawn: a stroke, end to end, or end to the ink ahead."""
        enclosure = Enclosure(self.lines.ink, self.segments)
        for way in nearly:
            if enclosure.share(way[0], way[-1]) < NEARLY:
                enclosure.add(way[0], way[-1])
                self.take(way)
        for _, i, j, there, most in sorted(self._completions())[:MOST_TRIED]:
            if i not in self.free or not self._clear(i, there) or enclosure.share(self._cell(i), there) > most:
                continue
            enclosure.add(self._cell(i), there)
            self._close(i, there, "complete")
            self.free.discard(j)
        self._stand(enclosure)
        for i, there in eaves(self.lines, set(self.free), self.segments):
            self._close(i, there, "eaves")
        self._regroup()

    def _stand(self, enclosure: Enclosure) -> None:
        """What stands on a drawn ground and shares its ends with it; with no bottom it would be part of the ground."""
        falling = np.array([end.down > 0.6 for end in self.lines.ends]) & (np.array(self.branch) >= 8)
        down, right = np.abs(self.way[..., 0]), np.abs(self.way[..., 1])
        level = (down < 0.3 * right + 3) & (self.apart < 100) & np.logical_and.outer(falling, falling)
        for i, j in np.argwhere(np.triu(level, 1)).tolist():
            taken = i not in self.free and j not in self.free
            if taken and self._clear(i, self._cell(j)) and enclosure.share(self._cell(i), self._cell(j)) < NEARLY:
                enclosure.add(self._cell(i), self._cell(j))
                self._close(i, self._cell(j), "standing")

    def _completions(self) -> list[tuple[float, int, int, Cell, float]]:
        """Segments that may complete an outline: (cost, end, other end or -1, place, greatest share of the border)."""
        found: list[tuple[float, int, int, Cell, float]] = []
        for i in sorted(self.free):
            if self.branch[i] < 8:
                continue
            for j in np.argsort(self.apart[i], kind="stable")[1:7].tolist():
                apart = float(self.apart[i, j])
                if apart < 100 and (j > i or j not in self.free) and self.branch[j] >= 8:
                    beside = self.along[i, j] > 0.5
                    most = 0.06 if beside else 0.20 if self.fits[i, j] > 0.2 else 0.12
                    found.append((apart * (3 - self.points[i, j] - self.points[j, i]), i, j, self._cell(j), most))
            hit = self._hit(i, np.linspace(-0.9, 0.9, 9).tolist(), 60, 0.8) if self.onward[i].any() else None
            if hit is not None:
                found.append((2 * hit[0], i, -1, hit[1], 0.14))
        return found

    def feet(self) -> None:
        """Outlines that would stay empty and run on as the ground: from foot to foot, where that closes them in."""
        enclosure = Enclosure(self.lines.ink, self.segments)
        for piece in sorted(self.empty):
            gaps = openings(self.lines.pieces == piece, self.lines.boxes[piece])
            way = next((gap for gap in islice(gaps, MOST_TRIED) if enclosure.share(*gap) < NEARLY), None)
            if way is not None:
                self.segments.append(Segment(way, "feet"))
                self.empty -= {piece}

    def facing(self) -> None:
        """Outlines that would stay empty: ends that do not turn away from each other, up to half the picture apart."""
        empty = np.array([self._empty(i) for i in range(len(self.branch))])
        limit = 0.34 * np.where(self.same, self.length[:, None], np.minimum.outer(self.length, self.length))
        wanted = (self.fits > -0.25) & (self.apart < np.minimum(200, limit)) & np.logical_and.outer(empty, empty)
        self._join(self._pairs(wanted, self.apart * (2.6 - self.points - self.points.T)), "facing")

    def ahead(self) -> None:
        """Outlines that would stay empty still: from an end to the nearest ink before it."""
        for i in sorted(self.free):
            if self._empty(i) and self.onward[i].any() and self.branch[i] >= 14:
                reach = int(min(200, 0.25 * self.length[i]))
                hit = self._hit(i, np.linspace(-1.2, 1.2, 15).tolist(), reach, 0.5)
                if hit is not None:
                    self._close(i, hit[1], "ahead")
        self._regroup()

    def horizons(self) -> None:
        """Flat wide lines run out to the frame, if they do so on both sides: one alone is a belly, not a horizon."""
        height, width = self.lines.ink.shape
        _, top, _, bottom = self.lines.boxes[0]
        out: list[tuple[int, Cell]] = []
        for i in sorted(self.free):
            end, box = self.lines.ends[i], self.lines.boxes[self.piece[i]]
            wide, tall = box[2] - box[0], box[3] - box[1]
            gap = end.x if end.right < 0 else width - 1 - end.x
            low = end.y > bottom - 0.14 * (bottom - top)
            flat = abs(end.right) >= 0.8 and tall <= 0.35 * wide
            if flat and (low or wide > 0.22 * width) and gap <= 70 and wide > 0.6 * gap:
                y = int(min(max(end.y + end.down * gap * 0.3, 0), height - 1))
                there = (y, 0 if end.right < 0 else width - 1)
                if self._clear(i, there):
                    out.append((i, there))
        left = any(x == 0 for _, (_, x) in out) or bool(self.lines.ink[:, :4].any())
        right = any(x > 0 for _, (_, x) in out) or bool(self.lines.ink[:, -4:].any())
        if left and right:
            for i, there in out:
                self._close(i, there, "horizon")
