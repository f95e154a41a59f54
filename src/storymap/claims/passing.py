"""How surely a line passes over another line, or through an area: by how much both may move before it need not.

Margins in metres (docs/claims.md, crosses, has the derivations).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap import earth
from storymap.claims.strands import (
    DRAWN_M,
    NOWHERE,
    Bools,
    Crossings,
    Floats,
    Samples,
    Strand,
    away_from,
    crossings,
    runs_in,
    sampled,
)
from storymap.places import Edges
from storymap.scene import LonLat

_CUT_DEG = 0.05


@dataclass(frozen=True, slots=True)
class Passing:
    """How surely a line passes over something (m), by which of its strands, and where (into an area and out of it).

    The margin is the least of how far the line is off at some of its places: `spots`, in order, are these (lon, lat)
    and how far (m). `loose_m` is how far the loose ends of what it passes over keep from it; infinite if it has none.
    """

    margin_m: float
    strand: int = 0
    over: Crossings = NOWHERE
    spots: tuple[tuple[LonLat, float], ...] = ()
    loose_m: float = math.inf


def over_line(strands: Sequence[Strand], others: Sequence[Strand], line: BaseGeometry, edges: Edges) -> Passing:
    """Return how surely any of the strands passes from one side of a line to the other; 0 where none does.

    Between two places of a strand it passes an odd number of times, and goes on doing so while both places keep off
    the line, and the line's loose ends off the strand between them. Of all such pairs the surest counts.

    Args:
        strands: of what passes.
        others, line, edges: what it passes over, as strands, as a geometry, and the model of its edges.
    """
    best = Passing(0.0)
    loose, cut = _loose_ends(others), _cut(line, edges)
    for number, strand in enumerate(strands):
        crossed = crossings(strand, others)
        if not len(crossed):
            continue
        samples = sampled(strand, crossed)
        distance = earth.nearest_many(samples.at_deg, cut, edges=edges).distance_m
        away = away_from(loose, strand)
        margin, ends, clear = _surest(distance, away, samples)
        if margin > max(best.margin_m, DRAWN_M):
            middle = int(samples.stretch[ends].sum()) // 2  # of an odd number of crossings
            best = Passing(margin, number, _some(crossed, [middle]), _spots(samples, ends, distance), clear)
    return best


def through_area(strands: Sequence[Strand], depth_of: Callable[[Floats], Floats], rings: Sequence[Strand]) -> Passing:
    """Return how surely any of the strands comes from outside an area, runs through it and leaves it again.

    That is the least of how far it lies outside before, inside, and outside after. Where no strand does, it is 0, or
    negative: how deep an end lies inside that would have to lie outside.

    Args:
        strands: of what passes.
        depth_of: how deep places (n, 2) lie inside the area (m), negative outside.
        rings: the edge of the area.
    """
    found = []
    for number, strand in enumerate(strands):
        crossed = crossings(strand, rings)
        samples = sampled(strand, crossed)
        depth = depth_of(samples.at_deg)
        before, after = np.maximum.accumulate(-depth), np.maximum.accumulate(-depth[::-1])[::-1]
        through = np.minimum(depth, np.minimum(before, after))
        k = int(np.argmax(through))
        if through[k] > DRAWN_M:
            first, last = int(np.argmax(-depth[: k + 1])), k + int(np.argmax(-depth[k:]))
            over = _some(crossed, [int(samples.stretch[first]), int(samples.stretch[last]) - 1])
            spots = _spots(samples, [first, k, last], np.abs(depth))
            found.append(Passing(float(through[k]), number, over, spots))
        else:
            found.append(Passing(-_missing(depth, before > 0, after > 0), number))
    return max(found, key=lambda passing: passing.margin_m)


def depths(area: BaseGeometry, places_deg: Floats, *, edges: Edges) -> Floats:
    """Return how deep places (lon, lat; (n, 2)) lie inside an area (m), negative outside.

    A cut along the 180th meridian counts as edge: there it is less than the true depth.
    """
    cut = _cut(area, edges)
    outside = earth.nearest_many(places_deg, cut, edges=edges).distance_m
    inside = np.flatnonzero(outside == 0)
    found: Floats = -outside
    if inside.size:
        found[inside] = earth.nearest_many(places_deg[inside], cut.boundary, edges=edges).distance_m
    return found


def _cut(geometry: BaseGeometry, edges: Edges) -> BaseGeometry:
    """Return the same geometry with long planar edges cut, as straight as before: many places are faster measured so.

    One with an edge over the 180th meridian that is written as a jump is left as it is.
    """
    jumps = any((np.abs(np.diff(shapely.get_coordinates(run)[:, 0])) > 180).any() for run in runs_in(geometry))
    return geometry if edges == "geodesic" or jumps else shapely.segmentize(geometry, _CUT_DEG)


def _missing(depth: Floats, before: Bools, after: Bools) -> float:
    """Return how much further (m) ends that lie inside would have to reach for the strand to pass; 0 if none does."""
    inside = depth > DRAWN_M
    if not inside.any():
        return 0.0
    start, end = np.where(before, 0.0, max(depth[0], 0.0)), np.where(after, 0.0, max(depth[-1], 0.0))
    missing = float(np.maximum(start, end)[inside].min())
    return missing if missing > DRAWN_M else 0.0


def _loose_ends(strands: Sequence[Strand]) -> Floats:
    """Return the ends (n, 2) at which an odd number of strands end: elsewhere one goes on in another."""
    ends = Counter(
        (round(lon % 360.0, 9), lat)
        for strand in strands
        if not strand.closed
        for lon, lat in (strand.corners[0], strand.corners[-1])
    )
    return np.array([end for end, count in ends.items() if count % 2]).reshape(-1, 2)


def _surest(distance_m: Floats, away_m: Floats, samples: Samples) -> tuple[float, list[int], float]:
    """Return the margin (m) of the surest pair of samples an odd number of crossings apart, and what makes it.

    That is the pair, and how far (m) loose ends are from the strand between both.

    A pair is as sure as the least of `distance_m` (from the line) at its ends and of `away_m` (from the line's loose
    ends, for each piece of the strand) between them. Of the samples that are so far off, two that follow each other
    do: between the ends of any odd pair some neighbours are an odd number apart.
    """
    best: tuple[float, list[int], float] = 0.0, [], math.inf
    room = np.append(away_m, np.inf)
    levels = np.unique(np.concatenate([distance_m, away_m[np.isfinite(away_m)]]))
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high) // 2
        far = np.flatnonzero(distance_m >= levels[middle])
        ends = np.stack([far[:-1], far[1:]], axis=1)
        ends = ends[(np.diff(samples.stretch[ends], axis=1) % 2 == 1).ravel()]
        if len(ends):
            pieces = samples.piece[ends] + (0, 1)
            clear = np.minimum.reduceat(room, pieces.ravel())[::2]
            ends, clear = ends[clear >= levels[middle]], clear[clear >= levels[middle]]
        if len(ends):
            best = float(levels[middle]), ends[0].tolist(), float(clear[0])
            low = middle + 1
        else:
            high = middle
    return best


def _spots(samples: Samples, which: list[int], far_m: Floats) -> tuple[tuple[LonLat, float], ...]:
    at = ((float(lon), float(lat)) for lon, lat in samples.at_deg[which])
    return tuple(zip(at, far_m[which].tolist(), strict=True))


def _some(crossed: Crossings, which: list[int]) -> Crossings:
    return Crossings(crossed.piece[which], crossed.share[which])
