"""A thread that works when it is told to: what was handed over is done in turn, and can be counted."""

from collections.abc import Callable


class ToldThread:
    """Holds work until `work()` is called."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], object]] = []

    def submit(self, work: Callable[[], object], /) -> None:
        self.waiting.append(work)

    def work(self) -> None:
        """Do everything that was handed over, and what that hands over itself."""
        while self.waiting:
            self.waiting.pop(0)()
