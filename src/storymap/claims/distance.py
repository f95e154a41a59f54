"""distance: how far it is between the nearest points of two places, straight or along a line.

Straight: the shortest line on the ellipsoid, ± the uncertainty of both places, never below zero.
Along a line: from the point of the line nearest to the one place to the point nearest to the other; where the
line is drawn schematically and its length is published, in proportion to the published length.
"""

from __future__ import annotations

from collections.abc import Mapping

from storymap import earth
from storymap.claims.given import (
    derived_notes,
    edge_spread,
    is_point,
    mutual_dependence,
    shortest_line,
    shown,
    uncertainty_m,
    widened,
)
from storymap.claims.routes import extent_between
from storymap.places import Place
from storymap.quantity import Unit
from storymap.scene import Measurement, Message
from storymap.story import DistanceDoc


def measure(doc: DistanceDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return the distance in metres; `said` is the unit of the words, None where they have none."""
    a, b = places[doc.from_], places[doc.to]
    if doc.along is not None:
        return _along(a, b, places[doc.along], said)
    nearest = earth.nearest(a.geometry, b.geometry, edges=(a.edges, b.edges))
    value = nearest.distance_m
    spread = edge_spread([a, b], value, lambda edges: earth.nearest(a.geometry, b.geometry, edges=edges).distance_m)
    u, cautions = widened(uncertainty_m(a) + uncertainty_m(b), spread)
    shapes = f"{'point' if is_point(a) else 'shape'}-{'point' if is_point(b) else 'shape'}"
    low, high = max(0.0, value - u), value + u
    return Measurement(
        value=value,
        low=low,
        high=high,
        dimension="length",
        lines=(shortest_line(nearest.on_a, nearest.on_b),),
        method=Message("claims.method-distance"),
        what=Message(f"claims.what-distance-{shapes}", {"from": a.phrase, "to": b.phrase}),
        places=(a.id, b.id),
        cautions=(*mutual_dependence([a, b]), *cautions),
        notes=derived_notes([a, b]),
        short_label=Message("claims.label-distance", {"value": shown(value, low, high, "length", said)}),
    )


def _along(a: Place, b: Place, line: Place, said: Unit | None) -> Measurement:
    found, piece = extent_between(line, a, b, said)
    number = shown(found.value, found.low, found.high, "length", said)
    return Measurement(
        value=found.value,
        low=found.low,
        high=found.high,
        dimension="length",
        lines=(piece,),
        method=Message("claims.method-along-published" if found.published else "claims.method-along"),
        what=Message("claims.what-along", {"from": a.phrase, "to": b.phrase, "line": line.phrase}),
        places=(a.id, b.id, line.id),
        cautions=found.cautions,
        notes=found.notes,
        short_label=Message("claims.label-along", {"value": number, "line": line.name}),
    )
