"""The story's typed model, how it is read from a source, and its JSON Schema."""

from storymap.story.addresses import address_fault
from storymap.story.claim import AlsoDoc, ClaimDoc
from storymap.story.measures import (
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
    TouchesDoc,
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
from storymap.story.tiles import TilesDoc, TileSource, tile_source

__all__ = [
    "AlsoDoc",
    "AreaDoc",
    "BasemapDoc",
    "ClaimDoc",
    "CountDoc",
    "CrossesDoc",
    "DirectionDoc",
    "DistanceDoc",
    "IntervalDoc",
    "LengthDoc",
    "LinksDoc",
    "MeasureDoc",
    "MediaDoc",
    "PerimeterDoc",
    "ShowDoc",
    "SourceDoc",
    "StepDoc",
    "StoryDoc",
    "TileSource",
    "TilesDoc",
    "TouchesDoc",
    "TravelDoc",
    "UncheckedDoc",
    "ViewDoc",
    "WithinDoc",
    "address_fault",
    "json_schema",
    "read_sound_parts",
    "read_story",
    "tile_source",
]
