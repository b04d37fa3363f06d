"""`<flat illustration>`: a poster: few colours, large cropped shapes, printed patterns, hard shade, a long shadow."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..colour import Floats, Lch, shades
from ..fields import BOX, blur, resize, shifted, smoothstep
from ..guard import set_off
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

_CREAM = Lch(0.965, 0.03, 90)


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Paint a plan as a printed poster."""
    reading = plan.reading
    picture = _backdrop(plan)
    body = _cut_out(plan)
    _long_shadow(plan, picture)
    set_off(picture, body, reading)
    over(picture, body, reading.silhouette_soft)
    _lines(plan, picture)
    for group in by_colour(plan.scenery.falling):
        over(picture, group[0].colour, marks_mask(group, 1.3))
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
    """Flat colours with one hard shade, stipple toward the dark side, and a printed pattern on some parts."""
    reading, rng = plan.reading, plan.random("cut-out")
    colours = {label: _inked(colour) for label, colour in plan.colours.items()}
    body = region_fill(reading, colours)
    shade = {label: shades(colour, 0.13, lean=0.22).shadow.strong(1.08) for label, colour in colours.items()}
    light = {label: colour.lit(0.075).strong(0.9) for label, colour in colours.items()}
    dark_side, light_side = region_fill(reading, shade), region_fill(reading, light)
    _patterned(plan, body, colours, rng)
    facing = full(light_on(plan, 0.34, 0.70, 0.60, 4.0).facing)
    shining = np.isin(reading.things_map, list(plan.palette.glowing)).astype(np.float32)
    hard = (1 - smoothstep(0.33, 0.36, facing)) * (1 - full_linear(shining))
    over(body, light_side, _grained((facing - 0.86) * 5) * 0.55)
    over(body, dark_side, _grained((0.58 - facing) * 2.4) * 0.45)
    return over(body, dark_side, hard)


def _patterned(plan: Plan, body: Floats, colours: dict[int, Lch], rng: np.random.Generator) -> None:
    """Print a tone-on-tone pattern on about half of the larger look-alike groups."""
    reading = plan.reading
    shares = {weight.label: weight for weight in reading.weights}
    names = list(rng.permutation(list(PATTERNS)))
    groups = [group for group in reading.groups if group[0] in colours and reading.regions[group[0] - 1].half_width > 9]
    groups.sort(key=lambda group: -reading.regions[group[0] - 1].area)
    for index, group in enumerate(groups[:5]):
        if index > 0 and rng.random() > 0.62:
            continue
        size = reading.regions[group[0] - 1].half_width * 2
        pitch = float(np.clip(size * float(rng.uniform(0.24, 0.40)), 9, 30))
        printed = PATTERNS[names[index % len(names)]](pitch, float(rng.choice([0.0, 0.785, -0.785, 1.571])))
        for label in group:
            tone = colours[label].lit(0.065 if colours[label].lightness < 0.72 else -0.065)
            weight = shares[label]
            piece = body[weight.window]
            piece += (tone.rgb - piece) * (printed[weight.window] * weight.share * 0.8)[..., None]


def _long_shadow(plan: Plan, picture: Floats) -> None:
    """A shadow drawn out at 45 degrees, away from the light, to the edge of the picture."""
    if plan.scenery.setting.place in ("underwater", "sky", "space"):
        return
    shadow = resize(plan.reading.silhouette_soft, (384, 384), BOX) > 0.5
    right = 1 if plan.scenery.light[0] < 0 else -1
    for step in (1, 2, 4, 8, 16, 32, 64):
        moved = np.zeros_like(shadow)
        if right > 0:
            moved[step:, step:] = shadow[:-step, :-step]
        else:
            moved[step:, :-step] = shadow[:-step, step:]
        shadow = shadow | moved
    soft = np.clip(full_linear(blur(shadow, 0.7)), 0, 1) * (1 - plan.reading.silhouette_soft)
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


def _backdrop(plan: Plan) -> Floats:
    scenery = plan.scenery
    if scenery.setting.walled:
        picture = plain(_inked(scenery.sky[1]))
    elif not scenery.setting.open_air and scenery.setting.place != "underwater":
        picture = _poster(plan)
    elif scenery.setting.place == "underwater":
        picture = _depths(plan)
    else:
        picture = _sky(plan)
    for index, band in enumerate(scenery.bands):
        _land(plan, picture, band, index)
    for prop in scenery.props:
        for mask, colour in pieces(prop):
            over(picture, _inked(colour), mask)
    for group in by_colour(scenery.marks):
        over(picture, _inked(group[0].colour), marks_mask(group, 1.5) * 0.9)
    if scenery.setting.open_air and scenery.setting.place not in ("space", "sky", "sea", "city", "road", "desert"):
        _foliage(plan, picture)
    return picture


def _tones(sky: Sequence[Lch]) -> tuple[Lch, Lch, Lch]:
    """The sky's three colours, stronger: a poster does not whisper."""
    first, second, third = (_inked(tone.strong(1.25)) for tone in sky)
    return first, second.at(max(second.lightness, first.lightness + 0.06)), third


@dataclass(frozen=True, eq=False)
class _Poster:
    """A plain backdrop in the making."""

    picture: Floats
    x: float
    y: float
    reach: float
    """The drawing's middle, and the radius of a disc around it."""
    back: Lch
    front: Lch
    accent: Lch
    rng: np.random.Generator


def _poster(plan: Plan) -> Floats:
    """A plain backdrop built from one large figure, cropped by the frame."""
    scenery, rng = plan.scenery, plan.random("poster")
    deep, middle, pale = _tones(scenery.sky)
    accent = _inked(plan.palette.accents[3]).at(0.42 if plan.dark else 0.84).strong(0.75)
    (x, y), front = scenery.centre, pale if plan.dark else deep
    poster = _Poster(plain(deep if plan.dark else pale), x, y, scenery.reach, middle, front, accent, rng)
    _FIGURES[int(rng.integers(len(_FIGURES)))](poster)
    light = np.clip(((X - x) * scenery.light[0] + (Y - y) * scenery.light[1]) / SIDE + 0.15, 0, 1).astype(np.float32)
    return over(poster.picture, pale if plan.dark else _CREAM, _grained(light * 0.5, 0.8) * 0.25)


def _big_disc(poster: _Poster) -> None:
    rng = poster.rng
    shift_x, shift_y = float(rng.uniform(-70, 70)), float(rng.uniform(-60, 60))
    big = disc(poster.x + shift_x, poster.y + shift_y, poster.reach * 1.22)
    over(poster.picture, poster.back, big)
    over(poster.picture, poster.front, big * PATTERNS["dots"](26, 0.0) * 0.5)
    over(
        poster.picture, poster.accent, disc(float(rng.choice([60, SIDE - 60])), float(rng.choice([70, SIDE - 70])), 150)
    )


def _arch(poster: _Poster) -> None:
    top = poster.y - poster.reach * 0.2
    for share, tone in ((1.05, poster.back), (0.86, poster.front.mixed(poster.back, 0.25))):
        half = poster.reach * share
        below_top = np.clip(half - np.abs(X - poster.x) + 0.5, 0, 1) * np.clip(Y - top, 0, 1)
        over(poster.picture, tone, np.maximum(disc(poster.x, top, half), below_top))
    over(poster.picture, poster.accent, disc(poster.x + poster.reach, poster.y - poster.reach * 1.05, 62))


def _split(poster: _Poster) -> None:
    angle = float(poster.rng.uniform(-0.5, 0.5))
    beyond = np.clip((X - poster.x) * math.cos(angle) + (Y - poster.y) * math.sin(angle) + 0.5, 0, 1)
    over(poster.picture, poster.back, beyond)
    over(poster.picture, poster.front, beyond * PATTERNS["stripes"](34, angle + 0.785) * 0.45)
    over(poster.picture, poster.accent, disc(poster.x, poster.y, poster.reach * 0.95))


def _tiles(poster: _Poster) -> None:
    """Quarter circles on a grid."""
    rng, size = poster.rng, SIDE // 4
    tones = (poster.back, poster.front, poster.accent)
    for row in range(4):
        for column in range(4):
            corner_x, corner_y = (column + int(rng.integers(2))) * size, (row + int(rng.integers(2))) * size
            window = (slice(row * size, (row + 1) * size), slice(column * size, (column + 1) * size))
            away = np.hypot(X[:, window[1]] - corner_x, Y[window[0]] - corner_y)
            tone = tones[int(rng.choice(3, p=[0.5, 0.3, 0.2]))]
            over(poster.picture[window], tone, np.clip(size - away, 0, 1) * 0.85)


def _burst(poster: _Poster) -> None:
    angle, away = np.arctan2(Y - poster.y, X - poster.x), np.hypot(X - poster.x, Y - poster.y)
    count, start = int(poster.rng.integers(8, 15)), float(poster.rng.uniform(0, 6))
    over(poster.picture, poster.back, np.clip(np.sin(angle * count + start) * away / 20 + 0.5, 0, 1))
    over(poster.picture, poster.front, disc(poster.x, poster.y, poster.reach * 0.98))


def _rings(poster: _Poster) -> None:
    outer = poster.back.mixed(poster.front, -0.4)
    for radius, tone in ((1.75, outer), (1.42, poster.back), (1.1, poster.front), (0.8, poster.accent)):
        over(poster.picture, tone, disc(poster.x, poster.y, poster.reach * radius))


_FIGURES = (_big_disc, _arch, _split, _tiles, _burst, _rings)


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
    """Flat bands, or rings around the light; clouds of pills; stars as signs."""
    scenery, rng = plan.scenery, plan.random("sky")
    tones = _tones(scenery.sky)
    picture = plain(tones[0])
    steps = int(rng.integers(3, 6))
    centre = (
        (scenery.orb.x, scenery.orb.y) if scenery.orb else (SIDE * float(rng.uniform(0.2, 0.8)), scenery.horizon * 0.9)
    )
    ringed = rng.random() < 0.55
    for index in range(1, steps):
        share = index / (steps - 1)
        tone = tones[0].mixed(tones[1], min(1, share * 2)).mixed(tones[2], max(0, share * 2 - 1))
        if ringed:
            mask = disc(*centre, SIDE * 1.02 * (1 - (index - 0.3) / steps))
        else:
            edge = scenery.horizon * index / steps + 10 * np.sin(X / SIDE * 5 + index * 1.7)
            mask = np.clip(Y - edge + 0.5, 0, 1).astype(np.float32)
        over(picture, tone, mask)
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


def _land(plan: Plan, picture: Floats, band: Band, index: int) -> None:
    """One flat layer with a pattern printed on it and stipple toward its foot."""
    rng = plan.random("land", index)
    mask = below(band, 1.0)
    top, bottom = _inked(band.top.strong(1.1)), _inked(band.bottom.strong(1.1))
    over(picture, top, mask)
    depth = depth_below(band)
    over(picture, bottom, mask * _grained(depth * 0.95 - 0.05) * 0.75)
    names = {"water": ["waves", "scales"], "table": ["checks", "dots", "stripes"], "paving": ["stripes", "checks"]}
    choice = names.get(band.kind, ["stripes", "dots", "waves", "crosses", "scales"])
    if rng.random() < (0.9 if band.ground else 0.55):
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
