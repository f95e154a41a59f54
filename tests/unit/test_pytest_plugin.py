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
    # A run inside this one would take over that a warning is an error.
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", "-W", "default", *arguments)


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


def test_a_wrong_story_fails_in_words_and_the_others_are_tested(pytester: pytest.Pytester, project: Path) -> None:
    (project / "stories" / "a.yaml").write_text(STORY.replace("station", "statoin"))
    (project / "stories" / "b.yaml").write_text(STORY)
    result = run(pytester, "-v")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["*a.yaml::story FAILED*", "*b.yaml::one/c1 PASSED*"])
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


CLOSE = STORY.replace("than 150", "than 127.2")


def test_a_claim_too_close_to_call_passes_with_a_warning(pytester: pytest.Pytester, project: Path) -> None:
    (project / "stories" / "a.yaml").write_text(CLOSE)
    result = run(pytester, "-k", "c1")
    result.assert_outcomes(passed=1, deselected=2, warnings=1)
    result.stdout.fnmatch_lines(["*StoryWarning: stories/a.yaml:6:*: warning: too close to call: measured 127.2 km*"])


WARNED = STORY.replace("and far", "and 3 km wide, and 2 km deep, and far")


def test_a_warning_of_a_story_is_one_of_the_run(pytester: pytest.Pytester, project: Path) -> None:
    (project / "stories" / "a.yaml").write_text(WARNED)
    result = run(pytester, "-k", "story or c1")
    result.assert_outcomes(passed=2, deselected=2, warnings=2)
    result.stdout.fnmatch_lines(["*StoryWarning: stories/a.yaml:4:*'3 km' measures something*"])


def test_a_wrong_story_stands_at_the_line_of_its_first_fault(pytester: pytest.Pytester, project: Path) -> None:
    (project / "stories" / "a.yaml").write_text(STORY.replace("station", "statoin"))
    (item,) = pytester.inline_genitems(str(project / "stories"))[0]
    assert item.location == (str(Path("stories") / "a.yaml"), 5, "story")


def test_warnings_fail_where_the_run_says_so(pytester: pytest.Pytester, project: Path) -> None:
    """As under `storymap check --strict`: the claim or the story fails for itself, in words, with all its warnings."""
    (project / "stories" / "a.yaml").write_text(CLOSE)
    (project / "stories" / "b.yaml").write_text(WARNED)
    result = run(pytester, "-v", "-k", "story or c1 or c3", "-W", "error::storymap.pytest_plugin.StoryWarning")
    result.assert_outcomes(passed=3, failed=2, deselected=2)
    result.stdout.fnmatch_lines(["*a.yaml::one/c1 FAILED*", "*b.yaml::story FAILED*", "*b.yaml::one/c1 PASSED*"])
    result.stdout.fnmatch_lines(["stories/a.yaml:6:*: warning: too close to call: measured 127.2 km*"])
    result.stdout.fnmatch_lines(["stories/b.yaml:4:*'3 km' measures*", "stories/b.yaml:4:*'2 km' measures*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_test_stands_in_its_file_at_its_line(pytester: pytest.Pytester, project: Path) -> None:
    """Editors and reports show it there: pytest's location counts lines from 0."""
    items, _ = pytester.inline_genitems(str(project / "stories"))
    assert [(item.location[0], item.location[1]) for item in items] == [
        (str(Path("stories") / "a.yaml"), line) for line in (5, 6, 7)
    ]
    assert [item.location[2] for item in items] == ["“less than 150 km”", "“less than 100 km”", "“far”"]


def test_stories_are_found_by_way_of_a_link(pytester: pytest.Pytester, project: Path) -> None:
    link = project.parent / f"{project.name}-link"
    link.symlink_to(project)
    run(pytester, str(link / "stories")).assert_outcomes(passed=2, failed=1)
