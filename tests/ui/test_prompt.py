"""The prompt's meter."""

import pytest

from sketch_widget.ui.prompt import meter


@pytest.mark.parametrize(("length", "share"), [(0, 0.0), (15, 0.2), (75, 1.0)])
def test_a_prompt_within_the_limit_fills_the_meter_and_is_not_cut(length, share):
    shown = meter("x" * length, "en")
    assert (shown.share, shown.text, shown.warning, shown.cut) == (share, f"{length} of 75 characters", "", "")


def test_the_part_that_the_service_would_leave_out_is_shown():
    shown = meter("x" * 75 + " in spring", "en")
    assert shown.cut == " in spring"
    assert shown.share == 1.0
    assert "first 75 characters" in shown.warning


def test_chinese_letters_count_one_each():
    assert meter("一只趴在窗台上的大猫", "zh").text == "10 / 75 个字符"
