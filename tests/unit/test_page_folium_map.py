"""A story as a folium map: its places, measured lines and steps, in degrees, and no word of it taken for HTML."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any, cast

import folium
import pytest
from branca.element import Figure

from storymap.api import Story
from storymap.page.live.folium_map import text_of
from tests.unit.making import PLACES_FILE

EVIL = "</script><img src=x onerror=alert(1)>`${alert(2)}\\ {{7*7}}"
CLAIM = {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}}


@pytest.fixture
def story(tmp_path: Path) -> Story:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    made = Story("A border", folder=tmp_path)
    made.step("One", "It is less than 150 km.", show=["station", "border"], claims=[CLAIM])
    return made.step("Two", "An island.", show=["island"], layers=[folium.CircleMarker([43.0, 131.9], radius=77)])


def rendered(chart: folium.Map) -> str:
    return str(cast("Figure", chart.get_root()).render())


def test_each_step_is_a_group_and_the_first_is_shown(story: Story) -> None:
    chart = story.to_map()
    assert isinstance(chart, folium.Map)
    groups = [child for child in chart._children.values() if isinstance(child, folium.FeatureGroup) and child.control]
    assert [(group.layer_name, group.show) for group in groups] == [("1. One", True), ("2. Two", False)]


def test_measured_lines_and_own_layers_are_there(story: Story) -> None:
    text = rendered(story.to_map())
    finding = next(iter(story.check().findings.values()))
    lon, lat = finding.headline.measurement.lines[0][0]
    near = [[float(a), float(b)] for a, b in re.findall(r"\[(-?\d+\.\d+), (-?\d+\.\d+)\]", text)]
    assert min(abs(a - lat) + abs(b - lon) for a, b in near) < 2e-4  # lat, lon
    assert '"radius": 77' in text


def test_it_is_the_same_map_every_time(story: Story) -> None:
    assert rendered(story.to_map()) == rendered(story.to_map())


def test_a_notebook_can_show_it(story: Story) -> None:
    assert "<iframe" in cast("Any", story.to_map())._repr_html_()


def test_words_of_a_story_never_become_html_or_script(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    story = Story(EVIL, folder=tmp_path)
    story.step(EVIL, "It is less than 150 km.", show=[{"place": "border", "label": EVIL}], claims=[CLAIM])
    text = rendered(story.to_map())
    assert "<img" not in text
    assert "${alert" not in text
    assert text.count("</script>") == text.count("<script")
    assert re.search(r"&lt;img src=x onerror=alert\(1\)&gt;|\\u0026lt;img", text)


@pytest.mark.parametrize("words", [EVIL, "plain", "“Né” 📍", "a & b", ""])
def test_escaped_words_read_as_they_were_written(words: str) -> None:
    safe = text_of(words)
    assert html.unescape(safe) == words
    assert not re.search(r"[<>`$\\{}]", safe)
