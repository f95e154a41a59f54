"""The basemap of one page: few tiers, each drawn for a zoom and a window, chosen from what the story's steps frame."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from storymap.basemap.detail import Detail
from storymap.basemap.draw import drawn
from storymap.basemap.grid import FINEST_ZOOM, MAX_LATITUDE, Bounds, Grid, degrees, mercator, path_d
from storymap.basemap.pack import CREDIT, Geometries, Layer, read_window

# The zooms that Natural Earth is drawn for. A rung is right to half a pixel at its own zoom and serves views up to
# SLACK above it, where it is right to less than one pixel. At 9.6 the data themselves end.
RUNGS = (1, 2, 3, 4, 5, 6, 7, 8, 9)
SLACK = 0.6
DETAIL_ZOOM = 13  # what a detail file is drawn for; at 14, its end, right to a pixel
MAX_ZOOM_WITHOUT_DETAIL = 10.0
MAX_ZOOM_WITH_DETAIL = 14.0

_MAP_PX = (880, 800)

Reader = Callable[[Layer, Bounds], Geometries]


@dataclass(frozen=True, slots=True)
class Tier:
    """Geometry for one zoom in one window: SVG paths in units of `scale` (a power of 2) on the basemap's grid."""

    name: str
    zoom: int
    bounds: Bounds
    scale: int
    land: str
    lakes: str
    borders: str
    detail: bool


@dataclass(frozen=True, slots=True)
class Basemap:
    """All tiers of a page, coarse to fine, on one grid; (credit, licence) of each source; how far one may zoom in."""

    grid: Grid
    tiers: tuple[Tier, ...]
    credits: tuple[tuple[str, str], ...]
    max_zoom: float

    def tier_for(self, bounds: Bounds, zoom: float) -> Tier:
        """Return the one tier to draw for a view: `bounds` in degrees, `zoom` as web maps count it.

        The client repeats this rule. Of the tiers whose window contains the view, take the first (the coarsest)
        that serves its zoom, `zoom <= tier.zoom + SLACK`, else the last of them. If no window contains the view,
        take the first tier of all.
        """
        around = [tier for tier in self.tiers if tier.bounds.contains(bounds)] or [self.tiers[0]]
        return next((tier for tier in around if zoom <= tier.zoom + SLACK), around[-1])


def compose(views: Sequence[tuple[Bounds, float]], *, borders: bool, detail: Detail | None) -> Basemap:
    """Return the basemap for a story's views: what each step frames, and its zoom on a map of 880 × 800 px.

    Each view is served by the rung of Natural Earth at its zoom, and by the author's detail where a window of it
    meets a view. Windows reach one full view beyond the view on every side; the first tier holds all of them, so that
    a reader who zooms out finds no gap. No views means a map of the world.
    """
    views = list(views) or [(Bounds(-180.0, -MAX_LATITUDE, 180.0, MAX_LATITUDE), 1.0)]
    grid = _grid(bounds for bounds, _ in views)
    windows: dict[int, list[Bounds]] = {}
    for bounds, zoom in views:
        rung = next((rung for rung in RUNGS if zoom <= rung + SLACK), RUNGS[-1])
        windows.setdefault(rung, []).append(_reach(bounds, zoom))
    _add_whole(windows)
    tiers = []
    for rung in sorted(windows):
        for number, window in enumerate(_merged(windows[rung]), 1):
            name = f"z{rung}" if number == 1 else f"z{rung}-{number}"
            tiers.append(_tier(name, rung, window, read_window, grid, borders=borders, detail=False))
    used = [w for w in detail.windows if any(w.meets(bounds) for bounds, _ in views)] if detail else []
    if not detail or not used:
        return Basemap(grid, tuple(tiers), (CREDIT,), MAX_ZOOM_WITHOUT_DETAIL)
    for number, window in enumerate(used, 1):
        name = f"detail-{number}"
        tiers.append(_tier(name, DETAIL_ZOOM, window, detail.read_window, grid, borders=borders, detail=True))
    return Basemap(grid, tuple(tiers), (CREDIT, (detail.credit, detail.license)), MAX_ZOOM_WITH_DETAIL)


def _grid(bounds: Iterable[Bounds]) -> Grid:
    """Return a grid whose origin is in the middle of all bounds, on a whole unit of every tier."""
    boxes = np.array([b.box for b in bounds])
    (west, south), (east, north) = boxes[:, :2].min(0), boxes[:, 2:].max(0)
    x, y = mercator([west, east], [south, north])
    coarsest = 2 ** (FINEST_ZOOM - RUNGS[0])
    return Grid(*(int(np.rint(side.mean() / coarsest)) * coarsest for side in (x, y)))


def _reach(bounds: Bounds, zoom: float) -> Bounds:
    """Return the window that a view needs: the map that frames it, and a whole map more on every side.

    A map of 2 : 1 that frames the same bounds still has a third of its width more on either side.
    """
    x, y = mercator([bounds.west, bounds.east], [bounds.south, bounds.north])
    units_per_px = 2.0 ** (FINEST_ZOOM + 1 - zoom)
    width, height = (max(float(np.ptp(side)), px * units_per_px) for side, px in zip((x, y), _MAP_PX, strict=True))
    lon, lat = degrees(x.mean() + np.array([-1.5, 1.5]) * width, y.mean() + np.array([1.5, -1.5]) * height)
    lon, lat = np.clip(lon, -180.0, 180.0), np.clip(lat, -MAX_LATITUDE, MAX_LATITUDE)
    return Bounds(float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1]))


def _add_whole(windows: dict[int, list[Bounds]]) -> None:
    """Add a window around all others on a rung that shows it on one map, unless the coarsest rung has one already."""
    every = [window for some in windows.values() for window in some]
    whole = reduce(Bounds.joined, every)
    coarsest = min(windows)
    if any(window.contains(whole) for window in _merged(windows[coarsest])):
        return
    x, y = mercator([whole.west, whole.east], [whole.south, whole.north])
    units_per_px = max(float(np.ptp(side)) / px for side, px in zip((x, y), _MAP_PX, strict=True))
    fitting = FINEST_ZOOM + 1 - math.ceil(math.log2(units_per_px))
    windows.setdefault(max(RUNGS[0], min(fitting, coarsest)), []).append(whole)


def _merged(windows: Iterable[Bounds]) -> list[Bounds]:
    """Return the windows with those that meet joined into one, west to east."""
    apart: list[Bounds] = []
    for window in windows:
        whole = window
        while touching := [other for other in apart if other.meets(whole)]:
            for other in touching:
                apart.remove(other)
                whole = whole.joined(other)
        apart.append(whole)
    return sorted(apart, key=lambda window: window.box)


def _tier(name: str, zoom: int, window: Bounds, read: Reader, grid: Grid, *, borders: bool, detail: bool) -> Tier:
    scale = 2 ** (FINEST_ZOOM - zoom)
    shown: tuple[Layer, ...] = ("land", "lakes", "borders") if borders else ("land", "lakes")
    lines = {layer: drawn(layer, read(layer, window), window, grid, scale) for layer in shown}
    paths = {layer: path_d(lines.get(layer, []), closed=layer != "borders") for layer in ("land", "lakes", "borders")}
    return Tier(name, zoom, window, scale, paths["land"], paths["lakes"], paths["borders"], detail)
