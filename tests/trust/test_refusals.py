"""What a refusal of the service means for a job: queue, client and embedded service together, on virtual time."""

from contextlib import suppress

import pytest
from trust.storm import Storm

from sketch_widget.errors import SketchWidgetError
from sketch_widget.jobs.state import JobState
from sketch_widget.offline.refusals import DOCUMENTED

PASSING = [
    *("Throttling", "Throttling#2", "Throttling.RateQuota", "Throttling.BurstRate", "LimitRequests"),
    *("Throttling.AllocationQuota", "Throttling.AllocationQuota#2"),
]
FINAL = [name for name, entry in DOCUMENTED.items() if entry.status == 429 and name not in PASSING]


@pytest.fixture
def storm(tmp_path):
    storm = Storm(tmp_path, seconds=1.0)
    yield storm
    storm.close()


def finished(storm):
    """Ask for one picture, wait for the end, and return the job."""

    async def errand():
        job = await storm.submit(storm.living[0])
        with suppress(SketchWidgetError):
            await job
        return job

    return storm.run(errand)


def times(storm, operation):
    return [moment for moment, at in storm.calls if at == operation]


@pytest.mark.parametrize("name", PASSING)
def test_a_429_that_passes_is_waited_out_and_the_request_accepted_once(storm, name):
    storm.app.faults.add(f"submit code={name} x2")
    assert finished(storm).state is JobState.DONE
    assert (len(times(storm, "submit")), len(storm.accepted)) == (3, 1)


@pytest.mark.parametrize("name", [*FINAL, "Arrearage", "AllocationQuota.FreeTierOnly", "InvalidApiKey#2"])
def test_what_no_waiting_ends_is_sent_once_and_fails_with_the_services_words(storm, name):
    storm.app.faults.add(f"submit code={name} x2")
    job = finished(storm)
    assert job.state is JobState.FAILED
    assert (len(times(storm, "submit")), storm.accepted) == (1, {})
    assert DOCUMENTED[name].example().message in job.error.text("en")


@pytest.mark.parametrize(
    ("fault", "operation", "seconds"),
    [
        ("permit 429 retry-after=40", "permit", 40),
        ("upload 429 retry-after=40", "upload", 40),
        ("submit 429 retry-after=40", "submit", 40),
        ("submit code=Throttling.BurstRate retry-after=90.5", "submit", 90.5),
        ("poll 429 retry-after=40", "poll", 40),
        ("poll html=429 retry-after=40", "poll", 40),
        ("result 503 retry-after=40", "result", 40),
    ],
)
def test_the_wait_that_the_service_asks_for_is_kept(storm, fault, operation, seconds):
    storm.app.faults.add(fault)
    assert finished(storm).state is JobState.DONE
    first, second, *_ = times(storm, operation)
    assert seconds - 0.001 <= second - first <= seconds + 10
