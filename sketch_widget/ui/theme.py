"""Finds the scripts and style sheets of the page; all of them stand beside this file, none comes from the network."""

from pathlib import Path

HERE = Path(__file__).parent


def script(*names: str) -> str:
    """Return the text of scripts, as one module, together with the helpers that they build elements with."""
    return "\n".join((HERE / part).read_text(encoding="utf-8") for part in ("keys.js", "dom.js", *names))


def styles(*names: str) -> str:
    """Return the text of the style sheets."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)
