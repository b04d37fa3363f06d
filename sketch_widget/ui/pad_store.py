"""Drawings on disk: a pad's steps, written down one by one, so that a re-run cell or a new kernel brings them back.

One file a pad below `<home>/pads`, one JSON object a line: first what the file is, then the steps. A step is appended
in one write; a line that was cut short by a crash is left out when the file is read. It refuses files of a newer
version and leaves them as they are.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sketch_widget.drawing.history import History
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.errors import DrawingError, StoreError
from sketch_widget.ui.steps import Step, after

VERSION = 1
LINES = 1000  # a longer file is written anew, as the strokes that are left, when it is read


@dataclass(frozen=True)
class Saved:
    """What a pad's file holds.

    Attributes:
        history: The drawing with its undo steps.
        heard: The last step of each client that was written down.
        lost: How many lines could not be read; they stand in a copy beside the file.
    """

    history: History = field(default_factory=History)
    heard: dict[str, int] = field(default_factory=dict)
    lost: int = 0


class PadFile:
    """The file of one pad.

    Args:
        home: The folder of all history, `settings.home`.
        name: The pad's name; any text.
    """

    def __init__(self, home: Path, name: str) -> None:
        readable = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[-40:]
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        self.name = name
        self.path = home / "pads" / f"{readable or 'pad'}-{digest}.jsonl"

    def read(self) -> Saved:
        """Return the drawing as it was left; an empty one where there is no file.

        Raises:
            StoreError: The file cannot be read, or is of a newer version; it is left as it is.
        """
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return Saved()
        except OSError as error:
            raise StoreError("pad.file", path=str(self.path), reason=str(error)) from None
        heard = self._head(lines)
        history, lost = History(), 0
        for line in lines[1:]:
            try:
                step = _step_from(json.loads(line))
            except (ValueError, KeyError, TypeError, DrawingError):
                lost += 1
                continue
            history = after(history, step)
            if step.client:
                heard[step.client] = step.seq
        saved = Saved(history, heard, lost)
        if lost or len(lines) > LINES:
            self._write_anew(saved)
        return saved

    def append(self, step: Step) -> None:
        """Write one more step down.

        Raises:
            StoreError: The file cannot be written.
        """
        try:
            if not self.path.exists():
                self._create(iter([_head_to(self.name, {})]))
            with self.path.open("ab", buffering=0) as file:
                file.write(_line(_step_to(step)))
        except OSError as error:
            raise StoreError("pad.file", path=str(self.path), reason=str(error)) from None

    def _head(self, lines: list[bytes]) -> dict[str, int]:
        try:
            head = json.loads(lines[0])
            version, heard = head["version"], dict(head.get("heard", {}))
        except (ValueError, KeyError, TypeError, IndexError):
            return {}
        if version != VERSION:
            raise StoreError("pad.file_version", path=str(self.path), value=version, known=VERSION)
        return heard

    def _write_anew(self, saved: Saved) -> None:
        """Write the strokes that are left, one a line; where lines were lost, keep the old file beside it."""
        strokes = saved.history.present.strokes
        with suppress(OSError):
            if saved.lost:
                self.path.replace(self.path.with_suffix(".damaged"))
            steps = (_step_to(Step("add", Sketch([stroke]))) for stroke in strokes)
            self._create(iter([_head_to(self.name, saved.heard), *steps]))

    def _create(self, objects: Iterator[dict[str, Any]]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=".pad-")
        with os.fdopen(handle, "wb") as file:
            file.writelines(map(_line, objects))
        Path(temporary).replace(self.path)


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode() + b"\n"


def _head_to(name: str, heard: dict[str, int]) -> dict[str, Any]:
    return {"version": VERSION, "pad": name, "heard": heard}


def _step_to(step: Step) -> dict[str, Any]:
    data: dict[str, Any] = {"step": step.kind}
    if step.kind in ("add", "replace"):
        data["sketch"] = json.loads(step.sketch.to_json())
    if step.client:
        data["from"] = [step.client, step.seq]
    return data


def _step_from(data: dict[str, Any]) -> Step:
    kind = data["step"]
    if kind not in ("add", "replace", "undo", "redo"):
        raise ValueError(kind)
    sketch = Sketch.from_json(json.dumps(data["sketch"])) if kind in ("add", "replace") else Sketch()
    client, seq = data.get("from", ("", 0))
    return Step(kind, sketch, str(client), int(seq))
