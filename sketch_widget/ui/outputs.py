"""The pictures as a plain output of the notebook, so that they are still there when no kernel is.

A saved widget opens again as "model not found", but an ordinary `image/png` output is kept by the notebook file, shown
by every viewer and exported by nbconvert. One such output stands beside the widget; it is marked inside its file and
hidden while the widget is alive. Refuses to touch any other output.
"""

import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from IPython.display import display, update_display

from sketch_widget import words
from sketch_widget.drawing.lettering import can_write
from sketch_widget.drawing.picture import read
from sketch_widget.drawing.sheet import marked_blank, sheet
from sketch_widget.errors import SketchWidgetError
from sketch_widget.runs.run import Run
from sketch_widget.ui.service_note import OFFLINE

MARK = "sketch_widget:snapshot"


def _in_base64(mark: str) -> str:
    """Return how the mark looks inside the base64 of a PNG.

    The mark's chunk begins at byte 33, behind the signature and the header. 33 is a multiple of 3, so its letters do
    not depend on what stands before; the last bytes are left off to a multiple of 3 again.
    """
    chunk = b"tEXtmark\0" + mark.encode("ascii")
    data = (len(chunk) - 4).to_bytes(4, "big") + chunk
    return b64encode(data[: len(data) // 3 * 3]).decode("ascii")


# Only outputs whose file carries the mark, and only beside a live widget.
HIDING_RULE = f"""
.jp-OutputArea:has(> .jp-OutputArea-child :is(.sketch-gallery, .sketch-grid))
  > .jp-OutputArea-child:has(> .jp-RenderedImage > img[src*="{_in_base64(MARK)}"]) {{
  display: none;
}}
"""

Bundle = tuple[dict[str, Any], dict[str, Any]]


def caption(run: Run, lang: str = "auto", writes: Callable[[str], bool] = can_write) -> list[str]:
    """Return the lines below a run's pictures: prompt, style, offline preview.

    Args:
        run: Whose pictures they are.
        lang: "en", "zh" or "auto"; English where Chinese cannot be written.
        writes: Whether a text can be written with the fonts of this machine.
    """
    prompt = " ".join(run.request.prompt.split())
    key = "page.sheet.offline" if run.service == OFFLINE else "page.sheet.online"
    told = words.say(key, lang, style=run.request.style.title(lang))
    if not writes(told):
        told = words.say(key, "en", style=run.request.style.title("en"))
    return [line for line in (f"“{prompt}”", told) if writes(line)]


def run_png(run: Run, lang: str = "auto", mark: str = "") -> bytes | None:
    """Return a run's pictures as one PNG of at most 300 kB with a caption below, or None when it has no pictures.

    Raises:
        PictureError: A picture file is gone or broken.
    """
    pictures = [read(path).pixels for path in run.files]
    return sheet(pictures, caption(run, lang), mark) if pictures else None


def run_bundle(run: Run, lang: str = "auto", mark: str = "") -> Bundle:
    """Return a run as an output: its pictures as `image/png`, and its caption as `text/plain`."""
    text = f"{' '.join(caption(run, lang))}\n{run!r}"
    data: dict[str, Any] = {"text/plain": text}
    png = run_png(run, lang, mark)
    if png is None:
        return data, {}
    data["image/png"] = b64encode(png).decode("ascii")
    return data, {"image/png": {"alt": text.splitlines()[0]}}


def _blank_bundle(lang: str) -> Bundle:
    """Return the output that keeps the place while there is no picture."""
    told = words.say("page.sheet.none", lang)
    png = b64encode(marked_blank(MARK)).decode("ascii")
    return {"image/png": png, "text/plain": told}, {"image/png": {"alt": told}}


class Snapshot:
    """One plain output that always holds the latest run; made where the widget is displayed, written from any thread.

    Args:
        lang: The language of the caption.
    """

    def __init__(self, lang: str = "auto") -> None:
        self.lang = lang
        self._id = f"sketch-widget-{uuid4().hex}"
        self._lock = threading.Lock()
        self._is_shown = False
        self._name = ""
        self._bundle = _blank_bundle(lang)

    def show(self) -> None:
        """Make the output in the cell that runs now."""
        with self._lock:
            self._is_shown = True
            data, metadata = self._bundle
            display(data, metadata=metadata, raw=True, display_id=self._id)

    def keep(self, run: Run | None) -> Future[None]:
        """Put a run into the output, or None to empty it; returns at once, the picture is made on its own thread."""
        if run is None:
            return painter.submit(self.write, "", lambda: _blank_bundle(self.lang))
        return painter.submit(self.write, run.id, lambda: run_bundle(run, self.lang, MARK))

    def write(self, name: str, make: Callable[[], Bundle]) -> None:
        """Put something into the output; for the painter's thread alone.

        Args:
            name: What it is; what stands there already under this name stays.
            make: Makes it.
        """
        if name == self._name:
            return
        try:
            bundle = make()
        except SketchWidgetError:
            return  # a file that is gone meanwhile: the card says so, and the output keeps what it had
        with self._lock:
            self._name, self._bundle = name, bundle
            if self._is_shown:
                data, metadata = bundle
                update_display(data, metadata=metadata, raw=True, display_id=self._id)


def show_widget(model_id: str, text: str) -> None:
    """Display a widget with a short text in place of its long default one."""
    view: Mapping[str, Any] = {"version_major": 2, "version_minor": 0, "model_id": model_id}
    display({"application/vnd.jupyter.widget-view+json": view, "text/plain": text}, raw=True)


painter = ThreadPoolExecutor(1, thread_name_prefix="sketch_widget_sheet")
"""Makes sheets one after the other, so that the newest run is written last; 0.1 to 2 s each."""
