"""area: how large an area is, the holes in it taken off.

The true edge lies within the place's uncertainty u of the drawn one. The strip that wide along the edge, of length P,
is at most u·P on either side, and π·u² more outside every outer ring and inside every hole, as these grow (Steiner's
formula; docs/claims.md derives it). Coarseness adds nothing to that: it cuts bays and capes alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from storymap import earth
from storymap.claims.given import derived_notes, edge_spread, shown, uncertainty_m, widened, widening
from storymap.claims.rings import drawn, edge_runs, made_whole, rings_of, surveyed_area
from storymap.claims.workings import edges_added, fine, known, worked
from storymap.places import Place
from storymap.quantity import Numeral, Unit
from storymap.scene import Measurement, Message
from storymap.story import AreaDoc


def measure(doc: AreaDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return the area in m²; `said` is the unit of the words, None where they have none."""
    place = places[doc.of]
    polygon, u_m = surveyed_area(place), uncertainty_m(place)
    value = earth.area(polygon, edges=place.edges)
    edge_m = earth.perimeter(polygon, edges=place.edges)
    whole = made_whole(polygon)
    outer, holes = rings_of(whole)
    spread = edge_spread([place], value, lambda edges: earth.area(polygon, edges=edges))
    strip_m2, cautions = widened(u_m * edge_m, spread)
    corners_m2 = math.pi * u_m * u_m

    def interval(strip: float) -> tuple[float, float]:
        return max(0.0, value - strip - holes * corners_m2), value + strip + outer * corners_m2

    low, high = interval(strip_m2)
    widenings = widening("edge-model", interval(u_m * edge_m), (low, high))
    size, edge = fine(value, strip_m2, "area"), fine(edge_m, edge_m / 100)
    rings = worked("area-rings", value=size, edge=edge, outer=Numeral(str(outer)), holes=Numeral(str(holes)))
    one_ring = worked("area", value=size, edge=edge)
    return Measurement(
        value=value,
        low=low,
        high=high,
        dimension="area",
        lines=drawn(edge_runs(whole), place),
        method=Message("claims.method-area"),
        what=Message("claims.what-area-holes" if holes else "claims.what-area", {"place": place.phrase}),
        places=(place.id,),
        cautions=cautions,
        notes=derived_notes([place]),
        short_label=Message("claims.label-area", {"value": shown(value, low, high, "area", said)}),
        workings=(
            one_ring if (outer, holes) == (1, 0) else rings,
            known(place),
            *edges_added(widenings, strip_m2, "area"),
        ),
        widenings=widenings,
    )
