"""From geometry in degrees to what a tier draws: clipped, simplified to half a pixel, on whole numbers, in order."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.basemap.grid import Bounds, Grid
from storymap.basemap.pack import Geometries, Layer

# In units of the tier, half a pixel each: what is smaller in area is a speck, not a shape.
_SMALLEST_AREA: dict[Layer, float] = {"land": 4.0, "lakes": 36.0, "borders": 0.0}
_TOLERANCE = 1.0
_DIMENSION: dict[Layer, int] = {"land": 2, "lakes": 2, "borders": 1}


def drawn(layer: Layer, geometries: Geometries, window: Bounds, grid: Grid, scale: int) -> list[NDArray[np.int64]]:
    """Return the lines or rings of one layer inside the window as whole (x, y) rows in `scale` grid units.

    Rings of one polygon follow each other, outer ring first; the order does not depend on the order of the input.
    Polygons stay valid: simplified by Douglas and Peucker, repaired, then snapped to whole numbers by shapely.
    """

    def to_units(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = grid.project(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack((x, y)) / scale

    clipped = shapely.clip_by_rect(geometries, *window.box)
    clipped = clipped[~shapely.is_empty(clipped)]
    units = shapely.simplify(shapely.transform(clipped, to_units), _TOLERANCE, preserve_topology=False)
    dimension = _DIMENSION[layer]
    if dimension == 2:
        invalid = ~shapely.is_valid(units)
        units[invalid] = shapely.make_valid(units[invalid])
    else:
        units = shapely.get_parts(shapely.line_merge(shapely.union_all(units)))
    parts = shapely.get_parts(shapely.set_precision(units, 1.0, mode="pointwise"))
    parts = parts[(shapely.get_dimensions(parts) == dimension) & ~shapely.is_empty(parts)]
    if dimension == 2:
        parts = parts[shapely.area(parts) >= _SMALLEST_AREA[layer]]
    ordered = sorted(map(_rows, shapely.normalize(parts)), key=_order)
    return [row for rows in ordered for row in rows]


def _rows(part: BaseGeometry) -> list[NDArray[np.int64]]:
    rings = (part.exterior, *part.interiors) if isinstance(part, shapely.Polygon) else (part,)
    return [np.rint(shapely.get_coordinates(ring)).astype(np.int64) for ring in rings]


def _order(rows: list[NDArray[np.int64]]) -> list[list[int]]:
    return [row.reshape(-1).tolist() for row in rows]
