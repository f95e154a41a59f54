"""A view as cells of a few pixels: what is land, what is whose, and where a name has room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from storymap.basemap.grid import Box, degrees

CELL_PX = 8.0
_EARTH_KM = 6371.0

Mask = NDArray[np.bool_]  # rows from north to south, columns from west to east
Ring = NDArray[np.float64]  # rows of (x, y) in world units
Sides = NDArray[np.float64]  # four rows: x and y where each side begins, x and y where it ends
NO_SIDES: Sides = np.zeros((4, 0))


@dataclass(frozen=True)
class Cells:
    """A view cut into cells: its box in world units, and how many rows and columns."""

    box: Box
    rows: int
    columns: int

    @classmethod
    def of(cls, box: Box, units_per_px: float) -> Cells:
        """Return a view's cells, each about `CELL_PX` wide."""
        cell = CELL_PX * units_per_px
        return cls(box, max(1, round(box.height / cell)), max(1, round(box.width / cell)))

    @property
    def cell(self) -> float:
        """The width of a cell in world units."""
        return self.box.width / self.columns

    def filled(self, sides: Sides) -> Mask:
        """Return the cells whose centres lie inside an odd number of rings (so holes are rings as well)."""
        inside: Mask = self.filled_each(sides, np.zeros(sides.shape[1], np.int64), 1)[0]
        return inside

    def filled_each(self, sides: Sides, owner: NDArray[np.int64], count: int) -> Mask:
        """Return for each of `count` owners the cells inside its rings; `owner` says whose each side is."""
        xa, ya, xb, yb = sides
        # Only what crosses the view's rows, not to the right of it, turns a cell.
        there = np.flatnonzero(
            (np.minimum(ya, yb) <= self.box.bottom) & (np.maximum(ya, yb) >= self.box.top) & (xa <= self.box.right)
        )
        across, down = self.columns / self.box.width, self.rows / self.box.height
        # Centres are at whole numbers.
        xa, xb = ((x[there] - self.box.left) * across - 0.5 for x in (xa, xb))
        ya, yb = ((y[there] - self.box.top) * down - 0.5 for y in (ya, yb))
        first = np.clip(np.ceil(np.minimum(ya, yb)), 0, self.rows).astype(np.int64)
        rows = np.clip(np.ceil(np.maximum(ya, yb)), 0, self.rows).astype(np.int64) - first
        side = np.repeat(np.arange(len(there)), rows)
        row = np.arange(len(side)) - np.repeat(np.cumsum(rows) - rows, rows) + first[side]
        crossing = xa[side] + (xb - xa)[side] * (row - ya[side]) / (yb - ya)[side]
        column = np.clip(np.ceil(crossing), 0, self.columns).astype(np.int64)
        width = self.columns + 1
        at = (owner[there][side] * self.rows + row) * width + column
        turns = np.bincount(at, minlength=count * self.rows * width).reshape(count, self.rows, width)
        inside: Mask = (np.cumsum(turns[:, :, : self.columns], axis=2, dtype=np.int32) & 1).astype(bool)
        return inside

    def near(self, spots: Sequence[tuple[float, float]], reach: float) -> Mask:
        """Return the cells whose centres are within `reach` of some of the positions, all in world units."""
        near = np.zeros((self.rows, self.columns), bool)
        if not spots:
            return near
        size = self.box.width / self.columns, self.box.height / self.rows
        at = (np.array(spots) - (self.box.left, self.box.top)) / size - 0.5  # centres at whole numbers
        cell = np.rint(at).astype(np.int64)
        far = [int(reach / side) + 1 for side in size]
        for down in range(-far[1], far[1] + 1):
            for across in range(-far[0], far[0] + 1):
                column, row = cell[:, 0] + across, cell[:, 1] + down
                close = np.hypot((column - at[:, 0]) * size[0], (row - at[:, 1]) * size[1]) <= reach
                close &= (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
                near[row[close], column[close]] = True
        return near

    def near_on_earth(self, circles: Iterable[tuple[float, float, float]]) -> Mask:
        """Return the cells whose centres lie in one of the circles (lon, lat, km) on a sphere: the haversine."""
        near = np.zeros((self.rows, self.columns), bool)
        lons, lats = self._degrees
        for lon, lat, km in circles:
            rows = np.flatnonzero(np.abs(lats - lat) <= np.degrees(km / _EARTH_KM) + 1e-9)
            if not len(rows):
                continue
            some = slice(int(rows[0]), int(rows[-1]) + 1)
            turn = np.sin(np.radians(lons - lon) / 2) ** 2
            here = np.radians(lats[some])
            across = turn[None, :] * (np.cos(here) * np.cos(np.radians(lat)))[:, None]
            half = np.sqrt(across + np.sin((here - np.radians(lat)) / 2)[:, None] ** 2)
            near[some] |= half <= np.sin(min(km / _EARTH_KM / 2, np.pi / 2))
        return near

    def within(self, box: Box) -> Mask:
        """Return the cells whose centres lie in a box."""
        xs, ys = self.centres()
        inside: Mask = ((xs >= box.left) & (xs <= box.right))[None, :] & ((ys >= box.top) & (ys <= box.bottom))[:, None]
        return inside

    def centres(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return x of the columns and y of the rows."""
        across = self.box.left + (np.arange(self.columns) + 0.5) * self.box.width / self.columns
        down = self.box.top + (np.arange(self.rows) + 0.5) * self.box.height / self.rows
        return across, down

    @cached_property
    def _degrees(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        lons, lats = degrees(*self.centres())
        return lons, lats


class Shares:
    """How much of a label would lie in a mask, for each cell that it may be centred on."""

    def __init__(self, mask: Mask) -> None:
        self._shape = mask.shape
        self._summed = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int32)
        self._summed[1:, 1:] = mask.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)

    def of(self, width_px: float, height_px: float) -> NDArray[np.float64]:
        """Return which share of a label of this size, centred in each cell, would lie in the mask.

        What lies outside of the view counts as outside of the mask.
        """
        half_w, half_h = round(width_px / CELL_PX / 2), round(height_px / CELL_PX / 2)
        rows, columns = (np.arange(n) for n in self._shape)
        above, below = np.maximum(rows - half_h, 0), np.minimum(rows + half_h + 1, self._shape[0])
        left, right = np.maximum(columns - half_w, 0), np.minimum(columns + half_w + 1, self._shape[1])
        tall = self._summed[below] - self._summed[above]
        share: NDArray[np.float64] = (tall[:, right] - tall[:, left]) / ((2 * half_h + 1) * (2 * half_w + 1))
        return share


def sides_of(rings: Iterable[Ring]) -> Sides:
    """Return the sides of rings that do not repeat their first point."""
    some = [np.vstack((ring.T, np.roll(ring, -1, axis=0).T)) for ring in rings if len(ring) > 2]
    return np.concatenate([NO_SIDES, *some], axis=1)
