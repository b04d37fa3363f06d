import io
import json
from collections.abc import Callable
from fractions import Fraction

import anyio
import httpx
import numpy as np
import pytest
from PIL import Image

from sketch_widget import errors
from sketch_widget.service.client import DashScopeClient
from sketch_widget.service.request import GenerationRequest
from sketch_widget.service.transport import user_agent
from sketch_widget.settings import Secret

pytestmark = pytest.mark.anyio

KEY = "sk-0123456789abcdef"
BASE = "https://dashscope.aliyuncs.com/api/v1"
STORE = "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com"
PICTURE = "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/1d/d4/a-1.png?Expires=17093&Signature=a%2Bb%2Fc%3D"
REQUEST = GenerationRequest("a big tree", sketch_color=[(0, 0, 0)])
ACCEPTED = {"output": {"task_status": "PENDING", "task_id": "9e2b"}, "request_id": "33da"}
PERMIT = {
    "policy": "cG9saWN5",
    "signature": "c2ln",
    "upload_dir": "dashscope-instant/52af/b744",
    "upload_host": STORE,
    "expire_in_seconds": 300,
    "max_file_size_mb": 1024,
    "oss_access_key_id": "id",
    "x_oss_object_acl": "private",
    "x_oss_forbid_overwrite": "true",
}


def png() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").save(file, "PNG")
    return file.getvalue()


class Service:
    """Stands in for the network: answers every call from a list, and keeps what was asked."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, api_key: str | Secret | None = KEY, **more: str) -> DashScopeClient:
        return DashScopeClient(api_key, transport=httpx.MockTransport(self), **more)


def answering(status: int = 200, **parts: object) -> Service:
    return Service(httpx.Response(status, **parts))


def refusal(code: str, message: str = "", request_id: str = "fb53") -> dict[str, str]:
    return {"code": code, "message": message, "request_id": request_id}


CALLS: dict[str, Callable[[DashScopeClient], object]] = {
    "upload": lambda client: client.upload(png()),
    "submit": lambda client: client.submit(REQUEST, "oss://dir/sketch.png"),
    "task": lambda client: client.task("9e2b"),
    "tasks": lambda client: client.tasks(),
    "cancel": lambda client: client.cancel("9e2b"),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


async def test_a_submit_goes_out_as_the_documents_write_it():
    service = answering(json=ACCEPTED)
    task = await service.client(workspace="llm-abc").submit(REQUEST, "oss://dir/sketch.png")
    (asked,) = service.asked
    assert (asked.method, str(asked.url)) == ("POST", BASE + "/services/aigc/image2image/image-synthesis")
    assert {name: asked.headers.get(name) for name in ("Authorization", "Content-Type", "X-DashScope-Async")} == {
        "Authorization": f"Bearer {KEY}",
        "Content-Type": "application/json",
        "X-DashScope-Async": "enable",
    }
    assert asked.headers["X-DashScope-OssResourceResolve"] == "enable"
    assert asked.headers["X-DashScope-WorkSpace"] == "llm-abc"
    assert json.loads(asked.content)["input"] == {"prompt": "a big tree", "sketch_image_url": "oss://dir/sketch.png"}
    assert (task.task_id, task.status, task.request_id) == ("9e2b", "PENDING", "33da")


async def test_a_public_address_needs_no_resolving():
    service = answering(json=ACCEPTED)
    await service.client().submit(REQUEST, "https://example.com/sketch.png")
    assert "X-DashScope-OssResourceResolve" not in service.asked[0].headers
    assert "X-DashScope-WorkSpace" not in service.asked[0].headers


async def test_a_request_that_is_not_ready_is_not_sent():
    service = Service()
    with pytest.raises(errors.RequestError):
        await service.client().submit(GenerationRequest("a tree"), "oss://dir/sketch.png")
    with pytest.raises(errors.RequestError):
        await service.client().submit(REQUEST, "sketch.png")
    assert service.asked == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(200, json=refusal("InvalidApiKey")), errors.KeyRefusedError),
        (httpx.Response(200, json=refusal("SomethingNew")), errors.ServiceError),
        (httpx.Response(200, json={"output": {}, "request_id": "a"}), errors.AnswerError),
        (httpx.Response(200, json={"output": {"task_id": "", "task_status": "PENDING"}}), errors.AnswerError),
        (httpx.Response(200, html="<html>Sign in</html>"), errors.AnswerError),
        (httpx.Response(200), errors.AnswerError),
        (httpx.Response(202, json=ACCEPTED), errors.AnswerError),
        (httpx.Response(302, headers={"Location": "https://evil.example/"}), errors.AnswerError),
        (httpx.Response(502, html="<html>Bad Gateway</html>"), errors.ServerFaultError),
    ],
)
async def test_only_200_with_a_task_id_is_a_success(answer, kind):
    service = Service(answer)
    with pytest.raises(errors.ServiceError) as caught:
        await service.client().submit(REQUEST, "oss://dir/sketch.png")
    assert type(caught.value) is kind
    assert caught.value.http_status == answer.status_code
    assert len(service.asked) == 1


async def test_the_beginning_of_a_page_that_is_no_answer_is_kept():
    with pytest.raises(errors.AnswerError) as caught:
        await answering(200, html="<html>Sign in" + "x" * 100_000).client().task("9e2b")
    assert caught.value.message.startswith("<html>Sign in")
    assert len(caught.value.message) <= 300


@every_call
@pytest.mark.parametrize("headers", [{}, {"Content-Type": "text/plain"}])
async def test_an_error_is_read_whatever_its_content_type(call, headers):
    body = json.dumps(refusal("InvalidApiKey", "Invalid API-key provided.")).encode()
    with pytest.raises(errors.KeyRefusedError) as caught:
        await call(answering(401, content=body, headers=headers).client())
    assert (caught.value.code, caught.value.http_status) == ("InvalidApiKey", 401)
    assert caught.value.request_id == "fb53"


@every_call
async def test_the_wait_that_a_429_asks_for_is_told(call):
    service = answering(429, json=refusal("Throttling.RateQuota"), headers={"Retry-After": "7"})
    with pytest.raises(errors.ThrottledError) as caught:
        await call(service.client())
    assert caught.value.retry_after == 7


@every_call
async def test_without_a_key_nothing_is_asked(call):
    service = Service()
    with pytest.raises(errors.KeyMissingError):
        await call(service.client(None))
    assert service.asked == []


@every_call
async def test_a_key_that_an_answer_repeats_is_taken_out(call):
    service = answering(401, json=refusal("InvalidApiKey", f"Incorrect API key provided: {KEY}."))
    with pytest.raises(errors.KeyRefusedError) as caught:
        await call(service.client())
    assert caught.value.message == "Incorrect API key provided: <key>."


async def test_a_task_is_asked_for_and_read():
    service = answering(json={"output": {"task_id": "9e2b", "task_status": "RUNNING"}, "request_id": "edbd"})
    task = await service.client().task("9e2b")
    assert (service.asked[0].method, str(service.asked[0].url)) == ("GET", BASE + "/tasks/9e2b")
    assert (task.task_id, task.status) == ("9e2b", "RUNNING")


async def test_a_task_that_failed_is_an_answer_and_no_error():
    output = {"task_id": "9e2b", "task_status": "FAILED", "code": "DataInspectionFailed", "message": "Input data"}
    task = await answering(json={"output": output}).client().task("9e2b")
    assert (task.status, task.code) == ("FAILED", "DataInspectionFailed")


async def test_an_answer_that_leaves_the_task_id_out_is_about_the_task_that_was_asked_for():
    assert (await answering(json={"output": {"task_status": "UNKNOWN"}}).client().task("1111")).task_id == "1111"


@pytest.mark.parametrize(
    "body", [{"output": {"task_id": "9e2b"}}, {"output": {"task_id": "another", "task_status": "SUCCEEDED"}}, {}]
)
async def test_an_answer_about_no_task_or_another_one_is_not_believed(body):
    with pytest.raises(errors.AnswerError) as caught:
        await answering(json=body).client().task("9e2b")
    assert caught.value.task_id == "9e2b"


async def test_a_page_of_tasks_is_asked_for_by_time():
    service = answering(json={"data": [], "total": 0, "page_no": 2, "page_size": 50})
    page = await service.client().tasks(start=1709285904.8, page_no=2, page_size=50)
    assert dict(service.asked[0].url.params) == {
        "model_name": "wanx-sketch-to-image-lite",
        "start_time": "20240301173824",
        "page_no": "2",
        "page_size": "50",
    }
    assert (page.items, page.page_no) == ((), 2)


async def test_a_page_without_a_list_is_not_taken_for_an_empty_one():
    with pytest.raises(errors.AnswerError):
        await answering(json={"request_id": "a"}).client().tasks()


async def test_a_task_that_waits_is_cancelled():
    service = answering(json={"request_id": "4d49"})
    await service.client().cancel("9e2b")
    assert (service.asked[0].method, str(service.asked[0].url)) == ("POST", BASE + "/tasks/9e2b/cancel")


async def test_a_task_that_runs_is_not_cancelled():
    service = answering(400, json=refusal("UnsupportedOperation", "Failed to cancel the task"))
    with pytest.raises(errors.CancelRefusedError) as caught:
        await service.client().cancel("9e2b")
    assert caught.value.task_id == "9e2b"


@pytest.mark.parametrize("parts", [{"html": "<html>Sign in</html>"}, {"json": refusal("UnsupportedOperation")}, {}])
async def test_a_cancel_is_believed_only_from_the_service(parts):
    with pytest.raises(errors.ServiceError):
        await answering(200, **parts).client().cancel("9e2b")


async def test_an_upload_asks_for_leave_and_uses_it_without_the_key():
    service = Service(httpx.Response(200, json={"data": PERMIT}), httpx.Response(200))
    sketch = png()
    address = await service.client().upload(sketch, name="我的草图.png")
    leave, form = service.asked
    assert str(leave.url) == BASE + "/uploads?action=getPolicy&model=wanx-sketch-to-image-lite"
    assert leave.headers["Authorization"] == f"Bearer {KEY}"
    assert (form.method, form.url.host) == ("POST", "dashscope-file-mgr.oss-cn-beijing.aliyuncs.com")
    assert "Authorization" not in form.headers
    assert KEY.encode() not in form.content
    names = [part.split(b'"')[1].decode() for part in form.content.split(b"form-data; name=")[1:]]
    assert names == [
        "OSSAccessKeyId",
        "Signature",
        "policy",
        "key",
        "x-oss-object-acl",
        "x-oss-forbid-overwrite",
        "success_action_status",
        "file",
    ]
    assert b'filename="_.png"\r\nContent-Type: image/png\r\n\r\n' + sketch + b"\r\n" in form.content
    assert address == "oss://dashscope-instant/52af/b744/_.png"


@pytest.mark.parametrize("status", [200, 201, 204])
async def test_every_success_of_the_file_store_is_one(status):
    service = Service(httpx.Response(200, json={"data": PERMIT}), httpx.Response(status))
    assert (await service.client().upload(png())).endswith("/sketch.png")


XML = "<?xml version='1.0'?><Error><Code>{}</Code><Message>{}</Message><RequestId>65A1</RequestId></Error>"


@pytest.mark.parametrize(
    ("status", "code", "message", "kind"),
    [
        (403, "AccessDenied", "Invalid according to Policy: Policy expired.", errors.ServerFaultError),
        (409, "FileAlreadyExists", "The object you specified already exists.", errors.ServerFaultError),
        (500, "InternalError", "We encountered an internal error.", errors.ServerFaultError),
        (400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.", errors.BadPictureError),
        (413, "", "", errors.BadPictureError),
        (429, "", "", errors.ThrottledError),
    ],
)
async def test_a_refusal_of_the_file_store_is_understood(status, code, message, kind):
    service = Service(
        httpx.Response(200, json={"data": PERMIT}), httpx.Response(status, text=XML.format(code, message))
    )
    with pytest.raises(errors.ServiceError) as caught:
        await service.client().upload(png())
    assert type(caught.value) is kind
    assert (caught.value.code, caught.value.request_id) == (code, "65A1")


@pytest.mark.parametrize(
    "change",
    [
        {"upload_host": "https://evil.example/"},
        {"upload_host": "http://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com"},
        {"expire_in_seconds": 0},
        {"expire_in_seconds": -1},
        {"policy": None},
    ],
)
async def test_a_sketch_goes_nowhere_without_good_leave(change):
    service = answering(json={"data": PERMIT | change})
    with pytest.raises(errors.AnswerError):
        await service.client().upload(png())
    assert len(service.asked) == 1


@pytest.mark.parametrize("sketch", [b"", b"<svg/>", b"GIF89a"])
async def test_what_is_no_picture_is_not_uploaded(sketch):
    service = Service()
    with pytest.raises(errors.PictureError):
        await service.client().upload(sketch)
    assert service.asked == []


async def test_a_sketch_over_the_limit_is_not_uploaded():
    large = png() + b"\0" * 10 * 2**20
    with pytest.raises(errors.PictureError, match=r"10\.0 MB; the service takes up to 10 MB"):
        await answering(json={"data": PERMIT}).client().upload(large)
    with pytest.raises(errors.PictureError, match="up to 1 MB"):
        await answering(json={"data": PERMIT | {"max_file_size_mb": 1}}).client().upload(large[: 2 * 2**20])


async def test_a_picture_is_fetched_from_its_very_address_without_the_key():
    picture = png()
    service = answering(200, content=picture)
    assert await service.client(workspace="llm-abc").download(PICTURE) == picture
    (asked,) = service.asked
    assert asked.url.raw_path == b"/1d/d4/a-1.png?Expires=17093&Signature=a%2Bb%2Fc%3D"
    assert {"authorization", "x-dashscope-workspace", "cookie"} & set(asked.headers) == set()
    assert asked.headers["Accept-Encoding"] == "identity"


async def test_a_picture_needs_no_key():
    assert await answering(200, content=png()).client(None).download(PICTURE) == png()


async def test_the_signature_of_a_picture_survives_every_character():
    signature = "".join(f"%{code:02X}" for code in range(33, 127)) + "!$'()*,;:@/?~"
    service = answering(200, content=png())
    await service.client().download(f"https://dashscope-result-sh.oss-cn-shanghai.aliyuncs.com/a%20b.png?S={signature}")
    assert service.asked[0].url.raw_path == f"/a%20b.png?S={signature}".encode()


@pytest.mark.parametrize("url", ["https://evil.example/a.png", "http://127.0.0.1:22/", "file:///etc/passwd", ""])
async def test_a_picture_is_not_fetched_from_a_stranger(url):
    service = Service()
    with pytest.raises(errors.AnswerError):
        await service.client().download(url)
    assert service.asked == []


async def test_an_own_service_gives_its_pictures_itself():
    service = answering(200, content=png())
    client = service.client(base_url="http://127.0.0.1:8931/api/v1")
    assert await client.download("http://127.0.0.1:8931/files/a.png?Expires=1") == png()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(403, text=XML.format("AccessDenied", "Request has expired.")), errors.NotAllowedError),
        (httpx.Response(404, text=XML.format("NoSuchKey", "")), errors.NotAllowedError),
        (httpx.Response(404), errors.NotAllowedError),
        (httpx.Response(403, html="<html>Blocked by the proxy</html>"), errors.AnswerError),
        (httpx.Response(302, headers={"Location": "https://evil.example/a.png"}), errors.AnswerError),
        (httpx.Response(206, content=png()), errors.AnswerError),
        (httpx.Response(503, text=XML.format("SlowDown", "")), errors.ServerFaultError),
        (httpx.Response(429), errors.ThrottledError),
        (httpx.Response(200, html="<html>Sign in</html>"), errors.AnswerError),
        (httpx.Response(200), errors.AnswerError),
        (httpx.Response(200, content=png()[:-20]), errors.AnswerError),
        (httpx.Response(200, content=png() + b"\0" * 33 * 2**20), errors.AnswerError),
    ],
)
async def test_what_is_no_complete_picture_is_an_error(answer, kind):
    service = Service(answer)
    with pytest.raises(errors.ServiceError) as caught:
        await service.client().download(PICTURE)
    assert type(caught.value) is kind
    assert len(service.asked) == 1
    assert "Signature" not in str(caught.value)


async def test_what_is_no_picture_is_told_from_half_a_picture():
    with pytest.raises(errors.AnswerError, match=r"no PNG, JPEG or WEBP.*<html>Sign in"):
        await answering(200, html="<html>Sign in</html>").client().download(PICTURE)
    with pytest.raises(errors.AnswerError, match="Only a part"):
        await answering(200, content=png()[:-20]).client().download(PICTURE)


async def test_leave_to_upload_is_not_used_after_it_ran_out():
    async def never_takes_it(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"data": PERMIT | {"expire_in_seconds": 0.05}})
        await anyio.sleep_forever()
        raise AssertionError

    client = DashScopeClient(KEY, transport=httpx.MockTransport(never_takes_it), timeout=5)
    with anyio.fail_after(5), pytest.raises(errors.OutcomeUnknownError):
        await client.upload(png())


async def test_an_endless_answer_is_not_read_to_its_end():
    read = 0

    async def endless():
        nonlocal read
        while read < 100 * 2**20:
            read += 2**20
            yield b" " * 2**20

    with pytest.raises(errors.AnswerError, match="4 MB"):
        await answering(200, content=endless()).client().task("9e2b")
    assert read < 8 * 2**20


async def test_an_answer_shorter_than_announced_is_an_error():
    async def half():
        yield b'{"output":'

    service = answering(200, content=half(), headers={"Content-Length": "500"})
    with pytest.raises(errors.OutcomeUnknownError, match="10 of 500 bytes"):
        await service.client().task("9e2b")


async def test_a_broken_compression_is_an_error():
    service = answering(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"not gzip"))
    with pytest.raises(errors.OutcomeUnknownError):
        await service.client().task("9e2b")


async def test_calls_name_the_product():
    service = answering(json=ACCEPTED)
    await service.client().submit(REQUEST, "oss://a/b")
    assert service.asked[0].headers["User-Agent"] == user_agent()
    assert user_agent().startswith("sketch-widget")


async def test_no_wait_is_endless():
    service = answering(json=ACCEPTED)
    await service.client().submit(REQUEST, "oss://a/b")
    assert service.asked[0].extensions["timeout"] == {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 30.0}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SSL_CERT_FILE", "nowhere.pem", "FileNotFoundError"),
        ("HTTPS_PROXY", "socks9://someone:secret@127.0.0.1:1", "socks9"),
        ("HTTPS_PROXY", "http://someone:secret@127.0.0.1:port", "Invalid port"),
    ],
)
async def test_network_settings_that_cannot_be_used_are_named_at_the_first_call_and_not_before(
    monkeypatch, name, value, reason
):
    monkeypatch.setenv(name, value)
    client = DashScopeClient(KEY, base_url="https://127.0.0.1:1/api/v1")
    await client.open()
    with pytest.raises(errors.NotSentError, match=reason) as refused:
        await client.task("9e2b")
    assert "SSL_CERT_FILE" in refused.value.text("en")
    assert "secret" not in refused.value.text("en")


async def test_a_closed_client_opens_again_when_it_is_used():
    service = Service(httpx.Response(200, json=ACCEPTED), httpx.Response(200, json=ACCEPTED))
    client = service.client()
    await client.aclose()
    await client.submit(REQUEST, "oss://a/b")
    await client.aclose()
    await client.submit(REQUEST, "oss://a/b")
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    "settings",
    [{"api_key": "sk-abc\n"}, {"api_key": "密钥"}, {"base_url": "dashscope"}, {"base_url": ""}, {"workspace": "a b"}],
)
def test_settings_that_cannot_be_sent_are_refused_at_once(settings):
    with pytest.raises(errors.InputError):
        DashScopeClient(**settings)


@pytest.mark.parametrize(
    "timeout", [float("nan"), float("inf"), 0, 0.0, -1, -0.5, 86_401, 10**400, "5", True, None, [5]]
)
def test_a_timeout_that_is_no_number_of_seconds_is_refused_at_once_in_both_languages(timeout):
    with pytest.raises(errors.InputError) as refused:
        DashScopeClient(KEY, timeout=timeout)
    assert refused.value.text("en").startswith("timeout must be a number of seconds above 0 and at most 86400, not ")
    assert refused.value.text("zh").startswith("timeout 应为大于 0 且不超过 86400 的秒数，而不是 ")
    assert len(refused.value.text("en")) < 200


@pytest.mark.parametrize("seconds", [0.05, 5, 86_400, Fraction(1, 2), np.float32(2.5), np.int64(3)])
async def test_every_kind_of_number_may_be_a_timeout(seconds):
    service = answering(json=ACCEPTED)
    client = DashScopeClient(KEY, transport=httpx.MockTransport(service), timeout=seconds)
    await client.submit(REQUEST, "oss://a/b")
    assert service.asked[0].extensions["timeout"]["read"] == float(seconds)
