"""Files of the history: written so that a crash leaves the old or the new one, named so that any system takes them."""

import os
import time
import unicodedata
from pathlib import Path

from sketch_widget.errors import StoreError, system_reason
from sketch_widget.service.request import GenerationRequest

NAME_LENGTH = 20  # characters of the prompt in a file's name

_ENDINGS = ((b"\x89PNG", ".png"), (b"\xff\xd8", ".jpg"), (b"RIFF", ".webp"))


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in its place at once, and on the disk: after a crash there is the old file or the new one.

    Raises:
        StoreError: The disk is full or the folder cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError("runs.write", path=str(path), reason=system_reason(error)) from error


def picture_name(created: float, request: GenerationRequest, index: int, data: bytes) -> str:
    """Return a picture's file name, `{time}-{style}-{prompt}-{index}.png`: no part of it can leave the folder.

    Args:
        created: When it was asked, in epoch seconds; the name has the local time.
        request: What was asked; the name has 20 characters of the prompt, and only letters and digits of them.
        index: Which picture, 1 for the first.
        data: The file's bytes, which tell its ending.
    """
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(created))
    style = plain(request.style.value)
    prompt = plain(request.prompt[:NAME_LENGTH]) or "picture"
    ending = next((ending for start, ending in _ENDINGS if data.startswith(start)), ".png")
    return f"{stamp}-{style}-{prompt}-{index}{ending}"


def plain(text: str) -> str:
    """Return the letters and digits of a text, of any script, with single hyphens for everything between them."""
    kept = "".join(mark if mark.isalnum() else " " for mark in unicodedata.normalize("NFKC", text))
    return "-".join(kept.split())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
