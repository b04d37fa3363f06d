"""How errors of the transport become ours: over all classes of httpx, and over real sockets that misbehave."""

import asyncio
import inspect
import socket

import httpx
import pytest
from service.sockets import BEHAVIOURS, drips, server

from sketch_widget.errors import NotSentError, OutcomeUnknownError
from sketch_widget.service.client import DashScopeClient
from sketch_widget.service.request import GenerationRequest
from sketch_widget.service.transport import TRANSLATION, translate

NOT_SENT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol", "InvalidURL"}
REQUEST = GenerationRequest("a big tree", sketch_color=[(0, 0, 0)])


def exceptions_of_httpx() -> list[type[BaseException]]:
    found = [value for value in vars(httpx).values() if inspect.isclass(value) and issubclass(value, BaseException)]
    return sorted(found, key=lambda kind: kind.__name__)


def make(kind: type[BaseException]) -> BaseException:
    request = httpx.Request("GET", "https://example.com")
    if kind is httpx.HTTPStatusError:
        return httpx.HTTPStatusError("text", request=request, response=httpx.Response(500))
    takes_text = "message" in inspect.signature(kind).parameters
    return kind("text") if takes_text else kind()


@pytest.mark.parametrize("kind", exceptions_of_httpx())
def test_every_exception_of_httpx_is_caught_and_translated(kind):
    assert any(issubclass(kind, foreign) for foreign, _, _ in TRANSLATION)
    ours = translate(make(kind), "example.com")
    assert isinstance(ours, NotSentError if kind.__name__ in NOT_SENT else OutcomeUnknownError)
    assert "example.com" in ours.text("en")
    assert kind.__name__ in ours.text("zh")


def test_httpx_has_the_exceptions_that_mean_not_sent():
    assert {kind.__name__ for kind in exceptions_of_httpx()} >= NOT_SENT
    assert len(exceptions_of_httpx()) > 20


def test_no_line_of_the_translation_hides_a_later_one():
    kinds = [foreign for foreign, _, _ in TRANSLATION]
    hidden = [(later, kind) for at, kind in enumerate(kinds) for later in kinds[at + 1 :] if issubclass(later, kind)]
    assert hidden == []


@pytest.mark.parametrize("error", [ConnectionResetError("reset"), TimeoutError(), ValueError("odd")])
def test_what_nobody_foresaw_may_have_been_delivered(error):
    assert isinstance(translate(error, "example.com"), OutcomeUnknownError)


@pytest.mark.anyio
@pytest.mark.parametrize("behave", BEHAVIOURS)
async def test_a_submit_without_a_whole_answer_may_have_been_accepted(behave):
    with server(behave) as base_url:
        client = DashScopeClient("sk-0123456789abcdef", base_url=base_url, timeout=0.2)
        with pytest.raises(OutcomeUnknownError):
            await client.submit(REQUEST, "https://example.com/a.png")
        await client.aclose()


@pytest.mark.anyio
async def test_a_submit_to_a_closed_port_certainly_was_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    client = DashScopeClient("sk-0123456789abcdef", base_url=f"http://127.0.0.1:{port}/api/v1")
    with pytest.raises(NotSentError, match="nothing was sent"):
        await client.submit(REQUEST, "https://example.com/a.png")
    await client.aclose()


@pytest.mark.anyio
async def test_a_host_that_does_not_exist_certainly_was_not_reached():
    client = DashScopeClient("sk-0123456789abcdef", base_url="https://service.invalid/api/v1")
    with pytest.raises(NotSentError, match=r"service\.invalid"):
        await client.task("9e2b")
    await client.aclose()


@pytest.mark.anyio
async def test_a_picture_cut_off_is_an_error():
    def half_a_picture(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n\x89PNG\r\n\x1a\n")

    with server(half_a_picture) as base_url:
        client = DashScopeClient(base_url=base_url)
        with pytest.raises(OutcomeUnknownError):
            await client.download(base_url + "/a.png")
        await client.aclose()


@pytest.mark.anyio
async def test_an_answer_that_drips_in_comes_to_an_end_though_no_single_wait_is_long():
    with server(drips) as base_url:
        client = DashScopeClient("sk-0123456789abcdef", base_url=base_url, timeout=0.3)
        with pytest.raises(OutcomeUnknownError, match=r"\(TimeoutError"):
            await client.task("9e2b")
        await client.aclose()


def test_a_client_works_on_the_loop_on_which_it_is_used():
    client = DashScopeClient("sk-0123456789abcdef", base_url="http://127.0.0.1:1/api/v1")

    async def use() -> None:
        with pytest.raises(NotSentError):
            await client.task("9e2b")
        await client.aclose()

    asyncio.run(use())
    asyncio.run(use())
