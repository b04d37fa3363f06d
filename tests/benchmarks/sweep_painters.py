"""Whether paintings clear their bars on all drawings: lines found, silhouettes, styles told apart, variants apart.

Run by hand: `python tests/benchmarks/sweep_painters.py [--every 4] [--source other.ndjson]`; all 56 drawings take some
fifteen minutes on one core. Each bar is printed beside what was measured. `--source` takes other drawings, to see
whether the painters were fitted to those at hand: one a line, as in `tests/data/quickdraw.ndjson`, of which only `word`
and `drawing` are read.
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
from sketch_widget.offline.paint.lexicon import words_of_painting
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
    """Structure and silhouettes of every style, how surely styles are told apart, how far variants are apart."""
    found = np.zeros((len(drawings), len(STYLES), 3))
    contrast = np.full((len(drawings), len(STYLES)), np.nan)
    numbers = []
    apart: dict[str, list[tuple[float, str]]] = {style: [] for style in STYLES}
    for row, drawing in enumerate(drawings):
        pixels = drawing.sketch.pixels()
        reading = read(Commission(pixels, ""), words_of_painting(f"a {drawing.word}"))
        for column, style in enumerate(STYLES):
            variants = list(paint(Commission(pixels, f"a {drawing.word}", style, n=4)))
            apart[style] += [(color_distance(one, other), drawing.word) for one, other in combinations(variants, 2)]
            picture = variants[0]
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
    right = told_apart(np.array(numbers).reshape(len(drawings), len(STYLES), -1))
    print(f"  styles told apart, each drawing left out in turn: {right:.1%} (bar 97 %)")
    print("four variants of each drawing, mean colour distance of two (bars: any pair .015, mean .06)")
    for style, distances in apart.items():
        nearest, word = min(distances)
        print(f"  {style:20} nearest {nearest:.3f} ({word}), mean {np.mean([far for far, _ in distances]):.3f}")


if __name__ == "__main__":
    main()
