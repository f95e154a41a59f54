"""From geometry in degrees to what a tier draws: clipped, simplified to half a pixel, on whole numbers, in order.

The sources are cut at ±180°. Where a window reaches beyond, the pieces of both sides are laid side by side and joined.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.basemap.borders import reach_units, replaced
from storymap.basemap.grid import WORLD_UNITS, Bounds, Box, Grid, degrees, mercator
from storymap.basemap.pack import Geometries, Layer

Reader = Callable[[Layer, Bounds], Geometries]

_ENDLESS = 432.0  # degrees to either side: as far as what goes round the world hides the ends of its copies

# In units of the tier, half a pixel each: what is smaller in area is a speck, not a shape.
_SMALLEST_AREA: dict[Layer, float] = {"land": 4.0, "lakes": 36.0, "borders": 0.0}
_DIMENSION: dict[Layer, int] = {"land": 2, "lakes": 2, "borders": 1}


def gathered(layer: Layer, read: Reader, window: Box, *, wraps: bool) -> Geometries:
    """Return the shapes of one layer inside a window, in (lon, lat) degrees that run on beyond ±180.

    Args:
        layer: which.
        read: returns what meets a rectangle of degrees.
        window: in grid units from 0°, 0°.
        wraps: whether the window goes round the world: then each shape comes once and uncut, where it is nearest to
            the window's middle; one that itself goes round the world reaches as far as it hides its copies' ends.
    """
    (west, east), (north, south) = degrees([window.left, window.right], [window.top, window.bottom])
    if wraps:
        middle = (west + east) / 2
        shapes = _once(read(layer, Bounds(-180.0, south, 180.0, north)), middle)
        return _clipped(shapes, (middle - _ENDLESS, south, middle + _ENDLESS, north))
    first, last = math.floor((west + 180) / 360), math.ceil((east - 180) / 360)
    if first >= last:
        shapes = _turned(read(layer, Bounds(west - 360 * first, south, east - 360 * first, north)), first)
        return _clipped(shapes, (west, south, east, north))
    box = (west, south, east, north)
    sides = [
        _clipped(
            _turned(read(layer, Bounds(max(-180.0, west - 360 * k), south, min(180.0, east - 360 * k), north)), k), box
        )
        for k in range(first, last + 1)
    ]
    # What is far from the window is cut off first: joining all of Asia with all of America takes a second.
    return _joined(np.concatenate(sides), [180.0 + 360 * k for k in range(first, last)])


def _once(shapes: Geometries, middle: float) -> Geometries:
    """Return the shapes of the whole world, joined across ±180, each once and nearest to a meridian."""
    west, _, east, _ = shapely.bounds(shapes).T
    round_it = (west == -180) & (east == 180)
    shapes = np.where((west == -180) & ~round_it, _turned(shapes, 1), shapes)
    endless = [_joined(np.concatenate([_turned(shapes[round_it], k) for k in range(-2, 3)]), [-540, -180, 180, 540])]
    shapes = _joined(shapes[~round_it], [180.0])
    west, _, east, _ = shapely.bounds(shapes).T
    turns = -np.rint(((west + east) / 2 - middle) / 360).astype(int)
    return np.concatenate([*(_turned(shapes[turns == k], int(k)) for k in np.unique(turns)), *endless])


def _turned(shapes: Geometries, turns: int) -> Geometries:
    if not turns:
        return shapes
    moved: Geometries = shapely.transform(shapes, lambda lonlat: lonlat + np.array([360.0 * turns, 0.0]))
    return moved


def _joined(shapes: Geometries, seams: list[float]) -> Geometries:
    """Return the shapes with those areas joined that touch each other along a seam (degrees)."""
    bounds = shapely.bounds(shapes)
    cut = np.isin(bounds[:, [0, 2]], seams).any(axis=1) & (shapely.get_dimensions(shapes) == 2)
    if not cut.any():
        return shapes
    return np.concatenate([shapes[~cut], shapely.get_parts(shapely.union_all(shapes[cut]))])


def _clipped(shapes: Geometries, box: tuple[float, float, float, float]) -> Geometries:
    clipped = shapely.clip_by_rect(shapes, *box)
    found: Geometries = clipped[~shapely.is_empty(clipped)]
    return found


def drawn(
    layer: Layer,
    clipped: Geometries,
    grid: Grid,
    scale: int,
    tolerance: float = 1.0,
    own: Sequence[BaseGeometry] = (),
) -> list[NDArray[np.int64]]:
    """Return the lines or rings of one layer's shapes as whole (x, y) rows in `scale` grid units.

    Rings of one polygon follow each other, outer ring first; the order does not depend on the order of the input.
    Polygons stay valid: simplified by Douglas and Peucker, repaired, then snapped to whole numbers by shapely.

    Args:
        layer: which.
        clipped: its shapes, in degrees.
        grid: the page's.
        scale: grid units to a unit of the tier.
        tolerance: how far a line may move, in units of the tier, half a pixel each.
        own: lines on the grid that take the place of what runs along them.
    """

    def to_units(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = mercator(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack((x - grid.origin_x, y - grid.origin_y)) / scale

    units = shapely.transform(clipped, to_units)
    if len(own) and len(units):
        mine = shapely.transform(np.array(own, dtype=object), lambda xy: xy / scale)
        _, latitude = grid.unproject(0, np.median(shapely.get_coordinates(mine)[:, 1]) * scale)
        units = replaced(units, mine, reach_units(float(latitude), scale, WORLD_UNITS))
    units = shapely.simplify(units, tolerance, preserve_topology=False)
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
