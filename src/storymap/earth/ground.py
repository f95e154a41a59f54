"""Bounds from below on the distance between pieces of two edges, from distances on the ellipsoid themselves.

- By corners: the least of the distances between the ends of both pieces, less an eighth of the greatest second
  derivative that the distance can have. For a foot that moves with speed v and covariant acceleration g, that is at
  most v² cot(d/R)/R + g with d the least distance and R = a²/b, as the Gaussian curvature is nowhere under 1/R²
  (Hessian comparison). It holds across the cut locus too, where the distance bends down.
- By boxes: between two latitudes the distance grows with the difference in longitude (see `parallels`). So put one
  piece on one meridian and one on another, as far apart as the pieces are at least. Meridians are geodesics, so corners
  bound what is between them, and only the span in latitude counts. This tells apart what is equally far from a pole:
  a parallel as a whole, and planar edges, which turn endlessly fast there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storymap.earth.ellipsoid import R_MOST_M, Bools, Floats, wrapped_deg
from storymap.earth.geodesics import ways
from storymap.earth.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Ground:
    """For pairs of pieces: a bound on their distance, and whether that grows rather by cutting the first of them.

    `nearest_m`: the least distance between ends, met at `share_p` and `share_q` (0 or 1) of the pieces.
    """

    least_m: Floats
    cut_p: Bools
    nearest_m: Floats
    share_p: Floats
    share_q: Floats


def ground(p: Pieces, q: Pieces, floor_m: Floats) -> Ground:
    """Return bounds for pairs of pieces that are known to be `floor_m` (n,) apart or more."""
    corners = [(x, y) for x in _corners(p) for y in _corners(q)]
    far = np.stack([ways(p.ends_deg[x], q.ends_deg[y]).length_m for x, y in corners])
    pick = far.argmin(axis=0)
    nearest = far.min(axis=0)
    long_p, long_q = (x.curves.length_m[x.i] * x.width for x in (p, q))
    steep = steepness(np.maximum(floor_m, nearest - (long_p + long_q) / 2))
    sag_p, sag_q = sag(p, steep), sag(q, steep)
    least = nearest - (sag_p + sag_q)
    boxed, loss_p, loss_q = _by_boxes(p, q)
    better = boxed > least
    cut_p = np.where(better, loss_p > loss_q, sag_p > sag_q)
    x, y = np.array(corners, dtype=np.float64).T
    return Ground(np.maximum(least, boxed), cut_p, nearest, x[pick], y[pick])


def steepness(least_m: Floats) -> Floats:
    """Return the most that the distance bends up for each square metre along a geodesic, no nearer than `least_m`."""
    angle = least_m / R_MOST_M
    steep = 1 / (R_MOST_M * np.tan(np.clip(angle, 1e-300, np.pi / 2)))
    return np.where(angle <= 0, np.inf, np.where(angle < np.pi / 2, steep, 0.0))  # of 0, whatever its sign


def sag(pieces: Pieces, steep: Floats) -> Floats:
    """Return by how much, at most, the distance to a place sags between the ends of pieces."""
    speed, turn = pieces.curves.length_m[pieces.i], pieces.curves.turn_m[pieces.i]
    with np.errstate(invalid="ignore"):
        moving = np.where(speed > 0, speed * speed * steep, 0.0)
    return np.asarray((moving + turn) * pieces.width**2 / 8)


def _corners(pieces: Pieces) -> tuple[int, ...]:
    return (0, 1) if pieces.curves.length_m[pieces.i].any() else (0,)


def _by_boxes(p: Pieces, q: Pieces) -> tuple[Floats, Floats, Floats]:
    """Return bounds by boxes, and how much each piece's box takes from them (a guess that decides what is cut)."""
    (west_p, wide_p, lat_p), (west_q, wide_q, lat_q) = _box(p), _box(q)
    middles = np.abs(wrapped_deg(west_q + wide_q / 2 - west_p - wide_p / 2))
    apart = np.maximum(middles - (wide_p + wide_q) / 2, 0.0)
    zero = np.zeros(len(apart))
    far = [
        ways(np.stack([zero, x], axis=1), np.stack([apart, y], axis=1)).length_m
        for x in (lat_p if (lat_p[0] != lat_p[1]).any() else lat_p[:1])
        for y in (lat_q if (lat_q[0] != lat_q[1]).any() else lat_q[:1])
    ]
    nearest = np.minimum.reduce(far)
    high_p, high_q = (R_MOST_M * np.radians(np.abs(lat[1] - lat[0])) for lat in (lat_p, lat_q))
    steep = steepness(nearest - (high_p + high_q) / 2)
    least, losses = nearest, []
    for high, lat, wide in ((high_p, lat_p, wide_p), (high_q, lat_q, wide_q)):
        with np.errstate(invalid="ignore"):
            sags = np.where(high > 0, high * high * steep / 8, 0.0)
        across = R_MOST_M * np.cos(np.radians(np.abs(lat).min(axis=0))) * np.radians(wide)
        least = least - sags
        losses.append(sags + np.minimum(high, across))
    return np.where(_boxable(p) & _boxable(q), least, -np.inf), losses[0], losses[1]


def _box(pieces: Pieces) -> tuple[Floats, Floats, Floats]:
    """Return the western longitude, the width, and the latitudes (2, n) of pieces whose ends are their corners."""
    start, end = pieces.ends_deg
    return np.minimum(start[:, 0], end[:, 0]), np.abs(end[:, 0] - start[:, 0]), np.stack([start[:, 1], end[:, 1]])


def _boxable(pieces: Pieces) -> Bools:
    """Return which pieces go straight in degrees: planar ones, points, and geodesics along a meridian."""
    if pieces.curves.edges == "planar":
        return np.ones(len(pieces.i), dtype=bool)
    c, i = pieces.curves, pieces.i
    return np.asarray(c.start_deg[i, 0] == c.end_deg[i, 0])
