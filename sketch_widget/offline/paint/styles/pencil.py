"""`<sketch>`: graphite on drawing paper: lines gone over twice, tone in layers of hatching that bend round the form."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..colour import Floats, Lch
from ..fields import blur, noise, sampled, smoothstep
from ..guard import set_off
from ..layers import HALF, SHAPE, SIDE, X, Y, below, full, full_linear, line_mask, over, plain, to_bytes
from ..light import Light, light_on
from ..plan import Plan
from ..scenery import Band
from ..shapes import cloud_mask, marks_mask, orb_mask
from ..textures import drawing_paper


@dataclass(frozen=True)
class _Medium:
    """A sheet and what is drawn on it with."""

    sheet: Lch
    lead: Lch
    chalk: float = 0.0
    """How strongly white chalk is laid into the lights; only toned sheets need it."""


_MEDIA = (
    _Medium(Lch(0.966, 0.008, 95), Lch(0.28, 0.008, 270)),
    _Medium(Lch(0.945, 0.024, 85), Lch(0.33, 0.06, 42)),
    _Medium(Lch(0.80, 0.016, 250), Lch(0.24, 0.012, 265), 0.85),
    _Medium(Lch(0.955, 0.014, 100), Lch(0.34, 0.075, 258)),
)
"""For the variants 0 to 3: graphite, red chalk, graphite and white on a toned sheet, blue pencil."""


_WANTED = (0.0, 0.05, 0.10, 0.15, 0.30, 0.50, 0.70, 0.90)
_REACHED = (0.0, 0.02, 0.07, 0.15, 0.31, 0.53, 0.64, 0.75)
"""What share of the sheet is covered, on the average, where a tone is wanted: measured on even patches."""


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Draw a plan in pencil."""
    rng = plan.random("pencil")
    medium = _MEDIA[plan.variant % len(_MEDIA)]
    tooth = drawing_paper()
    pressure = noise(rng, SHAPE, 120, 3)
    shape = plan.reading.silhouette_soft
    light = light_on(plan, 0.62, 0.5, 0.62, 2.4)
    inside = _tone(plan, light)
    tone = _told_apart(plan, _backdrop_tone(plan, pressure), inside, medium) * (1 - shape) + inside * shape
    graphite = np.maximum(_hatched(plan, tone, pressure, rng), _lines(plan, pressure, rng))
    # Graphite catches on the tooth of the paper; only a firm line fills the hollows.
    caught = graphite * np.clip(0.30 + 1.25 * tooth + 0.35 * (graphite - 0.5), 0, 1.15)
    smudge = blur(tone, 4) * (0.10 + 0.24 * tooth)
    dark = np.clip(caught + smudge * (1 - caught), 0, 1)
    picture = plain(medium.sheet)
    picture *= (1 - 0.045 * (1 - tooth))[..., None]
    if medium.chalk:
        lit = smoothstep(0.70, 0.97, full(light.facing)) * shape * (0.25 + 0.9 * tooth)
        over(picture, Lch(0.985, 0.005, 90), np.clip(lit, 0, 1) * np.float32(medium.chalk))
    over(picture, medium.lead, dark)
    return to_bytes(_pen_colours(plan, picture, dark[..., None]))


def _told_apart(plan: Plan, tone: Floats, inside: Floats, medium: _Medium) -> Floats:
    """The tone behind the things, deepened or cleared where a thing of the same tone would be lost in it."""
    sheet, lead = medium.sheet.rgb, medium.lead.rgb
    behind, front = (
        sheet + (lead - sheet) * np.interp(field, _WANTED, _REACHED).astype(np.float32)[..., None]
        for field in (tone, inside)
    )
    red = set_off(behind, front, plan.reading)[..., 0]
    reached = (sheet[0] - red) / max(0.05, float(sheet[0] - lead[0]))
    return np.asarray(np.clip(np.interp(reached, _REACHED, _WANTED), 0, 0.9), np.float32)


def _tone(plan: Plan, light: Light) -> Floats:
    """How dark the things are to become, 0 to 1: their own colour's darkness, and the shade."""
    reading = plan.reading
    table = np.zeros(len(reading.regions) + 1, np.float32)
    for label, colour in plan.colours.items():
        table[label] = 0.03 + 0.72 * (1 - min(1.0, colour.lightness + 0.10 * colour.chroma))
    shade = smoothstep(0.70, -0.10, light.facing) * 0.50 - smoothstep(0.74, 0.97, light.facing) * 0.24
    return np.clip(full_linear(blur(table[reading.labels], 0.7) + shade), 0, 0.92)


def _hatched(plan: Plan, tone: Floats, pressure: Floats, rng: np.random.Generator) -> Floats:
    """Three layers of hatching, each where the tone asks for it; the strokes bend over the relief."""
    reading = plan.reading
    bend = full(blur(reading.region_height * 0.9 + reading.thing_height * 0.5, 2.5))
    wander = noise(rng, SHAPE, 90, 2) * 5
    broken = noise(rng, SHAPE, 26, 2, stretch=(1, 1))
    turn = np.full(len(reading.regions) + 1, 0.0, np.float32)
    for region in reading.regions:
        turn[region.label] = 0.0 if region.paper else float(rng.normal(0, 0.18))
    lean = full_linear(turn[reading.labels])
    graphite = np.zeros(SHAPE, np.float32)
    for angle, pitch, start, strength in ((-0.80, 6.2, 0.03, 0.66), (-0.42, 5.6, 0.32, 0.66), (0.62, 5.2, 0.52, 0.78)):
        heading = angle + lean
        place = X * np.sin(heading) + Y * np.cos(heading) + bend * np.float32(0.5) + wander
        wave = 0.5 + 0.5 * np.cos(place * np.float32(2 * math.pi / pitch))
        wanted = np.clip((tone - start) / 0.42, 0, 1)
        edge = 1 - wanted * (0.70 + 0.12 * pressure)
        stroke = smoothstep(-0.34, 0.36, wave - edge + 0.34 * broken) * np.minimum(1, wanted * 3.5)
        graphite = np.maximum(graphite, stroke * strength * (0.66 + 0.44 * wanted))
    return graphite


def _lines(plan: Plan, pressure: Floats, rng: np.random.Generator) -> Floats:
    """Every line gone over twice, the second time a little off, with a pressure that comes and goes."""
    reading = plan.reading
    firm = np.float32(reading.line_opacity)
    first = line_mask(reading, -0.35 + 0.5 * pressure, 1.4) * np.clip(0.90 + 0.16 * pressure, 0.5, 1)
    sway_y, sway_x = noise(rng, HALF, 70, 2) * 3.4, noise(rng, HALF, 70, 2) * 3.4
    distance = sampled(reading.line_distance, Y + full_linear(sway_y), X + full_linear(sway_x))
    second = np.clip(0.5 - (distance + 1.2) / 1.4, 0, 1) * np.clip(0.46 + 0.5 * pressure, 0, 0.7)
    return np.asarray(np.maximum(first, second) * firm, np.float32)


def _pen_colours(plan: Plan, picture: Floats, dark: Floats) -> Floats:
    """Lines drawn with a coloured pen become coloured pencil."""
    chroma = plan.reading.line_chroma
    if not chroma.any():
        return picture
    colour = np.clip(full_linear(plan.reading.line_color), 0, 1)
    share = np.clip(full_linear(chroma), 0, 1)[..., None] * dark
    return np.asarray(picture * (1 - share) + (colour * 0.85 + 0.03) * share, np.float32)


# Background -----------------------------------------------------------------------------------------------------------


def _backdrop_tone(plan: Plan, pressure: Floats) -> Floats:
    """A suggestion of what is behind: land, clouds, or just a patch of shade, left open toward the sheet's edge."""
    scenery = plan.scenery
    margin = np.minimum(np.minimum(X, SIDE - 1 - X), np.minimum(Y, SIDE - 1 - Y)) + pressure * 40
    open_edge = smoothstep(18, 70, margin)
    if not scenery.setting.open_air and scenery.setting.place != "underwater":
        tone = _patch(plan, pressure)
        for band in scenery.bands:
            tone = np.maximum(tone, 0.26 * below(band, 3) * (1 - 0.5 * (Y - band.edge[None]) / SIDE))
        return np.asarray(tone * open_edge, np.float32)
    night = 0.46 if plan.dark else 0.0
    # A clear day is bare paper: only the top of the sky gets a few strokes.
    veil = 0.50 if plan.dark or scenery.setting.weather != "clear" or not scenery.setting.open_air else 0.30
    lightness = np.interp(Y[:, 0] / min(scenery.horizon, SIDE), (0, 0.5, 1), [tone.lightness for tone in scenery.sky])
    sky = np.clip(veil * (1 - lightness.astype(np.float32))[:, None] + night + 0 * X + 0.05 * pressure - 0.03, 0, 0.86)
    if scenery.clouds:
        heaps = tuple(cloud for cloud in scenery.clouds if not cloud.streak)
        sky = (
            sky * (1 - 0.85 * smoothstep(0.2, 0.8, blur(cloud_mask(heaps, flat_base=False), 7) + 0.1 * pressure)) + 0.04
        )
    if scenery.stars:
        sky = sky * (1 - marks_mask(scenery.stars, 1.5))
    if scenery.orb is not None:
        sky = sky * (1 - orb_mask(scenery.orb))
    for band in scenery.bands:
        sky = _land(sky, band, pressure)
    if scenery.falling:
        sky = sky * (1 - 0.9 * marks_mask(scenery.falling, 1.2))
    around = np.exp(-((full_linear(np.minimum(plan.reading.outside, 60)) / 8) ** 2))
    return np.asarray(np.clip(sky, 0, 0.9) * open_edge * (1 - 0.85 * around), np.float32)


def _patch(plan: Plan, pressure: Floats) -> Floats:
    """Shade behind the subject on the side away from the light, as one sets off a head in a study."""
    scenery = plan.scenery
    right, down = scenery.light
    x, y = scenery.centre[0] - right * 110, scenery.centre[1] - down * 80
    away = np.hypot((X - x) / (scenery.reach * 1.05 + 60), (Y - y) / (scenery.reach * 1.0 + 60)) + pressure * 0.22
    depth = 0.60 if plan.dark or plan.palette.dominant.lightness > 0.8 else 0.30
    return np.asarray(smoothstep(1.05, 0.35, away) * depth, np.float32)


def _land(tone: Floats, band: Band, pressure: Floats) -> Floats:
    mask = below(band, 1.5)
    own = 0.10 + 0.55 * (1 - (band.top.lightness + band.bottom.lightness) / 2) * (1 - 0.55 * band.distance)
    away = Y - band.edge[None]
    crest = np.exp(-((np.maximum(away, 0) / 26) ** 2)) * (0.20 * (1 - 0.5 * band.distance))
    line = np.exp(-((away / 1.6) ** 2)) * 0.5 * (1 - 0.6 * band.distance)
    return np.asarray(tone * (1 - mask) + (own + crest + 0.06 * pressure) * mask + line, np.float32)
