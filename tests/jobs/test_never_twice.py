"""Nothing is sent twice, whatever happens in whatever order: random faults, kills, restarts and wishes."""

import asyncio
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from fakes.desk import Desk, no_answer, not_sent, server_fault, throttled
from fakes.service import FakeService, Killed, Lost
from fakes.virtual import VirtualClock, VirtualLoop
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sketch_widget.jobs.state import JobState

CALLS = ("upload", "submit", "task", "tasks", "cancel", "download")
FATES = {
    "works": lambda: None,
    "not sent": not_sent,
    "no answer": no_answer,
    "answer lost": lambda: Lost(no_answer()),
    "gateway": server_fault,
    "accepted behind a gateway's error": lambda: Lost(server_fault()),
    "throttled": throttled,
    "killed before": Killed,
    "killed after": lambda: Lost(Killed()),
}


class Office(RuleBasedStateMachine):
    """A user, their kernel, and a service on which nothing can be relied."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.loop = VirtualLoop()
        self.service = FakeService(VirtualClock(), seconds=7.0)
        self.asked = 0
        self.given_up: set[str] = set()
        self.run(self._start)

    def run(self, action, *arguments):
        return self.loop.run_until_complete(action(*arguments))

    async def _start(self) -> None:
        self.desk = Desk(self.home, self.service, f"kernel-{self.loop.time()}")

    @rule(n=st.integers(1, 3))
    def submit(self, n) -> None:
        async def submit() -> None:
            self.asked += 1
            self.desk.submit(f"picture {self.asked}", n=n)

        self.run(submit)

    @rule(call=st.sampled_from(CALLS), fates=st.lists(st.sampled_from(sorted(FATES)), min_size=1, max_size=3))
    def expect_trouble(self, call, fates) -> None:
        self.service.faults[call].extend(FATES[fate]() for fate in fates)

    @rule(seconds=st.sampled_from([0.0, 0.3, 3.0, 40.0]))
    def wait(self, seconds) -> None:
        self.run(asyncio.sleep, seconds)

    @precondition(lambda self: self.desk.queue.jobs)
    @rule(choice=st.integers(0, 9))
    def cancel(self, choice) -> None:
        async def cancel() -> None:
            jobs = self.desk.queue.jobs
            job = jobs[choice % len(jobs)]
            self.given_up.add(job.request.prompt)
            job.cancel()

        self.run(cancel)

    @rule()
    def restart_and_resume(self) -> None:
        async def restart() -> None:
            self.desk.loop.die()
            await asyncio.sleep(1.0)
            await self._start()
            for run in self.desk.store.unfinished():
                self.desk.queue.resume(run)

        self.run(restart)

    @invariant()
    def no_request_is_accepted_twice(self) -> None:
        accepted = Counter(request.prompt for request in self.service.accepted)
        assert all(times == 1 for times in accepted.values()), accepted

    @invariant()
    def no_two_runs_have_the_same_task(self) -> None:
        tasks = Counter(run.task_id for run in self.desk.store.runs() if run.task_id)
        assert all(times == 1 for times in tasks.values()), tasks

    @invariant()
    def every_run_has_its_own_task(self) -> None:
        for run in self.desk.store.runs():
            if run.task_id is not None:
                assert self.service.tasks_kept[run.task_id].request.prompt == run.request.prompt

    def teardown(self) -> None:
        try:
            self.service.faults.clear()
            self.restart_and_resume()
            self.run(asyncio.sleep, 3600.0)
            self.everything_has_ended_or_stands_before_the_user()
        finally:
            self.desk.loop.die()
            self.run(asyncio.sleep, 1.0)
            self.loop.close()
            shutil.rmtree(self.home)

    def everything_has_ended_or_stands_before_the_user(self) -> None:
        paid = {kept.request.prompt for kept in self.service.tasks_kept.values() if not kept.canceled}
        for run in self.desk.store.runs():
            state = JobState(run.state)
            assert state.final or state is JobState.UNCONFIRMED, run
            if run.request.prompt in paid - self.given_up:
                # What was paid for and not given up is home, or waits for a person to say which task it is.
                assert state in (JobState.DONE, JobState.UNCONFIRMED), run
            if state is JobState.DONE:
                assert len(run.files) == run.request.n
                assert all(path.exists() for path in run.files)


TestNothingIsSentTwice = Office.TestCase
TestNothingIsSentTwice.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
