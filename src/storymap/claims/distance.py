"""distance: how far it is between the nearest points of two places, straight or along a line.

Straight: the shortest line on the ellipsoid, ± the uncertainty of both places, never below zero.
Along a line: from the point of the line nearest to the one place to the point nearest to the other, wherever on the
line that may be (`feet`), and with or without the way to it where a place lies off it; where the length of the line is
published, in proportion to that.
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
    sketch_notes,
    spread_out,
    uncertainty_m,
    unsearched_m,
    widened,
    widening,
)
from storymap.claims.routes import extent_between
from storymap.claims.workings import as_drawn, edges_added, known, left_open
from storymap.places import Edges, Place
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
    positions = uncertainty_m(a) + uncertainty_m(b) + unsearched_m(nearest.within_m)

    def reading(edges: Edges) -> float:
        return earth.nearest(a.geometry, b.geometry, edges=edges).distance_m

    spread = edge_spread([a, b], value, reading, distance_u_m=positions)
    u, cautions = widened(positions, spread)
    shapes = f"{'point' if is_point(a) else 'shape'}-{'point' if is_point(b) else 'shape'}"
    low, high = spread_out(value, u, 0.0)
    widenings = widening("edge-model", spread_out(value, positions, 0.0), (low, high))
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
        notes=(*derived_notes([a, b]), *sketch_notes([a, b])),
        short_label=Message("claims.label-distance", {"value": shown(value, low, high, "length", said)}),
        workings=(
            as_drawn(value, positions),
            known(a, b),
            *left_open(positions, a, b),
            *edges_added(widenings, positions),
        ),
        widenings=widenings,
    )


def _along(a: Place, b: Place, line: Place, said: Unit | None) -> Measurement:
    found, piece = extent_between(line, a, b)
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
        workings=found.workings,
        widenings=found.widenings,
        short_label=Message("claims.label-along", {"value": number, "line": line.name}),
    )
