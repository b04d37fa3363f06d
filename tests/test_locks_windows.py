"""Locks as Windows has them, by what its C library's document says about `_locking`; everything else is real.

A lock is held by an open file, is refused at once with EACCES, and is freed by unlocking: closing the file alone frees
it "some time later", which is never here. A file that is open is not deleted.
"""

import errno
import importlib.util
import os
import sys
from pathlib import Path

import pytest

from sketch_widget import locks

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at open files where Linux shows them")


class Msvcrt:
    """The module of that name; `refusals` more tries to lock are refused, whoever holds what."""

    LK_UNLCK, LK_LOCK, LK_NBLCK = 0, 1, 2

    def __init__(self) -> None:
        self.held: dict[int, int] = {}
        self.refusals = 0

    def locking(self, file: int, mode: int, size: int) -> None:
        assert size == 1
        node = os.fstat(file).st_ino
        if mode == self.LK_UNLCK:
            if self.held.pop(node, None) != file:
                raise PermissionError(errno.EACCES, "Permission denied")
        elif mode == self.LK_LOCK:
            raise AssertionError("It waits for seconds and gives up after ten.")
        elif self.refusals or node in self.held:
            self.refusals = max(self.refusals - 1, 0)
            raise PermissionError(errno.EACCES, "Permission denied")
        else:
            self.held[node] = file


def is_open(path: str) -> bool:
    return any(file.resolve() == Path(path).resolve() for file in Path("/proc/self/fd").iterdir())


@pytest.fixture
def msvcrt(monkeypatch):
    msvcrt, unlink = Msvcrt(), os.unlink

    def windows_unlink(path, *arguments, **named):
        if is_open(path):
            raise PermissionError(errno.EACCES, "The process cannot access the file", path)
        unlink(path, *arguments, **named)

    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setattr(os, "unlink", windows_unlink)
    return msvcrt


@pytest.fixture
def windows(msvcrt, monkeypatch):
    """The module as Windows would import it."""
    spec = importlib.util.spec_from_file_location("locks_on_windows", locks.__file__)
    module = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "win32")
        spec.loader.exec_module(module)
    return module


def test_a_lock_is_held_by_one_and_free_at_once_when_it_is_released(windows, tmp_path):
    first, second = windows.FileLock(tmp_path / "lock"), windows.FileLock(tmp_path / "lock")
    assert first.take()
    assert not second.take(wait=False)
    first.release()
    assert second.take(wait=False)
    second.release()


def test_waiting_goes_on_for_longer_than_windows_own_ten_tries(windows, msvcrt, tmp_path):
    msvcrt.refusals = 12
    lock = windows.FileLock(tmp_path / "lock")
    assert lock.take()
    assert msvcrt.refusals == 0
    lock.release()


def test_the_end_of_a_process_is_seen_and_its_sign_removed_once_nobody_has_it_open(windows, tmp_path):
    first, second = windows.Life(tmp_path), windows.Life(tmp_path)
    assert second.alive(first.name)
    first.end()
    assert not second.alive(first.name)
    third = windows.Life(tmp_path)
    assert {path.stem for path in tmp_path.glob("*.live")} == {second.name, third.name}
    second.end()
    third.end()


def test_a_sign_that_cannot_be_opened_is_taken_for_a_living_one(windows, tmp_path):
    life = windows.Life(tmp_path)
    (tmp_path / "somebody.live").mkdir()
    assert life.alive("somebody")
    life.end()
