"""Layers that an author has made with folium stand on the map while their step shows, and work there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import pytest

from storymap.api import Story
from tests.browser.stage import Stage
from tests.unit.making import PLACES_FILE


@pytest.fixture
def story(tmp_path: Path, open_page: Callable[..., Any]) -> Stage:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    made = Story("Layers", folder=tmp_path).step("Nothing", "Nothing here.", show=["station"])
    shape = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [131.95, 43.1]}}
    own = [
        folium.Marker([43.11, 131.88], popup="<b>Here</b>", icon=folium.DivIcon(html="spot", class_name="own-spot")),
        folium.CircleMarker([43.12, 131.9], radius=9, class_name="own-circle"),
        folium.GeoJson(shape, marker=folium.CircleMarker(radius=4, class_name="own-point")),
    ]
    made.step("Layers", "Here they are.", show=["station"], layers=own)
    made.step("Nothing again", "Gone.", show=["station"])
    page = made.build(tmp_path / "build")
    return Stage(open_page(page, width=1280, height=800, reduced_motion=True).page)


def own(story: Stage) -> list[int]:
    return [story.page.locator(css).count() for css in (".own-spot", "path.own-circle", "path.own-point")]


def test_they_are_there_with_their_step_and_at_no_other(story: Stage) -> None:
    assert own(story) == [0, 0, 0]
    story.go("layers")
    assert own(story) == [1, 1, 1]
    story.go("nothing-again")
    assert own(story) == [0, 0, 0]
    story.go("layers")
    assert own(story) == [1, 1, 1]


def test_a_popup_opens_without_a_word_on_the_console(story: Stage) -> None:
    story.go("layers")
    story.page.locator(".own-spot").click()
    assert story.page.locator(".leaflet-popup-content b").inner_text() == "Here"
