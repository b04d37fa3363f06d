"""A picture's recipe inside its own file: what was asked and the drawing, so that a picture alone brings both back.

Texts are added to a PNG beside its pixels, which stay as they came, byte for byte; other formats are left alone.
"""

import zlib
from collections.abc import Mapping

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER_END = len(SIGNATURE) + 25  # bytes: the signature and the header chunk, which always comes first and has 25


def with_recipe(data: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a picture file with texts inside; one that is no PNG as it is.

    Args:
        data: The file's bytes.
        texts: What to add, by name; names are ASCII.
    """
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR":
        return data
    chunks = b"".join(_text_chunk(name, text) for name, text in texts.items())
    return data[:HEADER_END] + chunks + data[HEADER_END:]


def _text_chunk(name: str, text: str) -> bytes:
    """Return a compressed international text chunk ("iTXt" in the PNG specification)."""
    body = b"iTXt" + name.encode("ascii") + b"\0\1\0\0\0" + zlib.compress(text.encode())
    return (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
