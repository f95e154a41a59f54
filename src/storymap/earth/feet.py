"""Where places come nearest to edges, for whole arrays: Newton's method, and when its answer is surely the least.

Where the distance r from a place is level along an edge (f' = 0), it bends there by f'' = v² (h - k), h being the
curvature of the circle of radius r about the place and k that of the edge towards the place. As the Gaussian curvature
is nowhere over 1/b², h is at least cot(r/b)/b (Hessian comparison, up to r = pi b, within which shortest ways are
unique). So where k stays under that, every level point is a minimum, there is only one, and a foot that is found is the
nearest. If h > 0, that is so too where the edge bends away from the place all along, as k < 0; and where the way to the
place never stands upright on the edge, its end is the nearest. Both are known of edges that are short for their
distance: the way turns by no more than 1/r, the edge by no more than |k|, for each metre along the edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import B_M, E2, R_MEAN_M, Bools, Floats, Ints, radii
from storymap.earth.geodesics import ways

_TOUCH_M = 1e-6
_GAIN_M = 1e-7
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Feet:
    """For each pair of a place and an edge: the parameter of the foot, its lon and lat, the distance, the way to it.

    `azimuth_deg`: of the way to the foot, at the place. `certain`: no point of the edge is nearer by more than a
    micrometre.
    """

    t: Floats
    on_deg: Floats
    distance_m: Floats
    azimuth_deg: Floats
    certain: Bools


def feet(
    place_deg: Floats, c: Curves, i: Ints, t: Floats, first: Floats | None = None, last: Floats | None = None
) -> Feet:
    """Return the feet of places (k, 2) on edges `i` (k,) of c, searched from parameters `t` (k,).

    `first`, `last`: the parameters between which feet are wanted, all of the edge if None.
    """
    first, last = np.zeros(len(t)) if first is None else first, np.ones(len(t)) if last is None else last
    t = t.clip(first, last)
    on_deg, distance, settled = np.empty((len(t), 2)), np.full(len(t), np.inf), np.zeros(len(t), dtype=bool)
    azimuth = np.zeros(len(t))
    slant, towards = np.zeros(len(t)), np.zeros(len(t), dtype=bool)
    todo = np.arange(len(t))
    now = t
    for _ in range(_STEPS):
        here = c.at(i[todo], now)
        way = ways(here, place_deg[todo])
        better = way.length_m < distance[todo]
        b = todo[better]
        t[b], on_deg[b], distance[b] = now[better], here[better], way.length_m[better]
        azimuth[b] = way.arrival_deg[better] + 180
        level, side, bend = _model(way.azimuth_deg, *motion(c, i[todo], now, here))
        arc = np.maximum(way.length_m / R_MEAN_M, 1e-9)
        curve = level**2 + arc / np.tan(arc) * side**2 - way.length_m * bend
        slant[b], towards[b] = (np.abs(level) / np.maximum(np.hypot(level, side), 1e-9))[better], (bend > 0)[better]
        with np.errstate(divide="ignore", invalid="ignore"):
            to = np.where(curve > 0, now - way.length_m * level / curve, np.where(level > 0, 0.0, 1.0))
        to = to.clip(first[todo], last[todo])
        still = (np.abs((to - now) * level) < _GAIN_M) | (way.length_m < _TOUCH_M)
        # A step that led further away is taken half as far.
        to = np.where(better, to, (t[todo] + now) / 2)
        settled[todo[still & better]] = True
        todo, now = todo[~(still & better)], to[~(still & better)]
        if not todo.size:
            break
    distance[distance < _TOUCH_M] = 0.0
    bend, span = c.bend(i), c.length_m[i] * (last - first)
    steep = steepest(distance + span)
    turn = np.maximum(4 / 3 / np.maximum(distance, 1e-9), -steep) + bend
    with np.errstate(invalid="ignore"):  # beyond all telling, nothing is said of edges of no length either
        turned = np.where(span < distance / 4, span * turn, np.inf)
    one_way = c.chord0[i, 2] * c.chord1[i, 2] >= 0  # planar edges bend towards the pole of their hemisphere
    alone = (bend < steep) | ((turned < 0.5) & ~towards & one_way & (steep > 0)) | (turned < slant)
    return Feet(t, on_deg, distance, azimuth, settled & alone)


def steepest(distance_m: Floats) -> Floats:
    """Return the least curvature, per metre, of circles of this radius about a place; -inf where that is not known."""
    return np.where(distance_m < np.pi * B_M, 1 / np.tan(np.maximum(distance_m, 1e-9) / B_M) / B_M, -np.inf)


def motion(c: Curves, i: Ints, t: Floats, here_deg: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return velocity and covariant acceleration along edges, each east and north, in metres per parameter."""
    if c.edges == "geodesic":
        east, north = c.heading(i, t, here_deg)
        return east, north, np.zeros(len(t)), np.zeros(len(t))
    across, up = np.radians(c.end_deg[i] - c.start_deg[i]).T
    lat = np.radians(here_deg[:, 1])
    meridian, _, parallel = radii(lat)
    sin = np.sin(lat)
    # From dp/df = -M sin f, p = N cos f.
    north = 3 * E2 * meridian * sin * np.cos(lat) / (1 - E2 * sin * sin) * up**2 + parallel * sin * across**2
    return parallel * across, meridian * up, -2 * meridian * sin * up * across, north


def _model(
    azimuth_deg: Floats, east: Floats, north: Floats, bend_east: Floats, bend_north: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the slope of the distance by the parameter, the speed across it, and the acceleration towards the place.

    The azimuth is that at the foot, towards the place.
    """
    azimuth = np.radians(azimuth_deg)
    sin, cos = np.sin(azimuth), np.cos(azimuth)
    return -(east * sin + north * cos), east * cos - north * sin, bend_east * sin + bend_north * cos
