import io
import re

import pytest
from contract.stage import KEY, MODEL, SUBMIT, body, drawing, png
from PIL import Image

from sketch_widget.drawing import picture
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.offline.options import Options

pytestmark = pytest.mark.anyio

UUID4 = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
UUID9 = r"[0-9a-f]{8}-[0-9a-f]{4}-9[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
ASYNC = {"X-DashScope-Async": "enable", "X-DashScope-OssResourceResolve": "enable"}


def told(answer):
    return answer.status_code, answer.json()["code"], answer.json()["message"]


async def test_a_submission_is_answered_at_once_with_a_waiting_task(stage):
    stage.brush.may_paint.clear()
    answer = await stage.submit()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    given = answer.json()
    assert set(given) == {"output", "request_id"}
    assert set(given["output"]) == {"task_id", "task_status"}
    assert given["output"]["task_status"] == "PENDING"
    assert re.fullmatch(UUID4, given["output"]["task_id"])
    assert re.fullmatch(UUID9, given["request_id"])
    assert answer.headers["x-request-id"] == given["request_id"]


@pytest.mark.parametrize("slash", ["", "/"])
async def test_a_slash_at_the_end_of_a_path_makes_no_difference(stage, slash):
    answer = await stage.call("POST", SUBMIT + slash, headers=ASYNC, json=body(await stage.upload()))
    assert answer.status_code == 200
    task_id = answer.json()["output"]["task_id"]
    assert (await stage.call("GET", f"/tasks/{task_id}{slash}")).json()["output"]["task_id"] == task_id
    assert (await stage.call("GET", f"/tasks{slash}")).json()["total"] == 1
    assert (await stage.call("POST", f"/tasks/none/cancel{slash}")).json()["code"] == "UnsupportedOperation"


CALLS = (
    ("POST", SUBMIT),
    ("GET", "/tasks/x"),
    ("GET", "/tasks"),
    ("POST", "/tasks/x/cancel"),
    ("GET", "/uploads"),
    ("GET", "/nowhere"),
)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (None, "No API-key provided."),
        ("", "No API-key provided."),
        ("Bearer", "No API-key provided."),
        ("Basic c2s=", "Invalid API-key provided."),
        ("sk-test", "Invalid API-key provided."),
    ],
)
async def test_every_call_needs_a_key_before_anything_else(stage, header, message):
    headers = {} if header is None else {"Authorization": header}
    for method, path in CALLS:
        answer = await stage.call(method, path, key=None, headers=headers)
        assert told(answer) == (401, "InvalidApiKey", message)
        assert set(answer.json()) == {"code", "message", "request_id"}


@pytest.mark.service(options=Options(keys=frozenset({"sk-right"})))
async def test_a_wrong_key_is_refused_where_keys_are_known(stage):
    assert told(await stage.call("GET", "/tasks", key="sk-wrong")) == (
        401,
        "InvalidApiKey",
        "Invalid API-key provided.",
    )
    assert (await stage.call("GET", "/tasks", key="sk-right")).status_code == 200


@pytest.mark.service(options=Options(workspaces=frozenset({"llm-mine"})))
async def test_a_workspace_that_does_not_exist_is_refused_after_the_key_and_before_the_path(stage):
    wrong = {"X-DashScope-WorkSpace": "llm-other"}
    assert (await stage.call("GET", "/tasks", key=None, headers=wrong)).json()["code"] == "InvalidApiKey"
    assert told(await stage.call("GET", "/nowhere", headers=wrong))[:2] == (401, "NOT AUTHORIZED")
    assert (await stage.call("GET", "/tasks", headers={"x-dashscope-workspace": "llm-mine"})).status_code == 200
    assert (await stage.call("GET", "/tasks")).status_code == 200


async def test_the_key_comes_before_the_path_the_path_before_the_header_and_the_header_before_the_body(stage):
    assert told(await stage.call("POST", "/services/aigc/text2image/image-synthesis", key=None))[1] == "InvalidApiKey"
    wrong_path = await stage.call("POST", "/services/aigc/text2image/image-synthesis", json=body("oss://x"))
    assert told(wrong_path) == (400, "InvalidParameter", "url error, please check url！")
    wrong_model = await stage.call("POST", SUBMIT, json=body("oss://x", model="wanx-v1"))
    assert told(wrong_model) == (400, "InvalidParameter", "Model not exist.")
    for content in (b"{", b"", b'{"model": "%s"}' % MODEL.encode()):
        answer = await stage.call("POST", SUBMIT, content=content, headers={"Content-Type": "application/json"})
        assert told(answer) == (403, "AccessDenied", "current user api does not support synchronous calls")


async def test_the_body_comes_before_the_rate(stage):
    for _ in range(2):
        await stage.task()
    bad = await stage.submit("oss://x", n=9)
    assert told(bad) == (400, "InvalidParameter", "Range of n should be [1, 4]")
    assert told(await stage.submit())[:2] == (429, "Throttling.RateQuota")


async def test_a_body_that_cannot_be_used_is_refused_by_name(stage):
    headers = ASYNC | {"Content-Type": "application/json"}
    for content, code in (
        (b"", "InvalidParameter"),
        (b"not json", "BadRequest.IllegalInput"),
        (b'{"model": "wanx-sketch-to-image-lite"}', "BadRequest.EmptyInput"),
        (b'{"input": {}}', "BadRequest.EmptyModel"),
        (b'{"model": "wanx-sketch-to-image-lite", "input": {}}', "InvalidParameter"),
        (b" " * (1 << 20) + b"{}", "BadRequest.TooLarge"),
    ):
        answer = await stage.call("POST", SUBMIT, headers=headers, content=content)
        assert told(answer)[:2] == (400, code)


async def test_every_parameter_reaches_the_painter(stage):
    given = {
        "style": "<3d cartoon>",
        "size": "768*768",
        "n": 3,
        "sketch_weight": 4,
        "sketch_color": [[0, 0, 0], [123, 123, 123]],
    }
    await stage.until(await stage.task(prompt="树" * 80, **given), "SUCCEEDED")
    (commission,) = stage.brush.commissions
    assert (commission.prompt, commission.style, commission.n) == ("树" * 75, "<3d cartoon>", 3)
    assert (commission.sketch_weight, commission.sketch_extraction) == (4, False)
    assert commission.sketch_color == ((0, 0, 0), (123, 123, 123))
    assert commission.sketch.shape == (768, 768, 3)


async def test_extraction_switches_the_colours_off(stage):
    await stage.until(await stage.task(n=1, sketch_extraction=True, sketch_color=[[1, 2, 3]]), "SUCCEEDED")
    assert stage.brush.commissions[0].sketch_extraction is True
    assert stage.brush.commissions[0].sketch_color == ()


async def test_four_pictures_are_painted_when_no_number_is_given(stage):
    answer = await stage.until(await stage.task(), "SUCCEEDED")
    assert len(answer["output"]["results"]) == 4


async def test_two_submissions_a_second_are_taken_and_a_third_is_not(stage):
    url = await stage.upload()
    assert [(await stage.submit(url)).status_code for _ in range(3)] == [200, 200, 429]
    assert (await stage.submit(await stage.upload(key="sk-other"), key="sk-other")).status_code == 200
    stage.clock.pass_(1)
    assert (await stage.submit(url)).status_code == 200


async def test_a_second_task_waits_its_turn(stage):
    stage.brush.may_paint.clear()
    first, second = await stage.task(n=1), await stage.task(n=1)
    await stage.until(first, "RUNNING")
    assert (await stage.poll(second))["output"]["task_status"] == "PENDING"
    stage.brush.may_paint.set()
    await stage.until(second, "SUCCEEDED")
    assert (await stage.poll(first))["output"]["task_status"] == "SUCCEEDED"


@pytest.mark.service(options=Options(concurrency="strict"))
async def test_a_strict_service_refuses_a_second_task(stage):
    stage.brush.may_paint.clear()
    first = await stage.task(n=1)
    assert told(await stage.submit()) == (429, "Throttling", "Requests throttling triggered.")
    stage.brush.may_paint.set()
    await stage.until(first, "SUCCEEDED")
    stage.clock.pass_(1)
    assert (await stage.submit()).status_code == 200


async def test_a_sketch_in_the_file_store_needs_the_header_that_resolves_it(stage):
    url = await stage.upload()
    answer = await stage.call("POST", SUBMIT, headers={"X-DashScope-Async": "enable"}, json=body(url))
    assert told(answer) == (
        400,
        "InvalidParameter.DataInspection",
        "The media format is not supported or incorrect for the data inspection.",
    )


NOWHERE = (
    "oss://dashscope-instant/none/2026-01-01/none/sketch.png",
    "https://example.com/sketch.png",
    "http://192.0.2.1/sketch.png",
    "data:image/png;base64,iVBORw0KGgo=",
    "iVBORw0KGgoAAAANSUhEUgAA",
    "file:///etc/hostname",
    "/etc/hostname",
    "ftp://127.0.0.1/sketch.png",
    "http://[::1",
)


async def test_an_address_that_leads_nowhere_is_refused(stage):
    for url in NOWHERE:
        assert told(await stage.submit(url)) == (
            400,
            "InvalidParameter.DataInspection",
            "Unable to download the media resource during the data inspection process.",
        )


@pytest.mark.service(options=Options(edition="2024"))
async def test_the_first_edition_has_another_name_for_it(stage):
    for url in NOWHERE:
        status, code, message = told(await stage.submit(url))
        assert (status, code) == (400, "InvalidURL")
        assert message.startswith("The request URL is invalid, please check the request URL is available")


async def test_an_uploaded_sketch_serves_its_own_account_only_and_for_48_hours(stage):
    url = await stage.upload(key=KEY)
    assert told(await stage.submit(url, key="sk-other"))[1] == "InvalidParameter.DataInspection"
    stage.clock.pass_(48 * 3600 - 1)
    assert (await stage.submit(url)).status_code == 200
    stage.clock.pass_(1)
    assert told(await stage.submit(url))[1] == "InvalidParameter.DataInspection"


GOOD_SIZES = ((256, 256), (2048, 2048), (400, 790))  # width, height
BAD_SIZES = ((255, 300), (2049, 2048), (1024, 512), (300, 255))


async def test_a_sketch_within_the_limits_is_painted(stage):
    for width, height in GOOD_SIZES:
        await stage.until(await stage.task(url=await stage.upload(png(width, height)), n=1), "SUCCEEDED")
        assert stage.brush.commissions.pop().sketch.shape == (height, width, 3)
        stage.clock.pass_(1)


async def test_a_sketch_outside_the_limits_fails_in_the_task(stage):
    for width, height in BAD_SIZES:
        url = await stage.upload(png(width, height))
        output = (await stage.until(await stage.task(url=url, n=2), "FAILED"))["output"]
        message = f"Value error, format of image {url} is not valid : payload.input.sketch"
        assert (output["code"], output["message"]) == ("InvalidParameter", message)
        assert output["task_metrics"] == {"TOTAL": 2, "SUCCEEDED": 0, "FAILED": 2}
        stage.clock.pass_(1)


@pytest.mark.service(options=Options(edition="2024"))
async def test_the_first_edition_refuses_such_a_sketch_at_once(stage):
    for width, height in BAD_SIZES:
        status, code, message = told(await stage.submit(await stage.upload(png(width, height))))
        assert (status, code) == (400, "InvalidFile.Resolution")
        assert "aspect ratio is smaller than 2.0" in message


@pytest.mark.service(options=Options(edition="2024"))
async def test_the_first_edition_refuses_a_file_that_is_no_picture(stage):
    for data in (b"no picture", png()[:200], b"GIF89a" + bytes(50)):
        assert told(await stage.submit(await stage.upload(data)))[:2] == (400, "InvalidURL")


async def test_a_sketch_of_more_than_10_megabytes_fails(stage):
    url = await stage.upload(png() + bytes(10 << 20))
    assert (await stage.until(await stage.task(url=url), "FAILED"))["output"]["code"] == "InvalidParameter"


async def test_each_documented_format_is_read(stage):
    for kind in ("PNG", "JPEG", "WEBP", "TIFF", "BMP"):
        out = io.BytesIO()
        Image.new("RGB", (300, 300), (255, 255, 255)).save(out, kind)
        await stage.until(await stage.task(url=await stage.upload(out.getvalue()), n=1), "SUCCEEDED")
        assert stage.brush.commissions.pop().sketch.min() > 250
        stage.clock.pass_(1)


async def test_an_empty_drawing_is_painted_and_not_refused(stage):
    url = await stage.upload(picture.sketch_png(Sketch()))
    await stage.until(await stage.task(url=url, n=1), "SUCCEEDED")


async def test_the_strokes_inside_a_sketch_reach_the_painter(stage):
    await stage.until(await stage.task(url=await stage.upload(picture.sketch_png(drawing())), n=1), "SUCCEEDED")
    assert stage.brush.commissions[0].strokes == drawing()


async def test_a_path_that_does_not_exist_and_a_method_that_is_not_there_are_told_apart(stage):
    assert told(await stage.call("GET", "/nowhere")) == (404, "NotFound", "Not found!")
    for method, path in (("GET", SUBMIT), ("DELETE", "/tasks"), ("POST", "/tasks/x")):
        answer = await stage.call(method, path)
        assert told(answer) == (400, "InvalidParameter", f"Request method '{method}' is not supported.")


async def test_headers_that_do_not_matter_are_taken_in_any_case(stage):
    headers = {name.upper(): value for name, value in ASYNC.items()}
    headers |= {"X-DashScope-DataInspection": "enable", "X-DashScope-Wait-Timeout": "9", "x-dashscope-sdk-client": "x"}
    answer = await stage.call("POST", SUBMIT, headers=headers, json=body(await stage.upload()))
    assert answer.status_code == 200
    assert answer.headers["x-dashscope-call-gateway"] == "true"
