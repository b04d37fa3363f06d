"""Eight kernels on one account: `python tests/benchmarks/bench_account.py [speed] [seed] [method …]`.

Each kernel, a process, asks for four pictures one after the other, of 5 to 25 s each, 32 in all; the service refuses a
second task, or lets it wait. Beside the widget's queue: the service's own SDK as its document shows it, where a refused
call has failed, and the same SDK whose refused submits are sent again after longer and longer waits. All see the same
tasks in one run. Times are given on the service's scale; `speed` is how many times as fast it runs here.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import machine
from trust.account_lab import durations, measured

METHODS = ("widget", "sdk", "backoff")
HEAD = "| service | method | pictures | 429s | makespan / ideal | fairness | longest wait | / ideal | polls |"


def main() -> None:
    """Print a table."""
    speed = float(sys.argv[1]) if sys.argv[1:] else 8.0
    seed = int(sys.argv[2]) if sys.argv[2:] else 1
    wanted = durations(seed)
    print(f"{machine()}; {speed:g} times as fast, seed {seed}, ideal {sum(map(sum, wanted)):.0f} s\n")
    print(HEAD, "|---" * 9 + "|", sep="\n")
    for mode in ("queue", "strict"):
        for method in sys.argv[3:] or METHODS:
            with tempfile.TemporaryDirectory() as folder:
                found = measured(Path(folder) / "lab", method, mode, speed, wanted)
            print(
                f"| {mode} | {method} | {found.pictures} | {found.refused} | {found.makespan:.3f} | "
                f"{found.fairness:.3f} | {found.longest:.0f} s | {found.longest / found.ideal_longest:.2f} | "
                f"{found.polls} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
