"""Hatching, the frames of posters, and the motifs of ink paintings."""

from itertools import pairwise

import numpy as np
import pytest
from offline.paint.planned import plan

from sketch_widget.offline.paint.figures import FRAMES
from sketch_widget.offline.paint.hatching import Layer, hatched
from sketch_widget.offline.paint.motifs import motif_of
from sketch_widget.offline.paint.shadows import ground_shadow
from sketch_widget.offline.paint.styles.pencil import paint as draw_in_pencil

LAYERS = (Layer(-0.9, 7.0, 0.10, 0.70), Layer(0.7, 7.0, 0.45, 0.95))


def covered(tone: float) -> float:
    even = np.full((768, 768), tone, np.float32)
    return float(hatched(even, LAYERS, 0.0, np.random.default_rng(5)).mean())


def test_bare_paper_is_not_hatched_and_a_darker_tone_covers_more_of_it() -> None:
    shares = [covered(tone) for tone in (0.0, 0.2, 0.4, 0.6, 0.9)]
    assert shares[0] == 0
    assert all(darker > lighter + 0.05 for lighter, darker in pairwise(shares))
    assert shares[-1] < 1


def test_one_layer_of_hatching_runs_in_its_direction() -> None:
    level = hatched(np.full((768, 768), 0.4, np.float32), [Layer(0.0, 8.0, 0.1, 0.7)], 0.0, np.random.default_rng(5))
    along, across = np.abs(np.diff(level, axis=1)).mean(), np.abs(np.diff(level, axis=0)).mean()
    assert along < across / 3


@pytest.mark.parametrize(
    ("prompt", "rains"),
    [
        ("a tree", False),
        ("a tree at sunset", False),
        ("a tree at night", False),
        ("a tree in the rain", True),
        ("雨中的树", True),
    ],
)
def test_the_pencil_hatches_the_sky_steeply_only_where_it_rains(prompt: str, rains: bool) -> None:
    sky = draw_in_pencil(plan("tree", prompt))[30:110, 40:728].mean(axis=2)
    steepness = np.abs(np.diff(sky, axis=1)).mean() / np.abs(np.diff(sky, axis=0)).mean()
    assert steepness > 0.95 if rains else steepness < 0.5


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("place", [(384, 384, 200), (90, 700, 380), (700, 60, 20)])
def test_a_view_shows_a_good_part_of_the_picture_and_leaves_a_margin(frame, place: tuple[float, float, float]) -> None:
    view = frame(*place)
    assert 0.25 < view.mean() < 0.95
    border = np.concatenate([view[0], view[-1], view[:, 0], view[:, -1]])
    assert border.max() == 0


def test_only_what_stands_on_something_throws_a_shadow_on_it() -> None:
    standing, flying = plan("tree", "a tree in the meadow"), plan("tree", "a tree in space")
    assert ground_shadow(standing).max() > 0.5
    assert ground_shadow(flying).max() == 0
    assert (ground_shadow(standing) * (standing.reading.silhouette_soft > 0.99)).max() < 0.02


def test_a_motif_grows_only_where_the_drawing_leaves_room_and_often_not_at_all() -> None:
    picture = plan("tree", "")
    motifs = [motif_of(picture.reading, picture.scenery.setting, np.random.default_rng(seed)) for seed in range(24)]
    painted = [motif for motif in motifs if motif is not None]
    assert 4 <= len(painted) <= 20
    for motif in painted:
        ink = np.maximum(motif.dark, motif.pale) > 0.3
        assert ink.any()
        assert (ink & (picture.reading.silhouette_soft > 0.5)).sum() < 0.05 * ink.sum()
