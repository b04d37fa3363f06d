"""The form: what it asks, what it says, and when Generate works."""

import contextlib

import ipywidgets
import numpy as np
import pytest
from fakes.comms import Comms

from sketch_widget.errors import RequestError, StoreError
from sketch_widget.service.request import GenerationRequest, Style
from sketch_widget.ui.controls import Controls, missing

PAPER = np.full((768, 768, 3), 255, np.uint8)
DRAWING = PAPER.copy()
DRAWING[100:110, 100:300] = (123, 123, 123)
DRAWING[200:204, 100:300] = (0, 0, 255)


@pytest.fixture
def controls(comms: Comms) -> Controls:
    return Controls(prompt="a tree")


@pytest.mark.parametrize(
    ("has_drawing", "prompt", "key"),
    [
        (True, "a tree", None),
        (True, " \n", "page.need.words"),
        (False, "a tree", "page.need.drawing"),
        (False, "", "page.need.both"),
    ],
)
def test_what_is_missing_is_named(has_drawing, prompt, key):
    assert missing(has_drawing, prompt) == key


def test_generate_says_why_it_does_not_work_and_works_once_there_is_a_drawing(controls):
    assert (controls.panel.view["is_ready"], controls.panel.view["reason"]) == (False, "Draw something first.")
    controls.take_drawing(DRAWING)
    assert (controls.panel.view["is_ready"], controls.panel.view["reason"]) == (True, "")


def test_the_ink_colours_are_read_from_the_drawing(controls):
    controls.take_drawing(DRAWING)
    assert controls.request().sketch_color == ((123, 123, 123), (0, 0, 255))
    assert [each["numbers"] for each in controls.details.view["ink"]["swatches"]] == ["123, 123, 123", "0, 0, 255"]


def test_an_edit_of_the_page_stays_until_auto_again(controls, comms):
    controls.take_drawing(DRAWING)
    comms.say(controls.details, {"kind": "ink", "what": "remove", "index": 0, "value": ""})
    controls.take_drawing(DRAWING)
    assert controls.request().sketch_color == ((0, 0, 255),)
    comms.say(controls.details, {"kind": "ink", "what": "again", "index": -1, "value": ""})
    assert controls.request().sketch_color == ((123, 123, 123), (0, 0, 255))


def test_a_bad_colour_changes_nothing_and_is_told(controls, comms):
    controls.take_drawing(DRAWING)
    comms.say(controls.details, {"kind": "ink", "what": "change", "index": 0, "value": "<b>red</b>"})
    assert controls.request().sketch_color == ((123, 123, 123), (0, 0, 255))
    assert controls.details.view["ink"]["problem"].startswith("<b>red</b> is no colour")


def test_taking_edges_of_a_photo_switches_the_ink_colours_off(controls):
    controls.take_drawing(DRAWING)
    controls.sketch_extraction = True
    assert controls.request().sketch_color == ()
    assert controls.details.view["ink"]["is_off"]


def test_a_style_may_be_spelt_without_its_brackets_and_must_exist(controls):
    controls.style = "oil painting"
    assert controls.request().style is Style.OIL_PAINTING
    with pytest.raises(RequestError, match="Did you mean"):
        controls.style = "oil paiting"
    assert controls.style == "<oil painting>"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("n", 9, "1 to 4, not 9"),
        ("n", "2", "1 to 4, not '2'"),
        ("sketch_weight", -1, "0 to 10, not -1"),
        ("sketch_extraction", 1, "True or False"),
        ("prompt", 3, "must be a text"),
        ("style", "oill", "Did you mean oil painting"),
    ],
)
def test_a_value_outside_its_rule_is_refused_in_words_and_the_old_one_stays(controls, name, value, says):
    before = getattr(controls, name)
    with pytest.raises(RequestError, match=says):
        setattr(controls, name, value)
    assert getattr(controls, name) == before
    assert controls.parameters.by_name()[name].value == before


def test_generate_takes_the_values_that_the_page_shows(comms):
    asked: list[GenerationRequest] = []
    controls = Controls(lambda: asked.append(controls.request()), prompt="old")
    controls.take_drawing(DRAWING)
    controls.parameters.style_menu.value = "<anime>"
    controls.parameters.n.value = 3
    controls.parameters.sketch_weight.value = 4
    comms.say(controls.panel, {"kind": "generate", "values": {"prompt": "new"}})
    assert asked == [GenerationRequest("new", "anime", 3, 4, sketch_color=[(123, 123, 123), (0, 0, 255)])]


def test_a_click_that_the_page_says_twice_is_heard_once_and_answered_each_time(comms):
    asked: list[str] = []
    controls = Controls(lambda: asked.append(controls.prompt), prompt="a tree")
    for click in ("one", "one", "two"):
        comms.say(controls.panel, {"kind": "generate", "click": click, "values": {"prompt": click}})
    assert asked == ["one", "two"]
    assert comms.custom(controls.panel) == [{"kind": "heard", "click": click} for click in ("one", "one", "two")]


def test_a_click_is_answered_also_when_it_fails(comms):
    def fail() -> None:
        raise ZeroDivisionError

    controls = Controls(fail, prompt="a tree")
    with contextlib.suppress(ZeroDivisionError):  # the widget library may log it instead
        comms.say(controls.panel, {"kind": "generate", "click": "one", "values": {}})
    assert comms.custom(controls.panel) == [{"kind": "heard", "click": "one"}]


def test_an_error_stands_beside_the_button_until_something_changes(comms):
    def fail() -> None:
        raise StoreError("runs.write", path="/full", reason="No space left")

    controls = Controls(fail, prompt="a tree")
    comms.say(controls.panel, {"kind": "generate", "values": {}})
    assert "No space left" in controls.panel.view["reason"]
    assert controls.panel.view["is_problem"]
    controls.prompt = "a bush"
    assert not controls.panel.view["is_problem"]


def test_the_language_can_be_switched_while_it_runs(controls):
    controls.lang = "zh-CN"
    assert controls.lang == "zh"
    assert "想画什么？" in controls.parameters.prompt.description
    assert ("水彩", "<watercolor>") in controls.parameters.style_menu.options


def test_no_value_changes_with_the_language(controls):
    controls.style, controls.n, controls.sketch_weight = "anime", 3, 2
    seen: list[str] = []
    controls.observe(lambda change: seen.append(change["new"]), "style")
    controls.lang = "zh"
    assert (controls.style, controls.n, controls.sketch_weight, controls.prompt) == ("<anime>", 3, 2, "a tree")
    assert controls.parameters.style_menu.value == "<anime>"
    assert seen == []


def test_the_page_may_choose_its_language(controls, comms):
    comms.say(controls.details, {"kind": "lang", "value": "zh"})
    assert controls.lang == "zh"


def test_every_parameter_of_the_service_has_an_ipywidgets_control_that_is_linked_both_ways(controls):
    kinds = {name: type(control) for name, control in controls.parameters.by_name().items()}
    assert kinds == {
        "prompt": ipywidgets.Textarea,
        "style": ipywidgets.Dropdown,
        "n": ipywidgets.ToggleButtons,
        "sketch_weight": ipywidgets.IntSlider,
        "sketch_extraction": ipywidgets.Checkbox,
    }
    controls.parameters.prompt.value = "from the control"
    assert controls.prompt == "from the control"
    controls.n = 4
    assert controls.parameters.n.value == 4


def test_the_cut_part_of_a_long_prompt_is_shown_as_text(controls):
    controls.prompt = "x" * 75 + "<b>lost</b>"
    shown = controls.parameters.first.children[0].children[1].value
    assert "&lt;b&gt;lost&lt;/b&gt;" in shown
    assert "<b>lost" not in shown


def test_a_request_comes_back_into_the_form(controls):
    controls.take_drawing(DRAWING)
    controls.fill_in(GenerationRequest("a cat", "sketch", 2, 3, sketch_color=[(0, 0, 255)]))
    assert controls.request() == GenerationRequest("a cat", "sketch", 2, 3, sketch_color=[(0, 0, 255)])
    assert controls.details.view["ink"]["is_edited"]


@pytest.mark.parametrize(
    ("service", "name", "line"),
    [
        ("offline", "Offline preview", "import sketch_widget; sketch_widget.ask_key()"),
        ("dashscope", "DashScope", 'SketchWidget(service="offline")'),
    ],
)
def test_the_page_says_which_service_is_in_use_and_the_line_that_changes_it(comms, service, name, line):
    shown = Controls(service=service).details.view["service"]
    assert (shown["name"], shown["line"]) == (name, line)
