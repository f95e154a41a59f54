"""Every mistake that we know by name has a story (or a places file) that makes it, and the message it must give.

A file in `bad/` is named after its problem's code; `places-` stands before the code where a places file has it, and
words may follow the code where it has several files. The message stands beside it in a `.txt`. The places of the bad
stories are those of `places.geojson`. After a change of wording run this file as a script, and read the difference.
"""

from __future__ import annotations

import ast
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from storymap.basemap import read_detail
from storymap.compiler import check
from storymap.editions import translations_of
from storymap.inputs import File, gather
from storymap.places import read_places
from storymap.problems import Problem, StoryError, as_text

BAD = Path(__file__).parent / "bad"
PLACES = Path(__file__).parent / "places.geojson"
MANUAL = Path(__file__).parents[2] / "docs" / "problems.md"
SOURCE = Path(__file__).parents[2] / "src" / "storymap"
# Hyphenated words that are no codes of problems.
NO_CODES = {"utf-8-sig", "js-default", "too-loose", "not-independent", "edge-model"}
# Too large to be kept: (name, bytes).
MADE = {
    "file-too-large.yaml": b"#" * 2_000_001,
    "text-too-long.yaml": b"title: A border\nsteps:\n  - title: One\n    text: %s\n" % (b"long " * 4001),
    "places-too-deep.geojson": b'{"type": "FeatureCollection", "features": %s' % (b"[" * 100_000),
}
# What has a translation beside it is sound: the mistake is in that one.
KEPT = [path.name for path in BAD.iterdir() if path.suffix in (".yaml", ".geojson") and not translations_of(path)]
NAMES = sorted(KEPT + list(MADE))


def problems_of(name: str) -> tuple[Problem, ...]:
    """The errors of a file, or its warnings if it has no errors."""
    raw = MADE[name] if name in MADE else (BAD / name).read_bytes()
    try:
        if name.startswith("places-"):
            return tuple(read_places(raw, name)[1])
        if name.endswith(".geojson"):
            read_detail(raw, name)
            return ()
        inputs = gather(raw, BAD / name)
        if not inputs.story.places:
            inputs = replace(inputs, places=File("places.geojson", PLACES.read_bytes()))
        return check(inputs).warnings
    except StoryError as error:
        return tuple(problem for problem in error.problems if problem.level == "error")


def shown(name: str) -> str:
    raw = MADE[name] if name in MADE else (BAD / name).read_bytes()
    return as_text(problems_of(name), {name: raw.decode(errors="replace")}) + "\n"


def code_in(name: str) -> str:
    """The code that a file is named after."""
    stem = name.partition(".")[0].removeprefix("places-")
    return next(code for code in sorted(sections(), key=len, reverse=True) if f"{stem}-".startswith(f"{code}-"))


def sections() -> set[str]:
    """The codes that the manual explains."""
    return set(re.findall(r"^## ([a-z0-9-]+)$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE))


def codes_in_source() -> set[str]:
    """The codes in the program: every hyphenated word that is handed to something that reports."""
    reporters = re.compile(r"Problem|Complaint|\w*Error|ProseFault|fault|(self\.)?_\w+|self\.problem|.*\.append")
    found = set()
    for module in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and reporters.fullmatch(ast.unparse(node.func)):
                words = [arg.value for arg in ast.walk(node) if isinstance(arg, ast.Constant)]
                found |= {w for w in words if isinstance(w, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", w)}
    return found - NO_CODES


@pytest.fixture(autouse=True)
def _among_the_bad_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems show paths from the working folder on."""
    monkeypatch.chdir(BAD)


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_story_gives_its_message(name: str) -> None:
    assert shown(name) == (BAD / name).with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_story_has_the_problem_it_is_named_after_and_no_other(name: str) -> None:
    assert {problem.code for problem in problems_of(name)} == {code_in(name)}


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_says_what_to_type(name: str) -> None:
    assert [problem for problem in problems_of(name) if not problem.help] == []


def test_every_code_is_explained_and_has_a_bad_story() -> None:
    assert codes_in_source() - sections() == set()
    assert codes_in_source() - {code_in(name) for name in NAMES} == set()


if __name__ == "__main__":
    os.chdir(BAD)
    for each in NAMES:
        (BAD / each).with_suffix(".txt").write_text(shown(each), encoding="utf-8")
