"""Which pairs of edges can hold the least distance: a tree of balls round the edges, descended on both sides.

A ball holds its edges whole, bulge included, so the gap between two balls is a certain lower bound on chords.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import A_M, Floats, Ints, chord_not_beyond, most_way

_FAN = 8
_LOT = 30_000
_SLACK_M = 1e-7
"""Room for rounding, a hundred times what doubles lose at this size."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Balls in flat arrays, edges first, the root last.

    `sample`: a point in space on some edge inside the ball. `first`, `count`: its children; no child for an edge's own
    ball, whose number is then found in `edge`.
    """

    center: Floats
    radius: Floats
    sample: Floats
    first: Ints
    count: Ints
    edge: Ints

    @property
    def root(self) -> int:
        """The number of the ball that holds all."""
        return len(self.radius) - 1


def tree(curves: Curves) -> Tree:
    """Return the tree of balls over all edges; built in one pass per level, about n log n in all (for the sorting)."""
    center = (curves.chord0 + curves.chord1) / 2
    radius = np.linalg.norm(curves.chord1 - curves.chord0, axis=1) / 2 + curves.bulge_m + _SLACK_M
    edge = _along_a_curve(center) if len(curves) > _FAN else np.arange(len(curves))
    levels = [(center[edge], radius[edge], curves.chord0[edge])]
    firsts, counts = [np.zeros(len(edge), dtype=np.intp)], [np.zeros(len(edge), dtype=np.intp)]
    offset = 0
    while len(levels[-1][1]) > 1:
        center, radius, sample = levels[-1]
        start = np.arange(0, len(radius), _FAN)
        low, high = np.minimum.reduceat(center, start, axis=0), np.maximum.reduceat(center, start, axis=0)
        middle = (low + high) / 2
        size = np.diff(np.append(start, len(radius)))
        reach = np.linalg.norm(center - np.repeat(middle, size, axis=0), axis=1) + radius
        levels.append((middle, np.maximum.reduceat(reach, start) + _SLACK_M, sample[start]))
        firsts.append(start + offset)
        counts.append(size)
        offset += len(radius)
    centers, radiuses, samples = zip(*levels, strict=True)
    edges = np.full(offset + 1, -1, dtype=np.intp)
    edges[: len(edge)] = edge
    return Tree(
        np.concatenate(centers), np.concatenate(radiuses), np.concatenate(samples),
        np.concatenate(firsts), np.concatenate(counts), edges,
    )  # fmt: skip


@dataclass(slots=True)
class Descent:
    """A walk down two trees at once, the nearest balls first, that never holds more than some ten thousand pairs.

    `upper_m` is a chord that some two points of the edges surely do not exceed; whoever walks may lower it.
    """

    a: Tree
    b: Tree
    upper_m: float = np.inf
    _waiting: list[tuple[Ints, Ints]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._waiting.append((np.array([self.a.root]), np.array([self.b.root])))

    def pairs(self) -> Iterator[tuple[Ints, Ints]]:
        """Give pairs of edges, in lots, among which the nearest pair surely is."""
        a, b = self.a, self.b
        while self._waiting:
            i, j = self._waiting.pop()
            self.upper_m = min(self.upper_m, float(_apart(a.sample[i], b.sample[j]).min()))
            gap = _apart(a.center[i], b.center[j]) - a.radius[i] - b.radius[j]
            keep = gap <= longest_chord(self.upper_m)
            i, j, gap = i[keep], j[keep], gap[keep]
            if len(i) > _LOT:
                order = np.argpartition(gap, _LOT)
                self._waiting.append((i[order[_LOT:]], j[order[_LOT:]]))
                i, j = i[order[:_LOT]], j[order[:_LOT]]
            # Open the wider ball of each pair, or the one that still can be opened.
            open_a, open_b = a.count[i] > 0, b.count[j] > 0
            by_a = open_a & (~open_b | (a.radius[i] >= b.radius[j]))
            by_b = open_b & ~by_a
            ends = ~(by_a | by_b)
            if not ends.all():
                i_a, j_a = _opened(a, i[by_a], j[by_a])
                j_b, i_b = _opened(b, j[by_b], i[by_b])
                self._waiting.append((np.concatenate([i_a, i_b]), np.concatenate([j_a, j_b])))
            if ends.any():
                yield a.edge[i[ends]], b.edge[j[ends]]


def longest_chord(chord_m: float) -> float:
    """Return the chord beyond which no way is shorter than the longest way over `chord_m`."""
    return chord_not_beyond(float(most_way(np.array(chord_m)))) + _SLACK_M if np.isfinite(chord_m) else np.inf


def _apart(x: Floats, y: Floats) -> Floats:
    gap: Floats = np.linalg.norm(x - y, axis=1)
    return gap


def _opened(tree: Tree, opened: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Return the children of balls, each beside the partner that its parent had."""
    count = tree.count[opened]
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(tree.first[opened], count) + step, np.repeat(other, count)


def _along_a_curve(points: Floats) -> Ints:
    """Return an order in which neighbours in space are near each other: Morton's, at 20 bits an axis."""
    cells = np.clip((points / A_M + 1) * 2**19, 0, 2**20 - 1).astype(np.uint64)
    key = np.zeros(len(points), dtype=np.uint64)
    for axis in range(3):
        x = cells[:, axis]
        # Spread the bits of a number to every third place.
        for shift, mask in ((32, 0x1F00000000FFFF), (16, 0x1F0000FF0000FF), (8, 0x100F00F00F00F00F),
                            (4, 0x10C30C30C30C30C3), (2, 0x1249249249249249)):  # fmt: skip
            x = (x | (x << np.uint64(shift))) & np.uint64(mask)
        key |= x << np.uint64(axis)
    order: Ints = np.argsort(key, kind="stable")
    return order
