"""Jobs of an earlier kernel, made again from their runs, so that their cards look and act like any others.

Such a job has ended: its result is there at once, its pictures are read from disk when a page asks for them, and
nothing about it is ever sent again. Refuses runs that have not ended.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sketch_widget import words
from sketch_widget.errors import (
    JobCancelledError,
    JobError,
    JobExpiredError,
    JobFailedError,
    SketchWidgetError,
    StoreError,
)
from sketch_widget.jobs.job import Job, ending
from sketch_widget.jobs.ports import Failure
from sketch_widget.jobs.state import JobState
from sketch_widget.runs.run import Run, Texts
from sketch_widget.runs.store import RunStore

ENDINGS: Mapping[JobState, type[JobError]] = {
    JobState.FAILED: JobFailedError,
    JobState.CANCELLED: JobCancelledError,
    JobState.EXPIRED: JobExpiredError,
}


def jobs_of(ids: Iterable[str], carried: Iterable[Job], store: RunStore) -> list[Job]:
    """Return the jobs of some runs as they stand now, in the same order.

    Args:
        ids: Which runs.
        carried: The jobs that this kernel has; they are taken as they are.
        store: The history, where the others stand. Runs that are gone, and those that have not ended and are nobody's
            here, are left out: to take one up is a decision.
    """
    alive = {job.id: job for job in carried}
    found = []
    for run_id in ids:
        with suppress(StoreError, ValueError):
            found.append(alive.get(run_id) or PastJob(store.get(run_id)))
    return found


class PictureFiles(Mapping[int, bytes]):
    """The pictures of a run by number, read when they are asked for; files that are gone are left out."""

    def __init__(self, run: Run) -> None:
        paths = {number: run.folder / name for number, name in run.pictures.items()}
        self._paths: dict[int, Path] = {number: path for number, path in paths.items() if path.is_file()}

    def __getitem__(self, number: int) -> bytes:
        try:
            return self._paths[number].read_bytes()
        except OSError:
            raise KeyError(number) from None

    def __iter__(self) -> Iterator[int]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class PastJob(Job):
    """A job that ended in an earlier kernel.

    Args:
        run: Its run, as it stands on disk.

    Raises:
        ValueError: The run has not ended.
    """

    def __init__(self, run: Run) -> None:
        state = JobState(run.state)
        if not state.final:
            raise ValueError(run.state)
        nobody = _Nobody()
        super().__init__(run, nobody, nobody, nobody, state)
        self.learn(
            numbered_pictures=PictureFiles(run),
            failures=tuple(Failure(number, ToldError(texts)) for number, texts in sorted(run.failures.items())),
            error=_error(run, state),
            ended=0.0,
        )
        self._settle()


class ToldError(SketchWidgetError):
    """What was written down about an error, in all languages; the error itself is gone with its kernel."""

    def __init__(self, texts: Texts) -> None:
        super().__init__("page.told", reason="")
        self._texts = texts

    def text(self, lang: str = "auto") -> str:
        """Return what was written down in the given language."""
        return self._texts.get(words.language(lang), "")


def _error(run: Run, state: JobState) -> JobError | None:
    """Return the error with which a run ended, or None."""
    if state not in ENDINGS:
        return None
    if run.problem is None:
        return ending(ENDINGS[state], run.id)
    error = ENDINGS[state]("page.told", job_id=run.id, reason=ToldError(run.problem))
    error.__cause__ = None if run.cause is None else run.cause.error()
    return error


class _Nobody:
    """Queue, loop and clock of a job for which nothing is left to do."""

    is_here = False

    def cancel(self, job: Job) -> None: ...

    def adopt(self, job: Job, task_id: str) -> None: ...

    def give_up(self, job: Job) -> None: ...

    def start(self, work: Callable[[], Awaitable[None]]) -> None: ...

    def call(self, action: Callable[[], object]) -> None: ...

    def now(self) -> float:
        return 0.0

    def elapsed(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None: ...
