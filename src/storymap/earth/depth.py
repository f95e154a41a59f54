"""How deep a whole geometry lies inside an area, or how far some of it lies outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from storymap.earth.boundary import boundary, outer
from storymap.earth.containment import held
from storymap.earth.edges import Curves, Edges, curves, edges_of_both
from storymap.earth.effort import TOLERANCE_M
from storymap.earth.ellipsoid import EarthError, Floats, LonLat, in_space, most_way, wrapped_deg
from storymap.earth.many import to_edges
from storymap.earth.search import search

_FEW, _PROBES = 150, 12


@dataclass(frozen=True, slots=True)
class Depth:
    """The distance (m) from a geometry to the boundary of an area, and between which points (lon, lat) it is taken.

    Positive where the area covers all of the geometry; 0 where the geometry only crosses or touches the boundary, or
    goes round a hole; negative where a vertex lies outside: then the distance of the vertex furthest out.
    `within_m`: how much nearer to 0 the distance could be, as in `Nearest`.
    """

    margin_m: float
    on_geometry: LonLat
    on_boundary: LonLat
    within_m: float = TOLERANCE_M


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
    edges_area, edges_own = edges_of_both(edges)
    rings, own = boundary(area, edges_area), curves(geometry, edges_own)
    border = outer(rings)
    if border is None:
        raise EarthError("the area is the whole world, so it has no boundary to measure to")
    corners = np.concatenate([own.start_deg, own.end_deg]) if own.length_m.any() else own.start_deg
    outside = corners[~held(rings, corners)]
    if len(outside):
        return _furthest(outside, border)
    found = search(own, border)
    hole = _enclosed(own, rings)
    if hole is not None:
        return Depth(0.0, hole, hole)
    # What is found within the tolerance of the search may be a crossing.
    margin = found.distance_m if found.distance_m > TOLERANCE_M else 0.0
    return Depth(margin, _turned(found.on_a), _turned(found.on_b), found.within_m)


def _furthest(places_deg: Floats, border: Curves) -> Depth:
    """Return how far that of some places (n, 2) is from a border which is furthest.

    No place is further than another by more than the way between them; so a few of them rule out most.
    """
    while len(places_deg) > _FEW:
        some = places_deg[:: len(places_deg) // _PROBES]
        far = to_edges(some, border)[0]
        between = np.linalg.norm(in_space(places_deg)[:, None] - in_space(some)[None], axis=2)
        keep = (most_way(between) + far).min(axis=1) >= far.max()
        if keep.sum() > len(places_deg) / 2:
            break
        places_deg = places_deg[keep]
    if len(places_deg) == 1:
        found = search(curves(Point(places_deg[0]), "planar"), border)
        return Depth(0.0 - found.distance_m, _turned(found.on_a), _turned(found.on_b), found.within_m)
    distance, on, within = to_edges(places_deg, border)
    k = int(np.argmax(distance))
    return Depth(0.0 - float(distance[k]), _turned(places_deg[k]), _turned(on[k]), float(within[k]))


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
