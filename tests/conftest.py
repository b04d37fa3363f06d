"""What every test starts from: a clean home, no key, English, no proxy."""

import os
import signal
from pathlib import Path

import pytest

_LEAVES = ("DASHSCOPE", "SKETCH_WIDGET", "LC_", "LANG", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "XDG_")

# A shell makes what runs in its background deaf to Ctrl+C, and with it all processes that the tests start and end so.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def clean_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty home and an environment in which nothing is set."""
    for name in os.environ:
        if name.upper().startswith(_LEAVES):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SKETCH_WIDGET_HOME", str(home / "sketch_widget"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home / "run"))


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, the loop that notebooks have."""
    return "asyncio"
