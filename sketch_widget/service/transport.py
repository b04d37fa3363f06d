"""The way to a host: one request there, one answer back, over httpx.

Refuses to follow redirects, to wait without end, to read more than it was told to, and to believe what a header says
about a body. Errors of httpx become ours in `translate` and are raised with no foreign frame in the traceback, because
such a frame holds the request with its key.
"""

import logging
import reprlib
import time
from collections.abc import Generator
from importlib.metadata import PackageNotFoundError, version
from numbers import Real
from typing import Any

import httpx

from sketch_widget.errors import AnswerError, InputError, NotSentError, OutcomeUnknownError
from sketch_widget.service import addresses, faults, retry, wire
from sketch_widget.service.answer import Answer
from sketch_widget.settings import Secret

TIMEOUT = 30.0  # seconds without progress; the service answers a submit within one
LONGEST_TIMEOUT = 86_400.0  # seconds; ours: the service keeps nothing for more than a day
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


def check_timeout(seconds: Any) -> float:
    """Return how long a call may stand still, in seconds.

    Raises:
        InputError: It is no number above 0, or more than a day.
    """
    is_number = isinstance(seconds, Real) and not isinstance(seconds, bool)
    if not (is_number and 0 < seconds <= LONGEST_TIMEOUT):  # nor is it then "not a number"
        raise InputError("service.timeout", shown=reprlib.repr(seconds), longest=f"{LONGEST_TIMEOUT:.0f}")
    return float(seconds)


class Transport:
    """Sends requests and reads their answers; the connections stay open until it is closed.

    Attributes:
        call_seconds: How long a whole call may take.
        file_seconds: How long a whole file may take.
    """

    def __init__(self, carrier: httpx.AsyncBaseTransport | None = None, timeout: float = TIMEOUT) -> None:
        """Check the timeout; nothing is opened before `open` or the first request.

        Args:
            carrier: What carries the requests instead of the network.
            timeout: Seconds without progress after which a request is given up.

        Raises:
            InputError: `timeout` is none.
        """
        self._timeout = check_timeout(timeout)
        self._carrier = carrier
        self._http: httpx.AsyncClient | None = None
        self.call_seconds = CALL_PATIENCE * self._timeout
        self.file_seconds = TRANSFER_PATIENCE * self._timeout

    def open(self) -> httpx.AsyncClient:
        """Read the certificates, where that was not done yet, and return what sends requests.

        Raises:
            NotSentError: The surroundings, such as certificates or a proxy, are not in order.
        """
        if self._http is None:
            logging.getLogger("httpx").addFilter(_without_query)
            timeout = httpx.Timeout(self._timeout, connect=min(self._timeout, CONNECT_TIMEOUT))
            headers = {"User-Agent": user_agent(), "Accept": "application/json"}
            try:
                self._http = httpx.AsyncClient(
                    transport=self._carrier, timeout=timeout, follow_redirects=False, headers=headers
                )
            except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:  # of certificates, or of a proxy
                raise NotSentError("service.surroundings", reason=faults.told(error)) from None
        return self._http

    async def exchange(
        self, method: str, url: str, *, limit: int, deadline: float, key: Secret | None = None, **parts: Any
    ) -> Answer:
        """Send a request and return its answer, whatever its status.

        Args:
            method: Such as "GET".
            url: Where to.
            limit: Bytes that the answer may have.
            deadline: Seconds for all of it.
            key: Goes into the one header that carries it.
            parts: The request's parts, as httpx names them.

        Raises:
            NotSentError: It certainly was not delivered.
            OutcomeUnknownError: It may have been.
            AnswerError: The answer is longer than `limit`.
        """
        import asyncio  # late: 15 ms of an import

        http = self.open()
        try:
            request = http.build_request(method, url, **parts)
            async with asyncio.timeout(deadline):
                response = await http.send(request, stream=True, auth=None if key is None else _Bearer(key))
                try:
                    body = await _read(response, limit)
                finally:
                    await response.aclose()
            return Answer(response.status_code, body, _retry_after(response))
        except _FOREIGN as error:
            problem = translate(error, addresses.host_of(url))
        raise problem

    async def aclose(self) -> None:
        """Close all connections. A later request opens new ones."""
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()


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
