"""Which task in the account's list is the one whose answer got lost.

Refuses to guess: a task is ours only when it is the single one that nobody claims, nobody else could have sent, and
that was accepted while we were sending.
"""

from collections.abc import Collection, Iterable

from sketch_widget.service.task import ListedTask
from sketch_widget.service.wire import MODEL

SLACK = 5.0  # seconds that this machine's clock and the service's may differ
SEND_LIMIT = 120.0  # seconds: longer than any submit takes before it is given up; bounds a window whose end nobody saw
DAY = 86400.0  # seconds that the service keeps a task and its pictures
LOOKS = (
    2.0,
    8.0,
    30.0,
)  # seconds to wait before each look into the list: a task may be listed later than it is accepted


def matching_task(
    listed: Iterable[ListedTask],
    window: tuple[float, float],
    claimed: Collection[str],
    rivals: Collection[str],
) -> str | None:
    """Return the id of the one task that must be ours, or None.

    Args:
        listed: The account's tasks, all pages.
        window: When the request was being sent, in epoch seconds.
        claimed: Task ids that runs have.
        rivals: Other runs that were being sent at the same time and do not know their task either.
    """
    if rivals:
        return None
    start, end = search_window(window)
    candidates = {
        task.task_id
        for task in listed
        if task.model_name in ("", MODEL)
        and task.gmt_create is not None
        and start <= task.gmt_create <= end
        and task.task_id not in claimed
    }
    return candidates.pop() if len(candidates) == 1 else None


def search_window(window: tuple[float, float]) -> tuple[float, float]:
    """Return the span of epoch seconds in which the task was accepted, if it was."""
    return window[0] - SLACK, window[1] + SLACK
