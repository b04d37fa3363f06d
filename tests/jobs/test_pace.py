"""When the next question about a task is asked."""

import pytest

from sketch_widget.jobs.pace import expected_seconds, poll_delay


@pytest.mark.parametrize(
    ("elapsed", "expected", "delay"),
    [
        (0.0, 1.0, 0.2),  # quick tasks are asked about quickly
        (0.9, 1.0, 0.2),
        (0.0, 300.0, 5.0),  # wide at first
        (0.0, 27.0, 2.25),
        (15.0, 27.0, 1.0),
        (25.0, 27.0, 0.3),  # close near the expected end
        (27.0, 27.0, 0.3),
        (39.0, 27.0, 1.0),
        (90.0, 27.0, 3.0),  # late
        (2.0, 1.0, 0.2),
        (100.0, 1.0, 3.0),
        (0.0, None, 0.3),  # nothing is known yet
        (20.0, None, 1.0),
        (100.0, None, 3.0),
        (0.0, 0.0, 0.2),
    ],
)
def test_the_spacing_follows_what_past_tasks_took(elapsed, expected, delay):
    assert poll_delay(elapsed, expected) == pytest.approx(delay)


@pytest.mark.parametrize("expected", [None, 0.01, 1.0, 27.0, 300.0])
def test_the_spacing_stays_between_a_fifth_of_a_second_and_five(expected):
    delays = [poll_delay(tenth / 10, expected) for tenth in range(5000)]
    assert min(delays) >= 0.2
    assert max(delays) <= 5.0


def test_two_jobs_together_keep_below_the_services_twenty_questions_a_second():
    assert 2 / min(poll_delay(tenth / 100, 0.1) for tenth in range(1000)) <= 20


@pytest.mark.parametrize(
    ("past", "expected"), [([], None), ([5.0], 5.0), ([1.0, 30.0, 2.0], 2.0), ([1.0, 1.0, 1.0, 90.0], 1.0)]
)
def test_one_slow_task_does_not_change_what_is_expected(past, expected):
    assert expected_seconds(past) == expected
