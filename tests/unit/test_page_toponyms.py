"""Names of context stand beside a story's own: where there is room, never twice, with their language told."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

from storymap.basemap import Box
from storymap.compiler import build
from storymap.inputs import Inputs
from storymap.page.map.labels import place as placed_labels
from storymap.page.map.lettering import lettering
from storymap.page.map.viewport import REFERENCE_PX
from tests.unit.making import made, place, step
from tests.unit.told import told

PRAGUE = {"type": "Point", "coordinates": [14.42, 50.08]}
WIDE = {"center": [50, 14], "zoom": 5}


def story(*places: dict[str, Any], show: list[str] | None = None, view: Any = None, **keys: Any) -> Inputs:
    some = places or (place("prague", PRAGUE, kind="city", name={"en": "Prague", "de": "Prag", "ko": "프라하"}),)
    return made(step(show=show or [some[0]["id"]], view=view or WIDE), places=some, **keys)


def names(inputs: Inputs) -> dict[str, dict[str, Any]]:
    """What the client is told of names, by their words."""
    return {name["text"]: name for one in told(build(inputs).html)["steps"] for name in one["names"]}


def stills(inputs: Inputs) -> str:
    return "".join(
        re.findall(
            r'<figure class="still">.*?</figure>|<figure class="still" .*?</figure>', build(inputs).html, re.DOTALL
        )
    )


def test_by_default_countries_seas_and_towns_are_named_in_the_storys_language() -> None:
    found = names(story(language="de"))
    assert {"Deutschland", "Polen", "Wien", "Adriatisches\nMeer"} <= found.keys()
    assert {one["style"] for one in found.values()} == {"subject", "country", "sea", "city"}


def test_an_author_may_leave_out_some_or_all() -> None:
    assert names(story(basemap={"labels": False})).keys() == {"Prague"}
    assert {n["style"] for n in names(story(basemap={"labels": ["countries"]})).values()} == {"subject", "country"}


def test_a_place_of_the_story_stands_in_the_stead_of_the_tables() -> None:
    """By its name, or by its place: the capital is not named twice, whatever the story calls it."""
    close = {"center": [50, 14], "zoom": 7}
    elsewhere = {"type": "Point", "coordinates": [13.4, 49.7]}
    assert "Prague" in names(story(place("elsewhere", elsewhere), view=close))
    assert "Prague" not in names(story(place("castle", PRAGUE, name="The castle"), view=close))
    square = {"type": "Point", "coordinates": [14.47, 50.05]}  # 5 km away, in another language
    assert "Prague" not in names(story(place("square", square, name="Praha"), view=close | {"zoom": 9}))
    own = place("de", {"type": "Point", "coordinates": [9, 48.5]}, kind="country", name="Germany")
    germany = names(story(own))["Germany"]
    assert germany["style"] == "country"
    assert "also" not in germany


def test_islands_too_small_for_their_name_have_it_in_the_sea_beside_them() -> None:
    noumea = place("noumea", {"type": "Point", "coordinates": [166.45, -22.27]}, kind="city", name="Nouméa")
    found = names(story(noumea, view={"center": [-19, 172], "zoom": 4.7}))
    assert {"Vanuatu", "Fiji"} <= found.keys()
    assert "New Zealand" not in found  # a scrap at the edge of the map


def test_a_town_of_context_has_a_smaller_dot_than_a_city_of_the_story() -> None:
    found = names(story())
    assert (found["Prague"]["dot"], found["Vienna"]["dot"]) == ("city", "town")


def test_a_water_that_the_story_names_in_other_words_is_not_named_again() -> None:
    own = place("northern", {"type": "Point", "coordinates": [13.5, 44]}, kind="sea", name="Northern Adriatic")
    assert "Adriatic\nSea" not in names(story(own))
    assert "Adriatic\nSea" in names(story())


def test_a_name_that_had_to_fall_back_says_its_language() -> None:
    found = names(story(language="fr"))
    assert found["Prague"]["lang"] == "en"
    assert "lang" not in found["Allemagne"]
    assert "lang" not in names(story(language="de-AT"))["Prag"]
    assert "lang=en>Prague</text>" in stills(story(language="fr"))


def test_what_the_people_there_say_is_a_second_line_in_their_language() -> None:
    inputs = story(language="de", basemap={"local_names": True})
    assert (names(inputs)["Polen"]["local"], names(inputs)["Polen"]["localLang"]) == ("Polska", "pl")
    assert re.search(r"lang=pl[^>]*>Polska</text>", stills(inputs))


def test_geonames_is_credited_where_a_town_of_the_table_is_drawn_and_only_there() -> None:
    assert "www.geonames.org" in build(story()).html
    assert "www.geonames.org" not in build(story(basemap={"labels": ["countries", "seas"]})).html


def test_every_name_of_context_finds_room_at_its_own_zoom_and_covers_nothing() -> None:
    built = build(story())
    (part,) = built.parts.steps.values()
    drawing, frame = part.drawing, part.frame
    box, zoom = frame.view
    grid = built.parts.basemap.grid
    own = Box(box.left, box.top, box.right, box.bottom).moved(-grid.origin_x, -grid.origin_y)
    stands = lettering("", drawing, own, zoom, REFERENCE_PX).stands
    rects = [placed.rect for _, placed in stands]
    assert not any(a.meets(b) for a, b in combinations(rects, 2))
    here = {name.text for name in drawing.names if name.of_table and name.from_zoom <= zoom <= name.to_zoom}
    assert here
    assert here <= {name.text for name, _ in stands}
    for name, placed in stands:
        if name.dot and name.of_table:
            again = placed_labels([placed.label], [], REFERENCE_PX)
            assert name.side > 0 or again[0].anchor == placed.anchor
