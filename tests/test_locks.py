"""Locks that end with their process."""

import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sketch_widget.locks import FileLock, Life, own_folder

HOLDER = """
import sys
from pathlib import Path
from sketch_widget.locks import Life
life = Life(Path(sys.argv[1]))
print(life.name, flush=True)
sys.stdin.read()
"""


def test_a_lock_is_held_by_one(tmp_path):
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.take()
    assert not second.take(wait=False)
    first.release()
    assert second.take(wait=False)
    second.release()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at open files where Linux shows them")
def test_a_lock_on_a_file_that_was_taken_away_meanwhile_is_taken_anew(tmp_path):
    path = tmp_path / "lock"
    first, second, third = FileLock(path), FileLock(path), FileLock(path)
    first.take()
    waiting = threading.Thread(target=second.take)
    waiting.start()
    while len([file for file in Path("/proc/self/fd").iterdir() if _points_to(file, path)]) < 2:
        time.sleep(0)
    path.unlink()
    first.release()
    waiting.join()
    assert path.exists()
    assert not third.take(wait=False)
    second.release()


def _points_to(file, path):
    try:
        return file.readlink() == path
    except OSError:
        return False


def test_the_death_of_a_process_is_seen_at_once(tmp_path):
    life = Life(tmp_path)
    process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdin=-1, stdout=-1, text=True)
    name = process.stdout.readline().strip()
    assert life.alive(name)
    process.kill()
    process.communicate()
    assert not life.alive(name)
    assert not life.alive("never-lived")
    assert life.alive(life.name)
    life.end()


def test_signs_of_the_dead_are_swept_and_those_of_the_living_and_of_other_machines_stay(tmp_path):
    (tmp_path / f"{socket.gethostname()}-1-abc.live").touch()
    (tmp_path / "another-machine-1-abc.live").touch()
    first = Life(tmp_path)
    second = Life(tmp_path)
    assert {path.stem for path in tmp_path.glob("*.live")} == {first.name, second.name, "another-machine-1-abc"}
    first.end()
    second.end()


def test_an_end_is_certain_only_on_the_same_machine(tmp_path):
    first, second = Life(tmp_path), Life(tmp_path)
    assert not second.has_ended(first.name)
    first.end()
    assert second.has_ended(first.name)
    assert second.has_ended(f"{socket.gethostname()}-1-abc")
    assert not second.has_ended("another-machine-1-abc")
    assert not second.has_ended("a-worker-without-a-sign")
    assert not second.has_ended(second.name)
    second.end()


def test_a_folder_that_others_can_write_is_refused(tmp_path):
    tmp_path.chmod(0o777)
    with pytest.raises(PermissionError):
        own_folder(tmp_path)
