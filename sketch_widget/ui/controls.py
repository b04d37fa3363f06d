"""The form beside the pad: prompt, style, number of pictures, how the drawing is used, and the Generate button.

It knows no job and no service; whoever composes it gives it the drawing and is told when Generate was chosen.
"""

import threading
from collections import deque
from collections.abc import Callable, Collection, Mapping
from typing import Any

import anywidget
import ipywidgets
import numpy as np
import traitlets as t
from numpy.typing import NDArray

from sketch_widget import settings, words
from sketch_widget.drawing.inks import inks_of
from sketch_widget.errors import RequestError, SketchWidgetError
from sketch_widget.service.request import N_RANGE, WEIGHT_RANGE, GenerationRequest, Style
from sketch_widget.ui.inks_view import RGB, BadInk, InkList, inks_view, preview
from sketch_widget.ui.parameters import Parameters
from sketch_widget.ui.service_note import OFFLINE, service_note
from sketch_widget.ui.theme import script, styles
from sketch_widget.ui.values import FORM, Parameter

BLANK = np.full((768, 768, 3), 255, np.uint8)
CLICKS = 64  # remembered, so that one that a page says twice is heard once


def missing(has_drawing: bool, prompt: str) -> str | None:
    """Return what keeps Generate from working, as a key of the catalogue, or None."""
    has_words = bool(prompt.strip())
    if has_drawing and has_words:
        return None
    return "page.need.words" if has_drawing else "page.need.drawing" if has_words else "page.need.both"


class Panel(anywidget.AnyWidget):
    """What no ready-made control does: a Generate that waits for the pen, and how the jobs stand."""

    _esm = script("generate.js")
    _css = styles("page.css", "controls.css")

    lang = t.Unicode("en").tag(sync=True)
    """The language, "en" or "zh". Default "en"."""

    progress = t.Dict().tag(sync=True)
    """How the jobs stand, beside the button: `text` and the `seconds` to count on from. Default empty."""

    view = t.Dict().tag(sync=True)
    """Every word and value that the browser shows; written by `Controls`. Default empty."""


class Details(anywidget.AnyWidget):
    """What can be looked up below the controls: the ink colours and the service's note."""

    _esm = script("details.js")

    lang = t.Unicode("en").tag(sync=True)
    """The language, "en" or "zh". Default "en"."""

    preview = t.Bytes(b"").tag(sync=True)
    """A PNG of what the service takes as ink and as paper; written by `Controls`. Default empty."""

    view = t.Dict().tag(sync=True)
    """Every word and value that the browser shows; written by `Controls`. Default empty."""


class Controls(ipywidgets.VBox):
    """What a person sets before Generate; its traits carry the service's own parameter names.

    Args:
        on_generate: Called when Generate was chosen; what it raises of our own errors is shown beside the button.

    Attributes:
        parameters: The ipywidgets controls of the service's parameters.
        panel: Generate. It stands before the finer parameters, so that it is near the pad in a narrow window too.
        details: Ink colours and the service's note.
    """

    prompt = Parameter("prompt", "")
    """What the picture shows, in English or Chinese; the service reads 75 characters of it. Default empty."""

    style = Parameter("style", Style.WATERCOLOR.value)
    """One of the eight styles, as the service spells it; angle brackets may be left out. Default "<watercolor>"."""

    n = Parameter("n", N_RANGE[0])
    """How many pictures, 1 to 4. Default 1."""

    sketch_weight = Parameter("sketch_weight", WEIGHT_RANGE[1])
    """How closely the pictures keep to the drawing, 0 to 10. Default 10."""

    sketch_extraction = Parameter("sketch_extraction", False)
    """Whether the drawing is a photo of which the service takes the edges; then `inks` has no effect. Default off."""

    inks = t.Instance(InkList, ())
    """The ink colours: read from the drawing until they are edited. Default none."""

    lang = t.Unicode("en")
    """The language of the form, "en" or "zh"; "auto" asks the environment. Default "en"."""

    service = t.Unicode(OFFLINE)
    """The name of the service in use, "offline" or "dashscope". Default "offline"."""

    problem = t.Unicode("")
    """What went wrong with the last Generate; shown beside the button until something changes. Default empty."""

    def __init__(self, on_generate: Callable[[], object] = lambda: None, **values: Any) -> None:
        self._lock = threading.RLock()  # strokes and the form's own messages may come on different threads
        self._on_generate = on_generate
        self._pixels: NDArray[np.uint8] = BLANK
        self._bad_ink: BadInk | None = None
        self._clicks: deque[str] = deque(maxlen=CLICKS)
        self._links: list[t.link] = []
        self.parameters, self.panel, self.details = Parameters(), Panel(), Details()
        # The order on the page is the order of the Tab key, in a window of any width.
        super().__init__([self.parameters.first, self.panel, self.parameters.finer, self.details], **values)
        self.add_class("sketch-controls")
        self._links = [t.link((self, name), (it, "value")) for name, it in self.parameters.by_name().items()]
        self.panel.on_msg(self._receive)
        self.details.on_msg(self._receive)
        self._speak()
        self._show()

    def take_drawing(self, pixels: NDArray[np.uint8], pens: Collection[RGB] = ()) -> None:
        """Read the ink colours from a drawing, (H, W, 3) or (H, W, 4) uint8; `pens` are known to be drawn with."""
        with self._lock:
            self._pixels = pixels
            self._bad_ink, self.problem = None, ""
            self.inks = self.inks.with_drawn(inks_of(pixels, pens))
            self._show()

    def request(self) -> GenerationRequest:
        """Return what Generate would send now.

        Raises:
            RequestError: There are no words yet, or a value lies outside its rule.
        """
        return GenerationRequest(
            self.prompt,
            style=self.style,
            n=self.n,
            sketch_weight=self.sketch_weight,
            sketch_extraction=self.sketch_extraction,
            sketch_color=() if self.sketch_extraction else self.inks.colors,
        )

    def fill_in(self, request: GenerationRequest) -> None:
        """Put a request back into the form; its colours count as edited where they are not the drawing's own."""
        with self.hold_trait_notifications():
            self.prompt, self.style, self.n = request.prompt, request.style.value, request.n
            self.sketch_weight, self.sketch_extraction = request.sketch_weight, request.sketch_extraction
            asked = request.sketch_color
            edited = None if isinstance(asked, str) or request.sketch_extraction else asked
            is_own = edited is None or set(edited) == set(self.inks.drawn)
            self.inks = InkList(self.inks.drawn, None if is_own else edited)

    @t.validate("lang")
    def _find_language(self, proposal: Mapping[str, Any]) -> str:
        return settings.language(proposal["value"])

    @t.observe("lang")
    def _speak(self, _: Mapping[str, Any] | None = None) -> None:
        # A Dropdown that is given new options falls back to the first of them; the value here must not follow.
        for link in self._links:
            link.unlink()
        self.parameters.speak(self.lang)
        for link in self._links:
            link.link()

    @t.observe(*FORM, "inks", "lang", "service", "problem")
    def _changed(self, change: Mapping[str, Any]) -> None:
        if change["name"] in FORM and self.problem:
            self.problem = ""
        self._show()

    def _receive(self, _: Any, content: Mapping[str, Any], buffers: Any) -> None:
        """Hear what the browser asks; a message that is not understood is none of ours."""
        if content.get("kind") == "ink":
            self._edit_inks(content)
        elif content.get("kind") == "lang":
            self.lang = str(content.get("value"))
        elif content.get("kind") == "generate":
            self._take_click(str(content.get("click", "")), content.get("values") or {})

    def _edit_inks(self, asked: Mapping[str, Any]) -> None:
        what, index, text = str(asked.get("what")), int(asked.get("index", -1)), str(asked.get("value", ""))
        edits: dict[str, Callable[[], InkList]] = {
            "add": self.inks.add,
            "again": self.inks.again,
            "remove": lambda: self.inks.remove(index),
            "change": lambda: self.inks.change(index, text),
        }
        self._bad_ink = None
        try:
            self.inks = edits[what]()
        except RequestError as error:
            self._bad_ink = BadInk(index, text, error)
        self._show()

    def _take_click(self, click: str, values: Mapping[str, Any]) -> None:
        """Generate once for a click, however often the page says it, and tell the page that it was heard."""
        with self._lock:
            is_new = not click or click not in self._clicks
            self._clicks.append(click)
        try:
            if is_new:
                self._generate(values)
        finally:
            self.panel.send({"kind": "heard", "click": click})

    def _generate(self, values: Mapping[str, Any]) -> None:
        try:
            with self.hold_trait_notifications():
                for name in FORM:
                    if name in values:
                        setattr(self, name, values[name])
            self.problem = ""
            self._on_generate()
        except (SketchWidgetError, t.TraitError) as error:
            self.problem = error.text(self.lang) if isinstance(error, SketchWidgetError) else str(error)

    def _show(self) -> None:
        with self._lock:
            colors = () if self.sketch_extraction else self.inks.colors
            if colors:
                self.details.preview = preview(self._pixels, colors)
            self.panel.lang = self.details.lang = self.lang
            self.panel.view, self.details.view = self._panel_view(), self._details_view()

    def _say(self, name: str, **fields: object) -> str:
        return words.say(f"page.{name}", self.lang, **fields)

    def _panel_view(self) -> dict[str, Any]:
        say = self._say
        lacking = missing(bool(self.inks.drawn), self.prompt)
        return {
            "generate": say("generate.one") if self.n == 1 else say("generate.more", n=self.n),
            "is_ready": lacking is None,
            "is_problem": bool(self.problem),
            "reason": self.problem or ("" if lacking is None else words.say(lacking, self.lang)),
            "sending": say("generate.sending"),
            "need_ink": say("need.ink"),
            "need_kernel": say("need.kernel"),
            "gone": say("gone"),
            "show": say("do.show"),
            "show_title": say("do.show.title"),
        }

    def _details_view(self) -> dict[str, Any]:
        say = self._say
        return {
            "language": say("language"),
            "inks": say("inks"),
            "ink": inks_view(self.inks, self.sketch_extraction, self._bad_ink, self._pixels, self.lang),
            "ink_add": say("inks.add"),
            "ink_again": say("inks.again"),
            "ink_numbers": say("inks.numbers"),
            "ink_remove": say("inks.remove.short"),
            "ink_preview": say("inks.preview"),
            "service": service_note(self.service, self.lang).view(),
            "copy": say("do.copy"),
            "copied": say("do.copied"),
        }
