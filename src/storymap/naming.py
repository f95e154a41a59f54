"""Which places a story names, and what kind of geometry each measure wants of them."""

from __future__ import annotations

from storymap.source import Loc
from storymap.story import (
    DistanceDoc,
    IntervalDoc,
    LengthDoc,
    LinksDoc,
    MeasureDoc,
    StoryDoc,
    TravelDoc,
    WithinDoc,
)

LINE, AREA = ("LineString", "MultiLineString"), ("Polygon", "MultiPolygon")


def places_named(story: StoryDoc) -> set[str]:
    """Return the ids of all places that a story shows, measures, frames or has in its context."""
    named = set(story.context)
    for step in story.steps:
        named |= {item.place for item in step.show}
        named |= set(step.view.fit if step.view else ())
        for claim in step.claims:
            measures = [claim.measure, *(reading.applied_to(claim.measure) for reading in claim.also)]
            named |= {name for measure in measures for _, name, _ in parts_of(measure)}
    return named


def parts_of(measure: MeasureDoc) -> list[tuple[Loc, str, tuple[str, ...]]]:
    """Return (key, place id, geometry types that fit) for each place that a measure names."""
    match measure:
        case DistanceDoc():
            ends: list[tuple[Loc, str, tuple[str, ...]]] = [(("from",), measure.from_, ()), (("to",), measure.to, ())]
            return [*ends, (("along",), measure.along, LINE)] if measure.along else ends
        case LengthDoc():
            return [(("of",), measure.of, LINE)]
        case WithinDoc():
            return [(("place",), measure.place, ()), (("area",), measure.area, AREA)]
        case LinksDoc():
            areas: list[tuple[Loc, str, tuple[str, ...]]] = [
                (("areas", k), a, AREA) for k, a in enumerate(measure.areas)
            ]
            return [(("line",), measure.line, LINE), *areas]
        case TravelDoc():
            return [(("along",), measure.along, LINE)]
        case IntervalDoc():
            return []
