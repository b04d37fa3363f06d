"""`<3d cartoon>`: soft toys in a little studio landscape, lit from one side, in front of a background out of focus."""

import numpy as np
import numpy.typing as npt

from .. import fields
from ..colour import Floats, Lch, ramp
from ..fields import blur, resize, shifted, smoothstep
from ..guard import set_off
from ..layers import (
    SHAPE,
    SIDE,
    X,
    Y,
    below,
    column_gradient,
    depth_below,
    extent,
    full,
    full_linear,
    line_colours,
    line_mask,
    over,
    times,
    to_bytes,
    vignette,
)
from ..light import Light, light_on, shaded
from ..plan import Plan
from ..prop_shapes import pieces
from ..scenery import Band, Mark
from ..shadows import ground_shadow
from ..shapes import by_colour, marks_mask, orb_mask

_FILL = np.array([1, 0.985, 0.95], np.float32)
"""Colour of the highlights."""


_BALL, _SLAB = 60.0, 13.0
"""How high a round part and an angular one bulge at most, cells: a ball stays a ball, a wall gets rounded edges."""


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Paint a plan as soft vinyl toys."""
    reading = plan.reading
    lines = resize(reading.line_distance, (384, 384), fields.BOX)
    picture = _backdrop(plan)
    body = np.clip(full(_toys(plan, lines)), 0, 1.12)
    _shadows(plan, picture)
    set_off(picture, body, reading)
    _tubes(plan, picture)
    over(picture, body, reading.silhouette_soft)
    _seams(plan, picture)
    _falling(plan, picture)
    return to_bytes(vignette(picture, 0.10, 0.0 if plan.dark else 0.012))


# The toys -------------------------------------------------------------------------------------------------------------


def _toys(plan: Plan, lines: Floats) -> Floats:
    """The things: wrapped light, darkness in every hollow, sky on the rim, bounce from the ground, some highlights."""
    reading, scenery = plan.reading, plan.scenery
    round_parts = _roundness(plan)
    light = _lit(plan, lines, round_parts)
    colours = {label: colour.strong(1.10).at(min(0.92, colour.lightness)) for label, colour in plan.colours.items()}
    wrapped = np.clip((light.facing * 0.92 + 0.36) / 1.30, 0, 1)
    hollow = np.clip((blur(light.height, 7) - light.height) / 15, 0, 1)
    tone = np.clip(wrapped * 1.06 - 0.34 * hollow - 0.20 * _grounded(plan), 0, 1).astype(np.float32)
    body = shaded(reading, colours, tone, 0.55)
    rim = (1 - light.z) ** 2.4
    ground = scenery.bands[-1].top if scenery.bands else scenery.sky[2]
    body += (rim * np.clip(0.20 - light.y * 0.8, 0, 1) * 0.30)[..., None] * (scenery.sky[0].rgb * 0.5 + 0.5)
    body += (rim * np.clip(light.y, 0, 1) * 0.22)[..., None] * ground.rgb
    body += (_back_light(plan, light) * 0.34)[..., None] * (scenery.sky[2].rgb * 0.6 + 0.4)
    mirrored = np.clip(light.mirrored(), 0, 1)
    gloss = 0.10 + 0.46 * smoothstep(0.55, 0.90, round_parts)
    body += (smoothstep(0.962, 0.992, mirrored) * gloss + mirrored**18 * 0.07)[..., None] * _FILL
    seam = 0.30 * reading.line_opacity
    body *= (1 - seam * np.exp(-((np.maximum(lines, 0) / 4.0) ** 2)))[..., None]
    return np.asarray(body, np.float32)


def _roundness(plan: Plan) -> Floats:
    """How round the part below each cell is, 0 to 1; a small part inside another (an eye) counts as round."""
    table = np.zeros(len(plan.reading.regions) + 1, np.float32)
    for region in plan.reading.regions:
        table[region.label] = max(region.roundness, 0.85 if region.enclosed and region.half_width < 14 else 0.0)
    return table[plan.reading.labels]


def _lit(plan: Plan, lines: Floats, round_parts: Floats) -> Light:
    """Light on the parts, angular ones flattened, with the drawn lines engraved."""
    groove = 2.6 * np.exp(-((np.maximum(lines, 0) / 3.0) ** 2)) * np.float32(plan.reading.line_opacity)
    highest = _SLAB + (_BALL - _SLAB) * smoothstep(0.25, 0.90, round_parts)
    height = plan.reading.region_height
    pressed = 0.62 * (height - highest * (1 - np.exp(-height / highest)))
    return light_on(plan, 0.66, 0.50, 0.62, 1.6, groove + pressed)


def _grounded(plan: Plan) -> Floats:
    """Darkness at the foot of what stands, where little light gets under it."""
    reading = plan.reading
    dark = np.zeros((384, 384), np.float32)
    for thing in reading.things:
        tall = max(12, thing.box[3] - thing.box[1])
        near_foot = smoothstep(0.22, 0.0, (np.float32(thing.box[3]) - Y[:384]) / np.float32(tall))
        dark += np.where(reading.things_map == thing.label, near_foot, 0)
    return dark


def _back_light(plan: Plan, light: Light) -> Floats:
    """A thin light along the outline on the side away from the sun, as from a lamp behind."""
    right = plan.scenery.light[0]
    edge = smoothstep(5.5, 1.0, np.minimum(plan.reading.inside, 20))
    away = np.clip(-(light.x * np.sign(right)) * 1.5 - 0.15, 0, 1)
    return np.asarray(edge * away * plan.reading.silhouette, np.float32)


# Background -----------------------------------------------------------------------------------------------------------


def _backdrop(plan: Plan) -> Floats:
    scenery = plan.scenery
    if not scenery.setting.open_air and scenery.setting.place != "underwater":
        picture = column_gradient(scenery.sky, 0, scenery.horizon) if scenery.setting.walled else _studio(plan)
        for band in scenery.bands:
            over(picture, _slab(band), below(band, 3))
        _props(plan, picture)
        return picture if not scenery.props else _out_of_focus(picture, scenery.bands)
    picture = column_gradient(scenery.sky, 0, min(scenery.horizon, SIDE))
    if scenery.setting.place == "underwater":
        _rays(plan, picture)
    if scenery.stars:
        over(picture, Lch(0.97, 0.04, 95), marks_mask(scenery.stars, 1.1))
    if scenery.orb is not None:
        _ball(plan, picture)
    if scenery.clouds:
        _puffs(plan, picture)
    for band in scenery.bands:
        _clay(picture, band)
    _props(plan, picture)
    picture = _out_of_focus(picture, scenery.bands)
    for group in by_colour(scenery.marks):
        _beads(plan, picture, group)
    return picture


def _out_of_focus(picture: Floats, bands: tuple[Band, ...]) -> Floats:
    """The lens is focused on the toys: what lies behind them is soft."""
    far = np.stack([blur(picture[..., channel], 2.0) for channel in range(3)], -1)
    focus = below(bands[-1], 160) if bands else np.zeros(SHAPE, np.float32)
    return np.asarray(far + (picture - far) * focus[..., None], np.float32)


def _props(plan: Plan, picture: Floats) -> None:
    """The place's own things, of clay as well: rounded edges lit from one side, a shadow under each."""
    right = 1 if plan.scenery.light[0] < 0 else -1
    for prop in plan.scenery.props:
        for mask, colour in pieces(prop):
            window = extent(mask, 18)
            shape, place = mask[window], picture[window]
            times(place, 1 - 0.22 * shifted(blur(shape, 3.5), 7, 6 * right) * (1 - shape))
            over(place, colour, shape)
            rounded = shape - shifted(blur(shape, 3.0), 5, 4 * right)
            place += (np.clip(rounded, -1, 1) * shape * 0.10)[..., None]


def _studio(plan: Plan) -> Floats:
    """A sweep of paper with a pool of light on it."""
    scenery = plan.scenery
    right, down = scenery.light
    away = np.hypot((X - scenery.centre[0] - right * 120) / 440, (Y - scenery.centre[1] - down * 120) / 440)
    picture = ramp([(0, scenery.sky[2]), (0.55, scenery.sky[1]), (1, scenery.sky[0].lit(-0.02))], away * 0.74)
    floor = scenery.centre[1] + scenery.reach * 0.86
    picture += (0.045 * smoothstep(-30, 70, (Y - floor) + 0 * X))[..., None]
    return picture


def _slab(band: Band) -> Floats:
    """A table top or floor with a lit edge."""
    depth = depth_below(band)
    picture = ramp([(0, band.top.lit(0.05)), (0.2, band.top), (1, band.bottom)], depth)
    picture += (np.exp(-(((Y - band.edge[None]) / 7) ** 2)) * 0.10)[..., None]
    return picture


def _clay(picture: Floats, band: Band) -> None:
    """One hill of modelling clay: a rounded lit shoulder, and its soft shadow on what lies behind."""
    # The shadow on what lies behind reaches some sixty pixels up.
    rows = slice(max(0, int(band.edge.min()) - 64), SIDE)
    picture, y = picture[rows], Y[rows]
    mask, away = below(band, 1.6)[rows], y - band.edge[None]
    shade = np.exp(-((np.minimum(away, 0) / 20) ** 2)) * (0.14 * (1 - 0.6 * band.distance))
    times(picture, (1 - shade).astype(np.float32))
    colours = ramp([(0, band.top.lit(0.06)), (0.12, band.top), (1, band.bottom)], depth_below(band)[rows])
    shoulder = np.exp(-((away / 10) ** 2)) * 0.09 * (1 - 0.5 * band.distance)
    colours += shoulder[..., None].astype(np.float32)
    if band.kind == "water":
        wave = np.sin(y * 0.10 + 9 * np.sin(X * 0.012)) * np.clip(away / 120, 0, 1)
        colours += (smoothstep(0.75, 1.0, wave.astype(np.float32)) * 0.06)[..., None]
    over(picture, colours, mask)


def _ball(plan: Plan, picture: Floats) -> None:
    """The sun or the moon as a glowing ball."""
    orb = plan.scenery.orb
    assert orb is not None
    away = np.hypot(X - orb.x, Y - orb.y)
    glow = np.exp(-((away / (orb.radius * 2.3)) ** 2)) * (0.22 if plan.dark else 0.30)
    picture += glow[..., None].astype(np.float32) * orb.colour.rgb
    mask = orb_mask(orb)
    disc = extent(mask)
    inside = np.clip(away[disc] / orb.radius, 0, 1)
    lean = ((Y[disc[0]] - orb.y) * 0.30 + (X[:, disc[1]] - orb.x) * 0.2) / orb.radius
    facing = np.sqrt(1 - inside * inside * 0.985) * 0.72 - lean
    tone = ramp([(0, orb.colour.lit(-0.10).turned(-18)), (0.5, orb.colour), (1, orb.colour.lit(0.05))], facing)
    over(picture[disc], tone, mask[disc])


def _puffs(plan: Plan, picture: Floats) -> None:
    """Clouds of cotton wool."""
    scenery = plan.scenery
    height = np.zeros((384, 384), np.float32)
    y, x = Y[:384], X[:, :384]
    for cloud in scenery.clouds:
        for cx, cy, radius in cloud.puffs:
            dome = (radius / 2) ** 2 - (x - cx / 2) ** 2 - (y - cy / 2) ** 2
            height = np.maximum(height, np.sqrt(np.maximum(dome, 0)))
    smooth = blur(height, 2.0)
    nx, ny, nz = fields.normals(smooth)
    right, down = scenery.light
    facing = np.clip((nx * right + ny * down + nz * 0.66) / 1.02, 0, 1)
    white = scenery.sky[2].lit(0.03).strong(0.4) if not plan.dark else scenery.sky[2].lit(0.06)
    tones = ramp([(0, scenery.sky[1].lit(-0.02)), (0.6, white), (1, white.lit(0.03))], facing * 1.05)
    alpha = np.clip(blur((height > 0.6).astype(np.float32), 1.0), 0, 1) * 0.96
    over(picture, np.clip(full_linear(tones), 0, 1), np.clip(full_linear(alpha), 0, 1))


def _rays(plan: Plan, picture: Floats) -> None:
    """Shafts of light that fall into the water."""
    rng = plan.random("rays")
    light = np.zeros(SHAPE, np.float32)
    for _ in range(6):
        lean, start, width = float(rng.uniform(-0.5, 0.5)), float(rng.uniform(0, SIDE)), float(rng.uniform(18, 60))
        light += np.exp(-(((X - start - lean * Y) / width) ** 2)) * (1 - Y / SIDE)
    picture += (light * 0.11)[..., None]


def _beads(plan: Plan, picture: Floats, group: tuple[Mark, ...]) -> None:
    """Small things on the ground as beads with a shadow and a highlight."""
    mask = marks_mask(group, 1.15)
    window = extent(mask, 10)
    mask, place = mask[window], picture[window]
    times(place, 1 - 0.20 * shifted(blur(mask, 1.5), 3, 2))
    over(place, group[0].colour, mask)
    place += (0.12 * np.clip(mask - shifted(mask, 2, 2), 0, 1))[..., None]


# Shadows and lines ----------------------------------------------------------------------------------------------------


def _shadows(plan: Plan, picture: Floats) -> None:
    """A soft shadow on ground or wall, and a dark contact where a thing meets what it stands on."""
    scenery, shape = plan.scenery, plan.reading.silhouette_soft
    right = scenery.light[0]
    cast = blur(shifted(shape, 24, -right * 44), 15) * 0.26 + blur(shifted(shape, 9, -right * 12), 5) * 0.18
    if scenery.setting.open_air:
        # The sky is too far away to be shaded.
        near = next((band for band in scenery.bands if band.ground), None)
        cast = cast * (below(near, 24) if near is not None and near.kind != "water" else 0.25)
    times(picture, 1 - np.clip(cast, 0, 1) * 0.8)
    times(picture, 1 - ground_shadow(plan, 0.45, 7.0) * (0.30 if scenery.bands else 0.20))
    times(picture, 1 - ground_shadow(plan, 0.05, 2.5) * 0.32)


def _tubes(plan: Plan, picture: Floats) -> None:
    """Free strokes as glossy tubes."""
    reading = plan.reading
    if not reading.free_soft.any():
        return
    dark = Lch(0.86, 0.05, 285) if plan.dark else Lch(0.40, 0.05, 285)
    colours = line_colours(plan, lambda colour: colour, dark, foam=Lch(0.95, 0.03, 210))
    window = extent(reading.free_soft, 24)
    away, soft, place = reading.line_distance[window], reading.free_soft[window], picture[window]
    across = np.clip((away + 2.6) / 6.2, 0, 1)
    gy, gx = fields.gradient(blur(away, 2.2))
    right, down = plan.scenery.light
    height = np.sqrt(1 - across * across * 0.98)
    facing = np.clip((gx * across * right + gy * across * down + height * 0.66) / 1.02, 0, 1)
    mask = np.clip((3.6 - away) / 1.2, 0, 1) * smoothstep(0.15, 0.6, soft)
    mask = mask * np.float32(reading.line_opacity)
    times(place, 1 - blur(shifted(mask, 6, -right * 8), 3) * 0.28 * (1 - mask))
    tube = colours[window] * (0.44 + 0.64 * facing)[..., None] + (smoothstep(0.86, 0.97, facing) * 0.5)[..., None]
    over(place, tube.astype(np.float32), mask * (1 - reading.silhouette_soft[window]))


def _seams(plan: Plan, picture: Floats) -> None:
    """The drawn lines on the toys: seams in a deeper tone, quieter on the silhouette."""
    reading = plan.reading
    colours = line_colours(
        plan, lambda c: Lch(max(0.2, c.lightness * 0.40), c.chroma * 1.1 + 0.02, c.hue), Lch(0.28, 0.05, 285)
    )
    rim = full_linear(smoothstep(9, 3, np.minimum(reading.inside, 99) * 2))
    strength = (0.80 - 0.30 * rim) * smoothstep(0.05, 0.5, reading.silhouette_soft) * np.float32(reading.line_opacity)
    over(picture, colours, line_mask(reading, -0.2, 1.6) * strength)


def _falling(plan: Plan, picture: Floats) -> None:
    for group in by_colour(plan.scenery.falling):
        over(picture, group[0].colour, blur(marks_mask(group, 1.2), 0.8) * 0.75)
