"""Colours that something particular tells: eyes, lamps, a rainbow's bands, the pens of a drawing, a photograph.

They replace what was chosen by the usual parts of a thing, in this order, so that what is surest comes last.
"""

from collections.abc import Sequence

from .colour import Lch, from_rgb
from .features import Region
from .lexicon import Entry, Mention, Words
from .rainbow import bands, rainbow_named, spectrum
from .reading import Reading
from .roles import CLOUD, Role

_DARK = Lch(0.24, 0.03, 280)
_EYE_WHITE = Lch(0.97, 0.01, 220)

Groups = Sequence[Sequence[Region]]


def correct(colours: dict[int, Lch], reading: Reading, words: Words, groups: Groups, roles: dict[int, Role]) -> None:
    """Correct the colours of a drawing's regions, by label, where something tells them better."""
    _eyes(reading, groups, roles, colours)
    _lamps(reading, roles, colours)
    _bands(reading, words, colours)
    _slivers(reading, colours)
    _pens(reading, roles, colours)
    _seen(reading, roles, colours)


def _eyes(reading: Reading, groups: Groups, roles: dict[int, Role], colours: dict[int, Lch]) -> None:
    """Small round things in the upper part of a creature are eyes: white, or dark when something holds them."""
    parents = {region.parent for region in reading.regions if region.parent}
    for group in groups:
        first = group[0]
        role = roles.get(first.thing)
        if role is None or role.entry.kind != "creature" or not first.parent or role.entry.name == "ladybug":
            continue
        thing = reading.things[first.thing - 1]
        down = (first.filled_center[1] - thing.box[1]) / max(1, thing.box[3] - thing.box[1])
        if first.depth >= 2:
            tone = _DARK
        elif first.filled_area > 0.07 * thing.area or first.roundness < 0.35 or down > 0.66:
            continue
        elif (asked := _asked_eyes(role)) is not None:
            tone = asked
        elif first.label in parents:
            tone = _iris(role.entry)
        elif len(group) >= 2 or down < 0.5:
            tone = _EYE_WHITE if first.area > 120 else _DARK
        else:
            continue
        colours.update({region.label: tone for region in group})


def _lamps(reading: Reading, roles: dict[int, Role], colours: dict[int, Lch]) -> None:
    """The lamps of a traffic light are red, yellow and green from the top, although they look alike."""
    for thing in reading.things:
        role = roles.get(thing.label)
        if role is None or role.entry.name != "traffic_light":
            continue
        inside = (reading.regions[label - 1] for label in thing.regions)
        lamps = sorted((region for region in inside if region.parent and region.depth), key=lambda lamp: lamp.center[1])
        for lamp, part in zip(lamps, role.entry.parts[1:4], strict=False):
            colours[lamp.label] = part.colour


def _bands(reading: Reading, words: Words, colours: dict[int, Lch]) -> None:
    """The bands of a rainbow have its colours in their order; where the words speak of clouds, it ends in them."""
    clouds = words.weather == "cloudy" or any(mention.entry.kind == "cloud" for mention in words.things)
    for chain in bands(reading) if rainbow_named(words) else ():
        if clouds:
            thing = reading.things[reading.regions[chain[0] - 1].thing - 1]
            colours.update(dict.fromkeys(thing.regions, CLOUD.parts[0].colour))
        colours.update(zip(chain, spectrum(len(chain)), strict=True))


def _asked_eyes(role: Mention) -> Lch | None:
    """The colour that the prompt asks for the eyes: "a cat with blue eyes"."""
    parts = role.entry.parts
    return next((colour for index, colour in role.part_colours if "eye" in parts[index].names), None)


def _iris(entry: Entry) -> Lch:
    return next((part.colour for part in entry.parts if "eye" in part.names and part.colour.chroma > 0.1), _EYE_WHITE)


def _slivers(reading: Reading, colours: dict[int, Lch]) -> None:
    """A thin rest between two lines belongs to its larger neighbour."""
    for region in reading.regions:
        if region.paper or not region.thing or region.half_width >= 5.5 or region.elongation <= 2:
            continue
        if region.area >= 0.03 * reading.things[region.thing - 1].area:
            continue
        for label, _ in region.neighbours:
            if label in colours and reading.regions[label - 1].area > 3 * region.area:
                colours[region.label] = colours[label]
                break


def _pens(reading: Reading, roles: dict[int, Role], colours: dict[int, Lch]) -> None:
    """Where a drawing has several pens, each one tints what it outlines; a scribbled region keeps the pen's colour."""
    inks = {region.ink for region in reading.regions if not region.paper and not region.solid}
    inks |= {stroke.ink for stroke in reading.free_strokes}
    for region in reading.regions:
        if region.paper or region.ink is None:
            continue
        pen = from_rgb(region.ink)
        role = roles.get(region.thing)
        if region.solid:
            colours[region.label] = pen.at(max(0.24, pen.lightness))
        elif len(inks) > 1 and (role is None or role.colour is None):
            colours[region.label] = Lch(
                min(0.90, max(0.62, pen.lightness + 0.12)), min(0.19, max(0.08, pen.chroma * 0.8)), pen.hue
            )


def _seen(reading: Reading, roles: dict[int, Role], colours: dict[int, Lch]) -> None:
    """What was drawn from a photograph keeps its colours, as paint has them, where the prompt asks for no others."""
    for label in colours if reading.seen else ():
        role, seen = roles.get(reading.regions[label - 1].thing), reading.seen[label - 1]
        if seen is not None and (role is None or (role.colour is None and not role.part_colours)):
            shade = from_rgb(seen)
            lightness, chroma = min(0.93, max(0.32, shade.lightness + 0.04)), min(0.20, 1.25 * shade.chroma)
            colours[label] = Lch(lightness, chroma, shade.hue)
