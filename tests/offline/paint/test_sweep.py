"""The bars that paintings must clear, on a few people's drawings; `benchmarks/sweep_painters.py` takes all."""

from dataclasses import dataclass
from itertools import combinations
from statistics import mean

import numpy as np
import pytest
from numpy.typing import NDArray
from offline.paint.drawings import drawn_by_people
from offline.paint.measures import color_distance, silhouette_contrast, statistics, structure, told_apart

from sketch_widget.offline.paint import STYLE_VALUES
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.reading import read
from sketch_widget.offline.paint.styles import STYLES
from sketch_widget.offline.paint.thumbnails import plans_of

EACH = STYLE_VALUES[1:]
WORDS = ("cloud", "airplane", "bus", "house", "horse")
"""Pale things, many colours between light and dark, straight lines, many lines."""


@dataclass(frozen=True, eq=False)
class Measured:
    """How well one painting keeps to its drawing, and how it is painted."""

    style: str
    found: float
    chance: float
    auc: float
    contrast: float
    numbers: NDArray[np.float64]


@pytest.fixture(scope="module")
def measured() -> list[Measured]:
    """A few drawings in every style, by drawing."""
    sketches = {drawing.word: drawing.sketch.pixels() for drawing in drawn_by_people()}
    results = []
    for word in WORDS:
        reading, words = read(Commission(sketches[word], "")), words_of_painting(f"a {word}")
        (plan,) = plans_of(reading, words, word, 1)
        for style in EACH:
            picture = STYLES[style](plan)
            contrast = silhouette_contrast(reading, picture)
            assert contrast is not None
            results.append(Measured(style, *structure(reading.ink, picture), contrast, statistics(picture)))
    return results


@pytest.mark.parametrize("style", EACH)
def test_the_lines_of_peoples_drawings_are_in_every_painting(style: str, measured: list[Measured]) -> None:
    found = [result.found for result in measured if result.style == style]
    assert mean(found) >= 0.95
    assert min(found) >= 0.85
    assert mean(result.auc for result in measured if result.style == style) >= 0.98


@pytest.mark.parametrize("style", EACH)
def test_lines_are_found_because_they_are_there_and_not_by_chance(style: str, measured: list[Measured]) -> None:
    assert min(result.found - result.chance for result in measured if result.style == style) >= 0.20


@pytest.mark.parametrize("style", EACH)
def test_things_stand_off_from_what_is_behind_them(style: str, measured: list[Measured]) -> None:
    assert min(result.contrast for result in measured if result.style == style) >= 0.08


def test_the_styles_are_told_apart_by_how_they_are_painted(measured: list[Measured]) -> None:
    numbers = np.array([result.numbers for result in measured])
    assert told_apart(numbers.reshape(len(WORDS), len(EACH), -1)) >= 0.97


@pytest.mark.parametrize("style", EACH)
def test_the_four_variants_of_an_order_differ(style: str) -> None:
    house = next(drawing for drawing in drawn_by_people() if drawing.word == "house").sketch.pixels()
    reading, words = read(Commission(house, "")), words_of_painting("a house")
    pictures = [STYLES[style](plan) for plan in plans_of(reading, words, "a house", 4)]
    apart = [color_distance(one, other) for one, other in combinations(pictures, 2)]
    assert min(apart) >= 0.015
    assert mean(apart) >= 0.06
