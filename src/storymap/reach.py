"""Steps that the map cannot show as they are: across the 180th meridian, near the poles, or beside their own view.

What is measured there is measured rightly; only the drawing is at fault, and the author hears of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.problems import Problem
from storymap.scene import Finding, LonLat, Scene
from storymap.source import Loc, Source

MAP_ENDS = 85.0  # degrees of latitude
_MAP_PX = (880, 800)  # the map that views are made for
_WORLD_PX = 256  # at zoom 0
_MARGINS, _CLOSEST = (0.74, 0.72), 9.6  # what a fitted map leaves for its places; the zoom that every map may come to


def beyond_the_map(scenes: Sequence[Scene], findings: Mapping[str, Finding], source: Source) -> list[Problem]:
    """Return a warning for each step whose map is split, for each place off the map, and for each view of nothing."""
    found: list[Problem] = []
    polar: set[str] = set()
    for i, scene in enumerate(scenes):
        lines = [line for claim in scene.claims for line in findings[claim.id].headline.measurement.lines]
        found += _across(scene, lines, source, ("steps", i))
        found += _polar(scene, source, ("steps", i), polar)
        found += _missed(scene, lines, source, ("steps", i))
    return found


def _across(scene: Scene, lines: Sequence[Sequence[LonLat]], source: Source, loc: Loc) -> Iterator[Problem]:
    """Yield a warning where what the map frames is nearer together across the 180th meridian."""
    if scene.view.center is not None:
        return
    framed = list(scene.view.fit) or [item.place for item in scene.shown if item.role == "subject"]
    sides = [side for place in framed for side in _sides(place.geometry)]
    if not scene.view.fit:
        sides += [(min(lon for lon, _ in line), max(lon for lon, _ in line)) for line in lines if line]
    if not crosses(sides):
        return
    message = "this step's map crosses the 180th meridian and will show the whole world"
    if max(east for _, east in sides) - min(west for west, _ in sides) < 180:  # all on one run of longitudes
        message = "this step's map crosses the 180th meridian, where the basemap ends"
    yield _warning(source, (*loc, "title"), "map-antimeridian", message, "split the step, or show one side")


def crosses(sides: Iterable[tuple[float, float]]) -> bool:
    """Return whether stretches of longitude (west, east in degrees) lie closest together across the 180th meridian."""
    ordered = sorted(sides)
    if not ordered:
        return False
    west, east = ordered[0][0], max(side[1] for side in ordered)
    if west < -180 or east > 180:
        return True
    gaps, reached = [0.0], ordered[0][1]
    for before, after in pairwise(ordered):
        reached = max(reached, before[1])
        gaps.append(after[0] - reached)
    return max(gaps) > 360 - (east - west)


def _polar(scene: Scene, source: Source, loc: Loc, known: set[str]) -> Iterator[Problem]:
    """Yield a warning for each shown or measured place that lies beyond the map, once a story."""
    named = [(item.place, source.span_of((*loc, "show", j, "place"))) for j, item in enumerate(scene.shown)]
    named += [(place, claim.span) for claim in scene.claims for place in claim.places.values()]
    for place, span in named:
        south, north = place.geometry.bounds[1], place.geometry.bounds[3]
        if place.id not in known and (south > MAP_ENDS or north < -MAP_ENDS):
            known.add(place.id)
            ends = "lies beyond 85° of latitude, where the map ends; it is measured rightly and not drawn where it is"
            help = "say in the text where it lies, or show another place"
            yield Problem(span, "map-polar", f"'{place.id}' {ends}", help, "warning")


def _missed(scene: Scene, lines: Sequence[Sequence[LonLat]], source: Source, loc: Loc) -> Iterator[Problem]:
    """Yield a warning where a step's view holds nothing that the step is about."""
    wanted = [item.place.geometry for item in scene.shown if item.role == "subject"]
    wanted += [shapely.LineString(line) for line in lines if len(line) > 1]
    view = scene.view
    if not wanted:
        return
    if view.center is not None and view.zoom is not None:
        if _holds(_around(view.center, view.zoom), wanted):
            return
        lat, lon = view.center  # lat, lon: as they would be if the author had swapped them
        help = "move the center, or leave 'view' out: then the map shows all places of the step"
        if abs(lat) <= 90 and _holds(_around((lon, lat), view.zoom), wanted):
            help = f"type [{lat:.10g}, {lon:.10g}] if the two numbers are swapped"
        at = "center"
    elif view.fit and not _holds(_round(place.geometry for place in view.fit), wanted):
        help = "name a place of the step under 'fit', or leave 'view' out: then the map shows all places of the step"
        at = "fit"
    else:
        return
    yield _warning(source, (*loc, "view", at), "view-misses", "the view shows none of the places of this step", help)


def _holds(view: BaseGeometry, geometries: Iterable[BaseGeometry]) -> bool:
    return any(view.intersects(geometry) for geometry in geometries)


def _around(center: LonLat, zoom: float) -> BaseGeometry:
    """Return what a map shows round a centre (lon, lat) at a web-map zoom, as a rectangle of degrees."""
    x, y = center[0] / 360, _mercator(center[1])
    half_x, half_y = (px / 2 / (_WORLD_PX * 2**zoom) for px in _MAP_PX)
    return _rectangle(x - half_x, y - half_y, x + half_x, y + half_y)


def _round(geometries: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return what a map shows that is fitted to some geometries, as a rectangle of degrees."""
    west, south, east, north = shapely.total_bounds(list(geometries))
    left, bottom, right, top = west / 360, _mercator(south), east / 360, _mercator(north)
    wide, high = ((right - left) / _MARGINS[0], (top - bottom) / _MARGINS[1])
    world = max(wide / _MAP_PX[0], high / _MAP_PX[1], 1 / (_WORLD_PX * 2**_CLOSEST))  # of the world, to a pixel
    x, y, half_x, half_y = (left + right) / 2, (bottom + top) / 2, world * _MAP_PX[0] / 2, world * _MAP_PX[1] / 2
    return _rectangle(x - half_x, y - half_y, x + half_x, y + half_y)


def _mercator(lat: float) -> float:
    """Return how far north a latitude stands on a web map (EPSG:3857), in widths of the world from the equator."""
    lat = min(max(lat, -MAP_ENDS), MAP_ENDS)
    return math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)


def _rectangle(left: float, bottom: float, right: float, top: float) -> BaseGeometry:
    south, north = (math.degrees(math.atan(math.sinh(2 * math.pi * y))) for y in (bottom, top))
    return shapely.box(left * 360, south, right * 360, north)


def _sides(geometry: BaseGeometry) -> Iterator[tuple[float, float]]:
    for part in shapely.get_parts(geometry):
        west, _, east, _ = part.bounds
        yield west, east


def _warning(source: Source, loc: Loc, code: str, message: str, help: str) -> Problem:
    return Problem(source.span_of(loc), code, message, help, "warning")
