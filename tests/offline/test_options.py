"""What can be chosen about the embedded service, and what is refused before anything is opened."""

import math

import pytest

from sketch_widget.errors import InputError
from sketch_widget.offline.options import Options


@pytest.mark.parametrize("seconds", [0, 2.5, 1e6])
def test_a_task_may_be_made_to_last_for_any_number_of_seconds(seconds):
    assert Options(minimum_seconds=seconds).minimum_seconds == seconds


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -math.inf, -0.1, "3", None, True])
def test_what_is_no_length_of_time_is_refused_by_its_value(seconds):
    with pytest.raises(InputError) as caught:
        Options(minimum_seconds=seconds)
    shown = f"{seconds:g}" if isinstance(seconds, float) else repr(seconds)
    assert caught.value.text("en").endswith(f"0 or more, not {shown}.")


@pytest.mark.parametrize(("field", "allowed"), [("concurrency", "queue, strict"), ("edition", "2024, 2026")])
def test_what_is_none_of_the_choices_is_refused_with_those_there_are(field, allowed):
    with pytest.raises(InputError) as caught:
        Options(**{field: "other"})
    assert caught.value.text("en") == f"{field} must be one of {allowed}, not 'other'."
