"""Which jobs ask the offline painters for what they were asked before, and so bring the same pictures again.

A pure function of the jobs. It refuses to say so of DashScope, which throws new dice for each job, and of jobs that
bring nothing or may bring nothing.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from sketch_widget.errors import SketchWidgetError
from sketch_widget.jobs.state import JobState
from sketch_widget.service.request import GenerationRequest
from sketch_widget.ui.cards import ShownJob
from sketch_widget.ui.service_note import OFFLINE

BRINGS_NOTHING = (JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED, JobState.UNCONFIRMED)


@dataclass(frozen=True)
class Order:
    """All that the offline painters go by.

    Attributes:
        request: What was asked; its colours are known.
        sketch: The SHA-256 of the drawing's file.
    """

    request: GenerationRequest
    sketch: bytes


def order_of(job: ShownJob) -> Order | None:
    """Return what a job asks of the offline painters; None where it asks somebody else or its drawing is gone."""
    if job.run.service == OFFLINE:
        with suppress(SketchWidgetError):
            return Order(job.request, sha256(job.run.sketch_bytes()).digest())
    return None


def repeated(orders: Sequence[tuple[str, JobState, Order | None]]) -> frozenset[str]:
    """Return the ids of the jobs that repeat an earlier one.

    Args:
        orders: The id, the state and the order of each job, oldest first.
    """
    seen: set[Order] = set()
    found = set()
    for job_id, state, order in orders:
        if order is None or state in BRINGS_NOTHING:
            continue
        if order in seen:
            found.add(job_id)
        seen.add(order)
    return frozenset(found)
