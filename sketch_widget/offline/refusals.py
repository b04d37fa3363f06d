"""What the service says when it refuses: the documented statuses, codes and messages.

Protocol, not prose: the texts are the service's own, spelling mistakes included, and are never translated. Where its
documents disagree about a bad sketch there are two editions, the table of 2024 and the newer one of 2026.
"""

from dataclasses import dataclass
from typing import Literal

Edition = Literal["2024", "2026"]


class RefusalError(Exception):
    """An answer that is no success.

    Attributes:
        status: The HTTP status.
        code: The service's code, such as "InvalidApiKey".
        message: The service's words.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Entry:
    """A row of the service's error tables."""

    status: int
    code: str
    message: str

    def refusal(self, **fields: object) -> RefusalError:
        """Return the refusal with the message's blanks filled in."""
        return RefusalError(self.status, self.code, self.message.format(**fields) if fields else self.message)

    def example(self, url: str = "xxx") -> RefusalError:
        """Return the refusal as it is asked for without an occasion; the documents too write "xxx" for a blank."""
        return self.refusal(url=url, name="xxx", method="GET")


NO_KEY = Entry(401, "InvalidApiKey", "No API-key provided.")
BAD_KEY = Entry(401, "InvalidApiKey", "Invalid API-key provided.")
BAD_WORKSPACE = Entry(
    401,
    "NOT AUTHORIZED",
    "Access denied: Either you are not authorized to access this workspace, or the workspace does not exist.",
)
WRONG_PATH = Entry(400, "InvalidParameter", "url error, please check url！")
NO_MODEL = Entry(400, "BadRequest.EmptyModel", 'Required parameter "model" missing from request.')
UNKNOWN_MODEL = Entry(400, "InvalidParameter", "Model not exist.")
# The documents close this sentence with a period; the recorded answer of the gateway does not.
SYNCHRONOUS = Entry(403, "AccessDenied", "current user api does not support synchronous calls")
NO_BODY = Entry(400, "InvalidParameter", "Required body invalid, please check the request body format.")
TOO_LARGE = Entry(400, "BadRequest.TooLarge", "Payload Too Large")
NO_JSON = Entry(400, "BadRequest.IllegalInput", "The input parameter requires json format.")
NO_INPUT = Entry(400, "BadRequest.EmptyInput", "Required input parameter missing from request.")
BAD_PARAMETER = Entry(
    400,
    "InvalidParameter",
    "Required parameter({name}) missing or invalid, please check the request parameters.",
)
BAD_N = Entry(400, "InvalidParameter", "Range of n should be [1, 4]")
BAD_SIZE = Entry(400, "InvalidParameter", "size is not match the allowed size ['768*768']")
BAD_METHOD = Entry(400, "InvalidParameter", "Request method '{method}' is not supported.")
NOT_FOUND = Entry(404, "NotFound", "Not found!")
NOT_PENDING = Entry(
    400, "UnsupportedOperation", "Failed to cancel the task, please confirm if the task is in PENDING status."
)
RATE = Entry(429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.")
BUSY = Entry(429, "Throttling", "Requests throttling triggered.")
INTERNAL = Entry(
    500, "InternalError", "An internal error has occured, please try again later or contact service support."
)
PAINTING = Entry(500, "InternalError.Algo", "An internal error has occured during algorithm execution.")
UNRESOLVED = Entry(
    400,
    "InvalidParameter.DataInspection",
    "The media format is not supported or incorrect for the data inspection.",
)

_URL_2024 = Entry(
    400,
    "InvalidURL",
    "The request URL is invalid, please check the request URL is available and the request image format is one of the "
    "following types: JPEG, JPG, PNG, BMP, and WEBP.",
)
_RESOLUTION_2024 = Entry(
    400,
    "InvalidFile.Resolution",
    "The image resolution is invalid, please make sure that the aspect ratio is smaller than 2.0, and largest length "
    "of image is smaller than 4096",
)
_DOWNLOAD_2026 = Entry(
    400,
    "InvalidParameter.DataInspection",
    "Unable to download the media resource during the data inspection process.",
)
_PICTURE_2026 = Entry(400, "InvalidParameter", "Value error, format of image {url} is not valid : payload.input.sketch")


@dataclass(frozen=True)
class SketchErrors:
    """How one edition of the documents names what is wrong with a sketch."""

    unreachable: Entry
    """The address does not lead to a file."""
    format: Entry
    """The file is no picture of the formats taken."""
    resolution: Entry
    """A side or the ratio of the sides lies outside the limits."""


SKETCH_ERRORS: dict[str, SketchErrors] = {
    "2024": SketchErrors(_URL_2024, _URL_2024, _RESOLUTION_2024),
    "2026": SketchErrors(_DOWNLOAD_2026, _PICTURE_2026, _PICTURE_2026),
}

_INAPPROPRIATE = "data may contain inappropriate content."

# Everything else that the documents list. The service embedded here has no bills, quotas or faults of its own; these
# are answered on request only (`faults`).
ON_REQUEST: tuple[Entry, ...] = (
    Entry(400, "InvalidURL.ConnectionRefused", "Connection to the url refused, please provide available URL."),
    Entry(400, "InvalidURL.Timeout", "Download the url timeout, please check network connection."),
    Entry(400, "BadRequest.EmptyParameters", 'Required parameter "parameters" missing from request.'),
    Entry(400, "DataInspectionFailed", f"Input or output {_INAPPROPRIATE}"),
    Entry(400, "DataInspectionFailed", f"Input {_INAPPROPRIATE}"),
    Entry(400, "DataInspectionFailed", f"Output {_INAPPROPRIATE}"),
    Entry(400, "IPInfringementSuspect", "Input data is suspected of being involved in IP infringement."),
    Entry(400, "Arrearage", "Access denied, please make sure your account is in good standing."),
    Entry(403, "AccessDenied", "Current user api does not support asynchronous calls."),
    Entry(403, "AccessDenied", "Access denied."),
    Entry(
        403,
        "AccessDenied.Unpurchased",
        "Access to model denied. Please make sure you are eligible for using the model.",
    ),
    Entry(403, "Model.AccessDenied", "Model access denied."),
    Entry(403, "Workspace.AccessDenied", "Workspace access denied."),
    Entry(403, "Endpoint.AccessDenied", "Workspace endpoint access denied."),
    Entry(
        403,
        "AllocationQuota.FreeTierOnly",
        "The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, "
        'please disable the "use free tier only" mode in the management console.',
    ),
    Entry(404, "ModelNotFound", "Model can not be found."),
    Entry(404, "WorkSpaceNotFound", "WorkSpace can not be found."),
    Entry(429, "Throttling", "Too many requests in route. Please try again later."),
    Entry(429, "LimitRequests", "You exceeded your current requests list."),
    Entry(
        429,
        "Throttling.BurstRate",
        "Request rate increased too quickly. To ensure system stability, please adjust your client logic to scale "
        "requests more smoothly over time.",
    ),
    # One code for two things: the first two messages are about a minute's quota and pass, the third one is final.
    Entry(429, "Throttling.AllocationQuota", "Allocated quota exceeded, please increase your quota limit."),
    Entry(
        429,
        "Throttling.AllocationQuota",
        "You exceeded your current quota, please check your plan and billing details.",
    ),
    Entry(429, "Throttling.AllocationQuota", "Free allocated quota exceeded."),
    Entry(429, "CommodityNotPurchased", "Commodity has not purchased yet."),
    Entry(429, "PrepaidBillOverdue", "The prepaid bill is overdue."),
    Entry(429, "PostpaidBillOverdue", "The postpaid bill is overdue."),
    Entry(
        500,
        "InternalError.Timeout",
        "An internal timeout error has occured during execution, please try again later or contact service support.",
    ),
    Entry(500, "InternalError.Algo", "inference internal error."),
    Entry(500, "InternalError.Algo", "Missing Content-Length of multimodal url."),
    Entry(500, "InternalError.Upload", "Failed to upload result."),
    Entry(500, "InternalError.FileUpload", "oss upload error."),
    Entry(500, "SystemError", "An system error has occured, please try again later."),
    Entry(500, "ModelServiceFailed", "Failed to request model service."),
    Entry(500, "RequestTimeOut", "Request timed out, please try again later."),
    Entry(503, "ModelUnavailable", "Model is unavailable, please try again later."),
    Entry(
        503,
        "ModelServingError",
        "Too many requests. Your requests are being throttled due to system capacity limits. Please try again later.",
    ),
)


OWN = (
    *(NO_KEY, BAD_KEY, BAD_WORKSPACE, WRONG_PATH, NO_MODEL, UNKNOWN_MODEL, SYNCHRONOUS, NO_BODY, TOO_LARGE, NO_JSON),
    *(NO_INPUT, BAD_PARAMETER, BAD_N, BAD_SIZE, BAD_METHOD, NOT_FOUND, NOT_PENDING, RATE, BUSY, INTERNAL, PAINTING),
    *(UNRESOLVED, _URL_2024, _RESOLUTION_2024, _DOWNLOAD_2026, _PICTURE_2026),
)

# A status alone stands for the commonest of its errors; 502 and 504 come from gateways, which know no codes.
USUAL = {
    "400": NO_BODY,
    "401": BAD_KEY,
    "403": SYNCHRONOUS,
    "404": NOT_FOUND,
    "429": RATE,
    "500": INTERNAL,
    "502": Entry(502, "", "Bad Gateway"),
    "503": next(entry for entry in ON_REQUEST if entry.status == 503),
    "504": Entry(504, "", "Gateway Time-out"),
}


def _numbered(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    """Return the entries by their codes; the second message of a code is "code#2", the third one "code#3"."""
    found: dict[str, Entry] = {}
    for entry in entries:
        number = 1 + sum(other.code == entry.code for other in found.values())
        found[entry.code if number == 1 else f"{entry.code}#{number}"] = entry
    return found


DOCUMENTED: dict[str, Entry] = _numbered((*OWN, *ON_REQUEST))
BY_CODE: dict[str, Entry] = DOCUMENTED | USUAL
