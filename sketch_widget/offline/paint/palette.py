"""The colours of the drawing itself: one for each region and free stroke.

First the colours the prompt asks for, then the drawing's own pens where there are several, then what is usual for the
thing named; a thing without a name gets a harmonious set. Look-alikes share a colour. The same prompt and drawing give
the same colours every time; the variants 1 to 3 turn them, and 0 keeps them plain.
"""

import math
from dataclasses import dataclass

import numpy as np

from .bodies import part_of_figure
from .colour import Lch
from .corrections import correct
from .features import Region
from .lexicon import Mention, Words
from .moods import dressed, in_mood, in_season
from .reading import Reading
from .roles import Role
from .setting import Setting
from .stroke_colours import stroke_colours

Random = np.random.Generator

MAIN_TURNS = (0.0, 12.0, -14.0, 22.0)
"""Degrees by which the variants turn the main part's hue."""
OTHER_TURNS = (0.0, 26.0, -30.0, 150.0)
"""Degrees by which they turn second parts, and everything that has no name."""
MADE_TURNS = (0.0, 0.0, 0.0, 205.0, 110.0, -35.0, 40.0, 275.0)
"""A made thing (a house, a car) may be any colour; natural ones keep theirs."""
_SCHEMES = (
    (0, 30, -30, 180, 150, 60),
    (0, 180, 25, 205, -25, 155),
    (0, 120, 240, 20, 140, 260),
    (0, 150, 210, 30, 180, -30),
    (0, 35, 70, -35, 200, 105),
)
"""Hues of a harmonious set against its first: analogous, complementary, triad, split, warm fan."""


@dataclass(frozen=True, eq=False)
class Palette:
    """The drawing's colours in one variant."""

    regions: dict[int, Lch]
    """By label, for every region that is not paper."""
    strokes: dict[int, Lch | None]
    """By label of the free stroke; None: the style's own ink."""
    dominant: Lch
    """The colour of the largest region, or of the prompt."""
    accents: tuple[Lch, ...]
    """Six colours that go with each other."""
    glowing: frozenset[int]
    """Labels of things that shine and have no shadow side."""


def palette_of(
    reading: Reading, words: Words, setting: Setting, roles: dict[int, Role], variant: int, rng: Random
) -> Palette:
    """Give every region and free stroke of a drawing its colour."""
    accents = harmony(words, variant, rng)
    groups = _groups(reading, roles)
    taken: dict[tuple[str, int], int] = {}
    made_turn = MADE_TURNS[int(rng.integers(len(MADE_TURNS)))]
    if words.festive:
        roles = {thing: dressed(role, accents) for thing, role in roles.items()}
    colours: dict[int, Lch] = {}
    for group in groups:
        role = roles.get(group[0].thing)
        colour = _group_colour(reading, group, role, roles, accents, taken, variant, made_turn, rng)
        colour = in_season(colour, role, setting, rng)
        for region in group:
            # A little life, so that petals are not stamped out.
            tone = Lch(
                colour.lightness + rng.normal(0, 0.012), colour.chroma * (1 + 0.05 * rng.normal()), colour.hue
            ).turned(rng.normal(0, 2.5))
            colours[region.label] = tone
    correct(colours, reading, words, groups, roles)
    colours = {label: in_mood(colour, setting) for label, colour in colours.items()}
    largest = groups[0][0].label if groups else None
    dominant = colours[largest] if largest is not None else _prompt_colour(words, accents)
    strokes = stroke_colours(reading, setting, roles, colours, dominant, accents)
    glowing = frozenset(label for label, role in roles.items() if role is not None and role.entry.kind == "light")
    return Palette(colours, strokes, dominant, accents, glowing)


def harmony(words: Words, variant: int, rng: Random) -> tuple[Lch, ...]:
    """Six colours that go together: a festival's, or around the prompt's colour when it names one."""
    scheme = _SCHEMES[int(rng.integers(len(_SCHEMES)))]
    hue = float(rng.uniform(0, 360))
    asked = next((mention.colour for mention in words.things if mention.colour), None) or next(
        iter(words.colours), None
    )
    if asked is not None:
        hue = asked.hue
    lightness = np.clip(0.70 + rng.normal(0, 0.075, 6), 0.52, 0.88)
    chroma = rng.uniform(0.11, 0.18, 6)
    colours = [
        Lch(float(lt), float(ch), (hue + turn) % 360) for lt, ch, turn in zip(lightness, chroma, scheme, strict=True)
    ]
    if asked is not None:
        colours[0] = asked
    if asked is None and words.festive:
        return tuple(words.festive[(k + variant) % len(words.festive)] for k in range(6))
    turn = OTHER_TURNS[variant % 4] if asked is None else 0.0
    return (colours[0].turned(turn), *(colour.turned(OTHER_TURNS[variant % 4]) for colour in colours[1:]))


def _prompt_colour(words: Words, accents: tuple[Lch, ...]) -> Lch:
    for mention in words.things:
        return mention.colour or mention.entry.parts[0].colour
    return accents[0]


def _groups(reading: Reading, roles: dict[int, Role]) -> list[list[Region]]:
    """The look-alike groups of the things' regions, the largest region's group first.

    What is taken for different things is no kin, however alike: a head and the balloon beside it.
    """
    groups: dict[tuple[int, str], list[Region]] = {}
    for region in sorted(reading.regions, key=lambda region: -region.area):
        role = roles.get(region.thing)
        if not region.paper:
            groups.setdefault((region.group, role.entry.name if role else ""), []).append(region)
    return sorted(groups.values(), key=lambda group: -group[0].area)


# Parts of known things ------------------------------------------------------------------------------------------------


def _group_colour(
    reading: Reading,
    group: list[Region],
    role: Role,
    roles: dict[int, Role],
    accents: tuple[Lch, ...],
    taken: dict[tuple[str, int], int],
    variant: int,
    made_turn: float,
    rng: Random,
) -> Lch:
    features = _features(reading, group, role, roles)
    if role is None:
        traits = (("big",), ("small",), ("top",), ("round",), ("low",), ("inside",))
        index = _best_part("", traits, features, taken, rng)
        return accents[index]
    entry = role.entry
    places = tuple(part.traits for part in entry.parts)
    index = _best_part(entry.name, places, features, taken, rng, entry.kind in ("plant", "creature"))
    figure = part_of_figure(reading, group[0], entry)
    index = index if figure is None else figure
    asked = asked_colour(role, index)
    if asked is not None:
        return asked
    colour = entry.parts[index].colour
    if entry.kind in ("light", "cloud", "fixed") or entry.name in ("bubble", "weed", "water"):
        return colour
    if not entry.kind and colour.chroma > 0.10 and index < 2:
        colour = colour.turned(made_turn)
        # A green umbrella is taken for a tree.
        colour = colour.turned(90) if 95 < colour.hue < 170 else colour
    turns = OTHER_TURNS if index in (1, 2) and not entry.kind else MAIN_TURNS
    turn = turns[variant % 4]
    # A yellow that is turned upwards looks sick.
    return colour.turned(-0.4 * abs(turn) if 78 < colour.hue < 118 and abs(turn) < 60 else turn)


def asked_colour(mention: Mention, index: int) -> Lch | None:
    """The colour that the prompt asks for a part of a thing; None when it leaves the choice to the painter.

    A colour asked for the whole thing goes to its main part and to the parts that usually share the main part's hue: a
    red tree has a red crown and keeps its brown trunk.
    """
    for part, colour in mention.part_colours:
        if part == index:
            return colour
    if mention.colour is None:
        return None
    main, own = mention.entry.parts[0].colour, mention.entry.parts[index].colour
    if index == 0:
        return mention.colour
    alike = own.chroma > 0.05 and abs((own.hue - main.hue + 180) % 360 - 180) < 22 and main.chroma > 0.05
    if alike:
        return mention.colour.lit((own.lightness - main.lightness) * 0.7)
    return None


def _features(reading: Reading, group: list[Region], role: Role, roles: dict[int, Role]) -> dict[str, float]:
    """How much the group's first region has of each trait, 0 to 1, measured on all things of the same role."""
    first = group[0]
    alone = role is None or role.entry.kind in ("light", "cloud") or role.entry.name == "bubble"
    kin = [
        thing
        for thing in reading.things
        if thing.label == first.thing or (not alone and roles.get(thing.label) is role)
    ]
    top = min((thing.box[1] for thing in kin), default=0)
    bottom = max((thing.box[3] for thing in kin), default=1)
    biggest = max((reading.regions[label - 1].area for thing in kin for label in thing.regions), default=first.area)
    middle = float(np.mean([region.center[1] for region in group]))
    down = (middle - top) / max(1, bottom - top)
    share = first.area / max(1.0, biggest)
    return {
        "big": share**0.7,
        "small": 1 - math.sqrt(share),
        "top": 1 - down,
        "low": down,
        "round": min(1.0, max(0.0, (first.roundness - 0.55) / 0.35)),
        "thin": min(1.0, max(0.0, (first.elongation - 1.6) / 1.8)),
        "inside": 1.0 if _enclosed(reading, first) else 0.0,
        "many": min(1.0, (len(group) - 1) / 3),
    }


def _enclosed(reading: Reading, region: Region) -> bool:
    border = sum(cells for _, cells in region.neighbours)
    open_border = sum(cells for label, cells in region.neighbours if reading.regions[label - 1].paper)
    return open_border <= 0.06 * border


def _best_part(
    name: str,
    parts: tuple[tuple[str, ...], ...],
    features: dict[str, float],
    taken: dict[tuple[str, int], int],
    rng: Random,
    grown: bool = False,
) -> int:
    """The part whose traits fit best; one that has been given away already is less likely.

    What is `grown`, a tree or an animal, may have several large regions of one part, and what fits no part of it
    is of its main one: a cat's legs are as the cat.
    """
    again = 1 - features["big"] if grown else 1.0

    def fit(index: int) -> float:
        # An eye lies in a face, and clothes do not; what is as round as an eye and lies beside the body is a head.
        if ("outside" if features["inside"] else "inside") in parts[index]:
            return -1.0
        traits = tuple(trait for trait in parts[index] if trait != "outside")
        score = sum(features[trait] - 0.42 for trait in traits) / max(1, len(traits)) ** 0.6
        score += 0.12 if not traits else 0.0
        score -= again * min(0.55, 0.22 * taken.get((name, index), 0))
        if features["big"] >= 0.999 and "big" in traits:
            # The largest region is the main part, when that is told by its size alone it is so for certain.
            score += 1.0 if index == 0 and traits == ("big",) else 0.35
        return float(score)

    scores = [fit(index) + 0.05 * rng.normal() for index in range(len(parts))]
    best = 0 if grown and max(scores) < 0 else int(np.argmax(scores))
    taken[name, best] = taken.get((name, best), 0) + 1
    return best
