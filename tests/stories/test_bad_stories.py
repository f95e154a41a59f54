"""Every mistake that we know by name has a story (or a places file) that makes it, and the message it must give.

A file in `bad/` is named after its problem's code; `places-` stands before the code where a places file has it, and
words may follow the code where it has several files. The message stands beside it in a `.txt`. After a change of
wording run this file as a script, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.places import read_places
from storymap.problems import Problem, StoryError, as_text
from storymap.resolve import resolve
from storymap.source import read_yaml
from storymap.story import read_story

BAD = Path(__file__).parent / "bad"
PLACES = Path(__file__).parent / "places.geojson"
# Too large to be kept: (name, bytes).
MADE = {
    "file-too-large.yaml": b"#" * 2_000_001,
    "text-too-long.yaml": b"title: A border\nsteps:\n  - title: One\n    text: %s\n" % (b"long " * 4001),
    "places-too-deep.geojson": b'{"type": "FeatureCollection", "features": %s' % (b"[" * 100_000),
}
NAMES = sorted([path.name for path in BAD.iterdir() if path.suffix in (".yaml", ".geojson")] + list(MADE))


def problems_of(name: str) -> tuple[Problem, ...]:
    raw = MADE[name] if name in MADE else (BAD / name).read_bytes()
    try:
        if name.endswith(".geojson"):
            return tuple(read_places(raw, name)[1])
        source = read_yaml(raw, name)
        atlas, _ = read_places(PLACES.read_bytes(), "places.geojson")
        return resolve(read_story(source), source, atlas, {}).warnings
    except StoryError as error:
        return error.problems


def shown(name: str) -> str:
    raw = MADE[name] if name in MADE else (BAD / name).read_bytes()
    return as_text(problems_of(name), {name: raw.decode(errors="replace")}) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_story_gives_its_message(name: str) -> None:
    assert shown(name) == (BAD / name).with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_story_has_the_problem_it_is_named_after_and_no_other_error(name: str) -> None:
    codes = {problem.code for problem in problems_of(name)}
    stem = Path(name).stem.removeprefix("places-")
    assert any(stem == code or stem.startswith(f"{code}-") for code in codes)
    others = {p.code for p in problems_of(name) if p.level == "error" and not stem.startswith(p.code)}
    assert others == set()


if __name__ == "__main__":
    for each in NAMES:
        (BAD / each).with_suffix(".txt").write_text(shown(each), encoding="utf-8")
