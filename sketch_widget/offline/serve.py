"""The embedded service on a port, for other programs: the official SDK and any other client work against it unchanged.

Needs uvicorn (the extra `serve`). It listens on this computer only unless it is told otherwise, because it takes any
key, and whoever reaches it may let it paint. Callers on this computer may name a sketch at one of this computer's own
web addresses; callers from elsewhere may not, or they would see through it what only this computer sees.
"""

import asyncio
import ipaddress
import os
import shlex
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from sketch_widget import words
from sketch_widget.errors import InputError, system_reason
from sketch_widget.offline.app import ROOT, create_app
from sketch_widget.offline.asgi import App, Receive, Scope, Send
from sketch_widget.offline.faults import parse
from sketch_widget.offline.fetching import Reach
from sketch_widget.offline.options import Options
from sketch_widget.offline.worker import Painter, paint

HOST = "127.0.0.1"
PORT = 8931
LAST_PORT = 65535
_FAREWELL = 1  # seconds that open answers are given when the service ends


def serve(
    host: str = HOST,
    port: int = PORT,
    *,
    folder: Path,
    faults: str = "",
    options: Options | None = None,
    painter: Painter = paint,
    announce: Callable[[str], None] = print,
    lang: str = "auto",
) -> None:
    """Serve until Ctrl+C.

    Args:
        host: Where to listen.
        port: The port; 0 takes a free one.
        folder: Where tasks and pictures are kept for a day.
        faults: What is to go wrong, in the words of `faults`.
        options: How strict and how fast the service is.
        painter: Paints a commission; the painters of this package when not given.
        announce: Told once where the service listens.
        lang: The language that it is told in: "en", "zh" or "auto".

    Raises:
        InputError: uvicorn is not installed, the port cannot be used, or `faults` names none that is known.
        StoreError: The folder cannot be written.
    """
    uvicorn = _uvicorn()
    parse(faults)  # refused before anything is opened
    with closing(_listen(host, port)) as listener:
        chosen = options or Options()
        if _is_private(listener):
            chosen = replace(chosen, reach=chosen.reach | Reach.HERE)
        app = create_app(folder, painter=painter, faults=faults, options=chosen)
        with closing(app):
            try:
                announce(_welcome(_base_url(listener), chosen, lang))
                _server(uvicorn, app).run(sockets=[listener])
            except KeyboardInterrupt:
                return  # uvicorn ends in order and then raises what ended it


@contextmanager
def served(app: App, host: str = HOST, port: int = 0) -> Iterator[str]:
    """Serve an application from a background thread as long as the block lasts; gives the service's base URL.

    Raises:
        InputError: uvicorn is not installed, or the port cannot be used.
    """
    server = _server(_uvicorn(), app)
    with closing(_listen(host, port)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="sketch_widget serve")
        thread.start()
        try:
            # Connections are taken by the system from here on and answered as soon as the thread is ready.
            yield _base_url(listener)
        finally:
            server.should_exit = True
            thread.join()


def _uvicorn() -> ModuleType:
    try:
        import uvicorn
    except ImportError:
        raise InputError("offline.no_uvicorn", python=shlex.quote(sys.executable)) from None
    return uvicorn


def _listen(host: str, port: int) -> socket.socket:
    if not isinstance(port, int) or not 0 <= port <= LAST_PORT:
        raise InputError("offline.port", value=port, last=LAST_PORT)
    if not host:  # it would be every address of this computer
        raise InputError("offline.no_host", host=repr(host))
    # Named as TCP, because asyncio switches Nagle's algorithm off only then: 44 ms an answer become 1 (measured).
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere this option would let two programs listen on one port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
        return listener
    except socket.gaierror:
        listener.close()
        raise InputError("offline.no_host", host=host) from None
    except OSError as error:
        listener.close()
        raise InputError("offline.no_port", host=host, port=port, reason=system_reason(error)) from None


def _welcome(url: str, options: Options, lang: str) -> str:
    """Return what is told once the service listens."""
    if options.keys is None:
        return words.say("offline.serving", lang, url=url)
    return words.say("offline.serving_keys", lang, url=url, count=len(options.keys))


def _is_private(listener: socket.socket) -> bool:
    """Whether only this computer reaches a listener."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def _base_url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}{ROOT}" if ":" in host else f"http://{host}:{port}{ROOT}"


def _server(uvicorn: ModuleType, app: App) -> Any:
    async def cuttable(scope: Scope, receive: Receive, send: Send) -> None:
        """Run a call; where its connection is to be cut, or the service ends, cut it without an answer."""
        try:
            await app(scope, receive, send)
        except (ConnectionResetError, asyncio.CancelledError):
            for connection in list(server.server_state.connections):
                if connection.client == scope["client"]:
                    connection.transport.abort()
            while (await receive())["type"] != "http.disconnect":
                pass

    server = uvicorn.Server(
        uvicorn.Config(
            cuttable,
            http="h11",
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_FAREWELL,
        )
    )
    return server
