"""What a measure is given: places fit to be measured, their uncertainty, and what to beware of with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

from storymap import earth
from storymap.claims.strands import runs_in
from storymap.meridian import whole
from storymap.places import Edges, Place
from storymap.quantity import Dimension, Unit, fineness, sensible_unit
from storymap.scene import Amount, LonLat, Message, Widening

_NOT_INDEPENDENT = "not-independent"
Runs = tuple[tuple[LonLat, ...], ...]
_SETTLED_M = 1e-4  # what every search leaves open
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


def surveyed(*places: Place) -> None:
    """Refuse places that are only sketched, where it matters on which side of another their lines run."""
    for place in places:
        if place.schematic and not is_point(place):
            raise ClaimError(
                "schematic-line",
                f"'{place.id}' is drawn schematically, so how it lies to others proves nothing",
                "draw it from a survey, or list the words under `unchecked`",
            )


def line_of(place: Place) -> LineString | MultiLineString:
    """Return the line of a place, its touching parts joined, also across the 180th meridian."""
    geometry = place.geometry
    if not isinstance(geometry, LineString | MultiLineString):
        raise ClaimError("wrong-geometry", f"'{place.id}' is {_kind(place)}, not a line", "name a place that is a line")
    if isinstance(geometry, LineString):
        return geometry
    merged = shapely.line_merge(geometry)
    joined = whole(merged)
    if isinstance(joined, LineString):
        return joined
    return merged if isinstance(merged, LineString | MultiLineString) else geometry


def area_of(place: Place) -> Polygon | MultiPolygon:
    """Return the area of a place."""
    if not isinstance(place.geometry, Polygon | MultiPolygon):
        raise ClaimError(
            "wrong-geometry", f"'{place.id}' is {_kind(place)}, not an area", "name a place that is a polygon"
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
    """Return that caution where one of several places was drawn from another of them, or does not say from what."""
    ids = {place.id for place in places}
    unknown = len(ids) > 1 and any(place.derived and not place.derived_from for place in places)
    return (_NOT_INDEPENDENT,) if unknown or any(ids & set(place.derived_from) for place in places) else ()


def derived_notes(places: Iterable[Place]) -> tuple[Message, ...]:
    """Return a note for each place that was drawn from other data: it is measured, but readers should know."""
    derived = {place.id: place for place in places if place.derived}
    return tuple(Message("claims.note-derived", {"place": place.phrase}) for place in derived.values())


def sketch_notes(places: Iterable[Place]) -> tuple[Message, ...]:
    """Return a note for each line or area that is only sketched: its uncertainty has to say how far that strays."""
    sketches = {place.id: place for place in places if place.schematic and not is_point(place)}
    return tuple(Message("claims.note-sketch", {"place": place.phrase}) for place in sketches.values())


def edge_spread(
    places: Iterable[Place], measured: float, reading: Callable[[Edges], float], *, distance_u_m: float | None = None
) -> float:
    """Return by how much planar and geodesic readings of all the edges differ (the unit of `measured`).

    `measured` is the value in the places' own edge models, `reading` gives it in one model for all of them. For a
    distance or a margin, which changes by no more than its places move, `distance_u_m` is its uncertainty: where the
    edges lie too close in both models to be `_WORTH_SAYING`, the bound on that is returned and nothing measured.

    Where an edge goes half round the world or further, as that of a polar cap along its parallel, it has no other
    reading: the shortest line between its ends has nothing to do with it. Then nothing is added.
    """
    shapes = [place for place in places if not is_point(place)]
    models = {place.edges for place in shapes}
    if not models or any(_half_round(place) for place in shapes):
        return 0.0
    if distance_u_m is not None:
        most_m = sum(earth.models_apart(place.geometry) for place in shapes)
        if most_m <= _WORTH_SAYING * distance_u_m:
            return most_m
    if len(models) == 1:
        other: Edges = "geodesic" if "planar" in models else "planar"
        return abs(reading(other) - measured)
    return abs(reading("planar") - reading("geodesic"))


def _half_round(place: Place) -> bool:
    """Return whether an edge, other than at a pole, is 180° or 360° long (between the two, it goes the short way)."""
    for run in runs_in(place.geometry):
        lon, lat = shapely.get_coordinates(run).T
        across, at_pole = np.abs(np.diff(lon)), (np.abs(lat[1:]) == 90) & (np.abs(lat[:-1]) == 90)
        if (~at_pole & ((across == 180) | (across >= 360))).any():
            return True
    return False


def unsearched_m(within_m: float) -> float:
    """Return what a search that took too long left open (m), to be added to an uncertainty: mostly 0."""
    return within_m if within_m > _SETTLED_M else 0.0


def widened(u: float, spread: float) -> tuple[float, tuple[str, ...]]:
    """Return (the uncertainty, cautions): wider by `spread` where that is more than a tenth of it."""
    return (u + spread, ("edge-model",)) if spread > _WORTH_SAYING * u else (u, ())


def widening(code: str, inner: tuple[float, float], outer: tuple[float, float]) -> tuple[Widening, ...]:
    """Return what makes an interval (low, high) out of another inside of it, as nothing where they are the same."""
    below, above = inner[0] - outer[0], outer[1] - inner[1]
    return (Widening(code, below, above),) if below > 0 or above > 0 else ()


def spread_out(value: float, u: float, least: float = -math.inf) -> tuple[float, float]:
    """Return the interval of a value ± `u`, never below `least`."""
    return max(least, value - u), value + u


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
    names = {
        "Point": "a point",
        "MultiPoint": "a set of points",
        "LineString": "a line",
        "MultiLineString": "a line",
        "Polygon": "an area",
        "MultiPolygon": "an area",
    }
    return names.get(place.geometry.geom_type, f"a {place.geometry.geom_type}")
