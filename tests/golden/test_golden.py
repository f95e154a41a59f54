"""What the seed story gives, word for word: a change here is one that authors and readers see.

After a change that is meant, `STORYMAP_UPDATE_GOLDEN=1 pytest tests/golden` writes the files anew: read the difference.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from storymap.cli import main
from storymap.compiler import Built, build, picture
from storymap.inputs import read

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SEED = "stories/kim-in-russia.yaml"
DOOR = "STORYMAP_UPDATE_GOLDEN"


def same_as_golden(name: str, text: str) -> None:
    """Compare `text` with the golden file `name`; write the file instead where the door is open, never on CI."""
    path = HERE / name
    if os.environ.get(DOOR) == "1":
        if os.environ.get("CI"):
            pytest.fail(f"{DOOR} is set on CI, where nobody reads the difference")
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """A function that returns what `storymap check` prints of the seed story."""

    def printed(*options: str) -> str:
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(sys, "argv", ["storymap", "check", SEED, *options])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        assert (end.value.code, err) == (0, "")
        return out

    return printed


@cache
def built(story: str) -> Built:
    return build(read(ROOT / story))


def seed() -> Built:
    return built(SEED)


def test_check_of_the_seed_story(check: Callable[..., str]) -> None:
    same_as_golden("check.txt", check())


def test_check_of_the_seed_story_for_machines(check: Callable[..., str]) -> None:
    """Rounded to a millimetre or a millisecond: the last digits of a float depend on the machine."""

    def rounded(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: rounded(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [rounded(inner) for inner in value]
        return round(value, 3) if isinstance(value, float) else value

    data = rounded(json.loads(check("--format", "json")))
    same_as_golden("check.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def test_static_map_of_the_border(monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture that stands in the step, and the shapes of the places that it draws."""
    monkeypatch.chdir(ROOT)
    html = seed().html
    (step,) = re.findall(r'<section class="step" id="border".*?</section>', html, re.DOTALL)
    (picture,) = re.findall(r'<figure class="still">.*?(<svg class="map".*</svg>)', step, re.DOTALL)
    used = re.findall(r'href="#([pm]_[^"]+)"', picture)
    shapes = [re.findall(rf'<path id="{name}".*?/>', html)[0] for name in dict.fromkeys(used)]
    text = picture.replace("><", ">\n<") + "\n" + "\n".join(shapes) + "\n"
    same_as_golden("border.svg.txt", text)


PICTURES = (
    ("kim-in-russia", "border"),
    ("kim-in-russia", "station"),
    ("iceland-measured", "arctic-circle"),
    ("iceland-measured", "towns"),
    ("trans-siberian", "amur"),
    ("bering-strait", "diomedes"),
)


@pytest.mark.parametrize(("story", "step"), PICTURES)
def test_the_picture_file_of_a_step(monkeypatch: pytest.MonkeyPatch, story: str, step: str) -> None:
    monkeypatch.chdir(ROOT)
    same_as_golden(f"{story}.{step}.svg", picture(built(f"stories/{story}.yaml"), step).decode())


def test_the_door_is_closed_on_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DOOR, "1")
    monkeypatch.setenv("CI", "true")
    before = (HERE / "check.txt").read_bytes()
    with pytest.raises(pytest.fail.Exception, match="nobody reads the difference"):
        same_as_golden("check.txt", "something else")
    assert (HERE / "check.txt").read_bytes() == before
