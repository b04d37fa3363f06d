"""Which service makes the pictures, said on the page, and the one line that changes it. No line shows a key."""

from dataclasses import asdict, dataclass
from typing import Any

from sketch_widget import words

OFFLINE, ONLINE = "offline", "dashscope"
ASK = "import sketch_widget; sketch_widget.ask_key()"


@dataclass(frozen=True)
class ServiceNote:
    """What the page says about the service.

    Attributes:
        name: Which one it is.
        note: Where its pictures come from and what they cost.
        change: What the other choice is called.
        how: How to change over.
        line: The line of Python that does it.
    """

    name: str
    note: str
    change: str
    how: str
    line: str

    def view(self) -> dict[str, Any]:
        """Return the values by name, for the browser."""
        return asdict(self)


def service_note(service: str, lang: str = "auto") -> ServiceNote:
    """Return what the page says about the service with this name."""
    kind = {OFFLINE: "offline", ONLINE: "online"}.get(service, "other")
    name = words.say(f"page.service.{kind}", lang)
    note = words.say(f"page.service.{kind}.note", lang)
    if kind == "offline":
        how = words.say("page.service.how_key", lang)
        return ServiceNote(name, note, words.say("page.service.use_key", lang), how, ASK)
    how = words.say("page.service.how_offline", lang)
    return ServiceNote(name, note, words.say("page.service.use_offline", lang), how, 'SketchWidget(service="offline")')
