"""The file in which all kernels of a machine that use one account stand in line, and what they know of it in common.

Every call is one short transaction. Most looks only read, so that many who wait do not get in each other's way. The
file says nothing that would matter after the machine stops, so it never waits for the disk; one that cannot be read is
put aside and a new one begun.
"""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sketch_widget.jobs.pace import KNOWN, expected_seconds
from sketch_widget.jobs.turns import IN_FLIGHT, SENDS, send_delay
from sketch_widget.locks import FileLock, Life

BUSY = 5.0  # seconds to wait for another process that writes; each writes for about a millisecond
CROWDED_FOR = 3600.0  # seconds for which a refusal of a second task is remembered: at most one try an hour
LOOK = 0.1  # seconds between two looks of the first in line
FARTHER = 0.2  # seconds more for each that stands before
WIDEST = 2.0  # seconds between two looks at most

LAYOUT = 2  # of the tables below; stands in the file's name, so that no version of the package meets another's tables
SCHEMA = """
CREATE TABLE IF NOT EXISTS tickets (
    number INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, run_id TEXT NOT NULL,
    holds INTEGER NOT NULL DEFAULT 0, task_id TEXT, orphaned INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS sends (at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS crowded (at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS took (seconds REAL NOT NULL);
"""


@dataclass(frozen=True)
class Look:
    """What one look at the line found.

    Attributes:
        before: How many stand before.
        holders: How many have a task in flight.
        in_flight: How many may have one.
        pause: Seconds until the service takes another submit.
    """

    before: int
    holders: int
    in_flight: int
    pause: float

    @property
    def is_turn(self) -> bool:
        """Whether a task may be sent now."""
        return not self.before and self.holders < self.in_flight and not self.pause

    @property
    def delay(self) -> float:
        """Seconds until the next look."""
        if not self.before and self.holders < self.in_flight:
            return max(self.pause, LOOK)
        return min(LOOK + FARTHER * self.before, WIDEST)


@dataclass(frozen=True)
class Orphan:
    """A turn whose holder died; it belongs to whoever found it."""

    number: int
    run_id: str
    task_id: str | None


class TicketFile:
    """The line of one account on this machine's own disk.

    Args:
        path: The file; begun when it is missing.
        life: This process's sign of life, beside which the others' are found.

    Raises:
        OSError, sqlite3.Error: The file cannot be used. Every method may raise the latter.
    """

    def __init__(self, path: Path, life: Life) -> None:
        self._life = life
        with FileLock(path.with_suffix(".lock")):
            if not _is_whole(path):
                path.replace(path.with_suffix(".unreadable"))
                path.with_name(f"{path.name}-journal").unlink(missing_ok=True)  # it would be replayed into the new one
            # Made by the caller's thread, used by the loop's alone.
            self._db = _open(path)
            try:
                self._db.execute("PRAGMA synchronous = OFF")
                self._db.executescript(SCHEMA)
            except BaseException:
                self._db.close()
                raise
        path.chmod(0o600)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def enter(self, run_id: str) -> int:
        """Stand in line and return the number drawn."""
        with self._transaction("IMMEDIATE"):
            row = self._db.execute("INSERT INTO tickets (owner, run_id) VALUES (?, ?)", (self._life.name, run_id))
        return row.lastrowid or 0

    def look(self, number: int, now: float, *, take: bool) -> tuple[Look, list[Orphan]]:
        """Look at the line, and `take` the turn when it has come; turns whose holders died are ours from then on."""
        with self._transaction("DEFERRED"):
            look = self._look(number, now)
            dead = self._dead()
        if not dead and not (take and look.is_turn):
            return look, []
        with self._transaction("IMMEDIATE"):
            orphans = self._take_over()
            look = self._look(number, now)
            if take and look.is_turn:
                self._db.execute("UPDATE tickets SET holds = 1 WHERE number = ?", (number,))
                self._db.execute("DELETE FROM sends WHERE at NOT BETWEEN ? AND ?", (now - CROWDED_FOR, now))
                self._db.execute("INSERT INTO sends VALUES (?)", (now,))
        return look, orphans

    def orphans(self) -> list[Orphan]:
        """Return the turns whose holders died; they are ours from then on."""
        with self._transaction("DEFERRED"):
            dead = self._dead()
        if not dead:
            return []
        with self._transaction("IMMEDIATE"):
            return self._take_over()

    def back(self, number: int, now: float, *, crowded: bool) -> None:
        """Give a turn back and keep the place, the first by its number; note when a second task was refused."""
        with self._transaction("IMMEDIATE"):
            if crowded and self._count("holds AND number != ?", number):
                self._db.execute("DELETE FROM crowded")
                self._db.execute("INSERT INTO crowded VALUES (?)", (now,))
            self._db.execute("UPDATE tickets SET holds = 0 WHERE number = ?", (number,))

    def sent(self, number: int, task_id: str) -> None:
        """Note which task a turn is used for."""
        with self._transaction("IMMEDIATE"):
            self._db.execute("UPDATE tickets SET task_id = ? WHERE number = ?", (task_id, number))

    def leave(self, number: int) -> None:
        """Take a ticket out."""
        with self._transaction("IMMEDIATE"):
            self._db.execute("DELETE FROM tickets WHERE number = ?", (number,))

    def took(self, seconds: float) -> None:
        """Note how long a task of the account took."""
        with self._transaction("IMMEDIATE"):
            self._db.execute("INSERT INTO took VALUES (?)", (seconds,))
            self._db.execute("DELETE FROM took WHERE rowid <= (SELECT max(rowid) FROM took) - ?", (KNOWN,))

    def usual(self) -> float | None:
        """Return what the account's next task will probably take (seconds), or None when none was seen."""
        return expected_seconds(seconds for (seconds,) in self._db.execute("SELECT seconds FROM took"))

    def _look(self, number: int, now: float) -> Look:
        before, holders = self._count("NOT holds AND number < ?", number), self._count("holds")
        # A time that lies ahead was written before the clock was set back.
        recent = (now - CROWDED_FOR, now)
        crowded = self._db.execute("SELECT 1 FROM crowded WHERE at BETWEEN ? AND ?", recent).fetchone()
        sends = self._db.execute("SELECT at FROM sends WHERE at <= ? ORDER BY at DESC LIMIT ?", (now, SENDS)).fetchall()
        # A task sent by one that died before it knew the id is looked up first; another beside it could be mistaken.
        unknown = self._count("holds AND orphaned AND task_id IS NULL")
        in_flight = 1 if crowded or unknown else IN_FLIGHT
        return Look(before, holders, in_flight, send_delay(deque(at for (at,) in sends[::-1]), now))

    def _dead(self) -> list[str]:
        owners = self._db.execute("SELECT DISTINCT owner FROM tickets").fetchall()
        return [owner for (owner,) in owners if not self._life.alive(owner)]

    def _take_over(self) -> list[Orphan]:
        """Drop what dead processes waited for, and make the turns that they held our own."""
        orphans: list[Orphan] = []
        for owner in self._dead():
            self._db.execute("DELETE FROM tickets WHERE owner = ? AND NOT holds", (owner,))
            left = self._db.execute("SELECT number, run_id, task_id FROM tickets WHERE owner = ?", (owner,)).fetchall()
            self._db.execute("UPDATE tickets SET owner = ?, orphaned = 1 WHERE owner = ?", (self._life.name, owner))
            orphans += [Orphan(*row) for row in left]
        return orphans

    def _count(self, condition: str, *values: int) -> int:
        found: int = self._db.execute(f"SELECT count(*) FROM tickets WHERE {condition}", values).fetchone()[0]
        return found

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[None]:
        self._db.execute(f"BEGIN {kind}")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)


def _is_whole(path: Path) -> bool:
    """Whether the file is new, or a database without a fault."""
    if not path.exists():
        return True
    connection = _open(path)
    try:
        whole: bool = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        raise  # locked or out of reach, which says nothing about what is in it
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    return whole
