"""Measures as types: what a claim may measure, one type a kind, each with its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from storymap.story.doc import Doc, Fault
from storymap.story.fields import FilledText, Id, Moments
from storymap.story.values import fault


class DistanceDoc(Doc):
    """The distance between the nearest points of two places."""

    noun: ClassVar[str] = "distance"
    example: ClassVar[str] = "distance: {from: vladivostok-station, to: tumen-border}"
    from_: Id = Field(alias="from", description="Id of the place where measuring begins.")
    to: Id = Field(description="Id of the place where it ends.")
    along: Id | None = Field(None, description="Id of the line to measure along (a road, a railway); else straight.")


class LengthDoc(Doc):
    """The length of a line."""

    noun: ClassVar[str] = "length"
    example: ClassVar[str] = "length: tumen-border"
    of: Id = Field(description="Id of the line.")


class AreaDoc(Doc):
    """How large an area is."""

    noun: ClassVar[str] = "area"
    example: ClassVar[str] = "area: russky-island"
    of: Id = Field(description="Id of the area.")


class PerimeterDoc(Doc):
    """How long the edge of an area is, without the edges of holes in it."""

    noun: ClassVar[str] = "perimeter"
    example: ClassVar[str] = "perimeter: russky-island"
    of: Id = Field(description="Id of the area.")


class WithinDoc(Doc):
    """Whether a place lies inside an area."""

    noun: ClassVar[str] = "measure 'within'"
    example: ClassVar[str] = "within: {place: campus, area: russky-island}"
    place: Id = Field(description="Id of the place that lies inside.")
    area: Id = Field(description="Id of the area around it.")


class LinksDoc(Doc):
    """Whether a line joins two areas."""

    noun: ClassVar[str] = "measure 'links'"
    example: ClassVar[str] = "links: {line: russky-bridge, areas: [mainland, russky-island]}"
    line: Id = Field(description="Id of the line, such as a bridge.")
    areas: Annotated[list[Id], Field(min_length=2, max_length=2)] = Field(
        description="Ids of the two areas that it joins.", examples=["areas: [mainland, russky-island]"]
    )


class TouchesDoc(Doc):
    """Whether two places meet: whether they have a point in common."""

    noun: ClassVar[str] = "measure 'touches'"
    example: ClassVar[str] = "touches: [north-korea, russia]"
    places: Annotated[list[Id], Field(min_length=2, max_length=2)] = Field(
        description="Ids of the two places that meet.", examples=["places: [north-korea, russia]"]
    )


class CrossesDoc(Doc):
    """Whether a line crosses another line, or goes through an area and out again."""

    noun: ClassVar[str] = "measure 'crosses'"
    example: ClassVar[str] = "crosses: {line: rail-route, over: tumen-border}"
    line: Id = Field(description="Id of the line that crosses.")
    over: Id = Field(description="Id of the line or area that it crosses.")


class DirectionDoc(Doc):
    """In which direction one place lies from another."""

    noun: ClassVar[str] = "direction"
    example: ClassVar[str] = "direction: {from: vladivostok-station, to: tumen-border}"
    from_: Id = Field(alias="from", description="Id of the place from which one looks.")
    to: Id = Field(description="Id of the place that lies in that direction.")


class TravelDoc(Doc):
    """The time that a journey along a line takes at a range of speeds."""

    noun: ClassVar[str] = "measure 'travel'"
    example: ClassVar[str] = "travel: {along: rail-route, speed: 50..60 km/h}"
    along: Id = Field(description="Id of the line that is travelled.")
    speed: FilledText = Field(description="The range of average speeds, such as 50..60 km/h.")


class IntervalDoc(Doc):
    """The time between two moments."""

    noun: ClassVar[str] = "interval"
    example: ClassVar[str] = "interval: {from: 2019-02-27..2019-02-28, to: 2019-04-25}"
    from_: Moments = Field(
        alias="from", description="The earlier: 2019-04-25, 2019-04-24 11:40 or 2019-02-27..2019-02-28."
    )
    to: Moments = Field(description="The later moment, written like `from`.")
    uncertainty: FilledText | None = Field(None, description="How well the moments are known, such as 10 min.")


class CountDoc(Doc):
    """How many places of one kind lie in an area, or within a distance of a place."""

    noun: ClassVar[str] = "count"
    example: ClassVar[str] = "count: {kind: town, within: russky-island}"
    kind: FilledText = Field(description="The `kind` that the counted places have in the places file.")
    within: Id | None = Field(None, description="Id of the area in which they are counted.")
    near: Id | None = Field(None, description="Id of the place around which they are counted; it does not count.")
    distance: FilledText | None = Field(None, description="How far from `near`, such as 50 km.")

    @classmethod
    def faults_in(cls, given: Mapping[str, Any]) -> Iterable[Fault]:
        """Return a fault unless there is either `within` or both `near` and `distance`."""
        has = {key for key in ("within", "near", "distance") if given.get(key) is not None}
        if has not in ({"within"}, {"near", "distance"}):
            help = "for example {kind: town, within: an-area} or {kind: town, near: a-place, distance: 50 km}"
            yield (), fault("bad-count", "needs either 'within', or 'near' and 'distance' together", help), given


MeasureDoc = (
    DistanceDoc
    | LengthDoc
    | AreaDoc
    | PerimeterDoc
    | WithinDoc
    | LinksDoc
    | TouchesDoc
    | CrossesDoc
    | DirectionDoc
    | TravelDoc
    | IntervalDoc
    | CountDoc
)

MEASURES: dict[str, type[Doc]] = {
    "distance": DistanceDoc,
    "length": LengthDoc,
    "area": AreaDoc,
    "perimeter": PerimeterDoc,
    "within": WithinDoc,
    "links": LinksDoc,
    "touches": TouchesDoc,
    "crosses": CrossesDoc,
    "direction": DirectionDoc,
    "travel": TravelDoc,
    "interval": IntervalDoc,
    "count": CountDoc,
}


def in_full(value: object) -> object:
    """Return a measure with its keys where only their one value is written: `length: id`, `touches: [id, id]`."""
    return _both(_one(value))


def _one(value: object) -> object:
    return {"of": value} if isinstance(value, str) else value


def _both(value: object) -> object:
    return {"places": value} if isinstance(value, list | tuple) else value


Length = Annotated[LengthDoc, BeforeValidator(_one, json_schema_input_type=Id | LengthDoc)]
Area = Annotated[AreaDoc, BeforeValidator(_one, json_schema_input_type=Id | AreaDoc)]
Perimeter = Annotated[PerimeterDoc, BeforeValidator(_one, json_schema_input_type=Id | PerimeterDoc)]
Touches = Annotated[TouchesDoc, BeforeValidator(_both, json_schema_input_type=list[Id] | TouchesDoc)]
