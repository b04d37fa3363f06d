"""What may become of a job: one table, state x event -> state.

Everything that decides about a job's state stands here, and nothing else assigns one. An event that the table does not
have for a state is an error of ours and raises; it never falls through.
"""

from enum import StrEnum


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    SENDING = "sending"
    WAITING = "waiting"
    RUNNING = "running"
    DETACHED = "detached"
    FETCHING = "fetching"
    UNCONFIRMED = "unconfirmed"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def final(self) -> bool:
        """Whether nothing happens to the job any more."""
        return not TABLE[self]


class Event(StrEnum):
    """What can happen to a job; words in capitals are the service's own task statuses."""

    TURN = "turn"
    CANCEL = "cancel"
    ACCEPTED = "accepted"
    REFUSED_FOR_NOW = "certain refusal that may pass"
    REFUSED = "final refusal"
    OUTCOME_UNKNOWN = "outcome unknown"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELED = "CANCELED"
    FORGOTTEN = "UNKNOWN or 24 h"
    CANCEL_ACCEPTED = "cancel accepted by the service"
    CANCEL_REFUSED = "cancel refused"
    DEADLINE = "deadline"
    SAVED = "at least one picture saved, nothing left to try"
    NOTHING_SAVED = "none and final"
    URL_GONE = "URL gone"
    ADOPTED = "adopted by the user or by the one match"
    GIVEN_UP = "given up"


_S, _E = JobState, Event

TABLE: dict[JobState, dict[Event, JobState]] = {
    _S.QUEUED: {_E.TURN: _S.SENDING, _E.CANCEL: _S.CANCELLED},
    _S.SENDING: {
        _E.ACCEPTED: _S.WAITING,
        _E.REFUSED_FOR_NOW: _S.QUEUED,
        _E.REFUSED: _S.FAILED,
        _E.OUTCOME_UNKNOWN: _S.UNCONFIRMED,
    },
    _S.WAITING: {
        _E.RUNNING: _S.RUNNING,
        _E.SUCCEEDED: _S.FETCHING,
        _E.FAILED: _S.FAILED,
        _E.CANCELED: _S.CANCELLED,
        _E.FORGOTTEN: _S.EXPIRED,
        _E.CANCEL_ACCEPTED: _S.CANCELLED,
        _E.CANCEL_REFUSED: _S.DETACHED,
        # A task can stand in the service's line for hours (3 h by its rules), and whoever waits should not have to.
        _E.DEADLINE: _S.DETACHED,
    },
    _S.RUNNING: {
        _E.SUCCEEDED: _S.FETCHING,
        _E.FAILED: _S.FAILED,
        # The account's owner can cancel at the service, and RUNNING may have been seen too late to notice.
        _E.CANCELED: _S.CANCELLED,
        _E.FORGOTTEN: _S.EXPIRED,
        _E.CANCEL: _S.DETACHED,
        _E.DEADLINE: _S.DETACHED,
    },
    _S.DETACHED: {
        _E.SUCCEEDED: _S.FETCHING,
        _E.FAILED: _S.FAILED,
        # A cancel whose answer was lost is refused when it is asked again, though it took effect.
        _E.CANCELED: _S.CANCELLED,
        _E.FORGOTTEN: _S.EXPIRED,
    },
    _S.FETCHING: {_E.SAVED: _S.DONE, _E.NOTHING_SAVED: _S.FAILED, _E.URL_GONE: _S.EXPIRED},
    _S.UNCONFIRMED: {_E.ADOPTED: _S.WAITING, _E.GIVEN_UP: _S.FAILED},
    _S.DONE: {},
    _S.FAILED: {},
    _S.CANCELLED: {},
    _S.EXPIRED: {},
}


def after(state: JobState, event: Event) -> JobState:
    """Return the state that follows.

    Raises:
        LookupError: The table has no such event for the state; this is a mistake of the program.
    """
    following = TABLE[state].get(event)
    if following is None:
        raise LookupError(f"The job is {state.value}, where {event.value!r} cannot happen.")
    return following


def table() -> str:
    """Return the table as Markdown, one row a state; final states have no row."""
    rows = ["| state | on | becomes |", "|---|---|---|"]
    for state, exits in TABLE.items():
        if exits:
            events = " / ".join(event.value for event in exits)
            becomes = " / ".join(following.value for following in exits.values())
            rows.append(f"| {state.value} | {events} | {becomes} |")
    return "\n".join(rows)
