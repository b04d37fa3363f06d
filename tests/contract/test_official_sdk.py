"""The service's own SDK, unchanged, against the offline service on a port."""

import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from json import JSONDecodeError

import dashscope
import pytest
import requests
from contract.stage import MODEL, PATIENCE, Brush, drawing, png
from dashscope import ImageSynthesis
from dashscope.aigc.image_synthesis import AioImageSynthesis
from dashscope.api_entities.aio_session import close_shared_aio_session
from dashscope.common.error import InvalidInput, InvalidTask, UploadFileException
from fakes.host import certified, hosted
from PIL import Image

from sketch_widget.drawing import picture
from sketch_widget.offline.app import OfflineApp, create_app
from sketch_widget.offline.fetching import Reach
from sketch_widget.offline.options import Options
from sketch_widget.offline.refusals import DOCUMENTED
from sketch_widget.offline.serve import served

DAY = 24 * 3600


class Clock:
    """The time of day, moved on or stopped by a test: SDK and service otherwise agree on what a second is."""

    ahead = 0.0
    stopped: float | None = None

    def __call__(self) -> float:
        return (time.time() if self.stopped is None else self.stopped) + self.ahead

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let no time pass, however long a busy computer takes for what is done meanwhile."""
        self.stopped = time.time()
        try:
            yield
        finally:
            self.stopped = None


@dataclass
class Sdk:
    """The SDK's two classes with a key of the test's own, so that each test has limits of its own."""

    app: OfflineApp
    brush: Brush
    sketch_url: str
    key: str
    base_url: str
    clock: Clock

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

    def wait_for_the_brush(self) -> None:
        """Wait until a task is being painted; asking for it would use up the account's questions."""
        end = time.monotonic() + PATIENCE
        while not self.brush.commissions:
            assert time.monotonic() < end
            time.sleep(0.005)


@pytest.fixture(scope="module")
def sketch_host() -> Iterator[str]:
    with hosted({"/sketch.png": png()}) as host:
        yield host.url("")


Service = tuple[OfflineApp, Brush, Clock, str]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    brush, clock = Brush(), Clock()
    options = Options(reach=Reach.HERE, workspaces=frozenset({"llm-mine"}))
    app = create_app(tmp_path_factory.mktemp("offline"), painter=brush, options=options, clock=clock)
    with closing(app), served(app) as base_url:
        yield app, brush, clock, base_url
        brush.may_paint.set()
        dashscope.close_shared_sync_session()


@pytest.fixture
def sdk(service: Service, sketch_host: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sdk]:
    app, brush, clock, base_url = service
    monkeypatch.setattr(dashscope, "base_http_api_url", base_url)
    yield Sdk(app, brush, f"{sketch_host}/sketch.png", f"sk-{uuid.uuid4()}", base_url, clock)
    brush.may_paint.set()
    brush.commissions.clear()
    clock.ahead = 0.0


@pytest.fixture
def older(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A service that knows its keys and speaks of pictures as the first documents do; gives a key that it takes."""
    app = create_app(tmp_path / "older", painter=Brush(), options=Options(edition="2024", keys=frozenset({"sk-right"})))
    with closing(app), served(app) as base_url:
        monkeypatch.setattr(dashscope, "base_http_api_url", base_url)
        yield "sk-right"


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


def test_an_address_over_https_is_fetched_where_its_certificate_is_trusted(sdk, tmp_path, monkeypatch):
    certificate = certified(tmp_path / "certificate.pem")
    with hosted({"/sketch.png": png()}, certificate) as host:
        address = host.url("/sketch.png", "localhost")
        assert sdk.start(sketch_image_url=address).code == "InvalidParameter.DataInspection"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert sdk.call(sketch_image_url=address).output.task_status == "SUCCEEDED"


def test_a_third_task_within_a_second_is_throttled(sdk):
    with sdk.clock.at_once():
        assert [sdk.start().code for _ in range(3)] == ["", "", "Throttling.RateQuota"]


def test_a_task_without_the_asynchronous_header_is_refused(sdk):
    refused = sdk.start(headers={"X-DashScope-Async": "disable"})
    assert (refused.status_code, refused.code) == (403, "AccessDenied")
    assert refused.message == "current user api does not support synchronous calls"


def test_another_model_does_not_exist_here(sdk):
    assert sdk.start(model="wanx-v1").message == "Model not exist."


def test_a_file_that_is_no_picture_fails_in_the_task(sdk, tmp_path):
    (tmp_path / "sketch.png").write_text("no picture")
    done = sdk.call(sketch_image_url=str(tmp_path / "sketch.png"))
    assert (done.status_code, done.output.task_status, done.output.code) == (200, "FAILED", "InvalidParameter")
    assert done.output.message.endswith("/sketch.png is not valid : payload.input.sketch")
    assert done.usage.image_count == 0


def test_the_first_edition_refuses_bad_pictures_at_once_and_knows_its_keys(older, tmp_path):
    given = {"model": MODEL, "prompt": "a tree", "task": "image2image", "n": 1}
    path = tmp_path / "sketch.png"
    for data, code in (
        (b"no picture", "InvalidURL"),
        (png(300, 900), "InvalidFile.Resolution"),
        (png(200, 200), "InvalidFile.Resolution"),
    ):
        path.write_bytes(data)
        refused = ImageSynthesis.async_call(api_key=older, sketch_image_url=str(path), **given)
        assert (refused.status_code, refused.code) == (400, code)
    refused = ImageSynthesis.async_call(api_key="sk-wrong", sketch_image_url="https://example.com/a.png", **given)
    assert (refused.status_code, refused.code, refused.message) == (401, "InvalidApiKey", "Invalid API-key provided.")


def test_after_a_day_the_task_is_unknown_and_its_picture_gone(sdk):
    done = sdk.call()
    sdk.clock.ahead = DAY + 1
    assert sdk.fetch(done).output.task_status == "UNKNOWN"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(done.output.results[0].url)
    assert (refused.value.code, b"Request has expired." in refused.value.read()) == (403, True)
    refused.value.close()


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
    for name, entry in DOCUMENTED.items():
        refused = sdk.start(
            sketch_image_url="http://127.0.0.1/x", headers={"X-Sketch-Widget-Fault": f"submit code={name}"}
        )
        assert (refused.status_code, refused.code) == (entry.status, entry.code)
        assert refused.message == entry.example().message
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
    sdk.wait_for_the_brush()
    assert sdk.fetch(running).output.task_status == "RUNNING"
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


@pytest.mark.anyio
async def test_the_asynchronous_sdk_meets_every_end_and_error_too(sdk):
    chosen = {"style": "<oil painting>", "sketch_weight": 3, "sketch_extraction": False, "size": "768*768"}
    given = {"model": MODEL, "prompt": "a big tree", "task": "image2image", "api_key": sdk.key}
    given |= {"sketch_image_url": sdk.sketch_url, "n": 2, "sketch_color": [[0, 0, 0], [123, 123, 123]]} | chosen
    faults = "task partial=1; task fail=DataInspectionFailed"
    sdk.app.faults.add(faults)
    try:
        with sdk.clock.at_once():
            partial, failed, throttled = [await AioImageSynthesis.async_call(**given) for _ in range(3)]
        assert (throttled.status_code, throttled.code) == (429, "Throttling.RateQuota")
        partial, failed = [await AioImageSynthesis.wait(task, api_key=sdk.key) for task in (partial, failed)]
        assert (partial.output.task_status, partial.usage.image_count) == ("SUCCEEDED", 1)
        assert [bool(result.url) for result in partial.output.results] == [True, False]
        assert (failed.output.task_status, failed.output.code) == ("FAILED", "DataInspectionFailed")
        (commission,) = sdk.brush.commissions
        assert (commission.style, commission.sketch_weight, commission.n) == ("<oil painting>", 3, 2)
        assert commission.sketch_color == ((0, 0, 0), (123, 123, 123))
        assert (await AioImageSynthesis.fetch("none", api_key=sdk.key)).output.task_status == "UNKNOWN"
        sdk.brush.may_paint.clear()
        running, waiting = [await AioImageSynthesis.async_call(**given | {"api_key": "sk-line"}) for _ in range(2)]
        assert (await AioImageSynthesis.cancel(waiting, api_key="sk-line")).status_code == 200
        assert (await AioImageSynthesis.wait(waiting, api_key="sk-line")).output.task_status == "CANCELED"
        listed = await AioImageSynthesis.list(api_key="sk-line", status="CANCELED", page_size=1)
        assert [item["task_id"] for item in listed.output["data"]] == [waiting.output.task_id]
        sdk.brush.may_paint.set()
        assert (await AioImageSynthesis.wait(running, api_key="sk-line")).output.task_status == "SUCCEEDED"
        for fault, status, code in (
            ("submit code=Arrearage", 400, "Arrearage"),
            ("submit code=InvalidApiKey#2", 401, "InvalidApiKey"),
            ("submit 503", 503, "ModelUnavailable"),
            ("submit html=502", 502, "Unknown"),
        ):
            sdk.app.faults.add(fault)
            refused = await AioImageSynthesis.async_call(**given)
            assert (refused.status_code, refused.code) == (status, code)
    finally:
        await close_shared_aio_session()


def test_the_sdks_newer_client_drives_it_too(sdk):
    newer = pytest.importorskip("dashscope.v2.resources._jobs", reason="the SDK before 2.0.2 has one client only")
    with dashscope.Client(api_key=sdk.key, base_url=sdk.base_url) as client:
        jobs = newer.Jobs(client, "aigc/image2image/image-synthesis", "aigc")
        sketch = {"prompt": "a big tree", "sketch_image_url": sdk.sketch_url}
        started = jobs.create(model=MODEL, input=sketch, parameters={"n": 1})
        assert started.status == "PENDING"
        done = jobs.wait(started.task_id)
        assert (done.status, len(done.output["results"])) == ("SUCCEEDED", 1)
        assert jobs.fetch(started.task_id).request_id != done.request_id
        assert jobs.list().total == 1
