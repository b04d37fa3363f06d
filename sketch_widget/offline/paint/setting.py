"""Where and when a picture plays: place, time of day, weather and season, from the words and what they leave open.

Only names are decided here; `scenery` gives them form and colour. What the prompt says always holds; what it does not
say is chosen by the variant, so that the four pictures of one order show four lights.
"""

from dataclasses import dataclass

import numpy as np

from .lexicon import Words

OUTDOOR_TIMES = ("day", "dawn", "day", "sunset")
"""Times of day of the variants 0 to 3 when the prompt names none: the first is the plainest."""
ROOMS = frozenset({"room", "classroom"})
"""Places with a wall and a floor."""
INDOOR = ROOMS | {"studio", "table"}
"""Places without a sky."""
SHORES = {"sea": "beach", "pond": "lakeside"}
"""Where a thing that does not swim stands when it is "by the sea"."""
ASHORE = {"meadow", "garden", "forest", "bamboo", "mountains", "alps", "savanna", "city", "road", *INDOOR}
"""Homes of things that do not swim."""
SNOWED = {"meadow", "garden", "forest", "mountains", "alps", "city", "road", "pond", "savanna"}
"""Places that lie under snow when it snows."""


AIRLESS = frozenset({"space", "moon"})
"""Places with a black sky, whatever the hour."""
CLOSED = frozenset({"space", "moon", "cave"})
"""Places without clouds, rain or a sun."""


@dataclass(frozen=True)
class Setting:
    """A place and a moment."""

    place: str
    """A place of the lexicon, or "lakeside"; "studio" is a plain backdrop."""
    time: str
    """"dawn", "day", "sunset" or "night"."""
    weather: str = "clear"
    """"clear" or a weather of the lexicon."""
    season: str | None = None
    """A season of the lexicon; None when the prompt names none."""
    moods: tuple[str, ...] = ()

    @property
    def dark(self) -> bool:
        """Whether light things shine and lines should be light."""
        return self.time == "night" or self.place in AIRLESS

    @property
    def indoor(self) -> bool:
        """Whether the backdrop is plain: paper, a wall, a table."""
        return self.place in INDOOR

    @property
    def walled(self) -> bool:
        """Whether the backdrop is a room: a wall above a floor."""
        return self.place in ROOMS

    @property
    def open_air(self) -> bool:
        """Whether there is a sky."""
        return not self.indoor and self.place != "underwater"


def setting_of(words: Words, variant: int, rng: np.random.Generator, has_horizon: bool) -> Setting:
    """The setting of one picture; `has_horizon` tells that the drawing has a ground line of its own."""
    known = [mention.entry for mention in words.things]
    place = _place(words, has_horizon)
    season = words.season or ("winter" if words.weather == "snow" else None)
    if season == "winter" and place in SNOWED:
        place = "snowfield" if place in ("meadow", "garden", "savanna") else place
    time = words.time or next((entry.time for entry in known if entry.time), None)
    if time is None:
        time = OUTDOOR_TIMES[variant % 4]
        if place in ("studio", "table", "cave", "moon") or words.weather in ("rain", "storm", "fog"):
            time = "day"
        elif variant == 0 and place not in ROOMS and rng.random() < 0.22:
            time = "dawn"
    weather = words.weather or next((entry.weather for entry in known if entry.weather), None) or "clear"
    return Setting(place, time, weather, season, words.moods)


def _place(words: Words, has_horizon: bool) -> str:
    homes = [mention.entry.place for mention in words.things]
    if words.places:
        # The particular place says more than the sky.
        place = next((place for place in words.places if place != "sky"), words.places[0])
        return SHORES[place] if place in SHORES and homes and homes[0] in ASHORE else place
    if homes:
        # The particular home says more: a cat on a sofa is in a room.
        home = next((home for home in homes if home not in ("sky", "studio")), homes[0])
        return "meadow" if home == "studio" and (has_horizon or _wants_air(words)) else home
    return "meadow" if has_horizon or _wants_air(words) else "studio"


def _wants_air(words: Words) -> bool:
    return bool(words.time or words.weather or words.season)
