"""The line of one process."""

from collections import deque

import pytest

from sketch_widget.jobs.turns import send_delay


@pytest.mark.parametrize(
    ("sends", "now", "delay"),
    [
        ([], 0.0, 0.0),
        ([5.0], 5.0, 0.0),
        ([5.0, 5.0], 5.0, 1.1),
        ([5.0, 5.6], 5.6, 0.5),
        ([5.0, 5.6], 7.0, 0.0),
    ],
)
def test_the_second_last_submit_decides_when_the_next_may_go(sends, now, delay):
    assert send_delay(deque(sends), now) == pytest.approx(delay)
