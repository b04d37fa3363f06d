"""Whether two environments, say an old and a new numpy and Pillow, paint the same pixels.

Run by hand: `python tests/benchmarks/same_pixels.py save DIR` with the Python of each environment, in which the package
is installed, then `python tests/benchmarks/same_pixels.py compare DIR OTHER` with either. Bar: two levels of 255 at
most on 99.5 % of each picture's pixels.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from measure import machine
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

LEVELS, SHARE = 2, 0.995
SCENES = ("a house at night in the rain", "a rabbit in the snow at sunset", "in a room", "under the sea", "")
"""Prompts for one drawing, beside a few drawings with their own words."""


def main() -> None:
    """Save pictures, or compare those saved."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("save", "compare"))
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=14, help="take every so many drawings")
    chosen = parser.parse_args()
    if chosen.what == "compare":
        compare(*chosen.folders)
        return
    (folder,) = chosen.folders
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures(chosen.every):
        np.save(folder / f"{name}.npy", picture)
    (folder / "machine.txt").write_text(machine(), encoding="utf-8")


def pictures(every: int) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """Some drawings in every style, true to the line and loose, and one drawing in several scenes: (name, picture)."""
    from offline.paint.drawings import drawn_by_people

    from sketch_widget.offline.paint import STYLE_VALUES, paint
    from sketch_widget.offline.paint.commission import Commission

    drawings = drawn_by_people()
    for style in STYLE_VALUES[1:]:
        for drawing in drawings[::every]:
            order = Commission(drawing.sketch.pixels(), f"a {drawing.word}", style, n=2)
            for variant, picture in enumerate(paint(order)):
                yield f"{style[1:-1]} {drawing.word} {variant}", picture
        for scene in SCENES:
            order = Commission(drawings[3].sketch.pixels(), scene, style, sketch_weight=3)
            yield f"{style[1:-1]} {scene or 'nothing said'}", next(paint(order))


def compare(folder: Path, other: Path) -> None:
    """Print the pictures that differ, and how many do by more than the bar."""
    for each in (folder, other):
        print((each / "machine.txt").read_text(encoding="utf-8"))
    names, failed = sorted(path.name for path in folder.glob("*.npy")), 0
    for name in names:
        one, two = (np.load(each / name).astype(np.int16) for each in (folder, other))
        apart = np.abs(one - two).max(axis=2)
        alike = float((apart <= LEVELS).mean())
        failed += alike < SHARE
        if apart.any():
            print(f"  {name[:-4]:45} alike on {alike:.3%}, farthest {apart.max()} levels")
    print(f"{len(names)} pictures, {failed} below the bar of {SHARE:.1%} within {LEVELS} levels")


if __name__ == "__main__":
    main()
