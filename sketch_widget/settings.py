"""What the surroundings say: the key, the service to use, the language, where history lives.

The only reader of the environment. The key is wrapped so that no repr, log, pickle or traceback can show it.
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from sketch_widget import words
from sketch_widget.errors import InputError, system_reason

BASE_URL = "https://dashscope.aliyuncs.com/api/v1"  # the service's document, "HTTP call"
SERVICES = ("auto", "offline", "dashscope")


class Secret:
    """A key that shows itself only when asked by name."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the key itself, for the one header that carries it."""
        return self._value

    def fingerprint(self) -> str:
        """Return 16 hexadecimal digits that tell two keys apart and give neither away."""
        return hashlib.sha256(self._value.encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        return "<key, hidden>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self.fingerprint())

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is never written to a file.")


@dataclass(frozen=True)
class Settings:
    """What the surroundings say, read once.

    Attributes:
        api_key: The key, or None.
        base_url: Where the service answers.
        workspace: The service's workspace id, or None for the default one.
        service: "auto", "offline" or "dashscope".
        lang: "en" or "zh".
        home: The folder that holds history and saved drawings.
        key_problem: Why the file that is named for the key cannot be read, or None. Only who needs a key need care.
        local: A folder of this user on this machine's own disk, for what its kernels tell each other; emptied at times.
    """

    api_key: Secret | None
    base_url: str
    workspace: str | None
    service: str
    lang: str
    home: Path
    local: Path
    key_problem: InputError | None = None


def read(environ: Mapping[str, str] | None = None, user_home: Path | None = None) -> Settings:
    """Read the surroundings.

    Args:
        environ: Environment variables; those of the process when not given.
        user_home: The user's home folder; the real one when not given.

    Raises:
        InputError: `SKETCH_WIDGET_SERVICE` names no service, or `SKETCH_WIDGET_LANG` no language that is spoken here.
    """
    import platformdirs  # late: its import takes longer than this reading

    known = os.environ if environ is None else environ
    service = known.get("SKETCH_WIDGET_SERVICE", "").strip() or "auto"
    if service not in SERVICES:
        raise InputError("settings.service", value=service, allowed=", ".join(SERVICES))
    own = known.get("SKETCH_WIDGET_HOME", "").strip()
    key, key_problem = None, None
    try:
        key = find_key(known, user_home or Path.home())
    except InputError as error:
        key_problem = error
    return Settings(
        api_key=key,
        base_url=(known.get("DASHSCOPE_HTTP_BASE_URL", "").strip() or BASE_URL).rstrip("/"),
        workspace=known.get("DASHSCOPE_WORKSPACE", "").strip() or None,
        service=service,
        lang=language("auto", known),
        home=Path(own).expanduser() if own else platformdirs.user_data_path("sketch_widget", appauthor=False),
        local=_local(known),
        key_problem=key_problem,
    )


def language(lang: str = "auto", environ: Mapping[str, str] | None = None) -> str:
    """Return the language that a page or a command speaks: "en" or "zh".

    Args:
        lang: "en", "zh" or a longer tag such as "zh-CN"; or "auto": `SKETCH_WIDGET_LANG`, else the locale's where it is
            spoken here, else English.
        environ: Environment variables; those of the process when not given.

    Raises:
        InputError: `lang` or `SKETCH_WIDGET_LANG` names a language that is not spoken here.
    """
    known = os.environ if environ is None else environ
    # A locale may be any; this variable is ours, and a word in it that is not understood would be a mistake unseen.
    for name, value in (("lang", lang), ("SKETCH_WIDGET_LANG", known.get("SKETCH_WIDGET_LANG", "").strip() or "auto")):
        if value != "auto" and words.spoken(value) is None:
            raise InputError("settings.lang", name=name, value=value, allowed=", ".join(("auto", *words.LANGUAGES)))
    return words.language(lang, known)


def _local(known: Mapping[str, str]) -> Path:
    # Not below the home folder: on shared homes file locks are unreliable and SQLite is not safe.
    runtime = known.get("XDG_RUNTIME_DIR", "").strip()
    user = str(os.getuid()) if hasattr(os, "getuid") else known.get("USERNAME", "user")
    return Path(runtime) / "sketch_widget" if runtime else Path(tempfile.gettempdir()) / f"sketch_widget-{user}"


def find_key(environ: Mapping[str, str], user_home: Path) -> Secret | None:
    """Find the key where the service's own SDK finds it.

    In this order: `DASHSCOPE_API_KEY`, the file that `DASHSCOPE_API_KEY_FILE_PATH` names, `~/.dashscope/api_key`.

    Raises:
        InputError: The named file cannot be read.
    """
    value = environ.get("DASHSCOPE_API_KEY", "").strip()
    named = environ.get("DASHSCOPE_API_KEY_FILE_PATH", "").strip()
    if not value and named:
        try:
            value = Path(named).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:  # of another encoding, or a path that can be none
            # Another key, or none, would be another account without a word.
            raise InputError("settings.key_file", path=named, reason=system_reason(error)) from None
    if not value:
        try:
            value = (user_home / ".dashscope" / "api_key").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
    return Secret(value) if value else None
