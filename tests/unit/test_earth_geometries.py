"""What the engine promises about geometries of every kind: containment, the poles, the antimeridian, lines."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPolygon,
    Point,
    Polygon,
)

from storymap.earth import (
    EarthError,
    Edges,
    along,
    area,
    contains_margin,
    depth,
    geodesic,
    inverse,
    length,
    nearest,
    part,
    perimeter,
)

BOTH: list[Edges] = ["planar", "geodesic"]
EARTH_M2 = 510_065_621_724_088.5
WIDE = Polygon([(0, 50), (30, 50), (30, 30), (0, 30)])
BETWEEN = (15, 50.5)  # north of the parallel, south of the geodesic that joins its ends
CAP = [(lon, 80) for lon in range(-180, 180, 30)]


def test_a_point_between_the_two_readings_of_a_long_edge_is_inside_for_one_only() -> None:
    assert contains_margin(WIDE, BETWEEN, edges="geodesic") > 50_000
    assert contains_margin(WIDE, BETWEEN, edges="planar") == pytest.approx(-inverse(BETWEEN, (15, 50)), abs=1e-4)
    assert nearest(WIDE, Point(BETWEEN), edges=("geodesic", "planar")).distance_m == 0
    assert nearest(WIDE, Point(BETWEEN), edges="planar").distance_m > 50_000


def test_a_slanting_edge_is_straight_in_degrees_if_planar() -> None:
    slant = Polygon([(0, 0), (30, 0), (30, 30)])
    assert contains_margin(slant, (20, 19.99)) > 0
    assert contains_margin(slant, (20, 20.01)) < 0


def test_lines_cross_in_the_edge_model_asked_for() -> None:
    short = LineString([(15, 50.5), (15, 51)])
    edge = LineString([(0, 50), (30, 50)])
    assert nearest(edge, short, edges="geodesic").distance_m == 0
    assert nearest(edge, short, edges="planar").distance_m > 50_000


def test_a_hole_is_outside_and_its_rim_the_boundary() -> None:
    ring = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
    assert contains_margin(ring, (4.5, 4)) == pytest.approx(-inverse((4.5, 4), (4.5, 3)), rel=1e-6)
    assert contains_margin(ring, (4.5, 2)) == pytest.approx(inverse((4.5, 2), (4.5, 3)), rel=1e-4)
    assert nearest(ring, Point(4.5, 4)).distance_m == pytest.approx(inverse((4.5, 4), (4.5, 3)), rel=1e-6)
    assert area(ring) == pytest.approx(area(Polygon(ring.exterior)) - area(Polygon(ring.interiors[0])))


def test_one_geometry_inside_another_is_at_no_distance_whichever_comes_first() -> None:
    inner = Polygon([(14, 40), (15, 40), (15, 41)])
    for a, b in itertools.permutations([WIDE, inner]):
        found = nearest(a, b)
        assert found.distance_m == 0
        assert found.on_a == found.on_b


@pytest.mark.parametrize("edges", BOTH)
def test_a_ring_round_a_pole_holds_the_pole(edges: Edges) -> None:
    for sign in (1, -1):
        cap = Polygon([(lon, sign * lat) for lon, lat in CAP])
        assert contains_margin(cap, (77, sign * 90), edges=edges) > 1_000_000
        assert contains_margin(cap, (0, sign * 79), edges=edges) == pytest.approx(-111_656.46, abs=0.01)
        assert contains_margin(cap, (0, sign * -90), edges=edges) < -18_000_000
        assert 3.7e12 < area(cap, edges=edges) < 3.91e12


def test_a_cap_drawn_along_the_antimeridian_to_the_pole_is_the_same_cap() -> None:
    drawn = Polygon([*CAP, (180, 80), (180, 90), (-180, 90)])
    round_the_pole = Polygon(CAP)
    assert area(drawn) == pytest.approx(area(round_the_pole), rel=1e-12)
    for place in [(12, 90), (180, 85), (-179.99, 85), (10, 79)]:
        assert contains_margin(drawn, place) == pytest.approx(contains_margin(round_the_pole, place), abs=1e-4)


def test_the_world_has_its_area_and_no_boundary() -> None:
    world = Polygon([(-180, -90), (180, -90), (180, 90), (-180, 90)])
    assert area(world) == pytest.approx(EARTH_M2, rel=1e-14)
    assert contains_margin(world, (10, 20)) == math.inf
    assert perimeter(world) == 0


@pytest.mark.parametrize("pole_lon", [0, -30, 150, 300])
def test_the_longitude_of_a_pole_means_nothing_to_geodesic_edges(pole_lon: float) -> None:
    octant = Polygon([(0, 0), (90, 0), (pole_lon, 90)])
    assert area(octant, edges="geodesic") == pytest.approx(EARTH_M2 / 8, rel=1e-12)
    assert contains_margin(octant, (45, 45), edges="geodesic") > 0
    assert contains_margin(octant, (-45, 45), edges="geodesic") < 0
    # A ring that goes round the world through a pole holds its smaller side.
    fan = Polygon([(0, -60), (100, -60), (200, -60), (300, -60), (pole_lon, 90)])
    assert area(fan, edges="geodesic") < EARTH_M2 / 4
    assert contains_margin(fan, (330, 0), edges="geodesic") > 0
    assert contains_margin(fan, (50, 0), edges="geodesic") < 0


def test_a_cut_along_the_antimeridian_is_no_boundary() -> None:
    west = Polygon([(170, 60), (180, 60), (180, 70), (170, 70)])
    east = Polygon([(-180, 60), (-175, 60), (-175, 70), (-180, 70)])
    cut, whole = MultiPolygon([west, east]), Polygon([(170, 60), (185, 60), (185, 70), (170, 70)])
    for place in [(180, 65), (179.99, 65), (-179.99, 65), (-176, 61), (186, 65)]:
        assert contains_margin(cut, place) == pytest.approx(contains_margin(whole, place), abs=1e-4)
    assert perimeter(cut) == pytest.approx(perimeter(whole), abs=1e-6)
    assert contains_margin(west, (179.99, 65)) < 500  # a real boundary there, where nothing goes on beyond
    # A line and an area that cross the cut lie inside; their own cut is no matter either.
    road = LineString([(179, 65), (181, 65), (184, 61)])
    land = MultiPolygon([Polygon([(179, 64), (180, 64), (180, 66), (179, 66)]),
                         Polygon([(-180, 64), (-179, 64), (-179, 66), (-180, 66)])])  # fmt: skip
    for within in (road, land, Polygon([(179, 64), (181, 64), (181, 66), (179, 66)])):
        assert depth(cut, within).margin_m == pytest.approx(depth(whole, within).margin_m, abs=1e-4)
        assert depth(cut, within).margin_m > 50_000
    assert depth(west, road).margin_m < -100_000


def test_how_deep_a_point_lies_is_its_margin() -> None:
    box = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)])
    for edges in BOTH:
        for place in [(9.9, 5.0), (5.0, 9.99), (11.0, 5.0)]:
            found = depth(box, Point(place), edges=edges)
            assert found.margin_m == contains_margin(box, place, edges=edges)
            assert inverse(found.on_geometry, found.on_boundary) == pytest.approx(abs(found.margin_m), abs=1e-4)


def test_a_line_is_as_deep_as_its_shallowest_point_and_out_as_far_as_its_furthest_vertex() -> None:
    notched = Polygon([(0, 0), (10, 0), (10, 10), (5, 5), (0, 10)])
    past = depth(notched, LineString([(3, 4.9), (7, 4.9)]))  # nearest to the notch in the middle of its edge
    assert past.margin_m == pytest.approx(inverse((5, 4.9), (5, 5)), abs=0.5)
    assert past.on_boundary == pytest.approx((5, 5))
    assert depth(notched, LineString([(3, 5.1), (7, 5.1)])).margin_m == 0  # both its ends lie inside
    out = depth(notched, LineString([(5, 4), (5, 6), (5, 7)]))
    assert out.margin_m == pytest.approx(contains_margin(notched, (5, 7)), abs=1e-6)
    assert out.on_geometry == pytest.approx((5, 7))


def test_the_edges_of_both_are_read_in_their_own_way() -> None:
    cap = Polygon([(0, 40), (60, 40), (60, 50), (0, 50)])
    flight = LineString([(1, 49), (59, 49)])
    assert depth(cap, flight, edges=("planar", "geodesic")).margin_m == 0  # it bends over the parallel
    assert depth(cap, flight, edges=("geodesic", "geodesic")).margin_m > 0
    assert depth(cap, flight, edges="planar").margin_m > 0


def test_an_area_round_a_hole_is_not_inside() -> None:
    ring = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(4, 4), (6, 4), (6, 6), (4, 6)]])
    block = Polygon([(3, 3), (7, 3), (7, 7), (3, 7)])
    assert depth(ring, block).margin_m == 0
    assert depth(ring, block.exterior).margin_m == pytest.approx(contains_margin(ring, (3.5, 3)), rel=0.2)
    assert depth(ring, Polygon(block.exterior, [[(3.5, 3.5), (6.5, 3.5), (6.5, 6.5), (3.5, 6.5)]])).margin_m > 50_000
    island = MultiPolygon([ring, Polygon([(4.5, 4.5), (5.5, 4.5), (5.5, 5.5), (4.5, 5.5)])])
    assert depth(island, block).margin_m == 0
    assert depth(island, Point(5, 5)).margin_m > 50_000


@pytest.mark.parametrize("edges", BOTH)
def test_both_ways_to_write_a_longitude_past_180_mean_the_same(edges: Edges) -> None:
    far, near = LineString([(179.9, 0), (180.3, 1), (181, 1)]), LineString([(179.9, 0), (-179.7, 1), (-179, 1)])
    place = Point(-179.2, 0.5)
    assert length(far, edges=edges) == pytest.approx(length(near, edges=edges), abs=1e-6)
    one, other = (nearest(line, place, edges=edges) for line in (far, near))
    assert one.distance_m == pytest.approx(other.distance_m, abs=1e-6)
    assert one.on_a == pytest.approx(other.on_a, abs=1e-9)
    assert -180 <= one.on_a[0] <= 180


def test_the_pieces_of_a_line_add_up_and_are_what_part_returns() -> None:
    line = LineString([(130, 42), (130.5, 42.4), (131, 42.3), (131.5, 42.8)])
    start, middle, end = Point(130, 42), Point(130.8, 42.6), Point(131.5, 42.8)
    for edges in BOTH:
        first, second = along(line, start, middle, edges=edges), along(line, middle, end, edges=edges)
        assert first + second == pytest.approx(length(line, edges=edges), abs=1e-4)
        assert along(line, middle, start, edges=edges) == first
        assert along(line, middle, middle, edges=edges) == 0
        piece = part(line, start, middle, edges=edges)
        assert piece[:2] == [(130, 42), (130.5, 42.4)]
        assert length(LineString(piece), edges=edges) == pytest.approx(first, abs=1e-3)
        assert part(line, middle, start, edges=edges) == piece[::-1]
    assert len(part(line, start, start)) == 2


def test_a_line_in_several_parts_is_one_if_they_join() -> None:
    joined = MultiLineString([[(1, 1), (2, 2)], [(0, 0), (1, 1)]])
    assert along(joined, Point(0, 0), Point(2, 2)) == pytest.approx(length(joined), abs=1e-6)


def test_a_line_that_is_cut_at_the_antimeridian_is_one() -> None:
    cut = MultiLineString([[(-179, 3), (-180, 1)], [(178, 0), (180, 1)]])
    whole = LineString([(178, 0), (180, 1), (181, 3)])
    for edges in BOTH:
        metres = along(cut, Point(178, 0), Point(-179, 3), edges=edges)
        assert metres == pytest.approx(length(whole, edges=edges), abs=1e-6)
    assert [(lon % 360, lat) for lon, lat in part(cut, Point(178, 0), Point(181, 3))] == list(whole.coords)
    with pytest.raises(EarthError, match="one unbroken line"):
        along(MultiLineString([[(178, 0), (180, 1)], [(-180, 2), (-179, 3)]]), Point(178, 0), Point(181, 3))


def test_along_a_closed_line_the_shorter_way_is_taken() -> None:
    ring = LineString([(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)])
    for a, b, way in (
        ((0, 0), (0, 1), [(0, 0), (0, 1)]),
        ((0, 0), (1, 0), [(0, 0), (1, 0)]),
        ((0, 0.25), (0.5, 0), [(0, 0.25), (0, 0), (0.5, 0)]),
    ):
        for edges in BOTH:
            metres = pytest.approx(length(LineString(way), edges=edges), rel=1e-6)
            assert along(ring, Point(a), Point(b), edges=edges) == metres
            assert along(ring, Point(b), Point(a), edges=edges) == metres
            assert part(ring, Point(a), Point(b), edges=edges) == pytest.approx(np.array(way), abs=1e-9)
            assert part(ring, Point(b), Point(a), edges=edges) == pytest.approx(np.array(way[::-1]), abs=1e-9)


def test_a_line_that_crosses_the_seam_does_not_go_round_the_world() -> None:
    """Only one along a parallel does, and a ring."""
    seam = LineString([(180, 0), (-180, 10)])
    assert length(seam) == pytest.approx(inverse((180, 0), (180, 10)))
    assert nearest(Point(0, 5), seam).distance_m > 18_000_000
    assert nearest(Point(0, 5), LineString([(180, 5), (-180, 5)])).distance_m == 0


def test_only_the_lines_of_a_collection_have_length_and_only_its_polygons_area() -> None:
    line, box = LineString([(0, 0), (1, 1)]), Polygon([(5, 5), (6, 5), (6, 6)])
    both = GeometryCollection([GeometryCollection([line, Point(9, 9)]), box])
    assert length(both) == length(line)
    assert area(both) == area(box)
    assert contains_margin(both, (5.9, 5.5)) == contains_margin(box, (5.9, 5.5)) > 0
    assert nearest(both, Point(9, 9)).distance_m == 0


def test_a_line_of_no_length_is_measured_as_its_point() -> None:
    dot = LineString([(10, 10), (10, 10)])
    assert length(dot) == 0
    for edges in BOTH:
        assert nearest(dot, Point(11, 10), edges=edges).distance_m == inverse((10, 10), (11, 10))


def test_equally_far_along_a_whole_parallel_is_measured_all_the_same() -> None:
    rim = LineString([(lon, 80) for lon in range(0, 360, 40)])
    assert nearest(Point(30, 90), rim).distance_m == pytest.approx(inverse((0, 90), (0, 80)), abs=1e-6)


@pytest.mark.parametrize("edges", BOTH)
def test_the_shortest_way_over_ground_wins_over_the_shortest_chord(edges: Edges) -> None:
    """From the equator the ground bends more to the north: at 1000 km that is 14 m of way for one chord."""
    north = LineString([(-1, 9.1), (0, 9.04), (1, 9.1)])
    to_north = nearest(Point(0, 0), north, edges=edges)
    east_deg = math.degrees((to_north.distance_m - 1.5) / 6378137)
    east = LineString([(east_deg, -0.03), (east_deg, 0.05)])
    found = nearest(Point(0, 0), MultiLineString([north, east]), edges=edges)
    assert found.on_b == pytest.approx((east_deg, 0), abs=1e-6)
    assert found.distance_m == pytest.approx(to_north.distance_m - 1.5, abs=1e-4)


def test_near_the_antipode_the_least_distance_is_found() -> None:
    """The far corner is the nearest place: the middle of the edge lies opposite, as far as can be."""
    line = LineString([(178, -41), (183, -39)])
    found = nearest(Point(0, 40), line, edges="geodesic")
    assert found.on_b == (-177.0, -39.0)
    assert found.distance_m == inverse((0, 40), (183, -39))


def test_a_drawn_geodesic_is_dense_and_runs_on_across_the_antimeridian() -> None:
    line = geodesic((179, 10), (-179, 12), step_m=50_000)
    assert line[0] == (179.0, 10.0)
    assert line[-1] == (181.0, 12.0)
    steps = [inverse(p, q) for p, q in itertools.pairwise(line)]
    assert max(steps) <= 50_000
    assert sum(steps) == pytest.approx(inverse((179, 10), (-179, 12)), abs=1e-6)
