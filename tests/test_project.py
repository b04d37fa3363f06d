"""The project as a stranger finds it: commands, Binder, packaging, style, types."""

import re
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

import sketch_widget

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command(name: str) -> str:
    found = re.search(rf"<!-- command: {name} -->\n```sh\n(.+)\n```", README)
    assert found, f"README.md has no command {name!r}"
    return found.group(1)


def is_ignored(path: str, patterns: list[str]) -> bool:
    """Whether git leaves a path alone, by those of its rules that are used here; a bare machine has no git to ask."""
    parts = path.split("/")
    from_the_root = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return any(
        fnmatch(place, pattern.strip("/"))
        for pattern in patterns
        for place in (from_the_root if "/" in pattern.rstrip("/") else parts)
    )


def test_git_leaves_alone_what_the_readmes_lines_make_in_the_clone():
    blocks = "\n".join(re.findall(r"```(?:sh|python)\n(.*?)```", README, re.DOTALL))
    made = re.findall(r"\.save\(\"([^\"]+)\"\)", blocks) + [f"{d}/1.png" for d in re.findall(r"--out (\w+)", blocks)]
    made += [f"notebooks/{name}" for name in made if "/" not in name] + [
        "notebooks/01_quickstart.html",
        ".venv/bin/python",
    ]
    assert {"sketch.png", "pictures/1.png"} <= set(made)
    patterns = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert [path for path in made if not is_ignored(path, patterns)] == []
    assert not is_ignored("notebooks/01_quickstart.ipynb", patterns)


def test_the_public_names_are_sorted_and_exist():
    assert sketch_widget.__all__ == sorted(sketch_widget.__all__)
    for name in sketch_widget.__all__:
        assert getattr(sketch_widget, name) is not None


def test_the_readme_has_one_line_for_the_notebook_and_one_for_the_tests():
    assert "jupyter lab" in command("notebook")
    assert "pytest" in command("tests")
    for line in (command("notebook"), command("tests")):
        assert line.startswith("python3 -m venv --without-pip .venv && python3 -m pip --python .venv install")


def test_ci_runs_the_line_that_the_readme_names():
    script = (ROOT / ".ci" / "run").read_text()
    extract = re.search(r"command=\$\((.+)\)\n", script)
    assert extract
    line = subprocess.run(["bash", "-c", extract.group(1)], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert line.strip() == command("tests")


def test_every_parameter_in_the_readme_is_one_of_generate():
    import inspect

    table = re.search(r"\| parameter \|.*?\n\n", README, re.DOTALL)
    assert table
    names = re.findall(r"^\| `(\w+)` \|", table.group(), re.MULTILINE)
    assert set(names) == set(inspect.signature(sketch_widget.generate).parameters) - {"sketch"}


def test_every_file_that_the_readme_shows_is_there():
    for path in re.findall(r"!\[.*?\]\((.+?)\)", README):
        assert (ROOT / path).is_file()
        assert (ROOT / path).stat().st_size <= 400_000


def test_binder_installs_this_checkout_on_a_named_python_and_forces_the_offline_service():
    wanted = [line for line in (ROOT / "binder/requirements.txt").read_text().splitlines() if not line.startswith("#")]
    assert wanted == [".[demo]"]
    python = re.fullmatch(r"python-3\.(\d+)", (ROOT / "binder/runtime.txt").read_text().strip())
    assert python
    assert int(python.group(1)) >= 11
    environment = {"DASHSCOPE_API_KEY": "sk-not-here", "SKETCH_WIDGET_SERVICE": "dashscope", "PATH": "/usr/bin:/bin"}
    seen = subprocess.run(
        [ROOT / "binder/start", "env"], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert "SKETCH_WIDGET_SERVICE=offline" in seen
    assert "sk-not-here" not in seen


def test_what_binder_runs_after_the_build_is_a_program():
    for name in ("postBuild", "start"):
        assert (ROOT / "binder" / name).stat().st_mode & 0o111
        subprocess.run(["bash", "-n", ROOT / "binder" / name], check=True)


def test_the_wheel_carries_everything_that_the_package_needs(tmp_path):
    made = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    inside = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "sketch_widget").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package <= inside
    assert any(name.endswith(".js") for name in package)


def test_dependencies_are_the_agreed_ones():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.match(r"[\w-]+", line).group() for line in project["dependencies"]}  # type: ignore[union-attr]
    assert names == {
        "anywidget",
        "httpx",
        "ipycanvas",
        "ipywidgets",
        "msgspec",
        "numpy",
        "pillow",
        "platformdirs",
        "python-multipart",
        "starlette",
        "tenacity",
    }


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_kept_without_outputs(path):
    import nbformat

    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("arguments", [["check", "."], ["format", "--check", "."]], ids=["rules", "format"])
def test_the_code_keeps_its_style(arguments):
    ran = subprocess.run([sys.executable, "-m", "ruff", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


def test_the_types_hold():
    ran = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
