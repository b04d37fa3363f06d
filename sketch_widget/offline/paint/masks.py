"""Masks: which cells belong to something, and the classic questions about them: how far, which piece, where the middle.

Everything is exact and in plain numpy. Masks are `(H, W) bool`, label maps `(H, W) int32` with 0 for "none".
"""

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]

FAR = np.float32(1e4)
"""Distance reported where a mask is empty and no cap is given."""


def distance(mask: Bools, cap: int | None = None) -> Floats:
    """Euclidean distance of each cell to the nearest cell of the mask, exact, at most `cap`.

    Felzenszwalb & Huttenlocher, "Distance transforms of sampled functions" (2012), read as a minimum over shifts: first
    along columns, then along rows, where only shifts shorter than the longest distance so far can still matter.
    """
    along_y = np.where(mask, np.float32(0), FAR)
    for row in range(1, len(along_y)):
        np.minimum(along_y[row], along_y[row - 1] + 1, out=along_y[row])
    for row in range(len(along_y) - 2, -1, -1):
        np.minimum(along_y[row], along_y[row + 1] + 1, out=along_y[row])
    # Transposed, so that the shifts along x move whole contiguous rows.
    column = np.ascontiguousarray((along_y * along_y).T)
    best, moved = column.copy(), np.empty_like(column)
    reach = min(len(column) - 1, cap or len(column))
    for shift in range(1, reach + 1):
        square = np.float32(shift * shift)
        if shift % 8 == 1 and square >= best.max():
            break
        np.add(column[:-shift], square, out=moved[shift:])
        np.minimum(best[shift:], moved[shift:], out=best[shift:])
        np.add(column[shift:], square, out=moved[:-shift])
        np.minimum(best[:-shift], moved[:-shift], out=best[:-shift])
    result = np.ascontiguousarray(np.sqrt(best).T)
    return np.minimum(result, np.float32(cap)) if cap else result


def grown(mask: Bools, radius: float) -> Bools:
    """The mask and all cells within `radius` of it."""
    return distance(mask, int(radius) + 2) <= radius


def components(mask: Bools, diagonal: bool = False) -> tuple[Labels, int]:
    """Number the connected pieces of a mask, in reading order from 1: (labels, how many).

    By runs: each row falls into runs of set cells, runs of neighbouring rows that overlap are joined by union-find, and
    a running sum paints the numbers back. With `diagonal`, cells that touch at a corner are connected too.
    """
    height, width = mask.shape
    wide = width + 2
    padded = np.zeros((height, wide), np.int8)
    padded[:, 1:-1] = mask
    step = np.diff(padded.ravel())
    start, stop = np.flatnonzero(step == 1) + 1, np.flatnonzero(step == -1) + 1
    if not len(start):
        return np.zeros(mask.shape, np.int32), 0
    row, first, last = start // wide, start % wide, stop % wide
    # A corner counts as an overlap when each run is taken half a cell longer on both sides.
    slack = 1 if diagonal else 0
    offset = row.astype(np.int64) * (4 * wide)
    lowest = np.searchsorted(offset + last, offset - 4 * wide + first - slack, side="right")
    highest = np.searchsorted(offset + first, offset - 4 * wide + last + slack, side="left")
    touching = np.maximum(highest - lowest, 0)
    below = np.repeat(np.arange(len(start)), touching)
    first_above = np.repeat(lowest, touching)
    turn = np.arange(len(below)) - np.repeat(np.cumsum(touching) - touching, touching)
    roots = joined(len(start), below, first_above + turn)
    _, number = np.unique(roots, return_inverse=True)
    change = np.zeros(height * wide + 1, np.int32)
    change[start] += number.astype(np.int32) + 1
    change[stop] -= number.astype(np.int32) + 1
    labels = np.cumsum(change[:-1], dtype=np.int32).reshape(height, wide)[:, 1:-1]
    return np.ascontiguousarray(labels), int(number.max()) + 1


def joined(count: int, one: Numbers, other: Numbers) -> Numbers:
    """The lowest member of the set that each of 0 .. count - 1 is in, once each of `one` is linked with its `other`.

    Union-find for whole arrays: every link lowers the roots of both its sides, every member then looks at its root's
    root, until nothing changes; the number of rounds grows with the logarithm of the longest chain.
    """
    root = np.arange(count)
    while True:
        low = np.minimum(root[one], root[other])
        lower = root.copy()
        np.minimum.at(lower, root[one], low)
        np.minimum.at(lower, root[other], low)
        lower = lower[lower]
        if np.array_equal(lower, root):
            return root
        root = lower


def spread(labels: Labels, free: Bools, steps: int) -> Labels:
    """Let labels grow into the free unlabelled cells, one cell a step, around what is not free."""
    labels = labels.copy()
    for _ in range(steps):
        empty = (labels == 0) & free
        if not empty.any():
            break
        beside = np.zeros_like(labels)
        np.maximum(beside[1:], labels[:-1], out=beside[1:])
        np.maximum(beside[:-1], labels[1:], out=beside[:-1])
        np.maximum(beside[:, 1:], labels[:, :-1], out=beside[:, 1:])
        np.maximum(beside[:, :-1], labels[:, 1:], out=beside[:, :-1])
        labels[empty] = beside[empty]
        if not beside[empty].any():
            break
    return labels


def window(mask: Bools, margin: int = 0) -> tuple[slice, slice]:
    """The smallest (rows, columns) around all set cells of a mask, widened by `margin` within the lattice.

    The mask is not empty.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    height, width = mask.shape
    return (
        slice(max(0, int(rows[0]) - margin), min(height, int(rows[-1]) + 1 + margin)),
        slice(max(0, int(columns[0]) - margin), min(width, int(columns[-1]) + 1 + margin)),
    )


# The eight neighbours of a cell as bits, clockwise from north.
_AROUND = ((0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (0, 0))


def _bits(code: int) -> list[int]:
    return [(code >> bit) & 1 for bit in range(8)]


def _turns(code: int) -> int:
    """How often one meets ink after paper on the way round a cell: the lines that leave it."""
    ring = _bits(code)
    return sum(ring[k] == 0 and ring[(k + 1) % 8] == 1 for k in range(8))


def _removable(code: int, second: bool) -> bool:
    """Guo & Hall, "Parallel thinning with two-subiteration algorithms" (1989).

    The better known rule of Zhang & Suen eats slanting lines two cells wide from their tips: it missed ends by 8 cells.
    """
    n, ne, e, se, s, sw, w, nw = (bool(bit) for bit in _bits(code))
    branches = (not n and (ne or e)) + (not e and (se or s)) + (not s and (sw or w)) + (not w and (nw or n))
    thick = min((nw or n) + (ne or e) + (se or s) + (sw or w), (n or ne) + (e or se) + (s or sw) + (w or nw))
    kept = (n or ne or not se) and e if second else (s or sw or not nw) and w
    return branches == 1 and 2 <= thick <= 3 and not kept


_REMOVABLE = tuple(np.array([_removable(code, second) for code in range(256)]) for second in (False, True))
_TURNS = np.array([_turns(code) for code in range(256)], np.uint8)
_COUNT = np.array([sum(_bits(code)) for code in range(256)], np.uint8)


def _surroundings(mask: Bools) -> npt.NDArray[np.uint8]:
    """Each cell's eight neighbours as one byte."""
    height, width = mask.shape
    padded = np.pad(mask.astype(np.uint8), 1)
    code = np.zeros(mask.shape, np.uint8)
    for bit, (y, x) in enumerate(_AROUND):
        code |= padded[y : y + height, x : x + width] << bit
    return code


def thinned(mask: Bools, rounds: int = 40) -> Bools:
    """Peel a mask down to lines one cell wide that keep its shape; at most `rounds` cells from either side."""
    thin = mask.copy()
    for _ in range(rounds):
        changed = False
        for removable in _REMOVABLE:
            peel = thin & removable[_surroundings(thin)]
            if peel.any():
                thin &= ~peel
                changed = True
        if not changed:
            break
    return thin


def neighbour_counts(thin: Bools) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """For each cell: how many of its eight neighbours are set, and how many lines leave it."""
    code = _surroundings(thin)
    return _COUNT[code], _TURNS[code]
