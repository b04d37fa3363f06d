"""Lines that fit into a width, in letters that exist."""

from sketch_widget.drawing.lettering import can_write, fitted, font_for, wrapped


def width(line: str) -> float:
    return font_for(line).getlength(line)


def test_letters_of_the_usual_font_can_always_be_written():
    assert can_write("“a tree” · Watercolor…")


def test_a_line_that_fits_stays_and_a_longer_one_ends_in_dots():
    assert fitted("a tree", 200) == "a tree"
    short = fitted("a tree by a lake in the morning", 100)
    assert short.endswith("…")
    assert width(short) <= 100


def test_a_text_is_cut_between_words_and_nothing_is_lost():
    lines = wrapped("a big  tree by a\nlake in the morning", 90, 9)
    assert len(lines) > 2
    assert " ".join(lines) == "a big tree by a lake in the morning"
    assert max(width(line) for line in lines) <= 90


def test_what_does_not_fit_into_the_last_line_ends_it_in_dots():
    lines = wrapped("a big tree by a lake in the morning", 90, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert width(lines[1]) <= 90


def test_chinese_is_cut_between_any_two_letters():
    lines = wrapped("湖边的大树和清晨的阳光", round(width("湖边的大")) + 1, 9)
    assert len(lines) > 2
    assert "".join(lines) == "湖边的大树和清晨的阳光"


def test_a_word_that_is_wider_than_the_line_is_cut_and_an_empty_text_is_one_line():
    assert wrapped("incomprehensibilities", 60, 3)[0].endswith("…")
    assert wrapped("", 60, 3) == [""]
