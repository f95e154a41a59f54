"""A journey draws itself once as a reader comes to its step, and what its map does not name is explained once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import build
from tests.browser.stage import DESKTOP, PHONE, Stage
from tests.unit.making import made, place

WAY = {"type": "LineString", "coordinates": [[131.0, 43.0], [131.9, 43.4], [132.6, 43.1]]}
ENDS = [
    place(name, {"type": "Point", "coordinates": at}, uncertainty_m=3000)
    for name, at in (("west", [131.0, 43.0]), ("east", [132.6, 43.1]))
]
STATED = {"length_m": 150_000, "uncertainty_m": 2000, "source": "a timetable"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shown = [{"place": "way", "towards": "east"}, "west", "east"]
    far = {
        "quote": "130 km apart",
        "distance": {"from": "west", "to": "east"},
        "also": [{"label": "to the way", "to": "way"}],
    }
    steps = (
        {"title": "Ends", "text": "Two towns.", "show": ["west", "east"]},
        {"title": "Way", "text": "They lie 130 km apart.", "show": shown, "claims": [far]},
        {
            "title": "Once more",
            "text": "It is 150 km long.",
            "show": shown,
            "claims": [{"quote": "150 km", "length": "way"}],
        },
    )
    way = place("way", WAY, kind="railway", schematic=True, stated=STATED, uncertainty_m=3000)
    path = tmp_path_factory.mktemp("journey") / "index.html"
    path.write_text(build(made(*steps, places=[way, *ENDS])).html, encoding="utf-8")
    return path


def _drawing(story: Stage) -> list[bool]:
    """Whether the map is drawing journeys, and whether each journey's path is."""
    found: list[bool] = story.page.evaluate(
        """() => {
          const journeys = [...document.querySelectorAll(".leaflet-overlay-pane .journey")];
          const entering = document.querySelector(".folium-map").classList.contains("entering");
          return [entering, ...journeys.map((path) => path.hasAttribute("pathLength"))]; }"""
    )
    return found


def test_a_journey_draws_itself_once_and_is_dashed_again_afterwards(page: Path, open_page: Callable[..., Any]) -> None:
    story = Stage(open_page(page).page)
    assert _drawing(story) == [False]
    story.page.keyboard.press("ArrowRight")
    assert _drawing(story) == [True, True]
    story.page.wait_for_function("() => !document.querySelector('.folium-map.entering')", timeout=10_000)
    assert _drawing(story) == [False, False]
    claim = story.claims()[0]
    claim.click()
    story.rest()
    assert _drawing(story) == [False, False], "opening a claim is no journey"


def test_who_wants_no_motion_sees_it_whole_at_once(page: Path, open_page: Callable[..., Any]) -> None:
    story = Stage(open_page(page, reduced_motion=True).page)
    story.page.keyboard.press("ArrowRight")
    assert _drawing(story) == [False, False]
    assert story.boxes(".leaflet-overlay-pane .arrow")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_legend_explains_a_thing_on_the_first_map_that_shows_it_and_no_name_hides_under_it(
    page: Path, open_page: Callable[..., Any], size: tuple[int, int]
) -> None:
    story = Stage(open_page(page, width=size[0], height=size[1], reduced_motion=True).page)
    assert story.boxes("#sm_legend li") == []
    story.page.keyboard.press("ArrowRight")
    said = [sign.text for sign in story.boxes("#sm_legend li")]
    assert said[0] == "Sketch, not surveyed"
    (box,) = story.boxes("#sm_legend")
    assert [name.text for name in story.labels() if name.covers(box)] == []
    assert story.boxes("#sm_map")[0].holds(box)
    story.page.keyboard.press("ArrowRight")
    assert [sign.text for sign in story.boxes("#sm_legend li")] == []
    story.page.keyboard.press("ArrowLeft")
    assert [sign.text for sign in story.boxes("#sm_legend li")] == said


@pytest.mark.parametrize("step", ["border", "friendship-bridge", "russky-island", "campus"])
def test_who_opens_the_page_at_a_step_reads_the_legend_of_its_map(
    story_page: Path, open_page: Callable[..., Any], step: str
) -> None:
    story = Stage(open_page(story_page, fragment=f"#{step}").page)
    assert story.at == step
    assert story.boxes("#sm_legend li"), "there is room for it"


def test_uncertain_ground_comes_with_the_zoom_as_large_as_it_is(page: Path, open_page: Callable[..., Any]) -> None:
    story = Stage(open_page(page, reduced_motion=True).page)
    story.page.keyboard.press("ArrowRight")
    out = story.page.locator(".leaflet-control-zoom-out")
    wide: list[float] = []
    for _ in range(4):
        grounds = story.boxes(".leaflet-overlay-pane .ground")
        wide.append(max((ground.right - ground.left for ground in grounds), default=0.0))
        if "leaflet-disabled" not in (out.get_attribute("class") or ""):
            out.click()
            story.rest()
    assert wide[0] > 25
    assert wide[1] == pytest.approx(wide[0] / 2, abs=2)
    assert wide[-1] == 0


def test_another_reading_draws_its_line_when_it_is_opened(page: Path, open_page: Callable[..., Any]) -> None:
    story = Stage(open_page(page, reduced_motion=True).page)
    story.page.keyboard.press("ArrowRight")
    story.claims()[0].click()
    reading = story.page.locator(".panel details.also summary")
    for expected in (1, 0):
        reading.click()
        story.rest()
        assert len([css for css in story.layers() if "measured" in css and "also" in css]) == expected
