"""Contact sheets to look at: drawings by styles, or how the drawings are read.

    python tests/contact_sheet.py styles [--every 6] [--words cat,house] [--weight 10] [--n 1]
    python tests/contact_sheet.py regions
    python tests/contact_sheet.py readme

The sheets go to `sheets/`, which git ignores; the README's stands among its images. Other drawings than the tests' own:
`--source file.ndjson`.
"""

import argparse
import colorsys
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).parent))

from offline.paint.drawings import DATA, Drawing, drawn_by_people

from sketch_widget.offline.paint import paint
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.reading import Reading, read

SHEETS = Path(__file__).parents[1] / "sheets"
STYLES = (
    "<auto>",
    "<3d cartoon>",
    "<anime>",
    "<oil painting>",
    "<watercolor>",
    "<sketch>",
    "<chinese painting>",
    "<flat illustration>",
)
README = Path(__file__).parents[1] / "notebooks" / "images" / "painters.jpg"
README_LIMIT = 395_000
"""Bytes that the README's sheet may have."""
SHOWN = (
    ("tree", "a tree in autumn"),
    ("cat", "a cat in the kitchen"),
    ("sailboat", "a sailboat at sunset"),
    ("octopus", "an octopus under the sea"),
    ("snowman", "a snowman"),
    ("lighthouse", "a lighthouse at night"),
)
"""The drawings of the README's sheet, and the words that go with them."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Make one sheet as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("styles", "regions", "readme"))
    parser.add_argument("--every", type=int, default=1, help="take every so many drawings")
    parser.add_argument("--words", default="", help="only drawings of these words")
    parser.add_argument("--styles", default=",".join(STYLES), help="styles, separated by commas")
    parser.add_argument("--weight", type=int, default=10, help="sketch_weight, 0 to 10")
    parser.add_argument("--n", type=int, default=1, help="variants of each picture")
    parser.add_argument("--side", type=int, default=256, help="side of one picture on the sheet")
    parser.add_argument("--source", type=Path, default=DATA, help="a Quick, Draw! file")
    parser.add_argument("--strokes", action="store_true", help="let the painters know the strokes")
    parser.add_argument("--out", type=Path, help="where to save; default sheets/<what>.png")
    chosen = parser.parse_args(arguments)
    if chosen.what == "readme":
        print(readme(chosen.out or README))
        return
    words = {word for word in chosen.words.split(",") if word}
    drawings = [drawing for drawing in drawn_by_people(chosen.source) if not words or drawing.word in words]
    drawings = drawings[:: chosen.every]
    sheet = regions(drawings, chosen) if chosen.what == "regions" else styles(drawings, chosen)
    out = chosen.out or SHEETS / f"{chosen.what}.png"
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(out)
    print(out)


def regions(drawings: Iterable[Drawing], chosen: argparse.Namespace) -> Image.Image:
    """The regions found in each drawing, in random colours under its lines; paper is grey, free strokes are red."""
    tiles = []
    for drawing in drawings:
        began = time.perf_counter()
        reading = read(_commission(drawing, chosen), words_of_painting(f"a {drawing.word}"))
        label = f"{drawing.word}: {len(reading.regions)}, {time.perf_counter() - began:.2f} s"
        tiles.append(_tile(region_picture(reading), label, chosen.side))
    return _grid(tiles, 8)


def region_picture(reading: Reading) -> NDArray[np.uint8]:
    """`(384, 384, 3) uint8`: look-alikes in one hue, free strokes red, lines black."""
    colors = np.full((len(reading.regions) + 1, 3), 232.0)
    for region in reading.regions:
        if not region.paper:
            tone = 0.75 + 0.2 * (region.label * 0.37 % 1)
            colors[region.label] = [255 * c for c in colorsys.hsv_to_rgb(region.group * 0.618 % 1, 0.55, tone)]
    picture = colors[reading.labels]
    picture[reading.ink[::2, ::2]] = 0
    picture[reading.free_map > 0] = (220, 30, 30)
    return picture.astype(np.uint8)


def styles(drawings: Iterable[Drawing], chosen: argparse.Namespace) -> Image.Image:
    """Each drawing and its paintings, a row a drawing."""
    names = [name if name.startswith("<") else f"<{name}>" for name in chosen.styles.split(",")]
    tiles = []
    for drawing in drawings:
        tiles.append(_tile(drawing.sketch.pixels(), drawing.word, chosen.side))
        for style in names:
            began = time.perf_counter()
            for picture in paint(_commission(drawing, chosen, style)):
                spent = time.perf_counter() - began
                tiles.append(_tile(picture, f"{style} {spent:.2f} s", chosen.side))
                began = time.perf_counter()
    return _grid(tiles, 1 + len(names) * chosen.n)


def readme(out: Path, side: int = 150, gap: int = 4) -> str:
    """Save the README's sheet as a JPEG that is as good as its size allows, and say how large it is."""
    drawings = {drawing.word: drawing.sketch.pixels() for drawing in reversed(drawn_by_people())}
    rows = [
        [drawings[word], *(next(paint(Commission(drawings[word], prompt, style))) for style in STYLES[1:])]
        for word, prompt in SHOWN
    ]
    step = side + gap
    sheet = Image.new("RGB", (len(STYLES) * step - gap, len(rows) * step - gap), "white")
    for down, row in enumerate(rows):
        for across, picture in enumerate(row):
            tile = Image.fromarray(picture).resize((side, side), Image.Resampling.LANCZOS)
            sheet.paste(tile, (across * step, down * step))
    for quality in range(92, 50, -2):
        sheet.save(out, quality=quality, optimize=True, progressive=True)
        if out.stat().st_size <= README_LIMIT:
            break
    return f"{out}: {out.stat().st_size} bytes at quality {quality}"


def _commission(drawing: Drawing, chosen: argparse.Namespace, style: str = "<auto>") -> Commission:
    return Commission(
        drawing.sketch.pixels(),
        f"a {drawing.word}",
        style,
        n=chosen.n,
        sketch_weight=chosen.weight,
        strokes=drawing.sketch if chosen.strokes else None,
    )


def _tile(picture: NDArray[np.uint8], label: str, side: int) -> Image.Image:
    tile = Image.new("RGB", (side, side + 14), "white")
    tile.paste(Image.fromarray(picture).resize((side, side), Image.Resampling.LANCZOS), (0, 14))
    ImageDraw.Draw(tile).text((3, 1), label, fill="black")
    return tile


def _grid(tiles: Sequence[Image.Image], columns: int) -> Image.Image:
    width, height = tiles[0].size
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * (width + 4), rows * (height + 4)), "white")
    for at, tile in enumerate(tiles):
        sheet.paste(tile, (at % columns * (width + 4), at // columns * (height + 4)))
    return sheet


if __name__ == "__main__":
    main()
