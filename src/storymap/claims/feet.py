"""Where on a line the nearest point to a place may be, given that neither is known exactly.

The true place lies within u of the drawn one, the true line within v of the drawn line. So the true nearest point is
no further than d + u + v from the true place, d being the least distance as drawn, and as drawn no further than
d + 2(u + v) from the drawn place. Any such point of the line may be the nearest one.

On a straight stretch it moves by no more than u all the same, which is counted elsewhere. So what counts here of a
place that may lie on the line is how much further away by the line than as the crow flies any of these points is (a
hairpin, a loop, another branch), and of points up to d + 2u away how much further than that (a line beside a border).
Of a place that surely lies off the line, all of them count. A sketch strays from its line, but leads past the same
places in the same order, so there v does not count.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, Point

from storymap import earth
from storymap.claims.given import uncertainty_m
from storymap.claims.strands import Floats, strands_of
from storymap.places import Place

_A_M, _E2 = 6_378_137.0, 6.69437999014e-3  # WGS 84
_MOST = 10_000  # points of the line that are looked at, beside its own
_STRETCHES = 100  # of the line, of which only those are looked at that come near enough
_FINE = 10.0  # of them in the distance that matters


@dataclass(frozen=True, slots=True)
class Feet:
    """Where along a line the nearest point lies (m), and how much further before and behind it may lie, beyond u.

    All along the line as drawn. `drawn_off_m`: how far the place lies off the line as drawn. `off_m`: how far it surely
    lies off the line, at most; 0 if it may lie on it.
    """

    at_m: float
    before_m: float
    behind_m: float
    drawn_off_m: float
    off_m: float


def moved_m(a: Feet, b: Feet, value_m: float) -> tuple[float, float]:
    """Return by how much less and more (m) it may be along the line between two places than the `value_m` drawn."""
    first, last = sorted((a, b), key=lambda each: each.at_m)
    nearer = first.behind_m + last.before_m
    further = max(first.before_m + last.behind_m, nearer - 2 * value_m)
    return min(nearer, value_m), further


def feet(line: Place, whole: LineString, place: Place) -> Feet:
    """Return where on a line (`whole`, of the place `line`) the nearest point to a place may be."""
    near = earth.nearest(place.geometry, whole, edges=(place.edges, line.edges))
    off_m, u_m, v_m = near.distance_m, uncertainty_m(place), uncertainty_m(line)
    surely_off = off_m > u_m + v_m
    reach_m, widest_m = off_m + 2 * u_m, off_m + 2 * (u_m if line.schematic else u_m + v_m)
    at, passed, step_m = _sampled(whole, line, place, widest_m)
    foot = earth.nearest_many(at, Point(near.on_b)).distance_m
    own = passed[int(np.argmin(foot))]
    distance = earth.nearest_many(at, place.geometry, edges=place.edges).distance_m
    along = passed - own
    # Between two points that are looked at, the line comes nearer by half of their distance at most.
    reach_m, widest_m = reach_m + step_m / 2, widest_m + step_m / 2
    further = np.abs(along) if surely_off else np.abs(along) - foot
    beside = np.where(distance <= reach_m, np.abs(along) - reach_m, 0.0)
    counts = np.maximum(np.where(distance <= widest_m, further, 0.0), beside)
    before, behind = counts[along < 0].max(initial=0.0), counts[along > 0].max(initial=0.0)
    return Feet(float(own), float(before), float(behind), off_m, off_m + u_m + v_m if surely_off else 0.0)


def _sampled(whole: LineString, line: Place, place: Place, reach_m: float) -> tuple[Floats, Floats, float]:
    """Return points (lon, lat; (n, 2)) on a line, how far along it each lies (m), and the step between them (m).

    Stretches that surely come no nearer to the place than `reach_m` and half a step have their ends only.
    """
    points = strands_of(line)[0].at_deg.copy()
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    across, up = np.diff(np.radians(points), axis=0).T
    middle = np.radians((points[1:, 1] + points[:-1, 1]) / 2)
    # A small step on the ellipsoid: its radii of curvature along the meridian and across it.
    w2 = 1 - _E2 * np.sin(middle) ** 2
    steps = _A_M / np.sqrt(w2) * np.hypot(across * np.cos(middle), up * (1 - _E2) / w2)
    length_m = earth.length(whole, edges=line.edges)
    steps *= length_m / max(float(steps.sum()), 1e-300)
    passed = np.concatenate([[0.0], np.cumsum(steps)])

    def places(at: Floats) -> Floats:
        return np.column_stack([np.interp(at, passed, points[:, k]) for k in (0, 1)])

    ends, stretch_m = np.linspace(0.0, passed[-1], _STRETCHES + 1), float(passed[-1]) / _STRETCHES
    off_m = earth.nearest_many(places(ends), place.geometry, edges=place.edges).distance_m
    # Between its ends a stretch comes nearer by half of its length at most; the other half is more than half a step.
    near = np.minimum(off_m[:-1], off_m[1:]) <= reach_m + stretch_m
    count = min(_MOST // max(int(near.sum()), 1), math.ceil(_FINE * stretch_m / reach_m))
    fine = ends[:-1][near][:, None] + stretch_m * np.linspace(0.0, 1.0, max(count, 1) + 1)
    own = passed[near[np.minimum((passed / max(stretch_m, 1e-300)).astype(np.intp), _STRETCHES - 1)]]
    at = np.unique(np.concatenate([ends, fine.ravel(), own]))
    return places(at), at, stretch_m / max(count, 1)
