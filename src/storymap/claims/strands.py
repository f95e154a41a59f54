"""Lines drawn finely in the edge model of their place, and where one passes over others.

A strand follows its line within two centimetres (`DRAWN_M`), so that its pieces may be taken as straight. What is built
on crossings counts them odd or even between places that keep away from the other line by more than that, and such a
count does not depend on how the line runs in between (docs/claims.md, crosses). For the same reason strands may be
shaken by a millimetre: lines that share corners, or run along each other, then cross cleanly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from storymap import earth
from storymap.places import Edges, Place
from storymap.scene import LonLat

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
DRAWN_M = 0.05
"""How far a strand may lie from its line, shaking included, with room to spare."""

_STRAY_M = 0.02  # of a piece of a planar edge, from the great circle
_STEP_M = 500.0  # of a piece, where places along it are compared
_FAR_M = 10_000.0  # of a piece of a geodesic edge, which strays from the great circle by far less
_SHAKEN = 1e-10  # of the earth's radius
_SAMPLES = 9
R_LEAST_M = 6_335_439.0
"""The least radius of curvature of the ellipsoid: an angle between verticals times this is never more than the way."""
_R_MOST_M = 6_399_594.0


@dataclass(frozen=True, slots=True)
class Strand:
    """An unbroken line or ring: its corners, and the finer places (n, 2) it is drawn through (lon, lat in degrees).

    `edge` (n-1,): after which corner each piece comes. `closed`: it is a ring.
    """

    corners: tuple[LonLat, ...]
    at_deg: Floats
    edge: Ints
    closed: bool

    def place(self, piece: int, share: float) -> LonLat:
        """Return the place (lon, lat) a share of the way along a piece."""
        found = _between(self.at_deg[piece : piece + 1], self.at_deg[piece + 1 : piece + 2], np.array([share]))
        return float(found[0, 0]), float(found[0, 1])


@dataclass(frozen=True, slots=True)
class Crossings:
    """Where a strand passes over others, in its order: the piece, and the share of the way along it (0..1)."""

    piece: Ints
    share: Floats

    def __len__(self) -> int:
        return len(self.piece)


NOWHERE = Crossings(np.empty(0, dtype=np.intp), np.empty(0))


@dataclass(frozen=True, slots=True)
class Samples:
    """Places along a strand, in order: lon, lat in degrees (n, 2), on which piece, and how many crossings before."""

    at_deg: Floats
    piece: Ints
    stretch: Ints


def strands_of(place: Place, edges: Edges | None = None) -> list[Strand]:
    """Return the lines and rings of a place, its edges read as it says or as `edges`; points have none."""
    model = edges or place.edges
    runs = [[(float(x), float(y)) for x, y in shapely.get_coordinates(run)] for run in runs_in(place.geometry)]
    return [_strand(run, model) for run in runs if len(set(run)) > 1]


def crossings(strand: Strand, others: Sequence[Strand]) -> Crossings:
    """Return where a strand passes over any of the others."""
    p = _shaken(_upright(strand.at_deg))
    pieces: list[Ints] = [np.empty(0, dtype=np.intp)]
    shares: list[Floats] = [np.empty(0)]
    for other in others:
        q = _upright(other.at_deg)
        i, j = _near(p, q)
        p0, p1, q0, q1 = p[i], p[i + 1], q[j], q[j + 1]
        q_of_p = _side(p0, p1, q0) > 0, _side(p0, p1, q1) > 0
        a, b = _side(q0, q1, p0), _side(q0, q1, p1)
        hit = (q_of_p[0] != q_of_p[1]) & ((a > 0) != (b > 0)) & (_dot(p0 + p1, q0 + q1) > 0)
        pieces.append(i[hit])
        shares.append(a[hit] / (a[hit] - b[hit]))
    piece, share = np.concatenate(pieces), np.concatenate(shares)
    order = np.lexsort((share, piece))
    return Crossings(piece[order], share[order])


def sampled(strand: Strand, crossed: Crossings) -> Samples:
    """Return places along a strand: all that it is drawn through, and some more between any two crossings."""
    length_m = np.linalg.norm(np.diff(_upright(strand.at_deg), axis=0), axis=1) * _R_MOST_M
    parts = np.maximum(1, np.ceil(length_m / _STEP_M)).astype(np.intp)
    first = np.repeat(np.arange(len(parts)), parts)
    at = np.append(
        first + (np.arange(len(first)) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[first], len(parts)
    )
    cuts = crossed.piece + crossed.share
    ends = np.concatenate([[0.0], cuts, at[-1:]])
    share = np.arange(1, _SAMPLES + 1) / (_SAMPLES + 1)
    between = (ends[:-1, None] + np.diff(ends)[:, None] * share).ravel()
    where = np.sort(np.concatenate([at, between]))
    piece = np.minimum(where.astype(np.intp), len(parts) - 1)
    places = _between(strand.at_deg[piece], strand.at_deg[piece + 1], where - piece)
    return Samples(places, piece, np.searchsorted(cuts, where).astype(np.intp))


def split_at(strand: Strand, crossed: Crossings, edges: Edges) -> tuple[tuple[LonLat, ...], ...]:
    """Return the line of a strand in pieces that end where it passes over something, geodesic edges filled in."""
    runs: list[list[LonLat]] = [[strand.corners[0]]]
    corner = 1
    for piece, share in zip(crossed.piece.tolist(), crossed.share.tolist(), strict=True):
        last = int(strand.edge[piece])
        runs[-1] += strand.corners[corner : last + 1]
        corner = last + 1
        lon, lat = strand.place(piece, share)
        mark = (lon + 360.0 * round((strand.corners[last][0] - lon) / 360.0), lat)
        runs[-1].append(mark)
        runs.append([mark])
    runs[-1] += strand.corners[corner:]
    return tuple(tuple(_filled(run, edges)) for run in runs if len(run) > 1)


def away_from(places_deg: Floats, strand: Strand) -> Floats:
    """Return for each piece of a strand how far (m) the nearest of some places is from it, at least."""
    xyz = _upright(strand.at_deg)
    start, along = xyz[:-1], np.diff(xyz, axis=0)
    least = np.full(len(along), np.inf)
    for place in _upright(places_deg):
        foot = np.clip(_dot(place - start, along) / _dot(along, along), 0.0, 1.0)
        gap = np.linalg.norm(start + foot[:, None] * along - place, axis=1)
        least = np.minimum(least, R_LEAST_M * gap)
    return least


def runs_in(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield every line and ring of a geometry, lines that touch joined."""
    whole = shapely.line_merge(geometry) if isinstance(geometry, MultiLineString) else geometry
    for part in shapely.get_parts(whole).tolist():
        if part.geom_type == "Polygon":
            yield from shapely.get_rings(part).tolist()
        elif part.geom_type == "LineString":
            yield part
        elif part.geom_type != "Point":
            yield from runs_in(part)


def _strand(run: Sequence[LonLat], edges: Edges) -> Strand:
    corners = np.array(run)
    new = np.append(True, (np.diff(corners, axis=0) != 0).any(axis=1))
    at = corners[new]
    across = np.diff(at[:, 0])
    # The short way, as everywhere; but once round the world as written, in rings and along a parallel.
    round_the_world = (np.abs(across) == 360) & ((np.diff(at[:, 1]) == 0) | (run[0] == run[-1]))
    far = (np.abs(across) > 180) & (~round_the_world | (edges == "geodesic"))
    across[far] -= 360.0 * np.rint(across[far] / 360.0)
    at[1:, 0] = at[0, 0] + np.cumsum(across)
    drawn, edge = (_planar if edges == "planar" else _geodesic)(at)
    return Strand(tuple(run), drawn, np.flatnonzero(new)[edge], run[0] == run[-1])


def _planar(at_deg: Floats) -> tuple[Floats, Ints]:
    """Return the places that straight edges are drawn through, and the edge after each but the last."""
    edge = np.diff(at_deg, axis=0)
    across, up = np.abs(np.radians(edge)).T
    lat = np.radians(np.stack([at_deg[:-1, 1], at_deg[1:, 1]]))
    lowest = np.where(lat[0] * lat[1] > 0, np.abs(lat).min(axis=0), 0.0)
    # An eighth of the covariant acceleration over R, of which cutting in n leaves 1/n².
    strays = np.hypot(2 * up * across, np.cos(lowest) * across**2 + 0.0102 * up**2) / 8
    cuts = np.maximum(
        np.sqrt(strays * _R_MOST_M / _STRAY_M), np.hypot(np.cos(lowest) * across, up) * _R_MOST_M / _STEP_M
    )
    steps = np.maximum(1, np.ceil(cuts)).astype(np.intp)
    i = np.repeat(np.arange(len(edge)), steps)
    share = (np.arange(len(i)) - np.repeat(np.cumsum(steps) - steps, steps)) / steps[i]
    return np.concatenate([at_deg[i] + share[:, None] * edge[i], at_deg[-1:]]), i


def _geodesic(at_deg: Floats) -> tuple[Floats, Ints]:
    """Return the places that geodesic edges are drawn through, and the edge after each but the last."""
    up = _upright(at_deg)
    long = np.flatnonzero(np.linalg.norm(np.diff(up, axis=0), axis=1) * R_LEAST_M > _FAR_M)
    drawn, edge = at_deg, np.arange(len(at_deg) - 1)
    places: list[LonLat] = [(lon, lat) for lon, lat in at_deg.tolist()]
    inner = [np.array(earth.geodesic(places[k], places[k + 1], step_m=_FAR_M))[1:-1] for k in long.tolist()]
    if inner:
        before = np.repeat(long + 1, [len(part) for part in inner])
        return np.insert(drawn, before, np.concatenate(inner), axis=0), np.insert(edge, before, before - 1)
    return drawn, edge


def _filled(run: Sequence[LonLat], edges: Edges) -> Iterator[LonLat]:
    yield run[0]
    for a, b in pairwise(run):
        yield from earth.geodesic(a, b, step_m=50_000.0)[1:] if edges == "geodesic" else [b]


def _between(start_deg: Floats, end_deg: Floats, share: Floats) -> Floats:
    """Return places (n, 2) a share of the way along short pieces, longitudes running on from those of the starts."""
    a, b = _upright(start_deg), _upright(end_deg)
    x, y, z = (a + share[:, None] * (b - a)).T
    lon, lat = np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))
    lon += 360.0 * np.rint((start_deg[:, 0] - lon) / 360.0)
    found = np.stack([lon, lat], axis=1)
    found[share == 0], found[share == 1] = start_deg[share == 0], end_deg[share == 1]
    return found


def _near(p: Floats, q: Floats) -> tuple[Ints, Ints]:
    """Return the pairs of pieces whose boxes in space meet."""
    (p_low, p_high), (q_low, q_high) = _boxes(p), _boxes(q)
    boxes = shapely.box(q_low[:, 0], q_low[:, 1], q_high[:, 0], q_high[:, 1])
    asked = shapely.box(p_low[:, 0], p_low[:, 1], p_high[:, 0], p_high[:, 1])
    i, j = shapely.STRtree(boxes).query(asked)
    level = (p_low[i, 2] <= q_high[j, 2]) & (q_low[j, 2] <= p_high[i, 2])
    return i[level], j[level]


def _boxes(xyz: Floats) -> tuple[Floats, Floats]:
    # Room for the arc over its chord: a 10-km piece stands 3e-7 of the radius above it.
    return np.minimum(xyz[:-1], xyz[1:]) - 1e-6, np.maximum(xyz[:-1], xyz[1:]) + 1e-6


def _upright(lonlat_deg: Floats) -> Floats:
    """Return the verticals at places as vectors of length 1 (n, 3)."""
    lon, lat = np.radians(lonlat_deg[:, 0]), np.radians(lonlat_deg[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _shaken(xyz: Floats) -> Floats:
    k = np.arange(len(xyz))[:, None] * np.array([12.9898, 78.233, 37.719]) + 1.0
    shaken: Floats = xyz + _SHAKEN * np.sin(k)
    return shaken


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    """Return a number that is over 0 where c lies on the left of the great circle from a to b."""
    return _dot(a, np.cross(b - a, c - a))


def _dot(a: Floats, b: Floats) -> Floats:
    product: Floats = np.einsum("...k,...k->...", a, b)
    return product
