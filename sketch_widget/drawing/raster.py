"""Strokes become exact pixels: every pixel is paper or exactly a pen colour.

The rule, which `ui/raster.js` follows in the same order of operations (a browser test compares them bit for bit):
points are float32, arithmetic is float64, pixel (i, j) has its centre at (i + 0.5, j + 0.5). A pixel is ink iff the
squared distance of its centre to one of the stroke's segments is at most (max(width, 1) / 2)², or one of the stroke's
points lies in it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sketch_widget.drawing.stroke import Points, Stroke

Mask = NDArray[np.bool_]
Pixels = NDArray[np.uint8]
Line = NDArray[np.float64]
Index = NDArray[np.int64]
_SEGMENTS = 1024  # looked at together: bounds the memory of the runs, at most 2048 rows each
_UNSURE = 1 / 32  # pixels on both sides of the border that the rule decides; rounding errs by far less than 1e-6


@dataclass(frozen=True)
class Patch:
    """The box of a stroke on the pad: its corner in pixels and which of its pixels are ink.

    Attributes:
        x: Left edge, pixels.
        y: Upper edge, pixels.
        mask: (h, w) bool; (0, 0) in shape where the stroke lies wholly outside.
    """

    x: int
    y: int
    mask: Mask


def footprint(stroke: Stroke, size: tuple[int, int]) -> Patch:
    """Return the pixels that a stroke inks on a pad of `size` (width, height).

    The answer is kept with the stroke, packed eight pixels to the byte.
    """
    kept = stroke._packed.get(size)
    if kept is None:
        patch = _crop(stroke_mask(stroke.points, stroke.width, size))
        stroke._packed[size] = (patch.x, patch.y, patch.mask.shape, np.packbits(patch.mask))
        return patch
    x, y, shape, bits = kept
    return Patch(x, y, np.unpackbits(bits, count=shape[0] * shape[1]).reshape(shape).view(np.bool_))


def paint(pixels: Pixels, stroke: Stroke) -> Patch:
    """Paint a stroke on (H, W, 3) uint8 pixels in place and return what it covered."""
    patch = footprint(stroke, (pixels.shape[1], pixels.shape[0]))
    h, w = patch.mask.shape
    box = pixels[patch.y : patch.y + h, patch.x : patch.x + w]
    # A pixel at a time, as three bytes in one: seven times faster than a mask over three channels.
    box.view("V3")[..., 0][patch.mask] = np.array(stroke.rgb, np.uint8).view("V3")[0]
    return patch


def stroke_mask(points: Points, width: float, size: tuple[int, int]) -> Mask:
    """Return (H, W) bool: the pixels that a pen of `width` inks along `points` on a pad of `size` (width, height)."""
    mask = np.zeros((size[1], size[0]), np.bool_)
    line = points.astype(np.float64)
    _mark_points(mask, line)
    start, end = (line[:-1], line[1:]) if len(line) > 1 else (line, line)
    radius = max(width, 1.0) / 2
    for at in range(0, len(start), _SEGMENTS):
        block = slice(at, at + _SEGMENTS)
        _mark_segments(mask, start[block], end[block], radius)
    return mask


def _mark_points(mask: Mask, line: Line) -> None:
    i, j = np.floor(line).astype(np.int64).T
    inside = (i >= 0) & (i < mask.shape[1]) & (j >= 0) & (j < mask.shape[0])
    mask[j[inside], i[inside]] = True


def _mark_segments(mask: Mask, start: Line, end: Line, radius: float) -> None:
    """Mark the pixels of some segments: the sure inside by whole runs, and only the border by the rule itself."""
    height, width = mask.shape
    segment, row = _rows(start, end, radius, height)
    if not len(segment):
        return
    inner, outer = (_runs(start[segment], end[segment], row, r, width) for r in (radius - _UNSURE, radius + _UNSURE))
    sure = inner[0] < inner[1]
    _fill(mask, row[sure], inner[0][sure], inner[1][sure])
    # Where nothing is sure, the whole run is tested: as its own left border.
    split = np.where(sure, inner[0], outer[1])
    resume = np.where(sure, inner[1], outer[1])
    _test(mask, start, end, radius, (segment, row, outer[0], split - outer[0]))
    _test(mask, start, end, radius, (segment, row, resume, outer[1] - resume))


def _rows(start: Line, end: Line, radius: float, height: int) -> tuple[Index, Index]:
    """Return (segment, row) for every row of the pad that a segment may touch."""
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    first = np.clip(np.floor(low - radius - 1), 0, height).astype(np.int64)
    count = np.clip(np.ceil(high + radius + 1), 0, height).astype(np.int64) - first
    return np.repeat(np.arange(len(start)), count), _ranges(first, count)


def _runs(start: Line, end: Line, row: Index, radius: float, width: int) -> tuple[Index, Index]:
    """Return where the run of pixels within `radius` of a segment begins and ends (exclusive) in a row.

    The run is where the row crosses the capsule round the segment: its two round ends and its two long sides.
    """
    if radius <= 0:
        return np.zeros_like(row), np.zeros_like(row)
    (x0, y0), (x1, y1) = start.T, end.T
    y = row + 0.5
    left, right = np.full(len(row), np.inf), np.full(len(row), -np.inf)
    for cx, cy in ((x0, y0), (x1, y1)):
        half2 = radius * radius - (y - cy) ** 2
        half = np.where(half2 >= 0, np.sqrt(np.maximum(half2, 0)), np.nan)
        left, right = np.fmin(left, cx - half), np.fmax(right, cx + half)
    dx, dy = x1 - x0, y1 - y0
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = radius / np.hypot(dx, dy)
        for side in (scale, -scale):
            t = (y - y0 - side * dx) / dy
            x = np.where((t >= 0) & (t <= 1), x0 + t * dx - side * dy, np.nan)
            left, right = np.fmin(left, x), np.fmax(right, x)
    begin = np.clip(np.ceil(left - 0.5), 0, width).astype(np.int64)
    stop = np.clip(np.floor(right - 0.5) + 1, 0, width).astype(np.int64)
    return begin, np.maximum(stop, begin)


def _fill(mask: Mask, row: Index, begin: Index, stop: Index) -> None:
    """Mark whole runs: one up at each beginning, one down at each end, and a running sum between them."""
    if not len(row):
        return
    top, wide = int(row.min()), mask.shape[1] + 1
    rows = int(row.max()) - top + 1
    at = (row - top) * wide
    steps = np.bincount(at + begin, minlength=rows * wide) - np.bincount(at + stop, minlength=rows * wide)
    mask[top : top + rows] |= np.cumsum(steps).reshape(rows, wide)[:, :-1] > 0


def _test(mask: Mask, start: Line, end: Line, radius: float, runs: tuple[Index, Index, Index, Index]) -> None:
    """Mark those pixels of the runs (segment, row, begin, count) that the rule makes ink."""
    segment, row, begin, count = runs
    count = np.maximum(count, 0)
    which, j, i = np.repeat(segment, count), np.repeat(row, count), _ranges(begin, count)
    x0, y0 = start[which].T
    dx, dy = (end - start)[which].T
    px = i + 0.5 - x0
    py = j + 0.5 - y0
    length2 = dx * dx + dy * dy
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(length2 == 0, 0.0, (px * dx + py * dy) / length2)
    t = np.minimum(np.maximum(t, 0.0), 1.0)
    u = px - t * dx
    v = py - t * dy
    ink = u * u + v * v <= radius * radius
    mask[j[ink], i[ink]] = True


def _ranges(first: Index, count: Index) -> Index:
    """Return first[0], first[0] + 1, ... for count[0] numbers, then the same for the next, in one array."""
    ends = np.cumsum(count)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count - first, count)


def _crop(mask: Mask) -> Patch:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return Patch(0, 0, np.zeros((0, 0), np.bool_))
    box = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Patch(int(columns[0]), int(rows[0]), box.copy())
