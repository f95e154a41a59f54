"""A claim is a test: a project's stories are collected, each claim passes or fails by itself, errors are words."""

from __future__ import annotations

from pathlib import Path

import pytest

import storymap.compiler  # noqa: F401  (a run inside this one forgets what it has loaded, and numpy loads only once)
from tests.unit.making import PLACES_FILE

pytest_plugins = ["pytester"]

STORY = """\
title: A border
steps:
  - title: One
    text: It is less than 150 km, it is less than 100 km, and far.
    claims:
      - {quote: less than 150 km, distance: {from: station, to: border}}
      - {quote: less than 100 km, distance: {from: station, to: border}}
      - {quote: far, distance: {from: station, to: border}, expect: none}
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> Path:
    (pytester.path / "stories").mkdir()
    (pytester.path / "data").mkdir()
    (pytester.path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    (pytester.path / "stories" / "a.yaml").write_text(STORY)
    return pytester.path


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments)


@pytest.mark.usefixtures("project")
def test_every_claim_is_a_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, "-v")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*a.yaml::one/c1 PASSED*", "*a.yaml::one/c2 FAILED*", "*a.yaml::one/c3 PASSED*"])


@pytest.mark.usefixtures("project")
def test_a_failure_is_the_finding_and_where_it_stands(pytester: pytest.Pytester) -> None:
    result = run(pytester)
    result.stdout.fnmatch_lines(["Does not hold*127.2 km*under 100 km*less than 100 km*stories/a.yaml:7"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*runtest*")


def test_a_failure_that_the_author_declares_passes(pytester: pytest.Pytester, project: Path) -> None:
    (project / "stories" / "a.yaml").write_text(
        STORY.replace("{quote: less than 100", "{verdict: fails, quote: less than 100")
    )
    run(pytester).assert_outcomes(passed=3)


def test_a_wrong_story_is_an_error_in_words(pytester: pytest.Pytester, project: Path) -> None:
    (project / "stories" / "a.yaml").write_text(STORY.replace("station", "statoin"))
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*stories/a.yaml:6:*there is no place 'statoin' (did you mean 'station'?) [[]unknown-place[]]"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_one_claim_can_be_run_by_its_name(pytester: pytest.Pytester, project: Path) -> None:
    run(pytester, f"{project / 'stories' / 'a.yaml'}::one/c1").assert_outcomes(passed=1)


def test_other_yaml_is_left_alone(pytester: pytest.Pytester, project: Path) -> None:
    (project / "stories" / "a.yaml").unlink()
    (project / "other.yaml").write_text(STORY)
    (project / "elsewhere" / "stories").mkdir(parents=True)
    (project / "elsewhere" / "stories" / "b.yaml").write_text(STORY)
    (project / "stories" / "notes.txt").write_text(STORY)
    (project / "stories" / ".hidden.yaml").write_text(STORY)
    assert run(pytester).ret == pytest.ExitCode.NO_TESTS_COLLECTED
