"""What may be asked of the service, and in which words the rest is refused."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketch_widget.errors import RequestError
from sketch_widget.service.request import PROMPT_LIMIT, GenerationRequest, Style, cut_prompt, nearest_style

RGB = st.tuples(*[st.integers(0, 255)] * 3)
REQUESTS = st.builds(
    GenerationRequest,
    prompt=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    style=st.sampled_from(Style),
    n=st.integers(1, 4),
    sketch_weight=st.integers(0, 10),
    sketch_extraction=st.booleans(),
    sketch_color=st.one_of(st.just("auto"), st.lists(RGB, max_size=4)),
)


def test_a_request_needs_only_a_prompt():
    request = GenerationRequest("a big tree")
    assert (request.style, request.n, request.sketch_weight, request.size) == ("<watercolor>", 1, 10, "768*768")
    assert (request.sketch_extraction, request.sketch_color) == (False, "auto")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("n", value) for value in (0, 5, -1, True, 2.0, "2", None, [1])],
        *[("sketch_weight", value) for value in (-1, 11, False, 10.0, "10", None)],
        *[("sketch_extraction", value) for value in (1, 0, "true", None)],
        *[("prompt", value) for value in ("", "  \n\t", "\u3000", None, 7, b"tree", "half \ud83d of a pair")],
        *[("style", value) for value in ("", "photo", 3, None, ["anime"])],
        *[("size", value) for value in ("1024*1024", "768x768", 768, None, (768, 768), np.zeros(2))],
        ("sketch_color", "AUTO"),
        ("sketch_color", "#7b7b7b"),
        ("sketch_color", b"\x00\x00\x00"),
        ("sketch_color", None),
        ("sketch_color", 0),
        ("sketch_color", {(0, 0, 0): 1}),
        ("sketch_color", (123, 123, 123)),
        ("sketch_color", [(0, 0)]),
        ("sketch_color", [(0, 0, 0, 255)]),
        ("sketch_color", [(0, 0, 256)]),
        ("sketch_color", [(0, -1, 0)]),
        ("sketch_color", [(0, 0, 1.0)]),
        ("sketch_color", [(0, 0, True)]),
        ("sketch_color", ["#7b7b7b"]),
        ("sketch_color", ["abc"]),
    ],
)
def test_a_value_outside_its_rule_is_refused_and_named(field, value):
    with pytest.raises(RequestError) as caught:
        GenerationRequest(**{"prompt": "a tree", field: value})
    assert caught.value.field == field
    assert caught.value.text("en") != caught.value.text("zh")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"n": 5}, ["n must", "1 to 4", "not 5"]),
        ({"n": True}, ["n must", "1 to 4", "not True"]),
        ({"n": 2.0}, ["whole number", "not 2.0"]),
        ({"sketch_weight": 11}, ["sketch_weight must", "0 to 10", "not 11"]),
        ({"style": "watercolr"}, ["'watercolr'", "mean watercolor?", " flat illustration,"]),
        ({"style": "photo"}, ["'photo'", "one of 3d cartoon, anime, oil painting,"]),
        ({"prompt": "a\ud800"}, ["Character 2"]),
        ({"sketch_color": (1, 2, 3)}, ["not 1", "[(123, 123, 123)]"]),
        ({"size": "1*1"}, ["768*768", "'1*1'"]),
    ],
)
def test_a_refusal_says_what_was_given_and_what_is_allowed(change, words):
    with pytest.raises(RequestError) as caught:
        GenerationRequest(**{"prompt": "a tree"} | change)
    assert [word for word in words if word not in caught.value.text("en")] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("given_name", ["foo", "watercolr"])
def test_styles_are_offered_as_they_are_typed(given_name, lang):
    with pytest.raises(RequestError) as caught:
        Style.of(given_name)
    assert not set("<>") & set(caught.value.text(lang))


def test_the_style_that_was_probably_meant_is_named_in_the_readers_language():
    with pytest.raises(RequestError) as caught:
        Style.of("水彩画")
    assert "Did you mean watercolor? The styles are 3d cartoon, anime, " in caught.value.text("en")
    assert "您是想用水彩（watercolor）吗？可用的风格为：3D 卡通（3d cartoon）、" in caught.value.text("zh")


def test_a_refused_style_can_be_told_after_it_was_sent_to_another_process():
    with pytest.raises(RequestError) as caught:
        Style.of("watercolr")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert [copy.text(lang) for lang in ("en", "zh")] == [caught.value.text(lang) for lang in ("en", "zh")]


def test_a_huge_wrong_value_does_not_make_a_huge_message():
    with pytest.raises(RequestError) as caught:
        GenerationRequest("a tree", style="x" * 100_000)
    assert len(caught.value.text("en")) < 500


@pytest.mark.parametrize(
    ("given_name", "style"),
    [
        ("<watercolor>", Style.WATERCOLOR),
        ("watercolor", Style.WATERCOLOR),
        (" Watercolor ", Style.WATERCOLOR),
        ("3D Cartoon", Style.CARTOON_3D),
        ("<CHINESE PAINTING>", Style.CHINESE_PAINTING),
        (Style.AUTO, Style.AUTO),
        ("水彩", Style.WATERCOLOR),
        (" <水彩> ", Style.WATERCOLOR),
        ("3D 卡通", Style.CARTOON_3D),
        ("3d卡通", Style.CARTOON_3D),
        ("Automatic", Style.AUTO),
    ],
)
def test_a_style_may_be_written_without_brackets_with_capitals_and_by_its_title(given_name, style):
    assert Style.of(given_name) is style


@pytest.mark.parametrize("style", Style)
def test_every_style_is_found_by_its_own_spelling_and_has_a_title_in_both_languages(style):
    assert Style.of(style.value) is Style.of(style.value.strip("<>")) is style
    assert Style.of(style.title("en")) is Style.of(style.title("zh")) is style
    assert style.title("en").isascii()
    assert not style.title("zh").isascii()


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("水彩", Style.WATERCOLOR),
        ("水彩画", Style.WATERCOLOR),
        ("油画", Style.OIL_PAINTING),
        ("3D卡通", Style.CARTOON_3D),
        ("二次元", Style.ANIME),
        ("国画", Style.CHINESE_PAINTING),
        ("素描", Style.SKETCH),
        ("扁平插画", Style.FLAT_ILLUSTRATION),
        ("自动", Style.AUTO),
        ("oil_painting", Style.OIL_PAINTING),
        ("oil", Style.OIL_PAINTING),
        ("animee", Style.ANIME),
        ("<flat-illustration", Style.FLAT_ILLUSTRATION),
        ("photograph", None),
        ("", None),
    ],
)
def test_the_style_that_was_probably_meant_is_named(name, style):
    assert nearest_style(name) is style


@pytest.mark.parametrize(
    ("prompt", "read", "cut"),
    [
        ("a tree", "a tree", ""),
        ("树" * 75, "树" * 75, ""),
        ("树" * 76, "树" * 75, "树"),
        ("x" * 74 + " tree", "x" * 74 + " ", "tree"),
    ],
)
def test_a_long_prompt_is_kept_whole_and_its_cut_is_told(prompt, read, cut):
    assert GenerationRequest(prompt).prompt == prompt
    assert GenerationRequest(prompt).prompt_cut == (read, cut)


@given(st.text())
def test_the_two_parts_of_a_prompt_are_the_prompt(prompt):
    read, cut = cut_prompt(prompt)
    assert read + cut == prompt
    assert len(read) == min(len(prompt), PROMPT_LIMIT)


def test_numbers_of_numpy_become_plain_ones():
    request = GenerationRequest("a tree", n=np.int64(2), sketch_color=np.array([[1, 2, 3]], dtype=np.uint8))
    assert (request.n, request.sketch_color) == (2, ((1, 2, 3),))
    assert type(request.n) is int
    assert {type(channel) for channel in request.sketch_color[0]} == {int}


def test_auto_is_replaced_by_the_inks_of_the_drawing():
    request = GenerationRequest("a tree").resolved([(0, 0, 0), [123, 123, 123]])
    assert request.color_sent == ((0, 0, 0), (123, 123, 123))


def test_colors_that_were_chosen_stay():
    request = GenerationRequest("a tree", sketch_color=[(9, 9, 9)])
    assert request.resolved([(0, 0, 0)]) is request


@pytest.mark.parametrize("color", ["auto", [(9, 9, 9)]])
def test_extraction_switches_the_colors_off(color):
    request = GenerationRequest("a tree", sketch_extraction=True, sketch_color=color)
    assert request.color_sent == ()
    assert request.resolved([(0, 0, 0)]).sketch_color == ()


def test_unknown_colors_are_not_sent_as_none():
    with pytest.raises(RequestError, match='still "auto"'):
        _ = GenerationRequest("a tree").color_sent


def test_a_request_does_not_change():
    request = GenerationRequest("a tree")
    with pytest.raises(AttributeError):
        request.n = 2
    assert {request: 1}[GenerationRequest("a tree")] == 1


@given(REQUESTS)
def test_a_request_survives_its_json(request):
    assert GenerationRequest.from_json(request.to_json()) == request


def test_fields_that_this_version_does_not_know_are_left_out():
    text = '{"seed":7,"n":2,"prompt":"树","version":1}'
    assert GenerationRequest.from_json(text) == GenerationRequest("树", n=2)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "json"),
        ("[]", "json"),
        ("{}", "json"),
        (b"\xff", "json"),
        pytest.param("[" * 100_000, "json", id="deep"),
        ('{"prompt":"a tree","version":2}', "version"),
        ('{"prompt":"a tree","n":9}', "n"),
        ('{"prompt":"","version":1}', "prompt"),
    ],
)
def test_text_that_is_no_request_is_refused(text, field):
    with pytest.raises(RequestError) as caught:
        GenerationRequest.from_json(text)
    assert caught.value.field == field
