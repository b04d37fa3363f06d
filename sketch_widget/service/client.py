"""DashScopeClient: one HTTP call a method, over httpx.

Refuses to loop, to wait, to follow redirects, to send the key anywhere but to the service, and to believe what a header
says about a body. Errors of httpx are translated in `translate`, those of the service in `answer`; both are raised with
no foreign frame in the traceback, because such a frame holds the request with its key.
"""

import logging
import time
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import httpx

from sketch_widget import settings
from sketch_widget.errors import (
    AnswerError,
    KeyMissingError,
    NotSentError,
    OutcomeUnknownError,
    PictureError,
)
from sketch_widget.service import addresses, faults, retry, signature, wire
from sketch_widget.service.answer import Answer, download_refusal, refusal, upload_refusal
from sketch_widget.service.request import GenerationRequest
from sketch_widget.service.task import Task, TaskPage
from sketch_widget.settings import Secret

SKETCH_LIMIT = 10 * 2**20  # bytes; the service's document: "smaller than 10 MB"
PICTURE_LIMIT = 32 * 2**20  # bytes; ours: 768 x 768 pixels without any compression are 2.4 MB
ANSWER_LIMIT = 4 * 2**20  # bytes; ours: a page of 100 tasks is 50 kB

TIMEOUT = 30.0  # seconds without progress; the service answers a submit within one
CONNECT_TIMEOUT = 10.0  # seconds
CALL_PATIENCE = 2  # times the timeout, for a whole call: an answer given byte by byte must end too
TRANSFER_PATIENCE = 10  # times the timeout, for a whole file

# Most specific first. "Not sent" only where it is certain; anything unforeseen may have been delivered.
TRANSLATION: tuple[tuple[type[BaseException], type[NotSentError | OutcomeUnknownError], str], ...] = (
    (httpx.ConnectTimeout, NotSentError, "service.no_connection"),
    (httpx.ConnectError, NotSentError, "service.no_connection"),
    (httpx.PoolTimeout, NotSentError, "service.no_connection"),
    (httpx.ProxyError, NotSentError, "service.proxy"),  # raised while the tunnel is opened, before the request
    (httpx.UnsupportedProtocol, NotSentError, "service.no_connection"),
    (httpx.InvalidURL, NotSentError, "service.no_connection"),
    (httpx.TimeoutException, OutcomeUnknownError, "service.no_answer"),
    (TimeoutError, OutcomeUnknownError, "service.no_answer"),
    (httpx.HTTPError, OutcomeUnknownError, "service.cut_off"),
    (httpx.StreamError, OutcomeUnknownError, "service.cut_off"),
    (httpx.CookieConflict, OutcomeUnknownError, "service.cut_off"),
    (OSError, OutcomeUnknownError, "service.cut_off"),
)


def translate(error: BaseException, host: str) -> NotSentError | OutcomeUnknownError:
    """Return our error for one of the transport: certainly not delivered, or perhaps delivered."""
    reason = faults.told(error)
    for foreign, ours, key in TRANSLATION:
        if isinstance(error, foreign):
            return ours(key, host=host, reason=reason)
    return OutcomeUnknownError("service.cut_off", host=host, reason=reason)


_FOREIGN = tuple(foreign for foreign, _, _ in TRANSLATION)


class _Bearer(httpx.Auth):
    """Puts the key into the one header that carries it, at the last moment, so that no variable of ours holds it."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers[wire.KEY_HEADER] = f"Bearer {self._key.reveal()}"
        yield request


class DashScopeClient:
    """Speaks to the sketch-to-image service, or to anything that speaks its dialect.

    Works on the event loop on which it is first used. Every method raises the same family: `ServiceError` when the
    service refused, `NotSentError` when it certainly was not reached, `OutcomeUnknownError` when it may have been.

    Attributes:
        api_key: The key, hidden; None when there is none.
        base_url: Where the service answers, without a slash at the end.
        workspace: The service's workspace id, or None for the default one.
    """

    def __init__(
        self,
        api_key: str | Secret | None = None,
        *,
        base_url: str | None = None,
        workspace: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """Check the settings; nothing is read or opened before `open` or the first call.

        Args:
            api_key: The key.
            base_url: Where the service answers; its public address when not given.
            workspace: The service's workspace id.
            transport: What carries the calls instead of the network.
            timeout: Seconds without progress after which a call is given up; a whole call may take twice, a file ten
                times as long.

        Raises:
            InputError: The key, the address or the workspace cannot be put into a request.
        """
        self.api_key = None if api_key is None else addresses.check_key(api_key)
        self.base_url = addresses.check_base_url(settings.BASE_URL if base_url is None else base_url)
        self.workspace = addresses.check_workspace(workspace)
        self._transport = transport
        self._timeout = timeout
        self._http: httpx.AsyncClient | None = None

    def __repr__(self) -> str:
        return f"<DashScopeClient at {self.base_url}, {'no key' if self.api_key is None else 'key hidden'}>"

    async def open(self) -> None:
        """Read the certificates now, so that the first call need not wait a tenth of a second for them."""
        with suppress(NotSentError):  # the first call will say so
            self._client()

    async def upload(self, png: bytes, *, name: str = "sketch.png") -> str:
        """Bring a sketch to the service's file store and return its `oss://` address, which is good for 48 hours.

        Asks for leave to upload and uses it at once. May be repeated freely.

        Raises:
            PictureError: The bytes are no picture, or more than 10 MB.
        """
        kind = signature.kind_of(png)
        if kind is None:
            raise PictureError("service.sketch_kind")
        permit = await self._permit()
        limit = min(SKETCH_LIMIT, (permit.max_file_size_mb or 10) * 2**20)
        if len(png) > limit:
            raise PictureError("service.sketch_size", size=len(png) / 2**20, limit=limit / 2**20)
        key = f"{permit.upload_dir.strip('/')}/{addresses.ascii_name(name)}"
        answer = await self._exchange(
            "POST",
            permit.upload_host,
            limit=ANSWER_LIMIT,
            deadline=min(permit.expire_in_seconds, TRANSFER_PATIENCE * self._timeout),
            data=permit.form(key),
            files={"file": (addresses.ascii_name(name), png, f"image/{kind}")},
        )
        if not 200 <= answer.status < 300:
            raise upload_refusal(answer)
        return f"{wire.OSS_SCHEME}{key}"

    async def submit(self, request: GenerationRequest, sketch_image_url: str) -> Task:
        """Submit a task and return it with its id. It is charged for when it succeeds.

        Args:
            request: What is asked; its colours must be known (`request.resolved`).
            sketch_image_url: What `upload` returned, or an address that the service can read.

        Raises:
            RequestError: The colours are still "auto", or the address is none.
        """
        body = wire.encode_submission(request, addresses.check_sketch_url(sketch_image_url))
        headers = wire.ASYNC_HEADERS | {"Content-Type": "application/json"}
        if sketch_image_url.startswith(wire.OSS_SCHEME):
            headers |= wire.RESOLVE_HEADERS
        answer = await self._call("POST", wire.SUBMIT_PATH, headers=headers, content=body)
        task = wire.decode_task(answer.body)
        if task is None or not task.task_id:
            raise refusal(answer)
        return task

    async def task(self, task_id: str) -> Task:
        """Return how a task stands. A task that the service does not know has the status UNKNOWN."""
        answer = await self._call("GET", wire.task_path(addresses.check_task_id(task_id)), task_id=task_id)
        task = wire.decode_task(answer.body)
        if task is None or not task.status or task.task_id not in ("", task_id):
            raise refusal(answer, task_id)
        return replace(task, task_id=task_id)

    async def tasks(
        self,
        *,
        start: float | None = None,
        end: float | None = None,
        status: str | None = None,
        page_no: int = 1,
        page_size: int = 10,
    ) -> TaskPage:
        """Return one page of the account's tasks of this model.

        Args:
            start: Only tasks submitted since then; seconds since 1970. By the service's rule, 24 hours before `end`.
            end: Only tasks submitted until then; by the service's rule, 24 hours after `start`, or now.
            status: Only tasks with this status.
            page_no: Which page, from 1.
            page_size: How many tasks a page.
        """
        query = wire.list_query(start, end, status, page_no, page_size)
        answer = await self._call("GET", wire.TASKS_PATH, params=query)
        page = wire.decode_page(answer.body)
        if page is None:
            raise refusal(answer)
        return page

    async def cancel(self, task_id: str) -> None:
        """Cancel a task that still waits.

        Raises:
            CancelRefusedError: It waits no longer, or the service does not know it.
        """
        answer = await self._call("POST", wire.cancel_path(addresses.check_task_id(task_id)), task_id=task_id)
        if not wire.is_receipt(answer.body):
            raise refusal(answer, task_id)

    async def download(self, url: str) -> bytes:
        """Return a picture's bytes: PNG, JPEG or WEBP, complete. The address is used as it is, without the key.

        Raises:
            NotAllowedError: The address is no longer good; pictures are kept for 24 hours.
            AnswerError: The address is not the service's, or what came is no complete picture.
        """
        if not addresses.is_trusted(url, self.base_url):
            raise AnswerError("service.address", host=addresses.host_of(url))
        # Compression would only hide the length, and pictures do not shrink.
        headers = {"Accept": "image/*", "Accept-Encoding": "identity"}
        deadline = TRANSFER_PATIENCE * self._timeout
        answer = await self._exchange("GET", url, limit=PICTURE_LIMIT, deadline=deadline, headers=headers)
        if answer.status != 200:
            raise download_refusal(answer)
        if signature.kind_of(answer.body) is None:
            raise faults.build(faults.NO_PICTURE, http_status=200, message=wire.decode_problem(answer.body).message)
        if not signature.is_whole(answer.body):
            raise AnswerError("service.half_picture", http_status=200)
        return answer.body

    async def aclose(self) -> None:
        """Close all connections. A later call opens new ones."""
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            logging.getLogger("httpx").addFilter(_without_query)
            timeout = httpx.Timeout(self._timeout, connect=min(self._timeout, CONNECT_TIMEOUT))
            headers = {"User-Agent": user_agent(), "Accept": "application/json"}
            try:
                self._http = httpx.AsyncClient(
                    transport=self._transport, timeout=timeout, follow_redirects=False, headers=headers
                )
            except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:  # of certificates, or of a proxy
                raise NotSentError("service.surroundings", reason=faults.told(error)) from None
        return self._http

    async def _permit(self) -> wire.Permit:
        answer = await self._call("GET", wire.UPLOADS_PATH, params=wire.permit_query())
        permit = wire.decode_permit(answer.body)
        if permit is None:
            raise refusal(answer)
        if permit.expire_in_seconds <= 0 or not addresses.is_trusted(permit.upload_host, self.base_url):
            raise AnswerError("service.address", host=addresses.host_of(permit.upload_host))
        return permit

    async def _call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        task_id: str = "",
    ) -> Answer:
        """Make one call with the key and return its answer, which has the status 200."""
        if self.api_key is None:
            raise KeyMissingError("service.no_key")
        own = {wire.WORKSPACE_HEADER: self.workspace} if self.workspace else {}
        answer = await self._exchange(
            method,
            self.base_url + path,
            limit=ANSWER_LIMIT,
            deadline=CALL_PATIENCE * self._timeout,
            auth=_Bearer(self.api_key),
            params=params,
            headers=own | dict(headers or {}),
            content=content,
        )
        answer = answer.without(self.api_key)
        if answer.status != 200:
            raise refusal(answer, task_id)
        return answer

    async def _exchange(
        self, method: str, url: str, *, limit: int, deadline: float, auth: httpx.Auth | None = None, **parts: Any
    ) -> Answer:
        """Send a request of these parts and read its answer, at most `limit` bytes within `deadline` seconds."""
        import asyncio  # late: 15 ms of an import

        http = self._client()
        try:
            request = http.build_request(method, url, **parts)
            async with asyncio.timeout(deadline):
                response = await http.send(request, stream=True, auth=auth)
                try:
                    body = await _read(response, limit)
                finally:
                    await response.aclose()
            return Answer(response.status_code, body, _retry_after(response))
        except _FOREIGN as error:
            problem = translate(error, addresses.host_of(url))
        raise problem


def user_agent() -> str:
    """Return the product's name and version, as servers see it."""
    try:
        return f"sketch-widget/{version('sketch-widget')}"
    except PackageNotFoundError:  # run from a folder that was never installed
        return "sketch-widget"


async def _read(response: httpx.Response, limit: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise AnswerError("service.too_large", http_status=response.status_code, limit=limit / 2**20)
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > len(body) and "Content-Encoding" not in response.headers:
        raise httpx.RemoteProtocolError(f"{len(body)} of {announced} bytes came")
    return bytes(body)


def _retry_after(response: httpx.Response) -> float | None:
    return retry.parse_retry_after(response.headers.get("Retry-After"), time.time())


def _without_query(record: logging.LogRecord) -> bool:
    """Take signatures out of the addresses that httpx logs: whoever has such an address has the picture."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            value.copy_with(query=None) if isinstance(value, httpx.URL) else value for value in record.args
        )
    return True
