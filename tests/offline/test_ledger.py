import sqlite3
from contextlib import closing

import pytest

from sketch_widget.offline.accounts import account_of
from sketch_widget.offline.ledger import Ledger, Upload


def test_what_was_written_is_there_after_the_file_is_opened_again(desk, tmp_path):
    task = desk.submit(n=3)
    desk.ledger.close()
    with closing(Ledger(tmp_path / "tasks.sqlite3")) as again, again.look() as rows:
        assert rows.get(task.task_id) == task


def test_two_processes_see_each_others_tasks(desk, tmp_path):
    with closing(Ledger(tmp_path / "tasks.sqlite3")) as other:
        task = desk.submit()
        with other.look() as rows:
            assert rows.of_queue(account_of("sk-a").queue) == [task]


def test_a_change_that_fails_leaves_everything_as_it_was(desk):
    task = desk.submit()

    def change_and_fail():
        with desk.ledger.change() as rows:
            rows.remove(task.task_id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    with desk.ledger.look() as rows:
        assert rows.get(task.task_id) == task


@pytest.mark.parametrize("case", ["no database", "another version"])
def test_a_file_that_cannot_be_read_is_put_aside_and_a_new_one_begun(tmp_path, case):
    path = tmp_path / "tasks.sqlite3"
    if case == "no database":
        path.write_bytes(b"this is no database, and long enough to be looked at" * 40)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with closing(Ledger(path)) as ledger, ledger.look() as rows:
        assert rows.get("any") is None
    assert (tmp_path / "tasks.unreadable").read_bytes() == before


def test_a_file_that_another_process_holds_is_not_put_aside(tmp_path):
    path = tmp_path / "tasks.sqlite3"
    with closing(Ledger(path)) as ledger, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            Ledger(path, wait=0.01)
        other.execute("ROLLBACK")
        with ledger.look() as rows:
            assert rows.get("any") is None
    assert not (tmp_path / "tasks.unreadable").exists()


def test_an_uploads_address_is_taken_only_once(desk):
    with desk.ledger.change() as rows:
        assert rows.put_upload(Upload("k", "o", 1.0, "uploads/1"))
        assert not rows.put_upload(Upload("k", "o", 2.0, "uploads/2"))
        assert rows.upload("k") == Upload("k", "o", 1.0, "uploads/1")


def test_old_uploads_are_removed_and_named(desk):
    with desk.ledger.change() as rows:
        rows.put_upload(Upload("old", "o", 1.0, "uploads/1"))
        rows.put_upload(Upload("new", "o", 9.0, "uploads/2"))
        assert [upload.key for upload in rows.remove_uploads(5.0)] == ["old"]
        assert rows.upload("old") is None
        assert rows.upload("new") is not None


def test_a_change_finds_the_newest_state_of_a_task(desk):
    task = desk.submit()
    desk.table.claim(task.queue, "w")
    with desk.ledger.look() as rows:
        assert rows.get(task.task_id).worker == "w"
        assert len(rows.of_account(task.account)) == 1
