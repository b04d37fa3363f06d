"""The values of the form, each under its rule: the service's own names, checked where they are set.

Refuses what the service would refuse, in the words in which a request is refused; only the prompt may still be empty.
"""

from collections.abc import Iterable
from typing import Any

import traitlets

from sketch_widget.errors import UnknownNameError
from sketch_widget.service.request import GenerationRequest, Style

FORM = ("prompt", "style", "n", "sketch_weight", "sketch_extraction")


def checked(name: str, value: object) -> Any:
    """Return the value of a parameter as the form holds it: a style in the service's spelling, a whole number as int.

    Raises:
        RequestError: It lies outside its rule.
    """
    if name == "prompt" and isinstance(value, str) and not value.strip():
        return value
    given: dict[str, Any] = {"prompt": "-"} | {name: value}
    found = getattr(GenerationRequest(**given), name)
    return found.value if isinstance(found, Style) else found


def check_names(names: Iterable[str], others: Iterable[str]) -> None:
    """Refuse names under which nothing can be given.

    Args:
        names: Those that were given and are to be parameters of the form.
        others: Those that may be given besides.

    Raises:
        UnknownNameError: There is no such name; the nearest one is named.
    """
    allowed = [*FORM, *others]
    for name in names:
        if name not in FORM:
            from difflib import get_close_matches  # late: few mistype

            near = get_close_matches(name.lower(), allowed, 1)
            told = {"value": repr(name), "allowed": ", ".join(allowed)}
            if near:
                raise UnknownNameError("page.name.near", near=near[0], **told)
            raise UnknownNameError("page.name", **told)


class Parameter(traitlets.TraitType):
    """A trait that holds a parameter of the service.

    Args:
        field: The parameter's name.
        default: Its value to begin with.
    """

    def __init__(self, field: str, default: object) -> None:
        self.field = field
        super().__init__(default_value=default)

    def validate(self, obj: object, value: object) -> Any:
        """Return the value as the form holds it.

        Raises:
            RequestError: It lies outside its rule; the old value stays.
        """
        return checked(self.field, value)
