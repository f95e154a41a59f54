"""GeoJSON geometry → shapely, after everything that could make a measurement wrong has been looked for.

Positions are (lon, lat) degrees. Longitudes may run on past ±180 (to ±540) so that a shape can cross the antimeridian.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely
import shapely.errors
from shapely.geometry.base import BaseGeometry

from storymap.story.values import shown

LonLat = tuple[float, float]
T = TypeVar("T")

MAX_LON = 540.0
MAX_VERTICES = 1_000_000
_REPAIR = "repair it in a map editor (in QGIS: Fix geometries)"
_DEPTH = "a Polygon's coordinates are nested three deep, a MultiPolygon's four, a MultiLineString's three"


class GeometryError(ValueError):
    """A geometry that cannot be measured; `help` says what to do."""

    def __init__(self, code: str, message: str, help: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help


@dataclass(slots=True)
class Notes:
    """What was noticed while a geometry was read: (code, message, help) of each warning."""

    heights: bool = False
    count: int = 0
    found: list[tuple[str, str, str]] = field(default_factory=list)


def read_geometry(data: object) -> tuple[BaseGeometry, list[tuple[str, str, str]]]:
    """Return the geometry (lon, lat) of a GeoJSON geometry object, and warnings; GeometryError where it is none."""
    if data is None:
        raise GeometryError("bad-geometry", "there is no geometry", "give the place coordinates, or delete it")
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        help = 'type {"type": "Point", "coordinates": [131.88, 43.11]}'
        raise GeometryError("bad-geometry", "'geometry' must be an object with 'type' and 'coordinates'", help)
    kind = data["type"]
    if kind == "GeometryCollection":
        help = "make each part a feature of its own"
        raise GeometryError("bad-geometry", "a GeometryCollection cannot be measured", help)
    if kind not in _KINDS:
        listed = ", ".join(_KINDS)
        raise GeometryError("bad-geometry", f"there is no geometry type {shown(kind)}", f"the types are {listed}")
    notes = Notes()
    try:
        geometry = _KINDS[kind](data.get("coordinates"), kind, notes)
    except shapely.errors.GEOSException as error:
        raise GeometryError("bad-geometry", f"the {kind} cannot be built: {str(error)[:80]}", _REPAIR) from None
    if geometry.is_empty:
        raise GeometryError("bad-geometry", f"the {kind} is empty", "give the place coordinates, or delete it")
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry).replace("[", " at [")
        raise GeometryError("bad-geometry", f"the {kind} is not a shape that can be measured: {reason}", _REPAIR)
    _warn(geometry, notes)
    return geometry, notes.found


def _position(value: object, where: str, notes: Notes, number: int = 0) -> LonLat:
    """Return one position, the `number`th of `where`; its height is dropped with a note."""
    is_pair = isinstance(value, list) and len(value) >= 2 and all(type(v) in (int, float) for v in value)
    if is_pair and isinstance(value, list):
        lon, lat = value[0], value[1]
        if abs(lat) <= 90 and abs(lon) <= MAX_LON and all(isfinite(v) for v in value):
            notes.heights = notes.heights or len(value) > 2
            return float(lon), float(lat)
        why, help = "is outside the world", _decimal_comma(value) or _range_help(lon, lat)
    else:
        why, help = "is no position", "type [longitude, latitude] as two numbers"
    named = f"position {number} of {where}" if number else where
    raise GeometryError("bad-position", f"{named} {why}: {_brief(value)}", help)


def _decimal_comma(value: list[float]) -> str:
    """Return what to type where a number has its decimals after a comma: [-79,9014, 9.3]; else ""."""
    whole, decimals, *rest = value
    if len(value) not in (3, 4) or type(whole) is not int or type(decimals) is not int:
        return ""
    if abs(whole) > 180 or decimals < 0:
        return ""
    lat = f"{rest[0]:.10g}" if len(rest) == 1 else f"{rest[0]}.{rest[1]}"
    return f"if these are decimal commas, type points: [{whole}.{decimals}, {lat}]"


def _range_help(lon: float, lat: float) -> str:
    if not (isfinite(lon) and isfinite(lat)):
        return "type finite numbers"
    if abs(lon) <= 90 and abs(lat) <= 180:
        return f"it looks swapped: GeoJSON puts the longitude first; type [{lat:.10g}, {lon:.10g}]"
    if abs(lon) > 1000 or abs(lat) > 1000:
        return "these look like metres: convert the file to WGS 84 longitude and latitude (EPSG:4326)"
    return "longitudes run from -180 to 180 (on to ±540 past the antimeridian), latitudes from -90 to 90"


def _positions(value: object, least: int, where: str, notes: Notes) -> list[LonLat]:
    if not isinstance(value, list) or len(value) < least:
        message = f"{where} must be a list of at least {least} positions, not {_brief(value)}"
        raise GeometryError("bad-geometry", message, "type [[131.88, 43.11], [131.9, 43.12], …]")
    notes.count += len(value)
    if notes.count > MAX_VERTICES:
        raise GeometryError("bad-geometry", f"{where} takes it past {MAX_VERTICES:,} positions", "simplify it")
    return [_position(one, where, notes, number) for number, one in enumerate(value, start=1)]


def _ring(value: object, where: str, notes: Notes) -> list[LonLat]:
    ring = _positions(value, 4, where, notes)
    if ring[0] != ring[-1]:
        raise GeometryError("bad-geometry", f"{where} is not closed", "repeat its first position at its end")
    return ring


def _polygon(value: object, where: str, notes: Notes) -> shapely.Polygon:
    if not isinstance(value, list) or not value:
        raise GeometryError("bad-geometry", f"{where} must be a list of rings, not {_brief(value)}", _DEPTH)
    rings = [_ring(ring, f"ring {index} of {where}", notes) for index, ring in enumerate(value, start=1)]
    return shapely.Polygon(rings[0], rings[1:])


def _many(read: Callable[[object, str, Notes], T], what: str) -> Callable[[object, str, Notes], list[T]]:
    def read_all(value: object, where: str, notes: Notes) -> list[T]:
        if not isinstance(value, list) or not value:
            raise GeometryError("bad-geometry", f"the {where} must be a list of {what}s, not {_brief(value)}", _DEPTH)
        return [read(one, f"{what} {index} of the {where}", notes) for index, one in enumerate(value, start=1)]

    return read_all


def _line(value: object, where: str, notes: Notes) -> list[LonLat]:
    return _positions(value, 2, where, notes)


_KINDS: dict[str, Callable[[object, str, Notes], BaseGeometry]] = {
    "Point": lambda value, kind, notes: shapely.Point(_position(value, f"the {kind}", notes)),
    "MultiPoint": lambda value, kind, notes: shapely.MultiPoint(_positions(value, 1, f"the {kind}", notes)),
    "LineString": lambda value, kind, notes: shapely.LineString(_line(value, f"the {kind}", notes)),
    "MultiLineString": lambda value, kind, notes: shapely.MultiLineString(_many(_line, "line")(value, kind, notes)),
    "Polygon": lambda value, kind, notes: _polygon(value, f"the {kind}", notes),
    "MultiPolygon": lambda value, kind, notes: shapely.MultiPolygon(_many(_polygon, "polygon")(value, kind, notes)),
}


def _warn(geometry: BaseGeometry, notes: Notes) -> None:
    if notes.heights:
        notes.found.append(
            ("height-dropped", "heights are not used; positions are read as [lon, lat]", "delete the third number")
        )
    coordinates = shapely.get_coordinates(geometry)
    if (coordinates == 0).all(axis=1).any():
        help = "check the source: a missing coordinate is often written as 0"
        notes.found.append(("null-island", "a position is 0, 0, in the sea off West Africa", help))
    steps = [np.diff(run[:, 0]) for run in _runs(geometry)]
    if any((abs(step[step % 360 != 0]) > 180).any() for step in steps):  # a whole turn goes round
        message = "an edge is more than 180° of longitude long; it is read the short way, across the 180th meridian"
        help = "if so, let longitudes run on: 179, 181 instead of 179, -179; if not, add a position on the way"
        notes.found.append(("crosses-antimeridian", message, help))


def _runs(geometry: BaseGeometry) -> Iterator[npt.NDArray[np.float64]]:
    """Yield every run of positions that are joined by edges."""
    for part in shapely.get_parts(geometry):
        for run in shapely.get_rings(part) if part.geom_type == "Polygon" else [part]:
            yield shapely.get_coordinates(run)


def _brief(value: object) -> str:
    text = reprlib.repr(value)  # bounded in depth and length, which the value is not
    return text if len(text) <= 60 else f"{text[:59]}…"
