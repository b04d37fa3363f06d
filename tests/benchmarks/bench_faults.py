"""Random faults, kills and wishes over queue, client and service: `bench_faults.py [steps] [seed]`.

Voyages as in `tests/trust/test_storm.py`, as many as wanted. Prints how they ended; stops at the first that breaks a
promise, with the steps that led there.
"""

import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from trust.storm import DAY, MISHAPS, SERVICE_FAULTS, TROUBLES, Storm

CALLS = ("permit", "upload", "submit", "poll", "list", "cancel", "result")
LENGTH = 50  # steps of one voyage


def step(storm: Storm, chance: random.Random) -> str:
    """Do one thing, and return what it was."""

    async def cancel(index: int) -> None:
        jobs = [job for kernel in storm.living for job in kernel.queue.jobs]
        if jobs:
            jobs[index % len(jobs)].cancel()
        await asyncio.sleep(0)

    async def kill(index: int) -> None:
        if storm.living:
            storm.living[index % len(storm.living)].kill()

    kind = chance.choices(
        ("submit", "wire", "service", "task", "time", "cancel", "start", "kill", "restart", "long"),
        (20, 14, 14, 6, 26, 6, 7, 5, 3, 2),
    )[0]
    if kind == "wire":
        at, troubles = chance.choice(CALLS), chance.choices(TROUBLES, k=chance.randint(1, 3))
        storm.troubles[at].extend(troubles)
        return f"wire {at}: {', '.join(troubles)}"
    if kind in ("service", "task"):
        fault = chance.choice(SERVICE_FAULTS if kind == "service" else MISHAPS)
        storm.app.faults.add(fault)
        return fault
    if kind == "time":
        seconds = chance.choice((0.0, 0.3, 3.0, 12.0, 90.0))
        storm.run(asyncio.sleep, seconds)
        return f"{seconds} s pass"
    if kind == "submit" and storm.living:
        n = chance.randint(1, 3)
        storm.run(storm.submit, chance.choice(storm.living), n)
        return f"submit, n={n}"
    if kind == "cancel":
        storm.run(cancel, chance.randrange(10))
    elif kind == "start" and len(storm.living) < 2:
        storm.run(storm.start)
    elif kind == "kill" and storm.living:
        storm.run(kill, chance.randrange(2))
    elif kind == "restart":
        storm.restart_service()
    elif kind == "long":
        for kernel in storm.living:
            kernel.kill()
        storm.run(asyncio.sleep, 1.0)
        storm.loop.skip(chance.choice((3600.0, DAY - 600.0, DAY + 600.0)))
    return kind


def voyage(seed: int) -> tuple[Counter[str], int]:
    """Make one voyage; return how its runs ended and how many calls were made."""
    chance = random.Random(seed)
    home = Path(tempfile.mkdtemp())
    storm = Storm(home)
    steps: list[str] = []
    try:
        for _ in range(LENGTH):
            steps.append(step(storm, chance))
            storm.check_that_nothing_was_accepted_twice()
            storm.check_that_each_run_has_its_own_task()
        storm.calm_down()
        storm.check_that_nothing_was_accepted_twice()
        storm.check_that_everything_has_come_to_an_end()
        return Counter(run.state for run in storm.runs()), len(storm.calls)
    except BaseException:
        print(f"seed {seed}:", *steps, sep="\n  ")
        raise
    finally:
        storm.close()
        shutil.rmtree(home)


def main() -> None:
    """Make voyages until the steps are used up."""
    steps, seed = int(sys.argv[1]) if sys.argv[1:] else 1000, int(sys.argv[2]) if sys.argv[2:] else 0
    ends: Counter[str] = Counter()
    calls = 0
    began = time.perf_counter()
    for number in range(max(1, steps // LENGTH)):
        ended, called = voyage(seed + number)
        ends += ended
        calls += called
    took = time.perf_counter() - began
    print(f"{steps} steps, {sum(ends.values())} runs, {calls} calls, {took:.0f} s")
    print(", ".join(f"{state} {count}" for state, count in ends.most_common()))


if __name__ == "__main__":
    main()
