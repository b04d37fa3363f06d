"""Real time, so many times as fast: one time for all processes of a machine, with the same waits in less of ours."""

import asyncio
import time
from time import sleep


class FastClock:
    """A clock for jobs and service.

    Args:
        speed: How many of its seconds pass in a real one.
        epoch: Real epoch seconds at which both times agree.
    """

    def __init__(self, speed: float, epoch: float) -> None:
        self.speed = speed
        self.epoch = epoch

    def now(self) -> float:
        return self.epoch + (time.time() - self.epoch) * self.speed

    def elapsed(self) -> float:
        return time.monotonic() * self.speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)

    def block(self, seconds: float) -> None:
        sleep(seconds / self.speed)
