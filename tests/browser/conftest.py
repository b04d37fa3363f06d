"""One Chromium and one JupyterLab for all browser tests; pages are cheap to share and dear to open."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from browser.harness import SECONDS, Lab, Notebook, launch, open_notebook, start_lab

_numbers = count(1)
expect.set_options(timeout=SECONDS * 1000)


# The scope is this folder and not the session: while Playwright runs, its event loop occupies the main thread, and the
# asynchronous tests of other folders could not start theirs.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start the browser once."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start one JupyterLab server in a clean home."""
    server = start_lab(tmp_path_factory.mktemp("lab"))
    yield server
    server.stop()


@pytest.fixture(scope="package")
def open_page(chromium: Browser, lab: Lab) -> Callable[..., Notebook]:
    """Return a function that opens a new notebook: `open_page(scale=1.5, size=(400, 900), touch=True)`.

    Whoever opens a notebook closes it (`notebook.close()`); the fixture `notebook` does both.
    """

    def opened(name: str = "", **options: object) -> Notebook:
        return open_notebook(chromium, lab, name or f"book{next(_numbers)}", **options)  # type: ignore[arg-type]

    return opened


@pytest.fixture
def notebook(open_page: Callable[..., Notebook]) -> Iterator[Notebook]:
    """Open a new notebook for one test and close it afterwards."""
    book = open_page()
    yield book
    book.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
