"""Pieces of edges, and how they are cut smaller."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import Bools, Floats, Ints, in_space


@dataclass(slots=True)
class Pieces:
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

    def on_edge(self, k: int, t: float) -> tuple[int, float]:
        """Return the edge of piece `k`, and where on it the share `t` of the piece is."""
        return int(self.i[k]), float(self.low[k] + t * self.width[k])

    def pick(self, which: Ints | Bools) -> Pieces:
        """Return some of the pieces, in the order asked for, repeated where that repeats."""
        (d0, d1), (x0, x1) = self.ends_deg, self.ends
        ends_deg, ends = (d0[which], d1[which]), (x0[which], x1[which])
        return Pieces(self.curves, self.i[which], self.low[which], self.high[which], ends_deg, ends)

    def cut(self, parts: int) -> Pieces:
        """Return every piece in `parts` equal pieces, which stand together."""
        if parts == 1:
            return self
        t = self.low[:, None] + self.width[:, None] * np.linspace(0, 1, parts + 1)
        t[:, -1] = self.high
        inner = self.curves.at(np.repeat(self.i, parts - 1), t[:, 1:-1].ravel()).reshape(len(t), parts - 1, 2)
        deg = np.concatenate([self.ends_deg[0][:, None], inner, self.ends_deg[1][:, None]], axis=1)
        xyz = np.concatenate([self.ends[0][:, None], in_space(inner), self.ends[1][:, None]], axis=1)
        return Pieces(
            self.curves,
            np.repeat(self.i, parts),
            t[:, :-1].ravel(),
            t[:, 1:].ravel(),
            (deg[:, :-1].reshape(-1, 2), deg[:, 1:].reshape(-1, 2)),
            (xyz[:, :-1].reshape(-1, 3), xyz[:, 1:].reshape(-1, 3)),
        )


def whole(curves: Curves, i: Ints) -> Pieces:
    """Return edges as pieces."""
    zero = np.zeros(len(i))
    ends = (curves.chord0[i], curves.chord1[i])
    return Pieces(curves, i, zero, zero + 1, (curves.start_deg[i], curves.end_deg[i]), ends)


_BOTH, _ONE = 4, 8


def parts(*, cut_p: bool, cut_q: bool) -> int:
    """Return how many pairs one pair becomes."""
    return _BOTH * _BOTH if cut_p and cut_q else _ONE if cut_p or cut_q else 1


def cut_both(p: Pieces, q: Pieces, *, cut_p: bool, cut_q: bool) -> tuple[Pieces, Pieces]:
    """Cut the sides that need it, and pair every part of one with every part of its partner."""
    parts_p, parts_q = (_BOTH, _BOTH) if cut_p and cut_q else (_ONE if cut_p else 1, _ONE if cut_q else 1)
    pair, part_p, part_q = np.indices((len(p.i), parts_p, parts_q)).reshape(3, -1)
    return p.cut(parts_p).pick(pair * parts_p + part_p), q.cut(parts_q).pick(pair * parts_q + part_q)


def halves(p: Pieces, q: Pieces) -> list[tuple[Pieces, Pieces]]:
    """Return pairs in two lots."""
    return [(p.pick(k), q.pick(k)) for k in np.array_split(np.arange(len(p.i)), 2)]
