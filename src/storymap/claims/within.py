"""within: whether a place lies inside an area, measured as its distance to the area's edge, inside positive.

± the uncertainty of both; true where all of that interval is above zero. Of a line or an area every vertex must
lie inside, and the one least inside counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from shapely.geometry import Point

from storymap import earth
from storymap.claims.given import area_of, dependence, edge_spread, shortest_line, shown, uncertainty_m, widened
from storymap.places import Edges, Place
from storymap.quantity import Unit
from storymap.scene import LonLat, Measurement, Message
from storymap.story import WithinDoc


def measure(doc: WithinDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return how deep the place lies inside the area (m, negative outside); `said` is the unit of the words."""
    place, area = places[doc.place], places[doc.area]
    polygon = area_of(area)
    vertices: list[LonLat] = [(float(x), float(y)) for x, y in shapely.get_coordinates(place.geometry)]

    def least(edges: Edges) -> tuple[float, LonLat]:
        return min((earth.contains_margin(polygon, vertex, edges=edges), vertex) for vertex in vertices)

    margin, vertex = least(area.edges)
    spread = edge_spread([area], margin, lambda edges: least(edges)[0])
    u, cautions = widened(uncertainty_m(place) + uncertainty_m(area), spread)
    edge = earth.nearest(Point(vertex), polygon.boundary, edges=("planar", area.edges)).on_b
    side = "inside" if margin > 0 else "outside"
    number = shown(margin, margin - u, margin + u, "length", said)
    return Measurement(
        value=margin,
        low=margin - u,
        high=margin + u,
        dimension="truth",
        lines=(shortest_line(vertex, edge),),
        method=Message("claims.method-within"),
        what=Message(f"claims.what-within-{side}", {"place": place.name, "area": area.name}),
        places=(place.id, area.id),
        cautions=(*dependence([place, area]), *cautions),
        short_label=Message(f"claims.label-within-{side}", {"value": number}),
    )
