"""The one grid that all geometry of a page stands on: web-mercator positions as whole numbers, written as SVG paths.

One unit is half a pixel of zoom 14: 2**23 units go round the world, x grows east, y grows south (down, as on a
screen). A page's grid starts at an origin near the story, so that its numbers are short. Its x runs on across the
180th meridian: each position stands where it is nearest to the story's central meridian.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storymap.meridian import unwrapped

WORLD_UNITS = 2**23
MAX_LATITUDE = 85.0  # readers' maps end here
LAST_LATITUDE = 89.999  # web mercator runs to infinity at the poles; the grid ends here
FINEST_ZOOM = 14

Rows = NDArray[np.float64]  # (x, y) each


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle in degrees, west < east, south < north, not across the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not (-180 <= self.west <= self.east <= 180 and -90 <= self.south <= self.north <= 90):
            raise ValueError(f"not a rectangle of longitudes and latitudes in order: {self.box}")

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(west, south, east, north), as GeoJSON and shapely have it."""
        return (self.west, self.south, self.east, self.north)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in grid units, left ≤ right, top ≤ bottom (y grows south); x may run on across the 180th meridian."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre (x, y)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def moved(self, dx: float, dy: float) -> Box:
        """The same rectangle elsewhere."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def contains(self, other: Box) -> bool:
        """Return whether `other` lies in here, edges included."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: Box) -> bool:
        """Return whether the two have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def joined(self, other: Box) -> Box:
        """Return the smallest rectangle around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def mercator(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (x, y) in units from the point 0°, 0°; latitudes (degrees) beyond ±89.999 are moved there.

    Spherical mercator as all web maps draw it (EPSG:3857).
    """
    phi = np.radians(np.clip(np.asarray(lat, np.float64), -LAST_LATITUDE, LAST_LATITUDE))
    x = np.asarray(lon, np.float64) * (WORLD_UNITS / 360.0)
    return x, -np.arcsinh(np.tan(phi)) * (WORLD_UNITS / (2.0 * np.pi))


def degrees(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (lon, lat) in degrees of units counted from 0°, 0°: the inverse of `mercator`."""
    lat = np.degrees(np.arctan(np.sinh(np.asarray(y, np.float64) * (-2.0 * np.pi / WORLD_UNITS))))
    return np.asarray(x, np.float64) * (360.0 / WORLD_UNITS), lat


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of one page: `origin_x` and `origin_y` are the units (from 0°, 0°) at which its numbers are 0.

    `meridian` (degrees) is in the middle of the map, its seam half a turn away.
    """

    origin_x: int = 0
    origin_y: int = 0
    meridian: float = 0.0

    def project(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (x, y) in units from the origin, not rounded, of points: each at its place nearest to the meridian.

        Takes numbers or arrays of degrees. For the corners of a line there is `project_run`.
        """
        degrees_east = np.asarray(lon, np.float64)
        x, y = mercator(degrees_east - 360 * np.rint((degrees_east - self.meridian) / 360), lat)
        return x - self.origin_x, y - self.origin_y

    def project_run(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (x, y) in units from the origin, not rounded, of one run of positions that edges join.

        Each edge goes the short way round the world; the run as a whole stands where its middle is nearest to the
        meridian, and may reach beyond the seam.
        """
        degrees_east = unwrapped(lon)
        if len(degrees_east):
            middle = (degrees_east.min() + degrees_east.max()) / 2
            degrees_east = degrees_east - 360 * np.rint((middle - self.meridian) / 360)
        x, y = mercator(degrees_east, lat)
        return x - self.origin_x, y - self.origin_y

    def runs(self, lines: Iterable[ArrayLike]) -> list[Rows]:
        """Return lines or rings of (lon, lat) rows as (x, y) rows; what crosses the seam stands at both sides."""
        found: list[Rows] = []
        seams = self.meridian * (WORLD_UNITS / 360.0) - self.origin_x + np.array([-0.5, 0.5]) * WORLD_UNITS
        for line in lines:
            lonlat = np.asarray(line, np.float64).reshape(-1, 2)
            rows = np.column_stack(self.project_run(lonlat[:, 0], lonlat[:, 1]))
            if len(rows) and (lonlat[0] == lonlat[-1]).all() and abs(rows[-1, 0] - rows[0, 0]) > 1:
                rows = self._round_its_pole(rows)
            found.append(rows)
            if len(rows):
                if rows[:, 0].max() > seams[1]:
                    found.append(rows - np.array([WORLD_UNITS, 0]))
                if rows[:, 0].min() < seams[0]:
                    found.append(rows + np.array([WORLD_UNITS, 0]))
        return found

    def _round_its_pole(self, rows: Rows) -> Rows:
        """Return a ring that goes round a pole, closed by way of that pole: along the end of the grid."""
        equator = -self.origin_y
        end = float(mercator(0.0, LAST_LATITUDE if rows[:, 1].mean() < equator else -LAST_LATITUDE)[1]) + equator
        return np.concatenate([rows, [(rows[-1, 0], end), (rows[0, 0], end)], rows[:1]])

    def box_of(self, lines: Iterable[ArrayLike]) -> Box | None:
        """Return the smallest box round lines or points, each a run of (lon, lat) rows; None where there are none."""
        runs = [np.asarray(line, np.float64).reshape(-1, 2) for line in lines]
        rows = [np.column_stack(self.project_run(run[:, 0], run[:, 1])) for run in runs if len(run)]
        if not rows:
            return None
        (left, top), (right, bottom) = (getattr(np.concatenate(rows), side)(axis=0).tolist() for side in ("min", "max"))
        return Box(left, top, right, bottom)

    def unproject(self, x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (lon, lat) in degrees of a position on this grid, lon within ±180; takes numbers or arrays."""
        lon, lat = degrees(np.asarray(x, np.float64) + self.origin_x, np.asarray(y, np.float64) + self.origin_y)
        return lon - 360 * np.rint(lon / 360), lat


def path_d(lines: Sequence[NDArray[np.int64]], *, closed: bool) -> str:
    """Return lines or rings of whole (x, y) rows as one SVG path: `M12 34l5-6 7 8z`.

    Each line is an absolute `M`, then relative steps after one `l`; `z` closes rings. Steps of (0, 0) are left
    out, and so are lines of less than two different points and rings of less than three.
    """
    return "".join(_subpath(line, closed=closed) for line in lines)


def _subpath(points: NDArray[np.int64], *, closed: bool) -> str:
    moved = np.any(points[1:] != points[:-1], axis=1)
    points = points[np.concatenate(([True], moved))] if len(points) else points
    if closed and len(points) > 1 and (points[0] == points[-1]).all():
        points = points[:-1]
    if len(points) < (3 if closed else 2):
        return ""
    first_x, first_y = points[0].tolist()
    steps = np.diff(points, axis=0).reshape(-1).tolist()
    # A minus sign parts two numbers as well as a space does.
    written = "".join(f"{n}" if n < 0 else f" {n}" for n in steps).lstrip()
    y = f"{first_y}" if first_y < 0 else f" {first_y}"
    return f"M{first_x}{y}l{written}{'z' if closed else ''}"
