"""Servers that misbehave, on real sockets: what no stand-in for a transport can show."""

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Behaviour = Callable[[socket.socket], None]


@contextmanager
def server(behave: Behaviour) -> Iterator[str]:
    """Serve one connection in a thread: read the head of the request, then behave as told."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as connection:
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(65536)
            behave(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1"
    finally:
        thread.join(timeout=10)
    assert not thread.is_alive()


def silent(connection: socket.socket) -> None:
    connection.settimeout(10)
    while connection.recv(65536):  # until the client gives up
        pass


def hangs_up(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def resets(connection: socket.socket) -> None:
    # Closing with unread data or with this option sends RST instead of FIN.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def talks_nonsense(connection: socket.socket) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")


def stops_midway(connection: socket.socket) -> None:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"output":')


def stops_midway_in_chunks(connection: socket.socket) -> None:
    connection.sendall(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n{"output":\r\n')


def stalls_midway(connection: socket.socket) -> None:
    stops_midway(connection)
    silent(connection)


def drips(connection: socket.socket) -> None:
    """Send a byte now and then, so that no single wait is too long."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    for _ in range(500):
        connection.sendall(b".")
        if select.select([connection], [], [], 0.01)[0]:  # the client hung up
            return


BEHAVIOURS = [silent, hangs_up, resets, talks_nonsense, stops_midway, stops_midway_in_chunks, stalls_midway, drips]
