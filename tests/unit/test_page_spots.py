"""Where the words of lines and areas stand."""

from __future__ import annotations

from shapely.geometry import Point, Polygon

from storymap.basemap.grid import Box
from storymap.page.map.spots import halfway, in_view, inside

VIEW = Box(0, 0, 100, 100)
SQUARE = [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0), (0.0, 0.0)]


def test_the_number_of_an_area_stands_deep_inside_it() -> None:
    horseshoe = [(0, 0), (90, 0), (90, 90), (60, 90), (60, 30), (30, 30), (30, 90), (0, 90), (0, 0)]
    spot = Point(inside([[(float(x), float(y)) for x, y in horseshoe]]))
    assert Polygon(horseshoe).exterior.distance(spot) > 14
    assert Polygon(horseshoe).contains(spot)


def test_the_number_of_an_area_does_not_stand_in_a_hole() -> None:
    hole = [(20.0, 20.0), (20.0, 70.0), (70.0, 70.0), (70.0, 20.0), (20.0, 20.0)]
    assert not Polygon(hole).contains(Point(inside([SQUARE, hole])))


def test_the_number_stands_in_the_largest_of_several_parts() -> None:
    islet = [(200.0, 0.0), (210.0, 0.0), (210.0, 10.0), (200.0, 10.0), (200.0, 0.0)]
    assert Polygon(SQUARE).contains(Point(inside([islet, SQUARE])))


def test_an_area_that_is_no_more_than_a_line_has_its_number_on_it() -> None:
    assert inside([[(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (0.0, 0.0)]])[1] == 0


def test_half_way_is_measured_along_the_longest_line_not_by_its_corners() -> None:
    crooked = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]
    assert halfway([crooked, [(0.0, 5.0), (100.0, 5.0)]]) == (50.0, 5.0)


def test_a_line_in_view_is_named_at_its_middle() -> None:
    assert in_view((50.0, 5.0), [[(0.0, 5.0), (100.0, 5.0)]], VIEW) == ((50.0, 5.0),)


def test_a_line_longer_than_the_view_is_named_on_the_part_in_view() -> None:
    assert in_view((500.0, 5.0), [[(20.0, 5.0), (980.0, 5.0)]], VIEW)[0] == (60.0, 5.0)


def test_of_several_parts_in_view_the_longest_is_named() -> None:
    there_and_back = [(20.0, 90.0), (500.0, 90.0), (500.0, 5.0), (60.0, 5.0)]
    assert in_view((500.0, 60.0), [there_and_back], VIEW)[0] == (60.0, 90.0)


def test_a_line_out_of_view_stays_where_it_is() -> None:
    assert in_view((500.0, 500.0), [[(200.0, 500.0), (800.0, 500.0)]], VIEW) == ((500.0, 500.0),)
