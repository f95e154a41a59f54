"""What must hold for any geometries: no order, direction, cut or turn of longitude changes a distance."""

from __future__ import annotations

import numpy as np
import pytest
from geopy.distance import geodesic as geopy_geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from storymap.earth import (
    Edges,
    LonLat,
    area,
    bearing,
    contains_margin,
    inverse,
    length,
    models_apart,
    nearest,
    nearest_many,
)
from storymap.earth.arcs import Arcs, upright
from storymap.earth.edges import curves
from storymap.earth.ellipsoid import in_space
from storymap.earth.feet import feet
from storymap.earth.geodesics import ways
from storymap.earth.ground import ground, sag, steepness
from storymap.earth.pieces import whole

few = settings(max_examples=60, deadline=None)
TOLERANCE_M = 2e-4  # each search is certain to 1e-4 m

# Coordinates on a grid of 1e-6 degrees: steps of 0.1 m, so that no edge is shorter than rounding.
degrees = st.integers(-(10**6), 10**6).map(lambda n: n / 10**6)
models: st.SearchStrategy[Edges] = st.sampled_from(["planar", "geodesic"])


@st.composite
def lines(draw: st.DrawFn) -> LineString:
    """Return a line of two to five corners, a metre to some thousand kilometres wide, anywhere, poles included."""
    lon, lat = 180 * draw(degrees), 85 * draw(degrees)
    size = draw(st.sampled_from([1e-4, 1e-2, 1.0, 20.0]))
    shape = draw(st.lists(st.tuples(degrees, degrees), min_size=2, max_size=5))
    return LineString([(lon + size * x, max(-90.0, min(90.0, lat + size * y))) for x, y in shape])


places = st.tuples(degrees.map(lambda x: 180 * x), degrees.map(lambda y: 90 * y))
geometries: st.SearchStrategy[BaseGeometry] = st.one_of(lines(), places.map(Point))


@few
@given(geometries, lines(), models, models)
def test_the_order_of_two_geometries_does_not_matter(a: BaseGeometry, b: LineString, of_a: Edges, of_b: Edges) -> None:
    there, back = nearest(a, b, edges=(of_a, of_b)), nearest(b, a, edges=(of_b, of_a))
    assert there.distance_m == pytest.approx(back.distance_m, abs=TOLERANCE_M, rel=0)


@few
@given(geometries, lines(), models, st.sampled_from([-360, 360]))
def test_a_turn_of_longitude_changes_nothing(a: BaseGeometry, b: LineString, edges: Edges, turn: int) -> None:
    moved = translate(b, xoff=turn)
    assert nearest(a, moved, edges=edges).distance_m == pytest.approx(
        nearest(a, b, edges=edges).distance_m, abs=TOLERANCE_M, rel=0
    )
    assert length(moved, edges=edges) == pytest.approx(length(b, edges=edges), abs=1e-6, rel=1e-12)


@few
@given(geometries, lines(), models)
def test_the_direction_of_a_line_does_not_matter(a: BaseGeometry, b: LineString, edges: Edges) -> None:
    back = LineString(b.coords[::-1])
    assert nearest(a, back, edges=edges).distance_m == pytest.approx(
        nearest(a, b, edges=edges).distance_m, abs=TOLERANCE_M, rel=0
    )
    assert length(back, edges=edges) == pytest.approx(length(b, edges=edges), abs=1e-6, rel=1e-12)


@few
@given(geometries, lines(), models, st.floats(0.05, 0.95))
def test_a_corner_put_in_along_an_edge_changes_nothing(a: BaseGeometry, b: LineString, edges: Edges, t: float) -> None:
    corner = curves(b, edges).at(np.array([0]), np.array([t]))[0]
    split = LineString([b.coords[0], corner, *b.coords[1:]])
    assert nearest(a, split, edges=edges).distance_m == pytest.approx(
        nearest(a, b, edges=edges).distance_m, abs=TOLERANCE_M, rel=0
    )
    assert length(split, edges=edges) == pytest.approx(length(b, edges=edges), abs=1e-5, rel=1e-12)


@few
@given(geometries, lines(), models, st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_no_place_on_a_line_is_nearer_than_the_nearest(
    a: BaseGeometry, b: LineString, edges: Edges, shares: list[float]
) -> None:
    found = nearest(a, b, edges=edges)
    assert inverse(found.on_a, found.on_b) == pytest.approx(found.distance_m, abs=2e-6, rel=0)
    of_a, of_b = curves(a, edges), curves(b, edges)
    for curve, other in ((of_a, of_b), (of_b, of_a)):
        for k in range(len(curve)):
            on_it = curve.at(np.full(5, k), np.array(shares))
            some = ways(on_it[:, None, :], other.start_deg[None, :, :]).length_m
            assert some.min() > found.distance_m - TOLERANCE_M


@few
@given(lines(), lines(), models, models, st.tuples(degrees, degrees), st.booleans())
def test_no_places_of_two_lines_are_nearer_than_the_nearest(
    a: LineString, b: LineString, of_a: Edges, of_b: Edges, shift: LonLat, opposite: bool
) -> None:
    """Near each other, and nearly opposite on the earth; both lines are scanned densely."""
    lon, lat = a.coords[0]
    x, y = b.coords[0]
    goal = (lon + 180 + shift[0], -lat + shift[1]) if opposite else (lon + 9 * shift[0], lat + 9 * shift[1])
    moved = translate(b, goal[0] - x, 0)
    b = LineString([(x, max(-90.0, min(90.0, y1 + goal[1] - y))) for x, y1 in moved.coords])
    found = nearest(a, b, edges=(of_a, of_b))
    dense = []
    for line, edges in ((a, of_a), (b, of_b)):
        c = curves(line, edges)
        dense.append(c.at(np.repeat(np.arange(len(c)), 21), np.tile(np.linspace(0, 1, 21), len(c))))
    assert ways(dense[0][:, None, :], dense[1][None, :, :]).length_m.min() > found.distance_m - TOLERANCE_M
    assert inverse(found.on_a, found.on_b) == pytest.approx(found.distance_m, abs=2e-6, rel=0)


@few
@given(st.lists(places, min_size=1, max_size=6), geometries, models)
def test_many_places_are_as_far_as_each_of_them(these: list[LonLat], geometry: BaseGeometry, edges: Edges) -> None:
    near = [(lon, lat) for lon, lat in geometry.coords]
    some = [*these, *near, ((near[0][0] + near[-1][0]) / 2, (near[0][1] + near[-1][1]) / 2)]
    found = nearest_many(some, geometry, edges=edges)
    alone = [nearest(Point(place), geometry, edges=edges).distance_m for place in some]
    assert found.distance_m == pytest.approx(alone, abs=TOLERANCE_M, rel=0)
    for place, metres, on in zip(some, found.distance_m, found.on_geometry, strict=True):
        assert inverse(place, tuple(on)) == pytest.approx(metres, abs=2e-6, rel=0)


@few
@given(geometries, lines())
def test_the_reading_of_edges_changes_no_distance_by_more_than_is_said(a: BaseGeometry, b: LineString) -> None:
    planar, geodesic = (nearest(a, b, edges=edges).distance_m for edges in ("planar", "geodesic"))
    assert abs(planar - geodesic) <= models_apart(a) + models_apart(b) + TOLERANCE_M


@few
@given(
    st.floats(-150, 330), st.floats(20, 60), st.floats(0.05, 0.95), st.sampled_from([-1, 1]), st.sampled_from([0, -360])
)
def test_between_both_readings_of_a_long_edge_only_one_reading_holds(
    lon: float, lat: float, share: float, north: bool, turned: bool
) -> None:
    """A place and a line poleward of the parallel that joins two corners, and short of the geodesic that does."""
    pole = 1 if north else -1
    wide = Polygon([(lon, pole * lat), (lon + 30, pole * lat), (lon + 30, pole * (lat - 15)), (lon, pole * (lat - 15))])
    top = curves(LineString(wide.exterior.coords[:2]), "geodesic").at(np.array([0]), np.array([0.5]))[0, 1]
    x, y = lon + 15 - 360 * turned, pole * lat + share * (top - pole * lat)
    assume(abs(x) <= 360)
    over = LineString([(x, y), (x, pole * 89.0)])
    readings: list[tuple[Edges, bool]] = [("planar", False), ("geodesic", True)]
    for edges, holds in readings:
        assert (contains_margin(wide, (x, y), edges=edges) > 0) == holds
        assert (nearest_many([(x, y)], wide, edges=edges).distance_m[0] == 0) == holds
        assert (nearest(wide, over, edges=(edges, "planar")).distance_m == 0) == holds
        assert (nearest(wide.exterior, over, edges=(edges, "planar")).distance_m == 0) == holds


@few
@given(lines(), places, models)
def test_a_foot_that_is_called_certain_is_the_nearest(line: LineString, place: LonLat, edges: Edges) -> None:
    c = curves(line, edges)
    every = np.arange(len(c))
    here = np.repeat([place], len(c), axis=0)
    found = feet(here, c, every, np.full(len(c), 0.5))
    for k in np.flatnonzero(found.certain):
        scan = c.at(np.full(101, k), np.linspace(0, 1, 101))
        assert ways(np.array(place), scan).length_m.min() > found.distance_m[k] - 1e-5


@few
@given(lines(), places, models)
def test_bounds_by_chords_hold_for_all_of_an_edge(line: LineString, place: LonLat, edges: Edges) -> None:
    c = curves(line, edges)
    start = np.array([line.coords[0][0] + place[0] / 100, max(-90.0, min(90.0, line.coords[0][1] + place[1] / 100))])
    for here in (np.array(place), start):
        space = in_space(here)[None]
        found = Arcs(space, upright(space), c).to(np.zeros(len(c), dtype=np.intp), np.arange(len(c)))
        for k in range(len(c)):
            scan = ways(here, c.at(np.full(41, k), np.linspace(0, 1, 41))).length_m
            assert found.least_m[k] <= scan.min()
            assert ways(here, c.at(np.array([k]), found.t[k : k + 1])).length_m[0] <= found.most_m[k]


@few
@given(places, places, lines(), models)
def test_two_places_differ_in_distance_by_no_more_than_the_way_between_them(
    p: LonLat, q: LonLat, line: LineString, edges: Edges
) -> None:
    to_p, to_q = (nearest(Point(x), line, edges=edges).distance_m for x in (p, q))
    assert abs(to_p - to_q) <= inverse(p, q) + TOLERANCE_M


@few
@given(lines(), models, st.floats(0, 1))
def test_no_edge_strays_from_its_chord_by_more_than_its_bulge(line: LineString, edges: Edges, t: float) -> None:
    c = curves(line, edges)
    on_edge = in_space(c.at(np.arange(len(c)), np.full(len(c), t)))
    on_chord = c.chord0 + t * (c.chord1 - c.chord0)
    assert (np.linalg.norm(on_edge - on_chord, axis=1) <= c.bulge_m + 1e-6).all()


@few
@given(lines(), places, models)
def test_the_distance_along_an_edge_sags_no_more_than_its_bound(line: LineString, place: LonLat, edges: Edges) -> None:
    """The bound by which the search drops a piece on the ground alone (`storymap.earth.ground`)."""
    c = curves(line, edges)
    every = np.arange(len(c))
    ends, middle = (
        [ways(np.array(place), c.at(every, np.full(len(c), t))).length_m for t in shares] for shares in ((0, 1), (0.5,))
    )
    least = np.maximum(middle[0] - c.length_m / 2, 1e-3)
    bound = sag(whole(c, every), steepness(least))
    assert (middle[0] >= (ends[0] + ends[1]) / 2 - bound - 1e-6).all()


@few
@given(lines(), lines(), models, models, st.integers(0, 3))
def test_no_places_of_two_edges_are_nearer_than_the_ground_says(
    a: LineString, b: LineString, of_a: Edges, of_b: Edges, at_pole: int
) -> None:
    """The bounds that tell pieces apart where they are equally far: edges to a pole, edges along parallels."""
    if at_pole & 1:
        a = LineString([*a.coords[:-1], (a.coords[-1][0], 90.0)])
    if at_pole & 2:
        b = LineString([(x, b.coords[0][1]) for x, _ in b.coords])
    p, q = curves(a, of_a), curves(b, of_b)
    i, j = (k.ravel() for k in np.indices((len(p), len(q))))
    bounds = ground(whole(p, i), whole(q, j), np.zeros(len(i)))
    share = np.linspace(0, 1, 21)
    for k in range(len(i)):
        here, there = p.at(np.full(21, i[k]), share), q.at(np.full(21, j[k]), share)
        assert ways(here[:, None, :], there[None, :, :]).length_m.min() > bounds.least_m[k] - 1e-6


@few
@given(places, places)
def test_points_agree_with_geopy_and_with_proj(p: LonLat, q: LonLat) -> None:
    (lon_p, lat_p), (lon_q, lat_q) = p, q
    azimuth, _, metres = Geod(ellps="WGS84").inv(lon_p, lat_p, lon_q, lat_q)
    for found in (inverse(p, q), nearest(Point(p), Point(q)).distance_m, ways(np.array(p), np.array(q)).length_m):
        assert found == pytest.approx(metres, abs=1e-6, rel=0)
        assert found == pytest.approx(geopy_geodesic((lat_p, lon_p), (lat_q, lon_q)).m, abs=1e-6, rel=0)  # lat, lon
    if 1 < metres < 19_900_000 and abs(lat_p) < 89:
        assert abs((bearing(p, q)[0] - azimuth + 180) % 360 - 180) < 1e-5


@few
@given(
    places, st.floats(0.01, 20), st.lists(st.floats(0.3, 1), min_size=5, max_size=9), models, st.sampled_from([0, 360])
)
def test_inside_is_where_a_dense_drawing_in_degrees_says(
    middle: LonLat, size: float, reach: list[float], edges: Edges, turn: int
) -> None:
    assume(abs(middle[1]) + size < 85)
    angle = np.linspace(0, 2 * np.pi, len(reach), endpoint=False)
    corners = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.array(reach)[:, None] * size + middle
    polygon = Polygon(corners)
    c = curves(polygon, edges)
    i, t = np.repeat(np.arange(len(c)), 64), np.tile(np.arange(64) / 64, len(c))
    dense = Polygon(c.at(i, t))
    for share in (0.2, 0.5, 0.8, 1.1):
        x, y = corners[0] * share + np.array(middle) * (1 - share)
        if dense.exterior.distance(Point(x, y)) > size / 100:
            margin = contains_margin(polygon, (x + turn, y), edges=edges)
            assert (margin > 0) == dense.contains(Point(x, y))
    assert area(polygon, edges=edges) == pytest.approx(area(dense), rel=1e-3)
