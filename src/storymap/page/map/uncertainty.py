"""The ground on which a measured place may truly lie: all that its uncertainty covers, where a map can show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, dist, pi, radians

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from storymap.basemap.grid import WORLD_UNITS, Grid
from storymap.page.map.shapes import Rows, Shapes
from storymap.page.map.strokes import followed, runs_of
from storymap.page.map.viewport import REFERENCE_PX, STATIC_PX, Frame, fit, units_per_px
from storymap.places import Place
from storymap.scene import Finding, Measurement, Scene

LEAST_PX = 6.0  # narrower, it would hide under the dots and lines that stand on it
LARGEST = 0.4  # of the smaller side of the map: wider, it would be the map
_EARTH_M = 2 * pi * 6_378_137.0
_STRIP = 0.1  # radians of Mercator's projection that are drawn with one width
_FINE = 0.2  # of its half width: what the rim of a band may miss
_NEAR = 3.0  # uncertainties off a place: a line that ends no farther off is measured to there


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground within a place's uncertainty: a disc about `at`, or the band that is the shape `shape`, if any.

    `radius` is the uncertainty; both are in grid units of the page.
    """

    at: tuple[int, int]
    radius: int
    shape: str = ""

    def seen(self, zoom: float, size_px: tuple[int, int]) -> bool:
        """Return whether it is worth drawing on a map of a size at a web-map zoom. The rule of `client/layers.js`."""
        return LEAST_PX <= self.radius / units_per_px(zoom) <= LARGEST * min(size_px)


def grounds(
    scenes: Sequence[Scene], framed: Sequence[Frame], findings: Mapping[str, Finding], shapes: Shapes, grid: Grid
) -> dict[str, tuple[Ground, ...]]:
    """Return by scene the ground of all places that its claims measure, where a reader can see it.

    Along a line or an outline that is measured itself, that is a band. Else it is a disc, round a point, or where a
    measured line ends on a line or an outline. A direction is measured from and to the middle of a place.
    """
    found: dict[str, tuple[Ground, ...]] = {}
    for scene, frame in zip(scenes, framed, strict=True):
        discs: list[Ground] = []
        bands: list[Ground] = []
        for claim in scene.claims:
            finding = findings[claim.id]
            measured = finding.headline.measurement
            places = [claim.places[i] for i in measured.places if measured.lines and claim.places[i].uncertainty_m]
            for place in places:
                if finding.kind != "direction" and place is followed(claim.measure, claim.places):
                    bands += _bands(place, f"u_{scene.number}_{place.id}", frame, shapes, grid)
                else:
                    spots = _spots(place, finding.kind, measured, grid)
                    discs += [_ground(spot, place, grid) for spot in spots]
        discs = [one for one in dict.fromkeys(discs) if one.radius / units_per_px(frame.closest) >= LEAST_PX]
        found[scene.id] = (*dict.fromkeys(bands), *_apart(discs))
    return found


def band(lines: Sequence[Rows], half_m: float, grid: Grid, region: BaseGeometry) -> list[Rows]:
    """Return the rims of the ground that lies within `half_m` metres of lines on the grid, as rings on the grid.

    Its width follows the scale of Mercator's projection, which changes from north to south by less than the strip is
    high in radians. Lines are followed as far as they lie in `region`.
    """
    seen = shapely.intersection(shapely.MultiLineString([line for line in lines if len(line) > 1]), region)
    if seen.is_empty:
        return []
    left, top, right, bottom = seen.bounds
    edges = np.linspace(top, bottom, 2 + int((bottom - top) * 2 * pi / WORLD_UNITS / _STRIP))
    parts = []
    for above, below in pairwise(edges.tolist()):
        radius = radius_of(half_m, (above + below) / 2, grid)
        strip = shapely.intersection(seen, shapely.box(left, above, right, below))
        parts.append(shapely.simplify(shapely.buffer(strip, radius, quad_segs=4), radius * _FINE))
    polygons = [p for p in shapely.get_parts(shapely.union_all(parts)).tolist() if p.geom_type == "Polygon"]
    return [np.asarray(ring.coords) for p in polygons for ring in (p.exterior, *p.interiors)]


def radius_of(length_m: float, y: float, grid: Grid) -> float:
    """Return how many grid units a length on the ground is at a height on the grid.

    On the sphere of web maps; the ellipsoid differs by up to 0.7 %.
    """
    latitude = float(grid.unproject(0.0, y)[1])
    return length_m * WORLD_UNITS / (_EARTH_M * cos(radians(latitude)))


def _bands(place: Place, name: str, frame: Frame, shapes: Shapes, grid: Grid) -> list[Ground]:
    """Return the band of a place if a map of its step shows one, with its shape."""
    around = fit(frame.content, REFERENCE_PX, frame.closest)[0].moved(-grid.origin_x, -grid.origin_y)
    w, h = around.width, around.height  # a reader who drags the map by its own size finds no end of a band
    room = shapely.box(around.left - w, around.top - h, around.right + w, around.bottom + h)
    one = _ground(np.array(around.middle), place, grid)
    if not any(one.seen(fit(frame.content, size, frame.closest)[1], size) for size in (REFERENCE_PX, STATIC_PX)):
        return []
    rings = band(grid.runs(runs_of(place)), place.uncertainty_m or 0.0, grid, room)
    return [replace(one, shape=shapes.add_rings(name, rings, closest=frame.drawn_for))] if rings else []


def _spots(place: Place, kind: str, measured: Measurement, grid: Grid) -> list[Rows]:
    """Return where a place is measured, on the grid: at its points, or on its edge near the ends of measured lines."""
    points = [part for part in shapely.get_parts(place.geometry).tolist() if part.geom_type == "Point"]
    if points and kind != "direction":
        return [np.array(grid.project(point.x, point.y)) for point in points]
    rows = grid.runs(measured.lines)
    if kind == "direction":
        return [row[0 if place.id == measured.places[0] else -1] for row in rows]
    rims = shapely.MultiLineString([run for run in grid.runs(runs_of(place)) if len(run) > 1])
    found = []
    for end in (shapely.Point(row[k]) for row in rows for k in (0, -1)):
        spot = nearest_points(rims, end)[0]
        if spot.distance(end) <= radius_of(_NEAR * (place.uncertainty_m or 0.0), float(end.y), grid):
            found.append(np.array([spot.x, spot.y]))
    return found


def _apart(discs: Sequence[Ground]) -> list[Ground]:
    """Return discs of which none has its middle deep in an equal one before: together they would look darker."""
    kept: list[Ground] = []
    for disc in discs:
        if all(disc.radius != other.radius or dist(disc.at, other.at) > disc.radius / 2 for other in kept):
            kept.append(disc)
    return kept


def _ground(at: Rows, place: Place, grid: Grid) -> Ground:
    radius = radius_of(place.uncertainty_m or 0.0, float(at[1]), grid)
    return Ground((round(float(at[0])), round(float(at[1]))), round(radius))
