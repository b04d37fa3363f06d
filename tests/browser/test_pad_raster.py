"""The browser's raster and numpy's, bit for bit: the ink that one sees at once is the ink that Python keeps."""

import base64
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from sketch_widget.drawing.raster import stroke_mask
from sketch_widget.ui.pen import Pen

SIDE = 768
TRACE = """([points, width, side]) => {
  const mask = new Uint8Array(side * side);
  for (const pixel of window.pen.trace(points, width, side).pixels) mask[pixel] += 1;
  let text = '';
  for (let i = 0; i < mask.length; i += 32768) text += String.fromCharCode(...mask.subarray(i, i + 32768));
  return btoa(text);
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    page.evaluate(
        """async (text) => {
             const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
             window.pen = await import(url);
           }""",
        Pen._esm,
    )
    yield page
    page.close()


def inked(page: Page, points: np.ndarray, width: float) -> np.ndarray:
    data = page.evaluate(TRACE, [points.astype(np.float32).ravel().tolist(), width, SIDE])
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(SIDE, SIDE)


def same(page: Page, points: np.ndarray, width: float) -> bool:
    mask = inked(page, points, width)
    assert mask.max(initial=0) <= 1, "a pixel was inked twice"
    expected = stroke_mask(points.astype(np.float32), width, (SIDE, SIDE))
    return bool((mask.astype(bool) == expected).all())


@pytest.mark.parametrize("width", range(1, 41))
def test_strokes_of_every_width_are_the_same_to_the_pixel(page: Page, width: int) -> None:
    random = np.random.default_rng(width)
    wander = np.cumsum(random.normal(0, 25, (12, 2)), axis=0) + random.uniform(-30, 800, 2)
    assert same(page, wander, width)
    assert same(page, random.uniform(-300, 1100, (3, 2)), width + 0.5)


@pytest.mark.parametrize("width", [1, 2, 3, 6, 7.25, 40])
def test_pixels_exactly_on_the_border_are_decided_alike(page: Page, width: float) -> None:
    grid = np.random.default_rng(7).integers(0, 2 * 200, (20, 2)) / 2
    assert same(page, grid, width)
    assert all(same(page, grid[i : i + 1], width) for i in range(4))


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0)],
        [(767.999, 767.999)],
        [(768, 768)],
        [(-3, 384)],
        [(-50, -50), (-10, 900)],
        [(1e5, 1e5), (-1e5, -1e5)],
        [(100, 100), (100, 100), (100.00001, 100)],
        [(10, 10), (400, 10), (400, 400), (10, 400), (10, 10), (400, 400)],
    ],
)
def test_dots_edges_and_crossings_are_the_same(page: Page, points: list[tuple[float, float]]) -> None:
    assert same(page, np.array(points, float), 1)
    assert same(page, np.array(points, float), 9)


def test_a_colour_is_the_number_that_canvas_memory_holds(page: Page) -> None:
    assert page.evaluate("['#010203', '#fefefe', '#000000', '#ffffff'].map(window.pen.packed)") == [
        0xFF030201,
        0xFFFEFEFE,
        0xFF000000,
        0xFFFFFFFF,
    ]


def test_a_pen_that_is_never_lifted_goes_on_with_a_new_stroke(page: Page) -> None:
    sent, whole = page.evaluate(
        """() => {
             const sent = [];
             const standing = { revision: 0, undo: 0, redo: 0, empty: true, heard: {} };
             const state = { side: 768, name: '', pad_id: 'long', standing };
             const send = (content, _, [points]) => sent.push(points.byteLength / 8);
             const model = { get: (name) => state[name], send };
             const sheet = new window.pen.Sheet(model);
             sheet.begin({ color: '#000000', width: 1, eraser: false });
             for (let i = 0; i < 150_000; i++) sheet.lead(384.5 + (i % 2), 384.5);
             sheet.end();
             return [sent, sheet.steps.map((step) => step.marks.pixels.length)];
           }"""
    )
    assert sent == [100_000, 50_001]
    assert whole == [2, 2]


def test_a_stroke_of_a_hundred_thousand_points_grows_without_freezing_the_page(page: Page) -> None:
    slowest, inked_pixels = page.evaluate(
        """() => {
             const line = new window.pen.Trace(768, 40);
             let slowest = 0;
             for (let block = 0; block < 100; block++) {
               const begun = performance.now();
               for (let i = 0; i < 1000; i++) {
                 const t = block * 1000 + i;
                 line.lead(384 + 300 * Math.sin(t / 50), 384 + 300 * Math.cos(t / 71));
               }
               slowest = Math.max(slowest, performance.now() - begun);
             }
             return [slowest / 1000, line.pixels.length];
           }"""
    )
    assert inked_pixels > 300_000
    assert slowest < 4  # ms a point: a quarter of a frame, on a machine that is busy with other things
