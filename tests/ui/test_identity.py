"""The name under which a pad is found again."""

from sketch_widget.ui.identity import cell_name, numbered


def test_outside_a_cell_there_is_no_name() -> None:
    assert cell_name() is None


def test_pads_of_one_cell_run_have_names_of_their_own_and_the_same_ones_next_time() -> None:
    first = [numbered("book#cell", "run 1") for _ in range(3)]
    assert first == ["book#cell", "book#cell-2", "book#cell-3"]
    assert [numbered("book#cell", "run 2") for _ in range(3)] == first
    assert numbered("book#other", "run 2") == "book#other"
