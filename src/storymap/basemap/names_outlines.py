"""The coarse outlines of countries as shapes in world units: sides to fill, bounds, areas, parts inside a window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from storymap.basemap.grid import WORLD_UNITS, Box, mercator
from storymap.basemap.names_cells import Ring, Sides
from storymap.basemap.names_table import LonLats, claimed, countries, outlines

LAST_LATITUDE = 89.9


@dataclass(frozen=True, slots=True)
class Outlined:
    """All outlines in world units: their sides, and whose each is; bounds and areas of countries; bounds of rings."""

    sides: Sides
    owner: NDArray[np.int64]
    bounds: NDArray[np.float64]
    area: NDArray[np.float64]
    ring_bounds: NDArray[np.float64]

    def meets(self, window: Box, turn: float) -> NDArray[np.bool_]:
        """Return which rings have bounds that meet a window when they are moved to the east by `turn`."""
        left, top, right, bottom = self.ring_bounds.T
        across = (left + turn <= window.right) & (right + turn >= window.left)
        meets: NDArray[np.bool_] = across & (top <= window.bottom) & (bottom >= window.top)
        return meets


@cache
def outlined() -> Outlined:
    """Return all outlines."""
    table = outlines()
    points = to_units(table.lonlat)
    following = np.arange(1, len(points) + 1)
    following[table.first[1:] - 1] = table.first[:-1]
    sides = np.vstack((points.T, points[following].T))
    first = table.first[np.searchsorted(table.country, np.arange(len(countries()) + 1))]
    bounds, ring_bounds = (
        np.column_stack((np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)))
        for starts in (first[:-1], table.first[:-1])
    )
    twice = sides[0] * sides[3] - sides[2] * sides[1]
    of_ring = np.abs(np.add.reduceat(twice, table.first[:-1])) / 2
    area: NDArray[np.float64] = np.bincount(table.country, of_ring, len(countries())).astype(np.float64)
    owner = np.repeat(np.arange(len(first) - 1), np.diff(first))
    return Outlined(sides, owner, bounds, area, ring_bounds)


def area_of(number: int) -> float:
    """Return the area of a country's outline, in square world units of the map."""
    return float(outlined().area[number])


def turns(left: float, right: float, box: Box) -> list[float]:
    """Return by how much what lies between two meridians may be moved round the world to meet a box."""
    first, last = np.ceil((box.left - right) / WORLD_UNITS), np.floor((box.right - left) / WORLD_UNITS)
    return [turn * WORLD_UNITS for turn in range(int(first), int(last) + 1)]


def moved(turn: float) -> NDArray[np.float64]:
    """Return what is added to sides to move them to the east."""
    return np.array([[turn], [0.0], [turn], [0.0]])


def cut_to(window: Box) -> dict[int, shapely.Geometry]:
    """Return the outlines of the countries in a window, cut to it."""
    cut = (window.left, window.top, window.right, window.bottom)
    found: dict[int, shapely.Geometry] = {}
    table, every = outlines(), outlined()
    for number, bounds in enumerate(every.bounds):
        if bounds[1] > window.bottom or bounds[3] < window.top:
            continue
        for turn in turns(bounds[0], bounds[2], window):
            own = np.flatnonzero((table.country == number) & every.meets(window, turn))
            rings = [every.sides[:2, table.first[n] : table.first[n + 1]].T + np.array([turn, 0.0]) for n in own]
            parts = shapely.clip_by_rect([shapely.Polygon(ring) for ring in rings], *cut)
            parts = shapely.make_valid(parts[~shapely.is_empty(parts)])
            if len(parts):
                found[number] = shapely.union_all([*parts, *([found[number]] if number in found else [])])
    return found


@cache
def claimed_boxes() -> list[Box]:
    """Return the ground that two states claim, in world units."""
    corners = [mercator([west, east], [north, south]) for west, south, east, north in claimed()]
    return [Box(float(x[0]), float(y[0]), float(x[1]), float(y[1])) for x, y in corners]


def to_units(lonlat: LonLats) -> Ring:
    """Return positions in world units; the poles, which have none, are moved to the last latitude."""
    return np.column_stack(mercator(lonlat[:, 0], np.clip(lonlat[:, 1], -LAST_LATITUDE, LAST_LATITUDE)))
