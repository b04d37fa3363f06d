import tomllib
from importlib.resources import files

import pytest

from sketch_widget.offline.paint.lexicon import entries, words_heard, words_of_painting


def things(prompt: str) -> list[str]:
    return [mention.entry.name for mention in words_of_painting(prompt).things]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a big tree", ["tree"]),
        ("一棵参天大树", ["tree"]),
        ("two cats and a dog", ["cat", "dog"]),
        ("butterflies over daisies", ["butterfly", "flower"]),
        ("房子和太阳", ["house", "sun"]),
        ("a boy flying a kite", ["person", "balloon"]),
    ],
)
def test_things_are_heard_in_both_languages_and_in_the_plural(prompt: str, expected: list[str]) -> None:
    assert things(prompt) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("三只熊猫", ["panda"]),
        ("一列火车", ["train"]),
        ("a goldfish", ["fish"]),
        ("house plant", ["plant"]),
        ("sunflower", ["sunflower"]),
        ("小机器人", ["robot"]),
        ("polar bear", ["polar_bear"]),
    ],
)
def test_the_longest_word_wins_over_words_inside_it(prompt: str, expected: list[str]) -> None:
    assert things(prompt) == expected


@pytest.mark.parametrize("prompt", ["可爱的", "马上", "上海", "点心", "大家", "catalog", "scar", "starry"])
def test_a_word_that_only_contains_a_known_word_is_not_a_thing(prompt: str) -> None:
    assert things(prompt) == []


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a hot dog", ["hot_dog"]),
        ("热狗", ["hot_dog"]),
        ("a fire truck", ["fire_truck"]),
        ("旋转木马", ["ferris_wheel"]),
        ("树懒", ["monkey"]),
        ("袋鼠", ["kangaroo"]),
        ("吸血鬼", ["vampire"]),
        ("稻草人", ["scarecrow"]),
        ("龙卷风", ["tornado"]),
        ("水母", ["jellyfish"]),
        ("红绿灯", ["traffic_light"]),
        ("降落伞", ["balloon"]),
        ("牛仔裤", ["clothes"]),
        ("牛仔", ["person"]),
        ("橡皮擦", ["book"]),
        ("手机", ["device"]),
        ("手表", ["watch"]),
        ("歌手", ["person"]),
        ("吉他手", ["person"]),
        ("眼镜蛇", ["crocodile"]),
        ("手里的气球", ["balloon"]),
        ("毛毛虫", ["snail"]),
        ("火腿", ["hot_dog"]),
        ("马桶", ["bathtub"]),
        ("旗袍", ["clothes"]),
        ("keyboard", ["device"]),
        ("wristwatch", ["watch"]),
        ("french fries", ["taco"]),
        ("a traffic light", ["traffic_light"]),
        ("christmas tree", ["christmas_tree"]),
        ("圣诞老人", ["santa"]),
        ("蒜", ["onion"]),
    ],
)
def test_a_new_word_wins_over_an_older_one_inside_it(prompt: str, expected: list[str]) -> None:
    assert things(prompt) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a pair of binoculars", "device"),
        ("brushed teeth", "tooth"),
        ("two knives", "cutlery"),
        ("mosquitoes", "mosquito"),
        ("potatoes", "potato"),
        ("blackberries", "grape"),
        ("flip flops", "clothes"),
        ("light bulbs", "light_bulb"),
        ("stairs", "furniture"),
        ("a zigzag", "shape"),
        ("凤凰", "phoenix"),
        ("放鞭炮", "lucky_paper"),
        ("倒贴的福字", "lucky_paper"),
        ("月饼", "mooncake"),
        ("粽子", "zongzi"),
        ("一把锁", "key"),
        ("盾牌", "helmet"),
        ("五星红旗", "red_flag"),
        ("坦克", "tank"),
        ("挖掘机", "bulldozer"),
        ("忍者", "person"),
        ("两只小手", "hand"),
        ("大眼睛", "eye"),
        ("一只手", "hand"),
    ],
)
def test_common_things_are_known_in_singular_and_plural_and_both_languages(prompt: str, expected: str) -> None:
    assert things(prompt) == [expected]


@pytest.mark.parametrize(
    "prompt",
    [
        "高手",
        "小手工",
        "手舞足蹈",
        "解锁",
        "握手",
        "亲手",
        "手绘",
        "矛盾",
        "连锁",
        "封锁",
        "脚步",
        "脚印",
        "幸福",
        "祝福",
        "葡萄牙",
        "肌肉",
        "旗舰",
        "眼神",
        "a big fan of",
        "by hand",
        "hand drawn",
        "seat belt",
        "tank top",
        "bird's eye view",
        "on foot",
        "i saw",
    ],
)
def test_a_saying_with_a_things_name_in_it_names_no_thing(prompt: str) -> None:
    assert things(prompt) == []


@pytest.mark.parametrize(
    "prompt",
    [
        "水彩画的猫",
        "水果",
        "薪水",
        "墨水",
        "水手",
        "水龙头",
        "茶水",
        "水彩笔",
        "一杯水",
        "a glass of water",
        "香水",
        "浇水",
    ],
)
def test_water_in_another_word_is_no_lake(prompt: str) -> None:
    assert words_of_painting(prompt).places == ()


@pytest.mark.parametrize("prompt", ["水", "水里的石头", "a duck in the water", "水池"])
def test_water_alone_is_a_place(prompt: str) -> None:
    assert words_of_painting(prompt).places


@pytest.mark.parametrize(
    "prompt", ["an orange", "orange", "oranges", "half an orange", "an orange on a plate", "an apple and an orange"]
)
def test_an_orange_is_a_fruit(prompt: str) -> None:
    assert "pumpkin" in things(prompt)
    assert words_of_painting(prompt).colours == ()


@pytest.mark.parametrize(
    "prompt", ["an orange cat", "the cat is orange", "orange and white cat", "a cat in orange", "a cat, orange"]
)
def test_an_orange_cat_is_a_cat(prompt: str) -> None:
    assert things(prompt) == ["cat"]


def test_orange_juice_is_orange() -> None:
    (cup,) = words_of_painting("orange juice").things
    assert cup.colour is not None
    assert round(cup.colour.hue) == 56


def test_a_kiwi_is_a_fruit_and_a_kiwi_bird_a_bird() -> None:
    assert things("a kiwi") == ["kiwi"]
    assert things("a kiwi bird") == ["ostrich"]


@pytest.mark.parametrize(
    "prompt",
    ["a dog with big ears", "a bird on one leg", "长鼻子的大象", "a girl with a red nose", "a face with a big nose"],
)
def test_a_part_of_a_body_is_no_thing_of_its_own_beside_a_creature(prompt: str) -> None:
    assert len(things(prompt)) == 1


@pytest.mark.parametrize("prompt", ["a big cat on the windowsill", "一只趴在窗台上的大猫"])
def test_a_windowsill_is_in_a_room(prompt: str) -> None:
    assert words_of_painting(prompt).places == ("room",)


def test_blue_eyes_do_not_make_a_blue_cat() -> None:
    (cat,) = words_of_painting("a cat with blue eyes").things
    assert cat.colour is None
    assert [round(colour.hue) for _, colour in cat.part_colours] == [250]


@pytest.mark.parametrize("prompt", ["snowflakes over a house", "雪花飘落的房子"])
def test_snowflakes_fall_where_something_else_is_drawn(prompt: str) -> None:
    words = words_of_painting(prompt)
    assert [mention.entry.name for mention in words.things] == ["house"]
    assert words.weather == "snow"


@pytest.mark.parametrize("prompt", ["a snowflake", "雪花"])
def test_a_snowflake_alone_is_a_thing(prompt: str) -> None:
    assert things(prompt) == ["snowflake"]


@pytest.mark.parametrize(
    ("prompt", "mood", "time", "place"),
    [
        ("a cyberpunk robot", "neon", "night", "city"),
        ("霓虹灯下的猫", "neon", "night", "city"),
        ("未来的汽车", "neon", "night", "city"),
        ("a futuristic house in the desert by day", "neon", "day", "desert"),
        ("halloween", "halloween", "night", None),
        ("春节", "new_year", "night", "city"),
        ("过年的小狗", "new_year", "night", "city"),
        ("中秋节", "mid_autumn", "night", None),
        ("圣诞节", "christmas", None, None),
        ("派对", "party", None, None),
    ],
)
def test_a_mood_brings_its_time_and_place_unless_the_prompt_says_otherwise(
    prompt: str, mood: str, time: str | None, place: str | None
) -> None:
    words = words_of_painting(prompt)
    assert (words.moods, words.time) == ((mood,), time)
    assert words.places == (() if place is None else (place,))


@pytest.mark.parametrize("prompt", ["过年的饺子", "春节的粽子", "a futuristic pizza"])
def test_a_dish_stays_on_its_table_at_a_festival(prompt: str) -> None:
    assert words_of_painting(prompt).places == ()


@pytest.mark.parametrize("prompt", ["月球", "the moon", "弯弯的月牙"])
def test_the_moon_alone_is_in_the_sky(prompt: str) -> None:
    assert (things(prompt), words_of_painting(prompt).places) == (["moon"], ())


def test_a_square_is_a_shape_and_a_town_square_a_place() -> None:
    assert (things("a square"), words_of_painting("a square").places) == (["shape"], ())
    assert (things("a town square"), words_of_painting("广场").places) == ([], ("city",))


def test_the_spring_festival_is_not_spring() -> None:
    assert words_of_painting("春节").season is None


def test_every_thing_place_and_mood_has_names_in_both_languages() -> None:
    data = tomllib.loads((files("sketch_widget.offline.paint") / "lexicon.toml").read_text(encoding="utf-8"))
    for section in ("thing", "place", "mood"):
        for name, entry in data[section].items():
            english = [word for word in entry["words"] if word[0].isascii()]
            assert 0 < len(english) < len(entry["words"]), f"{section}.{name}"


def test_a_style_tag_says_nothing_about_the_picture() -> None:
    assert words_of_painting("<flat illustration>") == words_of_painting("")


def test_an_unknown_prompt_says_nothing() -> None:
    words = words_of_painting("xyzzy quantum 囧")
    assert (words.things, words.places, words.colours, words.time, words.weather) == ((), (), (), None, None)


@pytest.mark.parametrize("prompt", ["a red tree", "红色的树", "the tree is red", "red, red tree", "树是红色的"])
def test_a_colour_belongs_to_the_thing_beside_it(prompt: str) -> None:
    (tree,) = words_of_painting(prompt).things
    assert tree.colour is not None
    assert tree.colour.hue == pytest.approx(27)


@pytest.mark.parametrize("prompt", ["a house with a blue roof", "蓝色屋顶的房子", "a house whose roof is blue"])
def test_a_colour_before_a_part_belongs_to_that_part_alone(prompt: str) -> None:
    (house,) = words_of_painting(prompt).things
    roof = next(index for index, part in enumerate(house.entry.parts) if "roof" in part.names)
    assert house.colour is None
    assert [index for index, _ in house.part_colours] == [roof]


def test_two_things_keep_their_own_colours() -> None:
    cat, dog = words_of_painting("an orange cat and a blue dog").things
    assert cat.colour is not None
    assert dog.colour is not None
    assert round(cat.colour.hue) == 56
    assert round(dog.colour.hue) == 250


def test_a_colour_of_the_sky_is_not_the_cats() -> None:
    words = words_of_painting("a cat under a purple sky")
    assert words.things[0].colour is None
    assert words.place_colour is not None
    assert round(words.place_colour.hue) == 308


def test_a_door_is_part_of_a_house_and_a_thing_when_alone() -> None:
    assert things("a house with a red door") == ["house"]
    assert things("a red door") == ["furniture"]


@pytest.mark.parametrize(
    ("prompt", "time", "weather", "season", "place"),
    [
        ("日落时的帆船", "sunset", None, None, None),
        ("a street in the rain at night", "night", "rain", None, "city"),
        ("春天的花园", None, None, "spring", "garden"),
        ("a fish in the sea", None, None, None, "underwater"),
        ("下雪的森林", None, "snow", None, "forest"),
    ],
)
def test_time_weather_season_and_place_are_heard(
    prompt: str, time: str | None, weather: str | None, season: str | None, place: str | None
) -> None:
    words = words_of_painting(prompt)
    assert (words.time, words.weather, words.season) == (time, weather, season)
    assert words.places == (() if place is None else (place,))


def test_the_lexicon_knows_hundreds_of_words_and_every_thing_is_complete() -> None:
    assert len(entries()) > 190
    for entry in entries().values():
        assert entry.parts
        assert all(0 < part.colour.lightness < 1 for part in entry.parts)
        assert all(
            trait in {"big", "small", "top", "low", "round", "thin", "inside", "outside", "many"}
            for part in entry.parts
            for trait in part.traits
        )


@pytest.mark.parametrize(
    ("prompt", "heard"),
    [
        ("A cat on the Sofa, and a cat", ("cat", "sofa")),
        ("夕阳下的小猫", ("夕阳", "小猫")),
        ("a flumph in <anime>", ()),
        ("a fish with a hand", ("fish",)),
        ("", ()),
    ],
)
def test_the_words_that_mean_something_are_told_as_they_stand_each_once(prompt: str, heard: tuple[str, ...]) -> None:
    assert words_heard(prompt) == heard
