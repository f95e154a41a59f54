"""The same story gives the same bytes, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import storymap
from storymap.compiler import build
from storymap.inputs import read

ROOT = Path(__file__).parents[2]
SEED = "stories/kim-in-russia.yaml"
SOURCE = Path(storymap.__file__).parent


@cache
def page() -> bytes:
    return build(read(ROOT / SEED)).html.encode()


PLACES_TO_BE = {
    "Vladivostok, in C": {
        "TZ": "Asia/Vladivostok",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "0",
        "HOME": "/nonexistent",
    },
    "Kiritimati, in Turkish": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4242",
        "HOME": "/",
        "USER": "somebody",
        "SOURCE_DATE_EPOCH": "1",
    },
}


@pytest.mark.parametrize("environment", PLACES_TO_BE.values(), ids=PLACES_TO_BE)
def test_another_place_gives_the_same_bytes(tmp_path: Path, environment: dict[str, str]) -> None:
    """Another folder and working folder, time zone, language, home and order of sets."""
    project = tmp_path / "Ein Ordner 📁" / "project"
    for folder in ("stories", "data"):
        shutil.copytree(ROOT / folder, project / folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [sys.executable, "-m", "storymap", "build", str(project / SEED), "-o", "out"]
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    subprocess.run(command, cwd=elsewhere, env=kept | environment, check=True, capture_output=True)
    assert (elsewhere / "out" / "kim-in-russia" / "index.html").read_bytes() == page()


def test_the_page_knows_nothing_of_the_machine() -> None:
    text = page().decode()
    assert [
        path for path in (ROOT, Path.home(), Path(sys.prefix), Path.cwd()) if f"{path}/" in text and len(path.parts) > 1
    ] == []
    assert re.findall(r"file://|/home/|/Users/|/tmp/|[A-Z]:\\\\", text) == []


def test_building_again_in_the_same_process_gives_the_same_bytes() -> None:
    assert build(read(ROOT / SEED)).html.encode() == page()


def test_no_module_asks_for_the_time_or_for_chance() -> None:
    asking = re.compile(
        r"\b(?:time\.(?:time|localtime|strftime)|\.now\(|\.today\(|utcnow|import (?:random|uuid|secrets)|urandom)"
    )
    found = [path.name for path in SOURCE.rglob("*.py") if asking.search(path.read_text(encoding="utf-8"))]
    assert found == ["coasts.py"]  # a coast file says on which day it was cut; no page comes of it
