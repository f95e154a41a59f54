"""direction: where one place lies as seen from another, in degrees from north by way of east.

It is taken from middle to middle (`middles`): where the shortest way sets out. ± the angle by which both positions may
turn it: asin(sin(u/R) / sin(d/R)) with u the sum of both uncertainties, d the distance and R the earth's radius, which
is asin(u/d) nearby; all round where u reaches d. How far north itself may turn between the places where the first one
may be is added; that counts near a pole only.

Words may mean other things too, and then the interval covers these as well: the line of constant direction (rhumb
line), straight on maps in Mercator's projection, and, where the places are shapes that lie apart, the direction between
their nearest points. Where one reaches round the middle of the other by more than half of the circle, as a ring road
round a town does, it covers all directions in which it lies from there; where both meet, or may within their
uncertainties, or one holds the other, any direction. Where that alone brings a limit into it, the claim depends on its
words (`definition`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from storymap import earth
from storymap.claims.bearings import arc_deg
from storymap.claims.given import (
    ClaimError,
    derived_notes,
    edge_spread,
    is_point,
    mutual_dependence,
    shortest_line,
    sketch_notes,
    uncertainty_m,
    widened,
    widening,
)
from storymap.claims.middles import middle_of
from storymap.claims.workings import fine, in_degrees, known, position, worked
from storymap.places import Edges, Place
from storymap.quantity import Unit, sensible_unit
from storymap.scene import Amount, LonLat, Measurement, Message
from storymap.story import DirectionDoc

_R_M = 6_371_008.8  # mean radius; on the ellipsoid angles differ by under a hundredth of themselves
_E = 0.0818191908426  # eccentricity of WGS 84
_SAME_M = 0.001
_WORTH_SAYING = 0.1  # of the uncertainty
_ALL_ROUND = ("meeting", "round")
_HALF_ROUND = 90.0  # degrees to either side: what reaches further round a place has it inside its hull


def measure(doc: DirectionDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return the direction in degrees, 0..360; its interval goes on below 0 or over 360 where it reaches over north."""
    a, b = places[doc.from_], places[doc.to]
    start, end = middle_of(a), middle_of(b)
    distance_m = earth.inverse(start, end)
    if distance_m < _SAME_M:
        message = f"there is no direction from '{a.id}' to '{b.id}': their middles are one and the same"
        raise ClaimError("same-place", message, "name two places that lie apart")
    value = earth.bearing(start, end)[0]
    u_a, u_b = uncertainty_m(a), uncertainty_m(b)

    def reading(edges: Edges) -> float:
        return _turn(value, earth.bearing(middle_of(a, edges), middle_of(b, edges))[0])

    turned_deg = turn_deg(distance_m, start, u_a, u_b)
    half, cautions = widened(turned_deg, edge_spread([a, b], 0.0, reading))
    half = min(half, 180.0)
    low, high = -half, half
    edges = widening("edge-model", (-turned_deg, turned_deg), (low, high))
    workings = [known(a, b), _worked(a, b, start, end, value, turned_deg)]
    workings += [worked("edges", spread=in_degrees(half - turned_deg, turned_deg))] * len(edges)
    notes = [*derived_notes([a, b]), *sketch_notes([a, b])]
    for name, bearing, turned, apart_m in _other_senses(a, b, start, end) if half < 180 else ():
        turn, turned = _turn(value, bearing), max(turned, half)
        low, high = min(low, turn - turned), max(high, turn + turned)
        sense = {"bearing": in_degrees(bearing, half), "turn": in_degrees(turned, half)}
        both = {"first": a.phrase, "second": b.phrase}
        workings.append(worked(name, **sense, **both, distance=fine(apart_m, u_a + u_b)))
        if name in _ALL_ROUND or abs(turn) > _WORTH_SAYING * half:
            notes.append(Message(f"claims.note-{name}", both))
    if high - low >= 360.0:
        low, high = -180.0, 180.0
    senses = widening("definition", (-half, half), (low, high))
    number = Amount(value, value, max(-low, high), sensible_unit("direction", value, said))
    shapes = "points" if is_point(a) and is_point(b) else "shapes"
    return Measurement(
        value=value,
        low=value + low,
        high=value + high,
        dimension="direction",
        lines=(shortest_line(start, end),),
        method=Message(f"claims.method-direction-{shapes}"),
        what=Message(f"claims.what-direction-{shapes}", {"from": a.phrase, "to": b.phrase}),
        places=(a.id, b.id),
        cautions=(*mutual_dependence([a, b]), *cautions),
        notes=tuple(notes),
        short_label=Message("claims.label-direction", {"value": number}),
        workings=tuple(workings),
        widenings=(*edges, *senses),
    )


def turn_deg(distance_m: float, start: LonLat, u_start_m: float, u_end_m: float) -> float:
    """Return by how many degrees (0..180) the direction at `start` may turn if both ends move by their uncertainties.

    On a sphere an end that moves by u turns it by at most asin(sin u / sin d) (sine rule). To that comes the turn of
    north: the difference in longitude between `start` and where it may be.
    """
    u, d = (u_start_m + u_end_m) / _R_M, distance_m / _R_M
    if u >= min(d, math.pi - d):
        return 180.0
    seen = math.degrees(math.asin(math.sin(u) / math.sin(d)))
    return min(180.0, seen + _lon_deg(start, u_start_m))


def rhumb_deg(start: LonLat, end: LonLat, u_start_m: float, u_end_m: float) -> list[float]:
    """Return the direction (0..360 degrees) of the line that crosses every meridian at the same angle.

    Its tangent is the difference in longitude by that in isometric latitude, asinh(tan f) - e atanh(e sin f) (Snyder,
    Map Projections: A Working Manual, 1987, eq. 7-7). Where the ends lie opposite each other within their
    uncertainties, both ways round are given.
    """
    east = math.radians(math.remainder(end[0] - start[0], 360.0))
    north = _isometric(end[1]) - _isometric(start[1])
    either = math.pi - abs(east) <= math.radians(_lon_deg(start, u_start_m) + _lon_deg(end, u_end_m))
    ways = [east, east - math.copysign(2 * math.pi, east)] if either else [east]
    return list(dict.fromkeys(math.degrees(math.atan2(way, north)) % 360.0 for way in ways))


def _worked(a: Place, b: Place, start: LonLat, end: LonLat, value_deg: float, turned_deg: float) -> Message:
    """Return from where to where it is, how far, in what direction, and how much both positions may turn that."""
    u_m = uncertainty_m(a) + uncertainty_m(b)
    ends = {"start": position(start, u_m), "end": position(end, u_m)}
    turned = {"bearing": in_degrees(value_deg, turned_deg), "turn": in_degrees(turned_deg, turned_deg)}
    return worked("direction", **ends, **turned, distance=fine(earth.inverse(start, end), u_m))


def _other_senses(a: Place, b: Place, start: LonLat, end: LonLat) -> Iterator[tuple[str, float, float, float]]:
    """Yield what else a direction between two places may mean: (name, direction, how far it may turn, metres apart)."""
    u_a, u_b = uncertainty_m(a), uncertainty_m(b)
    far_m = earth.inverse(start, end)
    turned = turn_deg(far_m, start, u_a, u_b)
    yield from (("rhumb", bearing, turned, far_m) for bearing in rhumb_deg(start, end, u_a, u_b))
    if is_point(a) and is_point(b):
        return
    near = earth.nearest(a.geometry, b.geometry, edges=(a.edges, b.edges))
    if near.distance_m <= u_a + u_b:  # they may meet, so that either may lie on any side of the other
        yield "meeting", 0.0, 180.0, near.distance_m
        return
    bearing = earth.bearing(near.on_a, near.on_b)[0]
    yield "nearest", bearing, turn_deg(near.distance_m, near.on_a, u_a, u_b), near.distance_m
    for outer, middle, way_deg in ((b, start, 0.0), (a, end, 180.0)):
        seen, half_deg = arc_deg(middle, outer)
        if half_deg > _HALF_ROUND:
            yield "round", (seen + way_deg) % 360.0, min(180.0, half_deg + turned), near.distance_m


def _turn(from_deg: float, to_deg: float) -> float:
    """Return the turn from one direction to another, -180..180 degrees, clockwise positive."""
    return math.remainder(to_deg - from_deg, 360.0)


def _lon_deg(at: LonLat, u_m: float) -> float:
    """Return by how many degrees of longitude a place may shift that moves by `u_m`; 180 where that reaches a pole."""
    sine, cosine = math.sin(u_m / _R_M), math.cos(math.radians(at[1]))
    return 180.0 if sine >= cosine else math.degrees(math.asin(sine / cosine))


def _isometric(lat_deg: float) -> float:
    if abs(lat_deg) == 90:
        return math.copysign(math.inf, lat_deg)
    lat = math.radians(lat_deg)
    return math.asinh(math.tan(lat)) - _E * math.atanh(_E * math.sin(lat))
