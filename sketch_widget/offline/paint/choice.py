"""`<auto>`: the style that suits a prompt.

A way of painting that the prompt names is taken; otherwise the subject decides, as a teacher would hand out materials:
ink for temples and cranes, oil for wide land in strong light, cut paper for machines and houses.
"""

from .lexicon import Words

BY_STYLE_WORD = {
    "cartoon": "<3d cartoon>",
    "anime": "<anime>",
    "oil": "<oil painting>",
    "watercolor": "<watercolor>",
    "flat": "<flat illustration>",
    "pencil": "<sketch>",
    "ink_wash": "<chinese painting>",
}
"""What a style named in the prompt is in the service's spelling."""
_INK_SUBJECTS = {"temple", "bamboo", "bonsai", "crane", "lotus", "cherry_blossom", "panda", "dragon", "phoenix"}
_OIL_SUBJECTS = {
    "sunflower",
    "mountain",
    "volcano",
    "wave",
    "island",
    "lighthouse",
    "windmill",
    "boat",
    "grape",
    "waterfall",
}
_ANIME_SUBJECTS = {
    "person",
    "princess",
    "prince",
    "unicorn",
    "star",
    "moon",
    "ghost",
    "alien",
    "rocket",
    "planet",
    "heart",
    "superhero",
    "vampire",
    "firework",
}
_FLAT_SUBJECTS = {
    "car",
    "bus",
    "train",
    "bicycle",
    "plane",
    "building",
    "cup",
    "book",
    "clothes",
    "key",
    "anchor",
    "furniture",
    "table",
    "appliance",
    "cutlery",
    "device",
    "flag",
    "mailbox",
    "plate",
    "shape",
    "stop_sign",
    "tool",
    "traffic_light",
    "watch",
}
_TOY_SUBJECTS = {
    "robot",
    "dinosaur",
    "snowman",
    "cake",
    "ice_cream",
    "balloon",
    "ball",
    "santa",
    "christmas_tree",
    "crown",
    "submarine",
    "bulldozer",
    "fire_truck",
    "lantern",
}
_BY_SUBJECT = (
    (_INK_SUBJECTS, "<chinese painting>"),
    (_OIL_SUBJECTS, "<oil painting>"),
    (_ANIME_SUBJECTS, "<anime>"),
    (_FLAT_SUBJECTS, "<flat illustration>"),
    (_TOY_SUBJECTS, "<3d cartoon>"),
)
_BY_KIND = {"creature": "<3d cartoon>", "plant": "<watercolor>", "food": "<3d cartoon>", "light": "<anime>"}


def chosen_style(words: Words) -> str:
    """The service's style value for a prompt that leaves the style open; always the same one for the same words."""
    if words.style is not None:
        return BY_STYLE_WORD[words.style]
    for mention in words.things:
        for subjects, style in _BY_SUBJECT:
            if mention.entry.name in subjects:
                return style
        if mention.entry.kind in _BY_KIND:
            return _BY_KIND[mention.entry.kind]
    if words.time in ("sunset", "night") or "vintage" in words.moods:
        return "<oil painting>"
    if "mountains" in words.places or words.weather == "fog":
        return "<chinese painting>"
    return "<watercolor>"
