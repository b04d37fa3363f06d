"""`<sketch>`: graphite on clean paper: a contour that swells and thins, hatched tone, scenery in a few lines."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..colour import Floats, Lch
from ..fields import blur, noise, sampled, smoothstep
from ..guard import set_off
from ..hatching import Layer, hatched
from ..layers import HALF, SHAPE, SIDE, Field, X, Y, below, extent, full, full_linear, line_mask, over, plain, to_bytes
from ..light import Light, light_on
from ..plan import Plan
from ..prop_shapes import pieces
from ..scenery import Band
from ..shadows import ground_shadow
from ..shapes import add_stroke, cloud_mask, empty, marks_mask, orb_mask
from ..textures import drawing_paper


@dataclass(frozen=True)
class _Medium:
    """A sheet and what is drawn on it with."""

    sheet: Lch
    lead: Lch
    chalk: float = 0.0
    """How strongly white chalk is laid into the lights; only toned sheets need it."""


_MEDIA = (
    _Medium(Lch(0.972, 0.006, 95), Lch(0.31, 0.008, 270)),
    _Medium(Lch(0.950, 0.022, 85), Lch(0.36, 0.09, 38)),
    _Medium(Lch(0.80, 0.016, 250), Lch(0.24, 0.012, 265), 0.85),
    _Medium(Lch(0.955, 0.014, 100), Lch(0.36, 0.085, 258)),
)
"""For the variants 0 to 3: graphite, red chalk, graphite and white on a toned sheet, blue pencil."""

_SLANT = -0.96
"""The direction in which a right hand shades, radians: up to the right."""
_BODY = (
    Layer(_SLANT, 6.4, 0.07, 0.50),
    Layer(_SLANT + 0.46, 6.0, 0.33, 0.72),
    Layer(_SLANT + 1.62, 5.6, 0.52, 0.90, 0.40),
)
_STILL = (Layer(-0.14, 5.4, 0.06, 0.75, 0.30, 240), Layer(0.42, 6.4, 0.42, 0.85, 0.36, 170))
_SHOWERS = (Layer(_SLANT - 0.10, 8.2, 0.07, 0.70, 0.34, 190), Layer(_SLANT + 0.75, 7.6, 0.42, 0.85, 0.34, 170))
_LEVEL = (Layer(0.02, 7.0, 0.07, 0.65, 0.33, 150), Layer(-0.22, 6.4, 0.40, 0.85, 0.34, 110))
"""What is hatched on the things, behind them on dry days and on wet ones, and on level ground and water.

Steep parallel strokes in the sky are what everybody draws for rain; a sky without it is rubbed in with flat strokes.
"""
_RUBBED = 0.34
"""How much of a tone behind the things is rubbed into the paper with the finger before it is hatched."""

_DARKEST = 0.78
"""Deeper shade would read as ink."""
_WANTED = (0.0, 0.05, 0.10, 0.15, 0.30, 0.50, 0.70, 0.90)
_REACHED_BEHIND = (0.0, 0.020, 0.080, 0.147, 0.25, 0.455, 0.67, 0.77)
_REACHED_INSIDE = (0.0, 0.008, 0.054, 0.127, 0.275, 0.61, 0.81, 0.89)
"""What share of the sheet is covered behind and on the things, on the average, where a tone is wanted: measured on even
patches; on dry days and wet ones the same within 0.03."""


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Draw a plan in pencil."""
    rng = plan.random("pencil")
    medium = _MEDIA[plan.variant % len(_MEDIA)]
    tooth = drawing_paper()
    pressure = noise(rng, SHAPE, 120, 3)
    shape = plan.reading.silhouette_soft
    light = light_on(plan, 0.62, 0.5, 0.62, 2.4)
    inside = _tone(plan, light)
    lines, behind, level = _surroundings(plan, pressure)
    behind, level = _told_apart(plan, (behind, level, lines), inside, medium)
    graphite = hatched(behind * (1 - shape), _SHOWERS if _is_wet(plan) else _STILL, 0.0, rng)
    graphite = np.maximum(graphite, blur(behind, 5) * (1 - shape) * np.float32(_RUBBED))
    graphite = np.maximum(graphite, hatched(level * (1 - shape), _LEVEL, 0.0, rng))
    graphite = np.maximum(graphite, lines * (1 - shape))
    graphite = np.maximum(graphite, hatched(inside * shape, _BODY, _over_the_form(plan), rng))
    graphite = np.maximum(graphite, blur(inside * shape, 3) * np.float32(0.16))
    graphite = np.maximum(graphite, _contour(plan, light, pressure, rng))
    # Graphite catches on the tooth of the paper; only a firm line fills the hollows.
    dark = np.clip(graphite * np.clip(0.52 + 0.80 * tooth + 0.35 * (graphite - 0.5), 0, 1.12), 0, 1)
    picture = plain(medium.sheet)
    picture *= (1 - 0.030 * (1 - tooth))[..., None]
    if medium.chalk:
        lit = smoothstep(0.70, 0.97, full(light.facing)) * shape * (0.25 + 0.9 * tooth)
        over(picture, Lch(0.985, 0.005, 90), np.clip(lit, 0, 1) * np.float32(medium.chalk))
    over(picture, medium.lead, dark)
    return to_bytes(_pen_colours(plan, picture, dark[..., None]))


# The drawing ----------------------------------------------------------------------------------------------------------


def _tone(plan: Plan, light: Light) -> Floats:
    """How dark the things are to become, 0 to 1: their own colour's darkness, and the shade."""
    reading = plan.reading
    table = np.zeros(len(reading.regions) + 1, np.float32)
    for label, colour in plan.colours.items():
        table[label] = 0.65 * max(0.0, 0.88 - colour.lightness - 0.10 * colour.chroma)
    shade = smoothstep(0.70, -0.20, light.facing) * 0.50 - smoothstep(0.72, 0.94, light.facing) * 0.18
    return np.clip(full_linear(blur(table[reading.labels], 0.7) + shade), 0, _DARKEST)


def _told_apart(
    plan: Plan, around: tuple[Floats, Floats, Floats], inside: Floats, medium: _Medium
) -> tuple[Floats, Floats]:
    """The tones behind the things, aslant and level, deepened or cleared where a thing would be lost in them."""
    aslant, level, lines = around
    sheet, lead = medium.sheet.rgb, medium.lead.rgb
    covered = np.interp(aslant, _WANTED, _REACHED_BEHIND)
    covered_level = np.interp(level, _WANTED, _REACHED_BEHIND)
    seen = np.maximum(np.maximum(covered, covered_level), lines)

    def drawn(cover: Field) -> Floats:
        return np.asarray(sheet + (lead - sheet) * cover[..., None], np.float32)

    red = set_off(drawn(seen), drawn(np.interp(inside, _WANTED, _REACHED_INSIDE)), plan.reading)[..., 0]
    more = (sheet[0] - red) / max(0.05, float(sheet[0] - lead[0])) - seen
    aslant = np.interp(np.clip(covered + more, 0, 1), _REACHED_BEHIND, _WANTED)
    level = np.interp(np.clip(covered_level + np.minimum(more, 0), 0, 1), _REACHED_BEHIND, _WANTED)
    return np.asarray(np.clip(aslant, 0, 0.9), np.float32), np.asarray(np.clip(level, 0, 0.9), np.float32)


def _over_the_form(plan: Plan) -> Floats:
    """How far hatching is bent sideways by the relief below it, pixels."""
    reading = plan.reading
    relief = full(blur(reading.region_height * 0.9 + reading.thing_height * 0.5, 3.5))
    return relief * np.float32(0.26)


def _contour(plan: Plan, light: Light, pressure: Floats, rng: np.random.Generator) -> Floats:
    """The drawn lines: firm in the shade and at the silhouette, fine in the light, gone over once more beside."""
    reading = plan.reading
    shaded = full_linear(blur(smoothstep(0.75, 0.10, light.facing) * reading.silhouette, 3.0))
    swell = -0.75 + 1.5 * shaded + 0.85 * pressure
    first = line_mask(reading, swell, 1.3) * np.clip(0.88 + 0.16 * pressure + 0.10 * shaded, 0.6, 1)
    sway_y, sway_x = noise(rng, HALF, 90, 2) * 3.0, noise(rng, HALF, 90, 2) * 3.0
    distance = sampled(reading.line_distance, Y + full_linear(sway_y), X + full_linear(sway_x))
    second = np.clip(0.5 - (distance + 1.5) / 1.2, 0, 1) * np.clip(0.25 + 0.9 * pressure, 0, 0.55)
    return np.asarray(np.maximum(first, second) * np.float32(reading.line_opacity), np.float32)


def _pen_colours(plan: Plan, picture: Floats, dark: Floats) -> Floats:
    """Lines drawn with a coloured pen become coloured pencil."""
    chroma = plan.reading.line_chroma
    if not chroma.any():
        return picture
    colour = np.clip(full_linear(plan.reading.line_color), 0, 1)
    share = np.clip(full_linear(chroma), 0, 1)[..., None] * dark
    return np.asarray(picture * (1 - share) + (colour * 0.85 + 0.03) * share, np.float32)


# Surroundings ---------------------------------------------------------------------------------------------------------


def _surroundings(plan: Plan, pressure: Floats) -> tuple[Floats, Floats, Floats]:
    """What is behind, as (lines, tone hatched aslant, tone hatched level); all of it runs out before the sheet ends."""
    scenery = plan.scenery
    margin = np.minimum(np.minimum(X, SIDE - 1 - X), np.minimum(Y, SIDE - 1 - Y)) + pressure * 46
    on_sheet = smoothstep(16, 58, margin)
    lines, tone = empty(), empty()
    if scenery.setting.open_air or scenery.setting.place == "underwater":
        tone = _air(plan, pressure)
        lines = _sky_lines(plan, pressure)
    else:
        tone = _corner(plan, pressure)
    level = empty()
    for band in scenery.bands:
        away = Y - band.edge[None]
        mask = below(band, 1.5)
        for field in (lines, tone, level):
            field *= 1 - mask
        tone += mask * _slope_tone(band, away)
        level += mask * _level_tone(plan, band, away)
        lines = np.maximum(lines, _edge_line(band, away, pressure))
    for prop in scenery.props:
        for mask, colour in pieces(prop):
            window = extent(mask, 6)
            shape = mask[window]
            for field in (lines, tone, level):
                field[window] *= 1 - shape
            np.maximum(lines[window], _outline(shape, pressure[window]) * np.float32(0.72), out=lines[window])
            tone[window] += shape * np.float32(0.55 * max(0.0, 0.80 - colour.lightness))
    lines = np.maximum(lines, _small_things(plan))
    level = np.maximum(level, ground_shadow(plan, 0.5, 5.0) * np.float32(0.62))
    # The surroundings keep off the drawing, as a hand does that draws the main thing first.
    clear = full_linear(smoothstep(1.5, 9.0, plan.reading.outside))
    # Where nothing is drawn the landscape is the subject.
    firm = np.float32(1.0 if plan.reading.things else 1.35)
    return lines * on_sheet * clear * firm, tone * on_sheet * (0.25 + 0.75 * clear) * firm, level * on_sheet * firm


def _is_wet(plan: Plan) -> bool:
    return plan.scenery.setting.weather in ("rain", "storm")


def _air(plan: Plan, pressure: Floats) -> Floats:
    """The sky's tone: bare on a clear day, hatched at night and under heavy clouds; water deepens downwards."""
    scenery = plan.scenery
    down = Y / max(120.0, min(scenery.horizon, SIDE))
    if scenery.setting.place == "underwater":
        tone = 0.02 + 0.30 * smoothstep(0.30, 1.25, down + 0.16 * pressure)
    elif plan.dark:
        tone = 0.68 - 0.26 * np.clip(down + 0.18 * pressure, 0, 1)
    elif scenery.setting.weather in ("rain", "storm", "snow"):
        tone = 0.30 * smoothstep(0.75, 0.0, down + 0.2 * pressure)
    elif scenery.setting.time in ("sunset", "dawn"):
        tone = 0.20 * smoothstep(0.62, 0.0, down + 0.25 * pressure)
    else:
        tone = 0.0 * down + 0.15 * smoothstep(0.36, 0.0, down + 0.3 * pressure)
    tone = np.broadcast_to(tone, SHAPE).astype(np.float32)
    for light in (marks_mask(scenery.stars, 1.7), orb_mask(scenery.orb) if scenery.orb else empty()):
        tone *= 1 - light
    if scenery.clouds:
        tone *= 1 - 0.92 * cloud_mask(scenery.clouds, flat_base=False)
    return tone * (1 - marks_mask(scenery.falling, 1.3))


def _sky_lines(plan: Plan, pressure: Floats) -> Floats:
    """Outlines of clouds, open at their foot, and of the sun with a few rays; bubbles have theirs elsewhere."""
    scenery = plan.scenery
    lines = empty()
    if scenery.clouds:
        heaps = cloud_mask(scenery.clouds, flat_base=False)
        lines = _outline(heaps, pressure) * 0.62
    if scenery.orb is not None and not plan.dark:
        orb = scenery.orb
        lines *= 1 - orb_mask(orb, 3)
        lines = np.maximum(lines, _outline(orb_mask(orb), pressure) * 0.70)
        for turn in np.arange(12) * (math.pi / 6):
            reach = orb.radius + (20 if round(turn * 6 / math.pi) % 2 else 28)
            x, y = orb.x + math.cos(turn) * reach, orb.y + math.sin(turn) * reach
            add_stroke(lines, x, y, 6.0 + orb.radius * 0.06, 0.7, float(turn), 0.5)
    return lines


def _outline(mask: Floats, pressure: Floats) -> Floats:
    """A broken pencil line around a shape."""
    soft = blur(mask, 1.1)
    rim = smoothstep(0.55, 0.95, soft * (1 - soft) * 4)
    return np.asarray(rim * np.clip(0.72 + 0.75 * pressure, 0.15, 1), np.float32)


def _corner(plan: Plan, pressure: Floats) -> Floats:
    """Shade behind the subject on the side away from the light, as one sets off a head in a study."""
    scenery = plan.scenery
    right, down = scenery.light
    x, y = scenery.centre[0] - right * 130, scenery.centre[1] - down * 60
    away = np.hypot((X - x) / (scenery.reach * 0.98 + 50), (Y - y) / (scenery.reach * 0.92 + 50)) + pressure * 0.16
    depth = 0.50 if plan.dark else 0.22
    return np.asarray(smoothstep(1.05, 0.62, away) * depth, np.float32)


_ROUGH = {"pines": 0.34, "crowns": 0.24, "mountains": 0.20, "karst": 0.22, "mesas": 0.20, "roofs": 0.15}
"""How dark the far things are hatched at their upper edge, by the kind of outline; others stay lines."""


def _slope_tone(band: Band, away: Floats) -> Floats:
    """Shade under a far ridge, running out downwards; the farther the paler."""
    depth = _ROUGH.get(band.kind, 0.0) * (1 - 0.55 * band.distance)
    return np.asarray(depth * np.exp(-((np.maximum(away, 0) / (46 + 50 * (1 - band.distance))) ** 2)), np.float32)


def _level_tone(plan: Plan, band: Band, away: Floats) -> Floats:
    """Level strokes for water, a few for ground at night; the rest of the ground is paper."""
    if not band.ground:
        return empty()
    depth = {"water": 0.26, "paving": 0.12, "sand": 0.09, "table": 0.15, "floor": 0.14}.get(band.kind, 0.08)
    depth += 0.24 if plan.dark else 0.0
    return np.asarray(depth * (0.35 + 0.65 * np.exp(-np.maximum(away, 0) / 90)), np.float32)


def _edge_line(band: Band, away: Floats, pressure: Floats) -> Floats:
    """The upper edge of a band as one light line, finer and paler with the distance."""
    steep = np.hypot(1, np.gradient(band.edge)).astype(np.float32)
    half = (1.35 - 0.75 * band.distance) * np.clip(0.75 + 0.7 * pressure, 0.2, 1.4)
    line = np.clip(half + 0.5 - np.abs(away) / steep[None], 0, 1)
    return np.asarray(line * (0.80 - 0.42 * band.distance), np.float32)


def _small_things(plan: Plan) -> Floats:
    """Blades, flowers, windows, drops: small marks of the pencil, round ones as rings."""
    scenery = plan.scenery
    round_kinds = {"dot", "bubble", "flake"}
    drawn = (*scenery.marks, *(() if plan.dark else scenery.falling))
    rings = [mark for mark in drawn if mark.kind in round_kinds][::2]
    strokes = [mark for mark in drawn if mark.kind not in round_kinds]
    ringed = np.clip(marks_mask(rings, 0.95) - marks_mask(rings, 0.55), 0, 1)
    return np.asarray(np.maximum(ringed * np.float32(0.7), marks_mask(strokes, 0.85) * np.float32(0.55)), np.float32)
