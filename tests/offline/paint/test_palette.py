import pytest
from offline.paint.planned import plan

from sketch_widget.offline.paint.colour import Lch, distance, hue_difference
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.plan import Plan
from sketch_widget.offline.paint.roles import roles_of


def crown(picture: Plan) -> Lch:
    return picture.palette.regions[max(picture.reading.things, key=lambda thing: thing.area).regions[0]]


def trunk(picture: Plan) -> Lch:
    lowest = max(
        (region for region in picture.reading.regions if not region.paper), key=lambda region: region.center[1]
    )
    return picture.palette.regions[lowest.label]


@pytest.mark.parametrize("prompt", ["a red tree", "红色的树"])
@pytest.mark.parametrize("variant", range(4))
def test_a_red_tree_has_a_red_crown_in_every_variant(prompt: str, variant: int) -> None:
    assert abs(hue_difference(crown(plan("tree", prompt, variant)).hue, 27)) < 9


def test_a_red_tree_keeps_its_brown_trunk() -> None:
    colour = trunk(plan("tree", "a red tree"))
    assert colour.chroma < 0.12
    assert 30 < colour.hue < 80


def test_a_tree_without_a_colour_word_is_green() -> None:
    assert 110 < crown(plan("tree", "a tree")).hue < 165


@pytest.mark.parametrize("variant", range(4))
@pytest.mark.parametrize("prompt", ["a tree in autumn", "秋天的树"])
def test_leaves_turn_in_autumn(prompt: str, variant: int) -> None:
    assert 20 < crown(plan("tree", prompt, variant)).hue < 95


@pytest.mark.parametrize("prompt", ["a green tree in autumn", "an autumn tree with green leaves", "秋天的绿树"])
def test_a_colour_word_wins_over_the_season(prompt: str) -> None:
    assert 110 < crown(plan("tree", prompt)).hue < 165


@pytest.mark.parametrize("prompt", ["a tree beside a sofa", "沙发旁边的树", "树在红色的沙发旁"])
def test_a_single_drawn_thing_is_the_one_the_prompt_is_about(prompt: str) -> None:
    assert 110 < crown(plan("tree", prompt)).hue < 165


def test_the_same_order_has_the_same_colours_and_another_drawing_may_differ() -> None:
    first, again = plan("tree", "flooble"), plan("tree", "flooble")
    other = plan("tree", "flooble", seed="another drawing")
    assert first.palette.regions == again.palette.regions
    assert first.palette.regions != other.palette.regions


def test_unknown_words_give_colours_that_are_neither_grey_nor_all_alike() -> None:
    colours = list(plan("tree", "xyzzy").palette.regions.values())
    assert min(colour.chroma for colour in colours) > 0.06
    assert distance(colours[0], colours[1]) > 0.05


def test_look_alike_eyes_share_a_colour() -> None:
    picture = plan("face", "xyzzy")
    (eyes,) = [group for group in picture.reading.groups if len(group) == 2]
    one, other = (picture.palette.regions[label] for label in eyes)
    assert distance(one, other) < 0.06


def test_several_pens_tint_what_they_outline() -> None:
    picture = plan("two_pens", "something")
    by_height = sorted((r for r in picture.reading.regions if not r.paper), key=lambda r: r.center[1])
    roof, box = (picture.palette.regions[by_height[k].label] for k in (0, -1))
    assert abs(hue_difference(roof.hue, 27)) < 15
    assert abs(hue_difference(box.hue, 265)) < 15


def test_walls_in_black_take_no_colour_from_a_coloured_roof_and_door() -> None:
    regions = [region for region in plan("three_pens", "something").reading.regions if not region.paper]
    roof, walls, door = (region.ink for region in sorted(regions, key=lambda region: region.center[1]))
    assert (roof, walls, door) == ((200, 30, 30), None, (30, 80, 200))


def test_a_colour_word_wins_over_the_pens() -> None:
    picture = plan("two_pens", "a green house")
    box = max((r for r in picture.reading.regions if not r.paper), key=lambda r: r.center[1])
    assert abs(hue_difference(picture.palette.regions[box.label].hue, 142)) < 12


def test_blue_eyes_are_blue_and_the_cat_is_not() -> None:
    picture = plan("face", "a cat with blue eyes")
    (eyes,) = [group for group in picture.reading.groups if len(group) == 2]
    assert all(abs(hue_difference(picture.palette.regions[label].hue, 250)) < 20 for label in eyes)
    assert 40 < crown(picture).hue < 80


@pytest.mark.parametrize("variant", range(4))
@pytest.mark.parametrize("draw", ["traffic_light", "traffic_light_on_a_post"])
def test_the_lamps_of_a_traffic_light_are_red_yellow_and_green_from_the_top(draw: str, variant: int) -> None:
    picture = plan(draw, "红绿灯", variant)
    lamps = sorted((r for r in picture.reading.regions if r.depth == 1), key=lambda r: r.center[1])
    red, yellow, green = (picture.palette.regions[lamp.label].hue for lamp in lamps)
    assert abs(hue_difference(red, 27)) < 15
    assert 75 < yellow < 105
    assert 130 < green < 160


@pytest.mark.parametrize("variant", range(4))
@pytest.mark.parametrize("prompt", ["a fire truck", "消防车", "a stop sign", "红包"])
def test_what_is_known_by_its_colour_keeps_it_in_every_variant(prompt: str, variant: int) -> None:
    assert abs(hue_difference(crown(plan("tree", prompt, variant)).hue, 27)) < 10


@pytest.mark.parametrize("variant", range(4))
@pytest.mark.parametrize("prompt", ["a flag at halloween", "万圣节的旗子"])
def test_a_made_thing_wears_the_colours_of_a_festival(prompt: str, variant: int) -> None:
    hue = crown(plan("tree", prompt, variant)).hue
    turns = (0, 12, -14, 22)
    assert min(abs(hue_difference(hue - turns[variant], festive)) for festive in (55, 305, 130, 85, 300, 27)) < 10


def test_an_animal_keeps_its_colours_at_a_festival() -> None:
    assert 40 < crown(plan("face", "春节的猫")).hue < 80


def test_a_colour_word_wins_over_a_festival() -> None:
    assert abs(hue_difference(crown(plan("tree", "a blue flag at halloween")).hue, 250)) < 9


def test_the_variants_turn_the_colours_and_the_first_does_not() -> None:
    hues = [crown(plan("tree", "a tree", variant)).hue for variant in range(4)]
    assert abs(hue_difference(hues[0], 137)) < 10
    assert all(abs(hue_difference(hues[k], hues[0])) > 5 for k in (1, 2, 3))


def test_the_petals_around_a_middle_share_a_colour_whatever_their_length() -> None:
    picture = plan("daisy", "a flower")
    middle = picture.reading.labels[192, 192]
    petals = [region for region in picture.reading.regions if not region.paper and region.label != middle]
    assert len(petals) == 5
    assert len({region.group for region in petals}) == 1


def test_a_sun_and_all_its_rays_are_of_one_colour() -> None:
    picture = plan("sun", "a sun")
    disc = max((region for region in picture.reading.regions if not region.paper), key=lambda region: region.area)
    body = picture.palette.regions[disc.label]
    rays = [picture.palette.strokes[stroke.label] for stroke in picture.reading.free_strokes]
    assert len(rays) == 8
    assert all(ray is not None and abs(hue_difference(ray.hue, body.hue)) < 12 for ray in rays)


@pytest.mark.parametrize("number", range(8))
def test_a_round_head_beside_the_body_is_no_eye(number: int) -> None:
    picture = plan("cat", "a cat", seed=f"pupil {number}")
    regions = sorted((region for region in picture.reading.regions if not region.paper), key=lambda one: -one.area)
    body, head = (picture.palette.regions[region.label] for region in regions[:2])
    assert abs(hue_difference(head.hue, body.hue)) < 30


def test_a_head_on_a_body_of_lines_is_no_sun() -> None:
    reading = plan("stick_man", "two friends").reading
    words = words_of_painting("two friends")
    roles = roles_of(reading, words, plan("stick_man", "two friends").scenery.setting)
    things = sorted(reading.things, key=lambda thing: thing.center[0])
    named = [role.entry.name for thing in things if (role := roles[thing.label])]
    assert (named[0], named[-1]) == ("person", "sun")
    assert set(named[:-1]) == {"person"}


def test_the_large_thing_is_the_house_and_not_the_family_before_it() -> None:
    picture = plan("house_and_man", "my family in front of our house")
    roles = roles_of(picture.reading, words_of_painting("my family in front of our house"), picture.scenery.setting)
    largest = max(picture.reading.things, key=lambda thing: thing.area)
    assert (role := roles[largest.label]) is not None
    assert role.entry.name == "house"


@pytest.mark.parametrize("prompt", ["a girl", "我的妈妈", "a superhero", "a princess in a pink dress", "红裙子的公主"])
def test_a_person_drawn_whole_has_a_face_on_top_and_is_dressed_below(prompt: str) -> None:
    picture = plan("woman", prompt)
    regions = sorted((region for region in picture.reading.regions if not region.paper), key=lambda one: one.center[1])
    head, dress = (picture.palette.regions[region.label] for region in regions[:2])
    assert head.lightness > 0.8
    assert 40 < head.hue < 90
    assert dress.chroma > 0.12
    assert dress.lightness < 0.8


def test_a_face_drawn_alone_is_a_face() -> None:
    picture = plan("face", "a girl")
    head = picture.palette.regions[max(picture.reading.things, key=lambda thing: thing.area).regions[0]]
    assert head.lightness > 0.8
    assert 40 < head.hue < 90


@pytest.mark.parametrize("number", range(10))
def test_an_open_mouth_wears_no_clothes(number: int) -> None:
    picture = plan("laughing_face", "a girl", seed=f"pupil {number}")
    mouth = picture.palette.regions[int(picture.reading.labels[250, 192])]
    assert not 200 < mouth.hue < 300


@pytest.mark.parametrize("prompt", ["a princess in front of a castle", "a girl in front of a house", "房子前面的女孩"])
def test_a_figure_is_the_person_and_not_the_building_behind(prompt: str) -> None:
    picture = plan("woman", prompt)
    roles = roles_of(picture.reading, words_of_painting(prompt), picture.scenery.setting)
    names = {role.entry.name for role in roles.values() if role is not None}
    assert len(names) == 1
    assert names <= {"princess", "person"}


def test_the_only_thing_drawn_is_what_is_named_first() -> None:
    picture = plan("face", "a girl in front of a house")
    roles = roles_of(picture.reading, words_of_painting("a girl in front of a house"), picture.scenery.setting)
    assert [role.entry.name for role in roles.values() if role is not None] == ["person"]


@pytest.mark.parametrize(
    ("draw", "prompt", "other"),
    [
        ("man_and_dog", "a boy and his dog", "dog"),
        ("man_and_dog", "小男孩遛狗", "dog"),
        ("man_and_snowman", "a boy and a snowman", "snowman"),
        ("man_and_snowman", "小朋友和雪人", "snowman"),
    ],
)
def test_where_one_figure_is_drawn_in_lines_what_is_not_is_no_person(draw: str, prompt: str, other: str) -> None:
    picture = plan(draw, prompt)
    roles = roles_of(picture.reading, words_of_painting(prompt), picture.scenery.setting)
    figure, *_, animal = sorted(picture.reading.things, key=lambda thing: (thing.center[0], thing.center[1]))
    names = [role.entry.name for role in (roles[figure.label], roles[animal.label]) if role]
    assert names == ["person", other]


def test_heads_beside_a_house_are_none_of_its_windows() -> None:
    picture = plan("family_before_a_house", "my family in front of our house")
    regions = [region for region in picture.reading.regions if region.thing]
    head = min(regions, key=lambda region: region.center[0])
    window = next(region for region in regions if region.parent)
    assert picture.reading.groups[head.group] != picture.reading.groups[window.group]
    assert 30 < picture.palette.regions[head.label].hue < 90


@pytest.mark.parametrize("variant", range(4))
@pytest.mark.parametrize("prompt", ["a girl holding a blue balloon", "小女孩拿着蓝色的气球"])
def test_a_head_does_not_share_the_colour_of_a_balloon_that_is_as_round(prompt: str, variant: int) -> None:
    picture = plan("girl_and_balloon", prompt, variant)
    head, balloon = (int(picture.reading.labels[y // 2, x // 2]) for x, y in ((330, 240), (540, 336)))
    assert picture.reading.regions[head - 1].group == picture.reading.regions[balloon - 1].group
    assert 20 < picture.palette.regions[head].hue < 95
    assert 200 < picture.palette.regions[balloon].hue < 290


@pytest.mark.parametrize("number", range(6))
def test_a_small_head_on_a_body_of_lines_is_as_much_a_face_as_a_large_one(number: int) -> None:
    picture = plan("father_and_baby", "father and son", seed=f"family {number}")
    heads = [picture.reading.labels[row, column] for row, column in ((125, 110), (215, 270))]
    assert picture.reading.regions[heads[0] - 1].group != picture.reading.regions[heads[1] - 1].group
    assert all(20 < picture.palette.regions[int(head)].hue < 95 for head in heads)
