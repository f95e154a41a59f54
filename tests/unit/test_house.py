"""Promises about the project as a whole: what a command loads, what is public, what we depend on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path
from types import FunctionType

import pytest

from storymap.cli import cli
from storymap.compiler import build
from storymap.inputs import gather

ROOT = Path(__file__).parents[2]
SEED = ROOT / "stories" / "kim-in-russia.yaml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAVY = {
    "PIL",
    "branca",
    "folium",
    "geographiclib",
    "geopy",
    "jinja2",
    "markdown_it",
    "nh3",
    "numpy",
    "pydantic",
    "resvg_py",
    "shapely",
    "xyzservices",
    "yaml",
}
# Prints the top-level packages, and our own modules, that a command has loaded when it ends.
LOADED = """
import json, sys
from storymap.cli import main
sys.argv[1:] = json.loads(sys.stdin.read())
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print()
print(json.dumps(sorted(name for name in sys.modules if "." not in name or name.startswith("storymap."))))
"""


def loaded_by(*arguments: str) -> set[str]:
    """Every package, and every module of ours, that `storymap ARGUMENTS` loads."""
    given = json.dumps(arguments)
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_no_room_and_nothing_heavy(option: str) -> None:
    loaded = loaded_by(option)
    assert loaded & HEAVY == set()
    ours = {name for name in loaded if name.startswith("storymap") and not name.startswith("storymap.cli")}
    assert ours == {"storymap", "storymap.problems"}


def test_check_loads_what_it_measures_with_and_nothing_that_draws() -> None:
    loaded = loaded_by("check", str(SEED))
    assert "shapely" in loaded
    assert loaded & {"branca", "folium", "geopy", "jinja2", "requests", "resvg_py", "PIL"} == set()
    assert {name for name in loaded if name.startswith("storymap.page")} == set()


def test_check_of_a_story_without_a_coast_of_its_own_loads_no_basemap(tmp_path: Path) -> None:
    story = tmp_path / "plain.yaml"
    story.write_text("title: T\nsteps:\n  - {title: One, text: Short.}\n")
    assert {name for name in loaded_by("check", str(story)) if name.startswith("storymap.basemap")} == set()


def test_the_page_loads_no_geocoder() -> None:
    code = "from storymap.page import render; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "geopy" not in done.stdout.split()


def test_only_a_preview_loads_what_draws_it() -> None:
    code = (
        "import sys; from pathlib import Path; from storymap.compiler import build, picture; "
        "from storymap.inputs import read; built = build(read(Path(sys.argv[1]))); picture(built, 'border'); "
        "print('resvg_py' in sys.modules); picture(built, 'border', 'png'); print('resvg_py' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(SEED)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


PUBLIC = {
    "storymap": "",
    "storymap.api": "Story ThirdPartyWarning",
    "storymap.compiler": "Built Checked build build_file build_many check check_file lay_out picture write",
    "storymap.problems": """Problem Span StoryError StorymapError ToolError
        as_excerpt as_line as_record as_text did_you_mean""",
}


@pytest.mark.parametrize("module", PUBLIC)
def test_the_public_names_are_these(module: str) -> None:
    """A name more is a promise more; a name less breaks one, and needs a line in the changelog."""
    defined = {name for name, value in vars(import_module(module)).items() if defined_in(module, value)}
    assert {name for name in defined if not name.startswith("_")} == set(PUBLIC[module].split())


def defined_in(module: str, value: object) -> bool:
    return isinstance(value, type | FunctionType) and value.__module__ == module


def test_the_version_is_the_same_everywhere() -> None:
    import storymap

    assert storymap.__version__ == PROJECT["version"] == metadata.version(PROJECT["name"])
    assert (
        f"storymap, version {PROJECT['version']}\n"
        == subprocess.run(
            [sys.executable, "-m", "storymap", "--version"], capture_output=True, text=True, check=True
        ).stdout
    )


def test_every_runtime_dependency_has_its_reason_written_down() -> None:
    page = (ROOT / "docs" / "decisions" / "0002-runtime-dependencies.md").read_text(encoding="utf-8")
    written = {line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")} - {"package"}
    named = {requirement.split(">")[0].split("=")[0] for requirement in PROJECT["dependencies"]}
    assert written == named


def test_the_lock_files_pin_everything_by_hash() -> None:
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    files = [file for p in packages for file in [*p.get("wheels", []), *([p["sdist"]] if "sdist" in p else [])]]
    assert len(files) > len(packages)
    assert all(file["hash"].startswith("sha256:") for file in files)
    node = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("integrity" in entry and "resolved" not in entry for path, entry in node.items() if path)


def test_the_readmes_story_builds_and_its_claim_holds() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    story = readme.split("```yaml\n")[1].split("```")[0]
    built = build(gather(story.encode(), ROOT / "stories" / "border.yaml"))
    assert [finding.verdict for finding in built.checked.findings.values()] == ["holds"]
    assert "<h1" in built.html


def test_the_readme_lists_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `storymap (\w+)", readme, re.MULTILINE)) == sorted(cli.commands)
