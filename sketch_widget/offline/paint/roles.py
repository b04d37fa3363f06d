"""What the painter takes each drawn object for, so that it knows which colours to reach for.

A guess by size, place and roundness among the things the prompt names; a lone disc high up counts as the sun. It is
never said to anybody: the painter does not recognise drawings.
"""

from .bodies import body_below, has_a_head, heads
from .colour import Lch
from .features import Region, Thing
from .lexicon import Entry, Mention, Part, Words
from .reading import GRID, Reading
from .setting import Setting

Role = Mention | None
"""A thing of the lexicon, or None: nothing known, harmonious colours."""

MOON = Entry("moon", "sky", "light", (Part((), Lch(0.94, 0.07, 97)),))
SUN = Entry("sun", "sky", "light", (Part((), Lch(0.88, 0.165, 88)),))
CLOUD = Entry("cloud", "sky", "cloud", (Part((), Lch(0.97, 0.012, 240)), Part(("low",), Lch(0.91, 0.03, 245))))
BUBBLE = Entry("bubble", "underwater", "", (Part((), Lch(0.93, 0.04, 210)), Part((), Lch(0.88, 0.06, 215))))
WATER = Entry("water", "sea", "", (Part((), Lch(0.62, 0.115, 218)), Part((), Lch(0.55, 0.12, 228))))
WEED = Entry("weed", "underwater", "plant", (Part((), Lch(0.66, 0.15, 150)), Part((), Lch(0.58, 0.14, 140))))

_LARGE = {"house", "building", "castle", "tree", "temple", "lighthouse", "mountain", "windmill", "train", "bus"}
"""What is larger than the people and animals that are named beside it."""


_FIGURE = 3
"""So many widths of a head below it a body of lines shows its limbs."""


def roles_of(reading: Reading, words: Words, setting: Setting) -> dict[int, Role]:
    """The role of each thing of the drawing, by the thing's label."""
    left = list(words.things)
    people = any(mention.entry.has_a_face for mention in left)
    figures = _figures(reading) if people else frozenset()
    total = max(1.0, sum(thing.area for thing in reading.things))
    roles: dict[int, Role] = {}
    for thing in sorted(reading.things, key=lambda thing: -thing.area):
        below = roles.get(body_below(reading, thing) or 0) if people and thing.regions else None
        if below is not None and below.entry.has_a_face:
            roles[thing.label] = below
            continue
        share = thing.area / total
        biggest = reading.regions[thing.regions[0] - 1] if thing.regions else None
        # Where one thing is a figure, another that is none is the dog on the lead.
        person = (1 if thing.label in figures else -1) if figures else 0
        fits = [
            (_fit(one.entry, thing, biggest, share, len(reading.things)) + person * one.entry.has_a_face, k)
            for k, one in enumerate(left)
        ]
        # Of equals the one named first: a cat on a sofa is the cat.
        score, index = max(fits, key=lambda fit: (fit[0], -fit[1]), default=(0.0, -1))
        lone = len(reading.things) > 1 and not (_creature_in(words) and _on_a_neck(reading, thing))
        extra = _extra(thing, biggest, share, setting) if lone else None
        if _lies_across(thing, setting):
            extra = WATER
        if extra is not None and not (index >= 0 and left[index].entry.kind in ("light", "cloud") and score > 0.9):
            roles[thing.label] = Mention(extra)
        elif index < 0:
            roles[thing.label] = None
        else:
            roles[thing.label] = left[index]
            if len(left) > 1 and (share > 0.12 or left[index].entry.kind in ("light", "cloud")):
                left.pop(index)
    return roles


def _fit(entry: Entry, thing: Thing, biggest: Region | None, share: float, count: int) -> float:
    height = thing.center[1] / GRID
    roundness = biggest.roundness if biggest else 0.0
    if entry.kind == "light":
        return roundness * 1.4 + (0.45 - height) * 2 - (2 if share > 0.5 and count > 1 else 0)
    if entry.kind == "cloud":
        return min(_wide(thing), 2) * 0.6 + (0.45 - height) * 2 - (1 if share > 0.6 and count > 1 else 0)
    large = 0.2 if entry.name in _LARGE and 0.3 < share < 0.97 else 0.0
    return share * 2.2 + 0.2 + large - (0.9 if share < 0.25 and roundness > 0.85 and height < 0.4 else 0)


def _figures(reading: Reading) -> frozenset[int]:
    """The labels of the things that are people: heads on bodies of lines, or else heads on bodies.

    Who draws one person in lines draws all of them so, and what sits on something round beside them is a snowman's head
    or a rung of a ladder.
    """
    round_ones = {head.thing for head in heads(reading)}
    of_lines = frozenset(
        thing.label
        for thing in reading.things
        if thing.label in round_ones and _has_limbs(reading, thing) and body_below(reading, thing) is None
    )
    return of_lines or frozenset(
        thing.label
        for thing in reading.things
        if any(has_a_head(reading, reading.regions[label - 1]) for label in thing.regions)
    )


def _creature_in(words: Words) -> bool:
    return any(mention.entry.kind == "creature" for mention in words.things)


def _on_a_neck(reading: Reading, thing: Thing) -> bool:
    """Whether something begins right below a thing and nothing at its other sides: a head on a body."""
    left, top, right, bottom = thing.box
    middle, half = (left + right) // 2, max(3, (right - left) // 4)
    ink = (reading.free_map > 0) | (reading.silhouette & (reading.things_map != thing.label))

    def reaches(rows: slice, columns: slice) -> bool:
        return bool(ink[rows, columns].any())

    down = reaches(slice(bottom - 1, bottom + 9), slice(max(0, middle - half), middle + half + 1))
    up = reaches(slice(max(0, top - 9), top + 2), slice(max(0, middle - half), middle + half + 1))
    level = slice(top, max(top + 1, (top + bottom) // 2))
    beside = reaches(level, slice(max(0, left - 9), left)) or reaches(level, slice(right + 1, right + 10))
    return down and not up and not beside


def _has_limbs(reading: Reading, thing: Thing) -> bool:
    """Whether lines below a thing spread to both its sides, as arms and legs do, and no balloon's string."""
    left, _, right, bottom = thing.box
    wide, middle = right - left + 1, (left + right) // 2
    below = reading.free_map[bottom : bottom + _FIGURE * wide] > 0
    aside = max(2, wide // 4)
    on_the_left = below[:, max(0, middle - 2 * wide) : max(0, middle - aside)].any()
    on_the_right = below[:, middle + aside + 1 : middle + 2 * wide].any()
    return _on_a_neck(reading, thing) and bool(on_the_left and on_the_right)


def _extra(thing: Thing, biggest: Region | None, share: float, setting: Setting) -> Entry | None:
    """What a small thing beside the main one usually is, by where it is."""
    if share >= 0.3 or len(thing.regions) > 2 or not (setting.open_air or setting.place == "underwater"):
        return None
    height = thing.center[1] / GRID
    roundness = biggest.roundness if biggest else 0.0
    if setting.place == "underwater":
        if roundness > 0.6 and share < 0.06:
            return BUBBLE
        return WEED if height > 0.6 and share < 0.12 else None
    if height < 0.36 and roundness > 0.8:
        return MOON if setting.dark else SUN
    if height < 0.42 and share < 0.2 and _wide(thing) > 1.35:
        return CLOUD
    return None


def _lies_across(thing: Thing, setting: Setting) -> bool:
    """Whether a thing is a strip of the sea between two drawn waves."""
    left, _, right, _ = thing.box
    low = thing.center[1] > 0.6 * GRID
    return setting.place in ("sea", "pond", "beach") and low and right - left > 0.8 * GRID and _wide(thing) > 4


def _wide(thing: Thing) -> float:
    left, top, right, bottom = thing.box
    return (right - left + 1) / (bottom - top + 1)
