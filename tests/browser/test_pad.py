"""The pad as a person uses it: in JupyterLab, with mouse, finger and keyboard, whatever the kernel is doing."""

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
import pytest

from browser.harness import Notebook, PadPage, busy, stopped, wait_for

MAKE = "from sketch_widget.ui.pad import DrawingPad\npad = DrawingPad({})\npad"
ZIGZAG = [(100, 100), (300, 220), (500, 90), (650, 300)]
_names = count(1)


@pytest.fixture(scope="module")
def book(open_page: Callable[..., Notebook]) -> Iterator[Notebook]:
    """One notebook for all tests that leave it as it was."""
    book = open_page(size=(1280, 800))
    yield book
    book.close()
    assert book.errors == []


@pytest.fixture
def pad(book: Notebook) -> Iterator[PadPage]:
    """A new, empty pad in the notebook's first cell; `pad` in the kernel.

    It is closed at the end: a page that is loaded again waits for every widget that the kernel still has.
    """
    book.run(MAKE.format(f"'test {next(_names)}'"), cell=0)
    yield book.pad()
    book.tell("pad.close()")


def agree(book: Notebook, pad: PadPage, name: str = "pad") -> bool:
    """Whether drawing, canvas and page hold the same pixels, and the page shows them without wet ink.

    What the kernel has drawn comes into the page after its word that it has.
    """
    pad.wait_settled()
    digest = "__import__('hashlib').sha256({}.tobytes()).hexdigest()"
    drawing, canvas = book.ask(f"[{digest.format(f'{name}.sketch.pixels()')}, {digest.format(f'{name}.pixels()')}]")
    wait_for("the page shows the kernel's picture", lambda: pad.digest() == canvas, page=book.page)
    return bool(drawing == canvas)


def choose(book: Notebook, pad: PadPage, color: str, width: int) -> None:
    """Set the pen from Python and wait until the page knows it."""
    book.tell(f"pad.tool, pad.color, pad.width = 'pen', {color!r}, {width}")
    told = pad.root.locator(".sketch-pad-width output")
    wait_for("the page knows the width", lambda: told.inner_text() == f"{width} px", page=book.page)
    wait_for("the page knows the ink", lambda: pad.button("ink-other").input_value() == color, page=book.page)


def count_strokes(book: Notebook, name: str = "pad") -> int:
    return int(book.ask(f"len({name}.sketch.strokes)"))


def focused(book: Notebook) -> str:
    return str(book.page.evaluate("document.activeElement.className + ' ' + document.activeElement.tagName"))


# --- ink ------------------------------------------------------------------------------------------------------------


def test_a_mouse_stroke_is_seen_while_it_is_drawn_and_reaches_the_kernel_as_one_message(
    book: Notebook, pad: PadPage
) -> None:
    before = len(book.frames())
    path = [(60 + 3 * i, 300 + 200 * np.sin(i / 9)) for i in range(200)]
    pad.draw(path, release=False)
    assert pad.is_inked(*map(int, path[100]))
    assert not pad.button("undo").is_disabled() or pad.root.get_attribute("data-pending") == "0"
    book.page.mouse.up()
    pad.wait_settled()
    assert count_strokes(book) == 1
    assert agree(book, pad)
    (frame,) = book.frames()[before:]
    points = book.ask("len(pad.sketch.strokes[0].points)")
    assert 150 <= points <= 201
    assert '"kind":"stroke"' in frame.text
    assert frame.size <= 12 * points + 1000


def test_moving_without_pressing_sends_nothing(book: Notebook, pad: PadPage) -> None:
    before = len(book.frames())
    for x in range(50, 700, 50):
        book.page.mouse.move(*pad.at(x, 400))
    assert len(book.frames()) == before


def test_a_finger_draws_and_does_not_scroll(book: Notebook, pad: PadPage) -> None:
    pad.touch([(200, 500), (300, 300), (400, 500), (420, 200)])
    pad.wait_settled()
    assert count_strokes(book) == 1
    assert pad.is_inked(300, 300)
    assert agree(book, pad)


def test_a_single_click_is_a_dot(book: Notebook, pad: PadPage) -> None:
    pad.draw([(300, 300)])
    assert agree(book, pad)
    assert book.ask("int((pad.pixels() == 0).all(axis=2).sum())") > 20


def test_a_stroke_that_ends_outside_ends_there(book: Notebook, pad: PadPage) -> None:
    pad.draw([(600, 300), (700, 320), (900, 330)])
    for x in (700, 400, 100):
        book.page.mouse.move(*pad.at(x, 600))
    pad.wait_settled()
    assert count_strokes(book) == 1
    assert not pad.is_inked(400, 600)
    assert pad.is_inked(765, 324)
    assert agree(book, pad)


def test_the_hint_goes_with_the_first_stroke(book: Notebook, pad: PadPage) -> None:
    hint = pad.root.locator(".sketch-pad-hint")
    assert hint.inner_text() == "Draw here"
    pad.draw(ZIGZAG, release=False)
    assert hint.is_hidden()
    book.page.mouse.up()
    pad.click("undo")
    pad.wait_settled()
    assert hint.is_visible()


# --- a kernel that has no time ----------------------------------------------------------------------------------------


def test_strokes_made_while_a_cell_runs_are_seen_at_once_and_arrive_in_order(book: Notebook, pad: PadPage) -> None:
    with busy(book, cell=1):
        for number in (1, 2, 3):
            pad.click(f"ink-{number}")
            pad.draw([(100 * number, 100), (100 * number, 600)])
            assert pad.is_inked(100 * number, 300)
    pad.wait_settled()
    assert book.ask("[s.color for s in pad.sketch.strokes]") == book.ask("list(pad.pen.inks[:3])")
    assert agree(book, pad)


def test_a_kernel_that_hangs_stops_neither_pen_nor_eraser_nor_undo(book: Notebook, pad: PadPage) -> None:
    pad.draw([(100, 400), (700, 400)])
    pad.wait_settled()
    with stopped(book):
        pad.draw([(400, 100), (400, 700)])
        assert pad.is_inked(400, 200)
        pad.click("eraser")
        pad.draw([(380, 400), (420, 400)])
        assert not pad.is_inked(400, 400)
        pad.click("undo")
        assert pad.is_inked(400, 400)
        pad.click("undo")
        assert not pad.is_inked(400, 200)
        assert pad.is_inked(400, 400)
        pad.click("undo")
        assert not pad.is_inked(400, 400)
        pad.click("redo")
        assert pad.is_inked(400, 400)
        pad.click("clear")
        assert (pad.pixels()[..., :3] == 255).all()
        pad.click("undo")
        assert pad.is_inked(200, 400)
        note = pad.root.locator(".sketch-pad-note")
        wait_for("the pad says that it waits", lambda: "The kernel is busy" in note.inner_text(), page=book.page)
    pad.wait_settled()
    assert count_strokes(book) == 1
    assert note.inner_text() == ""
    assert agree(book, pad)


# --- tools ------------------------------------------------------------------------------------------------------------


def test_buttons_undo_redo_and_clear_stroke_by_stroke(book: Notebook, pad: PadPage) -> None:
    assert all(pad.button(name).is_disabled() for name in ("undo", "redo", "clear"))
    pad.draw(ZIGZAG)
    pad.draw([(x, y + 300) for x, y in ZIGZAG])
    for action, strokes in (("undo", 1), ("redo", 2), ("clear", 0), ("undo", 2), ("undo", 1), ("undo", 0)):
        pad.click(action)
        assert agree(book, pad), action
        assert count_strokes(book) == strokes
    assert pad.button("undo").is_disabled()
    assert not pad.button("redo").is_disabled()


def test_the_eraser_puts_the_paper_back_with_its_own_width(book: Notebook, pad: PadPage) -> None:
    pad.draw([(100, 300), (700, 300)])
    pad.click("eraser")
    pad.draw([(400, 100), (400, 600)])
    assert agree(book, pad)
    assert book.ask("[(s.width, s.eraser) for s in pad.sketch.strokes]") == [[6, False], [24, True]]
    assert [pad.is_inked(x, 300) for x in (380, 400, 420)] == [True, False, True]
    pad.click("pen")
    assert pad.root.locator(".sketch-pad-width output").inner_text() == "6 px"


def test_the_chosen_tool_is_told_by_more_than_colour(book: Notebook, pad: PadPage) -> None:
    pad.click("ink-4")
    pressed = [name for name in ("pen", "eraser", *(f"ink-{i}" for i in range(1, 6))) if _is_pressed(pad, name)]
    assert pressed == ["pen", "ink-4"]
    assert pad.button("ink-4").inner_text() == "4 Green"
    book.ask_until("pad.color", "#009e73")


def _is_pressed(pad: PadPage, name: str) -> bool:
    return pad.button(name).get_attribute("aria-pressed") == "true"


def test_a_free_colour_is_chosen_while_a_cell_runs_and_holds_for_the_next_stroke(book: Notebook, pad: PadPage) -> None:
    with busy(book, cell=1):
        pad.click("eraser")
        for y, color in ((100, "#ff8800"), (300, "#00ff88")):
            pad.button("ink-other").fill(color)
            pad.draw([(100, y), (600, y)])
            assert tuple(pad.pixels()[y, 300, :3]) == tuple(bytes.fromhex(color[1:]))
        pad.click("ink-2")
        assert pad.button("ink-other").input_value() == "#0072b2"
    pad.wait_settled()
    assert book.ask("[s.color for s in pad.sketch.strokes]") == ["#ff8800", "#00ff88"]
    book.ask_until("[pad.color, pad.picker.value, pad.tool]", ["#0072b2", "#0072b2", "pen"])


def test_the_picker_shows_what_python_sets_and_refuses_white(book: Notebook, pad: PadPage) -> None:
    other = pad.button("ink-other")
    for code, color in (("pad.color = '#123456'", "#123456"), ("pad.picker.value = 'red'", "#ff0000")):
        book.tell(code)
        wait_for("the page shows it", lambda color=color: other.input_value() == color, page=book.page)
        book.ask_until("[pad.color, pad.picker.value]", [color, color])
    other.fill("#ffffff")
    assert other.input_value() == "#ff0000"
    assert "White (#ffffff) is the paper" in pad.root.locator(".sketch-pad-note").inner_text()
    book.ask_until("[pad.color, pad.picker.value]", ["#ff0000", "#ff0000"])
    pad.click("pen")
    assert pad.root.locator(".sketch-pad-note").inner_text() == ""


def test_a_free_colour_and_width_draw_exactly_that(book: Notebook, pad: PadPage) -> None:
    pad.button("ink-other").fill("#010203")
    pad.button("width").fill("17")
    pad.draw(ZIGZAG)
    pad.wait_settled()
    assert book.ask("[(s.color, s.width) for s in pad.sketch.strokes]") == [["#010203", 17]]
    assert book.ask("sorted(map(list, {tuple(p) for p in pad.pixels().reshape(-1, 3).tolist()}))") == [
        [1, 2, 3],
        [255, 255, 255],
    ]


def test_a_starter_is_loaded_with_one_click_and_undone_with_one(book: Notebook, pad: PadPage) -> None:
    pad.draw(ZIGZAG)
    pad.click("start-cat")
    pad.wait_settled()
    assert book.ask("pad.sketch == __import__('sketch_widget.ui.starters', fromlist=['x']).starter('cat')")
    assert agree(book, pad)
    pad.click("undo")
    assert agree(book, pad)
    assert count_strokes(book) == 1


def test_the_language_changes_in_the_open_page(book: Notebook, pad: PadPage) -> None:
    book.tell("pad.lang = 'zh'")
    wait_for("the buttons speak Chinese", lambda: pad.button("undo").inner_text() == "撤销", page=book.page)
    book.tell("pad.lang = 'en'")
    wait_for("the buttons speak English", lambda: pad.button("undo").inner_text() == "Undo", page=book.page)


def test_a_drawing_assigned_in_python_is_shown(book: Notebook, pad: PadPage) -> None:
    pad.draw(ZIGZAG)
    pad.wait_settled()
    book.tell(
        "from sketch_widget.drawing.sketch import Sketch, Stroke\npad.sketch = Sketch([Stroke([(9, 9), (700, 9)])])"
    )
    wait_for("the page shows it", lambda: pad.is_inked(300, 9), page=book.page)
    assert agree(book, pad)


def test_a_stroke_that_the_kernel_refuses_goes_away_and_the_pad_says_why(book: Notebook, pad: PadPage) -> None:
    book.tell("pad.pen.inks = ['#ffffff', *pad.pen.inks[1:]]")
    book.tell("pad.pen.set_trait('texts', pad.pen.texts)")
    pad.draw(ZIGZAG)
    pad.wait_settled()
    assert count_strokes(book) == 1
    book.page.evaluate(
        """async () => {
             const [sheet] = [...window.__sketchWidgetSheets.values()].slice(-1);
             sheet.begin({ color: '#ffffff', width: 6, eraser: false });
             sheet.lead(10, 10);
             sheet.end();
           }"""
    )
    note = pad.root.locator(".sketch-pad-note")
    wait_for("the pad says why", lambda: "White" in note.inner_text(), page=book.page)
    assert count_strokes(book) == 1
    assert agree(book, pad)


# --- keyboard and page ------------------------------------------------------------------------------------------------


def test_shortcuts_work_and_jupyters_own_stay_quiet(book: Notebook, pad: PadPage) -> None:
    cells = book.cells
    pad.draw(ZIGZAG)
    pad.wait_settled()
    for key in ("b", "d", "d", "a", "x", "e", "]", "3", "[", "2"):
        book.page.keyboard.press(key)
    book.ask_until("(pad.tool, pad.color, pad.width, pad.eraser_width)", ["pen", "#0072b2", 4, 32])
    assert book.cells == cells
    for key, strokes in (("Control+z", 0), ("Control+Shift+Z", 1), ("Control+z", 0), ("Control+y", 1)):
        book.page.keyboard.press(key)
        pad.wait_settled()
        assert count_strokes(book) == strokes


@pytest.mark.parametrize("focus", [".sketch-pad-stage", "[data-action=clear]", "[data-action=ink-other]"])
def test_ctrl_s_saves_the_notebook_from_anywhere_in_the_pad(book: Notebook, pad: PadPage, focus: str) -> None:
    pad.draw(ZIGZAG)
    pad.wait_settled()
    book.change()
    pad.root.locator(focus).focus()
    book.press_save()


def test_tab_and_escape_leave_the_pad(book: Notebook, pad: PadPage) -> None:
    pad.draw(ZIGZAG)
    assert "sketch-pad-stage" in focused(book)
    book.page.keyboard.press("Tab")
    assert "sketch-pad-stage" not in focused(book)
    pad.draw(ZIGZAG)
    book.page.keyboard.press("Escape")
    assert book.page.evaluate("!document.activeElement.closest('.sketch-pad')")
    book.page.keyboard.press("Escape")
    cells = book.cells
    book.page.keyboard.press("b")
    wait_for("the notebook's own keys work again", lambda: book.cells == cells + 1, page=book.page)


def test_the_wheel_over_the_pad_scrolls_the_page(book: Notebook, pad: PadPage) -> None:
    book.page.mouse.move(*pad.at(300, 100))
    before = pad.at(0, 0)[1]
    book.page.mouse.wheel(0, 120)
    wait_for("the page scrolls", lambda: pad.at(0, 0)[1] < before - 50, page=book.page)


@pytest.mark.parametrize("width", [1400, 700, 380])
def test_the_pad_is_square_and_the_pointer_right_in_any_window(book: Notebook, pad: PadPage, width: int) -> None:
    book.resize(width, 800)
    box = pad.stage.bounding_box() or {}
    assert abs(box["width"] - box["height"]) < 1
    assert box["width"] <= 515
    assert box["x"] + box["width"] <= width
    assert box["width"] > 500 or width < 700
    pad.draw([(600, 650), (610, 650)])
    assert agree(book, pad)
    assert book.ask("float(abs(pad.sketch.strokes[0].points[0] - [600, 650]).max())") < 1.5
    overflow = "(root) => root.scrollWidth - root.clientWidth"
    assert pad.root.evaluate(overflow) <= 1
    book.resize(1280, 800)


# --- several pads and views -------------------------------------------------------------------------------------------


def test_two_pads_of_one_page_keep_their_strokes_apart(book: Notebook, pad: PadPage) -> None:
    book.run(f"other = DrawingPad('other {next(_names)}')\nother", cell=1)
    other = book.pad(1)
    pad.draw(ZIGZAG)
    other.draw([(400, 400), (500, 700)])
    other.draw([(100, 700), (300, 700)])
    assert agree(book, pad)
    assert agree(book, other, "other")
    assert (count_strokes(book), count_strokes(book, "other")) == (1, 2)
    book.run("None", cell=1)


def test_two_views_of_one_pad_show_each_stroke_while_it_is_drawn_and_after(book: Notebook, pad: PadPage) -> None:
    book.run("pad", cell=1)
    second = book.pad(1)
    pad.draw(ZIGZAG, release=False)
    assert second.is_inked(300, 220)
    book.page.mouse.up()
    second.draw([(400, 400), (500, 700)])
    assert pad.is_inked(500, 699)
    assert agree(book, pad)
    assert agree(book, second)
    assert count_strokes(book) == 2
    book.run("None", cell=1)
    pad.draw([(50, 50), (90, 50)])
    assert agree(book, pad)


# --- pages and kernels that come and go -------------------------------------------------------------------------------


def test_a_page_that_is_loaded_again_and_a_second_page_show_the_drawing(
    book: Notebook, pad: PadPage, open_page: Callable[..., Notebook]
) -> None:
    pad.draw(ZIGZAG)
    pad.wait_settled()
    book.reload()
    pad = book.pad()
    wait_for("the drawing is there", lambda: pad.is_inked(300, 220), page=book.page)
    pad.draw([(100, 500), (600, 500)])
    assert agree(book, pad)
    assert count_strokes(book) == 2
    page = book.context.new_page()
    page.goto(book.page.url)
    root = page.locator(".sketch-pad").first
    root.wait_for(timeout=30_000)
    second = PadPage(page, root)
    wait_for("the second page shows the drawing", lambda: second.is_inked(300, 500), page=page)
    second.draw([(100, 600), (600, 600)])
    wait_for("the first page shows its stroke", lambda: pad.is_inked(300, 600), page=book.page)
    page.close()
    assert agree(book, pad)


def test_a_cell_that_runs_again_and_a_new_kernel_bring_the_drawing_back(notebook: Notebook) -> None:
    book = notebook
    cell = book.run(MAKE.format(""), cell=0)
    pad = book.pad()
    pad.draw(ZIGZAG)
    pad.draw([(100, 500), (600, 500)])
    pad.wait_settled()
    name = book.ask("pad.name")
    assert name.startswith(str(book.path))

    book.run(None, cell=cell)
    pad = book.pad()
    wait_for("the drawing is back", lambda: pad.is_inked(300, 500), page=book.page)
    assert "Undo takes it back" in pad.root.locator(".sketch-pad-note").inner_text()
    pad.click("undo")
    assert agree(book, pad)
    assert count_strokes(book) == 1

    book.restart_kernel()
    book.run(None, cell=cell)
    pad = book.pad()
    wait_for("the drawing is back", lambda: pad.is_inked(300, 220), page=book.page)
    assert book.ask("pad.name") == name
    pad.draw([(100, 600), (600, 600)])
    assert agree(book, pad)
    assert count_strokes(book) == 2
    assert book.errors == []


@pytest.mark.parametrize("end", ["it crashed", "it was shut down and the page loaded again"])
def test_strokes_drawn_without_a_kernel_are_kept_and_delivered_to_the_next(notebook: Notebook, end: str) -> None:
    book = notebook
    cell = book.run(MAKE.format(""), cell=0)
    pad = book.pad()
    pad.draw(ZIGZAG)
    pad.wait_settled()
    book.save()
    if end == "it crashed":
        book.crash_kernel()
    else:
        book.kill_kernel()
    wait_for("the pad knows", lambda: pad.root.get_attribute("data-state") == "dead", page=book.page)
    for number in (2, 3):
        pad.click(f"ink-{number}")
        pad.draw([(100 * number, 400), (100 * number, 700)])
        assert pad.is_inked(100 * number, 600)
    assert "kept on this page" in pad.root.locator(".sketch-pad-note").inner_text()
    assert "2 waiting" in pad.root.locator(".sketch-pad-note").inner_text()

    if end == "it crashed":
        book.wait_idle()
    else:
        book.load()
    book.run(None, cell=cell)
    pad = book.pad()
    book.ask_until("len(pad.sketch.strokes)", 3)
    assert book.ask("[s.color for s in pad.sketch.strokes]") == ["#000000", "#0072b2", "#d55e00"]
    assert agree(book, pad)


# --- exactness --------------------------------------------------------------------------------------------------------

PENS = [
    ("#010203", 1),
    ("#fefefe", 2),
    ("#000001", 5),
    ("#7b7b7b", 6),
    ("#0072b2", 13),
    ("#fffffe", 27),
    ("#808080", 40),
]


@pytest.mark.parametrize("scale", [1, 1.5, 2])
def test_drawing_canvas_and_page_hold_the_same_pixels_on_every_screen(
    book: Notebook, pad: PadPage, scale: float
) -> None:
    screen = book.context.new_cdp_session(book.page)
    size = {"width": 1280, "height": 800, "deviceScaleFactor": scale, "mobile": False}
    screen.send("Emulation.setDeviceMetricsOverride", size)
    wait_for("the screen is this fine", lambda: book.page.evaluate("devicePixelRatio") == scale, page=book.page)
    random = np.random.default_rng(int(scale * 10))
    for color, width in PENS:
        choose(book, pad, color, width)
        pad.draw([tuple(place) for place in random.uniform(-60, 700, (5, 2))])
        pad.draw([tuple(random.uniform(20, 700, 2))])
    pad.click("eraser")
    pad.draw([(0, 760), (760, 0)])
    assert agree(book, pad)
    colours = {tuple(colour) for colour in np.unique(pad.pixels()[..., :3].reshape(-1, 3), axis=0).tolist()}
    asked = {tuple(bytes.fromhex(color[1:])) for color, _ in PENS}
    assert colours == asked | {(255, 255, 255)}
    screen.send("Emulation.clearDeviceMetricsOverride")
    screen.detach()
