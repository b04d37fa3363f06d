"""Sceneries are tried out before they are painted."""

from itertools import combinations, islice

import numpy as np
import pytest
from offline.paint.drawings import drawn_by_people
from offline.paint.planned import plan, reading_of

from sketch_widget.offline.paint.colour import distance, lch_of
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.plan import Plan, attempts_at
from sketch_widget.offline.paint.reading import read
from sketch_widget.offline.paint.thumbnails import (
    STANDING_OFF,
    Thumbnail,
    colours_behind,
    places_of,
    plans_of,
    thumbnail_of,
)


def plans(draw: str, prompt: str, seed: str = "") -> list[Plan]:
    """The plans of four variants."""
    return list(plans_of(reading_of(draw), words_of_painting(prompt), seed or f"{draw}/{prompt}", 4))


def thumbnails(chosen: list[Plan]) -> list[Thumbnail]:
    """What the plans look like, small."""
    places = places_of(chosen[0].reading)
    return [thumbnail_of(one, places) for one in chosen]


@pytest.mark.parametrize("prompt", ["a face", "a crown", "a white face", "a cat at night", "一张脸 在教室"])
def test_the_variants_of_an_order_are_unlike_each_other(prompt: str) -> None:
    pairs = list(combinations(thumbnails(plans("face", prompt)), 2))
    assert min(one.unlike(other) for one, other in pairs) >= 0.04


@pytest.mark.parametrize("word", ["crown", "house plant", "cup"])
def test_the_variants_of_peoples_drawings_are_unlike_each_other(word: str) -> None:
    drawing = next(drawing for drawing in drawn_by_people() if drawing.word == word)
    reading = read(Commission(drawing.sketch.pixels(), ""))
    chosen = list(plans_of(reading, words_of_painting(f"a {word}"), word, 4))
    assert min(one.unlike(other) for one, other in combinations(thumbnails(chosen), 2)) >= 0.06


@pytest.mark.parametrize(
    "prompt", ["a snowman", "a white house", "a cloud", "a green tree", "a blue whale", "雪地里的白兔"]
)
def test_the_drawing_stands_off_from_the_scenery(prompt: str) -> None:
    assert min(one.standing_off for one in thumbnails(plans("tree", prompt))) >= 0.10


def test_a_scenery_that_suits_is_kept() -> None:
    kept = []
    for number in range(12):
        seed = f"pupil {number}"
        first = plan("tree", "a tree", seed=seed)
        (chosen,) = plans_of(reading_of("tree"), words_of_painting("a tree"), seed, 1)
        suits = thumbnail_of(first, places_of(first.reading)).standing_off >= STANDING_OFF
        assert (chosen.scenery.sky == first.scenery.sky) or not suits
        kept.append(suits)
    assert any(kept)


def test_each_attempt_at_a_variant_keeps_the_drawings_colours() -> None:
    reading, words = reading_of("tree"), words_of_painting("a tree")
    attempts = list(islice(attempts_at(reading, words, "a tree", 1), 3))
    assert all(one.palette.regions == attempts[0].palette.regions for one in attempts)
    assert len({one.scenery.sky for one in attempts}) > 1


def test_the_same_order_gets_the_same_plans() -> None:
    assert [one.scenery.sky for one in plans("tree", "a tree")] == [one.scenery.sky for one in plans("tree", "a tree")]


def test_a_drawing_of_open_lines_has_nothing_that_must_stand_off() -> None:
    (only,) = plans_of(reading_of("dot"), words_of_painting("a dot"), "dot", 1)
    assert thumbnail_of(only, places_of(only.reading)).standing_off == 1.0


def test_two_equal_pictures_are_not_unlike() -> None:
    one = Thumbnail(np.full((9, 3), 0.5, np.float32), 0.2)
    other = Thumbnail(np.full((9, 3), 0.5, np.float32) + np.float32([0.3, 0, 0.4]), 0.2)
    assert one.unlike(one) == 0
    assert one.unlike(other) == pytest.approx(0.5)


def test_colours_are_looked_up_in_the_sky_and_on_the_ground() -> None:
    scenery = plan("tree", "a tree in the meadow").scenery
    top, foot = colours_behind(scenery, np.array([5, 384]), np.array([0, 767]))
    assert distance(lch_of(top), scenery.sky[0]) < 0.02
    assert distance(lch_of(foot), scenery.bands[-1].bottom) < 0.05


def test_snow_in_less_light_is_bluer_and_in_more_light_lighter() -> None:
    scenery = plan("tree", "a tree in the snow").scenery
    before, darker, lighter = (one.bands[-1].top for one in (scenery, scenery.exposed(-0.12), scenery.exposed(0.05)))
    assert darker.lightness < before.lightness - 0.06
    assert darker.chroma > before.chroma + 0.01
    assert lighter.lightness > before.lightness
