"""How requests that differ in some parameters stand in a table: what varies last across, what varies before it down.

Pure: from values to words and places. It refuses to know what a square looks like; the page fills them with what goes
on, a sheet with pictures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sketch_widget import words
from sketch_widget.service.request import GenerationRequest

NEXT = "\u00a0· "  # between two values of one heading; a line never begins with a dot


@dataclass(frozen=True)
class Row:
    """One row of squares.

    Attributes:
        heading: Its value of what varies down; empty where nothing does.
        places: The number of the request in each square, from the left.
    """

    heading: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Rows that share the values of what varies slowest.

    Attributes:
        heading: These values; empty where at most two parameters vary.
        rows: The rows, from above.
    """

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """Headings and places.

    Attributes:
        title: What varies, and how many pictures that makes in all.
        same: What all requests have in common, in words.
        columns: The headings above the squares.
        groups: The rows.
    """

    title: str
    same: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]


def table_of(axes: Mapping[str, Sequence[Any]], requests: Sequence[GenerationRequest], lang: str = "auto") -> Table:
    """Return the table of all combinations.

    Args:
        axes: The values of each parameter; the last one varies fastest. A parameter of one value is no axis of a table.
        requests: One a combination, in that order.
        lang: "en", "zh" or "auto".
    """
    varied = varied_in(axes)
    *outer, across = varied
    grouped, down = (outer[:-1], outer[-1]) if outer else ([], None)
    width, height = len(axes[across]), len(axes[down]) if down else 1

    def heading(names: Sequence[str], place: int) -> str:
        return NEXT.join(value_text(name, getattr(requests[place], name), lang) for name in names)

    def row(start: int) -> Row:
        return Row(heading([down] if down else [], start), tuple(range(start, start + width)))

    size = width * height
    groups = [
        Group(heading(grouped, first), tuple(row(first + width * number) for number in range(height)))
        for first in range(0, len(requests), size)
    ]
    return Table(
        title(varied, sum(request.n for request in requests), lang),
        NEXT.join(_same(requests[0], varied, lang)),
        tuple(heading([across], place) for place in range(width)),
        tuple(groups),
    )


def varied_in(axes: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return the parameters of more than one value; the first one where none has."""
    return [name for name, values in axes.items() if len(values) > 1] or list(axes)[:1]


def title(varied: Sequence[str], pictures: int, lang: str = "auto") -> str:
    """Return what varies and how many pictures are asked for."""
    axes = " / ".join(words.say(f"sweep.axis.{name}", lang) for name in varied)
    return words.say(f"sweep.head.{'one' if pictures == 1 else 'more'}", lang, axes=axes, n=pictures)


def value_text(name: str, value: Any, lang: str = "auto") -> str:
    """Return a parameter's value so that it tells by itself what it is; a prompt is untrusted text, on one line."""
    if name == "prompt":
        return words.say("sweep.value.prompt", lang, prompt=" ".join(value.split()))
    if name == "style":
        return str(value.title(lang))
    if name == "n":
        return words.say("page.card.one", lang) if value == 1 else words.say("page.card.more", lang, n=value)
    if name == "sketch_weight":
        return words.say("page.card.weight", lang, weight=value)
    return words.say("page.card.extraction" if value else "sweep.value.lines", lang)


def _same(request: GenerationRequest, varied: Sequence[str], lang: str) -> list[str]:
    """Return what is worth a word of what all requests have in common."""
    said = [value_text(name, getattr(request, name), lang) for name in ("prompt", "style") if name not in varied]
    if "n" not in varied and request.n > 1:
        said.append(words.say("sweep.each", lang, n=request.n))
    if "sketch_weight" not in varied:
        said.append(value_text("sketch_weight", request.sketch_weight, lang))
    if "sketch_extraction" not in varied and request.sketch_extraction:
        said.append(value_text("sketch_extraction", True, lang))
    return said
