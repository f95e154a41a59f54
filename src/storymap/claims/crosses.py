"""crosses: whether a line passes over another line from one side to the other, or through an area and out again.

Measured as how far both may move before it need not (`passing`): over a line, the least of how far the crossing line
gets from it on either side and how far its loose ends lie away; through an area, the least of how far the line lies
outside before, inside, and outside after. ± the uncertainty of both. Places that do not meet: the gap, negative. A line
that ends on the other, or turns back there, is at 0, too close to call; one that surely ends inside the area fails by
how deep.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

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
    uncertainty_m,
    widened,
)
from storymap.claims.passing import Passing, depths, over_line, through_area
from storymap.claims.strands import DRAWN_M, NOWHERE, split_at, strands_of
from storymap.places import Edges, Place
from storymap.quantity import Unit
from storymap.scene import LonLat, Measurement, Message
from storymap.story import CrossesDoc


def measure(doc: CrossesDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return how surely the line crosses (m), negative where it does not; `said` is the unit of the words."""
    line, over = places[doc.line], places[doc.over]
    line_of(line)
    area = isinstance(over.geometry, Polygon | MultiPolygon)
    near = earth.nearest(line.geometry, over.geometry, edges=(line.edges, over.edges))
    lines: Runs
    if near.distance_m > 0:
        margin, outcome, lines = -near.distance_m, "apart", (shortest_line(near.on_a, near.on_b),)
    else:
        found = passing(line, over)
        margin, lines = found.margin_m, _drawn(line, found)
        outcome = "over" if margin > 0 else "ends" if margin < 0 else "meets"

    def reading(edges: Edges) -> float:
        gap = earth.nearest(line.geometry, over.geometry, edges=edges).distance_m
        return -gap if gap > 0 else passing(line, over, edges).margin_m

    u = uncertainty_m(line) + uncertainty_m(over) + DRAWN_M
    u, cautions = widened(u, margin_spread([line, over], margin, u, reading))
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
        short_label=Message(f"claims.label-crosses-{outcome}", {"value": number}),
    )


def passing(line: Place, over: Place, edges: Edges | None = None) -> Passing:
    """Return how surely a line passes over a line or through an area; `edges` reads the edges of both in one way."""
    strands, others, model = strands_of(line, edges), strands_of(over, edges), edges or over.edges
    if isinstance(over.geometry, Polygon | MultiPolygon):
        return through_area(strands, partial(depths, over.geometry, edges=model), others)
    return over_line(strands, others, over.geometry, model)


def _drawn(line: Place, found: Passing) -> Runs:
    """Return the line to draw, the strand that passes in pieces that end where it does."""
    if not len(found.over):
        return runs_of(line)
    runs: list[tuple[LonLat, ...]] = []
    for number, strand in enumerate(strands_of(line)):
        runs += split_at(strand, found.over if number == found.strand else NOWHERE, line.edges)
    return tuple(runs)
