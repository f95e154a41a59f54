"""Whether two places meet: how surely they overlap, cross, share a border, or how far they are apart."""

import math
import random

import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap import earth
from storymap.places import Place
from storymap.problems import StoryError
from storymap.scene import LonLat, Reading, Verdict
from storymap.story import TouchesDoc
from storymap.strings import catalogue
from storymap.wording import said
from tests.unit.test_claims import found, label, place

TOUCHES = TouchesDoc(places=["one", "other"])
DEGREE_M = 111_319.49  # of longitude, at the equator
NORTH_M = 110_574.3  # of latitude, there
WEST, EAST = box(0, 0, 1, 1), box(1, 0, 2, 1)


def judged(one: BaseGeometry | Place, other: BaseGeometry | Place, u: float = 100.0) -> Reading:
    first = one if isinstance(one, Place) else place("one", one, u)
    second = other if isinstance(other, Place) else place("other", other, u)
    return found(TOUCHES, first, second).headline


def test_apart_the_margin_is_the_gap() -> None:
    reading = judged(WEST, box(1.1, 0, 2, 1))
    m = reading.measurement
    assert -m.value == pytest.approx(earth.nearest(WEST, box(1.1, 0, 2, 1)).distance_m)
    assert (m.value - m.low, m.high - m.value) == pytest.approx((200, 200))
    assert reading.verdict == Verdict.FAILS
    assert "apart" in label(m)


def test_lines_that_cross_and_come_within_a_hair_elsewhere_touch() -> None:
    base = LineString([(0, 0), (1, 0)])
    over = LineString([(0.1, 8e-10), (0.2, 8e-10), (0.5, 0.1), (0.6, -0.1), (0.7, 0.2)])
    assert judged(base, over).verdict == judged(over, base).verdict == Verdict.HOLDS


def test_a_gap_within_the_uncertainty_may_be_none() -> None:
    assert judged(WEST, box(1.001, 0, 2, 1)).verdict == Verdict.TOO_CLOSE


@pytest.mark.parametrize(
    "other,depth",
    [
        (box(0.9, 0.2, 2, 0.8), 0.1 * DEGREE_M),
        (box(-0.5, 0.45, 1.5, 0.55), 0.45 * NORTH_M),  # no corner of either lies in the other
        (box(0.3, 0.3, 0.7, 0.7), 0.3 * NORTH_M),  # the deepest place of its edge counts
        (Point(0.5, 0.9), 0.1 * NORTH_M),
        (LineString([(0.5, -1), (0.5, 0.2)]), 0.2 * NORTH_M),
        (MultiPolygon([box(3, 0, 4, 1), box(-1, 0, 0.05, 1)]), 0.05 * DEGREE_M),
    ],
)
def test_overlapping_the_margin_is_how_deep_one_reaches_into_the_other(other: BaseGeometry, depth: float) -> None:
    for reading in (judged(WEST, other), judged(other, WEST)):
        assert reading.measurement.value == pytest.approx(depth, rel=0.12)
        assert reading.measurement.value < depth * 1.01  # sampled, so it may be a little less than the deepest
        assert reading.verdict == Verdict.HOLDS
        assert label(reading.measurement) == "Touch"


def test_a_border_drawn_once_for_both_is_as_sure_as_it_is_long() -> None:
    reading = judged(WEST, EAST)
    m = reading.measurement
    assert m.value == pytest.approx(NORTH_M, rel=1e-3)
    assert (m.value - m.low, m.high - m.value) == pytest.approx((400, 400))
    assert reading.verdict == Verdict.HOLDS
    assert "drawn as one line in their source" in said(m.what, catalogue())
    assert sorted(m.lines[0]) == [(1, 0), (1, 1)]


def test_a_short_border_drawn_once_for_both_is_not_sure() -> None:
    stub = Polygon([(1, 0.4995), (1, 0.5005), (2, 0.6)])
    notched = Polygon([(0, 0), (1, 0), (1, 0.4995), (1, 0.5005), (1, 1), (0, 1)])
    assert judged(notched, stub).verdict == Verdict.TOO_CLOSE


def test_the_longest_unbroken_stretch_counts_whichever_way_it_is_written() -> None:
    stepped = Polygon([(1, 0), (1, 0.4), (1.2, 0.5), (1, 0.6), (1, 1), (2, 1), (2, 0)])
    twin = Polygon([(0, 0), (1, 0), (1, 0.4), (1.1, 0.5), (1, 0.6), (1, 1), (0, 1)][::-1])
    assert judged(twin, stepped).measurement.value == pytest.approx(0.4 * NORTH_M, rel=1e-3)


def test_a_border_on_the_antimeridian_is_one_line_from_both_sides() -> None:
    m = judged(box(179, 0, 180, 1), box(-180, 0, -179, 1)).measurement
    assert m.value == pytest.approx(NORTH_M, rel=1e-3)


def test_borders_from_two_sources_prove_nothing_by_falling_together() -> None:
    reading = judged(WEST, place("other", EAST, source="another survey"))
    assert reading.measurement.value == 0
    assert (reading.verdict, reading.reasons) == (Verdict.TOO_CLOSE, ("uncertainty",))
    assert [note.key for note in reading.measurement.notes] == ["claims.note-touches-sources"]


@pytest.mark.parametrize(
    "other", [Point(1, 0.5), Point(1, 1), LineString([(1, 0.5), (2, 0.5)]), Polygon([(1, 0.5), (2, 0.4), (2, 0.6)])]
)
def test_a_mere_point_in_common_is_too_close_to_call(other: BaseGeometry) -> None:
    for reading in (judged(WEST, other), judged(other, WEST)):
        assert reading.measurement.value == pytest.approx(0, abs=0.01)
        assert reading.verdict == Verdict.TOO_CLOSE


def test_one_point_twice_is_too_close_to_call() -> None:
    assert judged(Point(5, 5), Point(5, 5)).verdict == Verdict.TOO_CLOSE


def test_lines_meet_as_surely_as_they_cross() -> None:
    road, rail = LineString([(-0.1, 0.5), (0.3, 0.5)]), LineString([(0, 0), (0, 1)])
    reading = judged(road, rail)
    assert reading.measurement.value == pytest.approx(0.1 * DEGREE_M, rel=1e-3)
    assert label(reading.measurement) == "Touch"


def test_a_line_that_the_shorter_one_crosses_counts_for_both() -> None:
    road, rail = LineString([(-0.01, 0.5), (3, 0.5)]), LineString([(0, -3), (0, 3)])
    assert judged(road, rail).measurement.value == pytest.approx(judged(rail, road).measurement.value, rel=0.02)


def test_what_is_derived_proves_nothing() -> None:
    assert judged(place("one", WEST, derived=True), EAST).reasons == ("not-independent",)


@pytest.mark.parametrize("edges,meets", [("planar", False), ("geodesic", True)])
def test_it_is_decided_in_the_edge_model_of_the_place(edges: str, *, meets: bool) -> None:
    """A place between both readings of a 30° edge lies in one of them only, so the claim stays open, for that alone."""
    area = place("other", Polygon([(0, 50), (30, 50), (15, 45)]), 10.0, edges=edges)
    reading = judged(place("one", Point(15, 50.5), 10.0), area)
    assert (reading.measurement.value > 0) == meets
    assert reading.reasons == ("edge-model",)


def moved(points: list[LonLat], by_m: float, chance: random.Random) -> list[LonLat]:
    turned = [(chance.uniform(0, 2 * math.pi), by_m * chance.random()) for _ in points]
    return [
        (x + d * math.cos(a) / DEGREE_M, y + d * math.sin(a) / NORTH_M)
        for (x, y), (a, d) in zip(points, turned, strict=True)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_what_holds_goes_on_holding_wherever_the_truth_lies(seed: int) -> None:
    chance = random.Random(seed)

    def blob(x: float) -> list[LonLat]:
        radii = [chance.uniform(0.4, 0.8) for _ in range(16)]
        return [(x + r * math.cos(k * math.pi / 8), r * math.sin(k * math.pi / 8)) for k, r in enumerate(radii)]

    one, other = blob(0.0), blob(0.7)
    sure = judged(Polygon(one), Polygon(other)).measurement.value
    assert sure > 0
    for _ in range(40):
        a, b = (Polygon(moved(ring, 0.499 * sure, chance)).buffer(0) for ring in (one, other))
        assert a.intersects(b)


def test_a_sketch_touches_nothing_but_a_point_may_be_called_one() -> None:
    with pytest.raises(StoryError) as raised:
        judged(place("one", WEST, schematic=True), EAST)
    assert [problem.code for problem in raised.value.problems] == ["schematic-line"]
    assert judged(place("one", Point(0.5, 0.5), schematic=True), WEST).verdict == Verdict.HOLDS
