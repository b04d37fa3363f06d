"""The embedded service as an ASGI application: the calls of the service's documents onto the task table.

Order of checks: key, workspace, path and model, the asynchronous header, the body, the rate. A slash at the end of a
path makes no difference. The file store's two calls are in `oss`. Painting is a worker's; no call waits for it.
"""

import logging
import sqlite3
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio.to_thread
import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sketch_widget.errors import StoreError, system_reason
from sketch_widget.locks import Life
from sketch_widget.offline import answers, fetching, refusals, sketches, uploads
from sketch_widget.offline.accounts import Account, Clock, Pace, account_of
from sketch_widget.offline.asgi import Receive, Scope, Send
from sketch_widget.offline.faults import MISHAP, FaultGate, Faults
from sketch_widget.offline.files import Files
from sketch_widget.offline.ledger import Ledger
from sketch_widget.offline.listing import read_listing
from sketch_widget.offline.options import Options
from sketch_widget.offline.oss import UPLOAD_PATH, FileStore
from sketch_widget.offline.refusals import SKETCH_ERRORS, RefusalError
from sketch_widget.offline.task import LIFE, Task
from sketch_widget.offline.tasks import TaskTable
from sketch_widget.offline.validation import check_model, json_of, read_order
from sketch_widget.offline.worker import Painter, Worker, paint
from sketch_widget.service import wire

ROOT = "/api/v1"
QUERIES = 20  # a second and account, for polls, lists and cancels each
PERMITS = 100  # a second, account and model
MAX_BODY = 1 << 20  # bytes of a submission; it carries an address, never a picture

log = logging.getLogger(__name__)


def create_app(
    folder: Path,
    *,
    clock: Clock = time.time,
    painter: Painter = paint,
    faults: str = "",
    options: Options | None = None,
) -> "OfflineApp":
    """Return the service, ready to be called in process or served on a port.

    Args:
        folder: Where its tasks and pictures are kept for a day; made if it is not there.
        clock: Gives seconds since 1970.
        painter: Paints a commission; the painters of this package when not given.
        faults: What is to go wrong, in the words of `faults`.
        options: How strict and how fast it is.

    Raises:
        InputError: `faults` names none that is known.
        StoreError: The folder cannot be written.
    """
    wanted = Faults.of(faults)
    try:
        return OfflineApp(Path(folder), clock, painter, wanted, options or Options())
    except (OSError, sqlite3.Error) as error:
        raise StoreError("offline.folder", path=str(folder), reason=system_reason(error)) from error


class OfflineApp:
    """The service; an ASGI application.

    Attributes:
        faults: What is still to go wrong; more can be added while it runs.
    """

    def __init__(self, folder: Path, clock: Clock, painter: Painter, faults: Faults, options: Options) -> None:
        self._ledger = Ledger(folder / "tasks.sqlite3")
        files = Files(folder)
        files.sweep(clock() - uploads.UPLOAD_LIFE)
        self._life = _sign_of_life(folder / "workers")
        name, has_ended = ("", _unknown) if self._life is None else (self._life.name, self._life.has_ended)
        strict = options.concurrency == "strict"
        table = TaskTable(self._ledger, clock, strict=strict, drop=files.drop, has_ended=has_ended)
        self._worker = Worker(table, files, clock, painter, options, name)
        store = FileStore(self._ledger, files, clock)
        api = Api(self._ledger, files, table, self._worker, store, clock, options)
        handlers = {
            RefusalError: api.refuse,
            HTTPException: api.refuse_path,
            ClientDisconnect: api.let_go,
            Exception: api.fail,
        }
        self._routes = Starlette(routes=[*api.routes, *store.routes], exception_handlers=handlers)
        self._gate = FaultGate(self._answered, faults)
        self.faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a call."""
        if scope["type"] != "http":
            await self._routes(scope, receive, send)
            return
        await self._gate({**scope, "path": scope["path"].rstrip("/") or "/"}, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What fails here was answered with 500 and logged by `Api.fail`; the framework raises it once more.
        with suppress(Exception):
            await self._routes(scope, receive, send)

    def close(self) -> None:
        """Stop painting and close the files; what is unfinished goes on with the next service on the same folder."""
        self._worker.close()
        self._ledger.close()
        if self._life is not None:
            self._life.end()


def _sign_of_life(folder: Path) -> Life | None:
    try:
        return Life(folder)
    except OSError as error:
        log.info("A worker that dies is noticed late: %s", error)  # by its lease
        return None


def _unknown(worker: str) -> bool:
    return False


class Api:
    """The routes below `/api/v1`."""

    def __init__(
        self,
        ledger: Ledger,
        files: Files,
        table: TaskTable,
        worker: Worker,
        store: FileStore,
        clock: Clock,
        options: Options,
    ) -> None:
        self._ledger = ledger
        self._files = files
        self._table = table
        self._worker = worker
        self._store = store
        self._clock = clock
        self._options = options
        self._paces = {name: Pace(QUERIES, clock) for name in ("poll", "list", "cancel")}
        self._paces["permit"] = Pace(PERMITS, clock)
        self.routes = [
            Route(f"{ROOT}/services/{{path:path}}", self._submit, methods=["POST"]),
            Route(f"{ROOT}{wire.TASKS_PATH}", self._list, methods=["GET"]),
            Route(f"{ROOT}{wire.TASKS_PATH}/{{task_id}}", self._poll, methods=["GET"]),
            Route(f"{ROOT}{wire.TASKS_PATH}/{{task_id}}/cancel", self._cancel, methods=["POST"]),
            Route(f"{ROOT}{wire.UPLOADS_PATH}", self._permit, methods=["GET"]),
        ]

    async def _submit(self, request: Request) -> Response:
        account = self._account(request)
        raw = await _body(request)
        if request.url.path != ROOT + wire.SUBMIT_PATH:
            raise refusals.WRONG_PATH.refusal()
        body, problem = _parsed(raw, request.headers.get("content-type", ""))
        if problem is None:
            check_model(body)
        _require(request, wire.ASYNC_HEADERS, refusals.SYNCHRONOUS)
        if problem is not None:
            raise problem
        order, url = read_order(body)
        sketch = await self._sketch(request, account, url)
        task = self._table.submit(
            account,
            request_id=answers.request_id(),
            model=body["model"],
            order=order,
            sketch=sketch,
            sketch_url=url,
            mishap=request.scope[MISHAP],
        )
        self._worker.kick(task.queue)
        return _json(answers.accepted(task), task.request_id, "application/json")

    async def _poll(self, request: Request) -> Response:
        account = self._account(request, "poll")
        task_id, number = request.path_params["task_id"], answers.request_id()
        task = self._table.get(account, task_id)
        if task is None:
            return _json(answers.unknown(task_id, number), number)
        if not task.is_final:
            self._worker.kick(task.queue)
        return _json(answers.polled(task, number, lambda file: self._address(request, task, file)), number)

    async def _list(self, request: Request) -> Response:
        account = self._account(request, "list")
        listing = read_listing(request.query_params, self._clock())
        tasks = [task for task in self._table.listed(account, listing.start, listing.end) if listing.takes(task)]
        number = answers.request_id()
        return _json(answers.listed(tasks, listing.page_no, listing.page_size, number), number)

    async def _cancel(self, request: Request) -> Response:
        account = self._account(request, "cancel")
        self._table.cancel(account, request.path_params["task_id"])
        number = answers.request_id()
        return _json(answers.CancelAnswer(number), number)

    async def _permit(self, request: Request) -> Response:
        model = request.query_params.get("model", "")
        account = self._account(request, "permit", model)
        if request.query_params.get("action") != "getPolicy":
            raise refusals.BAD_PARAMETER.refusal(name="action")
        check_model({"model": model})
        number = answers.request_id()
        permit = uploads.permit(account, model, number, _origin(request) + UPLOAD_PATH, self._clock(), self._files)
        return _json(wire.PermitAnswer(permit, number), number, "application/json")

    async def refuse(self, request: Request, error: Exception) -> Response:
        """Answer a refusal."""
        assert isinstance(error, RefusalError)
        number = answers.request_id()
        return _json(answers.refused(error, number), number, "application/json", error.status)

    async def refuse_path(self, request: Request, error: Exception) -> Response:
        """Answer a call that has no route; the key comes first here too."""
        try:
            self._account(request)
        except RefusalError as refusal:
            return await self.refuse(request, refusal)
        if isinstance(error, HTTPException) and error.status_code == 405:
            return await self.refuse(request, refusals.BAD_METHOD.refusal(method=request.method))
        return await self.refuse(request, refusals.NOT_FOUND.refusal())

    async def let_go(self, request: Request, error: Exception) -> Response:
        """Answer a caller who hung up before the whole call had come; nobody reads it, and nothing was done."""
        return await self.refuse(request, refusals.NO_BODY.refusal())

    async def fail(self, request: Request, error: Exception) -> Response:
        """Answer a fault of our own, for instance a full disk."""
        log.error("The offline service failed.", exc_info=error)
        return await self.refuse(request, refusals.INTERNAL.refusal())

    def _account(self, request: Request, pace: str = "", more: str = "") -> Account:
        """Return who calls, if key, workspace and pace allow it."""
        scheme, _, key = request.headers.get(wire.KEY_HEADER, "").strip().partition(" ")
        key = key.strip()
        if not scheme or (scheme.lower() == "bearer" and not key):
            raise refusals.NO_KEY.refusal()
        if scheme.lower() != "bearer" or (self._options.keys is not None and key not in self._options.keys):
            raise refusals.BAD_KEY.refusal()
        workspace = request.headers.get(wire.WORKSPACE_HEADER)
        known = self._options.workspaces
        if workspace is not None and known is not None and workspace not in known:
            raise refusals.BAD_WORKSPACE.refusal()
        account = account_of(key)
        if pace and not self._paces[pace].allows(f"{account.queue} {more}"):
            raise refusals.RATE.refusal()
        return account

    async def _sketch(self, request: Request, account: Account, url: str) -> str:
        """Return the file of a sketch; the first edition of the documents also judges it here."""
        errors = SKETCH_ERRORS[self._options.edition]
        file = await self._found(request, account, url)
        if file is None:
            raise errors.unreachable.refusal(url=url)
        if self._options.edition == "2024":
            await anyio.to_thread.run_sync(sketches.judged, self._files.read(file), url, errors)
        return file

    async def _found(self, request: Request, account: Account, url: str) -> str | None:
        if url.startswith(wire.OSS_SCHEME):
            _require(request, wire.RESOLVE_HEADERS, refusals.UNRESOLVED)
            holder = uploads.owner(account, wire.MODEL)
            return uploads.find(self._ledger, url.removeprefix(wire.OSS_SCHEME), holder, self._clock())
        if url.startswith(f"{_origin(request)}/results/"):
            return self._own_picture(url)
        data = await anyio.to_thread.run_sync(fetching.fetched, url, self._options.reach)
        return None if data is None else uploads.keep_fetched(self._ledger, self._files, data, self._clock())

    def _own_picture(self, url: str) -> str | None:
        """Return the file of a picture painted here, which may be the next sketch."""
        parts = urlsplit(url)
        query = parse_qs(parts.query)
        try:
            return self._store.file_at(parts.path, query.get("Expires", [""])[0], query.get("Signature", [""])[0])
        except RefusalError:
            return None

    def _address(self, request: Request, task: Task, file: str) -> str:
        ended = task.end_time or task.submit_time
        return _origin(request) + self._files.signed(f"/{file}", int(ended + LIFE))


def _origin(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _require(request: Request, headers: Mapping[str, str], otherwise: refusals.Entry) -> None:
    for name, value in headers.items():
        if request.headers.get(name, "").lower() != value:
            raise otherwise.refusal()


async def _body(request: Request) -> bytes:
    """Return a submission's body, of which no more is read than is allowed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise refusals.TOO_LARGE.refusal()
    return bytes(body)


def _parsed(raw: bytes, content_type: str) -> tuple[Any, RefusalError | None]:
    """Return what a body says, or why it cannot be read: that comes after other checks."""
    try:
        return json_of(raw, content_type), None
    except RefusalError as refusal:
        return None, refusal


def _json(
    body: msgspec.Struct, request_id: str, media_type: str = "application/json;charset=UTF-8", status: int = 200
) -> Response:
    headers = {"x-request-id": request_id, "x-dashscope-call-gateway": "true"}
    return Response(msgspec.json.encode(body), status, headers, media_type)
