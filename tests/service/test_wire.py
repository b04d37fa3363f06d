import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketch_widget.errors import RequestError
from sketch_widget.service import wire
from sketch_widget.service.request import GenerationRequest
from sketch_widget.service.task import ListedTask, Metrics, Problem, Result, TaskPage

# Bodies in the shapes that the service's documents and recordings show.
PENDING = """{"request_id":"0f6a4934-5262-99d4-bcfe-5d6a66b7ed5a","output":{"task_id":"1e8d2c14",
"task_status":"PENDING","submit_time":"2024-03-28 14:30:53.993","task_metrics":{"TOTAL":1,"SUCCEEDED":0,"FAILED":0}}}"""
PARTLY = """{"usage":{"image_count":1},"output":{"results":[{"url":"https://dashscope-result-bj.example/a1.png?S=%2B%2F"},
{"code":"InternalError.Timeout","message":"An internal timeout error has occured"}],
"end_time":"2024-03-01 17:38:55.565","scheduled_time":"2024-03-01 17:38:24.831",
"task_status":"SUCCEEDED","task_id":"9e2b","new_field":{"a":[1]},
"task_metrics":{"TOTAL":2,"SUCCEEDED":1,"FAILED":1}},"request_id":"85ea"}"""
FAILED = """{"request_id":"e5d7","output":{"task_id":"86ec","task_status":"FAILED","code":"InvalidParameter",
"message":"Value error","task_metrics":{"TOTAL":4,"SUCCEEDED":0,"FAILED":4}}}"""
PAGE = """{"total":1,"data":[{"api_key_id":"42677","caller_uid":"1493","end_time":1709260685184,
"gmt_create":1709260684485,"model_name":"wanx-sketch-to-image-lite","region":"cn-beijing","request_id":"db5c","start_time":1709260684527,
"status":"SUCCEEDED","task_id":"6075"}],"total_page":1,"page_no":1,"request_id":"fcb2","page_size":10}"""
PERMIT = {
    "policy": "cG9saWN5",
    "signature": "c2ln",
    "upload_dir": "dashscope-instant/52af/2025-07-12/b744",
    "upload_host": "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
    "expire_in_seconds": 300,
    "max_file_size_mb": 1024,
    "oss_access_key_id": "id",
    "x_oss_object_acl": "private",
    "x_oss_forbid_overwrite": "true",
}


def test_a_submit_names_every_parameter():
    request = GenerationRequest(
        "一棵参天大树", n=2, sketch_weight=3, style="watercolor", sketch_color=[(0, 0, 0), (123, 123, 123)]
    )
    assert json.loads(wire.encode_submission(request, "https://example.com/sketch.png")) == {
        "model": "wanx-sketch-to-image-lite",
        "input": {"prompt": "一棵参天大树", "sketch_image_url": "https://example.com/sketch.png"},
        "parameters": {
            "style": "<watercolor>",
            "size": "768*768",
            "n": 2,
            "sketch_weight": 3,
            "sketch_extraction": False,
            "sketch_color": [[0, 0, 0], [123, 123, 123]],
        },
    }


def test_extraction_sends_no_colors():
    request = GenerationRequest("a tree", sketch_extraction=True, sketch_color=[(1, 2, 3)])
    parameters = json.loads(wire.encode_submission(request, "oss://a"))["parameters"]
    assert (parameters["sketch_extraction"], parameters["sketch_color"]) == (True, [])


def test_a_request_whose_colors_are_not_known_is_not_sent():
    with pytest.raises(RequestError):
        wire.encode_submission(GenerationRequest("a tree"), "oss://a")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_every_prompt_arrives_as_it_was_written(prompt):
    body = wire.encode_submission(GenerationRequest(prompt, sketch_color=[]), "oss://a")
    assert msgspec.json.decode(body, type=wire.Submission).input.prompt == prompt


def test_a_waiting_task_is_read():
    task = wire.decode_task(PENDING.encode())
    assert (task.task_id, task.status, task.metrics) == ("1e8d2c14", "PENDING", Metrics(1, 0, 0))
    assert task.submit_time == 1711607453.993  # 2024-03-28 06:30:53 UTC
    assert (task.scheduled_time, task.end_time, task.results, task.image_count) == (None, None, (), None)


def test_a_task_that_succeeded_in_part_is_read_in_any_order_and_with_unknown_fields():
    task = wire.decode_task(PARTLY.encode())
    assert task.results == (
        Result(url="https://dashscope-result-bj.example/a1.png?S=%2B%2F"),
        Result(code="InternalError.Timeout", message="An internal timeout error has occured"),
    )
    assert (task.status, task.image_count, task.request_id) == ("SUCCEEDED", 1, "85ea")
    assert (task.scheduled_time, task.end_time) == (1709285904.831, 1709285935.565)


def test_the_reason_of_a_failed_task_is_read():
    task = wire.decode_task(FAILED.encode())
    assert (task.status, task.code, task.message) == ("FAILED", "InvalidParameter", "Value error")


@pytest.mark.parametrize(
    "change",
    [
        {"task_metrics": None},
        {"task_metrics": [1]},
        {"task_metrics": {"TOTAL": "4", "SUCCEEDED": None, "FAILED": True}},
        {"submit_time": 1709285904817},
        {"submit_time": "yesterday"},
        {"end_time": None},
        {"results": None},
        {"code": None, "message": 7},
    ],
)
def test_an_odd_value_where_nothing_depends_on_it_loses_no_task(change):
    body = {"output": {"task_id": "9e2b", "task_status": "RUNNING"} | change, "usage": "none", "request_id": None}
    task = wire.decode_task(json.dumps(body).encode())
    assert (task.task_id, task.status, task.results, task.image_count) == ("9e2b", "RUNNING", (), None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"output":null}',
        b'{"output":[]}',
        b'{"output":{"results":[3]}}',
        b'{"output":{"task_id":"\xff"}}',
        b'{"code":"InvalidApiKey","message":"No."}',
        b"<html></html>",
        b'\xff{"a":1}',
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"usage":' + b"[" * 100_000, id="deep inside"),
    ],
)
def test_a_body_that_tells_of_no_task_is_none(body):
    assert wire.decode_task(body) is None


@given(st.binary())
def test_no_body_at_all_breaks_the_reading(body):
    assert isinstance(wire.decode_problem(body), Problem)
    assert wire.decode_permit(body) is None
    assert wire.is_receipt(body) in (True, False)


def test_a_page_of_tasks_is_read_with_times_in_seconds():
    assert wire.decode_page(PAGE.encode()) == TaskPage(
        items=(
            ListedTask(
                task_id="6075",
                status="SUCCEEDED",
                model_name="wanx-sketch-to-image-lite",
                request_id="db5c",
                gmt_create=1709260684.485,
                start_time=1709260684.527,
                end_time=1709260685.184,
            ),
        ),
        total=1,
        total_page=1,
        page_no=1,
        page_size=10,
        request_id="fcb2",
    )


@pytest.mark.parametrize(("body", "items"), [(b'{"data":[]}', ()), (b'{"data":null}', ()), (b"{}", None)])
def test_a_page_needs_its_list(body, items):
    page = wire.decode_page(body)
    assert (None if page is None else page.items) == items


def test_leave_to_upload_is_read_and_becomes_a_form():
    permit = wire.decode_permit(json.dumps({"data": PERMIT, "request_id": "b744"}).encode())
    assert (permit.expire_in_seconds, permit.max_file_size_mb) == (300, 1024)
    assert permit.form("dir/sketch.png") == {
        "OSSAccessKeyId": "id",
        "Signature": "c2ln",
        "policy": "cG9saWN5",
        "key": "dir/sketch.png",
        "x-oss-object-acl": "private",
        "x-oss-forbid-overwrite": "true",
        "success_action_status": "200",
    }


def test_numbers_written_as_texts_are_understood():
    permit = wire.decode_permit(json.dumps({"data": PERMIT | {"expire_in_seconds": "300"}}).encode())
    assert permit.expire_in_seconds == 300


@pytest.mark.parametrize("field", ["policy", "signature", "upload_dir", "upload_host", "oss_access_key_id"])
def test_leave_to_upload_without_a_needed_field_is_none(field):
    assert wire.decode_permit(json.dumps({"data": {**PERMIT, field: None}}).encode()) is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            b'{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"fb53"}',
            Problem("InvalidApiKey", "Invalid API-key provided.", "fb53"),
        ),
        (b'{"message":"no code"}', Problem("", '{"message":"no code"}', "")),
        (
            b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Invalid &quot;policy&quot;.</Message>'
            b"<RequestId>65A1</RequestId></Error>",
            Problem("AccessDenied", 'Invalid "policy".', "65A1"),
        ),
        (b"<html>502 Bad Gateway</html>", Problem("", "<html>502 Bad Gateway</html>", "")),
        (b"", Problem("", "", "")),
        (b"x" * 5000, Problem("", "x" * 300, "")),
    ],
)
def test_an_error_is_read_in_every_dialect(body, problem):
    assert wire.decode_problem(body) == problem


@pytest.mark.parametrize(
    ("body", "receipt"),
    [
        (b'{"request_id":"r"}', True),
        (b'{"code":"UnsupportedOperation","request_id":"r"}', False),
        (b'{"output":[]}', False),
        (b"<html>", False),
        (b"", False),
    ],
)
def test_a_receipt_is_a_request_id_without_an_error(body, receipt):
    assert wire.is_receipt(body) is receipt


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_task_id_never_leaves_its_segment_of_the_path(task_id):
    path = wire.task_path(task_id)
    assert path.count("/") == 2
    assert "." not in path
    assert wire.cancel_path(task_id) == path + "/cancel"


def test_a_list_query_holds_only_what_is_asked():
    assert wire.list_query(None, None, None, 1, 10) == {
        "model_name": "wanx-sketch-to-image-lite",
        "page_no": "1",
        "page_size": "10",
    }
    assert wire.list_query(1709285904.8, 1709285905.0, "RUNNING", 2, 50) == {
        "model_name": "wanx-sketch-to-image-lite",
        "start_time": "20240301173824",
        "end_time": "20240301173825",
        "status": "RUNNING",
        "page_no": "2",
        "page_size": "50",
    }


def test_an_unknown_status_word_is_no_end():
    assert sorted(wire.FINAL) == ["CANCELED", "FAILED", "SUCCEEDED", "UNKNOWN"]
    assert wire.decode_task(b'{"output":{"task_id":"a","task_status":"SUSPENDED"}}').status not in wire.FINAL
