"""The shell: `python -m sketch_widget generate | resume | serve`.

Pictures' paths go to standard output, everything else to standard error. Ends with 0 when there are pictures, 1 when
there are none or not where they were wanted, 2 when what was asked cannot be, 3 when a job goes on without us, and 130
after Ctrl+C.
"""

import argparse
import contextlib
import logging
import queue
import shlex
import shutil
import sys
import tempfile
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from sketch_widget import api, arguments, connect, settings, words
from sketch_widget.drawing.stroke import rgb
from sketch_widget.errors import (
    InputError,
    JobTimeoutError,
    JobUnconfirmedError,
    SketchWidgetError,
    SketchWidgetWarning,
    system_reason,
)
from sketch_widget.jobs.job import Job
from sketch_widget.jobs.state import JobState

TICK = 1.0  # seconds between two looks at a progress line that shows seconds
INTERRUPTED = 130  # what shells expect after Ctrl+C

# Texts that advise in Python, and those that say the same for a shell.
SHELL_WORDS = {"connect.no_key": "cli.no_key", "job.unconfirmed": "cli.unconfirmed"}


def main(given: Sequence[str] | None = None) -> int:
    """Do what the arguments say and return the exit code."""
    given = sys.argv[1:] if given is None else list(given)
    options = arguments.parser(arguments.language(given)).parse_args(given)
    lang = words.language(options.lang)
    try:
        with _notes_told(lang):
            return WORK[options.command](options, lang)
    except SketchWidgetError as error:
        _say(words.say("cli.error", lang, reason=_advice(error, lang)))
        return 2 if isinstance(error, InputError) else 1


def generate(options: argparse.Namespace, lang: str) -> int:
    """Make one run and wait for it."""
    _prepare(options.out)
    colors = "auto" if options.sketch_color is None else [rgb(color) for color in options.sketch_color]
    job = api.generate(
        options.sketch,
        prompt=options.prompt,
        style=options.style,
        n=options.n,
        sketch_weight=options.sketch_weight,
        sketch_extraction=options.sketch_extraction,
        sketch_color=colors,
        service=options.service,
    )
    return follow(job, options.out, lang)


def resume(options: argparse.Namespace, lang: str) -> int:
    """Take up every run of the service that a process left unfinished, and name those that cannot be."""
    _prepare(options.out)
    connection = connect.open(options.service)
    store, knows = connection.store, connection.queue.knows
    left = list(reversed(store.unfinished()))
    named = {
        "cli.expired": list(reversed(store.close_expired())),
        "cli.elsewhere": [run for run in left if run.was_sent and not knows(run)],
        # To send is to pay: a request that waited for its turn may be a day old and no longer wanted.
        "cli.unsent": [run for run in left if not run.was_sent],
    }
    for key, runs in named.items():
        for run in runs:
            _say(words.say(key, lang, run=run.id, prompt=run.request.prompt.strip(), service=run.service))
    if not left:
        _say(words.say("cli.nothing", lang))
    sent = [run for run in left if run.was_sent and knows(run)]
    return max([follow(connection.queue.resume(run), options.out, lang) for run in sent], default=0)


def serve(options: argparse.Namespace, lang: str) -> int:
    """Serve the offline service until Ctrl+C."""
    from sketch_widget.offline.fetching import Reach  # late: uvicorn and starlette
    from sketch_widget.offline.options import Options
    from sketch_widget.offline.serve import serve as serve_offline

    serve_offline(
        options.host,
        options.port,
        folder=settings.read().home / "offline",
        faults="; ".join(options.fault),
        options=Options(
            concurrency=options.concurrency,
            edition=options.edition,
            minimum_seconds=options.seconds,
            keys=None if options.keys is None else _lines(options.keys),
            workspaces=None if options.workspace is None else frozenset(options.workspace),
            reach=Reach.PUBLIC if options.fetch_public else Reach.NOTHING,
        ),
        announce=_say,
        lang=lang,
    )
    return 0


WORK: Mapping[str, Callable[[argparse.Namespace, str], int]] = {
    "generate": generate,
    "resume": resume,
    "serve": serve,
}


def _lines(path: Path) -> frozenset[str]:
    """Return the keys in a file, one a line: every user of a machine sees the arguments of its programs."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except (OSError, UnicodeError) as error:
        raise InputError("cli.keys_file", path=str(path), reason=system_reason(error)) from error
    keys = frozenset(line.strip() for line in text.splitlines() if line.strip())
    if not keys:
        raise InputError("cli.keys_none", path=str(path))
    return keys


def follow(job: Job, out: Path | None, lang: str) -> int:
    """Wait for a job, with its progress on standard error, and put its pictures where they are wanted."""
    try:
        _wait(job, lang, sys.stderr)
        job.result()
    except KeyboardInterrupt:
        return _interrupted(job, lang)
    except SketchWidgetError as error:
        _say(words.say("cli.error", lang, reason=_advice(error, lang)))
        return 3 if isinstance(error, (JobTimeoutError, JobUnconfirmedError)) else 1
    for failure in job.failures:
        _say(words.say("cli.missing", lang, index=failure.index, reason=failure.error.text(lang)))
    return _deliver(job.run.files, out, lang)


class News:
    """Which lines about a job are worth printing where none can be rewritten: no state twice for the same reason."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._told: set[tuple[JobState, str]] = set()

    def lines(self, state: JobState, trouble: SketchWidgetError | None, line: str) -> list[str]:
        """Return what is news in a job's state, what troubles it, and its own line about both."""
        reason = "" if trouble is None else trouble.key
        known = {reason for _, reason in self._told}
        if (state, reason) in self._told:
            return []
        self._told.add((state, reason))
        if trouble is None or reason in known:
            return [line]
        again = "cli.again_unsent" if state is JobState.QUEUED else "cli.again"
        return [line, words.say(again, self._lang)]


def _wait(job: Job, lang: str, stream: TextIO) -> None:
    """Show where a job is until nobody needs to wait: a line that is rewritten on a terminal, only news elsewhere."""
    changes: queue.SimpleQueue[tuple[JobState, SketchWidgetError | None, str]] = queue.SimpleQueue()

    def note(changed: Job) -> None:
        changes.put((changed.state, changed.trouble, changed.text(lang)))

    stop = job.on_change(note)
    note(job)
    news = News(lang)
    rewrites = stream.isatty()
    start = "\r\x1b[K" if rewrites else ""
    try:
        while not (job.settled and changes.empty()):
            with contextlib.suppress(queue.Empty):
                change = changes.get(timeout=TICK)
                for line in news.lines(*change):
                    if not rewrites or change[1] is not None:  # what is wrong stays to be read
                        print(f"{start}{line}", file=stream, flush=True)
            if rewrites:
                shown = _cut(job.text(lang), shutil.get_terminal_size().columns - 1)
                print(f"{start}{shown}", end="", file=stream, flush=True)
    finally:
        stop()
        if rewrites:
            print(file=stream)


def _cut(line: str, columns: int) -> str:
    """Return what of a line fits: one that wraps cannot be rewritten. Chinese characters are two columns wide."""
    width = 0
    for at, mark in enumerate(line):
        width += 2 if unicodedata.east_asian_width(mark) in "WF" else 1
        if width > columns:
            return line[:at]
    return line


def _interrupted(job: Job, lang: str) -> int:
    if job.state is JobState.QUEUED:
        job.cancel()
        _say(words.say("cli.interrupted_unsent", lang))
    else:
        _say(words.say("cli.interrupted", lang, run=job.id, python=shlex.quote(sys.executable)))
    return INTERRUPTED


def _advice(error: SketchWidgetError, lang: str) -> str:
    """Return an error's words, with the advice that helps in a shell."""
    return SketchWidgetError(SHELL_WORDS.get(error.key, error.key), **error.fields).text(lang)


def _prepare(out: Path | None) -> None:
    """Make sure that pictures can be put into a folder, before anything is sent and paid for."""
    if out is None:
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise InputError("cli.out_folder", path=str(out), reason=system_reason(error)) from error


def _deliver(files: Sequence[Path], out: Path | None, lang: str) -> int:
    """Print where the pictures are: in the folder where they are wanted, or else where they are kept."""
    code = 0
    for path in files:
        try:
            print(path if out is None else _copy(path, out))
        except OSError as error:
            _say(InputError("cli.out_file", path=str(out), reason=system_reason(error), kept=str(path)).text(lang))
            print(path)
            code = 1
    return code


def _copy(path: Path, out: Path) -> Path:
    """Copy a picture into a folder, beside whatever is there already."""
    out.mkdir(parents=True, exist_ok=True)
    target, number = out / path.name, 2
    while target.exists():
        target = out / f"{path.stem}-{number}{path.suffix}"
        number += 1
    shutil.copyfile(path, target)
    return target


@contextlib.contextmanager
def _notes_told(lang: str) -> Iterator[None]:
    """Tell in the reader's language what warns meanwhile."""
    log, notes = logging.getLogger("sketch_widget"), Notes(lang)
    log.addHandler(notes)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_: notes.tell(message)
            yield
    finally:
        log.removeHandler(notes)


class Notes(logging.Handler):
    """Tells what is worth a note; a record that is no sentence of the catalogue is shown as it would be without it."""

    def __init__(self, lang: str) -> None:
        super().__init__(logging.WARNING)
        self._lang = lang

    def emit(self, record: logging.LogRecord) -> None:
        """Take up a record of the package."""
        if isinstance(record.msg, SketchWidgetWarning):
            self.tell(record.msg)
        elif logging.lastResort is not None:
            logging.lastResort.handle(record)

    def tell(self, note: object) -> None:
        """Tell a note: a text, or what can say itself in any language."""
        text = note.text(self._lang) if isinstance(note, SketchWidgetWarning) else note
        _say(words.say("cli.note", self._lang, text=text))


def _say(text: object) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
