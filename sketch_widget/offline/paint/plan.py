"""The plan of one picture: the drawing as read, its colours, the scenery behind it. This is all a style is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np

from .colour import Lch
from .commission import random_of
from .compose import scenery_of
from .lexicon import Words
from .palette import Palette, palette_of
from .reading import Reading
from .roles import roles_of
from .scenery import Scenery
from .setting import setting_of


@dataclass(frozen=True, eq=False)
class Plan:
    """What to paint; how to paint it is the style's own affair."""

    reading: Reading
    palette: Palette
    scenery: Scenery
    variant: int
    """0 to 3; 0 is the plainest."""
    seed: str
    """Names the picture for its random numbers."""

    def random(self, *purpose: str | int) -> np.random.Generator:
        """Random numbers for one purpose, the same in every process and independent of other purposes."""
        return random_of(self.seed, *purpose)

    @cached_property
    def dark(self) -> bool:
        """Whether the picture plays in the dark."""
        return self.scenery.setting.dark

    @cached_property
    def colours(self) -> dict[int, Lch]:
        """The regions' colours in the light of the hour: by night a little deeper and bluer."""
        if not self.dark:
            return self.palette.regions
        shining = {
            label for thing in self.reading.things if thing.label in self.palette.glowing for label in thing.regions
        }
        return {
            label: colour if label in shining else colour.lit(-0.05).leaning(275, 0.08)
            for label, colour in self.palette.regions.items()
        }


def attempts_at(reading: Reading, words: Words, seed: str, variant: int) -> Iterator[Plan]:
    """Decide everything about one variant of a picture that does not depend on its style; again and again.

    The seed names prompt and drawing. Style and sketch_weight are kept out of it, so that two styles, or two weights,
    can be compared on the same scene. Each attempt has the same colours in another scenery.
    """
    setting = setting_of(words, variant, random_of(seed, "setting"), bool(reading.horizons))
    roles = roles_of(reading, words, setting)
    # The main colours are drawn from one source for all variants: 1 to 3 are turns of 0, not strangers to it.
    palette = palette_of(reading, words, setting, roles, variant, random_of(seed, "palette"))
    drawn_sky = frozenset(role.entry.kind for role in roles.values() if role is not None)
    for attempt in count():
        rng = random_of(seed, "scenery", variant, *([attempt] if attempt else []))
        scenery = scenery_of(reading, setting, words, palette.dominant, drawn_sky, variant, rng)
        yield Plan(reading, palette, scenery, variant, f"{seed}/{variant}")


def plan_of(reading: Reading, words: Words, seed: str, variant: int) -> Plan:
    """The first attempt at one variant of a picture."""
    return next(attempts_at(reading, words, seed, variant))
