"""Pixels become exact inks: the `sketch_color` of a drawing, and what the service will see as ink and as paper.

The service matches `sketch_color` to the bit ("[134, 134, 134] is not taken for [135, 135, 135]") and treats every
other colour as background. Blended colours, as anti-aliasing and photographs have them, are reported and never listed.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sketch_widget import words
from sketch_widget.drawing.blends import FAMILY, blended, covers_ground
from sketch_widget.errors import PictureError, SketchWidgetWarning

RGB = tuple[int, int, int]
WHITE = 0xFFFFFF
LIMIT = 32  # colours: a browser's anti-aliased line of 4 px has 134 (measured); nobody picks as many pens
BUCKETS = 1 << 14  # for 32 colours: they share none of them in 97 drawings of 100
DARK = 200  # of 255: the service binarises a sketch without `sketch_color`, at a level that it does not document


class Inks(list[RGB]):
    """The exact colours of a drawing, most pixels first: a list of (red, green, blue) that knows how exact it is.

    Attributes:
        counts: Pixels of each colour, in the same order.
        ink_pixels: Pixels that are not white.
        blended_pixels: Those among them that are in none of the listed colours.
        blended_colors: How many colours those are.
    """

    def __init__(self, colors: Iterable[RGB], counts: Sequence[int], blended_pixels: int, blended_colors: int) -> None:
        super().__init__(colors)
        self.counts = tuple(counts)
        self.blended_pixels = blended_pixels
        self.blended_colors = blended_colors
        self.ink_pixels = sum(counts) + blended_pixels

    @property
    def exact(self) -> bool:
        """Whether every pixel is white or one of the listed colours."""
        return not self.blended_pixels

    def report(self, lang: str = "auto") -> str:
        """Return one sentence: how much of the picture is exact ink, and what to do where it is not."""
        if self.exact:
            key = "inks.exact.one" if len(self) == 1 else "inks.exact"
            return words.say(key, lang, colors=len(self), pixels=self.ink_pixels)
        return self.warning().text(lang)

    def warning(self) -> SketchWidgetWarning:
        """Return what is to be said of a picture that is not all exact ink."""
        return SketchWidgetWarning(
            "inks.blended",
            percent=f"{100 * self.blended_pixels / self.ink_pixels:.0f}",
            pixels=self.ink_pixels,
            colors=self.blended_colors,
        )

    def __repr__(self) -> str:
        return list.__repr__(self) if self.exact else f"{list.__repr__(self)}  # {self.report()}"

    def __reduce__(self) -> tuple[Any, ...]:
        return Inks, (list(self), self.counts, self.blended_pixels, self.blended_colors)


def inks_of(pixels: NDArray[np.uint8], pens: Collection[RGB] = ()) -> Inks:
    """Return the exact RGB colours of a drawing, most pixels first; white paper is none of them.

    Works on runs of equal pixels, so that a drawing costs about a millisecond. Equal counts come in the order of the
    colour's number. Colours that are mixtures, as the smoothed edges of lines and photographs have them, are counted
    and not listed, and `report()` says how much of the picture they are. With more than 32 colours only those that
    cover at least a hundredth of the ink are listed.

    Args:
        pixels: (H, W, 3) or (H, W, 4) uint8. Fully transparent pixels are paper; half transparent ones lie on white.
        pens: Colours that are known to be pens and therefore never mixtures. Default none.

    Raises:
        PictureError: `pixels` is no such array.
    """
    colors, counts, solid = _histogram(pixels)
    order = np.lexsort((colors, -counts))
    colors, counts, solid = colors[order], counts[order], solid[order]
    known = np.isin(colors, [r << 16 | g << 8 | b for r, g, b in pens], kind="sort")
    mixed = np.zeros(len(colors), np.bool_)
    if len(colors) > LIMIT:
        mixed = ~known & (counts * 100 < counts.sum())
    if FAMILY < len(colors) - mixed.sum() <= LIMIT and not known.all():
        mixed |= ~known & blended(colors, solid | known, WHITE)
    return Inks(
        [_triple(color) for color in colors[~mixed].tolist()],
        counts[~mixed].tolist(),
        int(counts[mixed].sum()),
        int(mixed.sum()),
    )


def two_tone(pixels: NDArray[np.uint8], sketch_color: Sequence[Sequence[int]] = ()) -> NDArray[np.bool_]:
    """Return (H, W) bool: what the service takes as ink.

    With colours, exactly those colours and nothing else. Without, everything darker than a level that the service does
    not document; 200 of 255 is taken here.

    Args:
        pixels: (H, W, 3) or (H, W, 4) uint8.
        sketch_color: RGB triples, 0 to 255.

    Raises:
        PictureError: `pixels` is no such array.
    """
    flat = over_white(pixels)
    red, green, blue = flat[..., 0], flat[..., 1], flat[..., 2]
    if not len(sketch_color):
        # ITU-R 601 luma in integers, as picture libraries turn colour into grey.
        luma = (red.astype(np.uint32) * 299 + green.astype(np.uint32) * 587 + blue.astype(np.uint32) * 114) // 1000
        dark: NDArray[np.bool_] = luma < DARK
        return dark
    ink = np.zeros(flat.shape[:2], np.bool_)
    for r, g, b in sketch_color:
        ink |= (red == r) & (green == g) & (blue == b)
    return ink


def over_white(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return (H, W, 3) uint8: the picture on white paper; one without transparency as it is.

    Raises:
        PictureError: `pixels` is not (H, W, 3) or (H, W, 4) uint8.
    """
    check(pixels)
    if pixels.shape[2] == 3:
        return pixels
    alpha = pixels[..., 3:].astype(np.uint32)
    laid = (pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
    return laid.astype(np.uint8)


def check(pixels: object) -> None:
    """Refuse what is not an (H, W, 3) or (H, W, 4) uint8 array.

    Raises:
        PictureError: It is not.
    """
    if not isinstance(pixels, np.ndarray):
        raise PictureError("picture.array", value=type(pixels).__name__)
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or not pixels.size:
        raise PictureError("picture.array", value=f"{pixels.shape} {pixels.dtype}")


def _histogram(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the colours 0xrrggbb that are not white, how many pixels each has, and whether it covers ground."""
    check(pixels)
    if pixels.shape[2] == 4 and (pixels[..., 3] != 255).any():
        pixels = over_white(pixels)
    flat = np.ascontiguousarray(pixels).reshape(-1, pixels.shape[2])
    starts = _run_starts(flat)
    line, at = flat.reshape(-1), starts * pixels.shape[2]
    red, green, blue = (line[at + channel].astype(np.int64) for channel in range(3))
    colors, which = _grouped(red << 16 | green << 8 | blue)
    counts = np.bincount(which, weights=np.diff(starts, append=len(flat)), minlength=len(colors)).astype(np.int64)
    solid = np.zeros(len(colors), np.bool_)
    if FAMILY < len(colors) - 1 <= LIMIT:
        solid = covers_ground(flat, pixels.shape[1], starts, which, colors)
    ink = colors != WHITE
    return colors[ink], counts[ink], solid[ink]


def _grouped(packed: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the different colours, and for each entry its place among them, as `numpy.unique` does.

    A drawing has few colours, so they nearly always fall into buckets of their own; then nothing need be sorted, which
    is what takes the time.
    """
    bucket = (packed * 0x9E3779B1 >> 16) % BUCKETS
    owner = np.full(BUCKETS, -1, np.int64)
    owner[bucket] = packed
    if not np.array_equal(owner[bucket], packed):
        colors, which = np.unique(packed, return_inverse=True)
        return colors, which
    used = owner >= 0
    return owner[used], (np.cumsum(used) - 1)[bucket]


def _run_starts(flat: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return where runs of equal pixels begin in (N, C) uint8.

    Bytes are compared with the bytes one pixel before: that is one pass over the array, without packing every pixel.
    """
    depth = flat.shape[1]
    if depth == 4:
        packed = flat.view(np.uint32).reshape(-1)
        changed = np.flatnonzero(packed[1:] != packed[:-1]) + 1
    else:
        line = flat.reshape(-1)
        changed = np.flatnonzero(line[depth:] != line[:-depth]) // depth + 1
        # A pixel may differ in up to three bytes, which stand side by side.
        changed = changed[np.diff(changed, prepend=0) > 0]
    return np.concatenate(([0], changed)).astype(np.int64)


def _triple(color: int) -> RGB:
    return color >> 16, color >> 8 & 255, color & 255
