"""How often a task is asked about, and how soon its end is noticed; measured on virtual time."""

import asyncio
import random
import statistics

import pytest
from fakes.desk import Desk
from fakes.virtual import VirtualLoop

pytestmark = pytest.mark.anyio

USUAL = 27.0  # seconds; the documents' samples take 26 to 27
SPREAD = 8.0  # seconds
QUERIES = 20  # a second and account, by the service's document
TASKS = 60


@pytest.fixture
def anyio_backend():
    return "asyncio", {"loop_factory": VirtualLoop}


async def noticed_after(desk: Desk, seconds: float) -> float:
    """Run one task of that length, and return the seconds from its end to the moment at which the job knows."""
    desk.service.seconds = seconds
    ended = []
    job = desk.submit()
    job.on_change(lambda job: ended.append(desk.clock.elapsed()) if job.state.value == "fetching" else None)
    await job
    return ended[0] - desk.service.tasks_kept[job.task_id].ends


async def test_the_end_of_a_usual_task_is_noticed_within_0_7_seconds_on_average(tmp_path):
    desk, chance = Desk(tmp_path), random.Random(7)
    for _ in range(8):
        await noticed_after(desk, USUAL)
    waits = [await noticed_after(desk, chance.uniform(USUAL - SPREAD, USUAL + SPREAD)) for _ in range(TASKS)]
    assert 0.1 < statistics.mean(waits) < 0.7  # measured: 0.21 s, the longest 0.70 s
    assert max(waits) < 2.0


async def test_a_task_that_waits_at_the_service_is_asked_about_as_seldom_as_one_that_begins(tmp_path):
    desk = Desk(tmp_path, seconds=USUAL)
    await desk.submit()
    before = len(desk.service.times("task"))
    await asyncio.gather(*[desk.submit(f"picture {index}") for index in range(8)])
    assert (len(desk.service.times("task")) - before) / 8 < 60  # measured: 48; 27 s each in line and at work


async def test_questions_about_many_jobs_stay_far_below_the_accounts_limit(tmp_path):
    desk = Desk(tmp_path, seconds=3.0)
    jobs = [desk.submit(f"picture {index}") for index in range(12)]
    await asyncio.gather(*jobs)
    asked = desk.service.times("task")
    busiest = max(sum(start <= time < start + 1.0 for time in asked) for start in asked)
    assert busiest <= QUERIES / 2  # measured: 8 in the busiest second
