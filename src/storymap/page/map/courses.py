"""How edges run between their corners on a map: filled in so finely that a straight stroke is where the edge is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, cos, degrees, pi, radians, sqrt, tan

from storymap.earth import geodesic, inverse
from storymap.places import Edges
from storymap.scene import LonLat

STRAY_PX = 0.05  # by which a stroke may miss its edge, before anything is simplified
_FLATTEST, _STEEPEST = 3.0, 85.0  # latitudes between which the rule is used, in degrees
_EARTH_M = 6_371_000.0


def course(line: Sequence[LonLat], edges: Edges, zoom: float) -> list[LonLat]:
    """Return a run of (lon, lat) with so many positions on its edges that it can be drawn straight at a web-map zoom.

    In Mercator's projection, a shortest line of the arc a bends away from its chord by a² tan φ / 8 cos φ radians of
    the equator, and an edge that is straight in degrees by the same with a its step in latitude.
    """
    found = [line[0]]
    for a, b in pairwise(line):
        if edges == "planar":
            pieces = ceil(radians(abs(b[1] - a[1])) / _step(max(abs(a[1]), abs(b[1])), zoom))
            found += [_between(a, b, k / pieces) for k in range(1, pieces)]
            found.append(b)
        elif _short(a, b, zoom):  # as most edges of a line that is filled in already
            found.append(b)
        else:
            arc_m = inverse(a, b)
            if arc_m:
                highest = max(abs(lat) for _, lat in geodesic(a, b, step_m=arc_m / 2))
                found += geodesic(a, b, step_m=_step(highest, zoom) * _EARTH_M)[1:-1]
            found.append(b)
    return found


def _short(a: LonLat, b: LonLat, zoom: float) -> bool:
    """Return whether an edge is surely short enough to be drawn straight, without measuring it."""
    most = radians(abs(b[1] - a[1]) + abs(b[0] - a[0]))  # an arc is no longer than its steps in latitude and longitude
    highest = max(abs(a[1]), abs(b[1])) + degrees(most) / 2
    return highest < _STEEPEST and most <= _step(highest, zoom)


def _step(latitude: float, zoom: float) -> float:
    """Return the arc in radians whose chord misses it by `STRAY_PX` at a latitude in degrees."""
    phi = radians(min(max(latitude, _FLATTEST), _STEEPEST))
    px_per_radian = 256 * 2**zoom / (2 * pi)
    return sqrt(8 * STRAY_PX / px_per_radian * cos(phi) / tan(phi))


def _between(a: LonLat, b: LonLat, share: float) -> LonLat:
    east = b[0] - a[0]
    if east % 360:  # the short way; a whole turn along a parallel is one
        east -= 360 * round(east / 360)
    return a[0] + east * share, a[1] + (b[1] - a[1]) * share
