"""What may be sent again, and when: a table and two pure functions.

Refuses to send a submit again unless it certainly was not accepted: the service knows no idempotency key, and every
accepted submit is charged. Whoever sends and waits stands elsewhere.
"""

import math
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import Enum

from sketch_widget.errors import (
    AnswerError,
    NotSentError,
    OutcomeUnknownError,
    ServerFaultError,
    ServiceError,
    SketchWidgetError,
    ThrottledError,
)

FIRST_WAIT = 1.0  # seconds
LONGEST_WAIT = 60.0  # seconds; the service's limits usually clear within a minute (its document on rate limits)
LONGEST_ASKED = 300.0  # seconds; a Retry-After above this is taken for a mistake


class Call(Enum):
    """The two kinds of calls: a submit costs money, everything else may be repeated freely."""

    SUBMIT = "submit"
    READ = "read"


class Again(Enum):
    """Whether a call may be sent again."""

    NEVER = "never"
    AFTER_WAIT = "after a wait"


# Most specific first. An error that is not listed is final: the same call would fail in the same way.
TABLE: tuple[tuple[type[SketchWidgetError], Again, Again], ...] = (
    # error               submit            read
    (NotSentError, Again.AFTER_WAIT, Again.AFTER_WAIT),
    (OutcomeUnknownError, Again.NEVER, Again.AFTER_WAIT),
    (ThrottledError, Again.AFTER_WAIT, Again.AFTER_WAIT),
    (ServerFaultError, Again.NEVER, Again.AFTER_WAIT),
    (AnswerError, Again.NEVER, Again.AFTER_WAIT),
)


def again(call: Call, error: BaseException) -> Again:
    """Return whether a call that failed with this error may be sent again."""
    for kind, submit, read in TABLE:
        if isinstance(error, kind):
            return submit if call is Call.SUBMIT else read
    return Again.NEVER


def may_have_been_accepted(error: BaseException) -> bool:
    """Whether a submit that failed with this error may be a task all the same, so that the list of tasks must be asked.

    So it is when no answer came, and when the answer was not the service's own (a gateway's page, a cut text): an error
    with a code of the service is a refusal.
    """
    if isinstance(error, ServiceError):
        return isinstance(error, AnswerError | ServerFaultError) and not error.code
    return isinstance(error, OutcomeUnknownError)


def wait(attempt: int, chance: float, retry_after: float | None = None) -> float:
    """Return the seconds to wait before sending again.

    The longest wait doubles with every failure, and the wait lies in its upper half, so that many clients do not come
    back together. It is never shorter than what the service asked for.

    Args:
        attempt: How many times it failed; 1 after the first failure.
        chance: A random number from 0 to 1.
        retry_after: The seconds that the service asked for, or None.
    """
    longest = min(FIRST_WAIT * 2.0 ** min(max(attempt, 1) - 1, 16), LONGEST_WAIT)
    own = longest * (0.5 + chance / 2)
    return own if retry_after is None else max(own, min(retry_after, LONGEST_ASKED))


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After header asks to wait (0 to 300), or None when it asks for nothing.

    Args:
        value: A number of seconds or an HTTP date.
        now: Seconds since 1970, against which a date is measured.
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _date(value) - now
    return None if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_ASKED)


def _date(value: str) -> float:
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return math.nan
