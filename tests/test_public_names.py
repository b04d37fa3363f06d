"""What `import sketch_widget` gives, and what it leaves for later."""

import subprocess
import sys

import pytest

import sketch_widget


def test_importing_the_package_loads_nothing_that_only_a_generation_needs():
    code = "import sys, sketch_widget; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert "sketch_widget.ui.widget" in loaded
    late = {"asyncio", "httpx", "sqlite3", "starlette", "tenacity", "uvicorn"}
    assert late & loaded == set()
    assert {name for name in loaded if name.startswith("sketch_widget.offline")} == set()


def test_every_public_name_can_be_had_and_is_listed():
    for name in sketch_widget.__all__:
        assert getattr(sketch_widget, name).__name__ == name
        assert name in dir(sketch_widget)


def test_a_name_that_does_not_exist_is_refused_as_python_refuses_it():
    with pytest.raises(AttributeError, match="no attribute 'DashscopeClient'"):
        _ = sketch_widget.DashscopeClient
