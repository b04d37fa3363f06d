"""Moments as the service writes them, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketch_widget.service import moments


def test_task_times_are_written_in_utc_plus_8():
    assert moments.format_time(1709285904.817) == "2024-03-01 17:38:24.817"
    assert moments.format_time(0) == "1970-01-01 08:00:00.000"
    assert moments.format_query_time(1709285904.817) == "20240301173824"


@given(st.integers(0, 4_000_000_000_000))
def test_a_time_survives_its_text_to_the_millisecond(milliseconds):
    seconds = milliseconds / 1000
    assert moments.parse_time(moments.format_time(seconds)) == pytest.approx(seconds, abs=1e-6)
    assert moments.parse_query_time(moments.format_query_time(seconds)) == milliseconds // 1000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2024-03-01 17:38:24", 1709285904.0),
        ("", None),
        ("2024-13-01 00:00:00.000", None),
        (1709285904817, None),
        (None, None),
    ],
)
def test_a_time_in_another_form_is_none_unless_it_is_clear(text, seconds):
    assert moments.parse_time(text) == seconds


@pytest.mark.parametrize("text", ["", "2024-03-01", "20240301", "20241301000000"])
def test_a_query_time_in_another_form_is_none(text):
    assert moments.parse_query_time(text) is None
