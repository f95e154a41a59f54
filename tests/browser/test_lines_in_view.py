"""A line longer than the map is named where it is seen, and what is measured is seen whole when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import build
from tests.browser.stage import DESKTOP, PHONE, Stage
from tests.unit.making import made, place, step

CIRCLE = place("circle", {"type": "LineString", "coordinates": [[-60, 66.55], [20, 66.55]]}, edges="planar")
ISLE = place(
    "isle",
    {
        "type": "Polygon",
        "coordinates": [[[-18.2, 66.35], [-17.8, 66.35], [-17.8, 66.6], [-18.2, 66.6], [-18.2, 66.35]]],
    },
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    claims = [
        {"quote": "crosses it", "crosses": {"line": "circle", "over": "isle"}},
        {"quote": "500 km²", "area": "isle"},
    ]
    text = "The circle crosses it. The island has 500 km²."
    view = {"center": [66.55, -18.0], "zoom": 8.5}
    built = build(
        made(
            step(text, show=[{"place": "circle", "label": "Circle"}, "isle"], view=view, claims=claims),
            places=[CIRCLE, ISLE],
        )
    )
    path = tmp_path_factory.mktemp("circle") / "index.html"
    path.write_text(built.html, encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_line_that_goes_on_beyond_the_map_is_named_on_it(
    page: Path, open_page: Callable[..., Any], size: tuple[int, int]
) -> None:
    story = Stage(open_page(page, width=size[0], height=size[1], reduced_motion=True).page)
    (name,) = [label for label in story.labels() if label.text == "Circle"]
    (window,) = story.boxes("#sm_map")
    assert window.holds(name)


def test_a_line_that_goes_on_beyond_the_picture_is_named_on_it(page: Path, open_page: Callable[..., Any]) -> None:
    story = Stage(open_page(page, javascript=False).page)
    picture, *_ = story.boxes("svg.map")
    names = [label for label in story.boxes("svg.map g.wide text.name") if label.text == "Circle"]
    assert len(names) == 1
    assert picture.holds(names[0])


def test_the_map_of_a_crossing_frames_the_crossing(page: Path, open_page: Callable[..., Any]) -> None:
    story = Stage(open_page(page, reduced_motion=True).page)
    before = story.view()
    story.claims()[0].click()
    story.rest()
    after = story.view()
    assert before["west"] < after["west"] < -18.2
    assert -17.8 < after["east"] < before["east"]


def test_a_line_measured_twice_has_one_number_whichever_other_claim_is_open(
    tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    """Two lines, each measured for two claims: to open one of them shows nothing twice."""
    quotes = {"far off": "port", "as distant": "port", "near by": "quay", "as close": "quay"}
    claims = [
        {"quote": quote, "distance": {"from": "station", "to": to}, "expect": "none"} for quote, to in quotes.items()
    ]
    ports = [
        place(name, {"type": "Point", "coordinates": at})
        for name, at in (("station", [131.0, 43.0]), ("port", [131.9, 43.0]), ("quay", [131.4, 43.3]))
    ]
    story = step(
        "It is far off and as distant, or near by and as close.", show=["station", "port", "quay"], claims=claims
    )
    path = tmp_path / "index.html"
    path.write_text(build(made(story, places=ports)).html, encoding="utf-8")
    stage = Stage(open_page(path, reduced_motion=True).page)
    for claim in stage.claims():
        claim.click()
        stage.rest()
        numbers = [label.text for label in stage.labels() if label.text.endswith("km")]
        assert len(numbers) == len(set(numbers)), claim.inner_text()


def test_the_number_of_an_area_stands_on_the_land_it_counts(page: Path, open_page: Callable[..., Any]) -> None:
    story = Stage(open_page(page, reduced_motion=True).page)
    story.claims()[1].click()
    story.rest()
    (region,) = story.boxes("path.measured.region")
    (number,) = [label for label in story.labels() if label.text.endswith("km²")]
    assert region.holds(number)
