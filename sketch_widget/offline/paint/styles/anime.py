"""`<anime>`: cel painting: flat tones with hard edges, deep ink, a luminous sky, a lens that blooms."""

import math

import numpy as np
import numpy.typing as npt

from ..colour import Floats, Lch, shades
from ..fields import BOX, blur, noise, resize, shifted, smoothstep
from ..guard import set_off
from ..layers import (
    SHAPE,
    SIDE,
    X,
    Y,
    below,
    column_gradient,
    depth_below,
    full,
    full_linear,
    line_colours,
    line_mask,
    over,
    region_fill,
    times,
    to_bytes,
    vignette,
)
from ..light import Light, light_on
from ..plan import Plan
from ..prop_shapes import pieces
from ..scenery import Band, Cloud
from ..shadows import ground_shadow
from ..shapes import add_disc, add_glint, by_colour, cloud_mask, disc, empty, marks_mask, orb_mask

_WHITE = Lch(0.985, 0.012, 230)
_INK = Lch(0.20, 0.05, 285)


def paint(plan: Plan) -> npt.NDArray[np.uint8]:
    """Paint a plan as a cel from an animated film."""
    reading = plan.reading
    light = light_on(plan, 0.75, 0.55, 0.52, 2.2)
    facing = full(light.facing)
    picture = _backdrop(plan)
    body = _cel(plan, light, facing)
    # The shadow on the ground is a flat shape like every other tone of a cel.
    times(picture, 1 - smoothstep(0.38, 0.44, ground_shadow(plan, 0.5)) * 0.30)
    set_off(picture, body, reading)
    over(picture, body, reading.silhouette_soft)
    picture = _bloom(picture)
    _ink(plan, picture, facing)
    _lens(plan, picture)
    for group in by_colour(plan.scenery.falling):
        over(picture, group[0].colour, marks_mask(group, 1.3) * 0.85)
    return to_bytes(vignette(picture, 0.07))


def _cel(plan: Plan, light: Light, facing: Floats) -> Floats:
    """Three flat tones, a screen of dots at the first edge, a hard highlight, and a lit rim."""
    reading = plan.reading
    colours = {label: _cleaned(colour) for label, colour in plan.colours.items()}
    shadow = {label: shades(colour, 0.14, lean=0.15).shadow for label, colour in colours.items()}
    deep = {label: shades(colour, 0.25, lean=0.20).shadow for label, colour in colours.items()}
    bright = {label: shades(colour, lift=0.2).light.mixed(_WHITE, 0.3) for label, colour in colours.items()}
    body = region_fill(reading, colours)
    in_shadow, in_light = region_fill(reading, shadow), region_fill(reading, bright)
    first = 1 - smoothstep(0.40, 0.44, facing)
    screen = _dots(9, np.clip((0.64 - facing) / 0.26, 0, 1) * 0.6) * (1 - first)
    over(body, in_shadow, np.maximum(first, screen * 0.5))
    over(body, region_fill(reading, deep), 1 - smoothstep(0.10, 0.14, facing))
    shine = smoothstep(0.966, 0.974, full(light.mirrored())) * smoothstep(2.6, 5, full_linear(reading.region_height))
    right, down = plan.scenery.light
    rim = np.clip(reading.silhouette_soft - shifted(reading.silhouette_soft, -down * 9, -right * 9), 0, 1)
    return over(body, in_light, np.maximum(shine * 0.9, rim * 0.55))


def _cleaned(colour: Lch) -> Lch:
    """The colour as a film's paint: stronger, and lighter where that costs no strength."""
    lift = 0.0 if colour.chroma > 0.1 and colour.lightness > 0.8 else 0.035
    return colour.strong(1.18).at(min(0.95, colour.lightness + lift))


def _dots(pitch: float, tone: Floats) -> Floats:
    """A printer's screen at 45 degrees; the dots' area follows the tone."""
    turn = np.float32(math.sqrt(0.5) * 2 * math.pi / pitch)
    screen = (np.cos((X + Y) * turn) + np.cos((X - Y) * turn)) * 0.25 + 0.5
    dots: Floats = np.clip((screen - (1 - tone)) * np.float32(pitch * 0.32) + 0.5, 0, 1) * (tone > 0.02)
    return dots


def _bloom(picture: Floats) -> Floats:
    """Bright places shine over their edges."""
    small = np.clip(resize(picture, (192, 192), BOX), 0, 1)
    bright = smoothstep(0.70, 1.0, (small[..., 0] + small[..., 1] + small[..., 2]) / np.float32(3))
    glow = np.clip(resize(blur(small * bright[..., None], 7), SHAPE), 0, 1)
    return np.asarray(1 - (1 - np.clip(picture, 0, 1)) * (1 - glow * np.float32(0.32)), np.float32)


def _ink(plan: Plan, picture: Floats, facing: Floats) -> None:
    """Lines that swell on the shadow side and around the silhouette."""
    reading = plan.reading
    on_paper = Lch(0.93, 0.04, 100) if plan.dark else _INK
    colours = line_colours(
        plan, lambda c: Lch(max(0.13, c.lightness * 0.24), c.chroma * 0.75 + 0.02, c.hue), on_paper, foam=_WHITE
    )
    swell = np.clip(0.55 - facing, 0, 1) * reading.silhouette_soft
    edge = np.exp(-((full_linear(np.minimum(reading.outside, reading.inside)) / 5) ** 2))
    lines = line_mask(reading, 0.1 + 1.0 * swell + 0.8 * edge)
    over(picture, colours, lines * np.float32(reading.line_opacity))


# Background -----------------------------------------------------------------------------------------------------------


def _backdrop(plan: Plan) -> Floats:
    scenery = plan.scenery
    if scenery.setting.walled:
        picture = column_gradient(scenery.sky, 0, scenery.horizon)
    elif not scenery.setting.open_air and scenery.setting.place != "underwater":
        picture = _stage(plan)
    elif scenery.setting.place == "underwater":
        picture = column_gradient([tone.strong(1.15) for tone in scenery.sky], 0, SIDE)
        _shafts(plan, picture)
    else:
        picture = _sky(plan)
    for index, band in enumerate(scenery.bands):
        _land(plan, picture, band, index)
    for prop in scenery.props:
        for mask, colour in pieces(prop):
            over(picture, _cleaned(colour), mask)
    for group in by_colour(scenery.marks):
        over(picture, group[0].colour, marks_mask(group, 1.1) * (0.8 if group[0].kind != "bubble" else 0.45))
    return picture


def _stage(plan: Plan) -> Floats:
    """A plain backdrop: rays from behind the subject, drifting discs of light, a screen in the corner."""
    scenery, rng = plan.scenery, plan.random("stage")
    base = scenery.sky[0]
    top, bottom = (base.lit(-0.02), scenery.sky[1]) if plan.dark else (base.lit(-0.05).strong(1.2), scenery.sky[2])
    picture = column_gradient([top, bottom], 0, SIDE)
    away = np.hypot(X - scenery.centre[0], Y - scenery.centre[1])
    angle = np.arctan2(Y - scenery.centre[1], X - scenery.centre[0])
    count = int(rng.choice([12, 18, 24]))
    rays = np.clip(np.sin(angle * count + float(rng.uniform(0, 6))) * away * (0.38 / count) + 0.5, 0, 1)
    picture += ((rays - 0.5) * 0.075 * smoothstep(90, 380, away.astype(np.float32)))[..., None].astype(np.float32)
    bokeh = empty()
    for _ in range(11):
        add_disc(
            bokeh,
            float(rng.uniform(0, SIDE)),
            float(rng.uniform(0, SIDE)),
            float(rng.uniform(14, 74)),
            2.0,
            float(rng.uniform(0.25, 0.8)),
        )
    picture += (bokeh * 0.10)[..., None]
    corner = np.clip(Y / SIDE * 0.9 + X / SIDE * 0.35 - 0.55, 0, 1).astype(np.float32)
    return over(picture, base.lit(0.10), _dots(13, corner * 0.9) * 0.45)


def _sky(plan: Plan) -> Floats:
    scenery = plan.scenery
    deep = 1.28 if scenery.setting.weather == "clear" else 1.0
    stops = [scenery.sky[0].lit(-0.05).strong(deep), scenery.sky[1].lit(-0.02).strong(deep), scenery.sky[2]]
    picture = column_gradient(stops, 0, scenery.horizon)
    if scenery.stars:
        milky = smoothstep(0.1, 0.9, noise(plan.random("milky way"), SHAPE, 300, 4)) * (1 - Y / SIDE)
        picture += (milky * 0.10)[..., None] * scenery.sky[2].rgb
        for group in by_colour(scenery.stars):
            over(picture, group[0].colour, marks_mask(group, 1.2))
    if scenery.orb is not None:
        away = np.hypot(X - scenery.orb.x, Y - scenery.orb.y)
        halo = np.exp(-((away / (scenery.orb.radius * 3.4)) ** 2)) * (0.20 if plan.dark else 0.32)
        picture += halo[..., None].astype(np.float32) * scenery.orb.colour.rgb
        if scenery.setting.time in ("sunset", "dawn"):
            _god_rays(plan, picture)
        over(picture, scenery.orb.colour.at(0.98).strong(0.5), orb_mask(scenery.orb))
    for cloud in scenery.clouds:
        _cumulus(plan, picture, cloud)
    return picture


def _cumulus(plan: Plan, picture: Floats, cloud: Cloud) -> None:
    """A cloud of two tones with a hard edge between; its lower part fades into the air."""
    sky = plan.scenery.sky
    heavy = plan.scenery.setting.weather in ("rain", "storm")
    white = sky[2].lit(0.04).strong(0.5) if not plan.dark else sky[2].lit(0.02)
    white = white.lit(-0.12) if heavy else white
    shade = white.mixed(sky[1], 0.55).lit(-0.03)
    mask = cloud_mask((cloud,))
    right = -1 if plan.scenery.light[0] < 0 else 1
    lit = np.minimum(mask, shifted(mask, cloud.width * 0.09, -right * cloud.width * 0.05))
    fade = 1 - 0.6 * smoothstep(cloud.y - cloud.width * 0.25, cloud.y + cloud.width * 0.12, Y + 0 * X)
    over(picture, white, mask * fade * 0.96)
    over(picture, shade, lit * fade * 0.85)


def _shafts(plan: Plan, picture: Floats) -> None:
    rng = plan.random("shafts")
    for _ in range(5):
        lean, start, width = (
            float(rng.uniform(-0.45, 0.45)),
            float(rng.uniform(-100, SIDE + 100)),
            float(rng.uniform(14, 46)),
        )
        shaft = np.clip((width - np.abs(X - start - lean * Y)) / 3, 0, 1) * (1 - Y / SIDE) ** 1.5
        picture += (shaft * 0.13)[..., None].astype(np.float32)


def _land(plan: Plan, picture: Floats, band: Band, index: int) -> None:
    """Land in flat tones; light falls on it in hard patches."""
    colours = column_gradient([band.top.strong(1.15), band.bottom.strong(1.15)], float(band.edge.min()), SIDE)
    rng = plan.random("land", index)
    if band.kind == "water":
        ripple = noise(rng, SHAPE, 60, 2, stretch=(0.22, 1.8))
        over(colours, band.top.lit(0.16).strong(0.5), smoothstep(0.50, 0.54, ripple) * 0.75)
        over(colours, band.bottom, smoothstep(0.42, 0.46, -ripple) * 0.5)
    elif band.ground and band.kind not in ("table", "floor"):
        patches = noise(rng, SHAPE, 64, 2, stretch=(0.4, 1.7))
        over(colours, band.top.lit(0.05), smoothstep(0.40, 0.44, patches) * 0.7)
        over(colours, band.bottom.lit(-0.03), smoothstep(0.46, 0.50, -patches) * 0.6 * depth_below(band))
    elif not band.ground:
        edge = np.clip((Y - band.edge[None] - 10 - 8 * np.sin(X * 0.05)) / 2, 0, 1) * (1 - band.distance)
        over(colours, band.bottom.lit(-0.05), edge.astype(np.float32) * 0.6)
    over(picture, colours, below(band, 1.4))


# In the lens ----------------------------------------------------------------------------------------------------------


def _lens(plan: Plan, picture: Floats) -> None:
    """What the camera adds: glints by night, ghosts of a strong sun, motes in warm air, or nothing."""
    setting, rng = plan.scenery.setting, plan.random("lens")
    if plan.dark or "dreamy" in setting.moods:
        _sparkle(plan, picture, 6)
    elif setting.weather in ("rain", "storm", "fog"):
        return
    elif plan.scenery.orb is not None and rng.random() < 0.6:
        _ghosts(plan, picture)
    elif setting.time in ("sunset", "dawn") or rng.random() < 0.3:
        _motes(plan, picture)
    elif rng.random() < 0.4:
        _sparkle(plan, picture, 3)


def _sparkle(plan: Plan, picture: Floats, count: int) -> None:
    """A few glints around the subject."""
    rng, mask = plan.random("sparkles"), empty()
    for _ in range(count):
        angle, far = float(rng.uniform(0, 2 * math.pi)), plan.scenery.reach * float(rng.uniform(1.02, 1.35))
        x = np.clip(plan.scenery.centre[0] + math.cos(angle) * far, 30, SIDE - 30)
        y = np.clip(plan.scenery.centre[1] + math.sin(angle) * far, 30, SIDE - 30)
        add_glint(mask, float(x), float(y), float(rng.uniform(14, 34)))
    over(picture, Lch(0.99, 0.02, 100), mask * (1 - plan.reading.silhouette_soft) * 0.95)


def _ghosts(plan: Plan, picture: Floats) -> None:
    """Reflections in the lens on a line from the sun through the middle of the picture."""
    orb = plan.scenery.orb
    assert orb is not None
    clear = 1 - 0.75 * plan.reading.silhouette_soft
    hues = (60.0, 150.0, 220.0, 330.0)
    for index, (along, radius) in enumerate(((0.55, 26), (0.85, 44), (1.25, 17), (1.6, 62))):
        x, y = orb.x + (SIDE / 2 - orb.x) * along * 1.2, orb.y + (SIDE / 2 - orb.y) * along * 1.2
        ghost = disc(x, y, float(radius), 3.0) - 0.45 * disc(x, y, radius * 0.86, 3.0)
        picture += (ghost * clear * 0.13)[..., None] * Lch(0.90, 0.10, hues[index]).rgb


def _motes(plan: Plan, picture: Floats) -> None:
    """Specks of light that drift in the air, out of focus."""
    rng, mask = plan.random("motes"), empty()
    for _ in range(26):
        place = float(rng.uniform(0, SIDE)), float(rng.uniform(0.25, 1.0)) * SIDE
        add_disc(mask, *place, float(rng.uniform(2.5, 11)), 2.5, float(rng.uniform(0.25, 0.8)))
    picture += (mask * (1 - 0.8 * plan.reading.silhouette_soft) * 0.28)[..., None] * Lch(0.93, 0.09, 85).rgb


def _god_rays(plan: Plan, picture: Floats) -> None:
    """Beams of a low sun that fan out over the sky."""
    orb = plan.scenery.orb
    assert orb is not None
    angle, away = np.arctan2(Y - orb.y, X - orb.x), np.hypot(X - orb.x, Y - orb.y)
    start = float(plan.random("beams").uniform(0, 6))
    beams = smoothstep(0.1, 0.9, np.sin(angle * 7 + start) * np.sin(angle * 11 + 2 * start) + 0.2)
    reach = smoothstep(orb.radius * 0.9, orb.radius * 2.2, away) * np.exp(-((away / 560) ** 2))
    picture += (beams * reach * 0.16)[..., None].astype(np.float32) * orb.colour.rgb
