"""`<chinese painting>`: brush and ink on rice paper: lines that swell and run dry, thin colour, mountains in mist."""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ..colour import Floats, Lch
from ..fields import blur, noise, sampled, smoothstep
from ..guard import lightness_wanted
from ..layers import SHAPE, SIDE, X, Y, extent, full, full_linear, line_mask, over, stain, to_bytes
from ..light import light_on
from ..motifs import motif_of
from ..plan import Plan
from ..prop_shapes import pieces
from ..scenery import Band
from ..shapes import add_disc, by_colour, cloud_mask, empty, marks_mask, orb_mask
from ..skyline import karst, mountains
from ..textures import rice_paper

_SHEETS = (Lch(0.945, 0.028, 86), Lch(0.875, 0.058, 80), Lch(0.935, 0.018, 150), Lch(0.905, 0.042, 62))
"""Rice paper, old silk, bamboo paper, tea-stained paper, for the variants 0 to 3."""
_INK = Lch(0.23, 0.012, 265)
LARGEST_SUN = 54.0
"""Pixels."""
_SEAL = Lch(0.56, 0.19, 30)


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Paint a plan in ink and thin colour."""
    rng = plan.random("ink")
    flow = noise(rng, SHAPE, 110, 4, 0.6)
    fibre = noise(rng, SHAPE, 14, 3, 0.6)
    picture = np.tile(_sheet(plan).rgb, (SIDE, SIDE, 1))
    picture *= rice_paper()[..., None]
    _distance(plan, picture, flow)
    _things(plan, picture, flow, fibre)
    _set_off(plan, picture, flow)
    _corner(plan, picture)
    _brush_line(plan, picture, flow, fibre)
    _seal(plan, picture)
    return to_bytes(picture)


def _sheet(plan: Plan) -> Lch:
    return _SHEETS[plan.variant % len(_SHEETS)]


# Background -----------------------------------------------------------------------------------------------------------


def _distance(plan: Plan, picture: Floats, flow: Floats) -> None:
    """Sky, far mountains that dissolve downwards into mist, a hint of ground or water."""
    scenery, rng = plan.scenery, plan.random("distance")
    clear = _kept_free(plan) * _breath(plan, flow)
    if not scenery.bands and not plan.dark and rng.random() < 0.6:
        _splash(plan, picture, flow, clear)
    if plan.dark:
        stain(picture, Lch(0.40, 0.03, 262), (0.80 + 0.12 * flow) * clear)
    else:
        tint = scenery.sky[0].strong(0.55).at(0.80)
        stain(picture, tint, np.clip(0.42 * (1 - Y / 420) + 0.16 * flow, 0, 0.5) * clear)
    if scenery.setting.time in ("sunset", "dawn") and scenery.setting.open_air:
        low = np.exp(-(((Y - scenery.horizon) / 260) ** 2)) * np.clip(0.75 + 0.6 * flow, 0, 1.2)
        warm = scenery.sky[2].leaning(35, 0.4).at(0.78).strong(1.0)
        stain(picture, warm, np.asarray(low * 0.62 * clear, np.float32))
    if scenery.setting.place == "underwater":
        stain(picture, scenery.sky[1].at(0.74).strong(0.7), np.clip(0.34 + 0.40 * flow, 0, 0.7) * clear)
    if scenery.stars:
        over(picture, _sheet(plan), marks_mask(scenery.stars[:40], 0.9) * 0.8)
    if scenery.orb is not None:
        _orb(plan, picture, flow)
    if scenery.clouds:
        mist = smoothstep(0.2, 0.8, blur(cloud_mask(scenery.clouds, flat_base=False), 14) + 0.3 * flow)
        over(picture, _sheet(plan).lit(0.01), mist * 0.75 * clear)
    bands = scenery.bands if scenery.bands else ()
    far = [band for band in bands if not band.ground]
    if not far and scenery.setting.place in ("studio", "sky") and rng.random() < 0.35:
        far = [_far_range(plan, rng)]
    for band in far:
        _mountain(picture, band, flow, clear, plan.dark)
    for band in bands:
        if band.ground:
            _ground(picture, band, flow, clear, plan.dark)
    for prop in scenery.props:
        if prop.kind in ("wallpaper", "skirting", "board"):
            continue
        for mask, colour in pieces(prop):
            window = extent(mask, 8)
            shape = mask[window]
            wash = np.clip(shape * (0.55 + 0.6 * flow[window]) + 0.5 * (shape - blur(shape, 3)), 0, 1)
            stain(picture[window], colour.mixed(_INK, 0.35).strong(0.7), wash * 0.55 * clear[window])
    for group in by_colour(scenery.marks):
        if group[0].kind in ("blade", "dash"):
            stain(picture, _INK.lit(0.2), marks_mask(group, 1.2) * 0.42 * clear)
        elif group[0].kind in ("dot", "flower"):
            stain(picture, group[0].colour.leaning(10, 0.6).strong(0.8), marks_mask(group, 0.8) * 0.6 * clear)
    for group in by_colour(scenery.falling):
        if group[0].kind == "petal":
            stain(picture, group[0].colour.lit(-0.12).strong(1.3), marks_mask(group, 1.1) * 0.8)
        elif group[0].kind == "drop" and not plan.dark:
            stain(picture, _INK.lit(0.25), marks_mask(group, 1.2) * 0.5)
        else:
            over(picture, _sheet(plan).lit(0.03), marks_mask(group, 1.1) * 0.8)


def _kept_free(plan: Plan) -> Floats:
    """A painter leaves the paper bare around the subject."""
    return np.clip(full_linear(smoothstep(0.6, 6, plan.reading.outside)), 0, 1)


def _breath(plan: Plan, flow: Floats) -> Floats:
    """Where the brush has been: the washes thin out toward one side of the sheet and leave it empty."""
    rng = plan.random("breath")
    angle, reach = float(rng.uniform(0, 2 * math.pi)), float(rng.uniform(0.28, 0.62))
    across = ((X / SIDE - 0.5) * math.cos(angle) + (Y / SIDE - 0.5) * math.sin(angle) * 0.7).astype(np.float32)
    least = 0.55 if plan.dark else 0.10
    return np.asarray(least + (1 - least) * smoothstep(reach, reach - 0.55, across + 0.16 * flow), np.float32)


def _splash(plan: Plan, picture: Floats, flow: Floats, clear: Floats) -> None:
    """One broad wet stroke behind the subject, off its middle; the only ground a portrait gets."""
    rng, scenery = plan.random("splash"), plan.scenery
    x, y = scenery.centre[0] + float(rng.normal(0, 120)), scenery.centre[1] + float(rng.normal(40, 100))
    turn, long = float(rng.uniform(-0.5, 0.5)), scenery.reach * float(rng.uniform(0.9, 1.4))
    along = (X - x) * math.cos(turn) + (Y - y) * math.sin(turn)
    beside = (Y - y) * math.cos(turn) - (X - x) * math.sin(turn)
    away = np.hypot(along / long, beside / (long * float(rng.uniform(0.35, 0.8)))) + 0.45 * flow
    wet = smoothstep(1.06, 0.72, away) * (0.30 + 0.5 * smoothstep(0.35, 0.95, away))
    tone = scenery.sky[0].at(0.68).strong(0.8).mixed(_INK, float(rng.uniform(0.05, 0.35)))
    stain(picture, tone, np.asarray(wet * clear * 0.62, np.float32))


def _far_range(plan: Plan, rng: np.random.Generator) -> Band:
    """A range for pictures that have no land of their own."""
    outline = karst if rng.random() < 0.5 else mountains
    edge = np.full(SIDE, SIDE * float(rng.uniform(0.42, 0.62)), np.float32) - outline(rng, float(rng.uniform(150, 270)))
    tone = plan.scenery.sky[0].at(0.62).strong(0.5)
    return Band(edge.astype(np.float32), tone, tone, "karst", 0.85)


def _orb(plan: Plan, picture: Floats, flow: Floats) -> None:
    assert plan.scenery.orb is not None
    # A large sun would be a hole in the paper: here it is always a small one.
    orb = replace(plan.scenery.orb, radius=min(plan.scenery.orb.radius, LARGEST_SUN))
    mask = blur(orb_mask(orb), 0.8)
    if plan.dark:
        halo = np.exp(-((np.hypot(X - orb.x, Y - orb.y) / (orb.radius * 2.0)) ** 2)).astype(np.float32)
        over(picture, _sheet(plan), halo * 0.30)
        over(picture, _sheet(plan).lit(0.02), mask)
    elif plan.random("red sun").random() < (0.55 if plan.scenery.setting.time == "sunset" else 0.12):
        over(picture, Lch(0.63, 0.19, 33), mask * np.clip(0.86 + 0.20 * flow, 0, 1))
    else:
        # A pale sun is painted by its surroundings: mist is washed around it.
        away = np.hypot(X - orb.x, Y - orb.y) / orb.radius
        around = np.exp(-(np.maximum(away - 1, 0) ** 2) / 0.35) * np.clip(0.7 + 0.6 * flow, 0, 1)
        stain(picture, plan.scenery.sky[0].at(0.66).strong(0.5), np.asarray(around * (1 - mask) * 0.55, np.float32))
        over(picture, _sheet(plan).lit(0.02), mask * 0.9)


def _mountain(picture: Floats, band: Band, flow: Floats, clear: Floats, dark: bool) -> None:
    """Ink set down along the ridge with a wet brush, thinner and thinner toward the mist at its foot."""
    torn = _softened(band)[None] + flow * 9
    away = Y - torn
    body = np.clip(away / 2.2 + 0.5, 0, 1)
    reach = 130 + 90 * (1 - band.distance)
    fading = np.exp(-np.maximum(away, 0) / reach) * (0.80 + 0.34 * flow)
    ridge = np.exp(-((np.maximum(away, 0) / 13) ** 2)) * 0.30
    tone = band.top.strong(0.55).mixed(_INK, 0.45).at(0.34 + 0.20 * band.distance)
    strength = body * np.clip((fading + ridge) * (0.72 - 0.35 * band.distance), 0, 0.9) * clear
    stain(picture, tone.lit(-0.08) if dark else tone, strength.astype(np.float32))


def _softened(band: Band) -> npt.NDArray[np.float32]:
    """A ridge as a wet brush would set it down: no sharp teeth."""
    reach = {"pines": 9, "roofs": 25, "mesas": 31, "dunes": 15}.get(band.kind, 5)
    kernel = np.hanning(2 * reach + 1).astype(np.float32)
    wide = np.pad(band.edge, reach, mode="edge")
    return np.convolve(wide, kernel / kernel.sum(), "valid").astype(np.float32)


def _ground(picture: Floats, band: Band, flow: Floats, clear: Floats, dark: bool) -> None:
    """Dry horizontal strokes for land, long thin ones for water."""
    away = Y - band.edge[None] - flow * 6
    body = np.clip(away / 3 + 0.5, 0, 1)
    if band.kind == "water":
        lines = noise(np.random.Generator(np.random.PCG64(11)), SHAPE, 120, 3, stretch=(0.10, 2.4))
        strength = smoothstep(0.16, 0.40, lines) * 0.42 * np.clip(away / 60, 0.25, 1)
    else:
        strokes = noise(np.random.Generator(np.random.PCG64(13)), SHAPE, 90, 3, stretch=(0.25, 2.2))
        strength = np.exp(-np.maximum(away, 0) / 70) * (0.50 + 0.5 * strokes) + 0.10 * smoothstep(0, 0.5, strokes)
    tone = band.bottom.strong(0.62).mixed(_INK, 0.3)
    stain(picture, tone.lit(-0.1) if dark else tone, (body * np.clip(strength, 0, 0.75) * clear).astype(np.float32))


# The drawing ----------------------------------------------------------------------------------------------------------


def _things(plan: Plan, picture: Floats, flow: Floats, fibre: Floats) -> None:
    """Thin colour that bleeds a little over its outline, loaded at one side of the brush; ink in the shade."""
    reading = plan.reading
    facing = full(light_on(plan, 0.55, 0.6, 0.6, 3.0).facing)
    if plan.dark or plan.scenery.bands:
        # Things stand on bare paper, whatever was washed behind them.
        sheet = _sheet(plan).rgb * rice_paper()[..., None]
        picture += (sheet - picture) * (reading.silhouette_soft * 0.92)[..., None]
    rows, columns = np.meshgrid(np.arange(384, dtype=np.float32), np.arange(384, dtype=np.float32), indexing="ij")
    sway = 1.5
    moved = sampled(
        np.asarray(reading.silhouette, np.float32),
        rows + flow[::2, ::2] * sway + fibre[::2, ::2],
        columns + fibre[1::2, 1::2] * sway,
    )
    wet = np.clip(full_linear(blur(moved, 1.3)), 0, 1)
    spread = np.clip(full_linear(blur(moved, 5.0)), 0, 1)
    for weight in reading.weights:
        colour = plan.colours.get(weight.label)
        if colour is None:
            continue
        window = weight.window
        load = np.clip(0.66 - 0.34 * facing[window] + 0.42 * flow[window], 0.12, 0.95)
        tone = colour.strong(1.12).at(min(0.90, colour.lightness))
        piece = picture[window]
        piece *= 1 - (weight.share * wet[window] * load)[..., None] * (1 - tone.rgb)
        piece *= 1 - (weight.share * wet[window] * smoothstep(0.42, -0.1, facing[window]) * 0.34)[..., None] * (
            1 - _INK.rgb
        )
        pooled = np.clip(weight.share * wet[window] - blur(weight.share * wet[window], 4), 0, 1)
        piece *= 1 - (pooled * 0.5)[..., None] * (1 - tone.lit(-0.12).rgb)
    # The colour creeps out along the fibres.
    outside = np.clip(spread - wet, 0, 1) * (1 - reading.silhouette_soft)
    stain(picture, plan.palette.dominant.lit(0.08).strong(0.8), outside * np.clip(0.50 + fibre * 0.8, 0, 1))


def _set_off(plan: Plan, picture: Floats, flow: Floats) -> None:
    """What would be lost on the paper gets clouds of thin ink washed round it; in the dark, paper is left lighter."""
    beyond = 1 - plan.reading.silhouette_soft
    indigo, sheet = Lch(0.55, 0.075, 245), _sheet(plan)
    for _ in range(2):
        change = lightness_wanted(picture, plan.reading)
        if not change.any():
            return
        wanted = full_linear(change) * (0.85 + 0.45 * flow) * beyond
        # In OKLab lightness goes about as the 3/4th power of a screen value.
        light = np.maximum(picture.mean(axis=2), 0.3) ** 0.75
        taken = 1 - np.exp(np.minimum(wanted, 0) / (0.75 * light))
        stain(picture, indigo, np.clip(taken / (1 - indigo.rgb.mean()), 0, 1))
        over(picture, sheet, np.clip(np.maximum(wanted, 0) / np.maximum(sheet.lightness - light, 0.08), 0, 0.9))


def _brush_line(plan: Plan, picture: Floats, flow: Floats, fibre: Floats) -> None:
    """The drawn line as one drawn with a pointed brush: now broad and wet, now thin, now dry with white in it."""
    reading, rng = plan.reading, plan.random("brush")
    swell = noise(rng, SHAPE, 64, 2)
    width = 0.4 + 2.0 * smoothstep(-0.35, 0.75, swell) - 0.5 * smoothstep(0.2, 0.8, -swell)
    streaks = noise(rng, SHAPE, 5, 2, 0.7)
    line = line_mask(reading, width + 0.35 * fibre + 0.6 * streaks, 1.2)
    dry = smoothstep(0.15, 0.7, -flow + 0.2 * swell) * smoothstep(0.0, 0.5, streaks) * 0.60
    loaded = np.clip(0.96 - 0.20 * smoothstep(0.1, 0.7, -swell) - dry, 0.25, 1)
    alpha = line * loaded * np.float32(reading.line_opacity)
    feather = np.clip(blur(line, 2.6) - line, 0, 1) * smoothstep(0.1, 0.8, swell) * 0.5
    on_night = plan.dark
    ink = np.tile(_INK.rgb, (SIDE, SIDE, 1))
    if on_night:
        # Free strokes before a night sky are reserved, not inked.
        over(ink, _sheet(plan), np.clip(reading.free_soft * (1 - reading.silhouette_soft), 0, 1))
    for stroke_label, colour in plan.palette.strokes.items():
        if colour is not None:
            near = full_linear(blur(reading.free_map == stroke_label, 1.6))
            over(ink, colour.lit(-0.08).strong(0.9), np.clip(near * 3, 0, 1))
    chroma = np.clip(full_linear(reading.line_chroma), 0, 1)
    pens = np.clip(full_linear(reading.line_color), 0, 1) * 0.88
    ink += (pens - ink) * (chroma * 0.9)[..., None]
    over(picture, ink, np.clip(alpha + feather * (1 - alpha) * 0.6, 0, 1))


# Ornaments ------------------------------------------------------------------------------------------------------------


def _corner(plan: Plan, picture: Floats) -> None:
    """A twig of plum, a spray of bamboo, willow or reeds from a corner that the drawing leaves free, or nothing."""
    motif = motif_of(plan.reading, plan.scenery.setting, plan.random("motif"))
    if motif is None:
        return
    stain(picture, _INK.lit(0.22), motif.pale * 0.45)
    stain(picture, motif.colour, blur(motif.touch, 0.8))
    stain(picture, _INK.lit(0.08), motif.dark * 0.82)


def _seal(plan: Plan, picture: Floats) -> None:
    """A red square with an abstract device: an ornament, no writing."""
    rng, reading = plan.random("seal"), plan.reading
    busy = reading.silhouette | (reading.free_map > 0)
    places = [(0.90, 0.90), (0.10, 0.90), (0.90, 0.60), (0.10, 0.60), (0.91, 0.12), (0.09, 0.12)]
    rng.shuffle(places)
    cover = [
        busy[int(v * 384) - 22 : int(v * 384) + 22, int(u * 384) - 22 : int(u * 384) + 22].mean() for u, v in places
    ]
    u, v = places[int(np.argmin(np.asarray(cover) + np.arange(len(places)) * 0.004))]
    x, y, half = u * SIDE, v * SIDE, 21.0
    worn = np.clip(0.92 + 0.5 * noise(rng, SHAPE, 9, 2), 0.55, 1)
    away = np.hypot(X - x, Y - y)
    # Seals are cut square, tall or round.
    across = float(rng.choice([1.0, 1.0, 1.45]))
    square = np.clip(half - np.maximum(np.abs(X - x) * across, np.abs(Y - y)) + 0.5, 0, 1)
    if across == 1 and rng.random() < 0.3:
        square = np.clip(half - away + 0.5, 0, 1)
    ring = np.clip(1.8 - np.abs(away - 13), 0, 1)
    device = np.maximum(ring, empty())
    for turn in np.arange(3) * 2.094 + float(rng.uniform(0, 2)):
        add_disc(device, x + 6.0 * math.cos(turn), y + 6.0 * math.sin(turn), 2.8)
    over(picture, _SEAL, (square * (1 - 0.9 * device) * worn * 0.92).astype(np.float32))
