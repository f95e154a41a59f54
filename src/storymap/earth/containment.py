"""Whether a point lies inside an area, in the area's own edge model, and how far from its boundary.

From the south pole up a meridian to the point, every edge that is crossed changes sides. So inside is a matter of
counting, at the poles and across the antimeridian as elsewhere. A ring that goes round a pole holds the pole on its
smaller side; every other ring holds what it closes in, without the poles.
"""

from __future__ import annotations

import math

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from storymap.earth.area import ring_integrals
from storymap.earth.boundary import boundary, outer
from storymap.earth.edges import Curves, Edges, curves
from storymap.earth.ellipsoid import Floats, Ints, LonLat, in_space, wrapped_deg
from storymap.earth.points import checked
from storymap.earth.search import search

_PARTS, _ROUNDS = 16, 11  # sixteen parts, eleven times: a millionth of a millimetre at 10,000 km


def contains_margin(area: BaseGeometry, point: LonLat, *, edges: Edges = "planar") -> float:
    """Return the distance in metres from a point to the boundary of an area: positive inside, negative outside.

    A cut along the 180th meridian is no boundary where the area goes on beyond it. For an area without a boundary
    (the whole world) the margin is infinite.

    Args:
        area: Polygon, MultiPolygon, or a collection that holds one; lon, lat in degrees.
        point: (lon, lat) in degrees.
        edges: how the boundary runs between its corners.

    Raises:
        EarthError: no area, or a geometry or point that cannot be measured.
    """
    place = checked(point)
    rings = boundary(area, edges)
    inside = areas_holding(rings, place) != set()
    border = outer(rings)
    if border is None:
        return math.inf
    distance = search(border, curves(Point(place), "planar")).distance_m
    return distance if inside else -distance


def areas_holding(c: Curves, place: LonLat) -> set[int]:
    """Return the numbers of the polygons among `c` that hold a place (lon, lat); on a boundary either may be said."""
    crossed = _crossed_below(c, place)
    rings = np.bincount(c.run[crossed], minlength=len(c.firsts)) + _holds_south_pole(c)
    odd: dict[int, int] = {}
    for area, count in zip(c.kind.tolist(), rings.tolist(), strict=True):
        if area >= 0:
            odd[area] = odd.get(area, 0) + count
    return {area for area, count in odd.items() if count % 2}


def _crossed_below(c: Curves, place: LonLat) -> Ints:
    """Return the edges that the meridian from the south pole up to `place` crosses."""
    lon, lat = place
    d0 = wrapped_deg(wrapped_deg(c.start_deg[:, 0]) - wrapped_deg(np.array(lon)))
    d0 = np.where(d0 == 180, -180.0, d0)
    # A ring's edge ends where the next begins: the same number, so that both agree on which side of the meridian.
    following = np.arange(1, len(c) + 1)
    following[np.append(c.firsts[1:], len(c)) - 1] = c.firsts
    d1 = d0[following]
    across = c.end_deg[:, 0] - c.start_deg[:, 0]
    # A corner on the meridian counts as east of it. A change of sides is here or on the far side of the world.
    span = np.abs(d1 - d0)
    here = (span < 180) | ((span == 180) & ((across > 0) == (d0 < 0)))
    crossing: Ints = np.flatnonzero((((d0 < 0) != (d1 < 0)) & here) | (np.abs(across) == 360))
    if not crossing.size:
        return crossing
    if c.edges == "planar":
        start = c.start_deg[crossing]
        share = np.mod(np.sign(across[crossing]) * -d0[crossing], 360) / np.abs(across[crossing])
        height = start[:, 1] + share * (c.end_deg[crossing, 1] - start[:, 1])
        below = height < lat
        return np.asarray(crossing[below])
    # The height in space tells most edges apart; latitude follows it up and down.
    z = float(in_space(np.array([lon, lat]))[2])
    z0, z1 = c.chord0[crossing, 2], c.chord1[crossing, 2]
    slack = c.bulge_m[crossing] + 1e-6
    below = np.maximum(z0, z1) + slack < z
    unsure = ~below & (np.minimum(z0, z1) - slack <= z)
    if unsure.any():
        below[unsure] = _latitude_at(c, crossing[unsure], d0[crossing[unsure]]) < lat
    return np.asarray(crossing[below])


def _latitude_at(c: Curves, i: Ints, d0: Floats) -> Floats:
    """Return where geodesic edges `i`, whose starts lie `d0` degrees east of a meridian, cross it."""
    ends = np.stack([c.start_deg[i, 1], c.end_deg[i, 1]])
    pole = np.abs(ends).max(axis=0) == 90
    latitude = np.where(np.abs(ends[0]) == 90, ends[0], ends[1])  # to a pole and away, all turning is done at the pole
    k = np.flatnonzero(~pole)
    if k.size:
        low, high = np.zeros(k.size), np.ones(k.size)
        inner = np.arange(1, _PARTS)
        for _ in range(_ROUNDS):
            t = low[:, None] + (high - low)[:, None] * inner / _PARTS
            found = c.at(np.repeat(i[k], len(inner)), t.ravel()).reshape(*t.shape, 2)
            short_of = np.abs(wrapped_deg(found[..., 0] - c.start_deg[i[k], :1])) < np.abs(d0[k])[:, None]
            part = (high - low) / _PARTS
            low = low + short_of.sum(axis=1) * part
            high = low + part
        latitude[k] = c.at(i[k], (low + high) / 2)[:, 1]
    return np.asarray(latitude)


def _holds_south_pole(c: Curves) -> Ints:
    """Return 1 for every ring that goes round the poles and has the south pole on its smaller side, else 0."""
    turns = c.turns()
    round_a_pole = np.abs(turns) == 1
    if not round_a_pole.any():
        return np.zeros(len(turns), dtype=np.intp)
    south = np.sign(turns) * ring_integrals(c) < 0
    return np.asarray(round_a_pole & south, dtype=np.intp)
