"""The file store's two calls: a form that brings a sketch, and the address that a picture is fetched from.

Like the real store it knows no key, only signatures, and reports errors as XML.
"""

import re

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sketch_widget.offline import answers, uploads
from sketch_widget.offline.accounts import Clock
from sketch_widget.offline.files import Files
from sketch_widget.offline.ledger import Ledger, Upload
from sketch_widget.offline.refusals import RefusalError

UPLOAD_PATH = "/oss"
FORM_MARGIN = 1 << 20  # bytes of a form beside its file
EXPIRED = (403, "AccessDenied", "Request has expired.")
BAD_SIGNATURE = (
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
)
NO_FILE = (404, "NoSuchKey", "The specified key does not exist.")
NO_FORM = (400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.")
NO_LENGTH = (411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
TOO_LARGE = (400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
NO_PART = (400, "InvalidArgument", "POST requires exactly one file upload per request.")
TAKEN = (409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten.")


class FileStore:
    """The two routes."""

    def __init__(self, ledger: Ledger, files: Files, clock: Clock) -> None:
        self._ledger = ledger
        self._files = files
        self._clock = clock
        self.routes = [
            Route(UPLOAD_PATH, self._upload, methods=["POST"]),
            Route("/results/{name}", self._result, methods=["GET"]),
        ]

    def file_at(self, path: str, expires: str, signature: str) -> str:
        """Return the file that a signed address opens.

        Raises:
            RefusalError: The address was not made here, or its time is over.
        """
        if not self._files.opens(path, expires, signature):
            raise RefusalError(*BAD_SIGNATURE)
        if int(expires) <= self._clock():
            raise RefusalError(*EXPIRED)
        return path.removeprefix("/")

    async def _result(self, request: Request) -> Response:
        query = request.query_params
        try:
            file = self.file_at(request.url.path, query.get("Expires", ""), query.get("Signature", ""))
            return Response(self._files.read(file), media_type="image/png")
        except FileNotFoundError:
            return _error(RefusalError(*NO_FILE))
        except RefusalError as refusal:
            return _error(refusal)

    async def _upload(self, request: Request) -> Response:
        try:
            _check_length(request.headers.get("content-length", ""))
            fields, data = await _form(request)
            key = uploads.check_form(fields, len(data), self._clock(), self._files)
            if not uploads.keep(self._ledger, self._files, Upload(key, key.split("/")[1], self._clock()), data):
                raise RefusalError(*TAKEN)
        except RefusalError as refusal:
            return _error(refusal)
        return Response(status_code=200 if fields.get("success_action_status") == "200" else 204)


def _check_length(text: str) -> None:
    """Refuse a form before it is read if nobody said how long it is, or if no certificate could allow it."""
    if not re.fullmatch("[0-9]{1,18}", text):
        raise RefusalError(*NO_LENGTH)
    if int(text) > (uploads.MAX_FILE_MB << 20) + FORM_MARGIN:
        raise RefusalError(*TOO_LARGE)


async def _form(request: Request) -> tuple[dict[str, str], bytes]:
    """Return a form's fields and its file; what comes after the file is not looked at."""
    try:
        async with request.form() as form:
            fields: dict[str, str] = {}
            for name, value in form.multi_items():
                if name == "file" and isinstance(value, UploadFile):
                    return fields, await value.read()
                fields[name] = str(value)
    except HTTPException:
        raise RefusalError(*NO_FORM) from None
    raise RefusalError(*NO_PART)


def _error(refusal: RefusalError) -> Response:
    body = answers.oss_error(refusal, answers.request_id())
    return Response(body, refusal.status, media_type="application/xml")
