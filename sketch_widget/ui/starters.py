"""A few drawings to start from, so that a first picture is one click away.

They stand in `starters.json`, which names their origin and licence.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.errors import DrawingError

NAMES = ("cat", "house", "flower", "fish", "sailboat")


def starter(name: str) -> Sketch:
    """Return one of the drawings by name: "cat", "house", "flower", "fish" or "sailboat".

    Raises:
        DrawingError: There is none of that name.
    """
    drawings = _file()["drawings"]
    if name not in drawings:
        raise DrawingError("pad.starter", value=repr(name)[:60], allowed=", ".join(NAMES))
    return Sketch([Stroke(points) for points in drawings[name]])


def licence() -> str:
    """Return the line that goes with the drawings wherever they are published."""
    return str(_file()["licence"])


@cache
def _file() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((Path(__file__).parent / "starters.json").read_text(encoding="utf-8"))
    return data
