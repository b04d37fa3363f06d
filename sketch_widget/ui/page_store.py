"""What stood on a page beside its drawing, kept on disk: the form's values, the pen's ink and which runs it showed.

One small JSON file beside the pad's own, written anew at each change, so that a re-run cell or a new kernel brings the
page back. The runs themselves are in the history; here are their ids alone. It refuses nothing: a file that cannot be
read counts as none, and one of a newer version is left as it is.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sketch_widget.errors import InputError
from sketch_widget.ui.inks_view import RGB
from sketch_widget.ui.values import FORM, checked

VERSION = 1


@dataclass(frozen=True)
class Page:
    """What a page held.

    Attributes:
        values: The form's values by name; those that are missing were never set.
        inks: The ink colours that somebody edited, or None where they follow the drawing.
        runs: The ids of the runs that it showed, oldest first.
        color: The ink of the pen; empty where none was ever chosen.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    inks: tuple[RGB, ...] | None = None
    runs: tuple[str, ...] = ()
    color: str = ""


class PageFile:
    """The file of one page.

    Args:
        pad: The file of its drawing.
    """

    def __init__(self, pad: Path) -> None:
        self.path = pad.with_suffix(".page.json")
        self._last: Page | None = None
        self._is_newer = False

    def read(self) -> Page:
        """Return the page as it was left; an empty one where nothing can be read."""
        try:
            data = json.loads(self.path.read_bytes())
            self._is_newer = data["version"] > VERSION
            page = Page() if self._is_newer else _page(data)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            page = Page()
        self._last = page
        return page

    def write(self, page: Page) -> None:
        """Keep the page as it stands now; where that is impossible, the pad has said so."""
        if page == self._last or self._is_newer:
            return
        self._last = page
        text = json.dumps({"version": VERSION} | asdict(page), ensure_ascii=False)
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=".page-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(temporary).replace(self.path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)  # nobody would look for it


def _page(data: Mapping[str, Any]) -> Page:
    """Return the page that a file tells of; values that break their rule are left out."""
    values = {}
    for name in FORM:
        with suppress(KeyError, InputError):
            values[name] = checked(name, data["values"][name])
    inks = data.get("inks")
    edited = None if inks is None else tuple(checked_ink(ink) for ink in inks)
    runs = tuple(str(run) for run in data.get("runs", ()))
    return Page(values, edited, runs, str(data.get("color", "")))


def checked_ink(ink: Any) -> RGB:
    """Return three numbers from 0 to 255 as a colour.

    Raises:
        ValueError: They are none.
    """
    red, green, blue = ink
    if not all(isinstance(channel, int) and 0 <= channel <= 255 for channel in ink):
        raise ValueError(ink)
    return red, green, blue
