"""One run: what was asked, how it went, and the pictures, as they stand on disk.

`run.json` holds plain facts in a versioned form that is read as carefully as it is written: a file of a later version
is refused by name instead of being half understood.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, Self

import msgspec
from PIL import Image

from sketch_widget import words
from sketch_widget.drawing.picture import read
from sketch_widget.drawing.sketch import REQUEST_TEXT, SKETCH_TEXT, Sketch
from sketch_widget.errors import PictureError, SketchWidgetError, StoreError, system_reason
from sketch_widget.runs.cause import Cause
from sketch_widget.service.request import GenerationRequest

VERSION = 1
RUN_FILE = "run.json"
SKETCH_FILE = "sketch.png"

Texts = Mapping[str, str]  # the same sentence by language


class Missing(Protocol):
    """A picture that failed."""

    @property
    def index(self) -> int:
        """Which one, 1 for the first."""

    @property
    def error(self) -> SketchWidgetError:
        """Why."""


class RunFile(msgspec.Struct):
    """What stands in `run.json`, under the names that stand there."""

    version: int
    id: str
    created: float
    service: str
    request: msgspec.Raw
    state: str
    owner: str = ""
    account: str = ""
    task_id: str | None = None
    send_window: tuple[float, float] | None = None
    pictures: dict[int, str] = {}
    failures: dict[int, dict[str, str]] = {}
    error: dict[str, str] | None = None
    cause: Cause | None = None


class _Version(msgspec.Struct):
    version: int


@dataclass(frozen=True)
class Run:
    """A run, as its folder stood when it was read.

    Attributes:
        folder: Where it lies.
        id: Its name, which begins with the time (UTC).
        request: What was asked.
        service: Who was asked, such as "dashscope" or "offline".
        state: The state of its job when that was last written.
        created: When it was asked, in epoch seconds.
        task_id: The service's id, or None.
        send_window: When the paid request was being sent, in epoch seconds, or None.
        owner: The process that carries it.
        account: Whose task it is, as a name that gives no key away; empty where any caller may ask.
        pictures: The names of its picture files by number, 1 for the first.
        failures: Why pictures are missing, by number; each text in all languages.
        problem: Why the job ended badly, in all languages, or None.
        cause: What the service answered, where that is why; or None.
    """

    folder: Path
    id: str
    request: GenerationRequest
    service: str
    state: str
    created: float
    task_id: str | None = None
    send_window: tuple[float, float] | None = None
    owner: str = ""
    account: str = ""
    pictures: Mapping[int, str] = field(default_factory=dict)
    failures: Mapping[int, Texts] = field(default_factory=dict)
    problem: Texts | None = None
    cause: Cause | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The picture files, in the service's order."""
        return tuple(self.folder / name for _, name in sorted(self.pictures.items()))

    @cached_property
    def images(self) -> list[Image.Image]:
        """The pictures, read when first asked for.

        Raises:
            PictureError: A file is gone or broken.
        """
        return [Image.fromarray(read(path).pixels) for path in self.files]

    @property
    def was_sent(self) -> bool:
        """Whether the paid request may have reached the service; one that certainly did not has cost nothing."""
        return self.task_id is not None or self.send_window is not None

    @property
    def sketch_file(self) -> Path:
        """The sketch as it was sent."""
        return self.folder / SKETCH_FILE

    @property
    def sketch(self) -> Sketch | None:
        """The drawing inside the sketch file, or None when a picture was sent that is no drawing.

        Raises:
            PictureError: The file is gone or broken.
        """
        return read(self.sketch_file).sketch

    def recipe(self) -> dict[str, str]:
        """Return what a picture of this run carries in its file: what was asked and the drawing, if there is one."""
        texts = {REQUEST_TEXT: self.request.to_json()}
        with suppress(PictureError):
            if (sketch := self.sketch) is not None:
                texts[SKETCH_TEXT] = sketch.packed()
        return texts

    def sketch_bytes(self) -> bytes:
        """Return the sketch file's bytes.

        Raises:
            StoreError: It cannot be read.
        """
        try:
            return self.sketch_file.read_bytes()
        except OSError as error:
            raise StoreError("runs.read", path=str(self.sketch_file), reason=system_reason(error)) from error

    @property
    def caption(self) -> str:
        """Prompt, style and service in one line, in the environment's language."""
        return self.caption_in("auto")

    def caption_in(self, lang: str = "auto") -> str:
        """Return prompt, style and service in one line, in the given language ("en", "zh" or "auto")."""
        own = f"run.caption.{self.service}"
        key = own if own in words.TEXTS else "run.caption"
        return words.say(key, lang, prompt=self.request.prompt.strip(), style=self.request.style.title(lang))

    @property
    def error(self) -> str | None:
        """Why the job ended badly, in the environment's language, or None."""
        return None if self.problem is None else self.problem[words.language()]

    def with_facts(self, **facts: Any) -> Self:
        """Return the run with other values of its attributes; `failures` and `error` are given as errors."""
        known = dict(facts)
        if "failures" in known:
            missing: tuple[Missing, ...] = tuple(known["failures"])
            known["failures"] = {one.index: in_all_languages(one.error) for one in missing}
        if "error" in known:
            error = known.pop("error")
            known["problem"] = None if error is None else in_all_languages(error)
            known["cause"] = Cause.of(error)
        return replace(self, **known)

    def __repr__(self) -> str:
        return f"<Run {self.id}: {self.state}, {len(self.pictures)} of {self.request.n} pictures in {self.folder}>"


def in_all_languages(error: SketchWidgetError) -> Texts:
    """Return an error's text in every language."""
    return {lang: error.text(lang) for lang in words.LANGUAGES}


def encode_run(run: Run) -> bytes:
    """Return the bytes of `run.json`."""
    file = RunFile(
        version=VERSION,
        id=run.id,
        created=run.created,
        service=run.service,
        request=msgspec.Raw(run.request.to_json().encode()),
        state=run.state,
        owner=run.owner,
        account=run.account,
        task_id=run.task_id,
        send_window=run.send_window,
        pictures=dict(run.pictures),
        failures={index: dict(texts) for index, texts in run.failures.items()},
        error=None if run.problem is None else dict(run.problem),
        cause=run.cause,
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=1)


def decode_run(data: bytes, folder: Path) -> Run:
    """Return the run that `run.json` in `folder` tells of.

    Raises:
        StoreError: The bytes are no run, or one of a later version.
    """
    try:
        version = msgspec.json.decode(data, type=_Version).version
        if version != VERSION:
            raise StoreError("runs.version", path=str(folder), version=version, known=VERSION)
        file = msgspec.json.decode(data, type=RunFile)
        request = GenerationRequest.from_json(bytes(file.request))
    except (msgspec.MsgspecError, UnicodeError, RecursionError, SketchWidgetError) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError("runs.broken", path=str(folder), reason=error) from error
    return Run(
        folder=folder,
        id=folder.name,
        request=request,
        service=file.service,
        state=file.state,
        created=file.created,
        task_id=file.task_id,
        send_window=file.send_window,
        owner=file.owner,
        account=file.account,
        # A name with a folder in it did not come from here.
        pictures={index: name for index, name in file.pictures.items() if name == Path(name).name},
        failures=file.failures,
        problem=file.error,
        cause=file.cause,
    )
