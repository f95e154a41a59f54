"""Claims as types: a quote, exactly one measure, and further readings of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from storymap.story.doc import Doc, Fault
from storymap.story.fields import FilledText, Id, Moments, Nth, Text, one_of
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


MeasureDoc = DistanceDoc | LengthDoc | WithinDoc | LinksDoc | TravelDoc | IntervalDoc
M = TypeVar("M", bound=Doc)

MEASURES: dict[str, type[Doc]] = {
    "distance": DistanceDoc,
    "length": LengthDoc,
    "within": WithinDoc,
    "links": LinksDoc,
    "travel": TravelDoc,
    "interval": IntervalDoc,
}


class AlsoDoc(Doc):
    """Another reading of the claim: a label and the parts of the measure that differ. Never the headline."""

    noun: ClassVar[str] = "reading"
    example: ClassVar[str] = "also: [{label: From the centre, from: vladivostok-city}]"
    label: FilledText = Field(description="What this reading is, in a few words.")
    from_: Text | None = Field(None, alias="from", description="Takes the place of the measure's `from`.")
    to: Text | None = Field(None, description="Takes the place of the measure's `to`.")
    along: Text | None = Field(None, description="Takes the place of the measure's `along`.")
    of: Text | None = Field(None, description="Takes the place of the measure's `of`.")
    place: Text | None = Field(None, description="Takes the place of the measure's `place`.")
    area: Text | None = Field(None, description="Takes the place of the measure's `area`.")
    line: Text | None = Field(None, description="Takes the place of the measure's `line`.")
    areas: list[Text] | None = Field(None, description="Takes the place of the measure's `areas`.")
    speed: Text | None = Field(None, description="Takes the place of the measure's `speed`.")
    uncertainty: Text | None = Field(None, description="Takes the place of the measure's `uncertainty`.")

    def applied_to(self, measure: M) -> M:
        """Return the measure with this reading's parts in place of its own; ValidationError where they do not fit."""
        parts = self.model_dump(by_alias=True, exclude_none=True, exclude={"label"})
        return type(measure).model_validate(measure.model_dump(by_alias=True, exclude_none=True) | parts)


def _as_length(value: object) -> object:
    return {"of": value} if isinstance(value, str) else value


Length = Annotated[LengthDoc, BeforeValidator(_as_length, json_schema_input_type=Id | LengthDoc)]


class ClaimDoc(Doc):
    """Words of the text, and how they are tested: exactly one of the measures."""

    noun: ClassVar[str] = "claim"
    example: ClassVar[str] = "claims: [{quote: 17 kilometres long, length: tumen-border}]"
    quote: FilledText = Field(description="The words that are tested, exactly as the step's text has them.")
    nth: Nth | None = Field(None, description="Which one, where the quote stands more than once in the text: 1, 2 …")
    distance: DistanceDoc | None = Field(None, description=DistanceDoc.__doc__, examples=[DistanceDoc.example])
    length: Length | None = Field(None, description=LengthDoc.__doc__, examples=[LengthDoc.example])
    within: WithinDoc | None = Field(None, description=WithinDoc.__doc__, examples=[WithinDoc.example])
    links: LinksDoc | None = Field(None, description=LinksDoc.__doc__, examples=[LinksDoc.example])
    travel: TravelDoc | None = Field(None, description=TravelDoc.__doc__, examples=[TravelDoc.example])
    interval: IntervalDoc | None = Field(None, description=IntervalDoc.__doc__, examples=[IntervalDoc.example])
    expect: FilledText | None = Field(
        None, description="What the quote means, such as 2..6 h or at most 400 m; none: too loose to test."
    )
    also: list[AlsoDoc] = Field(
        [], description="Other readings, each judged on its own line.", examples=[AlsoDoc.example]
    )
    verdict: Annotated[Literal["holds", "fails", "too-close"], one_of("holds", "fails", "too-close")] | None = Field(
        None, description="What the author knows the outcome to be; the check fails where it differs."
    )
    note: Text = Field("", description="What readers should know about this measurement.")

    @property
    def claim_kind(self) -> str:
        """The name of the measure, such as "distance"."""
        return next(name for name in MEASURES if getattr(self, name) is not None)

    @property
    def measure(self) -> MeasureDoc:
        """The one measure of this claim."""
        found: MeasureDoc = getattr(self, self.claim_kind)
        return found

    @classmethod
    def faults_in(cls, given: Mapping[str, Any]) -> Iterable[Fault]:
        """Return a fault unless there is one measure, and one for each part of `also` that does not fit it."""
        named = [name for name in MEASURES if given.get(name) is not None]
        if len(named) == 1:
            yield from _faults_in_also(named[0], given)
        elif named:
            for extra in named[1:]:
                why = f"a claim has one measure, and this one has '{named[0]}' already"
                yield (extra,), fault("one-measure", why, "make it a claim of its own", named=False), given
        elif not any(name in given for name in MEASURES):
            help = f"add one of {', '.join(MEASURES)}, for example {DistanceDoc.example}"
            yield (), fault("one-measure", "this claim has no measure", help, named=False), given


def _faults_in_also(kind: str, given: Mapping[str, Any]) -> Iterable[Fault]:
    doc = MEASURES[kind]
    also = given.get("also")
    for index, reading in enumerate(also if isinstance(also, list | tuple) else ()):
        try:
            parts = AlsoDoc.model_validate(reading)
            raw = _as_length(given[kind]) if kind == "length" else given[kind]
            measure = doc.model_validate(raw)
        except ValidationError:
            continue  # reported where it stands
        changed = parts.model_dump(by_alias=True, exclude_none=True, exclude={"label"})
        foreign = [key for key in changed if key not in doc.keys_here()]
        for key in foreign:
            help = f"its parts are {', '.join(doc.keys_here())}"
            kind_of_fault = fault("unknown-key", f"'{key}' is no part of '{kind}'", help, named=False)
            yield ("also", index, key), kind_of_fault, reading
        if foreign:
            continue
        if not changed:
            why = "this reading changes nothing"
            help = f"name what differs: {', '.join(doc.keys_here())}"
            yield ("also", index), fault("missing-key", why, help, named=False), reading
            continue
        try:
            parts.applied_to(measure)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                kind_of_fault = PydanticCustomError(detail["type"], "{message}", detail.get("ctx", {}))
                yield ("also", index, *detail["loc"]), kind_of_fault, reading
