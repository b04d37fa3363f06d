"""Picture files: pixels to lossless PNG with the drawing inside, and any picture read safely.

Refuses what no person sends: files that are no pictures, that are broken, or that unpack to more than a picture should.
"""

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from sketch_widget.drawing.inks import check, inks_of, over_white
from sketch_widget.drawing.sketch import SIDES, Sketch
from sketch_widget.errors import DrawingError, PictureError

SKETCH_TEXT = "sketch_widget:sketch"  # the PNG text that carries the strokes
REQUEST_TEXT = "sketch_widget:request"  # the PNG text that carries what was asked
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP")  # what the service's document names, with both of its tables
MAX_BYTES = 10_000_000  # the service takes files "smaller than 10 MB"
MAX_FILE = 50_000_000  # bytes of a file read here, before it is made small enough to send
MAX_PIXELS = 40_000_000  # of a picture read here: a 40-megapixel photograph, 120 MB unpacked
MAX_TEXT = 8 << 20  # bytes of text taken from a picture

Source = bytes | str | Path | Image.Image | NDArray[np.uint8] | Sketch


@dataclass(frozen=True)
class Picture:
    """A picture as it was read.

    Attributes:
        pixels: (H, W, 3) uint8 on white.
        sketch: The drawing that the file carries, or None.
        text: The other texts that the file carries.
    """

    pixels: NDArray[np.uint8]
    sketch: Sketch | None = None
    text: Mapping[str, str] = field(default_factory=dict)


def encode(pixels: NDArray[np.uint8], text: Mapping[str, str] | None = None, level: int = 6) -> bytes:
    """Return the bytes of a lossless PNG.

    Args:
        pixels: (H, W, 3) or (H, W, 4) uint8.
        text: What the file carries beside its pixels, by name.
        level: Compression, 0 to 9; 1 is five times faster than 6 on a painted picture and a tenth larger.

    Raises:
        PictureError: `pixels` is no such array.
    """
    check(pixels)
    info = PngInfo()
    for name, value in (text or {}).items():
        if value.isascii():
            info.add_text(name, value)
        else:
            info.add_itxt(name, value)
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "PNG", pnginfo=info, compress_level=level)
    return out.getvalue()


def sketch_png(sketch: Sketch, request_json: str | None = None) -> bytes:
    """Return a drawing as a PNG for the service: lossless, small, with the strokes inside."""
    text = {SKETCH_TEXT: sketch.packed()}
    if request_json is not None:
        text[REQUEST_TEXT] = request_json
    return encode(sketch.pixels(), text, level=9)


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
    if isinstance(source, Image.Image):
        return Picture(_pixels(source, "PIL image"))
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _decode(bytes(source), "bytes")
    if isinstance(source, (str, Path)):
        return _decode(_file(Path(source)), str(source))
    raise PictureError("picture.kind", value=type(source).__name__)


def to_send(picture: Picture, request_json: str | None = None) -> bytes:
    """Return the PNG to send for a picture: square, within the service's limits, its strokes inside where it has any.

    A picture that is not square gets white margins, because the service would stretch it. One larger than 2048 pixels
    is reduced and one smaller than 256 enlarged; a drawing of exact inks keeps exactly its colours.

    Raises:
        PictureError: It stays above the service's 10 MB.
    """
    if picture.sketch is not None and picture.sketch.size[0] == picture.sketch.size[1]:
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


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise PictureError("picture.file_large", path=str(path), size=path.stat().st_size, most=MAX_FILE)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PictureError("picture.file", path=str(path)[:200], reason=reason) from None


def _decode(data: bytes, name: str) -> Picture:
    if len(data) > MAX_FILE:
        raise PictureError("picture.file_large", path=name, size=len(data), most=MAX_FILE)
    with warnings.catch_warnings():
        # The size is checked below, from the header, before a pixel is unpacked.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            pixels = _pixels(image, name)
            text = {str(k): str(v) for k, v in getattr(image, "text", {}).items() if len(str(v)) <= MAX_TEXT}
        except PictureError:
            raise
        except Image.DecompressionBombError:
            raise PictureError("picture.pixels", name=name, value="-", most=MAX_PIXELS) from None
        except UnidentifiedImageError:
            raise PictureError("picture.format", name=name, allowed=", ".join(FORMATS)) from None
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
            # Pillow reports broken files with all of these.
            raise PictureError("picture.broken", name=name, reason=str(error)[:120]) from None
    return Picture(pixels, _carried(text.pop(SKETCH_TEXT, None)), text)


def _pixels(image: Image.Image, name: str) -> NDArray[np.uint8]:
    if image.width * image.height > MAX_PIXELS:
        raise PictureError("picture.pixels", name=name, value=f"{image.width} x {image.height}", most=MAX_PIXELS)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("I;16", "I;16L", "I;16B", "I"):
        grey = (np.asarray(upright).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    return np.ascontiguousarray(over_white(np.array(upright.convert("RGBA" if has_alpha else "RGB"))))


def _carried(text: str | None) -> Sketch | None:
    """Return the drawing inside a file; a broken one is no reason to refuse the picture."""
    if text is None:
        return None
    try:
        return Sketch.unpacked(text)
    except DrawingError:
        return None
