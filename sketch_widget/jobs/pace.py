"""When to ask about a task again: pure functions of the time that passed. Waiting itself happens elsewhere.

Refuses to ask faster than the service allows: 20 queries a second and account (its document on asynchronous tasks),
which the shortest spacing here keeps with two tasks in flight.
"""

from collections.abc import Iterable

KNOWN = 8  # tasks, the last ones, by which the next is judged
SHARE = 8  # the spacing is the distance from the expected end, divided by this
SHORTEST = 0.2  # seconds between two questions about a task that is expected within a second
NEAR = 0.5  # seconds, near the expected end of a task of usual length: two questions a second of the twenty
WIDEST = 5.0  # seconds, at the start of a long task
LATE = 3.0  # seconds, when a task takes longer than expected; the service's document asks for "every 3 s"
UNWATCHED = 15.0  # seconds, when nobody waits for the task any more
FIRST_GUESS = 4.0  # seconds: before any task was seen the questions begin at this length's spacing and widen


def poll_delay(elapsed: float, expected: float | None) -> float:
    """Return the seconds to wait before asking again about a task.

    An eighth of the way to the expected end: wide at first, close near the end. Behind it, an eighth of the delay so
    far. Where the service refuses a second task, half of this spacing is what the account stands still between two.

    Args:
        elapsed: Seconds since the task was accepted, or since it was seen running.
        expected: Seconds that past tasks took, or None when none was seen.
    """
    usual = FIRST_GUESS if expected is None else expected
    closest = min(max(usual / 5, SHORTEST), NEAR)
    if elapsed < usual:
        return min(max((usual - elapsed) / SHARE, closest), WIDEST)
    return min(max((elapsed - usual) / SHARE, closest), LATE)


def expected_seconds(past: Iterable[float]) -> float | None:
    """Return what the next task will probably take, from what past ones took (seconds), or None when there are none."""
    known = sorted(past)  # the middle one; `statistics` would cost 10 ms of import for it
    return known[len(known) // 2] if known else None
