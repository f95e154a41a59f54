"""A journey's arrowheads stand on its line, point along it, and only where it is seen."""

from __future__ import annotations

from math import atan2, degrees

import pytest
import shapely

from storymap.basemap.grid import Box
from storymap.compiler import build
from storymap.page.map.journeys import APART_PX, arrows_along, heading
from tests.unit.making import made, place, step
from tests.unit.test_page_static_map import _map_of, _parts

VIEW = Box(0, 0, 640, 400)
BEND = [(50.0, 50.0), (300.0, 60.0), (320.0, 350.0), (600.0, 380.0)]


def test_they_stand_on_the_line_and_point_along_it() -> None:
    line = shapely.LineString(BEND)
    found = arrows_along(BEND, VIEW, 1.0)
    assert len(found) == pytest.approx(line.length / APART_PX, abs=1.5)
    for arrow in found:
        spot = shapely.Point(arrow.x, arrow.y)
        assert line.distance(spot) < 1
        here = line.project(spot)
        a, b = line.interpolate(here - 5), line.interpolate(here + 5)
        turn = degrees(atan2(b.y - a.y, b.x - a.x)) - arrow.turn
        assert abs((turn + 180) % 360 - 180) < 15


def test_the_way_back_has_them_turned_round() -> None:
    there, back = arrows_along(BEND, VIEW, 1.0), arrows_along(BEND[::-1], VIEW, 1.0)
    assert {(a.x, a.y) for a in there} == {(a.x, a.y) for a in back}
    assert there[0].turn % 360 == pytest.approx((back[-1].turn + 180) % 360, abs=1)


def test_none_stands_half_way_where_the_number_is_nor_outside_of_the_view() -> None:
    straight = [(-900.0, 200.0), (1500.0, 200.0)]
    found = arrows_along(straight, VIEW, 1.0)
    assert found
    assert all(0 <= arrow.x <= 640 and abs(arrow.x - 320) > 20 for arrow in found)
    assert len(arrows_along([(0.0, 0.0), (60.0, 0.0)], VIEW, 1.0)) == 1
    assert arrows_along([(0.0, 0.0), (30.0, 0.0)], VIEW, 1.0) == ()


def test_a_direction_ends_in_an_arrowhead() -> None:
    assert heading([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]).turn == 90


ROUTE = {"type": "LineString", "coordinates": [[131.5, 43.0], [131.7, 43.1], [132.0, 43.05]]}
GOALS = [
    place("west", {"type": "Point", "coordinates": [131.45, 43.02]}),
    place("east", {"type": "Point", "coordinates": [132.02, 43.06]}),
]


@pytest.mark.parametrize(
    ("towards", "journey", "easterly"), [("east", "journey", True), ("west", "journey back", False)]
)
def test_a_line_is_gone_along_towards_the_place_at_its_end(towards: str, journey: str, easterly: bool) -> None:
    for kind in ("road", "railway", "border", "bridge"):
        route = place("route", ROUTE, kind=kind, schematic=kind == "border")
        parts = _parts(made(step(show=[{"place": "route", "towards": towards}]), places=[route, *GOALS]))
        (css,) = [s.css for s in parts[0].steps["one"].strokes if "journey" in s.css]
        assert journey in css.replace("schematic", "").strip()
        assert ("back" in css) is not easterly
        for lettering in _map_of(*parts).letterings:
            assert lettering.heads
            assert all((abs(head.turn) < 90) is easterly for head in lettering.heads)


def test_a_line_without_a_journey_has_no_arrowheads() -> None:
    parts = _parts(made(step(show=["route"]), places=[place("route", ROUTE)]))
    assert [lettering.heads for lettering in _map_of(*parts).letterings] == [(), ()]


def test_what_is_measured_along_a_journey_goes_the_same_way() -> None:
    claim = {"quote": "long", "length": "route", "expect": "none"}
    shown = [{"place": "route", "towards": "west"}]
    drawing, _, _ = _parts(
        made(step("It is long.", show=shown, claims=[claim]), places=[place("route", ROUTE), *GOALS])
    )
    (measured,) = drawing.steps["one"].measured
    assert measured.stroke.css == "measured journey back"


@pytest.mark.parametrize(("towards", "back"), [("east", False), ("west", True)])
def test_a_line_that_is_cut_at_the_180th_meridian_is_one_journey(towards: str, back: bool) -> None:
    halves = {"type": "MultiLineString", "coordinates": [[[179, 50], [180, 50]], [[-180, 50], [-179, 51]]]}
    goals = [
        place("west", {"type": "Point", "coordinates": [179, 50]}),
        place("east", {"type": "Point", "coordinates": [181, 51]}),
    ]
    shown = [{"place": "route", "towards": towards}]
    drawing = build(made(step(show=shown), places=[place("route", halves), *goals])).parts.steps["one"].drawing
    (css,) = [s.css for s in drawing.strokes if "journey" in s.css]
    assert ("back" in css) is back
    assert drawing.arrows
    assert all((abs(arrow.turn) > 90) is back for arrow in drawing.arrows)
