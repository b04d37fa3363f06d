"""Picture files: pixels to lossless PNG with texts inside, and any picture read safely.

Refuses what no person sends: files that are no pictures, that are broken, or that unpack to more than a picture should.
"""

import io
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from sketch_widget.drawing.inks import check, over_white
from sketch_widget.errors import PictureError, system_reason

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP")  # what the service's document names, in both of its tables
MAX_FILE = 50_000_000  # bytes of a file read here, before it is made small enough to send
MAX_PIXELS = 40_000_000  # of a picture read here: a 40-megapixel photograph, 120 MB unpacked
MAX_TEXT = 8 << 20  # characters of one text taken from a picture

Pixels = NDArray[np.uint8]
Source = bytes | str | Path | Image.Image


def encode(pixels: NDArray[np.uint8], text: Mapping[str, str] | None = None, level: int = 6) -> bytes:
    """Return the bytes of a lossless PNG.

    Args:
        pixels: (H, W, 3) or (H, W, 4) uint8.
        text: What the file carries beside its pixels, by name.
        level: Compression, 0 to 9; 1 is five times faster than 6 on a painted picture and a tenth larger.

    Raises:
        PictureError: `pixels` is no such array.
    """
    from PIL.PngImagePlugin import PngInfo  # late: Pillow loads no format before it is needed

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


def load(source: Source) -> tuple[Pixels, dict[str, str]]:
    """Read a picture file, or a PIL image, as (H, W, 3) uint8 on white, and the texts that it carries.

    Raises:
        PictureError: It cannot be read, is no picture of a format that the service takes (PNG, JPEG, WEBP, TIFF, BMP),
            is broken, or is larger than 50 MB or 40 million pixels.
    """
    if isinstance(source, Image.Image):
        return _pixels(source, "PIL image"), {}
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _decode(bytes(source), "bytes")
    if isinstance(source, (str, Path)):
        return _decode(file_bytes(Path(source)), str(source))
    raise PictureError("picture.kind", value=type(source).__name__)


def texts_of(data: bytes) -> dict[str, str]:
    """Return the texts that a PNG carries before its pixels, which are not unpacked; {} where it cannot be read."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            return {str(name): text for name, text in image.info.items() if isinstance(text, str)}
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {}


def file_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        PictureError: It cannot be read, or is larger than 50 MB.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_FILE else b""
    except (OSError, ValueError) as error:  # a path with a null character is a ValueError
        raise PictureError("picture.file", path=str(path)[:200], reason=system_reason(error)) from None
    if size > MAX_FILE:
        raise PictureError("picture.file_large", path=str(path), size=size, most=MAX_FILE)
    return data


def _decode(data: bytes, name: str) -> tuple[Pixels, dict[str, str]]:
    if len(data) > MAX_FILE:
        raise PictureError("picture.file_large", path=name, size=len(data), most=MAX_FILE)
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        pixels = _pixels(image, name)
        text = {str(k): str(v) for k, v in getattr(image, "text", {}).items() if len(str(v)) <= MAX_TEXT}
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        # Pillow looks at the size in the header; its warning is an error where warnings are. It tells the number.
        told = re.search(r"\d+", str(bomb))
        value = told.group() if told else f"> {MAX_PIXELS}"
        raise PictureError("picture.pixels", name=name, value=value, most=MAX_PIXELS) from None
    except UnidentifiedImageError:
        raise PictureError("picture.format", name=name, allowed=", ".join(FORMATS)) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        # Pillow reports broken files with all of these.
        raise PictureError("picture.broken", name=name, reason=str(error)[:120]) from None
    return pixels, text


def _pixels(image: Image.Image, name: str) -> NDArray[np.uint8]:
    if image.width * image.height > MAX_PIXELS:
        raise PictureError("picture.pixels", name=name, value=f"{image.width} x {image.height}", most=MAX_PIXELS)
    from PIL import ImageOps  # late: it brings ten modules

    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("I;16", "I;16L", "I;16B", "I"):
        grey = (np.asarray(upright).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    return np.ascontiguousarray(over_white(np.array(upright.convert("RGBA" if has_alpha else "RGB"))))
