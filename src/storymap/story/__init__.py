"""The story's typed model, how it is read from a source, and its JSON Schema."""

from storymap.story.addresses import address_fault
from storymap.story.claim import (
    AlsoDoc,
    ClaimDoc,
    DistanceDoc,
    IntervalDoc,
    LengthDoc,
    LinksDoc,
    MeasureDoc,
    TravelDoc,
    WithinDoc,
)
from storymap.story.model import (
    BasemapDoc,
    MediaDoc,
    ShowDoc,
    SourceDoc,
    StepDoc,
    StoryDoc,
    UncheckedDoc,
    ViewDoc,
)
from storymap.story.read import json_schema, read_sound_parts, read_story

__all__ = [
    "AlsoDoc",
    "BasemapDoc",
    "ClaimDoc",
    "DistanceDoc",
    "IntervalDoc",
    "LengthDoc",
    "LinksDoc",
    "MeasureDoc",
    "MediaDoc",
    "ShowDoc",
    "SourceDoc",
    "StepDoc",
    "StoryDoc",
    "TravelDoc",
    "UncheckedDoc",
    "ViewDoc",
    "WithinDoc",
    "address_fault",
    "json_schema",
    "read_sound_parts",
    "read_story",
]
