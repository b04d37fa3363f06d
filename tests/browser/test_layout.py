"""Where things stand on the page: from windows as narrow as a telephone to wide ones, in the order of the Tab key."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

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

# Four pictures of a job, as small as they may be.
PICTURES = """
import pathlib, sys
sys.path.insert(0, {tests!r})
from fakes.shown import JobState, Stage
from sketch_widget.ui.gallery import Gallery
Gallery([Stage(pathlib.Path.home() / "four").job(JobState.DONE, n=4)], lang="en")
"""
# Below each picture: how far the link is from the caption's first line, and whether both stand within its width.
CAPTIONS = """(figures) => figures.map((figure) => {
  const [line, link] = [...figure.querySelectorAll('figcaption > *')].map((part) => {
    const range = document.createRange();
    range.selectNodeContents(part);
    return range.getClientRects()[0];
  });
  const { right } = figure.getBoundingClientRect();
  return [Math.round(Math.abs(line.top - link.top)), line.right < link.left && link.right <= right + 1];
})"""


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
    book.resize(width, 1400)


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


def test_save_stands_beside_the_caption_of_its_picture(book):
    cell = book.cell(book.run(PICTURES.format(tests=str(Path(__file__).parents[1]))))
    pictures = cell.locator(".sketch-picture")
    for width in (1280, 900, 700, 400):
        resize(book, width)
        pictures.first.scroll_into_view_if_needed()  # those that nobody would see are not loaded
        wait_for("the pictures are shown", lambda: pictures.locator("img:visible").count() == 4, page=book.page)
        wait_for(
            f"each link stands beside its caption at {width} px",
            lambda: pictures.evaluate_all(CAPTIONS) == [[0, True]] * 4,
            page=book.page,
        )
