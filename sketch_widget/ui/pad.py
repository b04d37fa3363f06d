"""The drawing pad: a drawing, the canvas that shows it, and the pen that draws on it.

The truth is the drawing with its undo steps; the canvas and the pages show it and can be made again from it at any
time. Messages may arrive on any thread, so everything here is done under one lock, observers of the drawing included:
an observer must not wait for another thread that uses the pad.
"""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import ipywidgets
import numpy as np
import traitlets
from numpy.typing import NDArray

from sketch_widget import settings
from sketch_widget.drawing.sketch import PAD, Sketch
from sketch_widget.errors import DrawingError, StoreError
from sketch_widget.ui.canvas import PadCanvas
from sketch_widget.ui.identity import cell_name
from sketch_widget.ui.inbox import Inbox, Message, read
from sketch_widget.ui.pad_store import PadFile, Saved
from sketch_widget.ui.pen import Pen
from sketch_widget.ui.steps import Step, after


class DrawingPad(ipywidgets.VBox):
    """A pad of 768 x 768 pixels to draw on with mouse, pen or finger.

    Ink appears in the page at once and reaches Python as one message a stroke. `pad.sketch` is the drawing: read it,
    assign it, observe it. Strokes are saved one by one; running the cell again or starting a new kernel brings them
    back.

    Args:
        name: Under which the drawing is saved; two pads of one name are one drawing. By default the notebook and the
            cell that makes the pad; a pad made outside a notebook's cell is not saved.
        lang: "en", "zh" or "auto" (the environment's).
        home: The folder below which drawings are saved; that of the settings when not given.

    Raises:
        DrawingError: `name` is no text.
        InputError: `lang` is none of these.
    """

    sketch = traitlets.Instance(Sketch)
    """The drawing. `Sketch` of 768 x 768 pixels, default empty. Assigning is one undo step."""

    def __init__(self, name: str | None = None, *, lang: str = "auto", home: Path | None = None) -> None:
        if not isinstance(name, str | None):
            raise DrawingError("pad.name", value=repr(name)[:60])
        self._name = name or cell_name() or ""
        self._file = PadFile(home or settings.read().home, self._name) if self._name else None
        self._canvas = PadCanvas(PAD)
        self._pen = Pen(self._canvas, self._name, lang)
        self._lock = threading.RLock()
        self._revision = 0
        saved = self._restore()
        self._history = saved.history
        self._inbox = Inbox(saved.heard)
        super().__init__(children=[self._pen], sketch=self._history.present)
        self._canvas.show(self.sketch.pixels())
        self._canvas.update_image()
        self._tell()
        self._pen.on_msg(self._receive)
        self.observe(self._assigned, "sketch")

    # -- the drawing

    def undo(self) -> None:
        """Take the last step back: a stroke, a clearing, an assignment. Without one, do nothing."""
        self._take(Step("undo"))

    def redo(self) -> None:
        """Do again what was undone last. Without such a step, do nothing."""
        self._take(Step("redo"))

    def clear(self) -> None:
        """Take all strokes away, in one undo step."""
        self._take(Step("replace", Sketch()))

    def pixels(self) -> NDArray[np.uint8]:
        """Return what the canvas shows as (768, 768, 3) uint8: white, or exactly a pen colour.

        It is never older than the drawing, and the array is the caller's own.
        """
        with self._lock:
            return np.ascontiguousarray(self._canvas.get_image_data()[..., :3])

    # -- the tools

    @property
    def name(self) -> str:
        """The name under which the drawing is saved; empty for a pad that is not saved."""
        return self._name

    @property
    def file(self) -> Path | None:
        """The file that the drawing is saved in; None for a pad that is not saved, or no longer is."""
        return self._file.path if self._file is not None else None

    @property
    def canvas(self) -> PadCanvas:
        """The ipycanvas canvas. It is for showing: what other code draws on it is not part of the drawing."""
        return self._canvas

    @property
    def pen(self) -> Pen:
        """The pen's widget; its traits can be observed and linked."""
        return self._pen

    @property
    def color(self) -> str:
        """The pen's ink: "#rrggbb", not white. Default "#000000"."""
        return str(self._pen.color)

    @color.setter
    def color(self, color: str) -> None:
        self._pen.color = color
        self.picker.value = self._pen.color

    @property
    def picker(self) -> ipywidgets.ColorPicker:
        """The `ColorPicker` in the toolbar; its value is always the pen's ink."""
        return self._pen.picker

    @property
    def width(self) -> float:
        """The pen's width: 1 to 40 pixels of 768. Default 6."""
        return float(self._pen.width)

    @width.setter
    def width(self, width: float) -> None:
        self._pen.width = width

    @property
    def eraser_width(self) -> float:
        """The eraser's own width: 1 to 40 pixels of 768. Default 24."""
        return float(self._pen.eraser_width)

    @eraser_width.setter
    def eraser_width(self, width: float) -> None:
        self._pen.eraser_width = width

    @property
    def tool(self) -> str:
        """What the pointer does: "pen" or "eraser"."""
        return str(self._pen.tool)

    @tool.setter
    def tool(self, tool: str) -> None:
        if tool not in ("pen", "eraser"):
            raise DrawingError("pad.tool", value=repr(tool)[:60])
        self._pen.tool = tool

    @property
    def lang(self) -> str:
        """The language of the buttons: "en" or "zh"; takes "auto" too."""
        return str(self._pen.lang)

    @lang.setter
    def lang(self, lang: str) -> None:
        self._pen.lang = settings.language(lang)

    def close(self) -> None:
        """Take the pad out of all pages; its drawing stays on disk."""
        if not hasattr(self, "_lock"):
            return  # it could not be made, and is thrown away without parts
        with self._lock:
            self.picker.close()
            self._pen.close()
            self._canvas.close()
            super().close()

    # -- steps

    def _take(self, step: Step) -> None:
        """Do a step: show it, write it down, tell the pages, then the observers."""
        with self._lock, self.hold_trait_notifications():
            before, self._history = self._history, after(self._history, step)
            # Who has been told may ask from another thread; observers, which may be slow, hear of it at the end.
            self.sketch = self._history.present
            self._show(before.present)
            self._save(step)
            self._revision += 1
            self._tell()

    def _show(self, before: Sketch) -> None:
        """Show what changed: one stroke more or less by itself, anything else as the box that differs."""
        now = self._history.present
        if now.strokes and now.strokes[:-1] == before.strokes:
            self._canvas.stamp(now.strokes[-1])
        elif before.strokes and before.strokes[:-1] == now.strokes and self._canvas.lift(before.strokes[-1]):
            return
        elif now != before:
            self._canvas.show(now.pixels())

    def _tell(self) -> None:
        history = self._history
        self._pen.standing = {
            "revision": self._revision,
            "undo": len(history.past),
            "redo": len(history.future),
            "empty": not history.present.strokes,
            "heard": dict(self._inbox.heard),
        }

    @traitlets.validate("sketch")
    def _is_for_this_pad(self, proposal: dict[str, Any]) -> Sketch:
        sketch: Sketch = proposal["value"]
        if sketch.size != (PAD, PAD):
            raise DrawingError("pad.size", side=PAD, value=f"{sketch.size[0]} x {sketch.size[1]}")
        return sketch

    def __setattr__(self, name: str, value: object) -> None:
        if name == "sketch" and not isinstance(value, Sketch):
            raise DrawingError("pad.sketch_kind", value=type(value).__name__)
        super().__setattr__(name, value)

    def _assigned(self, change: Mapping[str, Any]) -> None:
        with self._lock:
            if change["new"] is not self._history.present:
                self._take(Step("replace", change["new"]))
                self._canvas.update_image()

    # -- messages

    def _receive(self, _: object, content: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        with self._lock:
            try:
                due = self._inbox.take(content, buffers)
            except DrawingError as error:
                self._pen.refuse(content, error)
                return
            for message in due:
                self._do(message)
            missing = None if due else self._inbox.missing(content)
            if missing is not None:
                self._pen.ask_again(content, missing)
            elif not due:
                self._tell()

    def _do(self, message: Message) -> None:
        content, buffers = message
        try:
            step = read(content, buffers)
        except DrawingError as error:
            self._pen.refuse(content, error)
            self._revision += 1
            self._tell()
            return
        self._take(step)

    # -- the file

    def _restore(self) -> Saved:
        if self._file is None:
            return Saved()
        older = _pads.get(self._name)
        if older is not None:
            older._file = None
        _pads[self._name] = self
        try:
            saved = self._file.read()
        except StoreError as error:
            self._file = None
            self._pen.say(error.key, **error.fields)
            return Saved()
        if saved.lost:
            self._pen.say("pad.damaged", count=saved.lost, path=self._file.path)
        elif saved.history.present.strokes:
            self._pen.say("pad.restored")
        return saved

    def _save(self, step: Step) -> None:
        if self._file is None:
            return
        try:
            self._file.append(step)
        except StoreError as error:
            self._pen.say(error.key, **error.fields)
            return
        if self._pen.notice:
            self._pen.say(None)


_pads: WeakValueDictionary[str, DrawingPad] = WeakValueDictionary()
"""The pads of this kernel by name: a newer one takes the file over from an older one."""
