"""The account's line for all kernels of a machine: tickets in one small file, first come first served.

The service counts per account, so that kernels which do not know of each other would run into its limits. Whoever holds
a turn shows a sign of life; when it dies, the next in line takes over the task that it left. Where the file cannot be
used, this process keeps a line of its own and says so.
"""

import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sketch_widget.jobs.ports import Adopt, Clock, Ticket, Turns
from sketch_widget.jobs.turns import IN_FLIGHT, SENDS, LocalTurns, send_delay
from sketch_widget.locks import Life

LOOK = 0.25  # seconds between two looks at the line; the second task in flight hides them
BUSY = 1.0  # seconds to wait for another process that writes; each writes for about a millisecond
CROWDED_FOR = 86400.0  # seconds for which a refusal of a second task is remembered
NETWORK_DISKS = ("9p", "afs", "beegfs", "ceph", "cifs", "fuse.sshfs", "gpfs", "lustre", "nfs", "smb3", "smbfs")

SCHEMA = """
CREATE TABLE IF NOT EXISTS tickets (
    number INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, run_id TEXT NOT NULL,
    holds INTEGER NOT NULL DEFAULT 0, task_id TEXT
);
CREATE TABLE IF NOT EXISTS sends (at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS crowded (at REAL NOT NULL);
"""

log = logging.getLogger("sketch_widget")


@dataclass(frozen=True)
class Look:
    """What one look at the line found: whether the turn came, else how many stand before and when to look again."""

    granted: bool
    position: int = 0
    delay: float = LOOK


class AccountTurns:
    """The line of an account, shared through a file.

    Args:
        file: The account's file, on this machine's own disk.
        life: This process's sign of life, beside which the others' are found.
        clock: Time.

    Raises:
        OSError, sqlite3.Error: The file cannot be used.
    """

    note: str | None = None

    def __init__(self, file: Path, life: Life, clock: Clock) -> None:
        self._life = life
        self._clock = clock
        self._adopt: Adopt | None = None
        self._fallback = LocalTurns(clock)
        # Made by the caller's thread, used by the loop's alone.
        self._db = sqlite3.connect(file, timeout=BUSY, isolation_level=None, check_same_thread=False)
        file.chmod(0o600)
        self._db.executescript(SCHEMA)

    def watch_over(self, adopt: Adopt) -> None:
        """Hand tasks whose holder died to `adopt`."""
        self._adopt = adopt

    def enter(self, run_id: str, moved: Callable[[], None]) -> Ticket:
        """Stand in line; `moved` is called when the place changed."""
        try:
            with self._writing():
                row = self._db.execute("INSERT INTO tickets (owner, run_id) VALUES (?, ?)", (self._life.name, run_id))
            return AccountTicket(self, row.lastrowid or 0, run_id, moved)
        except sqlite3.Error as error:
            return self.fall_back(run_id, moved, error)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    async def turn(self, ticket: "AccountTicket") -> None:
        """Wait for a ticket's turn."""
        while True:
            look = self._look(ticket.number)
            if look.granted:
                return
            ticket.place(look.position)
            await self._clock.sleep(look.delay)

    def back(self, number: int, crowded: bool) -> None:
        """Give a turn back and keep the place, which is the first by its number."""
        with self._writing():
            if crowded and self._count("holds AND number != ?", number):
                self._db.execute("INSERT INTO crowded VALUES (?)", (self._clock.now(),))
            self._db.execute("UPDATE tickets SET holds = 0 WHERE number = ?", (number,))

    def sent(self, number: int, task_id: str) -> None:
        """Note which task a turn is used for."""
        with self._writing():
            self._db.execute("UPDATE tickets SET task_id = ? WHERE number = ?", (task_id, number))

    def leave(self, number: int) -> None:
        """Take a ticket out."""
        with self._writing():
            self._db.execute("DELETE FROM tickets WHERE number = ?", (number,))

    def fall_back(self, run_id: str, moved: Callable[[], None], error: Exception) -> Ticket:
        """Go on with a line of this process alone, because the file failed."""
        if self.note is None:
            log.warning("The account's line cannot be shared with other kernels: %s", error)
        self.note = "turns.alone"
        return self._fallback.enter(run_id, moved)

    def _look(self, number: int) -> Look:
        with self._writing():
            orphans = self._clear_away_the_dead()
            look = self._place_of(number, self._clock.now())
            if look.granted:
                self._db.execute("UPDATE tickets SET holds = 1 WHERE number = ?", (number,))
                self._db.execute("INSERT INTO sends VALUES (?)", (self._clock.now(),))
        for found, run_id, task_id in orphans:
            self._hand_over(found, run_id, task_id)
        return look

    def _place_of(self, number: int, now: float) -> Look:
        position = self._count("NOT holds AND number < ?", number)
        if position or self._count("holds") >= self._in_flight(now):
            return Look(False, position)
        delay = send_delay(self._sends(now), now)
        return Look(False, delay=delay) if delay else Look(True)

    def _clear_away_the_dead(self) -> list[tuple[int, str, str | None]]:
        """Drop waiting tickets of processes that ended; return those that hold a turn, which are ours from now on."""
        owners = [owner for (owner,) in self._db.execute("SELECT DISTINCT owner FROM tickets")]
        orphans: list[tuple[int, str, str | None]] = []
        for owner in owners:
            if not self._life.alive(owner):
                self._db.execute("DELETE FROM tickets WHERE owner = ? AND NOT holds", (owner,))
                left = "SELECT number, run_id, task_id FROM tickets WHERE owner = ?"
                orphans += self._db.execute(left, (owner,)).fetchall()
                self._db.execute("UPDATE tickets SET owner = ? WHERE owner = ?", (self._life.name, owner))
        return orphans

    def _hand_over(self, number: int, run_id: str, task_id: str | None) -> None:
        ticket = AccountTicket(self, number, run_id, lambda: None)
        if self._adopt is None:
            ticket.leave()
        else:
            self._adopt(run_id, task_id, ticket)

    def _in_flight(self, now: float) -> int:
        known = self._db.execute("SELECT 1 FROM crowded WHERE at > ?", (now - CROWDED_FOR,)).fetchone()
        return 1 if known else IN_FLIGHT

    def _sends(self, now: float) -> deque[float]:
        # A time that lies ahead was written before the clock was set back.
        rows = self._db.execute("SELECT at FROM sends WHERE at <= ? ORDER BY at DESC LIMIT ?", (now, SENDS)).fetchall()
        if len(rows) == SENDS:
            self._db.execute("DELETE FROM sends WHERE at < ? OR at > ?", (rows[-1][0], now))
        return deque((at for (at,) in reversed(rows)), maxlen=SENDS)

    def _count(self, condition: str, *values: int) -> int:
        found: int = self._db.execute(f"SELECT count(*) FROM tickets WHERE {condition}", values).fetchone()[0]
        return found

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


class AccountTicket:
    """A place in the shared line; when the file fails, a place in the line of this process."""

    def __init__(self, turns: AccountTurns, number: int, run_id: str, moved: Callable[[], None]) -> None:
        self.number = number
        self._turns = turns
        self._run_id = run_id
        self._moved = moved
        self._position = 0
        self._own: Ticket | None = None

    @property
    def position(self) -> int:
        """How many jobs stand before this one."""
        return self._position if self._own is None else self._own.position

    def place(self, position: int) -> None:
        """Take up how many stand before it."""
        if position != self._position:
            self._position = position
            self._moved()

    async def turn(self) -> None:
        """Wait until a task may be sent."""
        try:
            if self._own is None:
                await self._turns.turn(self)
        except sqlite3.Error as error:
            self._fall_back(error)
        if self._own is not None:
            await self._own.turn()

    def back(self, *, crowded: bool) -> None:
        """Stand first in line again after a refusal."""
        self._note(lambda: self._turns.back(self.number, crowded))
        if self._own is not None:
            self._own.back(crowded=crowded)

    def sent(self, task_id: str) -> None:
        """Note which task the turn is used for."""
        self._note(lambda: self._turns.sent(self.number, task_id))

    def leave(self) -> None:
        """Give the place free."""
        self._note(lambda: self._turns.leave(self.number))
        if self._own is not None:
            self._own.leave()

    def _note(self, action: Callable[[], None]) -> None:
        if self._own is None:
            try:
                action()
            except sqlite3.Error as error:
                self._fall_back(error)

    def _fall_back(self, error: Exception) -> None:
        self._own = self._turns.fall_back(self._run_id, self._moved, error)


def shared_turns(account: str, life: Life | None, clock: Clock) -> Turns:
    """Return the line of an account, shared with this machine's other kernels where that is possible.

    Args:
        account: A name for the account that gives no key away.
        life: This process's sign of life, or None when there can be none.
        clock: Time.
    """
    if life is not None and not is_network_disk(life.folder.resolve(), _mounts()):
        try:
            return AccountTurns(life.folder / f"account-{account}.sqlite3", life, clock)
        except (OSError, sqlite3.Error) as error:
            log.warning("The account's line cannot be shared with other kernels: %s", error)
    alone = LocalTurns(clock)
    alone.note = "turns.alone"
    return alone


def is_network_disk(folder: Path, mounts: str) -> bool:
    """Whether a folder lies on a disk that other machines share, where neither SQLite nor file locks are safe.

    Args:
        folder: An absolute path.
        mounts: What stands in `/proc/self/mounts`; empty where there is no such file.
    """
    kind, longest = "", -1
    for line in mounts.splitlines():
        _, point, found, *_ = [*line.split(" "), "", "", ""]
        if folder.is_relative_to(point) and len(point) > longest:
            kind, longest = found, len(point)
    return kind.startswith(NETWORK_DISKS) or "glusterfs" in kind


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
