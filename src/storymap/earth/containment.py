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
from storymap.earth.ellipsoid import Bools, Floats, Ints, LonLat, in_space, wrapped_deg
from storymap.earth.points import checked
from storymap.earth.search import search

_MOST_CELLS = 2_000_000
"""Places are counted in lots of so many pairs of a place and a polygon: that bounds the memory."""
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
    inside = bool(held(rings, np.array([place]))[0])
    border = outer(rings)
    if border is None:
        return math.inf
    distance = search(border, curves(Point(place), "planar")).distance_m
    return distance if inside else 0.0 - distance


def held(c: Curves, places_deg: Floats) -> Bools:
    """Return for each place (n, 2), lon and lat in degrees, whether some polygon among `c` holds it.

    On a boundary either may be said.
    """
    if not (c.kind >= 0).any():
        return np.zeros(len(places_deg), dtype=bool)
    areas = int(c.kind.max()) + 1
    lots = -(-len(places_deg) * areas // _MOST_CELLS)
    return np.concatenate([_odd(c, lot, areas).any(axis=1) for lot in np.array_split(places_deg, max(lots, 1))])


def _odd(c: Curves, places_deg: Floats, areas: int) -> Bools:
    """Return for each place and polygon whether the meridian below the place crosses it an odd number of times."""
    at_pole = np.bincount(c.kind[c.kind >= 0], _holds_south_pole(c)[c.kind >= 0], minlength=areas)
    who, edge = _crossed_below(c, places_deg)
    area = c.kind[c.run[edge]]
    cell = who[area >= 0] * areas + area[area >= 0]
    count = np.bincount(cell, minlength=len(places_deg) * areas).reshape(len(places_deg), areas)
    return np.asarray((count + at_pole) % 2 == 1)


def _crossed_below(c: Curves, places_deg: Floats) -> tuple[Ints, Ints]:
    """Return pairs of a place and an edge that the meridian from the south pole up to it crosses."""
    who, edge = _crossed(c, _turned(places_deg[:, 0]))
    start = c.start_deg[edge]
    lon, lat = places_deg[who].T
    across = c.end_deg[edge, 0] - start[:, 0]
    if c.edges == "planar":
        share = np.mod(np.sign(across) * (lon - start[:, 0]), 360) / np.abs(across)
        below = start[:, 1] + share * (c.end_deg[edge, 1] - start[:, 1]) < lat
        return who[below], edge[below]
    # The height in space tells most edges apart; latitude follows it up and down.
    z = in_space(places_deg)[who, 2]
    z0, z1 = c.chord0[edge, 2], c.chord1[edge, 2]
    slack = c.bulge_m[edge] + 1e-6
    below = np.maximum(z0, z1) + slack < z
    unsure = ~below & (np.minimum(z0, z1) - slack <= z)
    if unsure.any():
        ahead = wrapped_deg(start[unsure, 0] - lon[unsure])
        below[unsure] = _latitude_at(c, edge[unsure], ahead) < lat[unsure]
    return who[below], edge[below]


def _crossed(c: Curves, lons_deg: Floats) -> tuple[Ints, Ints]:
    """Return pairs of a meridian (its longitude in -180 to under 180) and an edge that crosses it.

    A corner on the meridian counts as east of it.
    """
    first = _turned(c.start_deg[:, 0])
    # A ring's edge ends where the next begins: the same number, so that both agree on which side of the meridian.
    following = np.arange(1, len(c) + 1)
    following[np.append(c.firsts[1:], len(c)) - 1] = c.firsts
    last = first[following]
    across = c.end_deg[:, 0] - c.start_deg[:, 0]
    west, east = np.minimum(first, last), np.maximum(first, last)
    over_180 = (east - west > 180) | ((east - west == 180) & ((across > 0) == (first > last)))
    order = np.argsort(lons_deg)
    # Meridians under `low` and from `high` on lie on the far side of an edge that does not pass 180.
    low, high = (np.searchsorted(lons_deg[order], end, side="right") for end in (west, east))
    whole = np.abs(across) == 360
    low[whole], high[whole], over_180[whole] = 0, len(order), False
    lots = [(np.arange(len(c))[~over_180], low[~over_180], high[~over_180])]
    if over_180.any():
        edge = np.flatnonzero(over_180)
        zero = np.zeros(len(edge), dtype=np.intp)
        lots += [(edge, zero, low[edge]), (edge, high[edge], zero + len(order))]
    edge, low, high = (np.concatenate(x) for x in zip(*lots, strict=True))
    count = high - low
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return order[np.repeat(low, count) + step], np.repeat(edge, count)


def _turned(lon_deg: Floats) -> Floats:
    """Return longitudes in -180 to under 180."""
    lon_deg = wrapped_deg(lon_deg)
    return np.where(lon_deg == 180, -180.0, lon_deg)


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
