"""What jobs need from the outside, each as a small protocol: the service, the record on disk, the clock, the line.

The composition root hands in what fulfils them; nothing here knows how that is done.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from sketch_widget.errors import SketchWidgetError
from sketch_widget.service.request import GenerationRequest

if TYPE_CHECKING:
    from sketch_widget.service.task import Task, TaskPage


class Service(Protocol):
    """The service, one call a method; each raises errors of the tree in `errors`."""

    async def upload(self, png: bytes) -> str:
        """Put the sketch where the service finds it, and return its address."""

    async def submit(self, request: GenerationRequest, sketch_image_url: str) -> "Task":
        """Send the paid request."""

    async def task(self, task_id: str) -> "Task":
        """Ask about a task."""

    async def tasks(self, *, start: float | None = None, end: float | None = None, page_no: int = 1) -> "TaskPage":
        """List the account's tasks of this model that were accepted between two epoch seconds."""

    async def cancel(self, task_id: str) -> None:
        """Cancel a task that waits; `CancelRefusedError` when it does no longer."""

    async def download(self, url: str) -> bytes:
        """Fetch a picture, checked to be one."""


@dataclass(frozen=True)
class Failure:
    """Why one of the pictures asked for is missing.

    Attributes:
        index: Which picture, 1 for the first.
        error: What happened to it.
    """

    index: int
    error: SketchWidgetError


class Record(Protocol):
    """The run of a job as it stands on disk at one moment."""

    @property
    def id(self) -> str:
        """The run's id, which is the job's too."""

    @property
    def request(self) -> GenerationRequest:
        """What was asked."""

    @property
    def service(self) -> str:
        """Who was asked."""

    @property
    def account(self) -> str:
        """Whose task it is, as a name that gives no key away; empty where any caller may ask."""

    @property
    def state(self) -> str:
        """The job's state when it was last written."""

    @property
    def task_id(self) -> str | None:
        """The service's id, once there is one."""

    @property
    def created(self) -> float:
        """When it was asked, in epoch seconds."""

    @property
    def send_window(self) -> tuple[float, float] | None:
        """When the paid request was being sent (epoch seconds), or None when it never was."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The pictures saved so far."""

    def with_facts(self, **facts: Any) -> Self:
        """Return the record as it would be with these facts, when the disk could not take them."""

    def sketch_bytes(self) -> bytes:
        """Return the sketch as it was to be sent."""


class Recorder(Protocol):
    """The history on disk. What a method returns is on the disk; `StoreError` when it is not."""

    def get(self, run_id: str) -> Record:
        """Return a run."""

    def begin(self, request: GenerationRequest, sketch_png: bytes, *, service: str, account: str) -> Record:
        """Write down a new request before anything is sent."""

    def update(self, run_id: str, **facts: Any) -> Record:
        """Write down what became known; refuses a run that another kernel has taken over."""

    def save_picture(self, run_id: str, index: int, data: bytes) -> Record:
        """Keep a picture, 1 for the first."""

    def take_over(self, run_id: str) -> Record:
        """Make an unfinished run of a kernel that is gone our own."""

    def claimed(self, since: float) -> frozenset[str]:
        """Return the task ids of all runs that may have been sent since this epoch second."""

    def unsure(self, start: float, end: float) -> frozenset[str]:
        """Return the runs without a task whose send window touches this span of epoch seconds."""


class Clock(Protocol):
    """Time."""

    def now(self) -> float:
        """Return epoch seconds."""

    def elapsed(self) -> float:
        """Return seconds that only grow, from any start."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class Loop(Protocol):
    """The background loop, seen from any thread."""

    def start(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work` on the loop and return at once."""

    def call(self, action: Callable[[], object]) -> None:
        """Run a short `action` on the loop and return at once."""

    @property
    def is_here(self) -> bool:
        """Whether the caller stands on the loop's own thread."""


class Ticket(Protocol):
    """A place in the account's line."""

    @property
    def position(self) -> int:
        """How many jobs stand before this one."""

    @property
    def wait(self) -> float | None:
        """Seconds until the service will probably begin with this job, or None when nothing is known."""

    async def first(self) -> None:
        """Wait until nobody stands before it."""

    async def turn(self) -> None:
        """Wait until a task may be sent."""

    def back(self, *, crowded: bool) -> None:
        """Stand first in line again after a refusal; `crowded` when the account already had a task."""

    def sent(self, task_id: str) -> None:
        """Note which task the turn is used for."""

    def leave(self) -> None:
        """Give the place free; more than once does no harm."""


class Adopt(Protocol):
    """Takes over what a process that died was doing with its turn; called on the loop."""

    def __call__(self, run_id: str, task_id: str | None, ticket: Ticket) -> None:
        """Go on with a run and its task, if it had one, and leave the ticket's place in the end."""


class Turns(Protocol):
    """The line of everybody who uses the account."""

    def watch_over(self, adopt: Adopt) -> None:
        """Hand tasks whose holder died to `adopt`."""

    def look_after(self) -> None:
        """Hand over now what those who died have left; whoever waits in line does so by itself."""

    def enter(self, run_id: str, moved: Callable[[], None]) -> Ticket:
        """Stand in line; `moved` is called on the loop when the place changed."""

    @property
    def usual(self) -> float | None:
        """Seconds that a task of the account takes, by the last ones, or None when none was seen."""

    def took(self, seconds: float) -> None:
        """Learn what a task took."""

    def close(self) -> None:
        """Let go of what the line holds open."""

    @property
    def note(self) -> str | None:
        """Why the line is not shared with other kernels, as a key of the catalogue, or None."""
