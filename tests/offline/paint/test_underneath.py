"""What one sees through: between legs, below tables, under arms that hold hands."""

import pytest
from offline.paint.planned import closed, commission, face, ring

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.reading import Reading, read
from sketch_widget.offline.paint.underneath import Legs, legs_named

GROUND = Stroke([(30, 640), (740, 640)])


def stick(x: float, *hands: tuple[float, float]) -> list[Stroke]:
    """A head on a line with two legs, whose arms reach for something; the feet stand at 640."""
    body = [ring(x, 250, 50), Stroke([(x, 300), (x, 480)]), Stroke([(x - 50, 638), (x, 480), (x + 50, 638)])]
    return [*body, *(Stroke([(x, 340), hand]) for hand in hands)]


def uprights(*places: float, top: float) -> list[Stroke]:
    """Lines from something down to the ground."""
    return [Stroke([(x, top), (x, 638)]) for x in places]


HAND_IN_HAND = [*stick(230, (384, 420)), *stick(540, (384, 420))]
DRESS = [ring(384, 170, 60), closed((384, 232), (490, 470), (278, 470))]
LONG_DRESS = [ring(384, 170, 60), Stroke([(260, 638), (384, 232), (508, 638)])]
BELLY = [closed((200, 330), (560, 330), (560, 440), (200, 440))]
BOARD = [closed((140, 400), (630, 400), (630, 430), (140, 430))]
ASKEW = [closed((140, 388), (630, 412), (628, 440), (142, 416))]
ROOF = [closed((180, 400), (384, 250), (590, 400))]
CROWN = [ring(384, 300, 140)]
CAR = [closed((150, 400), (620, 400), (620, 520), (150, 520)), ring(240, 580, 58), ring(530, 580, 58)]


def seen(strokes: list[Stroke], prompt: str) -> Reading:
    return read(commission(Sketch(strokes), prompt), words_of_painting(prompt))


def is_air(reading: Reading, x: float, y: float) -> bool:
    """Whether a place, in pixels, belongs to no thing."""
    return not reading.silhouette[int(y) // 2, int(x) // 2]


@pytest.mark.parametrize("ground", [[GROUND], []], ids=["on a ground", "without a ground"])
@pytest.mark.parametrize("prompt", ["two friends holding hands", "两个小朋友手拉手"])
def test_the_room_between_two_people_who_hold_hands_is_air(ground: list[Stroke], prompt: str) -> None:
    reading = seen([*HAND_IN_HAND, *ground], prompt)
    assert is_air(reading, 384, 540)
    assert is_air(reading, 230, 590)
    assert not is_air(reading, 230, 250)
    assert not is_air(seen([*HAND_IN_HAND, GROUND], ""), 384, 540)


def test_the_room_under_a_leash_is_air() -> None:
    dog = [ring(600, 500, 60), *uprights(570, 630, top=552)]
    assert is_air(seen([*stick(200, (545, 470)), *dog, GROUND], "a boy and his dog"), 380, 580)


def test_the_room_between_two_legs_under_a_dress_is_air() -> None:
    assert is_air(seen([*DRESS, *uprights(350, 420, top=470), GROUND], "a girl in a dress"), 384, 560)
    assert is_air(seen([*DRESS, *uprights(350, 420, top=470), GROUND], "妈妈穿着裙子"), 384, 560)


def test_of_three_rooms_under_a_dress_the_outer_ones_are_legs() -> None:
    reading = seen([*DRESS, *uprights(300, 345, 425, 470, top=470), GROUND], "a girl")
    assert [is_air(reading, x, 560) for x in (322, 384, 448)] == [False, True, False]


def test_a_dress_that_reaches_the_ground_is_no_air() -> None:
    assert not is_air(seen([*LONG_DRESS, GROUND], "a princess"), 384, 560)
    assert not is_air(seen([*LONG_DRESS, GROUND], "一个女孩"), 384, 560)


@pytest.mark.parametrize("legs", [(260, 500), (220, 270, 490, 540)], ids=["lines", "broad"])
@pytest.mark.parametrize("prompt", ["a cow", "一匹马"])
def test_the_room_under_the_belly_of_an_animal_is_air(legs: tuple[float, ...], prompt: str) -> None:
    reading = seen([*BELLY, *uprights(*legs, top=440), GROUND], prompt)
    assert is_air(reading, 384, 560)
    assert len(legs) == 2 or not is_air(reading, 245, 560)


def test_the_body_below_the_head_of_an_animal_is_no_air() -> None:
    sitting = [ring(384, 300, 140), Stroke([(290, 638), (310, 410)]), Stroke([(478, 638), (458, 410)])]
    assert not is_air(seen([*sitting, GROUND], "a cat"), 384, 560)


@pytest.mark.parametrize("prompt", ["a table", "a cup on a table", "一张桌子"])
@pytest.mark.parametrize("board", [BOARD, ASKEW], ids=["straight", "askew"])
def test_the_room_below_a_table_is_air(board: list[Stroke], prompt: str) -> None:
    reading = seen([*board, *uprights(170, 600, top=430), GROUND], prompt)
    assert is_air(reading, 384, 560)
    assert not is_air(reading, 384, 414)


def test_the_room_below_the_seat_of_a_chair_drawn_in_lines_is_air() -> None:
    chair = [Stroke([(260, 150), (260, 638)]), Stroke([(262, 440), (500, 440), (500, 638)])]
    assert is_air(seen([*chair, GROUND], "a chair"), 380, 560)


def test_the_room_below_a_beam_between_two_trunks_is_air() -> None:
    trees = [ring(150, 250, 90), ring(600, 250, 90), *uprights(130, 170, 580, 620, top=338)]
    beam = Stroke([(172, 400), (578, 400)])
    reading = seen([*trees, beam, GROUND], "a swing between two trees")
    assert [is_air(reading, x, 560) for x in (150, 384, 600)] == [False, True, False]


def test_the_room_between_two_wheels_is_air() -> None:
    assert is_air(seen([*CAR, GROUND], "a red car"), 384, 600)


@pytest.mark.parametrize(
    "prompt", ["", "a house", "a dog before a house", "my family in front of our house", "房子和狗"]
)
def test_the_room_below_a_roof_is_no_air(prompt: str) -> None:
    assert not is_air(seen([*ROOF, *uprights(220, 550, top=400), GROUND], prompt), 384, 560)


@pytest.mark.parametrize("prompt", ["a tree", "a girl under a tree", "a cat and a tree", "树下的桌子"])
def test_a_trunk_is_no_air(prompt: str) -> None:
    assert not is_air(seen([*CROWN, *uprights(350, 420, top=436), GROUND], prompt), 384, 560)


def test_a_box_with_a_floor_of_its_own_is_no_air() -> None:
    box = [closed((250, 430), (520, 430), (520, 636), (250, 636))]
    assert not is_air(seen([*BOARD, *box], "a table"), 384, 560)


def test_a_drawing_without_such_rooms_is_read_the_same_whatever_is_said() -> None:
    plain, told = (read(commission(face(), ""), words_of_painting(prompt)) for prompt in ("", "a man"))
    assert (plain.labels == told.labels).all()


@pytest.mark.parametrize(
    ("prompt", "legs"),
    [
        ("", Legs()),
        ("a sun", Legs()),
        ("a cow", Legs(alone=True)),
        ("a cow beside a house", Legs()),
        ("mother and a house", Legs(people=True)),
        ("三个小朋友", Legs(people=True, alone=True)),
        ("a chair", Legs(alone=True, posts=True)),
        ("a cup on a table", Legs(table=True)),
    ],
)
def test_legs_are_looked_for_where_the_words_speak_of_what_stands_on_them(prompt: str, legs: Legs) -> None:
    assert legs_named(words_of_painting(prompt)) == legs
