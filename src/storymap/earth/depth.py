"""How deep a whole geometry lies inside an area, or how far some of it lies outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from storymap.earth.boundary import boundary, outer
from storymap.earth.containment import held
from storymap.earth.edges import Curves, Edges, curves
from storymap.earth.ellipsoid import EarthError, Floats, LonLat, wrapped_deg
from storymap.earth.many import to_edges
from storymap.earth.search import TOLERANCE_M, search


@dataclass(frozen=True, slots=True)
class Depth:
    """The distance (m) from a geometry to the boundary of an area, and between which points (lon, lat) it is taken.

    Positive where the area covers all of the geometry; 0 where the geometry only crosses or touches the boundary, or
    goes round a hole; negative where a vertex lies outside: then the distance of the vertex furthest out.
    """

    margin_m: float
    on_geometry: LonLat
    on_boundary: LonLat


def depth(area: BaseGeometry, geometry: BaseGeometry, *, edges: Edges | tuple[Edges, Edges] = "planar") -> Depth:
    """Return how deep a geometry lies inside an area, its edges and its inside counted.

    A cut along the 180th meridian is no boundary where the area goes on beyond it.

    Args:
        area: Polygon, MultiPolygon, or a collection that holds one; lon, lat in degrees.
        geometry: any shapely geometry.
        edges: how edges run, of both or of (area, geometry).

    Raises:
        EarthError: no area, one without a boundary (the whole world), or a geometry that cannot be measured.
    """
    edges_area, edges_own = (edges, edges) if isinstance(edges, str) else edges
    rings, own = boundary(area, edges_area), curves(geometry, edges_own)
    border = outer(rings)
    if border is None:
        raise EarthError("the area is the whole world, so it has no boundary to measure to")
    corners = np.concatenate([own.start_deg, own.end_deg]) if own.length_m.any() else own.start_deg
    outside = corners[~held(rings, corners)]
    if len(outside):
        furthest = int(np.argmax(to_edges(outside, border)[0])) if len(outside) > 1 else 0
        found = search(curves(Point(outside[furthest]), "planar"), border)
        return Depth(-found.distance_m, _turned(found.on_a), _turned(found.on_b))
    found = search(own, border)
    hole = _enclosed(own, rings)
    if hole is not None:
        return Depth(0.0, hole, hole)
    # What is found within the tolerance of the search may be a crossing.
    margin = found.distance_m if found.distance_m > TOLERANCE_M else 0.0
    return Depth(margin, _turned(found.on_a), _turned(found.on_b))


def _enclosed(own: Curves, rings: Curves) -> LonLat | None:
    """Return a corner of a ring that lies inside an area of `own`, if there is one; of a ring, any corner will do.

    Corners on the 180th meridian and at the poles may belong to a cut, which is no boundary.
    """
    if not (own.kind >= 0).any():
        return None
    lon, lat = rings.start_deg.T
    real = np.flatnonzero((np.abs(wrapped_deg(lon)) != 180) & (np.abs(lat) != 90))
    _, first = np.unique(rings.run[real], return_index=True)
    corners = rings.start_deg[real[first]]
    inside = corners[held(own, corners)]
    return _turned(inside[0]) if len(inside) else None


def _turned(place: LonLat | Floats) -> LonLat:
    """Return the same place with a longitude in -180..180."""
    return float(wrapped_deg(np.array(place[0]))), float(place[1])
