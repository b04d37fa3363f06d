"""Widgets without a page: each test has its own line to the pages that are not there."""

from collections.abc import Iterator

import comm
import pytest
from fakes.comms import Comms
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell


@pytest.fixture
def comms() -> Iterator[Comms]:
    """Replace `comm.create_comm`, as the `comm` package means it to be replaced."""
    line, before = Comms(), comm.create_comm
    comm.create_comm = line.create
    yield line
    comm.create_comm = before


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """Start an IPython that keeps what it would publish."""
    InteractiveShell.clear_instance()
    one = InteractiveShell.instance()
    one.display_pub = CapturingDisplayPublisher()
    yield one
    one.history_manager.end_session()
    InteractiveShell.clear_instance()
