"""Faults on request: what a network and a service do to a client now and then, done here at will. Off by default.

A fault is a short text, `operation kind` or `operation kind=value`, with ` x3` where it is to happen three times:

    submit 429                  poll 503 x3                 poll code=Throttling.BurstRate
    submit cut-before           submit cut-after            poll html=502
    result truncated            result expired              submit stall
    task fail=DataInspectionFailed                          task partial=1
    task slow=20                submit 429 retry-after=20   submit code=Throttling.AllocationQuota#3

Operations: submit, poll, list, cancel, permit, upload, result, and task for what goes wrong with a task itself. Several
faults are separated by semicolons. They are given to `create_app`, or with a single call in the header
`X-Sketch-Widget-Fault`.

Kinds: a status or `code=` a documented code (refused, nothing done), of which some have several messages, the second
one written `#2`; `html` (a page instead of JSON); `untyped` (no
Content-Type); `gzip` (compressed, of no stated length); `cut-before`, `cut-after`, `cut-within` (the connection is cut
before the call is acted on, after it, or within the answer); `stall` (acted on, answered after so many seconds, or
never); `truncated` (half of the answer); `expired` (a picture's address no longer opens). For tasks: `fail`, `partial`,
`slow`.

A refusal and a page may ask for a wait, ` retry-after=` seconds or an HTTP date. The service by itself never does: no
document and no recording of it has that header.
"""

import gzip
import re
import threading
from dataclasses import dataclass
from typing import Self

import anyio
import msgspec

from sketch_widget.errors import InputError
from sketch_widget.offline import answers, refusals
from sketch_widget.offline.asgi import App, Message, Receive, Scope, Send, answer
from sketch_widget.offline.task import Mishap

HEADER = b"x-sketch-widget-fault"
MISHAP = "sketch_widget.mishap"  # where the scope of a submit carries what is to go wrong with its task
OPERATIONS = ("submit", "poll", "list", "cancel", "permit", "upload", "result", "task")
FOREVER = 24 * 3600.0  # seconds
PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_FORM = re.compile(
    r"(?P<at>[a-z]+) (?P<kind>[a-z0-9-]+)(=(?P<value>[^;]+?))?"
    r"( retry-after=(?P<wait>[ -:<-~]+?))?( x(?P<times>[1-9]\d{0,3}))?"
)
_WIRE = ("html", "untyped", "gzip", "cut-before", "cut-after", "cut-within", "stall", "truncated", "expired")
_STORE = ("upload", "result")  # the file store's operations, whose errors are XML


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, so many times."""

    at: str
    kind: str
    value: str = ""
    times: int = 1
    retry_after: str = ""


def parse(text: str) -> tuple[Fault, ...]:
    """Read faults from their text.

    Raises:
        InputError: One of them is none that is known.
    """
    return tuple(_parse_one(part.strip()) for part in text.split(";") if part.strip())


def _parse_one(text: str) -> Fault:
    found = _FORM.fullmatch(text)
    fault = found and Fault(
        found["at"], found["kind"], found["value"] or "", int(found["times"] or 1), found["wait"] or ""
    )
    if not fault or not _is_known(fault):
        raise InputError("offline.fault", value=text[:80], operations=", ".join(OPERATIONS))
    return fault


def _is_known(fault: Fault) -> bool:
    if fault.at not in OPERATIONS:
        return False
    if fault.at == "task":
        return not fault.retry_after and _is_mishap(fault)
    if fault.retry_after and fault.kind in _WIRE and fault.kind != "html":
        return False
    if fault.kind == "code":
        return fault.value in refusals.BY_CODE
    if fault.kind == "stall":
        return not fault.value or _is_number(fault.value)
    if fault.kind == "html":
        return not fault.value or bool(re.fullmatch(r"[2-5]\d\d", fault.value))
    return not fault.value and (fault.kind in _WIRE or fault.kind in refusals.BY_CODE)


def _is_mishap(fault: Fault) -> bool:
    if fault.kind == "fail":
        return fault.value in refusals.BY_CODE
    return fault.kind in ("partial", "slow") and _is_number(fault.value)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,6}(\.\d+)?", text))


def mishap_of(fault: Fault) -> Mishap:
    """Return what a fault of a task means for it."""
    if fault.kind == "fail":
        return Mishap(code=fault.value)
    if fault.kind == "partial":
        return Mishap(failures=round(float(fault.value)))
    return Mishap(delay=float(fault.value))


class Faults:
    """The faults still to happen; each call takes at most one of its operation."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        self._lock = threading.Lock()
        self._left = [fault for fault in faults for _ in range(fault.times)]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read faults from their text.

        Raises:
            InputError: One of them is none that is known.
        """
        return cls(parse(text))

    def add(self, text: str) -> None:
        """Add faults, as text.

        Raises:
            InputError: One of them is none that is known.
        """
        more = Faults.of(text)
        with self._lock:
            self._left += more._left

    def take(self, at: str) -> Fault | None:
        """Return the next fault of an operation, which is used up by this, or None."""
        with self._lock:
            index = next((i for i, fault in enumerate(self._left) if fault.at == at), None)
            return None if index is None else self._left.pop(index)


def operation_of(method: str, path: str) -> str:
    """Return which operation a call is, or nothing."""
    parts = path.strip("/").split("/")
    if method == "POST":
        known = {"image-synthesis": "submit", "cancel": "cancel", "oss": "upload"}
        return known.get(parts[-1], "")
    if parts[0] == "results":
        return "result"
    if parts[-2:-1] == ["tasks"]:
        return "poll"
    return {"tasks": "list", "uploads": "permit"}.get(parts[-1], "")


class FaultGate:
    """The service behind faults."""

    def __init__(self, app: App, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a call, or spoil it."""
        at = operation_of(scope["method"], scope["path"])
        try:
            asked = Faults.of(dict(scope["headers"]).get(HEADER, b"").decode("latin-1"))
        except InputError as error:
            await _refuse(send, refusals.RefusalError(400, "InvalidParameter", str(error)), at)
            return
        if at == "submit":
            mishap = asked.take("task") or self._faults.take("task")
            scope[MISHAP] = mishap_of(mishap) if mishap else Mishap()
        fault = asked.take(at) or self._faults.take(at)
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind == "cut-before":
            raise ConnectionResetError("the connection was cut before the call was acted on")
        elif refusal := _refusal(fault):
            await _refuse(send, refusal, at, fault.retry_after)
        elif fault.kind == "html":
            await answer(send, int(fault.value or 502), PAGE, "text/html", _wait(fault.retry_after))
        else:
            await self._spoil(fault, scope, receive, send)

    async def _spoil(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the call be acted on, and spoil its answer."""
        start, body = await _collected(self._app, scope, receive)
        if fault.kind == "cut-after":
            raise ConnectionResetError("the connection was cut after the call was acted on")
        if fault.kind == "stall":
            await anyio.sleep(float(fault.value) if fault.value else FOREVER)
        if fault.kind == "cut-within":
            await send(start)
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            raise ConnectionResetError("the connection was cut within the answer")
        if fault.kind == "truncated":
            body = body[: len(body) // 2]
        if fault.kind == "gzip":
            body = gzip.compress(body)
        start["headers"] = _headers(fault.kind, start["headers"], len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _refusal(fault: Fault) -> refusals.RefusalError | None:
    if fault.kind == "expired":
        return refusals.RefusalError(403, "AccessDenied", "Request has expired.")
    entry = refusals.BY_CODE.get(fault.value if fault.kind == "code" else fault.kind)
    return entry.example() if entry else None


async def _refuse(send: Send, refusal: refusals.RefusalError, at: str, retry_after: str = "") -> None:
    request, headers = answers.request_id(), _wait(retry_after)
    if at in _STORE:
        await answer(send, refusal.status, answers.oss_error(refusal, request), "application/xml", headers)
    else:
        body = msgspec.json.encode(answers.refused(refusal, request))
        await answer(send, refusal.status, body, "application/json", {"x-request-id": request} | headers)


def _wait(retry_after: str) -> dict[str, str]:
    return {"retry-after": retry_after} if retry_after else {}


async def _collected(app: App, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    """Run a call and keep its answer back."""
    start: Message = {}
    body = bytearray()

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, keep)
    return start, bytes(body)


def _headers(kind: str, headers: list[tuple[bytes, bytes]], size: int) -> list[tuple[bytes, bytes]]:
    """Return the headers of a spoiled answer."""
    dropped = {b"content-length"} | ({b"content-type"} if kind == "untyped" else set())
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    if kind == "gzip":
        return [*kept, (b"content-encoding", b"gzip")]
    return [*kept, (b"content-length", str(size).encode())]
