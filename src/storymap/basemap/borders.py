"""Borders that a story draws itself take the place of Natural Earth's: no reader sees one frontier twice.

Natural Earth's lines lie some hundred metres off those of finer sources (509 m at the Tumen, in the median), which is
a double line on a near map. Where an author's border runs, the basemap's own is cut away, and what is left of it is
led to the end of the author's.
"""

from __future__ import annotations

from math import cos, pi, radians

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.basemap.pack import Geometries

NEAR_M = 2_000.0  # two sources of one border lie no farther apart than this, as a rule
_NEAR_PX = 3.0  # nearer than that two lines read as one that is smudged
_EQUATOR_M = 2 * pi * 6378137.0


def reach_units(latitude: float, scale: int, world_units: int) -> float:
    """Return how near another line is the same border, in units of a tier; `latitude` in degrees."""
    return max(2 * _NEAR_PX, NEAR_M / (_EQUATOR_M * cos(radians(latitude))) * world_units / scale)


def replaced(lines: Geometries, own: Geometries, near: float) -> Geometries:
    """Return the lines of a basemap with `own` in place of what runs along them within `near`; all in map units.

    Lines that come to an end of an own line at about that distance are led to it; an own line with nothing near it
    stands for a border that the basemap lacks, and is not added.
    """
    if not len(own) or not len(lines):
        return lines
    zones = shapely.buffer(own, near)
    taken = [mine for mine, zone in zip(own, zones, strict=True) if shapely.intersects(zone, lines).any()]
    if not taken:
        return lines
    zone = shapely.union_all(shapely.buffer(taken, near))
    apart = shapely.difference(lines, zone)
    kept = shapely.get_parts(shapely.line_merge(apart))
    kept = kept[~shapely.is_empty(kept)]
    # A piece that leaves the zone and comes back at once is the same border, drawn with a wider swing.
    stray = (shapely.length(kept) < 4 * near) & _both_ends_at(kept, zone, near)
    led = [_led_to(line, taken, near) for line in kept[~stray]]
    return np.array([*led, *taken], dtype=object)


def _both_ends_at(lines: NDArray[np.object_], zone: BaseGeometry, near: float) -> NDArray[np.bool_]:
    ends = (shapely.get_point(lines, 0), shapely.get_point(lines, -1))
    return np.logical_and(*(shapely.distance(end, zone) < near / 100 for end in ends))


def _led_to(line: BaseGeometry, own: list[BaseGeometry], near: float) -> BaseGeometry:
    """Return a line with each end that the zone has cut off led to the nearest end of an own line, or to its side."""
    points = shapely.get_coordinates(line)
    for at in (0, -1):
        here = shapely.Point(points[at])
        nearest = min(own, key=lambda mine: float(shapely.distance(here, mine)))
        if not 0.99 * near < shapely.distance(here, nearest) < 1.01 * near:
            continue
        ends = [shapely.get_point(nearest, 0), shapely.get_point(nearest, -1)]
        end = min(ends, key=lambda point: float(shapely.distance(here, point)))
        if shapely.distance(here, end) > 2 * near:
            end = nearest.interpolate(nearest.project(here))
        goal = shapely.get_coordinates(end)
        points = np.concatenate((goal, points) if at == 0 else (points, goal))
    return shapely.LineString(points)
