"""A drawing: strokes on white paper, in the order they were drawn.

A sketch never changes: adding, undoing, erasing and clearing return a new one. It refuses strokes that are none and
sketches that the service could not take.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sketch_widget import words
from sketch_widget.drawing import raster
from sketch_widget.drawing.image_file import encode, file_bytes, load
from sketch_widget.drawing.inks import Inks, inks_of
from sketch_widget.drawing.stroke import ERASER_WIDTH, Stroke
from sketch_widget.errors import DrawingError, system_reason

PAD = 768  # pixels: the service's only output size ("768*768"), so that nothing is stretched
SIDES = (256, 2048)  # pixels: what the service takes (parameter `sketch_image_url`)
VERSION = 1
SKETCH_TEXT = "sketch_widget:sketch"  # the PNG text that carries the strokes
REQUEST_TEXT = "sketch_widget:request"  # the PNG text that carries what was asked
MAX_JSON = 64 << 20  # bytes of a sketch unpacked from a file: a bound, far above any drawing made by hand


@dataclass(frozen=True)
class Sketch:
    """A drawing of exact inks on white paper.

    Args:
        strokes: The strokes, first drawn first. Default none.
        size: Width and height in pixels, each 256 to 2048. Default (768, 768).

    Raises:
        DrawingError: A stroke is no `Stroke`, or the size is outside 256 to 2048.
    """

    strokes: tuple[Stroke, ...] = ()
    size: tuple[int, int] = (PAD, PAD)

    def __init__(self, strokes: Iterable[Stroke] = (), size: tuple[int, int] = (PAD, PAD)) -> None:
        object.__setattr__(self, "strokes", _strokes(strokes))
        object.__setattr__(self, "size", _size(size))

    @property
    def is_empty(self) -> bool:
        """Whether nothing but white paper is left."""
        return not any(not stroke.eraser for stroke in self.strokes) or not self.inks()

    def add(self, stroke: Stroke) -> "Sketch":
        """Return the drawing with one more stroke on top."""
        return Sketch((*self.strokes, stroke), self.size)

    def erase(self, points: ArrayLike, width: float = ERASER_WIDTH) -> "Sketch":
        """Return the drawing with the paper put back along `points` (pixels), `width` pixels wide."""
        return self.add(Stroke(points, width=width, eraser=True))

    def undo(self) -> "Sketch":
        """Return the drawing without its last stroke; an empty one as it is."""
        return Sketch(self.strokes[:-1], self.size)

    def clear(self) -> "Sketch":
        """Return empty paper of the same size."""
        return Sketch((), self.size)

    def pixels(self) -> raster.Pixels:
        """Return (H, W, 3) uint8: white, or exactly a pen colour."""
        width, height = self.size
        pixels = np.full((height, width, 3), 255, np.uint8)
        for stroke in self.strokes:
            raster.paint(pixels, stroke)
        return pixels

    def inks(self) -> Inks:
        """Return the exact colours that can be seen, most pixels first; paper is none of them."""
        return inks_of(self.pixels(), pens={stroke.rgb for stroke in self.strokes})

    def to_json(self) -> str:
        """Return the strokes as JSON text; `from_json` gives the same drawing back, to the bit."""
        strokes = [_stroke_to_data(stroke) for stroke in self.strokes]
        return json.dumps({"version": VERSION, "size": list(self.size), "strokes": strokes}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Sketch":
        """Return the drawing that `to_json` wrote.

        Raises:
            DrawingError: The text is not such a drawing, or was written by a newer version.
        """
        try:
            data = json.loads(text)
            version = data["version"]
            if version != VERSION:
                raise DrawingError("drawing.json_version", value=version, known=VERSION)
            return cls([_stroke_from_data(item) for item in data["strokes"]], tuple(data["size"]))
        except DrawingError:
            raise
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise DrawingError("drawing.json", reason=f"{type(error).__name__}: {error}"[:120]) from None

    def packed(self) -> str:
        """Return the drawing as one short line of ASCII, for a picture file's text."""
        return b64encode(zlib.compress(self.to_json().encode(), 9)).decode("ascii")

    @classmethod
    def unpacked(cls, text: str) -> "Sketch":
        """Return the drawing that `packed` wrote.

        Raises:
            DrawingError: The text is not such a drawing, or is unreasonably large.
        """
        try:
            unpacker = zlib.decompressobj()
            raw = unpacker.decompress(b64decode(text, validate=True), MAX_JSON)
            if not unpacker.eof:
                raise ValueError("cut short or too large")
            written = raw.decode()
        except (ValueError, zlib.error) as error:
            raise DrawingError("drawing.json", reason=str(error)[:120]) from None
        return cls.from_json(written)

    def png(self, text: Mapping[str, str] | None = None) -> bytes:
        """Return the bytes of a lossless PNG that carries the strokes, and the given texts by name."""
        return encode(self.pixels(), {SKETCH_TEXT: self.packed(), **(text or {})}, level=9)

    def save(self, path: str | Path) -> Path:
        """Write the drawing: `.json` as strokes, anything else as a PNG that carries its strokes.

        Raises:
            DrawingError: The file cannot be written.
        """
        target = Path(path)
        data = self.to_json().encode() if target.suffix.lower() == ".json" else self.png()
        try:
            target.write_bytes(data)
        except OSError as error:
            raise DrawingError("drawing.save", path=str(target), reason=system_reason(error)) from error
        return target

    @classmethod
    def open(cls, path: str | Path) -> "Sketch":
        """Read a drawing that `save` wrote, or a result picture that carries its drawing.

        Raises:
            PictureError: The file cannot be read, or not as a picture.
            DrawingError: It carries no strokes.
        """
        target = Path(path)
        if target.suffix.lower() == ".json":
            return cls.from_json(file_bytes(target).decode("utf-8", "replace"))
        _, text = load(target)
        if SKETCH_TEXT not in text:
            raise DrawingError("drawing.no_strokes", path=str(target))
        return cls.unpacked(text[SKETCH_TEXT])

    def __repr__(self) -> str:
        return f"<Sketch of {len(self.strokes)} strokes, {self.size[0]} x {self.size[1]} pixels>"

    def _repr_png_(self) -> bytes:
        return self.png()

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        # A bundle is the only way to give the picture the words that a screen reader says in its place.
        alt = words.say("drawing.alt", strokes=len(self.strokes))
        return {"image/png": b64encode(self.png()).decode("ascii")}, {"image/png": {"alt": alt}}


def _strokes(strokes: Iterable[Stroke]) -> tuple[Stroke, ...]:
    try:
        kept = tuple(strokes)
    except TypeError:
        raise DrawingError("drawing.strokes", value=type(strokes).__name__) from None
    for stroke in kept:
        if not isinstance(stroke, Stroke):
            raise DrawingError("drawing.strokes", value=type(stroke).__name__)
    return kept


def _size(size: object) -> tuple[int, int]:
    sides = tuple(size) if isinstance(size, (tuple, list)) else ()
    if len(sides) != 2 or not all(_is_side(side) for side in sides):
        raise DrawingError("drawing.size", value=repr(size)[:60], least=SIDES[0], most=SIDES[1])
    return int(sides[0]), int(sides[1])


def _is_side(side: object) -> bool:
    whole = isinstance(side, (int, np.integer)) and not isinstance(side, bool)
    return whole and SIDES[0] <= side <= SIDES[1]  # type: ignore[operator]


def _stroke_to_data(stroke: Stroke) -> dict[str, Any]:
    # The shortest decimal that gives the same float32 back: 100.1, not 100.0999984741211.
    points = stroke.points.astype(str).astype(float).tolist()
    data: dict[str, Any] = {"color": stroke.color, "width": stroke.width, "points": points}
    if stroke.eraser:
        data["eraser"] = True
    return data


def _stroke_from_data(data: dict[str, Any]) -> Stroke:
    return Stroke(data["points"], data["color"], data["width"], bool(data.get("eraser", False)))
