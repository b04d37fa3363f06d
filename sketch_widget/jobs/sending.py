"""The first part of a job: its turn, the upload, the paid submit, and what to do when the answer is lost.

Refuses to send twice: a submit goes out again only after a refusal that is certain. After a lost answer the account's
list is asked, and when that does not show the one task that must be ours, a person decides.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sketch_widget.errors import (
    JobCancelledError,
    JobFailedError,
    JobUnconfirmedError,
    SketchWidgetError,
    ThrottledError,
)
from sketch_widget.jobs.errand import Errand, Wishes, passing
from sketch_widget.jobs.job import ending
from sketch_widget.jobs.match import LOOKS, SEND_LIMIT, matching_task, search_window
from sketch_widget.jobs.ports import Ticket
from sketch_widget.jobs.state import Event, JobState
from sketch_widget.service.retry import Again, Call, again, may_have_been_accepted
from sketch_widget.service.task import ListedTask

SEND_TRIES = 8  # refusals that may pass before a job fails: about two minutes


async def send(errand: Errand) -> None:
    """Send a queued job when its turn comes; it ends waiting, unconfirmed, failed or cancelled."""
    upload = Upload(errand)
    try:
        await _send(errand, errand.enter_line(), upload)
    finally:
        upload.drop()


async def _send(errand: Errand, ticket: Ticket, upload: "Upload") -> None:
    for tries in range(1, SEND_TRIES + 1):
        if not await errand.unless(_cancelled, _turn(ticket, upload)):
            break
        # Nothing to write down: until its submit the run stands as queued, and so it would be taken up.
        errand.job.advance(Event.TURN)
        try:
            address = upload.address()
            if errand.wishes.cancel:
                errand.move(Event.REFUSED_FOR_NOW)
                break
            await _submit(errand, address)
        except SketchWidgetError as refusal:
            # Until the submit nothing costs anything, so an upload may fail in every way that passes.
            call = Call.SUBMIT if upload.is_done else Call.READ
            if again(call, refusal) is Again.NEVER or tries == SEND_TRIES:
                errand.move(Event.REFUSED, error=ending(JobFailedError, errand.job.id, refusal), send_window=None)
                return
            errand.move(Event.REFUSED_FOR_NOW, trouble=passing(refusal), send_window=None)
            ticket.back(crowded=call is Call.SUBMIT and isinstance(refusal, ThrottledError))
            if not await errand.unless(_cancelled, errand.tools.clock.sleep(errand.pause(tries, refusal))):
                break
        else:
            return
    errand.end(Event.CANCEL, ending(JobCancelledError, errand.job.id, key="job.cancelled_unsent"))


async def _turn(ticket: Ticket, upload: "Upload") -> None:
    await ticket.first()
    # While the tasks before still run: after them the account would stand still for as long as it takes. And before
    # the turn, which counts as the moment of the submit: a slow upload between them would bring submits together.
    await upload.over()
    await ticket.turn()


class Upload:
    """The sketch on its way to where the service finds it."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._doing: asyncio.Task[str] | None = None

    @property
    def is_done(self) -> bool:
        """Whether the service has it."""
        return self._doing is not None and self._doing.done() and not self._failed(self._doing)

    async def over(self) -> None:
        """Wait until it has arrived or failed; begins it, or begins it anew after a failure."""
        if self._doing is None or self._failed(self._doing):
            self._doing = asyncio.ensure_future(self._send())
        await asyncio.wait((self._doing,))

    def address(self) -> str:
        """Return its address, or raise what went wrong."""
        if self._doing is None:
            raise AssertionError("It was not begun.")
        return self._doing.result()

    def drop(self) -> None:
        """Give up what goes on."""
        if self._doing is not None and not self._failed(self._doing):
            self._doing.cancel()

    async def _send(self) -> str:
        return await self._errand.tools.service.upload(self._errand.job.run.sketch_bytes())

    @staticmethod
    def _failed(doing: "asyncio.Task[str]") -> bool:
        return doing.done() and (doing.cancelled() or doing.exception() is not None)


async def _submit(errand: Errand, address: str) -> None:
    """Send the paid request once; raises when it certainly was not accepted."""
    tools, job = errand.tools, errand.job
    start = tools.clock.now()
    # Written down before it is paid for; an end that nobody saw is bounded.
    record = tools.recorder.update(job.id, state=JobState.SENDING.value, send_window=(start, start + SEND_LIMIT))
    job.learn(record=record)
    try:
        task = await tools.service.submit(job.request, address)
    except SketchWidgetError as error:
        if not may_have_been_accepted(error):
            raise
        errand.move(Event.OUTCOME_UNKNOWN, trouble=error, send_window=(start, tools.clock.now()))
    else:
        errand.accepted(Event.ACCEPTED, task.task_id)


async def clear_up(errand: Errand) -> None:
    """Find the task of a job whose answer was lost, or leave the decision to the holder."""
    lost = errand.job.trouble
    for seconds in LOOKS:
        if not await errand.unless(_decided, errand.tools.clock.sleep(seconds)):
            break
        found = await _look(errand)
        if found is not None:
            errand.accepted(Event.ADOPTED, found)
            return
    errand.leave_line()
    if not _settled(errand.wishes):
        errand.job.stand(ending(JobUnconfirmedError, errand.job.id, lost))
        await errand.wished(_settled)
    if errand.wishes.adopt is not None:
        errand.accepted(Event.ADOPTED, errand.wishes.adopt)
    else:
        errand.wishes = Wishes()
        errand.end(Event.GIVEN_UP, ending(JobFailedError, errand.job.id, lost, "job.given_up"))


async def _look(errand: Errand) -> str | None:
    """Ask the account's list for the one task that must be this job's."""
    window = errand.job.run.send_window
    if window is None:
        return None
    start, end = search_window(window)
    try:
        listed = await _list(errand, start, end)
        # Asked after the list: whatever another kernel sent meanwhile has written its id down by now.
        claimed = errand.tools.recorder.claimed(start)
        rivals = errand.tools.recorder.unsure(start, end) - {errand.job.id}
    except SketchWidgetError as error:
        errand.trouble(error)
        return None
    return matching_task(listed, window, claimed, rivals)


async def _list(errand: Errand, start: float, end: float) -> list[ListedTask]:
    def reader(page_no: int) -> Callable[[], Awaitable[Any]]:
        return lambda: errand.tools.service.tasks(start=start, end=end, page_no=page_no)

    page = await errand.patiently(reader(1))
    listed = list(page.items)
    for page_no in range(2, page.total_page + 1):
        listed += (await errand.patiently(reader(page_no))).items
    return listed


def _cancelled(wishes: Wishes) -> bool:
    return wishes.cancel


def _decided(wishes: Wishes) -> bool:
    # A wish to cancel waits for the look: a task that is found can still be cancelled at the service.
    return wishes.adopt is not None or wishes.give_up


def _settled(wishes: Wishes) -> bool:
    return _decided(wishes) or wishes.cancel
