"""The ink colours as the page shows them: a list that fills itself from the drawing until somebody edits it.

Refuses colours that are none; everything here is a pure function or a value.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sketch_widget import words
from sketch_widget.drawing.inks import two_tone
from sketch_widget.drawing.picture import encode
from sketch_widget.errors import RequestError

RGB = tuple[int, int, int]
PREVIEW = 192  # pixels: a quarter of the pad's side, so that each shown pixel stands for 4 x 4

_NUMBERS = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"[\s,，、;；()（）\[\]]*")
_HEX = re.compile(r"#([0-9a-f]{6})", re.IGNORECASE)


@dataclass(frozen=True)
class InkList:
    """The colours that `sketch_color` will have.

    Attributes:
        drawn: The drawing's own inks.
        edited: What somebody made of them, or None while they follow the drawing.
    """

    drawn: tuple[RGB, ...] = ()
    edited: tuple[RGB, ...] | None = None

    @property
    def colors(self) -> tuple[RGB, ...]:
        """The colours as they would be sent."""
        return self.drawn if self.edited is None else self.edited

    def with_drawn(self, inks: Sequence[RGB]) -> "InkList":
        """Take up the drawing's inks; an edited list stays as it is."""
        return replace(self, drawn=tuple(inks))

    def add(self) -> "InkList":
        """Add black, or the first grey that is not there yet."""
        grey = next(level for level in range(256) if (level, level, level) not in self.colors)
        return replace(self, edited=(*self.colors, (grey, grey, grey)))

    def remove(self, index: int) -> "InkList":
        """Take one colour out."""
        return replace(self, edited=self.colors[:index] + self.colors[index + 1 :])

    def change(self, index: int, text: str) -> "InkList":
        """Put the colour that the text means in the place of one.

        Raises:
            RequestError: The text means no colour.
        """
        return replace(self, edited=(*self.colors[:index], color_of(text), *self.colors[index + 1 :]))

    def again(self) -> "InkList":
        """Follow the drawing again."""
        return replace(self, edited=None)


def color_of(text: str) -> RGB:
    """Return the colour that "#7b7b7b" or "123, 123, 123" means.

    Raises:
        RequestError: The text means no colour.
    """
    hexadecimal = _HEX.fullmatch(text.strip())
    if hexadecimal:
        red, green, blue = bytes.fromhex(hexadecimal[1])
        return red, green, blue
    numbers = [int(number) for number in _NUMBERS.findall(text[:80])]
    is_clean = _BETWEEN.fullmatch(_NUMBERS.sub("", text))
    if len(numbers) != 3 or max(numbers) > 255 or not is_clean:
        raise RequestError("page.inks.bad", field="sketch_color", value=text[:40] or '""')
    return numbers[0], numbers[1], numbers[2]


@dataclass(frozen=True)
class BadInk:
    """What somebody typed for a colour and what is wrong with it; it stays in its field to be mended."""

    index: int
    text: str
    problem: RequestError


def inks_view(
    inks: InkList, is_off: bool, bad: BadInk | None, pixels: NDArray[np.uint8], lang: str = "auto"
) -> dict[str, Any]:
    """Return what the browser shows of the ink colours.

    Args:
        inks: The list.
        is_off: Whether `sketch_extraction` has switched the colours off.
        bad: The last edit, when it meant no colour.
        pixels: (H, W, 3) uint8, the drawing.
        lang: "en", "zh" or "auto".
    """
    shown = () if is_off else inks.colors
    swatches = [swatch(color, lang) for color in shown]
    if bad is not None and 0 <= bad.index < len(swatches):
        swatches[bad.index] |= {"numbers": bad.text, "is_bad": True}
    return {
        "swatches": swatches,
        "note": words.say(_note(inks, is_off), lang),
        "problem": _lost(inks, is_off, pixels, lang) if bad is None else bad.problem.text(lang),
        "is_off": is_off,
        "is_edited": inks.edited is not None and not is_off,
        "has_preview": bool(shown),
    }


def swatch(color: RGB, lang: str = "auto") -> dict[str, Any]:
    """Return what the browser shows of one colour."""
    numbers = ", ".join(str(channel) for channel in color)
    return {
        "hex": "#{:02x}{:02x}{:02x}".format(*color),
        "numbers": numbers,
        "is_bad": False,
        "pick": words.say("page.inks.pick", lang, color=numbers),
        "remove": words.say("page.inks.remove", lang, color=numbers),
    }


def preview(pixels: NDArray[np.uint8], colors: Sequence[RGB]) -> bytes:
    """Return a small PNG of what the service takes as ink (black) and as paper (white).

    A shown pixel is black where any of the pixels that it stands for is ink, so that no thin line is lost.
    """
    ink = two_tone(pixels, colors)
    height, width = ink.shape
    step = max(max(height, width) // PREVIEW, 1)
    cut = ink[: height // step * step, : width // step * step]
    small = cut.reshape(height // step, step, width // step, step).any(axis=(1, 3))
    return encode(np.where(small, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2))


def _note(inks: InkList, is_off: bool) -> str:
    if is_off:
        return "page.inks.off"
    if inks.edited is not None:
        return "page.inks.edited"
    return "page.inks.auto" if inks.colors else "page.inks.none"


def _lost(inks: InkList, is_off: bool, pixels: NDArray[np.uint8], lang: str) -> str:
    if is_off or not inks.drawn or not inks.colors or two_tone(pixels, inks.colors).any():
        return ""
    return words.say("page.inks.lost", lang)
