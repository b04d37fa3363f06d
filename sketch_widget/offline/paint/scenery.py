"""What stands behind the drawing: sky, sun, clouds, far hills, ground and small things, as plain data.

No pixel is painted here. Each style paints the same scenery in its own way. Everything is chosen by random numbers
seeded with the prompt and the drawing: thirty houses get thirty different days, and the same one always its own.
Lengths are pixels of the 768-pixel picture, x right, y down.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from .colour import Lch, hue_difference
from .lexicon import Words
from .reading import GRID, SIDE, Reading
from .setting import Setting
from .skies import Sky, sky_of, under_light
from .skyline import OUTLINES, Outline

Random = np.random.Generator

LIGHTS = ((-0.48, -0.62), (0.50, -0.60), (-0.66, -0.40), (0.30, -0.74))
"""Where the light comes from, (x, y), for the variants 0 to 3."""


@dataclass(frozen=True, eq=False)
class Band:
    """One layer of land or water; it reaches from its edge down to the foot of the picture."""

    edge: Outline
    """`(768,) float32`: y of its upper edge in each column."""
    top: Lch
    bottom: Lch
    kind: str
    """A name of `skyline.OUTLINES` for what is far; "land", "water", "sand", "snow", "paving", "table" for ground."""
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
    """A cloud of round puffs, or a streak when it has only flat ones."""

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
    """"star", "dot", "dash", "blade", "flake", "drop", "petal", "bubble"."""
    x: float
    y: float
    size: float
    colour: Lch


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


def scenery_of(
    reading: Reading,
    setting: Setting,
    words: Words,
    dominant: Lch,
    drawn_sky: frozenset[str],
    variant: int,
    rng: Random,
) -> Scenery:
    """Compose the scenery of one picture.

    `dominant` is the drawing's main colour, which a plain backdrop answers; `drawn_sky` tells what the drawing itself
    has up there ("light", "cloud"), so that nothing appears twice.
    """
    left, top, right, bottom = reading.box
    centre = ((left + right) / 2, (top + bottom) / 2)
    reach = max(right - left, bottom - top) / 2
    sky = sky_of(setting, words.place_colour, rng) if setting.place not in ("studio", "room", "table") else ()
    colours: Sky = sky or _plain_backdrop(setting, words, dominant, variant, rng)
    grounds = _grounds(reading, setting, colours, dominant, rng)
    ridges = _ridges(setting, colours, grounds, rng)
    bands = (*ridges, *grounds)
    light = LIGHTS[variant % len(LIGHTS)]
    orb = None if "light" in drawn_sky or not setting.open_air else _orb(reading, setting, colours, bands, variant, rng)
    if orb is not None:
        light = _toward(orb, centre, light)
    return Scenery(
        setting=setting,
        sky=colours,
        bands=bands,
        orb=orb,
        clouds=() if "cloud" in drawn_sky or not setting.open_air else _clouds(setting, bands, rng),
        stars=_stars(bands, rng) if setting.dark and setting.place != "underwater" else (),
        marks=_ground_marks(setting, bands, colours, rng),
        falling=_falling(setting, rng),
        light=light,
        centre=centre,
        reach=reach,
    )


def _toward(orb: Orb, centre: tuple[float, float], default: tuple[float, float]) -> tuple[float, float]:
    """Light that comes from the orb's side, never from straight behind or below."""
    side = math.copysign(max(0.28, min(0.62, abs(orb.x - centre[0]) / 420)), orb.x - centre[0])
    return side, default[1]


def _plain_backdrop(setting: Setting, words: Words, dominant: Lch, variant: int, rng: Random) -> Sky:
    """Three tones of one hue that answers the drawing's; mud and mustard are kept out."""
    if words.place_colour is not None:
        hue, chroma = words.place_colour.hue, min(0.12, words.place_colour.chroma)
    else:
        steps = (185.0, 150.0, 215.0, 60.0) if dominant.chroma > 0.05 else (60.0, 200.0, 330.0, 140.0)
        hue = (dominant.hue + steps[(variant + int(rng.integers(4)) * (variant > 0)) % 4] + rng.normal(0, 14)) % 360
        chroma = rng.uniform(0.055, 0.10)
        if 60 < hue < 125:
            hue = 48.0 if hue < 88 else 160.0
    if setting.dark:
        return Lch(0.24, chroma * 0.8, hue), Lch(0.34, chroma, hue), Lch(0.46, chroma, hue)
    tones = [(0.80, 1.25), (0.88, 0.9), (0.955, 0.4)]
    if dominant.lightness > 0.86:
        tones = [(0.66, 1.4), (0.75, 1.25), (0.84, 0.9)]
    zenith, middle, horizon = (Lch(lightness, chroma * strength, hue) for lightness, strength in tones)
    return zenith, middle, horizon.turned(18)


# Ground ---------------------------------------------------------------------------------------------------------------

_GROUND: dict[str, tuple[str, tuple[tuple[float, float, float], tuple[float, float, float]]]] = {
    "meadow": ("land", ((0.77, 0.155, 130), (0.62, 0.15, 141))),
    "garden": ("land", ((0.80, 0.15, 126), (0.66, 0.16, 137))),
    "forest": ("land", ((0.64, 0.12, 137), (0.46, 0.09, 145))),
    "bamboo": ("land", ((0.80, 0.12, 128), (0.66, 0.13, 138))),
    "mountains": ("land", ((0.72, 0.12, 138), (0.56, 0.10, 148))),
    "savanna": ("land", ((0.84, 0.115, 92), (0.70, 0.11, 80))),
    "desert": ("sand", ((0.88, 0.09, 80), (0.76, 0.11, 66))),
    "beach": ("sand", ((0.92, 0.06, 88), (0.83, 0.085, 78))),
    "road": ("paving", ((0.75, 0.02, 270), (0.62, 0.025, 270))),
    "city": ("paving", ((0.78, 0.025, 75), (0.64, 0.03, 60))),
    "snowfield": ("snow", ((0.975, 0.01, 235), (0.88, 0.035, 242))),
    "sea": ("water", ((0.70, 0.11, 213), (0.48, 0.12, 240))),
    "pond": ("water", ((0.74, 0.09, 208), (0.58, 0.10, 225))),
    "underwater": ("sand", ((0.80, 0.075, 95), (0.62, 0.08, 90))),
    "table": ("table", ((0.84, 0.07, 62), (0.70, 0.09, 52))),
    "room": ("table", ((0.74, 0.08, 62), (0.60, 0.09, 50))),
}
_SEASONS = {"autumn": (82.0, 0.62), "winter": (240.0, 0.8), "spring": (122.0, 0.25), "summer": (138.0, 0.2)}
"""The hue that grass leans to in each season, and how far."""


def _grounds(reading: Reading, setting: Setting, sky: Sky, dominant: Lch, rng: Random) -> tuple[Band, ...]:
    edges = list(reading.horizons)
    if not edges and setting.place in _GROUND and not (setting.place == "underwater" and rng.random() < 0.45):
        edges = [_virtual_edge(reading, setting, rng)]
    if not edges:
        return ()
    kind, tones = _GROUND.get(setting.place, _GROUND["meadow"])
    top, bottom = (Lch(*tone) for tone in tones)
    if setting.place in ("studio", "space", "sky"):
        kind, top, bottom = "land", sky[1].lit(-0.10).strong(1.2), sky[1].lit(-0.20).strong(1.3)
    if kind == "land":
        hue, share = _SEASONS.get(setting.season or "", (138.0, 0.0))
        turn = float(rng.normal(0, 7))
        top, bottom = (tone.leaning(hue, share).turned(turn).lit(float(rng.normal(0, 0.012))) for tone in (top, bottom))
    if kind == "land" and setting.season == "winter":
        kind, top, bottom = "snow", Lch(0.965, 0.012, 235), Lch(0.87, 0.035, 242)
    if kind == "table":
        top, bottom = (tone.turned(float(rng.uniform(-30, 30))) for tone in (top, bottom))
    bands = []
    for index, edge in enumerate(edges):
        share = index / max(1, len(edges))
        first, last = top.mixed(bottom, share), top.mixed(bottom, min(1, share + 0.6))
        if setting.open_air or setting.place == "underwater":
            far = 0.12 * (1 - share)
            first, last = under_light(first, setting, sky, far), under_light(last, setting, sky, 0)
        elif setting.dark:
            first, last = under_light(first, setting, sky), under_light(last, setting, sky)
        bands.append(Band(np.asarray(edge, np.float32), first, last, kind, 0.1 * (1 - share)))
    return tuple(bands)


def _virtual_edge(reading: Reading, setting: Setting, rng: Random) -> Outline:
    """A ground line where the drawing has none: things stand in front of it, boats float in it."""
    _, top, _, bottom = reading.box
    tall = bottom - top
    x = np.arange(SIDE, dtype=np.float32)
    if setting.place in ("sea", "pond"):
        return np.full(SIDE, np.clip(bottom - rng.uniform(0.24, 0.36) * tall, 0.50 * SIDE, 0.80 * SIDE), np.float32)
    if setting.place in ("table", "room"):
        return np.full(SIDE, np.clip(bottom - rng.uniform(0.16, 0.30) * tall, 0.55 * SIDE, 0.84 * SIDE), np.float32)
    if setting.place == "underwater":
        return (SIDE * 0.90 + 16 * np.sin(x / SIDE * 7 + rng.uniform(0, 6))).astype(np.float32)
    height = np.clip(bottom - rng.uniform(0.06, 0.20) * tall - 8, 0.56 * SIDE, 0.87 * SIDE)
    swell = 0 if setting.place in ("road", "city") else rng.uniform(6, 20)
    tilt = 0 if setting.place in ("road", "city") else rng.normal(0, 12)
    wave = swell * np.sin(x / SIDE * 2 * math.pi * rng.uniform(0.6, 1.5) + rng.uniform(0, 6)) + tilt * (x / SIDE - 0.5)
    return np.asarray(height + wave, np.float32)


# Far land -------------------------------------------------------------------------------------------------------------

_FAR: dict[str, tuple[tuple[tuple[str, float, float], ...], ...]] = {
    # place: choices of (outline, height in pixels, distance 0..1), far ones first
    "meadow": (
        (("hills", 120, 0.75), ("hills", 62, 0.4)),
        (("mountains", 210, 0.85), ("hills", 70, 0.45)),
        (("crowns", 92, 0.5),),
        (("slope", 190, 0.65), ("hills", 60, 0.4)),
        (("pines", 110, 0.6), ("hills", 40, 0.3)),
        (("hills", 80, 0.6), ("roofs", 52, 0.55)),
        (("flat", 0, 0.5),),
    ),
    "garden": (
        (("crowns", 120, 0.5),),
        (("hills", 80, 0.6), ("crowns", 60, 0.35)),
        (("roofs", 90, 0.65), ("crowns", 70, 0.4)),
        (("slope", 130, 0.6),),
    ),
    "forest": (
        (("pines", 330, 0.75), ("pines", 230, 0.45)),
        (("crowns", 320, 0.75), ("crowns", 210, 0.42)),
        (("mountains", 300, 0.85), ("pines", 190, 0.5)),
    ),
    "bamboo": ((("karst", 260, 0.8), ("crowns", 120, 0.5)), (("crowns", 260, 0.7), ("crowns", 150, 0.4))),
    "mountains": (
        (("mountains", 330, 0.85), ("mountains", 190, 0.55), ("hills", 60, 0.3)),
        (("karst", 330, 0.85), ("karst", 210, 0.55)),
        (("slope", 330, 0.8), ("pines", 130, 0.45)),
    ),
    "savanna": ((("mesas", 120, 0.75),), (("mountains", 150, 0.85), ("flat", 0, 0.4)), (("crowns", 56, 0.55),)),
    "desert": (
        (("dunes", 170, 0.6), ("dunes", 90, 0.35)),
        (("mesas", 190, 0.75), ("dunes", 80, 0.4)),
        (("dunes", 260, 0.55),),
    ),
    "beach": ((("flat", 0, 0.6),), (("slope", 130, 0.7),), (("mountains", 120, 0.85),)),
    "road": (
        (("roofs", 190, 0.7), ("crowns", 60, 0.4)),
        (("hills", 120, 0.7), ("pines", 80, 0.45)),
        (("mountains", 200, 0.85), ("hills", 70, 0.5)),
        (("crowns", 110, 0.5),),
        (("mesas", 150, 0.7),),
    ),
    "city": (
        (("roofs", 330, 0.8), ("roofs", 210, 0.5)),
        (("roofs", 260, 0.7),),
        (("roofs", 200, 0.8), ("crowns", 80, 0.4)),
    ),
    "snowfield": (
        (("mountains", 230, 0.8), ("hills", 60, 0.4)),
        (("pines", 170, 0.65), ("hills", 50, 0.35)),
        (("hills", 120, 0.6),),
        (("slope", 220, 0.7),),
    ),
    "sea": ((), (), (("mountains", 90, 0.88),), (("slope", 110, 0.8),), (("karst", 130, 0.85),)),
    "pond": (
        (("crowns", 110, 0.6),),
        (("hills", 120, 0.7), ("crowns", 50, 0.45)),
        (("mountains", 220, 0.85), ("pines", 70, 0.5)),
        (("karst", 220, 0.82),),
    ),
    "underwater": ((), (("karst", 150, 0.5),), (("hills", 90, 0.45),)),
}
_FAR_TONES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "hills": ((0.70, 0.12, 140), (0.72, 0.11, 118), (0.66, 0.10, 160)),
    "slope": ((0.68, 0.11, 142), (0.70, 0.10, 110), (0.60, 0.08, 230)),
    "mountains": ((0.58, 0.07, 258), (0.56, 0.06, 290), (0.62, 0.06, 210), (0.58, 0.06, 30)),
    "karst": ((0.56, 0.07, 190), (0.58, 0.06, 240), (0.54, 0.08, 155)),
    "crowns": ((0.60, 0.13, 143), (0.64, 0.13, 125), (0.56, 0.11, 160)),
    "pines": ((0.48, 0.09, 158), (0.46, 0.08, 175), (0.50, 0.09, 145)),
    "roofs": ((0.70, 0.07, 40), (0.66, 0.06, 270), (0.74, 0.05, 70), (0.62, 0.07, 220)),
    "dunes": ((0.82, 0.10, 75), (0.78, 0.10, 60), (0.74, 0.10, 45)),
    "mesas": ((0.64, 0.12, 42), (0.60, 0.11, 32)),
    "flat": ((0.66, 0.10, 215), (0.72, 0.10, 130)),
}
_LEAFY = {"hills", "crowns", "slope"}


def _ridges(setting: Setting, sky: Sky, grounds: tuple[Band, ...], rng: Random) -> tuple[Band, ...]:
    choices = _FAR.get(setting.place, ())
    if not choices or not grounds:
        return ()
    foot = grounds[0].edge
    room = max(40.0, float(foot.min()) - 0.10 * SIDE)
    bands = []
    for outline, tall, distance in choices[int(rng.integers(len(choices)))]:
        height = min(tall * rng.uniform(0.75, 1.2), room)
        tones = _FAR_TONES[outline]
        tone = Lch(*tones[int(rng.integers(len(tones)))]).turned(float(rng.normal(0, 6)))
        if setting.place == "beach" and outline == "flat":
            tone, height = Lch(0.68, 0.11, 213), 90.0
        if outline in _LEAFY and setting.season in _SEASONS:
            hue, share = _SEASONS[setting.season]
            tone = tone.leaning(hue, share)
        if setting.place == "snowfield" and outline in ("hills", "slope", "mountains"):
            tone = Lch(0.84, 0.04, 242)
        base = foot if setting.place not in ("sea", "pond", "beach") else np.full(SIDE, foot.mean(), np.float32)
        edge = base - OUTLINES[outline](rng, height) - (height if outline == "flat" else 0)
        top = under_light(tone, setting, sky, distance)
        bottom = under_light(tone.lit(-0.03), setting, sky, max(0, distance - 0.12 if setting.weather != "fog" else 1))
        bands.append(Band(edge.astype(np.float32), top, bottom, outline, distance))
    return tuple(bands)


# Sky ------------------------------------------------------------------------------------------------------------------


def _orb(
    reading: Reading, setting: Setting, sky: Sky, bands: tuple[Band, ...], variant: int, rng: Random
) -> Orb | None:
    """Sun or moon where the drawing leaves room: small and high, or large and low behind the land."""
    if setting.weather in ("rain", "storm", "fog", "snow") and setting.time != "night":
        return None
    if setting.place == "space" and rng.random() < 0.4:
        return None
    horizon = min((float(band.edge.min()) for band in bands), default=float(SIDE) * 0.8)
    low = setting.time in ("sunset", "dawn") or rng.random() < 0.30
    radius = float(rng.uniform(62, 150) if low else rng.uniform(32, 66))
    tries = []
    for _ in range(14):
        x = float(rng.uniform(0.08, 0.92)) * SIDE
        y = horizon - radius * float(rng.uniform(-0.3, 0.8)) if low else float(rng.uniform(0.09, 0.30)) * SIDE
        if y > radius * 0.6:
            tries.append((_covered(reading, x, y, radius), x, y))
    if not tries:
        return None
    cover, x, y = min(tries)
    if cover > 0.45:
        return None
    if setting.dark:
        return Orb(x, y, radius * 0.9, Lch(0.94, 0.06, 95), crescent=bool(rng.random() < 0.4))
    if setting.time == "sunset":
        return Orb(x, y, radius, Lch(0.88, 0.15, 75) if sky[1].lightness > 0.72 else Lch(0.93, 0.12, 88))
    return Orb(x, y, radius, Lch(0.93, 0.13, 92))


def _covered(reading: Reading, x: float, y: float, radius: float) -> float:
    """Share of a disc that the drawing hides."""
    column, row, half = int(x / 2), int(y / 2), max(4, int(radius / 2 * 0.9))
    patch = reading.silhouette[max(0, row - half) : row + half, max(0, column - half) : column + half]
    ink = reading.free_map[max(0, row - half) : row + half, max(0, column - half) : column + half] > 0
    return float((patch | ink).mean()) if patch.size else 1.0


def _clouds(setting: Setting, bands: tuple[Band, ...], rng: Random) -> tuple[Cloud, ...]:
    """A sky has one kind of cloud: puffs, towers at the horizon, streaks, or none at all."""
    if setting.place == "space":
        return ()
    horizon = min((float(band.edge.min()) for band in bands), default=float(SIDE))
    heavy = setting.weather in ("rain", "storm", "cloudy", "snow")
    kind = (
        "heavy"
        if heavy
        else str(rng.choice(["puffs", "tower", "streaks", "few", "none"], p=[0.3, 0.24, 0.2, 0.16, 0.1]))
    )
    if kind == "none":
        return ()
    if kind == "heavy":
        return tuple(_puffy(rng, x, rng.uniform(0.02, 0.16) * SIDE, rng.uniform(150, 250)) for x in _spread(rng, 5))
    if kind == "tower":
        return tuple(_puffy(rng, x, horizon - rng.uniform(0, 40), rng.uniform(150, 290), 1.7) for x in _spread(rng, 2))
    if kind == "streaks":
        heights = rng.uniform(0.08, 0.9, 5) * horizon * 0.8
        return tuple(
            Cloud(x, float(y), float(rng.uniform(90, 240)), (), streak=True)
            for x, y in zip(_spread(rng, 5), heights, strict=True)
        )
    count = 2 if kind == "few" else 4
    return tuple(
        _puffy(rng, x, rng.uniform(0.09, 0.5) * min(horizon, 0.75 * SIDE), rng.uniform(60, 130))
        for x in _spread(rng, count)
    )


def _spread(rng: Random, count: int) -> list[float]:
    return [float((k + 0.5 + rng.uniform(-0.35, 0.35)) * SIDE / count) for k in range(count)]


def _puffy(rng: Random, x: float, y: float, width: float, tall: float = 1.0) -> Cloud:
    puffs = []
    for across in np.linspace(-0.85, 0.85, int(rng.integers(5, 8))):
        dome = 1 - across * across
        radius = width * (0.17 + 0.17 * dome + rng.uniform(-0.03, 0.05))
        puffs.append((x + across * width * 0.72, y - radius * 0.4 * dome * tall, radius))
        if dome > 0.5 and tall > 1:
            puffs.append((x + across * width * 0.5, y - width * 0.42 * dome * tall, radius * 0.85))
    return Cloud(x, float(y), float(width), tuple((float(a), float(b), float(c)) for a, b, c in puffs))


# Small things ---------------------------------------------------------------------------------------------------------


def _stars(bands: tuple[Band, ...], rng: Random) -> tuple[Mark, ...]:
    foot = min((float(band.edge.min()) for band in bands), default=float(SIDE))
    count = int(rng.integers(40, 130))
    tints = (Lch(0.97, 0.04, 95), Lch(0.95, 0.03, 250), Lch(0.92, 0.06, 60))
    return tuple(
        Mark("star", float(x) * SIDE, float(y) ** 1.2 * foot, float(size), tints[int(k) % 3])
        for x, y, size, k in zip(
            rng.random(count),
            rng.random(count),
            0.8 + 2.6 * rng.random(count) ** 5,
            rng.integers(0, 9, count),
            strict=True,
        )
    )


def _ground_marks(setting: Setting, bands: tuple[Band, ...], sky: Sky, rng: Random) -> tuple[Mark, ...]:
    """Flowers in a garden, glints on water, tufts in grass, pebbles on sand; nearer ones larger."""
    ground = next((band for band in reversed(bands) if band.ground), None)
    if setting.place == "underwater":
        return tuple(
            Mark("bubble", float(x) * SIDE, float(y) * SIDE, float(size), sky[0].lit(0.05))
            for x, y, size in zip(rng.random(16), rng.random(16), rng.uniform(3, 13, 16), strict=True)
        )
    first = next((band for band in bands if band.ground), None)
    if ground is None or first is None or setting.place in ("table", "room", "studio"):
        return ()
    flowery = setting.place == "garden" or (
        setting.place == "meadow" and setting.season != "winter" and rng.random() < 0.4
    )
    kind = {"water": "dash", "snow": "dash", "paving": "dash"}.get(first.kind, "dot" if flowery else "blade")
    count = {"dash": 26, "dot": 46, "blade": 44}[kind]
    accent = float(rng.uniform(0, 360))
    accent = accent if abs(hue_difference(accent, 130)) > 45 else (accent + 120) % 360
    marks = []
    for x, depth, tint in zip(rng.random(count), rng.random(count) ** 0.8, rng.integers(0, 3, count), strict=True):
        y = float(first.edge[int(x * (SIDE - 1))]) + 8 + depth * (SIDE - float(first.edge.mean()))
        if kind == "dot":
            colour = (Lch(0.93, 0.05, accent + 60), Lch(0.74, 0.17, accent), Lch(0.88, 0.15, 92))[int(tint)]
            colour = under_light(colour, setting, sky) if setting.dark else colour
        elif first.kind == "water":
            colour = first.top.lit(0.16).strong(0.5)
        else:
            colour = first.top.lit(0.05) if tint else first.bottom.lit(-0.06)
        marks.append(Mark(kind, float(x) * SIDE, y, float(2.5 + 6.5 * depth), colour))
    return tuple(sorted(marks, key=lambda mark: mark.y))


def _falling(setting: Setting, rng: Random) -> tuple[Mark, ...]:
    if not setting.open_air:
        return ()
    kind, count, colours = "", 0, (Lch(0.98, 0.01, 230),)
    if setting.weather in ("rain", "storm"):
        kind, count, colours = "drop", 90, (Lch(0.90, 0.03, 235),)
    elif setting.weather == "snow":
        kind, count = "flake", 110
    elif setting.season == "autumn":
        kind, count, colours = "petal", 16, (Lch(0.68, 0.17, 45), Lch(0.80, 0.15, 75), Lch(0.58, 0.18, 30))
    elif setting.season == "spring":
        kind, count, colours = "petal", 18, (Lch(0.88, 0.08, 0), Lch(0.94, 0.04, 350))
    return tuple(
        Mark(kind, float(x) * SIDE, float(y) * SIDE, float(size), colours[int(k) % len(colours)])
        for x, y, size, k in zip(
            rng.random(count), rng.random(count), 2 + 5 * rng.random(count) ** 2, rng.integers(0, 9, count), strict=True
        )
    )


def recoloured(scenery: Scenery, change: float) -> Scenery:
    """The same scenery with sky and land made lighter or darker."""
    zenith, middle, horizon = (colour.lit(change) for colour in scenery.sky)
    bands = tuple(replace(band, top=band.top.lit(change), bottom=band.bottom.lit(change)) for band in scenery.bands)
    return replace(scenery, sky=(zenith, middle, horizon), bands=bands)


__all__ = ["GRID", "SIDE", "Band", "Cloud", "Mark", "Orb", "Scenery", "recoloured", "scenery_of"]
