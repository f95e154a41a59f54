"""Where edges along parallels, and points, come nearest: known without a search, which would find them all equally far.

Between two latitudes the distance grows with the difference in longitude, up to 180°: by the first variation, at the
rate of p sin(azimuth) for each radian, p being the radius of the parallel, and a shortest way east never turns west.
"""

from __future__ import annotations

import numpy as np

from storymap.earth.edges import Curves
from storymap.earth.ellipsoid import Bools, Floats, Ints

_TURNS = (-4, -3, -2, -1, 0, 1, 2, 3, 4)
"""Longitudes go from -720 to 720."""

_ROUNDING_DEG = 1e-11
"""A micrometre: parallels that were computed differ by that at their ends."""


def level(c: Curves, i: Ints) -> Bools:
    """Return which of the edges `i` run along a parallel or are points."""
    start, end = c.start_deg[i], c.end_deg[i]
    across = np.abs(end[:, 0] - start[:, 0])
    straight = (c.edges == "planar") | (across == 0) | ((start[:, 1] == 0) & (across < 179))
    return np.asarray((np.abs(end[:, 1] - start[:, 1]) <= _ROUNDING_DEG) & straight)


def nearly_level(c: Curves, i: Ints) -> Bools:
    """Return which of the edges `i` are planar, over a degree long, and climb by less than about a metre."""
    across, up = np.abs(c.end_deg[i] - c.start_deg[i]).T
    return np.asarray((c.edges == "planar") & (across > 1) & (up < 1e-5))


def nearest_on_parallels(p: Curves, i: Ints, q: Curves, j: Ints) -> tuple[Floats, Floats]:
    """Return the parameters on edges `i` of p and `j` of q, all of them level, at which they are nearest."""
    p0, p1, q0, q1 = p.start_deg[i, 0], p.end_deg[i, 0], q.start_deg[j, 0], q.end_deg[j, 0]
    west, east = np.minimum(p0, p1), np.maximum(p0, p1)
    turned = 360.0 * np.array(_TURNS)[:, None]
    west_q, east_q = np.minimum(q0, q1) + turned, np.maximum(q0, q1) + turned
    # The longitude in both, or of each the end that faces the other.
    on_p = np.where(east_q < west, west, np.clip(west_q, west, east))
    pick = np.abs(on_p - np.clip(on_p, west_q, east_q)).argmin(axis=0)
    row = np.arange(len(i))
    lon_p = on_p[pick, row]
    lon_q = np.clip(lon_p, west_q[pick, row], east_q[pick, row]) - turned[pick, 0]
    return _share(lon_p, p0, p1), _share(lon_q, q0, q1)


def _share(lon: Floats, start: Floats, end: Floats) -> Floats:
    wide = end - start
    return np.asarray(((lon - start) / np.where(wide == 0, 1.0, wide)).clip(0, 1))
