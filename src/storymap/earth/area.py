"""Areas on the ellipsoid: authalic integrals for planar edges, GeographicLib's polygons for geodesic ones."""

from __future__ import annotations

import math

import numpy as np
from geographiclib.polygonarea import PolygonArea
from shapely.geometry.base import BaseGeometry

from storymap.earth.boundary import boundary
from storymap.earth.edges import Curves, Edges
from storymap.earth.ellipsoid import B_M, E2, Floats
from storymap.earth.points import WGS84

_E = math.sqrt(E2)
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)
_PIECE_DEG = 2.0
_HEMISPHERE_M2 = math.pi * B_M * B_M * (1 / (1 - E2) + math.atanh(_E) / _E)


def area(geometry: BaseGeometry, *, edges: Edges = "planar") -> float:
    """Return the area of all polygons of a geometry in m², holes taken off.

    A ring round a pole encloses its smaller side.

    Args:
        geometry: Polygon, MultiPolygon or a collection that holds one; lon, lat in degrees.
        edges: how the boundary runs between its corners.

    Raises:
        EarthError: no polygon, or a geometry that cannot be measured.
    """
    c = boundary(geometry, edges)
    shell = np.diff(c.kind, prepend=-1) != 0  # the first ring of a polygon; the rest are its holes
    sizes = _ring_areas(c)
    return float(sizes[shell].sum() - sizes[~shell].sum())


def ring_integrals(c: Curves) -> Floats:
    """Return for each ring the area in m² between it and the equator, eastward edges of the north counted positive."""
    if c.edges == "planar":
        return c.summed(_under_planar(c.start_deg, c.end_deg))
    # For telling sides, edges of a few degrees read as planar are near enough.
    parts = np.maximum(1, np.ceil(c.length_m / 200_000.0)).astype(np.intp)
    i = np.repeat(np.arange(len(c)), parts)
    t = (np.arange(len(i)) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[i]
    p, q = c.at(i, t), c.at(i, np.minimum(t + 1 / parts[i], 1.0))
    q[:, 0] = p[:, 0] + np.remainder(q[:, 0] - p[:, 0] + 180, 360) - 180
    return np.asarray(np.bincount(c.run[i], _under_planar(p, q), minlength=len(c.firsts)), dtype=np.float64)


def _ring_areas(c: Curves) -> Floats:
    if c.edges == "geodesic":
        return np.array([_geodesic_ring(c.start_deg[c.run == k]) for k in range(len(c.firsts))])
    found = np.abs(ring_integrals(c))
    return np.where(np.abs(c.turns()) == 1, _HEMISPHERE_M2 - found, found)


def _geodesic_ring(corners_deg: Floats) -> float:
    polygon = PolygonArea(WGS84)
    for lon, lat in corners_deg.tolist():
        polygon.AddPoint(lat, lon)  # lat, lon
    return abs(float(polygon.Compute(False, True)[2]))


def _under_planar(start_deg: Floats, end_deg: Floats) -> Floats:
    """Return the area in m² between straight edges in degrees and the equator.

    The strip from the equator to latitude f holds b²/2 (sin f/(1-e² sin² f) + atanh(e sin f)/e) for each radian of
    longitude (Snyder, Map Projections: A Working Manual, 1987, eq. 3-12); its mean over an edge is taken by
    Gauss-Legendre quadrature on pieces of two degrees.
    """
    across = np.radians(end_deg[:, 0] - start_deg[:, 0])
    up = end_deg[:, 1] - start_deg[:, 1]
    parts = np.maximum(1, np.ceil(np.abs(up) / _PIECE_DEG)).astype(np.intp)
    i = np.repeat(np.arange(len(up)), parts)
    t0 = (np.arange(len(i)) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[i]
    t = t0[:, None] + (_NODES + 1) / 2 / parts[i][:, None]
    sin = np.sin(np.radians(start_deg[i, 1][:, None] + t * up[i][:, None]))
    strip = B_M * B_M / 2 * (sin / (1 - E2 * sin * sin) + np.arctanh(_E * sin) / _E)
    mean = np.bincount(i, strip @ (_WEIGHTS / 2) / parts[i], minlength=len(up))
    return np.asarray(mean * across)
