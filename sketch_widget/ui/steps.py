"""A step of a drawing: what the pen, a button or a program did to it.

The pad applies steps, the pad store writes them down and reads them back, both by `after`; so what was brought back is
what was drawn, with its undo steps. It refuses to know widgets and messages.
"""

from dataclasses import dataclass, field
from typing import Literal

from sketch_widget.drawing.history import History
from sketch_widget.drawing.sketch import Sketch

Kind = Literal["add", "replace", "undo", "redo"]


@dataclass(frozen=True)
class Step:
    """One change of a drawing.

    Attributes:
        kind: "add" strokes on top, "replace" the whole drawing, "undo" or "redo".
        sketch: What is added or put in place; empty for undo and redo.
        client: Who made the step: a page's sheet, or empty for Python.
        seq: The step's number at its client, from 1; 0 for Python.
    """

    kind: Kind
    sketch: Sketch = field(default_factory=Sketch)
    client: str = ""
    seq: int = 0


def after(history: History, step: Step) -> History:
    """Return the drawing and its undo steps after one more step."""
    if step.kind == "undo":
        return history.undo()
    if step.kind == "redo":
        return history.redo()
    if step.kind == "replace":
        return history.do(step.sketch)
    present = history.present
    return history.do(Sketch((*present.strokes, *step.sketch.strokes), present.size))
