"""By how much a margin differs between the planar and the geodesic reading of edges, asked only where it can matter."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import shapely

from storymap.claims.given import edge_spread
from storymap.claims.strands import runs_in
from storymap.places import Edges, Place

_R_MOST_M = 6_399_594.0  # greatest radius of curvature of the ellipsoid
_WORTH_SAYING = 0.1  # of the uncertainty, as in the rule of all kinds


def margin_spread(places: Sequence[Place], margin_m: float, u_m: float, reading: Callable[[Edges], float]) -> float:
    """Return by how much (m) the margin differs between both readings of the edges of two places.

    0 where no edge leaves its other reading by enough to be worth saying: a margin is how far both may move, so it
    changes by no more than they do.
    """
    if sum(map(_parted_m, places)) <= _WORTH_SAYING * u_m:
        return 0.0
    return edge_spread(places, margin_m, reading)


def _parted_m(place: Place) -> float:
    """Return how far (m) both readings of any edge of a place part, at most.

    An edge that is straight in degrees strays from the geodesic by an eighth of its covariant acceleration, whose parts
    are 2 R sin f times both differences, and R cos f sin f times the square of that in longitude (and R/100 times the
    square of that in latitude, as the ellipsoid is no sphere).
    """
    most = 0.0
    for run in runs_in(place.geometry):
        across, up = np.abs(np.diff(np.radians(shapely.get_coordinates(run)), axis=0)).T
        across = np.minimum(across, np.abs(2 * math.pi - across))
        most = max(most, float(np.hypot(2 * up * across, across**2 / 2 + 0.0102 * up**2).max()) / 8)
    return most * _R_MOST_M
