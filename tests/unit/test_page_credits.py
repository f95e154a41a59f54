"""Whoever's data or picture the page shows is named in it, and OpenStreetMap on the map itself, as its licence asks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from storymap.compiler import build, check
from storymap.inputs import read
from storymap.page.credits import LICENSES, Line, credit_lines, data_line, day, licensed, map_credits, picture_credits
from storymap.places import Place
from storymap.scene import Medium
from storymap.strings import catalogue
from tests.unit.making import STATION, made, place, step

WORDS = catalogue()
SEED = Path(__file__).parents[2] / "stories" / "kim-in-russia.yaml"


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
    assert map_credits([(source, "")], []) == [credit]
    assert map_credits([("Somebody", source)], []) == [credit]


def test_others_are_not() -> None:
    assert map_credits([("Natural Earth", "public domain")], places_of("GeoNames", "cosmos", None)) == []


def test_the_page_has_the_link_on_the_map_wherever_such_a_place_is_drawn() -> None:
    """Also where the place is only context, or only measured."""
    osm = place("osm", {"type": "Point", "coordinates": [131.9, 43.1]}, source="OpenStreetMap")
    other = place("station", STATION)
    claim = {"quote": "4 km", "distance": {"from": "station", "to": "osm"}, "verdict": "fails"}
    link = '<p class="credit"><a href="https://www.openstreetmap.org/copyright"'
    pages = {
        "shown": made(step(show=["osm"]), places=[osm, other]),
        "context": made(step(), context=["osm"], places=[osm, other]),
        "measured": made(step("It is 4 km.", claims=[claim]), places=[osm, other]),
    }
    assert {name for name, inputs in pages.items() if link in build(inputs).html} == set(pages)
    assert link not in build(made(step(show=["station"]), places=[osm, other])).html


def text(line: Line) -> str:
    return "".join(part.text for part in line)


def links(line: Line) -> dict[str, str]:
    return {part.text: part.url for part in line if part.url}


def test_every_source_stands_once_with_its_places_and_its_licence() -> None:
    natural_earth = ("Natural Earth", "public domain")
    lines = credit_lines([natural_earth], places_of("a map", "a map", "OSM", license="CC BY 4.0"), [], WORDS)
    said = [text(line) for line in lines]
    assert "Map: Natural Earth (public domain)." in said
    assert "P0, P1: a map (CC BY 4.0)." in said
    assert "P2: OSM (CC BY 4.0)." in said
    assert said[-1].startswith("Interactive map: Leaflet")


@pytest.mark.parametrize("name", LICENSES)
def test_a_licence_is_a_link_to_its_text(name: str) -> None:
    line = credit_lines([("Coast", f"land: {name}; the rest: as agreed")], [], [], WORDS)[0]
    assert links(line) == {LICENSES[name].text: LICENSES[name].url}
    assert text(line) == f"Map: Coast (land: {LICENSES[name].text}; the rest: as agreed)."


@pytest.mark.parametrize("words", ["MITRE", "SUMMIT", "CC-BY-4.0-like", "fact", "–", ""])
def test_other_words_are_no_licence(words: str) -> None:
    assert [part.url for part in licensed(words) if part.url] == []


def test_geonames_has_its_link_once_and_says_what_became_of_its_positions() -> None:
    """Its licence, CC BY 4.0, asks for the maker, a link and a note of changes."""
    places = places_of("GeoNames 1880252", "GeoNames 2013348", license="CC-BY-4.0")
    (line,) = [line for line in credit_lines([], places, [], WORDS) if "GeoNames" in text(line)]
    assert text(line) == "P0, P1: GeoNames, positions rounded (CC BY 4.0)."
    assert links(line)["GeoNames"] == "https://www.geonames.org"


def test_a_picture_that_leaves_the_page_names_every_source_that_asks_for_it() -> None:
    def named(*sources: str, towns: bool = False) -> list[str]:
        return [credit.text for credit in picture_credits(places_of(*sources), towns=towns)]

    assert named("GSHHG 2.3.6, shore", "GeoNames 12") == ["GSHHG", "GeoNames"]
    assert named("OSM", towns=True) == ["© OpenStreetMap contributors", "GeoNames"]
    assert named("a map") == []


@pytest.mark.parametrize(("borders", "said"), [(True, 1), (False, 0)])
def test_only_the_basemaps_own_borders_are_said_to_be_de_facto(borders: object, said: int) -> None:
    html = build(made(step(), basemap={"borders": borders})).html
    assert html.count(WORDS.say("credit.borders")) == said


def test_pictures_are_credited() -> None:
    media = [Medium("image", "alt", credit="A. Painter", license="CC0"), Medium("image", "alt")]
    (line,) = [line for line in credit_lines([], [], media, WORDS) if text(line).startswith("Picture")]
    assert text(line) == "Picture: A. Painter CC0"
    assert links(line) == {"CC0": LICENSES["CC0"].url}


def test_the_licence_of_leaflet_is_in_the_page_and_its_credit_leads_there() -> None:
    (link,) = links(credit_lines([], [], [], WORDS)[-1]).values()
    html = build(made(step())).html
    assert f'<a href="{link}">BSD-2-Clause</a>' in html
    assert f'<pre id="{link[1:]}">' in html


def test_a_finer_coast_is_credited_with_its_licence() -> None:
    html = build(read(SEED)).html
    credit = html[html.index("Map: GSHHG") :].split("</li>")[0]
    assert f'<a href="{LICENSES["LGPL-3.0-or-later"].url}" target="_blank" rel="noopener">' in credit
    assert f'<a href="{LICENSES["ODbL-1.0"].url}" target="_blank" rel="noopener">' in credit


def test_words_of_an_author_in_a_credit_stay_words() -> None:
    source = place("station", STATION, source="<b>GeoNames</b>", license='"><i>MIT</i>')
    html = build(made(step(show=["station"]), places=[source])).html
    assert "<b>GeoNames" not in html
    assert "<i>MIT" not in html
    assert "&lt;b&gt;<a " in html


def test_the_page_says_on_which_day_its_data_stand() -> None:
    dated = [*places_of("a", retrieved="2026-03-01"), *places_of("b", retrieved="2025-12-31")]
    assert data_line(date(2019, 4, 25), dated, WORDS) == "The data stand as of 25 April 2019."
    assert data_line(None, dated, WORDS) == "The data stand as of 1 March 2026."
    assert data_line(None, places_of("a", retrieved="last spring"), WORDS) == WORDS.say("page.data-undated")
    assert data_line(None, [], WORDS) == WORDS.say("page.data-undated")


def test_days_are_in_words() -> None:
    assert day(date(2026, 12, 1), WORDS) == "1 December 2026"
    assert day(None, WORDS) == ""
