"""Proves that what we would publish works by itself: builds the wheel, looks inside, and uses it outside the checkout.

.venv/bin/python -m tools.smoke_wheel

Exits 1 and says why where a file is missing from the wheel, a command fails, no page is written, or the installed
package takes a module from the checkout.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tools.setup.environment import ROOT, fetched_uv, found_uv, settings

PACKAGE = ROOT / "src" / "storymap"
# Run in the new environment: the command line, then where each module came from.
ORIGINS = """
import sys
from storymap.cli import main
sys.argv[1:] = ["build"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted({str(getattr(m, "__file__", None)) for m in sys.modules.values()}), sep="\\n")
"""


def main() -> None:
    """Build, inspect, install, use."""
    uv = found_uv() or fetched_uv()
    with tempfile.TemporaryDirectory(prefix="storymap-wheel-") as folder:
        away = Path(folder).resolve()
        run([uv, "build", "--wheel", "--quiet", f"--out-dir={away}", str(ROOT)], cwd=away)
        wheel = next(away.glob("*.whl"))
        inspect(wheel)
        python = install(uv, wheel, away)
        use(python, away)
    print(f"the wheel works by itself: {wheel.name}")


def inspect(wheel: Path) -> None:
    """Stop unless the wheel holds every file of the package, byte for byte, and nothing else of the checkout."""
    wanted = {
        f"storymap/{file.relative_to(PACKAGE).as_posix()}": file.read_bytes()
        for file in PACKAGE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
    if packed != wanted:
        differing = sorted(name for name in packed.keys() | wanted.keys() if packed.get(name) != wanted.get(name))
        sys.exit("the wheel and src/storymap differ in: " + ", ".join(differing))


def install(uv: str, wheel: Path, away: Path) -> Path:
    """Return the Python of a new environment that holds the wheel and the runtime packages that uv.lock names."""
    requirements = away / "requirements.txt"
    export = [uv, "export", "--quiet", "--frozen", "--no-default-groups", "--no-emit-project"]
    run([*export, f"--output-file={requirements}"], cwd=ROOT)
    environment = away / "environment"
    run([uv, "venv", "--quiet", f"--python={sys.executable}", str(environment)], cwd=away)
    python = environment / "bin" / "python"
    add = [uv, "pip", "install", "--quiet", f"--python={python}"]
    run([*add, f"--requirement={requirements}"], cwd=away)
    run([*add, "--no-deps", str(wheel)], cwd=away)
    return python


def use(python: Path, away: Path) -> None:
    """Check and build a copy of the project's stories with the installed command."""
    project = away / "project"
    for name in ("stories", "data"):
        shutil.copytree(ROOT / name, project / name)
    storymap = python.parent / "storymap"
    run([str(storymap), "check"], cwd=project)
    run([str(storymap), "build"], cwd=project)
    for story in (project / "stories").glob("*.yaml"):
        page = project.joinpath("build", *story.stem.split("."), "index.html")  # trip.ko.yaml: trip/ko/index.html
        if not page.is_file() or b"</html>" not in page.read_bytes():
            sys.exit(f"{page.relative_to(project)} was not written whole")
    origins = run([str(python), "-c", ORIGINS], cwd=project).splitlines()
    if borrowed := [origin for origin in origins if origin.startswith(str(ROOT))]:
        sys.exit("taken from the checkout: " + ", ".join(borrowed))
    if not any(origin.startswith(str(away)) and origin.endswith("storymap/cli/__init__.py") for origin in origins):
        sys.exit("storymap was not taken from the wheel")


def run(command: list[str], *, cwd: Path) -> str:
    """Run a command without this environment's Python settings; return what it prints, stop where it fails."""
    done = subprocess.run(command, cwd=cwd, env=settings(), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"+ {' '.join(command)}\n{done.stdout}{done.stderr}exit code {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    main()
