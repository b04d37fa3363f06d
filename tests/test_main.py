"""The shell, in this process and in one of its own."""

import contextlib
import io
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import warnings
from contextlib import closing

import pytest
from contract.stage import Brush
from fakes.processes import limited

from sketch_widget import connect, settings, words
from sketch_widget.__main__ import News, Notes, follow, main
from sketch_widget.api import generate
from sketch_widget.drawing.picture import sketch_png
from sketch_widget.drawing.sketch import Sketch, Stroke
from sketch_widget.errors import NotSentError
from sketch_widget.jobs.state import JobState
from sketch_widget.offline import faults
from sketch_widget.offline.app import create_app
from sketch_widget.offline.serve import served
from sketch_widget.runs.store import RunStore
from sketch_widget.service.request import GenerationRequest, Style

SKETCH = Sketch([Stroke([(100, 600), (400, 80), (660, 600)], color="#7b7b7b", width=6)])


@pytest.fixture(autouse=True)
def everything_closed():
    yield
    connect.close()


@pytest.fixture
def sketch(tmp_path) -> str:
    return str(SKETCH.save(tmp_path / "sketch.png") or tmp_path / "sketch.png")


def started(*arguments):
    """Start the shell as a process of its own for the length of a block."""
    command = [sys.executable, "-m", "sketch_widget", *arguments]
    return limited(subprocess.Popen(command, stdout=-1, stderr=-1, text=True, env=os.environ))


def test_generate_puts_pictures_where_they_are_wanted_and_names_them(sketch, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["generate", sketch, "--prompt", "a big tree", "-n", "2", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert sorted(said.out.split()) == sorted(str(path) for path in out.iterdir())
    assert len(list(out.iterdir())) == 2
    lines = said.err.splitlines()
    assert lines[0] == "Next in line"
    assert lines[-1] == "Done, 2 of 2 saved"
    assert len(lines) == len(set(lines))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_progress_is_one_line_that_is_rewritten(sketch):
    terminal = Terminal()
    with contextlib.redirect_stderr(terminal):
        assert main(["generate", sketch, "--prompt", "a tree"]) == 0
    shown = terminal.getvalue()
    assert shown.count("\n") == 1
    assert shown.endswith("\r\x1b[KDone, 1 of 1 saved\n")


def test_on_a_terminal_what_is_wrong_stays_and_no_line_that_is_rewritten_wraps(sketch, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "16")
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-0123456789abcdef")
    terminal = Terminal()
    with closing(create_app(tmp_path / "service", faults="submit 429")) as app, served(app) as url:
        monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", url)
        with contextlib.redirect_stderr(terminal):
            assert main(["generate", sketch, "--prompt", "a tree", "--lang", "zh"]) == 0
        connect.close()
    *lasting, last = terminal.getvalue().removesuffix("\n").split("\n")
    assert "当前账号的请求过于频繁" in lasting[0]
    assert lasting[1:] == ["\r\x1b[K总共重试约两分钟；按 Ctrl+C 可停止。"]
    rewritten = [line for part in (*lasting[0].split("\r\x1b[K")[:-1], last) for line in part.split("\r\x1b[K")]
    assert rewritten[-1] == "完成，已保存 1/"
    assert all(len(line.encode("gbk")) < 16 for line in rewritten)  # which counts columns


def test_progress_and_help_speak_chinese(sketch, capsys):
    assert main(["generate", sketch, "--prompt", "一棵大树", "--lang", "zh"]) == 0
    assert "完成，已保存 1/1 张" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["generate", "--help", "--lang", "zh"])
    said = capsys.readouterr().out
    assert "图片数量" in said
    assert re.findall(r"(?m)^(\S+):$", said) == []


def test_the_help_of_serve_says_where_it_listens_and_how_strict_it_is_unless_told(capsys):
    for lang in ("en", "zh"):
        with pytest.raises(SystemExit):
            main(["serve", "--help", "--lang", lang])
        said = capsys.readouterr().out
        assert all(default in said for default in ("127.0.0.1", "8931", "queue", "2026"))
        assert "%(" not in said


def test_the_parameters_reach_the_request(sketch):
    arguments = ["--style", "anime", "--sketch-weight", "3", "--sketch-color", "#7b7b7b", "--sketch-color", "#000000"]
    assert main(["generate", sketch, "--prompt", "a tree", *arguments]) == 0
    (run,) = connect.open().store.runs()
    assert (run.request.style, run.request.sketch_weight) == ("<anime>", 3)
    assert run.request.sketch_color == ((123, 123, 123), (0, 0, 0))


@pytest.mark.parametrize("style", ["水彩", "3D卡通", "<中国画>"])
def test_a_style_may_be_named_in_chinese(sketch, style):
    assert main(["generate", sketch, "--prompt", "一棵大树", "--style", style, "--sketch-weight", "3"]) == 0
    (run,) = connect.open().store.runs()
    assert run.request.style is Style.of(style)


def test_the_help_and_the_refusal_name_the_styles_in_the_readers_language(sketch, capsys):
    for lang, name in (("en", "watercolor"), ("zh", "水彩（watercolor）")):
        with pytest.raises(SystemExit):
            main(["generate", "--help", "--lang", lang])
        assert name in capsys.readouterr().out
        assert main(["generate", sketch, "--prompt", "x", "--style", "水採画", "--lang", lang]) == 2
        assert name in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere.png", "--prompt", "x"], 2, "nowhere.png"),
        (["{sketch}", "--prompt", "x", "--style", "watercolr"], 2, "mean watercolor?"),
        (["{sketch}", "--prompt", "x", "-n", "9"], 2, "1 to 4"),
        (["{sketch}", "--prompt", "x", "-n", "two"], 2, "1 to 4, not 'two'"),
        (["{sketch}", "--prompt", "x", "--sketch-color", "grey"], 2, "#rrggbb"),
        (["{sketch}", "--prompt", "x", "--service", "dashscope"], 1, "DASHSCOPE_API_KEY"),
    ],
)
def test_what_cannot_be_ends_with_a_clear_error(arguments, code, said, sketch, capsys):
    assert main(["generate", *(argument.format(sketch=sketch) for argument in arguments)]) == code
    error = capsys.readouterr().err
    assert error.startswith("Error: ")
    assert said in error


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "there is a file where a folder is needed. Nothing was sent."), ("zh", "此处需要文件夹，却是一个文件。")],
)
def test_a_folder_that_cannot_be_written_is_found_before_anything_is_sent(lang, said, sketch, tmp_path, capsys):
    (tmp_path / "file").touch()
    for place in ("file", "file/below"):
        arguments = ["generate", sketch, "--prompt", "a tree", "--out", str(tmp_path / place), "--lang", lang]
        assert main(arguments) == 2
        assert said in capsys.readouterr().err
    assert connect.open().store.runs() == []


def test_a_picture_that_cannot_be_put_where_it_is_wanted_is_named_where_it_is_kept(tmp_path, capsys):
    (tmp_path / "file").touch()
    job = generate(SKETCH, prompt="a tree")
    assert follow(job, tmp_path / "file", "en") == 1
    said = capsys.readouterr()
    (kept,) = job.run.files
    assert said.out == f"{kept}\n"
    assert f"could not be put into {tmp_path / 'file'}: there is a file where a folder is needed." in said.err
    assert f"It is kept as {kept}." in said.err


def test_what_happens_again_and_again_is_told_once_with_how_long_it_is_tried():
    trouble = NotSentError("service.no_connection", host="127.0.0.1", reason="refused")
    turns = [(JobState.QUEUED, None), *[(JobState.SENDING, None), (JobState.QUEUED, trouble)] * 8]
    news = News("en")
    told = [line for state, reason in turns for line in news.lines(state, reason, f"{state.value} {reason or ''}")]
    assert told == ["queued ", "sending ", f"queued {trouble}", words.say("cli.again_unsent", "en")]
    assert news.lines(JobState.WAITING, None, "waiting") == ["waiting"]
    assert news.lines(JobState.WAITING, trouble, "waiting, out of reach") == ["waiting, out of reach"]


def test_a_job_that_gets_through_at_the_second_try_says_each_thing_once(sketch, capsys, tmp_path, monkeypatch):
    with closing(create_app(tmp_path / "service", faults="submit 429 x2")) as app, served(app) as url:
        monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-0123456789abcdef")
        monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", url)
        assert main(["generate", sketch, "--prompt", "a tree", "--lang", "zh"]) == 0
        connect.close()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(set(lines))
    assert lines.count("总共重试约两分钟；按 Ctrl+C 可停止。") == 1
    assert lines[-1] == "完成，已保存 1/1 张"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_advice_in_a_shell_is_for_a_shell(lang, sketch, capsys):
    assert main(["generate", sketch, "--prompt", "x", "--service", "dashscope", "--lang", lang]) == 1
    said = capsys.readouterr().err
    assert "--service offline" in said
    assert "ask_key" not in said
    assert "service=" not in said


def test_a_white_picture_is_named_as_one_without_lines(tmp_path, capsys):
    white = tmp_path / "white.png"
    Sketch().save(white)
    for lang, said in (("en", f"No lines were found in {white}"), ("zh", f"在 {white} 中没有找到线条")):
        assert main(["generate", str(white), "--prompt", "x", "--lang", lang]) == 2
        assert said in capsys.readouterr().err


def test_notes_are_in_the_language_that_was_asked_for(sketch, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("SKETCH_WIDGET_LANG", "en")
    monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", "http://127.0.0.1:1/api/v1")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "file"))
    (tmp_path / "file").touch()
    long = "大树" * 40
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert main(["generate", sketch, "--prompt", long, "--lang", "zh"]) == 0
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith(("提示：", "Note: "))]
    begin = ("提示：已设置 DASHSCOPE_HTTP_BASE_URL", f"提示：无法使用 {tmp_path}", "提示：服务只读取提示词的前")
    assert len(said) == len(begin)
    assert all(map(str.startswith, said, begin))
    assert "此处需要文件夹" in said[1]


def test_what_goes_wrong_inside_the_package_is_shown_as_it_would_be_without_a_shell(capsys):
    log = logging.Logger("alone")
    log.addHandler(Notes("zh"))
    log.error("A picture %s.", "broke")
    log.info("quiet")
    assert capsys.readouterr().err == "A picture broke.\n"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--seconds", "nan"], "0 or more, not nan."),
        (["--seconds", "inf"], "0 or more, not inf."),
        (["--seconds", "-1"], "0 or more, not -1."),
        (["--seconds", "long"], "0 or more, not 'long'."),
        (["--fault", "submit 999"], "No fault is written as 'submit 999'."),
        (["--port", "many"], "not many."),
        (["--keys", "{empty}"], "There is no key in"),
        (["--host", ""], "Cannot listen on ''"),
    ],
)
def test_what_serve_cannot_do_is_refused_before_its_port_is_opened(wrong, said, tmp_path, capsys):
    (tmp_path / "empty").touch()
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])  # a port that is taken is named only once everything else is in order
        assert main(["serve", "--port", port, *(word.format(empty=tmp_path / "empty") for word in wrong)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("Error: ")
    assert said in error
    assert main(["serve", *(word.format(empty=tmp_path / "empty") for word in wrong), "--lang", "zh"]) == 2
    assert capsys.readouterr().err.startswith("错误：")


@pytest.mark.parametrize("port", ["99999999", "65536", "-1"])
def test_a_port_that_cannot_be_is_refused_in_our_own_words(port, capsys):
    assert main(["serve", "--port", port]) == 2
    assert capsys.readouterr().err == f"Error: A port is a whole number from 0 to 65535, not {port}.\n"
    assert main(["serve", "--port", port, "--lang", "zh"]) == 2
    assert capsys.readouterr().err == f"错误：端口应为 0 到 65535 之间的整数，而不是 {port}。\n"


def test_a_port_that_is_taken_and_a_host_that_is_nobodys_are_named(capsys):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
        said = f"Cannot listen on 127.0.0.1:{port}: another program uses this port. Choose another port or host."
        assert said in capsys.readouterr().err
    assert main(["serve", "--host", "nobody.invalid"]) == 2
    assert "no computer has this name" in capsys.readouterr().err
    assert main(["serve", "--host", "192.0.2.1", "--lang", "zh"]) == 2
    assert "本机没有这个地址。" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_help_of_serve_lists_every_kind_of_fault(lang, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "2000")
    with pytest.raises(SystemExit):
        main(["serve", "--help", "--lang", lang])
    said = set(re.findall(r"[a-z-]+", capsys.readouterr().out))
    kinds = {"html", "untyped", "gzip", "cut-before", "cut-after", "cut-within", "stall", "truncated", "expired"}
    assert all(faults.parse(f"submit {kind}") for kind in kinds)
    assert kinds | {"code", "fail", "partial", "slow"} | set(faults.OPERATIONS) <= said


def test_a_file_that_is_not_there_is_said_in_chinese_words(sketch, tmp_path, capsys):
    assert main(["generate", str(tmp_path / "none.png"), "--prompt", "x", "--lang", "zh"]) == 2
    assert "：文件或文件夹不存在。" in capsys.readouterr().err
    assert main(["serve", "--keys", str(tmp_path / "none"), "--lang", "zh"]) == 2
    assert "：文件或文件夹不存在。" in capsys.readouterr().err


def test_resume_says_when_nothing_is_unfinished(capsys):
    assert main(["resume"]) == 0
    assert "Nothing is unfinished." in capsys.readouterr().err


def test_resume_names_a_run_that_was_never_sent_and_does_not_send_it(capsys):
    left = RunStore(settings.read().home, owner="a kernel that is gone")
    run = left.begin(GenerationRequest("a tree", sketch_color=[]), sketch_png(SKETCH), service="offline")
    assert main(["resume"]) == 0
    said = capsys.readouterr()
    assert f"Run {run.id} ('a tree') was never sent and costs nothing" in said.err
    assert (said.out, left.get(run.id).state) == ("", "queued")


def test_resume_names_what_belongs_to_another_key_and_what_has_expired(capsys):
    left = RunStore(settings.read().home, owner="a kernel that is gone")
    now = time.time()
    request = GenerationRequest("a tree", sketch_color=[])
    unsent, *runs = [left.begin(request, b"", service="dashscope") for _ in range(3)]
    for run, sent in zip(runs, (now, now - 90000), strict=True):
        left.update(run.id, state="running", task_id="task-1", send_window=(sent, sent + 1))
    assert main(["resume"]) == 0
    said = capsys.readouterr().err
    assert f"Run {runs[0].id} ('a tree') belongs to another key, address or service" in said
    assert "another key, address or service (dashscope)" in said
    assert f"Run {runs[1].id} ('a tree') has expired" in said
    assert "Nothing is unfinished." not in said
    assert left.get(runs[0].id).state == "running"
    left.update(runs[0].id, state="cancelled")
    assert main(["resume"]) == 0
    said = capsys.readouterr().err
    assert f"Run {unsent.id} ('a tree') was never sent" in said
    assert "Nothing is unfinished." not in said
    left.update(unsent.id, state="cancelled")
    assert main(["resume"]) == 0
    assert capsys.readouterr().err == "Nothing is unfinished.\n"


def test_ctrl_c_says_that_the_run_goes_on_and_resume_brings_its_pictures_home(sketch, capsys, tmp_path, monkeypatch):
    brush = Brush()
    brush.may_paint.clear()
    with closing(create_app(tmp_path / "service", painter=brush)) as app, served(app) as url:
        monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-0123456789abcdef")
        monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", url)
        with started("generate", sketch, "--prompt", "a tree", "-n", "4") as process:
            for line in process.stderr:
                if line.startswith(("Waiting", "Drawing")):
                    break
            process.send_signal(signal.SIGINT)
            _, error = process.communicate()
        assert process.returncode == 130
        assert f"{sys.executable} -m sketch_widget resume" in error
        assert "Traceback" not in error
        brush.may_paint.set()
        assert main(["resume"]) == 0
    (run,) = connect.open().store.runs()
    assert run.state == "done"
    assert len(capsys.readouterr().out.split()) == 4


def test_serve_answers_over_http_until_it_is_stopped():
    with started("serve", "--port", "0") as process:
        welcome = process.stderr.readline()
        assert "Any key is taken" in welcome
        url = next(word for word in welcome.split() if word.startswith("http://"))
        query = urllib.request.Request(f"{url}/tasks/none", headers={"Authorization": "Bearer any"})
        with urllib.request.urlopen(query) as answer:
            assert json.load(answer)["output"]["task_status"] == "UNKNOWN"
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 0


def test_importing_the_shell_loads_neither_the_painters_nor_a_server_nor_fonts():
    code = "import sys, sketch_widget.api, sketch_widget.__main__; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    servers = {"starlette", "uvicorn", "sqlite3", "sketch_widget.offline.app", "sketch_widget.offline.paint"}
    helpers = {"PIL.ImageDraw", "PIL.ImageFont", "PIL.ImageOps", "PIL.PngImagePlugin", "tenacity", "difflib"}
    assert not (servers | helpers) & set(loaded)
