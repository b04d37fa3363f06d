"""Rainbows: nested arcs, however they are drawn."""

import math

import numpy as np
import pytest
from offline.paint.matrices import mask, on_grid
from offline.paint.planned import closed, commission, ring

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.lines import trace
from sketch_widget.offline.paint.plan import plan_of
from sketch_widget.offline.paint.rainbow import LIGHT, bands, open_feet, spectrum
from sketch_widget.offline.paint.reading import Reading, read

FOOT = 560
GROUND = Stroke([(20, FOOT), (750, FOOT)])
HUES = [colour.hue for colour in LIGHT]


def arc(radius: float, first: float = 180, last: float = 360) -> list[tuple[float, float]]:
    """Half a circle over (384, 560), from the left to the right."""
    turns = [math.radians(first + (last - first) * k / 60) for k in range(61)]
    return [(384 + radius * math.cos(t), FOOT + radius * math.sin(t)) for t in turns]


def arcs(*radii: float) -> list[Stroke]:
    return [Stroke(arc(radius)) for radius in radii]


def back_and_forth(*radii: float) -> list[Stroke]:
    """All arcs in one line."""
    ways = [arc(radius, 182, 358)[:: -1 if turn % 2 else 1] for turn, radius in enumerate(radii)]
    return [Stroke([place for way in ways for place in way])]


def ragged(*radii: float) -> list[Stroke]:
    """Arcs of which every other one stops early at both ends."""
    return [Stroke(arc(radius, 180 + 9 * (turn % 2), 360 - 9 * (turn % 2))) for turn, radius in enumerate(radii)]


SIX = (330, 296, 262, 228, 194, 160)


def seen(strokes: list[Stroke], prompt: str) -> Reading:
    return read(commission(Sketch(strokes), prompt), words_of_painting(prompt))


def hues(strokes: list[Stroke], prompt: str, variant: int = 0) -> list[float]:
    """The hues right above one another over the middle of the arcs, the outermost first."""
    reading = seen(strokes, prompt)
    plan = plan_of(reading, words_of_painting(prompt), "a rainbow", variant)
    labels = [int(reading.labels[(FOOT - 313 + 34 * k) // 2, 192]) for k in range(5)]
    return [round(plan.colours[label].hue) if label in plan.colours else -1 for label in labels]


@pytest.mark.parametrize("drawn", [arcs, back_and_forth, ragged])
@pytest.mark.parametrize("prompt", ["a rainbow", "美丽的彩虹"])
def test_every_band_of_a_rainbow_is_closed_and_coloured_in_order(drawn, prompt: str) -> None:
    assert hues(drawn(*SIX), prompt) == [27, 98, 143, 238, 312]


@pytest.mark.parametrize("variant", [1, 2, 3])
def test_a_rainbow_has_the_same_colours_in_every_variant(variant: int) -> None:
    assert hues(arcs(*SIX), "a rainbow", variant) == [27, 98, 143, 238, 312]


@pytest.mark.parametrize("drawn", [arcs, back_and_forth])
def test_a_rainbow_on_the_ground_has_the_sky_under_it(drawn) -> None:
    strokes = [*drawn(*SIX), GROUND]
    assert hues(strokes, "a rainbow") == [27, 98, 143, 238, 312]
    assert not seen(strokes, "a rainbow").silhouette[240, 192]


def test_a_house_under_a_rainbow_is_a_thing_and_has_the_sky_around_it() -> None:
    house = [closed((330, 460), (440, 460), (440, 558), (330, 558)), closed((320, 460), (450, 460), (385, 415))]
    reading = seen([*arcs(*SIX), *house, GROUND], "彩虹下的房子")
    assert reading.silhouette[255, 192]
    assert not reading.silhouette[255, 140]


@pytest.mark.parametrize("prompt", ["a rainbow between two clouds", "白云和彩虹"])
def test_a_rainbow_ends_in_the_clouds_that_are_named(prompt: str) -> None:
    clouds = [ring(140, 580, 90), ring(630, 580, 90)]
    reading = seen([*(Stroke(arc(radius, 182, 358)) for radius in SIX), *clouds], prompt)
    plan = plan_of(reading, words_of_painting(prompt), "a rainbow", 0)
    assert plan.colours[int(reading.labels[320, 70])].lightness > 0.9


def test_arcs_of_which_no_rainbow_is_said_are_read_as_before() -> None:
    plain, told = (read(commission(Sketch(back_and_forth(*SIX)), ""), words_of_painting(p)) for p in ("", "a wave"))
    assert (plain.labels == told.labels).all()


def test_petals_and_windows_are_no_bands() -> None:
    windows = [closed((x, 300), (x + 90, 300), (x + 90, 420), (x, 420)) for x in (220, 330, 440)]
    house = closed((200, 250), (560, 250), (560, 640), (200, 640))
    assert bands(seen([house, *windows], "a rainbow")) == ()
    assert bands(seen([ring(384, 384, 90), *(ring(x, 384, 70) for x in (220, 548))], "a rainbow")) == ()


def test_feet_are_joined_with_those_of_the_next_arc_only() -> None:
    nested = on_grid(
        mask(
            "................",
            "..############..",
            "..#..........#..",
            "..#.########.#..",
            "..#.#......#.#..",
            "..#.#......#.#..",
            "................",
        ),
        20,
    )
    ways = open_feet(trace(np.pad(nested, ((100, 144), (32, 32)))))
    assert [[(abs(y - 210) < 20, round(x / 20)) for y, x in way] for way in ways] == [
        [(True, 4), (True, 6)],
        [(True, 15), (True, 13)],
    ]


@pytest.mark.parametrize("count", range(1, 12))
def test_the_colours_of_a_rainbow_keep_their_order_however_many_bands_there_are(count: int) -> None:
    order = [HUES.index(colour.hue) for colour in spectrum(count)]
    assert order[0] == 0
    assert order == sorted(order)
    assert len(set(order)) == min(count, 7)
