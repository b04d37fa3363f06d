from itertools import combinations, pairwise

import numpy as np
import pytest
from offline.paint.planned import plan

from sketch_widget.offline.paint.colour import Lch, distance
from sketch_widget.offline.paint.plan import Plan
from sketch_widget.offline.paint.prop_shapes import SHAPES, pieces
from sketch_widget.offline.paint.props import MOST_COVERED, covered
from sketch_widget.offline.paint.scenery import Prop
from sketch_widget.offline.paint.skyline import OUTLINES


def look(picture: Plan) -> tuple[object, ...]:
    """What one remembers of a landscape at a glance."""
    scenery = picture.scenery
    orb = scenery.orb and (round(scenery.orb.x / 200), round(scenery.orb.y / 200), scenery.orb.radius > 66)
    clouds = {"streak" if cloud.streak else "puff" for cloud in scenery.clouds}
    return scenery.setting.time, tuple(band.kind for band in scenery.bands), orb, tuple(sorted(clouds))


def test_a_class_of_thirty_does_not_see_the_same_day_thirty_times() -> None:
    class_of_30 = [plan("two_pens", "a house", seed=f"pupil {number}") for number in range(30)]
    assert len({look(picture) for picture in class_of_30}) >= 24
    apart = [distance(a.scenery.sky[0], b.scenery.sky[0]) for a, b in combinations(class_of_30, 2)]
    assert np.mean(apart) > 0.07


def test_the_same_order_has_the_same_scenery() -> None:
    first, again = plan("tree", "a tree"), plan("tree", "a tree")
    assert look(first) == look(again)
    assert first.scenery.sky == again.scenery.sky


@pytest.mark.parametrize(
    ("prompt", "place", "time", "weather"),
    [
        ("a boat at sunset", "sea", "sunset", "clear"),
        ("a cat on the beach in the rain", "beach", "day", "rain"),
        ("夜晚的城市", "city", "night", "clear"),
        ("a house by the lake at night", "lakeside", "night", "clear"),
        ("海边的房子 日落", "beach", "sunset", "clear"),
        ("a rocket", "space", "day", "clear"),
        ("月亮", "sky", "night", "clear"),
        ("xyzzy", "studio", "day", "clear"),
        ("a cat on a sofa", "room", "day", "clear"),
        ("厨房里的猫", "room", "day", "clear"),
        ("a dog in the classroom", "classroom", "day", "clear"),
        ("a robot on the moon", "moon", "day", "clear"),
        ("月球上的机器人", "moon", "day", "clear"),
        ("白天 火星上的机器人", "mars", "day", "clear"),
        ("山洞里的熊", "cave", "day", "clear"),
        ("白天 雪山下的小木屋", "alps", "day", "clear"),
        ("白天 瀑布边的房子", "lakeside", "day", "clear"),
        ("a cyberpunk cat", "city", "night", "clear"),
        ("a halloween cat", "meadow", "night", "clear"),
        ("过年的猫", "city", "night", "clear"),
    ],
)
def test_the_prompt_decides_place_time_and_weather(prompt: str, place: str, time: str, weather: str) -> None:
    setting = plan("tree", prompt).scenery.setting
    assert (setting.place, setting.time, setting.weather) == (place, time, weather)


def test_the_four_variants_show_four_lights_when_the_prompt_names_no_time() -> None:
    scenes = [plan("tree", "a tree", variant).scenery for variant in range(4)]
    assert len({scene.setting.time for scene in scenes}) >= 3
    assert len({scene.sky for scene in scenes}) == 4


def test_all_variants_keep_to_the_time_that_the_prompt_names() -> None:
    assert {plan("tree", "a tree at night", variant).scenery.setting.time for variant in range(4)} == {"night"}


def test_a_colour_asked_for_the_sky_is_the_skys() -> None:
    zenith = plan("tree", "a tree under a purple sky").scenery.sky[0]
    assert 290 < zenith.hue < 325


def test_snow_falls_in_snow_and_nothing_falls_on_a_clear_day() -> None:
    assert {mark.kind for mark in plan("tree", "a tree in the snow").scenery.falling} == {"flake"}
    assert plan("tree", "a tree").scenery.falling == ()


def test_a_room_has_a_wall_a_floor_and_furnishings_and_no_weather() -> None:
    rooms = [plan("tree", "a tree in the kitchen", seed=f"pupil {number}").scenery for number in range(12)]
    kinds = {prop.kind for room in rooms for prop in room.props}
    assert {"window", "picture", "shelf", "skirting"} <= kinds
    assert all(room.bands[0].kind == "floor" for room in rooms)
    assert not any(room.clouds or room.falling or room.orb for room in rooms)


@pytest.mark.parametrize("number", range(6))
def test_a_wall_at_night_is_a_deep_blue(number: int) -> None:
    wall = plan("tree", "a tree in the kitchen at night", seed=f"pupil {number}").scenery.sky[1]
    assert wall.lightness < 0.45
    assert 235 < wall.hue < 310
    assert wall.chroma > 0.04


def test_the_moon_is_grey_under_a_black_sky_with_nothing_in_the_air() -> None:
    scenery = plan("tree", "a tree on the moon in the snow").scenery
    ground = next(band for band in scenery.bands if band.ground)
    assert max(ground.top.chroma, ground.bottom.chroma) < 0.03
    assert scenery.sky[0].lightness < 0.2
    assert ground.top.lightness > scenery.sky[2].lightness + 0.2
    assert scenery.stars
    assert (scenery.orb, scenery.clouds, scenery.falling) == (None, (), ())


def test_mars_is_rusty_above_and_below() -> None:
    scenery = plan("tree", "a tree on mars").scenery
    ground = next(band for band in scenery.bands if band.ground)
    assert all(20 < colour.hue < 80 for colour in (ground.top, scenery.sky[0], scenery.sky[1]))


def test_a_cave_has_no_sun_no_clouds_and_walls_darker_than_its_mouth() -> None:
    scenery = plan("tree", "a tree in a cave").scenery
    assert (scenery.orb, scenery.clouds) == (None, ())
    assert scenery.sky[0].lightness < 0.35 < scenery.sky[2].lightness


def test_snowy_mountains_are_white_above_green_ground() -> None:
    scenery = plan("tree", "雪山下的树").scenery
    far = next(band for band in scenery.bands if band.kind in ("mountains", "slope"))
    ground = next(band for band in scenery.bands if band.ground)
    assert far.top.lightness > 0.8
    assert far.top.chroma < 0.06
    assert far.bottom.lightness < far.top.lightness - 0.1
    assert 100 < ground.top.hue < 170


@pytest.mark.parametrize(
    ("prompt", "low", "high"), [("a cyberpunk tree", 190, 385), ("a tree at halloween", 20, 140), ("春节的树", 20, 60)]
)
def test_a_festive_night_glows_at_the_horizon(prompt: str, low: float, high: float) -> None:
    horizon = plan("tree", prompt).scenery.sky[2]
    assert horizon.chroma > 0.11
    assert low < horizon.hue < high or low < horizon.hue + 360 < high


def test_confetti_falls_at_a_party_indoors_and_out() -> None:
    for prompt in ("a tree at a party", "派对上的树", "a party in the kitchen"):
        assert {mark.kind for mark in plan("tree", prompt).scenery.falling} == {"petal"}


def test_the_moon_of_mid_autumn_is_full() -> None:
    orbs = [plan("tree", "中秋节的树", seed=f"pupil {number}").scenery.orb for number in range(8)]
    assert any(orbs)
    assert not any(orb.crescent for orb in orbs if orb)


def test_a_classroom_has_a_blackboard() -> None:
    assert "board" in {prop.kind for prop in plan("tree", "a tree in the classroom").scenery.props}


def test_the_drawing_hides_little_of_what_stands_beside_it() -> None:
    picture = plan("tree", "a tree in the forest")
    shares = [covered(picture.reading, prop) for prop in picture.scenery.props]
    assert shares
    assert max(shares) <= MOST_COVERED


@pytest.mark.parametrize("kind", SHAPES)
def test_a_props_shapes_lie_around_its_place(kind: str) -> None:
    prop = Prop(kind, 400, 500, 160, 180, Lch(0.6, 0.1, 140), Lch(0.4, 0.05, 50))
    masks = [mask for mask, _ in pieces(prop)]
    assert all(mask.min() >= 0 and mask.max() <= 1 for mask in masks)
    drawn = np.max(masks, axis=0)
    assert drawn.sum() > 100
    rows, columns = np.nonzero(drawn > 0.5)
    if kind not in ("skirting", "wallpaper", "lamp"):
        assert columns.min() > 400 - 200
        assert columns.max() < 400 + 200
        assert rows.min() > 500 - 270
        assert rows.max() < 500 + 40


@pytest.mark.parametrize("name", OUTLINES)
def test_an_outline_stays_within_its_height(name: str) -> None:
    for seed in range(8):
        outline = OUTLINES[name](np.random.default_rng(seed), 100)
        assert outline.shape == (768,)
        assert outline.min() >= -12
        assert outline.max() <= 130


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("place", [(-30, 300), (3, 40), (34, 719), (770, 500), (384, 790), (-400, 300)])
def test_a_prop_at_the_edge_has_only_shapes_that_can_be_seen(kind: str, place: tuple[int, int]) -> None:
    prop = Prop(kind, *place, 104, 248, Lch(0.6, 0.1, 140), Lch(0.4, 0.05, 50))
    assert all(mask.any() for mask, _ in pieces(prop))


def test_a_road_has_a_broken_line_and_nothing_stands_on_it() -> None:
    roads = [plan("tree", "a tree on the road", seed=f"pupil {number}").scenery for number in range(8)]
    for road in roads:
        dashes = [mark for mark in road.marks if mark.kind == "dash"]
        steps = {round(right.x - left.x, 3) for left, right in pairwise(dashes)}
        assert len(dashes) >= 4
        assert len(steps) == 1
        assert all(prop.y < dashes[0].y for prop in road.props if prop.kind != "birds")
    assert len({road.marks[0].y for road in roads}) == 8


def test_a_drawn_out_cloud_is_one_piece_and_thin_at_its_ends() -> None:
    skies = [plan("tree", "a tree", seed=f"pupil {number}").scenery for number in range(40)]
    long_ones = [cloud for sky in skies for cloud in sky.clouds if cloud.streak]
    assert len(long_ones) >= 4
    for cloud in long_ones:
        assert all(right[0] - left[0] < left[2] + right[2] for left, right in pairwise(cloud.puffs))
        radii = [radius for _, _, radius in cloud.puffs]
        assert max(radii[0], radii[-1]) < 0.6 * max(radii)
        assert 6 * max(radii) < cloud.width
