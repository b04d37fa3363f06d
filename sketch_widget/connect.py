"""The composition root: which service is used, and one queue, one history and one client for it in this process.

The only module that knows online and offline: both are the same client, over the network or over the embedded service.
"""

import atexit
import getpass
import logging
import secrets
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sketch_widget import settings, words
from sketch_widget.errors import InputError, KeyMissingError, SketchWidgetWarning, system_reason
from sketch_widget.locks import Life
from sketch_widget.runs.store import RunStore
from sketch_widget.settings import SERVICES, Secret, Settings

if TYPE_CHECKING:
    from sketch_widget.jobs.portal import Portal
    from sketch_widget.jobs.ports import Turns
    from sketch_widget.jobs.queue import JobQueue
    from sketch_widget.service.client import DashScopeClient

OFFLINE_URL = "http://offline.invalid/api/v1"  # a name that no network resolves: such a call never leaves the process
OFFLINE_KEY = "offline-"  # how the keys begin that open this machine's own offline account
FAREWELL = 2.0  # seconds that open connections are given when everything ends

log = logging.getLogger("sketch_widget")


@dataclass(frozen=True)
class Connection:
    """A service, ready to be asked.

    Attributes:
        service_name: "dashscope" or "offline".
        queue: Takes requests and carries them as jobs.
        store: The history on disk.
    """

    service_name: str
    queue: "JobQueue"
    store: RunStore


def open(service: "str | DashScopeClient" = "auto") -> Connection:
    """Return the connection to a service: one per process, service and key.

    Args:
        service: "auto": DashScope where a key is found, else the offline preview; "offline"; "dashscope"; or a client.

    Raises:
        KeyMissingError: "dashscope" was asked for and there is no key.
        InputError: `service` is none of these, or the file named for the key cannot be read.

    Warns where a service's address is set and the offline preview is used all the same, because there is no key.
    """
    return _process.connection(service, settings.read())


def ask_key() -> None:
    """Ask for the DashScope key in the terminal or the notebook, hidden, and keep it until the process ends.

    Raises:
        KeyMissingError: Nothing was typed.
    """
    typed = getpass.getpass(words.say("connect.ask_key") + " ").strip()
    if not typed:
        raise KeyMissingError("connect.no_key")
    _process.key = Secret(typed)


def forget_key() -> None:
    """Forget the key that was typed."""
    _process.key = None


def close() -> None:
    """End all connections and their background loop; the next `open` starts anew. Unfinished tasks are on the disk."""
    _process.close()


def choose(service: str, found: Settings) -> str:
    """Return "dashscope" or "offline" for what was asked and what the surroundings say; an argument wins.

    Raises:
        KeyMissingError: "dashscope" was asked for and there is no key.
        InputError: `service` is none of "auto", "offline" and "dashscope", or the file named for the key is unreadable.
    """
    if service not in SERVICES:
        raise InputError("connect.service", value=service, allowed=", ".join(SERVICES))
    wanted = found.service if service == "auto" else service
    if wanted != "offline" and found.key_problem is not None:
        raise found.key_problem
    if wanted == "dashscope" and found.api_key is None:
        raise KeyMissingError("connect.no_key")
    if wanted == "auto":
        return "offline" if found.api_key is None else "dashscope"
    return wanted


class LateApp:
    """The embedded service, made with the first call: a session that never paints offline imports none of it."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._lock: Any = None
        self._app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a call."""
        import asyncio  # late: 15 ms of an import

        if self._lock is None:
            self._lock = asyncio.Lock()
        async with self._lock:
            if self._app is None:
                self._app = await asyncio.to_thread(self._make)
        await self._app(scope, receive, send)

    def close(self) -> None:
        """Stop painting; what is unfinished goes on in the next process that asks."""
        if self._app is not None:
            self._app.close()


class _Process:
    """What this process has open."""

    def __init__(self) -> None:
        self.key: Secret | None = None
        self._lock = threading.Lock()
        self._connections: dict[tuple[object, ...], Connection] = {}
        self._clients: list[DashScopeClient] = []
        self._apps: list[LateApp] = []
        self._portal: Portal | None = None
        self._life: Life | None = None

    def connection(self, service: "str | DashScopeClient", found: Settings) -> Connection:
        from sketch_widget.service.client import DashScopeClient  # late: httpx, of which an import alone has no need

        found = _with_key(found, self.key)
        with self._lock:
            if isinstance(service, DashScopeClient):
                return self._known(("client", service, found.home), found, lambda: service)
            if choose(service, found) == "offline":
                if "auto" == service == found.service and found.base_url != settings.BASE_URL:
                    warnings.warn(SketchWidgetWarning("connect.address_unused", address=found.base_url), stacklevel=3)
                return self._known(("offline", found.home), found, lambda: self._offline(found))
            mark = (found.api_key, found.base_url, found.workspace)
            return self._known(("dashscope", *mark, found.home), found, lambda: _dashscope(found))

    def close(self) -> None:
        with self._lock:
            self._hang_up()
            if self._portal is not None:
                self._portal.stop()
            for connection in self._connections.values():
                connection.queue.close()
            for app in self._apps:
                app.close()
            if self._life is not None:
                self._life.end()
            self._connections, self._clients, self._apps, self._life = {}, [], [], None

    def _hang_up(self) -> None:
        """Close the clients' connections on the loop that opened them."""
        portal = self._portal
        if portal is None or not portal.is_running or portal.is_here:
            return
        clients, done = list(self._clients), threading.Event()

        async def hang_up() -> None:
            try:
                for client in clients:
                    await client.aclose()
            finally:
                done.set()

        portal.start(hang_up)
        done.wait(FAREWELL)

    def _known(self, mark: tuple[object, ...], found: Settings, client: "Callable[[], DashScopeClient]") -> Connection:
        if mark not in self._connections:
            name = "offline" if mark[0] == "offline" else "dashscope"
            self._connections[mark] = self._connect(name, client(), found)
        return self._connections[mark]

    def _connect(self, name: str, client: "DashScopeClient", found: Settings) -> Connection:
        from sketch_widget.jobs.portal import Portal  # late: asyncio, 15 ms of an import
        from sketch_widget.jobs.queue import JobQueue

        if self._portal is None:
            self._portal = Portal()
        self._clients.append(client)
        life = self._sign_of_life(found)
        owner = f"process-{secrets.token_hex(4)}" if life is None else life.name
        alive = _nobody if life is None else life.alive
        store = RunStore(found.home, owner=owner, alive=alive)
        # Each process is an offline account of its own, so that only DashScope's line is shared.
        key = None if name == "offline" else client.api_key
        turns = None if key is None else _turns(key, life)
        account = "" if key is None else account_of(key, client.base_url)
        queue = JobQueue(client, store, self._portal, service_name=name, account=account, turns=turns)
        if name != "offline":
            self._portal.start(client.open)
        return Connection(name, queue, store)

    def _offline(self, found: Settings) -> "DashScopeClient":
        import httpx  # late, as the client

        from sketch_widget.service.client import DashScopeClient

        app = LateApp(lambda: _embedded(found.home / "offline"))
        self._apps.append(app)
        # Each process has a key of its own: by the offline service's rule, limits of its own and tasks in common.
        key = OFFLINE_KEY + secrets.token_hex(8)
        return DashScopeClient(key, base_url=OFFLINE_URL, transport=httpx.ASGITransport(app, client=("127.0.0.1", 1)))

    def _sign_of_life(self, found: Settings) -> Life | None:
        if self._life is None:
            try:
                self._life = Life(found.local)
            except OSError as error:
                reason = system_reason(error)
                log.warning(SketchWidgetWarning("connect.no_local", path=str(found.local), reason=reason))
        return self._life


def account_of(key: Secret, base_url: str) -> str:
    """Return a name for the account that a key opens at a service; it gives the key not away."""
    address = urlsplit(base_url)
    port = f":{address.port}" if address.port else ""
    return f"{key.fingerprint()}@{address.hostname}{port}"


def _with_key(found: Settings, key: Secret | None) -> Settings:
    return found if key is None else replace(found, api_key=key, key_problem=None)


def _dashscope(found: Settings) -> "DashScopeClient":
    from sketch_widget.service.client import DashScopeClient

    return DashScopeClient(found.api_key, base_url=found.base_url, workspace=found.workspace)


def _embedded(folder: Path) -> Any:
    from sketch_widget.offline.app import create_app  # late: starlette and the painters

    return create_app(folder)


def _turns(key: Secret, life: Life | None) -> "Turns":
    from sketch_widget.jobs.account import shared_turns  # late: sqlite3
    from sketch_widget.jobs.queue import RealClock

    return shared_turns(key.fingerprint(), life, RealClock())


def _nobody(name: str) -> bool:
    return False


_process = _Process()
atexit.register(close)
