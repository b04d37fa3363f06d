"""Widgets without a page: each test has its own line to the pages that are not there."""

from collections.abc import Iterator

import comm
import pytest
from fakes.comms import Comms


@pytest.fixture
def comms() -> Iterator[Comms]:
    """Replace `comm.create_comm`, as the `comm` package means it to be replaced."""
    line, before = Comms(), comm.create_comm
    comm.create_comm = line.create
    yield line
    comm.create_comm = before
