"""What the README shows is typed in as it stands, and works."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sketch_widget.__main__ import WORK
from sketch_widget.arguments import parser
from sketch_widget.service.request import Style

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = ".venv/bin/python"

# A notebook's cell may await; a file may not.
CELL = """
import ast, asyncio, sys
code = compile(sys.stdin.read(), "README", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
names = {}
asyncio.run(eval(code, names))
print(len(names["run"].images), names["widget"].pad.sketch == names["sketch"], len(names["widget"].runs))
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?<!-->\n)```{language}\n(.+?)```", README, re.DOTALL)


def python(*arguments: str, cwd: Path, given: str | None = None) -> str:
    ran = subprocess.run([sys.executable, *arguments], cwd=cwd, input=given, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def shell_lines() -> list[list[str]]:
    return [shlex.split(line, comments=True) for block in blocks("sh") for line in block.splitlines()]


def test_the_lines_of_python_run_and_leave_the_sketch_that_the_shell_takes(tmp_path):
    (tmp_path / "tree.py").write_text(blocks("python")[1], encoding="utf-8")
    python("tree.py", cwd=tmp_path)
    assert shell_lines()[0][:5] == [PYTHON, "-m", "sketch_widget", "generate", "sketch.png"]
    printed = python(*shell_lines()[0][1:], cwd=tmp_path)
    assert sorted(printed.split()) == sorted(str(path.relative_to(tmp_path)) for path in tmp_path.glob("pictures/*"))
    assert len(printed.split()) == 2


def test_the_lines_for_a_cell_get_drawing_and_pictures_out_of_the_page(tmp_path):
    printed = python("-W", "ignore", "-c", CELL, cwd=tmp_path, given="".join(blocks("python")))
    assert printed.split() == ["1", "True", "6"]


def test_every_line_for_the_shell_names_the_python_of_the_clone_and_can_be_read():
    assert len(shell_lines()) >= 3
    for line in shell_lines():
        assert line[:3] == [PYTHON, "-m", "sketch_widget"]
        assert parser("en").parse_args(line[3:]).command in WORK
    assert not re.search(r"(?<![/\w])python (-m|tests/)", README)


def test_the_first_line_installs_what_every_other_line_needs():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(extras["serve"]) < set(extras["demo"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_styles_stand_in_one_order_everywhere(lang, capsys):
    names = [style.value.strip("<>") for style in Style]
    row = re.search(r"^\| `style` \|(.+?)\|", README, re.MULTILINE)
    assert row
    assert re.findall(r"`(.+?)`", row.group(1)) == names
    with pytest.raises(SystemExit):
        parser(lang).parse_args(["generate", "--help"])
    # Between two names: a comma, or the title that the next one has in Chinese.
    assert re.search(".{1,9}".join(names), " ".join(capsys.readouterr().out.split()))
