"""How long the edge of an area is: all outer rings, no holes, and no more certain than its detail."""

import math
import random
from dataclasses import replace
from itertools import pairwise

import pytest
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from storymap import earth
from storymap.claims.coastline import hidden_detail
from storymap.claims.rings import edge_runs
from storymap.places import Stated
from storymap.scene import Measurement, Verdict
from storymap.story import PerimeterDoc
from storymap.strings import catalogue
from storymap.wording import said
from tests.unit.test_claims import found, label, place, taken

OF = PerimeterDoc(of="isle")


def many_sided(corners: int, radius_deg: float = 0.1) -> Polygon:
    turns = [2 * math.pi * k / corners for k in range(corners)]
    return Polygon([(10 + radius_deg * math.cos(t), radius_deg * math.sin(t)) for t in turns])


def coast(seed: int, rounds: int, roughness: float) -> Polygon:
    """A shore that is as rough at every scale: each edge is broken in the middle, `rounds` times."""
    rng = random.Random(seed)
    ring = list(many_sided(6).exterior.coords)
    for _ in range(rounds):
        finer = [ring[0]]
        for (x0, y0), (x1, y1) in pairwise(ring):
            by = rng.choice((-1, 1)) * roughness
            finer += [((x0 + x1) / 2 - by * (y1 - y0), (y0 + y1) / 2 + by * (x1 - x0)), (x1, y1)]
        ring = finer
    return Polygon(ring)


SHORE = many_sided(360).exterior
ROUND = place("isle", many_sided(360), 10.0)


def notes(m: Measurement) -> str:
    return " ".join(said(note, catalogue()) for note in m.notes)


def test_a_round_island_is_as_long_as_its_shore_and_swells_with_its_radius() -> None:
    m = taken(OF, ROUND, words="about 70 km")
    assert m.value == pytest.approx(earth.length(LineString(SHORE.coords)))
    assert m.value == pytest.approx(2 * math.pi * 0.1 * 111_000, rel=0.005)
    assert m.value - m.low == pytest.approx(2 * math.pi * 10)
    assert m.high - m.value == pytest.approx(2 * math.pi * 10, rel=0.2)
    assert (m.dimension, m.places, label(m)) == ("length", ("isle",), "69.71 km")


@pytest.mark.parametrize("u_m", [200.0, 1000.0])
def test_an_edge_that_runs_beside_the_drawn_one_has_a_length_in_the_interval(u_m: float) -> None:
    m = taken(OF, replace(ROUND, uncertainty_m=u_m), words="about 70 km")
    for beside in (u_m, -u_m):
        shore = ROUND.geometry.buffer(beside / 111_320)
        assert m.low - 5 <= earth.perimeter(shore) <= m.high + 5


def test_lakes_are_no_coast_and_a_note_says_how_long_their_shores_are() -> None:
    lake = box(9.98, -0.02, 10.02, 0.02)
    holed = replace(ROUND, geometry=Polygon(SHORE, [lake.exterior]))
    m = taken(OF, holed, words="about 70 km")
    assert m.value == taken(OF, ROUND, words="about 70 km").value
    assert len(m.lines) == 1
    assert "The edges of holes in it, and of islands in these, are left out; they are 17.8 km long." in notes(m)


def test_every_island_of_a_group_counts_and_may_swell() -> None:
    pair = MultiPolygon([box(10, 0, 10.1, 0.1), box(10.2, 0, 10.3, 0.1)])
    m = taken(OF, place("isle", pair, 10.0), words="about 90 km")
    assert m.value == pytest.approx(2 * earth.perimeter(box(10, 0, 10.1, 0.1)))
    assert m.value - m.low == pytest.approx(2 * 2 * math.pi * 10)
    assert len(m.lines) == 2


def test_an_island_cut_at_the_180th_meridian_has_one_shore_and_its_lake_none() -> None:
    left = Polygon(
        [(179.9, 0), (180, 0), (180, 0.04), (179.98, 0.04), (179.98, 0.06), (180, 0.06), (180, 0.1), (179.9, 0.1)]
    )
    right = Polygon(
        [
            (-179.9, 0),
            (-180, 0),
            (-180, 0.04),
            (-179.98, 0.04),
            (-179.98, 0.06),
            (-180, 0.06),
            (-180, 0.1),
            (-179.9, 0.1),
        ]
    )
    m = taken(OF, place("isle", MultiPolygon([left, right]), 10.0), words="about 66 km")
    assert m.value == pytest.approx(earth.perimeter(box(179.9, 0, 180.1, 0.1)))
    assert m.value - m.low == pytest.approx(2 * math.pi * 10)
    assert "left out" in notes(m)


def test_an_uncertainty_larger_than_the_island_leaves_nothing_below_zero() -> None:
    m = taken(OF, place("isle", many_sided(12, 0.001), 500.0), words="about 1 km")
    assert m.low == 0


@pytest.mark.parametrize("seed", range(6))
def test_what_finer_detail_adds_to_a_rough_coast_is_allowed_for(seed: int) -> None:
    """Drawn in steps of 220 m, in truth a fifth longer when walked in steps of 13 m: the interval has that, nearly."""
    drawn, true = coast(seed, 6, 0.15), coast(seed, 10, 0.15)
    m = taken(OF, place("isle", drawn, 400.0), words="about 90 km")
    assert m.value < 0.85 * earth.perimeter(true)
    assert m.high > 0.95 * earth.perimeter(true)
    assert "scale" in m.cautions


def test_a_figure_above_the_drawn_length_of_a_coast_is_a_matter_of_scale() -> None:
    rough = place("isle", coast(1, 6, 0.2), 400.0)
    drawn = earth.perimeter(rough.geometry) / 1000
    finding = found(OF, rough, words=f"{drawn * 1.2:.0f} km")
    assert (finding.verdict, finding.headline.reasons) == (Verdict.TOO_CLOSE, ("scale",))
    assert found(OF, rough, words=f"{drawn * 10:.0f} km").verdict == Verdict.FAILS


def test_straight_sides_hide_nothing_but_what_leaving_points_out_shows() -> None:
    sides = [(10 + 0.1 * k, 0.0) for k in range(10)] + [(11.0, 0.1 * k) for k in range(10)]
    sides += [(11 - 0.1 * k, 1.0) for k in range(10)] + [(10.0, 1 - 0.1 * k) for k in range(10)]
    m = taken(OF, place("isle", Polygon(sides), 50.0), words="about 440 km")
    assert m.high - m.value < 2 * math.pi * 50 + 0.001 * m.value


def test_a_note_says_how_finely_the_edge_is_drawn_and_at_which_scale() -> None:
    assert "a point every 194 m on average" in notes(taken(OF, ROUND, words="about 70 km"))
    scaled = taken(OF, replace(ROUND, scale="1:250,000"), words="about 70 km")
    assert "drawn at scale 1:250,000, with a point every 194 m" in notes(scaled)


def test_a_published_length_stands_for_the_drawn_one() -> None:
    m = taken(OF, replace(ROUND, schematic=True, stated=Stated(71_000, 500, "survey")), words="71 km")
    assert (m.value, m.low, m.high) == (71_000, 70_500, 71_500)
    assert label(m) == "71.0 km, published"


def test_a_derived_edge_is_measured_with_a_note() -> None:
    m = taken(OF, replace(ROUND, derived=True), words="about 70 km")
    assert m.cautions == ()
    assert "was drawn from other data" in notes(m)


def test_long_geodesic_sides_are_straight_too() -> None:
    corners = [(0.0, 50.0), (30.0, 50.0), (30.0, 60.0), (0.0, 60.0), (0.0, 50.0)]
    ring = [point for a, b in pairwise(corners) for point in earth.geodesic(a, b, step_m=5_000)[:-1]]
    m = taken(OF, place("isle", Polygon(ring), 500.0, edges="geodesic"), words="about 6,000 km")
    assert m.value == pytest.approx(sum(earth.inverse(a, b) for a, b in pairwise(corners)))
    assert m.value - m.low == pytest.approx(2 * math.pi * 500 + abs(m.value - earth.perimeter(Polygon(ring))), rel=0.01)
    assert m.high - m.value < m.value - m.low + 0.003 * m.value


def test_islets_too_small_to_be_walked_round_are_left_as_they_are() -> None:
    islets = MultiPolygon([many_sided(24, 0.001), box(10.01, 0.0, 10.011, 0.001)])
    m = taken(OF, place("isle", islets, 100.0), words="about 1 km")
    alone = taken(OF, place("isle", islets, 9.0), words="about 1 km")  # finer than 10 m: not walked either
    assert m.high - m.value - 4 * math.pi * 100 == pytest.approx(alone.high - alone.value - 4 * math.pi * 9)


def test_an_island_across_the_180th_meridian_may_be_written_either_way() -> None:
    shore = [(x + 169.95, y) for x, y in coast(1, 6, 0.2).exterior.coords]
    jumping = [(x - 360 if x > 180 else x, y) for x, y in shore]
    assert {x > 0 for x, _ in jumping} == {True, False}
    one, other = (taken(OF, place("isle", Polygon(ring), 400.0), words="90 km") for ring in (shore, jumping))
    assert (one.low, one.value, one.high) == pytest.approx((other.low, other.value, other.high))


def test_islands_in_a_lake_are_no_coast_either() -> None:
    lake = [(9.95, -0.05), (10.05, -0.05), (10.05, 0.05), (9.95, 0.05)]
    holed = Polygon(SHORE, [lake])
    m = taken(OF, replace(ROUND, geometry=MultiPolygon([holed, box(9.98, -0.02, 10.02, 0.02)])), words="about 70 km")
    alone = taken(OF, replace(ROUND, geometry=holed), words="about 70 km")
    assert (m.value, m.low, m.high) == (alone.value, alone.low, alone.high)
    assert len(m.lines) == 1


def test_the_law_of_detail_is_carried_on_to_steps_of_ten_metres() -> None:
    u_m = 400.0
    detail = hidden_detail(place("isle", coast(1, 6, 0.2), u_m), edge_runs(coast(1, 6, 0.2)), 0.0)
    assert detail.walks is not None
    fine, coarse = detail.walks
    assert detail.hidden_m == pytest.approx(fine * (fine / coarse) ** math.log2(u_m / 10.0))


def test_a_ring_is_walked_round_from_sixteen_uncertainties_on() -> None:
    ring = coast(1, 5, 0.2)
    length_m = earth.perimeter(ring)
    for times, walked in ((15.9, False), (16.1, True)):
        detail = hidden_detail(place("isle", ring, length_m / times), edge_runs(ring), length_m)
        assert (detail.walks is not None) == walked, times
