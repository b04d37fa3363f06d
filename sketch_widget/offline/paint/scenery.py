"""What stands behind the drawing: sky, sun, clouds, far hills, ground and small things, as plain data.

No pixel is painted here. Each style paints the same scenery in its own way. Lengths are pixels of the
768-pixel picture, x right, y down.
"""

from dataclasses import dataclass, replace

from .colour import Floats, Lch
from .reading import SIDE
from .setting import Setting
from .skies import Sky
from .skyline import OUTLINES, Outline

Piece = tuple[Floats, Lch]
"""A mask of one shape, and its colour."""


@dataclass(frozen=True, eq=False)
class Band:
    """One layer of land or water; it reaches from its edge down to the foot of the picture."""

    edge: Outline
    """`(768,) float32`: y of its upper edge in each column."""
    top: Lch
    bottom: Lch
    kind: str
    """A name of `skyline.OUTLINES` for what is far; for ground "land", "water", "sand", "snow", "paving", "table" or
    "floor"."""
    distance: float
    """0 near, 1 at the horizon."""

    @property
    def ground(self) -> bool:
        """Whether things stand on it."""
        return self.kind not in OUTLINES


@dataclass(frozen=True)
class Orb:
    """The sun or the moon."""

    x: float
    y: float
    radius: float
    colour: Lch
    crescent: bool = False


@dataclass(frozen=True)
class Cloud:
    """A cloud of round puffs: a heap on a flat base, or drawn out by the wind."""

    x: float
    y: float
    width: float
    puffs: tuple[tuple[float, float, float], ...]
    """(x, y, radius)."""
    streak: bool = False


@dataclass(frozen=True)
class Mark:
    """A small thing: a star, a flower in the grass, a glint on the water, a flake, a drop."""

    kind: str
    """"star", "dot", "dash", "blade", "flake", "drop", "petal", "flower", "bubble", "window"."""
    x: float
    y: float
    size: float
    colour: Lch


@dataclass(frozen=True)
class Prop:
    """A thing that belongs to the place: a tree beside the road, a window in the wall, weed on the sea floor."""

    kind: str
    """A name of `prop_shapes.SHAPES`."""
    x: float
    """The middle of its foot."""
    y: float
    """Its foot."""
    width: float
    height: float
    colour: Lch
    accent: Lch


@dataclass(frozen=True, eq=False)
class Scenery:
    """Everything behind the drawing."""

    setting: Setting
    sky: Sky
    bands: tuple[Band, ...]
    """Far ones first."""
    orb: Orb | None
    clouds: tuple[Cloud, ...]
    stars: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    """On the ground and in the water."""
    props: tuple[Prop, ...]
    """Before the land and behind the drawing; far ones first."""
    falling: tuple[Mark, ...]
    """In the air before everything: rain, snow, petals, leaves."""
    light: tuple[float, float]
    """Direction towards the light, (x, y)."""
    centre: tuple[float, float]
    """The middle of the drawing."""
    reach: float
    """Radius of a disc that holds most of the drawing."""

    @property
    def horizon(self) -> float:
        """Mean height of the first ground, or the foot of the picture without one."""
        return next((float(band.edge.mean()) for band in self.bands if band.ground), float(SIDE))

    def exposed(self, by: float) -> "Scenery":
        """The same scenery in more light, or in less when `by` is negative: OKLab lightness.

        What gets less light takes something of the sky's deepest colour: snow in the shade is blue, not grey.
        """
        deepest = self.sky[0]

        def tone(colour: Lch) -> Lch:
            changed = colour.lit(by).strong(1 - by)
            return changed.mixed(deepest.at(changed.lightness), max(0.0, -2 * by))

        zenith, middle, horizon = (tone(colour) for colour in self.sky)
        return replace(
            self,
            sky=(zenith, middle, horizon),
            bands=tuple(replace(band, top=tone(band.top), bottom=tone(band.bottom)) for band in self.bands),
            props=tuple(replace(prop, colour=tone(prop.colour), accent=tone(prop.accent)) for prop in self.props),
        )
