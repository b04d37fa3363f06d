from contract.stage import Clock

from sketch_widget.offline.accounts import Pace, account_of


def test_an_account_is_known_by_a_fingerprint_that_does_not_hold_the_key():
    account = account_of("sk-secret")
    assert account == account_of("sk-secret")
    assert account.name != account_of("sk-other").name
    assert "secret" not in account.name + account.queue


def test_the_keys_of_this_computers_processes_open_one_account_with_limits_of_their_own():
    first, second = account_of("offline-1"), account_of("offline-2")
    assert first.name == second.name
    assert first.queue != second.queue
    assert account_of("sk-a").name not in (first.name, second.name)


def test_a_pace_counts_each_caller_in_any_stretch_of_a_second():
    clock = Clock()
    pace = Pace(2, clock)
    assert [pace.allows("a"), pace.allows("b")] == [True, True]
    clock.pass_(0.9)
    assert [pace.allows("a"), pace.allows("a"), pace.allows("b")] == [True, False, True]
    clock.pass_(0.1)
    assert [pace.allows("a"), pace.allows("a")] == [True, False]


def test_a_refused_call_is_not_counted():
    clock = Clock()
    pace = Pace(1, clock)
    assert pace.allows("a")
    for _ in range(5):
        clock.pass_(0.125)
        assert not pace.allows("a")
    clock.pass_(0.375)
    assert pace.allows("a")
