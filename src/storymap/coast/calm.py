"""A shore that was traced from a raster, as a calm line."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

# GSHHG's stairs show at zoom 12 and closer. Simplifying by half a stair and cutting the corners turns them into a calm
# line; the shore moves by less than its own error (about 100 m).
_HALF_STAIR_M = 50.0
_CHAIKIN_PASSES = 2
_LONGEST_CUT_M = 100.0  # a quarter of a long straight shore would be a bay of its own
_SMALLEST_M2 = 10_000.0
_M_PER_DEGREE = (111_320.0, 111_130.0)  # of longitude on the equator, of latitude; good to 1 %
_PX_M = 156_543.0 / 2**13  # a pixel of zoom 13 on the equator: what a detail file is drawn for


def calmed(polygon: BaseGeometry, latitude: float) -> list[BaseGeometry]:
    """Return a polygon (degrees) without the stairs of the raster, as valid polygons in degrees, maybe none.

    Metres are those of `latitude` (degrees), near the polygon's middle. Holes are filled, specks under a hectare left
    out. Simplified by Douglas and Peucker, corners cut by Chaikin (1974), then right to half a pixel of zoom 13.
    """
    shrink = np.cos(np.radians(latitude))
    metres_per_degree = np.array(_M_PER_DEGREE) * (shrink, 1.0)
    metres = shapely.simplify(shapely.transform(polygon, lambda lonlat: lonlat * metres_per_degree), _HALF_STAIR_M)
    found: list[BaseGeometry] = []
    for part in polygons(metres):
        if part.area >= _SMALLEST_M2:
            smooth = shapely.make_valid(shapely.Polygon(_corners_cut(part.exterior)), method="structure")
            found.extend(polygons(shapely.simplify(smooth, _PX_M * shrink / 2)))
    return [shapely.transform(part, lambda xy: xy / metres_per_degree) for part in found]


def polygons(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Return the polygons within a geometry of any kind."""
    parts = shapely.get_parts(shapely.get_parts(geometry))  # a collection may hold a MultiPolygon
    return [part for part in parts if isinstance(part, shapely.Polygon) and not part.is_empty]


def _corners_cut(ring: BaseGeometry) -> NDArray[np.float64]:
    points = shapely.get_coordinates(ring)
    for _ in range(_CHAIKIN_PASSES):
        starts, edges = points[:-1], np.diff(points, axis=0)
        lengths = np.maximum(np.hypot(*edges.T), 1e-9)
        steps = edges * np.minimum(0.25, _LONGEST_CUT_M / lengths)[:, None]
        cut = np.stack((starts + steps, starts + edges - steps), 1).reshape(-1, 2)
        points = np.concatenate((cut, cut[:1]))
    return points
