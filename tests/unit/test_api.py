"""A story made in Python goes the same way as one from a file."""

from __future__ import annotations

import doctest
from datetime import date
from pathlib import Path

import pytest

import storymap
from storymap import api
from storymap.api import Story
from storymap.compiler import build_file
from storymap.problems import StoryError, ToolError
from tests.unit.making import PLACES_FILE

CLAIM = {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    return tmp_path


def test_the_example_in_its_documentation_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert doctest.testmod(api) == (0, 2)
    assert doctest.testmod(storymap) == (0, 2)
    assert storymap.Story is Story


def test_no_other_name_comes_of_the_package() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Storey'"):
        _ = storymap.Storey


def test_a_story_in_python_is_the_page_of_the_same_story_in_a_file(project: Path) -> None:
    story = Story("A border", folder=project, name="border", byline="me", published=date(2026, 11, 23), language="en")
    story.step("One", "It is less than 150 km.", show=["station", "border"], claims=[CLAIM]).step("Two", "“Né” 📍")
    (project / "border.yaml").write_text(
        "title: A border\nbyline: me\npublished: 2026-11-23\nsteps:\n"
        "  - title: One\n    text: It is less than 150 km.\n    show: [station, border]\n"
        "    claims:\n      - {quote: less than 150 km, distance: {from: station, to: border}}\n"
        "  - {title: Two, text: “Né” 📍}\n",
        encoding="utf-8",
    )
    built, _ = build_file(project / "border.yaml", project / "build")
    assert story.to_html() == built.html
    assert {finding.verdict for finding in story.check().findings.values()} == {"holds"}


def test_build_writes_the_page(project: Path) -> None:
    story = Story("A border", folder=project, name="border").step("One", "Short.")
    page = story.build(project / "out")
    assert page == project / "out" / "border" / "index.html"
    assert page.read_text(encoding="utf-8") == story.to_html()


def test_a_wrong_story_has_the_same_problems_as_a_wrong_file(project: Path) -> None:
    story = Story("A border", folder=project, byln="me").step("One", "Short.", show=["bordr"])
    for action in (story.check, story.build, story.to_html):
        with pytest.raises(StoryError) as caught:
            action()
        assert sorted(problem.code for problem in caught.value.problems) == ["unknown-key", "unknown-place"]
    with pytest.raises(StoryError, match=r"missing-key|wrong-type"):
        Story("No steps").check()
    with pytest.raises(StoryError):
        Story("Half a character \ud800").step("One", "Short.").check()


def test_a_page_that_cannot_be_written_is_the_machines_fault(project: Path) -> None:
    (project / "out").write_text("precious")
    with pytest.raises(ToolError):
        Story("A border", folder=project).step("One", "Short.").build(project / "out")


def test_a_text_where_a_list_of_places_should_be_is_one_problem(project: Path) -> None:
    with pytest.raises(StoryError) as caught:
        Story("A border", folder=project).step("One", "Short.", show="border").check()
    (problem,) = caught.value.problems
    assert (problem.code, problem.help) == ("wrong-type", "type show: [border]")


@pytest.mark.parametrize(
    ("story", "where"),
    [
        (Story("A border").step("One", None), "steps[0].text"),  # type: ignore[arg-type]
        (Story("A border", byline=None).step("One", "Short."), "byline"),
        (Story("A border").step("One", "Short.", claims=[{"quote": None}]), "steps[0].claims[0].quote"),
    ],
)
def test_none_is_no_text(story: Story, where: str) -> None:
    """It would be published as the word "null"."""
    with pytest.raises(StoryError) as caught:
        story.to_html()
    assert [(p.code, p.message) for p in caught.value.problems] == [("missing-value", f"{where} is None")]
