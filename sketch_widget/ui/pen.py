"""The Python side of the pen that lies over a canvas in the page: `pen.js` and the scripts that it is joined from.

Its traits are state, shared by all pages; what the pen does arrives as messages. It refuses to know what a message
means: the pad decides.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import anywidget
import ipywidgets
import traitlets
from ipycanvas import Canvas

from sketch_widget import settings, words
from sketch_widget.drawing.stroke import BLACK, ERASER_WIDTH, PEN_WIDTH, rgb
from sketch_widget.errors import DrawingError
from sketch_widget.ui.picker import InkPicker
from sketch_widget.ui.starters import NAMES

HERE = Path(__file__).parent
SCRIPTS = ("raster.js", "kept.js", "sheet.js", "keys.js", "parts.js", "picker.js", "pen.js")
WIDTHS = (1, 40)  # pixels of 768, least and most
# Black and four inks of the palette of Okabe and Ito, which people with any colour vision can tell apart.
INKS = (BLACK, "#0072b2", "#d55e00", "#009e73", "#cc79a7")
# What `pen.js` says, under the name by which it asks for it.
SPOKEN = {
    "pen": "pad.pen",
    "eraser": "pad.eraser",
    "undo": "pad.undo",
    "redo": "pad.redo",
    "clear": "pad.clear",
    "width": "pad.width",
    "ink-1": "pad.black",
    "ink-2": "pad.blue",
    "ink-3": "pad.orange",
    "ink-4": "pad.green",
    "ink-5": "pad.pink",
    "start": "pad.start",
    "start-cat": "pad.cat",
    "start-house": "pad.house",
    "start-flower": "pad.flower",
    "start-fish": "pad.fish",
    "start-sailboat": "pad.sailboat",
    "hint": "pad.hint",
    "tools": "pad.tools",
    "stage": "pad.stage",
    "keys": "pad.keys",
    "busy": "pad.busy",
    "dead": "pad.dead",
    "dead_waiting": "pad.dead_waiting",
    "white": "drawing.white",
}


class Pen(anywidget.AnyWidget):
    """Ink in the page, over a canvas that the kernel draws on."""

    _esm = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    _css = (HERE / "pen.css").read_text(encoding="utf-8")

    canvas = traitlets.Instance(Canvas).tag(sync=True, **ipywidgets.widget_serialization)
    """The canvas below the pen."""

    picker = traitlets.Instance(ipywidgets.ColorPicker).tag(sync=True, **ipywidgets.widget_serialization)
    """The free colour in the toolbar: an ipywidgets `ColorPicker`, which follows `color` in the page."""

    pad_id = traitlets.Unicode(read_only=True).tag(sync=True)
    """Tells this pen from all others of the page. Text, unique."""

    name = traitlets.Unicode("").tag(sync=True)
    """The pad's name, by which undelivered strokes find their pad again. Text, default none."""

    side = traitlets.Int(768).tag(sync=True)
    """The pad's side. Integer, pixels, default 768."""

    tool = traitlets.Enum(("pen", "eraser"), "pen").tag(sync=True)
    """What the pointer does. "pen" or "eraser", default "pen"."""

    color = traitlets.Unicode(BLACK).tag(sync=True)
    """The pen's ink. "#rrggbb", not white, default black."""

    width = traitlets.Float(PEN_WIDTH).tag(sync=True)
    """The pen's width. Number, 1 to 40 pixels of 768, default 6."""

    eraser_width = traitlets.Float(ERASER_WIDTH).tag(sync=True)
    """The eraser's own width. Number, 1 to 40 pixels of 768, default 24."""

    lang = traitlets.Enum(words.LANGUAGES, "en").tag(sync=True)
    """The language of the buttons. "en" or "zh", default "en"."""

    inks = traitlets.List(traitlets.Unicode(), list(INKS)).tag(sync=True)
    """The palette, in the order of the keys 1 to 5. Colours "#rrggbb"."""

    starters = traitlets.List(traitlets.Unicode(), list(NAMES)).tag(sync=True)
    """The starter drawings that are offered. Names."""

    texts = traitlets.Dict().tag(sync=True)
    """Every text of the page, by language and name."""

    standing = traitlets.Dict().tag(sync=True)
    """Where the drawing stands: `revision` counts its steps, `undo` and `redo` the steps there are, `empty` whether
    there is no stroke, `heard` the last step of each client that was applied."""

    notice = traitlets.Dict().tag(sync=True)
    """What the pad has to say, by language; empty for nothing."""

    def __init__(self, canvas: Canvas, name: str, lang: str) -> None:
        lang = settings.language(lang)
        super().__init__(
            canvas=canvas,
            picker=InkPicker(BLACK, lang, self._choose),
            name=name,
            lang=lang,
            texts=_texts(),
            standing={"revision": 0, "undo": 0, "redo": 0, "empty": True, "heard": {}},
        )

    def say(self, key: str | None, /, **fields: object) -> None:
        """Show a text of the catalogue below the drawing, in the pad's language, or nothing."""
        self.notice = {} if key is None else _spoken(key, fields)

    def refuse(self, content: Mapping[str, Any], error: DrawingError) -> None:
        """Tell the page that one of its steps could not be taken, and why."""
        texts = _spoken(error.key, error.fields)
        self.send({"kind": "refused", "client": content.get("client"), "seq": content.get("seq"), "text": texts})

    def ask_again(self, content: Mapping[str, Any], seq: int) -> None:
        """Ask a page to send its steps from number `seq` on once more."""
        self.send({"kind": "missing", "client": content["client"], "seq": seq})

    def _choose(self, color: str) -> None:
        self.color, self.tool = color, "pen"

    @traitlets.observe("lang")
    def _speak(self, change: Mapping[str, Any]) -> None:
        self.picker.speak(change["new"])

    @traitlets.default("pad_id")
    def _unique(self) -> str:
        return uuid4().hex

    @traitlets.validate("color")
    def _is_ink(self, proposal: dict[str, Any]) -> str:
        color = str(proposal["value"]).lower()
        if rgb(color) == (255, 255, 255):
            raise DrawingError("drawing.white")
        return color

    @traitlets.validate("width", "eraser_width")
    def _is_width(self, proposal: dict[str, Any]) -> float:
        value = float(proposal["value"])
        if not WIDTHS[0] <= value <= WIDTHS[1]:
            raise DrawingError("pad.width_range", value=proposal["value"], least=WIDTHS[0], most=WIDTHS[1])
        return value


def _texts() -> dict[str, dict[str, str]]:
    return {
        lang: {name: words.TEXTS[key][place] for name, key in SPOKEN.items()}
        for place, lang in enumerate(words.LANGUAGES)
    }


def _spoken(key: str, fields: Mapping[str, object]) -> dict[str, str]:
    return {lang: words.say(key, lang, **fields) for lang in words.LANGUAGES}
