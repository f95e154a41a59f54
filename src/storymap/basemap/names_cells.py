"""A view as cells of a few pixels: what is land, what is whose, and where a name has room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storymap.basemap.grid import Box, degrees

CELL_PX = 8.0
_EARTH_KM = 6371.0

Mask = NDArray[np.bool_]  # rows from north to south, columns from west to east
Ring = NDArray[np.float64]  # rows of (x, y) in world units


@dataclass(frozen=True, slots=True)
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

    def filled(self, rings: Iterable[Ring]) -> Mask:
        """Return the cells whose centres lie inside an odd number of the rings (so holes are rings as well)."""
        toggles = np.zeros((self.rows, self.columns + 1), np.int64)
        some = [ring for ring in rings if len(ring) > 2]
        if some:
            a = np.concatenate(some)
            b = np.concatenate([np.roll(ring, -1, axis=0) for ring in some])
            scale = (self.columns / self.box.width, self.rows / self.box.height)
            a, b = ((side - (self.box.left, self.box.top)) * scale - 0.5 for side in (a, b))  # centres at whole numbers
            top, bottom = np.minimum(a[:, 1], b[:, 1]), np.maximum(a[:, 1], b[:, 1])
            first = np.clip(np.ceil(top), 0, self.rows).astype(np.int64)
            count = np.clip(np.ceil(bottom), 0, self.rows).astype(np.int64) - first
            edge = np.repeat(np.arange(len(a)), count)
            row = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]
            run, rise = b[edge, 0] - a[edge, 0], b[edge, 1] - a[edge, 1]
            crossing = a[edge, 0] + run * (row - a[edge, 1]) / rise
            column = np.clip(np.ceil(crossing), 0, self.columns).astype(np.int64)
            np.add.at(toggles, (row, column), 1)
        inside: Mask = np.cumsum(toggles, axis=1)[:, : self.columns] % 2 == 1
        return inside

    def near(self, x: float, y: float, reach: float) -> Mask:
        """Return the cells whose centres are within `reach` of a position, all in world units."""
        xs, ys = self.centres()
        near: Mask = np.hypot(xs[None, :] - x, ys[:, None] - y) <= reach
        return near

    def near_on_earth(self, lon: float, lat: float, km: float) -> Mask:
        """Return the cells whose centres are within `km` of a position (degrees), on a sphere: the haversine."""
        xs, ys = self.centres()
        lons, lats = (np.radians(side) for side in degrees(xs, ys))
        across = np.sin((lons - np.radians(lon)) / 2)[None, :] ** 2 * (np.cos(lats) * np.cos(np.radians(lat)))[:, None]
        half = np.sqrt(across + np.sin((lats - np.radians(lat)) / 2)[:, None] ** 2)
        near: Mask = 2 * _EARTH_KM * np.arcsin(np.minimum(1, half)) <= km
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


def share_within(mask: Mask, width_px: float, height_px: float) -> NDArray[np.float64]:
    """Return for each cell which share of a label of this size, centred there, would lie in the mask.

    What lies outside of the view counts as outside of the mask.
    """
    half_w, half_h = round(width_px / CELL_PX / 2), round(height_px / CELL_PX / 2)
    padded = np.pad(mask.astype(np.int64), ((half_h + 1, half_h), (half_w + 1, half_w)))
    summed = padded.cumsum(axis=0).cumsum(axis=1)
    high, wide = 2 * half_h + 1, 2 * half_w + 1
    total = summed[high:, wide:] - summed[:-high, wide:] - summed[high:, :-wide] + summed[:-high, :-wide]
    share: NDArray[np.float64] = total / (high * wide)
    return share
