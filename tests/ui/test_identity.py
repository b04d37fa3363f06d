"""The name under which a pad is found again."""

from pathlib import Path
from types import SimpleNamespace

from sketch_widget.ui.identity import cell_name, numbered


def shell(cell: str | None, run: str, **user_ns: str) -> SimpleNamespace:
    metadata = {} if cell is None else {"cellId": cell}
    parent = {"header": {"msg_id": run}, "metadata": metadata}
    return SimpleNamespace(get_parent=lambda: parent, user_ns=user_ns)


def test_outside_a_cell_there_is_no_name() -> None:
    assert cell_name() is None


def test_a_front_end_that_tells_no_cell_gives_no_name() -> None:
    assert cell_name(shell(None, "run 1", __session__="/work/book.ipynb")) is None


def test_the_name_is_the_notebook_and_the_cell() -> None:
    assert cell_name(shell("c1", "run 1", __session__="/work/book.ipynb")) == "/work/book.ipynb#c1"
    assert cell_name(shell("c2", "run 1", __vsc_ipynb_file__="/work/code.ipynb")) == "/work/code.ipynb#c2"
    assert cell_name(shell("c3", "run 1")) == f"{Path.cwd()}#c3"


def test_pads_of_one_cell_run_have_names_of_their_own_and_the_same_ones_next_time() -> None:
    first = [numbered("book#cell", "run 1") for _ in range(3)]
    assert first == ["book#cell", "book#cell-2", "book#cell-3"]
    assert [numbered("book#cell", "run 2") for _ in range(3)] == first
    assert numbered("book#other", "run 2") == "book#other"
