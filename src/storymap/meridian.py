"""Longitudes across the 180th meridian: runs go the short way, split shapes are joined, a story gets one seam.

A flat map of the earth is cut open along one meridian, its seam. It lies at ±180° unless a story needs the land there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from storymap.scene import Finding, Scene

Run = NDArray[np.float64]  # rows of (lon, lat)

_MAP_PX = (880, 800)  # the map that views are made for
_WORLD_PX, _CLOSEST = 256, 9.6  # the world at zoom 0; the zoom that every map may come to
_ROOM = (0.74, 0.72)  # the shares of a map's sides that what it frames takes
_REACH = 1.5  # how far the basemap goes beyond the middle of a view, in widths of it
_LEAST_GAP = 1e-3  # degrees; less is a common place of two steps, rounded


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of longitude in degrees, from `west` eastward to `east`, at most once round the world."""

    west: float
    east: float

    @property
    def all_round(self) -> bool:
        """Whether it goes once round the world."""
        return self.east - self.west >= 360

    def holds(self, longitude: float) -> bool:
        """Return whether a meridian (degrees, on any turn) runs through the inside of the stretch."""
        return 0 < (longitude - self.west) % 360 < self.east - self.west


def unwrapped(longitudes: ArrayLike) -> NDArray[np.float64]:
    """Return the longitudes (degrees) of one run so that each step goes the short way round the world.

    Steps of whole turns stay, as `earth` reads them: a run along a parallel or a pole may go once round.
    """
    lon = np.asarray(longitudes, np.float64)
    steps = np.diff(lon)
    turns = np.where(steps % 360 == 0, 0, np.rint(steps / 360))
    return lon - 360 * np.concatenate([[0.0], np.cumsum(turns)]) if turns.any() else lon


def runs_in(geometry: BaseGeometry) -> list[Run]:
    """Return every run of (lon, lat) that edges join in a geometry: lines, rings, and points each alone."""
    found: list[Run] = []
    for part in _parts(geometry):
        runs = shapely.get_rings(part) if part.geom_type == "Polygon" else [part]
        found += [shapely.get_coordinates(run) for run in runs]
    return found


def whole(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry whose parts end at ±180° and go on at the other side (RFC 7946, 3.1.9) as one piece.

    Its longitudes may then exceed 180. Geometries that are not cut there come back as they are.
    """
    parts = _parts(geometry)
    eastern = [part.bounds[0] == -180 and part.bounds[2] < 180 for part in parts]
    western = any(part.bounds[2] == 180 and part.bounds[0] > -180 for part in parts)
    if not (western and any(eastern)) or geometry.geom_type == "MultiPoint":
        return geometry
    turned = [translate(part, 360) if east else part for part, east in zip(parts, eastern, strict=True)]
    if geometry.geom_type == "MultiPolygon":
        return shapely.union_all(turned)
    return shapely.line_merge(shapely.union_all(turned))


def framed_runs(scene: Scene, findings: Iterable[Finding]) -> list[Run]:
    """Return what a step's map frames: its view's places, else what it shows and measures, else its context.

    Of a view with a centre: the line from its left to its right. Geodesic edges are not filled in.
    """
    view = scene.view
    if view.center is not None:
        lon, lat = view.center
        half = _MAP_PX[0] / 2 / (_WORLD_PX * 2 ** (9.0 if view.zoom is None else view.zoom)) * 360
        return [np.array([[lon - min(half, 180), lat], [lon + min(half, 180), lat]])]
    if view.fit:
        return [run for place in view.fit for run in runs_in(place.geometry)]
    subjects = [run for item in scene.shown if item.role == "subject" for run in runs_in(item.place.geometry)]
    lines = [line for finding in findings for line in finding.headline.measurement.lines if line]
    everything = subjects + [np.array(line, np.float64) for line in lines]
    return everything or [run for item in scene.shown for run in runs_in(item.place.geometry)]


def arc_of(runs: Iterable[Run]) -> Arc | None:
    """Return the shortest stretch of longitude that holds all runs, or None where there are none."""
    arcs = [_arc(lon.min(), lon.max()) for lon in (unwrapped(run[:, 0]) for run in runs) if len(lon)]
    if not arcs:
        return None
    start, size = _widest_gap(arcs)
    return _arc(start + size, start + 360)


def central_meridian(scenes: Sequence[Scene], findings: Mapping[str, Finding]) -> float:
    """Return the meridian (degrees) in the middle of a story's maps; `findings` go by claim id.

    It is 0 where the story's maps leave ±180° free. Else the seam opposite to it lies in the middle of the widest
    stretch that no map of the story reaches, or that no step frames, or where it cuts the fewest steps.
    """
    framed = [framed_runs(scene, [findings[claim.id] for claim in scene.claims]) for scene in scenes]
    # What goes all round can be cut open anywhere: its map is the world's, which is repeated at its sides.
    needed = [(arc, runs) for runs in framed if (arc := arc_of(runs)) and not arc.all_round]
    for arcs in ([_seen(arc, runs) for arc, runs in needed], [arc for arc, _ in needed]):
        if not any(arc.holds(180) for arc in arcs):
            return 0.0
        start, size = _widest_gap(arcs)
        if size > _LEAST_GAP:
            return _turned(start + size / 2 - 180)
    ends = sorted(_turned(end) for arc, _ in needed for end in (arc.west, arc.east))
    apart = [(one, other) for one, other in pairwise([*ends, ends[0] + 360]) if other - one > _LEAST_GAP]
    between = [180.0, *((one + other) / 2 for one, other in apart)]
    return _turned(min(between, key=lambda seam: sum(arc.holds(seam) for arc, _ in needed)) - 180)


def _seen(arc: Arc, runs: Sequence[Run]) -> Arc:
    """Return the stretch of longitude that a reader may come to from a map that frames an arc."""
    lat = np.concatenate([run[:, 1] for run in runs]).clip(-85, 85)
    north = np.degrees(np.arcsinh(np.tan(np.radians(lat))))  # web mercator, in degrees of the equator
    high = float(np.ptp(north)) / _ROOM[1] * _MAP_PX[0] / _MAP_PX[1]
    width = max((arc.east - arc.west) / _ROOM[0], high, _MAP_PX[0] / (_WORLD_PX * 2**_CLOSEST) * 360)
    middle = (arc.west + arc.east) / 2
    return _arc(middle - _REACH * width, middle + _REACH * width)


def _widest_gap(arcs: Sequence[Arc]) -> tuple[float, float]:
    """Return where the widest stretch without any arc begins and how wide it is; of equals, the one at ±180°."""
    beyond = [(-180.0, arc.east - 360) for arc in arcs if arc.east > 180]
    ordered = sorted([*((arc.west, min(arc.east, 180.0)) for arc in arcs), *beyond])
    reached, gaps = ordered[0][1], []
    for west, east in ordered[1:]:
        gaps.append((west - reached, reached))
        reached = max(reached, east)
    gaps.insert(0, (ordered[0][0] + 360 - reached, reached))
    size, start = max(gaps, key=lambda gap: gap[0])
    return start, max(0.0, size)


def _arc(west: float, east: float) -> Arc:
    west, east = float(west), min(float(east), float(west) + 360)
    turn = _turned(west) - west
    return Arc(west + turn, east + turn)


def _turned(longitude: float) -> float:
    """Return a longitude as -180 ≤ degrees < 180."""
    return (longitude + 180) % 360 - 180


def _parts(geometry: BaseGeometry) -> Sequence[BaseGeometry]:
    parts: Sequence[BaseGeometry] = shapely.get_parts(geometry).tolist()
    return parts
