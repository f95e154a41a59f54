"""Where two places are drawn along the very same edges: a border that both took from one source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from storymap.claims.strands import runs_in
from storymap.places import Place
from storymap.scene import LonLat


def longest_shared(a: Place, b: Place) -> LineString | None:
    """Return the longest unbroken line that is edge of both places, corner by corner; None if there is none."""
    edges = list(_edges(a.geometry))
    if a.edges != b.edges or not edges:
        return None
    theirs = {frozenset(map(_same, edge)) for edge in _edges(b.geometry)}
    shared = {key: edge for edge in edges if (key := frozenset(map(_same, edge))) in theirs}
    if not shared:
        return None
    merged = shapely.line_merge(MultiLineString(list(shared.values())))
    longest: LineString = max(shapely.get_parts(merged).tolist(), key=lambda line: line.length)
    return longest


def _edges(geometry: BaseGeometry) -> Iterator[tuple[LonLat, LonLat]]:
    for run in runs_in(geometry):
        points = [(float(x), float(y)) for x, y in shapely.get_coordinates(run)]
        yield from (edge for edge in pairwise(points) if edge[0] != edge[1])


def _same(corner: LonLat) -> LonLat:
    """Return a corner so that 180.3 and -179.7 are one."""
    return corner[0] % 360.0, corner[1]
