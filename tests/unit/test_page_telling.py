"""Who cannot see a map is told what it shows, from the geometry: where things lie, how lines run, what is measured."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storymap.compiler import build
from tests.unit.making import BORDER, ISLAND, STATION, made, place, step

RAIL: dict[str, Any] = {"type": "LineString", "coordinates": [[131.88, 43.11], [131.9, 43.2], [131.95, 43.3]]}
TOWN: dict[str, Any] = {"type": "Point", "coordinates": [131.95, 43.3]}


def told(*steps: dict[str, Any], places: list[dict[str, Any]], **keys: Any) -> list[str]:
    """What is said of the map of each step."""
    html = build(made(*steps, places=places, **keys)).html
    return [re.sub(r"<[^>]*>", "", text) for text in re.findall(r'<p class="vh"[^>]*>(The map .*?)</p>', html)]


def test_a_map_says_how_wide_it_is() -> None:
    (text,) = told(step(view={"center": [0, 0], "zoom": 5}), places=[place("station", STATION)])
    # 880 px of 40,075 km / (256 × 2^z) each; the view frames less on purpose, so only its size is held here
    width = re.match(r"The map is about ([\d,]+) km wide\.", text)
    assert width
    assert 2_500 < int(width[1].replace(",", "")) < 5_000


def test_a_point_is_seen_from_the_first_one() -> None:
    places = [place("station", STATION), place("town", TOWN)]
    (text,) = told(step(show=["station", "town"]), places=places)
    assert "Station: a point. Town: a point about 22 km north-north-east of Station." in text


def test_a_line_runs_from_what_lies_at_its_ends_or_from_wind_to_wind() -> None:
    places = [place("station", STATION), place("town", TOWN), place("rail", RAIL), place("border", BORDER)]
    between, alone = told(
        step(show=["rail", "station", "town"]), {**step(show=["border"]), "title": "Two"}, places=places
    )
    assert "Rail: a line about 22 km long, from Station north-north-east to Town." in between
    assert re.search(r"Border: a line about \d\d km long, from north-north-west to south-south-east\.", alone)


def test_a_sketch_is_as_long_as_was_published() -> None:
    length = {"length_m": 31_000, "uncertainty_m": 500, "source": "an atlas"}
    (text,) = told(step(show=["rail"]), places=[place("rail", RAIL, schematic=True, stated=length)])
    assert "a line about 31 km long" in text


def test_a_closed_line_has_no_direction() -> None:
    ring = {"type": "LineString", "coordinates": [[0, 0], [1, 0], [1, 1], [0, 0]]}
    (text,) = told(step(show=["tour"]), places=[place("tour", ring)])
    assert re.search(r"Tour: a closed line about 380 km long\.", text)


def test_an_area_reaches_from_side_to_side_also_across_the_date_line() -> None:
    (text,) = told(step(show=["island"]), places=[place("island", ISLAND)])
    assert "Island: an area about 16 km from west to east and 11 km from north to south." in text
    far = {"type": "Polygon", "coordinates": [[[179, 60], [-179, 60], [-179, 61], [179, 61], [179, 60]]]}
    (text,) = told(step(show=["far"]), places=[place("far", far)])
    assert "Far: an area about 110 km from west to east and 110 km from north to south." in text


def test_a_measured_line_is_told_with_its_value_and_where_it_leads() -> None:
    claim = {"quote": "under 30 km", "distance": {"from": "station", "to": "town"}}
    places = [place("station", STATION), place("town", TOWN)]
    (text,) = told(step("It is under 30 km.", show=["station"], claims=[claim]), places=places)
    assert re.search(r"Measured: Straight line from Station to Town: 21\.\d+ km, towards north-north-east\.", text)


@pytest.mark.parametrize("number", [12, 13, 40])
def test_nobody_listens_to_more_than_twelve_places(number: int) -> None:
    places = [place(f"p{n}", {"type": "Point", "coordinates": [n / 10, 45]}) for n in range(number)]
    (text,) = told(step(show=[one["id"] for one in places]), places=places)
    assert text.count(": a point") == 12
    assert ("more place" in text) == (number > 12)
    assert number != 13 or "And 1 more place." in text


def test_what_only_orients_comes_last() -> None:
    places = [place("station", STATION), place("town", TOWN)]
    (text,) = told(step(show=["station", {"place": "town", "style": "context"}]), places=places)
    assert text.endswith("Station: a point. For orientation: Town.")


def test_where_readers_guess_first_no_number_of_what_they_guess_is_said() -> None:
    claim = {"quote": "17 km", "length": "border"}
    places = [place("border", BORDER), place("station", STATION)]
    shown = step("It is 17 km long.", show=["border", "station"], claims=[claim])
    (covered,) = told(shown, places=places, claims={"reveal": "click"})
    assert "For orientation: Border." in covered
    assert "long" not in covered
    (known,) = told(shown, places=places)
    assert "Border: a line about" in known
