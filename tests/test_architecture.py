"""Imports go down only, and each outside library has its place. Read from the syntax trees, functions included."""

import ast
from pathlib import Path

import pytest

import sketch_widget

ROOT = Path(sketch_widget.__file__).parent

# Who may import whom. A part may also import itself; everybody may import what stands under "everybody".
EVERYBODY = {"errors", "words", "locks"}
MAY_IMPORT: dict[str, set[str]] = {
    "words": set(),
    "errors": set(),
    "settings": set(),
    "locks": set(),
    "drawing": set(),
    "service": {"settings", "drawing"},
    "offline": {"drawing", "service"},
    "jobs": {"service"},
    "runs": {"drawing", "service"},
    "connect": {"settings", "service", "offline", "jobs", "runs"},
    "api": {"settings", "drawing", "service", "jobs", "runs", "connect"},
    "ui": {"settings", "drawing", "service", "jobs", "runs", "connect", "api"},
    "__init__": {"drawing", "service", "jobs", "runs", "connect", "api", "ui"},
    "arguments": {"settings", "service"},
    "__main__": {"arguments", "settings", "drawing", "service", "offline", "jobs", "runs", "connect", "api"},
}
OFFLINE_READS = {"moments", "wire", "request"}  # of service: the dialect and its rules, never the client

# Where an outside library may be imported, as paths below the package.
PLACES: dict[str, tuple[str, ...]] = {
    "anywidget": ("ui/",),
    "httpx": ("service/client.py", "service/transport.py", "connect.py"),
    "ipycanvas": ("ui/",),
    "ipywidgets": ("ui/",),
    "IPython": ("ui/",),
    "msgspec": ("service/", "offline/", "runs/", "drawing/"),
    "PIL": ("drawing/", "offline/paint/", "runs/", "ui/"),
    "platformdirs": ("settings.py",),
    "sqlite3": ("jobs/", "offline/", "runs/"),
    "starlette": ("offline/",),
    "tenacity": ("jobs/", "service/"),
    "traitlets": ("ui/",),
    "uvicorn": ("offline/serve.py",),
}
# The environment is read in one place; `words` asks it for the language alone.
ENVIRONMENT = {"settings.py", "words/__init__.py"}


def modules() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py"))


def imported(path: str) -> list[str]:
    """Return the dotted names that a module imports anywhere in it."""
    here = ["sketch_widget", *path.removesuffix(".py").removesuffix("/__init__").split("/")]
    depth = len(here) if path.endswith("__init__.py") else len(here) - 1
    names = []
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = here[: depth - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names += [f"{module}.{alias.name}" for alias in node.names]
    return names


def part_of(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def test_every_part_of_the_package_has_its_rule():
    assert {part_of(path) for path in modules()} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", modules())
def test_a_module_imports_only_what_lies_below_it(path):
    own = part_of(path)
    for name in imported(path):
        if not name.startswith("sketch_widget."):
            continue
        other = name.split(".")[1]
        if other in MAY_IMPORT:
            assert other == own or other in EVERYBODY | MAY_IMPORT[own], f"{path} imports {name}"
        else:
            assert path == "__main__.py" or own in ("service", "ui"), f"{path} imports {name} from the package itself"


@pytest.mark.parametrize("path", [path for path in modules() if path.startswith("offline/")])
def test_the_offline_service_knows_the_dialect_and_not_the_client(path):
    for name in imported(path):
        if name.startswith("sketch_widget.service"):
            assert name.split(".")[2] in OFFLINE_READS, f"{path} imports {name}"


@pytest.mark.parametrize("path", modules())
def test_each_outside_library_is_imported_in_its_place_only(path):
    for name in imported(path):
        places = PLACES.get(name.split(".")[0])
        assert places is None or path.startswith(places), f"{path} imports {name}"


@pytest.mark.parametrize("path", modules())
def test_only_the_settings_read_the_environment(path):
    if path in ENVIRONMENT:
        return
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            assert node.attr not in ("environ", "getenv"), f"{path} reads the environment"


def test_nothing_asks_whether_it_is_offline_below_the_place_that_decides():
    for path in modules():
        if part_of(path) not in ("connect", "__main__", "offline", "ui", "settings", "words"):
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            tests = [node.test for node in ast.walk(tree) if isinstance(node, (ast.If, ast.IfExp))]
            words = {str(c.value) for test in tests for c in ast.walk(test) if isinstance(c, ast.Constant)}
            assert "offline" not in words, f"{path} decides by whether it is offline"


def test_no_module_holds_more_than_one_idea_can_need():
    long = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: lines for path, lines in long.items() if lines > 450} == {}
