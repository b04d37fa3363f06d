"""A sketch at a web address: which addresses are asked, and how.

Nothing leaves this computer unless it is allowed to. `HERE` are addresses of this same computer, which serve a service
that only this computer reaches; `PUBLIC` are addresses of the internet, and never one of a private network: where a
name leads is looked up once, every machine behind it must be public, and exactly that machine is asked. No proxy is
asked and no redirection followed, because either could lead elsewhere.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import Flag, auto
from urllib.parse import SplitResult, urlsplit

MAX_BYTES = 10 << 20  # the documents: "smaller than 10 MB"
PATIENCE = 5.0  # seconds for a whole file; as long as it lasts the submission is not answered
_CHUNK = 1 << 16  # bytes
_GIVEN_OUT = ipaddress.ip_network("2000::/3")  # outside of it lie private networks and what leads on to older addresses

Resolve = Callable[[str, int], list[str]]


class Reach(Flag):
    """Which machines may be asked."""

    NOTHING = 0
    HERE = auto()
    PUBLIC = auto()

    def takes(self, address: str) -> bool:
        """Whether a machine, by its IP address, may be asked."""
        machine = ipaddress.ip_address(address)
        machine = getattr(machine, "ipv4_mapped", None) or machine
        if machine.is_loopback:
            return Reach.HERE in self
        return Reach.PUBLIC in self and machine.is_global and not machine.is_multicast and not _leads_on(machine)


def _leads_on(machine: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether a gateway may lead from an address into another network, a private one among them."""
    if isinstance(machine, ipaddress.IPv4Address):
        return False
    return machine not in _GIVEN_OUT or machine.sixtofour is not None


@dataclass(frozen=True)
class Target:
    """Whom to ask for what."""

    addresses: tuple[str, ...]
    parts: SplitResult

    @property
    def port(self) -> int:
        """The port, stated or usual."""
        return self.parts.port or (443 if self.parts.scheme == "https" else 80)

    @property
    def path(self) -> str:
        """The path and the query."""
        return (self.parts.path or "/") + (f"?{self.parts.query}" if self.parts.query else "")


def machines(host: str, port: int) -> list[str]:
    """Return the IP addresses that a name leads to; asks the network.

    Raises:
        OSError: It leads nowhere.
    """
    return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})


def target_of(url: str, reach: Reach, resolve: Resolve = machines) -> Target | None:
    """Return whom to ask for the file at an address, or None where nobody may be asked.

    Names are not looked up, except "localhost", where only this computer may be asked.

    Args:
        url: The address.
        reach: Which machines may be asked.
        resolve: Looks a name up.
    """
    if not re.fullmatch(r"https?://[!-~]+", url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 0
        if "@" in parts.netloc or not host:
            return None
        found = _literal(host) or (resolve(host, port) if host == "localhost" or Reach.PUBLIC in reach else [])
    except (ValueError, OSError):
        return None
    return Target(tuple(found), parts) if found and all(reach.takes(address) for address in found) else None


def fetched(url: str, reach: Reach, *, resolve: Resolve = machines, patience: float = PATIENCE) -> bytes | None:
    """Return the file at an address, or the first 10 MB and a byte of it, or None where there is none; blocks.

    Args:
        url: The address.
        reach: Which machines may be asked.
        resolve: Looks a name up.
        patience: Seconds until it is given up, once a machine was reached; as many at most to reach one.
    """
    target = target_of(url, reach, resolve)
    if target is None:
        return None
    try:
        with closing(_connection(target, patience)) as connection, _cut_after(patience, connection.sock) as until:
            connection.request("GET", target.path, headers={"Accept": "image/*", "Accept-Encoding": "identity"})
            answer = connection.getresponse()
            data = _read(answer) if answer.status == 200 else None
            return data if time.monotonic() < until else None
    except (http.client.HTTPException, OSError, ValueError):
        return None


def _literal(host: str) -> list[str]:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return []
    return [host]  # as it stands: versions of Python spell one address in several ways


def _connection(target: Target, patience: float) -> http.client.HTTPConnection:
    """Return a connection to exactly the machines that were looked at, to the first that answers."""
    host = target.parts.hostname or ""
    wire = _first([(address, target.port) for address in target.addresses], patience / len(target.addresses))
    try:
        if target.parts.scheme == "https":
            context = ssl.create_default_context()
            wire = context.wrap_socket(wire, server_hostname=host, do_handshake_on_connect=False)
        connection = http.client.HTTPConnection(host, target.port, timeout=patience)
        connection.sock = wire
    except BaseException:
        wire.close()
        raise
    return connection


def _first(places: list[tuple[str, int]], patience: float) -> socket.socket:
    for place in places[:-1]:
        with suppress(OSError):
            return socket.create_connection(place, patience)
    return socket.create_connection(places[-1], patience)


@contextmanager
def _cut_after(seconds: float, wire: socket.socket) -> Iterator[float]:
    """Cut a connection when its time is up, which is given: whoever drips its answer keeps each single wait short."""

    def cut() -> None:
        with suppress(OSError):
            socket.socket.shutdown(wire, socket.SHUT_RDWR)  # not TLS's own, which is not safe from another thread

    timer = threading.Timer(seconds, cut)
    until = time.monotonic() + seconds
    timer.start()
    try:
        yield until
    finally:
        timer.cancel()


def _read(answer: http.client.HTTPResponse) -> bytes:
    data = bytearray()
    while len(data) <= MAX_BYTES and (chunk := answer.read1(_CHUNK)):
        data += chunk
    return bytes(data[: MAX_BYTES + 1])
