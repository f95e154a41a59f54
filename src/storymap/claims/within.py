"""within: whether a place lies inside an area, measured as its distance to the area's edge, inside positive.

± the uncertainty of both; true where all of that interval is above zero. Of a line or an area all must lie inside, its
edges and what they close in; where some of it does not, the vertex furthest out counts, or 0 if none is outside.
"""

from __future__ import annotations

from collections.abc import Mapping

from storymap import earth
from storymap.claims.given import (
    area_of,
    dependence,
    edge_spread,
    shortest_line,
    shown,
    spread_out,
    surveyed,
    uncertainty_m,
    unsearched_m,
    widened,
    widening,
)
from storymap.claims.workings import edges_added, known, left_open, margin_drawn
from storymap.places import Edges, Place
from storymap.quantity import Unit
from storymap.scene import Measurement, Message
from storymap.story import WithinDoc


def measure(doc: WithinDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return how deep the place lies inside the area (m, negative outside); `said` is the unit of the words."""
    place, area = places[doc.place], places[doc.area]
    polygon = area_of(area)
    surveyed(place, area)

    def reading(edges: Edges) -> float:
        return earth.depth(polygon, place.geometry, edges=edges).margin_m

    depth = earth.depth(polygon, place.geometry, edges=(area.edges, place.edges))
    margin = depth.margin_m
    positions = uncertainty_m(place) + uncertainty_m(area) + unsearched_m(depth.within_m)
    u, cautions = widened(positions, edge_spread([place, area], margin, reading, distance_u_m=positions))
    widenings = widening("edge-model", spread_out(margin, positions), spread_out(margin, u))
    side = "inside" if margin > 0 else "outside" if margin < 0 else "across"
    number = shown(margin, margin - u, margin + u, "length", said)
    return Measurement(
        value=margin,
        low=margin - u,
        high=margin + u,
        dimension="truth",
        lines=(shortest_line(depth.on_geometry, depth.on_boundary),),
        method=Message("claims.method-within"),
        what=Message(f"claims.what-within-{side}", {"place": place.phrase, "area": area.phrase}),
        places=(place.id, area.id),
        cautions=(*dependence([place, area]), *cautions),
        short_label=Message(f"claims.label-within-{'sure' if margin > u else side}", {"value": number}),
        workings=(
            margin_drawn(margin, positions),
            known(place, area),
            *left_open(positions, place, area),
            *edges_added(widenings, positions),
        ),
        widenings=widenings,
    )
