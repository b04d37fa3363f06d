import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from offline.paint.planned import commission, face, plan, reading_of, tree, two_pens

from sketch_widget.offline.paint import STYLE_VALUES, paint
from sketch_widget.offline.paint.choice import chosen_style
from sketch_widget.offline.paint.colour import from_rgb, hue_difference
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.styles import STYLES as BY_VALUE

Bytes = NDArray[np.uint8]

STYLES = [style for style in STYLE_VALUES if style != "<auto>"]
_ELSEWHERE = """
import hashlib, resource
from offline.paint.planned import commission, tree
from sketch_widget.offline.paint import STYLE_VALUES, paint
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
for style in STYLE_VALUES:
    print(hashlib.sha256(next(paint(commission(tree(), "a red tree", style)))).hexdigest())
print((peak() - before) // 1024)
"""


@pytest.fixture(scope="module")
def elsewhere() -> list[str]:
    """What another process prints that paints a red tree in every style: the pictures' digests, and megabytes used."""
    done = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    return done.stdout.split()


@pytest.fixture(scope="module")
def red_trees() -> dict[str, Bytes]:
    return {style: next(paint(commission(tree(), "a red tree", style))) for style in STYLE_VALUES}


def test_every_style_gives_a_picture_of_the_services_size(red_trees: dict[str, Bytes]) -> None:
    for picture in red_trees.values():
        assert picture.shape == (768, 768, 3)
        assert picture.dtype == np.uint8
        assert picture.std() > 8


def test_the_same_order_gives_the_same_bytes_in_another_process(
    red_trees: dict[str, Bytes], elsewhere: list[str]
) -> None:
    assert elsewhere[:-1] == [hashlib.sha256(picture).hexdigest() for picture in red_trees.values()]


def test_a_picture_of_any_style_needs_at_most_200_megabytes(elsewhere: list[str]) -> None:
    assert int(elsewhere[-1]) <= 200


@pytest.mark.parametrize("style", [style for style in STYLES if style != "<sketch>"])
def test_a_red_tree_is_red_in_every_style_that_has_colours(style: str, red_trees: dict[str, Bytes]) -> None:
    crown = from_rgb(red_trees[style][200:320, 320:450].mean(axis=(0, 1)).tolist())
    assert abs(hue_difference(crown.hue, 27)) < 22
    assert crown.chroma > 0.06


def test_pictures_are_painted_one_by_one() -> None:
    pictures = paint(commission(two_pens(), "", "<sketch>", n=4))
    assert next(pictures).shape == (768, 768, 3)
    pictures.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("draw", ["empty", "dot"])
def test_an_empty_drawing_gives_the_mood_of_the_prompt(style: str, draw: str) -> None:
    night, noon = (BY_VALUE[style](plan(draw, prompt)) for prompt in ("starry night", "a sunny meadow"))
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


@pytest.mark.parametrize("style", STYLES)
def test_small_things_that_lie_outside_the_picture_are_left_out(style: str) -> None:
    picture = plan("tree", "a tree in the garden", seed="outside")
    away = tuple(replace(mark, y=mark.y + 900) for mark in picture.scenery.marks)
    assert away
    gone, bare = (replace(picture, scenery=replace(picture.scenery, marks=marks)) for marks in (away, ()))
    # An oil painter's hand is a little elsewhere after every stroke, seen or not.
    assert np.abs(BY_VALUE[style](gone).astype(int) - BY_VALUE[style](bare)).mean() < 1
