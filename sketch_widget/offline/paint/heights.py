"""Heights: flat shapes blown up, so that light can fall on them.

The membrane of a balloon: the screened Poisson equation  laplace(h) - h / lam^2 = -4  with h = 0 on the outline, and
sqrt(h) for the height. On a disc that is exactly a hemisphere; shapes much wider than lam get a flat top, like a
cushion. After Joshi & Carr, "Repoussé: automatic inflation of 2D artwork" (2008), and Sýkora et al., "Ink-and-ray"
(2014).
"""

import numpy as np
import numpy.typing as npt

from . import fields
from .features import Region

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]

SWEEPS = (14, 16, 22, 40)
"""Relaxation sweeps by level: a few on the full lattice, more where they are cheap and reach far."""


def inflated(shapes: Labels, lam: float, levels: int = 4) -> Floats:
    """Blow up every labelled shape by itself: float32 cells of height, 0 where the label is 0.

    Solved by Jacobi sweeps from the coarsest of some lattices, each half as fine, to the full one.
    """
    height = np.zeros((1, 1), np.float32)
    for level in reversed(range(levels)):
        step = 2**level
        part = shapes[step // 2 :: step, step // 2 :: step] if level else shapes
        inside = part > 0
        walls = [_same(part, inside, down, right) for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1))]
        damping = np.where(inside, np.float32(1 / (4 + (step / lam) ** 2)), np.float32(0))
        source = np.float32(4 * step * step)
        height = fields.resize(height, part.shape, fields.LINEAR) * inside
        for _ in range(SWEEPS[min(level, len(SWEEPS) - 1)]):
            padded = np.pad(height, 1)
            height = padded[:-2, 1:-1] * walls[0]
            height += padded[2:, 1:-1] * walls[1]
            height += padded[1:-1, :-2] * walls[2]
            height += padded[1:-1, 2:] * walls[3]
            height += source
            height *= damping
    result: Floats = np.sqrt(np.maximum(height, 0))
    return result


def _same(labels: Labels, inside: Bools, down: int, right: int) -> Floats:
    """1 where the neighbour in a direction belongs to the same shape; elsewhere the wall holds it at height 0."""
    rows, columns = labels.shape
    padded = np.pad(labels, 1, constant_values=-1)
    beside = padded[1 + down : 1 + down + rows, 1 + right : 1 + right + columns]
    same: Floats = ((beside == labels) & inside).astype(np.float32)
    return same


def region_heights(labels: Labels, regions: tuple[Region, ...], silhouette: Bools) -> Floats:
    """Each region as a cushion; what lies inside it is a bump on it, not a hole in it, or eyes would be craters."""
    outermost, second, depth = (np.zeros(len(regions) + 1, np.int32) for _ in range(3))
    for region in regions:
        chain = [region]
        while chain[-1].depth:
            chain.append(regions[chain[-1].parent - 1])
        depth[region.label] = region.depth
        outermost[region.label] = chain[-1].label
        second[region.label] = chain[-2].label if len(chain) > 1 else chain[-1].label
    levels = np.where(silhouette, depth[labels], -1)
    height = inflated(np.where(silhouette, outermost[labels], 0), lam=26)
    if (levels >= 1).any():
        height += 0.62 * inflated(np.where(levels >= 1, second[labels], 0), lam=14, levels=2)
    if (levels >= 2).any():
        height += 0.5 * inflated(np.where(levels >= 2, labels, 0), lam=8, levels=1)
    return height


def thing_heights(silhouette: Bools) -> Floats:
    """All things as wide, soft cushions."""
    return inflated(silhouette.astype(np.int32), lam=60, levels=5)
