"""Make sure that the browser tests can run: `python tests/browser/get_chromium.py`.

A Chromium that is found is used. Otherwise Debian's is installed by apt where this user may, else Playwright's own is
fetched. Playwright itself needs libatomic, which a bare Debian lacks. Where nothing helps, this ends with an error and
the command that mends it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browser.harness import MEND, find_browser

PLAYWRIGHT = [sys.executable, "-m", "playwright"]


def apt_commands(packages: list[str], is_root: bool, programs: set[str]) -> list[list[str]]:
    """Return how apt installs the packages for this user; nothing where it may not, or where nothing is missing."""
    if not packages or "apt-get" not in programs or not (is_root or "sudo" in programs):
        return []
    right = [] if is_root else ["sudo", "-n"]
    return [[*right, "apt-get", "update", "-q"], [*right, "apt-get", "install", "-q", "-y", *packages]]


def succeeds(command: list[str], quiet: bool = False) -> bool:
    """Run a command and return whether it went well."""
    out = subprocess.DEVNULL if quiet else None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, stdout=out, stderr=out).returncode == 0


def drives() -> bool:
    """Return whether Playwright's own program starts."""
    return succeeds([*PLAYWRIGHT, "--version"], quiet=True)


def find() -> Path | None:
    """Return the Chromium that the tests would use, or None."""
    own = Path("/nonexistent")
    if drives():
        with sync_playwright() as playwright:
            own = Path(playwright.chromium.executable_path)
    try:
        return find_browser(os.environ, own)
    except RuntimeError:
        return None


def main() -> int:
    """Find what is needed or install it; return the exit code."""
    missing = [] if drives() else ["libatomic1"]
    if find() is None:
        missing.append("chromium")
    programs = {name for name in ("apt-get", "sudo") if shutil.which(name)}
    for command in apt_commands(missing, os.geteuid() == 0, programs):
        if not succeeds(command):
            break
    if find() is None:
        succeeds([*PLAYWRIGHT, "install", "chromium"])
    found = find()
    if found is None or not drives():
        print(MEND, file=sys.stderr)
        return 1
    print(f"Chromium: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
