import pytest

from sketch_widget import errors
from sketch_widget.service.faults import BY_CODE, details, error_of, one_line

# Every line of both editions of the service's error tables: HTTP status, code, message, what it is to us.
TABLE = [
    (
        400,
        "InvalidParameter",
        "Required parameter(n) missing or invalid, please check the request parameters.",
        "BadRequest",
    ),
    (400, "InvalidParameter", "Model not exist.", "BadRequest"),
    (400, "InvalidParameter", "url error, please check url！", "BadRequest"),
    (
        400,
        "InvalidParameter",
        "Value error, format of image https://x is not valid : payload.input.sketch",
        "BadPicture",
    ),
    (400, "InvalidParameter.DataInspection", "Unable to download the media resource.", "BadPicture"),
    (400, "InvalidURL", "The request URL is invalid, please check the request URL is available.", "BadPicture"),
    (400, "InvalidFile.Resolution", "The image resolution is invalid.", "BadPicture"),
    (400, "InvalidURL.ConnectionRefused", "Connection to xxx refused.", "BadPicture"),
    (400, "InvalidURL.Timeout", "Download xxx timeout.", "BadPicture"),
    (400, "BadRequest.EmptyInput", "Required input parameter missing from request.", "BadRequest"),
    (400, "BadRequest.EmptyParameters", 'Required parameter "parameters" missing from request.', "BadRequest"),
    (400, "BadRequest.EmptyModel", 'Required parameter "model" missing from request.', "BadRequest"),
    (400, "BadRequest.IllegalInput", "The input parameter requires json format.", "BadRequest"),
    (400, "DataInspectionFailed", "Input or output data may contain inappropriate content.", "ContentRefused"),
    (400, "IPInfringementSuspect", "Input data is suspected of being involved in IP infringement.", "ContentRefused"),
    (400, "Arrearage", "Access denied, please make sure your account is in good standing.", "Account"),
    (400, "UnsupportedOperation", "Failed to cancel the task.", "CancelRefused"),
    (401, "InvalidApiKey", "Invalid API-key provided.", "KeyRefused"),
    (401, "InvalidApiKey", "No API-key provided.", "KeyRefused"),
    (
        401,
        "NOT AUTHORIZED",
        "Access denied: Either you are not authorized to access this workspace, or …",
        "NotAllowed",
    ),
    (403, "AccessDenied", "current user api does not support synchronous calls", "NotAllowed"),
    (403, "AccessDenied.Unpurchased", "Access to model denied.", "NotAllowed"),
    (403, "Model.AccessDenied", "Model access denied.", "NotAllowed"),
    (403, "Workspace.AccessDenied", "Workspace access denied.", "NotAllowed"),
    (403, "Endpoint.AccessDenied", "Workspace endpoint access denied.", "NotAllowed"),
    (403, "AllocationQuota.FreeTierOnly", "The free tier of the model has been exhausted.", "Account"),
    (404, "ModelNotFound", "Model can not be found.", "BadRequest"),
    (404, "WorkSpaceNotFound", "WorkSpace can not be found.", "NotAllowed"),
    (404, "NotFound", "Not found!", "BadRequest"),
    (408, "RequestTimeOut", "Request timed out, please try again later.", "ServerFault"),
    (413, "BadRequest.TooLarge", "Payload too large.", "BadPicture"),
    (415, "BadRequest.InputDownloadFailed", "Failed to download the input file.", "BadPicture"),
    (415, "BadRequest.UnsupportedFileFormat", "Input file format is not supported.", "BadPicture"),
    (429, "Throttling", "Requests throttling triggered.", "Throttled"),
    (429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.", "Throttled"),
    (429, "Throttling.BurstRate", "Request rate increased too quickly.", "Throttled"),
    (429, "Throttling.Concurrency", "Too many tasks.", "Throttled"),
    (429, "Throttling.AllocationQuota", "Allocated quota exceeded, please increase your quota limit.", "Throttled"),
    (
        429,
        "Throttling.AllocationQuota",
        "You exceeded your current quota, please check your plan and billing details.",
        "Throttled",
    ),
    (429, "Throttling.AllocationQuota", "concurrency allocated quota exceeded", "Throttled"),
    (429, "Throttling.AllocationQuota", "Free allocated quota exceeded.", "Account"),
    (429, "Throttling.AllocationQuota", "hour allocated quota exceeded", "Account"),
    (429, "Throttling.AllocationQuota", "week allocated quota exceeded", "Account"),
    (429, "Throttling.AllocationQuota", "month allocated quota exceeded", "Account"),
    (429, "AllocationQuota.FreeExceeded", "Free allocated quota exceeded.", "Account"),
    (429, "LimitRequests", "You exceeded your current requests list.", "Throttled"),
    (429, "CommodityNotPurchased", "Commodity has not purchased yet.", "Account"),
    (429, "PrepaidBillOverdue", "The prepaid bill is overdue.", "Account"),
    (429, "PostpaidBillOverdue", "The postpaid bill is overdue.", "Account"),
    (500, "InternalError", "An internal error has occured, please try again later.", "ServerFault"),
    (500, "InternalError.Algo", "inference internal error.", "ServerFault"),
    (500, "InternalError.Algo", "Missing Content-Length of multimodal url.", "BadPicture"),
    (500, "InternalError.Timeout", "An internal timeout error has occured during execution.", "ServerFault"),
    (500, "InternalError.Upload", "Failed to upload result.", "ServerFault"),
    (500, "InternalError.FileUpload", "oss upload error.", "ServerFault"),
    (500, "SystemError", "An system error has occured.", "ServerFault"),
    (500, "ModelServiceFailed", "Failed to request model service.", "ServerFault"),
    (500, "RequestTimeOut", "Request timed out, please try again later.", "ServerFault"),
    (503, "ModelUnavailable", "Model is unavailable, please try again later.", "ServerFault"),
    (503, "ModelServingError", "Too many requests.", "ServerFault"),
]


@pytest.mark.parametrize(("status", "code", "message", "kind"), TABLE)
def test_every_line_of_the_documents_is_the_error_it_should_be(status, code, message, kind):
    error = error_of(code, message, request_id="7574", http_status=status, task_id="9e2b")
    assert type(error).__name__ == kind + "Error"
    assert (error.code, error.message, error.request_id) == (code, message, "7574")
    assert (error.http_status, error.task_id) == (status, "9e2b")


@pytest.mark.parametrize(("status", "code", "message", "kind"), TABLE)
def test_the_same_code_means_the_same_inside_a_task(status, code, message, kind):
    assert type(error_of(code, message)) is type(error_of(code, message, http_status=status))


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (429, "Throttling.SomethingNew", errors.ThrottledError),
        (400, "InvalidParameter.SomethingNew", errors.BadRequestError),
        (400, "InvalidFile.SomethingNew", errors.BadPictureError),
        (None, "InternalError.SomethingNew", errors.ServerFaultError),
        (400, "SomethingNew", errors.BadRequestError),
        (401, "SomethingNew", errors.KeyRefusedError),
        (403, "SomethingNew", errors.NotAllowedError),
        (404, "SomethingNew", errors.BadRequestError),
        (429, "SomethingNew", errors.ThrottledError),
        (502, "SomethingNew", errors.ServerFaultError),
        (418, "SomethingNew", errors.ServiceError),
        (200, "SomethingNew", errors.ServiceError),
        (None, "SomethingNew", errors.ServiceError),
    ],
)
def test_a_code_that_no_document_has_is_read_by_its_beginning_and_then_by_the_status(status, code, kind):
    assert type(error_of(code, "", http_status=status)) is kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, errors.AnswerError),
        (202, errors.AnswerError),
        (302, errors.AnswerError),
        (400, errors.AnswerError),
        (401, errors.AnswerError),
        (403, errors.AnswerError),
        (404, errors.AnswerError),
        (413, errors.BadPictureError),
        (429, errors.ThrottledError),
        (500, errors.ServerFaultError),
        (502, errors.ServerFaultError),
        (504, errors.ServerFaultError),
    ],
)
def test_an_answer_without_a_code_is_not_taken_for_the_services_own(status, kind):
    assert type(error_of("", "<html>Sign in</html>", http_status=status)) is kind


def test_a_message_is_never_matched_where_the_code_is_enough():
    error = error_of("InvalidApiKey", "free allocated quota; payload.input.sketch; multimodal url", http_status=401)
    assert type(error) is errors.KeyRefusedError


def test_the_wait_that_the_service_asks_for_is_kept():
    assert error_of("Throttling.RateQuota", "", http_status=429, retry_after=7.0).retry_after == 7.0
    assert error_of("Throttling.RateQuota", "", http_status=429).retry_after is None


@pytest.mark.parametrize("code", sorted(BY_CODE))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_error_says_what_to_do_and_what_support_needs(code, lang):
    text = error_of(code, "The service's words.", request_id="7574ee8f", http_status=400).text(lang)
    assert text.endswith(f"[HTTP 400 · {code} · The service's words. · request_id 7574ee8f]")
    assert len(text.split("[")[0]) > 20


def test_what_is_not_known_is_left_out():
    assert error_of("", "").text("en").endswith("words say more.")
    assert details(code="A") == " [A]"
    assert details(http_status=502, message="") == " [HTTP 502]"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\r\nlines\tand\x1b[31m red", "two lines and [31m red"),
        ("  ", ""),
        ("参数\u202e错误", "参数 错误"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_words_from_outside_become_one_bounded_line(text, line):
    assert one_line(text) == line
