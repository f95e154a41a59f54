"""count: how many places of one kind lie inside an area, or up to a distance from a place.

Counted are the places of that kind in the story's own places file, no others; the place or area that is named does
not count itself. A line or an area counts where it lies inside as a whole, or by its nearest point. The value counts
positions as drawn; at least as many lie there as are inside by more than the uncertainties of place and limit, at most
as many as are not outside by more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon

from storymap import earth
from storymap.claims.given import (
    ClaimError,
    Runs,
    area_of,
    dependence,
    edge_spread,
    mutual_dependence,
    runs_of,
    shown,
    uncertainty_m,
    widened,
)
from storymap.claims.rings import drawn, edge_runs, made_whole
from storymap.places import Edges, Place
from storymap.quantity import QuantityError, Unit, read_length
from storymap.scene import LonLat, Measurement, Message
from storymap.story import CountDoc

_MANY = 20  # names in one sentence
_WIDEST_M = 10_000_000.0  # a circle beyond a quarter of the earth closes in the other side


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that may count: whether it does as drawn, and whether it surely or at least possibly does."""

    place: Place
    counts: bool
    surely: bool
    possibly: bool
    cautions: tuple[str, ...]
    at: LonLat
    """Its point that decides."""


def measure(doc: CountDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return the number of places; `places` holds all of the kind beside the one that is named."""
    around = places[doc.within or doc.near or ""]
    others = [place for place in places.values() if place.kind == doc.kind and place.id != around.id]
    if doc.within:
        found = [_inside(place, around) for place in others]
    else:
        limit_m = _metres(doc)
        found = [_near(place, around, limit_m) for place in others]
    possible = [one for one in found if one.possibly]
    counted = [one for one in possible if one.counts]
    value, low, high = len(counted), sum(one.surely for one in possible), len(possible)
    asked = [around, *(one.place for one in possible)]
    derived = dependence(asked) if doc.within else mutual_dependence(asked)
    way = "within" if doc.within else "near"
    where = {"kind": doc.kind, "place": around.phrase, "distance": (doc.distance or "").strip()}
    number = shown(value, low, high, "count", said)
    return Measurement(
        value=value,
        low=low,
        high=high,
        dimension="count",
        lines=(*_limit(doc, around), *((one.at, one.at) for one in counted)),
        method=Message(f"claims.method-count-{way}"),
        what=Message(f"claims.what-count-{way}", where),
        places=tuple(place.id for place in asked),
        cautions=tuple(dict.fromkeys([*derived, *(code for one in possible for code in one.cautions)])),
        notes=_notes(doc.kind, len(others), counted, [one for one in possible if one.surely != one.possibly]),
        short_label=Message("claims.label-count", {"value": number}),
    )


def _inside(place: Place, area: Place) -> _Candidate:
    polygon = area_of(area)

    def reading(edges: Edges) -> float:
        return earth.depth(polygon, place.geometry, edges=edges).margin_m

    depth = earth.depth(polygon, place.geometry, edges=(area.edges, place.edges))
    spread = edge_spread([place, area], depth.margin_m, reading)
    u, cautions = widened(uncertainty_m(place) + uncertainty_m(area), spread)
    margin = depth.margin_m
    return _Candidate(place, margin > 0, margin > u, margin >= -u, cautions, depth.on_geometry)


def _near(place: Place, centre: Place, limit_m: float) -> _Candidate:
    def reading(edges: Edges) -> float:
        return earth.nearest(centre.geometry, place.geometry, edges=edges).distance_m

    nearest = earth.nearest(centre.geometry, place.geometry, edges=(centre.edges, place.edges))
    far = nearest.distance_m
    u, cautions = widened(uncertainty_m(place) + uncertainty_m(centre), edge_spread([place, centre], far, reading))
    return _Candidate(place, far <= limit_m, far + u <= limit_m, far - u <= limit_m, cautions, nearest.on_b)


def _metres(doc: CountDoc) -> float:
    try:
        return read_length(doc.distance or "")
    except QuantityError as error:
        raise ClaimError("unclear-quantity", error.message, error.help) from error


def _limit(doc: CountDoc, around: Place) -> Runs:
    """Return what to draw: the edge of the area, a circle round a point, the line itself where it is near a line."""
    shape = around.geometry
    if isinstance(shape, Point):
        limit_m = _metres(doc)
        return (tuple(earth.circle((shape.x, shape.y), limit_m)),) if 0 < limit_m < _WIDEST_M else ()
    if isinstance(shape, Polygon | MultiPolygon):
        return drawn(edge_runs(made_whole(shape)), around)
    return runs_of(around) if isinstance(shape, LineString | MultiLineString) else ()


def _notes(kind: str, in_all: int, counted: Sequence[_Candidate], unsure: Sequence[_Candidate]) -> tuple[Message, ...]:
    notes = [Message("claims.note-count", {"kind": kind, "total": str(in_all)})]
    for key, some in (("claims.note-count-names", counted), ("claims.note-count-unsure", unsure)):
        if some:
            names = [one.place.name for one in some]
            more = ["…"] * (len(names) > _MANY)
            notes.append(Message(key, {"names": ", ".join([*names[:_MANY], *more])}))
    return tuple(notes)
