"""Lines, their gaps, the rooms between them, and what strokes meant."""

import numpy as np
import pytest
from offline.paint.drawings import INK, WIDTH, outlines, true_rooms, with_holes
from offline.paint.measures import room_score
from PIL import Image, ImageDraw

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.offline.paint.enclosure import Enclosure
from sketch_widget.offline.paint.gaps import close_gaps
from sketch_widget.offline.paint.intent import meant
from sketch_widget.offline.paint.lines import Lines, trace
from sketch_widget.offline.paint.reading import divide

Line = list[tuple[float, float]]
ARC = [(192 + 80 * np.cos(a), 192 + 80 * np.sin(a)) for a in np.radians(np.arange(20, 341, 4))]
"""A circle on the grid with a gap of 40 degrees at its right."""
SMILE = [(192 + 80 * np.cos(a), 192 + 80 * np.sin(a)) for a in np.radians(np.arange(20, 161, 4))]


def drawing(*lines: Line, width: int = 3) -> Lines:
    image = Image.new("1", (384, 384))
    pen = ImageDraw.Draw(image)
    for line in lines:
        pen.line(line, fill=1, width=width, joint="curve")
    return trace(np.asarray(image))


def rules(lines: Lines) -> list[str]:
    return [segment.rule for segment in close_gaps(lines).segments]


def room_at(lines: Lines, x: int, y: int) -> tuple[int, bool]:
    """How many regions there are, and whether the one at a place is shut off from the frame."""
    labels, _, _ = divide(lines)
    return int(labels.max()), bool(labels[y, x] != labels[0, 0])


def test_a_line_ends_twice_and_its_ends_point_outward() -> None:
    left, right = sorted(drawing([(100, 200), (250, 200)]).ends, key=lambda end: end.x)
    assert (left.x, right.x) == (pytest.approx(100, abs=3), pytest.approx(250, abs=3))
    assert (left.right, right.right) == (pytest.approx(-1, abs=0.05), pytest.approx(1, abs=0.05))


def test_an_overshoot_at_a_crossing_is_not_an_end() -> None:
    lines = drawing([(100, 100), (300, 100)], [(200, 96), (200, 300)])
    assert len(lines.ends) == 3


def test_scribbled_ink_is_solid_and_a_broad_pen_is_not() -> None:
    assert drawing([(100, 200), (250, 200)], [(180, 60), (180, 140)], width=30).solid.sum() == 0
    image = Image.new("1", (384, 384))
    ImageDraw.Draw(image).ellipse([100, 100, 200, 200], fill=1)
    assert trace(np.asarray(image)).solid.sum() > 6000


def test_a_circle_left_open_is_closed() -> None:
    assert room_at(drawing(ARC), 192, 192) == (2, True)


def test_a_smile_stays_open() -> None:
    assert rules(drawing(SMILE)) == []
    assert room_at(drawing(SMILE), 192, 230) == (1, False)


def test_rays_around_a_disc_are_not_tied_together() -> None:
    circle = [(192 + 50 * np.cos(a), 192 + 50 * np.sin(a)) for a in np.radians(np.arange(0, 361, 4))]
    rays = [[(192 + r * np.cos(a), 192 + r * np.sin(a)) for r in (70, 100)] for a in np.radians(np.arange(0, 360, 30))]
    assert room_at(drawing(circle, *rays), 192, 192) == (2, True)


def test_short_rays_close_to_a_disc_are_not_tied_together_below_it() -> None:
    circle = [(192 + 50 * np.cos(a), 192 + 50 * np.sin(a)) for a in np.radians(np.arange(0, 361, 4))]
    turns = np.radians(np.arange(0, 360, 36) + 18)
    rays = [[(192 + r * np.cos(a), 192 + r * np.sin(a)) for r in (55, 72)] for a in turns]
    assert "bottom" not in rules(drawing(circle, *rays))
    assert room_at(drawing(circle, *rays), 192, 254)[1] is False


def test_a_trunk_is_closed_at_the_bottom() -> None:
    crown = [(110, 200), (110, 80), (274, 80), (274, 200), (220, 200)]
    assert room_at(drawing([(170, 320), (170, 200), *crown, (220, 320)]), 195, 260) == (2, True)


def test_a_trunk_on_a_drawn_ground_is_no_part_of_the_ground() -> None:
    crown = [(170, 200), (110, 200), (110, 80), (274, 80), (274, 200), (220, 200)]
    ground = [[(4, 322), (160, 322)], [(230, 322), (380, 322)]]
    lines = drawing([(170, 318), *crown, (220, 318)], *ground)
    labels, _, _ = divide(lines)
    assert labels[300, 195] != labels[370, 195]
    assert labels[300, 195] != labels[20, 195]


def test_a_tree_drawn_in_one_line_with_its_ground_is_closed_from_foot_to_foot() -> None:
    crown = [(172, 240), (110, 240), (90, 170), (140, 80), (220, 70), (280, 130), (280, 220), (212, 240)]
    tree = drawing([(20, 345), (168, 343), *crown, (216, 344), (360, 345)])
    assert room_at(tree, 190, 150) == (2, True)
    assert room_at(tree, 192, 300) == (2, True)
    assert room_at(tree, 60, 300)[1] is False


def test_an_arm_is_not_tied_to_the_ground_however_wide_that_is_drawn() -> None:
    dress = [(183, 128), (140, 240), (245, 240), (201, 128)]
    legs = [[(x, 240), (x, 312)] for x in (175, 209)]
    girl = drawing(dress, *legs, [(170, 160), (120, 200)], [(214, 160), (264, 200)], [(10, 312), (374, 312)])
    assert room_at(girl, 240, 280)[1] is False
    assert room_at(girl, 192, 220)[1] is True


@pytest.mark.parametrize("over", [8, 11, 15])
def test_a_roof_that_overhangs_its_walls_is_closed(over: int) -> None:
    walls = [(110, 200), (270, 200), (270, 330), (110, 330), (110, 200)]
    roof = [(110 - over, 202), (190, 110), (270 + over, 203)]
    assert room_at(drawing(walls, roof), 190, 160) == (3, True)


def test_a_straight_line_above_a_thing_is_no_roof() -> None:
    thing = [(100, 200), (280, 200), (280, 330), (100, 330), (100, 200)]
    lines = drawing(thing, [(92, 186), (288, 186)])
    assert "eaves" not in rules(lines)
    assert room_at(lines, 190, 193)[1] is False


def test_an_arch_over_a_thing_is_not_closed_against_it() -> None:
    thing = [(150, 250), (230, 250), (230, 330), (150, 330), (150, 250)]
    arch = [(60, 260), (90, 120), (190, 60), (290, 120), (320, 260)]
    assert "eaves" not in rules(drawing(thing, arch))


def test_hills_in_one_line_are_not_closed_below() -> None:
    hills = drawing([(40, 300), (100, 200), (160, 300), (220, 200), (280, 300), (340, 200)])
    assert "feet" not in rules(hills)
    assert room_at(hills, 100, 270)[1] is False


def test_a_horizon_is_run_out_to_the_frame_only_when_both_sides_reach_for_it() -> None:
    assert rules(drawing([(30, 250), (350, 255)])) == ["horizon", "horizon"]
    assert rules(drawing([(30, 250), (200, 255)])) == []


def test_the_neck_of_an_hourglass_is_no_gap() -> None:
    glass = [(100, 60), (190, 190), (100, 320), (290, 320), (200, 190), (290, 60), (100, 60)]
    assert room_at(drawing(glass), 195, 100) == (2, True)


def test_a_doorway_between_two_lines_ends_a_room() -> None:
    left_wall, right_wall = [(192, 80), (192, 186)], [(192, 199), (192, 300)]
    frame = [(80, 80), (300, 80), (300, 300), (80, 300), (80, 80)]
    labels, _, _ = divide(drawing(frame, left_wall, right_wall))
    assert labels[190, 100] != labels[190, 280]


def test_thousands_of_ends_are_left_alone() -> None:
    dots = np.zeros((384, 384), bool)
    dots[::6, ::6] = dots[1::6, ::6] = dots[2::6, ::6] = True
    assert close_gaps(trace(dots)).segments == ()


def test_the_share_of_a_segment_tells_a_gap_from_a_chord() -> None:
    gap = Enclosure(drawing(ARC).ink)
    first, last = ((int(y), int(x)) for x, y in (ARC[0], ARC[-1]))
    assert gap.share(first, last) == pytest.approx(55 / 500, rel=0.35)
    smile = Enclosure(drawing(SMILE).ink)
    first, last = ((int(y), int(x)) for x, y in (SMILE[0], SMILE[-1]))
    assert smile.share(first, last) > 0.35
    assert gap.share((20, 20), (20, 60)) == float("inf")


def test_a_stroke_whose_ends_nearly_meet_is_meant_as_closed() -> None:
    sketch = Sketch([Stroke(np.array(ARC) * 2, INK, WIDTH), Stroke(np.array(SMILE) * 2 + (0, 40), INK, WIDTH)])
    intent = meant(sketch, drawing(ARC, [(x, y + 20) for x, y in SMILE]).ink)
    assert intent.rubbed == ()
    ((start, stop),) = intent.nearly
    assert np.allclose([start, stop], [ARC[-1][::-1], ARC[0][::-1]], atol=2)


def test_what_the_eraser_took_from_a_stroke_is_closed_along_its_way() -> None:
    circle = [(192 + 80 * np.cos(a), 192 + 80 * np.sin(a)) for a in np.radians(np.arange(0, 361, 4))]
    sketch = Sketch([Stroke(np.array(circle) * 2, INK, WIDTH)]).erase((384, 544), 40)
    ink = (sketch.pixels()[..., 0] < 200)[::2, ::2]
    (way,) = meant(sketch, ink).rubbed
    assert len(way) > 10
    assert all(abs(np.hypot(y - 192, x - 192) - 80) < 2 for y, x in way)


@pytest.mark.parametrize(
    ("hole", "with_strokes", "least"),
    [(0, False, 0.99), (16, False, 0.95), (24, False, 0.87), (0, True, 0.99), (16, True, 0.97), (24, True, 0.93)],
)
def test_rooms_are_found_in_spite_of_holes(hole: int, with_strokes: bool, least: float) -> None:
    scores = []
    for seed in range(10):
        shapes = outlines(seed)
        rooms, ink = true_rooms(shapes)
        scores.append(room_score(with_holes(shapes, hole, seed), rooms, ink, with_strokes))
    assert np.mean(scores) >= least
