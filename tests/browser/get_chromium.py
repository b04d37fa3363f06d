"""Make sure that there is a Chromium for the browser tests: `python tests/browser/get_chromium.py`.

One that is found is used. Otherwise Debian's is installed by apt where this user may, else Playwright's own is fetched.
Where neither works, it ends with an error and the command that mends it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browser.harness import MEND, find_browser


def ways_to_install(is_root: bool, has: dict[str, bool]) -> list[list[list[str]]]:
    """Return what to try, in this order: each way is a list of commands."""
    ways = []
    if has["apt-get"] and (is_root or has["sudo"]):
        right = [] if is_root else ["sudo", "-n"]
        ways.append([[*right, "apt-get", "update", "-q"], [*right, "apt-get", "install", "-q", "-y", "chromium"]])
    ways.append([[sys.executable, "-m", "playwright", "install", "chromium"]])
    return ways


def find() -> Path | None:
    """Return the Chromium that the tests would use, or None."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    try:
        return find_browser(os.environ, own)
    except RuntimeError:
        return None


def main() -> int:
    """Find a Chromium or install one; return the exit code."""
    found = find()
    if found is None:
        has = {name: shutil.which(name) is not None for name in ("apt-get", "sudo")}
        for way in ways_to_install(os.geteuid() == 0, has):
            worked = all(
                subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}).returncode == 0
                for command in way
            )
            found = find() if worked else None
            if found is not None:
                break
    if found is None:
        print(MEND, file=sys.stderr)
        return 1
    print(f"Chromium: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
