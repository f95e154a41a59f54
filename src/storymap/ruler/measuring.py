"""The measures of one place or two, taken by the claims' own code, so that a ruler and a claim never differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import GeometryCollection, MultiLineString, MultiPolygon, Point

from storymap import claims, earth
from storymap.earth import EarthError, LonLat
from storymap.places import Place
from storymap.problems import StoryError
from storymap.ruler.asked import Asked, RulerError
from storymap.scene import Claim, Measurement
from storymap.story import AreaDoc, DistanceDoc, LengthDoc, MeasureDoc, PerimeterDoc, WithinDoc

_STAND_IN_M = 1.0  # for an uncertainty that nobody knows: what is measured with it is shown without
_FAR_M = 500_000.0
_MUCH_NEARER = 0.1


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement; `known` says whether its interval is: without the uncertainty of a place it is not."""

    measured: Measurement
    known: bool


@dataclass(frozen=True, slots=True)
class Direction:
    """The way at the one place and back at the other, degrees from north, ± `u_deg` (None where it is unknown)."""

    there_deg: float
    back_deg: float
    u_deg: float | None


@dataclass(frozen=True, slots=True)
class Inside:
    """How one place lies to an area. `margin` is that of the `within` claim; without it, the place lies outside."""

    place: Place
    area: Place
    margin: Figure | None
    on_edge: LonLat | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between two places. `on_a`, `on_b` are their nearest points (lon, lat) in degrees.

    `along` is the way on the line that was asked for, between its points `stops`. `swapped_m` is the distance if one
    of the two had its latitude and longitude the other way round, where that is suspiciously much less.
    """

    a: Asked
    b: Asked
    distance: Figure
    on_a: LonLat
    on_b: LonLat
    direction: Direction | None
    inside: Inside | None
    line: Asked | None = None
    along: Figure | None = None
    stops: tuple[LonLat, LonLat] | None = None
    swapped_m: float | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """What can be said of one place: a position, the length of its lines, the size and the edge of its areas."""

    asked: Asked
    at: LonLat | None = None
    length: Figure | None = None
    ends: tuple[LonLat, LonLat] | None = None
    area: Figure | None = None
    perimeter: Figure | None = None


def between(a: Asked, b: Asked, line: Asked | None = None) -> Between:
    """Return the distance between two places and what belongs to it, and the way along a line if one is given.

    Raises:
        RulerError: something that cannot be measured.
    """
    distance = _figure(DistanceDoc, [a.place, b.place], from_=a.place.id, to=b.place.id)
    on_a, on_b = distance.measured.lines[0][0], distance.measured.lines[0][-1]
    found = Between(
        a,
        b,
        distance,
        on_a,
        on_b,
        _direction(on_a, on_b, distance),
        _inside(a.place, b.place, distance),
        swapped_m=_swapped_m(a, b, distance.measured.value),
    )
    if line is None:
        return found
    ids = {"from_": a.place.id, "to": b.place.id, "along": line.place.id}
    along = _figure(DistanceDoc, [a.place, b.place, line.place], **ids)
    piece = along.measured.lines[0]
    return replace(found, line=line, along=along, stops=(piece[0], piece[-1]))


def alone(asked: Asked) -> Alone:
    """Return what one place measures: of a collection its lines and its areas each.

    Raises:
        RulerError: something that cannot be measured.
    """
    place = asked.place
    if isinstance(place.geometry, Point):
        return Alone(asked, at=(place.geometry.x, place.geometry.y))
    found = Alone(asked)
    lines, areas = _only(place, "LineString"), _only(place, "Polygon")
    if lines is not None:
        ends = None
        if lines.geometry.geom_type == "LineString":
            first, last = shapely.get_coordinates(lines.geometry)[[0, -1]].tolist()
            ends = ((first[0], first[1]), (last[0], last[1]))
        found = replace(found, length=_figure(LengthDoc, [lines], of=lines.id), ends=ends)
    if areas is not None:
        found = replace(
            found,
            area=_figure(AreaDoc, [areas], of=areas.id),
            perimeter=_figure(PerimeterDoc, [areas], of=areas.id),
        )
    return found


def _only(place: Place, kind: str) -> Place | None:
    """Return a place with only those parts of its geometry that are LineStrings (or Polygons), None if none are."""
    if not isinstance(place.geometry, GeometryCollection):
        return place if place.geometry.geom_type in (kind, f"Multi{kind}") else None
    parts = [part for part in place.geometry.geoms if part.geom_type == kind]
    many = MultiLineString if kind == "LineString" else MultiPolygon
    return replace(place, geometry=many(parts)) if parts else None


def _figure(kind: type[MeasureDoc], places: Sequence[Place], **parts: str) -> Figure:
    """Return what a claim with this measure would measure. Ids are taken as they are: a typed position has none."""
    doc = kind.model_construct(**parts)  # type: ignore[arg-type]
    fit = {place.id: replace(place, uncertainty_m=place.uncertainty_m or _STAND_IN_M) for place in places}
    claim = Claim(
        id="c1",
        step_id="",
        quote="",
        start=0,
        end=0,
        measure=doc,
        places=fit,
        expectation=None,
        span=places[0].span,
        too_loose=True,
    )
    try:
        measured = claims.measure(claim).headline.measurement
    except StoryError as error:
        problem = error.problems[0]
        raise RulerError(problem.message, problem.help) from None
    except EarthError as error:
        raise RulerError(str(error)) from None
    return Figure(measured, known=all(place.uncertainty_m is not None for place in places))


def _direction(on_a: LonLat, on_b: LonLat, distance: Figure) -> Direction | None:
    """Return the direction between two points, None where they are too near to tell it."""
    measured = distance.measured
    u = measured.high - measured.value
    if measured.value <= u:
        return None
    there, arriving = earth.bearing(on_a, on_b)
    return Direction(
        there, (arriving + 180) % 360, math.degrees(math.asin(u / measured.value)) if distance.known else None
    )


def _inside(a: Place, b: Place, distance: Figure) -> Inside | None:
    """Return how the one lies to the other, if one is an area; of two areas, the one that lies in the other first."""
    pairs = [(x, y) for x, y in ((a, b), (b, a)) if y.geometry.geom_type in ("Polygon", "MultiPolygon")]
    if not pairs:
        return None
    if distance.measured.value > 0:
        return Inside(*pairs[0], None)
    found = []
    for place, area in pairs:
        margin = _figure(WithinDoc, [place, area], place=place.id, area=area.id)
        found.append(Inside(place, area, margin, margin.measured.lines[0][-1]))
    return max(found, key=lambda inside: inside.margin.measured.value if inside.margin else 0.0)


def _swapped_m(a: Asked, b: Asked, distance_m: float) -> float | None:
    """Return the distance with the one or the other mirrored, if that is far less; the places file has its own lint."""
    if distance_m < _FAR_M:
        return None
    for one, other in ((a, b), (b, a)):
        if one.origin == "places" or (abs(shapely.get_coordinates(one.place.geometry)[:, 0]) > 90).any():
            continue
        turned = shapely.transform(one.place.geometry, lambda lon_lat: lon_lat[:, ::-1])
        near = earth.nearest(turned, other.place.geometry, edges=(one.place.edges, other.place.edges)).distance_m
        if near < _MUCH_NEARER * distance_m:
            return near
    return None
