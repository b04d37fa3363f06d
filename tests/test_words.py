"""The catalogue: both languages, the same fields, nothing unused."""

import re
from pathlib import Path

import pytest

import sketch_widget
from sketch_widget import words

ROOT = Path(sketch_widget.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sources() -> str:
    files = [path for path in ROOT.rglob("*") if path.suffix in (".py", ".js") and path.parent.name != "words"]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_no_two_areas_use_the_same_key():
    areas = [getattr(words, name) for name in ("drawing", "service", "offline", "jobs", "pad", "page")]
    assert sum(len(area.TEXTS) for area in areas) == len(words.TEXTS) > 20


@pytest.mark.parametrize("key", sorted(words.TEXTS))
def test_both_languages_say_the_same_fields(key):
    english, chinese = words.TEXTS[key]
    assert words.placeholders(english) == words.placeholders(chinese)
    assert english.strip() == english
    assert chinese.strip() == chinese
    assert english
    assert not CHINESE.search(english)


def test_every_text_is_used():
    # A key may be built from parts ("state." + state), so its first word and a dot count as use of the whole family.
    code = sources()
    families = {match.group(1) for match in re.finditer(r"""f?["']([a-z_.]+\.)(?:["']|\{)""", code)}
    unused = [key for key in words.TEXTS if f'"{key}"' not in code and not any(key.startswith(f) for f in families)]
    assert unused == []


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh:en"}, "zh"),
        ({"LC_ALL": "zh_TW", "SKETCH_WIDGET_LANG": "en"}, "en"),
        ({"SKETCH_WIDGET_LANG": "auto", "LANG": "zh"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_language_comes_from_the_environment_when_it_is_not_given(environ, spoken):
    assert words.language("auto", environ) == spoken


@pytest.mark.parametrize(("lang", "spoken"), [("en", "en"), ("zh", "zh"), ("zh-CN", "zh"), ("EN_us", "en")])
def test_a_language_that_is_given_wins(lang, spoken):
    assert words.language(lang, {"LANG": "zh" if spoken == "en" else "en"}) == spoken


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="'fr'"):
        words.language("fr")
