"""links: whether a line joins two areas: one end must lie in each. Measured as how deep the shallower end lies.

± the uncertainty of the line and of the area. A line that was drawn from the shores it joins ends on them by
construction; it is marked `derived` and cannot prove that it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from shapely.geometry import LineString

from storymap import earth
from storymap.claims.given import (
    ClaimError,
    area_of,
    dependence,
    edge_spread,
    line_of,
    runs_of,
    shown,
    uncertainty_m,
    widened,
)
from storymap.places import Edges, Place
from storymap.quantity import Unit
from storymap.scene import LonLat, Measurement, Message
from storymap.story import LinksDoc


def measure(doc: LinksDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return how deep (m) the line's ends lie in the two areas, the lesser; negative where one falls short."""
    line = places[doc.line]
    first, second = (places[name] for name in doc.areas)
    drawn = line_of(line)
    if not isinstance(drawn, LineString):
        raise ClaimError("wrong-geometry", f"'{line.id}' is in several pieces", "draw it as one line without gaps")
    ends: list[LonLat] = [(float(x), float(y)) for x, y in (drawn.coords[0], drawn.coords[-1])]
    areas = (first, second)
    # One end for each area, whichever way round the line lies deeper.
    pairs = max(
        (tuple(zip(areas, order, strict=True)) for order in (ends, ends[::-1])),
        key=lambda pairs: min(_depth(area, end, area.edges) for area, end in pairs),
    )
    depths, halves, cautions = [], [], list(dependence([line, *areas]))
    for area, end in pairs:
        depth = _depth(area, end, area.edges)
        spread = edge_spread([area], depth, partial(_depth, area, end))
        half, more = widened(uncertainty_m(line) + uncertainty_m(area), spread)
        depths.append(depth)
        halves.append(half)
        cautions += more
    low = min(depth - half for depth, half in zip(depths, halves, strict=True))
    high = min(depth + half for depth, half in zip(depths, halves, strict=True))
    value = min(depths)
    joins = value > 0
    number = shown(value, low, high, "length", said)
    # A line drawn from the shores reaches them as drawn, which is no finding.
    label = ("links-derived" if "not-independent" in cautions else "links") if joins else "links-short"
    names = {"line": line.phrase, "first": first.phrase, "second": second.phrase}
    return Measurement(
        value=value,
        low=low,
        high=high,
        dimension="truth",
        lines=runs_of(line),
        method=Message("claims.method-links"),
        what=Message("claims.what-links" if joins else "claims.what-links-short", names),
        places=(line.id, first.id, second.id),
        cautions=tuple(dict.fromkeys(cautions)),
        short_label=Message(f"claims.label-{label}", {"value": number}),
    )


def _depth(area: Place, end: LonLat, edges: Edges) -> float:
    return earth.contains_margin(area_of(area), end, edges=edges)
