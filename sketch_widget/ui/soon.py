"""Work that is asked for often and done once: on a thread of its own, for all that was asked meanwhile."""

import threading
from collections.abc import Callable
from typing import Protocol


class Thread(Protocol):
    """Where the work is done, such as a `ThreadPoolExecutor` of one thread."""

    def submit(self, work: Callable[[], object], /) -> object:
        """Do the work later, one after the other."""


class Soon:
    """Work that is done soon after it was asked for, and never twice for what was asked before it began.

    Args:
        thread: Where it is done.
        work: What is done; it sees everything that had changed when it was asked for.
    """

    def __init__(self, thread: Thread, work: Callable[[], object]) -> None:
        self._thread = thread
        self._work = work
        self._lock = threading.Lock()
        self._is_asked = False

    def ask(self) -> None:
        """Ask for the work; returns at once."""
        with self._lock:
            if self._is_asked:
                return
            self._is_asked = True
        self._thread.submit(self._do)

    def _do(self) -> None:
        with self._lock:
            self._is_asked = False
        self._work()
