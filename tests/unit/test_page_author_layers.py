"""An author's own folium layers: on the step they belong to, the same every time, and their requests told."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import folium
import pytest
from folium.plugins import HeatMap
from folium.utilities import JsCode

from storymap.api import Story, ThirdPartyWarning
from storymap.page.live.author_layers import LayerRefused, copied
from storymap.page.live.interactive import live_map
from storymap.page.live.turns import turn
from tests.unit.making import PLACES_FILE

HEAT = "https://cdn.jsdelivr.net"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    return Story("Layers", folder=tmp_path)


def heat() -> HeatMap:
    return HeatMap([[43.1, 131.9]])  # type: ignore[no-untyped-call]  # folium types only some of its functions


def policy(html: str) -> dict[str, str]:
    (text,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    return {part.split()[0]: " ".join(part.split()[1:]) for part in text.split("; ")}


def test_a_layer_that_loads_nothing_costs_nothing(story: Story) -> None:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [130.6, 42.3]}}
    story.step("One", "A circle.", show=["station"], layers=[folium.Circle([42.4, 130.6], radius=900)])
    story.step("Two", "A shape.", show=["station"], layers=[folium.GeoJson(point, tooltip="x")])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        html = story.to_html()
    assert policy(html)["img-src"] == "data:"
    assert not re.search(r"https://", policy(html)["script-src"])
    assert re.search(r"\$\$main\.join\(\{ 1: feature_group_\w+, 2: feature_group_\w+, \}\);", html)


def test_maps_of_a_wms_are_told_and_allowed(story: Story) -> None:
    story.step("One", "Rain.", show=["station"], layers=[folium.WmsTileLayer("https://wms.example/x", layers="rain")])
    with pytest.warns(ThirdPartyWarning, match=r"wms\.example"):
        html = story.to_html()
    assert policy(html)["img-src"] == "data: https://wms.example"


def test_what_a_page_could_not_load_is_refused_with_a_reason(story: Story) -> None:
    film = folium.raster_layers.VideoOverlay("https://a.example/a.mp4", [[43, 131], [44, 132]])
    with pytest.raises(LayerRefused, match="no video"):
        copied(film)
    story.step("One", "Old.", layers=[folium.TileLayer("http://t.example/{z}/{x}/{y}.png", attr="them")])
    with pytest.raises(LayerRefused, match="not https"):
        story.to_html()


def test_a_page_without_layers_has_only_the_parts_of_leaflet_that_it_uses(story: Story) -> None:
    plain = story.step("One", "Nothing.", show=["station"]).to_html()
    assert "L.heatLayer" not in plain
    assert "featureGroup" not in plain
    assert "style-src-attr" not in policy(plain)


def test_what_a_layer_loads_is_told_and_allowed_and_nothing_else(story: Story) -> None:
    tiles = folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="them", subdomains="ab")
    story.step("One", "Heat.", show=["station"], layers=[heat()])
    story.step("Two", "Tiles.", show=["station"], layers=[tiles])
    with pytest.warns(ThirdPartyWarning) as told:
        html = story.to_html()
    (warning,) = told
    allowed = policy(html)
    for host in (HEAT, "https://a.tiles.example", "https://b.tiles.example"):
        assert host in str(warning.message)
    assert allowed["img-src"] == "data: https://a.tiles.example https://b.tiles.example"
    assert allowed["script-src"].split()[-1].startswith(f"{HEAT}/gh/python-visualization/")
    assert allowed["script-src"].split()[-1] == re.findall(r'<script src="([^"]*)"', html)[0]
    assert "tiles.example" not in allowed["script-src"] + allowed["style-src"]
    loaded = re.findall(r'<script src="([^"]*)"', html)
    assert len(loaded) == 1
    assert loaded[0].startswith(HEAT)
    assert "'unsafe-inline'" not in policy(html)["script-src"] + policy(html)["style-src"]


def test_the_same_story_is_the_same_page_twice_and_the_layers_stay_the_authors(story: Story) -> None:
    marker = folium.Marker([42.4, 130.7], popup="hello", tooltip="tip")
    elsewhere = folium.Map()
    marker.add_to(elsewhere)
    story.step("One", "A marker.", show=["station"], layers=[marker, heat()])
    with pytest.warns(ThirdPartyWarning):
        first, second = story.to_html(), story.to_html()
    assert first == second
    assert marker._parent is elsewhere
    assert set(re.findall(r"\b(?:marker|popup|html|heat_map)_(\w+)", first)) <= {f"sm{n:03d}" for n in range(99)}


def test_a_popup_needs_no_jquery(story: Story) -> None:
    html = story.step("One", "A marker.", layers=[folium.Marker([42.4, 130.7], popup="hello")]).to_html()
    assert "window.$ ??=" in html
    assert "jquery" not in html.lower()


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("a text", "str is no folium layer"),
        (folium.Map(), "add its layers one by one"),
        (folium.LayerControl(), "leave the control out"),
        (folium.Marker([1, 2], icon=folium.Icon(color="red")), r"CircleMarker, DivIcon or CustomIcon"),
        (folium.FeatureGroup().add_child(folium.Marker([1, 2], icon=folium.Icon())), "CustomIcon"),
    ],
)
def test_what_no_step_can_show_is_refused_where_it_is_written(layer: object, words: str) -> None:
    with pytest.raises(LayerRefused, match=words):
        Story("Layers").step("One", "Something.", layers=[layer])


def test_an_address_without_a_host_is_refused(story: Story) -> None:
    tiles = folium.TileLayer("https://a b/{z}/{x}/{y}.png", attr="them")
    with pytest.raises(LayerRefused, match="no host that a page could load from"):
        story.step("One", "Tiles.", layers=[tiles]).to_html()


def test_a_copy_of_a_layer_that_was_shown_brings_no_map_along() -> None:
    circle = folium.CircleMarker([1, 2])
    folium.Map().add_child(circle)
    assert copied(circle)._parent is None
    assert "CircleMarker" not in live_map({1: [circle]}).html


@pytest.mark.parametrize(("meridian", "lon"), [(180.0, 181.0), (-175.0, -179.0), (0.0, -179.0)])
def test_a_layer_lies_on_the_turn_of_the_world_that_the_map_shows(meridian: float, lon: float) -> None:
    point: dict[str, Any] = {"type": "Point", "coordinates": [181.0, -17.0]}
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "GeometryCollection", "geometries": [point]}}
    layers = [
        folium.Circle([-17.0, -179.0], radius=900),
        folium.FeatureGroup().add_child(folium.PolyLine([(-17.0, 180.5), (-17.0, 181.5)])),  # type: ignore[no-untyped-call]
        folium.GeoJson({"type": "FeatureCollection", "features": [feature]}),
        HeatMap([[-17.0, 181.0]]),  # type: ignore[no-untyped-call]
    ]
    live = live_map({1: layers}, meridian)
    places = re.findall(r"\[-17\.0, (-?[\d.]+)\]|\[(-?[\d.]+), -17\.0\]", live.script)
    assert {float(a or b) for a, b in places} == {lon, lon - 0.5, lon + 0.5}


def test_a_line_moves_as_one_and_keeps_its_numbers() -> None:
    line: Any = folium.PolyLine([(-17.0, 178.4419), (-17.5, 181.3)])  # type: ignore[no-untyped-call]
    turn(line, -178.0)
    assert line.locations == [[-17.0, -181.5581], [-17.5, -178.7]]
    turn(line, -178.0)
    assert line.locations == [[-17.0, -181.5581], [-17.5, -178.7]]


def test_nothing_of_an_author_s_scripts_is_spelled_anew(story: Story) -> None:
    """In code, a letter beyond ASCII is not always text: spelled out, a space of no break is none."""
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [130.6, 42.3]}}
    code = "(feature,\u00a0layer) => layer.bindTooltip(String.raw`– é`)"
    shape = folium.GeoJson(point, on_each_feature=JsCode(code))
    story.step("One", "A – shape.", show=["station"], layers=[shape])
    assert code in story.to_html()
