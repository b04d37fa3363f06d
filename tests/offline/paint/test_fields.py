import numpy as np
import pytest

from sketch_widget.offline.paint import fields
from sketch_widget.offline.paint.commission import random_of


@pytest.mark.parametrize("sigma", [1.0, 2.2, 4.0, 9.0, 20.0, 40.0])
def test_a_blur_is_as_wide_as_asked_and_loses_nothing(sigma: float) -> None:
    point = np.zeros((384, 384), np.float32)
    point[192, 192] = 1
    spot = fields.blur(point, sigma)
    y, x = np.mgrid[0:384, 0:384]
    assert spot.sum() == pytest.approx(1, abs=0.02)
    width = np.sqrt((spot * ((y - 192) ** 2 + (x - 192) ** 2)).sum() / (2 * spot.sum()))
    assert width == pytest.approx(sigma, rel=0.2)


def test_a_blur_leaves_a_flat_field_flat() -> None:
    for sigma in (0.0, 1.0, 6.0, 30.0):
        assert np.allclose(fields.blur(np.full((96, 64), 0.5, np.float32), sigma), 0.5, atol=1e-5)


@pytest.mark.parametrize("sigma", [1.0, 6.0])
@pytest.mark.parametrize("shape", [(0, 0), (0, 9)])
def test_a_blur_of_nothing_is_nothing(sigma: float, shape: tuple[int, int]) -> None:
    assert fields.blur(np.zeros(shape, np.float32), sigma).shape == shape


def test_a_smooth_step_runs_from_0_to_1_and_backwards_when_turned() -> None:
    places = np.array([-1, 0, 0.5, 1, 2], np.float32)
    assert fields.smoothstep(0, 1, places).tolist() == [0, 0, 0.5, 1, 1]
    assert fields.smoothstep(1, 0, places).tolist() == [1, 1, 0.5, 0, 0]


def test_the_gradient_of_a_plane_is_its_slope_everywhere() -> None:
    y, x = np.mgrid[0:6, 0:7].astype(np.float32)
    along_y, along_x = fields.gradient(3 * y - 2 * x)
    assert (along_y == 3).all()
    assert (along_x == -2).all()


def test_normals_lean_away_from_the_slope_and_have_length_one() -> None:
    _, x = np.mgrid[0:5, 0:5].astype(np.float32)
    right, down, up = fields.normals(x)
    assert np.allclose(right, -np.sqrt(0.5))
    assert np.allclose(down, 0)
    assert np.allclose(right**2 + down**2 + up**2, 1)


def test_shifting_moves_down_and_right_and_lets_nothing_in() -> None:
    field = np.array([[1, 2], [3, 4]], np.float32)
    assert fields.shifted(field, 1, 0).tolist() == [[0, 0], [1, 2]]
    assert fields.shifted(field, 0, 1).tolist() == [[0, 1], [0, 3]]
    assert fields.shifted(field, -1, 0).tolist() == [[3, 4], [0, 0]]
    assert fields.shifted(field, 1, -1).tolist() == [[0, 0], [2, 0]]
    assert fields.shifted(field, 5, 5).tolist() == [[0, 0], [0, 0]]


def test_sampling_interpolates_and_holds_the_edge() -> None:
    field = np.array([[0, 1], [2, 3]], np.float32)
    places = np.array([0.5, -9, 9], np.float32)
    assert np.allclose(fields.sampled(field, places, places), [1.5, 0, 3], atol=0.01)


@pytest.mark.parametrize("octaves", [1, 3])
@pytest.mark.parametrize("cell", [12.0, 60.0])
def test_noise_is_balanced_and_mostly_within_one(octaves: int, cell: float) -> None:
    noise = fields.noise(random_of("noise"), (300, 400), cell, octaves)
    assert noise.shape == (300, 400)
    assert abs(noise.mean()) < 0.15
    assert 0.25 < noise.std() < 0.5
    assert np.abs(noise).max() < 1.6


def test_the_same_words_give_the_same_random_numbers_and_others_do_not() -> None:
    assert random_of("a", 1).random(3).tolist() == random_of("a", 1).random(3).tolist()
    assert random_of("a", 1).random() != random_of("a1").random()
