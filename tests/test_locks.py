"""Locks that end with their process."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fakes.processes import limited

from sketch_widget.locks import FileLock, Life, machine_marks, marks, own_folder

HOLDER = """
import sys
from pathlib import Path
from sketch_widget.locks import Life
life = Life(Path(sys.argv[1]))
print(life.name, flush=True)
sys.stdin.read()
"""
# In a process of its own: the one that runs the tests has threads, and what they hold would be split as well.
SPLITTER = """
import os, sys
from pathlib import Path
from sketch_widget.locks import Life
life = Life(Path(sys.argv[1]))
split = os.fork()
if split == 0:
    life.end()
else:
    print(life.name, os.waitpid(split, 0)[1], flush=True)
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
    with limited(subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdin=-1, stdout=-1, text=True)) as process:
        name = process.stdout.readline().strip()
        assert life.alive(name)
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


def test_an_end_in_order_leaves_no_sign(tmp_path):
    first, second = Life(tmp_path), Life(tmp_path)
    first.end()
    assert [path.stem for path in tmp_path.glob("*.live")] == [second.name]
    assert not second.alive(first.name)
    second.end()
    second.end()
    assert list(tmp_path.glob("*.live")) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is split only where systems do that")
def test_a_process_that_was_split_off_does_not_take_its_parents_sign_away(tmp_path):
    life = Life(tmp_path)
    with limited(
        subprocess.Popen([sys.executable, "-c", SPLITTER, tmp_path], stdin=-1, stdout=-1, text=True)
    ) as process:
        name, ended = process.stdout.readline().split()
        assert ended == "0"
        assert life.alive(name)
    life.end()


def test_signs_of_the_dead_are_swept_under_a_former_name_of_the_machine_and_nobody_elses(tmp_path):
    here = frozenset({"boot 1f2e", "card 3c5282000001"})
    left = {
        "old-name-1-aa": "boot 1f2e\ncard 3c5282ffffff",
        "old-name-2-bb": "boot before\ncard 3c5282000001",
        "other-1-cc": "boot 77aa\ncard 3c5282ffffff",
        "other-2-dd": "",
        "old-name-3-ee": "boot 1f2e",
    }
    for name, text in left.items():
        (tmp_path / f"{name}.live").write_text(text)
    with FileLock(tmp_path / "old-name-3-ee.live"):  # renamed while its process runs
        life = Life(tmp_path, here)
        assert {path.stem for path in tmp_path.glob("*.live")} == {
            life.name,
            "other-1-cc",
            "other-2-dd",
            "old-name-3-ee",
        }
        assert (tmp_path / "other-1-cc.live").read_text() == left["other-1-cc"]
    assert set((tmp_path / f"{life.name}.live").read_text().splitlines()) == here
    again = Life(tmp_path, here)
    assert not (tmp_path / "old-name-3-ee.live").exists()
    life.end()
    again.end()


@pytest.mark.parametrize(
    ("boot", "card", "found"),
    [
        ("1f2e", 0x3C5282000001, {"boot 1f2e", "card 3c5282000001"}),
        ("", 0x3C5282000001, {"card 3c5282000001"}),
        ("1f2e", 0x0242AC110002, {"boot 1f2e"}),  # as Docker makes them up, the same on every machine
        ("", 0x010000000000, set()),  # as Python makes one up
    ],
)
def test_a_machine_is_known_by_its_start_and_by_a_network_card_that_nobody_made_up(boot, card, found):
    assert marks(boot, card) == found


def test_the_marks_of_this_machine_stay_as_they_are():
    assert machine_marks() == machine_marks()
    assert not Path("/proc/sys/kernel/random/boot_id").exists() or machine_marks()


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
