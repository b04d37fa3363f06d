"""How the service spells things: paths, headers, JSON names and status words stand in this file only.

The structs have the JSON's own names and serve both ends: the client reads them, the embedded service writes them. They
are tolerant of unknown fields, of any order and of odd values where nothing depends on them, because a picture that was
paid for must not be lost to a field that nobody needs. Refuses nothing by itself: what cannot be read is None, and the
caller, who knows the HTTP status, says what that means.
"""

import html
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote

import msgspec
from msgspec import UNSET, Struct

from sketch_widget.service.moments import format_query_time, parse_time
from sketch_widget.service.request import RGB, GenerationRequest
from sketch_widget.service.task import ListedTask, Metrics, Problem, Result, Task, TaskPage

MODEL = "wanx-sketch-to-image-lite"

# Paths below the base URL. The documents print them with and without a slash at the end; the service takes both.
SUBMIT_PATH = "/services/aigc/image2image/image-synthesis"
TASKS_PATH = "/tasks"
UPLOADS_PATH = "/uploads"

KEY_HEADER = "Authorization"  # "Bearer <key>"
WORKSPACE_HEADER = "X-DashScope-WorkSpace"
ASYNC_HEADERS = {"X-DashScope-Async": "enable"}  # required on submit; without it the service answers 403
RESOLVE_HEADERS = {
    "X-DashScope-OssResourceResolve": "enable"
}  # required on submit when the sketch is an oss:// address
OSS_SCHEME = "oss://"

_SHOWN = 300  # characters of an answer that is no JSON, kept for the error message


class Status(StrEnum):
    """The service's words for how a task stands; it may send others, which mean "not finished"."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"  # at least one picture
    FAILED = "FAILED"  # no picture
    CANCELED = "CANCELED"
    UNKNOWN = "UNKNOWN"  # no such task, or forgotten after 24 hours, or another account's


FINAL = frozenset({Status.SUCCEEDED, Status.FAILED, Status.CANCELED, Status.UNKNOWN})


class Input(Struct):
    """What a submit asks to be painted."""

    prompt: str
    sketch_image_url: str


class Parameters(Struct):
    """How a submit asks for it; all are always sent, because the documents disagree about the defaults."""

    style: str
    size: str
    n: int
    sketch_weight: int
    sketch_extraction: bool
    sketch_color: tuple[RGB, ...]


class Submission(Struct):
    """The body of a submit."""

    model: str
    input: Input
    parameters: Parameters


class ResultItem(Struct):
    """One picture of a finished task: an address, or a code and a message."""

    url: object = UNSET
    code: object = UNSET
    message: object = UNSET


class MetricsItem(Struct):
    """How many pictures of a task are asked for, done and failed."""

    TOTAL: object = UNSET
    SUCCEEDED: object = UNSET
    FAILED: object = UNSET


class TaskOutput(Struct):
    """A task in the answer to a submit or a query; the times are texts in UTC+8."""

    task_id: object = UNSET
    task_status: object = UNSET
    submit_time: object = UNSET
    scheduled_time: object = UNSET
    end_time: object = UNSET
    code: object = UNSET
    message: object = UNSET
    results: list[ResultItem] | msgspec.UnsetType | None = UNSET
    task_metrics: object = UNSET


class TaskAnswer(Struct):
    """The answer to a submit or a query."""

    request_id: object = UNSET
    output: TaskOutput | msgspec.UnsetType | None = UNSET
    usage: object = UNSET


class PageItem(Struct):
    """A task in a list; the times are numbers, milliseconds since 1970."""

    task_id: object = UNSET
    status: object = UNSET
    model_name: object = UNSET
    request_id: object = UNSET
    gmt_create: object = UNSET
    start_time: object = UNSET
    end_time: object = UNSET


class PageAnswer(Struct):
    """The answer to a list query."""

    data: list[PageItem] | None
    request_id: object = UNSET
    total: object = UNSET
    total_page: object = UNSET
    page_no: object = UNSET
    page_size: object = UNSET


class Permit(Struct):
    """Leave to upload one file, and the form fields that prove it."""

    policy: str
    signature: str
    upload_dir: str
    upload_host: str
    oss_access_key_id: str
    x_oss_object_acl: str = "private"
    x_oss_forbid_overwrite: str = "true"  # a text in the service's own answers
    expire_in_seconds: float = 300.0
    max_file_size_mb: float | None = None

    def form(self, key: str) -> dict[str, str]:
        """Return the form's fields for a file stored under `key`; the file itself comes after them."""
        return {
            "OSSAccessKeyId": self.oss_access_key_id,
            "Signature": self.signature,
            "policy": self.policy,
            "key": key,
            "x-oss-object-acl": self.x_oss_object_acl,
            "x-oss-forbid-overwrite": self.x_oss_forbid_overwrite,
            "success_action_status": "200",
        }


class PermitAnswer(Struct):
    """The answer to the question for leave to upload."""

    data: Permit
    request_id: object = UNSET


class ProblemAnswer(Struct):
    """The body of an error."""

    code: object = UNSET
    message: object = UNSET
    request_id: object = UNSET


_Answer = TypeVar("_Answer", bound=Struct)


def task_path(task_id: str) -> str:
    """Return the path of a task; whatever the id holds, it stays one segment."""
    return f"{TASKS_PATH}/{quote(task_id, safe='').replace('.', '%2E')}"


def cancel_path(task_id: str) -> str:
    """Return the path that cancels a task."""
    return f"{task_path(task_id)}/cancel"


def permit_query() -> dict[str, str]:
    """Return the query that asks for leave to upload."""
    return {"action": "getPolicy", "model": MODEL}


def list_query(
    start: float | None, end: float | None, status: str | None, page_no: int, page_size: int
) -> dict[str, str]:
    """Return the query for a page of this model's tasks; times in seconds since 1970."""
    query = {"model_name": MODEL, "page_no": str(page_no), "page_size": str(page_size)}
    if start is not None:
        query["start_time"] = format_query_time(start)
    if end is not None:
        query["end_time"] = format_query_time(end)
    if status is not None:
        query["status"] = status
    return query


def encode_submission(request: GenerationRequest, sketch_image_url: str) -> bytes:
    """Return the body of a submit.

    Raises:
        RequestError: The request's colours are still "auto".
    """
    parameters = Parameters(
        style=request.style.value,
        size=request.size,
        n=request.n,
        sketch_weight=request.sketch_weight,
        sketch_extraction=request.sketch_extraction,
        sketch_color=request.color_sent,
    )
    return msgspec.json.encode(Submission(MODEL, Input(request.prompt, sketch_image_url), parameters))


def decode_task(body: bytes) -> Task | None:
    """Return the task that an answer tells of, or None when it tells of none."""
    answer = _decode(body, TaskAnswer)
    if answer is None or not isinstance(answer.output, TaskOutput):
        return None
    output = answer.output
    metrics = output.task_metrics if isinstance(output.task_metrics, Mapping) else None
    usage = answer.usage if isinstance(answer.usage, Mapping) else {}
    return Task(
        task_id=_text(output.task_id),
        status=_text(output.task_status),
        request_id=_text(answer.request_id),
        results=tuple(Result(_text(item.url), _text(item.code), _text(item.message)) for item in output.results or ()),
        code=_text(output.code),
        message=_text(output.message),
        submit_time=parse_time(output.submit_time),
        scheduled_time=parse_time(output.scheduled_time),
        end_time=parse_time(output.end_time),
        metrics=None if metrics is None else Metrics(*(_count(metrics.get(name)) or 0 for name in _METRICS)),
        image_count=_count(usage.get("image_count")),
    )


_METRICS = ("TOTAL", "SUCCEEDED", "FAILED")


def decode_page(body: bytes) -> TaskPage | None:
    """Return the page of tasks that an answer holds, or None when it holds none."""
    answer = _decode(body, PageAnswer)
    if answer is None:
        return None
    return TaskPage(
        items=tuple(
            ListedTask(
                task_id=_text(item.task_id),
                status=_text(item.status),
                model_name=_text(item.model_name),
                request_id=_text(item.request_id),
                gmt_create=_from_milliseconds(item.gmt_create),
                start_time=_from_milliseconds(item.start_time),
                end_time=_from_milliseconds(item.end_time),
            )
            for item in answer.data or ()
        ),
        total=_count(answer.total) or 0,
        total_page=_count(answer.total_page) or 0,
        page_no=_count(answer.page_no) or 1,
        page_size=_count(answer.page_size) or 10,
        request_id=_text(answer.request_id),
    )


def decode_permit(body: bytes) -> Permit | None:
    """Return the leave to upload that an answer gives, or None when it gives none."""
    answer = _decode(body, PermitAnswer)
    return None if answer is None else answer.data


def decode_problem(body: bytes) -> Problem:
    """Return what an error's body says: the service's JSON, the file store's XML, or the beginning of anything else."""
    answer = _decode(body, ProblemAnswer)
    if answer is not None and _text(answer.code):
        return Problem(_text(answer.code), _text(answer.message), _text(answer.request_id))
    text = body[: 4 * _SHOWN].decode("utf-8", "replace")
    return Problem(_tag("Code", text), _tag("Message", text) or text[:_SHOWN], _tag("RequestId", text))


def is_receipt(body: bytes) -> bool:
    """Whether a body is the service's JSON and tells of no error; the answer to a cancel is a request_id alone."""
    answer = _decode(body, ProblemAnswer)
    return answer is not None and not _text(answer.code) and isinstance(answer.request_id, str)


def _decode(body: bytes, kind: type[_Answer]) -> _Answer | None:
    try:
        return msgspec.json.decode(body, type=kind, strict=False)  # numbers may come as texts: the documents say so
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _count(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return int(value)
    except (ValueError, OverflowError):
        return None


def _from_milliseconds(value: object) -> float | None:
    count = _count(value)
    return None if count is None else count / 1000


def _tag(name: str, text: str) -> str:
    found = re.search(rf"<{name}>([^<]*)</{name}>", text)
    return html.unescape(found.group(1)).strip() if found else ""
