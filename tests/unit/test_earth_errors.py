"""What cannot be measured is said, by an EarthError that names what is wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from shapely.geometry import GeometryCollection, LineString, MultiLineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from storymap import earth
from storymap.earth import (
    EarthError,
    LonLat,
    along,
    area,
    bearing,
    circle,
    contains_margin,
    depth,
    geodesic,
    inverse,
    length,
    models_apart,
    nearest,
    nearest_many,
    part,
    perimeter,
)

NAN = float("nan")
HERE = Point(0, 0)
LINE = LineString([(0, 0), (1, 1)])

FAULTS: dict[str, tuple[Callable[[], object], str]] = {
    "not a number": (lambda: nearest(Point(float("nan"), 0), HERE), "finite"),
    "infinite": (lambda: nearest(HERE, LineString([(0, 0), (0, float("inf"))])), "finite"),
    "empty point": (lambda: nearest(Point(), HERE), "empty"),
    "empty line": (lambda: length(LineString()), "empty"),
    "lat out of range": (lambda: nearest(MultiPoint([(0, 0), (43.1, 131.9)]), HERE), r"latitude 131\.9"),
    "lon out of range": (lambda: nearest(Point(721, 0), HERE), "longitude 721"),
    "no geometry": (lambda: nearest("here", HERE), "geometry"),  # type: ignore[arg-type]
    "unknown edges": (lambda: nearest(HERE, HERE, edges="straight"), "planar"),  # type: ignore[arg-type]
    "no edges": (lambda: nearest(HERE, HERE, edges=None), "planar"),  # type: ignore[arg-type]
    "edges of one of two": (lambda: nearest(HERE, HERE, edges=("planar",)), "planar"),  # type: ignore[arg-type]
    "edges of three": (lambda: depth(LINE, HERE, edges=("planar",) * 3), "two of these"),  # type: ignore[arg-type]
    "edges by number": (lambda: depth(LINE, HERE, edges=3), "planar"),  # type: ignore[arg-type]
    "many points that are none": (lambda: nearest_many(None, HERE), "sequence"),  # type: ignore[arg-type]
    "many points in one": (lambda: nearest_many(MultiPoint([(0, 0)]), HERE), "sequence"),  # type: ignore[arg-type]
    "a number among points": (lambda: nearest_many([HERE, 5], HERE), "points"),  # type: ignore[arg-type]
    "length of a point": (lambda: length(HERE), "line"),
    "length of an area": (lambda: length(HERE.buffer(1)), "perimeter"),
    "area of a line": (lambda: area(LINE), "area"),
    "perimeter of a line": (lambda: perimeter(LINE), "area"),
    "inside a line": (lambda: contains_margin(LINE, (0, 0)), "area"),
    "inside, point out of range": (lambda: contains_margin(HERE.buffer(1), (0, 91)), "latitude 91"),
    "deep in a line": (lambda: depth(LINE, HERE), "area"),
    "deep in the world": (lambda: depth(Polygon([(-180, -90), (180, -90), (180, 90), (-180, 90)]), HERE), "boundary"),
    "along two lines": (lambda: along(MultiLineString([[(0, 0), (1, 1)], [(5, 5), (6, 6)]]), HERE, HERE), "one"),
    "along an area": (lambda: along(HERE.buffer(1), HERE, HERE), "line"),
    "direction to itself": (lambda: bearing((1, 2), (1, 2)), "direction"),
    "half a position": (lambda: inverse((1,), (1, 2)), "two numbers"),  # type: ignore[arg-type]
    "a position in letters": (lambda: contains_margin(HERE.buffer(1), "12"), "two numbers"),  # type: ignore[arg-type]
    "a radius in letters": (lambda: circle((0, 0), "a"), "radius"),  # type: ignore[arg-type]
    "a radius round the world": (lambda: circle((0, 0), 20_003_931.5), "radius"),
    "a step in letters": (lambda: geodesic((0, 0), (1, 1), step_m="a"), "step"),  # type: ignore[arg-type]
    "no step": (lambda: geodesic((0, 0), (1, 1), step_m=0), "step"),
}


NO_GEOMETRIES = {
    "finite": [Point(float("nan"), 0), LineString([(0, 0), (0, float("inf"))]), MultiPoint([(0, 0), (1, NAN)])],
    "empty": [Point(), LineString(), Polygon(), MultiPoint(), GeometryCollection()],
    "latitude": [Point(0, 90.1), LineString([(0, 0), (43, 131)]), Polygon([(0, 0), (1, 0), (1, -91)])],
    "longitude": [Point(721, 0), LineString([(0, 0), (-721, 0)]), Polygon([(0, 0), (1, 0), (1e9, 1)])],
}
OF_GEOMETRIES: dict[str, Callable[[BaseGeometry], object]] = {
    "nearest": lambda wrong: nearest(wrong, HERE),
    "nearest, the other": lambda wrong: nearest(HERE, wrong),
    "nearest_many": lambda wrong: nearest_many([(0, 0)], wrong),
    "length": length,
    "perimeter": perimeter,
    "area": area,
    "contains_margin": lambda wrong: contains_margin(wrong, (0, 0)),
    "depth": lambda wrong: depth(wrong, HERE),
    "depth, the other": lambda wrong: depth(HERE.buffer(1), wrong),
    "along": lambda wrong: along(LINE, wrong, HERE),
    "part": lambda wrong: part(LINE, HERE, wrong),
    "models_apart": models_apart,
}
NO_POSITIONS = {"finite": (float("nan"), 0.0), "latitude": (131.9, -90.5), "longitude": (-721.0, 43.0)}
OF_POSITIONS: dict[str, Callable[[LonLat], object]] = {
    "inverse": lambda wrong: inverse((0, 0), wrong),
    "bearing": lambda wrong: bearing(wrong, (0, 0)),
    "geodesic": lambda wrong: geodesic((0, 0), wrong),
    "circle": lambda wrong: circle(wrong, 10.0),
    "contains_margin": lambda wrong: contains_margin(HERE.buffer(1), wrong),
    "nearest_many": lambda wrong: nearest_many([(1, 1), wrong], HERE),
}


@pytest.mark.parametrize("word", NO_GEOMETRIES)
@pytest.mark.parametrize("name", OF_GEOMETRIES)
def test_no_function_takes_a_geometry_that_is_none(name: str, word: str) -> None:
    for wrong in NO_GEOMETRIES[word]:
        with pytest.raises(EarthError, match=word):
            OF_GEOMETRIES[name](wrong)


@pytest.mark.parametrize("word", NO_POSITIONS)
@pytest.mark.parametrize("name", OF_POSITIONS)
def test_no_function_takes_a_position_that_is_none(name: str, word: str) -> None:
    with pytest.raises(EarthError, match=word):
        OF_POSITIONS[name](NO_POSITIONS[word])


def test_every_public_function_is_asked() -> None:
    asked = {name.partition(",")[0] for name in (*OF_GEOMETRIES, *OF_POSITIONS)}
    assert asked == {name for name in earth.__all__ if name[0].islower()}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_measured_is_said(fault: str) -> None:
    measure, words = FAULTS[fault]
    with pytest.raises(EarthError, match=words):
        measure()


def test_a_third_coordinate_is_ignored() -> None:
    assert nearest(Point(0, 0, 500), Point(1, 1, 9)).distance_m == inverse((0, 0), (1, 1))
    assert area(Polygon([(0, 0, 1), (1, 0, 2), (1, 1, 3)])) == area(Polygon([(0, 0), (1, 0), (1, 1)]))


def test_the_room_stands_alone() -> None:
    """It imports nothing else of storymap, and neither a browser's map nor a geocoder."""
    code = (
        "import sys, storymap.earth; print(*[m for m in sys.modules if "
        "(m.startswith('storymap.') and not m.startswith('storymap.earth')) or m.split('.')[0] in "
        "('geopy', 'folium', 'pydantic', 'yaml', 'jinja2', 'pyproj')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
