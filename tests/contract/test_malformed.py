"""Whatever is sent, the answer is a documented one: never a fault of the service's own, and nothing of its inside."""

import asyncio
import json

import httpx
import pytest
from contract.stage import KEY, MODEL, SUBMIT, Brush, Clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sketch_widget.offline.app import create_app

ASYNC = {"X-DashScope-Async": "enable", "X-DashScope-OssResourceResolve": "enable"}
FORM = "multipart/form-data; boundary=b"
KEYED = {"Authorization": f"Bearer {KEY}"}
PERMIT = "/api/v1/uploads"

few = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(["n", "size", "style", "sketch_weight", "sketch_extraction", "sketch_color", "seed"])
addresses = st.sampled_from(
    ["oss://a", "http://[::1", "http://offline/results/%ff", "http://offline/results/x?Expires=a&Signature=%ff", "树"]
)
bodies = st.fixed_dictionaries(
    {},
    optional={
        "model": st.just(MODEL) | anything,
        "input": st.fixed_dictionaries({"prompt": anything | st.just("a"), "sketch_image_url": anything | addresses})
        | anything,
        "parameters": st.dictionaries(names, anything, max_size=4) | anything,
    },
)
raw_bodies = st.binary(max_size=60) | st.sampled_from(
    [b"[" * 100_000, b'{"a":' * 5000, b"\xff\xfe{}", b"\xef\xbb\xbf{}", b"NaN", b"1" * 6000, b'"\\ud800"']
)


@pytest.fixture
def ask(tmp_path):
    """Call the service in process and check its answer."""
    clock = Clock()
    app = create_app(tmp_path, clock=clock, painter=Brush())

    async def called(method: str, path: str, **parts) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://offline") as http:
            return await http.request(method, path, **parts)

    def ask(method: str, path: str, **parts) -> httpx.Response:
        clock.pass_(1)
        answer = asyncio.run(called(method, path, **parts))
        assert answer.status_code < 500, (method, path, parts, answer.text)
        assert "Traceback" not in answer.text
        if answer.status_code >= 400 and method != "HEAD":
            check_shape(answer)
        return answer

    yield ask
    app.close()


def check_shape(answer: httpx.Response) -> None:
    if answer.headers["content-type"] == "application/xml":
        assert "<Error><Code>" in answer.text
        return
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert set(told) == {"code", "message", "request_id"}
    assert all(told.values())


@few
@given(body=bodies | anything)
def test_a_submission_of_any_json_is_answered_in_a_documented_way(ask, body):
    text = json.dumps(body).encode()
    ask("POST", f"/api/v1{SUBMIT}", headers=KEYED | ASYNC | {"Content-Type": "application/json"}, content=text)


@few
@given(body=raw_bodies, kind=st.sampled_from(["application/json", "application/json; charset=gbk", "text/plain", ";"]))
def test_a_submission_of_any_bytes_is_answered_in_a_documented_way(ask, body, kind):
    ask("POST", f"/api/v1{SUBMIT}", headers=KEYED | ASYNC | {"Content-Type": kind}, content=body)


@few
@given(query=st.dictionaries(st.text(max_size=6) | st.sampled_from(["page_no", "start_time", "status"]), st.text()))
def test_any_query_is_answered_in_a_documented_way(ask, query):
    ask("GET", "/api/v1/tasks", headers=KEYED, params=query)
    ask("GET", PERMIT, headers=KEYED, params=query)


@few
@given(header=st.binary(max_size=40).map(lambda data: data.translate(None, b"\r\n\0")))
def test_any_key_and_any_wish_for_a_fault_is_answered_in_a_documented_way(ask, header):
    for name in (b"Authorization", b"X-Sketch-Widget-Fault", b"X-DashScope-WorkSpace"):
        ask("GET", "/api/v1/tasks/x", headers=[(b"Authorization", b"Bearer k"), (name, header)])


@pytest.mark.parametrize(("path", "kind"), [(f"/api/v1{SUBMIT}", "application/json"), ("/oss", FORM)])
def test_a_caller_who_hangs_up_in_the_middle_is_no_fault_of_the_service(tmp_path, caplog, path, kind):
    app = create_app(tmp_path, painter=Brush())
    came = iter([{"type": "http.request", "body": b"--b", "more_body": True}, {"type": "http.disconnect"}])
    headers = KEYED | ASYNC | {"Content-Type": kind, "Content-Length": "100"}
    sent = []

    async def receive():
        return next(came)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "server": ("offline", 80)}
    scope["headers"] = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(app(scope, receive, send))
    app.close()
    assert sent[0]["status"] == 400
    assert caplog.records == []


PATHS = [
    *("/", "//", "/favicon.ico", "/api/v1", "/api/v1//tasks", "/api/v1/tasks//", "/api/v1/tasks/%00", "/%"),
    *("/api/v1/tasks/%ff%fe", f"/api/v1/tasks/{'x' * 5000}", "/api/v1/tasks/x/cancel", PERMIT, f"/api/v1{SUBMIT}"),
    *("/oss", "/oss/x", "/results/x", "/results/..%2ftasks.sqlite3", "/results/%2e%2e/tasks.sqlite3"),
    *("/results/..%2f..%2f..%2fetc%2fpasswd", "/results/x?Expires=-1&Signature=%ff", "/results/x?Expires=%00"),
]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "ODD"])
def test_any_path_and_method_is_answered_in_a_documented_way_and_opens_no_file(ask, method):
    for path in PATHS:
        for headers in (KEYED, {}):
            answer = ask(method, path, headers=headers)
            assert b"SQLite" not in answer.content
            assert b"root:" not in answer.content


PART = b'--b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (FORM, b""),
        (FORM, b"--b"),
        (FORM, b"--b\r\nX: y\r\n\r\nx\r\n--b--\r\n"),
        (FORM, PART % (b"file", b"no file, a field") + b"--b--\r\n"),
        (FORM, PART % (b"\xff", b"\xff") + b"--b--\r\n"),
        (FORM, b"".join(PART % (b"f%d" % number, b"x") for number in range(2000)) + b"--b--\r\n"),
        (FORM, PART % (b"policy", b"x" * (2 << 20)) + b"--b--\r\n"),
        (f"{FORM}; charset=nonsense", PART % (b"a", b"\xff") + b"--b--\r\n"),
        ("multipart/form-data", b"--b\r\n"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        ("application/x-www-form-urlencoded", b"a=%ff&b"),
        ("application/json", b"{}"),
    ],
)
def test_any_form_is_answered_in_a_documented_way(ask, kind, content):
    answer = ask("POST", "/oss", headers={"Content-Type": kind}, content=content)
    assert answer.status_code in (400, 403)
