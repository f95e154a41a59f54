"""Points whose two numbers were probably exchanged, though both can be a latitude: Paris in the sea off Somalia."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry import Point

from storymap.places.atlas import Place
from storymap.problems import Problem

_FAR_DEG, _NEAR_DEG = 15.0, 10.0
_GAIN = 5  # how many times nearer the exchanged position must lie


def swapped_positions(places: Iterable[Place]) -> list[Problem]:
    """Return a warning for each point that lies far from all other places, and near them with its numbers exchanged.

    Args:
        places: the places of one story; those of a whole file may lie anywhere.
    """
    places = list(places)
    shapes = [place.geometry for place in places]
    found = []
    for place in places:
        if not isinstance(place.geometry, Point):
            continue
        lon, lat = place.geometry.x, place.geometry.y
        others = [shape for shape in shapes if shape is not place.geometry]
        if abs(lon) > 90 or not others:
            continue
        far, near = (float(shapely.distance(point, others).min()) for point in (place.geometry, Point(lat, lon)))
        if far > _FAR_DEG and near < min(_NEAR_DEG, far / _GAIN):
            message = f"'{place.id}' lies far from all other places of this story; its two numbers may be swapped"
            help = f"if so, type [{lat:.10g}, {lon:.10g}]: GeoJSON puts the longitude first"
            found.append(Problem(place.span, "position-swapped", message, help, "warning"))
    return found
