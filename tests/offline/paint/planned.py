"""A few simple drawings with known parts, and plans made from them."""

import math
from functools import lru_cache

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.plan import Plan, plan_of
from sketch_widget.offline.paint.reading import Reading, read

Place = tuple[float, float]


def ring(x: float, y: float, radius: float, color: str = "#000000") -> Stroke:
    """A closed circle."""
    turns = [2 * math.pi * k / 48 for k in range(49)]
    return Stroke([(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns], color=color)


def closed(*corners: Place, color: str = "#000000") -> Stroke:
    """A closed outline through some corners."""
    return Stroke([*corners, corners[0]], color=color)


def tree() -> Sketch:
    """A round crown on a trunk."""
    return Sketch([closed((340, 390), (430, 390), (450, 660), (320, 660)), ring(384, 260, 150)])


def tree_in_one_line() -> Sketch:
    """A crown and its trunk without a line between them."""
    edge = ((340, 680), (350, 480), (230, 470), (190, 360), (250, 250), (380, 180), (520, 240), (570, 360), (520, 470))
    return Sketch([closed(*edge, (410, 480), (420, 680))])


def face() -> Sketch:
    """A round head with two alike eyes."""
    return Sketch([ring(384, 384, 240), ring(300, 320, 36), ring(470, 320, 36)])


def laughing_face() -> Sketch:
    """A round head with an open mouth."""
    return Sketch([ring(384, 384, 240), closed((300, 450), (470, 450), (430, 540), (340, 540))])


def daisy() -> Sketch:
    """A round middle, and around it five petals, one of them twice as long as the others."""
    petals = []
    for number in range(5):
        start, reach = 2 * math.pi * number / 5, 330 if number == 1 else 210
        turns = [start + 2 * math.pi / 5 * k / 12 for k in range(13)]
        edge = [100 + (reach - 100) * math.sin(math.pi * k / 12) ** 0.5 for k in range(13)]
        petals.append(
            Stroke([(384 + r * math.cos(t), 384 + r * math.sin(t)) for t, r in zip(turns, edge, strict=True)])
        )
    return Sketch([ring(384, 384, 100), *petals])


def sun() -> Sketch:
    """A disc and eight rays that stand well away from it."""
    rays = []
    for number in range(8):
        turn = math.pi * number / 4
        near, far = [(384 + r * math.cos(turn), 384 + r * math.sin(turn)) for r in (230, 320)]
        rays.append(Stroke([near, far]))
    return Sketch([ring(384, 384, 120), *rays])


def cat() -> Sketch:
    """A long body, a round head with two ears above its end, and four legs."""
    turns = [2 * math.pi * k / 48 for k in range(49)]
    body = Stroke([(250 + 120 * math.cos(t), 300 + 84 * math.sin(t)) for t in turns])
    ears = [Stroke([(400, 170), (380, 120), (430, 165)]), Stroke([(450, 165), (480, 115), (478, 190)])]
    legs = [Stroke([(x, y), (x - 2, 472)]) for x, y in ((180, 370), (220, 380), (290, 382), (330, 370))]
    return Sketch([body, ring(420, 230, 70), *ears, *legs])


def stick_man() -> Sketch:
    """A head on a body of lines, another such at his side, and a round sun in the corner."""

    def figure(x: float, size: float) -> list[Stroke]:
        head, hip, foot = 200 + 70 * size, 200 + 300 * size, 200 + 440 * size
        return [
            ring(x, 200, 70 * size),
            Stroke([(x, head), (x, hip)]),
            Stroke([(x - 90 * size, head + 60 * size), (x + 90 * size, head + 60 * size)]),
            Stroke([(x, hip), (x - 60 * size, foot)]),
            Stroke([(x, hip), (x + 60 * size, foot)]),
        ]

    return Sketch([*figure(200, 1.0), *figure(430, 0.8), ring(680, 90, 50)])


def man_and_dog() -> Sketch:
    """A figure of lines, and a large dog with a head before its body beside him."""
    man = [ring(140, 240, 50), Stroke([(140, 292), (140, 480)]), Stroke([(90, 640), (140, 480), (190, 640)])]
    arms = Stroke([(80, 400), (140, 350), (200, 400)])
    legs = [Stroke([(x, 528), (x, 640)]) for x in (470, 620)]
    return Sketch([*man, arms, closed((420, 420), (690, 420), (690, 530), (420, 530)), ring(365, 410, 58), *legs])


def father_and_baby() -> Sketch:
    """Two figures of lines, one with a far smaller head."""

    def figure(x: float, head: float, size: float) -> list[Stroke]:
        neck = head + size
        arms = Stroke([(x - 1.4 * size, neck + size), (x, neck + 0.5 * size), (x + 1.4 * size, neck + size)])
        return [ring(x, head, size), Stroke([(x, neck), (x, neck + 2 * size)]), arms]

    return Sketch([*figure(220, 250, 80), *figure(540, 430, 34)])


def girl_and_balloon() -> Sketch:
    """A head on a dress, and a round balloon of the head's size on a string beside it."""
    string = [Stroke([(540, 402), (535, 500)]), Stroke([(390, 430), (535, 500)])]
    return Sketch([ring(330, 240, 60), closed((330, 300), (430, 560), (230, 560)), ring(540, 336, 66), *string])


def man_and_snowman() -> Sketch:
    """A figure of lines, and three discs on top of each other beside him."""
    man = [ring(160, 300, 50), Stroke([(160, 352), (160, 520)]), Stroke([(110, 640), (160, 520), (210, 640)])]
    return Sketch([*man, ring(500, 540, 90), ring(500, 388, 62), ring(500, 284, 42)])


def family_before_a_house() -> Sketch:
    """Three heads on bodies of lines, about as large as the windows of the house beside them."""
    people = [
        stroke
        for x in (70, 170, 270)
        for stroke in (ring(x, 420, 32), Stroke([(x, 453), (x, 560)]), Stroke([(x - 30, 640), (x, 560), (x + 30, 640)]))
    ]
    windows = [closed((x, 380), (x + 60, 380), (x + 60, 440), (x, 440)) for x in (420, 590)]
    house = [closed((380, 340), (700, 340), (700, 640), (380, 640)), closed((360, 336), (720, 336), (540, 190))]
    return Sketch([*people, *house, *windows])


def woman() -> Sketch:
    """A head on a wide dress, with two legs below."""
    legs = [closed((x, 600), (x + 40, 600), (x + 40, 720), (x, 720)) for x in (310, 420)]
    return Sketch([ring(384, 180, 80), closed((384, 262), (560, 598), (210, 598)), *legs])


def house_and_man() -> Sketch:
    """A house with a roof, and a much smaller figure in a dress beside it."""
    house = [closed((120, 400), (400, 400), (400, 680), (120, 680)), closed((90, 390), (430, 390), (260, 220))]
    return Sketch([*house, ring(600, 440, 40), closed((600, 484), (550, 620), (650, 620))])


def traffic_light() -> Sketch:
    """Three alike lamps in a case."""
    return Sketch(
        [closed((290, 100), (480, 100), (480, 660), (290, 660)), *(ring(385, y, 62) for y in (195, 380, 565))]
    )


def traffic_light_on_a_post() -> Sketch:
    """Three alike lamps in a case on a post."""
    case = closed((290, 100), (480, 100), (480, 440), (290, 440))
    return Sketch(
        [case, *(ring(385, y, 42) for y in (160, 270, 380)), closed((365, 440), (405, 440), (405, 700), (365, 700))]
    )


def dot() -> Sketch:
    """One touch of the pen."""
    return Sketch([Stroke([(384, 384)], width=8)])


def two_pens() -> Sketch:
    """A blue box under a red roof."""
    return Sketch(
        [
            closed((220, 370), (550, 370), (550, 650), (220, 650), color="#1e3cdc"),
            closed((180, 350), (590, 350), (385, 150), color="#dc1e1e"),
        ]
    )


def three_pens() -> Sketch:
    """Black walls, a red roof on them and a blue door in them."""
    return Sketch(
        [
            Stroke([(200, 400), (200, 640), (560, 640), (560, 400)], color="#000000", width=6),
            closed((160, 400), (380, 200), (600, 400), color="#c81e1e"),
            Stroke([(340, 640), (340, 500), (420, 500), (420, 640)], color="#1e50c8", width=6),
        ]
    )


def commission(sketch: Sketch, prompt: str, style: str = "<auto>", n: int = 1, weight: int = 10) -> Commission:
    """An order for a drawing."""
    return Commission(sketch.pixels(), prompt, style, n, weight)


@lru_cache(maxsize=8)
def reading_of(draw: str) -> Reading:
    """The reading of a drawing of this module, by its function's name; "empty" is nothing drawn."""
    return read(commission(Sketch() if draw == "empty" else globals()[draw](), ""))


def plan(draw: str, prompt: str, variant: int = 0, seed: str = "") -> Plan:
    """A plan for a drawing of this module."""
    return plan_of(reading_of(draw), words_of_painting(prompt), seed or f"{draw}/{prompt}", variant)
