"""The geometry of a page: each place and each measured line once, no finer than any of its maps can show.

Static maps and the client refer to a shape by its id; a line measured along a place is that place's shape.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians

import numpy as np
import shapely
from numpy.typing import NDArray

from storymap.basemap.grid import Grid, path_d
from storymap.page.map.courses import course
from storymap.page.map.viewport import units_per_px
from storymap.places import Edges
from storymap.scene import LonLat

Rows = NDArray[np.float64]

_MOST_BYTES = 80_000  # of one shape, as it travels: what weighs more is drawn more coarsely than its maps could show it
_MANY_CORNERS = 10_000  # from which the author hears what became of them
_TOLERANCE_PX = 0.4
_EARTH_M = 2 * pi * 6378137.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A geometry in the page: its id and its path on the grid."""

    id: str
    d: str


@dataclass(slots=True)
class _Outline:
    id: str
    lines: Sequence[Sequence[LonLat]] | Sequence[Rows]
    edges: Edges | None  # None: the lines are on the grid already
    closed: bool
    closest: float


class Shapes:
    """Collects the geometry of a story; equal geometry gets one id."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._outlines: dict[tuple[str, bool], _Outline] = {}
        self.notes: list[str] = []  # for the author, once all is written

    def add(
        self,
        name: str,
        lines: Sequence[Sequence[LonLat]],
        *,
        closed: bool,
        closest: float,
        edges: Edges = "planar",
    ) -> str:
        """Return the id of the shape of some lines or rings: `name`, or that of an equal one before.

        Args:
            name: an id that no other geometry has.
            lines: runs of (lon, lat), rings with their first corner again at their end.
            closed: whether they are rings.
            closest: the greatest zoom of a map that draws it.
            edges: what runs between two positions.
        """
        d = _written(self._grid.runs(lines), closed=closed)
        # What is too small to be seen is nothing, and nothing is equal to nothing.
        outline = self._outlines.setdefault((d or name, closed), _Outline(name, lines, edges, closed, closest))
        outline.closest = max(outline.closest, closest)
        return outline.id

    def add_rings(self, name: str, rings: Sequence[Rows], *, closest: float) -> str:
        """Return the id of the shape of some rings that are on the grid already, or that of equal ones before."""
        d = _written(rings, closed=True)
        return self._outlines.setdefault((d, True), _Outline(name, rings, None, True, closest)).id

    def written(self) -> tuple[Shape, ...]:
        """Return all shapes in the order they came, to half a pixel of the closest map that draws them."""
        return tuple(Shape(one.id, self._path(one)) for one in self._outlines.values())

    def _path(self, outline: _Outline) -> str:
        rows = self._rows(outline)
        zoom = outline.closest
        d = _drawn(rows, zoom, closed=outline.closed)
        while len(d) > _MOST_BYTES and len(gzip.compress(d.encode(), 9, mtime=0)) > _MOST_BYTES:
            zoom -= 0.5
            d = _drawn(rows, zoom, closed=outline.closed)
        if (given := sum(map(len, outline.lines))) >= _MANY_CORNERS and outline.edges:
            self.notes.append(_told(outline, given, d, zoom))
        return d

    def _rows(self, outline: _Outline) -> Sequence[Rows]:
        if outline.edges is None:
            return [np.asarray(line, np.float64) for line in outline.lines]
        lines = ([(float(x), float(y)) for x, y in line] for line in outline.lines)
        return self._grid.runs([course(line, outline.edges, outline.closest) for line in lines])


def _drawn(lines: Sequence[Rows], zoom: float, *, closed: bool) -> str:
    """Return a path that no map of a zoom can tell from these lines."""
    simple, grain = [_simpler(line, zoom) for line in lines], _grain(zoom)
    rough = _written([np.rint(line / grain) * grain for line in simple], closed=closed)
    return rough or _written(simple, closed=closed)  # what is smaller than a grain is still a spot


def _told(outline: _Outline, given: int, d: str, zoom: float) -> str:
    """Return what an author hears of a long line: how many of its corners are drawn, and how far the others lie off."""
    latitude = radians(float(outline.lines[0][0][1]))
    off_m = _TOLERANCE_PX * _EARTH_M * cos(latitude) / 2 ** (zoom + 8)
    drawn = len(re.findall(r"-?\d+", d)) // 2
    return (
        f"'{outline.id.split('_', 1)[1]}' is drawn with {drawn:,} of its {given:,} corners, none of the others more"
        f" than {off_m:,.0f} m from its line; it is measured with all of them"
    )


def _written(lines: Sequence[Rows], *, closed: bool) -> str:
    return path_d([np.rint(line).astype(np.int64) for line in lines], closed=closed)


def _grain(zoom: float) -> int:
    """Return the greatest 1, 2 or 5 with zeros that is at most an eighth of a pixel: what ends in zeros packs well."""
    most = units_per_px(zoom) / 8
    return max((k * 10**zeros for zeros in range(7) for k in (1, 2, 5) if k * 10**zeros <= most), default=1)


def _simpler(line: Rows, zoom: float) -> Rows:
    """Return a line without the corners that lie within 0.4 pixels of it; a ring stays a ring."""
    if len(line) < 3 or (line == line[0]).all():
        return line
    simple = shapely.simplify(shapely.LineString(line), _TOLERANCE_PX * units_per_px(zoom), preserve_topology=True)
    return shapely.get_coordinates(simple)
