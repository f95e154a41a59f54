"""The least distance between pairs of edges, by going along one of them and looking across to the other.

Let f(t) be the distance from the point t of one edge, p, to all of the other, q, and let its foot there be the only one
(see `feet`). Then f' follows from the azimuth of the way to the foot, and f'' = h v² sin² + <g>: v is the speed, at an
angle with the way whose sine counts, g the covariant acceleration of p, h the curvature of the line of equal distance.
About a point, h is at least cot(f/b)/b; along an edge with curvature k, at least -tan(f/b + arctan(b |k|))/b, as the
Gaussian curvature is nowhere over 1/b² (Riccati comparison). So f bends down by no more than some K, and over a stretch
it stays above two parabolas, one from each end. Stretches whose parabolas reach under the best distance found are cut
in four, until none is left. Even where all of p is equally far from q, stretches of some 50 m are enough.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from storymap.earth.chords import foot_of
from storymap.earth.edges import Curves
from storymap.earth.effort import TOLERANCE_M, most_pieces
from storymap.earth.ellipsoid import B_M, Bools, Floats, Ints, in_space
from storymap.earth.feet import feet, motion, steepest
from storymap.earth.geodesics import ways

_LOT = 20_000
_PARTS = 4
_ROUNDING_M = 1e-8
_GIVE_UP_M = 100.0

Try = Callable[[int, float, int, float], float]
"""Takes edge and parameter on p and the same on q; returns the least distance found so far."""


@dataclass(frozen=True, slots=True)
class _Samples:
    """What is known at points of p, in rows: the foot `u` on q, the distance, its slope by t, the speed, if it is sure.

    The speed is that across the meridians alone.
    """

    rows: Floats

    @property
    def u(self) -> Floats:
        """Parameters on q."""
        return np.asarray(self.rows[0])

    @property
    def distance_m(self) -> Floats:
        """Distances to q."""
        return np.asarray(self.rows[1])

    @property
    def slope(self) -> Floats:
        """Their derivatives by the parameter on p."""
        return np.asarray(self.rows[2])

    @property
    def speed_m(self) -> Floats:
        """Metres eastward or westward for each unit of the parameter."""
        return np.asarray(self.rows[3])

    @property
    def sure(self) -> Bools:
        """Whether nothing of the stretch of q is nearer than the foot."""
        return np.asarray(self.rows[4] > 0)


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches t0..t1 of edges `i` of p, each with a stretch u0..u1 of an edge `j` of q; `pair` numbers both edges.

    `ends`: samples at t0 and t1, once they are measured.
    """

    pair: Ints
    i: Ints
    t0: Floats
    t1: Floats
    j: Ints
    u0: Floats
    u1: Floats
    ends: tuple[_Samples, ...] = ()

    def pick(self, which: Ints) -> _Stretches:
        """Return some of the stretches."""
        ends = tuple(_Samples(at.rows[:, which]) for at in self.ends)
        p, q = (self.i[which], self.t0[which], self.t1[which]), (self.j[which], self.u0[which], self.u1[which])
        return _Stretches(self.pair[which], *p, *q, ends)

    def cut_p(self, p: Curves, q: Curves) -> _Stretches:
        """Return every stretch in parts along p, measured where they meet."""
        n, inner = len(self.pair), _PARTS - 1
        x = self.pick(np.repeat(np.arange(n), inner))
        t = x.t0 + np.tile(np.arange(1, _PARTS) / _PARTS, n) * (x.t1 - x.t0)
        found = _sample(p, x.i, t, q, x.j, x.u0, x.u1)

        t = np.concatenate([self.t0[:, None], t.reshape(n, inner), self.t1[:, None]], axis=1)
        low, high = (end.rows[..., None] for end in self.ends)
        rows = np.concatenate([low, found.rows.reshape(-1, n, inner), high], axis=2)
        ends = tuple(_Samples(part.reshape(len(rows), -1)) for part in (rows[..., :-1], rows[..., 1:]))
        x = self.pick(np.repeat(np.arange(n), _PARTS))
        return replace(x, t0=t[:, :-1].ravel(), t1=t[:, 1:].ravel(), ends=ends)

    def cut_q(self, p: Curves, q: Curves) -> _Stretches:
        """Return every stretch in parts along q, measured anew."""
        x = self.pick(np.repeat(np.arange(len(self.pair)), _PARTS))
        part = np.tile(np.arange(_PARTS), len(self.pair))
        wide = x.u1 - x.u0
        last = np.where(part == _PARTS - 1, x.u1, x.u0 + (part + 1) / _PARTS * wide)
        return replace(x, u0=x.u0 + part / _PARTS * wide, u1=last, ends=()).measured(p, q)

    def measured(self, p: Curves, q: Curves) -> _Stretches:
        """Return the same with samples at both ends."""
        n = len(self.pair)
        if not p.length_m[self.i].any():
            at = _sample(p, self.i, self.t0, q, self.j, self.u0, self.u1)
            return replace(self, ends=(at, at))
        twice = np.tile(np.arange(n), 2)
        t = np.concatenate([self.t0, self.t1])
        both = _sample(p, self.i[twice], t, q, self.j[twice], self.u0[twice], self.u1[twice])
        return replace(self, ends=(_Samples(both.rows[:, :n]), _Samples(both.rows[:, n:])))


def _sample(p: Curves, i: Ints, t: Floats, q: Curves, j: Ints, first: Floats, last: Floats) -> _Samples:
    here = p.at(i, t)
    if q.length_m[j].any():
        foot = feet(here, q, j, foot_of(in_space(here), q.chord0[j], q.chord1[j]), first, last)
        distance, azimuth, u, sure = foot.distance_m, foot.azimuth_deg, foot.t, foot.certain
    else:
        way = ways(here, q.start_deg[j])
        distance, azimuth, u = way.length_m, way.azimuth_deg, np.zeros(len(j))
        sure = np.ones(len(j), dtype=bool)
    if not p.length_m[i].any():
        return _Samples(np.stack([u, distance, np.zeros(len(t)), np.zeros(len(t)), sure]))
    east, north, _, _ = motion(p, i, t, here)
    angle = np.radians(azimuth)
    return _Samples(np.stack([u, distance, -(east * np.sin(angle) + north * np.cos(angle)), np.abs(east), sure]))


def follow(p: Curves, i: Ints, q: Curves, j: Ints, best_m: float, attempt: Try) -> Bools:
    """Look for distances under `best_m` by more than the tolerance, and tell which pairs of edges are done with.

    What is found nearer is handed to `attempt`. A pair is not done with where feet may not be the only ones. Nor
    is one that would take too many stretches: all of both edges is nearly equally far.
    """
    done = np.ones(len(i), dtype=bool)
    zero, one = np.zeros(len(i)), np.ones(len(i))
    waiting = deque([_Stretches(np.arange(len(i)), i, zero, one, j, zero, one).measured(p, q)])
    left = most_pieces(len(i))
    moves = bool(p.length_m[i].any())
    while waiting:
        x = waiting.popleft()
        if len(x.pair) > _LOT:
            waiting += [x.pick(k) for k in np.array_split(np.arange(len(x.pair)), 2)]
            continue
        for at, t in ((x.ends[0], x.t0), (x.ends[1], x.t1)):
            k = int(np.argmin(at.distance_m))
            if at.distance_m[k] < best_m - TOLERANCE_M / 2:
                best_m = attempt(int(x.i[k]), float(t[k]), int(x.j[k]), float(at.u[k]))
        floor, known, hopeless = _floor(p, q, x)
        under = (floor < best_m - TOLERANCE_M) & (moves | ~known)
        done[x.pair[under & hopeless]] = False
        go = under & done[x.pair]
        # Where feet are the only ones, cut p alone; else whichever stretch is longer.
        long_p = p.length_m[x.i] * (x.t1 - x.t0) >= q.length_m[x.j] * (x.u1 - x.u0)
        for chosen, cut in ((go & (known | long_p), _Stretches.cut_p), (go & ~known & ~long_p, _Stretches.cut_q)):
            left -= _PARTS * int(chosen.sum())
            if left < 0:
                done[x.pair[chosen]] = False
            elif chosen.any():
                waiting.append(cut(x.pick(np.flatnonzero(chosen)), p, q))
    return done


def _floor(p: Curves, q: Curves, x: _Stretches) -> tuple[Floats, Bools, Bools]:
    """Return distances that no point of these stretches of p falls short of, and how they are known.

    The second tells where parabolas give them, the third where they never will, however small the stretches.
    """
    low, high = x.ends
    width = x.t1 - x.t0
    span, other = p.length_m[x.i] * width, q.length_m[x.j] * (x.u1 - x.u0)
    f0, f1, s0, s1 = low.distance_m, high.distance_m, low.slope, high.slope
    plain = (f0 + f1 - span) / 2  # as distance changes no faster than its place
    reach = np.minimum(f0, f1) + span
    bend, at_point = q.bend(x.j), other == 0
    far = np.where(at_point, 0.99 * np.pi * B_M, np.inf)
    sure = low.sure & high.sure
    # A kink of f needs two feet on q, equally near: no further than `reach`. Between them would be a furthest point, at
    # most half of the stretch of q from one of both, where q bends towards the place at least as much as circles do.
    known = sure & np.where(at_point, reach < far, bend < steepest(reach + other / 2))
    hopeless = np.where(at_point, plain >= far, bend >= steepest(np.maximum(plain, 0.0)))
    hopeless |= ~known & (np.maximum(span, other) < _GIVE_UP_M)
    # By how much a line of equal distance bends the wrong way (under 0: the right way), for each metre.
    angle = np.where(at_point, reach / B_M + np.pi / 2, reach / B_M + np.arctan(B_M * bend))
    wrong = np.tan(np.where(known, angle, 0.0)) / B_M
    # The right way counts only for as much of the speed as surely goes across.
    across = (
        np.minimum(low.speed_m, high.speed_m) ** 2 - (np.maximum(np.abs(s0), np.abs(s1)) + p.turn_m[x.i] * width) ** 2
    )
    speed = np.where(wrong > 0, p.length_m[x.i] ** 2, np.maximum(across, 0.0))
    k = np.maximum(p.turn_m[x.i] + wrong * speed, 0.0)
    gap = s0 - s1 - k * width
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(gap != 0, (f1 - f0 - s1 * width - k * width * width / 2) / gap, -1.0)
    parabolas = np.where((t > 0) & (t < width), f0 + s0 * t - k * t * t / 2, np.inf)
    floor = np.minimum(np.minimum(f0, f1), parabolas) - _ROUNDING_M
    return np.where(known, floor, np.where(sure, plain, 0.0)), known, hopeless
