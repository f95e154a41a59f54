"""Claims as types: a quote, exactly one of the measures, and further readings of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import Field, ValidationError
from pydantic_core import PydanticCustomError

from storymap.story.doc import Doc, Fault
from storymap.story.fields import FilledText, Nth, Text, one_of
from storymap.story.measures import (
    MEASURES,
    Area,
    AreaDoc,
    CountDoc,
    CrossesDoc,
    DirectionDoc,
    DistanceDoc,
    IntervalDoc,
    Length,
    LengthDoc,
    LinksDoc,
    MeasureDoc,
    Perimeter,
    PerimeterDoc,
    Touches,
    TouchesDoc,
    TravelDoc,
    WithinDoc,
    in_full,
)
from storymap.story.values import fault

M = TypeVar("M", bound=Doc)
# Where a reading names one of these, those that cannot stand beside it go.
_INSTEAD_OF = {"within": ("near", "distance"), "near": ("within",)}


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
    places: list[Text] | None = Field(None, description="Takes the place of the measure's `places`.")
    over: Text | None = Field(None, description="Takes the place of the measure's `over`.")
    speed: Text | None = Field(None, description="Takes the place of the measure's `speed`.")
    uncertainty: Text | None = Field(None, description="Takes the place of the measure's `uncertainty`.")
    kind: Text | None = Field(None, description="Takes the place of the measure's `kind`.")
    within: Text | None = Field(None, description="Takes the place of the measure's `within`, `near` and `distance`.")
    near: Text | None = Field(None, description="Takes the place of the measure's `near` or `within`.")
    distance: Text | None = Field(None, description="Takes the place of the measure's `distance`.")

    def applied_to(self, measure: M) -> M:
        """Return the measure with this reading's parts in place of its own; ValidationError where they do not fit."""
        parts = self.model_dump(by_alias=True, exclude_none=True, exclude={"label"})
        others = {key for part in parts for key in _INSTEAD_OF.get(part, ())} - parts.keys()
        kept = measure.model_dump(by_alias=True, exclude_none=True, exclude=others)
        return type(measure).model_validate(kept | parts)


class ClaimDoc(Doc):
    """Words of the text, and how they are tested: exactly one of the measures."""

    noun: ClassVar[str] = "claim"
    example: ClassVar[str] = "claims: [{quote: 17 kilometres long, length: tumen-border}]"
    quote: FilledText = Field(description="The words that are tested, exactly as the step's text has them.")
    nth: Nth | None = Field(None, description="Which one, where the quote stands more than once in the text: 1, 2 …")
    distance: DistanceDoc | None = Field(None, description=DistanceDoc.__doc__, examples=[DistanceDoc.example])
    length: Length | None = Field(None, description=LengthDoc.__doc__, examples=[LengthDoc.example])
    area: Area | None = Field(None, description=AreaDoc.__doc__, examples=[AreaDoc.example])
    perimeter: Perimeter | None = Field(None, description=PerimeterDoc.__doc__, examples=[PerimeterDoc.example])
    within: WithinDoc | None = Field(None, description=WithinDoc.__doc__, examples=[WithinDoc.example])
    links: LinksDoc | None = Field(None, description=LinksDoc.__doc__, examples=[LinksDoc.example])
    touches: Touches | None = Field(None, description=TouchesDoc.__doc__, examples=[TouchesDoc.example])
    crosses: CrossesDoc | None = Field(None, description=CrossesDoc.__doc__, examples=[CrossesDoc.example])
    direction: DirectionDoc | None = Field(None, description=DirectionDoc.__doc__, examples=[DirectionDoc.example])
    travel: TravelDoc | None = Field(None, description=TravelDoc.__doc__, examples=[TravelDoc.example])
    interval: IntervalDoc | None = Field(None, description=IntervalDoc.__doc__, examples=[IntervalDoc.example])
    count: CountDoc | None = Field(None, description=CountDoc.__doc__, examples=[CountDoc.example])
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
            measure = doc.model_validate(in_full(given[kind]))
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
