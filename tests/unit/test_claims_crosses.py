"""Whether a line passes over another or through an area: how surely, in either edge model, and what is drawn of it."""

import math
import random
from dataclasses import replace
from itertools import pairwise

import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap import earth
from storymap.claims.strands import DRAWN_M, crossings, sampled, strands_of
from storymap.places import Place
from storymap.problems import StoryError
from storymap.scene import LonLat, Reading, Verdict
from storymap.story import CrossesDoc
from tests.unit.test_claims import found, label, place

CROSSES = CrossesDoc(line="line", over="over")
DEGREE_M = 111_319.49  # of longitude, at the equator
NORTH_M = 110_574.3  # of latitude, there


def judged(line: BaseGeometry | Place, over: BaseGeometry | Place, u: float = 100.0) -> Reading:
    one = line if isinstance(line, Place) else place("line", line, u)
    other = over if isinstance(over, Place) else place("over", over, u)
    return found(CROSSES, one, other).headline


def margin(line: BaseGeometry | Place, over: BaseGeometry | Place) -> float:
    return judged(line, over).measurement.value


def line(*points: LonLat) -> LineString:
    return LineString(points)


BORDER = line((0, 0), (0, 1))
SQUARE = box(0, 0, 1, 1)


def test_over_a_line_the_margin_is_how_far_the_line_gets_from_it_on_the_nearer_side() -> None:
    reading = judged(line((-0.1, 0.5), (0.3, 0.5)), BORDER)
    m = reading.measurement
    assert m.value == pytest.approx(0.1 * DEGREE_M, rel=1e-3)
    assert (m.value - m.low, m.high - m.value) == pytest.approx((200, 200), abs=0.1)
    assert reading.verdict == Verdict.HOLDS
    assert label(m) == "Crosses"


def test_near_an_end_of_the_other_line_the_margin_is_the_way_to_that_end() -> None:
    assert margin(line((-0.5, 0.99), (0.5, 0.99)), BORDER) == pytest.approx(0.01 * NORTH_M, rel=0.011)


def test_a_ring_has_no_ends() -> None:
    ring = line((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    assert margin(line((0.5, 0.5), (0.5, 1.5)), ring) == pytest.approx(0.5 * NORTH_M, rel=0.01)


def test_lines_that_go_on_in_each_other_have_no_ends_where_they_join() -> None:
    parts = MultiLineString([[(0, 0), (0, 0.49)], [(0, 1), (0, 0.49)]])
    forked = MultiLineString([[(0, 0), (0, 0.49)], [(0, 1), (0, 0.49)], [(0, 0.49), (0.3, 1)]])
    assert margin(line((-0.1, 0.5), (0.1, 0.5)), parts) == pytest.approx(0.1 * DEGREE_M, rel=1e-3)
    # At a fork three lines end, an odd number: one of them may be a loose end.
    assert margin(line((-0.1, 0.5), (0.001, 0.5)), forked) < 0.011 * NORTH_M


def test_a_line_that_ends_on_the_other_is_too_close_to_call() -> None:
    for end in ((0, 0.5), (0, 0.25), (0, 0), (0, 1)):
        reading = judged(line((-0.5, 0.5), end), BORDER)
        assert reading.measurement.value == 0
        assert (reading.verdict, reading.reasons) == (Verdict.TOO_CLOSE, ("uncertainty",))


def test_lines_that_cross_and_come_within_a_hair_elsewhere_cross() -> None:
    """A tenth of a millimetre is where the search for the least distance may end."""
    base = line((0, 0), (1, 0))
    over = line((0.1, 8e-10), (0.2, 8e-10), (0.5, 0.1), (0.6, -0.1), (0.7, 0.2))
    assert margin(base, over) > 1000
    assert margin(over, base) > 1000


def test_a_line_that_turns_back_at_the_other_does_not_pass() -> None:
    assert margin(line((-0.5, 0.5), (0, 0.5), (-0.5, 0.6)), BORDER) == 0
    assert margin(line((-0.5, 0.2), (0, 0.2), (0, 0.8), (-0.5, 0.8)), BORDER) == 0


def test_a_line_that_passes_and_comes_back_has_passed() -> None:
    assert margin(line((-0.2, 0.3), (0.1, 0.5), (-0.2, 0.7)), BORDER) == pytest.approx(0.1 * DEGREE_M, rel=1e-3)


def test_a_line_that_runs_along_the_other_passes_where_it_leaves_it_on_the_far_side() -> None:
    crossing = line((-0.2, 0.2), (0, 0.2), (0, 0.8), (0.2, 0.8))
    assert margin(crossing, BORDER) == pytest.approx(0.2 * NORTH_M, rel=0.02)  # the ends of the border are as near
    assert margin(LineString(crossing.coords[::-1]), BORDER) == pytest.approx(margin(crossing, BORDER), rel=1e-3)
    assert margin(BORDER, BORDER) == 0


def test_small_bends_on_the_way_over_cost_nothing() -> None:
    zigzag = line((-0.3, 0.5), (0.001, 0.5), (-0.001, 0.501), (0.3, 0.501))
    assert margin(zigzag, BORDER) == pytest.approx(0.3 * DEGREE_M, rel=1e-3)


def test_where_the_line_goes_later_does_not_matter() -> None:
    straight = [(-0.3, 0.5), (0.3, 0.5)]
    to_the_end = line(*straight, (0.3, 1.001), (0.001, 1.001))  # and on to the end of the border
    assert margin(to_the_end, BORDER) == pytest.approx(margin(line(*straight), BORDER), rel=0.01)


def test_apart_the_margin_is_the_gap() -> None:
    reading = judged(line((0.1, 0.5), (0.5, 0.5)), BORDER)
    assert reading.measurement.value == pytest.approx(-0.1 * DEGREE_M, rel=1e-3)
    assert reading.verdict == Verdict.FAILS
    assert reading.measurement.lines[0][0] == pytest.approx((0.1, 0.5))
    assert reading.measurement.lines[0][-1] == pytest.approx((0, 0.5), abs=1e-5)


def test_through_an_area_the_line_must_come_from_outside_and_leave_again() -> None:
    assert margin(line((-0.1, 0.5), (1.2, 0.5)), SQUARE) == pytest.approx(0.1 * DEGREE_M, rel=1e-3)
    assert margin(line((-0.5, 0.9), (1.5, 0.9)), SQUARE) == pytest.approx(0.1 * NORTH_M, rel=0.01)
    assert judged(line((-0.5, 0.5), (1.5, 0.5)), SQUARE).verdict == Verdict.HOLDS


@pytest.mark.parametrize(
    "points,missing",
    [
        ([(-0.5, 0.5), (0.3, 0.5)], 0.3),
        ([(0.3, 0.5), (-0.5, 0.5)], 0.3),
        ([(0.2, 0.5), (0.4, 0.5)], 0.4),
        ([(0.3, 0.5), (1.5, 0.5), (1.5, 0.6), (0.9, 0.6)], 0.1),
    ],
)
def test_a_line_that_ends_inside_fails_by_how_deep(points: list[LonLat], missing: float) -> None:
    reading = judged(line(*points), SQUARE)
    assert reading.measurement.value == pytest.approx(-missing * DEGREE_M, rel=0.01)
    assert reading.verdict == Verdict.FAILS


def test_a_line_along_the_edge_of_an_area_or_at_its_corner_does_not_decide() -> None:
    assert margin(line((0, -0.5), (0, 1.5)), SQUARE) == 0
    assert margin(line((-0.5, 0.5), (0, 1), (0.5, 1.5)), SQUARE) == 0


def test_a_hole_is_outside() -> None:
    holed = Polygon(SQUARE.exterior, [box(0.4, 0.4, 0.6, 0.6).exterior])
    assert margin(line((-0.5, 0.5), (0.5, 0.5)), holed) == pytest.approx(0.1 * NORTH_M, rel=0.01)


def test_a_narrow_river_between_two_corners_of_a_line_is_not_missed() -> None:
    river = box(0.50031, -1, 0.50131, 2)  # 111 m wide, the line drawn from end to end
    reading = judged(place("line", line((-3, 0.5), (3, 0.5)), 10.0), place("over", river, 10.0))
    assert reading.measurement.value == pytest.approx(55.6, rel=0.02)
    assert reading.verdict == Verdict.HOLDS


def test_a_bridge_over_a_river_is_drawn_in_pieces_that_end_where_it_passes() -> None:
    bridge = line((-0.1, 0.5), (0.3, 0.52))
    over_line = judged(bridge, BORDER).measurement.lines
    assert len(over_line) == 2
    assert over_line[0][-1] == over_line[1][0] == pytest.approx((0, 0.505), abs=1e-6)
    through = judged(line((-0.5, 0.5), (1.5, 0.5)), SQUARE).measurement.lines
    assert [run[-1][0] for run in through] == pytest.approx([0, 1, 1.5], abs=1e-6)


def test_of_a_long_line_only_the_part_that_passes_is_drawn() -> None:
    before, inside, after = judged(line((-60, 0.5), (60, 0.5)), SQUARE).measurement.lines
    assert before[-1] == inside[0] == pytest.approx((0, 0.5), abs=1e-6)
    assert before[0] == pytest.approx((-1.5, 0.5), abs=0.01)  # the square is 1° wide, the margin half of it
    assert after[-1] == pytest.approx((2.5, 0.5), abs=0.01)
    over_line = judged(line((-60, 0.5), (60, 0.5)), BORDER).measurement.lines
    assert -60 < over_line[0][0][0] < over_line[1][0][0] == pytest.approx(0, abs=0.01)


def test_a_derived_bridge_proves_nothing() -> None:
    bridge = place("line", line((-0.1, 0.5), (0.3, 0.5)), derived=True)
    assert judged(bridge, place("over", BORDER)).reasons == ("not-independent",)


def test_only_a_line_can_cross() -> None:
    with pytest.raises(StoryError) as raised:
        judged(SQUARE, BORDER)
    assert [problem.code for problem in raised.value.problems] == ["wrong-geometry"]


@pytest.mark.parametrize("turn", [0.0, 360.0, -360.0])
def test_across_the_antimeridian_it_is_as_elsewhere(turn: float) -> None:
    here = margin(line((-0.5, 0.2), (0.5, 0.7)), line((-0.1, 1), (0.1, 0)))
    there = margin(line((179.5, 0.2), (-179.5, 0.7)), line((179.9 + turn, 1), (180.1 + turn if turn else -179.9, 0)))
    assert there == pytest.approx(here, rel=1e-6)


def test_over_a_pole() -> None:
    over = line((90, 89), (-90, 89))
    across = replace(place("line", line((0, 88), (180, 88)), edges="geodesic"), uncertainty_m=10.0)
    reading = judged(across, replace(place("over", over, edges="geodesic"), uncertainty_m=10.0))
    assert reading.measurement.value == pytest.approx(111_690, rel=0.02)


@pytest.mark.parametrize("edges,north", [("planar", 50.0), ("geodesic", 50.977)])
def test_it_is_decided_in_the_edge_model_of_the_place(edges: str, north: float) -> None:
    """The middle of a 30° edge on the parallel of 50° lies 110 km further north if the edge is geodesic."""
    edge = place("over", line((0, 50), (30, 50)), 10.0, edges=edges)
    passes = judged(line((15, north - 0.3), (15, north + 0.3)), edge)
    short = judged(line((15, north - 0.6), (15, north - 0.3)), edge)
    assert passes.measurement.value == pytest.approx(0.3 * 111_200, rel=0.02)
    assert short.measurement.value == pytest.approx(-0.3 * 111_200, rel=0.02)
    # The other reading would say otherwise, so neither is settled.
    assert passes.verdict == Verdict.TOO_CLOSE
    assert "edge-model" in passes.reasons


def test_short_edges_are_not_read_twice() -> None:
    assert judged(line((-0.001, 0.5), (0.001, 0.5)), BORDER).measurement.cautions == ()


def moved(points: list[LonLat], by_m: float, chance: random.Random) -> list[LonLat]:
    """Each corner moved in some direction by up to so many metres (near the equator)."""
    turned = [(chance.uniform(0, 2 * math.pi), by_m * chance.random()) for _ in points]
    return [
        (x + d * math.cos(a) / DEGREE_M, y + d * math.sin(a) / NORTH_M)
        for (x, y), (a, d) in zip(points, turned, strict=True)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_what_holds_goes_on_holding_wherever_the_truth_lies(seed: int) -> None:
    """Lines with many bends that surely cross still do if every corner of both moves as far as the margin allows."""
    chance = random.Random(seed)
    one = [(-0.5 + k / 20, 0.2 * chance.gauss(0, 1)) for k in range(21)]
    other = [(0.2 * chance.gauss(0, 1), -0.5 + k / 20) for k in range(21)]
    sure = margin(line(*one), line(*other))
    assert sure > 0
    for _ in range(40):
        assert line(*moved(one, 0.499 * sure, chance)).intersects(line(*moved(other, 0.499 * sure, chance)))


@pytest.mark.parametrize("seed", range(8))
def test_a_line_that_surely_runs_through_an_area_still_does_wherever_the_truth_lies(seed: int) -> None:
    chance = random.Random(seed)
    way = [(-1 + k / 8, 0.3 * chance.gauss(0, 1)) for k in range(17)]
    ring = [
        (r * math.cos(k * math.pi / 10), r * math.sin(k * math.pi / 10))
        for k, r in enumerate(chance.uniform(0.3, 0.8) for _ in range(20))
    ]
    sure = margin(line(*way), Polygon(ring))
    assert sure > 0
    for _ in range(40):
        area = Polygon(moved(ring, 0.499 * sure, chance)).buffer(0)
        passing = line(*moved(way, 0.499 * sure, chance))
        inside = passing.intersection(area)
        assert not inside.is_empty
        assert shapely.get_num_geometries(passing.difference(area)) > 1


def test_a_border_of_many_corners_gives_the_same_as_one_of_few() -> None:
    fine = [(0.0, k / 5000) for k in range(5001)]
    assert margin(line((-0.1, 0.5), (0.3, 0.5)), line(*fine)) == pytest.approx(0.1 * DEGREE_M, rel=1e-3)


def test_places_along_a_geodesic_edge_lie_on_it() -> None:
    long = place("line", line((0, 60), (40, 70)), edges="geodesic")
    strand = strands_of(long)[0]
    samples = sampled(strand, crossings(strand, []))
    assert earth.nearest_many(samples.at_deg, long.geometry, edges="geodesic").distance_m.max() < DRAWN_M
    assert max(earth.inverse(tuple(p), tuple(q)) for p, q in pairwise(samples.at_deg.tolist())) < 510


@pytest.mark.parametrize("corners", [[(0, 60), (40, 70)], [(0, 89), (160, 88)], [(-179.5, 10), (179.5, 40)]])
def test_a_planar_edge_is_drawn_within_the_promised_width(corners: list[LonLat]) -> None:
    drawn = strands_of(place("line", line(*corners)))[0]
    middles = [
        earth.geodesic(tuple(p), tuple(q), step_m=earth.inverse(tuple(p), tuple(q)) / 1.9)[1]
        for p, q in pairwise(drawn.at_deg.tolist()[:400])
    ]
    unrolled = line(*drawn.at_deg[[0, -1]].tolist())
    assert earth.nearest_many(middles[::20], unrolled).distance_m.max() < DRAWN_M


def test_the_fine_drawing_of_both_lines_is_in_the_interval() -> None:
    m = judged(line((-0.1, 0.5), (0.3, 0.5)), BORDER, 0.01).measurement
    assert m.value - m.low == pytest.approx(0.02 + DRAWN_M)
    assert m.high - m.value == pytest.approx(0.02 + DRAWN_M)


@pytest.mark.parametrize("sketched", ["line", "over"])
def test_a_sketch_crosses_nothing(sketched: str) -> None:
    places = {"line": line((-0.1, 0.5), (0.3, 0.5)), "over": BORDER}
    with pytest.raises(StoryError) as raised:
        found(CROSSES, *(place(name, shape, schematic=name == sketched) for name, shape in places.items()))
    assert [problem.code for problem in raised.value.problems] == ["schematic-line"]
