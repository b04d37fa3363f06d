import hashlib
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from offline.paint.measures import color_distance, silhouette_contrast, statistics, structure
from offline.paint.planned import commission, face, reading_of, tree, two_pens

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.offline.paint import STYLE_VALUES, paint
from sketch_widget.offline.paint.choice import chosen_style
from sketch_widget.offline.paint.colour import from_rgb, hue_difference
from sketch_widget.offline.paint.lexicon import words_of_painting

Bytes = NDArray[np.uint8]

STYLES = [style for style in STYLE_VALUES if style != "<auto>"]
_HASHES = """
import hashlib
from offline.paint.planned import commission, tree
from sketch_widget.offline.paint import STYLE_VALUES, paint
for style in STYLE_VALUES:
    print(hashlib.sha256(next(paint(commission(tree(), "a red tree", style)))).hexdigest())
"""


@pytest.fixture(scope="module")
def red_trees() -> dict[str, Bytes]:
    return {style: next(paint(commission(tree(), "a red tree", style))) for style in STYLE_VALUES}


def test_every_style_gives_a_picture_of_the_services_size(red_trees: dict[str, Bytes]) -> None:
    for picture in red_trees.values():
        assert picture.shape == (768, 768, 3)
        assert picture.dtype == np.uint8
        assert picture.std() > 8


def test_the_same_order_gives_the_same_bytes_in_another_process(red_trees: dict[str, Bytes]) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", _HASHES], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert printed.stdout.split() == [hashlib.sha256(picture).hexdigest() for picture in red_trees.values()]


@pytest.mark.parametrize("style", STYLES)
def test_every_stroke_can_be_found_again(style: str, red_trees: dict[str, Bytes]) -> None:
    found, _, auc = structure(reading_of("tree").ink, red_trees[style])
    assert found >= 0.85
    assert auc >= 0.97


@pytest.mark.parametrize("style", STYLES)
def test_a_thing_stands_off_from_what_is_behind_it(style: str, red_trees: dict[str, Bytes]) -> None:
    contrast = silhouette_contrast(reading_of("tree"), red_trees[style])
    assert contrast is not None
    assert contrast >= 0.08


@pytest.mark.parametrize("style", [style for style in STYLES if style != "<sketch>"])
def test_a_red_tree_is_red_in_every_style_that_has_colours(style: str, red_trees: dict[str, Bytes]) -> None:
    crown = from_rgb(red_trees[style][200:320, 320:450].mean(axis=(0, 1)).tolist())
    assert abs(hue_difference(crown.hue, 27)) < 22
    assert crown.chroma > 0.06


def test_any_two_styles_differ_in_how_they_are_painted(red_trees: dict[str, Bytes]) -> None:
    numbers = np.array([statistics(red_trees[style]) for style in STYLES])
    scaled = (numbers - numbers.mean(axis=0)) / (numbers.std(axis=0) + 1e-6)
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(scaled, 2)) > 2


@pytest.mark.parametrize("style", ["<flat illustration>", "<chinese painting>", "<3d cartoon>"])
def test_four_variants_are_four_pictures(style: str) -> None:
    pictures = list(paint(commission(face(), "a face", style, n=4)))
    apart = [color_distance(a, b) for a, b in combinations(pictures, 2)]
    assert min(apart) >= 0.015
    assert np.mean(apart) >= 0.04


def test_pictures_are_painted_one_by_one() -> None:
    pictures = paint(commission(two_pens(), "", "<sketch>", n=4))
    assert next(pictures).shape == (768, 768, 3)
    pictures.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("sketch", [Sketch(), Sketch([Stroke([(384, 384)], width=8)])], ids=["empty", "dot"])
def test_an_empty_drawing_gives_the_mood_of_the_prompt(style: str, sketch: Sketch) -> None:
    night, noon = (next(paint(commission(sketch, prompt, style))) for prompt in ("starry night", "a sunny meadow"))
    assert night.mean() < noon.mean() - 12


def test_a_low_sketch_weight_leaves_the_lines_looser_and_paler() -> None:
    strict, loose = (next(paint(commission(face(), "a face", "<anime>", weight=weight))) for weight in (10, 0))
    ink = reading_of("face").ink
    assert loose[ink].mean() > strict[ink].mean() + 20


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("an oil painting of a cat", "<oil painting>"),
        ("水墨山水", "<chinese painting>"),
        ("一张铅笔画", "<sketch>"),
        ("a robot", "<3d cartoon>"),
        ("a flower", "<watercolor>"),
        ("a red bus", "<flat illustration>"),
        ("", "<watercolor>"),
    ],
)
def test_auto_takes_the_style_that_the_prompt_names_or_suits_best(prompt: str, style: str) -> None:
    assert chosen_style(words_of_painting(prompt)) == style
