"""Where the words of a line or an area stand: half-way along it, deep inside it, on the part of it that is in view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.ops import polylabel

from storymap.basemap.grid import Box

SHARES = (0.5, 0.25, 0.75)  # of the part in view: at its middle, where there is room
Spot = tuple[float, float]
Path = Sequence[Spot]


def halfway(paths: Sequence[Path]) -> Spot:
    """Return the point half-way along the longest of some paths."""
    return along(paths, 0.5)


def inside(rings: Sequence[Path]) -> Spot:
    """Return the point of the largest of some rings that is farthest from any edge."""
    areas = [Polygon(ring) for ring in rings if len(ring) > 3]
    if not areas:
        return halfway(rings)
    whole = max(areas, key=lambda area: float(area.area))
    size = max(whole.bounds[2] - whole.bounds[0], whole.bounds[3] - whole.bounds[1])
    coarse = shapely.make_valid(shapely.simplify(whole, size / 1000))
    holes = shapely.union_all([shapely.make_valid(area) for area in areas if area is not whole])
    rooms = [part for part in shapely.get_parts(shapely.difference(coarse, holes)).tolist() if part.area > 0]
    if not rooms:
        return halfway(rings)
    spot = polylabel(max(rooms, key=lambda part: float(part.area)), size / 200)
    return float(spot.x), float(spot.y)


def in_view(spot: Spot, paths: Sequence[Path], view: Box, *, more: bool = False) -> tuple[Spot, ...]:
    """Return where a line may be named, best first: at `spot` where that is in view, else along what is seen of it.

    `spot` alone where nothing of it is seen. `more` asks for those along the line after a `spot` that is in view, too.
    The rule of `client/inview.js`.
    """
    there = view.left <= spot[0] <= view.right and view.top <= spot[1] <= view.bottom
    if there and not more:
        return (spot,)
    lines = [_line(tuple(path)) for path in paths if len(path) > 1]
    seen = [
        part.coords
        for part in shapely.get_parts(
            shapely.clip_by_rect(lines, view.left, view.top, view.right, view.bottom)
        ).tolist()
        if part.geom_type == "LineString" and part.length > 0
    ]
    found = tuple(along(seen, share) for share in SHARES) if seen else ()
    return (spot, *found) if there or not found else found


@lru_cache(maxsize=64)
def _line(path: tuple[Spot, ...]) -> shapely.LineString:
    return shapely.LineString(path)


def along(paths: Sequence[Path], share: float) -> Spot:
    """Return the point a share of the way along the longest of some paths."""
    line = max((np.array(path, np.float64) for path in paths), key=_length)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = along[-1] * share
    return float(np.interp(at, along, line[:, 0])), float(np.interp(at, along, line[:, 1]))


def _length(line: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())
