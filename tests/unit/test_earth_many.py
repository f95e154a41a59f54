"""What `nearest_many` and the search promise: many places at once, flat stretches, bounds that hold."""

from __future__ import annotations

import gc
import itertools

import numpy as np
import pytest
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from storymap.earth import EarthError, Edges, contains_margin, depth, inverse, models_apart, nearest, nearest_many
from storymap.earth import edges as kept
from storymap.earth.arcs import chord_slack, upright, way_bounds
from storymap.earth.ellipsoid import in_space
from storymap.earth.geodesics import goals, ways

BOTH: list[Edges] = ["planar", "geodesic"]
RING = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
RIM = LineString([(lon, 80) for lon in range(-180, 181, 40)])
GEOMETRIES: dict[str, BaseGeometry] = {
    "a point": Point(10, 60),
    "points": MultiPoint([(170, -10), (-170, 10), (0, 90)]),
    "a line of no length": LineString([(10, 10), (10, 10)]),
    "edges of 1000 km": LineString([(0, 45), (12, 50), (25, 45), (25, 45), (40, 60)]),
    "an area with a hole": RING,
    "areas across the antimeridian": MultiPolygon(
        [Polygon([(178, -20), (184, -20), (182, -10)]), Polygon([(-178, 10), (-175, 10), (-176, 12)])]
    ),
    "a rim round the pole": RIM,
    "an area round the pole": Polygon([(lon, 70) for lon in range(0, 360, 60)]),
    "two lines": MultiLineString([[(0, 0), (1, 1)], [(100, 10), (120, -10), (121, 40)]]),
    "all kinds": GeometryCollection([Point(5, 5), LineString([(50, 0), (60, 10)]), RING]),
}
EVERYWHERE = np.array([(0, -90), *((lon + 0.5, lat) for lon in range(-360, 360, 90) for lat in (-61, -5, 4.5, 79, 90))])


@pytest.mark.parametrize("edges", BOTH)
@pytest.mark.parametrize("name", GEOMETRIES)
def test_many_places_are_measured_as_one_by_one(name: str, edges: Edges) -> None:
    geometry = GEOMETRIES[name]
    found = nearest_many(EVERYWHERE, geometry, edges=edges)
    for place, metres, on in zip(EVERYWHERE.tolist(), found.distance_m, found.on_geometry, strict=True):
        assert metres == pytest.approx(nearest(Point(place), geometry, edges=edges).distance_m, abs=1e-4, rel=0)
        assert inverse(tuple(place), tuple(on)) == pytest.approx(metres, abs=2e-6, rel=0)
        assert -180 <= on[0] <= 180


def test_places_come_as_an_array_as_pairs_or_as_points() -> None:
    places = [(4.5, 4.0), (4.5, 2.0), (20.0, 4.0)]
    array = nearest_many(np.array(places), RING)
    assert array.distance_m[1] == 0
    assert array.on_geometry[1].tolist() == [4.5, 2.0]
    assert array.distance_m[0] == pytest.approx(inverse((4.5, 4), (4.5, 3)), rel=1e-6)  # in the hole
    for other in (places, [Point(place) for place in places], shapely.points(places)):
        assert (nearest_many(other, RING).distance_m == array.distance_m).all()
    assert nearest_many(np.empty((0, 2)), RING).distance_m.shape == nearest_many([], RING).distance_m.shape == (0,)


def test_a_place_between_both_readings_of_a_long_edge_is_inside_for_one_only() -> None:
    wide = Polygon([(0, 50), (30, 50), (30, 30), (0, 30)])
    assert nearest_many([(15, 50.5)], wide, edges="geodesic").distance_m[0] == 0
    assert nearest_many([(15, 50.5)], wide).distance_m[0] > 50_000


def test_more_places_than_fit_at_once_are_measured_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = nearest_many(EVERYWHERE, RIM)
    monkeypatch.setattr("storymap.earth.many._MOST_PAIRS", 50)
    assert (nearest_many(EVERYWHERE, RIM).distance_m == whole.distance_m).all()


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([(0, 91)], "latitude 91"),
        ([(721, 0)], "longitude 721"),
        ([(0, float("nan"))], "finite"),
        ([Point(1, float("nan"))], "finite"),
        ([Point()], "empty"),
        ([LineString([(0, 0), (1, 1)])], "points"),
        ([(1, 2, 3)], "shape"),
        (["here"], "points"),
    ],
)
def test_places_that_cannot_be_measured_are_refused(places: list[tuple[float, float]], words: str) -> None:
    with pytest.raises(EarthError, match=words):
        nearest_many(places, RING)


# Long stretches that are equally far: nothing tells their parts apart, and the least distance is known.
FLAT: dict[str, tuple[BaseGeometry, BaseGeometry, float]] = {
    "two parallels": (LineString([(0, 50), (20, 50)]), LineString([(0, 55), (20, 55)]), inverse((0, 50), (0, 55))),
    "two parallels in pieces": (
        LineString([(lon / 9, 50) for lon in range(0, 91, 5)]),
        LineString([(lon / 9, 52) for lon in range(0, 91, 7)]),
        inverse((0, 50), (0, 52)),
    ),
    "a pole and a parallel": (Point(30, 90), LineString([(-180, 60), (180, 60)]), inverse((0, 90), (0, 60))),
    "a pole and a far parallel": (Point(30, 90), LineString([(-180, -20), (180, -20)]), inverse((0, 90), (0, -20))),
    "two rims": (RIM, LineString([(lon, 85) for lon in range(-180, 181, 45)]), inverse((0, 80), (0, 85))),
    "two meridians over a pole": (
        LineString([(0, 60), (0, 80)]),
        LineString([(90, 60), (90, 80)]),
        inverse((0, 80), (90, 80)),
    ),
    "two parallels, half the world apart": (
        LineString([(0, 60), (3, 60)]),
        LineString([(0, -60), (3, -60)]),
        inverse((0, 60), (0, -60)),
    ),
}


@pytest.mark.parametrize("name", FLAT)
def test_stretches_that_are_equally_far_all_along_are_measured_as_well(name: str) -> None:
    a, b, metres = FLAT[name]
    for one, other in itertools.permutations((a, b)):
        assert nearest(one, other).distance_m == pytest.approx(metres, abs=1e-4, rel=0)


def test_a_dent_in_a_flat_stretch_is_found() -> None:
    """A parallel that comes 2 mm nearer over some metres, 1,234 m from its end: only a whole search sees that."""
    south, (x, y) = LineString([(0, 50), (20, 50)]), (0.0173, 55 - 2e-8)
    dented = LineString([(0, 55), (x - 1e-4, 55), (x, y), (x + 1e-4, 55), (20, 55)])
    assert nearest(south, dented).distance_m == pytest.approx(inverse((x, y), (x, 50)), abs=1e-4, rel=0)


def test_a_line_touches_an_edge_in_one_reading_only() -> None:
    edge, short = LineString([(0, 50), (30, 50)]), LineString([(15, 49), (15, 50)])
    assert nearest(edge, short, edges="planar").distance_m == 0
    assert nearest(edge, short, edges="geodesic").distance_m > 50_000
    # And each side in its own: up to the geodesic, from a parallel that stays south of it.
    crossed = LineString([(0, 50.4), (30, 50.4)])
    assert nearest(edge, crossed, edges=("geodesic", "planar")).distance_m == 0
    assert nearest(edge, crossed, edges="geodesic").distance_m > 1_000
    assert nearest(edge, crossed, edges="planar").distance_m > 1_000


def test_the_bounds_from_chords_hold_for_two_hundred_thousand_pairs() -> None:
    """They rest on a law that was found by measurement (`storymap.earth.arcs`)."""
    rng = np.random.default_rng(11)
    n = 200_000
    places = np.stack([rng.uniform(-180, 180, n), np.degrees(np.arcsin(rng.uniform(-1, 1, n)))], axis=1)
    far = 10 ** rng.uniform(0, 6.6, n)
    others = goals(places, rng.uniform(-180, 180, n), far)
    p, q = in_space(places), in_space(others)
    none = np.zeros(n)
    least, most = way_bounds(p, upright(p), q, upright(q), none, none)
    metres = ways(places, others).length_m
    assert (least <= metres).all()
    assert (metres <= most).all()
    near = metres < 1_000_000
    assert ((most - least)[near] <= 2.01 * chord_slack(metres[near]) + 1e-6).all()


@pytest.mark.parametrize("edges", BOTH)
def test_the_depth_of_what_lies_outside_is_that_of_its_corner_furthest_out(edges: Edges) -> None:
    turn = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    corners = np.stack([12 + 8 * np.cos(turn) * (1 + np.sin(9 * turn) / 4), 12 + 6 * np.sin(turn)], axis=1)
    outside = corners[[contains_margin(RING, (x, y), edges=edges) < 0 for x, y in corners]]
    assert 200 < len(outside) < 300
    found = depth(RING, Polygon(corners), edges=edges)
    assert -found.margin_m == pytest.approx(
        nearest_many(outside, RING.boundary, edges=edges).distance_m.max(), abs=1e-4
    )


def test_no_more_geometries_are_kept_than_live() -> None:
    gc.collect()
    before = len(kept._kept)
    line = LineString([(0, 0), (1, 1)])
    nearest(line, Point(3, 3))
    del line
    gc.collect()
    assert len(kept._kept) <= before
    for k in range(100):
        contains_margin(Polygon([(k, 0), (k + 1, 0), (k, 1)]), (0, 0))
    assert len(kept._kept) <= 32


def test_the_geometries_asked_for_last_are_kept() -> None:
    often = Polygon([(0, 0), (1, 0), (0, 1)])
    others = [Polygon([(k, 0), (k + 1, 0), (k, 1)]) for k in range(40)]
    edges = kept.curves(often, "planar")
    for other in others:
        contains_margin(other, (0, 0))
        assert kept.curves(often, "planar") is edges


def test_more_places_and_polygons_than_fit_at_once_are_counted_in_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    squares = shapely.MultiPolygon([shapely.box(3 * k, 40, 3 * k + 2, 41) for k in range(20)])
    whole = nearest_many(EVERYWHERE, squares)
    monkeypatch.setattr("storymap.earth.containment._MOST_CELLS", 30)
    assert (nearest_many(EVERYWHERE, squares).distance_m == whole.distance_m).all()


def test_both_readings_lie_no_further_apart_than_is_said() -> None:
    edge = LineString([(0, 50), (30, 50)])
    apart = inverse((15, 50), (15, nearest(edge, Point(15, 60), edges="geodesic").on_a[1]))
    assert apart < models_apart(edge)
    assert models_apart(LineString([(0, 50), (0.01, 50)])) < 0.2
    assert models_apart(Point(1, 2)) == 0
