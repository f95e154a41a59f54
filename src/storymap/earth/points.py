"""From point to point: distance, bearings and the geodesic to draw, by GeographicLib."""

from __future__ import annotations

import math

from geographiclib.geodesic import Geodesic

from storymap.earth.ellipsoid import EarthError, LonLat

WGS84 = Geodesic.WGS84
MOST_LON_DEG = 720.0


def checked(position: LonLat) -> LonLat:
    """Return a position as two floats.

    Args:
        position: (lon, lat) in degrees; lat in -90..90, lon in -720..720, so that unrolled longitudes pass.

    Raises:
        EarthError: not two finite numbers, or out of range.
    """
    try:
        lon, lat = (float(x) for x in position)
    except (TypeError, ValueError):
        raise EarthError(f"a position is two numbers, lon and lat, not {position!r}") from None
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise EarthError(f"a position must be finite: lon {lon}, lat {lat}")
    if abs(lat) > 90:
        raise EarthError(f"latitude {lat} is outside -90..90 (positions are lon, lat)")
    if abs(lon) > MOST_LON_DEG:
        raise EarthError(f"longitude {lon} is outside -{MOST_LON_DEG:g}..{MOST_LON_DEG:g}")
    return lon, lat


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
    if not step_m > 0:
        raise EarthError(f"the step must be over 0 m, not {step_m}")
    line = WGS84.InverseLine(lat_a, lon_a, lat_b, lon_b)  # lat, lon
    pieces = max(1, math.ceil(line.s13 / step_m))
    mask = Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.LONG_UNROLL
    middle = [line.Position(line.s13 * k / pieces, mask) for k in range(1, pieces)]
    end = line.Position(line.s13, mask)["lon2"]
    # b itself, on the turn of longitude that the line has reached.
    end = lon_b + 360.0 * round((end - lon_b) / 360.0)
    return [(lon_a, lat_a), *((p["lon2"], p["lat2"]) for p in middle), (end, lat_b)]
