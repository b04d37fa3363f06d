"""The account's line for all kernels of a machine, first come first served.

The service counts per account, so that kernels which do not know of each other would run into its limits. Whoever holds
a turn shows a sign of life; when it dies, the next in line takes over the task that it left. Where the common file
cannot be used, this process keeps a line of its own and says so.
"""

import logging
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sketch_widget.errors import SketchWidgetWarning, StoreError, system_reason
from sketch_widget.jobs.ports import Adopt, Clock, Ticket, Turns
from sketch_widget.jobs.tickets import LAYOUT, Look, Orphan, TicketFile
from sketch_widget.jobs.turns import LocalTurns, expected_wait
from sketch_widget.locks import Life

NETWORK_DISKS = (
    *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "gfs2", "gpfs", "lustre", "nfs", "ocfs2", "orangefs", "panfs"),
    *("smb3", "smbfs"),
    *("blobfuse", "fuse.gcsfuse", "fuse.goofys", "fuse.juicefs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"),
)

_ESCAPE = re.compile(r"\\([0-7]{3})")  # how a space, a tab, a line feed and a backslash stand in a list of mounts

log = logging.getLogger("sketch_widget")


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
        self._clock = clock
        self._adopt: Adopt | None = None
        self._fallback = LocalTurns(clock)
        self._file = TicketFile(file, life)

    @property
    def usual(self) -> float | None:
        """Seconds that a task of the account takes, by what all kernels saw."""
        try:
            return self._file.usual()
        except sqlite3.Error:
            return self._fallback.usual

    def took(self, seconds: float) -> None:
        """Learn what a task took."""
        self._fallback.took(seconds)
        try:
            self._file.took(seconds)
        except sqlite3.Error as error:
            self._stand_alone(error)

    def watch_over(self, adopt: Adopt) -> None:
        """Hand tasks whose holder died to `adopt`."""
        self._adopt = adopt

    def enter(self, run_id: str, moved: Callable[[], None]) -> Ticket:
        """Stand in line; `moved` is called when the place changed."""
        try:
            return AccountTicket(self, self._file, self._file.enter(run_id), run_id, moved)
        except sqlite3.Error as error:
            return self.fall_back(run_id, moved, error)

    def look_after(self) -> None:
        """Take over what kernels that died have left, though nobody here waits in line."""
        try:
            orphans = self._file.orphans()
        except sqlite3.Error as error:
            self._stand_alone(error)
        else:
            for orphan in orphans:
                self._hand_over(orphan)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    async def wait(self, ticket: "AccountTicket", *, take: bool) -> None:
        """Wait until a ticket is the first in line and, to `take` it, until its turn has come."""
        while True:
            look, orphans = self._file.look(ticket.number, self._clock.now(), take=take)
            for orphan in orphans:
                self._hand_over(orphan)
            if look.is_turn or not (take or look.before):
                return
            ticket.place(look)
            await self._clock.sleep(look.delay)

    def back(self, number: int, *, crowded: bool) -> None:
        """Give a turn back and keep the place."""
        self._file.back(number, self._clock.now(), crowded=crowded)

    def fall_back(self, run_id: str, moved: Callable[[], None], error: Exception) -> Ticket:
        """Go on with a line of this process alone, because the file failed."""
        self._stand_alone(error)
        return self._fallback.enter(run_id, moved)

    def _stand_alone(self, error: Exception) -> None:
        if self.note is None:
            log.warning(_not_shared(error))
        self.note = "turns.alone"

    def _hand_over(self, orphan: Orphan) -> None:
        ticket = AccountTicket(self, self._file, orphan.number, orphan.run_id, lambda: None)
        if self._adopt is None:
            ticket.leave()
        else:
            self._adopt(orphan.run_id, orphan.task_id, ticket)


class AccountTicket:
    """A place in the shared line; when the file fails, a place in the line of this process."""

    def __init__(
        self, turns: AccountTurns, file: TicketFile, number: int, run_id: str, moved: Callable[[], None]
    ) -> None:
        self.number = number
        self._turns = turns
        self._file = file
        self._run_id = run_id
        self._moved = moved
        self._position = 0
        self._wait: float | None = None
        self._own: Ticket | None = None

    @property
    def position(self) -> int:
        """How many jobs stand before this one."""
        return self._position if self._own is None else self._own.position

    @property
    def wait(self) -> float | None:
        """Seconds until the service will probably begin with this job, or None when nothing is known."""
        return self._wait if self._own is None else self._own.wait

    def place(self, look: Look) -> None:
        """Take up what a look at the line found."""
        wait = expected_wait(look.before + look.holders, self._turns.usual)
        if (look.before, wait) != (self._position, self._wait):
            self._position, self._wait = look.before, wait
            self._moved()

    async def first(self) -> None:
        """Wait until nobody stands before it."""
        await self._until(take=False)
        if self._own is not None:
            await self._own.first()

    async def turn(self) -> None:
        """Wait until a task may be sent."""
        await self._until(take=True)
        if self._own is not None:
            await self._own.turn()

    def back(self, *, crowded: bool) -> None:
        """Stand first in line again after a refusal."""
        self._note(lambda: self._turns.back(self.number, crowded=crowded))
        if self._own is not None:
            self._own.back(crowded=crowded)

    def sent(self, task_id: str) -> None:
        """Note which task the turn is used for."""
        self._note(lambda: self._file.sent(self.number, task_id))

    def leave(self) -> None:
        """Give the place free."""
        self._note(lambda: self._file.leave(self.number))
        if self._own is not None:
            self._own.leave()

    async def _until(self, *, take: bool) -> None:
        try:
            if self._own is None:
                await self._turns.wait(self, take=take)
        except sqlite3.Error as error:
            self._fall_back(error)

    def _note(self, action: Callable[[], None]) -> None:
        if self._own is None:
            try:
                action()
            except sqlite3.Error as error:
                self._fall_back(error)

    def _fall_back(self, error: Exception) -> None:
        self._own = self._turns.fall_back(self._run_id, self._moved, error)
        self._moved()


def shared_turns(account: str, life: Life | None, clock: Clock, mounts: str | None = None) -> Turns:
    """Return the line of an account, shared with this machine's other kernels where that is possible.

    Args:
        account: A name for the account that gives no key away.
        life: This process's sign of life, or None when there can be none.
        clock: Time.
        mounts: What stands in `/proc/self/mounts`; read there when not given.
    """
    known = _mounts() if mounts is None else mounts
    if life is not None:
        try:
            if is_network_disk(life.folder.resolve(), known):
                raise StoreError("turns.network_disk", path=str(life.folder))
            return AccountTurns(life.folder / f"account-{account}.{LAYOUT}.sqlite3", life, clock)
        except (OSError, sqlite3.Error, StoreError) as error:
            log.warning(_not_shared(error))
    alone = LocalTurns(clock)
    alone.note = "turns.alone"
    return alone


def _not_shared(error: BaseException) -> SketchWidgetWarning:
    return SketchWidgetWarning("turns.not_shared", reason=system_reason(error))


def is_network_disk(folder: Path, mounts: str) -> bool:
    """Whether a folder lies on a disk that other machines share, where neither SQLite nor file locks are safe.

    Args:
        folder: An absolute path.
        mounts: What stands in `/proc/self/mounts`; empty where there is no such file.
    """
    kind, longest = "", -1
    for line in mounts.splitlines():
        _, escaped, found, *_ = [*line.split(" "), "", "", ""]
        point = _ESCAPE.sub(lambda octal: chr(int(octal[1], 8)), escaped)
        if folder.is_relative_to(point) and len(point) > longest:
            kind, longest = found, len(point)
    return kind.startswith(NETWORK_DISKS) or "glusterfs" in kind


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
