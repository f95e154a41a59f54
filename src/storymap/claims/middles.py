"""The middle of a place, from which and to which a direction is taken.

A point is its own middle. A line's is half-way along it: it lies on the line, so a river's direction is that of water.
An area's is the centre of gravity of its surface: every part of it counts, however ragged its edge, and small islands
count little. It may lie outside of a crescent. Of several points it is the centre of gravity.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, repeat
from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from storymap import earth
from storymap.claims.given import ClaimError
from storymap.places import Edges, Place
from storymap.scene import LonLat

_STEP_DEG = 0.5  # planar edges are cut to this, so that they may be taken as great circles
_E2 = 6.69437999014e-3  # WGS 84, for geocentric latitude
Vector = tuple[float, float, float]


def middle_of(place: Place, edges: Edges | None = None) -> LonLat:
    """Return the middle of a place (lon, lat), its edges read as the place says or as `edges`.

    Raises `ClaimError` where it has none, such as a ring of points round the world.
    """
    geometry, model = place.geometry, edges or place.edges
    parts = list(_parts(geometry))
    areas = [part for part in parts if part.geom_type == "Polygon"]
    lines = [part for part in parts if part.geom_type == "LineString"]
    if len(parts) == 1 and lines:
        return half_way(lines[0], model)
    if areas:
        vectors = [_times(_moment(ring, model), sign) for area in areas for ring, sign in _rings(area)]
    elif lines:  # a line in pieces: each counts by its length, at its own half
        weights = [earth.length(line, edges=model) for line in lines]
        halves = [_unit_vector(half_way(line, model)) for line in lines]
        vectors = [_times(v, w) for v, w in zip(halves, weights, strict=True)]
    elif len(parts) == 1:
        return float(parts[0].x), float(parts[0].y)
    else:
        vectors = [_unit_vector((float(part.x), float(part.y))) for part in parts]
    total = _sum(vectors)
    if math.hypot(*total) <= 1e-9 * sum(math.hypot(*v) for v in vectors):
        raise ClaimError("wrong-geometry", f"'{place.id}' has no middle", "name a place that lies somewhere")
    return _position(total)


def half_way(line: LineString, edges: Edges) -> LonLat:
    """Return the position half-way along a line, by length on the ellipsoid."""
    points = [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]
    steps = [earth.length(LineString([a, b]), edges=edges) for a, b in pairwise(points)]
    left = sum(steps) / 2
    for (a, b), step in zip(pairwise(points), steps, strict=True):
        if left <= step and step > 0:
            return _share(a, b, left / step, edges)
        left -= step
    return points[-1]


def _share(a: LonLat, b: LonLat, share: float, edges: Edges) -> LonLat:
    """Return the place a share of the way along an edge; a planar one is shared by degrees, which is near enough."""
    if edges == "planar":
        across = math.remainder(b[0] - a[0], 360.0)
        return a[0] + share * across, a[1] + share * (b[1] - a[1])
    # One geodesic in two thousand steps: the place is right to a thousandth of the edge's length.
    steps = earth.geodesic(a, b, step_m=max(earth.inverse(a, b) / 2000.0, 0.001))
    return steps[round(share * (len(steps) - 1))]


def _parts(geometry: BaseGeometry) -> Iterator[Any]:
    if isinstance(geometry, MultiLineString):
        geometry = shapely.line_merge(geometry)
    for part in shapely.get_parts(geometry).tolist():
        if part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from _parts(part)
        elif not part.is_empty:
            yield part


def _rings(area: BaseGeometry) -> Iterator[tuple[Sequence[LonLat], float]]:
    """Yield the rings of a polygon, and 1 for the outer one, -1 for holes, which count against it."""
    for ring, sign in zip(shapely.get_rings(area).tolist(), chain([1.0], repeat(-1.0)), strict=False):
        yield [(float(x), float(y)) for x, y in ring.coords], sign


def _moment(ring: Sequence[LonLat], edges: Edges) -> Vector:
    """Return the integral of the unit vector over the sphere inside a ring, on the side of its corners.

    By Stokes' theorem it is half the sum of each edge's angle times its normal (J. E. Brock, "The inertia tensor for a
    spherical triangle", Journal of Applied Mechanics 42 (1975), 239). Crosswise products are taken from the first
    corner, as of a closed ring they may be, so that an area of some metres keeps its digits.
    """
    points = [_unit_vector(at) for start, end in pairwise(ring) for at in _fine(start, end, edges)[:-1]]
    first = points[0]
    total = [0.0, 0.0, 0.0]
    for u, v in pairwise([*points, first]):
        flat = _cross(_minus(u, first), _minus(v, first))
        whole = _cross(u, v)
        sine = math.hypot(*whole)
        angle = math.atan2(sine, sum(x * y for x, y in zip(u, v, strict=True)))
        bent = angle / sine - 1 if angle > 0.01 else angle * angle / 6  # how much longer the arc is than its sine
        for k in range(3):
            total[k] += (flat[k] + bent * whole[k]) / 2
    # Which way round a ring is written means nothing; over a pole or the 180th meridian degrees do not tell it.
    side = sum(x * y for x, y in zip(total, _sum(points), strict=True))
    return _times((total[0], total[1], total[2]), math.copysign(1.0, side))


def _fine(a: LonLat, b: LonLat, edges: Edges) -> list[LonLat]:
    across = b[0] - a[0]
    if abs(across) > 180 and abs(across) != 360:
        across = math.remainder(across, 360.0)
    steps = 1 if edges == "geodesic" else max(1, math.ceil(max(abs(across), abs(b[1] - a[1])) / _STEP_DEG))
    return [(a[0] + across * k / steps, a[1] + (b[1] - a[1]) * k / steps) for k in range(steps + 1)]


def _unit_vector(at: LonLat) -> Vector:
    lon = math.radians(at[0])
    lat = math.atan2((1 - _E2) * math.sin(math.radians(at[1])), math.cos(math.radians(at[1])))
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _position(v: Vector) -> LonLat:
    lat = math.atan2(v[2], (1 - _E2) * math.hypot(v[0], v[1]))
    return math.degrees(math.atan2(v[1], v[0])), math.degrees(lat)


def _cross(u: Vector, v: Vector) -> Vector:
    return u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]


def _minus(u: Vector, v: Vector) -> Vector:
    return u[0] - v[0], u[1] - v[1], u[2] - v[2]


def _times(v: Vector, factor: float) -> Vector:
    return v[0] * factor, v[1] * factor, v[2] * factor


def _sum(vectors: Sequence[Vector]) -> Vector:
    return math.fsum(v[0] for v in vectors), math.fsum(v[1] for v in vectors), math.fsum(v[2] for v in vectors)
