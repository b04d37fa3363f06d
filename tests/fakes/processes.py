"""Programs that a test starts as processes of their own; none outlives its test."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 120.0  # real seconds; then who reads from the process reads to an end, and the test fails


@contextmanager
def limited(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    """Let a process live no longer than the block, however that ends, nor than anybody has patience for."""
    limit = threading.Timer(PATIENCE, process.kill)
    with process:
        limit.start()
        try:
            yield process
        finally:
            limit.cancel()
            process.kill()
