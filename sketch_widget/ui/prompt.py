"""The prompt as the page shows it: how much of it the service reads, and what it would leave out.

Refuses to shorten anything: the whole prompt is kept and sent, and the page only shows what would be lost.
"""

from dataclasses import asdict, dataclass
from typing import Any

from sketch_widget import words
from sketch_widget.service.request import PROMPT_LIMIT, cut_prompt


@dataclass(frozen=True)
class Meter:
    """How full the prompt is.

    Attributes:
        share: From 0 to 1, how much of what the service reads is used.
        text: The same in words.
        warning: What happens to the rest; empty when there is none.
        cut: The part that the service would leave out; untrusted text.
    """

    share: float
    text: str
    warning: str = ""
    cut: str = ""

    def view(self) -> dict[str, Any]:
        """Return the values by name, for the browser."""
        return asdict(self)


def meter(prompt: str, lang: str = "auto") -> Meter:
    """Measure a prompt against the service's limit of 75 characters."""
    _, cut = cut_prompt(prompt)
    text = words.say("page.prompt.meter", lang, used=len(prompt), limit=PROMPT_LIMIT)
    share = min(len(prompt) / PROMPT_LIMIT, 1.0)
    if not cut:
        return Meter(share, text)
    return Meter(share, text, words.say("page.prompt.over", lang, limit=PROMPT_LIMIT), cut)
