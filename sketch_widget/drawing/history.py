"""Undo and redo for a drawing: what it was, what it is, what it was before undoing."""

from dataclasses import dataclass, field

from sketch_widget.drawing.sketch import Sketch

STEPS = 200  # undo steps kept; the drawings share their strokes, so a step costs a few bytes a stroke


@dataclass(frozen=True)
class History:
    """A drawing with its past and its undone future; every change returns a new one.

    Attributes:
        present: The drawing as it is.
        past: What it was, oldest first; at most 200 steps.
        future: What was undone, next to redo last.
    """

    present: Sketch = field(default_factory=Sketch)
    past: tuple[Sketch, ...] = ()
    future: tuple[Sketch, ...] = ()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self.future)

    def do(self, sketch: Sketch) -> "History":
        """Return the history with `sketch` as a new step; one that changes nothing is no step."""
        if sketch == self.present:
            return self
        return History(sketch, (*self.past, self.present)[-STEPS:], ())

    def undo(self) -> "History":
        """Return the history one step back; as it is where there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (*self.future, self.present))

    def redo(self) -> "History":
        """Return the history one step forward; as it is where there is none."""
        if not self.future:
            return self
        return History(self.future[-1], (*self.past, self.present)[-STEPS:], self.future[:-1])
