"""The free colour of a pad's pen: an ipywidgets ColorPicker.

Pen and picker follow each other in the page (`picker.js`), where no kernel is needed; what code sets is passed on here.
Refuses white, which is the paper, and colours that one can see through.
"""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets
import traitlets

from sketch_widget import words
from sketch_widget.errors import DrawingError


def exact(color: str) -> str:
    """Return a colour such as "red", "#F00" or "rgb(255, 0, 0)" as "#rrggbb".

    Raises:
        DrawingError: It is none, is white, or can be seen through.
    """
    from PIL import ImageColor  # late: only a colour that code sets needs it

    channels: tuple[int, ...]
    try:
        channels = ImageColor.getrgb(color)
    except (TypeError, ValueError):
        channels = ()
    if len(channels) != 3:
        raise DrawingError("pad.no_color", value=repr(color)[:60])
    if channels == (255, 255, 255):
        raise DrawingError("drawing.white")
    return "#{:02x}{:02x}{:02x}".format(*channels)


class InkPicker(ipywidgets.ColorPicker):
    """A ColorPicker whose value is always an ink: "#rrggbb", not white.

    Args:
        color: The ink to begin with.
        lang: The language of its label, "en" or "zh".
        on_choice: Called with an ink that code has set; one that comes from a page has been heard there.
    """

    def __init__(self, color: str, lang: str, on_choice: Callable[[str], object]) -> None:
        self._is_from_page = False
        self._on_choice = on_choice
        super().__init__(value=color, concise=True)
        self.speak(lang)

    def speak(self, lang: str) -> None:
        """Say what it is in a language, "en" or "zh"."""
        self.description = self.tooltip = words.say("pad.other", lang)

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take up what a page says; the page has told the pen itself, and in the right order."""
        self._is_from_page = True
        try:
            super().set_state(sync_data)
        finally:
            self._is_from_page = False

    @traitlets.validate("value")
    def _is_ink(self, proposal: Mapping[str, Any]) -> str:
        return exact(proposal["value"])

    @traitlets.observe("value")
    def _chosen(self, change: Mapping[str, Any]) -> None:
        if not self._is_from_page:
            self._on_choice(change["new"])
