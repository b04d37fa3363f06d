"""What a user may ask of the service: every rule once, checked when a request is made.

Refuses values that the service would refuse, and values of a wrong type that it would quietly take for something else
(`True` for 1, 2.0 for 2). A prompt over the service's limit is not refused: the service cuts it, and the cut is shown.
"""

import operator
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, Self

import msgspec

from sketch_widget import words
from sketch_widget.errors import RequestError

RGB = tuple[int, int, int]

# The limits of the service's document "wanx-sketch-to-image API reference", section "request parameters".
PROMPT_LIMIT = 75  # characters; its first edition says 75 Chinese characters or 75 English words
N_RANGE = (1, 4)  # pictures
WEIGHT_RANGE = (0, 10)  # a step is 1; the service's own default is 10
SIZES = ("768*768",)  # pixels; the only size offered

_FORMAT = 1  # of `to_json`; a reader refuses a higher one

_short = reprlib.Repr()
_short.maxstring = _short.maxother = 80


class Style(StrEnum):
    """A style of the service: first the document's five, then the newer three.

    The angle brackets belong to the spelling.
    """

    CARTOON_3D = "<3d cartoon>"
    ANIME = "<anime>"
    OIL_PAINTING = "<oil painting>"
    WATERCOLOR = "<watercolor>"
    FLAT_ILLUSTRATION = "<flat illustration>"
    AUTO = "<auto>"
    SKETCH = "<sketch>"
    CHINESE_PAINTING = "<chinese painting>"

    @property
    def plain(self) -> str:
        """The service's spelling without its angle brackets."""
        return self.value.strip("<>")

    @classmethod
    def of(cls, given: object) -> Self:
        """Return the style that is meant: a `Style`, the service's spelling, or a title in English or Chinese.

        Angle brackets, capitals and spaces do not matter.

        Raises:
            RequestError: There is no such style; the nearest one is named.
        """
        if isinstance(given, cls):
            return given
        if not isinstance(given, str):
            raise RequestError("request.style.type", field="style", value=given, shown=_short.repr(given))
        name = _bare(given)
        for style in cls:
            if name in (_bare(style.value), *map(_bare, style.titles)):
                return style
        told = {"value": given, "shown": _short.repr(given), "allowed": all_styles()}
        near = nearest_style(given)
        if near is None:
            raise RequestError("request.style", field="style", **told)
        raise RequestError("request.style.near", field="style", near=near.name_to_type, **told)

    @property
    def name_to_type(self) -> words.Both:
        """What may be typed to mean the style, in the reader's language."""
        return words.Both(self.plain, f"{self.title('zh')}（{self.plain}）")

    @property
    def titles(self) -> tuple[str, ...]:
        """The style's names in all languages."""
        return tuple(self.title(lang) for lang in words.LANGUAGES)

    def title(self, lang: str = "auto") -> str:
        """Return the style's name in the given language ("en", "zh" or "auto")."""
        return words.say(_TITLES[self], lang)


_TITLES = {
    Style.AUTO: "style.auto",
    Style.CARTOON_3D: "style.cartoon_3d",
    Style.ANIME: "style.anime",
    Style.OIL_PAINTING: "style.oil_painting",
    Style.WATERCOLOR: "style.watercolor",
    Style.SKETCH: "style.sketch",
    Style.CHINESE_PAINTING: "style.chinese_painting",
    Style.FLAT_ILLUSTRATION: "style.flat_illustration",
}

# What people call the styles besides their titles; only used to name the style that was probably meant.
_OTHER_NAMES = {
    "3d": Style.CARTOON_3D,
    "卡通": Style.CARTOON_3D,
    "动漫": Style.ANIME,
    "动画": Style.ANIME,
    "manga": Style.ANIME,
    "oil": Style.OIL_PAINTING,
    "aquarelle": Style.WATERCOLOR,
    "watercolour": Style.WATERCOLOR,
    "水彩画": Style.WATERCOLOR,
    "pencil": Style.SKETCH,
    "铅笔画": Style.SKETCH,
    "国画": Style.CHINESE_PAINTING,
    "水墨": Style.CHINESE_PAINTING,
    "ink painting": Style.CHINESE_PAINTING,
    "扁平": Style.FLAT_ILLUSTRATION,
    "插画": Style.FLAT_ILLUSTRATION,
    "flat": Style.FLAT_ILLUSTRATION,
}


def _bare(name: str) -> str:
    """Return a style's name without what does not matter."""
    return "".join(name.strip().removeprefix("<").removesuffix(">").split()).casefold()


def all_styles() -> words.Both:
    """Return what may be typed for all styles, in the reader's language."""
    names = [style.name_to_type for style in Style]
    return words.Both(", ".join(name.en for name in names), "、".join(name.zh for name in names))


def nearest_style(name: str) -> Style | None:
    """Return the style that a misspelt or translated name probably means, or None when nothing is near."""
    import difflib  # late: only a misspelling needs it

    names = dict(_OTHER_NAMES)
    for style in Style:
        for known in (style.plain, *style.titles):
            names[known.casefold()] = style
    plain = name.strip(" <>\t\n").casefold()
    close = difflib.get_close_matches(plain, names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


def cut_prompt(prompt: str, limit: int = PROMPT_LIMIT) -> tuple[str, str]:
    """Return the part of a prompt that the service reads, and the part that it cuts off without a word.

    The whole prompt is sent all the same: by the first edition of the service's document it reads 75 English words,
    so cutting here could lose text that it would have read.
    """
    return prompt[:limit], prompt[limit:]


@dataclass(frozen=True, init=False)
class GenerationRequest:
    """What a user asks for, complete and valid; it does not change.

    Attributes:
        prompt: What the picture shows, in English or Chinese; the service reads 75 characters of it.
        style: One of the eight styles.
        n: How many pictures, 1 to 4.
        sketch_weight: How closely the pictures follow the sketch, 0 to 10; 10 is closest.
        sketch_extraction: The sketch is an ordinary picture, of which the service takes the edges.
        sketch_color: The colours (r, g, b), 0 to 255, that count as ink, matched exactly; "auto" means all inks of the
            drawing. Without effect while `sketch_extraction` is on.
        size: The pictures' size in pixels; the service offers "768*768".
    """

    prompt: str
    style: Style
    n: int
    sketch_weight: int
    sketch_extraction: bool
    sketch_color: Literal["auto"] | tuple[RGB, ...]
    size: str

    def __init__(
        self,
        prompt: str,
        style: Style | str = Style.WATERCOLOR,
        n: int = 1,
        sketch_weight: int = 10,
        sketch_extraction: bool = False,
        sketch_color: str | Iterable[Iterable[int]] = "auto",
        size: str = SIZES[0],
    ) -> None:
        """Check every value.

        Raises:
            RequestError: A value lies outside its rule.
        """
        values = {
            "prompt": _prompt(prompt),
            "style": Style.of(style),
            "n": _whole_number("n", n, N_RANGE),
            "sketch_weight": _whole_number("sketch_weight", sketch_weight, WEIGHT_RANGE),
            "sketch_extraction": _switch("sketch_extraction", sketch_extraction),
            "sketch_color": _colors(sketch_color),
            "size": _size(size),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def prompt_cut(self) -> tuple[str, str]:
        """The part of the prompt that the service reads, and the part that it cuts off."""
        return cut_prompt(self.prompt)

    @property
    def color_sent(self) -> tuple[RGB, ...]:
        """The colours that go to the service: none while `sketch_extraction` is on.

        Raises:
            RequestError: `sketch_color` is still "auto"; call `resolved` with the drawing's inks first.
        """
        if self.sketch_extraction:
            return ()
        if isinstance(self.sketch_color, str):
            raise RequestError("request.sketch_color.auto", field="sketch_color", value=self.sketch_color)
        return self.sketch_color

    def resolved(self, inks: Iterable[Iterable[int]]) -> "GenerationRequest":
        """Return this request with "auto" replaced by the drawing's inks (by none where colours have no effect)."""
        if self.sketch_extraction:
            return replace(self, sketch_color=())
        if isinstance(self.sketch_color, str):
            return replace(self, sketch_color=_colors(inks))
        return self

    def to_json(self) -> str:
        """Return the request as JSON text, for a file."""
        values = {"version": _FORMAT} | {name: getattr(self, name) for name in self.__dataclass_fields__}
        return msgspec.json.encode(values).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "GenerationRequest":
        """Return the request that `to_json` wrote; fields that this version does not know are left out.

        Raises:
            RequestError: The text is no request, was written by a later version, or breaks a rule.
        """
        try:
            values = msgspec.json.decode(text)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            raise RequestError("request.json", field="json", value=text, shown=_short.repr(text)) from error
        if not isinstance(values, dict) or "prompt" not in values:
            raise RequestError("request.json", field="json", value=text, shown=_short.repr(text))
        version = values.get("version", _FORMAT)
        if version != _FORMAT:
            raise RequestError("request.version", field="version", value=version, shown=_short.repr(version))
        return cls(**{name: values[name] for name in cls.__dataclass_fields__ if name in values})


def _prompt(value: object) -> str:
    if not isinstance(value, str):
        raise RequestError("request.prompt.type", field="prompt", value=value, shown=_short.repr(value))
    if not value.strip():
        raise RequestError("request.prompt.empty", field="prompt", value=value)
    try:
        value.encode()
    except UnicodeEncodeError as error:  # half of a surrogate pair: no JSON can carry it
        raise RequestError("request.prompt.text", field="prompt", value=value, position=error.start + 1) from None
    return value


def _whole_number(field: str, value: object, allowed: tuple[int, int]) -> int:
    low, high = allowed
    try:
        number = None if isinstance(value, bool) else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or not low <= number <= high:
        raise RequestError("request.number", field=field, value=value, shown=_short.repr(value), low=low, high=high)
    return number


def _switch(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise RequestError("request.switch", field=field, value=value, shown=_short.repr(value))
    return value


def _size(value: object) -> str:
    if not isinstance(value, str) or value not in SIZES:
        raise RequestError(
            "request.size", field="size", value=value, shown=_short.repr(value), allowed=", ".join(SIZES)
        )
    return value


def _colors(value: object) -> Literal["auto"] | tuple[RGB, ...]:
    if isinstance(value, str) and value == "auto":
        return "auto"
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise RequestError("request.sketch_color", field="sketch_color", value=value, shown=_short.repr(value))
    return tuple(_color(color) for color in value)


def _color(value: object) -> RGB:
    channels = list(value) if isinstance(value, Iterable) else []
    try:
        numbers = [operator.index(channel) for channel in channels if not isinstance(channel, bool)]
    except TypeError:
        numbers = []
    if len(channels) != 3 or len(numbers) != 3 or not all(0 <= number <= 255 for number in numbers):
        raise RequestError("request.sketch_color.entry", field="sketch_color", value=value, shown=_short.repr(value))
    return numbers[0], numbers[1], numbers[2]
