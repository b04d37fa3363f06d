"""Which words of a prompt the offline painters took up, as their pictures tell.

It asks the pictures, not the painters: what an older version painted tells what that version heard, and what a model
painted tells nothing.
"""

from sketch_widget import words
from sketch_widget.drawing.picture import WORDS_TEXT, texts_of
from sketch_widget.ui.cards import ShownJob
from sketch_widget.ui.service_note import OFFLINE


def heard(job: ShownJob) -> str | None:
    """Return the words, joined with commas; None where no picture tells, "" where there were none."""
    if job.run.service != OFFLINE:
        return None
    return next((texts_of(data).get(WORDS_TEXT) for data in job.numbered_pictures.values()), None)


def sentence(heard: str | None, lang: str = "auto") -> str:
    """Return what a card says of them: untrusted text."""
    if heard is None:
        return ""
    if not heard:
        return words.say("page.card.unheard", lang)
    comma = "、" if words.language(lang) == "zh" else ", "
    return words.say("page.card.heard", lang, words=heard.replace(", ", comma))
