"""Things are told apart from what is behind them, whatever colours they happen to have."""

import numpy as np
import pytest
from offline.paint.measures import silhouette_contrast
from offline.paint.planned import commission, reading_of, ring

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.offline.paint.colour import Floats, Lch
from sketch_widget.offline.paint.guard import WANTED, lightness_wanted, set_off
from sketch_widget.offline.paint.layers import over, plain, to_bytes
from sketch_widget.offline.paint.reading import Reading, read

PALE, MIDDLE, DEEP = Lch(0.95, 0.02, 90), Lch(0.62, 0.10, 250), Lch(0.16, 0.04, 280)


def contrast(reading: Reading, backdrop: Floats, body: Floats) -> float:
    """Of a picture of things before a backdrop."""
    measured = silhouette_contrast(reading, to_bytes(over(backdrop.copy(), body, reading.silhouette_soft)))
    assert measured is not None
    return measured


@pytest.mark.parametrize("colour", [PALE, MIDDLE, DEEP], ids=["pale", "middle", "deep"])
def test_a_thing_of_the_backdrops_own_colour_is_set_off(colour: Lch) -> None:
    reading = reading_of("tree")
    backdrop = set_off(plain(colour), plain(colour), reading)
    assert contrast(reading, backdrop, plain(colour)) >= 0.10


def test_what_stands_off_is_left_alone() -> None:
    backdrop = set_off(plain(PALE), plain(MIDDLE), reading_of("tree"))
    assert np.array_equal(backdrop, plain(PALE))


def test_a_drawing_half_lighter_and_half_darker_than_its_backdrop_stands_off_as_a_whole() -> None:
    reading = read(commission(Sketch([ring(220, 384, 120), ring(548, 384, 120)]), "two balls"))
    body = plain(MIDDLE.lit(0.17))
    body[:, 384:] = MIDDLE.lit(-0.17).rgb
    assert contrast(reading, plain(MIDDLE), body) < 0.03
    assert contrast(reading, set_off(plain(MIDDLE), body, reading), body) >= 0.08


def test_a_backdrop_that_has_to_give_way_gives_way_near_the_things() -> None:
    reading = reading_of("tree")
    change = lightness_wanted(plain(PALE), reading)
    assert change[(reading.outside > 4) & (reading.outside < 11)].mean() == pytest.approx(-WANTED, abs=0.02)
    assert abs(change[reading.outside > 120]).max() < 0.01


def test_an_empty_drawing_changes_nothing_behind_it() -> None:
    assert not lightness_wanted(plain(PALE), reading_of("empty")).any()
