"""The basemap of one page: few tiers, each drawn for a zoom and a window, chosen from what the story's steps frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.basemap.budget import within_budget
from storymap.basemap.detail import BorderFile, Detail
from storymap.basemap.draw import Reader, drawn, gathered
from storymap.basemap.grid import (
    FINEST_ZOOM,
    LAST_LATITUDE,
    MAX_LATITUDE,
    WORLD_UNITS,
    Bounds,
    Box,
    Grid,
    mercator,
    path_d,
)
from storymap.basemap.pack import CREDIT, Layer, read_window

# The zooms that Natural Earth is drawn for. A rung is right to half a pixel at its own zoom and serves views up to
# SLACK above it, where it is right to less than one pixel. At 9.6 the data themselves end.
RUNGS = (1, 2, 3, 4, 5, 6, 7, 8, 9)
SLACK = 0.601  # a hair more than what 9.6 is over 9: sums of logarithms fall on either side of it
DETAIL_FROM = 8.3  # Natural Earth may lie a kilometre off a story's own outlines: from here on that is seen
DETAIL_ZOOM = 13  # what a detail file is drawn for; at 14, its end, right to a pixel
MAX_ZOOM_WITHOUT_DETAIL = 10.0
MAX_ZOOM_WITH_DETAIL = 14.0

_MAP_PX = (880, 800)
_MAP_ENDS = float(mercator(0.0, -MAX_LATITUDE)[1])  # as far south of the equator as readers come, in units
_GRID_ENDS = float(mercator(0.0, -LAST_LATITUDE)[1])
_DEAR_ZOOM = 4 + SLACK
_ROUND = 2.0  # a window round the world holds this much on either side of the middle, in worlds


@dataclass(frozen=True, slots=True)
class Tier:
    """Geometry for one zoom in one window: SVG paths in units of `scale` (a power of 2) on the basemap's grid.

    The window is in grid units from 0°, 0°. A tier that `wraps` holds the world once, with nothing cut: it is drawn
    again wherever a view goes on beyond it, side by side, itself on top of its copies.
    """

    name: str
    zoom: int
    window: Box
    scale: int
    land: str
    lakes: str
    borders: str
    detail: bool
    wraps: bool

    @property
    def paths(self) -> tuple[str, ...]:
        """All that it draws."""
        return (self.land, self.lakes, self.borders)

    @property
    def world(self) -> int:
        """How far a copy of a tier that wraps stands to the left and the right, in its own units."""
        return WORLD_UNITS // self.scale


@dataclass(frozen=True, slots=True)
class _Plan:
    """A tier that is wanted."""

    name: str
    zoom: int
    window: Box
    read: Reader


@dataclass(frozen=True, slots=True)
class _Pen:
    """What all tiers of a page are drawn with; `own` are the story's own borders on the grid."""

    grid: Grid
    borders: bool | BorderFile
    own: Sequence[BaseGeometry]


@dataclass(frozen=True, slots=True)
class Basemap:
    """All tiers of a page, coarse to fine, on one grid; (credit, licence) of each source; how far one may zoom in.

    `notes` say, for the author, what gave way to keep the page small.
    """

    grid: Grid
    tiers: tuple[Tier, ...]
    credits: tuple[tuple[str, str], ...]
    max_zoom: float
    notes: tuple[str, ...] = ()

    def tier_for(self, box: Box, zoom: float) -> Tier:
        """Return the one tier to draw for a view: `box` in grid units from 0°, 0°, `zoom` as web maps count it.

        The client repeats this rule. Of the tiers whose window contains the view, take the first (the coarsest)
        that serves its zoom, `zoom <= tier.zoom + SLACK`, else the last of them; closer than `DETAIL_FROM`, detail
        if there is some. If no window contains the view, take the first tier of all.
        """
        around = [tier for tier in self.tiers if tier.window.contains(box)] or [self.tiers[0]]
        if around[-1].detail and zoom > DETAIL_FROM:
            return around[-1]
        return next((tier for tier in around if zoom <= tier.zoom + SLACK), around[-1])

    @property
    def window(self) -> Box:
        """What readers may move about in, in grid units from 0°, 0°: the first tier's window up to ±85°.

        It ends a little within that window, because Leaflet lets a view stand some pixels out of its bounds.
        """
        box, wraps = self.tiers[0].window, self.tiers[0].wraps
        x, y = box.middle
        half_w, half_h = (WORLD_UNITS if wraps else 0.495 * box.width), 0.495 * box.height
        return Box(x - half_w, max(-_MAP_ENDS, y - half_h), x + half_w, min(_MAP_ENDS, y + half_h))


def compose(
    views: Sequence[tuple[Box, float]],
    *,
    borders: bool | BorderFile,
    detail: Detail | None,
    meridian: float = 0.0,
    own_borders: Sequence[Sequence[tuple[float, float]]] = (),
    beside: Sequence[tuple[Box, float]] = (),
) -> Basemap:
    """Return the basemap for a story's views: what each step frames, and its zoom on a map of 880 × 800 px.

    Each view is served by the rung of Natural Earth at its zoom, and by the author's detail where a window of it
    meets a view. Windows reach most of a view beyond the view on every side; the first tier holds all of them, so that
    a reader who zooms out finds no gap. No views means a map of the world.

    Args:
        views: boxes in grid units from 0°, 0°, unwrapped round the meridian, and web-map zooms.
        borders: whether to draw them, or those to draw in place of all others.
        detail: the author's own coast.
        meridian: the middle of the story's maps, degrees.
        own_borders: runs of (lon, lat) that the story draws itself: the basemap's borders follow them.
        beside: views that readers may ask for besides; they get windows only where the first tier does not hold them,
            and narrow ones where no tier that does is nearly fine enough.
    """
    views = list(views) or [(_world(meridian), 1.0)]
    grid = _grid([box for box, _ in views], meridian)
    windows: dict[int, list[Box]] = {}
    for box, zoom in views:
        windows.setdefault(_rung(zoom), []).append(_reach(box, zoom))
    _add_whole(windows)
    for box, zoom in beside:
        broad = Box(box.left - 0.6 * box.width, box.top, box.right + 0.6 * box.width, box.bottom)  # on a map of 5 : 2
        if not any(window.contains(broad) for window in _merged(windows[min(windows)])):
            windows.setdefault(_rung(zoom), []).append(_reach(box, zoom))
            _add_whole(windows)
            continue
        finest = max(rung for rung, some in windows.items() if any(one.contains(box) for one in _merged(some)))
        if finest < _rung(zoom) - 2:
            windows.setdefault(_rung(zoom) - 1, []).append(broad)
    plans = []
    for rung in sorted(windows):
        for number, window in enumerate(_merged(windows[rung]), 1):
            name = f"z{rung}" if number == 1 else f"z{rung}-{number}"
            plans.append(_Plan(name, rung, window, read_window))
    covered = _rejoined([_box_on(grid, bounds) for bounds in detail.windows]) if detail else []
    used = [window for window in covered if any(window.meets(box) for box, _ in views)]
    if detail:
        plans += [_Plan(f"detail-{n}", DETAIL_ZOOM, window, detail.read_window) for n, window in enumerate(used, 1)]
    own = grid.runs(own_borders)
    pen = _Pen(grid, borders, [shapely.LineString(run) for run in own])
    tiers, notes = within_budget(
        [_tier(plan, pen) for plan in plans], lambda number, tolerance: _tier(plans[number], pen, tolerance)
    )
    credits = [CREDIT]
    detailed = any(tier.detail for tier in tiers)
    if detail and detailed:
        credits.append((detail.credit, detail.license))
    if isinstance(borders, BorderFile):
        credits.append((borders.credit, borders.license))
    max_zoom = MAX_ZOOM_WITH_DETAIL if detailed else MAX_ZOOM_WITHOUT_DETAIL
    return Basemap(grid, tuple(tiers), tuple(credits), max_zoom, tuple(notes))


def _rung(zoom: float) -> int:
    """Return the rung that serves a zoom."""
    return next((rung for rung in RUNGS if zoom <= rung + SLACK), RUNGS[-1])


def _world(meridian: float) -> Box:
    middle = meridian * WORLD_UNITS / 360
    return Box(middle - WORLD_UNITS / 2, -_MAP_ENDS, middle + WORLD_UNITS / 2, _MAP_ENDS)


def _box_on(grid: Grid, bounds: Bounds) -> Box:
    """Return a rectangle of degrees in grid units from 0°, 0°, where it is nearest to the grid's meridian."""
    box = grid.box_of([[(bounds.west, bounds.north), (bounds.east, bounds.south)]])
    assert box is not None  # noqa: S101  (it has corners)
    return box.moved(grid.origin_x, grid.origin_y)


def _rejoined(windows: Iterable[Box]) -> list[Box]:
    """Return the windows with those joined that share a whole side, as the halves of one across ±180° do."""
    found: list[Box] = []
    for window in sorted(windows, key=lambda box: box.left):
        beside = [w for w in found if (w.right, w.top, w.bottom) == (window.left, window.top, window.bottom)]
        for west in beside[:1]:
            found.remove(west)
            window = west.joined(window)
        found.append(window)
    return found


def _grid(boxes: Iterable[Box], meridian: float) -> Grid:
    """Return a grid whose origin is in the middle of all boxes, on a whole unit of every tier."""
    coarsest = 2 ** (FINEST_ZOOM - RUNGS[0])
    x, y = (int(np.rint(side / coarsest)) * coarsest for side in reduce(Box.joined, boxes).middle)
    return Grid(x, y, meridian)


def _reach(box: Box, zoom: float) -> Box:
    """Return the window that a view needs: the map that frames it, and four fifths of it more on every side.

    A map of 2 : 1 that frames the same box still has a sixth of its width more on either side. Of a continent half a
    map more must do: there every map is dear, and beyond it the first tier is hardly coarser.
    """
    reach = 1.3 if zoom > _DEAR_ZOOM else 1.0
    x, y = box.middle
    units_per_px = 2.0 ** (FINEST_ZOOM + 1 - zoom)
    half_w, half_h = (
        reach * max(side, px * units_per_px) for side, px in zip((box.width, box.height), _MAP_PX, strict=True)
    )
    top, bottom = max(-_GRID_ENDS, y - half_h), min(_GRID_ENDS, y + half_h)
    return Box(x - half_w, top, x + half_w, bottom)


def _add_whole(windows: dict[int, list[Box]]) -> None:
    """Add a window around all others on a rung that shows it on one map, unless the coarsest rung has one already."""
    every = [window for some in windows.values() for window in some]
    whole = reduce(Box.joined, every)
    coarsest = min(windows)
    if any(window.contains(whole) for window in _merged(windows[coarsest])):
        return
    width = min(whole.width, WORLD_UNITS)
    height = min(whole.bottom, _MAP_ENDS) - max(whole.top, -_MAP_ENDS)
    units_per_px = max(width / _MAP_PX[0], height / _MAP_PX[1])
    fitting = FINEST_ZOOM + 1 - math.ceil(math.log2(units_per_px))
    windows.setdefault(max(RUNGS[0], min(fitting, coarsest)), []).append(whole)


def _merged(windows: Iterable[Box]) -> list[Box]:
    """Return the windows with those that meet joined into one, west to east."""
    apart: list[Box] = []
    for window in windows:
        whole = window
        while touching := [other for other in apart if other.meets(whole)]:
            for other in touching:
                apart.remove(other)
                whole = whole.joined(other)
        apart.append(whole)
    return sorted(apart, key=lambda window: (window.left, window.top))


def _tier(plan: _Plan, pen: _Pen, tolerance: float = 1.0) -> Tier:
    scale, window = 2 ** (FINEST_ZOOM - plan.zoom), plan.window
    wraps = window.width >= WORLD_UNITS
    if wraps:
        middle = pen.grid.meridian * WORLD_UNITS / 360
        window = Box(middle - _ROUND * WORLD_UNITS, window.top, middle + _ROUND * WORLD_UNITS, window.bottom)

    def path(layer: Layer, read: Reader) -> str:
        shapes = gathered(layer, read, window, wraps=wraps)
        own = pen.own if layer == "borders" else []
        return path_d(drawn(layer, shapes, pen.grid, scale, tolerance, own), closed=layer != "borders")

    lines = pen.borders.read_window if isinstance(pen.borders, BorderFile) else plan.read
    borders = path("borders", lines) if pen.borders else ""
    land, lakes = path("land", plan.read), path("lakes", plan.read)
    return Tier(plan.name, plan.zoom, window, scale, land, lakes, borders, plan.zoom == DETAIL_ZOOM, wraps)
