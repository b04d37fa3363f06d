"""What may be said to the shell: its commands and options, explained and refused in the reader's own language.

Refuses what no command has. A number that is none comes through as it was written, to be refused by name where its rule
stands.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from sketch_widget import settings, words
from sketch_widget.service.request import Style, all_styles

PROGRAM = "python -m sketch_widget"
COMMANDS = "generate | resume | serve"
DEFAULT = "%(default)s"  # argparse fills it in

# What argparse says in English, and the text of ours that says the same; what is not listed is shown as it is.
REFUSALS = {
    "cli.missing_arguments": r"the following arguments are required: (?P<names>.+)",
    "cli.unknown_arguments": r"unrecognized arguments: (?P<names>.+)",
    "cli.choice": r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<allowed>.+)\)",
    "cli.value_missing": r"argument (?P<name>.+?): expected (?:one|at least one) argument",
    "cli.value_unwanted": r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)",
    "cli.ambiguous": r"ambiguous option: (?P<value>.+) could match (?P<allowed>.+)",
}


class Formatter(argparse.HelpFormatter):
    """Lays out the help of a parser in a language."""

    def __init__(self, lang: str, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._lang = lang

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin with how the command is written."""
        ours = words.say("cli.usage", self._lang) + ("" if self._lang == "zh" else " ")
        super().add_usage(usage, actions, groups, ours if prefix is None else prefix)

    def format_help(self) -> str:
        """Return the help; a heading ends in the language's own colon."""
        text = super().format_help()
        return re.sub(r"(?m)^(\S+):$", r"\1：", text) if self._lang == "zh" else text


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language: headings, help and refusals.

    Attributes:
        placed: The arguments that are told by their place.
        named: The options.
    """

    def __init__(self, lang: str, **more: Any) -> None:
        super().__init__(add_help=False, formatter_class=partial(Formatter, lang), **more)
        self._lang = lang
        self.placed = self.add_argument_group(words.say("cli.arguments", lang))
        self.named = self.add_argument_group(words.say("cli.options", lang))
        self.named.add_argument("-h", "--help", action="help", help=words.say("cli.help", lang))

    def error(self, message: str) -> NoReturn:
        """End with what is wrong with the arguments."""
        self.print_usage(sys.stderr)
        self.exit(2, words.say("cli.error", self._lang, reason=refusal(message, self._lang)) + "\n")


def refusal(message: str, lang: str) -> str:
    """Return what argparse says about arguments in a language."""
    for key, pattern in REFUSALS.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.say(key, lang, **found.groupdict())
    return message


def whole(text: str) -> int | str:
    """Return a whole number, or the text where it is none."""
    try:
        return int(text)
    except ValueError:
        return text


def number(text: str) -> float | str:
    """Return a number, or the text where it is none."""
    try:
        return float(text)
    except ValueError:
        return text


def language(given: Sequence[str]) -> str:
    """Return the language to explain and refuse the arguments in, before they are read."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--lang", default="auto")
    try:
        lang = first.parse_known_args(given)[0].lang
    except argparse.ArgumentError:
        lang = "auto"
    return words.language(lang if lang in words.LANGUAGES else "auto")


def parser(lang: str) -> Parser:
    """Return the arguments that there are, explained in the given language; `command` names the one that was chosen."""

    def say(key: str, **fields: object) -> str:
        return words.say(key, lang, **fields)

    whole_program = Parser(lang, prog=PROGRAM, description=say("cli.about"))
    commands = whole_program.add_subparsers(  # type: ignore[call-overload]
        title=say("cli.commands"),
        dest="command",
        required=True,
        metavar=COMMANDS,
        prog=PROGRAM,
        parser_class=partial(Parser, lang),
    )
    one, rest, server = (
        commands.add_parser(name, help=say(f"cli.{name}"), description=say(f"cli.{name}"))
        for name in ("generate", "resume", "serve")
    )
    _add_request(one, lang)
    for command in (one, rest):
        command.named.add_argument("--out", type=Path, metavar="DIR", help=say("cli.out"))
        command.named.add_argument("--service", default="auto", choices=settings.SERVICES, help=say("cli.service"))
    _add_server(server, lang)
    for command in (one, rest, server):
        command.named.add_argument("--lang", default="auto", choices=("auto", *words.LANGUAGES), help=say("cli.lang"))
    return whole_program


def _add_request(one: Parser, lang: str) -> None:
    """Add what may be asked for."""

    def say(key: str, **fields: object) -> str:
        return words.say(key, lang, **fields)

    one.placed.add_argument("sketch", help=say("cli.sketch"))
    one.named.add_argument("--prompt", required=True, help=say("cli.prompt"))
    one.named.add_argument(
        "--style", default=Style.WATERCOLOR.value, help=say("cli.style", styles=all_styles().text(lang))
    )
    one.named.add_argument("-n", type=whole, default=1, help=say("cli.n"))
    one.named.add_argument("--sketch-weight", type=whole, default=10, help=say("cli.weight"))
    one.named.add_argument("--sketch-extraction", action="store_true", help=say("cli.extraction"))
    one.named.add_argument("--sketch-color", action="append", metavar="#RRGGBB", help=say("cli.color"))


def _add_server(server: Parser, lang: str) -> None:
    """Add how the offline service may be served."""

    def say(key: str) -> str:
        return words.say(key, lang, default=DEFAULT)

    add = server.named.add_argument
    add("--host", default="127.0.0.1", help=say("cli.host"))
    add("--port", type=whole, default=8931, help=say("cli.port"))
    add("--fault", action="append", default=[], metavar="FAULT", help=say("cli.fault"))
    add("--concurrency", default="queue", choices=("queue", "strict"), help=say("cli.concurrency"))
    add("--edition", default="2026", choices=("2024", "2026"), help=say("cli.edition"))
    add("--seconds", type=number, default=0.0, help=say("cli.seconds"))
    add("--keys", type=Path, metavar="FILE", help=say("cli.keys"))
    add("--workspace", action="append", metavar="ID", help=say("cli.workspace"))
    add("--fetch-public", action="store_true", help=say("cli.fetch_public"))
