"""What cannot be measured is said, by an EarthError that names what is wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from shapely.geometry import LineString, MultiLineString, MultiPoint, Point, Polygon

from storymap.earth import (
    EarthError,
    along,
    area,
    bearing,
    contains_margin,
    depth,
    geodesic,
    inverse,
    length,
    nearest,
    perimeter,
)

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
    "no step": (lambda: geodesic((0, 0), (1, 1), step_m=0), "step"),
}


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
