"""Steps that the map cannot show as they are: round the whole world, near the poles, or beside their own view.

What is measured there is measured rightly; only the drawing would be at fault. Where it would mislead, it is refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from storymap.meridian import Run, arc_of, central_meridian, framed_runs, runs_in, unwrapped
from storymap.places import Place
from storymap.problems import Problem, Span
from storymap.scene import Finding, LonLat, Scene
from storymap.source import Loc, Source

MAP_ENDS = 85.0  # degrees of latitude
TOO_NEAR_A_POLE = 80.0  # a map in the middle of this latitude is stretched to six times its size, and soon at its end
_MAP_PX = (880, 800)  # the map that views are made for
_WORLD_PX = 256  # at zoom 0
_MARGINS, _CLOSEST = (0.74, 0.72), 9.6  # what a fitted map leaves for its places; the zoom that every map may come to


def beyond_the_map(scenes: Sequence[Scene], findings: Mapping[str, Finding], source: Source) -> list[Problem]:
    """Return an error for each step near a pole, and a warning for each cut map, place off the map, view of nothing."""
    found: list[Problem] = []
    polar: set[str] = set()
    seam = central_meridian(scenes, findings) + 180
    # The overview after the steps: what it repeats of them is told where they have it.
    for scene in sorted(scenes, key=lambda scene: scene.loc[:1] != ("steps",)):
        own = [findings[claim.id] for claim in scene.claims]
        framed = framed_runs(scene, own)
        arc = arc_of(framed)
        if arc and arc.holds(seam) and not arc.all_round:
            message = (
                "the steps of this story go all round the world, so this one's map is cut and shows the whole of it"
            )
            help = "split the step, or show one side: every map of a story is cut open along the same meridian"
            found.append(_warning(source, (*scene.loc, "title"), "map-antimeridian", message, help))
        refused = [*_refused(scene, framed, source, polar)]
        found += refused or _polar(scene, source, polar)
        found += _missed(scene, [line for finding in own for line in finding.headline.measurement.lines], source)
    return found


def _refused(scene: Scene, framed: Sequence[Run], source: Source, known: set[str]) -> Iterator[Problem]:
    """Yield an error for each framed place that lies beyond the map, else one where the map would lie near a pole."""
    help = "say in the text or by a picture where it lies, and let the step frame other places with `view: {fit: […]}`"
    beyond = [(place, span) for place, span in _framed(scene, source) if off_the_map(place)]
    for place, span in beyond:
        known.add(place.id)
        message = f"the map would have to frame '{place.id}', which lies beyond 85° of latitude, where maps end"
        yield Problem(span, "map-polar", message, help)
    if beyond or not framed:
        return
    latitudes = np.concatenate([run[:, 1] for run in framed])
    middle = float(latitudes.min() + latitudes.max()) / 2
    if abs(middle) > TOO_NEAR_A_POLE:
        at = f"{abs(middle):.0f}° {'north' if middle > 0 else 'south'}"
        message = f"the middle of this step's map would lie at {at}; web maps end at 85° and show nothing rightly there"
        key = "view" if scene.view.fit or scene.view.center else "title"
        yield Problem(source.span_of((*scene.loc, key)), "map-polar", message, help.replace("it lies", "this is"))


def _framed(scene: Scene, source: Source) -> list[tuple[Place, Span]]:
    """Return the places that a step's map frames, and where they are named."""
    view = scene.view
    if view.center is not None:
        return []
    if view.fit:
        return [(place, source.span_of((*scene.loc, "view", "fit", j))) for j, place in enumerate(view.fit)]
    shown = [(item, source.span_of((*scene.loc, "show", j, "place"))) for j, item in enumerate(scene.shown)]
    return [(item.place, span) for item, span in shown if item.role == "subject"]


def off_the_map(place: Place) -> bool:
    """Return whether a part of a place lies where maps have ended."""
    _, south, _, north = place.geometry.bounds
    return bool(south > MAP_ENDS or north < -MAP_ENDS)


def _polar(scene: Scene, source: Source, known: set[str]) -> Iterator[Problem]:
    """Yield a warning for each shown or measured place that lies beyond the map, once a story."""
    named = [(item.place, source.span_of((*scene.loc, "show", j, "place"))) for j, item in enumerate(scene.shown)]
    named += [(place, claim.span) for claim in scene.claims for place in claim.places.values()]
    for place, span in named:
        if place.id not in known and off_the_map(place):
            known.add(place.id)
            ends = "lies beyond 85° of latitude, where the map ends; it is measured rightly and not seen"
            help = "say in the text where it lies, or show another place"
            yield Problem(span, "map-polar", f"'{place.id}' {ends}", help, "warning")


def _missed(scene: Scene, lines: Sequence[Sequence[LonLat]], source: Source) -> Iterator[Problem]:
    """Yield a warning where a step's view holds nothing that the step is about."""
    wanted = [item.place.geometry for item in scene.shown if item.role == "subject"]
    runs = [np.array(line, np.float64) for line in lines if len(line) > 1]
    wanted += [shapely.LineString(np.column_stack((unwrapped(run[:, 0]), run[:, 1]))) for run in runs]
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
    yield _warning(
        source, (*scene.loc, "view", at), "view-misses", "the view shows none of the places of this step", help
    )


def _holds(view: BaseGeometry, geometries: Iterable[BaseGeometry]) -> bool:
    turns = [translate(view, turn) for turn in (-360, 0, 360)]
    return any(turned.intersects(geometry) for geometry in geometries for turned in turns)


def _around(center: LonLat, zoom: float) -> BaseGeometry:
    """Return what a map shows round a centre (lon, lat) at a web-map zoom, as a rectangle of degrees."""
    x, y = center[0] / 360, _mercator(center[1])
    half_x, half_y = (px / 2 / (_WORLD_PX * 2**zoom) for px in _MAP_PX)
    return _rectangle(x - half_x, y - half_y, x + half_x, y + half_y)


def _round(geometries: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return what a map shows that is fitted to some geometries, as a rectangle of degrees."""
    runs = [run for geometry in geometries for run in runs_in(geometry)]
    arc = arc_of(runs)
    west, east = (arc.west, arc.east) if arc else (0.0, 0.0)
    latitudes = np.concatenate([run[:, 1] for run in runs])
    left, bottom, right, top = west / 360, _mercator(latitudes.min()), east / 360, _mercator(latitudes.max())
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


def _warning(source: Source, loc: Loc, code: str, message: str, help: str) -> Problem:
    return Problem(source.span_of(loc), code, message, help, "warning")
