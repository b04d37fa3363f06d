"""The service as it is started from a shell: every option and every kind of fault reaches those who call it."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import httpx
import pytest
from contract.stage import MODEL, SUBMIT, Brush, body, png
from fakes.host import hosted
from fakes.processes import limited

from sketch_widget.__main__ import main
from sketch_widget.offline.app import create_app
from sketch_widget.offline.serve import served

ASYNC = {"X-DashScope-Async": "enable", "X-DashScope-OssResourceResolve": "enable"}
FIRST = "sk-first"


class Caller:
    """A client that nobody here wrote: plain HTTP."""

    def __init__(self, base_url: str, http: httpx.Client) -> None:
        self.base_url = base_url
        self.http = http
        self.welcome = ""
        self.keys = 0

    def call(self, method: str, path: str, key: str = FIRST, headers=None, **parts) -> httpx.Response:
        url = path if path.startswith("http") else self.base_url + path
        return self.http.request(method, url, headers={"Authorization": f"Bearer {key}"} | (headers or {}), **parts)

    def upload(self, key: str = FIRST, data: bytes | None = None) -> str:
        permit = self.call("GET", "/uploads", key, params={"action": "getPolicy", "model": MODEL}).json()["data"]
        name = f"{permit['upload_dir']}/sketch.png"
        form = {
            "OSSAccessKeyId": permit["oss_access_key_id"],
            "Signature": permit["signature"],
            "policy": permit["policy"],
            "key": name,
            "x-oss-object-acl": "private",
            "x-oss-forbid-overwrite": "true",
        }
        sent = self.http.post(permit["upload_host"], data=form, files={"file": ("a.png", data or png())})
        assert sent.status_code == 204
        return f"oss://{name}"

    def submit(self, url: str, key: str = FIRST, fault: str = "", **parameters) -> httpx.Response:
        wished = {"X-Sketch-Widget-Fault": fault} if fault else {}
        return self.call("POST", SUBMIT, key, headers=ASYNC | wished, json=body(url, **{"n": 1} | parameters))

    def anybody(self) -> str:
        """Return a key that was not used before, and so has its limits for itself."""
        self.keys += 1
        return f"sk-{self.keys}"

    def task(self, fault: str = "", **parameters) -> tuple[str, str]:
        key = self.anybody()
        answer = self.submit(self.upload(key), key, fault, **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()["output"]["task_id"], key

    def output(self, task_id: str, key: str) -> dict:
        return self.call("GET", f"/tasks/{task_id}", key).json()["output"]

    def until(self, task_id: str, key: str, condition: Callable[[dict], bool]) -> dict:
        for _ in range(2000):
            output = self.output(task_id, key)
            if condition(output):
                return output
            self.pause()
        raise AssertionError("It does not happen.")

    def end(self, task_id: str, key: str) -> dict:
        return self.until(task_id, key, lambda output: output["task_status"] not in ("PENDING", "RUNNING"))

    def total(self, key: str) -> int:
        return self.call("GET", "/tasks", key).json()["total"]

    def pause(self) -> None:
        """Wait for about as long as the service allows a poll."""
        with pytest.raises(httpx.ReadTimeout):
            self.call("GET", "/tasks/x", "sk-pause", headers={"X-Sketch-Widget-Fault": "poll stall"}, timeout=0.06)


@contextmanager
def serving(*options: str) -> Iterator[Caller]:
    """Start `python -m sketch_widget serve` with these options, and end it in order."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sketch_widget", "serve", "--port", "0", *options],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    with limited(process), httpx.Client(trust_env=False, timeout=30) as http:
        assert process.stderr is not None
        line = process.stderr.readline()
        try:
            caller = Caller(next(word for word in line.split() if word.startswith("http://")), http)
            caller.welcome = line
            yield caller
        finally:
            process.send_signal(signal.SIGINT)
            assert "Traceback" not in process.stderr.read()


# Each kind of fault: how it is asked for, and what a caller then meets.
REFUSED = (
    ("submit 429", 429, "Throttling.RateQuota"),
    ("submit code=Throttling.AllocationQuota#3", 429, "Throttling.AllocationQuota"),
    ("submit code=Arrearage", 400, "Arrearage"),
    ("submit code=DataInspectionFailed", 400, "DataInspectionFailed"),
    ("submit 401", 401, "InvalidApiKey"),
    ("submit 500", 500, "InternalError"),
    ("submit 503 retry-after=9", 503, "ModelUnavailable"),
)


def meet_refusals(caller: Caller, ordered: bool) -> None:
    for fault, status, code in REFUSED:
        key = caller.anybody()
        answer = caller.submit("oss://x", key, "" if ordered else fault)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers.get("retry-after") == ("9" if "retry-after" in fault else None)
        assert caller.total(key) == 0


def meet_spoiled_answers(caller: Caller, ordered: bool) -> None:
    def wished(fault: str) -> dict[str, str]:
        return {} if ordered else {"X-Sketch-Widget-Fault": fault}

    assert caller.call("GET", "/tasks/x", headers=wished("poll 429")).status_code == 429
    page = caller.call("GET", "/tasks/x", headers=wished("poll html=502"))
    assert (page.status_code, page.headers["content-type"], page.text[:6]) == (502, "text/html", "<html>")
    untyped = caller.call("GET", "/tasks/x", headers=wished("poll untyped"))
    assert ("content-type" in untyped.headers, untyped.json()["output"]["task_status"]) == (False, "UNKNOWN")
    with pytest.raises(httpx.ReadTimeout):
        caller.call("GET", "/tasks/x", headers=wished("poll stall"), timeout=0.2)


def meet_cut_connections(caller: Caller, ordered: bool) -> None:
    for fault, tasks in (("submit cut-before", 0), ("submit cut-after", 1), ("submit cut-within", 1)):
        key = caller.anybody()
        url = caller.upload(key)
        with pytest.raises(httpx.TransportError):
            caller.submit(url, key, "" if ordered else fault)
        assert caller.total(key) == tasks


def meet_bad_pictures(caller: Caller, ordered: bool) -> None:
    url = caller.end(*caller.task())["results"][0]["url"]
    whole = caller.http.get(url, headers={"X-Sketch-Widget-Fault": "result gzip"} if ordered else {})
    for fault in ("result truncated", "result expired"):
        answer = caller.http.get(url, headers={} if ordered else {"X-Sketch-Widget-Fault": fault})
        if fault.endswith("expired"):
            assert (answer.status_code, "Request has expired." in answer.text) == (403, True)
        else:
            assert (answer.status_code, len(answer.content) < len(whole.content)) == (200, True)
            assert whole.content.startswith(answer.content)


def meet_bad_tasks(caller: Caller, ordered: bool) -> None:
    failed = caller.end(*caller.task("" if ordered else "task fail=IPInfringementSuspect"))
    assert (failed["task_status"], failed["code"]) == ("FAILED", "IPInfringementSuspect")
    partial = caller.end(*caller.task("" if ordered else "task partial=1", n=2))
    assert [set(result) for result in partial["results"]] == [{"url"}, {"code", "message"}]
    slow = caller.task("" if ordered else "task slow=600")
    caller.pause()
    assert caller.output(*slow)["task_status"] == "PENDING"
    assert caller.call("POST", f"/tasks/{slow[0]}/cancel", slow[1]).status_code == 200
    assert caller.output(*slow)["task_status"] == "CANCELED"


ORDERED = (
    *(fault for fault, _, _ in REFUSED),
    *("poll 429", "poll html=502", "poll untyped", "poll stall"),
    *("submit cut-before", "submit cut-after", "submit cut-within", "result truncated", "result expired"),
)


def test_every_kind_of_fault_can_be_ordered_when_the_service_is_started():
    options = [part for fault in ORDERED for part in ("--fault", fault)]
    with serving(*options) as caller:
        for meet in (meet_refusals, meet_spoiled_answers, meet_cut_connections, meet_bad_pictures):
            meet(caller, ordered=True)
    with serving("--fault", "task fail=IPInfringementSuspect; task partial=1; task slow=600") as caller:
        meet_bad_tasks(caller, ordered=True)


def test_every_kind_of_fault_can_be_asked_for_with_a_single_call(tmp_path):
    http = httpx.Client(trust_env=False, timeout=30)
    with closing(create_app(tmp_path, painter=Brush())) as app, served(app) as base_url, http:
        caller = Caller(base_url, http)
        for meet in (meet_refusals, meet_spoiled_answers, meet_cut_connections, meet_bad_pictures, meet_bad_tasks):
            meet(caller, ordered=False)


def test_the_service_is_as_strict_and_as_slow_as_it_is_asked_to_be(tmp_path):
    (tmp_path / "keys").write_text(f"{FIRST}\n\n", encoding="utf-8-sig")
    options = ["--concurrency", "strict", "--edition", "2024", "--seconds", "600", "--workspace", "llm-mine"]
    with serving(*options, "--keys", str(tmp_path / "keys")) as caller:
        assert "Keys that are taken: 1;" in caller.welcome
        assert caller.call("GET", "/tasks", "sk-other").json()["message"] == "Invalid API-key provided."
        other = caller.call("GET", "/tasks", headers={"X-DashScope-WorkSpace": "llm-other"})
        assert (other.status_code, other.json()["code"]) == (401, "NOT AUTHORIZED")
        assert caller.submit(caller.upload(data=b"no picture")).json()["code"] == "InvalidURL"
        task_id = caller.submit(caller.upload()).json()["output"]["task_id"]
        assert caller.submit(caller.upload()).json()["code"] == "Throttling"
        output = caller.until(task_id, FIRST, lambda output: output["task_metrics"]["SUCCEEDED"] == 1)
        assert output["task_status"] == "RUNNING"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--fault", "poll nonsense"], "poll nonsense"),
        (["--keys", "nowhere.txt"], "nowhere.txt"),
        (["--port", "70000"], "70000"),
    ],
)
def test_an_option_that_cannot_be_is_named(options, said, capsys):
    assert main(["serve", "--port", "0", *options]) == 2
    assert said in capsys.readouterr().err


def test_a_service_that_others_reach_fetches_nothing_from_this_computer_for_them():
    with hosted({"/sketch.png": png()}) as host:
        for address, code in (("127.0.0.1", None), ("0.0.0.0", "InvalidParameter.DataInspection")):
            with serving("--host", address) as caller:
                caller.base_url = caller.base_url.replace("0.0.0.0", "127.0.0.1")
                answer = caller.submit(host.url("/sketch.png"), caller.anybody())
                assert answer.json().get("code") == code
    assert len(host.asked) == 1
