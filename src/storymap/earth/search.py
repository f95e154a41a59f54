"""The least distance between two sets of edges, certain to a tenth of a millimetre.

Pairs of edges are kept while they may hold something nearer than the best meeting found. Chords leave few of them
(`arcs`, `tree`), most of which are settled along one of both edges (`feet`, `valleys`, `parallels`). The rest, close to
a pole or beyond a quarter of the earth, is cut in pieces on both sides. Two bounds from below decide on these: in
space, the distance of two chords less the bulges of both pieces, turned into a way; and those of `ground`. After so
many pieces (`effort`) the best meeting is given as it stands, and how much nearer another could be.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace

import numpy as np

from storymap.earth.arcs import upright, way_bounds
from storymap.earth.chords import between_segments
from storymap.earth.edges import Curves
from storymap.earth.effort import TOLERANCE_M, most_pieces
from storymap.earth.ellipsoid import Bools, Floats, Ints, in_space, wrapped_deg
from storymap.earth.feet import steepest
from storymap.earth.geodesics import ways
from storymap.earth.ground import ground
from storymap.earth.meeting import Meeting, meet
from storymap.earth.parallels import level, nearest_on_parallels, nearly_level
from storymap.earth.pieces import Pieces, cut_both, halves, parts, whole
from storymap.earth.tree import Descent, tree
from storymap.earth.valleys import follow

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
    return replace(found.best, within_m=max(TOLERANCE_M, found.best.distance_m - found.floor_m))


class _Search:
    """The best meeting so far, and ways to better it."""

    def __init__(self, a: Curves, b: Curves) -> None:
        self.a, self.b = a, b
        self.best = Meeting(math.inf, -1, 0.0, -1, (0.0, 0.0), (0.0, 0.0))
        self.floor_m = math.inf  # nothing that was left unsearched is nearer

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
        for settled in (self._on_parallels, self._nearly_level, self._one_by_one):
            done = settled(i, j)
            i, j = i[~done], j[~done]
            if not len(i):
                return i, j
        # Along a point first, as it has only one.
        for by_b in (True, False) if a.length_m[i].any() else (False, True):
            if by_b:
                done = follow(b, j, a, i, self.best.distance_m, self._attempt_turned)
            else:
                done = follow(a, i, b, j, self.best.distance_m, self.attempt)
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

    def _nearly_level(self, i: Ints, j: Ints) -> Bools:
        """Settle pairs of long edges that all but run along parallels, and tell which these are."""
        flat = nearly_level(self.a, i) & nearly_level(self.b, j)
        if flat.any():
            self.cut(whole(self.a, i[flat]), whole(self.b, j[flat]), by_chords=False)
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

    def cut(self, p: Pieces, q: Pieces, *, by_chords: bool = True) -> None:
        """Cut pairs of pieces smaller until nothing nearer is left, or it takes too many."""
        waiting = deque([(p, q)])
        left = most_pieces(len(p.i))
        while waiting and self.best.distance_m > TOLERANCE_M:
            p, q = waiting.popleft()
            if len(p.i) > _LOT:
                waiting += halves(p, q)
                continue
            least, most, s, r = _ways_between(p, q)
            k = int(np.argmin(most))
            if most[k] < self.best.distance_m - TOLERANCE_M:
                self.attempt(*p.on_edge(k, s[k]), *q.on_edge(k, r[k]))
            keep = least < self.best.distance_m - TOLERANCE_M
            p, q, least = p.pick(keep), q.pick(keep), least[keep]
            if not keep.any():
                continue
            # Chords are cheap, but from here on the ground tells more.
            fine = max(TOLERANCE_M / 4, self.best.distance_m / 1000)
            if by_chords and (p.bulge_m + q.bulge_m).max() > fine:
                cut_p, cut_q = (np.full(len(least), x.bulge_m.max() > fine / 2) for x in (p, q))
            else:
                p, q, least, cut_p = self._on_the_ground(p, q, least)
                cut_q = ~cut_p
            for of_p, of_q in ((True, True), (True, False), (False, True)):
                some = (cut_p == of_p) & (cut_q == of_q)
                if not some.any():
                    continue
                left -= parts(cut_p=of_p, cut_q=of_q) * int(some.sum())
                if left < 0:
                    self.floor_m = min(self.floor_m, float(least[some].min()))
                else:
                    waiting.append(cut_both(p.pick(some), q.pick(some), cut_p=of_p, cut_q=of_q))

    def _on_the_ground(self, p: Pieces, q: Pieces, least: Floats) -> tuple[Pieces, Pieces, Floats, Bools]:
        """Return those pairs that distances between their ends do not settle, bounds, and of which to cut the first."""
        found = ground(p, q, np.maximum(least, 0.0))
        k = int(np.argmin(found.nearest_m))
        if found.nearest_m[k] < self.best.distance_m - TOLERANCE_M / 2:
            self.attempt(*p.on_edge(k, found.share_p[k]), *q.on_edge(k, found.share_q[k]))
        least = np.maximum(least, found.least_m)
        k = int(np.argmin(least))
        if least[k] < self.best.distance_m - TOLERANCE_M:
            # The bound may be tight where no end of a piece is near: at the same longitude.
            self.attempt(*p.on_edge(k, _share_at(p, k, q)), *q.on_edge(k, 0.5))
        keep = least < self.best.distance_m - TOLERANCE_M
        return p.pick(keep), q.pick(keep), least[keep], found.cut_p[keep]


def _distance(meeting: Meeting) -> float:
    return meeting.distance_m


def _share_at(p: Pieces, k: int, q: Pieces) -> float:
    """Return the share of piece `k` of p at which its longitude comes nearest to that of the middle of its partner."""
    (west, east), wanted = (end[k, 0] for end in p.ends_deg), (q.ends_deg[0][k, 0] + q.ends_deg[1][k, 0]) / 2
    middle = (west + east) / 2
    ahead = float(wrapped_deg(wanted - middle))
    return min(max(0.5 + ahead / (east - west), 0.0), 1.0) if east != west else 0.5


def _ways_between(p: Pieces, q: Pieces) -> tuple[Floats, Floats, Floats, Floats]:
    """Return bounds on the ways between pieces, and where on both their chords are nearest."""
    _, s, r = between_segments(*p.ends, *q.ends)
    x, y = (end0 + t[:, None] * (end1 - end0) for (end0, end1), t in ((p.ends, s), (q.ends, r)))
    length = p.curves.length_m[p.i] * p.width + q.curves.length_m[q.i] * q.width
    least, most = way_bounds(x, upright(x), y, upright(y), p.bulge_m + q.bulge_m, length)
    return least, most, s, r


def _chord_of(meeting: Meeting) -> float:
    ends = in_space(np.array([meeting.on_a, meeting.on_b]))
    return float(np.linalg.norm(ends[1] - ends[0]))
