"""The last part of a job: bringing its pictures home, each saved when it arrives.

Every picture stands for itself: one that failed, or cannot be fetched, does not take the others along. Addresses are
tried until they expire (24 hours), because what they lead to is paid for.
"""

import asyncio

from sketch_widget.errors import (
    JobError,
    JobExpiredError,
    JobFailedError,
    JobTimeoutError,
    NotAllowedError,
    ServiceError,
    SketchWidgetError,
    StoreError,
)
from sketch_widget.jobs.errand import Errand
from sketch_widget.jobs.job import ending
from sketch_widget.jobs.match import DAY
from sketch_widget.jobs.ports import Failure
from sketch_widget.jobs.state import Event
from sketch_widget.service.faults import error_of
from sketch_widget.service.retry import Again, Call, again
from sketch_widget.service.task import Result, Task

SAVE_TRIES = 3  # of writing a picture to the disk
SAVE_PAUSE = 1.0  # seconds
FETCH_TRIES = 10  # of a picture before nobody waits for it any more: about five minutes
AWAY = 300.0  # seconds between two rounds of tries from then on
GONE = (404, 410)  # what the file store answers, beside 403, for an address that has expired


async def fetch(errand: Errand, task: Task) -> None:
    """Bring home the pictures of a task that succeeded; the job ends done, failed or expired."""
    if task.scheduled_time is not None and task.end_time is not None:
        errand.tools.turns.took(task.end_time - task.scheduled_time)
    errand.move(Event.SUCCEEDED)
    n = errand.job.request.n
    # Fewer results than asked for are failures without a reason of the service.
    results = (list(task.results) + [Result()] * n)[: max(n, len(task.results))]
    await asyncio.gather(*(_bring(errand, index, result) for index, result in enumerate(results, 1)))
    job = errand.job
    if job.run.files:
        errand.end(Event.SAVED, None)
        return
    first = job.failures[0].error
    if all(_is_gone(failure.error) for failure in job.failures):
        errand.end(Event.URL_GONE, ending(JobExpiredError, job.id, first))
    else:
        errand.end(Event.NOTHING_SAVED, ending(JobFailedError, job.id, first))


async def _bring(errand: Errand, index: int, result: Result) -> None:
    job = errand.job
    try:
        data = await _download(errand, index, result)
        job.learn(numbered_pictures={**job.numbered_pictures, index: data})
        await _save(errand, index, data)
    except SketchWidgetError as error:
        job.learn(failures=tuple(sorted((*job.failures, Failure(index, error)), key=lambda one: one.index)))


async def _download(errand: Errand, index: int, result: Result) -> bytes:
    if result.code:
        raise error_of(result.code, result.message, task_id=errand.job.task_id or "")
    if not result.url:
        raise JobError("job.picture_missing", job_id=errand.job.id, index=index)
    tools, job = errand.tools, errand.job

    def is_gone() -> bool:
        return tools.clock.now() - job.started > DAY

    def enough(tries: int, error: BaseException) -> bool:
        # A service that answers may answer the same for long; a network that is down comes back.
        return is_gone() or (isinstance(error, ServiceError) and tries >= FETCH_TRIES)

    while True:
        try:
            return await errand.patiently(lambda: tools.service.download(result.url), enough)
        except SketchWidgetError as error:
            if again(Call.READ, error) is Again.NEVER or is_gone():
                raise
            # The picture is paid for: nobody waits for it any longer, and it is tried until its address expires.
            job.stand(ending(JobTimeoutError, job.id, error, "job.out_of_reach"))
            await tools.clock.sleep(AWAY)


async def _save(errand: Errand, index: int, data: bytes) -> None:
    for left in reversed(range(SAVE_TRIES)):
        try:
            record = errand.tools.recorder.save_picture(errand.job.id, index, data)
        except StoreError as error:
            if not left:
                raise
            errand.trouble(error)
            await errand.tools.clock.sleep(SAVE_PAUSE)
        else:
            errand.job.learn(record=record, trouble=None)
            return


def _is_gone(error: SketchWidgetError) -> bool:
    return isinstance(error, NotAllowedError) or getattr(error, "http_status", None) in GONE
