"""When to ask about a task again: pure functions of the time that passed. Waiting itself happens elsewhere.

Refuses to ask faster than the service allows: 20 queries a second and account (its document on asynchronous tasks),
which the shortest spacing here keeps with two tasks in flight.
"""

from collections.abc import Iterable

KNOWN = 8  # tasks, the last ones, by which the next is judged
SHARE = 12  # the spacing is the distance from the expected end, divided by this
SHORTEST = 0.2  # seconds between two questions about a task that is expected within a second
NEAR = 0.3  # seconds, near the expected end of a task of usual length: three questions a second of the twenty
WIDEST = 5.0  # seconds, at the start of a long task
LATE = 3.0  # seconds, when a task takes longer than expected; the service's document asks for "every 3 s"
UNWATCHED = 15.0  # seconds, when nobody waits for the task any more
BLIND_SHARE = 20  # before any task was seen: the spacing is the time so far, divided by this


def poll_delay(elapsed: float, expected: float | None) -> float:
    """Return the seconds to wait before asking again about a task.

    A twelfth of the way to the expected end: wide at first, close near the end. Behind it, a twelfth of the delay so
    far. Where nothing is known, a twentieth of the time so far. Where the service refuses a second task, half of this
    spacing is what the account stands still between two.

    Args:
        elapsed: Seconds since the task was accepted, or since it was seen running.
        expected: Seconds that past tasks took, or None when none was seen.
    """
    if expected is None:
        return min(max(elapsed / BLIND_SHARE, NEAR), LATE)
    closest = min(max(expected / 5, SHORTEST), NEAR)
    if elapsed < expected:
        return min(max((expected - elapsed) / SHARE, closest), WIDEST)
    return min(max((elapsed - expected) / SHARE, closest), LATE)


def expected_seconds(past: Iterable[float]) -> float | None:
    """Return what the next task will probably take, from what past ones took (seconds), or None when there are none."""
    known = sorted(past)  # the middle one; `statistics` would cost 10 ms of import for it
    return known[len(known) // 2] if known else None
