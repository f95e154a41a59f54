"""The WGS 84 ellipsoid: its numbers, points in space, and what a straight line through it says about the way over it.

Lengths are in metres, angles in radians except where a name says `deg`. Arrays of positions have (lon, lat) in
degrees in their last axis.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
LonLat = tuple[float, float]

A_M = 6378137.0
"""Semi-major axis (NGA.STND.0036, WGS 84)."""
F = 1 / 298.257223563
"""Flattening (the same)."""
B_M = A_M * (1 - F)
E2 = F * (2 - F)
EP2 = E2 / (1 - E2)
R_LEAST_M = B_M * B_M / A_M
"""Least radius of curvature of any normal section: along the meridian at the equator."""
R_MOST_M = A_M * A_M / B_M
"""Greatest radius of curvature of any normal section: at the poles."""
R_MEAN_M = 6371008.8
"""Mean radius (IUGG), where a guess will do."""
HALF_MERIDIAN_M = 20003931.458625447
"""From pole to pole; no two points are further apart."""


class EarthError(ValueError):
    """A geometry or a position that cannot be measured."""


def radii(lat: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the meridian radius M, the prime vertical radius N and the radius of the parallel, in metres.

    Args:
        lat: geodetic latitude in radians.
    """
    sin = np.sin(lat)
    w2 = 1 - E2 * sin * sin
    n = A_M / np.sqrt(w2)
    return (1 - E2) * n / w2, n, n * np.cos(lat)


def in_space(lonlat_deg: Floats) -> Floats:
    """Return the earth-centred x, y, z in metres of positions on the ellipsoid.

    Args:
        lonlat_deg: (…, 2), lon and lat in degrees; any longitude, lat in -90..90.
    """
    lon, lat = np.radians(lonlat_deg[..., 0]), np.radians(lonlat_deg[..., 1])
    sin = np.sin(lat)
    n = A_M / np.sqrt(1 - E2 * sin * sin)
    across = n * np.cos(lat)
    return np.stack([across * np.cos(lon), across * np.sin(lon), (1 - E2) * n * sin], axis=-1)


def on_ground(xyz: Floats) -> Floats:
    """Return lon, lat in degrees of points within some kilometres of the surface.

    Bowring's formula (Survey Review 23, 1976), once: its error is under 1e-9 m for points that near.
    """
    x, y, z = xyz[..., 0], xyz[..., 1], xyz[..., 2]
    across = np.hypot(x, y)
    beta = np.arctan2(A_M * z, B_M * across)
    lat = np.arctan2(z + EP2 * B_M * np.sin(beta) ** 3, across - E2 * A_M * np.cos(beta) ** 3)
    found: Floats = np.degrees(np.stack([np.arctan2(y, x), lat], axis=-1))
    return found


def least_way(chord_m: Floats) -> Floats:
    """Return a length that no geodesic over a chord of this length falls short of."""
    way: Floats = 2 * R_MOST_M * np.arcsin(np.minimum(chord_m / (2 * R_MOST_M), 1.0))
    return way


def most_way(chord_m: Floats) -> Floats:
    """Return a length that no geodesic over a chord of this length exceeds.

    By Schur's comparison theorem, as no geodesic bends more than a circle of the least radius; chords longer than
    that circle is wide belong to points nearly opposite, and then half a meridian is the bound.
    """
    ratio = chord_m / (2 * R_LEAST_M)
    return np.where(ratio < 1, 2 * R_LEAST_M * np.arcsin(np.minimum(ratio, 1.0)), HALF_MERIDIAN_M)


def chord_not_beyond(way_m: Floats) -> Floats:
    """Return the chord above which every geodesic is longer than `way_m`, which is at most half a meridian."""
    chord: Floats = 2 * R_MOST_M * np.sin(way_m / (2 * R_MOST_M))
    return chord


def wrapped_deg(lon_deg: Floats) -> Floats:
    """Return longitudes in -180..180, to the last bit: both steps are exact in binary."""
    r = np.fmod(lon_deg, 360.0)
    return np.where(r > 180, r - 360, np.where(r < -180, r + 360, r))
