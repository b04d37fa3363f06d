import re
import signal
import subprocess
import sys

import httpx
import pytest
from fakes.processes import limited

from sketch_widget.errors import InputError, StoreError
from sketch_widget.offline.app import create_app
from sketch_widget.offline.serve import serve, served

SERVE = """
import sys
from pathlib import Path
from sketch_widget.offline.serve import serve
serve(port=0, folder=Path(sys.argv[1]), announce=lambda text: print(text, flush=True))
print("ended in order", flush=True)
"""


def test_the_service_says_where_it_listens_answers_there_and_ends_in_order_on_ctrl_c(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path / "offline")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with limited(process):
        assert process.stdout is not None
        words = process.stdout.readline().split()
        (url,) = [word for word in words if word.startswith("http://127.0.0.1:")]
        answer = httpx.get(f"{url}/tasks", headers={"Authorization": "Bearer any"}, trust_env=False)
        assert (answer.status_code, answer.json()["total"]) == (200, 0)
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "ended in order\n"
        process.wait()
    assert process.returncode == 0


def test_ctrl_c_ends_the_service_in_order_from_the_moment_it_says_where_it_listens(tmp_path):
    told = []

    def announce(text):
        told.append(text)
        raise KeyboardInterrupt

    serve(port=0, folder=tmp_path, announce=announce)
    assert len(told) == 1


def test_a_port_that_is_taken_is_named(tmp_path):
    app = create_app(tmp_path)
    with served(app) as base_url:
        port = httpx.URL(base_url).port
        with pytest.raises(InputError, match=f"127.0.0.1:{port}"):
            serve(port=port, folder=tmp_path / "other")
    app.close()


def test_a_port_that_cannot_be_is_named(tmp_path):
    with pytest.raises(InputError, match="70000"):
        serve(port=70_000, folder=tmp_path)


def test_a_missing_uvicorn_is_answered_with_the_line_that_installs_it_into_this_very_python(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(InputError, match=rf"pip --python {re.escape(sys.executable)} install uvicorn"):
        serve(folder=tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="there is a file where a folder is needed") as caught:
        create_app(tmp_path / "file" / "offline")
    assert f"{tmp_path / 'file' / 'offline'}：此处需要文件夹，却是一个文件。" in caught.value.text("zh")


def test_neither_the_package_nor_the_service_imports_the_painters_before_a_task_comes():
    code = """
import sys
import sketch_widget
assert "starlette" not in sys.modules
import sketch_widget.offline.app
assert "starlette" in sys.modules
assert not [name for name in sys.modules if name.startswith("sketch_widget.offline.paint")]
"""
    subprocess.run([sys.executable, "-c", code], check=True)
