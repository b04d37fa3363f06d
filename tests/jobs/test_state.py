"""The table of states, compared with the one that people read."""

import pytest

from sketch_widget.jobs.state import TABLE, Event, JobState, after, table

SHOWN = """\
| state | on | becomes |
|---|---|---|
| queued | turn / cancel | sending / cancelled |
| sending | accepted / certain refusal that may pass / final refusal / outcome unknown | waiting / queued / failed / unconfirmed |
| waiting | RUNNING / SUCCEEDED / FAILED / CANCELED / UNKNOWN or 24 h / cancel accepted by the service / cancel refused / deadline | running / fetching / failed / cancelled / expired / cancelled / detached / detached |
| running | SUCCEEDED / FAILED / CANCELED / UNKNOWN or 24 h / cancel / deadline | fetching / failed / cancelled / expired / detached / detached |
| detached | SUCCEEDED / FAILED / CANCELED / UNKNOWN or 24 h | fetching / failed / cancelled / expired |
| fetching | at least one picture saved, nothing left to try / none and final / URL gone | done / failed / expired |
| unconfirmed | adopted by the user or by the one match / given up | waiting / failed |"""  # noqa: E501


def test_the_printed_table_is_the_one_that_people_read():
    assert table() == SHOWN


def test_every_state_has_a_row():
    assert set(TABLE) == set(JobState)


def test_every_event_can_happen_somewhere():
    assert {event for exits in TABLE.values() for event in exits} == set(Event)


@pytest.mark.parametrize("state", JobState)
def test_an_event_that_cannot_happen_is_a_mistake_and_raises(state):
    for event in set(Event) - set(TABLE[state]):
        with pytest.raises(LookupError, match=state.value):
            after(state, event)


def test_the_final_states_are_done_failed_cancelled_and_expired():
    assert {state.value for state in JobState if state.final} == {"done", "failed", "cancelled", "expired"}


@pytest.mark.parametrize("state", [state for state in JobState if not state.final])
def test_every_state_can_reach_an_end(state):
    reached, todo = set(), [state]
    while todo:
        for following in TABLE[todo.pop()].values():
            if following not in reached:
                reached.add(following)
                todo.append(following)
    assert any(one.final for one in reached)


def test_a_paid_task_is_never_sent_again():
    paid = {JobState.WAITING, JobState.RUNNING, JobState.DETACHED, JobState.FETCHING, JobState.UNCONFIRMED}
    reached, todo = set(), list(paid)
    while todo:
        for following in TABLE[todo.pop()].values():
            if following not in reached:
                reached.add(following)
                todo.append(following)
    assert not reached & {JobState.QUEUED, JobState.SENDING}
