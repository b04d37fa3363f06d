"""The service's parameters as ipywidgets controls: prompt, style, n, sketch_weight, sketch_extraction.

Each control is an ordinary widget with a label, so that it can be observed, linked and laid out like any other. Refuses
to hold truth: the values are those of `Controls`, which links them.
"""

from html import escape
from typing import Any

import ipywidgets

from sketch_widget import words
from sketch_widget.service.request import N_RANGE, WEIGHT_RANGE, Style
from sketch_widget.ui.prompt import Meter, meter


class Parameters:
    """The controls for what the service is asked, one a parameter, under the parameter's own name.

    Attributes:
        prompt: A `Textarea`.
        style_menu: A `Dropdown` of the eight styles; its value is the service's spelling.
        n: `ToggleButtons` from 1 to 4.
        sketch_weight: An `IntSlider` from 0 to 10.
        sketch_extraction: A `Checkbox`.
        first: A `VBox` of what everybody sets: the words, the style, how many pictures.
        finer: A `VBox` of the others, which may stay as they are.
    """

    def __init__(self, lang: str = "en") -> None:
        self.prompt = ipywidgets.Textarea(rows=3)
        self.style_menu = ipywidgets.Dropdown(options=_styles(lang), value=Style.WATERCOLOR.value)
        self.n = ipywidgets.ToggleButtons(options=list(range(N_RANGE[0], N_RANGE[1] + 1)))
        self.sketch_weight = ipywidgets.IntSlider(WEIGHT_RANGE[1], min=WEIGHT_RANGE[0], max=WEIGHT_RANGE[1])
        self.sketch_extraction = ipywidgets.Checkbox(indent=False)
        self._meter = ipywidgets.HTML()
        self._ends = ipywidgets.HTML()
        self._note = ipywidgets.HTML()
        row = ipywidgets.HBox([self.style_menu, self.n])
        row.add_class("sketch-row")
        self.first = ipywidgets.VBox([_together(self.prompt, self._meter), row])
        self.finer = ipywidgets.VBox(
            [_together(self.sketch_weight, self._ends), _together(self.sketch_extraction, self._note)]
        )
        for name, box in (("first", self.first), ("finer", self.finer)):
            box.add_class("sketch-parameters")
            box.add_class(f"sketch-{name}")
        for name, control in self.by_name().items():
            control.add_class(f"sketch-{name}")
        self.prompt.observe(self._measure, "value")
        self.speak(lang)

    def by_name(self) -> dict[str, ipywidgets.DOMWidget]:
        """Return the controls by the service's names of their parameters."""
        return {
            "prompt": self.prompt,
            "style": self.style_menu,
            "n": self.n,
            "sketch_weight": self.sketch_weight,
            "sketch_extraction": self.sketch_extraction,
        }

    def speak(self, lang: str) -> None:
        """Say everything in a language, "en" or "zh"; no value changes."""
        self._lang = lang
        for name, control in self.by_name().items():
            key = {"sketch_weight": "weight", "sketch_extraction": "extraction"}.get(name, name)
            control.description_allow_html = True
            control.description = _label(words.say(f"page.{key}", lang), name)
        self.prompt.placeholder = words.say("page.prompt.hint", lang)
        chosen = self.style_menu.value
        self.style_menu.options = _styles(lang)
        self.style_menu.value = chosen
        low, high = (escape(words.say(f"page.weight.{end}", lang)) for end in ("low", "high"))
        self._ends.value = f'<div class="sketch-ends" aria-hidden="true"><span>{low}</span><span>{high}</span></div>'
        self._note.value = f'<p class="sketch-muted">{escape(words.say("page.extraction.note", lang))}</p>'
        self._measure()

    def _measure(self, _: Any = None) -> None:
        self._meter.value = meter_html(meter(self.prompt.value, self._lang))


def meter_html(measured: Meter) -> str:
    """Return how full the prompt is, and the part that the service would leave out, as HTML; texts are escaped."""
    over = " is-over" if measured.cut else ""
    shown = (
        f'<div class="sketch-meter"><div class="sketch-meter-bar" aria-hidden="true">'
        f'<div class="sketch-meter-fill{over}" style="width: {measured.share * 100:.0f}%"></div></div>'
        f'<span class="sketch-meter-text">{escape(measured.text)}</span></div>'
    )
    if not measured.cut:
        return shown
    cut = f'{escape(measured.warning)} <mark class="sketch-cut">{escape(measured.cut)}</mark>'
    return f'{shown}<p class="sketch-notice" role="status">{cut}</p>'


def _label(text: str, parameter: str) -> str:
    name = f'<code class="sketch-parameter" translate="no">{parameter}</code>'
    return f'<span class="sketch-label">{escape(text)}</span> {name}'


def _styles(lang: str) -> list[tuple[str, str]]:
    return [(style.title(lang), style.value) for style in Style]


def _together(*widgets: ipywidgets.Widget) -> ipywidgets.VBox:
    box = ipywidgets.VBox(list(widgets))
    box.add_class("sketch-field")
    return box
