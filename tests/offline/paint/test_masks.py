import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from offline.paint.matrices import labels, mask

from sketch_widget.offline.paint import masks

SMALL_MASKS = arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9)))


def by_hand(wanted: np.ndarray) -> np.ndarray:
    """The distance of every cell to the nearest set one, by looking at all of them."""
    set_cells = np.argwhere(wanted)
    return np.array(
        [
            [min(np.hypot(y - v, x - u) for v, u in set_cells) for x in range(wanted.shape[1])]
            for y in range(len(wanted))
        ]
    )


@settings(max_examples=60, deadline=None)
@given(SMALL_MASKS.filter(np.any))
def test_the_distance_to_a_mask_is_exact(wanted: np.ndarray) -> None:
    assert np.allclose(masks.distance(wanted), by_hand(wanted), atol=1e-5)


def test_a_distance_is_capped_and_an_empty_mask_is_far() -> None:
    line = mask("#....")
    assert masks.distance(line, cap=2).tolist() == [[0, 1, 2, 2, 2]]
    assert (masks.distance(np.zeros((3, 4), bool)) >= 1000).all()


def test_growing_a_mask_adds_a_disc() -> None:
    assert (
        masks.grown(mask(".....", ".....", "..#..", ".....", "....."), 2)
        == by_hand(mask(".....", ".....", "..#..", ".....", ".....")).__le__(2)
    ).all()


def test_pieces_are_numbered_in_reading_order() -> None:
    found, count = masks.components(mask("##.#", ".#.#", "#..#"))
    assert count == 3
    assert found.tolist() == labels("11.2", ".1.2", "3..2").tolist()


def test_corners_connect_only_when_asked() -> None:
    stairs = mask("#..", ".#.", "..#")
    assert masks.components(stairs)[1] == 3
    assert masks.components(stairs, diagonal=True)[1] == 1


@settings(max_examples=60, deadline=None)
@given(SMALL_MASKS, st.booleans())
def test_pieces_are_those_that_a_flood_finds(wanted: np.ndarray, diagonal: bool) -> None:
    found, count = masks.components(wanted, diagonal)
    reach = [(v, u) for v in (-1, 0, 1) for u in (-1, 0, 1) if diagonal or 0 in (v, u)]
    left, floods = {tuple(cell) for cell in np.argwhere(wanted).tolist()}, 0
    while left:
        queue, flood = [left.pop()], set()
        while queue:
            y, x = queue.pop()
            flood.add((y, x))
            beside = {(y + v, x + u) for v, u in reach} & left
            left -= beside
            queue.extend(beside)
        floods += 1
        assert len({int(found[cell]) for cell in flood}) == 1
    assert count == floods
    assert ((found > 0) == wanted).all()


def test_labels_grow_around_what_is_not_free() -> None:
    wall = mask("..#..", "..#..", ".....")
    grown = masks.spread(labels("1....", ".....", "....."), ~wall, 99)
    assert grown.tolist() == labels("11.11", "11.11", "11111").tolist()


def test_labels_grow_no_farther_than_told() -> None:
    assert masks.spread(labels("1...."), np.ones((1, 5), bool), 2).tolist() == [[1, 1, 1, 0, 0]]


def test_a_window_holds_the_mask_and_its_margin_within_the_lattice() -> None:
    rows, columns = masks.window(mask("....", "..#.", "...."), margin=1)
    assert (rows, columns) == (slice(0, 3), slice(1, 4))


@pytest.mark.parametrize("bar", [np.ones((5, 30), bool), np.ones((30, 5), bool)])
def test_a_bar_thins_to_a_line_one_cell_wide(bar: np.ndarray) -> None:
    thin = masks.thinned(bar)
    across = thin.sum(axis=0) if bar.shape[0] < bar.shape[1] else thin.sum(axis=1)
    assert across.max() == 1
    assert across.sum() >= 25


def test_a_slanting_line_keeps_its_tips_when_thinned() -> None:
    y, x = np.mgrid[0:40, 0:40]
    slanting = (np.abs(y - x) <= 1) & (y > 4) & (y < 36)
    tips = np.argwhere(masks.thinned(slanting))[[0, -1]]
    assert np.abs(tips - [[5, 5], [35, 35]]).max() <= 2


def test_a_ring_stays_a_ring_when_thinned() -> None:
    y, x = np.mgrid[0:40, 0:40]
    radius = np.hypot(y - 20, x - 20)
    thin = masks.thinned((radius > 10) & (radius < 15))
    assert masks.components(thin, diagonal=True)[1] == 1
    assert masks.components(~thin)[1] == 2
