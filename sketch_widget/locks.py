"""Locks on files, which the system frees when their process ends, however it ends.

They serve between processes of one machine. Where a file system has no locks, taking one fails like any other file
error: nothing here pretends.
"""

import os
import secrets
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    PAUSE = 0.02  # seconds between two tries; Windows' own waiting tries once a second and gives up after ten

    def _lock(file: int, wait: bool) -> None:
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            except PermissionError:
                if not wait:
                    raise
                time.sleep(PAUSE)
            else:
                return

    def _free(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)  # closing alone frees it some time later

else:
    import fcntl

    def _lock(file: int, wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _free(file: int) -> None:
        """Closing frees it."""


class FileLock:
    """One lock on one file; a context manager that waits for it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self, *, wait: bool = True) -> bool:
        """Take the lock; return whether it is ours now.

        Raises:
            OSError: The file cannot be opened or locked at all.
        """
        while True:
            file = self._locked(wait)
            if file is None or self._is_in_place(file):
                break
            _free(file)
            os.close(file)  # somebody took the file away while it was not locked yet: a lock that nobody would find
        self._file = file
        return file is not None

    def _locked(self, wait: bool) -> int | None:
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(file, wait)
        except (BlockingIOError, PermissionError):
            os.close(file)
            return None
        except BaseException:
            os.close(file)
            raise
        return file

    def _is_in_place(self, file: int) -> bool:
        try:
            return os.path.samestat(os.fstat(file), self.path.stat())
        except FileNotFoundError:
            return False

    def write(self, text: str) -> None:
        """Put a text into the file while the lock is ours, in place of what stood there."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.write(self._file, text.encode())
            os.lseek(self._file, 0, os.SEEK_SET)  # where Windows has locked it and frees it

    def release(self) -> None:
        """Free the lock; more than once does no harm."""
        if self._file is not None:
            _free(self._file)
            os.close(self._file)
            self._file = None

    def remove(self) -> None:
        """Free the lock and remove its file; nobody may wait for it."""
        is_removed = _remove(self.path)
        self.release()
        if not is_removed:
            _remove(self.path)

    def __enter__(self) -> "FileLock":
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class Life:
    """A sign of life of this process: a name that others can ask about, as long as the process runs.

    Args:
        folder: Where the signs of all processes of this machine lie; made when it is missing, for this user alone.
        marks: By what this machine is known besides its name; found out when not given.

    Raises:
        OSError: The folder cannot be used, or is not this user's own.
    """

    def __init__(self, folder: Path, marks: frozenset[str] | None = None) -> None:
        own_folder(folder)
        self.folder = folder
        self._process = os.getpid()
        self._marks = machine_marks() if marks is None else marks
        self.name = f"{socket.gethostname()}-{self._process}-{secrets.token_hex(3)}"
        self._sweep()
        self._lock = FileLock(folder / f"{self.name}.live")
        self._lock.take()
        self._lock.write("\n".join(sorted(self._marks)))

    def alive(self, name: str) -> bool:
        """Whether the process of that name still runs on this machine."""
        if name == self.name:
            return True
        path = self.folder / f"{Path(name).name}.live"
        if not path.exists():
            return False
        lock = FileLock(path)
        try:
            if not lock.take(wait=False):
                return True
        except OSError:
            return True  # what cannot be asked about may live
        lock.release()
        return False

    def has_ended(self, name: str) -> bool:
        """Whether the process of that name ran on this machine and is gone; of another machine's nothing is known."""
        return _machine(name) == socket.gethostname() and not self.alive(name)

    def end(self) -> None:
        """Take the sign away."""
        if os.getpid() == self._process:
            self._lock.remove()
        else:
            self._lock.release()  # a process split off from ours does not speak for it

    def _sweep(self) -> None:
        """Remove the signs of processes that ended; each name is used once, so nobody can want one back."""
        for path in self.folder.glob("*.live"):
            with suppress(OSError):
                sign = FileLock(path)
                if self._is_of_here(path) and sign.take(wait=False):
                    sign.remove()

    def _is_of_here(self, path: Path) -> bool:
        """Whether a sign is this machine's, perhaps under a former name; machines that share a folder may lock apart.

        Raises:
            OSError: It cannot be read; on Windows, because its process lives.
        """
        if _machine(path.stem) == socket.gethostname():
            return True
        return not self._marks.isdisjoint(path.read_text(encoding="utf-8", errors="replace").splitlines())


def _remove(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except PermissionError:  # Windows deletes no file that is open
        return False
    return True


def machine_marks() -> frozenset[str]:
    """Return by what this machine is known besides its name, which may change: its start and its network card."""
    import uuid  # late: asked once a process, and not by those that only import

    boot = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return marks(boot, uuid.getnode())


def marks(boot: str, card: int) -> frozenset[str]:
    """Return the marks of a machine.

    Args:
        boot: The name that its system gave itself when it started; empty where there is none.
        card: The 48-bit address of a network card. One that was made up, as containers have them, marks nothing.
    """
    found = {f"boot {boot}"} if boot else set()
    if not card >> 40 & 0b11:  # the bits for "made up at random" and "given by the machine's owner"
        found.add(f"card {card:012x}")
    return frozenset(found)


def _machine(name: str) -> str:
    return name.rsplit("-", 2)[0]


def own_folder(folder: Path) -> None:
    """Make a folder that only this user can enter.

    Raises:
        OSError: It cannot be made, or it is another user's or open to others (the parent may be shared, such as /tmp).
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid"):
        found = folder.stat()
        if found.st_uid != os.getuid() or found.st_mode & 0o022:
            raise PermissionError(f"{folder} is not a folder of this user alone.")
