"""The catalogue: both languages, the same fields, nothing unused."""

import re
from pathlib import Path

import pytest

import sketch_widget
from sketch_widget import words

ROOT = Path(sketch_widget.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What is Python or an address keeps its own marks: calls, tuples and lists without a Chinese word in them.
PLAIN = r"[^()\[\]\u3000-\uffef]*"
CODE = re.compile(rf"[A-Za-z0-9_.=]+\({PLAIN}\)|\({PLAIN},{PLAIN}\)|\[{PLAIN}\]|https?://|{{host}}:")
HALF_WIDTH = re.compile(r"[\u3000-\uffef}][,;:!?(]|[,;:!?)][\u3000-\uffef{]|[()]")


def sources() -> str:
    files = [path for path in ROOT.rglob("*") if path.suffix in (".py", ".js") and path.parent.name != "words"]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_no_two_areas_use_the_same_key():
    areas = [getattr(words, name) for name in ("drawing", "service", "offline", "jobs", "pad", "page", "shell")]
    assert sum(len(area.TEXTS) for area in areas) == len(words.TEXTS) > 20


@pytest.mark.parametrize("key", sorted(words.TEXTS))
def test_both_languages_say_the_same_fields(key):
    english, chinese = words.TEXTS[key]
    assert words.placeholders(english) == words.placeholders(chinese)
    assert english.strip() == english
    assert chinese.strip() == chinese
    assert english
    assert not CHINESE.search(english)


def half_width(text: str) -> list[str]:
    """Return the ASCII marks that stand where Chinese writing has its own; code in the text is left out."""
    text = re.sub(r"\{(\w+)[^{}]*\}", r"{\1}", text)
    while (shorter := CODE.sub("", text)) != text:
        text = shorter
    return HALF_WIDTH.findall(text) if CHINESE.search(text) else []


@pytest.mark.parametrize("key", sorted(words.TEXTS))
def test_chinese_texts_have_the_marks_of_chinese_writing(key):
    assert half_width(words.TEXTS[key][1]) == []


def test_the_documents_chinese_has_the_marks_of_chinese_writing():
    readme = (ROOT.parent / "README.md").read_text(encoding="utf-8")
    lines = [re.sub(r"`[^`]*`", "码", line) for line in readme.splitlines() if CHINESE.search(line)]
    assert lines
    assert [line for line in lines if half_width(line)] == []


@pytest.mark.parametrize(
    "text", ["无法读取 {path}:{reason}。", "图片,第二张", "损坏({reason})。", "白色 (#ffffff)！(白)", "{n},请重试"]
)
def test_a_mark_of_english_writing_between_chinese_words_is_found(text):
    assert half_width(text)


@pytest.mark.parametrize(
    "text", ["请用 f(inks_of(pixels)) 填入", "形如 (N, 2) 的", "写 Sketch([Stroke([(x, y), ...]), ...])。", "例如 1, 2"]
)
def test_code_in_a_chinese_text_keeps_its_marks(text):
    assert half_width(text) == []


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
