"""The story's typed model, how it is read from a source, and its JSON Schema."""

from storymap.story.addresses import address_fault
from storymap.story.claim import AlsoDoc, ClaimDoc
from storymap.story.house_css import read_css
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
from storymap.story.media import MediaDoc
from storymap.story.model import (
    BasemapDoc,
    ShowDoc,
    SourceDoc,
    StepDoc,
    StoryDoc,
    UncheckedDoc,
    ViewDoc,
)
from storymap.story.players import Player, player_of
from storymap.story.read import json_schema, read_sound_parts, read_story, read_translation
from storymap.story.reading import ClaimsDoc, OverviewDoc, has_overview
from storymap.story.theme import Theme, ThemeDoc, theme_of
from storymap.story.tiles import TilesDoc, TileSource, tile_source
from storymap.story.translated import translated
from storymap.story.translation import TranslationDoc

__all__ = [
    "AlsoDoc",
    "AreaDoc",
    "BasemapDoc",
    "ClaimDoc",
    "ClaimsDoc",
    "CountDoc",
    "CrossesDoc",
    "DirectionDoc",
    "DistanceDoc",
    "IntervalDoc",
    "LengthDoc",
    "LinksDoc",
    "MeasureDoc",
    "MediaDoc",
    "OverviewDoc",
    "PerimeterDoc",
    "Player",
    "ShowDoc",
    "SourceDoc",
    "StepDoc",
    "StoryDoc",
    "Theme",
    "ThemeDoc",
    "TileSource",
    "TilesDoc",
    "TouchesDoc",
    "TranslationDoc",
    "TravelDoc",
    "UncheckedDoc",
    "ViewDoc",
    "WithinDoc",
    "address_fault",
    "has_overview",
    "json_schema",
    "player_of",
    "read_css",
    "read_sound_parts",
    "read_story",
    "read_translation",
    "theme_of",
    "tile_source",
    "translated",
]
