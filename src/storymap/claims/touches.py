"""touches: whether two places have a point in common: share a border, overlap, cross, or one lies in the other.

Measured as how far both may move before they need not meet. Apart: the gap, negative. Overlapping: how deep the deepest
place of one lies inside the other. Crossing lines: as for `crosses`. ± the uncertainty of both.

A border that both places draw corner by corner and took from one source is wrong for both in the same way, if it is:
then the length of its longest stretch counts, ± twice the uncertainty of both, as its ends may be wrong. Two borders
from different sources, or a mere point in common, are at 0: too close to call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from storymap import earth
from storymap.claims.crosses import known_as_drawn, passed, passing
from storymap.claims.edge_models import margin_spread
from storymap.claims.given import (
    Runs,
    dependence,
    shortest_line,
    shown,
    spread_out,
    surveyed,
    uncertainty_m,
    widened,
    widening,
)
from storymap.claims.passing import depths
from storymap.claims.shared_edges import longest_shared
from storymap.claims.strands import DRAWN_M, crossings, sampled, strands_of
from storymap.claims.workings import edges_added, known, margin_drawn, position, worked
from storymap.places import Edges, Place
from storymap.quantity import Unit
from storymap.scene import LonLat, Measurement, Message
from storymap.story import TouchesDoc


@dataclass(frozen=True, slots=True)
class _Meeting:
    """How surely two places meet (m), in what way, and what to draw of it; `u_m` where positions add up differently."""

    margin_m: float
    how: str
    lines: Runs
    u_m: float
    workings: tuple[Message, ...] = ()

    @property
    def at_worst_m(self) -> float:
        return self.margin_m - self.u_m


def measure(doc: TouchesDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return how surely the two places meet (m), negative where they are apart; `said` is the unit of the words."""
    a, b = (places[name] for name in doc.places)
    surveyed(a, b)
    found = _meeting(a, b)

    def reading(edges: Edges) -> float:
        return _meeting(a, b, edges).margin_m

    u, cautions = widened(found.u_m, margin_spread([a, b], found.margin_m, found.u_m, reading))
    low, high = spread_out(found.margin_m, u)
    widenings = widening("edge-model", spread_out(found.margin_m, found.u_m), (low, high))
    twins = found.how == "meet" and a.source != b.source and longest_shared(a, b) is not None
    return Measurement(
        value=found.margin_m,
        low=low,
        high=high,
        dimension="truth",
        lines=found.lines,
        method=Message("claims.method-touches-border" if found.how == "border" else "claims.method-touches"),
        what=Message(f"claims.what-touches-{found.how}", {"first": a.phrase, "second": b.phrase}),
        places=(a.id, b.id),
        cautions=(*dependence([a, b]), *cautions),
        notes=(Message("claims.note-touches-sources"),) if twins else (),
        short_label=Message(
            f"claims.label-touches-{'sure' if low > 0 and found.how != 'border' else found.how}",
            {"value": shown(found.margin_m, low, high, "length", said)},
        ),
        workings=(*found.workings, *edges_added(widenings, found.u_m)),
        widenings=widenings,
    )


def _meeting(a: Place, b: Place, edges: Edges | None = None) -> _Meeting:
    """Return the surest way in which two places meet, or the gap; `edges` reads the edges of both in one way."""
    u = uncertainty_m(a) + uncertainty_m(b)
    near = earth.nearest(a.geometry, b.geometry, edges=edges or (a.edges, b.edges))
    if near.distance_m > near.within_m:  # nearer than that, they may meet
        gap = margin_drawn(-near.distance_m, u), known(a, b)
        return _Meeting(-near.distance_m, "apart", (shortest_line(near.on_a, near.on_b),), u, gap)
    ways = [_Meeting(0.0, "meet", ((near.on_a, near.on_b),), u, (margin_drawn(0.0, u), known(a, b)))]
    shared = longest_shared(a, b) if a.source == b.source else None
    if shared is not None:
        length = earth.length(shared, edges=edges or a.edges)
        corners = tuple((float(x), float(y)) for x, y in shared.coords)
        stretch = margin_drawn(length, u), worked("border"), known(a, b)
        ways.append(_Meeting(length, "border", (corners,), 2 * u, stretch))
    for inner, outer in ((a, b), (b, a)):
        if isinstance(outer.geometry, Polygon | MultiPolygon):
            ways.append(_overlap(inner, outer, u + DRAWN_M, edges))
    if all(_is_line(place) for place in (a, b)):
        both = ((passing(line, over, edges), line, over) for line, over in ((a, b), (b, a)))
        found, line, over = max(both, key=lambda way: way[0].margin_m)
        workings = (*passed(found, line, over), *known_as_drawn(line, over))
        ways.append(_Meeting(found.margin_m, "cross", ((near.on_a, near.on_b),), u + DRAWN_M, workings))
    return max((way for way in ways if way.margin_m >= 0), key=lambda way: (way.at_worst_m, way.how == "border"))


def _overlap(inner: Place, outer: Place, u_m: float, edges: Edges | None) -> _Meeting:
    """Return how deep the deepest place of one lies inside the other, an area."""
    rings, model = strands_of(outer, edges), edges or outer.edges
    samples = [sampled(strand, crossings(strand, rings)).at_deg for strand in strands_of(inner, edges)]
    at = np.concatenate([*samples, shapely.get_coordinates(inner.geometry)])
    deep = depths(outer.geometry, at, edges=model)
    k = int(np.argmax(deep))
    place: LonLat = (float(at[k, 0]), float(at[k, 1]))
    edge = earth.nearest(shapely.Point(place), outer.geometry.boundary, edges=model).on_b
    deepest = worked("deepest", inner=inner.phrase, outer=outer.phrase, position=position(place, u_m))
    workings = deepest, margin_drawn(float(deep[k]), u_m), *known_as_drawn(inner, outer)
    return _Meeting(float(deep[k]), "overlap", (shortest_line(place, edge),), u_m, workings)


def _is_line(place: Place) -> bool:
    return place.geometry.geom_type in ("LineString", "MultiLineString")
