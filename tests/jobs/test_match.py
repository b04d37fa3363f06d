"""Which task in the list is ours: exactly one, or none."""

import pytest

from sketch_widget.jobs.match import matching_task
from sketch_widget.service.task import ListedTask
from sketch_widget.service.wire import MODEL

WINDOW = (1000.0, 1030.0)


def listed(task_id="ours", created=1010.0, model=MODEL) -> ListedTask:
    return ListedTask(task_id, "RUNNING", model, gmt_create=created)


@pytest.mark.parametrize(
    ("tasks", "claimed", "rivals", "found"),
    [
        ([listed()], [], [], "ours"),
        ([listed(), listed()], [], [], "ours"),  # a page that moved shows a task twice
        ([listed(created=996.0)], [], [], "ours"),  # the clocks differ a little
        ([listed(created=1034.0)], [], [], "ours"),
        ([listed(created=990.0)], [], [], None),
        ([listed(created=1040.0)], [], [], None),
        ([listed(created=None)], [], [], None),
        ([listed(model="another")], [], [], None),
        ([listed(), listed("two")], [], [], None),
        ([listed(), listed("two")], ["two"], [], "ours"),
        ([listed()], ["ours"], [], None),
        ([listed()], [], ["another run being sent"], None),
        ([], [], [], None),
    ],
)
def test_a_task_is_ours_only_when_it_is_the_single_one_that_can_be(tasks, claimed, rivals, found):
    assert matching_task(tasks, WINDOW, claimed, rivals) == found
