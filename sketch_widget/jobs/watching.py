"""The middle part of a job: asking about its task until it ends, and cancelling it while that is possible.

Questions are repeated for as long as the service knows the task (24 hours), whatever fails in between. Refuses to
believe a single "unknown", because a new task may not be known everywhere at once.
"""

from sketch_widget.errors import (
    CancelRefusedError,
    JobCancelledError,
    JobExpiredError,
    JobFailedError,
    JobTimeoutError,
    SketchWidgetError,
)
from sketch_widget.jobs.errand import CALL_TRIES, Errand
from sketch_widget.jobs.fetching import fetch
from sketch_widget.jobs.job import ending
from sketch_widget.jobs.match import DAY
from sketch_widget.jobs.pace import UNWATCHED, poll_delay
from sketch_widget.jobs.state import Event, JobState
from sketch_widget.service.faults import error_of
from sketch_widget.service.retry import Again, Call, again
from sketch_widget.service.task import Task
from sketch_widget.service.wire import Status

FORGOTTEN_SIGHTS = 3  # UNKNOWN in a row before it is believed
DEADLINES = {
    JobState.WAITING: 10800.0,  # seconds: the service gives a task up after 3 hours (its document on errors)
    JobState.RUNNING: 900.0,  # seconds: tasks of this model take about 27
}


async def watch(errand: Errand, at_once: bool) -> None:
    """Ask about the task until the job has ended.

    Args:
        errand: The job on its way.
        at_once: Whether to ask first and wait then, as for a task that was accepted long ago.
    """
    failures = sights = 0
    seen: Task | None = None
    delay = 0.0 if at_once else _delay(errand, seen)
    while not errand.job.done:
        if not await errand.unless(lambda wishes: wishes.cancel, errand.tools.clock.sleep(delay)):
            await _cancel(errand)
        elif _is_old(errand):
            errand.end(Event.FORGOTTEN, ending(JobExpiredError, errand.job.id))
        else:
            try:
                task = await errand.tools.service.task(errand.job.task_id or "")
            except SketchWidgetError as error:
                failures += 1
                errand.trouble(error)
                delay = errand.pause(failures, error)
                if again(Call.READ, error) is Again.NEVER and failures >= CALL_TRIES:
                    _detach(errand, "job.out_of_sight", error)
                continue
            failures = 0
            sights = sights + 1 if task.status == Status.UNKNOWN else 0
            errand.trouble(None)
            await _take_up(errand, task, sights)
            _detach_if_late(errand)
            errand.tools.turns.look_after()
            seen = task
        delay = _delay(errand, seen)


async def _take_up(errand: Errand, task: Task, sights: int) -> None:
    """Act on what the service says about the task; words that it may add one day mean "not finished"."""
    job = errand.job
    if task.status == Status.RUNNING and job.state is JobState.WAITING:
        errand.move(Event.RUNNING, expected=errand.tools.turns.usual)
    elif task.status == Status.SUCCEEDED:
        errand.leave_line()
        await fetch(errand, task)
    elif task.status == Status.FAILED:
        reason = error_of(task.code, task.message, request_id=task.request_id, task_id=task.task_id)
        errand.end(Event.FAILED, ending(JobFailedError, job.id, reason))
    elif task.status == Status.CANCELED:
        errand.end(Event.CANCELED, ending(JobCancelledError, job.id))
    elif task.status == Status.UNKNOWN and sights >= FORGOTTEN_SIGHTS:
        errand.end(Event.FORGOTTEN, ending(JobExpiredError, job.id))


async def _cancel(errand: Errand) -> None:
    job = errand.job
    errand.wishes.cancel = False
    too_late = ending(JobCancelledError, job.id, key="job.cancelled_late")
    if job.state is JobState.RUNNING:
        errand.move(Event.CANCEL, error=too_late)
    elif job.state is JobState.WAITING:
        try:
            await errand.patiently(lambda: errand.tools.service.cancel(job.task_id or ""))
        except CancelRefusedError:
            errand.move(Event.CANCEL_REFUSED, error=too_late)
        except SketchWidgetError as error:
            errand.move(Event.CANCEL_REFUSED, error=too_late, trouble=error)
        else:
            errand.end(Event.CANCEL_ACCEPTED, ending(JobCancelledError, job.id))


def _delay(errand: Errand, task: Task | None) -> float:
    seconds, usual = _seconds(errand, task), errand.tools.turns.usual
    # Others stand in line for the end of a task for which nobody waits.
    if errand.job.state is JobState.DETACHED and seconds > DEADLINES[JobState.RUNNING]:
        return UNWATCHED
    if task is not None and task.status == Status.PENDING and usual is not None:
        return poll_delay(0.0, usual)  # it is as far from its end as one that begins, however long it waits
    return poll_delay(seconds, usual)


def _seconds(errand: Errand, task: Task | None) -> float:
    """Return for how long a task has waited, or run, as the service saw it; our own view may have begun later."""
    window = errand.job.run.send_window
    if task is None or window is None:
        return errand.job.state_elapsed
    began = 0.0
    if task.submit_time is not None and task.scheduled_time is not None:
        began = task.scheduled_time - task.submit_time  # the service's clock alone: it may differ from ours
    return max(errand.tools.clock.now() - window[0] - began, 0.0)


def _is_old(errand: Errand) -> bool:
    window = errand.job.run.send_window
    accepted = errand.job.started if window is None else window[0]
    return errand.tools.clock.now() - accepted > DAY


def _detach_if_late(errand: Errand) -> None:
    limit = DEADLINES.get(errand.job.state)
    if limit is not None and errand.job.state_elapsed > limit:
        _detach(errand, "job.deadline")


def _detach(errand: Errand, key: str, cause: SketchWidgetError | None = None) -> None:
    if errand.job.state in DEADLINES:
        errand.move(Event.DEADLINE, error=ending(JobTimeoutError, errand.job.id, cause, key), trouble=cause)
