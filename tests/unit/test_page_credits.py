"""Whoever's data or picture the page shows is named in it, and OpenStreetMap on the map itself, as its licence asks."""

from __future__ import annotations

from datetime import date

import pytest

from storymap.compiler import build, check
from storymap.page.credits import credit_lines, data_line, day, map_credits
from storymap.places import Place
from storymap.scene import Picture
from storymap.strings import catalogue
from tests.unit.making import STATION, made, place, step

WORDS = catalogue()


def places_of(*sources: str | None, **keys: str) -> list[Place]:
    features = [place(f"p{i}", STATION, **({"source": s} if s else {}), **keys) for i, s in enumerate(sources)]
    for feature, source in zip(features, sources, strict=True):
        if source is None:
            del feature["properties"]["source"]
    shown = [f"p{i}" for i in range(len(sources))]
    return [item.place for item in check(made(step(show=shown), places=features)).resolved.scenes[0].shown]


@pytest.mark.parametrize(
    "source", ["© OpenStreetMap contributors", "openstreetmap.org, way 1", "coastline of OSM, simplified", "OSM"]
)
def test_openstreetmap_is_credited_on_the_map(source: str) -> None:
    (credit,) = map_credits([], places_of(source, "GeoNames"))
    assert (credit.text, credit.url) == ("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright")
    assert map_credits([source], []) == [credit]


def test_others_are_not() -> None:
    assert map_credits(["Natural Earth"], places_of("GeoNames", "cosmos", None)) == []


def test_the_page_has_the_link_on_the_map_wherever_such_a_place_is_drawn() -> None:
    """Also where the place is only context, or only measured."""
    osm = place("osm", {"type": "Point", "coordinates": [131.9, 43.1]}, source="OpenStreetMap")
    other = place("station", STATION)
    claim = {"quote": "4 km", "distance": {"from": "station", "to": "osm"}, "expect": "none"}
    link = '<p class="credit"><a href="https://www.openstreetmap.org/copyright"'
    pages = {
        "shown": made(step(show=["osm"]), places=[osm, other]),
        "context": made(step(), context=["osm"], places=[osm, other]),
        "measured": made(step("It is 4 km.", claims=[claim]), places=[osm, other]),
    }
    assert {name for name, inputs in pages.items() if link in build(inputs).html} == set(pages)
    assert link not in build(made(step(show=["station"]), places=[osm, other])).html


def test_every_source_stands_once_with_its_places_and_its_licence() -> None:
    lines = credit_lines(["Natural Earth"], places_of("GeoNames", "GeoNames", "OSM", license="CC BY 4.0"), [], WORDS)
    assert "Map: Natural Earth" in lines
    assert "P0, P1: GeoNames (CC BY 4.0)." in lines
    assert "P2: OSM (CC BY 4.0)." in lines
    assert lines[-1].startswith("Interactive map: Leaflet")


def test_pictures_are_credited() -> None:
    pictures = [Picture("image/png", b"", "alt", credit="A. Painter", license="CC0"), Picture("image/png", b"", "alt")]
    assert "Picture: A. Painter CC0" in credit_lines([], [], pictures, WORDS)
    assert sum(line.startswith("Picture") for line in credit_lines([], [], pictures, WORDS)) == 1


def test_the_page_says_on_which_day_its_data_stand() -> None:
    dated = [*places_of("a", retrieved="2026-03-01"), *places_of("b", retrieved="2025-12-31")]
    assert data_line(date(2019, 4, 25), dated, WORDS) == "The data stand as of 25 April 2019."
    assert data_line(None, dated, WORDS) == "The data stand as of 1 March 2026."
    assert data_line(None, places_of("a", retrieved="last spring"), WORDS) == WORDS.say("page.data-undated")
    assert data_line(None, [], WORDS) == WORDS.say("page.data-undated")


def test_days_are_in_words() -> None:
    assert day(date(2026, 12, 1), WORDS) == "1 December 2026"
    assert day(None, WORDS) == ""
