"""How long a picture takes in each style, and how much memory, as a worker of the offline service meets it.

Run by hand: `python tests/benchmarks/bench_painters.py`. Bars: a warm picture 0.6 s in the median of each style, the
first one of a process 1.0 s, four variants 2.0 s, and 200 MB above the import; seconds of one core.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from measure import machine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

WORDS = ("cat", "house", "sailboat", "flower", "bicycle", "horse")


def main() -> None:
    """Measure each style in a process of its own and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--one", help="only measure this style, and print JSON")
    style = parser.parse_args().one
    if style is not None:
        print(json.dumps(measured(style)))
        return
    from sketch_widget.offline.paint import STYLE_VALUES

    print(machine())
    print(f"{'style':22}{'first':>8}{'median':>8}{'worst':>8}{'n = 4':>8}{'peak MB':>9}")
    for value in STYLE_VALUES[1:]:
        done = subprocess.run([sys.executable, __file__, "--one", value], capture_output=True, text=True, check=True)
        row = json.loads(done.stdout)
        print(f"{value:22}" + "".join(f"{row[key]:8.2f}" for key in ("first", "median", "worst", "four")), end="")
        print(f"{row['peak']:9.0f}")


def measured(style: str) -> dict[str, float]:
    """Seconds of one core for the first picture, for warm ones and for four variants; megabytes above the import."""
    import resource

    from offline.paint.drawings import drawn_by_people

    from sketch_widget.offline.paint import paint
    from sketch_widget.offline.paint.commission import Commission

    chosen = {drawing.word: drawing.sketch.pixels() for drawing in drawn_by_people() if drawing.word in WORDS}

    def seconds(word: str, n: int = 1) -> float:
        begun = time.process_time()
        for _ in paint(Commission(chosen[word], f"a {word}", style, n=n)):
            pass
        return time.process_time() - begun

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    before = peak()
    first = seconds("cat")
    warm = [seconds(word) for _ in range(2) for word in WORDS]
    above = peak() - before
    return {"first": first, "median": median(warm), "worst": max(warm), "four": seconds("house", 4), "peak": above}


if __name__ == "__main__":
    main()
