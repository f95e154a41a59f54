"""The least distance over the ellipsoid between two geometries of any kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from storymap.earth.containment import held
from storymap.earth.edges import Curves, Edges, curves, edges_of_both
from storymap.earth.effort import TOLERANCE_M
from storymap.earth.ellipsoid import LonLat, wrapped_deg
from storymap.earth.search import search


@dataclass(frozen=True, slots=True)
class Nearest:
    """How far apart two geometries are, in metres, and their nearest points (lon, lat), lon in -180..180.

    `within_m`: no other two points are nearer than `distance_m` by more. 0.1 mm, but where a search was ended because
    it took too many pieces.
    """

    distance_m: float
    on_a: LonLat
    on_b: LonLat
    within_m: float = TOLERANCE_M


def nearest(a: BaseGeometry, b: BaseGeometry, *, edges: Edges | tuple[Edges, Edges] = "planar") -> Nearest:
    """Return the least distance between two geometries on WGS 84, and where it is taken.

    It is 0 where they touch, cross, or one holds the other. Where several pairs of points are equally near, one is
    given.

    Args:
        a, b: any shapely geometries, lon, lat in degrees; longitudes may be unrolled (180.3 is -179.7).
        edges: how edges run, of both or of (a, b): `planar`, straight in degrees, or `geodesic`.

    Raises:
        EarthError: a geometry that is empty, not finite, or out of range.
    """
    edges_a, edges_b = edges_of_both(edges)
    ca, cb = curves(a, edges_a), curves(b, edges_b)
    held = _held(ca, cb) or _held(cb, ca)
    if held:
        return Nearest(0.0, held, held)
    found = search(ca, cb)
    return Nearest(found.distance_m, _turned(found.on_a), _turned(found.on_b), found.within_m)


def _held(areas: Curves, others: Curves) -> LonLat | None:
    """Return a place of `others` that lies inside an area, if some run of them begins in one."""
    if not (areas.kind >= 0).any():
        return None
    begins = others.start_deg[others.firsts]
    inside = np.flatnonzero(held(areas, begins))
    return _turned((float(begins[inside[0], 0]), float(begins[inside[0], 1]))) if inside.size else None


def _turned(place: LonLat) -> LonLat:
    """Return the same place with a longitude in -180..180."""
    lon, lat = place
    return float(wrapped_deg(np.array(lon))), lat
