"""What the service's error codes mean: the tables of its documents, typed into our tree of errors.

Both editions of the model's table and the table of the platform stand here. The same reading serves an HTTP error, the
reason of a FAILED task and the reason of a single failed picture. Message texts are not matched, because the documents
spell them in several ways; the exceptions are three codes that stand for two different things.
"""

from dataclasses import dataclass
from typing import Any

from sketch_widget.errors import (
    AccountError,
    AnswerError,
    BadPictureError,
    BadRequestError,
    CancelRefusedError,
    ContentRefusedError,
    KeyRefusedError,
    NotAllowedError,
    ServerFaultError,
    ServiceError,
    ThrottledError,
)

_MESSAGE_SHOWN = 300  # characters of the service's message in ours


@dataclass(frozen=True)
class Fault:
    """What a code means: the class to raise and the text to say."""

    error: type[ServiceError]
    key: str


KEY_REFUSED = Fault(KeyRefusedError, "service.key_refused")
NOT_ALLOWED = Fault(NotAllowedError, "service.not_allowed")
NO_WORKSPACE = Fault(NotAllowedError, "service.workspace")
ACCOUNT = Fault(AccountError, "service.account")
QUOTA = Fault(AccountError, "service.quota")
THROTTLED = Fault(ThrottledError, "service.throttled")
CONTENT = Fault(ContentRefusedError, "service.content")
PICTURE = Fault(BadPictureError, "service.picture")
PICTURE_FETCH = Fault(BadPictureError, "service.picture_fetch")
REQUEST = Fault(BadRequestError, "service.bad_request")
CANCEL = Fault(CancelRefusedError, "service.cancel_refused")
SERVER = Fault(ServerFaultError, "service.fault")
ANSWER = Fault(AnswerError, "service.answer")
OTHER = Fault(ServiceError, "service.other")
UPLOAD = Fault(ServerFaultError, "service.upload")
NO_PICTURE = Fault(AnswerError, "service.no_picture")
GONE = Fault(NotAllowedError, "service.gone")

# A code that is not listed is looked up by its part before the first dot, because codes gain suffixes.
BY_CODE = {
    "InvalidApiKey": KEY_REFUSED,
    "NOT AUTHORIZED": NO_WORKSPACE,
    "WorkSpaceNotFound": NO_WORKSPACE,
    "Workspace": NO_WORKSPACE,
    "AccessDenied": NOT_ALLOWED,
    "Model": NOT_ALLOWED,
    "Endpoint": NOT_ALLOWED,
    "Arrearage": ACCOUNT,
    "CommodityNotPurchased": ACCOUNT,
    "PrepaidBillOverdue": ACCOUNT,
    "PostpaidBillOverdue": ACCOUNT,
    "AllocationQuota": QUOTA,
    "Throttling": THROTTLED,
    "LimitRequests": THROTTLED,
    "DataInspectionFailed": CONTENT,
    "IPInfringementSuspect": CONTENT,
    "InvalidURL": PICTURE,
    "InvalidURL.ConnectionRefused": PICTURE_FETCH,
    "InvalidURL.Timeout": PICTURE_FETCH,
    "InvalidFile": PICTURE,
    "InvalidParameter": REQUEST,
    "InvalidParameter.DataInspection": PICTURE_FETCH,
    "BadRequest": REQUEST,
    "BadRequest.TooLarge": PICTURE,
    "BadRequest.InputDownloadFailed": PICTURE_FETCH,
    "BadRequest.UnsupportedFileFormat": PICTURE,
    "UnsupportedFileFormat": PICTURE,
    "ModelNotFound": REQUEST,
    "NotFound": REQUEST,
    "UnsupportedOperation": CANCEL,
    "InternalError": SERVER,
    "SystemError": SERVER,
    "ModelServiceFailed": SERVER,
    "RequestTimeOut": SERVER,
    "ModelUnavailable": SERVER,
    "ModelServingError": SERVER,
}

# (code, part of the message, meaning): where the code alone cannot tell.
BY_MESSAGE = (
    # The code is that of a minute's quota, which passes; used-up free and booked quotas share it and do not.
    ("Throttling.AllocationQuota", "free allocated quota", QUOTA),
    ("Throttling.AllocationQuota", "hour allocated quota", QUOTA),
    ("Throttling.AllocationQuota", "week allocated quota", QUOTA),
    ("Throttling.AllocationQuota", "month allocated quota", QUOTA),
    ("InvalidParameter", "payload.input.sketch", PICTURE),
    ("InternalError.Algo", "multimodal url", PICTURE_FETCH),
)

BY_STATUS = {
    400: REQUEST,
    401: KEY_REFUSED,
    403: NOT_ALLOWED,
    404: REQUEST,
    408: SERVER,
    413: PICTURE,
    415: PICTURE,
    429: THROTTLED,
}

# An answer without a code comes from something between us and the service; its 401 says nothing about the key.
CODELESS = {413: PICTURE, 429: THROTTLED}


def error_of(
    code: str,
    message: str,
    *,
    request_id: str = "",
    http_status: int | None = None,
    task_id: str = "",
    retry_after: float | None = None,
) -> ServiceError:
    """Return the error that a code of the service means.

    Args:
        code: The service's code; empty when something else than the service answered.
        message: The service's words.
        request_id: What the service's support asks for.
        http_status: The status of the answer; None for the reason of a task or of a single picture.
        task_id: The task that it is about, if any.
        retry_after: Seconds that the service asks to wait, or None.
    """
    fault = fault_of(code, message, http_status)
    return build(
        fault,
        code=code,
        message=message,
        request_id=request_id,
        http_status=http_status,
        task_id=task_id,
        retry_after=retry_after,
    )


def fault_of(code: str, message: str, http_status: int | None) -> Fault:
    """Return what a code means: by the code, else by its beginning, else by the HTTP status."""
    for known, part, fault in BY_MESSAGE:
        if code == known and part in message.lower():
            return fault
    for known in (code, code.split(".")[0]):
        if known in BY_CODE:
            return BY_CODE[known]
    if http_status is None:
        return OTHER
    if http_status >= 500:
        return SERVER
    if not code:
        return CODELESS.get(http_status, ANSWER)
    return BY_STATUS.get(http_status, OTHER)


def build(fault: Fault, *, retry_after: float | None = None, **fields: Any) -> ServiceError:
    """Return the error of a fault, with everything that support may ask for at the end of its text."""
    return fault.error(fault.key, details=details(**fields), retry_after=retry_after, **fields)


def details(
    *, code: str = "", message: str = "", request_id: str = "", http_status: int | None = None, **others: object
) -> str:
    """Return " [HTTP 401 · code · message · request_id …]" of what is known, or nothing when nothing is."""
    parts = [f"HTTP {http_status}"] if http_status is not None else []
    parts += [part for part in (one_line(code), one_line(message)) if part]
    parts += [f"request_id {one_line(request_id)}"] if request_id else []
    return f" [{' · '.join(parts)}]" if parts else ""


def told(error: BaseException) -> str:
    """Return what an error of other code says, with its kind, in one line."""
    return one_line(f"{type(error).__name__}: {error}")


def one_line(text: str, longest: int = _MESSAGE_SHOWN) -> str:
    """Return text from outside as one bounded line without control characters."""
    plain = " ".join("".join(mark if mark.isprintable() else " " for mark in text[: 2 * longest]).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
