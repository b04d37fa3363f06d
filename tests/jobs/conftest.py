"""Jobs run on virtual time."""

import pytest
from fakes.virtual import VirtualLoop


@pytest.fixture
def anyio_backend():
    return "asyncio", {"loop_factory": VirtualLoop}
