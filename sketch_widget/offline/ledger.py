"""What the embedded service writes down: its tasks and the files uploaded to it, in one SQLite file.

Several processes may hold the file open. A file that cannot be read, or that another version has written, is put aside
under another name and a new one begun: what it held was free and would be gone in a day.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sketch_widget.offline.task import Task

VERSION = 1  # of the tables below
WAIT = 10.0  # seconds for another process to finish writing

_TABLES = """
CREATE TABLE task (
    task_id TEXT PRIMARY KEY, account TEXT NOT NULL, queue TEXT NOT NULL, submit_time REAL NOT NULL, task BLOB NOT NULL
);
CREATE INDEX task_account ON task (account, submit_time);
CREATE INDEX task_queue ON task (queue, submit_time);
CREATE TABLE upload (key TEXT PRIMARY KEY, upload BLOB NOT NULL, created REAL NOT NULL);
"""


@dataclass(frozen=True)
class Upload:
    """A file that somebody uploaded.

    Attributes:
        key: Its address after `oss://`.
        owner: The account and the model that may use it, as one word.
        created: Seconds since 1970.
        file: Where its bytes are.
    """

    key: str
    owner: str
    created: float
    file: str = ""


class Rows:
    """The rows, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, task_id: str) -> Task | None:
        """Return a task, or None."""
        return next(iter(self._tasks("WHERE task_id = ?", task_id)), None)

    def of_queue(self, queue: str) -> list[Task]:
        """Return a queue's tasks in the order of their submission."""
        return self._tasks("WHERE queue = ? ORDER BY submit_time, rowid", queue)

    def of_account(self, account: str) -> list[Task]:
        """Return an account's tasks in the order of their submission."""
        return self._tasks("WHERE account = ? ORDER BY submit_time, rowid", account)

    def older_than(self, moment: float) -> list[Task]:
        """Return the tasks submitted before a moment, seconds since 1970."""
        return self._tasks("WHERE submit_time <= ?", moment)

    def put(self, task: Task) -> None:
        """Write a task, new or changed."""
        self._connection.execute(
            "INSERT INTO task VALUES (?, ?, ?, ?, ?) ON CONFLICT (task_id) DO UPDATE SET task = excluded.task",
            (task.task_id, task.account, task.queue, task.submit_time, msgspec.json.encode(task)),
        )

    def remove(self, task_id: str) -> None:
        """Forget a task."""
        self._connection.execute("DELETE FROM task WHERE task_id = ?", (task_id,))

    def upload(self, key: str) -> Upload | None:
        """Return an uploaded file's entry, or None."""
        row = self._connection.execute("SELECT upload FROM upload WHERE key = ?", (key,)).fetchone()
        return None if row is None else msgspec.json.decode(row[0], type=Upload)

    def put_upload(self, upload: Upload) -> bool:
        """Write down an uploaded file; False when its key is taken."""
        added = self._connection.execute(
            "INSERT INTO upload VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (upload.key, msgspec.json.encode(upload), upload.created),
        )
        return added.rowcount == 1

    def remove_uploads(self, moment: float) -> list[Upload]:
        """Forget the files uploaded before a moment (seconds since 1970) and return their entries."""
        rows = self._connection.execute("DELETE FROM upload WHERE created <= ? RETURNING upload", (moment,)).fetchall()
        return [msgspec.json.decode(row[0], type=Upload) for row in rows]

    def _tasks(self, condition: str, value: object) -> list[Task]:
        found = self._connection.execute(f"SELECT task FROM task {condition}", (value,)).fetchall()
        return [msgspec.json.decode(row[0], type=Task) for row in found]


class Ledger:
    """The file, open for one process and all of its threads."""

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        """Open the file, or begin one; `wait` is for another process to finish writing, in seconds.

        Raises:
            OSError: The folder cannot be written.
            sqlite3.OperationalError: The file cannot be reached.
        """
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_ours(path, wait):
            path.replace(path.with_suffix(".unreadable"))
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)  # SQLite would replay it into the new file
        self._connection = _open(path, wait)
        self._lock = threading.Lock()
        try:
            with self.change() as rows:
                _prepare(rows, self._connection)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def change(self) -> Iterator[Rows]:
        """Read and write; other processes wait, and an exception leaves everything as it was."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield Rows(self._connection)
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()

    @contextmanager
    def look(self) -> Iterator[Rows]:
        """Read."""
        with self._lock:
            yield Rows(self._connection)


def _open(path: Path, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        # Not waiting for the disk: calls are answered on an event loop, and a power cut may cost what was free anyway.
        connection.execute("PRAGMA synchronous = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _is_ours(path: Path, wait: float) -> bool:
    """Whether the file is new, or one that this version has written."""
    if not path.exists():
        return True
    try:
        with closing(_open(path, wait)) as connection:
            whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            return whole and _version(connection) in (0, VERSION)
    except sqlite3.OperationalError:
        raise  # locked or out of reach, which says nothing about what is in it
    except sqlite3.DatabaseError:
        return False


def _prepare(rows: Rows, connection: sqlite3.Connection) -> None:
    """Make the tables of a new file, inside a transaction so that only one of several processes does."""
    if _version(connection) == VERSION:
        return
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
