"""The edges that bound areas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from storymap.earth.edges import Curves, Edges, curves
from storymap.earth.ellipsoid import EarthError, wrapped_deg


def boundary(geometry: BaseGeometry, edges: Edges) -> Curves:
    """Return the edges of all rings of the polygons of a geometry.

    Raises:
        EarthError: no polygon, or a geometry that cannot be measured.
    """
    c = curves(geometry, edges)
    keep = c.kind[c.run] >= 0
    if not keep.any():
        raise EarthError(f"an area is needed (a Polygon or a MultiPolygon), not a {geometry.geom_type}")
    if keep.all():
        return c
    numbers = np.cumsum(c.kind >= 0) - 1
    firsts = np.flatnonzero(np.diff(c.run[keep], prepend=-1))
    return replace(
        c, start_deg=c.start_deg[keep], end_deg=c.end_deg[keep], run=numbers[c.run[keep]], kind=c.kind[c.kind >= 0],
        firsts=firsts,
    )  # fmt: skip


def outer(c: Curves) -> Curves | None:
    """Return the edges that bound the areas, without cuts along the 180th meridian and runs along a pole."""
    lon0, lon1 = c.start_deg[:, 0], c.end_deg[:, 0]
    seam = (np.abs(wrapped_deg(lon0)) == 180) & (lon0 == lon1)
    at_pole = (np.abs(c.start_deg[:, 1]) == 90) & (c.start_deg[:, 1] == c.end_deg[:, 1])
    if not (seam.any() or at_pole.any()):
        return c
    # Walls on the seam, by the heights where some edge begins or ends: an odd number of edges on a stretch is a wall,
    # an even one (one from the west, one from the east) is a cut.
    low = np.minimum(c.start_deg[seam, 1], c.end_deg[seam, 1])
    high = np.maximum(c.start_deg[seam, 1], c.end_deg[seam, 1])
    steps = np.unique(np.concatenate([low, high]))
    middle = (steps[:-1] + steps[1:]) / 2
    walls = ((low[:, None] < middle) & (middle < high[:, None])).sum(axis=0) % 2 == 1
    keep = ~seam & ~at_pole
    start = np.concatenate([c.start_deg[keep], np.stack([np.full(walls.sum(), 180.0), steps[:-1][walls]], axis=1)])
    end = np.concatenate([c.end_deg[keep], np.stack([np.full(walls.sum(), 180.0), steps[1:][walls]], axis=1)])
    if not len(start):
        return None
    return replace(c, start_deg=start, end_deg=end, run=np.zeros(len(start), dtype=np.intp))
