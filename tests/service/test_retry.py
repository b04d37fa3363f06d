from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketch_widget import errors
from sketch_widget.service.faults import error_of
from sketch_widget.service.retry import (
    LONGEST_ASKED,
    Again,
    Call,
    again,
    may_have_been_accepted,
    parse_retry_after,
    wait,
)

SUBMIT_AGAIN = {errors.NotSentError, errors.ThrottledError}
READ_AGAIN = SUBMIT_AGAIN | {errors.OutcomeUnknownError, errors.ServerFaultError, errors.AnswerError}
NOW = 1_700_000_000.0


def every_error() -> list[type[errors.SketchWidgetError]]:
    found: list[type[errors.SketchWidgetError]] = [errors.SketchWidgetError]
    for kind in found:
        found += [below for below in kind.__subclasses__() if below.__module__ == errors.__name__]
    return found


def make(kind: type[errors.SketchWidgetError]) -> errors.SketchWidgetError:
    return kind("key", field="n", value=0) if kind is errors.RequestError else kind("key")


@pytest.mark.parametrize("kind", every_error())
def test_a_submit_is_sent_again_only_when_it_certainly_was_not_accepted(kind):
    assert (again(Call.SUBMIT, make(kind)) is Again.AFTER_WAIT) is (kind in SUBMIT_AGAIN)


@pytest.mark.parametrize("kind", every_error())
def test_a_read_is_sent_again_when_the_failure_may_pass(kind):
    assert (again(Call.READ, make(kind)) is Again.AFTER_WAIT) is (kind in READ_AGAIN)


def test_a_mistake_of_ours_is_never_sent_again():
    assert again(Call.READ, ZeroDivisionError()) is Again.NEVER


@pytest.mark.parametrize(
    ("error", "maybe"),
    [
        (errors.OutcomeUnknownError("key"), True),
        (error_of("", "<html>504</html>", http_status=504), True),
        (error_of("", "{", http_status=200), True),
        (error_of("InternalError", "An internal error has occured", http_status=500), False),
        (error_of("InvalidParameter", "", http_status=400), False),
        (error_of("Throttling.RateQuota", "", http_status=429), False),
        (error_of("", "<html>429</html>", http_status=429), False),
        (errors.NotSentError("key"), False),
        (errors.KeyMissingError("key"), False),
    ],
)
def test_the_list_of_tasks_is_asked_when_a_submit_may_have_been_accepted(error, maybe):
    assert may_have_been_accepted(error) is maybe


@pytest.mark.parametrize(
    ("attempt", "chance", "seconds"),
    [(1, 0, 0.5), (1, 1, 1.0), (2, 0, 1.0), (2, 0.5, 1.5), (5, 1, 16.0), (7, 1, 60.0), (10_000, 0, 30.0), (0, 1, 1.0)],
)
def test_the_wait_doubles_up_to_a_minute(attempt, chance, seconds):
    assert wait(attempt, chance) == seconds


@given(st.integers(1, 50), st.floats(0, 1), st.one_of(st.none(), st.floats(0, 1e12)))
def test_a_wait_is_never_shorter_than_asked_nor_longer_than_five_minutes(attempt, chance, asked):
    seconds = wait(attempt, chance, asked)
    assert 0.5 <= seconds <= LONGEST_ASKED
    assert seconds >= min(asked or 0, LONGEST_ASKED)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("3", 3.0),
        (" 1.5 ", 1.5),
        ("0", 0.0),
        ("-7", 0.0),
        ("86400", 300.0),
        ("inf", 300.0),
        ("1e308", 300.0),
        ("nan", None),
        ("", None),
        ("soon", None),
        ("Fri, 99 Foo 2023", None),
        (formatdate(NOW + 20, usegmt=True), 20.0),
        (formatdate(NOW - 20, usegmt=True), 0.0),
        (formatdate(NOW + 1e6, usegmt=True), 300.0),
        ("Tue, 14 Nov 2023 22:13:30", 10.0),
    ],
)
def test_retry_after_is_understood_as_a_number_or_a_date_and_capped(value, seconds):
    assert parse_retry_after(value, NOW) == seconds
