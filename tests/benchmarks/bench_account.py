"""Eight kernels on one account: `python tests/benchmarks/bench_account.py [speed] [seed] [method …]`.

Each kernel, a process, asks for four pictures one after the other, of 5 to 25 s each, 32 in all; the service refuses a
second task, or lets it wait. Beside the widget's queue: the service's own SDK as its document shows it, where a refused
call has failed, and the same SDK whose refused submits are sent again after longer and longer waits. All see the same
tasks in one run; where pictures are missing, times say nothing. Then the kernel whose task runs is killed, some times.
Times are given on the service's scale; `speed` is how many times as fast it runs here.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import machine
from trust.account_lab import Figures, durations, killed, measured

METHODS = ("widget", "sdk", "backoff")
LENGTHS = (6.0, 12.0, 20.0)  # seconds that the task of the killed kernel takes
JOBS = 32
HEAD = "| service | method | pictures | 429s | makespan / ideal | painting | Jain | longest wait | / ideal | polls |"


def times(found: Figures) -> str:
    """Return the columns that say something only when every picture is there."""
    if found.pictures < JOBS:
        return "– | – | – | – | – |"
    share = found.longest / found.ideal_longest
    return f"{found.makespan:.3f} | {found.painting:.3f} | {found.fairness:.3f} | {found.longest:.0f} s | {share:.2f} |"


def main() -> None:
    """Print a table."""
    speed = float(sys.argv[1]) if sys.argv[1:] else 8.0
    seed = int(sys.argv[2]) if sys.argv[2:] else 1
    wanted = durations(seed)
    print(f"{machine()}; {speed:g} times as fast, seed {seed}, ideal {sum(map(sum, wanted)):.0f} s\n")
    print(HEAD, "|---" * 10 + "|", sep="\n")
    for mode in ("queue", "strict"):
        for method in sys.argv[3:] or METHODS:
            with tempfile.TemporaryDirectory() as folder:
                found = measured(Path(folder) / "lab", method, mode, speed, wanted)
            print(
                f"| {mode} | {method} | {found.pictures} | {found.refused} | {times(found)} {found.polls} |", flush=True
            )
    print(
        "\n| service | after kill -9: next submit after the orphan's end | 429s | pictures filed of 3 |",
        "|---" * 4 + "|",
        sep="\n",
    )
    for mode in ("queue", "strict"):
        for length in LENGTHS:
            with tempfile.TemporaryDirectory() as folder:
                after = killed(Path(folder) / "lab", mode, speed, (length, 9.0, 7.0))
            print(f"| {mode} | {after.gap:.1f} s | {after.refused} | {sum(count for _, count in after.runs)} |")


if __name__ == "__main__":
    main()
