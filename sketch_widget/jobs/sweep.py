"""Many jobs from one sketch: every combination of some parameters, held together as one thing.

It is a value that holds jobs; each of them lives by itself, and one that fails does not take the others along.
"""

import itertools
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sketch_widget import words
from sketch_widget.errors import JobError, RequestError, StoreError, system_reason
from sketch_widget.jobs.job import Job
from sketch_widget.jobs.ports import Record
from sketch_widget.service.request import GenerationRequest

MOST = 64  # jobs of one sweep: about half an hour at the service, and a bound on what a slip of the pen can cost
PLURALS = {"prompt": "prompts", "style": "styles"}  # what is named in the plural where several are given


@dataclass(frozen=True)
class Sweep:
    """The jobs of all combinations; `runs = await sweep` in a notebook, `runs = sweep.result()` in a script.

    As the last line of a cell it shows itself as a table whose squares fill as the pictures come.

    Attributes:
        axes: What varies: the values of each parameter, in the order given; the last one varies fastest.
        jobs: One job a combination, in that order.
        lang: The language in which it shows itself and saves its sheet: "en", "zh" or "auto".
        draw: Draws the sheet that `save` writes: a function from a sweep to the bytes of a PNG.
    """

    axes: Mapping[str, tuple[Any, ...]]
    jobs: tuple[Job, ...]
    lang: str = "auto"
    draw: "Callable[[Sweep], bytes] | None" = field(default=None, repr=False, compare=False)

    @property
    def done(self) -> bool:
        """Whether all jobs have ended."""
        return all(job.done for job in self.jobs)

    @property
    def rows(self) -> list[tuple[Job, ...]]:
        """The jobs as a table: the last axis across, the others down."""
        width = len(list(self.axes.values())[-1])
        return [self.jobs[start : start + width] for start in range(0, len(self.jobs), width)]

    def __await__(self) -> Generator[Any, None, list[Record]]:
        return self._wait().__await__()

    def result(self, timeout: float | None = None) -> list[Record]:
        """Wait for all jobs and return their runs, those without pictures included.

        Args:
            timeout: Seconds to wait at most for each job. Default: as long as it takes.

        Raises:
            JobTimeoutError: One of them took longer; they all go on.
        """
        for job in self.jobs:
            try:
                job.result(timeout)
            except JobError:
                if not job.settled:
                    raise
        return [job.run for job in self.jobs]

    def cancel(self) -> None:
        """Cancel every job as far as it can be; see `Job.cancel`."""
        for job in self.jobs:
            job.cancel()

    def save(self, path: str | Path) -> Path:
        """Write all pictures that are there as one PNG with headings across and down, and return its path.

        Raises:
            StoreError: The file cannot be written.
        """
        assert self.draw is not None, "a sweep without a sheet is for looking at its jobs alone"
        target, data = Path(path), self.draw(self)
        try:
            target.write_bytes(data)
        except OSError as error:
            raise StoreError("drawing.save", path=str(target), reason=system_reason(error)) from error
        return target

    def __repr__(self) -> str:
        lines = [f"{_values(job, self.axes)}: {job.text('en')}" for job in self.jobs]
        return "\n".join([words.say("sweep.title", "en", n=len(self.jobs)), *lines])

    async def _wait(self) -> list[Record]:
        async def ended(job: Job) -> None:
            await job

        import asyncio  # late: 15 ms of an import

        await asyncio.gather(*(ended(job) for job in self.jobs), return_exceptions=True)
        return [job.run for job in self.jobs]


def combinations(axes: Mapping[str, Iterable[Any]], fixed: Mapping[str, Any]) -> list[GenerationRequest]:
    """Return one request a combination; all are checked before any is sent.

    Raises:
        RequestError: A value lies outside its rule, an axis has no values, or there are more than 64 combinations.
    """
    names = list(axes)
    values: Sequence[list[Any]] = [list(axes[name]) for name in names]
    for name, given in zip(names, values, strict=True):
        if not given:
            raise RequestError("sweep.empty", field=PLURALS.get(name, name), value=given)
    count = 1
    for given in values:
        count *= len(given)
    if count > MOST:
        raise RequestError("sweep.many", field=", ".join(names), value=count, most=MOST)
    chosen = [dict(zip(names, combination, strict=True)) for combination in itertools.product(*values)]
    return [GenerationRequest(**fixed, **one) for one in chosen]


def _values(job: Job, axes: Mapping[str, tuple[Any, ...]]) -> str:
    return ", ".join(f"{name}={getattr(job.request, name)!s}" for name in axes)
