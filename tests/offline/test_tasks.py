import pytest

from sketch_widget.offline.accounts import account_of
from sketch_widget.offline.refusals import RefusalError
from sketch_widget.offline.task import Mishap, Outcome
from sketch_widget.offline.tasks import LEASE, TaskTable

QUEUE = account_of("sk-a").queue
DAY = 24 * 3600


def end(desk, task, files=1):
    for number in range(files):
        desk.table.renew(task.task_id, "w", Outcome(file=f"results/{number}"))
    return desk.table.finish(task.task_id, "w")


def test_a_task_waits_runs_and_succeeds(desk):
    task = desk.submit()
    assert desk.status(task) == "PENDING"
    assert desk.table.claim(QUEUE, "w").task_id == task.task_id
    assert desk.status(task) == "RUNNING"
    end(desk, task)
    assert desk.status(task) == "SUCCEEDED"


def test_one_task_of_an_account_runs_and_the_next_one_is_the_oldest(desk, clock):
    first, second = desk.submit(), desk.submit()
    clock.pass_(1)
    third = desk.submit()
    assert desk.table.claim(QUEUE, "w").task_id == first.task_id
    assert desk.table.claim(QUEUE, "w") is None
    assert [desk.status(task) for task in (second, third)] == ["PENDING", "PENDING"]
    end(desk, first)
    assert desk.table.claim(QUEUE, "w").task_id == second.task_id
    end(desk, second)
    assert desk.table.claim(QUEUE, "w").task_id == third.task_id


def test_a_task_whose_worker_has_died_is_given_out_at_once(desk, clock):
    dead = set()
    table = TaskTable(desk.ledger, clock, drop=desk.dropped.append, has_ended=dead.__contains__)
    task, waiting = desk.submit(), desk.submit()
    assert table.claim(QUEUE, "w").task_id == task.task_id
    assert table.claim(QUEUE, "another") is None
    dead.add("w")
    assert table.claim(QUEUE, "another").task_id == task.task_id
    assert table.claim(QUEUE, "a third") is None
    assert desk.status(waiting) == "PENDING"


def test_two_accounts_do_not_wait_for_each_other(desk):
    desk.submit("sk-a")
    other = desk.submit("sk-b")
    assert desk.table.claim(QUEUE, "w") is not None
    assert desk.table.claim(account_of("sk-b").queue, "w").task_id == other.task_id


def test_a_third_submission_within_a_second_is_refused(desk, clock):
    desk.submit()
    clock.pass_(0.6)
    desk.submit()
    with pytest.raises(RefusalError) as refused:
        desk.submit()
    assert (refused.value.status, refused.value.code) == (429, "Throttling.RateQuota")
    clock.pass_(0.4)
    desk.submit()  # the first one is a second old now
    with pytest.raises(RefusalError):
        desk.submit()


def test_the_rate_of_one_account_is_not_that_of_another(desk):
    for key in ("sk-a", "sk-a", "sk-b", "sk-b"):
        assert desk.status(desk.submit(key), key) == "PENDING"


def test_a_strict_service_refuses_a_second_task_until_the_first_has_ended(strict_desk, clock):
    strict = strict_desk
    first = strict.submit()
    with pytest.raises(RefusalError) as refused:
        strict.submit()
    assert (refused.value.status, refused.value.code) == (429, "Throttling")
    strict.table.claim(QUEUE, "w")
    with pytest.raises(RefusalError):
        strict.submit()
    end(strict, first)
    clock.pass_(1)
    assert strict.status(strict.submit()) == "PENDING"


def test_a_waiting_task_can_be_cancelled_and_is_never_painted(desk):
    task = desk.submit()
    desk.table.cancel(account_of("sk-a"), task.task_id)
    assert desk.status(task) == "CANCELED"
    assert desk.table.claim(QUEUE, "w") is None
    assert desk.table.is_idle(QUEUE)


@pytest.mark.parametrize("case", ["running", "succeeded", "canceled", "unknown", "another account's"])
def test_only_a_waiting_task_of_ones_own_can_be_cancelled(desk, case):
    task = desk.submit()
    account, task_id = account_of("sk-b" if case == "another account's" else "sk-a"), task.task_id
    if case in ("running", "succeeded"):
        desk.table.claim(QUEUE, "w")
    if case == "succeeded":
        end(desk, task)
    if case == "canceled":
        desk.table.cancel(account, task_id)
    with pytest.raises(RefusalError) as refused:
        desk.table.cancel(account, "no such task" if case == "unknown" else task_id)
    assert (refused.value.status, refused.value.code) == (400, "UnsupportedOperation")


def test_a_finished_task_is_known_for_a_day_and_then_forgotten_with_its_pictures(desk, clock):
    task = desk.submit()
    desk.table.claim(QUEUE, "w")
    clock.pass_(100)
    end(desk, task, files=2)
    clock.pass_(DAY - 1)
    assert desk.status(task) == "SUCCEEDED"
    clock.pass_(1)
    assert desk.status(task) is None
    desk.table.forget()
    assert desk.dropped == ["results/0", "results/1"]


def test_a_task_that_never_ran_is_forgotten_a_day_after_its_submission(desk, clock):
    task = desk.submit()
    clock.pass_(DAY)
    assert desk.status(task) is None
    assert desk.table.claim(QUEUE, "w") is None


def test_another_account_does_not_see_a_task(desk):
    task = desk.submit("sk-a")
    assert desk.status(task, "sk-b") is None


def test_the_processes_of_one_user_see_each_others_tasks_and_do_not_wait_for_each_other(desk):
    mine, theirs = desk.submit("offline-1"), desk.submit("offline-2")
    assert desk.status(theirs, "offline-1") == "PENDING"
    assert desk.table.claim(account_of("offline-1").queue, "w").task_id == mine.task_id
    assert desk.table.claim(account_of("offline-2").queue, "w").task_id == theirs.task_id


def test_a_task_whose_worker_died_is_begun_anew_before_those_that_wait(desk, clock):
    orphan, waiting = desk.submit(), desk.submit()
    desk.table.claim(QUEUE, "dead")
    desk.table.renew(orphan.task_id, "dead", Outcome(file="results/half"))
    clock.pass_(LEASE - 1)
    assert desk.table.claim(QUEUE, "alive") is None
    clock.pass_(1)
    assert desk.table.claim(QUEUE, "alive").task_id == orphan.task_id
    assert desk.dropped == ["results/half"]
    assert desk.status(waiting) == "PENDING"


def test_a_worker_that_lost_its_task_can_neither_add_to_it_nor_end_it(desk, clock):
    task = desk.submit()
    desk.table.claim(QUEUE, "slow")
    clock.pass_(LEASE)
    desk.table.claim(QUEUE, "other")
    assert desk.table.renew(task.task_id, "slow", Outcome(file="results/late")) is None
    assert desk.table.finish(task.task_id, "slow") is None
    assert desk.status(task) == "RUNNING"


def test_each_picture_prolongs_the_lease(desk, clock):
    task = desk.submit(n=2)
    desk.table.claim(QUEUE, "w")
    clock.pass_(LEASE - 1)
    desk.table.renew(task.task_id, "w", Outcome(file="results/0"))
    clock.pass_(LEASE - 1)
    assert desk.table.claim(QUEUE, "other") is None


def test_a_task_given_up_by_its_worker_is_free_at_once(desk):
    task = desk.submit()
    desk.table.claim(QUEUE, "w")
    desk.table.release(task.task_id, "w")
    assert desk.table.claim(QUEUE, "other").task_id == task.task_id


def test_a_slow_queue_keeps_its_first_task_and_all_behind_it_waiting(desk, clock):
    slow, behind = desk.submit(mishap=Mishap(delay=20)), desk.submit()
    assert desk.table.claim(QUEUE, "w") is None
    clock.pass_(20)
    assert desk.table.claim(QUEUE, "w").task_id == slow.task_id
    assert desk.status(behind) == "PENDING"


def test_tasks_are_listed_newest_first_within_their_time(desk, clock):
    old = desk.submit()
    clock.pass_(10)
    new = desk.submit()
    account = account_of("sk-a")
    assert [task.task_id for task in desk.table.listed(account, clock() - 60, clock())] == [new.task_id, old.task_id]
    assert [task.task_id for task in desk.table.listed(account, clock() - 5, clock())] == [new.task_id]
    assert desk.table.listed(account_of("sk-b"), clock() - 60, clock()) == []
