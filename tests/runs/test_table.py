"""Where each combination of a sweep stands, and how it is named."""

import pytest

from sketch_widget.jobs.sweep import combinations
from sketch_widget.runs.table import Group, Row, table_of, value_text, varied_in
from sketch_widget.service.request import Style

PROMPTS, STYLES = ["a tree", "a castle"], ["anime", "sketch", "watercolor"]


def table(lang="en", **axes):
    return table_of(axes, combinations(axes, {} if "prompt" in axes else {"prompt": "a boat"}), lang)


def test_what_varies_last_stands_across_and_what_varies_before_it_down():
    made = table(prompt=PROMPTS, style=STYLES)
    assert made.columns == ("Anime", "Sketch", "Watercolor")
    assert made.groups == (Group("", (Row("“a tree”", (0, 1, 2)), Row("“a castle”", (3, 4, 5)))),)


def test_one_parameter_stands_in_one_row_without_a_heading():
    made = table(sketch_weight=range(3))
    assert made.columns == ("sketch_weight\u00a00", "sketch_weight\u00a01", "sketch_weight\u00a02")
    assert made.groups == (Group("", (Row("", (0, 1, 2)),)),)


def test_more_than_two_parameters_make_groups_of_rows():
    made = table(prompt=PROMPTS, style=["anime", "sketch"], n=[1, 2], sketch_weight=[3, 10])
    assert made.columns == ("sketch_weight\u00a03", "sketch_weight\u00a010")
    assert [group.heading for group in made.groups] == [
        "“a tree”\u00a0· Anime",
        "“a tree”\u00a0· Sketch",
        "“a castle”\u00a0· Anime",
        "“a castle”\u00a0· Sketch",
    ]
    assert made.groups[2].rows == (Row("1 picture", (8, 9)), Row("2 pictures", (10, 11)))


def test_a_parameter_of_one_value_is_no_axis_but_told_for_all():
    made = table(prompt=["a tree"], style=["anime", "sketch"], n=[2])
    assert (made.columns, made.title) == (("Anime", "Sketch"), "Style: 4 pictures")
    assert made.same == "“a tree”\u00a0· 2 pictures in each square\u00a0· sketch_weight\u00a010"
    assert varied_in({"prompt": ["a tree"], "style": ["anime"]}) == ["prompt"]
    assert table(prompt=["a tree"]).columns == ("“a tree”",)


def test_the_number_of_pictures_of_the_whole_sweep_is_in_its_title():
    assert table(prompt=PROMPTS, n=[1, 4]).title == "Prompt / Number of pictures: 10 pictures"
    assert table(prompt=["a tree"]).title == "Prompt: 1 picture"
    assert table("zh", prompt=PROMPTS, style=STYLES).title == "提示词 / 风格：6 张图片"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("prompt", "<b>a tree</b>\n  by a lake", "“<b>a tree</b> by a lake”"),
        ("style", Style.OIL_PAINTING, "Oil painting"),
        ("n", 1, "1 picture"),
        ("sketch_weight", 0, "sketch_weight\u00a00"),
        ("sketch_extraction", True, "edges of a photo"),
        ("sketch_extraction", False, "lines as drawn"),
    ],
)
def test_a_heading_tells_by_itself_what_it_is(name, value, said):
    assert value_text(name, value, "en") == said


def test_the_edges_of_a_photo_are_named_where_all_squares_show_them():
    assert table(prompt=PROMPTS, sketch_extraction=[True]).same.endswith("edges of a photo")
    assert "lines" not in table(prompt=PROMPTS, sketch_extraction=[False]).same
