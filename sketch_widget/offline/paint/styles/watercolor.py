"""`<watercolor>`: transparent washes on rough paper. Pigment is optical density: washes add up, and light multiplies.

Pigment drifts to the rim of a drying wash, settles in the paper's hollows, and mixes wet in wet (Curtis et al.,
"Computer-generated watercolor", 1997; Bousseau et al., "Interactive watercolor rendering", 2006).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..colour import VIOLET, Floats, Lch, ramp
from ..fields import BOX, blur, noise, resize, sampled, smoothstep
from ..guard import lightness_wanted
from ..layers import HALF, SHAPE, SIDE, Field, X, Y, below, extent, full, full_linear, line_colours, line_mask, to_bytes
from ..light import light_on
from ..plan import Plan
from ..prop_shapes import pieces
from ..scenery import Band
from ..shapes import add_disc, by_colour, cloud_mask, empty, marks_mask, orb_mask
from ..textures import cold_pressed

_PAPER = np.array([0.988, 0.981, 0.962], np.float32)
_WEIGHTS = np.array([0.25, 0.60, 0.15], np.float32)
"""How much red, green and blue count for lightness."""
_ALL = (slice(0, SIDE), slice(0, SIDE))
Window = tuple[slice, slice]


@dataclass(frozen=True, eq=False)
class _Sheet:
    """The wet sheet: what has been laid on it, and the currents in the water."""

    density: Floats
    """`(768, 768, 3)`: sum of the logarithms of what each wash lets through; 0 is bare paper."""
    currents: Floats
    fine: Floats
    grain: Floats
    """Hollows of the paper, around 0."""

    def stain(self, colour: Floats | Lch, load: Floats) -> None:
        """Add pigment as it is, without the habits of a wash."""
        if isinstance(colour, Lch):
            window = extent(load)
            self.density[window] += load[window][..., None] * _absorbed(colour)
        else:
            self.density[...] += load[..., None] * _absorbed(colour)

    def lift(self, share: Floats, window: Window = _ALL) -> None:
        """Take pigment off again with a damp brush; a negative share adds some of the same."""
        kept = 1 - share
        for channel in range(3):
            self.density[window][..., channel] *= kept

    def wash(
        self,
        where: Field,
        colour: Lch,
        other: Lch,
        load: Field | float,
        rim: float = 0.42,
        window: Window = _ALL,
        flow: float = 0.30,
        mixing: Field | None = None,
    ) -> None:
        """Lay one wash: two pigments that mix in the water, denser at the rim and in the hollows."""
        currents, fine, grain = self.currents[window], self.fine[window], self.grain[window]
        edge = np.clip(where - blur(where, 5.5), 0, 1) * 1.25 + np.clip(where - blur(where, 2.0), 0, 1) * 1.1
        laid = load * (1 + flow * currents + 0.12 * fine - 0.35 * grain) + rim * edge
        laid = np.maximum(laid, 0.06) * where
        mixed_in = np.clip(0.5 + 0.55 * (currents if mixing is None else mixing), 0, 1) * laid
        first, second = _absorbed(colour), _absorbed(other)
        # One channel at a time: broadcasting over three channels is some three times slower.
        for channel in range(3):
            layer = self.density[window][..., channel]
            layer += laid * first[channel] + mixed_in * (second[channel] - first[channel])


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Paint a plan in watercolour."""
    rng = plan.random("water")
    height, bumps = cold_pressed()
    sheet = _Sheet(
        np.zeros((SIDE, SIDE, 3), np.float32),
        noise(rng, SHAPE, 150, 4, 0.62),
        noise(rng, SHAPE, 26, 3, 0.6),
        height - np.float32(0.5),
    )
    free = _free(plan, sheet)
    _background(plan, sheet, *free)
    _things(plan, sheet)
    _set_off(plan, sheet, free[0] * free[1])
    _accidents(plan, sheet)
    picture = np.exp(sheet.density) * _PAPER
    picture *= (1 + bumps * np.float32(0.55))[..., None]
    _pencil(plan, sheet, picture)
    return to_bytes(picture)


def _absorbed(colour: Lch | Floats) -> Floats:
    rgb = colour.rgb if isinstance(colour, Lch) else colour
    return np.asarray(np.log(np.clip(rgb, 0.02, 0.995)), np.float32)


# Background -----------------------------------------------------------------------------------------------------------


def _free(plan: Plan, sheet: _Sheet) -> tuple[Floats, Floats]:
    """Where the background may be wet: outside a dry seam around the drawing, and off the paper's edge."""
    wobble = noise(plan.random("background"), HALF, 40, 2) * 1.6
    dry = np.clip(full_linear(smoothstep(2.0, 4.0, plan.reading.outside + wobble)), 0, 1)
    margin = (
        np.minimum(np.minimum(X, SIDE - 1 - X), np.minimum(Y, SIDE - 1 - Y)) + sheet.currents * 46 + sheet.fine * 10
    )
    return dry, smoothstep(16, 26, margin)


def _background(plan: Plan, sheet: _Sheet, dry: Floats, sheet_edge: Floats) -> None:
    """Loose washes behind the drawing."""
    scenery = plan.scenery
    if not scenery.setting.open_air and scenery.setting.place != "underwater":
        if scenery.setting.walled:
            wall, other = scenery.sky[1].strong(1.35), scenery.sky[0].strong(1.2).turned(24)
            sheet.wash(sheet_edge * dry * (1 - below(scenery.bands[0], 3)), wall, other, 0.8, 0.30, flow=0.5)
        else:
            _pool(plan, sheet, dry, sheet_edge)
        for band in scenery.bands:
            _land(sheet, band, None, sheet_edge * dry)
        _props(plan, sheet, sheet_edge * dry)
        return
    _sky(plan, sheet, dry, sheet_edge)
    for band, nearer in zip(scenery.bands, (*scenery.bands[1:], None), strict=False):
        _land(sheet, band, nearer, sheet_edge * dry)
    _props(plan, sheet, sheet_edge * dry)
    for group in by_colour(scenery.marks):
        if group[0].kind == "bubble" or group[0].colour.lightness > 0.9:
            sheet.lift(0.75 * marks_mask(group, 1.0) * dry)
        else:
            spots = marks_mask(group, 1.2) * dry
            if group[0].kind in ("dot", "flower"):
                sheet.lift(0.9 * spots)
            sheet.wash(spots, group[0].colour, group[0].colour.turned(15), 0.8, 0.3)
    for group in by_colour(scenery.falling):
        sheet.lift(0.7 * marks_mask(group, 1.1))


def _props(plan: Plan, sheet: _Sheet, free: Floats) -> None:
    """Each shape lifted out of what is below it, and washed in a little short of its outline."""
    for prop in plan.scenery.props:
        for mask, colour in pieces(prop):
            window = extent(mask, 8)
            shape = mask[window] * free[window]
            sheet.density[window] *= (1 - 0.88 * shape)[..., None]
            sheet.wash(shape, colour, colour.turned(16), 0.82, 0.34, window, flow=0.4)


def _pool(plan: Plan, sheet: _Sheet, dry: Floats, sheet_edge: Floats) -> None:
    """A free wash behind the subject, two hues that run into each other."""
    scenery = plan.scenery
    away = np.hypot(
        (X - scenery.centre[0]) / (scenery.reach * 1.22 + 95), (Y - scenery.centre[1]) / (scenery.reach * 1.2 + 95)
    )
    where = smoothstep(1.04, 0.90, away + sheet.currents * 0.26 + sheet.fine * 0.05) * sheet_edge
    hue = scenery.sky[0].hue
    pale = not plan.dark
    first = Lch(0.80, 0.11, hue) if pale else Lch(0.42, 0.10, hue)
    other = Lch(0.84, 0.10, hue + 50) if pale else Lch(0.36, 0.10, hue + 30)
    if plan.palette.dominant.lightness > 0.86:
        first, other = first.lit(-0.12).strong(1.15), other.lit(-0.10).strong(1.1)
    sheet.wash(where * dry, first, other, 0.72, 0.30, flow=0.55)


def _sky(plan: Plan, sheet: _Sheet, dry: Floats, sheet_edge: Floats) -> None:
    """A graded wash; clouds are lifted out of it while it is wet."""
    scenery, rng = plan.scenery, plan.random("sky")
    foot = scenery.bands[0].edge if scenery.bands else np.full(SIDE, SIDE + 20, np.float32)
    nearest = next((band.edge for band in scenery.bands if band.ground), foot)
    above = np.clip((nearest[None] + sheet.fine * 5 - Y) / 2 + 0.5, 0, 1)
    down = Y / float(nearest.mean())
    lifted = np.zeros(SHAPE, np.float32)
    if scenery.clouds:
        torn = noise(rng, SHAPE, 150, 4, 0.6, stretch=(0.6, 1.3))
        soft = blur(cloud_mask(scenery.clouds), 16)
        lifted = smoothstep(0.30, 0.62, soft + torn * 0.32) * (0.55 if scenery.setting.weather != "clear" else 0.9)
    lift = 0.10 if plan.dark else 0.05
    stops = [(place, tone.lit(lift).strong(1.14)) for place, tone in zip((0, 0.55, 1), scenery.sky, strict=True)]
    colours = ramp(stops, np.clip(down + sheet.currents * 0.10, 0, 1))
    where = above * sheet_edge * dry
    if scenery.orb is not None:
        wobbly = np.hypot(X - scenery.orb.x, Y - scenery.orb.y) + sheet.currents * 8 + sheet.fine * 3
        around = smoothstep(scenery.orb.radius * 1.5, scenery.orb.radius, wobbly)
        lifted = np.maximum(lifted, around * 0.94)
    if scenery.stars:
        lifted = np.maximum(lifted, marks_mask(scenery.stars, 1.3) * 0.9)
    edge = np.clip(where - blur(where, 5.5), 0, 1) * 0.55
    load = 0.95 * (1 - 0.25 * np.clip(down, 0, 1)) * (1 + 0.30 * sheet.currents - 0.30 * sheet.grain) + edge
    load = load * (1 - 0.90 * lifted)
    sheet.stain(colours, np.maximum(load, 0.03) * where)
    if scenery.orb is not None:
        disc = smoothstep(scenery.orb.radius + 2, scenery.orb.radius - 2, wobbly) * above * dry
        if scenery.orb.crescent:
            disc = disc * blur(orb_mask(scenery.orb), 1.0)
        tone = scenery.orb.colour.strong(1.15)
        sheet.wash(disc, tone, tone.turned(-18).lit(-0.04), 1.0, 0.35)


def _land(sheet: _Sheet, band: Band, nearer: Band | None, free: Floats) -> None:
    """One layer of land, with a dry seam where the next begins; water is left sparkling by a dry brush."""
    where = np.clip((Y - band.edge[None] - 3 + sheet.fine * 4) / 2.2 + 0.5, 0, 1)
    if nearer is not None:
        where = where * np.clip((nearer.edge[None] - 2 + sheet.fine * 4 - Y) / 2.2 + 0.5, 0, 1)
    where = where * free
    if band.kind == "water":
        streaks = noise(np.random.Generator(np.random.PCG64(7)), SHAPE, 90, 3, 0.6, stretch=(0.22, 1.8))
        where = where * (1 - 0.62 * smoothstep(-0.10, 0.35, streaks - 0.2) * (sheet.grain * 2 + 0.8))
    fading = 0.86 - 0.25 * band.distance
    sheet.wash(where, band.top.lit(0.05), band.bottom.strong(1.1).turned(8), fading, 0.30, flow=0.42)


# The drawing ----------------------------------------------------------------------------------------------------------


def _things(plan: Plan, sheet: _Sheet) -> None:
    """One wash for each region, a little out of register; the light side is left thin, the shade glazed again."""
    reading, rng = plan.reading, plan.random("things")
    facing = full(light_on(plan, 0.5, 0.6, 0.7, 3.0).facing)
    sway_x, sway_y = noise(rng, HALF, 30, 3, 0.6) * 2.4, noise(rng, HALF, 30, 3, 0.6) * 2.4
    for weight in reading.weights:
        colour = plan.colours.get(weight.label)
        if colour is None:
            continue
        rows, columns = weight.window
        window = (
            slice(max(0, rows.start - 12), min(SIDE, rows.stop + 12)),
            slice(max(0, columns.start - 12), min(SIDE, columns.stop + 12)),
        )
        where = _out_of_register(
            weight.share, weight.window, window, sway_x, sway_y, rng.uniform(-1.2, 1.2, 2).tolist()
        )
        light = smoothstep(0.50, 0.95, facing[window])
        load = 1.02 - 0.44 * light + 0.25 * smoothstep(0.35, -0.1, facing[window])
        turn = 13 if rng.random() < 0.5 else -13
        pale = colour.at(min(0.93, colour.lightness + 0.05)).strong(1.12)
        other = Lch(min(0.92, colour.lightness), min(0.19, colour.chroma * 1.18 + 0.01), colour.hue + turn)
        mixing = sheet.currents[window] * 0.9 - 0.35 * facing[window] + 0.25
        sheet.wash(where, pale, other, load, 0.52, window, 0.34, mixing)
        if reading.regions[weight.label - 1].area > 400:
            shade = Lch(max(0.35, colour.lightness - 0.10), max(colour.chroma, 0.03), colour.hue).leaning(VIOLET, 0.08)
            turned = facing[window] + sheet.currents[window] * 0.15 + sheet.fine[window] * 0.06
            glaze = where * smoothstep(0.38, 0.30, turned)
            sheet.wash(glaze, shade, shade.mixed(Lch(0.55, 0.08, VIOLET), 0.45), 0.42, 0.24, window)


def _out_of_register(
    share: Floats, inner: Window, outer: Window, sway_x: Floats, sway_y: Floats, offset: list[float]
) -> Floats:
    """A region's mask in a wider window, its outline swaying: gaps and overlaps as of a loose hand."""
    shape = (outer[0].stop - outer[0].start, outer[1].stop - outer[1].start)
    wide = np.zeros(shape, np.float32)
    top, left = inner[0].start - outer[0].start, inner[1].start - outer[1].start
    wide[top : top + share.shape[0], left : left + share.shape[1]] = share
    half = resize(wide, (max(2, shape[0] // 2), max(2, shape[1] // 2)), BOX)
    rows = np.arange(half.shape[0], dtype=np.float32)[:, None]
    columns = np.arange(half.shape[1], dtype=np.float32)[None, :]
    corner = (
        slice(outer[0].start // 2, outer[0].start // 2 + half.shape[0]),
        slice(outer[1].start // 2, outer[1].start // 2 + half.shape[1]),
    )
    dy, dx = sway_y[corner], sway_x[corner]
    moved = sampled(half, rows + dy[: half.shape[0]] + offset[0], columns + dx + offset[1])
    return smoothstep(0.44, 0.60, np.clip(resize(blur(moved, 0.8), shape), 0, 1))


def _set_off(plan: Plan, sheet: _Sheet, free: Floats) -> None:
    """Where a thing would be lost, one more wash is drawn round it, of what lies there; or some of that is lifted."""
    before, wet = resize(sheet.density, HALF, BOX), resize(free, HALF, BOX)
    if not (lightness_wanted(np.exp(before) * _PAPER, plan.reading) * wet).any():
        return
    # Of what lies there: the pigment around each place, and a little of the sky's, because paper may be bare.
    pigment = blur(before * wet[..., None], 7) / (blur(wet, 7) + np.float32(0.05))[..., None]
    pigment += _absorbed(plan.scenery.sky[0].strong(1.2)) * np.float32(0.3)
    pigment /= (pigment @ _WEIGHTS)[..., None]
    density = before.copy()
    for _ in range(2):
        picture = np.exp(density) * _PAPER
        change = lightness_wanted(picture, plan.reading) * wet
        if not change.any():
            break
        # In OKLab lightness goes about as the 3/4th power of a screen value.
        wanted = change / (0.75 * np.maximum(picture @ _WEIGHTS, 0.3) ** 0.75)
        lifted = np.clip(wanted / np.maximum(-density @ _WEIGHTS, 0.05), 0, 0.8)
        density = density * (1 - lifted)[..., None] + pigment * np.minimum(wanted, 0)[..., None]
    if not np.array_equal(density, before):
        uneven = free * (1 + 0.35 * sheet.currents - 0.25 * sheet.grain)
        sheet.density[...] += full_linear(density - before) * uneven[..., None]
        np.minimum(sheet.density, 0, out=sheet.density)


def _accidents(plan: Plan, sheet: _Sheet) -> None:
    """Backruns where a drop fell into a drying wash, and splashes of the palette."""
    rng = plan.random("accidents")
    for _ in range(3):
        x, y = (rng.uniform(0.1, 0.9, 2) * SIDE).tolist()
        radius = float(rng.uniform(22, 52))
        # A drop's rim wanders by some twenty pixels, and is no broader than ten.
        reach = int(radius) + 60
        part = (slice(max(0, int(y) - reach), int(y) + reach), slice(max(0, int(x) - reach), int(x) + reach))
        away = np.hypot(X[:, part[1]] - x, Y[part[0]] - y) + sheet.fine[part] * 9 + sheet.currents[part] * 10
        bloom = 0.24 * smoothstep(radius, radius - 3, away) - 0.20 * np.exp(-(((away - radius) / 2.6) ** 2))
        sheet.lift(bloom, part)
    colours = list(plan.colours.values()) or list(plan.palette.accents)
    for index in range(3):
        drops = empty()
        for _ in range(9):
            x, y = rng.uniform(20, SIDE - 20, 2).tolist()
            add_disc(drops, x, y, abs(rng.normal(0, 1.7)) + 0.9, 1.0, float(rng.uniform(0.4, 0.8)))
        colour = colours[int(rng.integers(len(colours)))]
        sheet.stain(colour.lit(-0.02 * index), drops * np.float32(0.6))


def _pencil(plan: Plan, sheet: _Sheet, picture: Floats) -> None:
    """The drawn line: soft pencil that the paper's grain breaks up; transparent, so that colours show through."""
    reading = plan.reading
    colours = line_colours(
        plan,
        lambda c: Lch(max(0.24, c.lightness * 0.36), c.chroma * 0.45, c.hue),
        Lch(0.33, 0.03, 270),
        foam=Lch(0.30, 0.06, 255),
    )
    strength = line_mask(reading, -0.5 + sheet.fine * 0.55, 1.5) * np.clip(
        0.88 + sheet.grain * 0.8 + sheet.currents * 0.1, 0.25, 1
    )
    strength = strength * np.float32(reading.line_opacity)
    picture *= 1 - strength[..., None] * (1 - colours * 0.9)
