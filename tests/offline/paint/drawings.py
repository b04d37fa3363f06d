"""Drawings to test with: by people (Quick, Draw!), and by arithmetic where the truth must be known."""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.offline.paint import masks

DATA = Path(__file__).parents[2] / "data" / "quickdraw.ndjson"
INK = "#141418"
WIDTH = 5.0
MARGIN = 70.0


@dataclass(frozen=True)
class Drawing:
    """A drawing and the word that it was drawn for."""

    word: str
    sketch: Sketch


@lru_cache(maxsize=4)
def drawn_by_people(source: Path = DATA) -> tuple[Drawing, ...]:
    """The drawings of a Quick, Draw! file, fitted to the pad with a margin, in the file's order."""
    lines = source.read_text(encoding="utf-8").splitlines()
    return tuple(_fitted(json.loads(line)) for line in lines if line.strip())


def _fitted(record: dict) -> Drawing:
    strokes = [np.array(stroke[:2], float).T for stroke in record["drawing"]]
    every = np.concatenate(strokes)
    low, high = every.min(axis=0), every.max(axis=0)
    scale = (768 - 2 * MARGIN) / max(*(high - low), 1)
    shift = 384 - (low + high) / 2 * scale
    return Drawing(record["word"], Sketch([Stroke(stroke * scale + shift, INK, WIDTH) for stroke in strokes]))


def outlines(seed: int) -> list[NDArray[np.float64]]:
    """Some closed outlines, each `(N, 2)`: blobs, boxes and triangles, nested and overlapping."""
    rng = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * math.pi, 160)
    found = []
    for _ in range(int(rng.integers(2, 5))):
        center, radius = rng.uniform(180, 590, 2), rng.uniform(70, 170)
        shape = (_blob, _box, _triangle)[int(rng.integers(3))](rng, radius, turn)
        found.append(np.clip(center + shape + rng.normal(0, 0.6, shape.shape), 20, 748))
        if rng.random() < 0.6:
            found.append(center + 0.28 * radius * np.stack([np.cos(turn), np.sin(turn)], axis=1))
    return found


def _blob(rng: np.random.Generator, radius: float, turn: NDArray[np.float64]) -> NDArray[np.float64]:
    waves = 0.18 * np.sin(3 * turn + rng.uniform(0, 6)) + 0.10 * np.sin(5 * turn + rng.uniform(0, 6))
    return (radius * (1 + waves))[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)


def _box(rng: np.random.Generator, radius: float, turn: NDArray[np.float64]) -> NDArray[np.float64]:
    wide, tall = radius * rng.uniform(0.6, 1, 2)
    angle = rng.uniform(-0.3, 0.3)
    rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    corners = np.array([(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall), (-wide, -tall)]) @ rotation
    return _along(corners, 40)


def _triangle(rng: np.random.Generator, radius: float, turn: NDArray[np.float64]) -> NDArray[np.float64]:
    return _along(np.array([(0, -1), (0.9, 0.7), (-0.9, 0.7), (0, -1)]) * radius, 50)


def _along(corners: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    return np.concatenate([np.linspace(a, b, steps) for a, b in pairwise(corners)])


def with_holes(shapes: list[NDArray[np.float64]], hole: float, seed: int) -> Sketch:
    """Draw outlines and take one round hole, `hole` pixels wide, out of each; the eraser spares no neighbour."""
    rng = np.random.default_rng(seed + 999)
    sketch = Sketch([Stroke(shape, INK, WIDTH) for shape in shapes])
    for shape in shapes if hole else ():
        sketch = sketch.erase(shape[int(rng.integers(len(shape)))], hole + WIDTH)
    return sketch


def true_rooms(shapes: list[NDArray[np.float64]]) -> tuple[list[NDArray[np.bool_]], NDArray[np.bool_]]:
    """The rooms that outlines enclose when nothing is missing, on the grid, and the ink: (rooms, ink)."""
    pixels = Sketch([Stroke(shape, INK, WIDTH) for shape in shapes]).pixels()
    ink = (pixels[..., 0] < 255).reshape(384, 2, 384, 2).any(axis=(1, 3))
    labels, count = masks.components(~ink)
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    size = np.bincount(labels.ravel())
    inside = [label for label in range(1, count + 1) if label not in rim and size[label] > 120]
    return [labels == label for label in inside], ink


def scribble(seed: int, strokes: int = 12) -> Sketch:
    """Random strokes of random pens, an eraser among them, partly off the pad."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(strokes):
        points = np.cumsum(rng.normal(0, rng.uniform(2, 40), (int(rng.integers(1, 80)), 2)), axis=0)
        points += rng.uniform(-20, 788, 2)
        color = "#{:02x}{:02x}{:02x}".format(*rng.integers(0, 255, 3))
        found.append(Stroke(points, color, float(rng.choice([1, 2, 5, 12, 30])), bool(rng.random() < 0.15)))
    return Sketch(found)
