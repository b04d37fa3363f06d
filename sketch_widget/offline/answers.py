"""What the service answers: the bodies of its documents, made from tasks.

Poll answers write times as text without a zone, meant in UTC+8; list answers write the same moments as milliseconds
since 1970. Both are recorded facts of the real service.
"""

import uuid
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import msgspec
from msgspec import UNSET, UnsetType

from sketch_widget.offline.refusals import RefusalError
from sketch_widget.offline.task import Outcome, Task
from sketch_widget.service import wire
from sketch_widget.service.moments import format_time
from sketch_widget.service.wire import Status

API = "apikey:v1:aigc:image2image:image-synthesis"  # the service's name for this call in its task list


class ListItem(wire.PageItem):
    """A task in a list, with the fields that no client of ours reads."""

    api_key_id: object = UNSET
    caller_parent_id: object = UNSET
    caller_uid: object = UNSET
    region: object = UNSET
    user_api_unique_key: object = UNSET


class CancelAnswer(msgspec.Struct):
    """The answer to a cancel that succeeded."""

    request_id: str


def request_id() -> str:
    """Return an id in the service's form: a UUID whose version digit is 9."""
    text = str(uuid.uuid4())
    return f"{text[:14]}9{text[15:]}"


def accepted(task: Task) -> wire.TaskAnswer:
    """Return the answer to a submission."""
    return wire.TaskAnswer(
        request_id=task.request_id, output=wire.TaskOutput(task_id=task.task_id, task_status=Status.PENDING)
    )


def unknown(task_id: str, request: str) -> wire.TaskAnswer:
    """Return the answer to a poll for a task that does not exist, or no longer."""
    return wire.TaskAnswer(request_id=request, output=wire.TaskOutput(task_id=task_id, task_status=Status.UNKNOWN))


def polled(task: Task, request: str, url_of: Callable[[str], str]) -> wire.TaskAnswer:
    """Return the answer to a poll; `url_of` makes a picture's address from its file."""
    succeeded, failed = task.status == Status.SUCCEEDED, task.status == Status.FAILED
    output = wire.TaskOutput(
        task_id=task.task_id,
        task_status=task.status,
        submit_time=format_time(task.submit_time),
        scheduled_time=_time(task.scheduled_time),
        end_time=_time(task.end_time),
        code=task.code if failed else UNSET,
        message=task.message if failed else UNSET,
        results=[_result(outcome, url_of) for outcome in task.outcomes] if succeeded else UNSET,
        task_metrics=_metrics(task),
    )
    usage = {"image_count": len(task.files)} if succeeded or failed else UNSET
    return wire.TaskAnswer(request_id=request, output=output, usage=usage)


def listed(tasks: Sequence[Task], page_no: int, page_size: int, request: str) -> wire.PageAnswer:
    """Return one page of a task list."""
    first = (page_no - 1) * page_size
    return wire.PageAnswer(
        total=len(tasks),
        data=[_item(task) for task in tasks[first : first + page_size]],
        total_page=-(-len(tasks) // page_size),
        page_no=page_no,
        request_id=request,
        page_size=page_size,
    )


def refused(refusal: RefusalError, request: str) -> wire.ProblemAnswer:
    """Return the body of an error."""
    return wire.ProblemAnswer(code=refusal.code, message=refusal.message, request_id=request)


def oss_error(refusal: RefusalError, request: str) -> bytes:
    """Return the body of an error of the file store, which speaks XML."""
    parts = f"<Code>{escape(refusal.code)}</Code><Message>{escape(refusal.message)}</Message>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{parts}<RequestId>{request}</RequestId></Error>\n'.encode()


def _time(moment: float | None) -> str | UnsetType:
    return UNSET if moment is None else format_time(moment)


def _milliseconds(moment: float | None) -> int | UnsetType:
    return UNSET if moment is None else round(moment * 1000)


def _metrics(task: Task) -> wire.MetricsItem:
    total, good = task.order.n, len(task.files)
    failed = total if task.status == Status.FAILED else len(task.outcomes) - good
    return wire.MetricsItem(TOTAL=total, SUCCEEDED=good, FAILED=failed)


def _result(outcome: Outcome, url_of: Callable[[str], str]) -> wire.ResultItem:
    if outcome.file:
        return wire.ResultItem(url=url_of(outcome.file))
    return wire.ResultItem(code=outcome.code, message=outcome.message)


def _item(task: Task) -> ListItem:
    return ListItem(
        api_key_id=task.queue,
        caller_parent_id=task.account,
        caller_uid=task.account,
        end_time=_milliseconds(task.end_time),
        gmt_create=_milliseconds(task.submit_time),
        model_name=task.model,
        region="cn-beijing",
        request_id=task.request_id,
        start_time=_milliseconds(task.scheduled_time),
        status=task.status,
        task_id=task.task_id,
        user_api_unique_key=f"{API}:{task.model}",
    )
