"""A translation of a story as types: the file `<story>.<language>.yaml`, which holds words and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from storymap.story.doc import Doc
from storymap.story.fields import FilledText, Language, Nth, Text, Version
from storymap.story.reading import OverviewDoc
from storymap.story.values import fault


class SourceWordsDoc(Doc):
    """The words of `source`; what is left out stays as it is."""

    noun: ClassVar[str] = "source"
    example: ClassVar[str] = "source: {title: 북한 김정은 위원장 러시아 도착}"
    title: FilledText | None = Field(None, description="The source's title.")
    author: Text | None = Field(None, description="Who wrote it.")


class MediaWordsDoc(Doc):
    """The words of one picture, recording or video."""

    noun: ClassVar[str] = "entry of 'media'"
    example: ClassVar[str] = "media: {bridge.jpg: {alt: 갈색 강 위의 철교}}"
    alt: FilledText | None = Field(None, description="What it shows or lets hear, for readers who cannot.")
    title: FilledText | None = Field(None, description="The title of a video at YouTube or Vimeo.")
    caption: Text | None = Field(None, description="The words under it.")
    credit: Text | None = Field(None, description="Who made it; as in the story if left out.")
    captions: FilledText | None = Field(
        None, description="A WebVTT file in this language; the story's own if left out."
    )


class ClaimWordsDoc(Doc):
    """The words of one claim. Its measure, and what the words must mean, are the story's."""

    noun: ClassVar[str] = "claim"
    example: ClassVar[str] = "17 kilometres long: {quote: 길이가 17km, note: 공표된 수치}"
    quote: FilledText = Field(description="The words of the translated text that make this claim.")
    nth: Nth | None = Field(None, description="Which one, where the quote stands more than once in the text: 1, 2 …")
    note: Text | None = Field(None, description="What readers should know about this measurement.")
    also: dict[str, FilledText] = Field(
        {}, description="The labels of its other readings, each under the story's own label."
    )


def _as_claim(value: object) -> object:
    return {"quote": value} if isinstance(value, str) else value


ClaimWords = Annotated[ClaimWordsDoc, BeforeValidator(_as_claim, json_schema_input_type=str | ClaimWordsDoc)]


def _by_quote(value: object) -> object:
    """Return the claims of a step; a fault where one stands there without the story's quote above it."""
    if isinstance(value, Mapping) and "quote" in value:
        help = "write the words that the story quotes above it, and indent what is theirs: 17 km long: {quote: …}"
        raise fault("missing-key", "'quote' stands where the story's quote belongs", help, named=False)
    return value


class StepWordsDoc(Doc):
    """The words of one step."""

    noun: ClassVar[str] = "step"
    example: ClassVar[str] = "steps: {border: {title: 짧은 국경, text: 길이가 17km다.}}"
    title: FilledText | None = Field(None, description="The step's heading.")
    text: FilledText | None = Field(None, description="What the step says, in Markdown.")
    labels: dict[str, Text] = Field(
        {}, description="The words on the map, under the id of the place, where the story gives it a label."
    )
    media: dict[str, MediaWordsDoc] = Field(
        {}, description="The words of its media, each under its file, or what YouTube or Vimeo calls it."
    )
    claims: Annotated[dict[str, ClaimWords], BeforeValidator(_by_quote)] = Field(
        {},
        description="Its claims, each under the quote that the story has: the quote in the translated text, or more.",
    )


class UncheckedWordsDoc(Doc):
    """The words of one entry of `unchecked`."""

    noun: ClassVar[str] = "entry of 'unchecked'"
    example: ClassVar[str] = "unchecked: {first 100 metres: {quote: 처음 100m, why: 경로 기록이 없다.}}"
    quote: FilledText = Field(description="The words, as they stand in the translated text.")
    why: FilledText = Field(description="Why they are not tested; readers see this.")


class TranslationDoc(Doc):
    """A translation of a whole story. Places, measures, limits and views are those of the story."""

    noun: ClassVar[str] = "translation"
    example: ClassVar[str] = "places: {river: 강} and steps: {border: {title: 국경, text: 길이가 17km다.}}"
    storymap: Version = Field(1, description="The version of this file format: 1.")
    language: Language = Field(description="The language, as in the name of the file: ko for story.ko.yaml.")
    title: FilledText | None = Field(None, description="The story's title.")
    subtitle: Text | None = Field(None, description="A line under the title.")
    byline: Text | None = Field(None, description="Who wrote and translated it; as in the story if left out.")
    summary: Text | None = Field(None, description="One or two sentences for previews and search engines.")
    source: SourceWordsDoc = Field(SourceWordsDoc(), description="The words of the source that the story retells.")
    places: dict[str, FilledText] = Field(
        {}, description="What places are called, under their ids, where the places file has no name in this language."
    )
    overview: OverviewDoc = Field(OverviewDoc(), description="The words of the overview, if the story gives it words.")
    steps: dict[str, StepWordsDoc] = Field({}, description="The steps, each under its id.")
    unchecked: dict[str, UncheckedWordsDoc] = Field(
        {}, description="Phrases that are not tested, each under the quote that the story has."
    )
