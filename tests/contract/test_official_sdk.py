"""The service's own SDK, unchanged, against the offline service on a port."""

import threading
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import JSONDecodeError

import dashscope
import pytest
import requests
from contract.stage import MODEL, Brush, drawing, png
from dashscope import ImageSynthesis
from dashscope.aigc.image_synthesis import AioImageSynthesis
from dashscope.api_entities.aio_session import close_shared_aio_session
from dashscope.common.error import InvalidInput, InvalidTask, UploadFileException
from PIL import Image

from sketch_widget.drawing import picture
from sketch_widget.offline.app import OfflineApp, create_app
from sketch_widget.offline.options import Options
from sketch_widget.offline.refusals import ON_REQUEST, OWN
from sketch_widget.offline.serve import served

DOCUMENTED = sorted({(entry.status, entry.code) for entry in (*OWN, *ON_REQUEST)})


class SketchHost(BaseHTTPRequestHandler):
    """A web server on this computer that gives a sketch, as a user's own might."""

    def do_GET(self) -> None:
        data = png() if self.path == "/sketch.png" else b"nothing"
        self.send_response({"/sketch.png": 200, "/moved": 302}.get(self.path, 404))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Location", "/sketch.png")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Sdk:
    """The SDK's two classes with a key of the test's own, so that each test has limits of its own."""

    app: OfflineApp
    brush: Brush
    sketch_url: str
    key: str

    def start(self, **more):
        given = {"model": MODEL, "prompt": "一棵参天大树", "task": "image2image", "n": 1} | more
        given.setdefault("sketch_image_url", self.sketch_url)
        return ImageSynthesis.async_call(api_key=self.key, **given)

    def call(self, fault="", **more):
        # The answer to the submission comes a little late, so that the first poll, after which the SDK sleeps for a
        # second, mostly finds the task done.
        headers = {"X-Sketch-Widget-Fault": f"submit stall=0.2; {fault}"}
        given = {"model": MODEL, "prompt": "一棵参天大树", "task": "image2image", "n": 1, "headers": headers} | more
        given.setdefault("sketch_image_url", self.sketch_url)
        return ImageSynthesis.call(api_key=self.key, **given)

    def wait(self, task, **more):
        return ImageSynthesis.wait(task, api_key=self.key, **more)

    def fetch(self, task):
        return ImageSynthesis.fetch(task, api_key=self.key)


@pytest.fixture(scope="module")
def sketch_host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SketchHost)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OfflineApp, Brush, str]]:
    brush = Brush()
    options = Options(fetch_local=True, workspaces=frozenset({"llm-mine"}))
    app = create_app(tmp_path_factory.mktemp("offline"), painter=brush, options=options)
    with closing(app), served(app) as base_url:
        yield app, brush, base_url
        brush.may_paint.set()
        dashscope.close_shared_sync_session()


@pytest.fixture
def sdk(service: tuple[OfflineApp, Brush, str], sketch_host: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sdk]:
    app, brush, base_url = service
    monkeypatch.setattr(dashscope, "base_http_api_url", base_url)
    yield Sdk(app, brush, f"{sketch_host}/sketch.png", f"sk-{uuid.uuid4()}")
    brush.may_paint.set()
    brush.commissions.clear()


def pictures(response) -> list[tuple[int, ...]]:
    """Fetch a response's pictures and return their shapes."""
    shapes = []
    for result in response.output.results:
        with urllib.request.urlopen(result.url) as answer:
            shapes.append(picture.read(answer.read()).pixels.shape)
    return shapes


def test_async_call_and_wait_bring_the_pictures(sdk):
    started = sdk.start(n=2)
    assert (started.status_code, started.output.task_status, started.code) == (200, "PENDING", "")
    done = sdk.wait(started)
    assert (done.status_code, done.output.task_status) == (200, "SUCCEEDED")
    assert done.usage.image_count == 2
    assert done.request_id
    assert pictures(done) == [(768, 768, 3)] * 2


def test_call_brings_every_parameter_to_the_painter(sdk):
    chosen = {"style": "<watercolor>", "sketch_weight": 3, "sketch_extraction": False}
    done = sdk.call(n=2, size="768*768", sketch_color=[[0, 0, 0], [123, 123, 123]], **chosen)
    assert done.output.task_status == "SUCCEEDED"
    (commission,) = sdk.brush.commissions
    assert (commission.prompt, commission.n, commission.style) == ("一棵参天大树", 2, "<watercolor>")
    assert (commission.sketch_weight, commission.sketch_extraction) == (3, False)
    assert commission.sketch_color == ((0, 0, 0), (123, 123, 123))


@pytest.mark.parametrize("form", ["a path", "a file address", "spaces and Chinese letters"])
def test_a_local_file_is_uploaded(sdk, tmp_path, form):
    path = tmp_path / ("我的 涂鸦.png" if form.startswith("spaces") else "sketch.png")
    path.write_bytes(picture.sketch_png(drawing()))
    done = sdk.call(sketch_image_url=path.as_uri() if "address" in form else str(path))
    assert done.output.task_status == "SUCCEEDED"
    assert sdk.brush.commissions[0].strokes == drawing()


def test_a_local_photograph_is_uploaded_in_its_own_format(sdk, tmp_path):
    Image.new("RGB", (400, 400), (255, 255, 255)).save(tmp_path / "sketch.jpg")
    done = sdk.call(sketch_image_url=str(tmp_path / "sketch.jpg"), sketch_extraction=True)
    assert done.output.task_status == "SUCCEEDED"
    assert sdk.brush.commissions[0].sketch.shape == (400, 400, 3)


def test_a_file_that_is_not_there_is_the_sdks_own_error_or_no_address(sdk, tmp_path):
    with pytest.raises(InvalidInput):
        sdk.start(sketch_image_url=(tmp_path / "none.png").as_uri())
    refused = sdk.start(sketch_image_url=str(tmp_path / "none.png"))
    assert (refused.status_code, refused.code) == (400, "InvalidParameter.DataInspection")


def test_an_address_of_this_computer_is_fetched_and_no_redirection_followed(sdk, sketch_host):
    for path in ("/none.png", "/moved"):
        refused = sdk.start(sketch_image_url=f"{sketch_host}{path}")
        assert (refused.status_code, refused.code) == (400, "InvalidParameter.DataInspection")
    assert sdk.start().status_code == 200


def test_a_workspace_is_sent_and_checked(sdk):
    assert sdk.start(workspace="llm-mine").status_code == 200
    refused = sdk.start(workspace="llm-other")
    assert (refused.status_code, refused.code) == (401, "NOT AUTHORIZED")


def test_without_its_task_the_sdk_asks_another_path_and_is_told_so(sdk):
    refused = sdk.start(task=None)
    assert (refused.status_code, refused.code) == (400, "InvalidParameter")
    assert refused.message == "url error, please check url！"


def test_call_raises_what_async_call_returns(sdk):
    assert sdk.start(n=5).code == "InvalidParameter"
    with pytest.raises(InvalidTask, match="Range of n"):
        sdk.call(n=5)


def test_every_documented_error_is_shown_as_it_was_sent(sdk):
    for status, code in DOCUMENTED:
        refused = sdk.start(
            sketch_image_url="http://127.0.0.1/x", headers={"X-Sketch-Widget-Fault": f"submit code={code}"}
        )
        assert (refused.status_code, refused.code) == (status, code)
        assert refused.message
        assert refused.request_id
        assert not refused.output


def test_a_failed_task_is_a_success_of_the_call_with_the_reason_in_its_output(sdk):
    done = sdk.call("task fail=DataInspectionFailed")
    assert (done.status_code, done.output.task_status) == (200, "FAILED")
    assert done.output.code == "DataInspectionFailed"
    assert "inappropriate content" in done.output.message


def test_a_failed_picture_has_a_code_in_place_of_its_address(sdk):
    done = sdk.call("task partial=1", n=2)
    good, bad = done.output.results
    assert good.url.startswith("http://127.0.0.1")
    assert (bad.url, bad.code) == ("", "InternalError.Timeout")
    assert done.usage.image_count == 1


def test_a_task_that_does_not_exist_is_unknown_and_ends_the_waiting(sdk):
    for done in (sdk.fetch("1111"), sdk.wait("1111")):
        assert (done.status_code, done.output.task_status) == (200, "UNKNOWN")


def test_a_waiting_task_is_cancelled_and_a_running_one_is_not(sdk):
    sdk.brush.may_paint.clear()
    running, waiting = sdk.start(), sdk.start()
    while sdk.fetch(running).output.task_status != "RUNNING":
        pass
    cancelled = ImageSynthesis.cancel(waiting, api_key=sdk.key)
    assert cancelled.status_code == 200
    assert cancelled.request_id
    assert sdk.wait(waiting).output.task_status == "CANCELED"
    refused = ImageSynthesis.cancel(running, api_key=sdk.key)
    assert (refused.status_code, refused.code) == (400, "UnsupportedOperation")


def test_tasks_are_listed_with_their_filters(sdk):
    task_id = sdk.call().output.task_id
    listed = ImageSynthesis.list(status="SUCCEEDED", model_name=MODEL, page_size=5, api_key=sdk.key)
    assert (listed.status_code, listed.output["total"], listed.output["page_size"]) == (200, 1, 5)
    assert listed.output["data"][0]["task_id"] == task_id
    assert ImageSynthesis.list(status="FAILED", api_key=sdk.key).output["data"] == []
    assert ImageSynthesis.list(page_no=0, api_key=sdk.key).code == "InvalidParameter"


def test_a_busy_poll_is_repeated_and_a_throttled_one_is_returned(sdk):
    started = sdk.start()
    sdk.app.faults.add("poll 503")
    assert sdk.wait(started).output.task_status == "SUCCEEDED"
    sdk.app.faults.add("poll 429")
    throttled = sdk.wait(started)
    assert (throttled.status_code, throttled.code) == (429, "Throttling.RateQuota")


def test_a_task_that_takes_too_long_is_a_timeout_of_the_wait_only(sdk):
    sdk.brush.may_paint.clear()
    late = sdk.wait(sdk.start(), wait_timeout=1)
    assert (late.status_code, late.code) == (408, "WaitTaskTimeout")


def test_an_error_without_a_content_type_is_an_unknown_code_with_the_raw_text(sdk):
    sdk.app.faults.add("list untyped; poll html")
    raw = ImageSynthesis.list(page_no=0, api_key=sdk.key)
    assert (raw.status_code, raw.code, raw.request_id) == (400, "Unknown", "")
    assert raw.message.startswith('{"code":"InvalidParameter"')
    page = sdk.fetch("x")
    assert (page.status_code, page.code) == (502, "Unknown")


def test_a_page_with_status_200_breaks_the_sdk_as_it_is_known_to(sdk):
    sdk.app.faults.add("poll html=200")
    with pytest.raises(JSONDecodeError):
        sdk.fetch("x")


def test_a_connection_cut_while_polling_is_raised_and_one_cut_after_a_submission_submits_twice(sdk):
    sdk.app.faults.add("poll cut-before; submit cut-after")
    with pytest.raises(requests.ConnectionError):
        sdk.fetch("x")
    assert sdk.start().status_code == 200
    assert ImageSynthesis.list(api_key=sdk.key).output["total"] == 2


def test_an_upload_that_fails_is_the_sdks_own_error(sdk, tmp_path):
    (tmp_path / "sketch.png").write_bytes(png())
    for fault, words in (("permit 429", "Throttling.RateQuota"), ("upload 403", "oss failed")):
        sdk.app.faults.add(fault)
        with pytest.raises(UploadFileException, match=words):
            sdk.start(sketch_image_url=str(tmp_path / "sketch.png"))


@pytest.mark.anyio
async def test_the_asynchronous_sdk_does_all_of_it(sdk, tmp_path):
    path = tmp_path / "sketch.png"
    path.write_bytes(png())
    given = {"model": MODEL, "prompt": "a big tree", "task": "image2image", "n": 2, "api_key": sdk.key}
    try:
        started = await AioImageSynthesis.async_call(sketch_image_url=str(path), style="<anime>", **given)
        assert (started.status_code, started.output.task_status) == (200, "PENDING")
        done = await AioImageSynthesis.wait(started, api_key=sdk.key)
        assert done.output.task_status == "SUCCEEDED"
        assert pictures(done) == [(768, 768, 3)] * 2
        fetched = await AioImageSynthesis.fetch(started, api_key=sdk.key)
        assert fetched.output.task_id == started.output.task_id
        listed = await AioImageSynthesis.list(api_key=sdk.key)
        assert listed.output["total"] == 1
        refused = await AioImageSynthesis.cancel(started, api_key=sdk.key)
        assert (refused.status_code, refused.code) == (400, "UnsupportedOperation")
        called = await AioImageSynthesis.call(sketch_image_url=sdk.sketch_url, **given)
        assert called.output.task_status == "SUCCEEDED"
    finally:
        await close_shared_aio_session()
