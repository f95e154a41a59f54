"""The least distance between two sets of edges, certain to a tenth of a millimetre.

Pairs of pieces of edges are kept while they may hold something nearer than the best meeting found, and cut smaller.
Two bounds from below decide:

- in space: the distance of two chords less the bulges of both pieces, turned into a way by `least_way`;
- on the ellipsoid, where that is too loose (it is by 0.02 m at 100 km, by 20 m at 1000 km): the least of the distances
  between the ends of both pieces, less an eighth of the greatest second derivative that the distance can have. For a
  foot that moves with speed v and covariant acceleration g, that is at most v² cot(d/R)/R + g with d the least
  distance and R = a²/b, as the Gaussian curvature is nowhere under 1/R² (Hessian comparison). It holds across the cut
  locus too, where the distance bends down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from storymap.earth.chords import between_segments
from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import R_MOST_M, Bools, Floats, Ints, chord_not_beyond, in_space, least_way
from storymap.earth.geodesics import ways
from storymap.earth.meeting import Meeting, meet
from storymap.earth.tree import near_pairs, tree

TOLERANCE_M = 1e-4
_SLACK_M = 1e-7
_MOST_PAIRS = 20_000
"""More pieces than this mean that long stretches lie equally far; then the best meeting so far is given."""


@dataclass(slots=True)
class _Pieces:
    """Pieces of edges: edge numbers, parameter ranges, and their ends in degrees and in space."""

    curves: Curves
    i: Ints
    low: Floats
    high: Floats
    ends_deg: tuple[Floats, Floats]
    ends: tuple[Floats, Floats]

    @property
    def width(self) -> Floats:
        return self.high - self.low

    @property
    def bulge_m(self) -> Floats:
        return self.curves.bulge_m[self.i] * self.width**2

    def keep(self, which: Bools) -> _Pieces:
        (d0, d1), (x0, x1) = self.ends_deg, self.ends
        return _Pieces(
            self.curves, self.i[which], self.low[which], self.high[which], (d0[which], d1[which]), (x0[which], x1[which])
        )

    def cut(self, parts: int) -> _Pieces:
        """Every piece in `parts` equal pieces, which stand together."""
        if parts == 1:
            return self
        t = self.low[:, None] + self.width[:, None] * np.linspace(0, 1, parts + 1)
        t[:, -1] = self.high
        inner = self.curves.at(np.repeat(self.i, parts - 1), t[:, 1:-1].ravel()).reshape(len(t), parts - 1, 2)
        deg = np.concatenate([self.ends_deg[0][:, None], inner, self.ends_deg[1][:, None]], axis=1)
        xyz = np.concatenate([self.ends[0][:, None], in_space(inner), self.ends[1][:, None]], axis=1)
        return _Pieces(
            self.curves,
            np.repeat(self.i, parts),
            t[:, :-1].ravel(),
            t[:, 1:].ravel(),
            (deg[:, :-1].reshape(-1, 2), deg[:, 1:].reshape(-1, 2)),
            (xyz[:, :-1].reshape(-1, 3), xyz[:, 1:].reshape(-1, 3)),
        )

    def spread(self, order: Ints) -> _Pieces:
        """The pieces in another order, repeated where `order` repeats."""
        (d0, d1), (x0, x1) = self.ends_deg, self.ends
        return _Pieces(
            self.curves, self.i[order], self.low[order], self.high[order], (d0[order], d1[order]), (x0[order], x1[order])
        )


def search(a: Curves, b: Curves) -> Meeting:
    """Return the nearest meeting of any edge of a with any edge of b."""
    i, j, _ = near_pairs(tree(a), tree(b))
    p, q = _whole(a, i), _whole(b, j)
    chord, s, r = between_segments(*p.ends, *q.ends)
    best = _meet_at(p, q, int(np.argmin(chord)), s, r)
    while True:
        if best.distance_m <= TOLERANCE_M:
            return best
        low = chord - p.bulge_m - q.bulge_m - _SLACK_M
        keep = low <= chord_not_beyond(best.distance_m - TOLERANCE_M)
        if not keep.any():
            return best
        p, q, low = p.keep(keep), q.keep(keep), low[keep]
        # No finer in space than what the bounds from chord to way leave open.
        open_m = best.distance_m - float(least_way(np.array(_chord_of(best))))
        fine = max(TOLERANCE_M / 4, open_m / 8)
        if (p.bulge_m + q.bulge_m).max() <= fine or len(low) > _MOST_PAIRS:
            return _search_on_the_ground(p, q, low, best)
        p, q = _cut_both(p, q, bool(p.bulge_m.max() > fine / 2), bool(q.bulge_m.max() > fine / 2))
        chord, s, r = between_segments(*p.ends, *q.ends)
        k = int(np.argmin(chord))
        if chord[k] < _chord_of(best) - max(TOLERANCE_M, p.bulge_m[k] + q.bulge_m[k]):
            best = min(best, _meet_at(p, q, k, s, r), key=lambda m: m.distance_m)


def _search_on_the_ground(p: _Pieces, q: _Pieces, low: Floats, best: Meeting) -> Meeting:
    """Go on from pieces that chords cannot tell apart, by distances between their ends."""
    floor = float(least_way(np.maximum(low, 0.0)).min())
    steep = 1 / (R_MOST_M * math.tan(floor / R_MOST_M)) if 0 < floor < R_MOST_M * math.pi / 2 else 0.0
    while True:
        corners = [(x, y) for x in _corners(p) for y in _corners(q)]
        far = np.stack([ways(p.ends_deg[x], q.ends_deg[y]).length_m for x, y in corners])
        k = int(np.argmin(far.min(axis=0)))
        if far[:, k].min() < best.distance_m - TOLERANCE_M / 2:
            x, y = corners[int(np.argmin(far[:, k]))]
            at = np.zeros(len(p.i))
            best = min(best, _meet_at(p, q, k, at + x, at + y), key=lambda m: m.distance_m)
        bend_p, bend_q = _bend(p, steep), _bend(q, steep)
        keep = far.min(axis=0) - (bend_p + bend_q) / 8 < best.distance_m - TOLERANCE_M
        if floor == 0 or not keep.any() or keep.sum() > _MOST_PAIRS:
            return best
        fine = TOLERANCE_M
        p, q = _cut_both(p.keep(keep), q.keep(keep), bool(bend_p[keep].max() > fine), bool(bend_q[keep].max() > fine))


def _whole(curves: Curves, i: Ints) -> _Pieces:
    zero = np.zeros(len(i))
    ends = (curves.chord0[i], curves.chord1[i])
    return _Pieces(curves, i, zero, zero + 1, (curves.start_deg[i], curves.end_deg[i]), ends)


def _cut_both(p: _Pieces, q: _Pieces, cut_p: bool, cut_q: bool) -> tuple[_Pieces, _Pieces]:
    """Cut the sides that need it, and pair every part of one with every part of its partner."""
    parts_p, parts_q = (4, 4) if cut_p and cut_q else (8 if cut_p else 1, 8 if cut_q else 1)
    n = len(p.i)
    pair = np.arange(n)[:, None, None]
    which_p = (pair * parts_p + np.arange(parts_p)[None, :, None] + np.zeros((1, 1, parts_q), dtype=np.intp)).ravel()
    which_q = (pair * parts_q + np.arange(parts_q)[None, None, :] + np.zeros((1, parts_p, 1), dtype=np.intp)).ravel()
    return p.cut(parts_p).spread(which_p), q.cut(parts_q).spread(which_q)


def _corners(pieces: _Pieces) -> tuple[int, ...]:
    return (0, 1) if pieces.curves.length_m[pieces.i].any() else (0,)


def _bend(pieces: _Pieces, steep: float) -> Floats:
    """Return a bound on the second derivative of the distance, per piece taken as 0..1."""
    speed, turn = pieces.curves.length_m[pieces.i], pieces.curves.turn_m[pieces.i]
    return (speed * speed * steep + turn) * pieces.width**2


def _meet_at(p: _Pieces, q: _Pieces, k: int, s: Floats, r: Floats) -> Meeting:
    """Start Newton's method from pair `k`, at shares `s`, `r` of its pieces."""
    t, u = p.low[k] + s[k] * p.width[k], q.low[k] + r[k] * q.width[k]
    return meet(p.curves, int(p.i[k]), float(t), q.curves, int(q.i[k]), float(u))


def _chord_of(meeting: Meeting) -> float:
    ends = in_space(np.array([meeting.on_a, meeting.on_b]))
    return float(np.linalg.norm(ends[1] - ends[0]))
