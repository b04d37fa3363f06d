"""How the service writes moments as texts: in a task, and in the query for a list; all of them in its own zone.

Refuses nothing by itself: what is no moment is None. Everywhere else in the package moments are seconds since 1970.
"""

from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # the zone of all times without one; recordings show it
_TIME = "%Y-%m-%d %H:%M:%S"
_QUERY_TIME = "%Y%m%d%H%M%S"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def format_time(seconds: float) -> str:
    """Return a time (seconds since 1970) as the service writes it in a task: UTC+8, to the millisecond."""
    moment = _EPOCH + timedelta(milliseconds=round(seconds * 1000))
    return f"{moment.astimezone(CHINA).strftime(_TIME)}.{moment.microsecond // 1000:03d}"


def parse_time(text: object) -> float | None:
    """Return the time (seconds since 1970) that the service wrote in a task, or None when it wrote none."""
    if not isinstance(text, str):
        return None
    for form in (f"{_TIME}.%f", _TIME):
        if (seconds := _read(text, form)) is not None:
            return seconds
    return None


def format_query_time(seconds: float) -> str:
    """Return a time (seconds since 1970) as a list query takes it; the documents name no zone, UTC+8 is assumed."""
    return (_EPOCH + timedelta(seconds=int(seconds))).astimezone(CHINA).strftime(_QUERY_TIME)


def parse_query_time(text: str) -> float | None:
    """Return the time (seconds since 1970) in a list query, or None when it is none."""
    return _read(text, _QUERY_TIME)


def _read(text: str, form: str) -> float | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=CHINA).timestamp()
    except (ValueError, OverflowError):
        return None
