"""The direction of one place from another: its value, its interval, other senses of the words, and how it is judged."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap import earth
from storymap.claims import measure
from storymap.claims.bearings import arc_deg
from storymap.claims.direction import rhumb_deg, turn_deg
from storymap.claims.judge import judge
from storymap.claims.middles import middle_of
from storymap.problems import StoryError
from storymap.quantity import read_expect, read_quote
from storymap.scene import LonLat, Measurement, Message, Reading, Verdict
from storymap.story import DirectionDoc
from tests.unit.test_claims import claim, found, label, place, taken

FROM_A_TO_B = DirectionDoc(**{"from": "a", "to": "b"})


def measured(a: BaseGeometry, b: BaseGeometry, u: float = 100.0) -> Measurement:
    return taken(FROM_A_TO_B, place("a", a, u), place("b", b, u))


def judged(a: BaseGeometry, b: BaseGeometry, words: str, u: float = 100.0) -> Reading:
    return found(FROM_A_TO_B, place("a", a, u), place("b", b, u), words=words).headline


def test_the_value_is_where_the_shortest_way_sets_out() -> None:
    m = measured(Point(131.0, 43.0), Point(132.0, 44.0))
    assert m.value == pytest.approx(earth.bearing((131.0, 43.0), (132.0, 44.0))[0])
    assert m.lines[0][0] == pytest.approx((131.0, 43.0))
    assert m.lines[0][-1] == pytest.approx((132.0, 44.0))
    assert label(m) == "35.7° (north-east)"


@pytest.mark.parametrize(
    "a,b", [((131.0, 43.0), (131.02, 43.01)), ((10.0, -60.0), (10.0, -60.02)), ((179.99, 5.0), (-179.99, 5.0))]
)
def test_the_interval_holds_every_direction_between_places_within_their_uncertainties(a: LonLat, b: LonLat) -> None:
    m = measured(Point(a), Point(b), 300.0)
    moved = [(x, y) for x in (*earth.circle(a, 299.9), a) for y in (*earth.circle(b, 299.9), b)]
    turned = [math.remainder(earth.bearing(x, y)[0] - m.value, 360.0) for x, y in moved]
    assert m.low - m.value <= min(turned)
    assert max(turned) <= m.high - m.value
    # and it is not wider than it has to be
    assert max(turned) > 0.9 * (m.high - m.value)


def test_nearby_the_interval_is_the_angle_under_which_the_uncertainty_is_seen() -> None:
    assert turn_deg(10_000.0, (131.0, 43.0), 250.0, 250.0) == pytest.approx(math.degrees(math.asin(0.05)), abs=0.01)


def test_where_the_uncertainty_reaches_the_other_place_all_directions_are_possible() -> None:
    m = measured(Point(131.0, 43.0), Point(131.001, 43.0))
    assert (m.value - m.low, m.high - m.value) == (180, 180)
    assert judged(Point(131.0, 43.0), Point(131.001, 43.0), "west of").reasons == ("uncertainty",)


def test_opposite_points_of_the_earth_have_no_sure_direction() -> None:
    assert turn_deg(earth.inverse((0, 0), (180, 0)), (0, 0), 100.0, 100.0) > 0
    m = measured(Point(0.0, 30.0), Point(180.0, -30.0), 50_000.0)
    assert m.high - m.low == 360


def test_at_a_pole_no_direction_is_sure() -> None:
    m = measured(Point(0.0, 90.0), Point(50.0, 80.0))
    assert m.high - m.low == 360
    near = measured(Point(0.0, 89.9995), Point(50.0, 80.0))  # 56 m from it
    assert near.high - near.low == 360


@pytest.mark.parametrize("lon", [-0.001, 0.001])
def test_across_north_it_is_one_step_from_359_to_0(lon: float) -> None:
    reading = judged(Point(0.0, 0.0), Point(lon, 1.0), "due north of")
    assert reading.verdict == Verdict.HOLDS
    assert reading.margin == pytest.approx(5.625 - 0.0576, abs=0.001)
    assert 0 <= reading.measurement.value < 360


def test_what_expect_says_across_north_is_judged_likewise() -> None:
    a, b = place("a", Point(0.0, 0.0)), place("b", Point(-0.05, 1.0))
    asked = replace(claim(FROM_A_TO_B, a, b, words="north of"), expectation=read_expect("350..10 degrees", "direction"))
    assert measure(asked).verdict == Verdict.HOLDS


def test_across_the_antimeridian_east_stays_east() -> None:
    assert judged(Point(179.9, 0.0), Point(-179.9, 0.0), "due east of").verdict == Verdict.HOLDS
    assert judged(Point(-179.9, 0.0), Point(179.9, 0.0), "due west of").verdict == Verdict.HOLDS
    assert judged(Point(179.9, 0.0), Point(-179.9, 0.0), "west of").verdict == Verdict.FAILS


def test_a_direction_that_reaches_the_words_the_other_way_round_does_not_fail() -> None:
    nothing = Message("claims.label-direction", {"value": ""})
    for low, high, verdict in (
        (95.0, 320.0, Verdict.TOO_CLOSE),
        (95.0, 310.0, Verdict.FAILS),
        (-50.0, 105.0, Verdict.TOO_CLOSE),
    ):
        m = Measurement(100.0, low, high, "direction", (), nothing, nothing, ())
        assert judge(m, read_quote("north of", "direction")).verdict == verdict  # 315..45° may be north


def test_the_wrong_side_fails() -> None:
    reading = judged(Point(131.0, 43.0), Point(132.0, 43.0), "west of")
    assert reading.verdict == Verdict.FAILS
    assert reading.margin is not None
    assert reading.margin < -100


def test_far_away_the_shortest_way_and_the_line_of_constant_direction_differ_and_both_count() -> None:
    moscow, vladivostok = Point(37.6156, 55.7522), Point(131.87353, 43.10562)
    reading = judged(moscow, vladivostok, "east of", 5000.0)
    m = reading.measurement
    assert m.value == pytest.approx(59.4, abs=0.1)
    assert m.low < m.value < 101.7 < m.high < 103
    assert (reading.verdict, reading.reasons) == (Verdict.TOO_CLOSE, ("definition",))
    assert any(note.key == "claims.note-rhumb" for note in m.notes)


def test_the_line_of_constant_direction_follows_parallels_and_meridians() -> None:
    assert rhumb_deg((0.0, 60.0), (50.0, 60.0), 1.0, 1.0) == [pytest.approx(90)]
    assert rhumb_deg((50.0, 60.0), (50.0, -60.0), 1.0, 1.0) == [pytest.approx(180)]
    assert rhumb_deg((170.0, 10.0), (-170.0, 10.0), 1.0, 1.0) == [pytest.approx(90)]
    assert sorted(rhumb_deg((0.0, 10.0), (180.0, 10.0), 1.0, 1.0)) == pytest.approx([90, 270])
    assert rhumb_deg((0.0, 10.0), (20.0, 90.0), 1.0, 1.0) == [pytest.approx(0)]


def test_following_the_line_of_constant_direction_leads_to_the_place() -> None:
    """Small steps on the ellipsoid, each in the same direction, end where the line should."""
    start, end = (10.0, 50.0), (40.0, 20.0)
    bearing = math.radians(rhumb_deg(start, end, 1.0, 1.0)[0])
    lon, lat = start
    step = 1000.0
    while lat > end[1]:
        w = 1 - 0.00669437999014 * math.sin(math.radians(lat)) ** 2
        north = 6378137.0 * (1 - 0.00669437999014) / w**1.5
        east = 6378137.0 / math.sqrt(w) * math.cos(math.radians(lat))
        lat += math.degrees(step * math.cos(bearing) / north)
        lon += math.degrees(step * math.sin(bearing) / east)
    assert earth.inverse((lon, lat), end) < 5000  # of 4,100 km


def test_a_shape_nearby_is_seen_in_the_directions_of_its_middle_and_of_its_nearest_point() -> None:
    wall = LineString([(131.1, 42.0), (131.1, 43.02)])  # its middle is far to the south, its end near by in the east
    m = measured(Point(131.0, 43.0), wall)
    assert m.value == pytest.approx(earth.bearing((131.0, 43.0), middle_of(place("wall", wall)))[0])
    assert m.value > 165
    assert m.low < 90
    assert [term.code for term in m.widenings] == ["definition"]
    assert m.notes[-1].key == "claims.note-nearest"


CRESCENT = Polygon([(0, 0), (10, 0), (10, 1), (1, 1), (1, 9), (10, 9), (10, 10), (0, 10)])
RING_ROAD = LineString([(0.2, -1), (1, -1), (1, 1), (-1, 1), (-1, -1), (-0.2, -1)])


@pytest.mark.parametrize(
    "a,b,words,note",
    [
        (box(0, 0, 10, 10), Point(9.9, 5), "east of", "meeting"),
        (Point(9.9, 5), box(0, 0, 10, 10), "west of", "meeting"),
        (box(0, 0, 1, 1), box(1, 0, 2, 1), "east of", "meeting"),
        (box(0, 0, 1, 1), Point(1.001, 0.5), "east of", "meeting"),
        (Point(0, 0), RING_ROAD, "north of", "round"),
        (RING_ROAD, Point(0, 0), "south of", "round"),
        (CRESCENT, Point(9.5, 5), "east of", "round"),
    ],
)
def test_where_one_place_holds_or_meets_the_other_its_direction_depends_on_the_words(
    a: BaseGeometry, b: BaseGeometry, words: str, note: str
) -> None:
    reading = judged(a, b, words)
    assert (reading.verdict, reading.reasons) == (Verdict.TOO_CLOSE, ("definition",))
    assert f"claims.note-{note}" in [each.key for each in reading.measurement.notes]


def test_shapes_that_surely_lie_apart_have_a_direction() -> None:
    assert judged(box(0, 0, 1, 1), box(1.003, 0, 2, 1), "east of").measurement.high < 180  # 330 m, known to 200 m
    far = judged(box(0, 0, 1, 1), Point(3, 0.5), "east of")
    assert far.verdict == Verdict.HOLDS


def test_a_border_that_runs_past_a_town_does_not_reach_round_it() -> None:
    assert judged(Point(0, 0), LineString([(-5, 0.1), (5, 0.1)]), "north of").verdict == Verdict.HOLDS


@pytest.mark.parametrize(
    "shape,middle,half",
    [
        (LineString([(1, -1), (1, 1)]), 90, 45),
        (LineString([(-1, 1), (1, 1)]), 0, 45),
        (LineString([(-1, -1), (1, -1), (1, 1), (-1, 1)]), 90, 135),
        (box(-1, -1, 1, 1), 0, 180),
        (MultiPoint([(0, 1), (1, 0), (0, -1)]), 90, 90),
        (Point(0, 3), 0, 0),
    ],
)
def test_the_arc_in_which_a_place_is_seen(shape: BaseGeometry, middle: float, half: float) -> None:
    seen, half_seen = arc_deg((0.0, 0.0), place("seen", shape))
    assert half == 180 or math.remainder(seen - middle, 360) == pytest.approx(0, abs=0.5)  # all round has no middle
    assert half_seen == pytest.approx(half, abs=0.5)


def test_another_sense_is_said_where_it_differs_by_a_tenth_of_the_uncertainty() -> None:
    def notes(lon: float) -> list[str]:
        return [note.key for note in measured(Point(0.0, 45.0), Point(lon, 45.0), 2000.0).notes]

    # At 45° the two differ by 0.354 of the degrees between; 4 km at 15° (1,181 km) are 0.197°.
    assert notes(0.01) == []
    assert notes(15.0) == ["claims.note-rhumb"]


@pytest.mark.parametrize(
    "geometry,middle",
    [
        (Point(5.0, 6.0), (5.0, 6.0)),
        (MultiPoint([(0.0, 0.0), (2.0, 0.0)]), (1.0, 0.0)),
        (LineString([(0.0, 0.0), (1.0, 0.0), (1.0, 0.5), (1.0, 1.0)]), (1.0, 0.0)),
        (LineString([(179.0, 0.0), (-179.0, 0.0)]), (180.0, 0.0)),
        (box(10, 20, 10.001, 20.001), (10.0005, 20.0005)),
        (box(179, -1, 182, 1), (-179.5, 0.0)),
        (MultiPolygon([box(179, -1, 180, 1), box(-180, -1, -178, 1)]), (-179.5, 0.0)),
        (Polygon([(179.0, -1.0), (-179.0, -1.0), (-179.0, 1.0), (179.0, 1.0)]), (180.0, 0.0)),
        (Polygon(box(0, -2, 4, 2).exterior, [box(2, -2, 4, 2).exterior]), (1.0, 0.0)),
        (Polygon([(0.0, 80.0), (90.0, 80.0), (180.0, 80.0), (-90.0, 80.0)]), (0.0, 90.0)),
    ],
)
def test_middles(geometry: BaseGeometry, middle: LonLat) -> None:
    found_at = middle_of(place("m", geometry))
    assert earth.inverse(found_at, middle) < 500  # a planar share of an edge, a parallel between corners


@pytest.mark.parametrize("backwards", [False, True])
def test_the_middle_of_an_area_does_not_depend_on_the_way_its_ring_is_written(*, backwards: bool) -> None:
    ring = [(0.0, 0.0), (3.0, 0.0), (3.0, 1.0), (0.0, 4.0)]
    shape = Polygon(ring[::-1] if backwards else ring)
    assert middle_of(place("m", shape)) == pytest.approx((shape.centroid.x, shape.centroid.y), abs=0.005)


def test_the_middle_of_an_area_balances_it() -> None:
    """The places of a fine grid over an area pull evenly on its middle."""
    shape = Polygon([(10.0, 50.0), (30.0, 50.0), (30.0, 70.0), (28.0, 52.0)])
    x = y = z = 0.0
    for i in range(400):
        for j in range(400):
            lon, lat = 10 + (i + 0.5) / 20, 50 + (j + 0.5) / 20
            if shape.covers(Point(lon, lat)):
                size = math.cos(math.radians(lat))
                x += size * size * math.cos(math.radians(lon))
                y += size * size * math.sin(math.radians(lon))
                z += size * math.sin(math.radians(lat))
    middle = math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
    assert earth.inverse(middle_of(place("m", shape)), middle) < 20_000


def test_a_place_and_itself_have_no_direction() -> None:
    with pytest.raises(StoryError) as raised:
        measured(Point(1.0, 2.0), box(0, 1, 2, 3).boundary.envelope.centroid)
    assert [problem.code for problem in raised.value.problems] == ["same-place"]


def test_edges_that_can_be_read_in_two_ways_widen_the_interval() -> None:
    long = LineString([(0.0, 60.0), (60.0, 60.0)])
    m = measured(Point(20.0, 60.5), long)
    assert "edge-model" in m.cautions


def test_the_line_from_a_derived_place_is_not_proof_of_what_it_was_drawn_from() -> None:
    a = place("a", Point(0.0, 0.0), derived=True, derived_from=("b",))
    reading = found(FROM_A_TO_B, a, place("b", Point(1.0, 0.0)), words="east of").headline
    assert reading.reasons == ("not-independent",)


def test_the_drawn_line_is_the_shortest_way() -> None:
    line = measured(Point(37.6, 55.8), Point(131.9, 43.1)).lines[0]
    assert sum(earth.inverse(p, q) for p, q in pairwise(line)) == pytest.approx(
        earth.inverse(line[0], line[-1]), rel=1e-6
    )
