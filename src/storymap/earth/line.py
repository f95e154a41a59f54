"""Along lines: their length, the way along them between two places, and the piece in between."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.earth.boundary import boundary, outer
from storymap.earth.edges import LINE, Curves, Edges, curves
from storymap.earth.ellipsoid import EarthError, Floats, Ints, LonLat, radii
from storymap.earth.joining import joined_at_180
from storymap.earth.search import search

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)
_PIECE_DEG = 2.0
_Spot = tuple[int, float]
"""A place on a line: the number of the edge and the parameter on it."""


def length(geometry: BaseGeometry, *, edges: Edges = "planar") -> float:
    """Return the length in metres of all lines of a geometry. Areas have a perimeter instead.

    Args:
        geometry: LineString, MultiLineString, or a collection that holds one; lon, lat in degrees.
        edges: how the line runs between its points.

    Raises:
        EarthError: no line, or a geometry that cannot be measured.
    """
    c = curves(geometry, edges)
    i = np.flatnonzero(c.kind[c.run] == LINE)
    if not i.size:
        raise EarthError(f"only a line has a length, not a {geometry.geom_type} (an area has a perimeter)")
    return float(_lengths(c, i, np.zeros(i.size), np.ones(i.size)).sum())


def perimeter(geometry: BaseGeometry, *, edges: Edges = "planar") -> float:
    """Return the length in metres of the boundary of all polygons of a geometry, that of holes too.

    Cuts along the 180th meridian where the area goes on beyond it are left out.

    Raises:
        EarthError: no polygon, or a geometry that cannot be measured.
    """
    c = outer(boundary(geometry, edges))
    if c is None:
        return 0.0
    return float(_lengths(c, np.arange(len(c)), np.zeros(len(c)), np.ones(len(c))).sum())


def along(line: BaseGeometry, a: BaseGeometry, b: BaseGeometry, *, edges: Edges = "planar") -> float:
    """Return the way in metres along a line between the points of it that are nearest to a and to b.

    Along a closed line, the shorter of both ways. Of several points that are equally near, one is taken.

    Args:
        line: a LineString, or a MultiLineString whose parts join into one, also over the 180th meridian; lon, lat in
            degrees.
        a, b: any geometries; their own edges are read as planar.
        edges: how the line runs between its points.

    Raises:
        EarthError: not one line, or a geometry that cannot be measured.
    """
    c = _one_line(line, edges)
    direct_m, round_m = _both_ways(c, *sorted((_spot(c, a), _spot(c, b))))
    return min(direct_m, round_m)


def part(line: BaseGeometry, a: BaseGeometry, b: BaseGeometry, *, edges: Edges = "planar") -> list[LonLat]:
    """Return the piece of a line from its point nearest to a to its point nearest to b, as (lon, lat) in degrees.

    At least two positions; corners in between are the line's own, in the order from a to b. Longitudes run on without
    a jump from those of the line. Arguments and errors are those of `along`.
    """
    c = _one_line(line, edges)
    first, last = _spot(c, a), _spot(c, b)
    low, high = min(first, last), max(first, last)
    ends = c.at(np.array([low[0], high[0]]), np.array([low[1], high[1]]))
    direct_m, round_m = _both_ways(c, low, high)
    if round_m < direct_m:  # on over the end of a closed line, and from its start
        corners = np.concatenate([ends[1:], c.start_deg[high[0] + 1 :], c.start_deg[: low[0] + 1], ends[:1]])
        first, last = last, first
    else:
        corners = np.concatenate([ends[:1], c.start_deg[low[0] + 1 : high[0] + 1], ends[1:]])
    jumps = np.diff(corners[:, 0], prepend=corners[0, 0])
    corners[:, 0] = corners[0, 0] + np.cumsum(jumps - 360 * np.rint(jumps / 360))
    # An end that falls on a corner would stand twice.
    new = np.append(True, (np.diff(corners, axis=0) != 0).any(axis=1))
    kept = corners[new] if new.sum() > 1 else corners[[0, -1]]
    found: list[LonLat] = [(lon, lat) for lon, lat in kept.tolist()]
    return found if first <= last else found[::-1]


def _one_line(line: BaseGeometry, edges: Edges) -> Curves:
    merged = shapely.line_merge(line) if isinstance(line, shapely.MultiLineString) else line
    if isinstance(merged, shapely.MultiLineString):
        merged = joined_at_180(merged)
    if not isinstance(merged, shapely.LineString):
        raise EarthError(f"one unbroken line is needed, not a {getattr(line, 'geom_type', type(line).__name__)}")
    return curves(merged, edges)


def _both_ways(c: Curves, low: _Spot, high: _Spot) -> tuple[float, float]:
    """Return the lengths from one place on a line on to another, and round by its end and start if it is closed."""
    k = np.arange(low[0], high[0] + 1)
    begin, end = np.zeros(k.size), np.ones(k.size)
    begin[0], end[-1] = low[1], high[1]
    direct_m = float(_lengths(c, k, begin, end).sum())
    (lon0, lat0), (lon1, lat1) = c.start_deg[0].tolist(), c.end_deg[-1].tolist()
    if lat0 != lat1 or (lon1 - lon0) % 360 != 0:
        return direct_m, math.inf
    every = np.arange(len(c))
    return direct_m, float(_lengths(c, every, np.zeros(len(c)), np.ones(len(c))).sum()) - direct_m


def _spot(c: Curves, geometry: BaseGeometry) -> _Spot:
    meeting = search(c, curves(geometry, "planar"))
    return meeting.i, meeting.t


def _lengths(c: Curves, i: Ints, low: Floats, high: Floats) -> Floats:
    """Return the lengths in metres of edges `i` between parameters `low` and `high`.

    Planar edges: the line element sqrt(M² df² + N² cos² f dl²), by Gauss-Legendre quadrature with twelve nodes on
    pieces of two degrees.
    """
    if c.edges == "geodesic":
        return c.way(i)[1] * (high - low)
    across, up = np.radians(c.end_deg[i] - c.start_deg[i]).T
    widest = np.degrees(np.maximum(np.abs(across), np.abs(up))) * (high - low)
    pieces = np.maximum(1, np.ceil(widest / _PIECE_DEG)).astype(np.intp)
    k = np.repeat(np.arange(len(i)), pieces)
    piece = np.arange(len(k)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    step = ((high - low) / pieces)[k]
    t = low[k, None] + step[:, None] * (piece[:, None] + (_NODES + 1) / 2)
    lat = np.radians(c.start_deg[i[k], 1])[:, None] + t * up[k, None]
    meridian, _, parallel = radii(lat)
    speed = np.hypot(meridian * up[k, None], parallel * across[k, None])
    return np.asarray(np.bincount(k, speed @ (_WEIGHTS / 2) * step, minlength=len(i)), dtype=np.float64)
