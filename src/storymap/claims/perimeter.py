"""perimeter: how long the edge of an area is, all its outer rings together; holes in it are left out.

If the true edge runs within the place's uncertainty u beside the drawn one, each closed ring may be longer or shorter
by 2π·u (Steiner; a shift alone changes nothing). A coast has no length apart from the detail in which it is drawn, and
finer detail can only add to it: upwards comes what that may add (`coastline`), and a note says how finely it is drawn.
A published length (`stated`) is taken as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from storymap import earth
from storymap.claims.coastline import Detail, hidden_detail, least_walked_m
from storymap.claims.given import (
    Runs,
    area_of,
    derived_notes,
    edge_spread,
    shown,
    spread_out,
    uncertainty_m,
    widened,
    widening,
)
from storymap.claims.rings import drawn, edge_runs, made_whole, rings_of, without_holes
from storymap.claims.routes import Extent, as_published, lost_detail, stated_length
from storymap.claims.workings import edges_added, exact, fine, known, worked
from storymap.places import Place
from storymap.quantity import Numeral, Unit, fineness, sensible_unit
from storymap.scene import Amount, Measurement, Message
from storymap.story import PerimeterDoc

_WORTH_SAYING = 0.1  # of the uncertainty: below it the verdict does not mention the edge's detail


def measure(doc: PerimeterDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return the length of the edge in metres; `said` is the unit of the words, None where they have none."""
    place = places[doc.of]
    found, whole = _extent(place), made_whole(area_of(place))
    number = shown(found.value, found.low, found.high, "length", said)
    kind = "perimeter-published" if found.published else "perimeter"
    return Measurement(
        value=found.value,
        low=found.low,
        high=found.high,
        dimension="length",
        lines=drawn(edge_runs(without_holes(whole)), place),
        method=Message(f"claims.method-{kind}"),
        what=Message(f"claims.what-{kind}", {"area": place.phrase}),
        places=(place.id,),
        cautions=found.cautions,
        notes=found.notes,
        workings=found.workings,
        widenings=found.widenings,
        short_label=Message(f"claims.label-{kind}", {"value": number}),
    )


def _extent(place: Place) -> Extent:
    area, u_m = area_of(place), uncertainty_m(place)
    stated = stated_length(place)
    if stated is not None:
        return as_published(place, stated)
    whole = made_whole(area)
    outline = without_holes(whole)
    value = earth.perimeter(outline, edges=place.edges)
    spread = edge_spread([place], value, lambda edges: earth.perimeter(outline, edges=edges))
    positions = 2 * math.pi * u_m * len(outline.geoms)
    u, cautions = widened(positions, spread)
    low, high = spread_out(value, u, 0.0)
    runs = edge_runs(outline)
    detail = hidden_detail(place, runs, value)
    notes = [_scale(place, value, runs)]
    if detail.hidden_m > _WORTH_SAYING * u:
        cautions = (*cautions, "scale")
    if rings_of(whole)[1]:
        in_all = earth.perimeter(area, edges=place.edges)
        notes.append(Message("claims.note-holes", {"length": _about(in_all - value)}))
    notes += derived_notes([place])
    edges = widening("edge-model", spread_out(value, positions, 0.0), (low, high))
    return Extent(
        value,
        low,
        high + detail.hidden_m,
        cautions,
        tuple(notes),
        workings=(_rings(value, u, len(outline.geoms)), known(place), *edges_added(edges, u), *_coast(detail, u_m, u)),
        widenings=(*edges, *widening("scale", (low, high), (low, high + detail.hidden_m))),
    )


def _rings(length_m: float, u_m: float, count: int) -> Message:
    length = fine(length_m, u_m)
    return worked("ring", value=length) if count == 1 else worked("rings", value=length, count=Numeral(str(count)))


def _scale(place: Place, length_m: float, runs: Runs) -> Message:
    """Return the note in what detail the edge is drawn, without which its length means little."""
    step = _about(length_m / sum(len(run) - 1 for run in runs))
    if place.scale is None:
        return Message("claims.note-step", {"step": step})
    return Message("claims.note-scale", {"step": step, "scale": place.scale})


def _coast(detail: Detail, u_m: float, half_m: float) -> tuple[Message, ...]:
    """Return how what finer detail may add to the edge comes about, ± `half_m` from positions."""
    if detail.walks is None:
        return lost_detail(detail.hidden_m, half_m)
    shown_m = fineness(half_m, half_m + detail.hidden_m)
    # An error in either walk grows by about as much as the whole, once for each halving.
    fine_walk, coarse_walk = (
        fine(m, shown_m * m / ((detail.hidden_m + m) * (1 + detail.halvings))) for m in detail.walks
    )
    walks = {"fine": fine_walk, "coarse": coarse_walk, "u": exact(u_m), "twice": exact(2 * u_m)}
    hidden = fine(detail.hidden_m, shown_m)
    coast = worked("coast", **walks, halvings=Numeral(f"{detail.halvings:.3f}"), hidden=hidden)
    if not detail.not_walked_m:
        return (coast,)
    small = fine(detail.not_walked_m, half_m)
    return coast, worked("not-walked", length=small, least=exact(least_walked_m(u_m)))


def _about(length_m: float) -> Amount:
    return Amount(length_m, length_m, length_m / 10, sensible_unit("length", length_m))
