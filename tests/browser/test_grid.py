"""A sweep in a real page: a table that fills, can be stopped, and stays in the notebook when no kernel is there."""

import json
from collections.abc import Callable

import nbformat
from nbconvert import HTMLExporter
from playwright.sync_api import Locator, Page, expect

from browser.harness import Notebook, wait_for

MARKUP = '<b>a tree</b><img src=x onerror="document.title=1">'
SWEEP = f"""
from sketch_widget import sweep
from sketch_widget.ui.starters import starter
tried = sweep(starter("house"), prompts=["a tree", {MARKUP!r}], styles=["anime", "flat illustration"])
tried
"""
# The embedded service as somebody's account; it paints no sooner than it is told to.
SLOW = """
import httpx, pathlib, threading
from sketch_widget import DashScopeClient, sweep
from sketch_widget.offline.app import create_app
from sketch_widget.offline.paint import paint
from sketch_widget.ui.starters import starter
may_paint = threading.Event()
def painter(commission):
    may_paint.wait()
    yield from paint(commission)
app = create_app(pathlib.Path.home() / "slow-grid", painter=painter)
client = DashScopeClient("sk-0", base_url="http://service.example/api/v1", transport=httpx.ASGITransport(app))
tried = sweep(starter("cat"), prompts=["a cat", "a tiger"], sketch_weight=range(0, 6), service=client)
tried
"""


def squares(area: Locator) -> Locator:
    return area.locator(".sketch-square")


def pictures(area: Locator) -> Locator:
    return area.locator(".sketch-thumb img:visible")


def output(book: Notebook, cell: int) -> Locator:
    return book.cell(cell).locator(".jp-Cell-outputArea")


def saved_png(book: Notebook, cell: int) -> dict:
    """Return the one plain output of a cell as it is in the notebook's file."""
    book.save()
    outputs = json.loads(book.path.read_text(encoding="utf-8"))["cells"][cell]["outputs"]
    (found,) = (one for one in outputs if "image/png" in one.get("data", {}))
    return found


def count_done(kept: dict) -> int:
    return "".join(kept["data"]["text/plain"]).count(": Done")


def left_of(page: Page, text: str) -> float:
    box = page.get_by_role("rowheader", name=text).bounding_box()
    assert box is not None
    return box["x"]


def test_a_sweep_is_a_table_that_fills_and_its_pictures_stay_in_the_notebook(open_page: Callable[..., Notebook]):
    book = open_page("grid", size=(1280, 1400))
    try:
        title = book.page.title()
        cell = book.run(SWEEP)
        area = output(book, cell)
        expect(squares(area)).to_have_count(4)
        expect(area.get_by_role("columnheader")).to_have_text(["Anime", "Flat illustration"])
        expect(area.get_by_role("rowheader")).to_have_text(["“a tree”", f"“{MARKUP}”"])
        expect(area.locator("header")).to_contain_text("4 pictures")
        expect(area.locator("header")).to_contain_text("Offline preview")
        expect(pictures(area)).to_have_count(4)
        expect(pictures(area).last).to_have_attribute(
            "alt", f"“{MARKUP}”\u00a0· Flat illustration: picture 1, offline preview"
        )
        expect(area.get_by_role("status")).to_have_text("4 of 4 squares done")
        assert area.locator("b, img[src=x]").count() == 0
        assert book.page.title() == title

        book.ask_until("tried.done")
        wait_for("all pictures are in the file", lambda: count_done(saved_png(book, cell)) == 4, page=book.page)
        kept = saved_png(book, cell)
        assert 50_000 < len(kept["data"]["image/png"]) < 1_200_000
        expect(area.locator(".jp-RenderedImage img")).to_be_hidden()
        html, _ = HTMLExporter(template_name="basic").from_notebook_node(nbformat.read(book.path, 4))
        assert kept["data"]["image/png"] in html
        assert "Across: Anime, Flat illustration." in html

        book.reload()
        expect(pictures(output(book, cell))).to_have_count(4)
        expect(output(book, cell).locator(".sketch-notice")).to_be_hidden()
        pictures(output(book, cell)).first.click()
        shown = book.page.locator("dialog.sketch-enlarged")
        expect(shown.locator("p")).to_contain_text("“a tree”\u00a0· Anime")
        book.page.keyboard.press("ArrowRight")
        expect(shown.locator("p")).to_contain_text("“a tree”\u00a0· Flat illustration")
        book.page.keyboard.press("Escape")
        expect(shown).to_be_hidden()
        assert book.errors == []

        book.kill_kernel()
        book.load()  # with a new kernel, which knows nothing of the sweep
        sheet = output(book, cell).locator(".jp-RenderedImage img")
        expect(sheet).to_be_visible()
        wait_for("the sheet is read", lambda: sheet.evaluate("(image) => image.naturalWidth") > 500, page=book.page)
    finally:
        book.close()


def test_what_waits_is_cancelled_and_headings_stay_where_the_window_is_narrow(open_page: Callable[..., Notebook]):
    book = open_page("grid-narrow", size=(560, 900))
    try:
        area = output(book, book.run(SLOW))
        expect(squares(area)).to_have_count(12)
        expect(area.locator("header")).to_contain_text("Up to 12 pictures are billed to your account")
        expect(squares(area).first).to_have_attribute("data-state", "running")
        expect(squares(area).last).to_contain_text("before it")

        scroller = area.locator(".sketch-scroller")
        before = left_of(book.page, "“a tiger”")
        scroller.evaluate("(element) => element.scrollTo(element.scrollWidth, 0)")
        wait_for("the table has scrolled", lambda: scroller.evaluate("(e) => e.scrollLeft") > 100, page=book.page)
        assert left_of(book.page, "“a tiger”") == before
        assert area.locator(".sketch-grid").evaluate("(grid) => grid.scrollWidth - grid.clientWidth") <= 0

        cancel = area.locator("[data-action=cancel]")
        cancel.focus()
        book.page.keyboard.press("Enter")
        expect(area.locator("[data-state=cancelled]")).not_to_have_count(0)
        expect(cancel).to_be_hidden()
        expect(area.locator("h3")).to_be_focused()
        book.tell("may_paint.set()")
        expect(squares(area).first).to_have_attribute("data-state", "done")
        book.ask_until("tried.done")
        painted = book.ask("[job.state.value for job in tried.jobs].count('done')")
        expect(area.locator("[data-state=done]")).to_have_count(painted)
        assert painted < 12
        assert book.errors == []
    finally:
        book.close()
