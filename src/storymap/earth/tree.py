"""Which pairs of edges can hold the least distance: a tree of balls round the edges, descended on both sides.

A ball holds its edges whole, bulge included, so the gap between two balls is a certain lower bound on chords.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import A_M, Floats, Ints, chord_not_beyond, most_way

FAN = 4
_LOT = 30_000
_SLACK_M = 1e-7
"""Room for rounding, a hundred times what doubles lose at this size."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Balls in flat arrays, those of single edges first, the root last.

    `first`: the first of a ball's children, which are `FAN` in a row; -1 for an edge's own ball, whose edge `edge`
    tells by its number. A level that is not a multiple of `FAN` repeats its last ball.
    """

    center: Floats
    radius: Floats
    first: Ints
    edge: Ints

    @property
    def root(self) -> int:
        """The number of the ball that holds all."""
        return len(self.radius) - 1

    def opened(self, balls: Ints, partners: Ints) -> tuple[Ints, Ints]:
        """Return the children of balls, each beside the partner that its parent had."""
        return (self.first[balls][:, None] + np.arange(FAN)).ravel(), np.repeat(partners, FAN)

    def middle_edge(self, balls: Ints) -> Ints:
        """Return an edge of each of these balls, all of one level, from the middle of its row."""
        while self.first[balls[0]] >= 0:
            balls = self.first[balls] + FAN // 2
        return self.edge[balls]


_kept: weakref.WeakKeyDictionary[Curves, Tree] = weakref.WeakKeyDictionary()


def tree(curves: Curves) -> Tree:
    """Return the tree of balls over all edges; it is built once."""
    found = _kept.get(curves)
    if found is None:
        found = _kept[curves] = _grown(curves)
    return found


def _grown(curves: Curves) -> Tree:
    """Return a new tree, built in one pass per level.

    Edges keep their order in a run, where neighbours are near each other anyway; the runs are put in order.
    """
    edge = _order(curves)
    center = (curves.chord0 + curves.chord1) / 2
    radius = _length(curves.chord1 - curves.chord0) / 2 + curves.bulge_m + _SLACK_M
    if edge is not None:
        center, radius = center[edge], radius[edge]
    first = np.full(len(radius), -1, dtype=np.intp)
    levels = []
    begin = 0
    while True:
        missing = -len(radius) % FAN if len(radius) > 1 else 0
        if missing:
            center, radius, first = (
                np.concatenate([x, np.repeat(x[-1:], missing, axis=0)]) for x in (center, radius, first)
            )
        levels.append((center, radius, first))
        if len(radius) == 1:
            break
        middle = np.add.reduce([center[k::FAN] for k in range(FAN)]) / FAN
        reach = [_length(center[k::FAN] - middle) + radius[k::FAN] for k in range(FAN)]
        first = begin + FAN * np.arange(len(middle))
        begin += len(radius)
        center, radius = middle, np.maximum.reduce(reach) + _SLACK_M
    centers, radiuses, firsts = (np.concatenate(x) for x in zip(*levels, strict=True))
    numbers = np.arange(len(curves)) if edge is None else edge
    leaves = len(levels[0][1])
    return Tree(centers, radiuses, firsts, np.append(numbers, np.repeat(numbers[-1:], leaves - len(numbers))))


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
            apart, radii = _length(a.center[i] - b.center[j]), a.radius[i] + b.radius[j]
            # Every ball holds something: what lies beyond the far sides of two is not nearest.
            self.upper_m = min(self.upper_m, float((apart + radii).min()))
            gap = apart - radii
            keep = gap <= longest_chord(self.upper_m)
            i, j, gap = i[keep], j[keep], gap[keep]
            if len(i) > _LOT:
                order = np.argpartition(gap, _LOT)
                self._waiting.append((i[order[_LOT:]], j[order[_LOT:]]))
                i, j = i[order[:_LOT]], j[order[:_LOT]]
            # Open the wider ball of each pair, or the one that still can be opened.
            open_a, open_b = a.first[i] >= 0, b.first[j] >= 0
            by_a = open_a & (~open_b | (a.radius[i] >= b.radius[j]))
            by_b = open_b & ~by_a
            ends = ~(by_a | by_b)
            if not ends.all():
                i_a, j_a = a.opened(i[by_a], j[by_a])
                j_b, i_b = b.opened(j[by_b], i[by_b])
                self._waiting.append((np.concatenate([i_a, i_b]), np.concatenate([j_a, j_b])))
            if ends.any():
                yield a.edge[i[ends]], b.edge[j[ends]]


def longest_chord(chord_m: float) -> float:
    """Return the chord beyond which no way is shorter than the longest way over `chord_m`."""
    return float(longest_chords(np.array(chord_m))) if np.isfinite(chord_m) else np.inf


def longest_chords(chord_m: Floats) -> Floats:
    """Return the same for finite chords."""
    chord: Floats = chord_not_beyond(most_way(chord_m)) + _SLACK_M
    return chord


def _length(x: Floats) -> Floats:
    length: Floats = np.sqrt(np.einsum("ij,ij->i", x, x))
    return length


def _order(curves: Curves) -> Ints | None:
    """Return the edges in an order in which neighbours are near each other; None for the order they have.

    The runs are put in order by where they begin.
    """
    if len(curves.firsts) <= FAN:
        return None
    place = np.argsort(_along_a_curve(curves.chord0[curves.firsts]))
    order: Ints = np.argsort(place[curves.run], kind="stable")
    return order


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
