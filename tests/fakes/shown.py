"""Real jobs that stand in a given state, for views to show: clock, loop and queue are fakes, the disk is not."""

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from sketch_widget.drawing.picture import encode, sketch_png
from sketch_widget.errors import ContentRefusedError, JobExpiredError, JobFailedError, JobUnconfirmedError
from sketch_widget.jobs.job import Job, ending
from sketch_widget.jobs.state import Event, JobState
from sketch_widget.runs.run import Run
from sketch_widget.runs.store import RunStore
from sketch_widget.service.request import GenerationRequest
from sketch_widget.ui.starters import starter

# How each state is reached, by the table in `jobs/state.py`.
PATHS = {
    JobState.QUEUED: (),
    JobState.SENDING: (Event.TURN,),
    JobState.WAITING: (Event.TURN, Event.ACCEPTED),
    JobState.RUNNING: (Event.TURN, Event.ACCEPTED, Event.RUNNING),
    JobState.DETACHED: (Event.TURN, Event.ACCEPTED, Event.RUNNING, Event.CANCEL),
    JobState.FETCHING: (Event.TURN, Event.ACCEPTED, Event.SUCCEEDED),
    JobState.UNCONFIRMED: (Event.TURN, Event.OUTCOME_UNKNOWN),
    JobState.DONE: (Event.TURN, Event.ACCEPTED, Event.SUCCEEDED, Event.SAVED),
    JobState.FAILED: (Event.TURN, Event.REFUSED),
    JobState.CANCELLED: (Event.CANCEL,),
    JobState.EXPIRED: (Event.TURN, Event.ACCEPTED, Event.FORGOTTEN),
}


class StillClock:
    """Time that moves only when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return 1_800_000_000.0 + self.seconds

    def elapsed(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class NoLoop:
    """A background loop on which nothing ever runs."""

    is_here = False

    def start(self, work) -> None: ...

    def call(self, action) -> None: ...


class NotingOwner:
    """A queue that only notes what a job's holder wishes."""

    def __init__(self) -> None:
        self.wishes: list[tuple[str, ...]] = []

    def cancel(self, job: Job) -> None:
        self.wishes.append(("cancel", job.id))

    def adopt(self, job: Job, task_id: str) -> None:
        self.wishes.append(("adopt", job.id, task_id))

    def give_up(self, job: Job) -> None:
        self.wishes.append(("give_up", job.id))


def painted(hue: int, side: int = 96) -> bytes:
    """Return a small picture of its own colours, as a PNG."""
    ramp = np.linspace(60, 230, side).astype(np.uint8)
    board = np.stack([np.full((side, side), hue), *np.meshgrid(ramp, ramp)], axis=2).astype(np.uint8)
    return encode(np.asarray(Image.fromarray(board, "HSV").convert("RGB")))


@cache
def cat() -> bytes:
    """Return a drawing as a PNG."""
    return sketch_png(starter("cat"))


class Stage:
    """Makes jobs in any state.

    Attributes:
        owner: Notes what is wished of the jobs.
        clock: The jobs' time.
    """

    def __init__(self, home: Path, service: str = "offline") -> None:
        self.store = RunStore(home, owner="stage")
        self.owner = NotingOwner()
        self.clock = StillClock()
        self.service = service

    def job(self, state: JobState, prompt: str = "a big tree", error=None, pictures=None, **parameters) -> Job:
        """Return a job in the given state; `pictures` are how many have arrived."""
        learned = {name: parameters.pop(name) for name in ("position", "expected", "failures") if name in parameters}
        request = GenerationRequest(prompt, sketch_color=[(0, 0, 0)], **parameters)
        run: Run = self.store.begin(request, cat(), service=self.service)
        job = Job(run, self.owner, NoLoop(), self.clock, JobState.QUEUED)
        self.lead(job, state, error, pictures)
        job.learn(**learned)
        return job

    def lead(self, job: Job, state: JobState, error=None, pictures=None) -> None:
        """Lead a queued job to a state."""
        run = job.run
        facts = {}
        count = job.request.n if pictures is None and state is JobState.DONE else pictures or 0
        data = {i + 1: painted(40 * i + 90) for i in range(count)}
        for index, png in data.items():
            run = self.store.save_picture(run.id, index, png)
        if Event.ACCEPTED in PATHS[state]:
            run = self.store.update(run.id, task_id="86ecf553-d340-4e21-af6e-a0c6a421c010")
        facts["record"] = run
        facts["error"] = {
            JobState.FAILED: lambda: ending(JobFailedError, job.id, error or refusal()),
            JobState.EXPIRED: lambda: ending(JobExpiredError, job.id),
            JobState.UNCONFIRMED: lambda: ending(JobUnconfirmedError, job.id),
        }.get(state, lambda: None)()
        for event in PATHS[state][:-1]:
            job.advance(event)
        if PATHS[state]:
            job.advance(PATHS[state][-1], numbered_pictures=data, **facts)


def refusal() -> ContentRefusedError:
    return ContentRefusedError(
        "service.content",
        code="DataInspectionFailed",
        message="Input data may contain <b>inappropriate</b> content.",
        request_id="4c1b1b6e-5f5c-9a4e-8f2d-0d5a3f9c7e11",
        http_status=400,
        details="",
    )
