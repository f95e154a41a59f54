"""The story file as types. Field names are the author's words; every description is a hover text in editors.

A value that may be written in two ways (`length: id` or `length: {of: id}`, one picture or a list) is always kept in
the longer way. Positions are written [lat, lon] and kept as (lon, lat).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from storymap.story.claim import ClaimDoc
from storymap.story.doc import Doc, Fault
from storymap.story.fields import (
    Address,
    Borders,
    Day,
    FilledText,
    Flag,
    Id,
    Labels,
    Language,
    Position,
    Text,
    Version,
    Zoom,
    one_of,
)
from storymap.story.media import Media, MediaDoc
from storymap.story.reading import OVERVIEW, Claims, ClaimsDoc, Layout, Overview, Pace, has_overview
from storymap.story.theme import ThemeDoc
from storymap.story.tiles import TilesDoc, as_tiles
from storymap.story.values import fault, stable_slug


class SourceDoc(Doc):
    """The article or report that the story retells or checks."""

    noun: ClassVar[str] = "source"
    example: ClassVar[str] = "source: {title: The report, url: https://example.org/report}"
    title: FilledText = Field(description="The source's title.")
    url: Address | None = Field(None, description="Its web address (http or https).")
    author: Text | None = Field(None, description="Who wrote it.")
    date: Day | None = Field(None, description="The day on which it appeared, YYYY-MM-DD.")


class BasemapDoc(Doc):
    """What lies under the places: land, water and borders."""

    noun: ClassVar[str] = "basemap"
    example: ClassVar[str] = "basemap: {borders: true}"
    detail: FilledText | None = Field(None, description="A GeoJSON file with a finer coast, relative to the story.")
    borders: Borders = Field(
        True, description="Borders between countries: true, false, or a GeoJSON file with lines of your own."
    )
    labels: Labels = Field(
        ("countries", "seas", "towns"),
        description="What is named beside your own places: true, false, or a list of countries, seas and towns.",
        examples=["labels: [countries, seas]"],
    )
    local_names: Flag = Field(False, description="Whether names come with what the people there say, below.")


class ShowDoc(Doc):
    """A place on the step's map, with its label and how loud it is drawn."""

    noun: ClassVar[str] = "shown place"
    example: ClassVar[str] = "show: [vladivostok-station, {place: tumen-border, style: context}]"
    place: Id = Field(description="The place's id in the places file.")
    label: Text | None = Field(None, description="The words on the map; the place's name where left out.")
    style: Annotated[Literal["subject", "context"], one_of("subject", "context")] = Field(
        "subject", description="subject: what the step is about; context: for orientation, drawn more quietly."
    )
    towards: Id | None = Field(
        None, description="The place at that end of a line to which a journey goes: arrowheads point there."
    )


class ViewDoc(Doc):
    """What the map frames: `fit` places, or a `center` with a `zoom`. Left out, it fits what is shown and measured."""

    noun: ClassVar[str] = "view"
    example: ClassVar[str] = "view: {fit: [tumen-border]} or view: {center: [43.11, 131.88], zoom: 11}"
    fit: list[Id] = Field([], description="Ids of the places that must be in view.", examples=["fit: [tumen-border]"])
    center: Position | None = Field(
        None, description="[latitude, longitude], 'latitude, longitude' or 43°06′40″N 131°52′55″E."
    )
    zoom: Zoom | None = Field(None, description="From 0, the whole world, to 14, a few streets.")

    @classmethod
    def faults_in(cls, given: Mapping[str, Any]) -> Iterable[Fault]:
        """Return a fault unless there is either `fit` or both `center` and `zoom`."""
        has = {key for key in ("fit", "center", "zoom") if given.get(key, []) not in ([], ())}
        if has not in ({"fit"}, {"center", "zoom"}):
            why = "needs either 'fit', or 'center' and 'zoom' together"
            yield (), fault("bad-view", why, f"for example {cls.example}"), given


class UncheckedDoc(Doc):
    """A phrase that measures something but is not tested, with the reason."""

    noun: ClassVar[str] = "entry of 'unchecked'"
    example: ClassVar[str] = "unchecked: [{quote: first 100 metres, why: the route is not recorded}]"
    quote: FilledText = Field(description="The words, as they stand in the story.")
    why: FilledText = Field(description="Why they are not tested; readers see this.")


def _as_shown(value: object) -> object:
    return {"place": value} if isinstance(value, str) else value


Tiles = Annotated[TilesDoc, BeforeValidator(as_tiles, json_schema_input_type=str | TilesDoc)]
Shown = Annotated[ShowDoc, BeforeValidator(_as_shown, json_schema_input_type=Id | ShowDoc)]


class StepDoc(Doc):
    """One step: a heading, its text, what the map shows, and the claims that the text makes."""

    noun: ClassVar[str] = "step"
    example: ClassVar[str] = "steps: [{title: A short border, text: It is 17 kilometres long.}]"
    id: Id = Field("", description="The step's name in links; made from the title if left out. Keep it stable.")
    title: FilledText = Field(description="The step's heading.")
    text: FilledText = Field(description="What the step says, in Markdown.")
    show: list[Shown] = Field([], description="The places on the map.", examples=["show: [tumen-border]"])
    view: ViewDoc | None = Field(None, description="What the map frames; it fits what is shown if left out.")
    media: Media = Field(
        [], description="A picture, recording or video, or a list of them.", examples=[MediaDoc.example]
    )
    claims: list[ClaimDoc] = Field(
        [],
        description="Quotes of the text, each with the measure that tests it.",
        examples=["claims: [{quote: 17 kilometres long, length: tumen-border}]"],
    )

    @model_validator(mode="before")
    @classmethod
    def _id_from_title(cls, data: object) -> object:
        if isinstance(data, Mapping) and "id" not in data and isinstance(data.get("title"), str):
            return {**data, "id": stable_slug(data["title"])}
        return data


class StoryDoc(Doc):
    """A whole story. The least that works: a title, and steps that each have a title and a text."""

    noun: ClassVar[str] = "story"
    example: ClassVar[str] = "title: …"
    storymap: Version = Field(1, description="The version of this file format: 1.")
    title: FilledText = Field(description="The story's title.")
    subtitle: Text | None = Field(None, description="A line under the title.")
    byline: Text | None = Field(None, description="Who wrote the story.")
    published: Day | None = Field(None, description="The day of publication, YYYY-MM-DD.")
    language: Language = Field("en", description="The story's language as a BCP 47 tag: en, ko, pt-BR.")
    summary: Text | None = Field(None, description="One or two sentences for previews and search engines.")
    source: SourceDoc | None = Field(None, description="The article or report that the story retells or checks.")
    data_as_of: Day | None = Field(None, description="The day for which the data are right, YYYY-MM-DD.")
    places: FilledText | None = Field(None, description="The GeoJSON file of places, relative to the story.")
    basemap: BasemapDoc = Field(BasemapDoc(), description="What lies under the places.")
    tiles: Tiles | None = Field(None, description="A street map of another host, shown if the reader asks for it.")
    theme: ThemeDoc | None = Field(None, description="The look of a house: accent, fonts, a style sheet.")
    context: list[Id] = Field(
        [], description="Ids of places that orient the reader on every map.", examples=["context: [vladivostok]"]
    )
    layout: Layout = Field(
        "steps", description="steps: one step at a time; scroll: the text scrolls beside a map that stays."
    )
    overview: Overview = Field(
        None, description="A first step with all places on one map: true, or a title and a text."
    )
    autoplay: Pace | None = Field(None, description="Offers a play button; each step stays for so long: 8s.")
    claims: Claims = Field(ClaimsDoc(), description="Whether verdicts are seen at once, or when a reader asks.")
    steps: list[StepDoc] = Field(description="The steps, in order.", min_length=1, examples=[StepDoc.example])
    unchecked: list[UncheckedDoc] = Field(
        [], description="Phrases that are not tested, with the reason.", examples=[UncheckedDoc.example]
    )

    @classmethod
    def faults_in(cls, given: Mapping[str, Any]) -> Iterable[Fault]:
        """Return a fault for every step whose id an earlier step has, or the overview."""
        steps = given.get("steps")
        first: dict[str, int] = {}
        for index, step in enumerate(steps if isinstance(steps, list | tuple) else ()):
            key, step_id = _id_of_step(step)
            if step_id == OVERVIEW and has_overview(given.get("overview")):
                why = f"step {index + 1} has the id '{step_id}', which is that of the overview"
                kind = fault("duplicate-id", why, "give it an 'id:' of its own, or delete 'overview'", named=False)
                yield ("steps", index, key), kind, step_id
            elif step_id in first:
                why = f"step {index + 1} has the id '{step_id}', which step {first[step_id] + 1} has too"
                kind = fault("duplicate-id", why, "give one of them an 'id:' of its own", named=False)
                yield ("steps", index, key), kind, step_id
            elif step_id:
                first[step_id] = index


def _id_of_step(step: object) -> tuple[str, str]:
    """Return the key that a step's id comes from, and the id, "" where it has none that can be read."""
    if isinstance(step, StepDoc):
        return "id", step.id
    if not isinstance(step, Mapping):
        return "id", ""
    own, title = step.get("id"), step.get("title")
    if "id" in step:
        return "id", own if isinstance(own, str) else ""
    return "title", stable_slug(title) if isinstance(title, str) else ""
