"""A story and its translations are built together: what is wrong in one file leaves all of their pages as they were."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from storymap import cli
from storymap.compiler import build_many
from storymap.problems import StoryError
from storymap.publish import page_of
from tests.unit.making import PLACES_FILE

STORY = """title: A border
steps:
  - id: one
    title: One
    text: It is less than 150 km.
    claims:
      - {quote: less than 150 km, distance: {from: station, to: border}}
"""
KOREAN = """language: ko
title: 국경
steps:
  one:
    title: 하나
    text: 150km가 안 된다.
    claims: {less than 150 km: 150km가 안 된다}
"""
FRENCH = """language: fr
title: Une frontière
steps:
  one:
    title: Un
    text: C’est moins de 150 km.
    claims: {less than 150 km: moins de 150 km}
"""
WRONG = KOREAN.replace("150km가 안 된다}", "200km가 안 된다}")


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs a command in a project, after writing the stories that are given by their names."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    monkeypatch.chdir(tmp_path)

    def run_(*arguments: str, **stories: str) -> Ended:
        for name, text in stories.items():
            Path("stories", f"{name.replace('_', '.')}.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["storymap", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return Ended(int(end.value.code or 0), *capsys.readouterr())

    return run_


def files_in(folder: str) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def test_pages_of_a_story_are_written_only_if_all_of_its_languages_can_be(run: Run) -> None:
    """Else a page would link to one that is not there, or that says something else."""
    ended = run("build", trip=STORY, trip_ko=WRONG, trip_fr=FRENCH)
    assert ended.code == 2
    assert "stories/trip.ko.yaml:7:32: error: '200km" in ended.err
    assert "stories/trip.yaml: not written, for what is wrong in stories/trip.ko.yaml" in ended.err
    assert "stories/trip.fr.yaml: not written, for what is wrong in stories/trip.ko.yaml" in ended.err
    assert "open " not in ended.out
    assert files_in("build") == {}


def test_what_was_built_before_stays_to_the_byte(run: Run) -> None:
    assert run("build", trip=STORY, trip_ko=KOREAN).code == 0
    before = files_in("build")
    assert {"build/trip/index.html", "build/trip/ko/index.html"} <= before.keys()
    assert run("build", trip=STORY.replace("A border", "Another"), trip_ko=WRONG).code == 2
    assert files_in("build") == before


def test_another_story_is_built_all_the_same(run: Run) -> None:
    ended = run("build", trip=STORY, trip_ko=WRONG, zebra=STORY)
    assert ended.code == 2
    assert [name for name in files_in("build") if name.endswith(".html")] == ["build/zebra/index.html"]


def test_what_is_wrong_with_a_story_is_told_once_and_not_again_of_its_translations(run: Run) -> None:
    wrong = STORY.replace("station", "statoin")
    for command in ("build", "check"):
        ended = run(command, trip=wrong, trip_ko=KOREAN, trip_fr=FRENCH)
        assert ended.code == 2
        assert ended.err.count("there is no place 'statoin'") == 1
        assert ended.err.count("see above") == 2


def test_a_translation_alone_is_built_alone(run: Run) -> None:
    run("check", trip=STORY, trip_ko=KOREAN, trip_fr=FRENCH.replace("moins de 150 km}", "plus}"))
    assert run("build", "stories/trip.ko.yaml").code == 0
    assert [name for name in files_in("build") if name.endswith(".html")] == ["build/trip/ko/index.html"]


def test_every_link_to_another_language_finds_its_page(run: Run) -> None:
    run("build", trip=STORY, trip_ko=KOREAN, trip_fr=FRENCH)
    pages = [Path(name) for name in files_in("build") if name.endswith(".html")]
    assert len(pages) == 3
    for page in pages:
        found = re.findall(r' href="([^"]*index\.html)"', page.read_text(encoding="utf-8"))
        assert len(found) >= 4
        assert all((page.parent / address).is_file() for address in found)


def test_many_stories_are_written_by_the_same_rule(run: Run) -> None:
    run("check", trip=STORY, trip_ko=WRONG, zebra=STORY)
    paths = [Path("stories", name) for name in ("zebra.yaml", "trip.yaml", "trip.ko.yaml")]
    results = build_many(paths, Path("out"))
    assert next(results)[1] == page_of(paths[0], Path("out"))
    with pytest.raises(StoryError, match="quote"):
        next(results)
    assert [name for name in files_in("out") if name.endswith(".html")] == ["out/zebra/index.html"]


def test_many_stories_come_in_the_order_in_which_they_were_asked_for(run: Run) -> None:
    run("check", trip=STORY, trip_ko=KOREAN, zebra=STORY)
    paths = [Path("stories", name) for name in ("trip.ko.yaml", "zebra.yaml", "trip.yaml")]
    assert [page for _, page in build_many(paths, Path("out"))] == [page_of(path, Path("out")) for path in paths]


@pytest.mark.parametrize("second", ["trip.ko.yml", "trip.KO.yaml", "trip.Ko.yml"])
def test_two_translations_into_one_language_are_one_error_that_names_both(run: Run, second: str) -> None:
    run("check", trip=STORY, trip_ko=KOREAN)
    Path("stories", second).write_text(KOREAN, encoding="utf-8")
    one, other = sorted(("trip.ko.yaml", second))
    told = f"stories/{one} and stories/{other} are both translations of stories/trip.yaml into"
    for command in ("check", "build"):
        ended = run(command, "stories/trip.yaml")
        assert ended.code == 2
        assert ended.err.count(": error: ") == 1
        assert told in ended.err
        assert "delete the other" in ended.err
    assert files_in("build") == {}


NAMED = KOREAN.removeprefix("language: ko\n")


@pytest.mark.parametrize(
    ("name", "language", "told", "help"),
    [
        ("trip.en", "en", "stories/trip.yaml has no 'language', and is taken to be in 'en' itself", "add its"),
        ("trip.kr", "kr", "must be a language tag, and 'kr' is not the one that is used", "type ko"),
        ("trip.kr", "ko", "'language' is 'ko', and the name of the file says 'kr'", "rename the file to trip.ko.yaml"),
        ("trip.zz", "zz", "must be a language tag, and there is no language 'zz'", "type en, ko"),
        ("trip.jp-JP", "jp-JP", "there is no language 'jp'", "did you mean 'ja-JP'?"),
        ("trip.ko", "korean", "must be a language tag, not 'korean'", "type ko"),
        ("trip.ko", "ko_KR", "must be a language tag, not 'ko_KR'", "type ko-KR"),
        ("trip.korean", "ko", "'korean' in its name is no language tag", "rename the file to trip.ko.yaml"),
        ("trip_ko", "ko", "the name of this file is not that of one", "rename it to trip.ko.yaml"),
        ("Trip.ko", "ko", "beside it is no story of that name", "rename this file to trip.ko.yaml, or put Trip.yaml"),
        ("tripp.ko", "ko", "beside it is no story of that name", "rename this file to trip.ko.yaml"),
        ("zebra.ko", "ko", "beside it is no story of that name", "put zebra.yaml beside it"),
    ],
)
def test_a_translation_that_is_none_by_its_name_or_language_is_told_what_to_type(
    run: Run, name: str, language: str, told: str, help: str
) -> None:
    run("check", trip=STORY)
    path = Path("stories", f"{name}.yaml")
    path.write_text(f"language: {language}\n{NAMED}", encoding="utf-8")
    ended = run("check", str(path))
    assert ended.code == 2
    assert ended.err.count(": error: ") == 1
    assert told in ended.err
    assert f"  help: {help}" in ended.err


def test_a_translation_of_nothing_is_known_without_steps_too(run: Run) -> None:
    ended = run("check", "stories/lost.ko.yaml", lost_ko="language: ko\ntitle: 국경\n")
    assert "beside it is no story of that name" in ended.err


def test_steps_that_are_no_list_are_told_as_that_in_a_story(run: Run) -> None:
    ended = run("check", "stories/trip.yaml", trip="title: T\nsteps:\n  one: {title: One, text: Short.}\n")
    assert "'steps' must be a list" in ended.err
