"""From a drawing to pictures in a real page, and what is left of them without one."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import Locator, Page, expect

from browser.harness import Notebook, PadPage, stopped, wait_for

WIDGET = "from sketch_widget import SketchWidget\nwidget = SketchWidget(name={name!r})\nwidget"
# The embedded service as somebody's account; it paints no sooner than it is told to.
SLOW = """
import httpx, pathlib, threading
from sketch_widget import DashScopeClient, SketchWidget
from sketch_widget.offline.app import create_app
from sketch_widget.offline.paint import paint
may_paint = threading.Event()
def painter(commission):
    may_paint.wait()
    yield from paint(commission)
app = create_app(pathlib.Path.home() / "slow", painter=painter)
client = DashScopeClient("sk-0", base_url="http://service.example/api/v1", transport=httpx.ASGITransport(app))
widget = SketchWidget(client, name="slow")
widget
"""
MARKUP = '<img src=x onerror="document.title=1"><b>tree</b>'
SECONDS = 30_000  # milliseconds


@pytest.fixture(scope="module")
def book(open_page: Callable[..., Notebook]) -> Iterator[Notebook]:
    """Share one notebook among the tests: each has cells of its own."""
    notebook = open_page("generate", size=(1280, 1400))
    yield notebook
    notebook.close()
    assert notebook.errors == []


class Sketching:
    """One SketchWidget in a page."""

    def __init__(self, book: Notebook, cell: int) -> None:
        self.book, self.cell = book, cell
        self.page: Page = book.page
        self.output = book.cell(cell).locator(".jp-Cell-outputArea")
        self.root = self.output.locator(".sketch-widget")
        self.root.wait_for(timeout=SECONDS)

    @property
    def pad(self) -> PadPage:
        """The pad, once it can be drawn on."""
        return self.book.pad(within=self.root)

    def name(self, name: str) -> Locator:
        """Return a control by its parameter's name."""
        return self.root.locator(f".sketch-{name}").locator("textarea, select, input").first

    def choose(self, n: int) -> None:
        """Choose how many pictures."""
        self.root.locator(".sketch-n button").nth(n - 1).click()

    def action(self, name: str) -> Locator:
        """Return the buttons with this action."""
        return self.root.locator(f"[data-action={name}]")

    @property
    def cards(self) -> Locator:
        """The cards, newest first."""
        return self.root.locator(".sketch-card")

    @property
    def pictures(self) -> Locator:
        """The pictures that can be seen."""
        return self.root.locator(".sketch-picture img:visible")

    def draw(self, prompt: str) -> None:
        """Draw a triangle and type the words."""
        self.pad.draw([(100, 600), (400, 80), (660, 600), (100, 600)])
        self.name("prompt").fill(prompt)
        expect(self.action("generate")).to_be_enabled(timeout=SECONDS)

    def generate_is(self) -> str:
        """Where the button stands: "beside" the pad, within its height, or "below" it, or elsewhere."""
        pad = self.root.locator("canvas").first.bounding_box()
        button = self.action("generate").bounding_box()
        right, bottom = pad["x"] + pad["width"], pad["y"] + pad["height"]
        if button["x"] > right and button["y"] + button["height"] < bottom:
            return "beside"
        return "below" if button["y"] > bottom else "elsewhere"

    def generate(self, prompt: str, n: int = 1) -> None:
        """Draw, ask for pictures, and wait until they are shown."""
        self.draw(prompt)
        self.choose(n)
        self.action("generate").click()
        expect(self.pictures).to_have_count(n, timeout=SECONDS)


def sketching(book: Notebook, name: str) -> Sketching:
    """Put a SketchWidget into a new cell."""
    return Sketching(book, book.run(WIDGET.format(name=name)))


def saved_pngs(book: Notebook, cell: int) -> list[int]:
    """Return how long the image/png outputs of a cell are in the notebook's file, in characters."""
    book.save()
    outputs = json.loads(book.path.read_text(encoding="utf-8"))["cells"][cell]["outputs"]
    return [len(output["data"]["image/png"]) for output in outputs if "image/png" in output.get("data", {})]


def width_of(image: Locator) -> int:
    """Return how wide a picture is, in pixels of its own, once the browser has it; an address alone has none yet."""
    return int(image.evaluate("(image) => image.decode().then(() => image.naturalWidth)"))


def marked_outputs(area: Locator) -> Locator:
    """Return the plain picture outputs of a cell."""
    return area.locator(".jp-RenderedImage img")


def test_the_page_says_what_is_missing_and_a_drawing_with_words_becomes_pictures(book):
    page = sketching(book, "first")
    expect(page.action("generate")).to_be_disabled()
    expect(page.root.locator(".sketch-reason")).to_have_text("Draw something and add a few words first.")
    page.draw("a mountain")
    page.choose(2)
    expect(page.action("generate")).to_have_text("Generate 2 pictures")
    page.action("generate").click()
    expect(page.pictures).to_have_count(2, timeout=SECONDS)
    expect(page.cards.first).to_contain_text("Done, 2 of 2 saved")
    expect(page.cards.first).to_contain_text("offline preview")
    assert book.ask("[len(widget.runs[0].files), widget.runs[0].request.prompt]") == [2, "a mountain"]
    assert width_of(page.pictures.first) == 768


def test_the_saved_notebook_holds_the_pictures_for_readers_without_a_kernel(book, open_page):
    page = sketching(book, "kept")
    page.generate("a house")
    wait_for("the picture is in the file", lambda: max(saved_pngs(book, page.cell)) > 10_000, page=book.page)
    assert len(saved_pngs(book, page.cell)) == 1
    assert max(saved_pngs(book, page.cell)) < 400_000

    saved = nbformat.read(book.path, 4)
    lab, _ = HTMLExporter(exclude_input=True).from_notebook_node(saved)
    classic, _ = HTMLExporter(template_name="classic").from_notebook_node(saved)
    for html in (lab, classic):
        assert next(o for o in saved.cells[page.cell].outputs if "image/png" in o.data).data["image/png"] in html
    assert "“a house” Watercolor · offline preview" in classic

    reader = open_page("reader")
    try:
        reader.path.write_bytes(book.path.read_bytes())
        reader.load()  # with a kernel of its own, which knows nothing of the widget
        pictures = marked_outputs(reader.cell(page.cell))
        expect(pictures).to_be_visible(timeout=SECONDS)
        assert width_of(pictures) > 300
    finally:
        reader.close()


def test_only_the_widgets_own_plain_picture_is_hidden_beside_it(book):
    source = (
        "from IPython.display import display\nfrom PIL import Image\n"
        "display(Image.new('RGB', (40, 30), 'red'))\n" + WIDGET.format(name="beside") + "\ndisplay(widget)\n"
        "display(Image.new('RGB', (50, 30), 'blue'))"
    )
    page = Sketching(book, book.run(source))
    page.generate("a boat")
    wait_for("the picture is in the file", lambda: max(saved_pngs(book, page.cell)) > 10_000, page=book.page)
    seen = [(width_of(image), image.is_visible()) for image in marked_outputs(page.output).all()]
    assert [width for width, visible in seen if visible] == [40, 50]
    assert sum(not visible for _, visible in seen) == 1


def test_markup_in_a_prompt_is_shown_as_text_everywhere(book):
    page = sketching(book, "markup")
    title = page.page.title()
    page.generate(MARKUP)
    expect(page.cards.first.locator("h4")).to_have_text(MARKUP)
    assert page.pictures.first.get_attribute("alt").endswith(MARKUP)
    assert page.root.locator("b, img[src=x]").count() == 0
    assert page.page.title() == title


def test_chinese_words_and_controls_work_and_the_language_switches(book):
    page = sketching(book, "chinese")
    page.root.locator(".sketch-language select").select_option("zh")
    expect(page.root.locator(".sketch-label").first).to_have_text("想画什么？")
    expect(page.pad.button("clear")).to_have_text("清空")
    page.generate("湖边的大树")
    expect(page.cards.first).to_contain_text("湖边的大树")
    expect(page.cards.first).to_contain_text("离线预览")
    assert book.ask("widget.request.prompt") == "湖边的大树"


def test_a_prompt_that_is_too_long_shows_what_would_be_left_out(book):
    page = sketching(book, "long")
    page.name("prompt").fill("x" * 75 + " in spring")
    expect(page.root.locator(".sketch-cut")).to_have_text(" in spring", timeout=SECONDS)
    page.name("prompt").fill("short")
    expect(page.root.locator(".sketch-cut")).to_be_hidden()


def test_the_notebooks_keys_stay_quiet_in_the_page_and_ctrl_s_saves_from_anywhere(book):
    page = sketching(book, "keys")
    page.generate("a tree")
    # A picture that comes into the notebook later than the page shows it would be a change of its own.
    wait_for("the picture is in the file", lambda: max(saved_pngs(book, page.cell)) > 10_000, page=book.page)
    cells = book.cells
    focused = (page.action("generate"), page.name("style"), page.name("sketch_extraction"), page.action("again"))
    for each in focused:
        each.focus()
        for key in "bdd":
            book.page.keyboard.press(key)
        book.change()
        book.press_save()
    assert book.cells == cells


def test_ctrl_enter_generates_from_the_pad_too(book):
    page = sketching(book, "enter")
    page.draw("a tree")
    page.pad.stage.focus()
    book.page.keyboard.press("Control+Enter")
    expect(page.pictures).to_have_count(1, timeout=SECONDS)


def test_clicks_while_the_kernel_is_busy_are_one_job_and_clicks_with_their_time_are_several(book):
    page = sketching(book, "clicks")
    page.draw("a tree")
    page.pad.wait_settled()
    generate, reason = page.action("generate"), page.root.locator(".sketch-reason")
    with stopped(book):
        generate.dblclick(force=True)
        expect(generate).to_have_text("Sending …")
        expect(generate).to_be_disabled()
        expect(reason).to_have_text("Waiting for the kernel …")
        generate.click(force=True)
    expect(generate).to_have_text("Generate 1 picture")
    expect(generate).to_be_focused()
    expect(reason).to_be_hidden()
    assert book.ask("len(widget.jobs)") == 1
    for count in (2, 3):
        generate.click()
        expect(page.cards).to_have_count(count)
    progress = page.root.locator(".sketch-progress")
    expect(progress).to_contain_text("Done, 1 of 1 saved")
    expect(page.pictures).to_have_count(3)


def test_what_goes_on_is_said_beside_the_button_and_show_leads_to_the_pictures(open_page):
    book = open_page(size=(1300, 900))
    try:
        page = Sketching(book, book.run(SLOW))
        page.draw("a tree")
        page.action("generate").click()
        progress = page.root.locator(".sketch-progress")
        expect(progress).to_contain_text(re.compile(r"Drawing, [1-9]\d* s"))
        book.tell("may_paint.set()")
        expect(progress).to_contain_text("Done, 1 of 1 saved")
        expect(page.cards.first).not_to_be_in_viewport()
        page.action("show").click()
        expect(page.cards.first).to_be_in_viewport()
        assert book.errors == []
    finally:
        book.close()


def test_a_page_whose_kernel_has_stopped_says_what_to_do_and_keeps_its_form(open_page):
    book = open_page(size=(1280, 1400))
    try:
        page = sketching(book, "stopped")
        page.draw("a tree")
        generate = page.action("generate")
        book.restart_kernel()
        expect(generate).to_be_disabled()
        expect(page.root.locator(".sketch-reason")).to_have_text("The kernel has stopped. Run this cell again.")
        marked = page.output.locator(".jupyter-widgets-disconnected")
        assert marked.count() > 5
        shown = "(all) => all.filter((e) => getComputedStyle(e, '::before').display !== 'none').length"
        assert marked.evaluate_all(shown) == 0
        book.run(None, cell=page.cell)
        expect(Sketching(book, page.cell).action("generate")).to_be_enabled()
        assert book.errors == []
    finally:
        book.close()


def test_a_page_loaded_again_shows_everything_and_says_what_no_longer_works(open_page):
    book = open_page("again", size=(1280, 1400))
    try:
        cell = book.run(SLOW)
        page = Sketching(book, cell)
        page.draw("a tower")
        page.action("generate").click()
        expect(page.cards.first).to_have_attribute("data-state", "running", timeout=SECONDS)
        expect(page.action("cancel")).to_have_text("Stop waiting")
        book.reload()
        page = Sketching(book, cell)
        expect(page.cards.first).to_have_attribute("data-state", "running", timeout=SECONDS)
        book.tell("may_paint.set()")
        expect(page.pictures).to_have_count(1, timeout=SECONDS)
        notice = page.root.locator("[data-name=reloaded]")
        expect(notice).to_be_visible()  # once there is a line that shows the pictures
        expect(notice).to_contain_text("Run this cell again to keep them in the notebook;")
        expect(page.name("prompt")).to_have_value("a tower")
        line = notice.locator("code").inner_text()
        shown = marked_outputs(book.cell(book.run(line)))
        expect(shown).to_be_visible(timeout=SECONDS)
        book.reload()
        expect(Sketching(book, cell).pictures).to_have_count(1, timeout=SECONDS)
        assert saved_pngs(book, cell + 1)[0] > 10_000
    finally:
        book.close()


def test_a_cell_run_again_and_a_new_kernel_bring_the_form_the_cards_and_the_saved_picture_back(open_page):
    book = open_page("left", size=(1280, 1400))
    try:
        cell = book.run("from sketch_widget import SketchWidget\nwidget = SketchWidget()\nwidget")
        page = Sketching(book, cell)
        page.generate("a tower", n=2)
        sent = book.ask("len(widget.runs)")
        page.name("style").select_option(label="Anime")
        page.name("prompt").fill("a tower at night")
        book.ask_until("[widget.request.prompt, widget.request.style]", ["a tower at night", "<anime>"])
        for again in ("in the same kernel", "in a new one"):
            if again == "in a new one":
                book.restart_kernel()
            book.run(None, cell=cell)
            page = Sketching(book, cell)
            expect(page.pictures, again).to_have_count(2, timeout=SECONDS)
            expect(page.name("prompt")).to_have_value("a tower at night")
            expect(page.name("style").locator("option:checked")).to_have_text("Anime")
            expect(page.cards.first.locator("h4")).to_have_text("a tower")
            assert book.ask("[job.run.request.prompt for job in widget.jobs]") == ["a tower"]
            assert book.ask("len(widget.runs)") == sent
            wait_for("the picture is in the file", lambda: max(saved_pngs(book, cell)) > 10_000, page=book.page)
            assert len(saved_pngs(book, cell)) == 1
        assert book.errors == []
    finally:
        book.close()


MANY = """
import pathlib, sys
sys.path.insert(0, {tests!r})
from fakes.shown import JobState, Stage
from sketch_widget import SketchWidget
stage = Stage(pathlib.Path.home() / "many")
jobs = [stage.job(JobState.RUNNING, prompt="the oldest"), stage.job(JobState.DONE, prompt="a tree")]
jobs += [stage.job(JobState.DONE, prompt="one more long line\\n" * 20, n=2) for _ in range(6)]
widget = SketchWidget(name="many")
widget.children[1].add(*jobs)
widget
"""


def test_many_cards_stay_short_say_why_a_place_is_empty_and_go_back_to_the_pad(open_page):
    book = open_page(size=(1280, 1000))
    try:
        page = Sketching(book, book.run(MANY.format(tests=str(Path(__file__).parents[1]))))
        expect(page.root.locator(".sketch-card:visible")).to_have_count(7)
        expect(page.cards.nth(6)).to_contain_text("the oldest")
        expect(page.action("older")).to_have_text("Show 1 older")

        title = page.cards.first.locator("h4")
        folded = title.bounding_box()["height"]
        assert folded < 50
        page.cards.first.locator("[data-action=more]").click()
        assert title.bounding_box()["height"] > folded
        assert title.inner_text().count("line\n") >= 19

        expect(page.root).not_to_contain_text("not made")
        expect(page.cards.nth(6).locator(".sketch-drawing .sketch-blank")).to_have_text("loading …")
        page.action("older").click()
        again = page.cards.nth(7).locator("[data-action=again]")
        again.click()
        stage = page.root.locator(".sketch-pad-stage")
        expect(stage).to_be_focused()
        expect(stage).to_be_in_viewport(ratio=0.9)
        expect(page.root.locator(".sketch-pad-note")).to_contain_text("Undo brings the former drawing back")
        assert len(book.ask("[stroke.width for stroke in widget.pad.sketch.strokes]")) > 3
        page.pad.click("undo")
        book.ask_until("widget.pad.sketch.is_empty")

        assert book.errors == []
    finally:
        book.close()


def test_a_card_is_removed_and_put_back_by_the_keyboard_and_a_removed_one_stays_away(book):
    page = sketching(book, "removed")
    page.generate("a tree")
    page.name("prompt").fill("a boat")
    page.action("generate").click()
    expect(page.pictures).to_have_count(2, timeout=SECONDS)
    wait_for("the pictures are in the file", lambda: max(saved_pngs(book, page.cell)) > 10_000, page=book.page)

    newest, boat = page.cards.first, page.cards.first.locator("h4")
    newest.locator("[data-action=remove]").press("Enter")
    undo = newest.locator("[data-action=put_back]")
    expect(undo).to_be_focused()
    expect(undo).to_have_accessible_description(re.compile("Removed from the page: a boat"))
    expect(boat).to_be_hidden()
    expect(page.pictures).to_have_count(1)
    undo.press("Enter")
    expect(newest.locator("[data-action=remove]")).to_be_focused()
    expect(boat).to_be_visible()

    for left in (1, 0):
        page.root.locator("[data-action=remove]:visible").first.click()
        expect(page.pictures).to_have_count(left)
    wait_for("the file holds no picture", lambda: max(saved_pngs(book, page.cell)) < 10_000, page=book.page)
    book.run(None, cell=page.cell)
    again = Sketching(book, page.cell)
    expect(again.root.locator(".sketch-empty")).to_be_visible()
    expect(again.cards).to_have_count(0)
    assert book.ask("[run.request.prompt for run in widget.runs[:2]]") == ["a boat", "a tree"]


def test_pictures_that_were_not_seen_before_the_kernel_stopped_say_how_to_see_them(open_page):
    book = open_page(size=(1280, 500))
    try:
        page = Sketching(book, book.run(MANY.format(tests=str(Path(__file__).parents[1]))))
        far = page.cards.nth(5).locator(".sketch-blank")
        expect(far.first).to_have_text("loading …")
        book.restart_kernel()
        expect(far.first).to_have_text("Run the cell again to see it")
        expect(page.cards.nth(5).locator("[data-action=again]")).to_be_disabled()
        expect(page.root).not_to_contain_text("not made")
        assert book.errors == []
    finally:
        book.close()


def test_nothing_is_wider_than_its_window_and_generate_stays_beside_the_pad(open_page):
    book = open_page(size=(1400, 1200))
    try:
        book.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
        page = sketching(book, "every width")
        page.draw("a very wide word: " + "m" * 60)
        inside = """(root) => [...root.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().width
            && e.getBoundingClientRect().right > root.getBoundingClientRect().right + 1).length"""
        for width in (1400, 1060, 950, 800, 600, 380):
            book.resize(width, 1200)
            wait_for(f"the page fits {width} px", lambda: page.root.evaluate(inside) == 0, page=book.page)
            side = "beside" if width >= 950 else "below"
            wait_for(
                f"Generate stands {side} the pad at {width} px",
                lambda side=side: page.generate_is() == side,
                page=book.page,
            )
            assert page.root.evaluate("(root) => root.scrollWidth - root.clientWidth") == 0
    finally:
        book.close()


def test_a_job_in_a_cell_shows_itself_and_a_run_shows_its_pictures(book):
    cell = book.run(
        "from sketch_widget import Sketch, Stroke, generate\n"
        "job = generate(Sketch([Stroke([(100, 600), (400, 80), (660, 600)])]), prompt='a hill', style='sketch')\njob"
    )
    card = book.cell(cell).locator(".sketch-card")
    expect(card.locator(".sketch-picture img:visible")).to_have_count(1, timeout=SECONDS)
    run = book.run("await job")
    expect(marked_outputs(book.cell(run))).to_be_visible(timeout=SECONDS)
    assert Path(book.ask("str(job.run.files[0])")).exists()
