"""The key is sought everywhere it could come to light: reprs, errors, tracebacks with all variables, logs, files."""

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator

import httpx
import pytest
from service.sockets import BEHAVIOURS, server

from sketch_widget.errors import SketchWidgetError
from sketch_widget.service.client import DashScopeClient
from sketch_widget.service.request import GenerationRequest
from sketch_widget.settings import Secret

KEY = "sk-5ecre7-5ecre7-5ecre7"
PNG = b"\x89PNG\r\n\x1a\n"
REQUEST = GenerationRequest("a big tree", sketch_color=[(0, 0, 0)])
PICTURE = "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png?OSSAccessKeyId=i&Signature=51gna7ure"
Handler = Callable[[httpx.Request], httpx.Response]


class Everything(logging.Handler):
    """Keeps every log record of every library, arguments included."""

    def __init__(self) -> None:
        super().__init__(level=1)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()} {record.args!r} {record.exc_text!r}")


@pytest.fixture
def logs() -> Iterator[Everything]:
    root, everything = logging.getLogger(), Everything()
    level = root.level
    root.addHandler(everything)
    root.setLevel(1)
    yield everything
    root.setLevel(level)
    root.removeHandler(everything)


def refuses(request: httpx.Request) -> httpx.Response:
    return httpx.Response(401, json={"code": "InvalidApiKey", "message": "Invalid API-key provided."})


def repeats_what_it_got(request: httpx.Request) -> httpx.Response:
    return httpx.Response(500, html=f"<html>{dict(request.headers)}</html>")


def repeats_it_as_an_error_of_the_service(request: httpx.Request) -> httpx.Response:
    told = request.headers.get("Authorization", "")
    return httpx.Response(403, json={"code": "AccessDenied", "message": told, "request_id": told})


def sends_elsewhere(request: httpx.Request) -> httpx.Response:
    return httpx.Response(307, headers={"Location": "https://evil.example/"})


def breaks(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("broken", request=request)


def does_not_connect(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


CALLS = {
    "upload": lambda client: client.upload(PNG),
    "submit": lambda client: client.submit(REQUEST, "oss://dir/sketch.png"),
    "task": lambda client: client.task("9e2b"),
    "tasks": lambda client: client.tasks(),
    "cancel": lambda client: client.cancel("9e2b"),
    "download": lambda client: client.download(PICTURE),
}
FAILING: list[Handler] = [
    refuses,
    repeats_what_it_got,
    repeats_it_as_an_error_of_the_service,
    sends_elsewhere,
    breaks,
    does_not_connect,
]


def everything_about(error: SketchWidgetError) -> str:
    """Return all that a person or a log could be shown of an error, with every variable of every frame."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    parts = ["".join(told.format()), str(error), repr(error), repr(error.args), repr(error.fields), repr(vars(error))]
    parts += [error.text("en"), error.text("zh"), repr(pickle.dumps(error))]
    frame = error.__traceback__
    while frame is not None:
        parts += [
            f"{name}={value!r} {getattr(value, '__dict__', '')!r}" for name, value in frame.tb_frame.f_locals.items()
        ]
        frame = frame.tb_next
    return "\n".join(parts)


def test_the_repr_of_a_client_hides_its_key():
    client = DashScopeClient(KEY)
    assert "key hidden" in repr(client)
    assert "no key" in repr(DashScopeClient())
    shown = [repr(client), str(client), f"{client}", repr(vars(client)), json.dumps(vars(client), default=repr)]
    assert [text for text in shown if KEY in text] == []


def test_a_client_is_not_written_to_a_file():
    with pytest.raises(TypeError, match="never written to a file"):
        pickle.dumps(DashScopeClient(KEY))
    with pytest.raises(TypeError):
        copy.deepcopy(DashScopeClient(Secret(KEY)))


@pytest.mark.anyio
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("fails", FAILING)
async def test_no_failure_brings_the_key_to_light(call, fails, logs):
    client = DashScopeClient(KEY, transport=httpx.MockTransport(fails))
    with pytest.raises(SketchWidgetError) as caught:
        await call(client)
    assert KEY not in everything_about(caught.value)
    assert KEY not in "\n".join(logs.lines)
    assert caught.value.__context__ is None


@pytest.mark.anyio
@pytest.mark.parametrize("behave", BEHAVIOURS)
async def test_no_broken_connection_brings_the_key_to_light(behave, logs):
    with server(behave) as base_url:
        client = DashScopeClient(KEY, base_url=base_url, timeout=0.1)
        with pytest.raises(SketchWidgetError) as caught:
            await client.submit(REQUEST, "https://example.com/a.png")
        await client.aclose()
    assert KEY not in everything_about(caught.value)
    assert KEY not in "\n".join(logs.lines)
    assert any(line.startswith("httpcore.") for line in logs.lines)


@pytest.mark.anyio
async def test_the_key_goes_to_the_service_and_nowhere_else(logs):
    asked: list[httpx.Request] = []

    def answers(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if request.url.path.endswith("/uploads"):
            permit = {
                "policy": "p",
                "signature": "s",
                "upload_dir": "d",
                "upload_host": "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
                "oss_access_key_id": "i",
            }
            return httpx.Response(200, json={"data": permit})
        return httpx.Response(200, content=PNG + b"IEND\xaeB`\x82")

    client = DashScopeClient(KEY, transport=httpx.MockTransport(answers))
    await client.upload(PNG)
    await client.download(PICTURE)
    carrying = [request.url.host for request in asked if KEY in repr(request.headers.raw) + repr(request.content)]
    assert carrying == ["dashscope.aliyuncs.com"]
    assert [request.url.host for request in asked if KEY in str(request.url)] == []


@pytest.mark.anyio
async def test_the_signature_of_a_picture_is_in_no_log(logs):
    client = DashScopeClient(KEY, transport=httpx.MockTransport(lambda request: httpx.Response(404)))
    with pytest.raises(SketchWidgetError) as caught:
        await client.download(PICTURE)
    assert any("dashscope-result-bj" in line for line in logs.lines)
    assert "51gna7ure" not in "\n".join(logs.lines)
    assert "51gna7ure" not in caught.value.text("en") + repr(caught.value.fields)
