"""Jobs through the real client against the embedded service, with everything that can go wrong on the way."""

import asyncio
from itertools import repeat

import httpx
import numpy as np
import pytest

from sketch_widget.drawing.picture import sketch_png
from sketch_widget.drawing.sketch import Sketch, Stroke
from sketch_widget.errors import JobError
from sketch_widget.jobs.portal import Portal
from sketch_widget.jobs.queue import JobQueue, RealClock
from sketch_widget.offline.app import create_app
from sketch_widget.offline.options import Options
from sketch_widget.runs.store import RunStore
from sketch_widget.service.client import DashScopeClient
from sketch_widget.service.request import GenerationRequest

SKETCH = sketch_png(Sketch([Stroke([(100, 600), (400, 80), (660, 600)], color="#7b7b7b")]))
REQUEST = GenerationRequest("a big tree", n=2, sketch_color=[(123, 123, 123)])
LONG = 60  # seconds; an upper bound, waiting ends when the job does


class QuickClock(RealClock):
    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 100)


class Chain:
    """Queue, client and embedded service, as the composition root joins them."""

    def __init__(self, folder, **options) -> None:
        flat = np.full((768, 768, 3), 90, np.uint8)
        self.app = create_app(folder / "offline", painter=lambda what: repeat(flat, what.n), options=Options(**options))
        transport = httpx.ASGITransport(self.app, client=("127.0.0.1", 1))
        self.client = DashScopeClient("any", base_url="http://offline.invalid/api/v1", transport=transport)
        self.portal = Portal("test portal")
        store = RunStore(folder)
        self.queue = JobQueue(self.client, store, self.portal, service_name="offline", clock=QuickClock())

    def outcome(self) -> str:
        job = self.queue.submit(REQUEST, SKETCH)
        try:
            return job.result(timeout=LONG).state
        except JobError:
            return job.state.value

    def accepted(self) -> int:
        async def ask() -> int:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as caller:
                answer = await caller.get(f"{self.client.base_url}/tasks", headers={"Authorization": "Bearer any"})
                return answer.json()["total"]

        return asyncio.run(ask())

    def close(self) -> None:
        self.portal.stop()
        self.app.close()


@pytest.fixture
def chain(tmp_path):
    chain = Chain(tmp_path)
    yield chain
    chain.close()


@pytest.mark.parametrize(
    ("fault", "outcome", "accepted"),
    [
        ("", "done", 1),
        ("permit 429 x2; permit html=502; permit cut-before", "done", 1),
        ("upload 403", "done", 1),
        ("upload cut-after", "done", 1),
        ("submit 429 x3", "done", 1),
        ("submit code=Throttling.AllocationQuota", "done", 1),
        ("submit 401", "failed", 0),
        ("submit 503", "failed", 0),
        ("submit cut-before", "unconfirmed", 0),
        ("submit cut-after", "done", 1),
        ("submit cut-within", "done", 1),
        ("submit html=502", "unconfirmed", 0),
        ("submit cut-after; list 503 x2; list cut-before", "done", 1),
        ("poll 503 x3; poll html=502; poll cut-after; poll 429 x2", "done", 1),
        ("result truncated; result cut-before; result html=502", "done", 1),
        ("result expired", "done", 1),
        ("result expired x2", "expired", 1),
        ("task fail=DataInspectionFailed", "failed", 1),
        ("task partial=1", "done", 1),
    ],
)
def test_a_job_ends_as_it_should_and_is_never_accepted_twice(chain, fault, outcome, accepted):
    chain.app.faults.add(fault)
    assert chain.outcome() == outcome
    assert chain.accepted() == accepted


def test_where_a_second_task_is_refused_one_follows_the_other(tmp_path):
    chain = Chain(tmp_path, concurrency="strict")
    jobs = [chain.queue.submit(REQUEST, SKETCH) for _ in range(4)]
    assert [job.result(timeout=LONG).state for job in jobs] == ["done"] * 4
    assert chain.accepted() == 4
    chain.close()
