"""The service's error that ended a job, as it stands on disk: enough to make it again in another kernel.

A card then shows the same sentence, the same request id to copy and the same buttons as it did. Refuses to guess: what
this version of the package cannot say is left to the text that was written down beside it.
"""

from typing import Self

import msgspec

from sketch_widget import errors, words
from sketch_widget.errors import ServiceError

Plain = str | int | float | None  # what a field may be, to be written as JSON

KINDS: dict[str, type[ServiceError]] = {
    name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, ServiceError)
}


class Cause(msgspec.Struct, frozen=True):
    """What a `ServiceError` was.

    Attributes:
        kind: The name of its class.
        key: The name of its message in the catalogue.
        fields: What fills the message, and what the service answered: code, message, request_id and more.
    """

    kind: str
    key: str
    fields: dict[str, Plain] = {}

    @classmethod
    def of(cls, error: BaseException | None) -> Self | None:
        """Return the service's error behind the one with which a job ended, or None when there is none."""
        cause = error and (error.__cause__ or error)
        if not isinstance(cause, ServiceError):
            return None
        fields = {name: value for name, value in cause.fields.items() if isinstance(value, Plain)}
        return cls(type(cause).__name__, cause.key, fields)

    def error(self) -> ServiceError | None:
        """Return the error again, or None when this version of the package does not know it."""
        kind = KINDS.get(self.kind)
        if kind is None or self.key not in words.TEXTS:
            return None
        try:
            error = kind(self.key, **self.fields)  # type: ignore[arg-type]
            for lang in words.LANGUAGES:
                error.text(lang)
        except (KeyError, ValueError, TypeError):
            return None  # a message that needs what is not there
        told = (error.code, error.message, error.request_id)
        return error if all(isinstance(one, str) for one in told) else None
