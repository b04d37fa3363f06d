"""Draw in a notebook, add a few words, and get a picture back."""

from typing import TYPE_CHECKING, Any

from sketch_widget.api import generate, history, open_run, sweep
from sketch_widget.connect import ask_key
from sketch_widget.drawing.inks import inks_of
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.errors import SketchWidgetError
from sketch_widget.jobs.job import Job
from sketch_widget.jobs.sweep import Sweep
from sketch_widget.runs.run import Run
from sketch_widget.service.request import GenerationRequest, Style
from sketch_widget.ui.pad import DrawingPad
from sketch_widget.ui.widget import SketchWidget

if TYPE_CHECKING:
    from sketch_widget.service.client import DashScopeClient

__all__ = [
    "DashScopeClient",
    "DrawingPad",
    "GenerationRequest",
    "Job",
    "Run",
    "Sketch",
    "SketchWidget",
    "SketchWidgetError",
    "Stroke",
    "Style",
    "Sweep",
    "ask_key",
    "generate",
    "history",
    "inks_of",
    "open_run",
    "sweep",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the client when it is asked for: with httpx it takes longer than all the rest."""
    if name == "DashScopeClient":
        from sketch_widget.service.client import DashScopeClient

        return DashScopeClient
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Name everything that is public, what comes late included."""
    return sorted({*globals(), *__all__})
