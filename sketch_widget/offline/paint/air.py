"""The air of a scenery: sun and moon, clouds and stars, what falls, and the small things on the ground."""

from itertools import pairwise

import numpy as np

from .colour import Lch, hue_difference
from .reading import SIDE, Reading
from .scenery import Band, Cloud, Mark, Orb
from .setting import CLOSED, Setting
from .skies import Sky, under_light

Random = np.random.Generator


_SUNS = ((0.93, 0.13, 92), (0.96, 0.07, 95), (0.88, 0.15, 78), (0.95, 0.03, 90), (0.84, 0.15, 60))
"""The sun by day: yellow, pale, golden, white behind thin clouds, orange."""
_LOW_SUNS = ((0.88, 0.15, 75), (0.78, 0.17, 45), (0.70, 0.19, 30), (0.93, 0.12, 88))
"""The sun near the horizon; a red one only before a light sky."""


def orb_of(reading: Reading, setting: Setting, sky: Sky, bands: tuple[Band, ...], rng: Random) -> Orb | None:
    """The sun or the moon where the drawing leaves room: small and high, or large and low behind the land."""
    if setting.weather in ("rain", "storm", "fog", "snow") and setting.time != "night":
        return None
    if setting.place in ("moon", "cave"):
        return None
    if rng.random() < {"space": 0.4}.get(setting.place, 0.22 if setting.time == "day" else 0.0):
        return None
    horizon = min((float(band.edge.min()) for band in bands), default=float(SIDE) * 0.8)
    low = setting.time in ("sunset", "dawn") or rng.random() < 0.30
    radius = float(rng.uniform(58, 150) if low else rng.uniform(28, 72))
    tries = []
    for _ in range(14):
        x = float(rng.uniform(0.08, 0.92)) * SIDE
        y = horizon - radius * float(rng.uniform(-0.3, 0.8)) if low else float(rng.uniform(0.09, 0.30)) * SIDE
        if y > radius * 0.6:
            tries.append((_covered(reading, x, y, radius), rng.random(), x, y))
    if not tries:
        return None
    cover, _, x, y = min(tries)
    if cover > 0.45:
        return None
    if setting.dark:
        full = "mid_autumn" in setting.moods
        return Orb(x, y, radius * 0.9, Lch(0.94, 0.06, 95), crescent=bool(rng.random() < 0.4) and not full)
    if setting.time == "sunset":
        suns = _LOW_SUNS if sky[1].lightness > 0.72 else _LOW_SUNS[3:]
        return Orb(x, y, radius, Lch(*suns[int(rng.integers(len(suns)))]))
    return Orb(x, y, radius, Lch(*_SUNS[int(rng.integers(len(_SUNS)))]))


def _covered(reading: Reading, x: float, y: float, radius: float) -> float:
    """Share of a disc that the drawing hides."""
    column, row, half = int(x / 2), int(y / 2), max(4, int(radius / 2 * 0.9))
    patch = reading.silhouette[max(0, row - half) : row + half, max(0, column - half) : column + half]
    ink = reading.free_map[max(0, row - half) : row + half, max(0, column - half) : column + half] > 0
    return float((patch | ink).mean()) if patch.size else 1.0


def clouds_of(setting: Setting, bands: tuple[Band, ...], rng: Random) -> tuple[Cloud, ...]:
    """A sky has one kind of cloud: puffs, towers at the horizon, streaks, or none at all."""
    if setting.place in CLOSED:
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
        heights = 0.05 * SIDE + rng.uniform(0.08, 0.9, 4) * horizon * 0.75
        places = zip(_spread(rng, 4), heights, strict=True)
        return tuple(_drawn_out(rng, x, float(y), float(rng.uniform(150, 330))) for x, y in places)
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


def _drawn_out(rng: Random, x: float, y: float, width: float) -> Cloud:
    """A long low cloud, as the wind leaves it: highest somewhere about its middle, thin at both ends."""
    summit = float(rng.uniform(-0.3, 0.3))
    puffs = []
    for across in np.linspace(-0.5, 0.5, 28):
        slope = (across - summit) / (0.5 - summit if across > summit else 0.5 + summit)
        radius = width * 0.09 * max(0.30, 1 - slope * slope) * rng.uniform(0.75, 1.15)
        puffs.append((x + float(across) * width, y - 0.35 * radius, float(radius)))
    return Cloud(x, y, width, tuple(puffs), streak=True)


_FALLING: dict[str, tuple[str, int, tuple[Lch, ...]]] = {
    "rain": ("drop", 90, (Lch(0.90, 0.03, 235),)),
    "snow": ("flake", 110, (Lch(0.98, 0.01, 230),)),
    "autumn": ("petal", 16, (Lch(0.68, 0.17, 45), Lch(0.80, 0.15, 75), Lch(0.58, 0.18, 30))),
    "spring": ("petal", 18, (Lch(0.88, 0.08, 0), Lch(0.94, 0.04, 350))),
    "party": ("petal", 44, (Lch(0.70, 0.20, 355), Lch(0.89, 0.16, 95), Lch(0.76, 0.13, 200), Lch(0.62, 0.20, 305))),
    "new_year": ("petal", 26, (Lch(0.62, 0.22, 28), Lch(0.86, 0.15, 88), Lch(0.70, 0.19, 45))),
}
"""(kind of mark, how many, colours) by mood, weather or season: confetti at a party, red paper of firecrackers."""

BARE = frozenset({"moon", "mars", "cave"})
"""Places where no blade grows."""
NEAR_FLOWERS = 0.35
"""Flowers nearer than this share of the ground's depth show their petals; farther ones are dots."""

# Small things ---------------------------------------------------------------------------------------------------------


def stars_of(bands: tuple[Band, ...], rng: Random) -> tuple[Mark, ...]:
    """Stars above the land, most of them small."""
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


def marks_of(setting: Setting, bands: tuple[Band, ...], sky: Sky, rng: Random) -> tuple[Mark, ...]:
    """Flowers in a garden, glints on water, tufts in grass, pebbles on sand; nearer ones larger."""
    ground = next((band for band in reversed(bands) if band.ground), None)
    if setting.place == "underwater":
        return tuple(
            Mark("bubble", float(x) * SIDE, float(y) * SIDE, float(size), sky[0].lit(0.05))
            for x, y, size in zip(rng.random(16), rng.random(16), rng.uniform(3, 13, 16), strict=True)
        )
    first = next((band for band in bands if band.ground), None)
    if ground is None or first is None or setting.indoor:
        return ()
    flowery = setting.place == "garden" or (
        setting.place == "meadow" and setting.season != "winter" and rng.random() < 0.4
    )
    if setting.place == "road" and first.kind == "paving":
        return _lane_of(first, rng)
    kind = {"water": "dash", "snow": "dash", "paving": "dash"}.get(first.kind, "dot" if flowery else "blade")
    kind = "dash" if setting.place in BARE else kind
    count = 14 if first.kind == "paving" else {"dash": 26, "dot": 46, "blade": 44}[kind]
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
        if kind == "dot" and depth > NEAR_FLOWERS:
            marks.append(Mark("flower", float(x) * SIDE, y, float(4.5 + 8.5 * depth), colour))
            continue
        marks.append(Mark(kind, float(x) * SIDE, y, float(2.5 + 6.5 * depth), colour))
    return tuple(sorted(marks, key=lambda mark: mark.y))


def _lane_of(road: Band, rng: Random) -> tuple[Mark, ...]:
    """The broken white line along a road."""
    foot = float(road.edge.mean())
    y = foot + float(rng.uniform(0.42, 0.62)) * (SIDE - foot)
    size = 6.0 + 12.0 * (y - foot) / SIDE
    paint = road.top.lit(0.16).strong(0.5)
    start, step = float(rng.uniform(0, 130)), 13.0 * size
    return tuple(Mark("dash", x, y, size, paint) for x in np.arange(start, SIDE + step, step).tolist())


_LAMPS = (Lch(0.91, 0.11, 88),)
_NEON = (Lch(0.86, 0.14, 200), Lch(0.74, 0.24, 350), Lch(0.92, 0.12, 95), Lch(0.70, 0.20, 300))
"""Lit windows, in a common and in a glowing city."""


def windows_of(setting: Setting, bands: tuple[Band, ...], rng: Random) -> tuple[Mark, ...]:
    """Windows in far roofs: lit at night, a shade darker than the wall by day."""
    marks = []
    for band, nearer in pairwise(bands):
        if band.kind != "roofs":
            continue
        lights = (band.top.lit(-0.08),) if not setting.dark else _NEON if "neon" in setting.moods else _LAMPS
        for x in range(9, SIDE, 19):
            floor = float(band.edge[max(0, x - 7) : x + 8].max()) + 15
            for y in np.arange(floor, float(nearer.edge[x]) - 12, 23):
                if rng.random() < (0.42 if setting.dark else 0.75):
                    light = lights[int(rng.integers(len(lights)))] if len(lights) > 1 else lights[0]
                    marks.append(Mark("window", float(x), float(y), 4.0 - 1.4 * band.distance, light))
    return tuple(marks[:160])


def falling_of(setting: Setting, rng: Random) -> tuple[Mark, ...]:
    """What falls through the air: rain, snow, petals in spring, leaves in autumn; confetti, indoors too."""
    by_mood = next((mood for mood in setting.moods if mood in _FALLING), None)
    if by_mood is None and (not setting.open_air or setting.place in CLOSED):
        return ()
    key = by_mood or {"rain": "rain", "storm": "rain", "snow": "snow"}.get(setting.weather, setting.season or "")
    if key not in _FALLING:
        return ()
    kind, count, colours = _FALLING[key]
    return tuple(
        Mark(kind, float(x) * SIDE, float(y) * SIDE, float(size), colours[int(k) % len(colours)])
        for x, y, size, k in zip(
            rng.random(count), rng.random(count), 2 + 5 * rng.random(count) ** 2, rng.integers(0, 9, count), strict=True
        )
    )
