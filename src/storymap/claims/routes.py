"""How long a line is: as drawn or as published, what its ends leave open and what its detail leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import LineString, MultiLineString

from storymap import earth
from storymap.claims.given import (
    ClaimError,
    derived_notes,
    edge_spread,
    line_of,
    mutual_dependence,
    shown,
    uncertainty_m,
    widened,
)
from storymap.places import Edges, Place, Stated
from storymap.quantity import Unit
from storymap.scene import LonLat, Message

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


def extent(place: Place, said: Unit | None) -> Extent:
    """Return how long the line of a place is: the published figure of a schematic one, else as drawn.

    `said` is the unit in which notes say the published length, None for whatever suits.
    """
    stated = stated_length(place)
    if stated is not None:
        return as_published(place, stated, stated.length_m, stated.uncertainty_m, said)
    line = line_of(place)
    ends = 2 * uncertainty_m(place) * _parts(line)
    value = earth.length(line, edges=place.edges)
    spread = edge_spread([place], value, lambda edges: earth.length(line, edges=edges))
    u, cautions = widened(ends, spread)
    found = _drawn(place, line, value, u, cautions=cautions)
    return replace(found, notes=(*derived_notes([place]), *found.notes))


def extent_between(line: Place, a: Place, b: Place, said: Unit | None) -> tuple[Extent, tuple[LonLat, ...]]:
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
        value = drawn * stated.length_m / drawn_whole
        found = as_published(line, stated, value, ends + stated.uncertainty_m, said)
    else:
        u, cautions = widened(ends, edge_spread([line], drawn, reading))
        found = _drawn(line, LineString(piece), drawn, u, cautions=cautions)
    return replace(
        found,
        cautions=(*mutual_dependence([a, b, line]), *found.cautions),
        notes=(*derived_notes([a, b, line]), *found.notes, *_ways_to(line, a, b)),
    ), piece


def _ways_to(line: Place, a: Place, b: Place) -> Iterator[Message]:
    """Return a note for each place that surely does not lie on the line: the way to it is not counted."""
    for place in (a, b):
        off = earth.nearest(place.geometry, line.geometry, edges=(place.edges, line.edges)).distance_m
        u = uncertainty_m(place) + uncertainty_m(line)
        if off > u:
            far = shown(off, off - u, off + u, "length", None)
            yield Message("claims.note-off-line", {"place": place.phrase, "line": line.phrase, "distance": far})


def as_published(place: Place, stated: Stated, value: float, u: float, said: Unit | None) -> Extent:
    """Return the extent where a published length stands for the drawn one: `value` ± u (m)."""
    low, high = stated.length_m - stated.uncertainty_m, stated.length_m + stated.uncertainty_m
    length = shown(stated.length_m, low, high, "length", said)
    note = Message("claims.note-published", {"line": place.phrase, "length": length, "source": stated.source})
    return Extent(value, max(0.0, value - u), value + u, (), (note,), published=True)


def _drawn(
    place: Place,
    line: LineString | MultiLineString,
    value: float,
    u: float,
    *,
    cautions: tuple[str, ...],
) -> Extent:
    """Return the extent of (a part of) a drawn line, measured as `value` ± u (m), and upwards its detail."""
    lost = detail_lost(line, place.edges)
    notes = []
    if lost > _WORTH_SAYING * u:
        cautions = (*cautions, "scale")
        notes.append(Message("claims.note-detail", {"lost": shown(lost, 0.0, 2 * lost, "length", None)}))
    if shapely.get_num_coordinates(line) <= 2 * _parts(line):
        notes.append(Message("claims.note-straight", {"line": place.phrase}))
    return Extent(value, max(0.0, value - u), value + u + lost, cautions, tuple(notes))


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
