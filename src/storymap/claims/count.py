"""count: how many places of one kind lie inside an area, or up to a distance from a place.

Counted are the places of that kind in the story's own places file, no others; the place or area that is named does
not count itself. A line or an area counts where it lies inside as a whole, or by its nearest point. The value counts
positions as drawn; at least as many lie there as are inside by more than the uncertainties of place and limit, at most
as many as are not outside by more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
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
    surveyed,
    uncertainty_m,
    unsearched_m,
    widened,
    widening,
)
from storymap.claims.rings import drawn, edge_runs, made_whole
from storymap.claims.workings import exact, fine, known, left_open, worked
from storymap.places import Edges, Place
from storymap.quantity import Numeral, QuantityError, Unit, read_expect, read_length
from storymap.scene import Amount, LonLat, Measurement, Message
from storymap.story import CountDoc

_MANY = 20  # names in one sentence
_NEAREST = 12  # places to the limit that the workings list, and all that may lie on either side of it
_STEP, _SAME = 0.12, 0.002  # of the limit: how far apart its circles stand round an area, and what is one corner
_MOST = 400  # circles
_WIDEST_M = 10_000_000.0  # a circle beyond a quarter of the earth closes in the other side


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that may count: how far (m) it lies inside of the limit, negative outside, ± `u_m` of its positions.

    `added_m` is by how much more because its edges can be read in two ways. `limit_counts`: what lies on it does.
    `at` is its point that decides, `far_m` the distance or the depth that is measured of it.
    """

    place: Place
    inside_m: float
    u_m: float
    added_m: float
    limit_counts: bool
    cautions: tuple[str, ...]
    at: LonLat
    far_m: float

    @property
    def counts(self) -> bool:
        return self._beyond(0.0)

    @property
    def surely(self) -> bool:
        return self._beyond(self.u_m + self.added_m)

    @property
    def possibly(self) -> bool:
        return self.inside_m >= -self.u_m - self.added_m

    @property
    def by_positions(self) -> tuple[bool, bool]:
        """Whether it surely and possibly counts if only positions are uncertain."""
        return self._beyond(self.u_m), self.inside_m >= -self.u_m

    def _beyond(self, u_m: float) -> bool:
        return self.inside_m > u_m or (self.limit_counts and self.inside_m == u_m)


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
    where: dict[str, str | Amount] = {"kind": doc.kind, "place": around.phrase}
    if doc.near:
        where["distance"] = exact(_metres(doc), said=read_expect(doc.distance or "", "length").unit)
    number = shown(value, low, high, "count", said)
    bare = sum(one.by_positions[0] for one in found), sum(one.by_positions[1] for one in found)
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
        widenings=widening("edge-model", bare, (low, high)),
        notes=_notes(doc.kind, len(others), counted, [one for one in possible if one.surely != one.possibly]),
        short_label=Message("claims.label-count", {"value": number}),
        workings=_workings(found, around, way),
    )


def _inside(place: Place, area: Place) -> _Candidate:
    polygon = area_of(area)
    surveyed(place, area)

    def reading(edges: Edges) -> float:
        return earth.depth(polygon, place.geometry, edges=edges).margin_m

    depth = earth.depth(polygon, place.geometry, edges=(area.edges, place.edges))
    margin = depth.margin_m
    positions = uncertainty_m(place) + uncertainty_m(area) + unsearched_m(depth.within_m)
    u, cautions = widened(positions, edge_spread([place, area], margin, reading, distance_u_m=positions))
    return _Candidate(place, margin, positions, u - positions, False, cautions, depth.on_geometry, margin)


def _near(place: Place, centre: Place, limit_m: float) -> _Candidate:
    def reading(edges: Edges) -> float:
        return earth.nearest(centre.geometry, place.geometry, edges=edges).distance_m

    nearest = earth.nearest(centre.geometry, place.geometry, edges=(centre.edges, place.edges))
    far = nearest.distance_m
    positions = uncertainty_m(place) + uncertainty_m(centre) + unsearched_m(nearest.within_m)
    u, cautions = widened(positions, edge_spread([place, centre], far, reading, distance_u_m=positions))
    return _Candidate(place, limit_m - far, positions, u - positions, True, cautions, nearest.on_b, far)


def _workings(found: Sequence[_Candidate], around: Place, way: str) -> tuple[Message, ...]:
    """Return the places next to the limit on either side with how far they are, and how many more surely count."""
    by_nearness = sorted(found, key=lambda one: abs(one.inside_m))
    listed = [one for k, one in enumerate(by_nearness) if k < _NEAREST or one.surely != one.possibly]
    sentences = [known(around)]
    for one in listed:
        side = way if way == "near" else "inside" if one.counts else "outside"
        far, u = fine(abs(one.far_m), one.u_m), exact(uncertainty_m(one.place))
        sentences += [worked(f"count-{side}", place=one.place.phrase, distance=far, u=u)]
        sentences += left_open(one.u_m, one.place, around)
        if one.added_m:
            sentences += [worked("count-edges", place=one.place.phrase, spread=fine(one.added_m, one.u_m))]
    more = sum(one.counts for one in found) - sum(one.counts for one in listed)
    return (*sentences, *([worked("count-more", count=Numeral(str(more)))] if more else []))


def _metres(doc: CountDoc) -> float:
    try:
        return read_length(doc.distance or "")
    except QuantityError as error:
        raise ClaimError("unclear-quantity", error.message, error.help) from error


def _limit(doc: CountDoc, around: Place) -> Runs:
    """Return what to draw: the edge of the area, the rim of what is near to a point or an area, the line it is near."""
    shape = around.geometry
    if isinstance(shape, Point):
        limit_m = _metres(doc)
        return (tuple(earth.circle((shape.x, shape.y), limit_m)),) if 0 < limit_m < _WIDEST_M else ()
    if isinstance(shape, Polygon | MultiPolygon):
        edge = drawn(edge_runs(made_whole(shape)), around)
        return _around(edge, _metres(doc)) if doc.near else edge
    return runs_of(around) if isinstance(shape, LineString | MultiLineString) else ()


def _around(rings: Runs, limit_m: float) -> Runs:
    """Return the outer rims (lon, lat) of what lies within a distance (m) of rings.

    That is the union of circles round points of the rings, which falls short by 0.4 % of the distance at most. The
    rings themselves where that takes too many circles; nothing round a pole, where rims do not close on a map.
    """
    if not 0 < limit_m < _WIDEST_M:
        return rings
    corners: list[LonLat] = []
    for a, b in (edge for ring in rings for edge in pairwise(ring)):
        if corners and earth.inverse(corners[-1], b) < _SAME * limit_m:
            continue
        corners += earth.geodesic(a, b, step_m=_STEP * limit_m)
        if len(corners) > _MOST:
            return rings
    circles = [earth.circle(at, limit_m) for at in corners]
    if any(abs(circle[0][0] - circle[-1][0]) > 1 for circle in circles):
        return ()
    west = circles[0][0][0]
    turned = [[(x - 360 * round((circle[0][0] - west) / 360), y) for x, y in circle] for circle in circles]
    union = shapely.union_all([Polygon(circle) for circle in turned])
    return tuple(tuple((x, y) for x, y in part.exterior.coords) for part in shapely.get_parts(union).tolist())


def _notes(kind: str, in_all: int, counted: Sequence[_Candidate], unsure: Sequence[_Candidate]) -> tuple[Message, ...]:
    notes = [Message("claims.note-count", {"kind": kind, "total": Numeral(str(in_all))})]
    for key, some in (("claims.note-count-names", counted), ("claims.note-count-unsure", unsure)):
        if some:
            names = [one.place.name for one in some]
            more = ["…"] * (len(names) > _MANY)
            notes.append(Message(key, {"names": ", ".join([*names[:_MANY], *more])}))
    return tuple(notes)
