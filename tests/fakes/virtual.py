"""An event loop whose time jumps to the next thing that is due: waiting costs nothing and is exact."""

import asyncio
import selectors
from collections.abc import Awaitable, Callable
from contextlib import suppress

EPOCH = 1_800_000_000.0  # seconds since 1970 at which virtual time begins


class _JumpingSelector(selectors.SelectSelector):
    def __init__(self) -> None:
        super().__init__()
        self.time = 0.0

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("Everything waits, and nothing is due that would wake it.")
            self.time += max(timeout, 0.0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.selector = _JumpingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.time


class VirtualClock:
    """The clock of the loop that runs, or that ran last when none does."""

    _loop: asyncio.AbstractEventLoop | None = None

    def now(self) -> float:
        return EPOCH + self.elapsed()

    def elapsed(self) -> float:
        with suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()
        return 0.0 if self._loop is None else self._loop.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class SameLoop:
    """The background loop, for tests that stand on it themselves."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[None]] = []

    is_here = False

    def start(self, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(work())
        # Looked at here, so that a task that a test kills does not complain when it is collected.
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        self.tasks.append(task)

    def call(self, action: Callable[[], object]) -> None:
        asyncio.get_running_loop().call_soon(action)

    def die(self) -> None:
        """End all work at once, as a killed kernel does."""
        for task in self.tasks:
            task.cancel()


async def until(condition: Callable[[], object], step: float = 0.1) -> None:
    """Wait in steps of virtual time (seconds) until something is true."""
    for _ in range(5000):
        if condition():
            return
        await asyncio.sleep(step)
    raise AssertionError("It did not happen.")
