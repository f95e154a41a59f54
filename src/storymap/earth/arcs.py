"""What the straight line between two places says about the way between them, to a hair's breadth.

Let the chord of two places be c long and dip under the horizon by the angles m1 and m2 at its ends. On a circle both
would be m, and the way c·m / sin m. On the ellipsoid that, with sin m the mean of both sines, is right to
1.8e-32 m⁻⁴ s⁵: a micrometre at 140 km, a tenth of a millimetre at 350 km, two centimetres at 1000 km. This is an
asymptotic law found by measurement (the fifth power is the first that the ellipsoid's e² leaves), not a proof; a test
holds it against the geodesics themselves. Beyond `_FAR_M` only `least_way` and `most_way` are used.

sin m / c is half the curvature of the way. It changes by no more than 0.02 L/c of itself where an end moves by L: the
ellipsoid's curvatures differ by e² = 0.0067 at most with direction, and by one and a half e² with latitude.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import A_M, B_M, R_LEAST_M, R_MOST_M, Floats, Ints, least_way, most_way

_FAR_M = 3_000_000.0
_FIFTH = 3e-32
_TURN = 0.02
_SLACK_M = 1e-7


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and most that the way from a place to an edge can be, and the parameter where the chord is shortest."""

    t: Floats
    least_m: Floats
    most_m: Floats

    def longest_chord_m(self) -> Floats:
        """Return the chords beyond which every way is longer than `most_m`."""
        return 2 * R_MOST_M * np.sin(np.minimum(self.most_m / (2 * R_MOST_M), np.pi / 2)) + _SLACK_M


@dataclass(frozen=True, slots=True)
class Arcs:
    """Places (in space, with their upright directions) and the edges that they are compared with."""

    space: Floats
    up: Floats
    curves: Curves

    def to(self, who: Ints, edge: Ints) -> Bounds:
        """Return bounds for pairs of a place and an edge."""
        c = self.curves
        start = c.chord0[edge]
        along = c.chord1[edge] - start
        off = self.space[who] - start
        square = np.einsum("ij,ij->i", along, along)
        t = (np.einsum("ij,ij->i", off, along) / np.where(square > 0, square, 1.0)).clip(0, 1)
        foot = start + t[:, None] * along
        least, most = way_bounds(self.space[who], self.up[who], foot, upright(foot), c.bulge_m[edge], c.length_m[edge])
        return Bounds(t, least, most)


def way_bounds(
    p: Floats, up_p: Floats, q: Floats, up_q: Floats, bulge_m: Floats, length_m: Floats
) -> tuple[Floats, Floats]:
    """Return bounds on the ways between pieces of curves whose chords are nearest at p and q (n, 3).

    `bulge_m`: how far both may stray from their chords. The lower bound is for any two places on the pieces, which
    are together `length_m` long; the upper one for the places at the parameters of p and q.
    """
    straight = q - p
    chord = np.sqrt(np.einsum("ij,ij->i", straight, straight))
    dip = np.einsum("ij,ij->i", up_q - up_p, straight)
    some = np.maximum(chord, 1e-3)
    half_bend = (dip / (2 * some * some)).clip(0.5 / R_MOST_M, 0.5 / R_LEAST_M)
    loose = np.minimum(_TURN * length_m / some, 1.0)
    slack = chord_slack(chord) + _SLACK_M
    low, high = np.maximum(chord - bulge_m - _SLACK_M, 0.0), chord + bulge_m + _SLACK_M
    near = chord < _FAR_M
    least, most = least_way(low), most_way(high)
    tight = _circle(low, np.maximum(half_bend * (1 - loose), 0.5 / R_MOST_M)) - slack
    wide = _circle(high, np.minimum(half_bend * (1 + loose), 0.5 / R_LEAST_M)) + slack
    return np.where(near, np.maximum(least, tight), least), np.where(near, np.minimum(most, wide), most)


def chord_slack(chord_m: Floats) -> Floats:
    """Return how wrong the way over a chord can be that its dips tell."""
    slack: Floats = _FIFTH * chord_m**5
    return slack


def upright(space: Floats) -> Floats:
    """Return the directions (n, 3) that are upright at places on the ellipsoid or just under it."""
    normal = space / (A_M * A_M, A_M * A_M, B_M * B_M)
    return np.asarray(normal / np.sqrt(np.einsum("ij,ij->i", normal, normal))[:, None])


def _circle(chord_m: Floats, half_bend: Floats) -> Floats:
    """Return the arc over a chord of a circle whose curvature is twice `half_bend`."""
    sin = np.clip(chord_m * half_bend, 1e-12, 1.0)
    return np.asarray(chord_m * np.arcsin(sin) / sin)
