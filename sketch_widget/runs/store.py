"""The history on disk: one folder a run, safe with several kernels at once.

A run is written by the kernel that carries it and by no other; another may take it over only when that kernel is gone.
Folders that are not ours, or broken, are named and never touched.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sketch_widget import words
from sketch_widget.errors import StoreError, system_reason
from sketch_widget.locks import FileLock
from sketch_widget.runs.files import picture_name, write_whole
from sketch_widget.runs.recipe import with_recipe
from sketch_widget.runs.run import RUN_FILE, SKETCH_FILE, Run, decode_run, encode_run
from sketch_widget.service.request import GenerationRequest

ENDED = frozenset({"done", "failed", "cancelled", "expired"})
UNCONFIRMED = "unconfirmed"
KEPT_BY_SERVICE = 24.0  # hours
LOOKED_BACK = 30 * 86400.0  # seconds: what ended before that is in the history, and no news any more

_DAY = 86400.0  # seconds


class RunStore:
    """The runs of one user on this machine.

    Args:
        home: The folder that holds everything; runs are in its folder `runs`.
        owner: The name under which this process carries runs.
        alive: Tells whether the process of a name still runs. Default: none does.
        now: Returns epoch seconds.
    """

    def __init__(
        self,
        home: Path,
        *,
        owner: str = "",
        alive: Callable[[str], bool] = lambda name: False,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.folder = home / "runs"
        self._owner = owner
        self._alive = alive
        self._now = now
        self._read: dict[str, tuple[tuple[int, int, int], Run]] = {}

    # Reading

    def runs(self, limit: int | None = None) -> list[Run]:
        """Return the runs, newest first, at most `limit` of them; see `broken` for what could not be read."""
        found: list[Run] = []
        for name in self._names():
            if limit is not None and len(found) >= limit:
                break
            run = self._readable(name)
            if run is not None:
                found.append(run)
        return found

    def get(self, run_id: str) -> Run:
        """Return one run; one that was left unfinished for a day has ended by that.

        Raises:
            StoreError: There is no such run, or it cannot be read.
        """
        folder = self.folder / str(run_id)
        if not run_id or folder.parent != self.folder or run_id in (".", ".."):
            raise StoreError("runs.id", value=run_id)
        try:
            found = (folder / RUN_FILE).stat()
            # Every write makes a new file, and a clock's tick can be longer than the time between two writes.
            mark = (found.st_mtime_ns, found.st_ino, found.st_size)
            known = self._read.get(run_id)
            if known is None or known[0] != mark:
                known = mark, decode_run((folder / RUN_FILE).read_bytes(), folder)
                self._read[run_id] = known
        except FileNotFoundError:
            raise StoreError("runs.none", value=run_id, folder=str(self.folder)) from None
        except OSError as error:
            raise StoreError("runs.read", path=str(folder), reason=system_reason(error)) from error
        return self._as_it_stands(known[1])

    def broken(self) -> list[tuple[Path, StoreError]]:
        """Return the folders that are no readable run, each with the reason; nothing is done to them."""
        found = []
        for name in self._names():
            try:
                self.get(name)
            except StoreError as error:
                found.append((self.folder / name, error))
        return found

    def unfinished(self, hours: float = KEPT_BY_SERVICE) -> list[Run]:
        """Return the runs of the last hours that no living kernel carries and that have not ended, newest first."""
        oldest = self._now() - hours * 3600
        return [
            run
            for run in self._since(oldest - _DAY)
            if run.state not in ENDED and _kept_from(run) >= oldest and self._is_left(run)
        ]

    def close_expired(self) -> list[Run]:
        """Write down which runs ended because nobody took them up while the service had their tasks; newest first.

        Each is returned once, and only when its request may have been sent: the others have cost nothing.
        """
        found = []
        with self._writing():
            for run in self._since(self._now() - LOOKED_BACK):
                if run.state in ENDED and self._read[run.id][1].state not in ENDED:
                    self._write(replace(run, owner=self._owner))
                    found.append(run)
        return [run for run in found if run.state == "expired"]

    def claimed(self, since: float) -> frozenset[str]:
        """Return the task ids of all runs that may have been sent since this epoch second."""
        # A run is sent at most a day after it was asked: by then the service would have forgotten a task.
        return frozenset(run.task_id for run in self._since(since - _DAY) if run.task_id is not None)

    def unsure(self, start: float, end: float) -> frozenset[str]:
        """Return the runs without a task whose send window touches this span of epoch seconds.

        Also those that a person has given up: the task may be theirs all the same.
        """
        return frozenset(
            run.id
            for run in self._since(start - _DAY)
            if run.task_id is None
            and run.send_window is not None
            and run.send_window[0] <= end
            and run.send_window[1] >= start
        )

    # Writing

    def begin(self, request: GenerationRequest, sketch_png: bytes, *, service: str, account: str = "") -> Run:
        """Write down a new request with its sketch, before anything is sent.

        Raises:
            StoreError: The folder cannot be written.
        """
        created = self._now()
        run_id = f"{_stamp(created)}-{secrets.token_hex(3)}"
        folder = self.folder / run_id
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise StoreError("runs.write", path=str(folder), reason=system_reason(error)) from error
        write_whole(folder / SKETCH_FILE, sketch_png)
        run = Run(folder, run_id, request, service, "queued", created, owner=self._owner, account=account)
        self._write(run)
        return run

    def update(self, run_id: str, **facts: Any) -> Run:
        """Write down what became known of a run that this process carries; see `Run.with_facts`.

        Raises:
            StoreError: Another kernel has taken the run over, or it cannot be read or written.
        """
        with self._writing():
            run = self._own(run_id).with_facts(**facts)
            self._write(run)
        return run

    def save_picture(self, run_id: str, index: int, data: bytes) -> Run:
        """Keep a picture of a run that this process carries.

        Args:
            run_id: Which run.
            index: Which picture, 1 for the first.
            data: The file's bytes. Its pixels are kept as they are; a PNG gets its recipe inside.

        Raises:
            StoreError: As for `update`.
        """
        run = self._own(run_id)
        name = picture_name(run.created, run.request, index, data)
        write_whole(run.folder / name, with_recipe(data, run.recipe()))
        return self.update(run_id, pictures={**self.get(run_id).pictures, index: name})

    def take_over(self, run_id: str) -> Run:
        """Make a run of a kernel that is gone this process's own.

        Raises:
            StoreError: A living kernel carries it, or it cannot be read or written.
        """
        with self._writing():
            run = self.get(run_id)
            if run.owner != self._owner and self._alive(run.owner):
                raise StoreError("runs.taken", value=run_id)
            run = replace(run, owner=self._owner)
            self._write(run)
        return run

    def _is_left(self, run: Run) -> bool:
        """Whether the kernel that carried a run is gone."""
        return run.owner != self._owner and not self._alive(run.owner)

    def _as_it_stands(self, run: Run) -> Run:
        """Return a run that nobody took up while the service had its task as ended; any other as it is."""
        if run.state in ENDED or run.state == UNCONFIRMED or self._now() - _kept_from(run) <= _DAY:
            return run
        if not self._is_left(run):
            return run
        state, key = ("cancelled", "run.left_unsent") if run.send_window is None else ("expired", "run.left")
        return replace(run, state=state, problem={lang: words.say(key, lang) for lang in words.LANGUAGES})

    def _write(self, run: Run) -> None:
        write_whole(run.folder / RUN_FILE, encode_run(run))
        self._read.pop(run.id, None)

    def _own(self, run_id: str) -> Run:
        run = self.get(run_id)
        if run.owner != self._owner:
            raise StoreError("runs.lost", value=run_id)
        return run

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Let one kernel at a time read and write back; without file locks the owner's name alone guards."""
        lock = FileLock(self.folder / ".lock")
        try:
            lock.take()
        except OSError:
            yield
            return
        try:
            yield
        finally:
            lock.release()

    def _names(self) -> list[str]:
        try:
            folders = [path for path in self.folder.iterdir() if not path.name.startswith(".") and path.is_dir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError("runs.read", path=str(self.folder), reason=system_reason(error)) from error
        return sorted((path.name for path in folders), reverse=True)

    def _since(self, oldest: float) -> list[Run]:
        first = _stamp(max(oldest, 0.0))
        runs = (self._readable(name) for name in self._names() if name >= first)
        return [run for run in runs if run is not None and run.created >= oldest]

    def _readable(self, name: str) -> Run | None:
        try:
            return self.get(name)
        except StoreError:
            return None


def _kept_from(run: Run) -> float:
    """Return when the service's day for a run began, in epoch seconds."""
    return run.created if run.send_window is None else run.send_window[0]


def _stamp(created: float) -> str:
    """Return a time as the beginning of a run's name: UTC to the millisecond, so that names sort by time."""
    whole, part = divmod(created, 1)
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(whole))}-{int(part * 1000):03d}"
