import json

import pytest

from sketch_widget.offline.refusals import RefusalError
from sketch_widget.offline.validation import check_model, json_of, read_order

SKETCH = "oss://a/b.png"


def body(parameters=None, **given):
    return {"model": "m", "input": {"prompt": "a tree", "sketch_image_url": SKETCH} | given, "parameters": parameters}


def refusal(call, *arguments):
    with pytest.raises(RefusalError) as refused:
        call(*arguments)
    return refused.value.status, refused.value.code, refused.value.message


@pytest.mark.parametrize("text", [r'"\ud800"', r'{"input": {"prompt": "a \udfff tree"}}', r'{"\ud800": 1}'])
def test_half_a_character_is_no_json(text):
    assert refusal(json_of, text.encode(), "application/json")[1] == "BadRequest.IllegalInput"
    assert json_of(rb'"\ud83d\ude00"', "application/json") == "\N{GRINNING FACE}"


def test_what_is_not_given_has_its_documented_default():
    order, url = read_order(body())
    assert url == SKETCH
    assert (order.style, order.n, order.sketch_weight) == ("<auto>", 4, 10)
    assert (order.sketch_extraction, order.sketch_color) == (False, ())


def test_null_is_the_same_as_not_given():
    assert read_order(body({"n": None, "style": None, "sketch_color": None}))[0] == read_order(body())[0]


@pytest.mark.parametrize("length", [75, 76, 800])
def test_a_prompt_is_cut_to_75_characters_without_a_word(length):
    order, _ = read_order(body(prompt="树" * length))
    assert order.prompt == "树" * 75


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("n", n) for n in (1, 2, 3, 4)],
        *[("sketch_weight", weight) for weight in (0, 3, 10)],
        *[("sketch_extraction", flag) for flag in (True, False)],
        ("style", "<3d cartoon>"),
        ("style", "<anime>"),
        ("style", "<oil painting>"),
        ("style", "<watercolor>"),
        ("style", "<sketch>"),
        ("style", "<chinese painting>"),
        ("style", "<flat illustration>"),
        ("style", "<auto>"),
    ],
)
def test_a_value_within_its_rule_is_taken_as_it_is(name, value):
    assert getattr(read_order(body({name: value}))[0], name) == value


def test_the_only_size_is_taken():
    assert read_order(body({"size": "768*768"}))[0].n == 4


def test_colours_are_taken_exactly():
    order, _ = read_order(body({"sketch_color": [[134, 134, 134], [0, 0, 255]]}))
    assert order.sketch_color == ((134, 134, 134), (0, 0, 255))


def test_colours_have_no_effect_when_lines_are_extracted():
    order, _ = read_order(body({"sketch_extraction": True, "sketch_color": [[1, 2, 3]]}))
    assert order.sketch_color == ()


@pytest.mark.parametrize("value", [0, 5, -1, 2.0, "2", True, [1], {}])
def test_n_outside_its_rule_is_refused(value):
    assert refusal(read_order, body({"n": value})) == (400, "InvalidParameter", "Range of n should be [1, 4]")


@pytest.mark.parametrize("value", ["1024*1024", "768x768", 768, ["768*768"], ""])
def test_a_size_that_is_not_offered_is_refused(value):
    status, code, message = refusal(read_order, body({"size": value}))
    assert (status, code, message) == (400, "InvalidParameter", "size is not match the allowed size ['768*768']")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("style", style) for style in ("watercolor", "<Watercolor>", "<photo>", "", 1, ["<anime>"])],
        *[("sketch_weight", weight) for weight in (-1, 11, 3.5, "3", True)],
        *[("sketch_extraction", flag) for flag in (0, 1, "false", [])],
        *[
            ("sketch_color", color)
            for color in ("#000000", [0, 0, 0], [[0, 0]], [[0, 0, 256]], [[0, 0, 0.5]], [[0, 0, True]])
        ],
    ],
)
def test_a_parameter_outside_its_rule_is_refused_by_name(name, value):
    status, code, message = refusal(read_order, body({name: value}))
    assert (status, code) == (400, "InvalidParameter")
    assert f"parameter({name})" in message


@pytest.mark.parametrize("name", ["prompt", "sketch_image_url"])
@pytest.mark.parametrize("value", [None, "", "  ", 3, ["a"]])
def test_what_is_required_must_be_a_text(name, value):
    status, code, message = refusal(read_order, body(**{name: value}))
    assert (status, code) == (400, "InvalidParameter")
    assert f"parameter({name})" in message


def test_what_the_documents_do_not_name_is_taken_and_has_no_effect():
    order, _ = read_order(body({"seed": 7, "realisticness": 5}, negative_prompt="people"))
    assert order == read_order(body())[0]


def test_parameters_may_be_left_out_altogether():
    given = body()
    del given["parameters"]
    assert read_order(given)[0].n == 4


@pytest.mark.parametrize("given", [{}, {"input": None}])
def test_an_input_must_be_there(given):
    assert refusal(read_order, given)[1] == "BadRequest.EmptyInput"


@pytest.mark.parametrize("given", [{"input": "text"}, {"input": [1]}, body("text"), body([1])])
def test_input_and_parameters_must_be_objects(given):
    assert refusal(read_order, given)[1] == "BadRequest.IllegalInput"


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ({}, "BadRequest.EmptyModel", 'Required parameter "model" missing from request.'),
        ({"model": ""}, "BadRequest.EmptyModel", 'Required parameter "model" missing from request.'),
        ([], "BadRequest.EmptyModel", 'Required parameter "model" missing from request.'),
        ({"model": "wanx-v1"}, "InvalidParameter", "Model not exist."),
        ({"model": 3}, "InvalidParameter", "Model not exist."),
    ],
)
def test_only_the_one_model_is_there(given, code, message):
    assert refusal(check_model, given) == (400, code, message)


def test_a_body_is_read_as_json():
    assert json_of(json.dumps({"a": "树"}).encode(), "Application/JSON; charset=utf-8") == {"a": "树"}


@pytest.mark.parametrize(
    ("raw", "content_type", "code"),
    [
        (b"", "application/json", "InvalidParameter"),
        (b"{}", "", "InvalidParameter"),
        (b"{}", "text/plain", "InvalidParameter"),
        (b"{'a': False}", "application/json", "BadRequest.IllegalInput"),
        (b'{"a": 1,}', "application/json", "BadRequest.IllegalInput"),
        (b"\xff\xfe", "application/json", "BadRequest.IllegalInput"),
        (b"[" * 100_000, "application/json", "BadRequest.IllegalInput"),
    ],
)
def test_a_body_that_is_no_json_is_refused(raw, content_type, code):
    assert refusal(json_of, raw, content_type)[:2] == (400, code)
