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
from storymap.claims.coastline import Detail, hidden_detail
from storymap.claims.given import Runs, area_of, derived_notes, edge_spread, shown, uncertainty_m, widened
from storymap.claims.rings import drawn, edge_note, edge_runs, made_whole, rings_of, without_holes
from storymap.claims.routes import Extent, as_published, stated_length
from storymap.places import Place
from storymap.quantity import Unit, sensible_unit
from storymap.scene import Amount, Measurement, Message
from storymap.story import PerimeterDoc

_WORTH_SAYING = 0.1  # of the uncertainty: below it the verdict does not mention the edge's detail


def measure(doc: PerimeterDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return the length of the edge in metres; `said` is the unit of the words, None where they have none."""
    place = places[doc.of]
    found, whole = _extent(place, said), made_whole(area_of(place))
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
        short_label=Message(f"claims.label-{kind}", {"value": number}),
    )


def _extent(place: Place, said: Unit | None) -> Extent:
    area, u_m = area_of(place), uncertainty_m(place)
    stated = stated_length(place)
    if stated is not None:
        return as_published(place, stated, stated.length_m, stated.uncertainty_m, said)
    whole = made_whole(area)
    outline = without_holes(whole)
    value = earth.perimeter(outline, edges=place.edges)
    spread = edge_spread([place], value, lambda edges: earth.perimeter(outline, edges=edges))
    u, cautions = widened(2 * math.pi * u_m * len(outline.geoms), spread)
    runs = edge_runs(outline)
    detail = hidden_detail(place, runs, value)
    notes = [edge_note(outline, value, u_m), _scale(place, value, runs)]
    if detail.hidden_m > _WORTH_SAYING * u:
        cautions = (*cautions, "scale")
        notes.append(_coast(detail, u_m))
    if rings_of(whole)[1]:
        in_all = earth.perimeter(area, edges=place.edges)
        notes.append(Message("claims.note-holes", {"length": _about(in_all - value)}))
    notes += derived_notes([place])
    return Extent(value, max(0.0, value - u), value + u + detail.hidden_m, cautions, tuple(notes))


def _scale(place: Place, length_m: float, runs: Runs) -> Message:
    """Return the note in what detail the edge is drawn, without which its length means little."""
    step = _about(length_m / sum(len(run) - 1 for run in runs))
    if place.scale is None:
        return Message("claims.note-step", {"step": step})
    return Message("claims.note-scale", {"step": step, "scale": place.scale})


def _coast(detail: Detail, u_m: float) -> Message:
    if detail.walks is None:
        return Message("claims.note-detail", {"lost": _about(detail.hidden_m)})
    fine, coarse = (Amount(m, m, m / 1000, sensible_unit("length", m)) for m in detail.walks)
    values = {"fine": fine, "coarse": coarse, "u": _about(u_m), "twice": _about(2 * u_m)}
    return Message("claims.note-coast", {**values, "hidden": _about(detail.hidden_m)})


def _about(length_m: float) -> Amount:
    return Amount(length_m, length_m, length_m / 10, sensible_unit("length", length_m))
