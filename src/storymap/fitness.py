"""Whether what a measure names can be measured: the shapes of places, their uncertainty and source, its own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from storymap.naming import AREA, LINE, of_kind
from storymap.places import Atlas, Place
from storymap.problems import did_you_mean
from storymap.quantity import QuantityError, read_duration, read_length, read_speed
from storymap.source import Loc
from storymap.story import CountDoc, IntervalDoc, MeasureDoc, TravelDoc

_MANY = 5  # names of places in one message


class Unfit(NamedTuple):
    """What is wrong with (a part of) a measure: the key below it where there is one, code, message and help."""

    key: Loc
    code: str
    message: str
    help: str


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
        yield Unfit((key,), "unclear-quantity", error.message, error.help)
