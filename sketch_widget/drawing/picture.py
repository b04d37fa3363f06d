"""A picture to draw from: read from anything that holds one, and made fit for the service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sketch_widget.drawing.image_file import encode, load, texts_of
from sketch_widget.drawing.inks import inks_of, over_white
from sketch_widget.drawing.sketch import REQUEST_TEXT, SIDES, SKETCH_TEXT, Sketch
from sketch_widget.errors import DrawingError, PictureError

__all__ = [
    "REQUEST_TEXT",
    "SKETCH_TEXT",
    "WORDS_TEXT",
    "Picture",
    "Source",
    "encode",
    "fitted",
    "read",
    "sketch_png",
    "texts_of",
    "to_send",
]

WORDS_TEXT = "Words heard"  # in an offline preview: the prompt's words that set its colours and surroundings
MAX_BYTES = 10_000_000  # the service takes files "smaller than 10 MB"

Source = bytes | str | Path | Image.Image | NDArray[np.uint8] | Sketch


@dataclass(frozen=True)
class Picture:
    """A picture as it was read.

    Attributes:
        pixels: (H, W, 3) uint8 on white.
        sketch: The drawing that the file carries, or None.
        text: The other texts that the file carries.
        name: The path that it was read from; empty when it was no file.
    """

    pixels: NDArray[np.uint8]
    sketch: Sketch | None = None
    text: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


def sketch_png(sketch: Sketch, request_json: str | None = None) -> bytes:
    """Return a drawing as a PNG for the service: lossless, small, with the strokes inside."""
    return sketch.png({} if request_json is None else {REQUEST_TEXT: request_json})


def read(source: Source) -> Picture:
    """Read a picture from a path, the bytes of a file, a PIL image, an array or a sketch.

    Raises:
        PictureError: It cannot be read, is no picture of a format that the service takes (PNG, JPEG, WEBP, TIFF, BMP),
            is broken, or is larger than 50 MB or 40 million pixels.
    """
    if isinstance(source, Sketch):
        return Picture(source.pixels(), source)
    if isinstance(source, np.ndarray):
        return Picture(np.ascontiguousarray(over_white(source)))
    pixels, text = load(source)
    name = str(source) if isinstance(source, (str, Path)) else ""
    return Picture(pixels, _carried(text.pop(SKETCH_TEXT, None)), text, name)


def to_send(picture: Picture, request_json: str | None = None) -> bytes:
    """Return the PNG to send for a picture: square, within the service's limits, its strokes inside where it has any.

    A picture that is not square gets white margins, because the service would stretch it. One larger than 2048 pixels
    is reduced and one smaller than 256 enlarged; a drawing of exact inks keeps exactly its colours.

    Raises:
        PictureError: It stays above the service's 10 MB.
    """
    if picture.sketch is not None and _shows(picture.pixels, picture.sketch):
        return sketch_png(picture.sketch, request_json)
    text = {} if request_json is None else {REQUEST_TEXT: request_json}
    png = encode(fitted(picture.pixels), text)
    if len(png) > MAX_BYTES:
        raise PictureError("picture.heavy", size=len(png), most=MAX_BYTES)
    return png


def fitted(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return (S, S, 3) uint8 with S from 256 to 2048: the picture centred on white, and scaled where it must be."""
    height, width = pixels.shape[:2]
    side = max(height, width)
    square = pixels
    if height != width:
        square = np.full((side, side, 3), 255, np.uint8)
        top, left = (side - height) // 2, (side - width) // 2
        square[top : top + height, left : left + width] = pixels
    target = min(max(side, SIDES[0]), SIDES[1])
    if target == side:
        return square
    keep_colors = inks_of(pixels).exact
    how = (
        Image.Resampling.NEAREST if keep_colors else Image.Resampling.BOX if target < side else Image.Resampling.BICUBIC
    )
    return np.array(Image.fromarray(square).resize((target, target), how))


def _shows(pixels: NDArray[np.uint8], sketch: Sketch) -> bool:
    """Whether a picture is its drawing and not, as a result is, something painted from it; and square."""
    return pixels.shape[0] == pixels.shape[1] and np.array_equal(pixels, sketch.pixels())


def _carried(text: str | None) -> Sketch | None:
    """Return the drawing inside a file; a broken one is no reason to refuse the picture."""
    if text is None:
        return None
    try:
        return Sketch.unpacked(text)
    except DrawingError:
        return None
