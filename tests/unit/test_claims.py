"""Each kind of claim: what it measures, its interval, the line that is drawn, and what it says of itself."""

import math
import pickle
from dataclasses import replace
from typing import Any

import pytest
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from storymap import earth
from storymap.claims import measure
from storymap.places import Place, Stated
from storymap.problems import Span, StoryError
from storymap.quantity import read_expect, read_quote
from storymap.scene import Claim, Finding, Measurement, Verdict
from storymap.story import (
    AreaDoc,
    CountDoc,
    DirectionDoc,
    DistanceDoc,
    IntervalDoc,
    LengthDoc,
    LinksDoc,
    PerimeterDoc,
    TouchesDoc,
    TravelDoc,
    WithinDoc,
)
from storymap.strings import catalogue
from storymap.wording import said

AT = Span("story.yaml", 7, 3)
DIMENSIONS = {
    DistanceDoc: "length",
    LengthDoc: "length",
    AreaDoc: "area",
    PerimeterDoc: "length",
    TravelDoc: "duration",
    IntervalDoc: "duration",
    CountDoc: "count",
    DirectionDoc: "direction",
}


def place(name: str, geometry: BaseGeometry, u: float | None = 100.0, **more: Any) -> Place:
    blank = Place(
        id=name,
        name=name.title(),
        kind="point",
        geometry=geometry,
        uncertainty_m=u,
        source="survey",
        license="CC0",
        retrieved=None,
        edges="planar",
        scale=None,
        stated=None,
        derived=False,
        schematic=False,
        min_zoom=None,
        max_zoom=None,
        note=None,
        span=Span("places.geojson", 1, 1),
    )
    return replace(blank, **more)


def claim(doc: object, *places: Place, words: str | None = None, **more: Any) -> Claim:
    dimension = DIMENSIONS.get(type(doc))  # type: ignore[call-overload]
    expectation = read_quote(words, dimension) if words and dimension else None
    loose = dimension is not None and words is None
    by_id = {place.id: place for place in places}
    return Claim("c1", "step", words or "", 0, 1, doc, by_id, expectation, AT, **{"too_loose": loose, **more})


def found(doc: object, *places: Place, words: str | None = None, **more: Any) -> Finding:
    finding = measure(claim(doc, *places, words=words, **more))
    for reading in (finding.headline, *finding.also):
        taken = reading.measurement
        for message in (taken.method, taken.what, *taken.notes, *taken.workings, taken.short_label):
            assert message is not None
            assert said(message, catalogue())  # every key exists, every value is given
    return finding


def taken(doc: object, *places: Place, words: str | None = None) -> Measurement:
    return found(doc, *places, words=words).headline.measurement


def label(measurement: Measurement) -> str:
    assert measurement.short_label is not None
    return said(measurement.short_label, catalogue())


A = place("a", Point(131.0, 43.0))
B = place("b", Point(131.0, 43.01), 200.0)
SQUARE = place("square", Polygon([(131, 43), (131.1, 43), (131.1, 43.1), (131, 43.1)]), 50.0)
EAST = place("east", Polygon([(131.2, 43), (131.3, 43), (131.3, 43.1), (131.2, 43.1)]), 50.0)
ROAD = place("road", LineString([(131.0, 43.0), (131.1, 43.05), (131.2, 43.0)]), 30.0)


def test_a_distance_is_uncertain_by_both_places() -> None:
    m = taken(DistanceDoc(**{"from": "a", "to": "b"}), A, B, words="about 1 km")
    assert m.value == pytest.approx(earth.inverse((131.0, 43.0), (131.0, 43.01)), abs=1e-3)
    assert (m.value - m.low, m.high - m.value) == pytest.approx((300, 300))
    assert m.places == ("a", "b")
    assert m.lines[0][0] == pytest.approx((131.0, 43.0))
    assert m.lines[0][-1] == pytest.approx((131.0, 43.01))
    assert label(m) == "1.1 km"


def test_a_distance_is_never_below_zero() -> None:
    m = taken(DistanceDoc(**{"from": "a", "to": "square"}), A, SQUARE, words="within 1 km")
    assert (m.value, m.low, m.high) == (0, 0, 150)


def test_the_line_of_a_long_distance_bends_with_the_earth() -> None:
    far = place("far", Point(-120.0, 43.0))
    m = taken(DistanceDoc(**{"from": "a", "to": "far"}), A, far, words="about 8,000 km")
    assert max(lat for _, lat in m.lines[0]) > 57
    steps = [earth.inverse(p, q) for p, q in zip(m.lines[0], m.lines[0][1:], strict=False)]
    assert max(steps) < 300_000


def test_edges_that_can_be_read_in_two_ways_widen_the_interval() -> None:
    wide = place("wide", LineString([(100.0, 50.0), (160.0, 50.0)]), 1000.0)
    south = place("south", Point(130.0, 40.0))
    m = taken(DistanceDoc(**{"from": "south", "to": "wide"}), south, wide, words="about 1,100 km")
    geodesic = earth.nearest(south.geometry, wide.geometry, edges="geodesic").distance_m
    assert m.cautions == ("edge-model",)
    assert m.high - m.value == pytest.approx(1100 + abs(m.value - geodesic))
    assert m.low <= geodesic <= m.high


def test_along_a_line_it_is_as_far_as_the_line_goes() -> None:
    m = taken(
        DistanceDoc(**{"from": "a", "to": "end", "along": "road"}),
        A,
        place("end", Point(131.1, 43.06)),
        ROAD,
        words="9 km",
    )
    assert m.value == pytest.approx(earth.length(LineString([(131.0, 43.0), (131.1, 43.05)])), rel=1e-3)
    assert m.lines[0][-1] == pytest.approx((131.1, 43.05), abs=1e-3)
    # The end lies about 1.1 km off the road, and that is said.
    assert "note-off-line" in m.notes[-1].key
    on_it = taken(
        DistanceDoc(**{"from": "a", "to": "end", "along": "road"}), A, place("end", Point(131.1, 43.05)), ROAD
    )
    assert on_it.value - on_it.low == pytest.approx(200)


def test_along_a_sketch_it_is_in_proportion_to_the_published_length() -> None:
    sketch = replace(ROAD, schematic=True, stated=Stated(30_000, 500, "timetable"))
    end = place("end", Point(131.2, 43.0))
    half = place("half", Point(131.1, 43.05))
    whole = taken(DistanceDoc(**{"from": "a", "to": "end", "along": "road"}), A, end, sketch, words="30 km")
    piece = taken(DistanceDoc(**{"from": "a", "to": "half", "along": "road"}), A, half, sketch, words="15 km")
    assert whole.value == pytest.approx(30_000)
    assert whole.high - whole.value == pytest.approx(700)
    assert piece.value == pytest.approx(15_000, rel=1e-6)
    assert "timetable" in said(piece.notes[0], catalogue())
    assert label(piece) == "Road: 15.0 km"


def test_a_length_is_uncertain_by_its_ends_and_upwards_by_its_detail() -> None:
    m = taken(LengthDoc(of="road"), ROAD, words="18 km")
    straight = earth.length(LineString([(131.0, 43.0), (131.2, 43.0)]))
    assert m.value - m.low == pytest.approx(60)
    assert m.high - m.value == pytest.approx(60 + m.value - straight)
    assert m.cautions == ("scale",)


def test_a_straight_line_loses_no_detail_and_says_that_it_is_straight() -> None:
    m = taken(LengthDoc(of="road"), replace(ROAD, geometry=LineString([(131.0, 43.0), (131.2, 43.0)])), words="16 km")
    assert m.high - m.value == pytest.approx(60)
    assert [note.key for note in m.notes] == ["claims.note-straight"]


def test_pieces_that_touch_are_one_line_and_others_have_ends_of_their_own() -> None:
    first, second = [(131.0, 43.0), (131.1, 43.0)], [(131.1, 43.0), (131.2, 43.0)]
    joined = taken(LengthDoc(of="road"), replace(ROAD, geometry=MultiLineString([first, second])), words="16 km")
    apart = taken(
        LengthDoc(of="road"),
        replace(ROAD, geometry=MultiLineString([first, [(131.11, 43.0), (131.2, 43.0)]])),
        words="16 km",
    )
    assert (len(joined.lines), len(apart.lines)) == (1, 2)
    assert (joined.value - joined.low, apart.value - apart.low) == pytest.approx((60, 120))


def test_the_length_of_a_sketch_is_the_published_one_and_the_label_says_so() -> None:
    m = taken(LengthDoc(of="road"), replace(ROAD, schematic=True, stated=Stated(3100, 50, "builder")), words="3,100 m")
    assert (m.value, m.low, m.high) == (3100, 3050, 3150)
    assert label(m) == "3,100 m, published"
    assert m.cautions == ()


def test_geodesic_edges_are_drawn_as_they_run() -> None:
    flight = place("flight", LineString([(100.0, 50.0), (160.0, 50.0)]), edges="geodesic")
    m = taken(LengthDoc(of="flight"), flight, words="about 4,200 km")
    assert max(lat for _, lat in m.lines[0]) > 53


def test_inside_is_measured_to_the_nearest_edge() -> None:
    inside = place("inside", Point(131.05, 43.004), 20.0)
    finding = found(WithinDoc(place="inside", area="square"), inside, SQUARE)
    m = finding.headline.measurement
    assert finding.verdict == Verdict.HOLDS
    assert m.value == pytest.approx(earth.inverse((131.05, 43.004), (131.05, 43.0)), abs=0.5)
    assert (m.value - m.low, m.high - m.value) == pytest.approx((70, 70))
    assert m.lines[0][-1] == pytest.approx((131.05, 43.0), abs=1e-4)
    assert label(m) == "Inside"


def test_outside_is_negative_and_fails() -> None:
    outside = place("outside", Point(131.05, 42.99), 20.0)
    finding = found(WithinDoc(place="outside", area="square"), outside, SQUARE)
    assert finding.verdict == Verdict.FAILS
    assert finding.headline.measurement.value == pytest.approx(-1111, abs=2)
    assert label(finding.headline.measurement) == "1.11 km outside"


def test_a_line_is_inside_only_with_all_its_vertices() -> None:
    line = place("line", LineString([(131.05, 43.05), (131.15, 43.05)]))
    finding = found(WithinDoc(place="line", area="square"), line, SQUARE)
    assert finding.verdict == Verdict.FAILS
    assert finding.headline.measurement.lines[0][0] == pytest.approx((131.15, 43.05))


BAY = place("bay", Polygon([(131, 43), (131.3, 43), (131.3, 43.2), (131.2, 43.2), (131.2, 43.1), (131.1, 43.1),
                            (131.1, 43.2), (131, 43.2)]), 50.0)  # fmt: skip
WELL = place("well", Polygon([(131, 43), (131.2, 43), (131.2, 43.2), (131, 43.2)],
                             [[(131.09, 43.09), (131.11, 43.09), (131.11, 43.11), (131.09, 43.11)]]), 50.0)  # fmt: skip


def test_a_road_across_the_gap_of_a_bay_is_not_inside_though_both_its_ends_are() -> None:
    across = place("across", LineString([(131.05, 43.15), (131.25, 43.15)]), 20.0)
    finding = found(WithinDoc(place="across", area="bay"), across, BAY)
    m = finding.headline.measurement
    assert finding.verdict != Verdict.HOLDS
    assert (m.value, m.low, m.high) == (0, -70, 70)
    assert label(m) == "Crosses the edge"


def test_a_road_round_the_gap_is_as_deep_inside_as_its_edges() -> None:
    round_it = place("round", LineString([(131.05, 43.15), (131.05, 43.09), (131.25, 43.09), (131.25, 43.15)]), 20.0)
    finding = found(WithinDoc(place="round", area="bay"), round_it, BAY)
    m = finding.headline.measurement
    assert finding.verdict == Verdict.HOLDS
    assert m.value == pytest.approx(earth.inverse((131.15, 43.09), (131.15, 43.1)), abs=0.5)  # no vertex is so near
    assert m.lines[0][-1][1] == pytest.approx(43.1, abs=1e-4)


@pytest.mark.parametrize("west,verdict", [(131.05, Verdict.TOO_CLOSE), (131.13, Verdict.HOLDS)])
def test_a_block_that_covers_a_hole_is_not_inside(west: float, verdict: Verdict) -> None:
    block = place("block", Polygon([(west, 43.05), (131.15, 43.05), (131.15, 43.15), (west, 43.15)]), 20.0)
    assert found(WithinDoc(place="block", area="well"), block, WELL).verdict == verdict


def test_a_block_partly_outside_is_out_as_far_as_its_furthest_corner() -> None:
    block = place("block", Polygon([(131.05, 43.05), (131.35, 43.05), (131.31, 43.08)]), 20.0)
    finding = found(WithinDoc(place="block", area="bay"), block, BAY)
    assert finding.verdict == Verdict.FAILS
    assert finding.headline.measurement.lines[0][0] == pytest.approx((131.35, 43.05))


def link(start: tuple[float, float], end: tuple[float, float], **more: Any) -> Finding:
    bridge = place("bridge", LineString([start, end]), 30.0, **more)
    return found(LinksDoc(line="bridge", areas=["square", "east"]), bridge, SQUARE, EAST)


def test_a_line_links_two_areas_with_an_end_in_each() -> None:
    finding = link((131.095, 43.05), (131.21, 43.05))
    m = finding.headline.measurement
    assert finding.verdict == Verdict.HOLDS
    assert m.value == pytest.approx(earth.inverse((131.095, 43.05), (131.1, 43.05)), abs=0.5)  # the shallower end
    assert (m.value - m.low, m.high - m.value) == pytest.approx((80, 80))
    assert link((131.21, 43.05), (131.095, 43.05)).headline.measurement.value == pytest.approx(m.value)


def test_a_line_that_ends_in_the_water_or_twice_in_one_area_links_nothing() -> None:
    assert link((131.09, 43.05), (131.15, 43.05)).verdict == Verdict.FAILS
    assert link((131.02, 43.05), (131.09, 43.05)).verdict == Verdict.FAILS
    assert label(link((131.09, 43.05), (131.15, 43.05)).headline.measurement) == "4.07 km short"


def test_a_line_drawn_from_the_shores_cannot_prove_that_it_joins_them() -> None:
    reading = link((131.095, 43.05), (131.21, 43.05), derived=True).headline
    assert (reading.verdict, reading.reasons) == (Verdict.TOO_CLOSE, ("not-independent",))


def test_no_derived_place_proves_that_it_lies_inside() -> None:
    spot = place("spot", Point(131.05, 43.05), 20.0, derived=True)
    assert found(WithinDoc(place="spot", area="square"), spot, SQUARE).headline.reasons == ("not-independent",)


def test_a_derived_place_is_measured_with_a_note_that_it_was_drawn_from_other_data() -> None:
    derived = replace(ROAD, derived=True, derived_from=("survey",))
    away = found(
        DistanceDoc(**{"from": "far", "to": "road"}), place("far", Point(131.0, 42.0)), derived, words="111 km"
    )
    along = found(DistanceDoc(**{"from": "a", "to": "b", "along": "road"}), A, B, derived, words="less than 5 km")
    for finding in (away, along, found(LengthDoc(of="road"), derived, words="about 20 km")):
        assert finding.verdict == Verdict.HOLDS
        notes = [said(note, catalogue()) for note in finding.headline.measurement.notes]
        assert notes[0] == "Road was drawn from other data; see its source."
    independent = found(LengthDoc(of="road"), ROAD, words="about 20 km").headline.measurement
    assert "claims.note-derived" not in [note.key for note in independent.notes]


def test_a_place_proves_no_distance_from_what_it_was_drawn_from() -> None:
    doc = DistanceDoc(**{"from": "square", "to": "road"})
    drawn = replace(ROAD, derived=True, derived_from=("square",))
    assert found(doc, SQUARE, drawn, words="within 1 km").headline.reasons == ("not-independent",)
    other = replace(drawn, derived_from=("east",))
    assert found(doc, SQUARE, other, words="within 1 km").verdict == Verdict.HOLDS
    along = DistanceDoc(**{"from": "a", "to": "b", "along": "road"})
    from_a = replace(ROAD, derived=True, derived_from=("a",))
    assert found(along, A, B, from_a, words="less than 5 km").headline.reasons == ("not-independent",)


def test_a_place_that_does_not_say_what_it_was_drawn_from_proves_no_distance() -> None:
    unknown = replace(ROAD, derived=True)
    away = DistanceDoc(**{"from": "square", "to": "road"})
    assert found(away, SQUARE, unknown, words="within 1 km").headline.reasons == ("not-independent",)
    assert found(LengthDoc(of="road"), unknown, words="about 20 km").verdict == Verdict.HOLDS


def test_a_distance_to_a_sketch_says_so() -> None:
    away = DistanceDoc(**{"from": "square", "to": "road"})
    for schematic in (True, False):
        notes = taken(away, SQUARE, replace(ROAD, schematic=schematic)).notes
        assert ("claims.note-sketch" in [note.key for note in notes]) == schematic


@pytest.mark.parametrize("sketched", ["spot", "square"])
def test_nothing_lies_within_a_sketch_and_no_sketch_within_an_area(sketched: str) -> None:
    both = [place("spot", LineString([(131.04, 43.05), (131.05, 43.05)]), 20.0), SQUARE]
    with pytest.raises(StoryError) as raised:
        found(WithinDoc(place="spot", area="square"), *(replace(one, schematic=one.id == sketched) for one in both))
    assert [problem.code for problem in raised.value.problems] == ["schematic-line"]


def test_a_line_in_several_pieces_says_that_all_are_counted() -> None:
    ways = MultiLineString([[(131.0, 43.0), (131.1, 43.0)], [(131.0, 43.001), (131.1, 43.001)]])
    notes = taken(LengthDoc(of="road"), replace(ROAD, geometry=ways), words="about 16 km").notes
    assert "Road is drawn in 2 pieces; all of them are counted." in [said(note, catalogue()) for note in notes]
    one = taken(LengthDoc(of="road"), ROAD, words="about 18 km").notes
    assert "claims.note-pieces" not in [note.key for note in one]


@pytest.mark.parametrize(
    "other", [SQUARE.geometry, Polygon([(131.02, 43.02), (131.08, 43.02), (131.08, 43.08), (131.02, 43.08)])]
)
def test_no_line_links_areas_that_overlap(other: BaseGeometry) -> None:
    inside = place("road", LineString([(131.04, 43.05), (131.06, 43.05)]), 30.0)
    with pytest.raises(StoryError) as raised:
        found(LinksDoc(line="road", areas=["square", "east"]), inside, SQUARE, replace(EAST, geometry=other))
    assert [problem.code for problem in raised.value.problems] == ["same-place"]


def test_neighbours_whose_borders_overlap_by_less_than_they_are_known_may_be_linked() -> None:
    near = Polygon([(131.0995, 43), (131.3, 43), (131.3, 43.1), (131.0995, 43.1)])
    road = place("road", LineString([(131.05, 43.05), (131.2, 43.05)]), 30.0)
    linked = found(LinksDoc(line="road", areas=["square", "east"]), road, SQUARE, replace(EAST, geometry=near))
    assert linked.verdict == Verdict.HOLDS


POLAR_CAP = place("cap", Polygon([(-180, 60), (180, 60), (180, 90), (-180, 90)]), 1000.0)


def test_an_edge_half_round_the_world_has_no_other_reading() -> None:
    inside = found(WithinDoc(place="spot", area="cap"), place("spot", Point(0.0, 89.0)), POLAR_CAP)
    assert (inside.verdict, inside.headline.measurement.cautions) == (Verdict.HOLDS, ())
    size = taken(AreaDoc(of="cap"), POLAR_CAP, words="about 34 million km²")
    assert size.value == pytest.approx(34.1e12, rel=0.01)
    assert size.high - size.value < 1e-3 * size.value
    ashore = place("ashore", Polygon([(10, 55), (11, 55), (11, 65), (10, 65)]))
    met = taken(TouchesDoc(places=["ashore", "cap"]), ashore, POLAR_CAP)
    assert met.high - met.value < 2000


def test_edges_along_a_pole_and_jumps_across_the_180th_meridian_keep_theirs() -> None:
    shore = [(-180, -70), (-90, -75), (0, -80), (90, -75), (180, -70)]
    ice = place("ice", Polygon([(-180, -90), *shore, (180, -90)]), 1000.0)
    assert taken(AreaDoc(of="ice"), ice).cautions == ("edge-model",)
    jump = place("jump", LineString([(100.0, 60.0), (-140.0, 60.0)]), 1000.0)
    assert taken(LengthDoc(of="jump"), jump).cautions == ("edge-model",)


def test_travel_runs_from_the_shortest_way_at_top_speed_to_the_longest_at_the_lowest() -> None:
    rail = replace(ROAD, schematic=True, stated=Stated(327_000, 1_000, "line table"))
    m = taken(TravelDoc(along="road", speed="50..60 km/h"), rail, words="2 to 6 hours")
    assert m.value / 3600 == pytest.approx(327 / 55)
    assert (m.low / 3600, m.high / 3600) == pytest.approx((326 / 60, 328 / 50))
    assert said(m.what, catalogue()).endswith(" at 50–60 km/h")
    assert label(m) == "327 km: 5.4–6.6 h"


@pytest.mark.parametrize(
    "start,end,uncertainty,value_h,low_h,high_h",
    [
        ("2019-02-27..2019-02-28", "2019-04-25", None, 56.5 * 24, 55 * 24, 58 * 24),
        ("2019-04-24", "2019-04-24", None, 0, 0, 24),
        ("2019-04-24", "2019-04-25", None, 24, 0, 48),
        ("2019-04-24 11:40", "2019-04-24 18:01", None, 381 / 60, 380 / 60, 382 / 60),
        ("2019-04-24 11:40", "2019-04-24 18:01", "10 min", 381 / 60, 361 / 60, 401 / 60),
        ("2019-04-24 11:40:00", "2019-04-24 12:40:00", None, 1, 1 - 1 / 3600, 1 + 1 / 3600),
        ("2019-04-24", "2019-04-25 12:00", "1 h", 24, 11, 37),
        ("2020-02-28", "2020-03-01", None, 48, 24, 72),
    ],
)
def test_a_day_is_all_of_that_day_and_a_time_its_last_unit(
    start: str, end: str, uncertainty: str | None, value_h: float, low_h: float, high_h: float
) -> None:
    doc = IntervalDoc.model_validate({"from": start, "to": end, "uncertainty": uncertainty})
    m = taken(doc)
    assert (m.value / 3600, m.low / 3600, m.high / 3600) == pytest.approx((value_h, low_h, high_h))
    assert (m.lines, m.places) == ((), ())


def test_months_are_shown_in_days() -> None:
    doc = IntervalDoc.model_validate({"from": "2019-02-27..2019-02-28", "to": "2019-04-25"})
    finding = found(doc, words="about two months after")
    assert finding.verdict == Verdict.HOLDS
    assert label(finding.headline.measurement) == "56.5 days"
    assert found(doc, words="two months after").headline.reasons == ("definition",)


def test_further_readings_stand_apart_and_never_move_the_headline() -> None:
    near, far = DistanceDoc(**{"from": "a", "to": "b"}), DistanceDoc(**{"from": "a", "to": "far"})
    there = place("far", Point(131.0, 43.1))
    finding = found(near, A, B, there, words="less than 5 km", also=(("From afar", far),))
    assert finding.verdict == Verdict.HOLDS
    assert [(r.label, r.verdict) for r in finding.also] == [("From afar", Verdict.FAILS)]
    assert finding.as_the_author_says


def test_a_finding_crosses_a_process_pool_and_names_its_claim() -> None:
    finding = found(LengthDoc(of="road"), ROAD, words="18 km", note="mind the bend")
    assert pickle.loads(pickle.dumps(finding)) == finding
    assert (finding.kind, finding.claim_id, finding.note, finding.span) == ("length", "c1", "mind the bend", AT)


@pytest.mark.parametrize(
    "doc,places,code",
    [
        (DistanceDoc(**{"from": "a", "to": "b"}), (replace(A, uncertainty_m=None), B), "unmeasurable-place"),
        (DistanceDoc(**{"from": "a", "to": "b"}), (replace(A, uncertainty_m=math.nan), B), "unmeasurable-place"),
        (DistanceDoc(**{"from": "a", "to": "b"}), (replace(A, geometry=Point()), B), "bad-geometry"),
        (DistanceDoc(**{"from": "a", "to": "b", "along": "square"}), (A, B, SQUARE), "wrong-geometry"),
        (LengthDoc(of="square"), (SQUARE,), "wrong-geometry"),
        (LengthDoc(of="road"), (replace(ROAD, schematic=True),), "schematic-line"),
        (WithinDoc(place="a", area="road"), (A, ROAD), "wrong-geometry"),
        (LinksDoc(line="road", areas=["square", "a"]), (ROAD, SQUARE, A), "wrong-geometry"),
        (TravelDoc(along="road", speed="fast"), (ROAD,), "unclear-quantity"),
        (IntervalDoc.model_validate({"from": "2019-04-25", "to": "2019-04-24"}), (), "bad-date"),
        (IntervalDoc.model_validate({"from": "9999-12-31", "to": "9999-12-31"}), (), "bad-date"),
        (
            IntervalDoc.model_validate({"from": "2019-04-24", "to": "2019-04-24", "uncertainty": "soon"}),
            (),
            "unclear-quantity",
        ),
    ],
)
def test_what_cannot_be_measured_is_a_problem_at_the_claim(doc: object, places: tuple[Place, ...], code: str) -> None:
    with pytest.raises(StoryError) as caught:
        measure(claim(doc, *places))
    problem = caught.value.problems[0]
    assert (problem.code, problem.span) == (code, AT)
    assert problem.message


def test_an_author_may_say_what_loose_words_mean() -> None:
    rail = replace(ROAD, schematic=True, stated=Stated(327_000, 1_000, "line table"))
    doc = TravelDoc(along="road", speed="50..60 km/h")
    loose = found(doc, rail)
    assert loose.verdict == Verdict.TOO_LOOSE
    said = measure(replace(claim(doc, rail), too_loose=False, expectation=read_expect("2..6 h", "duration")))
    assert (said.verdict, said.headline.reasons) == (Verdict.TOO_CLOSE, ("uncertainty",))
