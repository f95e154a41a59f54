"""How large an area is: its value, and an interval that no edge within the uncertainty can leave."""

import math
import random
from dataclasses import replace

import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from storymap import earth
from storymap.claims import measure
from storymap.problems import StoryError
from storymap.scene import Verdict
from storymap.story import AreaDoc
from tests.unit.test_claims import claim, found, label, place, taken

OF = AreaDoc(of="field")
# On the equator, where a degree is nearly the same in both directions.
SQUARE = box(10.0, 0.0, 10.1, 0.1)
FIELD = place("field", SQUARE, 50.0)
HOLED = Polygon(SQUARE.exterior, [box(10.02, 0.02, 10.03, 0.03).exterior, box(10.06, 0.06, 10.07, 0.07).exterior])
LAKE = place("field", HOLED, 50.0)
PER_DEG = math.pi / 180 * 6_378_137.0  # of longitude, on the equator


def test_an_area_is_that_of_the_ellipsoid() -> None:
    m = taken(OF, FIELD, words="about 123 km²")
    assert m.value == pytest.approx(earth.area(FIELD.geometry), rel=1e-12)
    assert m.value == pytest.approx((0.1 * PER_DEG) * (0.1 * 110_574), rel=1e-4)
    assert (m.dimension, m.places, label(m)) == ("area", ("field",), "123.1 km²")


def test_it_is_uncertain_by_a_strip_along_its_edge_and_by_the_corners_outside() -> None:
    m = taken(OF, FIELD, words="about 123 km²")
    strip = 50.0 * earth.perimeter(FIELD.geometry)
    assert m.value - m.low == pytest.approx(strip)
    assert m.high - m.value == pytest.approx(strip + math.pi * 2500)


def test_holes_are_taken_off_and_may_grow_like_the_area_itself() -> None:
    m = taken(OF, LAKE, words="about 121 km²")
    assert m.value == pytest.approx(
        earth.area(FIELD.geometry) - 2 * earth.area(box(10.02, 0.02, 10.03, 0.03)), rel=1e-6
    )
    strip = 50.0 * earth.perimeter(HOLED)
    assert m.value - m.low == pytest.approx(strip + 2 * math.pi * 2500)
    assert m.high - m.value == pytest.approx(strip + math.pi * 2500)


def test_every_part_of_several_may_grow() -> None:
    parts = MultiPolygon([box(10.0, 0.0, 10.1, 0.1), box(10.3, 0.0, 10.4, 0.1)])
    m = taken(OF, place("field", parts, 50.0), words="about 250 km²")
    assert m.high - m.value == pytest.approx(50.0 * earth.perimeter(parts) + 2 * math.pi * 2500)


def jagged(seed: int) -> Polygon:
    """A star with deep bays, with and without holes, 0.2 degrees wide round (10, 0)."""
    rng = random.Random(seed)
    turns = [2 * math.pi * k / 14 for k in range(14)]
    ring = [(10 + r * math.cos(t), r * math.sin(t)) for t in turns for r in [rng.uniform(0.03, 0.1)]]
    holes = [box(10 + x, y, 10 + x + 0.006, y + 0.006).exterior for x in (-0.015, 0.005) for y in (-0.012, 0.005)]
    return Polygon(ring, holes[: seed % 5])


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("u_m", [100.0, 1000.0, 4000.0])
def test_no_edge_within_the_uncertainty_encloses_more_or_less(seed: int, u_m: float) -> None:
    shape = jagged(seed)
    m = taken(OF, place("field", shape, u_m), words="about 123 km²")
    for grown in (shape.buffer(u_m / PER_DEG), shape.buffer(-u_m / PER_DEG)):
        size = 0.0 if grown.is_empty else earth.area(grown)
        assert m.low <= size <= m.high


def test_an_uncertainty_larger_than_the_area_leaves_nothing_below_zero() -> None:
    islet = place("field", box(10.0, 0.0, 10.001, 0.001), 500.0)
    m = taken(OF, islet, words="about 1 km²")
    assert m.low == 0
    assert m.high == pytest.approx(m.value + 500 * earth.perimeter(islet.geometry) + math.pi * 250_000)


def test_an_area_across_the_180th_meridian_is_one() -> None:
    halves = MultiPolygon([box(179.9, 0.0, 180.0, 0.1), box(-180.0, 0.0, -179.9, 0.1)])
    m = taken(OF, place("field", halves, 50.0), words="about 246 km²")
    whole = taken(OF, place("field", box(179.9, 0.0, 180.1, 0.1), 50.0), words="about 246 km²")
    assert (m.value, m.low, m.high) == pytest.approx((whole.value, whole.low, whole.high), rel=1e-9)
    assert len(m.lines) == 1


def test_geodesic_edges_are_drawn_and_measured_as_such() -> None:
    wide = box(0.0, 50.0, 30.0, 60.0)
    m = taken(OF, place("field", wide, 1000.0, edges="geodesic"), words="about 2 million km²")
    assert m.value == pytest.approx(earth.area(wide, edges="geodesic"))
    assert m.value - m.low > abs(m.value - earth.area(wide))
    assert m.cautions == ("edge-model",)
    assert max(lat for _, lat in m.lines[0]) > 60.8


def test_its_whole_edge_is_drawn_with_that_of_holes() -> None:
    m = taken(OF, LAKE, words="about 121 km²")
    rings = [HOLED.exterior, *HOLED.interiors]
    assert [list(line) for line in m.lines] == [list(ring.coords) for ring in rings]


def test_a_cut_along_the_meridian_and_a_run_along_the_pole_are_not_drawn() -> None:
    cap = Polygon([(-180, -90), (180, -90), (180, -80), (90, -75), (0, -80), (-90, -75), (-180, -80)])
    m = taken(OF, place("field", cap, 1000.0), words="about 4 million km²")
    assert [list(line) for line in m.lines] == [[(180, -80), (90, -75), (0, -80), (-90, -75), (-180, -80)]]


def test_an_area_with_a_straight_side_on_the_meridian_keeps_it() -> None:
    m = taken(OF, place("field", box(179.9, 0.0, 180.0, 0.1), 50.0), words="about 123 km²")
    assert [len(line) for line in m.lines] == [5]


def test_a_sketch_of_an_area_cannot_be_measured() -> None:
    with pytest.raises(StoryError) as caught:
        measure(claim(OF, replace(FIELD, schematic=True)))
    assert [problem.code for problem in caught.value.problems] == ["schematic-line"]


def test_the_verdict_goes_by_the_whole_strip() -> None:
    # 12.3 km² · (1 ± 4 · 50 m / 11 km): 120.9–125.5 km².
    for words, verdict in (("less than 126 km²", Verdict.HOLDS), ("less than 125 km²", Verdict.TOO_CLOSE)):
        assert found(OF, FIELD, words=words).verdict == verdict
