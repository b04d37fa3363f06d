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
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import Flag, auto
from urllib.parse import SplitResult, urlsplit

MAX_BYTES = 10 << 20  # the documents: "smaller than 10 MB"
PATIENCE = 5.0  # seconds for a whole file; as long as it lasts the submission is not answered
_CHUNK = 1 << 16  # bytes

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
        return Reach.PUBLIC in self and machine.is_global and not machine.is_multicast


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
        patience: Seconds until it is given up.
    """
    target = target_of(url, reach, resolve)
    if target is None:
        return None
    until = time.monotonic() + patience
    try:
        with closing(_connection(target, patience)) as connection:
            connection.request("GET", target.path, headers={"Accept": "image/*", "Accept-Encoding": "identity"})
            answer = connection.getresponse()
            return _read(answer, until) if answer.status == 200 else None
    except (http.client.HTTPException, OSError, ValueError):
        return None


def _literal(host: str) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return []


def _connection(target: Target, patience: float) -> http.client.HTTPConnection:
    """Return a connection to exactly the machines that were looked at, to the first that answers."""
    host = target.parts.hostname or ""
    wire = _first([(address, target.port) for address in target.addresses], patience)
    try:
        if target.parts.scheme == "https":
            wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
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


def _read(answer: http.client.HTTPResponse, until: float) -> bytes | None:
    data = bytearray()
    while len(data) <= MAX_BYTES and (chunk := answer.read1(_CHUNK)):
        data += chunk
        if time.monotonic() > until:
            return None
    return bytes(data[: MAX_BYTES + 1])
