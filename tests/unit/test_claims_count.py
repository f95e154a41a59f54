"""How many places of a kind lie inside an area or near a place: as drawn, surely and possibly."""

from typing import Any

import pytest
from shapely.geometry import LineString, MultiPoint, Point, box

from storymap import earth
from storymap.claims import measure
from storymap.places import Place
from storymap.problems import StoryError
from storymap.scene import Measurement, Verdict
from storymap.story import CountDoc
from storymap.strings import catalogue
from storymap.wording import said
from tests.unit.test_claims import claim, found, label, place, taken

WITHIN = CountDoc(kind="town", within="isle")
ISLE = place("isle", box(10.0, 50.0, 10.1, 50.1), 50.0, kind="island")
NORTH_M = 111_240.0  # of a degree of latitude here, about


def town(name: str, lon: float, lat: float, u: float = 100.0, **more: Any) -> Place:
    return place(name, Point(lon, lat), u, **{"kind": "town", **more})


def near(distance: str = "10 km", centre: str = "mid") -> CountDoc:
    return CountDoc(kind="town", near=centre, distance=distance)


def counts(m: Measurement) -> tuple[float, float, float]:
    return m.low, m.value, m.high


def notes(m: Measurement) -> list[str]:
    return [said(note, catalogue()) for note in m.notes]


MID = town("mid", 10.05, 50.05)


def test_a_place_inside_counts_and_one_outside_does_not() -> None:
    m = taken(WITHIN, ISLE, MID, town("out", 10.3, 50.05), words="one town")
    assert counts(m) == (1, 1, 1)
    assert (m.dimension, m.places, label(m)) == ("count", ("isle", "mid"), "1 counted")


@pytest.mark.parametrize(
    "metres_inside,low,value,high",
    [(151, 1, 1, 1), (149, 0, 1, 1), (-149, 0, 0, 1), (-151, 0, 0, 0)],
)
def test_near_the_edge_both_uncertainties_keep_it_open(metres_inside: float, low: int, value: int, high: int) -> None:
    there = town("there", 10.05, 50.0 + metres_inside / NORTH_M)
    assert counts(taken(WITHIN, ISLE, there, words="one town")) == (low, value, high)


@pytest.mark.parametrize(
    "metres_short,low,value,high",
    [(202, 1, 1, 1), (198, 0, 1, 1), (-198, 0, 0, 1), (-202, 0, 0, 0)],
)
def test_a_distance_is_read_exactly_and_both_uncertainties_count(
    metres_short: float, low: int, value: int, high: int
) -> None:
    (x, y) = earth.geodesic((10.05, 50.05), (10.05, 51.0), step_m=10.0)[0]
    assert (x, y) == (10.05, 50.05)
    way = earth.inverse((10.05, 50.05), (10.05, 50.05 + 0.09))
    there = town("there", 10.05, 50.14)
    m = taken(near(f"{way + metres_short:.3f} m"), MID, there, words="one town")
    assert counts(m) == (low, value, high)


def test_what_is_open_decides_only_where_the_words_turn_on_it() -> None:
    edge = town("edge", 10.05, 50.0005)
    assert found(WITHIN, ISLE, MID, edge, words="two towns").verdict == Verdict.TOO_CLOSE
    assert found(WITHIN, ISLE, MID, edge, words="two towns").headline.reasons == ("uncertainty",)
    assert found(WITHIN, ISLE, MID, edge, words="at least one town").verdict == Verdict.HOLDS
    assert found(WITHIN, ISLE, MID, edge, words="three towns").verdict == Verdict.FAILS


def test_none_is_a_count_too() -> None:
    m = taken(WITHIN, ISLE, town("out", 11.0, 50.05), words="no towns")
    assert counts(m) == (0, 0, 0)
    assert found(WITHIN, ISLE, town("out", 11.0, 50.05), words="no towns").verdict == Verdict.HOLDS
    assert found(WITHIN, ISLE, MID, words="no towns").verdict == Verdict.FAILS


def test_the_place_that_is_named_does_not_count_itself() -> None:
    m = taken(near(), MID, town("there", 10.06, 50.05), words="one town")
    assert counts(m) == (1, 1, 1)
    assert notes(m) == [
        "Counted among all places of the kind “town” that this story knows (1); there may be others.",
        "Counted: There.",
    ]


def test_places_of_other_kinds_do_not_count() -> None:
    assert counts(taken(WITHIN, ISLE, MID, town("city", 10.05, 50.06, kind="city"), words="one town")) == (1, 1, 1)


def test_a_line_counts_where_all_of_it_lies_inside() -> None:
    inside = place("road", LineString([(10.02, 50.02), (10.08, 50.08)]), 10.0, kind="town")
    across = place("across", LineString([(10.05, 50.05), (10.3, 50.05)]), 10.0, kind="town")
    assert counts(taken(WITHIN, ISLE, inside, across, words="one town")) == (1, 1, 1)


def test_a_line_or_an_area_is_as_near_as_its_nearest_point() -> None:
    road = place("road", LineString([(10.1, 50.05), (20.0, 50.05)]), 10.0, kind="town")
    assert counts(taken(near("4 km"), MID, road, words="one town")) == (1, 1, 1)
    assert counts(taken(near("3 km"), MID, road, words="one town")) == (0, 0, 0)


def test_it_counts_across_the_180th_meridian() -> None:
    centre = place("mid", Point(179.99, 0.0), 100.0)
    assert counts(taken(near("5 km"), centre, town("there", -179.99, 0.0), words="one town")) == (1, 1, 1)


def test_a_note_names_what_counts_and_what_is_open() -> None:
    m = taken(WITHIN, ISLE, MID, town("edge", 10.05, 50.0005), town("out", 11.0, 50.05), words="two towns")
    assert "knows (3);" in notes(m)[0]
    assert notes(m)[1:] == ["Counted: Mid, Edge.", "Within the uncertainty of the limit: Edge."]
    assert m.places == ("isle", "mid", "edge")


def test_the_edge_of_the_area_is_drawn_and_a_mark_at_each_place_that_counts() -> None:
    m = taken(WITHIN, ISLE, MID, words="one town")
    assert [len(line) for line in m.lines] == [5, 2]
    assert m.lines[1] == ((10.05, 50.05), (10.05, 50.05))


def test_a_circle_is_drawn_round_a_point_a_rim_round_an_area_and_a_line_as_it_is() -> None:
    there = town("there", 10.06, 50.05)
    circle = taken(near(), MID, there, words="one town").lines[0]
    assert {round(earth.inverse((10.05, 50.05), spot)) for spot in circle} == {10_000}
    assert circle[0] == circle[-1]
    road = place("mid", LineString([(10.1, 50.05), (10.2, 50.05)]), 10.0)
    assert taken(near(), road, there, words="one town").lines[0] == ((10.1, 50.05), (10.2, 50.05))
    (rim, _) = taken(near(centre="isle"), ISLE, there, words="one town").lines
    assert rim[0] == rim[-1]
    far = [earth.nearest(ISLE.geometry, Point(spot)).distance_m for spot in rim]
    assert far == pytest.approx([10_000] * len(far), rel=5e-3)
    two = place("mid", MultiPoint([(10.1, 50.05), (10.2, 50.05)]), 10.0)
    assert len(taken(near(), two, there, words="one town").lines) == 1


@pytest.mark.parametrize("distance", ["0 km", "15,000 km"])
def test_a_circle_that_would_be_none_is_not_drawn(distance: str) -> None:
    m = taken(near(distance), MID, town("there", 10.05, 50.05), words="one town")
    assert [len(line) for line in m.lines] == [2]


def test_a_derived_place_proves_nothing_within_and_one_drawn_from_the_centre_nothing_near() -> None:
    drawn = town("drawn", 10.06, 50.05, derived=True, derived_from=("mid",))
    assert taken(WITHIN, ISLE, drawn, words="one town").cautions == ("not-independent",)
    assert taken(near(), MID, drawn, words="one town").cautions == ("not-independent",)
    away = town("away", 12.0, 50.05, derived=True)
    assert taken(WITHIN, ISLE, MID, away, words="one town").cautions == ()


def test_edges_that_can_be_read_in_two_ways_keep_a_place_open() -> None:
    wide = place("isle", box(0.0, 50.0, 30.0, 60.0), 100.0, kind="island")
    between = town("between", 15.0, 60.3)  # north of the parallel, south of the geodesic
    m = taken(WITHIN, wide, between, words="no towns")
    assert counts(m) == (0, 0, 1)
    assert m.cautions == ("edge-model",)


def test_a_distance_that_cannot_be_read_is_a_problem() -> None:
    with pytest.raises(StoryError) as caught:
        measure(claim(near("some way"), MID, town("there", 10.06, 50.05)))
    assert [problem.code for problem in caught.value.problems] == ["unclear-quantity"]


@pytest.mark.parametrize("metres_short,surely", [(200.3, 1), (199.7, 0)])
def test_near_the_limit_a_metre_decides(metres_short: float, surely: int) -> None:
    """Both are known to 100 m; the limit is as far as the town as drawn and so much more."""
    far = earth.inverse((10.05, 50.05), (10.05, 50.1))
    m = taken(near(f"{far + metres_short:.1f} m"), MID, town("there", 10.05, 50.1), words="one town")
    assert m.low == surely


def test_nothing_is_counted_inside_a_sketch() -> None:
    with pytest.raises(StoryError) as raised:
        measure(claim(WITHIN, place("isle", ISLE.geometry, 50.0, schematic=True), MID, words="one town"))
    assert [problem.code for problem in raised.value.problems] == ["schematic-line"]
