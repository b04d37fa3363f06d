"""The offline service twice for each test: called in process, and over a real socket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from contract.stage import Stage, staged


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "service(options, faults): how the offline service of a test is set up")


@pytest.fixture(params=["in process", "over a socket"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Stage]:
    """The service with its defaults, or with the options and faults of the marker `service`."""
    asked = request.node.get_closest_marker("service")
    more = dict(asked.kwargs) if asked else {}
    async with staged(tmp_path / "offline", request.param == "over a socket", **more) as stage:
        yield stage
