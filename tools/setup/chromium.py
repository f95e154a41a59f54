"""Finds a Chromium for the browser tests, and installs one where there is none.

python tools/setup/chromium.py      says which one it is; installs one first where there is none
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation")
HELP = """\
No Chromium was found, and it could not be installed.
The browser tests need one. Any of these helps:
  apt-get install chromium fonts-liberation     (as root; on Debian)
  python -m playwright install chromium         (as yourself; downloads Playwright's own)
  export STORYMAP_CHROMIUM=/path/to/chrome      (one that you have)"""


def find_chromium() -> str | None:
    """Return the path of a Chromium that runs, or None.

    Looked for in this order: $STORYMAP_CHROMIUM, the PATH, Playwright's own download.
    """
    named = os.environ.get("STORYMAP_CHROMIUM")
    candidates = [named] if named else [shutil.which(name) for name in NAMES]
    path = next((path for path in candidates if path and runs(path)), None)
    return path or (None if named else playwrights_own())


def runs(path: str) -> bool:
    """Return whether the program answers (some systems have a stub that only prints advice)."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def playwrights_own() -> str | None:
    """Return the path of the Chromium that Playwright downloaded, or None."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and most machines never come here

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> None:
    """Try the system's packages, then Playwright's own download; says nothing where neither works."""
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        env = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
        attempt([*env, "apt-get", "update", "-qq"])
        if attempt([*env, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]) and find_chromium():
            return
    attempt([sys.executable, "-m", "playwright", "install", "chromium"])


def attempt(command: list[str]) -> bool:
    """Run a command with its output sent to stderr; return whether it went well."""
    print("+ " + " ".join(command), file=sys.stderr)
    try:
        return subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    if not find_chromium():
        install()
    print("browser:", find_chromium() or sys.exit(HELP))
