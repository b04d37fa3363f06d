"""Fields: numbers spread over a lattice, and the few operations on them from which everything else is made.

Only numpy and Pillow. Pillow blurs bytes only, but it resizes floats, and a large blur is a small blur on a small
lattice. All fields are float32, `(H, W)` or `(H, W, C)`, indexed [y, x]; lengths are steps of the lattice.
"""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[np.float32]

NEAREST = Image.Resampling.NEAREST
BOX = Image.Resampling.BOX
LINEAR = Image.Resampling.BILINEAR
CUBIC = Image.Resampling.BICUBIC


def resize(field: Floats, shape: tuple[int, int], resampling: Image.Resampling = CUBIC) -> Floats:
    """Bring a field to another shape (height, width); cubic may overshoot a little, linear and box never do."""
    if field.ndim == 3:
        return np.stack([resize(field[..., k], shape, resampling) for k in range(field.shape[2])], axis=-1)
    image = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    return np.asarray(image.resize((shape[1], shape[0]), resampling))


def blur(field: npt.NDArray[np.generic], sigma: float) -> Floats:
    """Blur with a Gaussian of the given standard deviation, edges repeated.

    Up to 2.2 by the kernel itself; wider ones on a lattice reduced until the kernel is short again, which takes 2 to
    5 ms at 768 x 768 whatever the width.
    """
    smooth = np.asarray(field, np.float32)
    if sigma <= 0.3 or not smooth.size:
        return smooth
    if sigma <= 2.2:
        return _convolve(smooth, _kernel(round(sigma, 2)))
    height, width = smooth.shape[:2]
    factor = next((f for limit, f in ((5, 2), (12, 4), (26, 8)) if sigma < limit), 16)
    reduced = resize(smooth, (max(1, height // factor), max(1, width // factor)), BOX)
    # Averaging over the box and the cubic enlargement blur by themselves; that much is taken off the kernel.
    left = math.sqrt(max(0.3, (sigma / factor) ** 2 - 0.15))
    return resize(_convolve(reduced, _kernel(round(left, 2))), (height, width))


@lru_cache(maxsize=256)
def _kernel(sigma: float) -> tuple[float, ...]:
    reach = max(1, math.ceil(2.6 * sigma))
    bell = [math.exp(-(x * x) / (2 * sigma * sigma)) for x in range(-reach, reach + 1)]
    return tuple(value / sum(bell) for value in bell)


def _convolve(field: Floats, kernel: tuple[float, ...]) -> Floats:
    """Convolve with the same odd kernel along both axes."""
    reach = len(kernel) // 2
    for axis in (0, 1):
        border = [(0, 0)] * field.ndim
        border[axis] = (reach, reach)
        wide = np.pad(field, border, mode="edge")
        length = field.shape[axis]
        window = [slice(None)] * field.ndim
        total = np.zeros_like(field)
        for start, share in enumerate(kernel):
            window[axis] = slice(start, start + length)
            total += wide[tuple(window)] * np.float32(share)
        field = total
    return field


def smoothstep(low: float, high: float, field: Floats) -> Floats:
    """0 up to `low`, 1 from `high` on, a smooth slope between; `low` may be the greater one."""
    t: Floats = np.clip((field - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return t * t * (3 - 2 * t)


def gradient(field: Floats) -> tuple[Floats, Floats]:
    """Slopes (along y, along x): central differences, one-sided at the edges."""
    along_y, along_x = np.empty_like(field), np.empty_like(field)
    along_y[1:-1] = (field[2:] - field[:-2]) * 0.5
    along_y[0], along_y[-1] = field[1] - field[0], field[-1] - field[-2]
    along_x[:, 1:-1] = (field[:, 2:] - field[:, :-2]) * 0.5
    along_x[:, 0], along_x[:, -1] = field[:, 1] - field[:, 0], field[:, -1] - field[:, -2]
    return along_y, along_x


def normals(height: Floats) -> tuple[Floats, Floats, Floats]:
    """Unit normals (x, y, z) of a height field, z towards the viewer."""
    along_y, along_x = gradient(height)
    inverse = 1 / np.sqrt(along_x * along_x + along_y * along_y + 1)
    return -along_x * inverse, -along_y * inverse, inverse


def shifted(field: Floats, down: float, right: float) -> Floats:
    """Move a field by a fraction of a step or many; 0 flows in at the edge."""
    height, width = field.shape
    if float(down).is_integer() and float(right).is_integer():
        # Whole steps are a copy, some ten times quicker than the general way.
        moved = np.zeros(field.shape, np.float32)
        y, x = int(down), int(right)
        moved[max(0, y) : height + min(0, y), max(0, x) : width + min(0, x)] = field[
            max(0, -y) : height - max(0, y), max(0, -x) : width - max(0, x)
        ]
        return moved
    image = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    move = (1, 0, -right, 0, 1, -down)
    return np.asarray(image.transform((width, height), Image.Transform.AFFINE, move, LINEAR))


def sampled(field: Floats, y: Floats, x: Floats) -> Floats:
    """Values of a field at fractional places, by bilinear interpolation; places outside take the edge's value."""
    height, width = field.shape[:2]
    y, x = np.clip(y, 0, height - 1.001), np.clip(x, 0, width - 1.001)
    row, column = y.astype(np.int32), x.astype(np.int32)
    down, right = (y - row).astype(np.float32), (x - column).astype(np.float32)
    if field.ndim == 3:
        down, right = down[..., None], right[..., None]
    upper: Floats = field[row, column] * (1 - right) + field[row, column + 1] * right
    lower: Floats = field[row + 1, column] * (1 - right) + field[row + 1, column + 1] * right
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def noise(
    rng: np.random.Generator,
    shape: tuple[int, int],
    cell: float,
    octaves: int = 3,
    gain: float = 0.5,
    stretch: tuple[float, float] = (1, 1),
) -> Floats:
    """Smooth random values, mostly between -1 and 1: small random lattices, enlarged and summed.

    `cell` is the size of the coarsest lumps, `gain` the strength of each finer octave against the one before,
    `stretch` the lumps' extent (down, across) against `cell`. About 7 ms an octave at 768 x 768.
    """
    height, width = shape
    total = np.zeros(shape, np.float32)
    amplitude, energy = 1.0, 0.0
    for octave in range(octaves):
        step = cell / 2**octave
        if step < 1.5:
            break
        tall, broad = height / (step * stretch[0]), width / (step * stretch[1])
        lattice = rng.random((int(tall) + 3, int(broad) + 3), dtype=np.float32) * 2 - 1
        top, left = rng.random(2)
        window = (left, top, left + broad, top + tall)
        total += np.asarray(Image.fromarray(lattice).resize((width, height), CUBIC, box=window)) * amplitude
        energy += amplitude * amplitude
        amplitude *= gain
    # Brings the standard deviation to about .37 for any number of octaves, as measured.
    return total / np.float32(1.24 * math.sqrt(max(energy, 1e-6)))
