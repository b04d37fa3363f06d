"""A whole session with a key, and then a search for it in everything that the session left or showed."""

import json
import logging
import os
import sys
import traceback
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from trust.storm import brush

from sketch_widget import DashScopeClient, Sketch, Stroke, connect, generate, settings
from sketch_widget.errors import SketchWidgetError
from sketch_widget.offline.app import create_app
from sketch_widget.offline.serve import served

KEY = "sk-5ec2e7c0ffee4b1d9a7e3f60d1b2c8a4"
HALVES = (KEY, KEY[3:19], KEY[19:])
TREE = Sketch([Stroke([(90, 90), (400, 500)])])

SESSION = """
import logging, pathlib
logging.basicConfig(level=1, filename="everything.log", force=True)
import ipywidgets
from sketch_widget import Sketch, SketchWidget, Stroke, connect, generate
widget = SketchWidget(name="key")
widget
---
widget.pad.sketch = Sketch([Stroke([(90, 90), (400, 500)])])
widget.controls.prompt = "a tree"
job = widget.generate()
run = await job
run
---
jobs = [job, generate(widget.pad.sketch, prompt="a refused tree")]
try:
    await jobs[1]
except Exception as error:
    print(repr(error), error)
raise RuntimeError(repr((jobs, connect.open(), vars(connect.open()))))
---
state = ipywidgets.Widget.get_manager_state()
assert len(state["state"]) > 10
pathlib.Path("state.txt").write_text(repr(state) + repr(widget.get_state()))
process = pathlib.Path("/proc/self/cmdline")
pathlib.Path("arguments.txt").write_bytes(process.read_bytes() if process.exists() else b"")
len(pathlib.Path("state.txt").read_text())
"""


class Parrot:
    """The service, which repeats what it was sent when it refuses; a word in the request asks for that."""

    def __init__(self, folder: Path) -> None:
        self.app = create_app(folder, painter=brush, faults="poll 503; result 503")
        self.heard: list[str] = []
        self.url = ""

    async def __call__(self, scope, receive, send) -> None:
        told = dict(scope["headers"]).get(b"authorization", b"").decode()
        self.heard.append(told)
        if not scope["path"].endswith("image-synthesis"):
            await self.app(scope, receive, send)
            return
        body = await receive()  # small enough to come as one

        async def again():
            return body

        if b"refused" not in body["body"]:
            await self.app(scope, again, send)
            return
        answer = json.dumps({"code": "InvalidApiKey", "message": f"Not {told}", "request_id": told}).encode()
        await send({"type": "http.response.start", "status": 401, "headers": []})
        await send({"type": "http.response.body", "body": answer})


@pytest.fixture
def parrot(tmp_path, monkeypatch):
    parrot = Parrot(tmp_path / "service")
    with served(parrot) as parrot.url:
        monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", parrot.url)
        yield parrot
    parrot.app.close()


@pytest.fixture(params=["the environment", "a file", "the keyboard", "an argument"])
def service(request, parrot, tmp_path_factory, monkeypatch):
    """Give the key in one of the ways that there are; this is what `service=` then is."""
    if request.param == "the environment":
        monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    elif request.param == "a file":
        path = tmp_path_factory.mktemp("secret") / "api_key"
        path.write_text(f"{KEY}\n", encoding="utf-8")
        monkeypatch.setenv("DASHSCOPE_API_KEY_FILE_PATH", str(path))
    elif request.param == "the keyboard":
        monkeypatch.setattr("getpass.getpass", lambda prompt: KEY)
        connect.ask_key()
    yield DashScopeClient(KEY, base_url=parrot.url) if request.param == "an argument" else "auto"
    connect.forget_key()


def traces(text: str | bytes) -> list[str]:
    """Return what of the key, and of its halves, stands in a text."""
    data = text.encode() if isinstance(text, str) else text
    return [part for part in HALVES if part.encode() in data or part.encode("utf-16-le") in data]


def test_nothing_that_python_shows_holds_the_key(parrot, service, tmp_path, caplog):
    caplog.set_level(1)
    seen = []
    try:
        job = generate(TREE, prompt="a tree", service=service)
        seen += [repr(job), str(job), repr(job.result(timeout=30)), repr(vars(job.run)), repr(settings.read())]
        refused = generate(TREE, prompt="a refused tree", service=service)
        with pytest.raises(SketchWidgetError) as caught:
            refused.result(timeout=30)
        seen += ["".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())]
        seen += [caught.value.text("en"), caught.value.text("zh"), repr(caught.value), repr(vars(caught.value))]
        connection = connect.open(service)
        seen += [repr(connection), repr(vars(connection.queue)), repr(vars(connection.queue._tools.service))]
        seen += [repr(refused), refused.text("zh")]
    finally:
        connect.close()
    seen += [f"{record.getMessage()} {record.args!r} {record.exc_text!r}" for record in caplog.records]
    assert any(KEY in heard for heard in parrot.heard)
    assert any(record.name.startswith("http") and record.levelno <= logging.DEBUG for record in caplog.records)
    assert [text for text in seen if traces(text)] == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite3" for path in files)
    assert any(path.name == "run.json" for path in files)
    assert [path for path in files if traces(path.read_bytes())] == []


def test_neither_a_saved_notebook_nor_its_widgets_hold_the_key(parrot, tmp_path, monkeypatch):
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    folder = tmp_path / "lesson"
    folder.mkdir()
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(part) for part in SESSION.split("\n---\n")])
    client = NotebookClient(
        book, timeout=60, allow_errors=True, store_widget_state=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "IPYTHONDIR": str(tmp_path / "ipython")})
    nbformat.write(book, folder / "lesson.ipynb")
    assert any(KEY in heard for heard in parrot.heard)
    saved = (folder / "lesson.ipynb").read_text(encoding="utf-8")
    assert "image/png" in saved
    assert "application/vnd.jupyter.widget-state+json" in saved
    assert "InvalidApiKey" in saved
    assert len((folder / "state.txt").read_text(encoding="utf-8")) > 1000
    assert (folder / "everything.log").stat().st_size > 1000
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"run.json", "arguments.txt", "tasks.sqlite3"} <= {path.name for path in files}
    assert [path for path in files if traces(path.read_bytes())] == []
