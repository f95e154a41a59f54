"""Makes .venv with what uv.lock names. Needs Python 3.11 and nothing else: no pip, no venv, no activation.

python3 tools/setup/environment.py          what storymap needs to run
python3 tools/setup/environment.py dev      and what its tests need (any dependency groups of pyproject.toml)

uv is taken from the PATH; where it is missing or too old, the wheel that uv.lock pins is fetched into .tools.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import tomllib
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".tools"
REQUIREMENTS = TOOLS / "requirements.txt"


def main(groups: list[str]) -> None:
    """Make or renew .venv with the runtime packages and those of `groups`; what is there already stays."""
    uv = found_uv() or fetched_uv()
    print("installing " + " and ".join(["what storymap needs", *groups]) + " into .venv", file=sys.stderr)
    wanted = ["--no-default-groups", *(f"--group={group}" for group in groups)]
    python = f"--python={sys.executable}"

    def run(*arguments: str) -> None:
        if code := subprocess.run([uv, *arguments], cwd=ROOT, env=settings(), check=False).returncode:
            sys.exit(code)

    if not (mirror := package_index()):
        run("sync", "--frozen", "--inexact", "--quiet", python, *wanted)
        return
    # uv.lock remembers where each file was found. Behind a mirror only the names and hashes are of use.
    exported = f"--output-file={REQUIREMENTS}"
    run("export", "--frozen", "--quiet", "--no-emit-project", python, exported, *wanted)
    run("venv", "--allow-existing", "--quiet", python, ".venv")
    index = ["--quiet", "--python=.venv", f"--default-index={mirror}"]
    run("pip", "install", *index, "--require-hashes", "--requirement", str(REQUIREMENTS))
    run("pip", "install", *index, "--no-deps", "--editable", ".")


def settings() -> dict[str, str]:
    """Return this process's environment with what uv has to know."""
    ours = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": ".venv"}
    trusted = ssl.get_default_verify_paths()
    if sys.platform == "darwin" or trusted.cafile or trusted.capath:
        ours["UV_SYSTEM_CERTS"] = "true"  # a network with a certificate of its own has told the system, not uv
    return {name: value for name, value in (os.environ | ours).items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}


def package_index() -> str | None:
    """Return the package index that this machine is told to use instead of the usual one, or None."""
    names = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


def pinned() -> dict[str, Any]:
    """Return what uv.lock says of uv itself: version, and a url and hash for each wheel."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    return next(package for package in packages if package["name"] == "uv")


def version_of(uv: str) -> tuple[int, ...]:
    """Return the version of a uv program, or () where it does not run."""
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(int(number) for number in re.findall(r"\d+", said)[:3])


def found_uv() -> str | None:
    """Return a uv that is here already and at least as new as the pinned one, or None."""
    needed = tuple(int(number) for number in pinned()["version"].split("."))
    here = [str(TOOLS / "uv"), shutil.which("uv")]
    return next((uv for uv in here if uv and version_of(uv) >= needed), None)


def fetched_uv() -> str:
    """Fetch the pinned wheel, check its hash, unpack the program into .tools and return its path."""
    lock = pinned()
    wheels = {wheel["url"].rsplit("/", 1)[1]: wheel for wheel in lock["wheels"]}
    TOOLS.mkdir(exist_ok=True)
    print(f"fetching uv {lock['version']}", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=TOOLS) as folder:
        wheel = by_pip(lock["version"], Path(folder)) or by_url(wheels, Path(folder))
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if wheel.name not in wheels or wheels[wheel.name]["hash"] != f"sha256:{digest}":
            sys.exit(f"{wheel.name} is not the file that uv.lock pins: its sha256 is {digest}")
        with zipfile.ZipFile(wheel) as archive:
            program = archive.read(f"uv-{lock['version']}.data/scripts/uv")
        unpacked = Path(folder) / "uv"
        unpacked.write_bytes(program)
        unpacked.chmod(0o755)
        return str(unpacked.replace(TOOLS / "uv"))


def by_pip(version: str, folder: Path) -> Path | None:
    """Return the wheel as pip fetches it (pip knows this machine's mirrors), or None where pip cannot."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += [f"--dest={folder}", f"uv=={version}"]
    if mirror := package_index():
        command += [f"--index-url={mirror}"]
    done = subprocess.run(command, capture_output=True, check=False)
    return next(folder.glob("uv-*.whl"), None) if done.returncode == 0 else None


def by_url(wheels: dict[str, dict[str, str]], folder: Path) -> Path:
    """Return the wheel for this machine, fetched from the index or from where uv.lock found it."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    libc = "manylinux_2_" if platform.libc_ver()[0] == "glibc" else "musllinux_"
    start = "macosx_" if sys.platform == "darwin" else libc
    fitting = (
        name
        for name in sorted(wheels)
        if any(
            tag.startswith(start) and tag.endswith(f"_{machine}")
            for tag in name[: -len(".whl")].split("-")[-1].split(".")
        )
    )
    name = next(fitting, None)
    if name is None:
        sys.exit(f"there is no uv for {sys.platform} on {machine}: install uv yourself and run this again")
    try:
        url = url_in_index(mirror, name) if (mirror := package_index()) else wheels[name]["url"]
        (folder / name).write_bytes(read(url))
    except (OSError, LookupError) as error:
        sys.exit(f"cannot fetch {name}: {error}\ninstall uv yourself (or give Python its pip) and run this again")
    return folder / name


def url_in_index(index: str, name: str) -> str:
    """Return where an index (PEP 503 or 691) keeps the uv wheel `name`; LookupError where it does not."""
    page_url = f"{index.rstrip('/')}/uv/"
    page = read(page_url).decode()
    found: list[str]
    if page.lstrip().startswith("{"):
        found = [file["url"] for file in json.loads(page)["files"] if file["filename"] == name]
    else:
        found = [link for link in re.findall(r'href="([^"#]+)', page) if link.rsplit("/", 1)[-1] == name]
    if not found:
        raise LookupError(f"{page_url} does not list it")
    return urllib.parse.urljoin(page_url, found[0])


def read(url: str) -> bytes:
    """Return what `url` serves."""
    kinds = "application/vnd.pypi.simple.v1+json, text/html;q=0.5, */*;q=0.1"
    if not url.startswith("http"):
        raise LookupError(f"{url} is not a web address")
    request = urllib.request.Request(url, headers={"Accept": kinds})  # noqa: S310 - checked above
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
        content: bytes = answer.read()
        return content


if __name__ == "__main__":
    main(sys.argv[1:])
