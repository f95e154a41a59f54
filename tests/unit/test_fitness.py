"""What cannot be measured is refused where the claim names it."""

from typing import Any

import pytest
from shapely.geometry import LineString, MultiLineString, Polygon, box

from storymap.fitness import named_twice, unfit
from storymap.places import Stated
from storymap.story import CountDoc, CrossesDoc, DirectionDoc, DistanceDoc, LinksDoc, TouchesDoc, WithinDoc
from tests.unit.test_claims import place

ROAD = LineString([(10, 52.5), (14, 52.5)])  # 271 km


@pytest.mark.parametrize(
    "doc",
    [
        DistanceDoc(**{"from": "a", "to": "a"}),
        DistanceDoc(**{"from": "a", "to": "b", "along": "b"}),
        DirectionDoc(**{"from": "a", "to": "a"}),
        WithinDoc(place="a", area="a"),
        LinksDoc(line="a", areas=["b", "b"]),
        TouchesDoc(places=["a", "a"]),
        CrossesDoc(line="a", over="a"),
    ],
)
def test_no_measure_asks_how_a_place_lies_to_itself(doc: Any) -> None:
    assert [fault.code for fault in named_twice(doc)] == ["same-place"]


@pytest.mark.parametrize(
    "doc",
    [
        DistanceDoc(**{"from": "a", "to": "b", "along": "c"}),
        TouchesDoc(places=["a", "b"]),
        CountDoc(kind="town", within="town"),
    ],
)
def test_different_places_may_be_named(doc: Any) -> None:
    assert list(named_twice(doc)) == []


def published(geometry: Any, length_m: float, u: float = 100.0) -> list[tuple[str, str]]:
    line = place("line", geometry, 1000.0, stated=Stated(length_m, u, "tables"))
    return [(fault.code, fault.level) for fault in unfit(line, ())]


def test_no_line_is_shorter_than_its_ends_are_apart() -> None:
    assert published(ROAD, 1_000) == [("bad-stated", "error")]
    assert published(ROAD, 260_000) == [("bad-stated", "error")]
    pieces = MultiLineString([[(10, 52.5), (12, 52.5)], [(13, 52.5), (15, 52.5)]])
    assert published(pieces, 260_000) == [("bad-stated", "error")]


def test_what_positions_and_the_published_figure_leave_open_is_allowed() -> None:
    assert published(ROAD, 275_000) == []
    assert published(ROAD, 270_000, 2_000) == []
    assert published(ROAD, 800_000) == []


def test_a_published_length_in_the_wrong_unit_is_told() -> None:
    assert published(ROAD, 275_000_000) == [("bad-stated", "warning")]
    loop = LineString([(10, 52), (10.5, 52), (10.5, 52.5), (10, 52)])
    assert published(loop, 120) == [("bad-stated", "warning")]
    assert published(box(10, 50, 11, 51), 300) == [("bad-stated", "warning")]


def test_a_coast_may_be_published_much_longer_than_it_is_drawn() -> None:
    assert published(Polygon([(10, 50), (11, 50), (11, 51)]), 5_000_000) == []
