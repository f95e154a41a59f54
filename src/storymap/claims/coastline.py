"""How much longer an edge may be than it is drawn: the finer the ruler, the longer a coast.

L. F. Richardson ("The problem of contiguity", General Systems 6, 1961) walked along borders and coasts on maps with
dividers of different widths and found that with every halving of the step the length grows by the same factor: little
for a straight border, a fifth for a rugged coast. What is drawn resolves no more than the place's uncertainty u. So the
factor is read off at steps of u and 2u, and the law is carried on from u to steps of 10 m, finer than lengths of
coasts are published. How many points the drawing has, and how smooth it was made, matters little for that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString

from storymap import earth
from storymap.claims.given import Runs, uncertainty_m
from storymap.claims.rings import drawn
from storymap.claims.routes import detail_lost
from storymap.places import Place

_FINEST_M = 10.0
_FEWEST_STEPS = 8  # of 2u round a ring: a smaller one says nothing about its own detail
_DEGREE_M = 111_195.0  # of latitude; it only says where the points of a walk come to lie


@dataclass(frozen=True, slots=True)
class Detail:
    """What finer detail may add to an edge (m). `walks` are its lengths (m) in steps of u and 2u, if they say so.

    Carried on through so many `halvings` of the step; `not_walked_m` of the edge are rings too small for that.
    """

    hidden_m: float
    walks: tuple[float, float] | None = None
    halvings: float = 0.0
    not_walked_m: float = 0.0


def hidden_detail(place: Place, runs: Runs, length_m: float) -> Detail:
    """Return what finer detail may add to an edge of a place, `length_m` long and drawn as `runs` of corners.

    At least what it loses without every second of its points, as for any line.
    """
    u_m = uncertainty_m(place)
    lost = detail_lost(MultiLineString(runs), place.edges)
    sized = [(run, earth.length(LineString(run), edges=place.edges)) for run in runs]
    whole = drawn(tuple(run for run, size_m in sized if size_m >= least_walked_m(u_m)), place)
    if not whole or u_m <= _FINEST_M:
        return Detail(lost)
    fine, coarse = (_walked(whole, step) for step in (u_m, 2 * u_m))
    halvings = math.log2(u_m / _FINEST_M)
    not_walked = sum(size_m for _, size_m in sized if size_m < least_walked_m(u_m))
    more = not_walked + fine * max(1.0, fine / coarse) ** halvings - length_m
    return Detail(more, (fine, coarse), halvings, not_walked) if more > lost else Detail(lost)


def least_walked_m(u_m: float) -> float:
    """Return how long (m) a ring must be to be walked round, where what is drawn is good to `u_m`."""
    return _FEWEST_STEPS * 2 * u_m


def _walked(runs: Runs, step_m: float) -> float:
    """Return the length (m) of runs that are walked in steps of about `step_m`."""
    walks = []
    for run in runs:
        points = shapely.get_coordinates(LineString(run))
        points[:, 0] = np.unwrap(points[:, 0], period=360)
        across, up = np.diff(points, axis=0).T
        middle = np.radians((points[1:, 1] + points[:-1, 1]) / 2)
        passed = np.concatenate([[0.0], np.cumsum(_DEGREE_M * np.hypot(across * np.cos(middle), up))])
        at = np.linspace(0.0, passed[-1], math.ceil(passed[-1] / step_m) + 1)
        walks.append(np.column_stack([np.interp(at, passed, points[:, k]) for k in (0, 1)]))
    return earth.length(MultiLineString(walks))
