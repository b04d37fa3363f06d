"""The list of ink colours: it follows the drawing until it is edited."""

import numpy as np
import pytest

from sketch_widget.drawing.picture import read
from sketch_widget.errors import RequestError
from sketch_widget.ui.inks_view import BadInk, InkList, color_of, inks_view, preview

BLACK, BLUE, RED = (0, 0, 0), (0, 0, 255), (255, 0, 0)
W, K, B = (255, 255, 255), BLACK, BLUE
DRAWING = np.array([[W, W, K], [W, B, W], [W, W, W]], np.uint8)


@pytest.mark.parametrize(
    "text", ["123, 4, 255", "123 4 255", "(123,4,255)", "[123; 4; 255]", "#7b04ff", " #7B04FF ", "123，4，255"]
)
def test_a_colour_is_understood_as_people_write_it(text):
    assert color_of(text) == (123, 4, 255)


@pytest.mark.parametrize("text", ["", "1, 2", "1, 2, 3, 4", "256, 0, 0", "red", "-1, 2, 3", "1.5, 2, 3", "#12345"])
def test_what_is_no_colour_is_refused_with_its_own_words(text):
    with pytest.raises(RequestError) as error:
        color_of(text)
    assert error.value.text("en").startswith(f"{text or repr(text)} is no colour".replace("'", '"'))


def test_a_list_that_nobody_edited_follows_the_drawing():
    assert InkList().with_drawn([BLACK]).with_drawn([BLACK, BLUE]).colors == (BLACK, BLUE)


def test_an_edited_list_stays_until_it_shall_follow_again():
    edited = InkList().with_drawn([BLACK, BLUE]).remove(0)
    assert edited.with_drawn([RED]).colors == (BLUE,)
    assert edited.with_drawn([RED]).again().colors == (RED,)


def test_adding_and_changing_edit_the_list():
    inks = InkList().with_drawn([BLACK]).add()
    assert inks.colors == (BLACK, (1, 1, 1))
    assert inks.change(1, "255, 0, 0").colors == (BLACK, RED)


def test_the_preview_is_black_where_the_service_sees_ink_and_white_elsewhere():
    shown = read(preview(DRAWING, [BLUE])).pixels
    assert shown[..., 0].tolist() == [[255, 255, 255], [255, 0, 255], [255, 255, 255]]


def test_a_line_of_one_pixel_is_not_lost_in_the_small_preview():
    pixels = np.full((768, 768, 3), 255, np.uint8)
    pixels[:, 401] = 0
    shown = read(preview(pixels, [BLACK])).pixels
    assert shown.shape == (192, 192, 3)
    assert (shown[:, 100] == 0).all()
    assert (shown == 0).sum() == 192 * 3


def test_colours_that_the_drawing_does_not_have_are_pointed_out():
    inks = InkList().with_drawn([BLACK, BLUE])
    assert inks_view(inks, False, None, DRAWING, "en")["problem"] == ""
    lost = InkList(inks.drawn, (RED,))
    assert "None of these colours" in inks_view(lost, False, None, DRAWING, "en")["problem"]


def test_a_photo_has_no_ink_colours():
    view = inks_view(InkList((BLACK,), (RED,)), True, None, DRAWING, "en")
    assert (view["swatches"], view["is_off"], view["has_preview"], view["problem"]) == ([], True, False, "")


def test_a_bad_colour_stays_in_its_field():
    bad = BadInk(1, "300, 0, 0", RequestError("page.inks.bad", field="sketch_color", value="300, 0, 0"))
    swatches = inks_view(InkList((BLACK, BLUE)), False, bad, DRAWING, "en")["swatches"]
    assert [(each["numbers"], each["is_bad"]) for each in swatches] == [("0, 0, 0", False), ("300, 0, 0", True)]
