"""Every notebook runs top to bottom, headless and offline, and shows what it promises."""

import base64
import io
import os
import re
import shlex
import subprocess
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from sketch_widget import Sketch, Stroke, settings
from sketch_widget.runs.store import RunStore
from sketch_widget.service.request import GenerationRequest

FOLDER = Path(__file__).resolve().parent.parent.parent / "notebooks"
NOWHERE = "http://127.0.0.1:9"  # a proxy that refuses: whatever leaves the machine fails at once
PRINTED = 90  # characters; a longer line breaks within a word where the notebook stands beside a file browser
USUAL_STATES = ("queued", "sending", "waiting", "running", "fetching", "done")


def executed(name: str, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in a kernel of its own, in an empty home and without a network."""
    book = nbformat.read(FOLDER / name, as_version=4)
    surroundings = os.environ | dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE)
    surroundings |= {"PYTHONWARNINGS": "ignore", "IPYTHONDIR": str(folder / "ipython")}
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(folder)}}).execute(env=surroundings)
    return book


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_line_for_a_terminal_trusts_that_the_first_python_there_is_the_right_one(path):
    texts = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    assert [text for text in texts if re.search(r"(?m)^!?python3? -m", text)] == []


def pictures(cell: nbformat.NotebookNode) -> list[Image.Image]:
    data = [output.get("data", {}) for output in cell.outputs]
    return [decoded(base64.b64decode(d["image/png"])) for d in data if "image/png" in d]


def decoded(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def code(book: nbformat.NotebookNode, needle: str) -> nbformat.NotebookNode:
    return next(cell for cell in book.cells if cell.cell_type == "code" and needle in cell.source)


@pytest.mark.parametrize(
    "name", sorted(path.name for path in FOLDER.glob("*.ipynb") if not path.name.startswith(("01", "02", "03")))
)
def test_a_notebook_runs_from_top_to_bottom(name, tmp_path):
    book = executed(name, tmp_path)
    assert any(pictures(cell) for cell in book.cells if cell.cell_type == "code")


def test_the_first_lesson_shows_a_widget_pictures_and_the_story_of_exact_ink(tmp_path):
    book = executed("01_quickstart.ipynb", tmp_path)
    shown = code(book, "SketchWidget()").outputs
    assert any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in shown)
    painted = pictures(code(book, "await job"))[-1]
    assert len(painted.convert("RGB").getcolors(1 << 24)) > 200
    assert pictures(code(book, "enlarged(exact"))[0].width == 696
    house = pictures(code(book, "house = Sketch"))[0]
    assert {house.getpixel((0, y)) for y in range(house.height)} == {(192, 192, 192)}
    said = code(book, "so sketch_color is").outputs[0].text
    assert "42 % of the 3185 ink pixels are blended" in said
    printed = [text for cell in book.cells for text in (output.get("text", "") for output in cell.get("outputs", []))]
    assert max(len(line) for text in printed for line in text.splitlines()) <= PRINTED
    assert "so sketch_color is [(123, 123, 123)]" in said


def test_the_lesson_on_experiments_shows_tables_that_fill_and_reads_its_results_back(tmp_path):
    book = executed("02_experiments.ipynb", tmp_path)
    shown, sheet = (output.data for output in code(book, 'styles=["watercolor", "flat illustration"').outputs)
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert sheet["text/plain"].count(": Done, 1 of 1 saved") == 6
    assert code(book, "runs = await grid").outputs[0].text.count(" done\n") == 6
    assert "4 squares: [0, 3, 7, 10]" in code(book, "await weights").outputs[0].text
    assert "[(200, 30, 30), (30, 80, 200), (230, 168, 0)]" in code(book, "inks_of(colourful").outputs[0].text
    named, unnamed = (pictures(code(book, "both.paste"))[0].crop((at, 0, at + 320, 320)) for at in (0, 328))
    assert named.tobytes() != unnamed.tobytes()
    assert code(book, "history()").outputs[0].text.count("a-sailing-boat-at-su-1.png") == 3
    assert pictures(code(book, "grid.save"))[0].tobytes() == decoded((tmp_path / "boats.png").read_bytes()).tobytes()


def leave_unfinished(prompt: str, service: str, **facts: object) -> None:
    """Leave a run in the history whose process died a quarter of an hour ago."""
    store = RunStore(settings.read().home, owner="a process that died", now=lambda: time.time() - 900)
    run = store.begin(GenerationRequest(prompt), Sketch([Stroke([(100, 100), (600, 600)])]).png(), service=service)
    store.update(run.id, **facts)


def test_the_lesson_on_recovery_shows_each_trouble_and_takes_up_its_own_run_alone(tmp_path):
    leave_unfinished("an older line", "offline", state="waiting", task_id="a task of long ago")
    leave_unfinished("a line elsewhere", "dashscope", account="another key")
    book = executed("03_your_key_and_recovery.ipynb", tmp_path)

    def said(needle: str) -> str:
        return re.sub(r"\s+", " ", "".join(output.get("text", "") for output in code(book, needle).outputs))

    states = [state.strip() for state in said("a tree on a hill").split("->")]
    # A job goes on by itself: on a busy computer the first state may have passed before the cell listens.
    assert states[-3:] in (["waiting", "fetching", "done"], ["running", "fetching", "done"])
    assert states == [state for state in USUAL_STATES if state in states]
    assert said("a tree in the rain").count("HTTP 429") == 2
    assert said("a tree in the rain").count("sending") in (2, 3)
    assert "free quota is used up" in said("a tree in winter")
    assert said("a tree in winter").count("sending") <= 1
    assert "unconfirmed" in said("a tree in the fog")
    assert said("a tree in the fog").endswith("done tasks accepted by the service: 2 ")
    assert pictures(code(book, "queue.resume(left)"))[0].size == (256, 256)
    assert said("history()").count(" done - ") == 4
    assert said("history()").count(" done - a house") == 1
    assert said("history()").count(" waiting - an older line") == 1
    assert said("history()").count(" queued - a line elsewhere") == 1
    assert said("history()").count(" failed - a tree in winter") == 1
    for line in (said('"submit 429 x2"'), said('print(program, "resume")')):
        helped = subprocess.run([*shlex.split(line), "--help"], env={"PATH": ""}, capture_output=True, text=True)
        assert (helped.returncode, "--lang" in helped.stdout) == (0, True)
