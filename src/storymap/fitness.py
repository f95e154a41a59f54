"""Whether what a measure names can be measured: the shapes of places, what is known of them, its own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import shapely
from shapely.geometry import LineString, MultiLineString

from storymap import earth
from storymap.naming import AREA, LINE, of_kind, parts_of
from storymap.places import Atlas, Place
from storymap.problems import Level, did_you_mean
from storymap.quantity import QuantityError, read_duration, read_length, read_speed
from storymap.source import Loc
from storymap.story import CountDoc, IntervalDoc, MeasureDoc, TravelDoc

# What to write for the numbers of a measure; what the readers advise is for the words of a claim, such as `expect`.
_ADVICE = {
    "speed": "write a range of speeds, such as 50..60 km/h",
    "uncertainty": "write a time, such as 10 min",
    "distance": "write a length, such as 50 km",
}
_MANY = 5  # names of places in one message


_FACTOR = 3.0  # between a drawn length and a published one; beyond it a unit is wrong more often than a line is winding


class Unfit(NamedTuple):
    """What is wrong with (a part of) a measure: the key below it where there is one, code, message and help."""

    key: Loc
    code: str
    message: str
    help: str
    level: Level = "error"


def unfit(place: Place, types: tuple[str, ...]) -> Iterator[Unfit]:
    """Yield what keeps a place from being measured as a geometry of one of these types; no types: any will do."""
    kind = place.geometry.geom_type
    if types and kind not in types:
        wanted = "a line" if types == LINE else "an area" if types == AREA else "a line or an area"
        message = f"'{place.id}' must be {wanted} here; it is a {kind}"
        yield Unfit((), "wrong-geometry", message, "name another place")
    missing = [k for k, v in (("uncertainty_m", place.uncertainty_m), ("source", place.source)) if not v]
    if missing:
        message = f"'{place.id}' is measured and has no {' and no '.join(missing)}"
        yield Unfit((), "unmeasurable-place", message, f"add it to the place in {place.span}")
    yield from _published(place)


def _published(place: Place) -> Iterator[Unfit]:
    """Yield how a published length disagrees with the drawing: no line is shorter than the beeline between its ends."""
    kind, stated = place.geometry.geom_type, place.stated
    if stated is None or kind not in (*LINE, *AREA):
        return
    help = f"length_m is in metres; correct it, or the drawing, in {place.span}"
    try:
        drawn_m = (earth.length if kind in LINE else earth.perimeter)(place.geometry, edges=place.edges)
    except earth.EarthError:  # told where it is measured
        return
    published_m = stated.length_m
    beeline_m = sum(_beeline_m(run, place.uncertainty_m or 0.0) for run in _runs(place)) - stated.uncertainty_m
    if published_m < beeline_m:
        message = (
            f"the published length of '{place.id}', {published_m:,.0f} m, is less than its ends are apart as drawn"
        )
        yield Unfit((), "bad-stated", f"{message}, {beeline_m:,.0f} m at least", help)
    elif published_m * _FACTOR < drawn_m or (kind in LINE and published_m > drawn_m * _FACTOR):
        message = f"the published length of '{place.id}', {published_m:,.0f} m, is far from the {drawn_m:,.0f} m drawn"
        yield Unfit((), "bad-stated", message, help, "warning")


def _runs(place: Place) -> list[LineString]:
    lines = place.geometry
    merged = shapely.line_merge(lines) if isinstance(lines, MultiLineString) else lines
    return [run for run in shapely.get_parts(merged).tolist() if isinstance(run, LineString)]


def _beeline_m(run: LineString, u_m: float) -> float:
    (a, *_, b) = ((float(x), float(y)) for x, y in shapely.get_coordinates(run))
    return max(0.0, earth.inverse(a, b) - 2 * u_m)


def named_twice(measure: MeasureDoc) -> Iterator[Unfit]:
    """Yield where a measure asks how a place lies to itself."""
    named: set[str] = set()
    for _, name, _ in parts_of(measure) if not isinstance(measure, CountDoc) else ():
        if name in named:
            message = f"'{name}' is named twice; how a place lies to itself is no finding"
            yield Unfit((), "same-place", message, "name two places")
        named.add(name)


def unfit_to_count(kind: str, atlas: Atlas) -> Iterator[Unfit]:
    """Yield what keeps the places of a kind from being counted: there are none, or some cannot be measured."""
    found = of_kind(kind, atlas)
    if not found:
        kinds = sorted({place.kind for place in atlas.values()})
        help = did_you_mean(kind, kinds) or f"the places file has {', '.join(kinds)}"
        yield Unfit((), "unknown-kind", f"no place of the places file is of the kind '{kind}'", help)
    lacking = [name for name, place in found.items() if not (place.uncertainty_m and place.source)]
    if lacking:
        names = ", ".join(lacking[:_MANY]) + (" …" if len(lacking) > _MANY else "")
        message = f"every '{kind}' is measured here, and some have no uncertainty_m or no source: {names}"
        yield Unfit((), "unmeasurable-place", message, "add what is missing, for the places or under defaults")


def unreadable(measure: MeasureDoc) -> Iterator[Unfit]:
    """Yield what cannot be read of a measure's own numbers."""
    key = ""
    try:
        if isinstance(measure, TravelDoc):
            key = "speed"
            read_speed(measure.speed)
        elif isinstance(measure, IntervalDoc) and measure.uncertainty is not None:
            key = "uncertainty"
            read_duration(measure.uncertainty)
        elif isinstance(measure, CountDoc) and measure.distance is not None:
            key = "distance"
            read_length(measure.distance)
    except QuantityError as error:
        yield Unfit((key,), "unclear-quantity", error.message, _ADVICE[key])
