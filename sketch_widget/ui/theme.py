"""Finds the scripts and style sheets of the page; all of them stand beside this file, none comes from the network."""

from pathlib import Path

HERE = Path(__file__).parent


def script(name: str) -> str:
    """Return the text of a script together with the helpers that it builds elements with."""
    return "\n".join((HERE / part).read_text(encoding="utf-8") for part in ("keys.js", "dom.js", name))


def styles(*names: str) -> str:
    """Return the text of the style sheets."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)
