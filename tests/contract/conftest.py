"""The offline service twice for each test: called in process, and over a real socket."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from contract.stage import Port, Stage, staged

from sketch_widget.offline.serve import served


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "service(options, faults): how the offline service of a test is set up")


@pytest.fixture(scope="session")
def port() -> Iterator[Port]:
    port = Port()
    with served(port) as port.base_url:
        yield port


@pytest.fixture(params=["in process", "over a socket"])
async def stage(request: pytest.FixtureRequest, port: Port, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Stage]:
    """The service with its defaults, or with the options and faults of the marker `service`."""
    asked = request.node.get_closest_marker("service")
    more = dict(asked.kwargs) if asked else {}
    behind = port if request.param == "over a socket" else None
    async with staged(tmp_path / "offline", behind, **more) as stage:
        yield stage
