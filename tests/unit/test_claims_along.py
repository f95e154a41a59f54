"""A distance along a line: where the nearest point of the line may be, and what "along" means for places off it."""

import math
from typing import Any

import pytest
from shapely.affinity import translate
from shapely.geometry import LineString, MultiLineString, Point

from storymap import earth
from storymap.places import Stated
from storymap.scene import Reading, Verdict
from storymap.story import DistanceDoc
from tests.unit.test_claims import found, place

ALONG = DistanceDoc(**{"from": "a", "to": "b", "along": "road"})
APART = 40 / 111_200  # degrees of latitude
HAIRPIN = LineString([(10, 52), (10.3, 52), (10.3, 52 + APART), (10, 52 + APART)])
SWITCHBACKS = LineString([(10, 55), (10.2, 55), (10.2, 55.0005), (10, 55.0005), (10, 55.001), (10.2, 55.001)])
RIVER = LineString([(12, 51), (12, 53)])


def judged(
    road: LineString | MultiLineString, a: Point, b: Point, words: str, u: float = 50.0, v: float = 20.0, **more: Any
) -> Reading:
    return found(
        ALONG, place("a", a, u), place("b", b, u), place("road", road, v, kind="road", **more), words=words
    ).headline


@pytest.mark.parametrize("words", ["about 100 m", "about 3.4 km", "about 38 km", "less than 4 km"])
def test_beside_a_hairpin_either_leg_may_be_the_nearest(words: str) -> None:
    reading = judged(HAIRPIN, Point(10, 52), Point(10.05, 52 + 0.4 * APART), words)
    assert (reading.verdict, reading.reasons) == (Verdict.TOO_CLOSE, ("uncertainty",))


@pytest.mark.parametrize("road", [HAIRPIN, SWITCHBACKS])
def test_the_interval_holds_the_way_for_all_true_positions(road: LineString) -> None:
    """Both places and the line are moved within their uncertainties."""
    a, b, u, v = Point(road.coords[0]), Point(10.1, road.coords[0][1] + 0.0002), 60.0, 15.0
    m = judged(road, a, b, "about 5 km", u, v).measurement
    ways = [
        earth.along(translate(road, 0, north / 111_300), Point(at), Point(to))
        for north in (-14.9, 14.9)
        for at in earth.circle((a.x, a.y), 59.9)[::40]
        for to in earth.circle((b.x, b.y), 59.9)[::20]
    ]
    assert max(ways) - min(ways) > 10_000
    assert m.low <= min(ways)
    assert max(ways) <= m.high


def test_on_a_straight_stretch_it_is_uncertain_by_both_places_and_no_more() -> None:
    m = judged(RIVER, Point(12, 51.5), Point(12, 52.5), "about 111 km", 500.0, 30.0).measurement
    assert (m.value - m.low, m.high - m.value) == pytest.approx((1000, 1000))


def test_a_bend_that_keeps_as_far_from_a_place_leaves_open_where_it_is_nearest() -> None:
    """Half a circle 50 km round a place, which lies off the line."""
    bend = LineString(earth.circle((12.0, 52.0), 50_000.0)[: len(earth.circle((12.0, 52.0), 50_000.0)) // 2])
    m = judged(bend, Point(12.001, 52.0), Point(bend.coords[0]), "about 10 km", 100.0).measurement
    assert m.high - m.low > math.pi * 49_000


@pytest.mark.parametrize("words", ["less than 1 km", "at most 100 km", "about 200 m"])
def test_places_far_off_a_line_are_not_near_each_other_along_it(words: str) -> None:
    reading = judged(RIVER, Point(10, 52), Point(14, 52), words)
    assert reading.verdict == Verdict.TOO_CLOSE
    assert [each.code for each in reading.measurement.widenings] == ["definition"]
    off = earth.nearest(Point(10, 52), RIVER).distance_m
    assert reading.measurement.high > 2 * off


def test_that_they_are_further_apart_than_both_ways_to_it_and_back_fails() -> None:
    assert judged(RIVER, Point(10, 52), Point(14, 52), "more than 400 km").verdict == Verdict.FAILS


def test_of_a_sketch_only_the_places_move_along() -> None:
    """A sketch strays by kilometres from its line, but leads past the same places in the same order."""
    wild = LineString([(12, 51), (12, 51.5), (12.02, 51.52), (12, 51.54), (12, 53)])
    stated = Stated(300_000, 1_000, "tables")
    m = judged(wild, Point(12, 51), Point(12, 53), "300 km", 50.0, 5000.0, schematic=True, stated=stated).measurement
    assert (m.value - m.low, m.high - m.value) == pytest.approx((1100, 1100))


def test_along_a_geodesic_edge_no_more_is_open_than_where_the_places_lie() -> None:
    """The shortest line runs far north of what is straight in degrees: places on it are on the line."""
    flight = LineString([(0.0, 50.0), (60.0, 50.0)])
    way = earth.geodesic((0.0, 50.0), (60.0, 50.0), step_m=50_000.0)
    m = judged(flight, Point(way[5]), Point(way[60]), "about 2,700 km", 500.0, 100.0, edges="geodesic").measurement
    assert "claims.work-edges" in [each.key for each in m.workings]  # the other reading of the edge is another matter
    assert "claims.work-feet" not in [each.key for each in m.workings]


def test_a_line_that_is_cut_at_the_180th_meridian_is_measured_along_as_the_one_it_is() -> None:
    whole = LineString([(179, 50), (180, 50), (181, 50.5)])
    cut = MultiLineString([[(-180, 50), (-179, 50.5)], [(179, 50), (180, 50)]])
    a, b = Point(179, 50), Point(-179, 50.5)
    one, halves = (judged(road, a, b, "about 160 km").measurement for road in (whole, cut))
    assert (halves.value, halves.low, halves.high) == pytest.approx((one.value, one.low, one.high), abs=1e-3)
