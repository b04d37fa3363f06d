"""Colours of the lines that enclose nothing: rays, stems, whiskers, waves, and drawings made of lines alone."""

import math

from .colour import Lch, from_rgb
from .loose import FreeStroke
from .reading import Reading
from .roles import Role
from .setting import Setting


def stroke_colours(
    reading: Reading,
    setting: Setting,
    roles: dict[int, Role],
    colours: dict[int, Lch],
    dominant: Lch,
    accents: tuple[Lch, ...],
) -> dict[int, Lch | None]:
    """Rays shine like the sun they stand round; a drawing of lines alone gets its colours in the lines."""
    only_lines = float(reading.silhouette.mean()) < 0.022
    wheel = (dominant, *accents[1:])
    found: dict[int, Lch | None] = {}
    for stroke in reading.free_strokes:
        if stroke.ink is not None:
            found[stroke.label] = from_rgb(stroke.ink)
        elif only_lines and setting.place not in ("sea", "pond", "underwater"):
            tone = wheel[(stroke.label - 1) % len(wheel)]
            lightness = 0.82 if setting.dark else min(0.62, max(0.44, tone.lightness - 0.12))
            found[stroke.label] = Lch(lightness, max(0.13, tone.chroma), tone.hue)
        else:
            ray = _ray(reading, stroke.center, stroke.area, roles, colours)
            found[stroke.label] = ray or _stem(stroke, roles, setting)
    return found


def _stem(stroke: FreeStroke, roles: dict[int, Role], setting: Setting) -> Lch | None:
    """An upright line in a picture of nothing but plants is a stem."""
    entries = [role.entry for role in roles.values() if role is not None and role.entry.kind not in ("light", "cloud")]
    left, top, right, bottom = stroke.box
    upright = bottom - top > 1.2 * (right - left) and stroke.length > 20
    if not upright or not entries or any(entry.kind != "plant" for entry in entries):
        return None
    stems = [part.colour for part in entries[0].parts if "thin" in part.traits]
    return stems[0].lit(0.12 if setting.dark else -0.10) if stems else None


def _ray(
    reading: Reading,
    centre: tuple[float, float],
    area: int,
    roles: dict[int, Role],
    colours: dict[int, Lch],
) -> Lch | None:
    for thing in reading.things:
        role = roles.get(thing.label)
        if role is None or role.entry.kind != "light" or area > 600 or not thing.regions:
            continue
        left, top, right, bottom = thing.box
        away = math.hypot(centre[0] - (left + right) / 2, centre[1] - (top + bottom) / 2)
        if away < 0.8 * max(right - left, bottom - top) + 46:
            return colours[thing.regions[0]].lit(-0.10)
    return None
