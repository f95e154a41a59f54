"""Which places a story names, and what kind of geometry each measure wants of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from storymap.places import Atlas, Place
from storymap.problems import Problem, StoryError, did_you_mean
from storymap.source import Loc, Source
from storymap.story import (
    AreaDoc,
    CountDoc,
    CrossesDoc,
    DirectionDoc,
    DistanceDoc,
    IntervalDoc,
    LengthDoc,
    LinksDoc,
    MeasureDoc,
    PerimeterDoc,
    StoryDoc,
    TouchesDoc,
    TravelDoc,
    WithinDoc,
)

LINE, AREA = ("LineString", "MultiLineString"), ("Polygon", "MultiPolygon")
Part = tuple[Loc, str, tuple[str, ...]]
# The keys of each measure that name places, and what geometry they want; () is any.
_WANTED: Mapping[type[object], Mapping[str, tuple[str, ...]]] = {
    DistanceDoc: {"from": (), "to": (), "along": LINE},
    LengthDoc: {"of": LINE},
    AreaDoc: {"of": AREA},
    PerimeterDoc: {"of": AREA},
    WithinDoc: {"place": (), "area": AREA},
    LinksDoc: {"line": LINE, "areas": AREA},
    TouchesDoc: {"places": ()},
    CrossesDoc: {"line": LINE, "over": (*LINE, *AREA)},
    DirectionDoc: {"from": (), "to": ()},
    TravelDoc: {"along": LINE},
    IntervalDoc: {},
    CountDoc: {"within": AREA, "near": ()},
}


def places_named(story: StoryDoc, atlas: Atlas) -> set[str]:
    """Return the ids of all places that a story shows, measures, counts, frames or has in its context."""
    named = set(story.context)
    for step in story.steps:
        named |= {name for item in step.show for name in (item.place, item.towards) if name}
        named |= set(step.view.fit if step.view else ())
        for claim in step.claims:
            for measure in (claim.measure, *(reading.applied_to(claim.measure) for reading in claim.also)):
                named |= {name for _, name, _ in parts_of(measure)}
                named |= of_kind(measure.kind, atlas).keys() if isinstance(measure, CountDoc) else set()
    return named


def of_kind(kind: str, atlas: Atlas) -> dict[str, Place]:
    """Return all places of a kind, by id."""
    return {name: place for name, place in atlas.items() if place.kind == kind}


def called(atlas: Atlas, names: Mapping[str, str], source: Source) -> Atlas:
    """Return the places under the names that a translation gives them; StoryError for ids that there are not."""
    problems = []
    for place_id in (name for name in names if name not in atlas):
        help = did_you_mean(place_id, atlas) or "delete it, or add the place to the places file"
        span = source.key_span_of(("places", place_id))
        problems.append(Problem(span, "unknown-place", f"there is no place '{place_id}'", help))
    if problems:
        raise StoryError(problems)
    new = {name: replace(atlas[name], name=said, in_text=None, name_lang="") for name, said in names.items()}
    return Atlas(new.get(name, place) for name, place in atlas.items())


def parts_of(measure: MeasureDoc) -> Iterator[Part]:
    """Yield (key, place id, geometry types that fit) for each place that a measure names; no types: any fits."""
    given = measure.model_dump(by_alias=True, exclude_none=True)
    for key, types in _WANTED[type(measure)].items():
        named = given.get(key, [])
        if isinstance(named, str):
            yield (key,), named, types
        else:
            yield from (((key, k), name, types) for k, name in enumerate(named))
