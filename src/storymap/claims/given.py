"""What a measure is given: places fit to be measured, their uncertainty, and what to beware of with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

from storymap import earth
from storymap.places import Edges, Place
from storymap.quantity import Dimension, Unit, fineness, sensible_unit
from storymap.scene import Amount, LonLat, Message

_NOT_INDEPENDENT = "not-independent"
Runs = tuple[tuple[LonLat, ...], ...]
_WORTH_SAYING = 0.1  # of the uncertainty: a smaller difference between edge models is left out (design of the rule)


class ClaimError(ValueError):
    """A measure that cannot be taken of the places it names; it becomes a Problem where the claim stands."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        self.code = code
        self.message = message
        self.help = advice
        super().__init__(message)


def uncertainty_m(place: Place) -> float:
    """Return how far a place may lie from where it is drawn (m); a place without is not fit to be measured."""
    if place.uncertainty_m is None or not place.uncertainty_m > 0:
        raise ClaimError(
            "unmeasurable-place",
            f"'{place.id}' is measured, but nothing says how well its position is known",
            f"give '{place.id}' an uncertainty_m (metres, above 0) in the places file",
        )
    return place.uncertainty_m


def line_of(place: Place) -> LineString | MultiLineString:
    """Return the line of a place, its touching parts joined."""
    geometry = place.geometry
    if not isinstance(geometry, LineString | MultiLineString):
        raise ClaimError(
            "wrong-geometry", f"'{place.id}' is a {_kind(place)}, not a line", "name a place that is a line"
        )
    merged = shapely.line_merge(geometry) if isinstance(geometry, MultiLineString) else geometry
    return merged if isinstance(merged, LineString | MultiLineString) else geometry


def area_of(place: Place) -> Polygon | MultiPolygon:
    """Return the area of a place."""
    if not isinstance(place.geometry, Polygon | MultiPolygon):
        raise ClaimError(
            "wrong-geometry", f"'{place.id}' is a {_kind(place)}, not an area", "name a place that is a polygon"
        )
    return place.geometry


def is_point(place: Place) -> bool:
    """Return whether a place is a single point."""
    return place.geometry.geom_type == "Point"


def dependence(places: Iterable[Place]) -> tuple[str, ...]:
    """Return the caution that a place may have been drawn from what it would have to prove, if any is derived.

    For claims that a drawing can make true by itself: that a line joins shores, that a place lies in an area.
    """
    return (_NOT_INDEPENDENT,) if any(place.derived for place in places) else ()


def mutual_dependence(places: Sequence[Place]) -> tuple[str, ...]:
    """Return that caution where one of the places says that it was drawn from another of them."""
    ids = {place.id for place in places}
    return (_NOT_INDEPENDENT,) if any(ids & set(place.derived_from) for place in places) else ()


def derived_notes(places: Iterable[Place]) -> tuple[Message, ...]:
    """Return a note for each place that was drawn from other data: it is measured, but readers should know."""
    derived = {place.id: place for place in places if place.derived}
    return tuple(Message("claims.note-derived", {"place": place.phrase}) for place in derived.values())


def edge_spread(
    places: Iterable[Place], measured: float, reading: Callable[[Edges], float], *, distance_u_m: float | None = None
) -> float:
    """Return by how much planar and geodesic readings of all the edges differ (the unit of `measured`).

    `measured` is the value in the places' own edge models, `reading` gives it in one model for all of them. For a
    distance or a margin, which changes by no more than its places move, `distance_u_m` is its uncertainty: where the
    edges lie too close in both models to be `_WORTH_SAYING`, the bound on that is returned and nothing measured.
    """
    shapes = [place for place in places if not is_point(place)]
    models = {place.edges for place in shapes}
    if not models:
        return 0.0
    if distance_u_m is not None:
        most_m = sum(earth.models_apart(place.geometry) for place in shapes)
        if most_m <= _WORTH_SAYING * distance_u_m:
            return most_m
    if len(models) == 1:
        other: Edges = "geodesic" if "planar" in models else "planar"
        return abs(reading(other) - measured)
    return abs(reading("planar") - reading("geodesic"))


def widened(u: float, spread: float) -> tuple[float, tuple[str, ...]]:
    """Return (the uncertainty, cautions): wider by `spread` where that is more than a tenth of it."""
    return (u + spread, ("edge-model",)) if spread > _WORTH_SAYING * u else (u, ())


def shown(value: float, low: float, high: float, dimension: Dimension, said: Unit | None) -> Amount:
    """Return a measured value (SI) without its sign, for a label, in the unit of the words or one that suits."""
    size = abs(value)
    return Amount(size, size, fineness(value - low, high - value), sensible_unit(dimension, value, said))


def shortest_line(a: LonLat, b: LonLat) -> tuple[LonLat, ...]:
    """Return the geodesic from a to b as points: between them it strays by less than 1/8000 of its length."""
    distance_m = earth.inverse(a, b)
    # The sagitta of a step s on the sphere is s²/8R; s² = R·d/1000 keeps it under d/8000.
    return tuple(earth.geodesic(a, b, step_m=max(math.sqrt(6371.0 * distance_m), 1.0)))


def runs_of(place: Place) -> Runs:
    """Return a line as runs of points, geodesic edges filled in so that they can be drawn straight."""
    line = line_of(place)
    parts = line.geoms if isinstance(line, MultiLineString) else (line,)
    runs = []
    for part in parts:
        points = [(float(x), float(y)) for x, y in shapely.get_coordinates(part)]
        if place.edges == "geodesic":
            filled = [shortest_line(a, b) for a, b in pairwise(points)]
            points = [points[0], *(point for run in filled for point in run[1:])]
        runs.append(tuple(points))
    return tuple(runs)


def _kind(place: Place) -> str:
    names = {"Point": "point", "LineString": "line", "Polygon": "area", "MultiPoint": "set of points"}
    return names.get(place.geometry.geom_type, place.geometry.geom_type)
