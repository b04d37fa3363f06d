"""The background event loop of the process: one thread that carries all jobs.

Nothing here blocks its caller. It is not the kernel's loop, because a busy cell would stop the jobs, and a widget's
callbacks may run on any thread (`ipykernel` moves them between its main thread and subshells).
"""

import asyncio
import logging
import os
import threading
from collections.abc import Awaitable, Callable

log = logging.getLogger("sketch_widget")


class Portal:
    """An event loop on a thread of its own; the thread starts with the first work and starts again when it is gone."""

    def __init__(self, name: str = "sketch_widget") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._process = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_here(self) -> bool:
        """Whether the caller stands on the loop's own thread."""
        return threading.current_thread() is self._thread

    @property
    def is_running(self) -> bool:
        """Whether the thread runs."""
        return self._thread is not None and self._thread.is_alive() and self._process == os.getpid()

    def start(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work` on the loop and return at once; what it raises is logged."""
        self._running_loop().call_soon_threadsafe(self._begin, work)

    def call(self, action: Callable[[], object]) -> None:
        """Run a short `action` on the loop and return at once; what it raises is logged."""
        self._running_loop().call_soon_threadsafe(_logged, action)

    def stop(self) -> None:
        """End the thread and everything on it; work given later starts a new one."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None and thread.is_alive():
            loop.call_soon_threadsafe(loop.stop)
            if not self.is_here:
                thread.join()

    def _begin(self, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(_watched(work))
        # The loop itself keeps only a weak reference to a task.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if not self.is_running or self._loop is None:
                # A forked child has the object and not the thread.
                self._loop = asyncio.new_event_loop()
                self._process = os.getpid()
                self._thread = threading.Thread(target=_run, args=(self._loop,), name=self._name, daemon=True)
                self._thread.start()
            return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        pending = asyncio.all_tasks(loop)
        for task in pending:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


async def _watched(work: Callable[[], Awaitable[None]]) -> None:
    try:
        await work()
    except Exception:
        log.exception("Work in the background failed.")


def _logged(action: Callable[[], object]) -> None:
    try:
        action()
    except Exception:
        log.exception("An action in the background failed.")
