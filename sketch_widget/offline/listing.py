"""A list query: which tasks it asks for, checked as the service's documents say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sketch_widget.offline.task import Task
from sketch_widget.offline.validation import bad
from sketch_widget.service.moments import parse_query_time
from sketch_widget.service.wire import Status

DAY = 24 * 3600.0  # seconds; the longest time that one query may ask for
MAX_PAGE = 100  # tasks; the documents name no limit
MAX_NUMBER = 1_000_000  # of a page


@dataclass(frozen=True)
class Listing:
    """Which tasks are asked for; an empty text stands for any.

    Attributes:
        start, end: Seconds since 1970.
    """

    start: float
    end: float
    task_id: str
    model: str
    status: str
    page_no: int
    page_size: int

    def takes(self, task: Task) -> bool:
        """Whether a task is among them; the time is not looked at."""
        wanted = ((self.task_id, task.task_id), (self.model, task.model), (self.status, task.status))
        return all(not value or value == actual for value, actual in wanted)


def read_listing(query: Mapping[str, str], now: float) -> Listing:
    """Return what a list query asks for. Where one end of the time is missing it is 24 hours from the other.

    Raises:
        RefusalError: A value lies outside its rule, or the time is longer than 24 hours.
    """
    start, end = _moment(query, "start_time"), _moment(query, "end_time")
    if start is None:
        start = (now if end is None else end) - DAY
    if end is None:
        end = start + DAY
    if not 0 <= end - start <= DAY:
        raise bad("end_time")
    status = query.get("status", "")
    if status and status not in set(Status):
        raise bad("status")
    return Listing(
        start=start,
        end=end,
        task_id=query.get("task_id", ""),
        model=query.get("model_name", ""),
        status=status,
        page_no=_count(query, "page_no", 1, most=MAX_NUMBER),
        page_size=_count(query, "page_size", 10, most=MAX_PAGE),
    )


def _moment(query: Mapping[str, str], name: str) -> float | None:
    if not query.get(name):
        return None
    moment = parse_query_time(query[name])
    if moment is None:
        raise bad(name)
    return moment


def _count(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = query.get(name) or str(default)
    if not re.fullmatch(r"[0-9]{1,7}", text) or not 1 <= int(text) <= most:
        raise bad(name)
    return int(text)
