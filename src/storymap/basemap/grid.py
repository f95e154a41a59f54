"""The one grid that all geometry of a page stands on: web-mercator positions as whole numbers, written as SVG paths.

One unit is half a pixel of zoom 14: 2**23 units go round the world, x grows east, y grows south (down, as on a
screen). A page's grid starts at an origin near the story, so that its numbers are short.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

WORLD_UNITS = 2**23
MAX_LATITUDE = 85.0  # web mercator runs to infinity at the poles; maps end here
FINEST_ZOOM = 14


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

    def contains(self, other: Bounds) -> bool:
        """Return whether `other` lies in here, edges included."""
        return (
            self.west <= other.west
            and self.south <= other.south
            and other.east <= self.east
            and other.north <= self.north
        )

    def meets(self, other: Bounds) -> bool:
        """Return whether the two have a point in common."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )

    def joined(self, other: Bounds) -> Bounds:
        """Return the smallest rectangle around both."""
        return Bounds(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )


def mercator(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (x, y) in units from the point 0°, 0°; latitudes (degrees) beyond ±85 are moved to ±85.

    Spherical mercator as all web maps draw it (EPSG:3857).
    """
    phi = np.radians(np.clip(np.asarray(lat, np.float64), -MAX_LATITUDE, MAX_LATITUDE))
    x = np.asarray(lon, np.float64) * (WORLD_UNITS / 360.0)
    return x, -np.arcsinh(np.tan(phi)) * (WORLD_UNITS / (2.0 * np.pi))


def degrees(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (lon, lat) in degrees of units counted from 0°, 0°: the inverse of `mercator`."""
    lat = np.degrees(np.arctan(np.sinh(np.asarray(y, np.float64) * (-2.0 * np.pi / WORLD_UNITS))))
    return np.asarray(x, np.float64) * (360.0 / WORLD_UNITS), lat


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of one page: `origin_x` and `origin_y` are the units (from 0°, 0°) at which its numbers are 0."""

    origin_x: int = 0
    origin_y: int = 0

    def project(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (x, y) in units from the origin, not rounded; takes numbers or arrays of degrees."""
        x, y = mercator(lon, lat)
        return x - self.origin_x, y - self.origin_y

    def unproject(self, x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (lon, lat) in degrees of a position on this grid; takes numbers or arrays."""
        return degrees(np.asarray(x, np.float64) + self.origin_x, np.asarray(y, np.float64) + self.origin_y)

    def path_d(self, lines: Iterable[ArrayLike], *, scale: int, closed: bool) -> str:
        """Return lines or rings of (lon, lat) rows as one SVG path in units of `scale` grid units, a power of 2."""
        rounded = []
        for line in lines:
            lonlat = np.asarray(line, np.float64).reshape(-1, 2)
            x, y = self.project(lonlat[:, 0], lonlat[:, 1])
            rounded.append(np.rint(np.column_stack((x, y)) / scale).astype(np.int64))
        return path_d(rounded, closed=closed)


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
