"""links: whether a line joins two areas: one end must lie in each. Measured as how deep the shallower end lies.

± the uncertainty of the line and of the area. A line that was drawn from the shores it joins ends on them by
construction; it is marked `derived` and cannot prove that it does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import shapely
from shapely.geometry import LineString, Point

from storymap import earth
from storymap.claims.given import (
    ClaimError,
    area_of,
    dependence,
    edge_spread,
    line_of,
    runs_of,
    shown,
    sketch_notes,
    spread_out,
    surveyed,
    uncertainty_m,
    unsearched_m,
    widened,
    widening,
)
from storymap.claims.workings import edges_added, fine, known, left_open, position, worked
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
    surveyed(*areas)
    _apart(first, second)
    depths = {(area.id, end): _depth(area, end, area.edges) for area in areas for end in ends}
    # One end for each area, whichever way round the line lies deeper.
    pairs = max(
        (tuple(zip(areas, order, strict=True)) for order in (ends, ends[::-1])),
        key=lambda pairs: min(depths[area.id, end].margin_m for area, end in pairs),
    )
    cautions, workings = list(dependence([line, *areas])), [known(line)]
    margins, inner, outer = [], [], []
    for area, end in pairs:
        found = depths[area.id, end]
        depth, positions = found.margin_m, uncertainty_m(line) + uncertainty_m(area) + unsearched_m(found.within_m)
        spread = edge_spread([area], depth, partial(_margin, area, end), distance_u_m=positions)
        half, more = widened(positions, spread)
        margins.append(depth)
        inner.append(spread_out(depth, positions))
        outer.append(spread_out(depth, half))
        cautions += more
        side = "inside" if depth > 0 else "outside"
        at = position(found.on_boundary, positions)
        end_at = worked(f"end-{side}", depth=fine(abs(depth), positions), area=area.phrase, position=at)
        edges = edges_added(widening("edge-model", inner[-1], outer[-1]), positions)
        workings += [end_at, known(area), *left_open(positions, line, area), *edges]
    value, (low, high) = min(margins), _lesser(outer)
    joins = value > 0
    number = shown(value, low, high, "length", said)
    # A line drawn from the shores reaches them as drawn, which is no finding.
    sure = "links-sure" if low > 0 else "links"
    label = ("links-derived" if "not-independent" in cautions else sure) if joins else "links-short"
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
        notes=sketch_notes([line]),
        short_label=Message(f"claims.label-{label}", {"value": number}),
        workings=tuple(workings),
        widenings=widening("edge-model", _lesser(inner), (low, high)),
    )


def _apart(first: Place, second: Place) -> None:
    """Refuse areas that surely overlap: a line within both of them would join them without leading anywhere."""
    common = area_of(first).intersection(area_of(second))
    if not common.area:
        return
    u = uncertainty_m(first) + uncertainty_m(second)
    inside = [Point(part.point_on_surface()) for part in shapely.get_parts(common).tolist() if part.area]
    if any(min(_depth(area, (at.x, at.y), area.edges).margin_m for area in (first, second)) > u for at in inside):
        raise ClaimError(
            "same-place", f"'{first.id}' and '{second.id}' overlap, so a line cannot join them", "name two areas apart"
        )


def _lesser(intervals: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the interval (low, high) of the lesser of several margins."""
    return min(low for low, _ in intervals), min(high for _, high in intervals)


def _depth(area: Place, end: LonLat, edges: Edges) -> earth.Depth:
    return earth.depth(area_of(area), Point(end), edges=edges)


def _margin(area: Place, end: LonLat, edges: Edges) -> float:
    return _depth(area, end, edges).margin_m
