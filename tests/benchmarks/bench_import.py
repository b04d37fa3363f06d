"""Time `import sketch_widget` against the six libraries that it stands on: `python tests/benchmarks/bench_import.py`.

The bar: at most 1.2 times ipywidgets + ipycanvas + anywidget + httpx + numpy + PIL. Each import has its own process.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import machine, milliseconds

BARE = "import ipywidgets, ipycanvas, anywidget, httpx, numpy, PIL.Image"


def imports(code: str) -> None:
    """Run one import in a new interpreter."""
    subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    """Print the two times and their ratio."""
    nothing, bare, own = milliseconds(
        lambda: imports("pass"), lambda: imports(BARE), lambda: imports("import sketch_widget"), rounds=9
    )
    bare, own = bare - nothing, own - nothing
    print(machine())
    print(f"six libraries {bare:.0f} ms, sketch_widget {own:.0f} ms: {own / bare:.2f} times as long")


if __name__ == "__main__":
    main()
