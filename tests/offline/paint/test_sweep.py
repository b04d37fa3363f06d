"""The bars that paintings must clear, on a few people's drawings; `benchmarks/sweep_painters.py` takes all."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest
from offline.paint.drawings import drawn_by_people
from offline.paint.measures import silhouette_contrast, structure

from sketch_widget.offline.paint import STYLE_VALUES, paint
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.reading import read

STYLES = STYLE_VALUES[1:]
WORDS = ("cat", "bicycle")
TESTS = Path(__file__).parents[2]
_PEAK = """
import resource
from offline.paint.drawings import drawn_by_people
from sketch_widget.offline.paint import paint
from sketch_widget.offline.paint.commission import Commission
sketch = drawn_by_people()[0].sketch.pixels()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
next(paint(Commission(sketch, "a cat", "{style}")))
print((peak() - before) // 1024)
"""


@dataclass(frozen=True)
class Measured:
    """How well one painting keeps to its drawing."""

    style: str
    found: float
    chance: float
    auc: float
    contrast: float


@pytest.fixture(scope="module")
def measured() -> list[Measured]:
    """A few drawings in every style."""
    sketches = {drawing.word: drawing.sketch.pixels() for drawing in drawn_by_people()}
    results = []
    for word in WORDS:
        reading = read(Commission(sketches[word], ""))
        for style in STYLES:
            picture = next(paint(Commission(sketches[word], f"a {word}", style)))
            contrast = silhouette_contrast(reading, picture)
            assert contrast is not None
            results.append(Measured(style, *structure(reading.ink, picture), contrast))
    return results


def test_the_lines_of_peoples_drawings_are_in_every_painting(measured: list[Measured]) -> None:
    assert min(result.found for result in measured) >= 0.85
    assert mean(result.found for result in measured) >= 0.95
    assert mean(result.auc for result in measured) >= 0.98


@pytest.mark.parametrize("style", STYLES)
def test_lines_are_found_because_they_are_there_and_not_by_chance(style: str, measured: list[Measured]) -> None:
    assert mean(result.found - result.chance for result in measured if result.style == style) >= 0.20


@pytest.mark.parametrize("style", STYLES)
def test_things_stand_off_from_what_is_behind_them(style: str, measured: list[Measured]) -> None:
    assert mean(result.contrast for result in measured if result.style == style) >= 0.08


@pytest.mark.parametrize("style", STYLES)
def test_one_picture_needs_at_most_200_megabytes(style: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PEAK.replace("{style}", style)], cwd=TESTS, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) <= 200
