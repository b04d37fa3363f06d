"""Whether paintings clear their bars on all drawings: lines found, silhouettes, styles told apart, variants apart.

Run by hand: `python tests/benchmarks/sweep_painters.py [--every 4] [--source other.ndjson]`; all 56 drawings take about
seven minutes on one core. Each bar is printed beside what was measured. `--source` takes other drawings, to see whether
the painters were fitted to those at hand: one a line, as in `tests/data/quickdraw.ndjson`, of which only `word` and
`drawing` are read.
"""

import argparse
import sys
import time
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from offline.paint.drawings import DATA, Drawing, drawn_by_people, outlines, true_rooms, with_holes
from offline.paint.measures import color_distance, room_score, silhouette_contrast, statistics, structure, told_apart

from sketch_widget.offline.paint import STYLE_VALUES, paint
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.reading import read

STYLES = STYLE_VALUES[1:]


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="take every so many drawings")
    parser.add_argument("--source", type=Path, default=DATA, help="a Quick, Draw! file")
    chosen = parser.parse_args()
    begun = time.perf_counter()
    drawings = drawn_by_people(chosen.source)[:: chosen.every]
    print_rooms()
    print_paintings(drawings)
    print_variants(drawings[:: max(1, len(drawings) // 4)][:4])
    print(f"{time.perf_counter() - begun:.0f} s")


def print_rooms() -> None:
    """The gap test: mean overlap of the true rooms with those found."""
    print("rooms found, mean overlap (bars: pixels .99 .95 .87, strokes known .99 .97 .93)")
    for hole in (0, 16, 24):
        scores = []
        for seed in range(24):
            shapes = outlines(seed)
            rooms, ink = true_rooms(shapes)
            sketch = with_holes(shapes, hole, seed)
            scores.append([room_score(sketch, rooms, ink, known) for known in (False, True)])
        print(
            f"  holes of {hole:2} px: pixels {np.mean(scores, axis=0)[0]:.3f}, strokes {np.mean(scores, axis=0)[1]:.3f}"
        )


def print_paintings(drawings: tuple[Drawing, ...]) -> None:
    """Structure and silhouettes of every style, and how surely the styles are told apart."""
    found = np.zeros((len(drawings), len(STYLES), 3))
    contrast = np.full((len(drawings), len(STYLES)), np.nan)
    numbers = []
    for row, drawing in enumerate(drawings):
        pixels = drawing.sketch.pixels()
        reading = read(Commission(pixels, ""))
        for column, style in enumerate(STYLES):
            picture = next(paint(Commission(pixels, f"a {drawing.word}", style)))
            found[row, column] = structure(reading.ink, picture)
            measured = silhouette_contrast(reading, picture)
            contrast[row, column] = np.nan if measured is None else measured
            numbers.append(statistics(picture))
    print(
        f"{len(drawings)} drawings (bars: found mean .95, least .85, of drawings never seen .80; above chance .20; "
        "AUC mean .98; silhouette p5 .08)"
    )
    for column, style in enumerate(STYLES):
        lines, chance, auc = found[:, column].T
        above = lines - chance
        low = np.nanpercentile(contrast[:, column], 5)
        worst = drawings[int(lines.argmin())].word
        palest = drawings[int(np.nanargmin(contrast[:, column]))].word
        print(f"  {style:20} found {lines.mean():.3f}, least {lines.min():.3f} ({worst});", end=" ")
        print(f"above chance {above.mean():.2f}, least {above.min():.2f};", end=" ")
        print(f"AUC {auc.mean():.3f}, least {auc.min():.3f}; silhouette p5 {low:.3f} (least: {palest})")
    apart = told_apart(np.array(numbers).reshape(len(drawings), len(STYLES), -1))
    print(f"  styles told apart, each drawing left out in turn: {apart:.1%} (bar 97 %)")


def print_variants(drawings: tuple[Drawing, ...]) -> None:
    """How far the four variants of one order are apart."""
    print("variants, mean colour distance of two (bars: any pair .015, mean .06)")
    for style in STYLES:
        apart = []
        for drawing in drawings:
            pictures = list(paint(Commission(drawing.sketch.pixels(), f"a {drawing.word}", style, n=4)))
            apart.extend(color_distance(one, other) for one, other in combinations(pictures, 2))
        print(f"  {style:22} nearest {min(apart):.3f} mean {np.mean(apart):.3f}")


if __name__ == "__main__":
    main()
