"""`<oil painting>`: thousands of bristle strokes over a coloured ground, big ones first, lit as relief.

Layers of brushes after Hertzmann, "Painterly rendering with curved brush strokes of multiple sizes" (1998), the light
on the paint after his "Fast paint texture" (2002).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from .. import fields, masks
from ..brushes import ANGLES, KINDS, brush
from ..colour import Floats, Lch, ramp
from ..fields import blur, noise, resize, smoothstep
from ..guard import set_off
from ..layers import HALF, SIDE, Field, X, Y, full_linear, line_colours, to_bytes, vignette
from ..light import light_on, shaded
from ..plan import Plan
from ..prop_shapes import pieces
from ..reading import GRID, Reading
from ..scenery import Band, Mark
from ..shapes import by_colour, cloud_mask, marks_mask, orb_mask

SHARP = 0.045
"""A change of brightness from cell to cell beyond which the background is painted with smaller brushes."""
_y = np.arange(GRID, dtype=np.float32)[:, None] * 2 + 1
_x = np.arange(GRID, dtype=np.float32)[None, :] * 2 + 1


@dataclass(frozen=True)
class _Pass:
    """One brush, and where it paints: strokes on a jittered grid, at some distance (pixels) from an edge of colour."""

    length: int
    width: int
    step: int
    nearest: float
    farthest: float
    share: float
    """Of the grid's places that get a stroke."""
    lively: float
    """How much lightness varies from stroke to stroke."""


_PASSES = (
    _Pass(64, 22, 14, 12.0, 1e9, 1.0, 0.027),
    _Pass(36, 12, 9, 5.5, 34.0, 0.92, 0.022),
    _Pass(19, 6, 5, 1.6, 15.0, 0.85, 0.017),
)


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Paint a plan in oil."""
    easel = _Easel(plan)
    easel.cover()
    easel.accents()
    easel.draw()
    return to_bytes(vignette(easel.lit(), 0.10))


class _Easel:
    """A canvas, the thickness of the paint on it, and what is to be painted: colours and directions on the grid."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rng = plan.random("strokes")
        self.wanted = _reference(plan)
        self.direction = _directions(plan)
        ground = np.clip(full_linear(blur(self.wanted, 2.0) * np.float32(0.93)), 0, 1)
        self.canvas = Image.fromarray(to_bytes(ground))
        self.height = Image.new("L", (SIDE, SIDE), 40)

    def cover(self) -> None:
        """Lay in everything, from the big brush to the small one."""
        edges = _edge_distance(self.plan.reading, self.wanted)
        for turn in _PASSES:
            rows, columns = np.mgrid[0 : SIDE : turn.step, 0 : SIDE : turn.step]
            y = np.clip(rows.ravel() + self.rng.uniform(-0.5, 0.5, rows.size) * turn.step, 0, SIDE - 1)
            x = np.clip(columns.ravel() + self.rng.uniform(-0.5, 0.5, rows.size) * turn.step, 0, SIDE - 1)
            near = edges[(y / 2).astype(int), (x / 2).astype(int)]
            chosen = (near >= turn.nearest) & (near <= turn.farthest) & (self.rng.random(len(y)) < turn.share)
            if turn.width == 12:
                chosen |= (near > turn.farthest) & (self.rng.random(len(y)) < 0.18)
            order = self.rng.permutation(np.flatnonzero(chosen))
            self._strokes(turn.length, turn.width, x[order], y[order], turn.lively)

    def _strokes(
        self, length: int, width: int, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], lively: float
    ) -> None:
        rows, columns = (y / 2).astype(int), (x / 2).astype(int)
        count = len(x)
        colours = (
            self.wanted[rows, columns] + self.rng.normal(0, lively, (count, 1)) + self.rng.normal(0, 0.011, (count, 3))
        )
        angles = self.direction[rows, columns] + self.rng.normal(0, 0.16, count)
        self._stamp(length, width, x, y, colours, angles, self.rng.integers(90, 235, count))

    def _stamp(
        self,
        length: int,
        width: int,
        x: npt.NDArray[np.float64],
        y: npt.NDArray[np.float64],
        colours: npt.NDArray[np.float64],
        angles: npt.NDArray[np.float64],
        thickness: npt.NDArray[np.int64],
    ) -> None:
        stamps = brush(length, width)
        tones = (np.clip(colours, 0, 1) * 255).astype(np.uint8).tolist()
        turns = (np.rint(angles / (math.pi / ANGLES)).astype(int) % ANGLES).tolist()
        kinds = self.rng.integers(0, KINDS, len(x)).tolist()
        places = zip(x.astype(int).tolist(), y.astype(int).tolist(), strict=True)
        canvas, height = self.canvas, self.height
        for (cx, cy), tone, turn, kind, thick in zip(places, tones, turns, kinds, thickness.tolist(), strict=True):
            stamp = stamps[kind][turn]
            across, down = stamp.colour.size
            corner = (cx - across // 2, cy - down // 2)
            canvas.paste(tuple(tone), corner, stamp.colour)
            height.paste(thick, corner, stamp.height)

    def accents(self) -> None:
        """Loaded touches of light: flowers in the grass, glints on water, stars, and a few of the wrong colour."""
        scenery = self.plan.scenery
        for mark in (*scenery.stars, *scenery.marks, *scenery.falling):
            if self._hidden(mark):
                continue
            angle = {"blade": 1.45, "drop": 1.83}.get(mark.kind, 0.1)
            count = 2 if mark.size > 4 else 1
            tone = np.tile(mark.colour.rgb.astype(np.float64), (count, 1))
            around = self.rng.normal(0, 1.5, (2, count))
            self._stamp(19, 6, mark.x + around[0], mark.y + around[1], tone, np.full(count, angle), np.full(count, 235))

    def _hidden(self, mark: Mark) -> bool:
        """Whether a thing stands before a mark."""
        row, column = (int(np.clip(place / 2, 0, GRID - 1)) for place in (mark.y, mark.x))
        return bool(self.plan.reading.silhouette[row, column])

    def draw(self) -> None:
        """The drawing itself: small loaded strokes along every line."""
        reading = self.plan.reading
        rows, columns = np.nonzero(reading.center_lines)
        if not len(rows):
            return
        on_paper = Lch(0.85, 0.06, 95) if self.plan.dark else Lch(0.27, 0.05, 275)
        colours = line_colours(
            self.plan, lambda c: Lch(max(0.17, c.lightness * 0.40), c.chroma * 0.85 + 0.02, c.hue), on_paper
        )[::2, ::2]
        along = _line_directions(reading)
        chosen = self.rng.permutation(np.arange(0, len(rows), 2))
        chosen = chosen[self.rng.random(len(chosen)) < 0.35 + 0.65 * reading.line_opacity]
        y, x = rows[chosen], columns[chosen]
        count = len(chosen)
        self._stamp(
            19,
            6,
            x * 2 + self.rng.integers(-1, 2, count).astype(np.float64),
            y * 2 + self.rng.integers(-1, 2, count).astype(np.float64),
            colours[y, x] + self.rng.normal(0, 0.02, (count, 1)),
            along[y, x] + self.rng.normal(0, 0.05, count),
            self.rng.integers(150, 245, count),
        )

    def lit(self) -> Floats:
        """The canvas with light falling across the paint."""
        picture = np.asarray(self.canvas).astype(np.float32) / 255
        relief = blur(np.asarray(self.height).astype(np.float32) / 255, 0.75)
        down, right = fields.gradient(relief)
        steep = np.float32(5.2)
        toward_x, toward_y = self.plan.scenery.light
        facing = (0.78 - steep * (right * toward_x + down * toward_y)) / np.sqrt(
            (right * steep) ** 2 + (down * steep) ** 2 + 1
        )
        picture *= (1 + 0.37 * np.clip(facing - 0.78, -0.6, 0.6))[..., None]
        picture += (np.clip(facing - 1.02, 0, 1) * 0.35)[..., None]
        weave = np.sin(X * 2.1) * np.sin(Y * 2.1) * 0.008 * (1 - relief)
        return np.asarray(picture + weave[..., None], np.float32)


def _edge_distance(reading: Reading, wanted: Floats) -> Floats:
    """Distance to the nearest edge of a region or of something in the background, pixels."""
    steep, slope = fields.gradient(wanted @ np.full(3, 1 / 3, np.float32))
    edge = np.hypot(steep, slope) > SHARP
    across, down = reading.labels[:, 1:] != reading.labels[:, :-1], reading.labels[1:] != reading.labels[:-1]
    edge[1:] |= down
    edge[:-1] |= down
    edge[:, 1:] |= across
    edge[:, :-1] |= across
    return masks.distance(edge, 40) * np.float32(2)


# What to paint --------------------------------------------------------------------------------------------------------


def _reference(plan: Plan) -> Floats:
    """The colours to reach, `(384, 384, 3)`: one sample a stroke is enough."""
    reading, rng = plan.reading, plan.random("reference")
    broad, fine = noise(rng, HALF, 110, 3, 0.6), noise(rng, HALF, 40, 2)
    wanted = _backdrop(plan, broad, fine)
    light = light_on(plan, 0.55, 0.6, 0.62, 2.2)
    colours = {
        label: colour.strong(1.08).at(min(0.92, colour.lightness - 0.01)) for label, colour in plan.colours.items()
    }
    body = shaded(reading, colours, np.clip(0.5 + 0.62 * (light.facing - 0.42) + 0.06 * fine, 0, 1), 0.55)
    # Complementary touches make flat fields vibrate.
    right = 8 if plan.scenery.light[0] < 0 else -8
    cast = blur(fields.shifted(reading.silhouette.astype(np.float32), 10, right), 6) * 0.28
    wanted = wanted * (1 - cast)[..., None]
    wanted = np.asarray(resize(set_off(full_linear(wanted), full_linear(body), reading), HALF, fields.BOX))
    return np.clip(np.where(reading.silhouette[..., None], body, wanted), 0, 1).astype(np.float32)


def _backdrop(plan: Plan, broad: Floats, fine: Floats) -> Floats:
    scenery = plan.scenery
    zenith, middle, horizon = scenery.sky
    if scenery.setting.walled:
        stops = [(0, zenith.lit(-0.05).strong(1.3)), (0.6, middle.strong(1.2)), (1, horizon)]
        wanted = ramp(stops, _y / SIDE + 0.2 * broad)
    elif not scenery.setting.open_air and scenery.setting.place != "underwater":
        away = np.hypot(_x - scenery.centre[0], _y - scenery.centre[1]) / 480
        deep = (
            (zenith.lit(-0.10).strong(1.35), zenith.lit(-0.22).strong(1.4).turned(22))
            if not plan.dark
            else (middle, zenith)
        )
        wanted = ramp(
            [(0, zenith.lit(0.01).strong(1.2).turned(-20)), (0.5, deep[0]), (1, deep[1])], away + 0.18 * broad
        )
    else:
        stops = [
            (place, tone.strong(1.18)) for place, tone in zip((0, 0.55, 1), (zenith, middle, horizon), strict=True)
        ]
        wanted = ramp(stops, _y / min(scenery.horizon, SIDE) + 0.14 * broad)
    if scenery.clouds:
        torn = blur(cloud_mask(scenery.clouds, flat_base=False)[::2, ::2], 5) + 0.22 * fine
        white = horizon.lit(0.03).strong(0.5) if not plan.dark else horizon.lit(0.03)
        mask = smoothstep(0.25, 0.75, torn)[..., None]
        shade = ramp([(0, white), (1, middle.lit(-0.03))], 0.5 - 0.9 * broad)
        wanted = wanted + (shade - wanted) * mask * 0.88
    if scenery.orb is not None:
        away = np.hypot(_x - scenery.orb.x, _y - scenery.orb.y) / scenery.orb.radius
        glow = np.exp(-((away / 2.2) ** 2)) * 0.55
        wanted = wanted + (scenery.orb.colour.rgb - wanted) * glow[..., None]
        wanted = wanted + (scenery.orb.colour.lit(0.03).rgb - wanted) * orb_mask(scenery.orb)[::2, ::2, None]
    for band in scenery.bands:
        wanted = _land(wanted, band, broad, fine)
    for prop in scenery.props:
        for mask, colour in pieces(prop):
            touched = resize(mask, HALF, fields.BOX)[..., None] * 0.94
            wanted = wanted + (colour.strong(1.1).rgb + (fine * 0.05)[..., None] - wanted) * touched
    for group in by_colour(scenery.marks):
        if group[0].kind == "dash":
            wanted = wanted + (group[0].colour.rgb - wanted) * marks_mask(group, 1.2)[::2, ::2, None] * 0.6
    return np.asarray(wanted, np.float32)


def _land(wanted: Floats, band: Band, broad: Floats, fine: Floats) -> Floats:
    edge = band.edge[::2][None]
    depth = np.clip((_y - edge) / max(60.0, SIDE - float(band.edge.mean())), 0, 1)
    colours = (
        ramp([(0, band.top.strong(1.1)), (1, band.bottom.strong(1.1))], depth + 0.22 * broad) + (fine * 0.05)[..., None]
    )
    mask = np.clip((_y - edge) / 2 + 0.5, 0, 1)[..., None]
    return np.asarray(wanted * (1 - mask) + colours * mask, np.float32)


def _directions(plan: Plan) -> Floats:
    """The way of the brush, radians: round the form of things, swirling around them, level on the ground."""
    reading, rng = plan.reading, plan.random("wind")
    swirl = noise(rng, HALF, 150, 2)
    down, right = fields.gradient(blur(reading.region_height, 3.0))
    form = np.where(np.hypot(right, down) < 0.12, 0.9 + 0.8 * swirl, np.arctan2(right, -down))
    down, right = fields.gradient(blur(reading.outside, 5.0))
    around = np.arctan2(right, -down)
    near = np.exp(-reading.outside / 34) * 0.9
    wind = swirl * 1.1 + float(rng.uniform(-0.5, 0.5))
    orb = plan.scenery.orb
    if orb is not None:
        ring = np.arctan2(_y - orb.y, _x - orb.x) + math.pi / 2
        pull = np.exp(-np.hypot(_x - orb.x, _y - orb.y) / (orb.radius * 3))
        wind = _mixed(wind, ring, pull)
    air = _mixed(wind, around, near)
    if plan.scenery.bands:
        air = np.where(_y > plan.scenery.bands[0].edge[::2][None], 0.18 * swirl, air)
    return np.where(reading.silhouette, form, air).astype(np.float32)


def _mixed(angle: Floats, other: Floats, share: Field) -> Floats:
    """Directions mixed by their doubled angles, because a brush has no front."""
    cosine = np.cos(2 * angle) * (1 - share) + np.cos(2 * other) * share
    sine = np.sin(2 * angle) * (1 - share) + np.sin(2 * other) * share
    return np.asarray(0.5 * np.arctan2(sine, cosine), np.float32)


def _line_directions(reading: Reading) -> Floats:
    """The direction of the nearest line, radians, from the structure tensor of the ink."""
    ink = reading.ink.reshape(GRID, 2, GRID, 2).any(axis=(1, 3))
    down, right = fields.gradient(blur(np.asarray(ink), 2.0))
    xx, yy, xy = blur(right * right, 1.6), blur(down * down, 1.6), blur(right * down, 1.6)
    return np.asarray(0.5 * np.arctan2(2 * xy, xx - yy) + math.pi / 2, np.float32)
