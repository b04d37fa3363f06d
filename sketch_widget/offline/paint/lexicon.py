"""What a prompt speaks of: the things, colours, times, places and moods the painters know, in English and Chinese.

The words stand in `lexicon.toml`. Nothing is understood beyond them: a word that is not there means nothing here, and
no word tells what the drawing shows. The longest match wins, so that a word inside another one is not heard.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from .colour import Lch

STYLE_TAG = re.compile(r"<[^>]{1,40}>")
"""A style's name in angle brackets inside a prompt: not a word about the picture."""
PLACED_BY = re.compile(r"[上下里中旁前后外]?[面边]?的")
""""On the sofa", said of what follows."""
COLOUR_REACH = 14
"""How many characters may stand between a colour word and the thing it colours."""
_BREAK = re.compile(r"[,.;，。；、!?！？]|\band\b|\bwith\b|\bunder\b|\bin\b|\bon\b|和|与|在|有")
_STOP = re.compile(r"[,.;，。；、]|\band\b|\bwith\b|和|与")
_LATIN = re.compile(r"[a-z]")
_BEFORE_A_FRUIT = re.compile(r"(^|\b(?:an?|the|one|half an|this|fresh|ripe|juicy|sliced|peeled|and|or))\s*$")
_AFTER_A_FRUIT = re.compile(
    r"\s*($|[,.;:!?，。；、！？]|\b(?:and|or|with|on|in|at|by|under|beside|next|from|cut|is|for)\b)"
)
_FEET = {"creature": "legs", "plant": "walls"}
_JOINED = re.compile(r"\s*(,|and|or)\s*")


@dataclass(frozen=True)
class Part:
    """One part that a thing may have, and what it looks like."""

    traits: tuple[str, ...]
    """Where it sits: big small top low round thin inside many; outside: never enclosed. None: anything."""
    colour: Lch
    names: tuple[str, ...] = ()
    """Words that name the part itself ("roof")."""


@dataclass(frozen=True)
class Entry:
    """A kind of thing the painters know."""

    name: str
    place: str
    kind: str
    """"creature", "light", "cloud", "plant", "food", "own" (has colours of its own), "fixed" (is known by them, in
    every variant), "body" (a part of a creature, a thing only where none is named) or "" (may be any colour)."""
    parts: tuple[Part, ...]
    """The main part first."""
    time: str | None = None
    weather: str | None = None
    foot: str = ""
    """What it stands on: "legs" or wheels, "posts" of wood, "walls" or a trunk; "" is not known."""

    @property
    def has_a_face(self) -> bool:
        """Whether it is somebody who may be drawn as a head on a body."""
        return any("face" in part.names for part in self.parts)

    @property
    def stands_on_a_stem(self) -> bool:
        """Whether it has a thin part below, as a tree has, or is a plant with a low part, as a mushroom is."""
        return any("low" in part.traits and ("thin" in part.traits or self.kind == "plant") for part in self.parts)


@dataclass(frozen=True)
class Mention:
    """A thing that a prompt names, with the colours it asks for."""

    entry: Entry
    colour: Lch | None = None
    """The colour asked for the thing."""
    part_colours: tuple[tuple[int, Lch], ...] = ()
    """(index of the part, colour) for parts named with a colour: "a house with a blue roof"."""


@dataclass(frozen=True)
class Words:
    """Everything the painters heard in a prompt."""

    things: tuple[Mention, ...] = ()
    """In the order named, each kind once; what only says where another thing is ("沙发上的猫") comes last."""
    places: tuple[str, ...] = ()
    place_colour: Lch | None = None
    """A colour asked for the place: "a purple sky"."""
    colours: tuple[Lch, ...] = ()
    """Colours that belong to nothing named: "all in blue"."""
    time: str | None = None
    weather: str | None = None
    season: str | None = None
    moods: tuple[str, ...] = ()
    style: str | None = None
    """A way of painting that the prompt itself names: "in the manner of an ink painting"."""
    festive: tuple[Lch, ...] = ()
    """The colours of the first mood that has some ("halloween"), for what has none of its own."""


@dataclass(frozen=True)
class _Hit:
    """A known word at its place in the text."""

    start: int
    stop: int
    meanings: dict[str, str]
    """Name by section: "snow" is {"weather": "snow"}, "door" {"thing": "furniture", "part": "door"}."""


def words_of_painting(prompt: str) -> Words:
    """What a prompt says that a painter can use; an empty or unknown prompt gives empty `Words`."""
    text, hits = _hits(prompt)
    owners, loose = _owners_of_colours(text, hits)

    def every(section: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(hit.meanings[section] for hit in hits if section in hit.meanings))

    def first(section: str) -> str | None:
        return next(iter(every(section)), None)

    def colour_of(section: str, name: str | None = None) -> Lch | None:
        owned = (
            owners.get(hit.start) for hit in hits if section in hit.meanings and name in (None, hit.meanings[section])
        )
        return next((colour for colour in owned if colour), None)

    def mention(name: str) -> Mention:
        entry = entries()[name]
        named = ((index, part_name) for index, part in enumerate(entry.parts) for part_name in part.names)
        coloured = {index: colour for index, part_name in named if (colour := colour_of("part", part_name))}
        return Mention(entry, colour_of("thing", name), tuple(coloured.items()))

    hits.sort(key=lambda hit: bool(PLACED_BY.match(text, hit.stop)))
    things = tuple(mention(name) for name in every("thing"))
    moods = every("mood")
    # A dish stays on its table, whatever is celebrated.
    usual_place = None if things and things[0].entry.kind == "food" else _usual(moods, "place")
    return Words(
        things,
        every("place") or ((usual_place,) if usual_place else ()),
        colour_of("place"),
        loose,
        first("time") or _usual(moods, "time"),
        first("weather"),
        first("season"),
        moods,
        first("style"),
        tuple(Lch(*colour) for colour in _usual(moods, "colours") or ()),
    )


def words_heard(prompt: str) -> tuple[str, ...]:
    """The words of a prompt that mean something to the painters, in lower case, in reading order, each once."""
    text, hits = _hits(prompt)
    return tuple(dict.fromkeys(text[hit.start : hit.stop] for hit in hits if hit.meanings))


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """All things the painters know, by name."""
    return {name: _entry(name, data) for name, data in _data()["thing"].items()}


def _entry(name: str, data: dict[str, Any]) -> Entry:
    parts = tuple(
        Part(tuple(traits.split()), Lch(lightness, chroma, hue), tuple(names))
        for traits, lightness, chroma, hue, *names in data["parts"]
    )
    kind = data.get("kind", "")
    foot = data.get("foot", _FEET.get(kind, ""))
    return Entry(name, data["place"], kind, parts, data.get("time"), data.get("weather"), foot)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))


def _usual(moods: tuple[str, ...], key: str) -> Any:
    """What the first of the moods that has any brings along: a place, a time or colours; None without one."""
    return next((_data()["mood"][mood][key] for mood in moods if key in _data()["mood"][mood]), None)


@lru_cache(maxsize=1)
def _colours() -> dict[str, Lch]:
    return {name: Lch(*data["lch"]) for name, data in _data()["colour"].items()}


@lru_cache(maxsize=1)
def _meanings() -> dict[str, dict[str, str]]:
    """Every known word, and what it names in each section."""
    found: dict[str, dict[str, str]] = {word: {} for word in _data()["nothing"]}
    for section, group in _data().items():
        if section != "nothing":
            for name, data in group.items():
                for word in data["words"]:
                    found.setdefault(word, {}).setdefault(section, name)
    for entry in entries().values():
        for part in entry.parts:
            for word in part.names:
                found.setdefault(word, {})["part"] = word
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _meanings())) + 2


def _hits(prompt: str) -> tuple[str, list[_Hit]]:
    """The text that is listened to, and the known words in it, each with the meaning it has there."""
    text = STYLE_TAG.sub(" ", prompt.lower())
    return text, _told_apart(text, _heard(text))


def _heard(text: str) -> list[_Hit]:
    """The known words of a text that lie in no longer one, in reading order."""
    found = []
    for start in range(len(text)):
        for stop in range(min(len(text), start + _longest()), start, -1):
            meanings = _known(text, start, stop)
            if meanings is not None:
                found.append(_Hit(start, stop, meanings))
                break
    # A word may begin inside another one that starts earlier: the longer of the two stays.
    kept: list[_Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start - hit.stop, hit.start)):
        if all(hit.stop <= other.start or other.stop <= hit.start for other in kept):
            kept.append(hit)
    return sorted((hit for hit in kept if hit.meanings), key=lambda hit: hit.start)


def _known(text: str, start: int, stop: int) -> dict[str, str] | None:
    """What the characters from `start` to `stop` mean; None when they are no known word, or only a piece of one."""
    word = text[start:stop]
    if not _LATIN.match(word):
        return _meanings().get(word)
    if (start and _LATIN.match(text[start - 1])) or (stop < len(text) and _LATIN.match(text[stop])):
        return None
    singulars = (word, word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("es"))
    return next((_meanings()[form] for form in singulars if form in _meanings()), None)


def _told_apart(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Of a word's meanings the one that is meant, by what else is named.

    A door beside a house is the house's part, a door alone is a thing of its own. An eye is a thing where no creature
    is named, and a snowflake where nothing is. An orange is a fruit, an orange cat is a cat.
    """
    hits = [_fruit_or_colour(text, hits, position) for position in range(len(hits))]
    named = [(entries()[hit.meanings["thing"]], hit.meanings) for hit in hits if "thing" in hit.meanings]
    alone = [entry for entry, meanings in named if not {"part", "weather"} & meanings.keys()]
    names = {name for entry in alone for part in entry.parts for name in part.names}
    creature = any(entry.kind == "creature" for entry, _ in named)

    def settled(hit: _Hit) -> _Hit:
        if "thing" not in hit.meanings:
            return hit
        of_a_body = creature and entries()[hit.meanings["thing"]].kind == "body"
        belongs = of_a_body or hit.meanings.get("part") in names or ("weather" in hit.meanings and alone)
        return _without(hit, "thing" if belongs else "part")

    return [settled(hit) for hit in hits]


def _fruit_or_colour(text: str, hits: list[_Hit], position: int) -> _Hit:
    """A word that is a colour and a thing ("orange") is the thing where it stands alone, as a noun does."""
    hit = hits[position]
    if not {"thing", "colour"} <= hit.meanings.keys():
        return hit
    noun = _BEFORE_A_FRUIT.search(text[: hit.start]) and _AFTER_A_FRUIT.match(text, hit.stop)
    neighbours = pairwise(hits[max(0, position - 1) : position + 2])
    one_of_two_colours = any(
        "colour" in one.meanings and "colour" in other.meanings and _JOINED.fullmatch(text[one.stop : other.start])
        for one, other in neighbours
    )
    return _without(hit, "colour" if noun and not one_of_two_colours else "thing")


def _without(hit: _Hit, section: str) -> _Hit:
    return replace(hit, meanings={name: meaning for name, meaning in hit.meanings.items() if name != section})


def _owners_of_colours(text: str, hits: list[_Hit]) -> tuple[dict[int, Lch], tuple[Lch, ...]]:
    """Whose each colour is: (colour by the start of the owner's word, colours that are nobody's).

    It is the thing, part or place that follows closely, else the one just before ("the tree is red").
    """
    owners: dict[int, Lch] = {}
    loose = []
    for position, hit in enumerate(hits):
        if "colour" in hit.meanings:
            colour = _colours()[hit.meanings["colour"]]
            owner = _owner(text, hits, position)
            if owner is None:
                loose.append(colour)
            else:
                owners.setdefault(owner.start, colour)
    return owners, tuple(loose)


def _owner(text: str, hits: list[_Hit], position: int) -> _Hit | None:
    hit = hits[position]
    for other in hits[position + 1 :]:
        between = text[hit.stop : other.start]
        if len(between) > COLOUR_REACH or _BREAK.search(between):
            break
        if other.meanings.keys() & {"thing", "part", "place"}:
            return other
    before = [other for other in hits[:position] if other.meanings.keys() & {"thing", "part", "place"}]
    if before and not _STOP.search(text[before[-1].stop : hit.start]):
        return before[-1]
    return None
