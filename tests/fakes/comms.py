"""The line between widgets and pages, without a page: the `comm` package lets its `create_comm` be replaced.

What widgets send is written down; what a page would send is handed over.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from comm.base_comm import BaseComm
from ipywidgets import Widget


@dataclass
class Sent:
    """One message from the kernel to the pages."""

    comm_id: str
    kind: str
    data: dict[str, Any]
    buffers: list[bytes]


@dataclass
class Comms:
    """All that went over the line."""

    sent: list[Sent] = field(default_factory=list)

    def create(self, *args: Any, **named: Any) -> BaseComm:
        sent = self.sent

        class Line(BaseComm):
            def publish_msg(self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **_: Any):
                plain = [bytes(buffer) for buffer in buffers or []]
                sent.append(Sent(self.comm_id, msg_type, dict(data or {}), plain))

        return Line(*args, **named)

    def custom(self, widget: Widget) -> list[Any]:
        """Return the contents of the custom messages that a widget has sent."""
        return [
            message.data["content"]
            for message in self.sent
            if message.comm_id == widget.model_id and message.data.get("method") == "custom"
        ]

    def say(self, widget: Widget, content: dict[str, Any], buffers: Sequence[bytes] = ()) -> None:
        """Hand a widget the custom message that a page would send."""
        data = {"method": "custom", "content": content}
        widget.comm.handle_msg({"content": {"data": data}, "buffers": [memoryview(buffer) for buffer in buffers]})

    def ask_state(self, widget: Widget) -> dict[str, Any]:
        """Return the state that a page is given when it is loaded anew."""
        before = len(self.sent)
        widget.comm.handle_msg({"content": {"data": {"method": "request_state"}}, "buffers": []})
        message = next(m for m in reversed(self.sent[before:]) if m.data.get("method") == "update")
        state = dict(message.data["state"])
        for path, buffer in zip(message.data.get("buffer_paths", []), message.buffers, strict=True):
            state[path[0]] = buffer
        return state


def draw_commands(message: Sent) -> list[Any]:
    """Return the drawing commands of a message of ipycanvas's manager."""
    return json.loads(message.buffers[0])
