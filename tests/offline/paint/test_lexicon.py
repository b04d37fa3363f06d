import pytest

from sketch_widget.offline.paint.lexicon import entries, words_of_painting


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


@pytest.mark.parametrize("prompt", ["可爱的", "马上", "上海", "点心", "大家", "hot dog", "cathedral", "scar", "starry"])
def test_a_word_that_only_contains_a_known_word_is_not_a_thing(prompt: str) -> None:
    assert things(prompt) == []


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
    assert len(entries()) > 90
    for entry in entries().values():
        assert entry.parts
        assert all(0 < part.colour.lightness < 1 for part in entry.parts)
        assert all(
            trait in {"big", "small", "top", "low", "round", "thin", "inside", "many"}
            for part in entry.parts
            for trait in part.traits
        )
