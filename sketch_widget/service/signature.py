"""What kind of picture bytes are, told from the bytes themselves: names and headers of the file store are not proof."""

from typing import Literal

_PNG_START, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


def kind_of(data: bytes) -> Literal["png", "jpeg", "webp"] | None:
    """Return the kind of a picture by its first bytes, or None when it is none of the service's."""
    if data.startswith(_PNG_START):
        return "png"
    if data.startswith(_JPEG_START):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return None


def is_whole(data: bytes) -> bool:
    """Whether a picture has its end: a connection may break where no length was announced."""
    kind = kind_of(data)
    if kind == "png":
        return _PNG_END in data[-64:]
    if kind == "jpeg":
        return data.rstrip(b"\0").endswith(_JPEG_END)
    return kind == "webp" and len(data) >= 8 + int.from_bytes(data[4:8], "little")
