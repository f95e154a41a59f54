"""What the search promises where edges are equally far for very long: it ends, and says how exact it is."""

from __future__ import annotations

import itertools

import pytest
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from storymap.claims import distance
from storymap.earth import Edges, depth, inverse, nearest, nearest_many
from storymap.earth.effort import TOLERANCE_M
from storymap.places import Place
from storymap.problems import Span
from storymap.story import DistanceDoc

# Searches of these once went on for seconds to minutes, or stopped at a number of pieces and said nothing.
HARD: dict[str, tuple[BaseGeometry, BaseGeometry, Edges | tuple[Edges, Edges], float]] = {
    "edges that end at a pole, and a parallel equally far from it": (
        LineString([(-178, -89.6), (-164, -84.3), (-161, -90), (-168, -84.6), (-174, -81), (-164, -90)]),
        LineString([(-16.7, -36.9), (-5.9, -36.9), (-21.5, -36.9)]),
        "planar",
        inverse((0, -90), (0, -36.9)),
    ),
    "edges that leave a pole at right angles to a parallel": (
        LineString([(30, -32.7), (48.2, -90), (26.9, -69.8), (77.8, -48.1), (44.5, -90)]),
        LineString([(-65, -20.8), (-120.9, -20.8)]),
        "planar",
        inverse((0, -90), (0, -20.8)),
    ),
    "an area round a pole, and a parallel beyond a quarter of the earth": (
        Polygon([(21, -90), (22, -72), (10, -55), (-11, -52), (-25, -67), (-27.6, -83.5), (-29.6, -90), (6.4, -90)]),
        LineString([(-163.8, 64.9), (-185, 64.9), (-197, 64.9), (-169.5, 64.9)]),
        "planar",
        inverse((0, -90), (0, 64.9)),
    ),
    "edges to a pole, and one not far off that all but runs along a parallel": (
        LineString([(80, -21), (113, 90), (78, -21)]),
        LineString([(-15, 81.8), (-107, 81.8 + 1e-6), (13, 81.8)]),
        "planar",
        inverse((0, 90), (0, 81.8 + 1e-6)),
    ),
    "edges that all but run along parallels, and climb alike": (
        LineString([(-100, 40), (70, 40 + 2e-9)]),
        LineString([(-100, 43), (70, 43 + 2e-9)]),
        "planar",
        inverse((0, 40), (0, 43)),
    ),
    "parallels but for the rounding of their latitudes": (
        LineString([(-123, 49.00000000000001), (-95, 49)]),
        LineString([(-123, 50), (-95, 50.00000000000001)]),
        "planar",
        inverse((0, 49), (0, 50)),
    ),
    "a parallel in pieces close to a pole, and an edge to the pole": (
        LineString([(lon, 89.99965745327674) for lon in (-102.4, -92.5, -54.4, 16.9)]),
        LineString([(-21.33089480533252, 89.99999890857245), (-23.53920865547539, 90)]),
        "planar",
        inverse((-21.33089480533252, 89.99999890857245), (-21.33089480533252, 89.99965745327674)),
    ),
    "a geodesic through a pole, and a parallel": (
        LineString([(10, 80), (190, 80)]),
        LineString([(-90, 20), (-60, 20)]),
        ("geodesic", "planar"),
        inverse((10, 80), (-60, 20)),
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_what_is_equally_far_for_long_is_settled_with_a_fifth_of_the_pieces(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storymap.earth.effort._PIECES", 20_000)
    a, b, edges, metres = HARD[name]
    for one, other in itertools.permutations((a, b)):
        of_each = edges if one is a or isinstance(edges, str) else (edges[1], edges[0])
        found = nearest(one, other, edges=of_each)
        assert found.distance_m == pytest.approx(metres, abs=TOLERANCE_M, rel=0)
        assert found.within_m == TOLERANCE_M


@pytest.fixture
def no_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let searches end before they have cut anything."""
    monkeypatch.setattr("storymap.earth.effort._PIECES", 0)
    monkeypatch.setattr("storymap.earth.effort._FOR_EACH_PAIR", 0)


@pytest.mark.usefixtures("no_pieces")
@pytest.mark.parametrize("name", [name for name in HARD if "rounding" not in name and "in pieces" not in name])
def test_a_search_that_is_ended_says_how_much_nearer_something_could_be(name: str) -> None:
    a, b, edges, metres = HARD[name]
    found = nearest(a, b, edges=edges)
    assert found.within_m > TOLERANCE_M
    assert found.distance_m - found.within_m <= metres <= found.distance_m + TOLERANCE_M
    assert inverse(found.on_a, found.on_b) == pytest.approx(found.distance_m, abs=2e-6, rel=0)


@pytest.mark.usefixtures("no_pieces")
def test_the_same_is_said_of_many_places_and_of_depths() -> None:
    spiral = LineString([(0, 89.99), (170, 89.999), (340, 89.99)])
    many = nearest_many([(60.0, 89.9995), (10.0, 50.0)], MultiLineString([spiral, LineString([(9, 51), (12, 52)])]))
    assert many.within_m[0] > TOLERANCE_M
    assert many.within_m[1] == TOLERANCE_M
    cap = Polygon([(lon, 80) for lon in range(0, 360, 40)])
    assert depth(cap, Point(100, 85)).within_m == TOLERANCE_M
    assert depth(cap, spiral).within_m > TOLERANCE_M


def test_what_a_search_left_open_widens_the_distance_that_a_claim_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, _, metres = HARD["edges that end at a pole, and a parallel equally far from it"]
    places = {name: _place(name, shape) for name, shape in (("a", a), ("b", b))}
    asked = DistanceDoc(from_="a", to="b", along=None)
    settled = distance.measure(asked, places, None)
    monkeypatch.setattr("storymap.earth.effort._PIECES", 0)
    monkeypatch.setattr("storymap.earth.effort._FOR_EACH_PAIR", 0)
    ended = distance.measure(asked, places, None)
    within = nearest(a, b).within_m
    assert within > 1
    assert ended.value - ended.low >= settled.value - settled.low + within - 1e-6
    assert ended.low < metres < ended.high


def _place(name: str, shape: BaseGeometry) -> Place:
    return Place(
        id=name,
        name=name,
        kind="line",
        geometry=shape,
        uncertainty_m=10.0,
        source="drawn here",
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
