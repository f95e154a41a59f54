"""An author's layers on the turn of the world that the map shows: to Leaflet 181° E and 179° W are a world apart."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import folium
from branca.element import Element

_DIGITS = 9  # of a degree: adding 360 must not show in the numbers


def turn(part: Element, meridian: float) -> None:
    """Move what one folium element holds by whole turns, to where it is nearest to a meridian (degrees).

    A line, a shape or a GeoJSON feature moves as one; the points of a heat map or a cluster each for itself. Elements
    that hold no positions stay as they are.
    """
    held = vars(part)
    for name in ("location", "locations", "bounds"):  # latitude first
        if isinstance(held.get(name), list | tuple):
            held[name] = _near(held[name], meridian, 1)
    data = held.get("data")
    if isinstance(part, folium.GeoJson) and isinstance(data, dict):
        for geometry in _geometries(data):
            geometry["coordinates"] = _near(geometry["coordinates"], meridian, 0)
    elif isinstance(data, list):
        held["data"] = _points_near(data, meridian)


def _geometries(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every geometry with coordinates in a GeoJSON object."""
    if data.get("coordinates"):
        yield data
    parts = [data.get("geometry"), *(data.get("features") or ()), *(data.get("geometries") or ())]
    for part in parts:
        if isinstance(part, dict):
            yield from _geometries(part)


def _points_near(data: Any, meridian: float) -> Any:
    if _is_position(data):
        return _near(data, meridian, 1)
    return [_points_near(one, meridian) for one in data] if isinstance(data, list | tuple) else data


def _near(nested: Any, meridian: float, at: int) -> Any:
    """Return positions, nested in lists, moved by one number of turns; `at` is where each has its longitude."""
    longitudes = list(_longitudes(nested, at))
    if not longitudes or not all(map(math.isfinite, longitudes)):
        return nested
    turns = round(((min(longitudes) + max(longitudes)) / 2 - meridian) / 360)
    return _shifted(nested, -360.0 * turns, at) if turns else nested


def _is_position(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) > 1 and all(isinstance(n, int | float) for n in value[:2])


def _longitudes(nested: Any, at: int) -> Iterator[float]:
    if _is_position(nested):
        yield float(nested[at])
    elif isinstance(nested, list | tuple):
        for one in nested:
            yield from _longitudes(one, at)


def _shifted(nested: Any, by: float, at: int) -> Any:
    if _is_position(nested):
        return [round(number + by, _DIGITS) if place == at else number for place, number in enumerate(nested)]
    return [_shifted(one, by, at) for one in nested] if isinstance(nested, list | tuple) else nested
