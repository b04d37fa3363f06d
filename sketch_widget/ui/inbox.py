"""Messages from the pages become steps, each once and in the order in which it was drawn.

ipykernel may handle two messages of one widget on two threads, a page may send a step again when it does not know
whether it arrived, and a step that could not be delivered to one kernel is delivered to the next. A client's steps are
therefore numbered from 1; with each comes `since`, the oldest number that the client has no answer to. It refuses what
is not a step, without harm to what came before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import MAX_POINTS, Stroke
from sketch_widget.errors import DrawingError
from sketch_widget.ui.starters import starter
from sketch_widget.ui.steps import Step

CLIENTS = 64  # remembered; the ones heard longest ago are forgotten
AHEAD = 1000  # steps of one client that may wait for an earlier one

Message = tuple[Mapping[str, Any], Sequence[Any]]  # content and buffers, as ipywidgets hands them over


class Inbox:
    """What each client has been heard saying, and what waits for an earlier step.

    Args:
        heard: The last step of each client that was applied, from the pad store.
    """

    def __init__(self, heard: Mapping[str, int] | None = None) -> None:
        self.heard: dict[str, int] = dict(heard or {})
        self._waiting: dict[str, dict[int, Message]] = {}

    def take(self, content: Mapping[str, Any], buffers: Sequence[Any]) -> list[Message]:
        """Return the messages whose turn has come, in order; none while an earlier one is missing.

        Raises:
            DrawingError: The message does not say whose it is and which.
        """
        client, seq, since = _address(content)
        last = max(self.heard.pop(client, 0), since - 1)
        self.heard[client] = last
        waiting = self._waiting.setdefault(client, {})
        if last < seq <= last + AHEAD:
            waiting[seq] = (content, buffers)
        due: list[Message] = []
        while last + 1 in waiting:
            last += 1
            due.append(waiting.pop(last))
        self.heard[client] = last
        self._forget()
        return due

    def missing(self, content: Mapping[str, Any]) -> int | None:
        """Return the number of the step that this message's client must send again, or None."""
        client, seq, _ = _address(content)
        expected = self.heard.get(client, 0) + 1
        return expected if seq >= expected else None

    def _forget(self) -> None:
        for client in list(self.heard)[:-CLIENTS]:
            del self.heard[client]
            self._waiting.pop(client, None)


def read(content: Mapping[str, Any], buffers: Sequence[Any]) -> Step:
    """Return the step that a message describes.

    Raises:
        DrawingError: The stroke cannot be drawn, or the message is of an unknown kind.
    """
    client, seq, _ = _address(content)
    kind = content.get("kind")
    if kind == "stroke":
        return Step("add", Sketch([_stroke(content, buffers)]), client, seq)
    if kind == "starter":
        return Step("replace", starter(str(content.get("starter"))), client, seq)
    if kind == "clear":
        return Step("replace", Sketch(), client, seq)
    if kind in ("undo", "redo"):
        return Step(kind, client=client, seq=seq)
    raise DrawingError("pad.message", reason=f"kind {str(kind)[:40]!r}")


def _address(content: Mapping[str, Any]) -> tuple[str, int, int]:
    client, seq, since = (content.get(name) for name in ("client", "seq", "since"))
    if not isinstance(client, str) or not 0 < len(client) <= 64:
        raise DrawingError("pad.message", reason=f"client {str(client)[:40]!r}")
    for number in (seq, since):
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise DrawingError("pad.message", reason=f"step {str(seq)[:40]!r} since {str(since)[:40]!r}")
    return client, seq, min(since, seq)  # type: ignore[type-var,return-value]


def _stroke(content: Mapping[str, Any], buffers: Sequence[Any]) -> Stroke:
    if len(buffers) != 1:
        raise DrawingError("pad.message", reason=f"{len(buffers)} buffers")
    raw = memoryview(buffers[0]).cast("B")
    if not raw.nbytes or raw.nbytes % 8 or raw.nbytes > 8 * MAX_POINTS:
        raise DrawingError("pad.message", reason=f"{raw.nbytes} bytes of points")
    points = np.frombuffer(raw, "<f4").reshape(-1, 2)
    eraser = content.get("eraser") is True
    return Stroke(points, content.get("color", ""), content.get("width", 0), eraser)
