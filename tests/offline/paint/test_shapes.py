"""What regions and things are like, and how they bulge."""

import numpy as np
import pytest
from offline.paint.matrices import labels, on_grid

from sketch_widget.offline.paint import features, heights
from sketch_widget.offline.paint.features import Parts, Region

FACE = on_grid(
    labels(
        "111111111111",
        "122222222221",
        "122333322221",
        "122343324421",
        "122333322221",
        "122222222221",
        "111155111111",
        "111155111111",
    ).astype(np.int32),
    8,
)
"""1 paper, 2 a thing, 3 inside it, 4 inside that and once more apart (split below), 5 a stem under it."""


def measured(found: np.ndarray, ink: np.ndarray | None = None, color: tuple[int, int, int] = (0, 0, 0)) -> Parts:
    ink = np.zeros(found.shape, bool) if ink is None else ink
    shades = np.full((*found.shape, 3), color, np.float32) / np.float32(255)
    return features.measure(found.astype(np.int32), frozenset(), np.ones(found.shape, np.float32), ink, shades)


def disc(radius: float = 40, squeeze: float = 1) -> np.ndarray:
    y, x = np.mgrid[0:200, 0:200]
    return np.where(np.hypot((y - 100) * squeeze, x - 100) < radius, 2, 1)


def one(found: np.ndarray) -> Region:
    return measured(found).regions[1]


def test_a_region_is_measured_in_cells() -> None:
    found = np.ones((60, 80), int)
    found[20:40, 30:70] = 2
    region = one(found)
    assert region.area == 800
    assert region.center == (49.5, 29.5)
    assert region.box == (30, 20, 69, 39)
    assert region.elongation == pytest.approx(2, abs=0.01)
    assert not region.paper


def test_what_reaches_the_frame_is_paper() -> None:
    paper, region = measured(disc()).regions
    assert (paper.paper, region.paper) == (True, False)
    assert (paper.thing, region.thing) == (0, 1)


def test_roundness_ranks_disc_box_and_triangle() -> None:
    box = np.ones((200, 200), int)
    box[60:140, 60:140] = 2
    y, x = np.mgrid[0:200, 0:200]
    triangle = np.where((y > 60) & (y < 140) & (np.abs(x - 100) < (y - 60) * 0.55), 2, 1)
    assert one(disc()).roundness > 0.95
    assert 0.6 < one(box).roundness < 0.9
    assert one(triangle).roundness < 0.1
    assert one(disc(90, squeeze=4)).roundness < 0.5


def test_nesting_is_told_from_the_outside_in() -> None:
    found = FACE.copy()
    found[:, 64:][found[:, 64:] == 4] = 6
    regions = {region.label: region for region in measured(found).regions}
    assert [regions[label].parent for label in (1, 2, 3, 4, 6)] == [0, 0, 2, 3, 2]
    assert [regions[label].depth for label in (2, 3, 4, 6)] == [0, 1, 2, 1]
    assert regions[2].filled_area > regions[2].area
    assert regions[3].enclosed
    assert not regions[2].enclosed


def test_neighbours_come_longest_border_first() -> None:
    regions = measured(FACE).regions
    assert regions[2].neighbours[0][0] == 2
    assert dict(regions[0].neighbours)[2] == dict(regions[1].neighbours)[1]


def test_petals_are_alike_and_their_flower_is_not() -> None:
    found = np.ones((200, 200), int)
    y, x = np.mgrid[0:200, 0:200]
    for petal in range(6):
        turn = petal * np.pi / 3
        found[np.hypot(y - 100 - 46 * np.sin(turn), x - 100 - 46 * np.cos(turn)) < 26] = 3 + petal
    found[np.hypot(y - 100, x - 100) < 30] = 2
    groups = measured(found).groups
    assert sorted(map(sorted, groups)) == [[1], [2], [3, 4, 5, 6, 7, 8]]


def test_a_coloured_outline_gives_its_region_the_pens_colour_and_a_black_one_none() -> None:
    rim = disc(42) - disc(38) == 1
    assert measured(disc(), rim, (200, 30, 40)).regions[1].ink == (200, 30, 40)
    assert measured(disc(), rim, (20, 20, 24)).regions[1].ink is None


def test_regions_that_touch_are_one_thing() -> None:
    found = np.ones((100, 100), int)
    found[20:40, 20:40], found[40:60, 20:40], found[70:90, 70:90] = 2, 3, 4
    things = measured(found).things
    assert [thing.regions for thing in things] == [(2, 3), (4,)]
    assert things[0].box == (20, 20, 39, 59)


def test_a_disc_blows_up_to_a_hemisphere() -> None:
    shape = (disc(30) == 2).astype(np.int32)
    height = heights.inflated(shape, lam=1000, levels=5)
    y, x = np.mgrid[0:200, 0:200]
    ball = np.sqrt(np.maximum(30.0**2 - (y - 100) ** 2 - (x - 100) ** 2, 0))
    assert np.corrcoef(height[shape > 0], ball[shape > 0])[0, 1] > 0.98
    assert np.abs(height - ball)[shape > 0].mean() < 3
    assert height[shape == 0].max() == 0


def test_a_wide_shape_gets_a_flat_top() -> None:
    height = heights.inflated((disc(90) == 2).astype(np.int32), lam=15)
    assert height[100, 100] == pytest.approx(2 * 15, rel=0.1)
    assert height[100, 120] == pytest.approx(height[100, 100], rel=0.05)


def test_an_eye_is_a_bump_on_its_face_not_a_crater() -> None:
    found = disc(70)
    found[np.hypot(*(np.mgrid[0:200, 0:200] - 100)) < 15] = 3
    parts = measured(found)
    height = heights.region_heights(parts.labels, parts.regions, ~parts.paper)
    alone = heights.inflated((found > 1).astype(np.int32), lam=26)
    assert height[100, 100] > alone[100, 100] + 3
    assert height[parts.paper].max() == 0
