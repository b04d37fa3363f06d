"""What a card says of the words that the offline painters took up."""

from pathlib import Path

import numpy as np
import pytest
from fakes.shown import JobState, Stage

from sketch_widget.drawing.picture import WORDS_TEXT, encode
from sketch_widget.ui.gallery import Gallery
from sketch_widget.ui.heard import heard, sentence

PIXEL = np.zeros((1, 1, 3), np.uint8)


def done(home: Path, picture: bytes, service: str = "offline"):
    job = Stage(home, service).job(JobState.DONE)
    job.learn(numbered_pictures={1: picture})
    return job


def test_the_words_are_those_that_the_picture_tells(tmp_path):
    assert heard(done(tmp_path, encode(PIXEL, {WORDS_TEXT: "小猫, 沙发"}))) == "小猫, 沙发"


@pytest.mark.parametrize("picture", [encode(PIXEL), b"no picture", b"", encode(PIXEL)[:30]])
def test_a_picture_that_tells_no_words_gives_none(tmp_path, picture):
    assert heard(done(tmp_path, picture)) is None


def test_nothing_is_said_of_what_a_model_heard(tmp_path):
    assert heard(done(tmp_path, encode(PIXEL, {WORDS_TEXT: "cat"}), "dashscope")) is None


@pytest.mark.parametrize(
    ("words", "lang", "said"),
    [
        ("cat, sofa", "en", "Heard: cat, sofa. Words set the colours and the surroundings"),
        ("小猫, 沙发", "zh", "听懂的词：小猫、沙发。"),
        ("", "en", "The offline painters know none of these words"),
        ("", "zh", "离线绘制不认识这些词"),
    ],
)
def test_a_card_says_which_words_were_heard_or_that_none_was(tmp_path, words, lang, said):
    gallery = Gallery([done(tmp_path, encode(PIXEL, {WORDS_TEXT: words}))], lang=lang)
    assert gallery.view["cards"][0]["heard"].startswith(said)


def test_a_card_without_pictures_says_nothing_of_words(tmp_path):
    assert Gallery([Stage(tmp_path).job(JobState.RUNNING)]).view["cards"][0]["heard"] == sentence(None) == ""
