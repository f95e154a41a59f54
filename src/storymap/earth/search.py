"""The least distance between two sets of edges, certain to a tenth of a millimetre.

Pairs of edges are kept while they may hold something nearer than the best meeting found. Chords leave few of them
(`arcs`, `tree`), most of which are settled along one of both edges (`feet`, `valleys`, `parallels`). The rest, close to
a pole or beyond a quarter of the earth, is cut in pieces on both sides, which two bounds from below decide on:

- in space: the distance of two chords less the bulges of both pieces, turned into a way;
- on the ellipsoid, where that is too loose: the least of the distances between the ends of both pieces, less an eighth
  of the greatest second derivative that the distance can have. For a foot that moves with speed v and covariant
  acceleration g, that is at most v² cot(d/R)/R + g with d the least distance and R = a²/b, as the Gaussian curvature is
  nowhere under 1/R² (Hessian comparison). It holds across the cut locus too, where the distance bends down.
"""

from __future__ import annotations

import math

import numpy as np

from storymap.earth.arcs import chord_slack, upright, way_bounds
from storymap.earth.chords import between_segments
from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import R_MOST_M, Bools, Floats, Ints, in_space
from storymap.earth.feet import steepest
from storymap.earth.geodesics import ways
from storymap.earth.meeting import Meeting, meet
from storymap.earth.parallels import level, nearest_on_parallels
from storymap.earth.pieces import Pieces, cut_both, halves, whole
from storymap.earth.tree import Descent, tree
from storymap.earth.valleys import follow

TOLERANCE_M = 1e-4
_SLACK_M = 1e-7
_LOT = 20_000
_FEW = 4_000
"""Up to so many pairs of edges, a tree costs more than it saves ..."""
_ONE_BY_ONE = 6
"""... and up to so many of a place and an edge, arrays do."""


def search(a: Curves, b: Curves) -> Meeting:
    """Return the nearest meeting of any edge of a with any edge of b."""
    found = _Search(a, b)
    i, j = found.descend()
    if len(i):
        i, j = found.follow(i, j)
    if len(i):
        found.cut(whole(a, i), whole(b, j))
    return found.best


class _Search:
    """The best meeting so far, and ways to better it."""

    def __init__(self, a: Curves, b: Curves) -> None:
        self.a, self.b = a, b
        self.best = Meeting(math.inf, -1, 0.0, -1, (0.0, 0.0), (0.0, 0.0))

    def attempt(self, i: int, t: float, j: int, u: float) -> float:
        """Start Newton's method from edge `i` of a and `j` of b; return the least distance so far."""
        self.best = min(self.best, meet(self.a, i, t, self.b, j, u), key=_distance)
        return self.best.distance_m

    def descend(self) -> tuple[Ints, Ints]:
        """Return the pairs of edges that may be nearer than a first meeting."""
        a, b = self.a, self.b
        if len(a) * len(b) <= _FEW:
            return self._nearer(*np.divmod(np.arange(len(a) * len(b)), len(b)))[:2]
        walk = Descent(tree(a), tree(b))
        lots: list[tuple[Ints, Ints, Floats]] = []
        for i, j in walk.pairs():
            lots.append(self._nearer(i, j))
            if self.best.distance_m <= TOLERANCE_M:
                break
            walk.upper_m = min(walk.upper_m, _chord_of(self.best) + _SLACK_M)
        i, j, least = (np.concatenate(x) for x in zip(*lots, strict=True))
        keep = least < self.best.distance_m - TOLERANCE_M
        return i[keep], j[keep]

    def _nearer(self, i: Ints, j: Ints) -> tuple[Ints, Ints, Floats]:
        """Return those pairs that may be nearer than the best, which the likeliest may have bettered, and bounds."""
        least, most, s, r = _ways_between(whole(self.a, i), whole(self.b, j))
        k = int(np.argmin(most))
        if most[k] < self.best.distance_m:
            self.attempt(int(i[k]), float(s[k]), int(j[k]), float(r[k]))
        keep = least < self.best.distance_m - TOLERANCE_M
        return i[keep], j[keep], least[keep]

    def follow(self, i: Ints, j: Ints) -> tuple[Ints, Ints]:
        """Settle pairs along one of their edges; return those that this cannot settle."""
        a, b = self.a, self.b
        for settled in (self._on_parallels, self._one_by_one):
            done = settled(i, j)
            i, j = i[~done], j[~done]
            if not len(i):
                return i, j
        # Along a point first, as it has only one.
        for by_b in (True, False) if a.length_m[i].any() else (False, True):
            if by_b:
                done = follow(b, j, a, i, self.best.distance_m, self._attempt_turned, TOLERANCE_M)
            else:
                done = follow(a, i, b, j, self.best.distance_m, self.attempt, TOLERANCE_M)
            i, j = i[~done], j[~done]
            if not len(i):
                break
        return i, j

    def _on_parallels(self, i: Ints, j: Ints) -> Bools:
        """Settle pairs of points and edges along parallels, and tell which these are."""
        flat = level(self.a, i) & level(self.b, j)
        if flat.any():
            i, j = i[flat], j[flat]
            t, u = nearest_on_parallels(self.a, i, self.b, j)
            far = ways(self.a.at(i, t), self.b.at(j, u)).length_m
            k = int(np.argmin(far))
            if far[k] < self.best.distance_m:
                self.attempt(int(i[k]), float(t[k]), int(j[k]), float(u[k]))
        return flat

    def _one_by_one(self, i: Ints, j: Ints) -> Bools:
        """Settle pairs of a point and an edge, if they are few, and tell which are: those with one foot only."""
        a, b = self.a, self.b
        if len(i) > _ONE_BY_ONE or (a.length_m[i].any() and b.length_m[j].any()):
            return np.zeros(len(i), dtype=bool)
        known = self.best
        found = [
            known if (known.i, known.j) == (k, m) else meet(a, k, 0.5, b, m, 0.5)
            for k, m in zip(i.tolist(), j.tolist(), strict=True)
        ]
        self.best = min([known, *found], key=_distance)
        reach = np.array([meeting.distance_m for meeting in found]) + a.length_m[i] + b.length_m[j]
        return np.asarray(np.maximum(a.bend(i), b.bend(j)) < steepest(reach))

    def _attempt_turned(self, j: int, u: float, i: int, t: float) -> float:
        return self.attempt(i, t, j, u)

    def cut(self, p: Pieces, q: Pieces) -> None:
        """Cut pairs of pieces smaller until chords tell that nothing nearer is left, or the ground must."""
        waiting = [(p, q)]
        while waiting and self.best.distance_m > TOLERANCE_M:
            p, q = waiting.pop()
            if len(p.i) > _LOT:
                waiting += halves(p, q)
                continue
            least, most, s, r = _ways_between(p, q)
            k = int(np.argmin(most))
            if most[k] < self.best.distance_m - TOLERANCE_M:
                self.attempt(*p.on_edge(k, s[k]), *q.on_edge(k, r[k]))
            keep = least < self.best.distance_m - TOLERANCE_M
            if not keep.any():
                continue
            p, q = p.pick(keep), q.pick(keep)
            # No finer in space than what the bounds from chord to way leave open.
            fine = max(TOLERANCE_M / 4, float(chord_slack(np.array(_chord_of(self.best)))) / 8)
            if (p.bulge_m + q.bulge_m).max() <= fine:
                self._on_the_ground(p, q, float(np.maximum(least[keep], 0.0).min()))
                continue
            cut_p, cut_q = bool(p.bulge_m.max() > fine / 2), bool(q.bulge_m.max() > fine / 2)
            waiting.append(cut_both(p, q, cut_p=cut_p, cut_q=cut_q))

    def _on_the_ground(self, p: Pieces, q: Pieces, floor_m: float) -> None:
        """Go on from pieces, surely `floor_m` apart, that chords cannot tell apart: by distances between their ends."""
        near = 0 < floor_m < R_MOST_M * math.pi / 2
        steep = 1 / (R_MOST_M * math.tan(floor_m / R_MOST_M)) if near else 0.0
        waiting = [(p, q)] if floor_m > 0 else []
        while waiting:
            p, q = waiting.pop()
            if len(p.i) > _LOT:
                waiting += halves(p, q)
                continue
            corners = [(x, y) for x in _corners(p) for y in _corners(q)]
            far = np.stack([ways(p.ends_deg[x], q.ends_deg[y]).length_m for x, y in corners])
            corner, k = (int(x) for x in np.unravel_index(np.argmin(far), far.shape))
            if far[corner, k] < self.best.distance_m - TOLERANCE_M / 2:
                x, y = corners[corner]
                self.attempt(*p.on_edge(k, x), *q.on_edge(k, y))
            bend_p, bend_q = _bend(p, steep), _bend(q, steep)
            keep = far.min(axis=0) - (bend_p + bend_q) / 8 < self.best.distance_m - TOLERANCE_M
            cut_p, cut_q = (bool((bend[keep] > TOLERANCE_M).any()) for bend in (bend_p, bend_q))
            if cut_p or cut_q:
                waiting.append(cut_both(p.pick(keep), q.pick(keep), cut_p=cut_p, cut_q=cut_q))


def _distance(meeting: Meeting) -> float:
    return meeting.distance_m


def _ways_between(p: Pieces, q: Pieces) -> tuple[Floats, Floats, Floats, Floats]:
    """Return bounds on the ways between pieces, and where on both their chords are nearest."""
    _, s, r = between_segments(*p.ends, *q.ends)
    x, y = (end0 + t[:, None] * (end1 - end0) for (end0, end1), t in ((p.ends, s), (q.ends, r)))
    length = p.curves.length_m[p.i] * p.width + q.curves.length_m[q.i] * q.width
    least, most = way_bounds(x, upright(x), y, upright(y), p.bulge_m + q.bulge_m, length)
    return least, most, s, r


def _corners(pieces: Pieces) -> tuple[int, ...]:
    return (0, 1) if pieces.curves.length_m[pieces.i].any() else (0,)


def _bend(pieces: Pieces, steep: float) -> Floats:
    """Return a bound on the second derivative of the distance, per piece taken as 0..1."""
    speed, turn = pieces.curves.length_m[pieces.i], pieces.curves.turn_m[pieces.i]
    return (speed * speed * steep + turn) * pieces.width**2


def _chord_of(meeting: Meeting) -> float:
    ends = in_space(np.array([meeting.on_a, meeting.on_b]))
    return float(np.linalg.norm(ends[1] - ends[0]))
