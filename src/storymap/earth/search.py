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
from storymap.earth.tree import Descent, longest_chord, tree

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
        """How much of its edge's parameter each piece spans."""
        return self.high - self.low

    @property
    def bulge_m(self) -> Floats:
        """How far each piece may stray from its chord."""
        return self.curves.bulge_m[self.i] * self.width**2

    def pick(self, which: Ints | Bools) -> _Pieces:
        """Return some of the pieces, in the order asked for, repeated where that repeats."""
        (d0, d1), (x0, x1) = self.ends_deg, self.ends
        ends_deg, ends = (d0[which], d1[which]), (x0[which], x1[which])
        return _Pieces(self.curves, self.i[which], self.low[which], self.high[which], ends_deg, ends)

    def cut(self, parts: int) -> _Pieces:
        """Return every piece in `parts` equal pieces, which stand together."""
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


def search(a: Curves, b: Curves) -> Meeting:
    """Return the nearest meeting of any edge of a with any edge of b."""
    p, q, chord, best = _descend(a, b)
    while True:
        if best.distance_m <= TOLERANCE_M:
            return best
        low = chord - p.bulge_m - q.bulge_m - _SLACK_M
        keep = low <= chord_not_beyond(best.distance_m - TOLERANCE_M)
        if not keep.any():
            return best
        p, q, low = p.pick(keep), q.pick(keep), low[keep]
        # No finer in space than what the bounds from chord to way leave open.
        open_m = best.distance_m - float(least_way(np.array(_chord_of(best))))
        fine = max(TOLERANCE_M / 4, open_m / 8)
        if (p.bulge_m + q.bulge_m).max() <= fine or len(low) > _MOST_PAIRS:
            return _search_on_the_ground(p, q, low, best)
        cut_p, cut_q = bool(p.bulge_m.max() > fine / 2), bool(q.bulge_m.max() > fine / 2)
        p, q = _cut_both(p, q, cut_p=cut_p, cut_q=cut_q)
        chord, s, r = between_segments(*p.ends, *q.ends)
        k = int(np.argmin(chord))
        if chord[k] < _chord_of(best) - max(TOLERANCE_M, p.bulge_m[k] + q.bulge_m[k]):
            best = min(best, _meet_at(p, q, k, s, r), key=lambda m: m.distance_m)


def _descend(a: Curves, b: Curves) -> tuple[_Pieces, _Pieces, Floats, Meeting]:
    """Return the pairs of whole edges that chords leave open, their chords, and a first meeting."""
    walk = Descent(tree(a), tree(b))
    lots: list[tuple[Ints, Ints, Floats]] = []
    best: Meeting | None = None
    least = np.inf
    for i, j in walk.pairs():
        p, q = _whole(a, i), _whole(b, j)
        chord, s, r = between_segments(*p.ends, *q.ends)
        bulge = p.bulge_m + q.bulge_m
        walk.upper_m = min(walk.upper_m, float((chord + bulge).min()))
        k = int(np.argmin(chord))
        if best is None or chord[k] < least:
            least = float(chord[k])
            here = _meet_at(p, q, k, s, r)
            best = here if best is None else min(best, here, key=lambda m: m.distance_m)
            walk.upper_m = min(walk.upper_m, _chord_of(best) + _SLACK_M)
        keep = chord - bulge <= longest_chord(walk.upper_m)
        lots.append((i[keep], j[keep], chord[keep]))
        if best.distance_m <= TOLERANCE_M:
            break
    if best is None:
        raise AssertionError("two sets of edges have at least one pair")
    i, j, chord = (np.concatenate(x) for x in zip(*lots, strict=True))
    if len(i) > _MOST_PAIRS:
        some = np.argpartition(chord, _MOST_PAIRS)[:_MOST_PAIRS]
        i, j, chord = i[some], j[some], chord[some]
    return _whole(a, i), _whole(b, j), chord, best


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
        cut_p, cut_q = bool(bend_p[keep].max() > TOLERANCE_M), bool(bend_q[keep].max() > TOLERANCE_M)
        if not (cut_p or cut_q):
            return best
        p, q = _cut_both(p.pick(keep), q.pick(keep), cut_p=cut_p, cut_q=cut_q)


def _whole(curves: Curves, i: Ints) -> _Pieces:
    zero = np.zeros(len(i))
    ends = (curves.chord0[i], curves.chord1[i])
    return _Pieces(curves, i, zero, zero + 1, (curves.start_deg[i], curves.end_deg[i]), ends)


def _cut_both(p: _Pieces, q: _Pieces, *, cut_p: bool, cut_q: bool) -> tuple[_Pieces, _Pieces]:
    """Cut the sides that need it, and pair every part of one with every part of its partner."""
    parts_p, parts_q = (4, 4) if cut_p and cut_q else (8 if cut_p else 1, 8 if cut_q else 1)
    pair, part_p, part_q = np.indices((len(p.i), parts_p, parts_q)).reshape(3, -1)
    return p.cut(parts_p).pick(pair * parts_p + part_p), q.cut(parts_q).pick(pair * parts_q + part_q)


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
