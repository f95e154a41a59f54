"""How long a line is: as drawn or as published, what its ends leave open and what its detail leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import LineString, MultiLineString

from storymap import earth
from storymap.claims.feet import Feet, feet, moved_m
from storymap.claims.given import (
    ClaimError,
    derived_notes,
    edge_spread,
    line_of,
    mutual_dependence,
    shown,
    spread_out,
    uncertainty_m,
    widened,
    widening,
)
from storymap.claims.workings import as_drawn, edges_added, exact, fine, known, worked
from storymap.places import Edges, Place, Stated
from storymap.quantity import Numeral
from storymap.scene import LonLat, Message, Widening

_WORTH_SAYING = 0.1  # of the uncertainty: below it the verdict does not mention the line's detail


@dataclass(frozen=True, slots=True)
class Extent:
    """The length of a line (m) with its interval, and what to say about it. `published` where it is not measured."""

    value: float
    low: float
    high: float
    cautions: tuple[str, ...]
    notes: tuple[Message, ...]
    published: bool = False
    workings: tuple[Message, ...] = ()
    widenings: tuple[Widening, ...] = ()


def extent(place: Place) -> Extent:
    """Return how long the line of a place is: the published figure of a schematic one, else as drawn."""
    stated = stated_length(place)
    if stated is not None:
        return as_published(place, stated)
    line = line_of(place)
    ends = 2 * uncertainty_m(place) * _parts(line)
    value = earth.length(line, edges=place.edges)
    spread = edge_spread([place], value, lambda edges: earth.length(line, edges=edges))
    found = _drawn(place, line, value, ends, spread)
    count = _parts(line)
    length = fine(value, ends)
    drawn = worked("line", value=length) if count == 1 else worked("pieces", value=length, count=Numeral(str(count)))
    pieces = (Message("claims.note-pieces", {"line": place.phrase, "count": Numeral(str(count))}),) * (count > 1)
    return replace(
        found, notes=(*derived_notes([place]), *pieces, *found.notes), workings=(drawn, known(place), *found.workings)
    )


def extent_between(line: Place, a: Place, b: Place) -> tuple[Extent, tuple[LonLat, ...]]:
    """Return how far it is along a line between the points nearest to two places, and that piece of the line.

    Where the line has a published length, in proportion to it. ± the uncertainty of both places.
    """
    whole = line_of(line)
    if not isinstance(whole, LineString):
        raise ClaimError("wrong-geometry", f"'{line.id}' is in several pieces", "draw it as one line without gaps")

    def reading(edges: Edges) -> float:
        return earth.along(whole, a.geometry, b.geometry, edges=edges)

    drawn, ends = reading(line.edges), uncertainty_m(a) + uncertainty_m(b)
    piece = tuple(earth.part(whole, a.geometry, b.geometry, edges=line.edges))
    stated = stated_length(line)
    if stated is not None:
        drawn_whole = earth.length(whole, edges=line.edges)
        if drawn_whole == 0:
            raise ClaimError("wrong-geometry", f"'{line.id}' is drawn without any length", "draw it from end to end")
        scale = stated.length_m / drawn_whole
        value = drawn * scale
        u = ends + stated.uncertainty_m
        low, high = spread_out(value, u, 0.0)
        half = u * drawn_whole / stated.length_m / 2
        shares = {"piece": fine(drawn, half), "whole": fine(drawn_whole, half)}
        found = as_published(line, stated)
        published = worked("along-published", **shares, **found.workings[0].values)
        found = replace(found, value=value, low=low, high=high, workings=(published, known(a, b)))
    else:
        found = _drawn(line, LineString(piece), drawn, ends, edge_spread([line], drawn, reading))
        found = replace(found, workings=(as_drawn(drawn, ends), known(a, b), *found.workings))
        scale = 1.0
    found = _with_feet(found, line, (a, b), (feet(line, whole, a), feet(line, whole, b)), scale)
    return replace(
        found,
        cautions=(*mutual_dependence([a, b, line]), *found.cautions),
        notes=(*derived_notes([a, b, line]), *found.notes, *_ways_to(line, a, b)),
    ), piece


def _with_feet(found: Extent, line: Place, places: tuple[Place, Place], at: tuple[Feet, Feet], scale: float) -> Extent:
    """Return the extent wider by where else on the line the nearest points may lie, and by the ways to it and from it.

    `scale` is how long a metre of the drawn line is. Where a place surely lies off the line, "along" may mean with or
    without the way to it.
    """
    half = (found.high - found.low) / 2
    off = worked(
        "off-line",
        first=places[0].phrase,
        second=places[1].phrase,
        line=line.phrase,
        first_off=fine(at[0].drawn_off_m, uncertainty_m(places[0])),
        second_off=fine(at[1].drawn_off_m, uncertainty_m(places[1])),
        u=exact(uncertainty_m(line)),
    )
    found = replace(found, workings=(*found.workings, off))
    below, above = (scale * m for m in moved_m(*at, found.value / scale))
    if max(below, above) > _WORTH_SAYING * half:
        moved = worked("feet", line=line.phrase, below=fine(below, half), above=fine(above, half))
        found = replace(
            found, low=max(0.0, found.low - below), high=found.high + above, workings=(*found.workings, moved)
        )
    ways_m = at[0].off_m + at[1].off_m
    if not ways_m:
        return found
    ways = worked("ways", line=line.phrase, ways=fine(ways_m, half))
    wider = widening("definition", (found.low, found.high), (found.low, found.high + ways_m))
    high, workings = found.high + ways_m, (*found.workings, ways)
    return replace(found, high=high, workings=workings, widenings=(*found.widenings, *wider))


def _ways_to(line: Place, a: Place, b: Place) -> Iterator[Message]:
    """Return a note for each place that surely does not lie on the line: the way to it is not counted."""
    for place in (a, b):
        off = earth.nearest(place.geometry, line.geometry, edges=(place.edges, line.edges)).distance_m
        u = uncertainty_m(place) + uncertainty_m(line)
        if off > u:
            far = shown(off, off - u, off + u, "length", None)
            yield Message("claims.note-off-line", {"place": place.phrase, "line": line.phrase, "distance": far})


def as_published(place: Place, stated: Stated) -> Extent:
    """Return the extent where a published length stands for the drawn one."""
    low, high = spread_out(stated.length_m, stated.uncertainty_m, 0.0)
    note = Message("claims.note-published", {"line": place.phrase, "source": stated.source})
    workings = (worked("published", length=exact(stated.length_m), u=exact(stated.uncertainty_m)),)
    return Extent(stated.length_m, low, high, (), (note,), published=True, workings=workings)


def _drawn(
    place: Place,
    line: LineString | MultiLineString,
    value: float,
    ends: float,
    spread: float,
) -> Extent:
    """Return the extent of (a part of) a drawn line, `value` ± `ends` (m), `spread` by its edges, upwards its detail.

    Its workings are those of the last two.
    """
    u, cautions = widened(ends, spread)
    lost = detail_lost(line, place.edges)
    low, high = spread_out(value, u, 0.0)
    edges = widening("edge-model", spread_out(value, ends, 0.0), (low, high))
    notes = []
    if lost > _WORTH_SAYING * u:
        cautions = (*cautions, "scale")
        notes.append(Message("claims.note-detail"))
    if shapely.get_num_coordinates(line) <= 2 * _parts(line):
        notes.append(Message("claims.note-straight", {"line": place.phrase}))
    return Extent(
        value,
        low,
        high + lost,
        cautions,
        tuple(notes),
        workings=(*edges_added(edges, u), *lost_detail(lost, u)),
        widenings=(*edges, *widening("scale", (low, high), (low, high + lost))),
    )


def lost_detail(lost_m: float, half_m: float) -> tuple[Message, ...]:
    """Return what a line loses without every second point, as far as it matters beside an interval of ± `half_m`."""
    return (worked("detail", lost=fine(lost_m, half_m)),) if lost_m else ()


def stated_length(place: Place) -> Stated | None:
    """Return the published length of a line, if it has one; a sketch without one cannot be measured."""
    if place.stated is None and place.schematic:
        raise ClaimError(
            "schematic-line",
            f"'{place.id}' is drawn schematically, so its drawn length proves nothing",
            f"give '{place.id}' the published length: stated: {{length_m: …, uncertainty_m: …, source: …}}",
        )
    return place.stated


def detail_lost(line: LineString | MultiLineString, edges: Edges) -> float:
    """Return how much shorter (m) a line gets without every second vertex: what finer detail may still add.

    Step doubling, as in Richardson's estimate of what a step of finite size leaves out (L. F. Richardson 1927,
    and on borders 1961): docs/claims.md gives the reasoning and its limits.
    """
    parts = line.geoms if isinstance(line, MultiLineString) else (line,)
    coarse = MultiLineString([_every_second(part) for part in parts])
    return max(0.0, earth.length(line, edges=edges) - earth.length(coarse, edges=edges))


def _every_second(part: LineString) -> LineString:
    points = shapely.get_coordinates(part)
    kept = [*range(0, len(points) - 1, 2), len(points) - 1]  # the ends stay
    return LineString(points[kept])


def _parts(line: LineString | MultiLineString) -> int:
    return len(line.geoms) if isinstance(line, MultiLineString) else 1
