"""What each region, object and free stroke of a drawing is like: size, place, shape, kin.

Lengths are cells of the grid (384 a side; one cell is two picture pixels), areas are cells squared,
x runs right, y runs down.
"""

from dataclasses import dataclass

RGB = tuple[int, int, int]


@dataclass(frozen=True)
class Region:
    """One closed part of the drawing, or a part of the paper around it."""

    label: int
    """Its number in `Reading.labels`, from 1."""
    area: float
    """Cells squared, half of the line around it included."""
    center: tuple[float, float]
    """Centroid (x, y), cells."""
    box: tuple[int, int, int, int]
    """(left, top, right, bottom), cells, the last ones included."""
    half_width: float
    """Greatest distance from its outline, cells."""
    elongation: float
    """Long axis over short axis of the ellipse of the same inertia: 1 for a disc or a square, 5 for a stem."""
    filled_area: float
    """Area with what lies inside it (eyes, windows), cells squared."""
    filled_center: tuple[float, float]
    """Centroid with what lies inside it, (x, y), cells."""
    roundness: float
    """0 to 1: how nearly an ellipse it is once filled, less when it is long: a disc 1, a square .75, a triangle 0."""
    paper: bool
    """It reaches the frame of the picture: sky, ground, table, not a thing."""
    frame: int
    """Cells of its border on the frame of the picture."""
    solid: bool
    """It was scribbled full: no enclosed room but ink, and its colour is `ink`."""
    parent: int
    """Label of the region that surrounds it (the face of an eye); 0 when none does."""
    depth: int
    """How many regions of things surround it; 0 for the outermost."""
    group: int
    """Number of its look-alikes' group, from 0: petals, windows, wheels share one. Every region has a group."""
    thing: int
    """Label of the thing (connected drawn object) it is part of; 0 for paper."""
    neighbours: tuple[tuple[int, int], ...]
    """(label, cells of common border) of the regions beside it, longest border first."""
    ink: RGB | None
    """Colour of the pen that drew most of its outline, when that is a colour; None for black, grey and mixed lines.
    For a solid region the colour of the scribble, always given."""


@dataclass(frozen=True)
class Thing:
    """A connected drawn object: regions that touch each other."""

    label: int
    """Its number in `Reading.things_map`, from 1."""
    area: float
    """Cells squared."""
    center: tuple[float, float]
    """Centroid (x, y), cells."""
    box: tuple[int, int, int, int]
    """(left, top, right, bottom), cells, the last ones included."""
    regions: tuple[int, ...]
    """Labels of its regions, largest first."""


@dataclass(frozen=True)
class FreeStroke:
    """A line on the paper that encloses nothing: a whisker, a ray, a wave, a horizon."""

    label: int
    """Its number in `Reading.free_map`, from 1."""
    area: int
    """Cells of ink."""
    length: float
    """Length of its centre line, cells."""
    center: tuple[float, float]
    """Centroid (x, y), cells."""
    box: tuple[int, int, int, int]
    """(left, top, right, bottom), cells, the last ones included."""
    ink: RGB | None
    """Its pen colour when that is a colour; None for black and grey."""
    horizon: bool
    """It runs along one of `Reading.horizons`."""
