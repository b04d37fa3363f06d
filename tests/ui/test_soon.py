"""Work that is asked for often and done once."""

from fakes.thread import ToldThread

from sketch_widget.ui.soon import Soon


def test_what_is_asked_for_many_times_before_it_begins_is_done_once():
    thread, done = ToldThread(), []
    soon = Soon(thread, lambda: done.append(1))
    for _ in range(5):
        soon.ask()
    thread.work()
    assert done == [1]


def test_what_is_asked_for_while_it_is_done_is_done_again():
    thread, done = ToldThread(), []

    def work() -> None:
        done.append(1)
        if len(done) == 1:
            soon.ask()

    soon = Soon(thread, work)
    soon.ask()
    thread.work()
    soon.ask()
    thread.work()
    assert done == [1, 1, 1]
