"""The edges of a geometry: shapely in, flat arrays of curves on the ellipsoid out.

Everything that is measured is a set of edges. A point is an edge of no length. An edge is `planar`, straight in
longitude and latitude (RFC 7946, section 3.1.1), or `geodesic`, the shortest way. Each knows the chord between its ends
in space and a bound on how far it strays from it, so that pruning on chords is certain.
"""

from __future__ import annotations

import weakref
from dataclasses import InitVar, dataclass, field
from typing import Literal, get_args

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.earth.ellipsoid import (
    A_M,
    B_M,
    R_LEAST_M,
    R_MOST_M,
    EarthError,
    Floats,
    Ints,
    in_space,
    most_way,
    on_ground,
    wrapped_deg,
)
from storymap.earth.geodesics import goals, ways
from storymap.earth.points import all_checked

Edges = Literal["planar", "geodesic"]

_SHORT_M = 10_000.0
"""Up to this length the normal projection of the chord lies within 10 µm of the geodesic."""
LINE, POINT = -1, -2
"""Kinds of runs that bound no area."""
# Members of shapely.GeometryType.
_POINTS, _LINES, _AREA = (0, 4), (1, 2), 3


@dataclass(slots=True, eq=False, weakref_slot=True)
class Curves:
    """Edges in flat arrays, in the order of the geometry.

    `start_deg`, `end_deg` (n, 2): ends, lon and lat; the end's longitude runs on from the start's by the short way.
    `run` (n,): which run (point, line, or ring) an edge is of. `kind`: for each run the number of the polygon that it
    bounds, or `LINE`, or `POINT`. `firsts`: the index of each run's first edge.
    `chord0`, `chord1` (n, 3): the ends in space. `bulge_m`: no point of the edge at parameter t is further from the
    chord's point at t than this. `turn_m`: bound on the covariant second derivative (0 for geodesics).
    """

    edges: Edges
    start_deg: Floats
    end_deg: Floats
    run: Ints
    kind: Ints
    firsts: Ints
    ends: InitVar[tuple[Floats, Floats] | None] = None
    chord0: Floats = field(init=False)
    chord1: Floats = field(init=False)
    length_m: Floats = field(init=False)
    bulge_m: Floats = field(init=False)
    turn_m: Floats = field(init=False)
    _azimuth_deg: Floats = field(init=False)
    _exact_m: Floats = field(init=False)

    def __post_init__(self, ends: tuple[Floats, Floats] | None) -> None:
        self.chord0, self.chord1 = ends or (in_space(self.start_deg), in_space(self.end_deg))
        n = len(self.start_deg)
        if self.edges == "geodesic":
            along = self.chord1 - self.chord0
            chord = np.sqrt(np.einsum("ij,ij->i", along, along))
            self.length_m = most_way(chord)
            self.bulge_m = self.length_m**2 / (8 * R_LEAST_M)
            self.turn_m = np.zeros(n)
            self._azimuth_deg = np.full(n, np.nan)
            self._exact_m = np.full(n, np.nan)
        else:
            self.length_m, self.bulge_m, self.turn_m = _planar_bounds(self)

    def __len__(self) -> int:
        return len(self.start_deg)

    def at(self, i: Ints, t: Floats) -> Floats:
        """Return lon, lat in degrees (k, 2) on edges `i` (k,) at parameters `t` (k,) in 0..1.

        The parameter is the share of degrees on a planar edge, of the length on a geodesic one.
        """
        start, end = self.start_deg[i], self.end_deg[i]
        if self.edges == "planar":
            found = start + t[:, None] * (end - start)
        else:
            found = np.empty_like(start)
            far = self.length_m[i] > _SHORT_M
            if not far.all():
                k = i[~far]
                chord = self.chord0[k] + t[~far, None] * (self.chord1[k] - self.chord0[k])
                found[~far] = on_ground(chord)
            if far.any():
                k = i[far]
                azimuth, length = self.way(k)
                found[far] = goals(start[far], azimuth, t[far] * length)
        found[t == 0], found[t == 1] = start[t == 0], end[t == 1]
        return found

    def heading(self, i: Ints, t: Floats, here_deg: Floats) -> tuple[Floats, Floats]:
        """Return the velocity along geodesic edges, east and north in metres, where they are at `here_deg`."""
        along = self.chord1[i] - self.chord0[i]
        lon, lat = np.radians(here_deg).T
        across = along[:, 0] * np.cos(lon) + along[:, 1] * np.sin(lon)
        east = along[:, 1] * np.cos(lon) - along[:, 0] * np.sin(lon)
        north = along[:, 2] * np.cos(lat) - across * np.sin(lat)
        far = np.flatnonzero(self.length_m[i] > _SHORT_M)
        if far.size:
            ahead = t[far] < 0.5
            goal = np.where(ahead[:, None], self.end_deg[i[far]], self.start_deg[i[far]])
            azimuth = np.radians(ways(here_deg[far], goal).azimuth_deg)
            speed = np.where(ahead, 1.0, -1.0) * self.way(i[far])[1]
            east[far], north[far] = speed * np.sin(azimuth), speed * np.cos(azimuth)
        return east, north

    def bend(self, i: Ints) -> Floats:
        """Return bounds on the geodesic curvature of edges `i`, per metre."""
        if self.edges == "geodesic":
            return np.zeros(len(i))
        across, up = np.radians(self.end_deg[i] - self.start_deg[i]).T
        p = np.minimum(*(np.hypot(end[i, 0], end[i, 1]) for end in (self.chord0, self.chord1)))
        least_square = (R_LEAST_M * up) ** 2 + (p * across) ** 2
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.turn_m[i] > 0, self.turn_m[i] / least_square, 0.0)

    def summed(self, values: Floats) -> Floats:
        """Return the sums of one value per edge over each run."""
        return np.asarray(np.bincount(self.run, values, minlength=len(self.firsts)), dtype=np.float64)

    def turns(self) -> Floats:
        """Return how often each run goes round the poles: 1 eastward, -1 westward, 0 for all that do not."""
        return np.rint(self.summed(self.end_deg[:, 0] - self.start_deg[:, 0]) / 360)

    def way(self, i: Ints) -> tuple[Floats, Floats]:
        """Return azimuth at the start in degrees and length in metres of geodesic edges `i`; each is solved once."""
        new = np.array(sorted(set(i[np.isnan(self._exact_m[i])].tolist())), dtype=np.intp)  # np.unique loads numpy.ma
        if new.size:
            solved = ways(self.start_deg[new], self.end_deg[new])
            self._azimuth_deg[new], self._exact_m[new] = solved.azimuth_deg, solved.length_m
        return self._azimuth_deg[i], self._exact_m[i]


def curves(geometry: BaseGeometry, edges: Edges) -> Curves:
    """Return the edges of any shapely geometry.

    Args:
        geometry: lon, lat in degrees; a third coordinate is ignored.
        edges: how an edge runs between its ends.

    Raises:
        EarthError: not a geometry, empty, a coordinate that is not finite or out of range, or an unknown edge model.
    """
    if edges not in get_args(Edges):
        raise EarthError(f"edges are 'planar' or 'geodesic', not {edges!r}")
    if not isinstance(geometry, BaseGeometry):
        raise EarthError(f"a shapely geometry is needed, not {type(geometry).__name__}")
    key = (id(geometry), edges)
    known, found = _kept.get(key, (None, None))
    if found is None or known is None or known() is not geometry:
        found = _curves(geometry, edges)
        _kept[key] = (weakref.ref(geometry, lambda _: _kept.pop(key, None)), found)
        while len(_kept) > _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
    elif _kept.pop(key, None) is not None:
        _kept[key] = (known, found)  # asked for last
    return found


def edges_of_both(edges: Edges | tuple[Edges, Edges]) -> tuple[Edges, Edges]:
    """Return the edge models of two geometries, given as one of both or as two.

    Raises:
        EarthError: neither; whether the words are known is for `curves` to say.
    """
    if isinstance(edges, str):
        return edges, edges
    try:
        one, other = edges
    except (TypeError, ValueError):
        raise EarthError(f"edges are 'planar' or 'geodesic', or two of these, not {edges!r}") from None
    return one, other


def models_apart(geometry: BaseGeometry) -> float:
    """Return a length in metres; no point of an edge lies further from the same edge in the other model.

    So no distance to the geometry differs by more between planar and geodesic edges. A proven bound, some ten times
    what is found: both readings lie within their bulges of one chord.

    Raises:
        EarthError: a geometry that cannot be measured.
    """
    apart = curves(geometry, "planar").bulge_m + curves(geometry, "geodesic").bulge_m
    return float(most_way(apart.max()))


_MOST_KEPT = 32
_kept: dict[tuple[int, Edges], tuple[weakref.ref[BaseGeometry], Curves]] = {}
"""The edges of the geometries asked for last, as long as these live: who measures a geometry once often does again."""


def _curves(geometry: BaseGeometry, edges: Edges) -> Curves:
    runs, kinds = _runs(geometry)
    sizes = np.array([max(len(xy) - 1, 1) for xy in runs])
    firsts = np.cumsum(sizes) - sizes
    corners_deg = np.concatenate(runs)
    space = in_space(corners_deg)
    one = np.array([len(xy) == 1 for xy in runs])
    # Of n corners of a run, all but the last begin an edge, and all but the first end one.
    begins, ends = np.ones(len(corners_deg), dtype=bool), np.ones(len(corners_deg), dtype=bool)
    lasts = np.cumsum(sizes + ~one) - 1
    begins[lasts[~one]] = False
    ends[(lasts - sizes)[~one]] = False
    start, end = corners_deg[begins], corners_deg[ends]
    if edges == "geodesic":
        _turn_at_poles(start, end, firsts)
    across = end[:, 0] - start[:, 0]
    # 180 to -180 at one latitude, or in a ring, is taken as written, once round the world: so a ring may run along a
    # pole or a whole parallel. All else goes the short way, for 179.9 to -179.7 means the same as to 180.3.
    run = np.repeat(np.arange(len(runs)), sizes)
    as_written = (end[:, 1] == start[:, 1]) | (np.array(kinds)[run] >= 0)
    round_the_world = (np.abs(across) == 360) & (edges == "planar") & as_written
    far = (np.abs(across) > 180) & ~round_the_world
    end[far, 0] = start[far, 0] + wrapped_deg(across[far])
    return Curves(edges, start, end, run, np.array(kinds), firsts, (space[begins], space[ends]))


def _runs(geometry: BaseGeometry) -> tuple[list[Floats], list[int]]:
    """Return the coordinates of every point, line and ring, and the kind of each."""
    runs: list[Floats] = []
    kinds: list[int] = []
    polygons = 0
    waiting: list[BaseGeometry] = [geometry]
    while waiting:
        part = waiting.pop()
        kind = shapely.get_type_id(part)
        if part.is_empty:
            continue
        if kind in _POINTS:
            points = shapely.get_coordinates(part)
            runs.extend(points[:, None, :])
            kinds.extend([POINT] * len(points))
        elif kind in _LINES:
            runs.append(shapely.get_coordinates(part))
            kinds.append(LINE)
        elif kind == _AREA:
            for ring in shapely.get_rings(part):
                runs.append(shapely.get_coordinates(ring))
                kinds.append(polygons)
            polygons += 1
        else:
            waiting.extend(reversed(shapely.get_parts(part)))
    if not runs:
        raise EarthError("the geometry is empty")
    all_checked(np.concatenate(runs))
    return runs, kinds


def _turn_at_poles(start_deg: Floats, end_deg: Floats, firsts: Ints) -> None:
    """Give poles between geodesic edges the longitude by which they were reached, as their own means nothing."""
    lasts = np.append(firsts[1:], len(start_deg)) - 1
    for i in np.flatnonzero(np.abs(start_deg[:, 1]) == 90):
        run = int(np.searchsorted(firsts, i, side="right")) - 1
        before = i - 1 if i > firsts[run] else lasts[run]
        closed = bool((end_deg[before] == start_deg[i]).all())
        start_deg[i, 0] = start_deg[before, 0] if closed else end_deg[i, 0]
    at_pole = np.abs(end_deg[:, 1]) == 90
    end_deg[at_pole, 0] = start_deg[at_pole, 0]


def _planar_bounds(c: Curves) -> tuple[Floats, Floats, Floats]:
    """Return bounds on length, bulge and turn of edges that are straight in degrees.

    With p the radius of the parallel and M that of the meridian, the second derivative of the place in space along
    the edge is X_ff df² + 2 X_fl df dl + X_ll dl², where |X_ll| = p, |X_fl| = M sin f and |X_ff| < 1.0001 a²/b.
    A curve strays from its chord by at most an eighth of the largest second derivative.
    """
    across, up = np.abs(np.radians(c.end_deg - c.start_deg)).T
    z0, z1 = c.chord0[:, 2], c.chord1[:, 2]
    # p falls from the equator, where p² = a² (1 - z²/b²); sin f is at most z/R with R the least radius of curvature.
    height = np.where(z0 * z1 > 0, np.minimum(np.abs(z0), np.abs(z1)), 0.0)
    p = A_M * np.sqrt(np.maximum(1 - (height / B_M) ** 2, 0.0) + 1e-15)  # more than rounding takes
    sin = np.minimum(np.maximum(np.abs(z0), np.abs(z1)) / R_LEAST_M, 1.0)
    flat, slant, steep = p * across * across, 2 * R_MOST_M * sin * up * across, R_MOST_M * up * up
    bulge = (1.0001 * steep + slant + flat) / 8
    turn = np.hypot(0.0102 * steep + sin * flat, slant)
    return np.hypot(R_MOST_M * up, p * across), bulge, turn
