"""Which service is used, and what a process shares."""

import io
import socket
import ssl
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from sketch_widget import connect, settings
from sketch_widget.errors import InputError, KeyMissingError
from sketch_widget.service.client import DashScopeClient
from sketch_widget.service.request import GenerationRequest
from sketch_widget.settings import Secret

KEY = "sk-0123456789abcdef"


@pytest.fixture(autouse=True)
def everything_closed():
    yield
    connect.close()


@pytest.mark.parametrize(
    ("asked", "environment", "key", "chosen"),
    [
        ("auto", "auto", None, "offline"),
        ("auto", "auto", KEY, "dashscope"),
        ("auto", "offline", KEY, "offline"),
        ("auto", "dashscope", KEY, "dashscope"),
        ("offline", "dashscope", KEY, "offline"),
        ("dashscope", "offline", KEY, "dashscope"),
    ],
)
def test_the_service_is_what_was_asked_then_the_environments_then_what_the_key_allows(
    asked, environment, key, chosen, tmp_path
):
    found = replace(settings.read({}, tmp_path), service=environment, api_key=Secret(key) if key else None)
    assert connect.choose(asked, found) == chosen


@pytest.mark.parametrize(("asked", "environment"), [("dashscope", "auto"), ("auto", "dashscope")])
def test_dashscope_without_a_key_is_refused_with_what_to_do(asked, environment, tmp_path):
    found = replace(settings.read({}, tmp_path), service=environment)
    with pytest.raises(KeyMissingError, match="ask_key"):
        connect.choose(asked, found)


def test_a_key_file_that_cannot_be_read_is_refused_wherever_a_key_may_be_used(tmp_path):
    environ = {"DASHSCOPE_API_KEY_FILE_PATH": str(tmp_path / "none")}
    found = settings.read(environ, tmp_path)
    for asked in ("auto", "dashscope"):
        with pytest.raises(InputError, match="none, which cannot be read: there is no such file"):
            connect.choose(asked, found)
    assert connect.choose("offline", found) == "offline"
    assert connect.choose("auto", settings.read(environ | {"SKETCH_WIDGET_SERVICE": "offline"}, tmp_path)) == "offline"


def test_an_address_that_is_set_and_not_used_for_want_of_a_key_is_warned_of(monkeypatch):
    monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", "http://127.0.0.1:8931/api/v1")
    with pytest.warns(UserWarning, match="http://127.0.0.1:8931/api/v1 and not used.*Set DASHSCOPE_API_KEY too"):
        assert connect.open().service_name == "offline"
    assert connect.open("offline").service_name == "offline"
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    assert connect.open().service_name == "dashscope"


def test_a_service_that_nobody_knows_is_refused():
    with pytest.raises(InputError, match="offlin"):
        connect.open("offlin")


def test_one_connection_a_process_and_service(monkeypatch):
    offline = connect.open("offline")
    assert connect.open("auto") is offline
    assert offline.service_name == "offline"
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    online = connect.open("auto")
    assert online.service_name == "dashscope"
    assert connect.open("dashscope") is online
    monkeypatch.setenv("DASHSCOPE_API_KEY", "another-key")
    assert connect.open("auto") is not online
    assert connect.open("offline") is offline


def test_a_client_of_ones_own_is_used_as_it_is():
    client = DashScopeClient(KEY, base_url="https://example.com/api/v1")
    assert connect.open(client) is connect.open(client)
    assert connect.open(client) is not connect.open(DashScopeClient(KEY))


def test_opening_reads_the_certificates_in_the_background_and_sends_nothing(monkeypatch):
    reading, read = threading.Event(), ssl.create_default_context

    def noted(*arguments, **named):
        if threading.current_thread() is not threading.main_thread():
            reading.set()
        return read(*arguments, **named)

    monkeypatch.setattr(ssl, "create_default_context", noted)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("Nothing is to be sent."))
    connect.open(DashScopeClient(KEY, base_url="https://example.com/api/v1"))
    assert reading.wait(30)
    connect.close()


def test_opening_neither_asks_for_a_key_nor_imports_the_painters(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    connection = connect.open()
    assert connection.service_name == "offline"
    assert connection.store.runs() == []


def test_a_key_that_was_typed_is_used_until_the_process_ends(monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: KEY)
    connect.ask_key()
    try:
        assert connect.open("auto").service_name == "dashscope"
    finally:
        connect.forget_key()
    assert connect.open("auto").service_name == "offline"


def test_a_run_is_known_under_its_own_key_and_address_and_under_no_other():
    here = connect.open(DashScopeClient(KEY, base_url="https://example.com/api/v1"))
    there = connect.open(DashScopeClient(KEY, base_url="https://example.org/api/v1"))
    other = connect.open(DashScopeClient(f"{KEY}-2", base_url="https://example.com/api/v1"))
    account = connect.account_of(Secret(KEY), "https://example.com/api/v1")
    run = here.store.begin(GenerationRequest("a tree", sketch_color=[]), b"", service="dashscope", account=account)
    assert [known.queue.knows(run) for known in (here, there, other, connect.open("offline"))] == [True] + [False] * 3
    assert KEY not in account


def test_no_key_is_ever_on_the_disk(monkeypatch):
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    connect.open("dashscope")
    found = settings.read()
    files = [path for folder in (found.home, found.local) for path in Path(folder).rglob("*") if path.is_file()]
    assert files
    assert not any(KEY.encode() in path.read_bytes() or KEY in str(path) for path in files)
    assert KEY not in repr(connect.open("dashscope"))


def test_two_services_on_one_computer_are_two_accounts():
    key = Secret(KEY)
    addresses = ("http://127.0.0.1:8931/api/v1", "http://127.0.0.1:8932/api/v1", "http://127.0.0.1/api/v1")
    assert len({connect.account_of(key, address) for address in addresses}) == 3
    assert connect.account_of(key, "http://user:word@localhost:8931/") == f"{key.fingerprint()}@localhost:8931"
