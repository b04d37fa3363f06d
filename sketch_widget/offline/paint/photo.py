"""Photographs and painted pictures: the lines to draw from, where the picture ends, and the colours it shows.

A photograph is read like a drawing once its lines are found. Beyond the lines it tells two things that a drawing does
not: what colour a region has, and that its subject may be cut off by the lower edge, as a portrait is.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from . import fields, masks
from .colour import oklab

Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]
RGB = tuple[int, int, int]
Edges = tuple[tuple[tuple[int, int], tuple[int, int]], ...]

SHORTEST = 45
"""Lines that are shorter than this, in pixels of a side of 768, are taken for texture."""
BESIDE = 3
"""How far beside an edge its two sides are looked at, cells: clear of the line that closes it."""
ON_RIM = 10
"""What has so many cells on the frame is the ground."""
NARROWEST, WIDEST = 0.02, 0.36
"""The narrowest and the widest margins, as a share of the side: a panorama of 4 to 1 is a line."""
GREY = 0.03
"""A picture with no region above this chroma (OKLab) has no colours: a pencil drawing, an old photograph."""
LIKE_PAPER = (0.16, 0.035)
"""How far the lightness and the hue and chroma (OKLab) of a region may be from those of the sheet it is drawn on, and
it was not coloured: a lamp lights a sheet unevenly, but in one colour."""
SHEET = (0.55, 0.05)
"""Least lightness and greatest chroma (OKLab) of a sheet of paper under a lamp."""
EVEN = 0.085
"""Greatest standard deviation of its lightness (OKLab): .065 under a lamp at one side, .10 on a cushion."""


@dataclass(frozen=True)
class Margins:
    """The white bars that make a picture square, pixels; all 0 for a picture that fills its square."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    def content(self, shape: tuple[int, ...]) -> tuple[slice, slice]:
        """The (rows, columns) of the picture itself."""
        return slice(self.top, shape[0] - self.bottom), slice(self.left, shape[1] - self.right)

    def outside(self, shape: tuple[int, int]) -> Bools:
        """The margins as a mask."""
        mask = np.ones(shape, np.bool_)
        mask[self.content(shape)] = False
        return mask

    def scaled(self, down: float, right: float) -> "Margins":
        """The same margins of the picture at another size."""
        return Margins(
            round(self.top * down), round(self.bottom * down), round(self.left * right), round(self.right * right)
        )

    def edges(self, side: int) -> Edges:
        """Where the picture ends inside a square of cells, each edge as two cells (y, x)."""
        ways = []
        for row in (self.top, side - 1 - self.bottom) if self.top else ():
            ways.append(((row, 0), (row, side - 1)))
        for column in (self.left, side - 1 - self.right) if self.left else ():
            ways.append(((0, column), (side - 1, column)))
        return tuple(ways)


NONE = Margins()
"""A picture that fills its square."""


def margins(pixels: Bytes) -> Margins:
    """The white bars of an equal width on two opposite sides of a picture, `(H, W, 3) uint8`, that is not white there.

    A drawing has white around it too, but on all sides, and its own paper beside that.
    """
    white = (pixels == 255).all(axis=2)
    top, bottom = _bars(white)
    left, right = _bars(white.T)
    if top and not left:
        return Margins(top=top, bottom=bottom)
    return Margins(left=left, right=right) if left and not top else NONE


def _bars(white: Bools) -> tuple[int, int]:
    """Rows of white above and below; (0, 0) unless they are a pair and what lies between begins as a picture does."""
    rows = np.flatnonzero(~white.all(axis=1))
    if not len(rows):
        return 0, 0
    above, below = int(rows[0]), int(len(white) - 1 - rows[-1])
    pair = abs(above - below) <= 2 and NARROWEST * len(white) <= min(above, below) <= WIDEST * len(white)
    begins = pair and white[rows[[0, -1]]].mean() < 0.5
    return (above, below) if begins else (0, 0)


def extracted(pixels: Bytes, around: Margins, side: int) -> Bools:
    """Find the lines of a photograph or a painted picture, `(side, side) bool`.

    A line is where the picture is darker or more colourful than its surroundings (a difference of Gaussians, as in
    Winnemöller, Kyprianidis & Olsen, "XDoG", 2012). A drawn line gives one line, not its two edges, and the border of
    two areas gives one along the darker. Weak responses count where they hang together with strong ones. Where the
    margins begin there is no line.
    """
    rows, columns = around.content(pixels.shape)
    inner = pixels[rows, columns]
    filled = np.pad(inner, ((around.top, around.bottom), (around.left, around.right), (0, 0)), "edge")
    red, green, blue = (
        fields.resize(filled[..., k].astype(np.float32), (side, side), fields.LINEAR) / 255 for k in range(3)
    )
    colorful = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    tone = 0.299 * red + 0.587 * green + 0.114 * blue - 0.4 * colorful
    # Two widths: fine lines, and borders that a photograph's lens made soft.
    response = np.maximum(
        fields.blur(tone, 3.2) - fields.blur(tone, 2.0), fields.blur(tone, 7.0) - fields.blur(tone, 4.4)
    )
    strong = max(0.02, 0.30 * float(np.percentile(response, 99.5)))
    labels, count = masks.components(response > 0.45 * strong, diagonal=True)
    highest = np.zeros(count + 1, np.float32)
    np.maximum.at(highest, labels.ravel(), response.ravel())
    line = masks.thinned((highest > strong)[labels] & (labels > 0))
    inside = ~around.scaled(side / pixels.shape[0], side / pixels.shape[1]).outside((side, side))
    labels, count = masks.components(line & inside, diagonal=True)
    long_enough = np.bincount(labels.ravel(), minlength=count + 1) >= SHORTEST
    long_enough[0] = False
    return masks.grown(long_enough[labels], 1.5) & inside


def one_ground(labels: Labels, solids: frozenset[int], edges: Edges) -> tuple[Labels, frozenset[int]]:
    """Make one region of the ground on both sides of a picture's edges: (labels, which of them are scribbled solid).

    The edges keep in what the picture cuts off; the sky above goes on.
    """
    if not edges:
        return labels, solids
    rim = np.bincount(np.concatenate([labels[0], labels[:, 0], labels[:, -1]]), minlength=labels.max() + 1)
    one: list[npt.NDArray[np.int32]] = []
    other: list[npt.NDArray[np.int32]] = []
    for (top, left), (bottom, right) in edges:
        down, aside = (BESIDE, 0) if top == bottom else (0, BESIDE)
        one.append(labels[top - down : bottom - down + 1, left - aside : right - aside + 1].ravel())
        other.append(labels[top + down : bottom + down + 1, left + aside : right + aside + 1].ravel())
    a, b = np.concatenate(one).astype(np.int64), np.concatenate(other).astype(np.int64)
    both = (rim[a] >= ON_RIM) & (rim[b] >= ON_RIM)
    root = masks.joined(len(rim), a[both], b[both])
    number = np.unique(root, return_inverse=True)[1].ravel()
    return number[labels].astype(np.int32), frozenset(int(number[label]) for label in solids)


def colours_of(labels: Labels, paper: Bools, left_out: Bools, seen: Floats) -> tuple[RGB | None, ...]:
    """The middle colour that a picture shows in each region, by label; None where it shows no colour of its own.

    Args:
        labels: `(384, 384) int32`, regions from 1.
        paper: `(count,) bool`: which regions are the ground.
        left_out: `(384, 384) bool`: lines and margins.
        seen: `(384, 384, 3) float32`, 0 to 1.
    """
    flat = np.where(left_out, 0, labels).ravel()
    order = np.argsort(flat, kind="stable")
    starts = np.searchsorted(flat[order], np.arange(1, len(paper) + 2))
    shades = seen.reshape(-1, 3)
    middles = np.array(
        [
            np.median(shades[order[start:stop]], axis=0) if stop > start else np.zeros(3)
            for start, stop in pairwise(starts.tolist())
        ]
    )
    lab = oklab(middles)
    if np.hypot(lab[:, 1], lab[:, 2]).max() < GREY:
        return (None,) * len(paper)
    areas = np.diff(starts)
    ground = int(np.argmax(areas * paper))
    sheet, spread = lab[ground], oklab(shades[order[starts[ground] : starts[ground + 1]]])[:, 0].std()
    away = np.abs(lab - sheet)
    bare = (away[:, 0] < LIKE_PAPER[0]) & (np.hypot(away[:, 1], away[:, 2]) < LIKE_PAPER[1])
    drawn = areas * ~paper
    is_sheet = sheet[0] > SHEET[0] and math.hypot(sheet[1], sheet[2]) < SHEET[1] and spread < EVEN
    if not is_sheet or drawn[bare].sum() < 0.5 * drawn.sum():
        bare[:] = False
    rounded = np.rint(middles * 255).astype(int).tolist()
    return tuple(None if is_bare else (r, g, b) for (r, g, b), is_bare in zip(rounded, bare.tolist(), strict=True))
