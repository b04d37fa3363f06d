"""What the service tells about tasks, as plain values; `wire` reads them from its answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One picture of a finished task: its address, or why there is none."""

    url: str = ""
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class Metrics:
    """How many pictures of a task are asked for, done and failed."""

    total: int = 0
    succeeded: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Task:
    """A task as the service sees it.

    Attributes:
        task_id: The service's id.
        status: One of `wire.Status`, or another word, which means that it is not finished.
        request_id: What the service's support asks for.
        results: The pictures of a task that succeeded; some of them may have failed.
        code: Why a FAILED task failed.
        message: The same in the service's own words; untrusted text.
        submit_time: Seconds since 1970, or None.
        scheduled_time: Seconds since 1970, or None while it waits.
        end_time: Seconds since 1970, or None while it is not finished.
        metrics: The counts of its pictures, or None when the service gave none.
        image_count: How many pictures are charged, or None when the service does not say.
    """

    task_id: str
    status: str
    request_id: str = ""
    results: tuple[Result, ...] = ()
    code: str = ""
    message: str = ""
    submit_time: float | None = None
    scheduled_time: float | None = None
    end_time: float | None = None
    metrics: Metrics | None = None
    image_count: int | None = None


@dataclass(frozen=True)
class ListedTask:
    """A task in the account's list; times in seconds since 1970, `request_id` is that of its submit."""

    task_id: str
    status: str
    model_name: str = ""
    request_id: str = ""
    gmt_create: float | None = None
    start_time: float | None = None
    end_time: float | None = None


@dataclass(frozen=True)
class TaskPage:
    """One page of the account's list of tasks."""

    items: tuple[ListedTask, ...]
    total: int = 0
    total_page: int = 0
    page_no: int = 1
    page_size: int = 10
    request_id: str = ""


@dataclass(frozen=True)
class Problem:
    """What an error's body says; `code` is empty when it is no error of the service's own making."""

    code: str = ""
    message: str = ""
    request_id: str = ""
