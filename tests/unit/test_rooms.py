"""The doors of the rooms: what one package offers to the others. A name more is one more that binds."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

import storymap

DOORS = {
    "basemap": "Basemap BorderFile Bounds Box Detail Grid Tier compose read_border_file read_detail",
    "claims": "measure",
    "cli": "cli main",
    "coast": "Area CoastError Shores Window cut detail_text installed read_windows",
    "earth": """Depth EarthError Edges LonLat Nearest NearestMany along area bearing circle contains_margin depth
        geodesic inverse length models_apart nearest nearest_many part perimeter""",
    "media": """Encoded MediaFault Renditions as_webvtt ending_of kind_of_recording media_type_of
        medium_of renditions spoken""",
    "page": """Frame LayerRefused Page StepParts StoryParts borders_drawn copied folium_map frames picture_svg
        preview_png render""",
    "places": "Atlas Edges Place PlaceWarning Stated read_places swapped_positions",
    "prose": "Found Mark Prose ProseFault QuoteError find_quote mark_quotes overlaps read_prose",
    "quantity": """Dimension Expectation Figures Forms Interval NumberForms Numeral Phrase QuantityError System Unit
        figures find_measures fineness
        read_duration read_expect read_length read_quote read_speed sensible_unit show_interval
        show_margin show_quantity show_range show_spread show_uncertainty turn_towards unit_in wind_of""",
    "report": "Outcome as_data as_github as_junit as_lines what_fails",
    "ruler": """Alone Asked Between RulerError alone as_data as_lines between read_all read_asked read_atlas
        read_uncertainty swap_hint""",
    "source": "Loc Source Text read_text read_yaml size_fault",
    "story": """AlsoDoc AreaDoc BasemapDoc ClaimDoc ClaimsDoc CountDoc CrossesDoc DirectionDoc DistanceDoc IntervalDoc
        LengthDoc LinksDoc MeasureDoc MediaDoc OverviewDoc PerimeterDoc Player ShowDoc SourceDoc
        StepDoc StoryDoc Theme ThemeDoc TileSource TilesDoc TouchesDoc TranslationDoc TravelDoc UncheckedDoc ViewDoc
        WithinDoc address_fault has_overview json_schema player_of read_css read_sound_parts read_story read_translation
        theme_of tile_source translated""",
    "strings": "Catalogue catalogue direction own_name",
}


@pytest.mark.parametrize("room", DOORS)
def test_a_room_offers_these_names(room: str) -> None:
    package = import_module(f"storymap.{room}")
    assert package.__all__ == sorted(DOORS[room].split())
    assert [name for name in package.__all__ if not hasattr(package, name)] == []


def test_every_room_has_its_door() -> None:
    assert {module.name for module in pkgutil.iter_modules(storymap.__path__) if module.ispkg} == DOORS.keys()
