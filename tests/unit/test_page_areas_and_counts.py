"""Areas, perimeters and counts on the page: number, gauge, record, map and table."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import pytest
from shapely.geometry import Point, Polygon

from storymap.compiler import Built, build
from storymap.report import as_data, as_lines
from storymap.strings import catalogue
from tests.unit.making import PLACES, letters, made, place, step
from tests.unit.told import told

TEXT = "It has 99 km² and 37 km of shore. It has two towns. Three towns lie near by."
TOWNS = [
    place(name, {"type": "Point", "coordinates": [lon, lat]}, kind="town")
    for name, lon, lat in (("mill", 131.85, 42.97), ("port", 131.86, 43.0), ("rock", 131.95, 43.0))
]
CLAIMS: list[dict[str, Any]] = [
    {"quote": "99 km²", "area": "island", "verdict": "fails"},
    {"quote": "37 km of shore", "perimeter": "island", "verdict": "fails"},
    {"quote": "two towns", "count": {"kind": "town", "within": "island"}},
    {"quote": "Three towns", "count": {"kind": "town", "near": "station", "distance": "20 km"}},
]


@cache
def built() -> Built:
    return build(made(step(TEXT, claims=CLAIMS, show=["island"]), places=[*PLACES, *TOWNS]))


@pytest.mark.parametrize("at,number,unit", [(0, "90.6", "km²"), (1, "47.2", "km"), (2, "2", ""), (3, "3", "")])
def test_a_claim_card_has_the_number_and_its_unit(at: int, number: str, unit: str) -> None:
    cards = re.findall(r"<p class=number[^>]*>(.*?) ?<small>(.*?)</small>", letters(built().html))
    assert cards[at] == (number, unit)


def test_a_count_is_whole_wherever_it_stands() -> None:
    page = letters(built().html)
    card = page[page.rindex("class=number>3<") :]
    rows = dict(re.findall(r"<dt>(\w+)<dd[^>]*>([^<]*)", card))
    assert (rows["Measured"], rows["Uncertainty"], rows["Interval"]) == ("3", "± 0", "3")
    assert rows["Margin"] == "none to spare"
    assert "2 counted" in page


def test_the_gauge_of_a_count_begins_at_none() -> None:
    gauge = re.findall(r"<svg class=gauge.*?</svg>", built().html)[3]
    assert re.findall(r"<text (?:x=100% )?text-anchor=[^>]*>([^<]*)</text>", gauge) == ["0", "4"]


def test_rings_are_drawn_without_ends_and_counted_places_with_a_mark() -> None:
    area, _, within, near = told(built().html)["steps"][0]["measured"]
    assert area["ends"] == []
    assert (len(within["ends"]), len(near["ends"])) == (2, 3)
    assert 'id="m_c4"' in built().html


def test_the_text_under_the_map_says_what_is_counted() -> None:
    assert "Places of the kind “town” that lie inside Island (2)." in letters(built().html)


def test_the_reports_have_them_too() -> None:
    findings = list(built().checked.findings.values())
    assert [line.split()[:3] for line in as_lines(findings, catalogue())][2:] == [
        ["Holds", "2", "±"],
        ["Holds", "3", "±"],
    ]
    data = as_data("story.yaml", findings, (), (), catalogue())["claims"]
    assert [(claim["kind"], claim["dimension"]) for claim in data] == [
        ("area", "area"),
        ("perimeter", "length"),
        ("count", "count"),
        ("count", "count"),
    ]
    assert data[2]["places"] == ["island", "mill", "port"]
    assert data[2]["shown"]["claimed"] == "2"


def _data() -> dict[str, Any]:
    return told(built().html)


def test_an_area_its_edge_and_its_place_share_one_path() -> None:
    area, perimeter, *_ = _data()["steps"][0]["measured"]
    assert area["stroke"]["shape"] == perimeter["stroke"]["shape"] == "p_island"
    paths = re.findall(r'<path id="[pm]_[^"]*"[^>]* d="([^"]*)"', built().html)
    assert len(set(paths)) == len(paths)
    (step,) = re.findall(r'<section class="step".*?</section>', built().html, re.DOTALL)
    assert step.count('<use href=#p_island class="measured region"/>') == 1


def test_the_number_of_an_area_stands_inside_and_that_of_an_edge_on_it() -> None:
    (d,) = re.findall(r'id="p_island"[^>]* d="([^"]*)"', built().html)
    ring = Polygon(np.cumsum(np.array(re.findall(r"-?\d+", d), np.float64).reshape(-1, 2), axis=0))
    area, perimeter, *_ = _data()["steps"][0]["measured"]
    assert ring.contains(Point(area["at"]))
    to_edge = [ring.exterior.distance(Point(one["at"])) for one in (area, perimeter)]
    assert to_edge[0] > 0.2 * ring.area**0.5
    assert to_edge[1] <= 2  # the path stands on a grid of its own


def test_no_number_in_the_table_is_parted_from_its_unit() -> None:
    assert re.search(r"\d\u00a0km²</span><td", letters(built().html))


def test_a_lake_is_water_whether_it_is_shown_or_measured() -> None:
    (island,) = (one for one in PLACES if one["id"] == "island")
    lake = place("island", island["geometry"], kind="lake")
    drawn = build(made(step(TEXT, claims=CLAIMS[:1], show=["island"]), places=[lake])).parts.steps["one"].drawing
    assert [stroke.css for stroke in drawn.strokes] == ["area subject lake"]
    assert [one.stroke.css for one in drawn.measured] == ["measured region lake"]


def test_the_limit_of_a_count_is_thinner_than_what_is_measured() -> None:
    drawn = built().parts.steps["one"].drawing
    assert [one.stroke.css for one in drawn.measured][2:] == ["measured limit", "measured limit"]
