"""How long ink takes to be seen, and what a stroke costs: the pad beside plain ipycanvas, in one run.

Run by hand: `python tests/benchmarks/bench_pad.py`. The same stroke of 200 points, one every 16 ms, is drawn on both.
Latency is from the browser's pointer event to the first animation frame that holds its pixel.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import comm
import numpy as np
from measure import machine
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browser.harness import Notebook, launch, open_notebook, start_lab, wait_for
from fakes.comms import Comms

from sketch_widget.ui.pad import DrawingPad

SETUP = """
import threading, time, ipycanvas
from sketch_widget.ui.pad import DrawingPad
pad = DrawingPad("benchmark")
plain = ipycanvas.Canvas(width=512, height=512)
last = None
def down(x, y):
    global last
    last = x, y
def move(x, y):
    global last
    if last is None:
        return
    with ipycanvas.hold_canvas(plain):
        plain.line_width = 6
        plain.stroke_line(*last, x, y)
    last = x, y
def up(x, y):
    global last
    last = None
plain.on_mouse_down(down), plain.on_mouse_move(move), plain.on_mouse_up(up)
plain.layout.width = plain.layout.height = "512px"
"""
# Notes when each pointer event came, and in which frame one of the canvases held ink where it was.
WATCH = """(place) => {
  const canvases = [place, ...place.querySelectorAll('canvas')].filter((element) => element.matches('canvas'));
  const found = (window.latencies = []);
  let open = [];
  const inked = ({ x, y }) => canvases.some((canvas) => {
    const box = canvas.getBoundingClientRect();
    if (!box.width) return false;
    const scale = canvas.width / box.width;
    const [i, j] = [Math.round((x - box.left) * scale), Math.round((y - box.top) * scale)];
    const [r, g, b, a] = canvas.getContext('2d').getImageData(i, j, 1, 1).data;
    return a > 0 && r + g + b < 700;
  });
  const note = (e) => { if (e.buttons) open.push({ x: e.clientX, y: e.clientY, t: performance.now() }); };
  document.addEventListener('pointermove', note, true);
  const look = () => {
    const now = performance.now();
    open = open.filter((event) => {
      if (inked(event)) found.push(now - event.t);
      return !inked(event);
    });
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def wave(box: dict[str, float]) -> list[tuple[float, float]]:
    """Return 200 places in the page over a square box, none close to another."""
    i = np.arange(200)
    x = box["x"] + box["width"] * (0.05 + 0.9 * i / 200)
    y = box["y"] + box["height"] * (0.5 + 0.35 * np.sin(i / 9))
    return list(zip(x.tolist(), y.tolist(), strict=True))


def draw(book: Notebook, selector: str) -> tuple[list[float], int, int]:
    """Draw one stroke; return the latencies in ms, the messages sent and their bytes."""
    place = book.page.locator(selector).first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    book.page.evaluate(WATCH, place.element_handle())
    before = len(book.frames())
    places = wave(box)
    book.page.mouse.move(*places[0])
    book.page.mouse.down()
    for x, y in places[1:]:
        book.page.mouse.move(x, y)
        book.page.wait_for_timeout(16)
    book.page.mouse.up()
    wait_for("all ink is seen", lambda: len(book.page.evaluate("latencies")) > 150, 60, book.page)
    sent = book.frames()[before:]
    return book.page.evaluate("latencies"), len(sent), sum(frame.size for frame in sent)


def in_the_page() -> None:
    """Measure latency and messages, idle and while a cell runs."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = launch(playwright)
        lab = start_lab(Path(folder))
        book = open_notebook(browser, lab, "benchmark", size=(1280, 1200))
        book.run(SETUP, cell=0)
        latency: dict[tuple[str, str], float] = {}
        print(f"{'':24}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'messages':>10}{'bytes':>9}")
        for state in ("idle", "busy"):
            for name, selector in (("pad", ".sketch-pad-stage"), ("plain", ".jp-OutputArea-output canvas")):
                book.run(f"pad.clear()\nplain.clear()\n{name}", cell=1)
                book.page.wait_for_timeout(1000)
                if state == "busy":
                    book.run("time.sleep(5)", cell=2, wait=False)
                times, messages, size = draw(book, selector)
                latency[name, state] = median(times)
                p95 = float(np.percentile(times, 95))
                row = f"{median(times):9.1f}{p95:9.1f}{max(times):9.1f}{messages:10}{size:9}"
                print(f"{name + ', kernel ' + state:24}{row}")
                book.wait_idle()
        for state in ("idle", "busy"):
            print(f"plain / pad, kernel {state}: {latency['plain', state] / latency['pad', state]:.0f} times")
        book.close()
        lab.stop()
        browser.close()


def in_the_kernel() -> None:
    """Measure from a stroke's message to the canvas updated, without a page."""
    line = Comms()
    before, comm.create_comm = comm.create_comm, line.create
    with tempfile.TemporaryDirectory() as folder:
        pad = DrawingPad("benchmark", home=Path(folder))
        i = np.arange(200)
        for width in (6, 40):
            times = []
            for _ in range(15):
                seq = pad.pen.standing["revision"] + 1
                points = np.stack([30.3 + i * 3.5, 384 + 250.7 * np.sin(i / 6 + seq)], 1).astype("<f4")
                content = {"kind": "stroke", "client": "page", "seq": seq, "since": seq, "eraser": False}
                begun = time.perf_counter()
                line.say(pad.pen, content | {"color": "#0072b2", "width": width}, [points.tobytes()])
                times.append((time.perf_counter() - begun) * 1e3)
            print(
                f"kernel, 200 points, {width} px wide, message to canvas, file and answer: "
                f"median {median(times):.1f} ms, least {min(times):.1f} ms"
            )
        pad.close()
    comm.create_comm = before


if __name__ == "__main__":
    print(machine())
    in_the_kernel()
    in_the_page()
