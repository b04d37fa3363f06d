import ast
import hashlib
import inspect
from dataclasses import fields
from functools import cache

import numpy as np
import pytest
from offline.paint.drawings import drawn_by_people, scribble

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.reading import GRID, SIDE, Reading, read


def paper(height: int = 768, width: int = 768) -> np.ndarray:
    return np.full((height, width, 3), 255, np.uint8)


def with_ink(ink: np.ndarray) -> np.ndarray:
    return np.where(ink[..., None], 0, paper(*ink.shape)).astype(np.uint8)


def checkerboard(size: int) -> np.ndarray:
    y, x = np.mgrid[0:768, 0:768]
    return with_ink((y // size + x // size) % 2 == 0)


@cache
def odd_drawings() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    dot, frame, edge = paper(), paper(), paper()
    dot[300, 500] = 0
    frame[0] = frame[-1] = frame[:, 0] = frame[:, -1] = 0
    edge[0:80, 100] = edge[0:80, 200] = edge[80, 100:201] = 0
    return {
        "empty": paper(),
        "only an eraser": Sketch([Stroke([(9, 9), (700, 700)], eraser=True)]).pixels(),
        "one dot": dot,
        "a filled canvas": paper() // 255,
        "a frame of one pixel": frame,
        "at the edge": edge,
        "a checkerboard of pixels": checkerboard(1),
        "a checkerboard of squares": checkerboard(48),
        "noise": rng.integers(0, 256, (768, 768, 3)).astype(np.uint8),
        "salt": with_ink(rng.random((768, 768)) < 0.02),
        "300 strokes": scribble(9, 300).pixels(),
        "small": scribble(4).pixels()[:256, :256],
        "flat": np.tile(scribble(5).pixels()[:256], (1, 3, 1))[:, :2048],
        "tall": scribble(6).pixels()[:, :300].repeat(2, axis=0),
    }


ODD = tuple(odd_drawings())


def check(reading: Reading) -> None:
    """What every painter relies on."""
    count = len(reading.regions)
    assert count >= 1
    assert reading.labels.min() >= 1
    assert reading.labels.max() <= count
    assert [region.label for region in reading.regions] == list(range(1, count + 1))
    assert sorted(label for group in reading.groups for label in group) == list(range(1, count + 1))
    assert [thing.label for thing in reading.things] == list(range(1, len(reading.things) + 1))
    assert [stroke.label for stroke in reading.free_strokes] == list(range(1, len(reading.free_strokes) + 1))
    assert any(region.paper for region in reading.regions)
    assert np.array_equal(reading.silhouette, reading.things_map > 0)
    shares = np.zeros((SIDE, SIDE), np.float32)
    for weight in reading.weights:
        shares[weight.window] += weight.share
    assert np.abs(shares - 1).max() < 0.01
    for name, value in vars(reading).items():
        if isinstance(value, np.ndarray):
            assert value.shape[:2] in ((SIDE, SIDE), (GRID, GRID)), name
            assert not value.flags.writeable, name
            if value.dtype != bool:
                assert np.isfinite(value).all(), name
                assert value.dtype in (np.float32, np.int32), name
    for region in reading.regions:
        assert region.parent != region.label
        assert region.paper == (region.thing == 0)


@pytest.mark.parametrize("name", ODD)
def test_any_drawing_is_read(name: str) -> None:
    check(read(Commission(odd_drawings()[name], "")))


@pytest.mark.parametrize("name", ["empty", "a filled canvas", "noise", "flat"])
def test_lines_are_sought_in_any_picture(name: str) -> None:
    check(read(Commission(odd_drawings()[name], "", sketch_extraction=True)))


@pytest.mark.parametrize("seed", range(8))
def test_any_scribble_is_read_at_any_weight_with_its_strokes_or_without(seed: int) -> None:
    sketch = scribble(100 + seed, 3 + 4 * seed)
    strokes = sketch if seed % 2 else None
    check(read(Commission(sketch.pixels(), "", sketch_weight=seed, strokes=strokes)))


def test_every_field_of_a_reading_is_documented() -> None:
    strings = [part for part in ast.walk(ast.parse(inspect.getsource(Reading))) if isinstance(part, ast.Expr)]
    assert len(strings) == 1 + len(fields(Reading))


def test_an_empty_drawing_is_all_paper() -> None:
    reading = read(Commission(paper(), ""))
    assert reading.is_empty
    assert reading.things == reading.free_strokes == reading.horizons == ()
    assert (reading.outside == 200).all()


def test_a_house_is_one_thing_with_its_door_inside() -> None:
    house = next(drawing for drawing in drawn_by_people() if drawing.word == "house")
    reading = read(Commission(house.sketch.pixels(), "a house"))
    assert len(reading.things) == 1
    assert any(region.depth or region.enclosed for region in reading.regions)
    assert reading.box[0] < reading.box[2]


def test_whiskers_are_free_strokes_and_a_face_is_not() -> None:
    cat = next(drawing for drawing in drawn_by_people() if drawing.word == "cat")
    reading = read(Commission(cat.sketch.pixels(), "a cat"))
    assert len(reading.free_strokes) >= 5
    assert all(stroke.length < 80 for stroke in reading.free_strokes)
    assert reading.silhouette.sum() > 15_000


def test_a_line_from_side_to_side_is_a_horizon() -> None:
    sketch = Sketch([Stroke([(20, 500), (400, 490), (750, 505)])])
    (curve,) = read(Commission(sketch.pixels(), "")).horizons
    assert curve.shape == (768,)
    assert np.abs(curve - 498).max() < 12
    assert read(Commission(sketch.pixels(), "")).free_strokes[0].horizon


def test_lines_that_part_the_sky_from_top_to_bottom_are_no_horizon() -> None:
    sketch = Sketch([Stroke([(x, 0), (x, 500)]) for x in (200, 560)] + [Stroke([(0, 500), (767, 500)])])
    (curve,) = read(Commission(sketch.pixels(), "")).horizons
    assert np.abs(curve - 500).max() < 6


def test_a_colored_line_keeps_its_colour() -> None:
    sketch = Sketch([Stroke([(100, 300), (600, 300)], "#c81e28", 8)])
    reading = read(Commission(sketch.pixels(), ""))
    assert reading.free_strokes[0].ink == (200, 30, 40)
    assert np.allclose(reading.line_color[150, 150] * 255, (200, 30, 40), atol=3)
    assert reading.line_chroma[150, 150] == 1
    assert reading.line_chroma[20, 20] == 0


def test_a_scribbled_spot_is_a_solid_region_in_its_colour() -> None:
    y, x = np.mgrid[0:768, 0:768]
    pixels = np.where((np.hypot(y - 384, x - 384) < 90)[..., None], (200, 30, 40), 255).astype(np.uint8)
    solid = [region for region in read(Commission(pixels, "")).regions if region.solid]
    assert [region.ink for region in solid] == [(200, 30, 40)]


def test_the_width_of_the_pen_does_not_change_the_regions() -> None:
    cat = next(drawing for drawing in drawn_by_people() if drawing.word == "rabbit")
    counts = []
    for width in (2, 5, 9):
        strokes = [Stroke(stroke.points, stroke.color, width) for stroke in cat.sketch.strokes]
        counts.append(len(read(Commission(Sketch(strokes).pixels(), "")).regions))
    assert max(counts) - min(counts) <= 2


def test_a_reading_is_the_same_every_time() -> None:
    def digest() -> str:
        reading = read(Commission(scribble(3).pixels(), "", sketch_weight=4))
        parts = (value.tobytes() for value in vars(reading).values() if isinstance(value, np.ndarray))
        return hashlib.sha256(b"".join(parts)).hexdigest()

    assert digest() == digest()
