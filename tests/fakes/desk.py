"""Everything a job needs, faked at its boundaries: service, clock, loop; the disk is a temporary folder."""

from fakes.service import FakeService
from fakes.virtual import SameLoop, VirtualClock

from sketch_widget.errors import NotSentError, OutcomeUnknownError, ServerFaultError, ThrottledError
from sketch_widget.jobs.queue import JobQueue
from sketch_widget.runs.store import RunStore
from sketch_widget.service.request import GenerationRequest

SKETCH = b"the sketch's bytes"


class Desk:
    """One kernel: its queue and its store, at a service that outlives it."""

    def __init__(self, home, service=None, owner="kernel-1", turns=None, alive=None, **options) -> None:
        self.home = home
        self.clock = VirtualClock()
        service_name, account = options.pop("service_name", "fake"), options.pop("account", "")
        self.service = service or FakeService(self.clock, **options)
        self.loop = SameLoop()
        self.store = RunStore(home, owner=owner, alive=alive or (lambda name: False), now=self.clock.now)
        self.queue = JobQueue(
            self.service,
            self.store,
            self.loop,
            service_name=service_name,
            account=account,
            clock=self.clock,
            turns=turns,
            chance=lambda: 0.5,
        )

    def submit(self, prompt: str = "a tree", **parameters):
        return self.queue.submit(request(prompt, **parameters), SKETCH)

    def killed(self, owner="kernel-2") -> "Desk":
        """End this kernel between two steps, and return the next one at the same service and disk."""
        self.loop.die()
        return Desk(self.home, self.service, owner)


def request(prompt: str = "a tree", **parameters) -> GenerationRequest:
    return GenerationRequest(prompt, sketch_color=[(0, 0, 0)], **parameters)


def not_sent() -> NotSentError:
    return NotSentError("service.no_connection", host="service", reason="refused")


def no_answer() -> OutcomeUnknownError:
    return OutcomeUnknownError("service.no_answer", host="service", reason="ReadTimeout")


def throttled(retry_after: float | None = None) -> ThrottledError:
    return ThrottledError(
        "service.throttled", code="Throttling.RateQuota", http_status=429, retry_after=retry_after, details=""
    )


def server_fault(code: str = "") -> ServerFaultError:
    return ServerFaultError("service.fault", code=code, http_status=503, details="")
