"""Every word that a person may read, in English and in Chinese.

The texts stand beside this file, one module an area, as `key: (English, Chinese)`. This module finds and fills them; it
imports nothing of the package, so that errors raised anywhere can speak.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from sketch_widget.words import drawing, jobs, offline, pad, page, service, shell

LANGUAGES = ("en", "zh")
TEXTS: dict[str, tuple[str, str]] = {}
for _area in (drawing, service, offline, jobs, pad, page, shell):
    TEXTS |= _area.TEXTS


def language(lang: str = "auto", environ: Mapping[str, str] | None = None) -> str:
    """Return the language to speak: "en" or "zh".

    `lang` may be "en", "zh" (or a longer tag such as "zh-CN"), or "auto": then `SKETCH_WIDGET_LANG`, `LANGUAGE`,
    `LC_ALL`, `LC_MESSAGES` and `LANG` are asked in this order, and English is spoken where none of them is set, and
    where they name another language.

    Raises:
        ValueError: `lang` is none of these.
    """
    if lang != "auto":
        short = spoken(lang)
        if short is None:
            raise ValueError(f'lang must be "auto", "en" or "zh", not {lang!r}.')
        return short
    known = os.environ if environ is None else environ
    for name in ("SKETCH_WIDGET_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = known.get(name, "").strip()
        if value and value != "auto":
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def spoken(lang: object) -> str | None:
    """Return "en" or "zh" for a language tag such as "zh-CN", and None for what is no language that is spoken here."""
    if not isinstance(lang, str):
        return None
    short = lang.replace("_", "-").lower().split("-")[0]
    return short if short in LANGUAGES else None


def say(key: str, lang: str = "auto", **fields: object) -> str:
    """Return the text of `key` with its fields filled in.

    A field that is missing is an error of ours, not of the user, and raises `KeyError`.
    """
    return TEXTS[key][LANGUAGES.index(language(lang))].format(**fields)


@dataclass(frozen=True)
class Both:
    """What fills a field of a text, where it is another in each language."""

    en: str
    zh: str

    def text(self, lang: str = "auto") -> str:
        """Return it in the given language."""
        return self.zh if language(lang) == "zh" else self.en


def placeholders(text: str) -> set[str]:
    """Return the names of the fields that a text needs."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}
