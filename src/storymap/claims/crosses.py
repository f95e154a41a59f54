"""crosses: whether a line passes over another line from one side to the other, or through an area and out again.

Measured as how far both may move before it need not (`passing`): over a line, the least of how far the crossing line
gets from it on either side and how far its loose ends lie away; through an area, the least of how far the line lies
outside before, inside, and outside after. ± the uncertainty of both. Places that do not meet: the gap, negative. A line
that ends on the other, or turns back there, is at 0, too close to call; one that surely ends inside the area fails by
how deep.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from shapely.geometry import MultiPolygon, Polygon

from storymap import earth
from storymap.claims.edge_models import margin_spread
from storymap.claims.given import (
    Runs,
    dependence,
    line_of,
    runs_of,
    shortest_line,
    shown,
    spread_out,
    surveyed,
    uncertainty_m,
    widened,
    widening,
)
from storymap.claims.passing import Passing, depths, over_line, through_area
from storymap.claims.strands import DRAWN_M, split_at, strands_of
from storymap.claims.workings import edges_added, exact, fine, known, margin_drawn, position, worked
from storymap.places import Edges, Place
from storymap.quantity import Unit
from storymap.scene import LonLat, Measurement, Message
from storymap.story import CrossesDoc

_REACH = 3.0  # margins of the line that are drawn on either side, so that both sides are seen


def measure(doc: CrossesDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return how surely the line crosses (m), negative where it does not; `said` is the unit of the words."""
    line, over = places[doc.line], places[doc.over]
    line_of(line)
    surveyed(line, over)
    area = isinstance(over.geometry, Polygon | MultiPolygon)
    near = earth.nearest(line.geometry, over.geometry, edges=(line.edges, over.edges))
    lines: Runs
    if near.distance_m > near.within_m:  # nearer than that, they may meet
        found = Passing(-near.distance_m)
        margin, outcome, lines = found.margin_m, "apart", (shortest_line(near.on_a, near.on_b),)
    else:
        found = passing(line, over)
        margin, lines = found.margin_m, _drawn(line, found)
        outcome = "over" if margin > 0 else "ends" if margin < 0 else "meets"

    def reading(edges: Edges) -> float:
        gap = earth.nearest(line.geometry, over.geometry, edges=edges)
        return -gap.distance_m if gap.distance_m > gap.within_m else passing(line, over, edges).margin_m

    positions = uncertainty_m(line) + uncertainty_m(over) + DRAWN_M
    u, cautions = widened(positions, margin_spread([line, over], margin, positions, reading))
    widenings = widening("edge-model", spread_out(margin, positions), spread_out(margin, u))
    number = shown(margin, margin - u, margin + u, "length", said)
    key = f"{'area' if area else 'line'}-{outcome}"
    return Measurement(
        value=margin,
        low=margin - u,
        high=margin + u,
        dimension="truth",
        lines=lines,
        method=Message(f"claims.method-crosses-{'area' if area else 'line'}"),
        what=Message(f"claims.what-crosses-{key}", {"line": line.phrase, "over": over.phrase}),
        places=(line.id, over.id),
        cautions=(*dependence([line, over]), *cautions),
        short_label=Message(f"claims.label-crosses-{'sure' if margin > u else outcome}", {"value": number}),
        workings=(*passed(found, line, over), *known_as_drawn(line, over), *edges_added(widenings, positions)),
        widenings=widenings,
    )


def passed(found: Passing, line: Place, over: Place) -> tuple[Message, ...]:
    """Return the distances of which the least is the margin of a passing, or the margin alone where none is."""
    u_m = uncertainty_m(line) + uncertainty_m(over)
    places = [position(at, u_m) for at, _ in found.spots]
    far = [fine(far_m, u_m) for _, far_m in found.spots]
    match places:
        case [before, after]:
            away = {"distance_before": far[0], "distance_after": far[1]}
            over_it = worked("over", before=before, after=after, line=line.phrase, over=over.phrase, **away)
            loose = worked("loose", over=over.phrase, distance=fine(found.loose_m, u_m))
            return (over_it, loose) if math.isfinite(found.loose_m) else (over_it,)
        case [before, inside, after]:
            deep = {"depth_before": far[0], "depth": far[1], "depth_after": far[2]}
            return (worked("through", before=before, inside=inside, after=after, line=line.phrase, **deep),)
    return (margin_drawn(found.margin_m, u_m),)


def known_as_drawn(line: Place, over: Place) -> tuple[Message, ...]:
    """Return how well two places are known, and what is added for the fine drawing of them where that matters."""
    if uncertainty_m(line) + uncertainty_m(over) > 100 * DRAWN_M:
        return (known(line, over),)
    return known(line, over), worked("strands", added=exact(DRAWN_M))


def passing(line: Place, over: Place, edges: Edges | None = None) -> Passing:
    """Return how surely a line passes over a line or through an area; `edges` reads the edges of both in one way."""
    strands, others, model = strands_of(line, edges), strands_of(over, edges), edges or over.edges
    if isinstance(over.geometry, Polygon | MultiPolygon):
        return through_area(strands, partial(depths, over.geometry, edges=model), others)
    return over_line(strands, others, over.geometry, model)


def _drawn(line: Place, found: Passing) -> Runs:
    """Return what to draw: where the line passes, in pieces that end there, and some of it before and after.

    That is as long as what lies inside an area, or three times the margin: a line may go on for hundreds of kilometres.
    """
    if not len(found.over):
        return runs_of(line)
    before, *inside, after = split_at(strands_of(line)[found.strand], found.over, line.edges)
    inside_m = sum(earth.inverse(a, b) for run in inside for a, b in pairwise(run))
    reach_m = max(inside_m, _REACH * found.margin_m)
    return (_first_of(before[::-1], reach_m)[::-1], *inside, _first_of(after, reach_m))


def _first_of(run: tuple[LonLat, ...], length_m: float) -> tuple[LonLat, ...]:
    """Return a run of (lon, lat) as far as a length (m) along it, or all of it."""
    kept, left_m = [run[0]], length_m
    for (lon, lat), (to_lon, to_lat) in pairwise(run):
        step_m = earth.inverse((lon, lat), (to_lon, to_lat))
        if step_m >= left_m:
            share = left_m / step_m
            kept.append((lon + share * ((to_lon - lon + 180.0) % 360.0 - 180.0), lat + share * (to_lat - lat)))
            break
        kept.append((to_lon, to_lat))
        left_m -= step_m
    return tuple(kept)
