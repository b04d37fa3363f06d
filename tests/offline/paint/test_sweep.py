"""The bars that paintings must clear, on a few people's drawings; `benchmarks/sweep_painters.py` takes all."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from offline.paint.drawings import drawn_by_people
from offline.paint.measures import silhouette_contrast, structure

from sketch_widget.offline.paint import STYLE_VALUES, paint
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.reading import read

STYLES = STYLE_VALUES[1:]
WORDS = ("cat", "sailboat", "bicycle")
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


@pytest.mark.parametrize("word", WORDS)
def test_the_lines_of_a_persons_drawing_are_in_every_painting(word: str) -> None:
    sketch = next(drawing.sketch for drawing in drawn_by_people() if drawing.word == word)
    reading = read(Commission(sketch.pixels(), ""))
    measured = []
    for style in STYLES:
        picture = next(paint(Commission(sketch.pixels(), f"a {word}", style)))
        measured.append(structure(reading.ink, picture))
        contrast = silhouette_contrast(reading, picture)
        assert contrast is None or contrast >= 0.05, style
    found, chance, auc = np.array(measured).T
    assert found.min() >= 0.85
    assert found.mean() >= 0.95
    assert (found - chance).min() >= 0.20
    assert auc.mean() >= 0.98


@pytest.mark.parametrize("style", STYLES)
def test_one_picture_needs_at_most_200_megabytes(style: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PEAK.replace("{style}", style)], cwd=TESTS, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) <= 200
