import numpy as np
import pytest

from sketch_widget.offline.paint.colour import Lch, distance, from_rgb, hue_difference, oklab, ramp, shades, srgb


def test_white_black_and_red_have_their_published_oklab_values() -> None:
    found = oklab(np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]))
    np.testing.assert_allclose(found, [[1, 0, 0], [0, 0, 0], [0.62796, 0.22486, 0.12585]], atol=2e-4)


def test_every_screen_colour_survives_the_way_to_oklab_and_back() -> None:
    rgb = np.random.default_rng(1).random((500, 3))
    np.testing.assert_allclose(srgb(oklab(rgb)), rgb, atol=1e-5)


@pytest.mark.parametrize("hue", range(0, 360, 30))
def test_a_colour_too_strong_for_the_screen_keeps_lightness_and_hue(hue: int) -> None:
    shown = from_rgb([255 * float(channel) for channel in Lch(0.7, 0.4, hue).rgb])
    assert shown.lightness == pytest.approx(0.7, abs=0.004)
    assert abs(hue_difference(shown.hue, hue)) < 1.5
    assert shown.chroma < 0.4


def test_a_shadow_is_darker_a_light_is_lighter_and_the_hue_of_a_shadow_turns_to_violet() -> None:
    orange = Lch(0.75, 0.16, 60)
    tones = shades(orange)
    assert tones.shadow.lightness < orange.lightness < tones.light.lightness
    assert abs(hue_difference(tones.shadow.hue, 285)) < abs(hue_difference(orange.hue, 285))


def test_the_shadow_of_grey_is_tinted_with_violet() -> None:
    shadow = shades(Lch(0.8, 0.0, 90)).shadow
    assert shadow.chroma > 0.02
    assert abs(hue_difference(shadow.hue, 285)) < 10


def test_a_ramp_begins_and_ends_with_its_stops() -> None:
    first, last = Lch(0.3, 0.1, 250), Lch(0.9, 0.1, 90)
    colours = ramp([(0, first), (1, last)], np.array([-1.0, 0.0, 1.0, 2.0]))
    np.testing.assert_allclose(colours, [first.rgb, first.rgb, last.rgb, last.rgb], atol=0.004)


def test_distance_is_zero_for_the_same_colour_and_one_from_black_to_white() -> None:
    assert distance(Lch(0.5, 0.1, 40), Lch(0.5, 0.1, 40)) == pytest.approx(0, abs=1e-6)
    assert distance(Lch(0, 0, 0), Lch(1, 0, 0)) == pytest.approx(1, abs=0.01)
