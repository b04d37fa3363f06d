import numpy as np
import pytest
from PIL import Image, ImageDraw

from sketch_widget.offline.paint.commission import RGB, Commission
from sketch_widget.offline.paint.ink import drawn, looseness, sway

WHITE = 255


def paper(width: int = 768, height: int = 768) -> np.ndarray:
    return np.full((height, width, 3), WHITE, np.uint8)


def commission(pixels: np.ndarray, *colors: RGB, **more: object) -> Commission:
    return Commission(pixels, "", sketch_color=colors, **more)


def test_only_the_listed_colours_are_ink_and_to_the_bit() -> None:
    pixels = paper()
    pixels[100:110], pixels[200:210], pixels[300:310] = (134, 134, 134), (135, 135, 135), (0, 0, 0)
    ink = drawn(commission(pixels, (134, 134, 134))).ink
    assert ink[100:110].all()
    assert ink.sum() == 10 * 768


def test_without_listed_colours_whatever_is_dark_is_ink() -> None:
    pixels = paper()
    pixels[100:110], pixels[200:210] = (20, 20, 24), (250, 240, 200)
    ink = drawn(commission(pixels)).ink
    assert ink[100:110].all()
    assert not ink[200:210].any()


def test_the_ink_keeps_the_colour_of_its_pen() -> None:
    pixels = paper()
    pixels[100:110] = (200, 30, 40)
    found = drawn(commission(pixels))
    assert np.allclose(found.color[52] * 255, (200, 30, 40), atol=1)
    assert found.amount[52].min() == 1


@pytest.mark.parametrize("size", [(256, 256), (2048, 2048), (2048, 256), (300, 1111)])
def test_a_thin_line_survives_any_size(size: tuple[int, int]) -> None:
    width, height = size
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).line([(width * 0.1, height * 0.1), (width * 0.9, height * 0.9)], fill="black", width=1)
    ink = drawn(commission(np.asarray(image))).ink
    assert ink.shape == (768, 768)
    for column in range(90, 680, 10):
        assert ink[:, column].any()


def test_at_weight_10_the_ink_lies_where_it_was_drawn() -> None:
    assert sway(commission(paper(), sketch_weight=10)) is None


def test_lines_stray_steadily_farther_as_the_weight_falls_up_to_14_pixels() -> None:
    strays = []
    for weight in (9, 5, 0):
        away = sway(commission(paper(), sketch_weight=weight))
        assert away is not None
        strays.append(float(np.hypot(*away).max()))
    assert strays == pytest.approx([1.4, 7, 14], rel=0.01)
    assert looseness(commission(paper(), sketch_weight=0)) == 1


def test_a_thin_line_stays_whole_when_it_sways() -> None:
    pixels = paper()
    pixels[380, 100:660] = 0
    ink = drawn(commission(pixels, sketch_weight=0)).ink
    assert ink[:, 120:640].any(axis=0).all()
    assert not ink[380, 100:660].all()


def test_extraction_finds_the_border_between_two_painted_areas() -> None:
    y, x = np.mgrid[0:768, 0:768]
    disc = np.hypot(y - 384, x - 384) < 200
    pixels = np.where(disc[..., None], (60, 110, 190), (225, 205, 160)).astype(np.uint8)
    ink = drawn(commission(pixels, (9, 9, 9), sketch_extraction=True)).ink
    radius = np.hypot(y - 384, x - 384)[ink]
    assert np.abs(radius - 200).max() < 12
    angle = np.arctan2(y - 384, x - 384)[ink]
    assert len(np.unique((angle * 20).astype(int))) > 120


def test_extraction_gives_a_drawn_line_back_as_one_line() -> None:
    pixels = paper()
    pixels[380:387, 100:660] = 0
    ink = drawn(commission(pixels, sketch_extraction=True)).ink
    rows = np.flatnonzero(ink[:, 300])
    assert 378 <= rows.min() <= rows.max() <= 388
    assert (np.diff(rows) == 1).all()


def test_extraction_finds_nothing_on_an_even_ground() -> None:
    assert not drawn(commission(paper() // 2, sketch_extraction=True)).ink.any()
