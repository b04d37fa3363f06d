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

    def release(self) -> None:
        """Free the lock; more than once does no harm."""
        if self._file is not None:
            _free(self._file)
            os.close(self._file)
            self._file = None

    def __enter__(self) -> "FileLock":
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class Life:
    """A sign of life of this process: a name that others can ask about, as long as the process runs.

    Args:
        folder: Where the signs of all processes of this machine lie; made when it is missing, for this user alone.

    Raises:
        OSError: The folder cannot be used, or is not this user's own.
    """

    def __init__(self, folder: Path) -> None:
        own_folder(folder)
        self.folder = folder
        self.name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._sweep()
        self._lock = FileLock(folder / f"{self.name}.live")
        self._lock.take()

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
        """Take the sign away, as the end of the process does."""
        self._lock.release()

    def _sweep(self) -> None:
        """Remove the signs of processes that ended; each name is used once, so nobody can want one back."""
        for path in self.folder.glob("*.live"):
            if _machine(path.stem) != socket.gethostname():
                continue  # a folder that machines share need not share its locks
            sign = FileLock(path)
            with suppress(OSError):
                if sign.take(wait=False):
                    is_removed = _remove(path)
                    sign.release()
                    if not is_removed:
                        _remove(path)


def _remove(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except PermissionError:  # Windows deletes no file that is open
        return False
    return True


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
