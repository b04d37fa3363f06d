"""What is submitted, checked as the service's documents say: an order is valid or it is refused.

One rule a parameter, each with its documented default. What the documents do not name (`seed`, `negative_prompt`) is
taken and has no effect.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sketch_widget.offline import refusals
from sketch_widget.service.request import N_RANGE, PROMPT_LIMIT, RGB, SIZES, WEIGHT_RANGE, Style
from sketch_widget.service.wire import MODEL

STYLES = tuple(style.value for style in Style)
DEFAULT_N = 4  # the newer documents; the first edition said 1, which is why clients do well to send it


@dataclass(frozen=True)
class Order:
    """What is to be painted, in the service's own names and within its rules."""

    prompt: str
    style: str
    n: int
    sketch_weight: int
    sketch_extraction: bool
    sketch_color: tuple[RGB, ...]


def json_of(body: bytes, content_type: str) -> Any:
    """Return what a body says.

    Raises:
        RefusalError: It is empty, not said to be JSON, or no JSON.
    """
    if not body.strip() or content_type.split(";")[0].strip().lower() != "application/json":
        raise refusals.NO_BODY.refusal()
    try:
        found = json.loads(body)
        json.dumps(
            found, ensure_ascii=False
        ).encode()  # half a character (an unpaired surrogate) cannot be written down
    except (ValueError, RecursionError):
        raise refusals.NO_JSON.refusal() from None
    return found


def check_model(body: Any) -> None:
    """Refuse a body that does not name the one model painted here."""
    model = body.get("model") if isinstance(body, Mapping) else None
    if model is None or model == "":
        raise refusals.NO_MODEL.refusal()
    if model != MODEL:
        raise refusals.UNKNOWN_MODEL.refusal()


def read_order(body: Mapping[str, Any]) -> tuple[Order, str]:
    """Return the order that a body makes and the address of its sketch.

    Raises:
        RefusalError: Something is missing, or lies outside its rule.
    """
    given = body.get("input")
    if given is None:
        raise refusals.NO_INPUT.refusal()
    if not isinstance(given, Mapping):
        raise refusals.NO_JSON.refusal()
    prompt, url = _text(given, "prompt"), _text(given, "sketch_image_url")
    parameters = body.get("parameters")
    if parameters is None:
        parameters = {}
    if not isinstance(parameters, Mapping):
        raise refusals.NO_JSON.refusal()
    chosen = {name: value for name, value in parameters.items() if value is not None}
    if chosen.get("size", SIZES[0]) not in SIZES:
        raise refusals.BAD_SIZE.refusal()
    extraction = _flag(chosen.get("sketch_extraction", False), "sketch_extraction")
    order = Order(
        prompt=prompt[:PROMPT_LIMIT],
        style=_style(chosen.get("style", Style.AUTO.value)),
        n=_n(chosen.get("n", DEFAULT_N)),
        sketch_weight=_whole(chosen.get("sketch_weight", WEIGHT_RANGE[1]), *WEIGHT_RANGE, "sketch_weight"),
        sketch_extraction=extraction,
        sketch_color=() if extraction else _colors(chosen.get("sketch_color", [])),
    )
    return order, url


def bad(name: str) -> refusals.RefusalError:
    """Return the refusal of a parameter that is missing or outside its rule."""
    return refusals.BAD_PARAMETER.refusal(name=name)


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value.strip():
        raise bad(name)
    return value


def _style(value: Any) -> str:
    if value not in STYLES:
        raise bad("style")
    return str(value)


def _n(value: Any) -> int:
    if not _is_whole(value, *N_RANGE):
        raise refusals.BAD_N.refusal()
    return int(value)


def _whole(value: Any, least: int, most: int, name: str) -> int:
    if not _is_whole(value, least, most):
        raise bad(name)
    return int(value)


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _flag(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise bad(name)
    return value


def _colors(value: Any) -> tuple[RGB, ...]:
    if not isinstance(value, list) or not all(_is_color(color) for color in value):
        raise bad("sketch_color")
    return tuple((red, green, blue) for red, green, blue in value)


def _is_color(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 3 and all(_is_whole(part, 0, 255) for part in value)
