"""DashScopeClient: one HTTP call a method.

Refuses to loop, to wait, and to send the key anywhere but to the service. How a call travels stands in `transport`,
what an answer of the service means in `answer`.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import httpx

from sketch_widget import settings
from sketch_widget.errors import AnswerError, KeyMissingError, NotSentError, PictureError
from sketch_widget.service import addresses, faults, signature, wire
from sketch_widget.service.answer import Answer, download_refusal, refusal, upload_refusal
from sketch_widget.service.request import GenerationRequest
from sketch_widget.service.task import Task, TaskPage
from sketch_widget.service.transport import TIMEOUT, Transport
from sketch_widget.settings import Secret

SKETCH_LIMIT = 10 * 2**20  # bytes; the service's document: "smaller than 10 MB"
PICTURE_LIMIT = 32 * 2**20  # bytes; ours: 768 x 768 pixels without any compression are 2.4 MB
ANSWER_LIMIT = 4 * 2**20  # bytes; ours: a page of 100 tasks is 50 kB


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
            timeout: Seconds without progress after which a call is given up, up to a day; a whole call may take twice,
                a file ten times as long.

        Raises:
            InputError: The key, the address or the workspace cannot be put into a request, or the timeout is none.
        """
        self.api_key = None if api_key is None else addresses.check_key(api_key)
        self.base_url = addresses.check_base_url(settings.BASE_URL if base_url is None else base_url)
        self.workspace = addresses.check_workspace(workspace)
        self._transport = Transport(transport, timeout)

    def __repr__(self) -> str:
        return f"<DashScopeClient at {self.base_url}, {'no key' if self.api_key is None else 'key hidden'}>"

    async def open(self) -> None:
        """Read the certificates now, so that the first call need not wait a tenth of a second for them."""
        with suppress(NotSentError):  # the first call will say so
            self._transport.open()

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
        answer = await self._transport.exchange(
            "POST",
            permit.upload_host,
            limit=ANSWER_LIMIT,
            deadline=min(permit.expire_in_seconds, self._transport.file_seconds),
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
        deadline = self._transport.file_seconds
        answer = await self._transport.exchange("GET", url, limit=PICTURE_LIMIT, deadline=deadline, headers=headers)
        if answer.status != 200:
            raise download_refusal(answer)
        if signature.kind_of(answer.body) is None:
            raise faults.build(faults.NO_PICTURE, http_status=200, message=wire.decode_problem(answer.body).message)
        if not signature.is_whole(answer.body):
            raise AnswerError("service.half_picture", http_status=200)
        return answer.body

    async def aclose(self) -> None:
        """Close all connections. A later call opens new ones."""
        await self._transport.aclose()

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
        answer = await self._transport.exchange(
            method,
            self.base_url + path,
            limit=ANSWER_LIMIT,
            deadline=self._transport.call_seconds,
            key=self.api_key,
            params=params,
            headers=own | dict(headers or {}),
            content=content,
        )
        answer = answer.without(self.api_key)
        if answer.status != 200:
            raise refusal(answer, task_id)
        return answer
