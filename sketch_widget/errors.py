"""The one tree of errors that this package raises.

SketchWidgetError
├── InputError (ValueError)       what the caller gave cannot be used
│   ├── DrawingError              points, colours, widths, sizes, a sketch's JSON
│   ├── PictureError              a file or an array that is no usable picture
│   ├── RequestError              a parameter outside its rule
│   └── UnknownNameError (TypeError)   a keyword that there is not
├── KeyMissingError               a key is needed and none was found
├── ServiceError                  the service answered, and the answer is an error
│   ├── KeyRefusedError           401: the key is wrong
│   ├── NotAllowedError           403: the account may not use this
│   ├── AccountError              bills and quotas: waiting does not help
│   ├── ThrottledError            429 that passes by waiting
│   ├── ContentRefusedError       the words or the picture were refused
│   ├── BadPictureError           the service could not use the sketch
│   ├── BadRequestError           any other refusal of what was sent
│   ├── CancelRefusedError        the task no longer waits
│   ├── ServerFaultError          5xx
│   └── AnswerError               the answer could not be understood
├── NotSentError                  it certainly was not delivered
├── OutcomeUnknownError           it may have been delivered
├── JobError                      how a job ended when it did not end well
│   ├── JobFailedError
│   ├── JobCancelledError
│   ├── JobExpiredError
│   ├── JobUnconfirmedError       it may have been accepted: only a person can decide
│   └── JobTimeoutError (TimeoutError)   the caller waited no longer; the job goes on
└── StoreError                    the history on disk cannot be read or written

SketchWidgetWarning (UserWarning)   nothing failed: what goes on, and is perhaps not what was meant

A class exists only where a caller would act differently. The words stand in the catalogue (`words/`), so an error can
be shown in another language than the one it was raised in.
"""

import errno
from typing import Any

from sketch_widget import words


class _Told(Exception):  # noqa: N818 - of errors and of warnings
    """What has a sentence in the catalogue.

    Attributes:
        key: The name of the message in the catalogue.
        fields: What fills the message.
    """

    def __init__(self, key: str, /, **fields: object) -> None:
        self.key = key
        self.fields = fields
        super().__init__(key)

    def text(self, lang: str = "auto") -> str:
        """Return the message in the given language ("en", "zh" or "auto"), what is told inside it too."""
        fields = {name: _said(value, lang) for name, value in self.fields.items()}
        return words.say(self.key, lang, **fields).strip()

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.key, self.fields)


def _said(value: object, lang: str) -> object:
    return value.text(lang) if isinstance(value, (_Told, words.Both)) else value


def _rebuild(kind: type[_Told], key: str, fields: dict[str, object]) -> _Told:
    return kind(key, **fields)


class SketchWidgetError(_Told):
    """Anything that this package raises on purpose; the base of all its errors.

    Attributes:
        key: The name of the message in the catalogue.
        fields: What fills the message.
    """


class SketchWidgetWarning(_Told, UserWarning):
    """What goes on and is perhaps not what was meant; given to `warnings.warn`, it can be said in any language."""


class InputError(SketchWidgetError, ValueError):
    """What the caller gave cannot be used; nothing was changed."""


class DrawingError(InputError):
    """Points, a colour, a width or a size cannot be drawn."""


class PictureError(InputError):
    """A file or an array is not a picture that can be used."""


class RequestError(InputError):
    """A parameter lies outside its rule.

    Attributes:
        field: The parameter's name, as the service spells it.
        value: What was given.
    """

    def __init__(self, key: str, /, *, field: str, value: object, **fields: object) -> None:
        super().__init__(key, field=field, value=value, **fields)
        self.field = field
        self.value = value


class UnknownNameError(InputError, TypeError):
    """A value was given under a name that there is not; a `TypeError`, as everywhere in Python."""


class KeyMissingError(SketchWidgetError):
    """A key is needed and none was found."""


class ServiceError(SketchWidgetError):
    """The service answered with an error.

    Attributes:
        code: The service's own code, such as "InvalidApiKey"; empty when it gave none.
        message: The service's own words; untrusted text.
        request_id: What the service's support asks for; empty when it gave none.
        http_status: The status of the answer, or None when the error came inside a task.
        task_id: The task that it is about; empty when it is about none.
        retry_after: Seconds that the service asks to wait, or None when it does not say.
    """

    def __init__(
        self,
        key: str,
        /,
        *,
        code: str = "",
        message: str = "",
        request_id: str = "",
        http_status: int | None = None,
        task_id: str = "",
        retry_after: float | None = None,
        **fields: object,
    ) -> None:
        told = {"code": code, "message": message, "request_id": request_id, "http_status": http_status}
        super().__init__(key, task_id=task_id, retry_after=retry_after, **told, **fields)
        self.code = code
        self.message = message
        self.request_id = request_id
        self.http_status = http_status
        self.task_id = task_id
        self.retry_after = retry_after


class KeyRefusedError(ServiceError):
    """The key is wrong."""


class NotAllowedError(ServiceError):
    """The account may not use this model, workspace or call."""


class AccountError(ServiceError):
    """A bill is open or a quota is used up: waiting does not help."""


class ThrottledError(ServiceError):
    """Too many calls at the moment: waiting helps."""


class ContentRefusedError(ServiceError):
    """The words or the picture were refused by the service's content check."""


class BadPictureError(ServiceError):
    """The service could not use the sketch."""


class BadRequestError(ServiceError):
    """The service refused what was sent."""


class CancelRefusedError(ServiceError):
    """The task no longer waits, so the service does not cancel it."""


class ServerFaultError(ServiceError):
    """The service failed by itself."""


class AnswerError(ServiceError):
    """The answer could not be understood."""


class NotSentError(SketchWidgetError):
    """The call certainly did not reach the service."""


class OutcomeUnknownError(SketchWidgetError):
    """The call may have reached the service; no answer came."""


class JobError(SketchWidgetError):
    """How a job ended when it did not end well.

    Attributes:
        job_id: Which job.
    """

    def __init__(self, key: str, /, *, job_id: str = "", **fields: object) -> None:
        super().__init__(key, job_id=job_id, **fields)
        self.job_id = job_id


class JobFailedError(JobError):
    """The job failed; its cause, where there is one, is the error's `__cause__`."""


class JobCancelledError(JobError):
    """The job was cancelled."""


class JobExpiredError(JobError):
    """The service no longer has the task or its pictures (24 hours)."""


class JobUnconfirmedError(JobError):
    """The job may have been accepted; it is not sent again by itself."""


class JobTimeoutError(JobError, TimeoutError):
    """The caller waited no longer; the job itself goes on."""


class StoreError(SketchWidgetError):
    """The history on disk cannot be read or written."""


# What a person can do something about; a system's other words are shown as they are.
_SYSTEM = {
    errno.ENOENT: "system.not_found",
    errno.EACCES: "system.not_allowed",
    errno.EPERM: "system.not_allowed",
    errno.EISDIR: "system.folder",
    errno.ENOTDIR: "system.no_folder",
    errno.EEXIST: "system.no_folder",
    errno.ENOSPC: "system.full",
    errno.EROFS: "system.read_only",
    errno.ENAMETOOLONG: "system.long_name",
    errno.EADDRINUSE: "system.port_taken",
    errno.EADDRNOTAVAIL: "system.no_address",
}


def system_reason(error: BaseException) -> object:
    """Return why the system refused something, to fill a message: it speaks the message's language where it can."""
    if isinstance(error, SketchWidgetError):
        return error
    key = _SYSTEM.get(getattr(error, "errno", None) or 0)
    if key is not None:
        return SketchWidgetError(key)
    return (getattr(error, "strerror", None) or str(error)).rstrip(".")
