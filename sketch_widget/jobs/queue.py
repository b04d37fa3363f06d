"""The queue: takes requests, carries each as a job on the background loop, and takes up again what was left unfinished.

It may be called from any thread and returns at once. Refuses to guess about money: what was perhaps accepted is never
sent again by itself (`sending.py`).
"""

import asyncio
import logging
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from sketch_widget.errors import JobError, JobFailedError, SketchWidgetError, StoreError
from sketch_widget.jobs.errand import Errand, Tools
from sketch_widget.jobs.job import Job, ending
from sketch_widget.jobs.pace import poll_delay
from sketch_widget.jobs.ports import Clock, Loop, Record, Recorder, Service, Ticket, Turns
from sketch_widget.jobs.sending import clear_up, send
from sketch_widget.jobs.state import Event, JobState
from sketch_widget.jobs.turns import LocalTurns
from sketch_widget.jobs.watching import watch
from sketch_widget.service.request import GenerationRequest
from sketch_widget.service.wire import FINAL, Status

log = logging.getLogger("sketch_widget")

KEPT = 32  # ended jobs that `jobs` still lists; their pictures are in memory, about 1 MB each


class RealClock:
    """Time as the machine has it."""

    def now(self) -> float:
        """Return epoch seconds."""
        return time.time()

    def elapsed(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class JobQueue:
    """All jobs of this process at one service.

    Args:
        service: The service.
        recorder: The history on disk.
        loop: The background loop.
        service_name: What the run is marked with, such as "dashscope".
        account: A name for the caller's account that gives no key away; empty where any caller may ask for any task.
        clock: Time. Default: the machine's.
        turns: The account's line. Default: one of this process alone.
        chance: Returns a number from 0 to 1 that spreads repeated calls. Default: a random one.
    """

    def __init__(
        self,
        service: Service,
        recorder: Recorder,
        loop: Loop,
        *,
        service_name: str,
        account: str = "",
        clock: Clock | None = None,
        turns: Turns | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        clock = clock or RealClock()
        self._tools = Tools(service, recorder, clock, turns or LocalTurns(clock), chance)
        self._loop = loop
        self._service_name = service_name
        self._account = account
        self._lock = threading.Lock()
        self._jobs: tuple[Job, ...] = ()
        self._errands: dict[str, Errand] = {}
        self._tools.turns.watch_over(self._take_over)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs that go on and the last ones that ended, oldest first."""
        return self._jobs

    @property
    def note(self) -> str | None:
        """Why the account's line is not shared with other kernels, as a key of the catalogue, or None."""
        return self._tools.turns.note

    def submit(self, request: GenerationRequest, sketch_png: bytes) -> Job:
        """Take a request and return its job at once; the request is on the disk by then.

        Args:
            request: What to ask, its `sketch_color` resolved.
            sketch_png: The sketch as it is to be sent.

        Raises:
            StoreError: It cannot be written down; nothing is sent.
        """
        recorder = self._tools.recorder
        return self._carry(recorder.begin(request, sketch_png, service=self._service_name, account=self._account))

    def knows(self, run: Record) -> bool:
        """Whether a run was asked of this service under this key: under another one its task seems not to exist."""
        return run.service == self._service_name and run.account in ("", self._account)

    def resume(self, run: Record) -> Job:
        """Take up a run that a kernel left unfinished, and return its job; a job that is carried already is returned.

        A run that has a task is watched to its end. One that may have been sent is looked up in the account's list, and
        one that never was is sent now.

        Raises:
            JobError: The run has ended, or another service was asked, or the same under another key.
            StoreError: The run cannot be read, or a kernel that is alive has it.
        """
        for job in self._jobs:
            if job.id == run.id and job.id in self._errands:
                return job
        if run.service != self._service_name:
            raise JobError("job.resume_elsewhere", job_id=run.id, service=run.service, here=self._service_name)
        if not self.knows(run):
            raise JobError("job.resume_other_key", job_id=run.id)
        if JobState(run.state).final:
            raise JobError("job.resume_ended", job_id=run.id, state=run.state)
        return self._carry(self._tools.recorder.take_over(run.id))

    def cancel(self, job: Job) -> None:
        """Cancel a job as far as it still can be; see `Job.cancel`."""
        self._wish(job, cancel=True)

    def adopt(self, job: Job, task_id: str) -> None:
        """Take this task for the one whose answer was lost; see `Job.adopt`."""
        if task_id in self._tools.recorder.claimed(0.0):
            raise JobError("job.adopt_claimed", job_id=job.id, task_id=task_id)
        self._wish(job, adopt=task_id)

    def give_up(self, job: Job) -> None:
        """Treat an unconfirmed job as never accepted; see `Job.give_up`."""
        self._wish(job, give_up=True)

    def close(self) -> None:
        """Close the account's line; the loop has ended by then."""
        self._tools.turns.close()

    def _wish(self, job: Job, **wishes: object) -> None:
        def pass_on() -> None:
            errand = self._errands.get(job.id)
            if errand is not None:
                errand.wish(**wishes)

        self._loop.call(pass_on)

    def _take_over(self, run_id: str, task_id: str | None, ticket: Ticket) -> None:
        """Go on with what a kernel that died had sent; what it had not sent stays with its user."""
        try:
            run = self._tools.recorder.get(run_id)
            if not JobState(run.state).final and run.send_window is not None and self.knows(run):
                self._carry(self._tools.recorder.take_over(run_id), ticket)
                return
            task_id = None
        except StoreError as error:
            # Another history's run: its task is seen out, so that the account is not taken for free too early.
            log.info("%s", error)
        if task_id is None:
            ticket.leave()
        else:
            self._loop.start(lambda: see_out(self._tools, task_id, ticket))

    def _carry(self, record: Record, ticket: Ticket | None = None) -> Job:
        job = Job(record, self, self._loop, self._tools.clock, _first_state(record))
        with self._lock:
            others = [one for one in self._jobs if one.id != job.id]
            forgotten = [one for one in others if one.done][:-KEPT]
            self._jobs = (*(one for one in others if one not in forgotten), job)
        errand = self._errands[job.id] = Errand(job, self._tools)
        errand.ticket = ticket

        async def work() -> None:
            try:
                await carry(errand)
            finally:
                del self._errands[job.id]

        self._loop.start(work)
        return job


async def carry(errand: Errand) -> None:
    """Carry a job to its end, from wherever it is."""
    job = errand.job
    taken_up = job.task_id is not None
    try:
        if job.state is JobState.SENDING:  # taken over from a kernel that ended while it was sending
            errand.move(Event.OUTCOME_UNKNOWN)
        if job.state is JobState.QUEUED:
            await send(errand)
        if job.state is JobState.UNCONFIRMED:
            await clear_up(errand)
        if not job.done:
            await watch(errand, at_once=taken_up)
    except Exception as fault:
        # A task, if there is one, goes on at the service and is on the disk: it can be taken up again.
        job.stand(ending(JobFailedError, job.id, fault, "job.dropped"))
        errand.leave_line()
        raise
    # Not when the loop itself ends: the turn stays taken as long as its task runs, and another kernel sees to it.
    errand.leave_line()


async def see_out(tools: Tools, task_id: str, ticket: Ticket) -> None:
    """Wait until a task that is not ours has ended."""
    began = tools.clock.elapsed()
    try:
        status: str = Status.PENDING
        while status not in FINAL:
            await tools.clock.sleep(poll_delay(tools.clock.elapsed() - began, tools.turns.usual))
            with suppress(SketchWidgetError):
                status = (await tools.service.task(task_id)).status
    finally:
        ticket.leave()


def _first_state(record: Record) -> JobState:
    """Return where a job begins: where its run was left, and before the task when its pictures were being fetched."""
    state = JobState(record.state)
    return JobState.WAITING if state is JobState.FETCHING else state
