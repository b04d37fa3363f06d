"""The harness itself: a browser is found or the way to one is told, and a notebook answers."""

from pathlib import Path

import pytest
from playwright.sync_api import Error

from browser.harness import Notebook, find_browser, wait_for


def test_a_missing_browser_fails_with_the_command_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="apt-get install chromium"):
        find_browser({"PATH": str(tmp_path)}, tmp_path / "none")


def test_the_named_browser_comes_before_the_one_on_the_path(tmp_path: Path) -> None:
    for name in ("mine", "chromium"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    environ = {"PATH": str(tmp_path), "SKETCH_BROWSER": str(tmp_path / "mine")}
    assert find_browser(environ, tmp_path / "none") == tmp_path / "mine"


def test_a_cell_runs_and_the_kernel_answers(notebook: Notebook) -> None:
    notebook.run("x = 20 + 1")
    assert notebook.ask("x * 2") == 42
    notebook.reload()
    assert notebook.ask("x") == 21


def test_lab_saves_only_when_it_is_told_to(notebook: Notebook) -> None:
    saves = "window.jupyterapp.commands.isToggled('docmanager:toggle-autosave')"
    wait_for("Lab has read its settings", lambda: not notebook.page.evaluate(saves), page=notebook.page)


def test_what_lab_does_not_do_in_time_fails_with_the_words_of_the_dialog_in_its_way(notebook: Notebook) -> None:
    notebook.page.evaluate("() => { window.jupyterapp.commands.execute('help:about') }")
    notebook.page.locator(".jp-Dialog").wait_for()
    with pytest.raises(Error, match=r"not done in 0\.1 s; Version"):
        notebook.evaluate("() => new Promise(() => {})", seconds=0.1)
