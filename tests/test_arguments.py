"""What the shell understands, and in which language it says what it does not."""

import re

import pytest

from sketch_widget.arguments import language, parser, refusal

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WRONG = [
    ([], "generate | resume | serve"),
    (["paint"], "'paint'"),
    (["generate"], "sketch, --prompt"),
    (["generate", "a.png", "--prompt"], "--prompt"),
    (["generate", "a.png", "--prompt", "x", "--s", "3"], "--style"),
    (["generate", "a.png", "--prompt", "x", "--colour", "red"], "--colour red"),
    (["resume", "--service", "mine"], "'mine'"),
    (["serve", "--edition", "2025"], "2026"),
    (["serve", "--fetch-public=yes"], "'yes'"),
    (["serve", "--lang", "fr"], "'fr'"),
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("given", "said"), WRONG)
def test_what_is_wrong_with_the_arguments_is_said_in_the_readers_language(given, said, lang, capsys):
    with pytest.raises(SystemExit) as ended:
        parser(lang).parse_args(given)
    error = capsys.readouterr().err.splitlines()[-1]
    assert ended.value.code == 2
    assert said in error
    assert error.startswith("Error: " if lang == "en" else "错误：")
    assert bool(CHINESE.search(error.removeprefix("错误："))) == (lang == "zh")


def test_what_is_said_otherwise_is_passed_on_as_it_is():
    assert refusal("something new", "zh") == "something new"


@pytest.mark.parametrize("command", ["", "generate", "resume", "serve"])
def test_the_help_has_no_word_in_another_language_but_names_and_values(command, capsys):
    with pytest.raises(SystemExit):
        parser("zh").parse_args([*command.split(), "--help"])
    said = capsys.readouterr().out
    assert said.startswith("用法：python -m sketch_widget")
    assert not {"usage", "options", "arguments", "positional", "show", "this", "help"} & set(
        re.findall(r"(?<![-\w])[a-z]+", said)
    )


def test_a_number_that_is_none_comes_through_to_be_refused_where_its_rule_stands():
    given = parser("en").parse_args(["serve", "--port", "many", "--seconds", "long"])
    assert (given.port, given.seconds) == ("many", "long")
    given = parser("en").parse_args(["serve", "--port", "8080", "--seconds", "2.5"])
    assert (given.port, given.seconds) == (8080, 2.5)


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        (["serve", "--lang", "zh"], "zh"),
        (["--lang=zh"], "zh"),
        (["serve", "--la", "zh", "--help"], "zh"),
        (["serve", "--lang"], "en"),
        (["serve", "--lang", "fr"], "en"),
        ([], "en"),
    ],
)
def test_the_language_is_known_before_the_arguments_are_read(given, spoken):
    assert language(given) == spoken
