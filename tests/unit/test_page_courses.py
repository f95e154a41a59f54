"""A line is drawn where it runs: at a map's closest zoom, a stroke misses its edge by less than half a pixel."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
import shapely

from storymap import earth
from storymap.basemap.grid import Grid
from storymap.page.map.shapes import Shapes
from storymap.page.map.viewport import CLOSEST, CLOSEST_IN_DETAIL, units_per_px
from storymap.places import Edges
from storymap.scene import LonLat

GRID = Grid()
EDGES = {
    "across Asia": ((105.85, 21.03), (131.89, 43.11)),
    "over the Atlantic": ((-9.14, 38.72), (-43.2, -22.9)),
    "far north": ((-18.1, 65.7), (27.5, 79.9)),
    "over the date line": ((140.0, 36.0), (-122.0, 37.5)),
    "within a town": ((131.88, 43.11), (131.9, 43.12)),
}


def drawn(line: tuple[LonLat, ...], edges: Edges, zoom: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The positions of the one shape of a line, on the grid."""
    shapes = Shapes(GRID)
    shapes.add("x", [line], closed=False, closest=zoom, edges=edges)
    (shape,) = shapes.written()
    numbers = [int(n) for n in re.findall(r"-?\d+", shape.d)]
    return np.cumsum(np.array(numbers, np.float64).reshape(-1, 2), axis=0)


def course(a: LonLat, b: LonLat, edges: Edges) -> list[LonLat]:
    """A thousand positions on an edge, by the engine or by the rule of three."""
    if edges == "geodesic":
        return earth.geodesic(a, b, step_m=earth.inverse(a, b) / 1000)
    east = (b[0] - a[0] + 180) % 360 - 180
    return [(a[0] + east * k / 1000, a[1] + (b[1] - a[1]) * k / 1000) for k in range(1001)]


@pytest.mark.parametrize("zoom", [CLOSEST, CLOSEST_IN_DETAIL])
@pytest.mark.parametrize("edges", ["geodesic", "planar"])
@pytest.mark.parametrize(("a", "b"), EDGES.values(), ids=EDGES)
def test_a_long_edge_is_where_it_is_said_to_be_and_costs_no_more_points_than_that_needs(
    a: LonLat, b: LonLat, edges: Edges, zoom: float
) -> None:
    rows, px = drawn((a, b), edges, zoom), units_per_px(zoom)
    there = np.array(shapely.points(np.column_stack(GRID.project_run(*np.array(course(a, b, edges)).T))))
    shift = rows[0, 0] - shapely.get_x(there[0])
    line = shapely.LineString(rows - (shift - shift % 2**23 if abs(shift) > 2**22 else 0, 0))
    # Corners are whole units, which adds up to 0.7 of one.
    assert float(shapely.distance(line, there).max()) < 0.5 * px + 0.75
    # Without any second one of its points it would be off.
    assert len(rows) == 2 or float(shapely.distance(shapely.LineString(line.coords[::2]), there[:-60]).max()) > 0.5 * px
    lengths = [float(np.hypot(*(q - p))) for p, q in pairwise(rows)]
    assert len(rows) < 12 or np.median(lengths) > 20 * px


def test_a_line_that_is_measured_is_the_shape_of_the_place_it_runs_along() -> None:
    shapes = Shapes(GRID)
    corners = ((0.0, 50.0), (8.0, 55.0))
    first = shapes.add("p", [corners], closed=False, closest=CLOSEST, edges="planar")
    assert shapes.add("m", [list(corners)], closed=False, closest=CLOSEST, edges="planar") == first
    assert len(shapes.written()) == 1
