"""`<flat illustration>`: a poster: few colours, large cropped shapes, printed patterns, hard shade, a long shadow."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..colour import Floats, Lch, distance, shades
from ..fields import BOX, blur, resize, shifted, smoothstep
from ..figures import FIGURES, FRAMES, Poster
from ..guard import expose, set_off
from ..layers import (
    SIDE,
    X,
    Y,
    below,
    depth_below,
    full,
    full_linear,
    line_colours,
    line_mask,
    over,
    plain,
    region_fill,
    times,
    to_bytes,
)
from ..light import light_on
from ..patterns import PATTERNS
from ..plan import Plan
from ..prop_shapes import pieces
from ..scenery import Band
from ..shapes import add_stroke, by_colour, cloud_mask, disc, empty, marks_mask, orb_mask
from ..textures import speckle

ECHO = 15.0
"""Breadth of the band around a thing, cells; silhouettes are judged by their nearest ten."""
STUCK = 0.09
"""A thing that stands off less, in OKLab, gets such a band."""
FRAMED = 0.34
"""Share of landscapes that are cropped to a figure on a plain sheet."""
LUSH = frozenset({"meadow", "garden", "forest", "bamboo", "lakeside", "pond", "savanna"})
"""Places where large leaves may reach into the picture."""
_CREAM = Lch(0.965, 0.03, 90)


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Paint a plan as a printed poster."""
    reading = plan.reading
    picture, view = _backdrop(plan)
    body = _cut_out(plan)
    expose(picture, body, reading)
    _long_shadow(plan, picture, view)
    _echo(plan, picture, body)
    over(picture, body, reading.silhouette_soft)
    _lines(plan, picture)
    for group in by_colour(plan.scenery.falling):
        over(picture, group[0].colour, marks_mask(group, 1.3) * (1 if view is None else view))
    picture += ((speckle() - 0.5) * 0.024)[..., None]
    return to_bytes(picture)


def _inked(colour: Lch) -> Lch:
    """The nearest colour of a printer's small box: lightness in 16 steps, hue in 30 directions."""
    # A strong light colour is rounded down: rounded up it would lose its strength.
    step = colour.lightness * 16 - (0.3 if colour.chroma > 0.1 and colour.lightness > 0.8 else 0)
    return Lch(min(0.94, round(step) / 16 + 0.01), colour.chroma * 1.06, round(colour.hue / 12) * 12)


def _grained(amount: Floats, spread: float = 0.9) -> Floats:
    """A gradient printed as fine stipple."""
    return smoothstep(0.22, 0.78, amount + (speckle() - np.float32(0.5)) * np.float32(spread))


# The drawing ----------------------------------------------------------------------------------------------------------


def _cut_out(plan: Plan) -> Floats:
    """Flat colours with one hard shade, stipple toward the dark side and a plane of light."""
    reading = plan.reading
    colours = {label: _inked(colour) for label, colour in plan.colours.items()}
    body = region_fill(reading, colours)
    shade = {label: shades(colour, 0.13, lean=0.22).shadow.strong(1.08) for label, colour in colours.items()}
    light = {label: colour.lit(0.075).strong(0.9) for label, colour in colours.items()}
    dark_side, light_side = region_fill(reading, shade), region_fill(reading, light)
    facing = full(light_on(plan, 0.34, 0.70, 0.60, 4.0).facing)
    shining = np.isin(reading.things_map, list(plan.palette.glowing)).astype(np.float32)
    hard = (1 - smoothstep(0.33, 0.36, facing)) * (1 - full_linear(shining))
    over(body, light_side, _grained((facing - 0.86) * 5) * 0.55)
    over(body, dark_side, _grained((0.58 - facing) * 2.4) * 0.45)
    return over(body, dark_side, hard)


def _echo(plan: Plan, picture: Floats, body: Floats) -> None:
    """A flat band around a thing that its surroundings would swallow, as a sticker has."""
    apart = set_off(picture.copy(), body, plan.reading, STUCK)
    over(picture, apart, np.clip(full_linear(np.clip(ECHO - plan.reading.outside, -1, 1)) * 2 + 0.5, 0, 1))


def _long_shadow(plan: Plan, picture: Floats, view: Floats | None) -> None:
    """A shadow drawn out at 45 degrees, away from the light, to the edge of the picture or of its frame."""
    if plan.scenery.setting.place in ("underwater", "sky", "space"):
        return
    shadow = resize(plan.reading.silhouette_soft, (384, 384), BOX) > 0.5
    right = 1 if plan.scenery.light[0] < 0 else -1
    for step in (1, 2, 4, 8, 16, 32, 64, 128):
        moved = np.zeros_like(shadow)
        if right > 0:
            moved[step:, step:] = shadow[:-step, :-step]
        else:
            moved[step:, :-step] = shadow[:-step, step:]
        shadow = shadow | moved
    soft = np.clip(full_linear(blur(shadow, 0.7)), 0, 1) * (1 - plan.reading.silhouette_soft)
    if view is not None:
        soft = soft * view
    times(picture, 1 - soft * (0.22 if plan.dark else 0.13))


def _lines(plan: Plan, picture: Floats) -> None:
    """Lines in a deeper tone of what they lie on; a poster has no black outline."""
    on_paper = Lch(0.90, 0.05, 95) if plan.dark else _ink(plan)
    colours = line_colours(
        plan, lambda c: Lch(max(0.22, _inked(c).lightness * 0.56), c.chroma * 1.1 + 0.02, c.hue), on_paper, foam=_CREAM
    )
    over(picture, colours, line_mask(plan.reading, 0.4, 1.1) * np.float32(0.95 * plan.reading.line_opacity))


def _ink(plan: Plan) -> Lch:
    """The poster's one dark colour."""
    return Lch(0.32, 0.075, plan.scenery.sky[0].hue).leaning(285, 0.4)


# Background -----------------------------------------------------------------------------------------------------------


def _backdrop(plan: Plan) -> tuple[Floats, Floats | None]:
    """What is behind, and the view that it is cropped to, if it is."""
    scenery = plan.scenery
    outdoors = scenery.setting.open_air or scenery.setting.place == "underwater"
    if scenery.setting.walled:
        picture = plain(_inked(scenery.sky[1]))
    elif not outdoors:
        picture = _poster(plan)
    elif scenery.setting.place == "underwater":
        picture = _depths(plan)
    else:
        picture = _sky(plan)
    for index, band in enumerate(scenery.bands):
        _land(plan, picture, band, index)
    for prop in scenery.props:
        for mask, colour in pieces(prop):
            over(picture, _in_key(plan, colour), mask)
    for group in by_colour(scenery.marks):
        over(picture, _inked(group[0].colour), marks_mask(group, 1.5) * 0.9)
    if scenery.setting.place in LUSH and plan.random("leaves").random() < 0.4:
        _foliage(plan, picture)
    view = _view(plan) if outdoors else None
    if view is not None:
        over(picture, _margin(plan), 1 - view)
    return picture, view


def _view(plan: Plan) -> Floats | None:
    """Now and then the landscape is cropped to a figure, and the subject reaches out of it."""
    rng, scenery = plan.random("view"), plan.scenery
    if rng.random() > FRAMED:
        return None
    return FRAMES[int(rng.integers(len(FRAMES)))](*scenery.centre, scenery.reach)


def _margin(plan: Plan) -> Lch:
    """The sheet around a cropped landscape: cream, the sky's hue turned pale, or an accent; deep by night."""
    rng, sky = plan.random("margin"), plan.scenery.sky
    if plan.dark:
        return _inked(sky[1].lit(0.10))
    accent = plan.palette.accents[int(rng.integers(len(plan.palette.accents)))]
    tones = (_CREAM, sky[0].at(0.90).strong(0.7), accent.at(0.88).strong(0.65), accent.at(0.72).strong(0.9))
    first = int(rng.integers(len(tones)))
    inks = [_inked(tones[(first + k) % len(tones)]) for k in range(len(tones))]
    return max(inks, key=lambda ink: min(0.14, _off(plan, ink)))


def _off(plan: Plan, sheet: Lch) -> float:
    """How far the nearest colour of a large part is from the sheet's, which it may reach out to; OKLab."""
    parts = [region for region in plan.reading.regions if region.label in plan.colours]
    large = 0.08 * sum(region.area for region in parts)
    near = (distance(_inked(plan.colours[region.label]), sheet) for region in parts if region.area >= large)
    return min(near, default=1.0)


def _in_key(plan: Plan, colour: Lch) -> Lch:
    """A colour of the landscape drawn toward the sky's, so that a poster has few hues."""
    return _inked(colour.leaning(plan.scenery.sky[1].hue, 0.20).strong(1.1))


def _tones(sky: Sequence[Lch]) -> tuple[Lch, Lch, Lch]:
    """The sky's three colours, stronger: a poster does not whisper."""
    first, second, third = (_inked(tone.strong(1.25)) for tone in sky)
    return first, second.at(max(second.lightness, first.lightness + 0.06)), third


def _poster(plan: Plan) -> Floats:
    """A plain backdrop built from one large figure, cropped by the frame."""
    scenery, rng = plan.scenery, plan.random("poster")
    deep, middle, pale = _tones(scenery.sky)
    accent = _inked(plan.palette.accents[3]).at(0.42 if plan.dark else 0.84).strong(0.75)
    (x, y), front = scenery.centre, pale if plan.dark else deep
    poster = Poster(plain(deep if plan.dark else pale), x, y, scenery.reach, middle, front, accent, rng)
    FIGURES[int(rng.integers(len(FIGURES)))](poster)
    light = np.clip(((X - x) * scenery.light[0] + (Y - y) * scenery.light[1]) / SIDE + 0.15, 0, 1).astype(np.float32)
    return over(poster.picture, pale if plan.dark else _CREAM, _grained(light * 0.5, 0.8) * 0.25)


def _depths(plan: Plan) -> Floats:
    """Water in layers with wavy edges, each a tone deeper."""
    scenery, rng = plan.scenery, plan.random("depths")
    picture = plain(_inked(scenery.sky[0]))
    layers = int(rng.integers(4, 7))
    for index in range(1, layers):
        share = index / (layers - 1)
        tone = scenery.sky[0].mixed(scenery.sky[1], min(1, share * 2)).mixed(scenery.sky[2], max(0, share * 2 - 1))
        swell = float(rng.uniform(8, 26))
        edge = SIDE * (index - 0.55) / layers + swell * np.sin(
            X / SIDE * 2 * math.pi * float(rng.uniform(0.8, 2.2)) + float(rng.uniform(0, 6))
        )
        over(picture, _inked(tone.strong(1.1)), np.clip(Y - edge + 0.5, 0, 1).astype(np.float32))
    return picture


def _sky(plan: Plan) -> Floats:
    """Flat bands, rings or rays around the light, a giant disc, or two halves; clouds of pills; stars as signs."""
    scenery, rng = plan.scenery, plan.random("sky")
    tones = _tones(scenery.sky)
    picture = plain(tones[0])
    orb = scenery.orb
    x, y = (orb.x, orb.y) if orb else (SIDE * float(rng.uniform(0.2, 0.8)), scenery.horizon * 0.9)
    manner = str(rng.choice(["rings", "bands", "rays", "giant", "halves"], p=[0.28, 0.26, 0.18, 0.16, 0.12]))
    if manner == "rays":
        over(picture, tones[1], disc(x, y, SIDE * 0.62))
        over(picture, tones[2], _rays(x, y, int(rng.integers(9, 16)), float(rng.uniform(0, 6))))
    elif manner == "giant":
        over(picture, tones[2], disc(*scenery.centre, scenery.reach * 1.45))
        over(picture, tones[1], disc(*scenery.centre, scenery.reach * 1.12))
    elif manner == "halves":
        lean = float(rng.choice([-1, 1]) * rng.uniform(0.35, 0.9))
        over(picture, tones[2], np.clip(Y - scenery.horizon * 0.55 + (X - SIDE / 2) * lean, 0, 1).astype(np.float32))
    else:
        steps = int(rng.integers(3, 6))
        for index in range(1, steps):
            share = index / (steps - 1)
            tone = tones[0].mixed(tones[1], min(1, share * 2)).mixed(tones[2], max(0, share * 2 - 1))
            edge = scenery.horizon * index / steps + 10 * np.sin(X / SIDE * 5 + index * 1.7)
            mask = np.clip(Y - edge + 0.5, 0, 1).astype(np.float32)
            over(picture, tone, disc(x, y, SIDE * 1.02 * (1 - (index - 0.3) / steps)) if manner == "rings" else mask)
    if scenery.stars:
        over(picture, _CREAM, marks_mask(scenery.stars, 1.4))
    if scenery.orb is not None:
        over(picture, _inked(scenery.orb.colour.strong(1.2)), orb_mask(scenery.orb))
        if not scenery.orb.crescent:
            stripes = np.clip(np.sin(Y * 0.16) * 4, 0, 1) * smoothstep(scenery.orb.y, scenery.orb.y + 30, Y + 0 * X)
            if rng.random() < 0.4:
                over(picture, tones[1], orb_mask(scenery.orb) * stripes.astype(np.float32))
    if scenery.clouds:
        white = _CREAM if not plan.dark else tones[2]
        mask = cloud_mask(scenery.clouds)
        heavy = scenery.setting.weather in ("rain", "storm")
        over(picture, white.lit(-0.22) if heavy else white, mask)
        over(picture, tones[1].lit(-0.06 if heavy else 0.0), np.minimum(mask, 1 - shifted(mask, -12, 0)) * 0.55)
    return picture


def _rays(x: float, y: float, count: int, start: float) -> Floats:
    """Wedges around a place, every other one."""
    angle, away = np.arctan2(Y - y, X - x), np.hypot(X - x, Y - y)
    return np.asarray(np.clip(np.sin(angle * count + start) * away / count + 0.5, 0, 1), np.float32)


def _land(plan: Plan, picture: Floats, band: Band, index: int) -> None:
    """One flat layer with a pattern printed on it and stipple toward its foot."""
    rng = plan.random("land", index)
    mask = below(band, 1.0)
    top, bottom = _in_key(plan, band.top), _in_key(plan, band.bottom)
    over(picture, top, mask)
    depth = depth_below(band)
    over(picture, bottom, mask * _grained(depth * 0.95 - 0.05) * 0.75)
    names = {"water": ["waves", "scales"], "table": ["checks", "dots", "stripes"], "paving": ["stripes", "checks"]}
    choice = names.get(band.kind, ["stripes", "dots", "waves", "crosses", "scales"])
    if rng.random() < (0.55 if band.ground else 0.3):
        pitch = float(rng.uniform(24, 46)) * (1 - 0.4 * band.distance)
        printed = PATTERNS[str(rng.choice(choice))](
            pitch, float(rng.choice([0.0, 0.785, -0.5])) if band.kind != "paving" else 0.4
        )
        tone = top.lit(0.05 if top.lightness < 0.75 else -0.05)
        over(picture, tone, mask * printed * (0.75 - 0.4 * band.distance))


def _foliage(plan: Plan, picture: Floats) -> None:
    """Large leaves that the frame cuts off, in a corner that the drawing leaves free."""
    rng, reading = plan.random("foliage"), plan.reading
    corners = [(0, SIDE), (SIDE, SIDE)]
    corner = corners[int(rng.integers(2))]
    column = slice(0, 90) if corner[0] == 0 else slice(294, 384)
    if reading.silhouette[250:, column].mean() > 0.05 or (reading.free_map[250:, column] > 0).mean() > 0.01:
        return
    base = plan.scenery.bands[-1].bottom if plan.scenery.bands else plan.scenery.sky[0]
    lean = 1 if corner[0] == 0 else -1
    for index, angle in enumerate(np.linspace(0.25, 1.35, int(rng.integers(3, 6)))):
        mask = empty()
        length, width = float(rng.uniform(90, 150)), float(rng.uniform(17, 30))
        heading = math.pi / 2 - angle
        x = corner[0] + lean * math.cos(heading) * length * 0.9
        y = corner[1] - math.sin(heading) * length * 0.9
        _leaf(mask, x, y, length, width, -heading * lean if lean > 0 else math.pi + heading)
        tone = _inked(base.lit(-0.13 if index % 2 else -0.06).strong(1.15))
        over(picture, tone, mask)
        rib = empty()
        add_stroke(rib, x, y, length * 0.8, 1.2, -heading * lean if lean > 0 else math.pi + heading)
        over(picture, tone.lit(0.10), rib)


def _leaf(mask: Floats, x: float, y: float, half: float, width: float, angle: float) -> None:
    """A pointed leaf."""
    u = (X - x) * math.cos(angle) + (Y - y) * math.sin(angle)
    v = (Y - y) * math.cos(angle) - (X - x) * math.sin(angle)
    across = width * np.sqrt(np.clip(1 - (u / half) ** 2, 0, 1))
    np.maximum(mask, np.clip(across - np.abs(v) + 0.5, 0, 1) * (np.abs(u) < half), out=mask)
