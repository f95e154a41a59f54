"""Where two edges come nearest: Newton's method on the ellipsoid from a good first guess.

Half the squared distance is minimised over the two edge parameters in 0..1. Its first derivatives come from the
azimuths of the geodesic between the two feet, its second from the reduced length and the geodesic scales (Karney 2013,
section 3), so straight edges in flat country take one step and crossings are met as sharply as feet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from geographiclib.geodesic import Geodesic
from geographiclib.geodesicline import GeodesicLine

from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import A_M, E2, LonLat
from storymap.earth.points import WGS84

_LINE_MASK = Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.AZIMUTH | Geodesic.LONG_UNROLL
_WAY_MASK = Geodesic.DISTANCE | Geodesic.AZIMUTH | Geodesic.REDUCEDLENGTH | Geodesic.GEODESICSCALE
_TOUCH_M = 1e-6
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where edge `i` of a, at its parameter `t`, is nearest to edge `j` of b: positions (lon, lat), distance.

    `within_m`: how much nearer another meeting could be; nothing is known of that before the search ends.
    """

    distance_m: float
    i: int
    t: float
    j: int
    on_a: LonLat
    on_b: LonLat
    within_m: float = math.inf


@dataclass(frozen=True, slots=True)
class _Foot:
    """A place on an edge; velocity and covariant acceleration along it, east and north, in metres per parameter."""

    lon: float
    lat: float
    east: float = 0.0
    north: float = 0.0
    bend_east: float = 0.0
    bend_north: float = 0.0


def meet(a: Curves, i: int, t: float, b: Curves, j: int, u: float) -> Meeting:
    """Return the local minimum of the distance between edge `i` of a and edge `j` of b, from parameters `t`, `u`.

    Distances under a micrometre, which is what doubles can hold of coordinates with room to spare, are given as 0.
    """
    edge_a, edge_b = _Edge(a, i), _Edge(b, j)
    best = math.inf
    here = (t, u)
    reach = 1.0
    step = (0.0, 0.0)
    for _ in range(_STEPS):
        now = (here[0] + step[0], here[1] + step[1])
        foot_a, foot_b = edge_a.at(now[0]), edge_b.at(now[1])
        way = WGS84.Inverse(foot_a.lat, foot_a.lon, foot_b.lat, foot_b.lon, _WAY_MASK)  # lat, lon
        if way["s12"] < best:
            gain = best - way["s12"]
            best, here = way["s12"], now
            slope, curve = _model(way, foot_a, foot_b)
            if best < _TOUCH_M or gain < 1e-9:
                break
        else:
            reach /= 8
        box = tuple((max(-x, -reach), min(1 - x, reach)) for x in here)
        step = _least(slope, curve, box)
        if max(abs(step[0]) * edge_a.length_m, abs(step[1]) * edge_b.length_m) < 1e-9:
            break
    foot_a, foot_b = edge_a.at(here[0]), edge_b.at(here[1])
    touching = best < _TOUCH_M
    on_a = (foot_a.lon, foot_a.lat)
    return Meeting(0.0 if touching else best, i, here[0], j, on_a, (foot_b.lon, foot_b.lat))


class _Edge:
    """One edge, for asking one point at a time."""

    def __init__(self, curves: Curves, i: int) -> None:
        (self.lon, self.lat), (lon1, lat1) = curves.start_deg[i].tolist(), curves.end_deg[i].tolist()
        self.end = (lon1, lat1)
        self.across, self.up = math.radians(lon1 - self.lon), math.radians(lat1 - self.lat)
        self.length_m = float(curves.length_m[i])
        self.line: GeodesicLine | None = None
        if curves.edges == "geodesic" and self.length_m > 0:
            self.line = WGS84.InverseLine(self.lat, self.lon, lat1, lon1)  # lat, lon
            self.length_m = self.line.s13

    def at(self, t: float) -> _Foot:
        if self.length_m == 0:
            return _Foot(self.lon, self.lat)
        if self.line is not None:
            place = self.line.Position(t * self.length_m, _LINE_MASK)
            azimuth = math.radians(place["azi2"])
            lon, lat = self.end if t == 1 else (place["lon2"], place["lat2"]) if t else (self.lon, self.lat)
            return _Foot(lon, lat, self.length_m * math.sin(azimuth), self.length_m * math.cos(azimuth))
        lat = self.lat + t * (self.end[1] - self.lat) if t != 1 else self.end[1]
        lon = self.lon + t * (self.end[0] - self.lon) if t != 1 else self.end[0]
        sin, cos = math.sin(math.radians(lat)), math.cos(math.radians(lat))
        w2 = 1 - E2 * sin * sin
        n = A_M / math.sqrt(w2)
        m = (1 - E2) * n / w2
        # The covariant acceleration of a curve that is straight in degrees (from dp/df = -M sin f, p = N cos f).
        bend_east = -2 * m * sin * self.up * self.across
        bend_north = 3 * E2 * m * sin * cos / w2 * self.up**2 + n * cos * sin * self.across**2
        return _Foot(lon, lat, n * cos * self.across, m * self.up, bend_east, bend_north)


def _model(way: dict[str, float], a: _Foot, b: _Foot) -> tuple[tuple[float, float], tuple[float, float, float]]:
    """Return slopes (by t, by u) and curvatures (tt, tu, uu) of half the squared distance between two feet."""
    s, m = way["s12"], way["m12"]
    ratio = s / m if m > 1e-3 * s and s > 0 else 1.0  # 1 in the limit of no distance; bounded near the antipode
    azi1, azi2 = math.radians(way["azi1"]), math.radians(way["azi2"])
    s1, c1, s2, c2 = math.sin(azi1), math.cos(azi1), math.sin(azi2), math.cos(azi2)
    by_t = -(a.east * s1 + a.north * c1)
    by_u = b.east * s2 + b.north * c2
    side_a, side_b = a.east * c1 - a.north * s1, b.east * c2 - b.north * s2
    bend_t = -(a.bend_east * s1 + a.bend_north * c1)
    bend_u = b.bend_east * s2 + b.bend_north * c2
    tt = by_t * by_t + ratio * way["M12"] * side_a * side_a + s * bend_t
    uu = by_u * by_u + ratio * way["M21"] * side_b * side_b + s * bend_u
    tu = by_t * by_u - ratio * side_a * side_b
    return (s * by_t, s * by_u), (tt, tu, uu)


def _least(
    slope: tuple[float, float], curve: tuple[float, float, float], box: tuple[tuple[float, float], ...]
) -> tuple[float, float]:
    """Return the step inside the box that is least under the quadratic model; the model may bend down."""
    (gt, gu), (tt, tu, uu) = slope, curve
    (t_low, t_high), (u_low, u_high) = box
    steps = [(t, u) for t in (t_low, t_high) for u in (u_low, u_high)]
    if uu > 0:
        steps += [(t, min(max(-(gu + tu * t) / uu, u_low), u_high)) for t in (t_low, t_high)]
    if tt > 0:
        steps += [(min(max(-(gt + tu * u) / tt, t_low), t_high), u) for u in (u_low, u_high)]
    det = tt * uu - tu * tu
    if det > 1e-12 * tt * uu > 0:
        t, u = (tu * gu - uu * gt) / det, (tu * gt - tt * gu) / det
        if t_low <= t <= t_high and u_low <= u <= u_high:
            steps.append((t, u))
    return min(steps, key=lambda x: gt * x[0] + gu * x[1] + tt * x[0] ** 2 / 2 + tu * x[0] * x[1] + uu * x[1] ** 2 / 2)
