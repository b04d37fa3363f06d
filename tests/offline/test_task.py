from dataclasses import replace

import pytest

from sketch_widget.offline.task import Outcome, Task, finished
from sketch_widget.offline.validation import Order

GOOD = Outcome(file="results/1")
BAD = Outcome(code="InternalError.Timeout", message="late")


@pytest.fixture
def running() -> Task:
    order = Order("a tree", "<auto>", 2, 10, False, ())
    return Task("t", "r", "a", "q", "m", order, "uploads/1", "oss://a", submit_time=100.0, worker="w", lease=120.0)


@pytest.mark.parametrize(
    ("outcomes", "status"), [((GOOD, GOOD), "SUCCEEDED"), ((GOOD, BAD), "SUCCEEDED"), ((BAD, BAD), "FAILED")]
)
def test_a_task_succeeds_if_at_least_one_picture_did(running, outcomes, status):
    assert finished(replace(running, outcomes=outcomes), now=130.0).status == status


def test_a_task_without_a_picture_gives_the_reason_of_the_first_one(running):
    task = finished(replace(running, outcomes=(BAD, BAD)), now=130.0)
    assert (task.code, task.message, task.outcomes) == ("InternalError.Timeout", "late", ())


def test_a_task_that_failed_as_a_whole_gives_its_own_reason(running):
    task = finished(running, 130.0, "DataInspectionFailed", "no")
    assert (task.status, task.code, task.message) == ("FAILED", "DataInspectionFailed", "no")


def test_a_finished_task_belongs_to_no_worker(running):
    task = finished(replace(running, outcomes=(GOOD,)), now=130.0)
    assert (task.worker, task.lease, task.end_time, task.is_final) == ("", 0.0, 130.0, True)
