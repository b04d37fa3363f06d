"""Locks that end with their process."""

import subprocess
import sys

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


def test_signs_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path):
    (tmp_path / "host-1-abc.live").touch()
    first = Life(tmp_path)
    second = Life(tmp_path)
    assert {path.stem for path in tmp_path.glob("*.live")} == {first.name, second.name}
    first.end()
    second.end()


def test_a_folder_that_others_can_write_is_refused(tmp_path):
    tmp_path.chmod(0o777)
    with pytest.raises(PermissionError):
        own_folder(tmp_path)
