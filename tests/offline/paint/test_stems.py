"""Where one outline holds a crown and its trunk."""

import numpy as np
import pytest
from offline.paint.matrices import labels, on_grid
from offline.paint.planned import closed, commission, ring, tree_in_one_line

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.offline.paint import paint
from sketch_widget.offline.paint.lexicon import entries, words_of_painting
from sketch_widget.offline.paint.reading import read
from sketch_widget.offline.paint.stems import stem_from, stems_cut

TREE = on_grid(
    labels(
        "111111111111",
        "111222222111",
        "112222222211",
        "112222222211",
        "111222222111",
        "111112211111",
        "111112211111",
        "111111111111",
    ).astype(np.int32),
    20,
)
"""1 paper, 2 a crown with its trunk."""


def test_the_narrow_foot_of_a_region_is_cut_off() -> None:
    found, _ = stems_cut(TREE, frozenset())
    trunk = np.zeros(TREE.shape, bool)
    trunk[100:140, 100:140] = True
    assert (found == np.where(trunk, 3, TREE)).all()


def test_the_lobes_of_a_crown_beside_the_root_belong_to_the_crown() -> None:
    shape = np.zeros((200, 200), bool)
    shape[20:100, 20:180] = True
    shape[100:110, 60:120] = True
    shape[110:180, 90:120] = True
    assert stem_from(shape) == 110


def test_two_drooping_branches_are_no_stem() -> None:
    shape = np.zeros((200, 200), bool)
    shape[20:60, 20:180] = True
    shape[60:160, 20:40] = True
    shape[60:160, 160:180] = True
    assert stem_from(shape) is None


def test_a_scribbled_tree_has_a_scribbled_trunk() -> None:
    assert stems_cut(TREE, frozenset({2}))[1] == {2, 3}


@pytest.mark.parametrize("turned", ["upside down", "lying"])
def test_only_what_stands_below_is_a_stem(turned: str) -> None:
    found = np.ascontiguousarray(TREE[::-1] if turned == "upside down" else np.rot90(TREE))
    assert (stems_cut(found, frozenset())[0] == found).all()


Y, X = np.mgrid[0:200, 0:200]


@pytest.mark.parametrize(
    "shape",
    [
        (abs(Y - 100) < 60) & (abs(X - 100) < 40),
        np.hypot(Y - 100, X - 100) < 60,
        (Y > 40) & (abs(X - 100) < (160 - Y) / 2),
        (Y < 160) & (Y > 40) & (abs(X - 100) < 10 + abs(Y - 100) / 2),
    ],
    ids=["a box", "a disc", "a cone", "an hourglass"],
)
def test_other_shapes_have_no_stem(shape: np.ndarray) -> None:
    assert stem_from(shape) is None


def test_a_reading_cuts_stems_only_when_it_is_asked_to() -> None:
    order = commission(tree_in_one_line(), "")
    assert len(read(order).regions) == 2
    assert len(read(order, words_of_painting("a tree")).regions) == 3


def test_paper_is_never_cut() -> None:
    frame = Sketch([closed((300, 20), (300, 500), (20, 500), (20, 20)), ring(600, 300, 100)])
    plain, asked = (read(commission(frame, ""), words_of_painting(prompt)) for prompt in ("", "a tree"))
    assert len(plain.regions) == len(asked.regions)


def test_a_tree_drawn_in_one_line_has_a_green_crown_and_a_brown_trunk() -> None:
    picture = next(paint(commission(tree_in_one_line(), "a tree", "<flat illustration>")))
    crown, trunk = picture[260:420, 300:460].mean(axis=(0, 1)), picture[520:660, 360:400].mean(axis=(0, 1))
    assert crown.argmax() == 1
    assert trunk.argmax() == 0


def test_what_is_no_plant_keeps_its_narrow_foot() -> None:
    assert entries()["tree"].stands_on_a_stem
    assert entries()["mushroom"].stands_on_a_stem
    assert not entries()["cat"].stands_on_a_stem
    assert not entries()["ball"].stands_on_a_stem
