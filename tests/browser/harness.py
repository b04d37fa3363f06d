"""What the browser tests stand on: a Chromium, a JupyterLab server, a notebook that can be driven.

Nothing here sleeps for a fixed time: every helper waits for a condition and says what it waited for. It refuses to run
without a browser, with the command that mends it, because a suite that skips itself guards nothing.
"""

import base64
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, WebSocket

SECONDS = 30.0  # the longest that any condition may take on two busy cores
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
MEND = (
    "No Chromium was found, and the browser tests do not skip themselves. Either run "
    "`apt-get install chromium libatomic1`, or `python -m playwright install chromium`, or set SKETCH_BROWSER to the "
    "program."
)


def find_browser(environ: Mapping[str, str], own: Path) -> Path:
    """Return the Chromium to use: $SKETCH_BROWSER, one on the PATH, or Playwright's own.

    Raises:
        RuntimeError: There is none; the message is the command that mends it.
    """
    named = environ.get("SKETCH_BROWSER")
    if named:
        found = shutil.which(named)
        if found is None:
            raise RuntimeError(f"SKETCH_BROWSER names {named!r}, which cannot be started. {MEND}")
        return Path(found)
    for name in NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found is not None:
            return Path(found)
    if own.exists():
        return own
    raise RuntimeError(MEND)


def launch(playwright: Playwright) -> Browser:
    """Start a quiet, headless Chromium."""
    program = find_browser(os.environ, Path(playwright.chromium.executable_path))
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=program, args=[*QUIET, *as_root])


def wait_for(what: str, condition: Callable[[], Any], seconds: float = SECONDS, page: Page | None = None) -> Any:
    """Return the first true value of `condition`, or fail saying what was waited for.

    Give `page` where the condition depends on what the browser does, so that its events are handled meanwhile.
    """
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"Waited {seconds:g} s in vain: {what}. Last seen: {value!r}")
        if page is None:
            time.sleep(0.02)
        else:
            page.wait_for_timeout(20)


# --- the server ---------------------------------------------------------------------------------------------------

PORTS = range(20_000, 30_000)  # below those that systems hand out by themselves
LAB_SETTINGS = {
    # Lab asks the network for news and newer versions unless told not to.
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # A save that meets one of Lab's own finds the file "changed on disk", and a dialog stands in everybody's way.
    "docmanager-extension/plugin": {"autosave": False},
}


def free_port() -> int:
    """Return a port that stays free until the server listens there, seconds later: nobody is given it meanwhile."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Lab:
    """A JupyterLab server of its own, on loopback, without a token, in a clean home.

    Attributes:
        url: Where it answers, without a slash at the end.
        root: The folder that it shows; notebooks are made here.
        home: The home folder of the server and of its kernels.
        data: What kernels see as SKETCH_WIDGET_HOME.
    """

    url: str
    root: Path
    home: Path
    data: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the server and its kernels."""
        with suppress(OSError):
            urllib.request.urlopen(urllib.request.Request(f"{self.url}/api/shutdown", method="POST"), timeout=5).close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_lab(folder: Path, extra: Mapping[str, str] | None = None) -> Lab:
    """Start JupyterLab below `folder` and return once it answers.

    Args:
        folder: An empty folder.
        extra: Environment variables that kernels shall see besides the clean ones.
    """
    root, home, settings = folder / "work", folder / "home", folder / "settings"
    for path in (root, home):
        path.mkdir(parents=True)
    for name, chosen in LAB_SETTINGS.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(chosen), encoding="utf-8")
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    environ = kept | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "IPYTHONDIR": str(folder / "ipython"),
        "SKETCH_WIDGET_HOME": str(folder / "sketch_widget"),
        "LANG": "C.UTF-8",
        **(extra or {}),
    }
    arguments = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": root,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "ServerApp.disable_check_xsrf": True,
        "IdentityProvider.token": "",
        "ServerApp.password": "",
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
        "MappingKernelManager.shutdown_wait_time": 1,
    }
    log = (folder / "server.log").open("wb")
    with log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in arguments.items())],
            cwd=root,
            env=environ,
            stdout=log,
            stderr=log,
        )
    lab = Lab(f"http://127.0.0.1:{port}", root, home, folder / "sketch_widget", process)

    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError((folder / "server.log").read_text(encoding="utf-8"))
        with suppress(OSError):
            urllib.request.urlopen(f"{lab.url}/api/status", timeout=2).close()
            return True
        return False

    wait_for("JupyterLab answers", answers, 4 * SECONDS)
    return lab


# --- a notebook in a page ------------------------------------------------------------------------------------------

_READY = """() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  return Boolean(panel?.sessionContext?.isReady && panel.content?.model && panel.sessionContext.session?.kernel);
}"""
_NOTE_SAVES = """() => {
  window.noted = [];
  window.jupyterapp.commands.commandExecuted.connect((_, { id, result }) => {
    if (id === 'docmanager:save') window.noted.push(result);
  });
}"""
_ADD_AND_RUN = """async ([index, source]) => {
  const panel = window.jupyterapp.shell.currentWidget, book = panel.content, shared = book.model.sharedModel;
  if (index >= shared.cells.length) shared.insertCell(index, { cell_type: 'code', source });
  else if (source !== null) shared.getCell(index).setSource(source);
  book.activeCellIndex = index;
  book.deselectAll();
  await window.jupyterapp.commands.execute('notebook:run-cell');
}"""
_SEND = """(code) => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  kernel.requestExecute({ code, silent: true, store_history: false });
}"""
_ANSWER = """async (code) => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({ code, silent: false, store_history: false, stop_on_error: false });
  const seen = { text: '', error: '' };
  future.onIOPub = (m) => {
    if (m.header.msg_type === 'stream' && m.content.name === 'stdout') seen.text += m.content.text;
    if (m.header.msg_type === 'error') seen.error = m.content.traceback.join('\\n');
  };
  await future.done;
  return seen;
}"""


# A place that is the same in four frames: a window's new size reaches the page in the first, and its parts in the next.
_REST = """(element, seconds) => new Promise((rests, fails) => {
  const end = performance.now() + seconds * 1000;
  let last = '', frames = 0;
  const look = () => {
    const { x, y, width, height } = element.getBoundingClientRect(), place = [x, y, width, height].join();
    frames = place === last ? frames + 1 : 1;
    last = place;
    if (frames === 4) rests();
    else if (performance.now() > end) fails(new Error(`it moves for ${seconds} s`));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def wait_at_rest(part: Locator) -> None:
    """Wait until a part of a page stands still: after it was scrolled, or the window has another size."""
    part.evaluate(_REST, SECONDS)


@dataclass(frozen=True)
class Frame:
    """One websocket message from the page to the server: its type and its size in bytes."""

    kind: str
    size: int
    text: str = field(repr=False)


# What Lab has not done in time stands still behind a dialog, as a rule: the failure shows its text.
_IN_TIME = """async ([seconds, argument]) => {{
  const late = new Promise((_, fails) => setTimeout(() => {{
    const dialog = document.querySelector('.jp-Dialog')?.innerText ?? 'no dialog';
    fails(new Error(`not done in ${{seconds}} s; ${{dialog}}`));
  }}, seconds * 1000));
  return Promise.race([({script})(argument), late]);
}}"""


@dataclass
class Notebook:
    """A notebook that is open in a page, with a running kernel.

    Attributes:
        page: Playwright's page.
        path: The notebook file below the server's root.
        sent: What the page has sent to the kernel so far.
        errors: What the page has thrown so far.
    """

    lab: Lab
    page: Page
    path: Path
    context: BrowserContext
    sent: list[Frame] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    # -- life

    def load(self) -> None:
        """Open the notebook's page (again) and wait until its kernel is there."""
        self.page.goto(f"{self.lab.url}/doc/tree/{self.path.name}?reset")
        self.page.wait_for_function(_READY, timeout=4 * SECONDS * 1000)
        self.page.evaluate(_NOTE_SAVES)

    def reload(self) -> None:
        """Save the notebook and load its page again; the kernel goes on."""
        self.save()
        self.load()

    def evaluate(self, script: str, argument: Any = None, seconds: float = SECONDS) -> Any:
        """Return what a script comes to that waits for Lab or the kernel; fail where that takes too long."""
        return self.page.evaluate(_IN_TIME.format(script=script), [seconds, argument])

    def save(self) -> None:
        """Write the notebook file as the menu would."""
        self.wait_saves()
        self.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def press_save(self) -> None:
        """Press Ctrl+S where the focus is, and wait until the notebook is saved."""
        self.wait_saves()
        self.page.keyboard.press("Control+s")
        wait_for("the notebook is saved", lambda: not self.is_dirty, page=self.page)

    def wait_saves(self) -> None:
        """Wait until every save under way is over, for Lab takes no other until then.

        A notebook is clean once its file is written, but its checkpoint follows, and that belongs to the save.
        """
        self.evaluate("() => Promise.allSettled(window.noted).then(() => null)")

    def change(self) -> None:
        """Change the notebook's own data, as an edit does, so that it waits to be saved."""
        self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.model.sharedModel.setMetadata('edited', String(Math.random()))"
        )
        assert self.is_dirty

    @property
    def is_dirty(self) -> bool:
        """Whether the page holds changes that are not saved."""
        return bool(self.page.evaluate("() => window.jupyterapp.shell.currentWidget.model.dirty"))

    def close(self) -> None:
        """Close the page and end its kernel."""
        with suppress(Exception):
            self.kill_kernel()
        self.context.close()

    # -- the kernel

    def run(self, source: str | None, cell: int | None = None, wait: bool = True) -> int:
        """Run `source` in a new cell, or in cell number `cell`; return the cell's number.

        Args:
            source: The code; None runs the cell as it stands.
            cell: Which cell to fill; a new one at the end when not given.
            wait: Return only once the cell has finished; an error in it fails the test.
        """
        index = self.cells if cell is None else cell
        if not wait:
            self.page.evaluate(f"(a) => {{ void ({_ADD_AND_RUN})(a); }}", [index, source])
            return index
        self.evaluate(_ADD_AND_RUN, [index, source], 4 * SECONDS)
        failure = self.page.evaluate(
            "(i) => window.jupyterapp.shell.currentWidget.content.widgets[i].model.outputs.toJSON()"
            ".filter((o) => o.output_type === 'error').map((o) => o.traceback.join('\\n')).join('\\n')",
            index,
        )
        assert not failure, failure
        return index

    def ask(self, expression: str, seconds: float = SECONDS) -> Any:
        """Return the value of a Python expression in the kernel, carried over as JSON."""
        code = f"import json as _json\nprint('\\x02' + _json.dumps({expression}) + '\\x03')"
        seen = self.evaluate(_ANSWER, code, seconds)
        assert not seen["error"], seen["error"]
        return json.loads(seen["text"].split("\x02")[1].split("\x03")[0])

    def tell(self, code: str, seconds: float = SECONDS) -> None:
        """Run code in the kernel without a cell and wait until it is done."""
        seen = self.evaluate(_ANSWER, code, seconds)
        assert not seen["error"], seen["error"]

    def ask_until(self, expression: str, value: Any = True, seconds: float = SECONDS) -> None:
        """Wait until a Python expression has the given value in the kernel."""
        seen: list[Any] = []

        def same() -> bool:
            seen[:] = [self.ask(expression)]
            return bool(seen[0] == value)

        try:
            wait_for(f"{expression} == {value!r} in the kernel", same, seconds, self.page)
        except AssertionError as error:
            raise AssertionError(f"{error} It was {seen!r}.") from None

    def restart_kernel(self) -> None:
        """Restart the kernel as the menu would; the page stays."""
        self.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")

    def kill_kernel(self) -> None:
        """End the kernel for good; the page stays."""
        self.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    def crash_kernel(self) -> None:
        """Kill the kernel's process and close the dialog that says so; the server starts a new kernel by itself."""
        os.kill(self.ask("__import__('os').getpid()"), signal.SIGKILL)
        self.page.locator(".jp-Dialog button.jp-mod-accept").click(timeout=SECONDS * 1000)

    def wait_idle(self) -> None:
        """Wait until the kernel has run everything that it was asked for before, cells included."""
        self.tell("pass")

    # -- the page

    def resize(self, width: int, height: int) -> None:
        """Give the window a size in CSS pixels, and wait until the notebook has taken it."""
        self.page.set_viewport_size({"width": width, "height": height})
        wait_at_rest(self.page.locator(".jp-Notebook"))

    def cell(self, index: int) -> Locator:
        """Return the cell with this number."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    @property
    def cells(self) -> int:
        """How many cells there are, whether the page shows them or not."""
        return int(self.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.length"))

    def pad(self, index: int = 0, within: Locator | None = None) -> "PadPage":
        """Return the pad that stands at this place among those of the page, or of a part, once it can be drawn on."""
        pads = (within or self.page).locator(".sketch-pad")
        pads.nth(index).wait_for(timeout=SECONDS * 1000)
        pad = PadPage(self.page, pads.nth(index))
        wait_for("the pad shows the kernel's picture", lambda: pad.is_connected, page=self.page)
        return pad

    def frames(self, kind: str = "comm_msg") -> list[Frame]:
        """Return the messages of this kind that the page has sent so far.

        Playwright tells of them in their order, but some time after the page: so one more is sent and waited for.
        """
        mark = f"# {uuid4().hex}"
        self.page.evaluate(_SEND, mark)
        wait_for("the frames are noted", lambda: any(mark in frame.text for frame in self.sent), page=self.page)
        return [frame for frame in self.sent if frame.kind == kind]

    def strokes_sent(self) -> list[Frame]:
        """Return the messages sent so far that carry a stroke."""
        return [frame for frame in self.frames() if '"kind":"stroke"' in frame.text]


def open_notebook(
    browser: Browser,
    lab: Lab,
    name: str,
    scale: float = 1.0,
    size: tuple[int, int] = (1280, 1000),
    touch: bool = False,
) -> Notebook:
    """Make an empty notebook and open it in a page of its own.

    Args:
        name: The file's name without its ending.
        scale: Device pixels per CSS pixel.
        size: Width and height of the window in CSS pixels.
        touch: Let the page believe in a touch screen.
    """
    path = lab.root / f"{name}.ipynb"
    path.write_text(
        json.dumps(
            {
                "cells": [],
                "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        ),
        encoding="utf-8",
    )
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale, has_touch=touch
    )
    notebook = Notebook(lab, context.new_page(), path, context)
    notebook.page.on("pageerror", lambda error: notebook.errors.append(str(error)))
    notebook.page.on("websocket", lambda socket: _listen(socket, notebook.sent))
    notebook.load()
    return notebook


def _listen(socket: WebSocket, sent: list[Frame]) -> None:
    """Note each message that a page sends to a kernel, whichever of Jupyter's two framings is in use."""

    def note(payload: str | bytes) -> None:
        text = payload if isinstance(payload, str) else payload.decode("latin-1")
        size = len(payload) if isinstance(payload, bytes) else len(payload.encode())
        kind = text.split('"msg_type":"', 1)[-1].split('"', 1)[0] if '"msg_type":"' in text else ""
        sent.append(Frame(kind, size, text.replace('": ', '":')))

    socket.on("framesent", note)


@contextmanager
def stopped(book: Notebook) -> Iterator[None]:
    """Stop the kernel's process in its tracks: slower than any kernel that is only busy."""
    pid = book.ask("__import__('os').getpid()")
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


BUSY = """
import pathlib, time
pathlib.Path({begun!r}).touch()
while not pathlib.Path({gate!r}).exists(): time.sleep(0.01)
"""


@contextmanager
def busy(book: Notebook, cell: int) -> Iterator[None]:
    """Let a cell run that ends only with the block."""
    begun, gate = (book.path.with_suffix(f".{name}") for name in ("begun", "gate"))
    book.run(BUSY.format(begun=str(begun), gate=str(gate)), cell=cell, wait=False)
    try:
        wait_for("the cell runs", begun.exists, page=book.page)
        yield
    finally:
        gate.touch()
        book.wait_idle()
        begun.unlink(missing_ok=True)
        gate.unlink()


# --- a pad in a page -----------------------------------------------------------------------------------------------

_LAYER = """(pad, layer) => {
  const at = (c) => pad.querySelector(c);
  const paper = at('.sketch-pad-paper'), wet = at('.sketch-pad-wet');
  const board = document.createElement('canvas');
  board.width = paper.width; board.height = paper.height;
  const ink = board.getContext('2d', { willReadFrequently: true });
  if (layer !== 'wet') ink.drawImage(paper, 0, 0);
  if (layer !== 'paper') ink.drawImage(wet, 0, 0);
  return ink.getImageData(0, 0, board.width, board.height);
}"""
_PIXELS = f"""(pad, layer) => {{
  const bytes = ({_LAYER})(pad, layer).data;
  let text = '';
  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return btoa(text);
}}"""
_IS_INKED = f"""(pad, [x, y]) => {{
  const shown = ({_LAYER})(pad, 'both'), start = 4 * (y * shown.width + x);
  return shown.data.subarray(start, start + 3).some((value) => value !== 255);
}}"""
_DIGEST = f"""async (pad) => {{
  const paper = ({_LAYER})(pad, 'paper').data, colours = new Uint8Array(paper.length / 4 * 3);
  for (let from = 0, to = 0; from < paper.length; from += 4) {{
    if (paper[from + 3] !== 255) return null;
    for (let channel = 0; channel < 3; channel++) colours[to++] = paper[from + channel];
  }}
  if (({_LAYER})(pad, 'wet').data.some((value) => value !== 0)) return null;
  const digest = await crypto.subtle.digest('SHA-256', colours);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}}"""


@dataclass(frozen=True)
class PadPage:
    """One pad as it stands in a page. Places are in the pad's own pixels: 768 x 768, x right, y down."""

    page: Page
    root: Locator
    side: int = 768

    @property
    def is_connected(self) -> bool:
        """Whether the pad has the kernel's canvas."""
        return self.root.get_attribute("data-state") == "live"

    @property
    def is_settled(self) -> bool:
        """Whether the kernel has taken over every local stroke."""
        return self.root.get_attribute("data-pending") == "0"

    @property
    def stage(self) -> Locator:
        """The square that one draws on."""
        return self.root.locator(".sketch-pad-stage")

    def button(self, name: str) -> Locator:
        """Return the button with this action: pen, eraser, undo, redo, clear, ink-1 to ink-5, start-cat, …"""
        return self.root.locator(f'[data-action="{name}"]')

    def click(self, name: str) -> None:
        """Click a button of the pad."""
        self.button(name).click()

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place in the page, in CSS pixels, of a place on the pad."""
        return self.places([(x, y)])[0]

    def places(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """Return the places in the page, in CSS pixels, of places on the pad."""
        box = self.root.locator(".sketch-pad-wet").bounding_box()
        assert box is not None, "the pad is not visible"
        scale = box["width"] / self.side, box["height"] / self.side
        return [(box["x"] + x * scale[0], box["y"] + y * scale[1]) for x, y in points]

    def places_in_view(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """Bring the pad into view and return, once it stands still there, the places in the page of places on it."""
        self.stage.scroll_into_view_if_needed()
        wait_at_rest(self.stage)
        return self.places(points)

    def draw(self, points: Sequence[tuple[float, float]], release: bool = True) -> None:
        """Draw through these places with the mouse."""
        places = self.places_in_view(points)
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place)
        if release:
            self.page.mouse.up()

    def touch(self, points: Sequence[tuple[float, float]]) -> None:
        """Draw through these places with a finger."""
        places = self.places_in_view(points)
        session = self.page.context.new_cdp_session(self.page)

        def send(kind: str, touched: list[dict[str, float]]) -> None:
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

        send("touchStart", [{"x": places[0][0], "y": places[0][1]}])
        for x, y in places[1:]:
            send("touchMove", [{"x": x, "y": y}])
        send("touchEnd", [])
        session.detach()

    def pixels(self, layer: str = "both") -> np.ndarray:
        """Return what the browser shows as (768, 768, 4) uint8: the `paper`, the `wet` ink above it, or `both`."""
        data = base64.b64decode(self.root.evaluate(_PIXELS, layer))
        return np.frombuffer(data, np.uint8).reshape(self.side, self.side, 4)

    def is_inked(self, x: int, y: int) -> bool:
        """Whether the browser shows anything but white at this pixel."""
        return bool(self.root.evaluate(_IS_INKED, [x, y]))

    def digest(self) -> str:
        """Return the SHA-256 of the paper's colours, (768, 768, 3) uint8; "" where it is clear or has wet ink on it."""
        return self.root.evaluate(_DIGEST) or ""

    def wait_settled(self) -> None:
        """Wait until the kernel has taken over every local stroke."""
        wait_for("the kernel has every stroke", lambda: self.is_settled, page=self.page)
