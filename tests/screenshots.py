"""Screenshots of every state of the page, to look at with one's own eyes.

    python tests/screenshots.py [name ...]

They go to `screenshots/`, which git ignores. Without names, all of them are made; that takes about two minutes.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from browser.harness import Lab, Notebook, launch, open_notebook, start_lab, wait_for
from playwright.sync_api import Browser, sync_playwright

OUT = Path(__file__).parents[1] / "screenshots"

WIDGET = """
from sketch_widget.ui.widget import SketchWidget
widget = SketchWidget(lang={lang!r})
widget
"""
# The embedded service as somebody's account, with things that go wrong on request.
ACCOUNT = """
import httpx, pathlib
from sketch_widget.offline.app import create_app
from sketch_widget.offline.options import Options
from sketch_widget.service.client import DashScopeClient
from sketch_widget.ui.widget import SketchWidget
options = Options(minimum_seconds={seconds})
app = create_app(pathlib.Path.home() / "account-{name}", faults={faults!r}, options=options)
transport = httpx.ASGITransport(app)
client = DashScopeClient("sk-0123456789abcdef", base_url="http://service.example/api/v1", transport=transport)
widget = SketchWidget(client, lang={lang!r})
widget
"""
STATES = """
import sys, pathlib
sys.path.insert(0, {tests!r})
from fakes.shown import JobState, Stage
from sketch_widget.ui.gallery import Gallery
stage = Stage(pathlib.Path.home() / "states")
jobs = [stage.job(state, prompt="a big tree by a <b>lake</b>", n=2, position=2, expected=27) for state in JobState]
Gallery(jobs, on_act=lambda *_: None, lang={lang!r})
"""
GRID = """
from sketch_widget import sweep
from sketch_widget.ui.starters import starter
prompts = ["a sailing boat at noon", "a sailing boat at sunset"]
styles = ["watercolor", "flat illustration", "anime", "sketch"]
sweep(starter("sailboat"), prompts=prompts, styles=styles, lang={lang!r})
"""
GRID_STATES = """
import sys, pathlib
sys.path.insert(0, {tests!r})
from fakes.shown import JobState, Stage
from sketch_widget import Sweep
stage = Stage(pathlib.Path.home() / "grid-states", "dashscope")
prompts, weights = ("a big tree by a <b>lake</b>", "a castle"), tuple(range(6))
asked = [(prompt, weight) for prompt in prompts for weight in weights]
states = [*JobState, JobState.DONE]
jobs = [
    stage.job(state, prompt=prompt, sketch_weight=weight, n=2, position=2, expected=27)
    for state, (prompt, weight) in zip(states, asked)
]
Sweep({{"prompt": prompts, "sketch_weight": weights}}, tuple(jobs), {lang!r})
"""

Steps = Callable[[Notebook], None]


@dataclass(frozen=True)
class Scene:
    """One screenshot: the window, the cell, and what is done before it is taken."""

    name: str
    steps: Steps
    source: str = WIDGET
    width: int = 1280
    is_dark: bool = False
    lang: str = "en"
    faults: str = ""
    seconds: int = 0


def nothing(book: Notebook) -> None:
    """Leave the page as it opens."""
    book.page.locator(".sketch-gallery, .sketch-grid").wait_for()


def filled(book: Notebook) -> None:
    """Wait until every square in sight has its picture."""
    unfilled = book.page.locator(".sketch-square:not([data-state=done])")
    wait_for("all squares are done", lambda: unfilled.count() == 0, seconds=120, page=book.page)
    book.page.locator(".sketch-thumb img:visible").first.wait_for()


def write(book: Notebook, prompt: str) -> None:
    """Type a prompt."""
    book.page.locator(".sketch-prompt textarea").fill(prompt)


def drawn(book: Notebook, prompt: str = "a big cat on a sofa") -> None:
    """Start from a drawing, add a stroke in another ink, and type a prompt."""
    pad = book.pad()
    pad.click("start-cat")
    pad.click("ink-2")
    pad.draw([(120, 700), (380, 720), (640, 690)])
    pad.wait_settled()
    write(book, prompt)
    book.page.locator("[data-action=generate]:enabled").wait_for()


def long_prompt(book: Notebook) -> None:
    """Type more than the service reads, and edit the inks."""
    drawn(book, "a big cat on a sofa in a sunny room with many books, a window, and a garden behind it, in spring")
    book.page.locator("[data-action=ink-add]").click()
    book.page.locator(".sketch-inks li").nth(2).wait_for()
    numbers = book.page.locator(".sketch-inks input[type=text]").nth(2)
    numbers.fill("300, 0, 0")
    numbers.press("Tab")
    book.page.get_by_text("300, 0, 0 is no colour").wait_for()


def photo(book: Notebook) -> None:
    """Switch the ink colours off and open the service's note."""
    drawn(book)
    book.page.locator(".sketch-sketch_extraction input").check()
    book.page.locator(".sketch-service summary").click()


def generate(state: str, n: int = 2, prompt: str = "a big cat on a sofa", arriving: int | None = None) -> Steps:
    """Return the steps that generate pictures and wait for a state."""

    def steps(book: Notebook) -> None:
        drawn(book, prompt)
        book.page.locator(".sketch-n button").nth(n - 1).click()
        book.page.locator("[data-action=generate]").click()
        card = book.page.locator(f".sketch-card[data-state={state}]")
        card.first.wait_for(timeout=60_000)
        if state == "done":
            images = card.first.locator(".sketch-picture img:visible")
            wait_for("the pictures are shown", lambda: images.count() == (arriving or n), page=book.page)

    return steps


def repeated(book: Notebook) -> None:
    """Generate twice without any change."""
    generate("done", 4)(book)
    book.page.locator("[data-action=generate]:enabled").click()
    images = book.page.locator(".sketch-picture img:visible")
    wait_for("the pictures are shown again", lambda: images.count() == 8, page=book.page)


def cleared(book: Notebook) -> None:
    """Generate, and empty the pad."""
    generate("done", 1)(book)
    book.pad().click("clear")
    book.page.locator("[data-action=generate]:disabled").wait_for()


def queued(book: Notebook) -> None:
    """Generate three times in a row."""
    drawn(book)
    for _ in range(4):
        book.page.locator("[data-action=generate]:enabled").click()
        book.wait_idle()
    book.page.locator(".sketch-card").nth(3).wait_for()


def reloaded(book: Notebook) -> None:
    """Generate, and load the page again."""
    generate("done", 1)(book)
    book.reload()
    book.page.locator("[data-name=reloaded]:visible").wait_for()
    book.page.locator(".sketch-picture img:visible").first.wait_for()


def removed(book: Notebook) -> None:
    """Take the newest card of those that have ended off the page, by the keyboard."""
    book.page.locator("[data-action=remove]").first.press("Enter")
    book.page.locator("[data-action=put_back]:focus").wait_for()


SCENES = (
    Scene("empty", nothing),
    Scene("drawing", drawn),
    Scene("too-long", long_prompt),
    Scene("photo", photo),
    Scene("running", generate("running"), ACCOUNT, seconds=60),
    Scene("queued", queued, ACCOUNT, seconds=60),
    Scene("results", generate("done")),
    Scene("repeated", repeated),
    Scene("cleared", cleared),
    Scene("error", generate("failed"), ACCOUNT, faults="task fail=DataInspectionFailed"),
    Scene("partial", generate("done", 2, arriving=1), ACCOUNT, faults="task partial=1"),
    Scene("reloaded", reloaded),
    Scene("states", nothing, STATES),
    Scene("removed", removed, STATES),
    Scene("dark-removed", removed, STATES, is_dark=True),
    Scene("narrow-removed", removed, STATES, width=380),
    Scene("chinese-removed", removed, STATES, lang="zh"),
    Scene("dark-empty", nothing, is_dark=True),
    Scene("dark-results", generate("done", 4), is_dark=True),
    Scene("dark-states", nothing, STATES, is_dark=True),
    Scene("narrow-empty", nothing, width=380),
    Scene("tablet-results", generate("done", 4), width=700),
    Scene("chinese-error", generate("failed"), ACCOUNT, width=700, lang="zh", faults="task fail=DataInspectionFailed"),
    Scene("narrow-results", generate("done", 3), width=380),
    Scene("narrow-states", nothing, STATES, width=380),
    Scene("medium-results", generate("done", 2), width=950),
    Scene("wide-results", generate("done", 4), width=1400),
    Scene("chinese-empty", nothing, lang="zh"),
    Scene("chinese-results", generate("done", prompt="一只趴在窗台上的大猫"), lang="zh"),
    Scene("chinese-states", nothing, STATES, lang="zh"),
    Scene("grid", filled, GRID, width=1040),
    Scene("dark-grid", filled, GRID, is_dark=True),
    Scene("narrow-grid", filled, GRID, width=400),
    Scene("chinese-grid", filled, GRID, lang="zh"),
    Scene("grid-states", nothing, GRID_STATES),
    Scene("dark-grid-states", nothing, GRID_STATES, is_dark=True),
    Scene("narrow-grid-states", nothing, GRID_STATES, width=400),
    Scene("chinese-grid-states", nothing, GRID_STATES, lang="zh"),
)


def take(browser: Browser, lab: Lab, scene: Scene) -> Path:
    """Make one screenshot: of the widget's own output, from edge to edge."""
    shutil.rmtree(lab.data, ignore_errors=True)  # no scene shows what another has left unfinished
    book = open_notebook(browser, lab, scene.name, size=(scene.width, 3600))
    try:
        book.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
        theme = "JupyterLab Dark" if scene.is_dark else "JupyterLab Light"
        book.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
        tests = str(Path(__file__).parent)
        cell = book.run(
            scene.source.format(
                lang=scene.lang, faults=scene.faults, name=scene.name, seconds=scene.seconds, tests=tests
            )
        )
        scene.steps(book)
        book.page.mouse.move(1, 1)
        book.page.wait_for_timeout(300)  # transitions and pictures come to rest
        output = book.cell(cell).locator(".jp-Cell-outputArea").first
        box = output.bounding_box()
        assert box is not None
        target = OUT / f"{scene.name}.png"
        book.page.screenshot(path=target, clip=box | {"height": min(box["height"], 3600 - box["y"] - 30)})
        wide = book.page.evaluate(
            "() => Math.max(...[...document.querySelectorAll('.sketch-widget, .sketch-gallery, .sketch-grid')]"
            ".map((e) => e.scrollWidth - e.clientWidth))"
        )
        print(
            f"{target.relative_to(OUT.parent)}  {box['width']:.0f} x {box['height']:.0f}"
            + (f"  {wide} pixels too wide" if wide > 0 else ""),
            *book.errors,
            flush=True,
        )
        return target
    finally:
        book.close()


def main(names: list[str]) -> None:
    """Make the screenshots with these names, or all."""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser, lab = launch(playwright), start_lab(Path(folder))
        try:
            for scene in SCENES:
                if not names or scene.name in names:
                    take(browser, lab, scene)
        finally:
            lab.stop()
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
