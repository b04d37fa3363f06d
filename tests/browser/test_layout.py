"""Where things stand on the page: from windows as narrow as a telephone to wide ones, in the order of the Tab key."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from browser.harness import Notebook, wait_for
from browser.test_generate import Sketching, sketching

# What has the focus and where it stands in the page, however far that is scrolled; null outside the form.
FOCUS = """() => {
  const here = document.activeElement, page = here.closest('.sketch-main');
  if (!here.closest('.sketch-controls')) return null;
  const { bottom, left } = here.getBoundingClientRect();
  return { name: here.dataset.action ?? here.tagName, bottom: bottom - page.getBoundingClientRect().top, left };
}"""


@pytest.fixture(scope="module")
def book(open_page: Callable[..., Notebook]) -> Iterator[Notebook]:
    """Share one notebook without a side bar among the tests: each has cells of its own."""
    notebook = open_page("layout", size=(1280, 1400))
    notebook.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    yield notebook
    notebook.close()
    assert notebook.errors == []


def resize(book: Notebook, width: int) -> None:
    """Make the window this wide."""
    book.page.set_viewport_size({"width": width, "height": 1400})


def tabbed(page: Sketching) -> list[dict[str, object]]:
    """Return what the Tab key reaches in the form, one after another, from the prompt on."""
    page.name("prompt").focus()
    reached = []
    while (place := page.page.evaluate(FOCUS)) is not None:
        reached.append(place)
        page.page.keyboard.press("Tab")
    return reached


def test_generate_follows_the_words_and_the_tab_key_goes_down_the_page(book):
    page = sketching(book, "order")
    page.draw("a tree")
    for width, side in ((1280, "beside"), (700, "below"), (400, "below")):
        resize(book, width)
        wait_for(f"Generate stands {side} the pad", lambda side=side: page.generate_is() == side, page=book.page)
        order = tabbed(page)
        names = [each["name"] for each in order]
        assert names[:7] == ["TEXTAREA", "SELECT", *["BUTTON"] * 4, "generate"]
        assert names.index("generate") < names.index("ink-add") < names.index("SUMMARY")
        for one, following in pairwise(order):
            assert following["bottom"] > one["bottom"] or following["left"] > one["left"], (width, one, following)
