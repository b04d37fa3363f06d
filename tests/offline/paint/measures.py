"""What a painting is worth in numbers: faithful to the drawing, each style itself, variants apart, shapes well read.

Colours are compared in OKLab, where .02 is a difference just seen side by side. Pictures are `(768, 768, 3) uint8`.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sketch_widget.drawing.sketch import Sketch
from sketch_widget.offline.paint import colour, fields, masks
from sketch_widget.offline.paint.intent import UNKNOWN, meant
from sketch_widget.offline.paint.lines import trace
from sketch_widget.offline.paint.reading import GRID, Reading, divide

Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_BYTE = np.arange(256) / 255
_LINEAR = np.where(_BYTE <= 0.04045, _BYTE / 12.92, ((_BYTE + 0.055) / 1.055) ** 2.4).astype(np.float32)


def oklab(picture: Bytes) -> Floats:
    """`(H, W, 3) float32`: as `colour.oklab`, but by table and in float32, because measures look at every pixel."""
    cones = _LINEAR[picture] @ colour._RGB_TO_CONE.T.astype(np.float32)
    return np.cbrt(cones) @ colour._CONE_TO_LAB.T.astype(np.float32)


def color_distance(one: Bytes, other: Bytes) -> float:
    """Mean distance of two pictures' pixels."""
    return float(np.sqrt(((oklab(one) - oklab(other)) ** 2).sum(axis=2)).mean())


# -- structure: are the drawing's lines in the painting? ------------------------------------------------------------


def edges(picture: Bytes) -> Floats:
    """How fast the colour changes at each pixel, after a blur of 1.6 pixels."""
    lab = fields.blur(oklab(picture), 1.6)
    squares = [slope * slope for k in range(3) for slope in fields.gradient(lab[..., k])]
    return np.sqrt(sum(squares[1:], squares[0]))


def structure(ink: Bools, picture: Bytes) -> tuple[float, float, float]:
    """How much of a drawing can be found in a painting: (found, by chance, AUC).

    *Found* is the share of the lines' middle that has an edge, thinned by non-maximum suppression, within 5.5 pixels:
    3 pixels beyond the rim of a 5-pixel line. *By chance* is the same with the lines moved some 50 pixels, because
    texture makes finding cheap. *AUC* is the chance that a place on a line has a stronger edge than a place far away.
    """
    strength = edges(picture)
    strongest = np.maximum.reduce([_moved(strength, *step) for step in ((0, 1), (0, -1), (1, 0), (-1, 0))])
    near_edge = masks.grown((strength >= 0.999 * strongest) & (strength > 0.012), 5.5)
    y, x = np.nonzero(masks.thinned(ink))
    found = float(near_edge[y, x].mean())
    chance = []
    for down, right in ((43, 31), (-37, 41), (29, -47), (-41, -33)):
        within = (y + down >= 0) & (y + down < 768) & (x + right >= 0) & (x + right < 768)
        if within.any():
            chance.append(near_edge[(y + down)[within], (x + right)[within]].mean())
    return found, float(np.mean(chance)) if chance else 0.0, _auc(strength, ink, y, x)


def _auc(strength: Floats, ink: Bools, y: NDArray[np.int64], x: NDArray[np.int64]) -> float:
    highest = strength
    for _ in range(5):
        steps = [_moved(highest, *step) for step in ((0, 1), (0, -1), (1, 0), (-1, 0))]
        highest = np.maximum.reduce([highest, *steps])
    rng = np.random.default_rng(0)
    off = highest[~masks.grown(ink, 20)]
    if not len(off):
        return 1.0
    on, off = rng.choice(highest[y, x], 4000), rng.choice(off, 4000)
    return float((on > off).mean() + 0.5 * (on == off).mean())


def _moved(field: Floats, down: int, right: int) -> Floats:
    out = np.zeros_like(field)
    height, width = field.shape
    out[max(0, down) : height + min(0, down), max(0, right) : width + min(0, right)] = field[
        max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)
    ]
    return out


def silhouette_contrast(reading: Reading, picture: Bytes) -> float | None:
    """Colour distance of the bands just inside and just outside the things; None where there is no room for bands."""
    lab = oklab(picture)[::2, ::2]
    inner = (reading.inside > 4) & (reading.inside < 11)
    outer = (reading.outside > 5) & (reading.outside < 12)
    if not (inner.any() and outer.any()):
        return None
    return float(np.linalg.norm(lab[inner].mean(axis=0) - lab[outer].mean(axis=0)))


# -- style: can the eight be told apart? ----------------------------------------------------------------------------


def statistics(picture: Bytes) -> NDArray[np.float64]:
    """Twenty numbers that describe how a picture is painted, not what it shows."""
    lab = oklab(picture)
    light, chroma = lab[..., 0], np.hypot(lab[..., 1], lab[..., 2])
    bands = []
    for sigma in (0.0, 1.0, 2.0, 4.0, 8.0):
        band = fields.blur(light, sigma) - fields.blur(light, 2 * sigma if sigma else 0.7)
        bands.append(math.log(float(band.std()) + 1e-5))
    fine = np.abs(light - fields.blur(light, 0.8))
    coarse = (picture // 16).astype(np.int64)
    shades = len(np.unique((coarse[..., 0] * 16 + coarse[..., 1]) * 16 + coarse[..., 2]))
    rim = np.concatenate([light[:24].ravel(), light[-24:].ravel(), light[:, :24].ravel(), light[:, -24:].ravel()])
    slope = np.hypot(*fields.gradient(fields.blur(light, 1.0)))
    return np.array(
        [
            *(light.mean(), light.std(), chroma.mean(), chroma.std()),
            *((light > 0.96).mean(), (chroma < 0.02).mean(), (light < 0.30).mean()),
            *bands,
            *((fine < 0.0015).mean(), (fine > 0.03).mean(), math.log(shades)),
            *(rim.mean(), rim.std(), fields.blur(chroma, 8).std()),
            *(math.log(float(slope.mean()) + 1e-5), math.log(float(np.median(slope)) + 1e-5)),
        ],
        float,
    )


def told_apart(samples: NDArray[np.float64]) -> float:
    """How often the style of a picture is told from its statistics, `(drawings, styles, numbers)`: 0 to 1.

    By linear discriminants with a shrunk covariance, learnt from all drawings but the picture's own.
    """
    count, styles, numbers = samples.shape
    flat = samples.reshape(-1, numbers)
    scaled = (samples - flat.mean(axis=0)) / (flat.std(axis=0) + 1e-6)
    right = 0
    for left_out in range(count):
        known = np.delete(scaled, left_out, axis=0)
        middle = known.mean(axis=0)
        within = np.cov((known - middle).reshape(-1, numbers).T) + 0.1 * np.eye(numbers)
        inverse = np.linalg.inv(within)
        for style in range(styles):
            away = scaled[left_out, style] - middle
            right += int(np.einsum("ij,jk,ik->i", away, inverse, away).argmin()) == style
    return right / (count * styles)


# -- reading: are the rooms of a drawing with holes still found? ----------------------------------------------------


def room_score(sketch: Sketch, rooms: Sequence[Bools], ink: Bools, with_strokes: bool = False) -> float:
    """Mean overlap (intersection over union) of the true rooms with the regions found; ink itself is left out."""
    drawn_ink = (sketch.pixels()[..., 0] < 200).reshape(GRID, 2, GRID, 2).any(axis=(1, 3))
    intent = meant(sketch, drawn_ink) if with_strokes else UNKNOWN
    found = np.where(ink, 0, divide(trace(drawn_ink), intent)[0])
    scores = []
    for room in rooms:
        label = int(np.bincount(found[room]).argmax())
        region = found == label
        scores.append(float((room & region).sum() / (room | region).sum()) if label else 0.0)
    return float(np.mean(scores))
