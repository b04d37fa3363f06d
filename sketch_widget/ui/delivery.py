"""How pictures travel to the page: as they are in their files, one message each, once a view asks for them."""

from typing import Any

from sketch_widget.errors import SketchWidgetError
from sketch_widget.jobs.job import Job

DRAWING = 0  # the number under which a job's drawing is asked for; its pictures begin with 1


def send_picture(widget: Any, job: Job, index: int) -> None:
    """Send a job's picture with this number to all pages that show the widget, or say that it is lost."""
    if index == DRAWING:
        try:
            data = job.run.sketch_bytes()
        except SketchWidgetError:
            data = b""
    else:
        data = job.numbered_pictures.get(index, b"")
    kind = "picture" if data else "lost"
    widget.send({"kind": kind, "job": job.id, "index": index}, [data] if data else None)
