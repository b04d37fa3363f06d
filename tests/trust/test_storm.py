"""Whatever goes wrong, in whatever order: nothing is paid for twice, and every picture that was painted is at home."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from trust.storm import DAY, MISHAPS, SERVICE_FAULTS, TROUBLES, Storm

CALLS = ("permit", "upload", "submit", "poll", "list", "cancel", "result")


class Voyage(RuleBasedStateMachine):
    """A user with up to two kernels, at a service that restarts, behind a network that breaks."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.storm = Storm(self.home)

    @precondition(lambda self: self.storm.living)
    @rule(n=st.integers(1, 3), choice=st.integers(0, 1))
    def submit(self, n, choice) -> None:
        living = self.storm.living
        self.storm.run(self.storm.submit, living[choice % len(living)], n)

    @rule(call=st.sampled_from(CALLS), troubles=st.lists(st.sampled_from(TROUBLES), min_size=1, max_size=3))
    def the_wire_will_fail(self, call, troubles) -> None:
        self.storm.troubles[call].extend(troubles)

    @rule(fault=st.sampled_from(SERVICE_FAULTS))
    def the_service_will_fail(self, fault) -> None:
        self.storm.app.faults.add(fault)

    @rule(mishap=st.sampled_from(MISHAPS))
    def a_task_will_fail(self, mishap) -> None:
        self.storm.app.faults.add(mishap)

    @rule(seconds=st.sampled_from([0.0, 0.3, 3.0, 12.0, 90.0]))
    def time_passes(self, seconds) -> None:
        self.storm.run(asyncio.sleep, seconds)

    @precondition(lambda self: self.storm.living)
    @rule(choice=st.integers(0, 9))
    def the_user_cancels(self, choice) -> None:
        async def cancel() -> None:
            jobs = [job for kernel in self.storm.living for job in kernel.queue.jobs]
            if jobs:
                jobs[choice % len(jobs)].cancel()
            await asyncio.sleep(0)

        self.storm.run(cancel)

    @precondition(lambda self: len(self.storm.living) < 2)
    @rule()
    def a_kernel_starts_and_takes_up_what_was_left(self) -> None:
        self.storm.run(self.storm.start)

    @precondition(lambda self: self.storm.living)
    @rule(choice=st.integers(0, 1))
    def a_kernel_is_killed(self, choice) -> None:
        async def kill() -> None:
            if self.storm.living:
                self.storm.living[choice % len(self.storm.living)].kill()

        self.storm.run(kill)

    @rule()
    def the_service_restarts(self) -> None:
        self.storm.restart_service()

    @precondition(lambda self: not self.storm.living and self.storm.asked)
    @rule(seconds=st.sampled_from([3600.0, DAY - 600.0, DAY + 600.0]))
    def nobody_is_there_for_long(self, seconds) -> None:
        self.storm.run(asyncio.sleep, 1.0)
        self.storm.loop.skip(seconds)

    @invariant()
    def nothing_is_accepted_twice(self) -> None:
        self.storm.check_that_nothing_was_accepted_twice()

    @invariant()
    def no_run_has_the_task_of_another(self) -> None:
        self.storm.check_that_each_run_has_its_own_task()

    def teardown(self) -> None:
        try:
            self.storm.calm_down()
            self.storm.check_that_nothing_was_accepted_twice()
            self.storm.check_that_each_run_has_its_own_task()
            self.storm.check_that_everything_has_come_to_an_end()
        finally:
            self.storm.close()
            shutil.rmtree(self.home)


TestNothingIsLostInAStorm = Voyage.TestCase
TestNothingIsLostInAStorm.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)
