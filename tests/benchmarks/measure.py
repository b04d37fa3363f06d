"""What the benchmarks share: the machine's name, and times of several things measured in turn."""

import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import PIL


def machine() -> str:
    """Name the machine and the versions that matter to a time."""
    model = platform.processor() or "processor unknown"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    return (
        f"{model}, {os.cpu_count()} cores; {platform.system()}; Python {platform.python_version()}, "
        f"numpy {np.__version__}, Pillow {PIL.__version__}"
    )


def milliseconds(*things: Callable[[], object], rounds: int = 5) -> list[float]:
    """Return the median time of each thing, in milliseconds, measured in turn (A B A B ...) after one warm-up."""
    times: list[list[float]] = [[] for _ in things]
    for thing in things:
        thing()
    for _ in range(rounds):
        for thing, found in zip(things, times, strict=True):
            begun = time.perf_counter()
            thing()
            found.append((time.perf_counter() - begun) * 1e3)
    return [median(found) for found in times]
