"""Letters for sheets of pictures: a font that has them, and lines that fit into a width.

Refuses to hold a font of its own: Pillow's has the letters of English, and Chinese ones are looked for on the machine.
Pillow's fonts are imported where they are used, because most who import the package never write a sheet.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

LINE = 22  # pixels of a line
TEXT = 15  # pixels of its letters
# Pillow's own font has no Chinese letters; these stand on Linux, macOS and Windows, the usual ones first.
CHINESE_FONTS = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc", "msyh.ttc")


def can_write(text: str) -> bool:
    """Whether this machine has a font for the text's letters."""
    return not _is_chinese(text) or _chinese_font() is not None


def font_for(text: str) -> "FreeTypeFont | ImageFont":
    """Return the font that a text is written with."""
    from PIL import ImageFont

    chinese = _chinese_font() if _is_chinese(text) else None
    return chinese or ImageFont.load_default(TEXT)


def fitted(line: str, width: int) -> str:
    """Return a line that is at most so many pixels wide; one that is too long ends in "…"."""
    font = font_for(line)
    if font.getlength(line) <= width:
        return line
    kept = len(line)
    while kept and font.getlength(line[:kept] + "…") > width:
        kept -= 1
    return line[:kept] + "…"


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Return a text as lines of at most so many pixels; what goes beyond the last line ends it in "…".

    Args:
        text: Lines break between words, and between any two Chinese letters.
        width: Pixels of a line.
        most: How many lines there may be, at least 1.
    """
    font = font_for(text)
    lines: list[str] = []
    line = ""
    for part in _parts(text):
        if line and font.getlength((line + part).rstrip()) > width:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    lines.append(line.rstrip())
    if len(lines) > most:
        lines[most - 1 :] = ["".join(f"{each} " for each in lines[most - 1 :]).rstrip()]
    return [fitted(each, width) for each in lines]


def _parts(text: str) -> list[str]:
    """Return a text cut where a line may break: each part is a word with the blank behind it, or a Chinese letter."""
    parts = [""]
    for letter in " ".join(text.split()):
        if parts[-1].endswith(" ") or _is_chinese(letter) or _is_chinese(parts[-1][-1:]):
            parts.append("")
        parts[-1] += letter
    return parts


def _is_chinese(text: str) -> bool:
    return any(letter >= "\u2e80" for letter in text)  # where the blocks of East Asian letters begin


@lru_cache(maxsize=1)
def _chinese_font() -> "FreeTypeFont | None":
    from PIL import ImageFont

    for name in CHINESE_FONTS:
        try:
            # Pillow looks through the folders in which the system keeps its fonts.
            return ImageFont.truetype(name, TEXT)
        except OSError:
            continue
    return None
