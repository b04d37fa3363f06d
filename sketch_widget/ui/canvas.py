"""The ipycanvas canvas that shows a drawing, exactly and at once.

ipycanvas keeps one global command queue without a lock, does not select its canvas again after a page was loaded anew
(jupyter-widgets-contrib/ipycanvas#322), and knows its own picture only by asking the browser. This canvas has a queue
of its own, selects itself in every message, and sets `image_data` from Python. It refuses to be the drawing: what other
code draws on it is shown and forgotten. The private names of ipycanvas 0.14 that it uses are guarded by a test.
"""

import threading
from collections import deque
from collections.abc import Callable
from io import BytesIO
from typing import Any, Protocol

import numpy as np
from ipycanvas import Canvas
from ipycanvas.canvas import COMMANDS, _CanvasManager
from ipywidgets import widget_serialization
from numpy.typing import NDArray
from PIL import Image

from sketch_widget.drawing import raster
from sketch_widget.drawing.stroke import Stroke

Pixels = NDArray[np.uint8]
Colors = NDArray[np.void]
LIFTS = 50  # strokes that can be taken back one by one without painting the others again
LATER = 0.5  # seconds after the last stroke in which `image_data` is brought up to date


class Timer(Protocol):
    """What `threading.Timer` is, as far as it is needed here."""

    def start(self) -> None:
        """Begin to wait."""

    def cancel(self) -> None:
        """Wait no longer."""


def _timer(seconds: float, act: Callable[[], None]) -> Timer:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    return timer


class PadCanvas(Canvas):
    """A canvas that shows exact pixels and can always say which.

    Args:
        side: Width and height in pixels.
        timer: Makes the timer for what can wait; `threading.Timer` when not given.
    """

    def __init__(self, side: int, timer: Callable[[float, Callable[[], None]], Timer] = _timer) -> None:
        self._lock = threading.RLock()
        self._shown: Pixels = np.full((side, side, 3), 255, np.uint8)
        self._size = (side, side)
        # What lay under the strokes stamped last: taking one back need not paint all others again.
        self._under: deque[tuple[Stroke, Colors]] = deque(maxlen=LIFTS)
        self._is_stale = False
        self._make_timer = timer
        self._timer: Timer | None = None
        super().__init__(width=side, height=side, _canvas_manager=_CanvasManager())
        self.on_client_ready(self.replay)

    def stamp(self, stroke: Stroke) -> None:
        """Show one more stroke on top."""
        with self._lock:
            patch = raster.footprint(stroke, self._size)
            box = _box(patch)
            colors = _whole(self._shown)[box]
            self._under.append((stroke, colors[patch.mask]))
            colors[patch.mask] = _whole(np.array(stroke.rgb, np.uint8))
            if patch.mask.size:
                self._put(_stencil(patch.mask, stroke.rgb), patch.x, patch.y)
            self._image_later()

    def lift(self, stroke: Stroke) -> bool:
        """Take the stroke that was stamped last away again; return False, and do nothing, where it is another one."""
        with self._lock:
            if not self._under or self._under[-1][0] is not stroke:
                return False
            patch = raster.footprint(stroke, self._size)
            box = _box(patch)
            _whole(self._shown)[box][patch.mask] = self._under.pop()[1]
            if patch.mask.size:
                self._put(_png(Image.fromarray(self._shown[box])), patch.x, patch.y)
            self._image_later()
            return True

    def show(self, pixels: Pixels) -> None:
        """Show (side, side, 3) uint8 instead of what is there; only the box that differs is sent."""
        with self._lock:
            differs = (pixels != self._shown).any(axis=2)
            rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
            self._shown = pixels.copy()
            self._under.clear()
            if len(rows):
                box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
                self._put(_png(Image.fromarray(pixels[box])), int(columns[0]), int(rows[0]))
            self._image_later()

    def replay(self) -> None:
        """Show everything again: a page has opened that knows nothing yet."""
        with self._lock:
            self._canvas_manager._current_canvas = None
            self._put(_png(Image.fromarray(self._shown)), 0, 0)

    def update_image(self) -> None:
        """Bring `image_data` up to date now: the PNG that front ends save with the notebook."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._is_stale or self.image_data is None:
                self._is_stale = False
                self.set_trait("image_data", _png(Image.fromarray(self._shown).convert("RGBA")))

    def get_image_data(self, *box: Any, **named: Any) -> Pixels:
        """Return (H, W, 4) uint8, never older than the last stroke. Takes what ipycanvas takes: x, y, width, height."""
        with self._lock:
            self.update_image()
            pixels: Pixels = super().get_image_data(*box, **named)
            return pixels

    def to_file(self, filename: str) -> None:
        """Write the picture as a PNG file."""
        with self._lock:
            self.update_image()
            super().to_file(filename)

    def get_state(self, *args: Any, **named: Any) -> dict[str, Any]:
        """Return the state that pages are given, with the picture as it is now."""
        if self._is_stale:
            self.update_image()
        state: dict[str, Any] = super().get_state(*args, **named)
        return state

    def close(self) -> None:
        """Take the canvas out of all pages."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._canvas_manager.close()
            super().close()

    def _image_later(self) -> None:
        self._is_stale = True
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._make_timer(LATER, self.update_image)
        self._timer.start()

    def _put(self, png: bytes, x: int, y: int) -> None:
        # One message selects the canvas and draws: nothing in it depends on what a page has been told before.
        # `put_image_data` of ipycanvas sends two messages, and three channels as JPEG.
        this = widget_serialization["to_json"](self, None)
        select, draw = [COMMANDS["switchCanvas"], [this]], [COMMANDS["putImageData"], [x, y], 1]
        self._canvas_manager._send_custom([select, draw], [png])


def _box(patch: raster.Patch) -> tuple[slice, slice]:
    height, width = patch.mask.shape
    return slice(patch.y, patch.y + height), slice(patch.x, patch.x + width)


def _whole(pixels: Pixels) -> Colors:
    """Return the same memory with a whole colour as one item: picking by a mask is then ten times as fast."""
    return pixels.view("V3")[..., 0]


def _stencil(mask: raster.Mask, rgb: tuple[int, int, int]) -> bytes:
    """Return a PNG of one bit a pixel: the ink where the mask is true, nothing elsewhere."""
    image = Image.fromarray(mask.view(np.uint8), "P")
    image.putpalette((255, 255, 255, *rgb))
    return _png(image, bits=1, transparency=0)


def _png(image: Image.Image, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", compress_level=1, **options)
    return file.getvalue()
