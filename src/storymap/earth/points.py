"""From point to point: distance, bearings and the geodesic to draw, by GeographicLib."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from geographiclib.geodesic import Geodesic

from storymap.earth.ellipsoid import HALF_MERIDIAN_M, EarthError, Floats, LonLat

WGS84 = Geodesic.WGS84
MOST_LON_DEG = 720.0
_ROUND = 96  # points of a circle: cos(π/96) = 1 − 1/1868


def checked(position: LonLat) -> LonLat:
    """Return a position as two floats.

    Args:
        position: (lon, lat) in degrees; lat in -90..90, lon in -720..720, so that unrolled longitudes pass.

    Raises:
        EarthError: not two finite numbers, or out of range.
    """
    try:
        parts: tuple[Any, ...] = tuple(position)
        lon, lat = (float(x) for x in parts if not isinstance(x, str))  # "12" is no position
    except (TypeError, ValueError):
        raise EarthError(f"a position is two numbers, lon and lat, not {position!r}") from None
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise EarthError(f"a position must be finite: lon {lon}, lat {lat}")
    if abs(lat) > 90:
        raise EarthError(f"latitude {lat} is outside -90..90 (positions are lon, lat)")
    if abs(lon) > MOST_LON_DEG:
        raise EarthError(f"longitude {lon} is outside -{MOST_LON_DEG:g}..{MOST_LON_DEG:g}")
    return lon, lat


def all_checked(places_deg: Floats) -> Floats:
    """Return positions (n, 2), lon and lat in degrees, unchanged.

    Raises:
        EarthError: one of them is not finite or out of range; the message is of the first such.
    """
    lon, lat = np.abs(places_deg).T
    if not (lon.max(initial=0.0) <= MOST_LON_DEG and lat.max(initial=0.0) <= 90):  # false too where one is not a number
        wrong = np.argmin((lon <= MOST_LON_DEG) & (lat <= 90))
        checked((float(places_deg[wrong, 0]), float(places_deg[wrong, 1])))
    return places_deg


def inverse(a: LonLat, b: LonLat) -> float:
    """Return the length in metres of the shortest way over the ellipsoid between two positions (lon, lat) in degrees.

    Raises:
        EarthError: a position that is not finite or out of range.
    """
    (lon_a, lat_a), (lon_b, lat_b) = checked(a), checked(b)
    return float(WGS84.Inverse(lat_a, lon_a, lat_b, lon_b, Geodesic.DISTANCE)["s12"])  # lat, lon


def bearing(a: LonLat, b: LonLat) -> tuple[float, float]:
    """Return the direction of the geodesic from a to b, at a and on arrival at b, in degrees 0..360 east of north.

    Args:
        a, b: (lon, lat) in degrees.

    Raises:
        EarthError: a position that cannot be measured, or both are one place, which has no direction.
    """
    (lon_a, lat_a), (lon_b, lat_b) = checked(a), checked(b)
    way = WGS84.Inverse(lat_a, lon_a, lat_b, lon_b, Geodesic.DISTANCE | Geodesic.AZIMUTH)  # lat, lon
    if way["s12"] == 0:
        raise EarthError("there is no direction from a place to itself")
    return way["azi1"] % 360.0, way["azi2"] % 360.0


def geodesic(a: LonLat, b: LonLat, *, step_m: float = 10_000.0) -> list[LonLat]:
    """Return positions along the geodesic from a to b, both ends included, dense enough to draw it straight.

    Longitudes run on from a's without a jump, so they may leave -180..180.

    Args:
        a, b: (lon, lat) in degrees.
        step_m: greatest gap between neighbours in metres, over 0.

    Raises:
        EarthError: a position that cannot be measured, or a step that is not over 0.
    """
    (lon_a, lat_a), (lon_b, lat_b) = checked(a), checked(b)
    if not _within(step_m, math.inf):
        raise EarthError(f"the step must be over 0 m, not {step_m!r}")
    line = WGS84.InverseLine(lat_a, lon_a, lat_b, lon_b)  # lat, lon
    pieces = max(1, math.ceil(line.s13 / step_m))
    mask = Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.LONG_UNROLL
    middle = [line.Position(line.s13 * k / pieces, mask) for k in range(1, pieces)]
    end = line.Position(line.s13, mask)["lon2"]
    # b itself, on the turn of longitude that the line has reached.
    end = lon_b + 360.0 * round((end - lon_b) / 360.0)
    return [(lon_a, lat_a), *((p["lon2"], p["lat2"]) for p in middle), (end, lat_b)]


def circle(center: LonLat, radius_m: float) -> list[LonLat]:
    """Return positions at one distance from a position, all round it and back to the first, dense enough to draw.

    A chord between neighbours strays from the circle by a two-thousandth of its radius. Longitudes run on without a
    jump, so they may leave -180..180, and round a pole the last is a turn away from the first.

    Args:
        center: (lon, lat) in degrees.
        radius_m: metres, over 0 and at most half a meridian.

    Raises:
        EarthError: a position that cannot be measured, or a radius out of range.
    """
    lon, lat = checked(center)
    if not _within(radius_m, HALF_MERIDIAN_M):
        raise EarthError(f"the radius of a circle is over 0 m and at most {HALF_MERIDIAN_M:,.3f}, not {radius_m!r}")
    mask = Geodesic.LATITUDE | Geodesic.LONGITUDE
    ways = [WGS84.Direct(lat, lon, 360.0 * k / _ROUND, radius_m, mask) for k in range(_ROUND)]  # lat, lon
    found: list[LonLat] = [(way["lon2"], way["lat2"]) for way in ways]
    found.append(found[0])
    for k in range(1, len(found)):
        turns = round((found[k - 1][0] - found[k][0]) / 360.0)
        found[k] = (found[k][0] + 360.0 * turns, found[k][1])
    shift = 360.0 * round((lon - found[0][0]) / 360.0)
    return [(x + shift, y) for x, y in found]


def _within(length_m: float, most_m: float) -> bool:
    """Return whether a length is a number over 0 and not over another."""
    try:
        return bool(0 < length_m <= most_m)
    except (TypeError, ValueError):
        return False
