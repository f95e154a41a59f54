"""No key goes unexplained: the documents name every key, default, kind and limit, and none that is not there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

import storymap.story
from storymap.inputs import MAX_PICTURE_BYTES, MAX_RECORDING_BYTES
from storymap.page.map import naming, strokes
from storymap.page.map.viewport import CLOSEST, CLOSEST_IN_DETAIL
from storymap.places import Stated
from storymap.places.properties import KNOWN, SHARED
from storymap.story import TranslationDoc
from storymap.story.doc import Doc
from storymap.story.translation import ClaimWordsDoc, StepWordsDoc

DOCS = Path(__file__).parents[2] / "docs"
FORMAT, PLACES, TRANSLATING = DOCS / "story-format.md", DOCS / "places.md", DOCS / "translating.md"


def tables(page: Path) -> dict[str, list[list[str]]]:
    """Return the rows of all tables under each heading of a page, each row as its cells."""
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in page.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"#+ (.+)", line):
            rows = found.setdefault(heading[1], [])
        elif line.startswith("| "):
            rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def keys(rows: list[list[str]]) -> list[str]:
    """Return the words in `code` in the first column."""
    return [key for row in rows for key in re.findall(r"`([^`]+)`", row[0])]


SECTIONS: dict[str, type[Doc]] = {
    "The story": storymap.story.StoryDoc,
    "A step": storymap.story.StepDoc,
    "A claim": storymap.story.ClaimDoc,
}
OFFERED = [getattr(storymap.story, name) for name in storymap.story.__all__]
PARTS = [doc for doc in OFFERED if isinstance(doc, type) and issubclass(doc, Doc) and doc is not TranslationDoc]


@pytest.mark.parametrize("doc", PARTS, ids=lambda doc: doc.__name__)
def test_every_key_of_a_story_is_explained_with_its_default(doc: type[Doc]) -> None:
    heading = next(
        (title for title, other in SECTIONS.items() if other is doc), doc.__name__.removesuffix("Doc").lower()
    )
    rows = tables(FORMAT)[heading][1:]
    assert keys(rows) == doc.keys_here()
    for field, (key, _, default) in zip(doc.model_fields.values(), rows, strict=True):
        assert (default == "**required**") == field.is_required(), key
        if (value := plain_default(field)) is not None:
            assert f"`{value}`" in default, key


@pytest.mark.parametrize(
    "heading,doc",
    [
        ("What goes where", TranslationDoc),
        ("A step in another language", StepWordsDoc),
        ("A claim in another language", ClaimWordsDoc),
    ],
)
def test_every_key_of_a_translation_is_explained(heading: str, doc: type[Doc]) -> None:
    rows = tables(TRANSLATING)[heading][1:]
    assert keys(rows) == doc.keys_here()
    assert {key for key, _, default in rows if default == "**required**"} == {
        f"`{key}`" for key, field in doc.model_fields.items() if field.is_required()
    }


def plain_default(field: FieldInfo) -> str | None:
    """Return a default as an author would type it, None where there is none that could be typed."""
    match field.default:
        case bool(flag):
            return str(flag).lower()
        case int(number):
            return str(number)
        case str(word) if word:
            return word
        case _:
            return None


def test_every_property_of_a_place_is_explained() -> None:
    rows = tables(PLACES)["Properties"][1:]
    assert sorted(keys(rows)) == sorted(KNOWN)
    needed = {key: row[2] for row in rows for key in keys([row])}
    assert {key for key, when in needed.items() if when == "always"} == {"id", "name"}
    assert {key for key, when in needed.items() if when == "if a claim measures it"} == {"uncertainty_m", "source"}
    stated = tables(PLACES)["Stated, derived, schematic"][1:]
    assert sorted(keys(stated)) == sorted(field.name for field in fields(Stated))
    sentence = re.search(r"can stand there except (.*?)\.", PLACES.read_text(encoding="utf-8"), re.DOTALL)
    assert sentence
    assert set(re.findall(r"`(\w+)`", sentence[1])) == set(KNOWN) - set(SHARED)


def test_every_kind_with_a_look_of_its_own_is_explained() -> None:
    rows = tables(PLACES)["Kinds"][1:]
    for as_what, looks in (("line", strokes.LINE_STYLES), ("point", naming.DOT_STYLES | naming.NAME_ONLY)):
        assert sorted(keys([row for row in rows if row[1] == as_what])) == sorted(looks)


def test_the_zooms_of_names_are_those_of_the_map() -> None:
    rows = tables(PLACES)["Names on the map"][1:]
    zooms = {keys([row])[0]: (float(row[1]), float(row[2])) for row in rows}
    assert zooms == naming.NAME_ZOOMS | {"subject": (0.0, 30.0)}


def test_the_limits_of_maps_and_pictures_are_told() -> None:
    story, places = (page.read_text(encoding="utf-8") for page in (FORMAT, PLACES))
    assert f"good to zoom {CLOSEST:g}" in story
    assert f"to zoom {CLOSEST_IN_DETAIL:g}," in story
    assert f"closer than zoom {CLOSEST:g}" in places
    assert f"at most {MAX_PICTURE_BYTES // 1_000_000} MB" in story
    assert f"at most {MAX_RECORDING_BYTES // 1_000_000} MB" in story
