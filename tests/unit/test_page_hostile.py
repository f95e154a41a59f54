"""No words of an author can become anything but words: whatever stands in a text slot, the page has the same elements.

The slots are taken from the models, so a new text field fails here until it is covered.
"""

from __future__ import annotations

import html
import json
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from storymap.compiler import build, check
from storymap.embedding import snippet
from storymap.inputs import File, gather
from storymap.places.properties import KNOWN
from storymap.problems import StoryError
from storymap.story import StoryDoc
from storymap.story.fields import Day, FilledText, Id, Language, Moments, Text
from tests.unit.drawn import file_of, hills
from tests.unit.making import BORDER, ISLAND, STATION
from tests.unit.told import from_rows

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "image": "\"><img src=x onerror=alert(1)>'><svg onload=alert(1)>",
    "end of script": "</script><!--<script>--></style></title></textarea>",
    "templates": "{{7*7}} {% raw %} ${7*7} %s {0} {name}",
    "link": "javascript:alert(1)",
    "markdown": "[x](javascript:alert(1)) ![x](y) <javascript:alert(1)> </code>",
    "csp": "storymap-csp-slot &quot; &#34; &lt;b&gt;",
    "spaces and controls": "a\u00a0\u200bb\u202ec \ufeff",
}
HARMLESS = "plain words"
PIXEL = file_of(hills(1, 1), "GIF")

# Text that is read by a grammar of its own, so that it cannot hold a payload at all; `test_…_refused` shows it.
READ_BY_A_GRAMMAR = {
    "steps.text": "Markdown, see test_html_in_a_text_is_refused",
    "overview.text": "Markdown, as steps.text",
    "places": "a path",
    "basemap.detail": "a path",
    "basemap.borders": "true, false or a path",
    **{f"steps.media.{key}": "a path" for key in ("image", "audio", "video", "captions", "poster")},
    **{f"steps.media.{key}": "an address, see test_story_media.py" for key in ("youtube", "vimeo")},
    "steps.claims.expect": "a quantity",
    "steps.claims.travel.speed": "a quantity",
    "steps.claims.interval.uncertainty": "a quantity",
    "steps.claims.count.distance": "a quantity",
    "tiles.provider": "a name of a list, see test_page_tiles.py",
    "tiles.url": "an address, see test_page_tiles.py",
    "tiles.subdomains": "parts of a host, see test_page_tiles.py",
    "theme.accent.light": "a colour, see test_theme.py",
    "theme.accent.dark": "a colour, see test_theme.py",
    "theme.font": "names of fonts, see test_theme.py",
    "theme.css": "a path",
    "source.url": "an address, see test_only_addresses_of_the_web_are_links",
    **{
        f"steps.claims.also.{key}": "a part of the measure"
        for key in """from to along of place area line areas places over speed uncertainty
            kind within near distance""".split()
    },
}
SLOTS = {
    "title", "subtitle", "byline", "summary", "tiles.attribution",
    "source.title", "source.author", "steps.title", "steps.show.label",
    "steps.media.alt", "steps.media.title", "steps.media.caption", "steps.media.credit", "steps.media.license",
    "steps.claims.quote", "steps.claims.also.label", "steps.claims.note", "steps.claims.count.kind",
    "unchecked.quote", "unchecked.why", "overview.title",
}  # fmt: skip
PLACE_TEXTS = {"name", "kind", "source", "license", "retrieved", "scale", "note", "in_text"}
PLACE_NUMBERS = {"uncertainty_m", "min_zoom", "max_zoom"}
PLACE_OTHERS = PLACE_NUMBERS | {"id", "edges", "stated", "derived", "derived_from", "schematic"}
_SAFE_TYPES: list[Any] = [Id, Day, Language, Moments]
_FREE_TYPES: list[Any] = [Text, FilledText]


def text_slots(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """The places of a story where an author may write any text: dotted paths of keys."""
    for name, field in model.model_fields.items():
        key = f"{above}{field.alias or name}"
        for kind in _leaves(field.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from text_slots(kind, f"{key}.")
            elif kind is str and not _is_safe(model, name):
                yield key


def _leaves(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif origin in (list, Union, types.UnionType):
        for part in get_args(annotation):
            yield from _leaves(part)
    else:
        yield annotation


def _is_safe(model: type[BaseModel], name: str) -> bool:
    """Whether the field's own reader lets only ids, dates and the like pass."""
    written = str(model.__annotations__[name])
    return bool(re.search(r"\b(Id|Day|Language|Moments)\b", written))


def story_with(words: str) -> dict[str, Any]:
    """A story with these words in every text slot. The prose quotes them, so claims can stand on them."""
    return {
        "title": words,
        "subtitle": words,
        "byline": words,
        "published": "2026-11-23",
        "summary": words,
        "tiles": {"url": "https://tiles.example.org/{z}/{x}/{y}.png", "attribution": plain(words)},
        "source": {"title": words, "author": words, "url": "https://example.org/?a=1&b=2"},
        "steps": [
            {
                "title": words,
                "id": "one",
                "text": f"It is `` {words} `` and so on.",
                "show": [
                    {"place": "station", "label": words},
                    "island",
                    {"place": "border", "label": words, "style": "context"},
                ],
                "media": [
                    {"image": "pixel.gif", "alt": words, "caption": words, "credit": words, "license": words},
                    {"audio": "tone.wav", "alt": words, "captions": "tone.vtt", "caption": words},
                    {"vimeo": "1", "title": words, "caption": words, "credit": words, "license": words},
                ],
                "claims": [
                    {
                        "quote": words,
                        "distance": {"from": "station", "to": "border"},
                        "expect": "less than 150 km",
                        "also": [{"label": words, "from": "island"}],
                        "note": words,
                    }
                ],
            },
            {
                "title": f"{words} 2",
                "id": "two",
                "text": f"It has `` {words} `` and more.",
                "show": ["island"],
                "claims": [{"quote": words, "count": {"kind": words, "within": "island"}, "expect": "less than 150"}],
            },
        ],
        "unchecked": [{"quote": words, "why": words}],
        "overview": {"title": words, "text": f"It is `` {words} `` and all."},
    }


def places_with(words: str) -> dict[str, Any]:
    texts = dict.fromkeys(PLACE_TEXTS - {"kind", "retrieved"}, words)
    shapes = {"station": STATION, "border": BORDER, "island": ISLAND}
    stated = {"length_m": 17_000, "uncertainty_m": 500, "source": words}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": place_id,
                "properties": {**texts, "kind": words, "retrieved": words, "uncertainty_m": 50, "stated": stated},
                "geometry": geometry,
            }
            for place_id, geometry in shapes.items()
        ],
    }


@cache
def plain(words: str) -> str:
    """The words without what would make them HTML: there markup is refused (test_page_tiles.py)."""
    return re.sub(r"[<>&]", " ", words)


def page_with(words: str) -> str:
    inputs = gather(json.dumps(story_with(words)).encode(), Path("hostile.yaml"))
    places = File("places.geojson", json.dumps(places_with(words), ensure_ascii=False).encode())
    captions = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{html.escape(words, quote=False)}\n"
    media = {"pixel.gif": PIXEL, "tone.wav": b"RIFF\x24\x00\x00\x00WAVEfmt ", "tone.vtt": captions.encode()}
    files = {name: File(name, raw) for name, raw in media.items()}
    return build(replace(inputs, places=places, media=files, faults=())).html


class Seen(HTMLParser):
    """The elements of a page with their attributes' names, the addresses in it, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.comments: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href", "action")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def skeleton(page: str) -> tuple[list[Any], list[str], list[str]]:
    """What a page is apart from its words. Lettering is left out: longer words take other lines and less room."""
    page = re.sub(r"<(text|circle)\b[^>]*>(?:[^<]*</\1>)?", "", page)
    seen = Seen(page)
    # What is said in a recording stands in the page as a track: an address of nothing but base64.
    addresses = [re.sub(r"(?<=^data:text/vtt;base64,)[A-Za-z0-9+/=]+$", "", address) for address in seen.addresses]
    return seen.elements, addresses, seen.comments


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_words_add_no_element_no_attribute_no_address_and_no_comment(payload: str) -> None:
    assert skeleton(page_with(payload)) == skeleton(page_with(HARMLESS))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_lettering_on_the_maps_stays_lettering(payload: str) -> None:
    letterings = re.findall(r"<g class=(?:wide|narrow)>.*?</g>", page_with(payload), re.DOTALL)
    assert len(letterings) == 6  # two steps and the overview, each wide and narrow
    for tag, names in (element for one in letterings for element in Seen(one).elements):
        assert tag in ("g", "text", "circle", "svg", "rect")
        assert not [name for name in names if name.startswith("on") or name in ("style", "href")]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_the_data_for_the_client_are_json_and_end_where_they_should(payload: str) -> None:
    page = page_with(payload)
    (data,) = re.findall(r'<script type="application/json" id="sm_data">(.*?)</script>', page, re.DOTALL)
    assert not set(data) & set("<>&\u2028\u2029")
    names = [name["text"] for one in from_rows(data)["steps"] for name in one["names"]]
    assert payload in names


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_readers_see_the_words_as_they_are_written(payload: str) -> None:
    """Nothing is silently dropped, evaluated or escaped twice."""
    text = "".join(Seen(page_with(payload)).text)
    assert text.count(payload) >= 10
    assert "49" not in re.findall(r"\S+", text)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085", "\x00", "\x1b"])
def test_line_separators_and_control_characters_are_refused_in_every_slot(separator: str) -> None:
    faults = gather(json.dumps(story_with(f"a{separator}b")).encode(), Path("hostile.yaml")).faults
    assert {fault.code for fault in faults} == {"bad-character"}
    assert len(faults) >= len(SLOTS)


def test_every_text_slot_of_the_story_is_covered() -> None:
    assert set(text_slots(StoryDoc)) == SLOTS | READ_BY_A_GRAMMAR.keys()
    filled = set(_keys_with(HARMLESS, story_with(HARMLESS)))
    assert SLOTS - filled == set()


def test_every_text_of_a_place_is_covered() -> None:
    assert set(KNOWN) == PLACE_TEXTS | PLACE_OTHERS
    (feature, *_) = places_with(HARMLESS)["features"]
    assert {key for key, value in feature["properties"].items() if value == HARMLESS} == PLACE_TEXTS


def test_the_types_of_text_are_those_that_this_test_knows() -> None:
    """`text_slots` counts each `str` but these; were one of them to become free text, it would miss it."""
    hostile = PAYLOADS["script"]
    for kind in _SAFE_TYPES:
        (reader,) = (m for m in kind.__metadata__ if hasattr(m, "func"))
        with pytest.raises(ValueError, match=r".+"):
            reader.func(hostile)
    for kind in _FREE_TYPES:
        (reader,) = (m for m in kind.__metadata__ if hasattr(m, "func"))
        assert reader.func(hostile) == hostile


def _keys_with(words: str, value: Any, above: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _keys_with(words, inner, f"{above}{key}.")
    elif isinstance(value, list):
        for inner in value:
            yield from _keys_with(words, inner, above)
    elif value == words:
        yield above.rstrip(".")


@pytest.mark.parametrize("name", ["script", "image", "end of script"])
def test_html_in_a_text_is_refused(name: str) -> None:
    story = {"title": "T", "steps": [{"title": "One", "text": f"It is {PAYLOADS[name]}"}]}
    with pytest.raises(StoryError) as caught:
        check(gather(json.dumps(story).encode(), Path("hostile.yaml")))
    assert {problem.code for problem in caught.value.problems} == {"html-in-text"}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//x.org", "x.html"]
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    story = story_with(HARMLESS)
    story["source"]["url"] = address
    inputs = gather(json.dumps(story).encode(), Path("hostile.yaml"))
    assert "bad-address" in {problem.code for problem in inputs.faults}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_the_snippet_is_one_frame_whatever_the_title(payload: str) -> None:
    inputs = gather(json.dumps(story_with(payload)).encode(), Path("hostile.yaml"))
    (frame,) = Seen(snippet(inputs.story, f"https://example.org/{payload}", 640)).elements
    assert frame[0] == "iframe"
    known = {"src", "title", "width", "height", "style", "loading", "sandbox", "allow", "referrerpolicy"}
    assert set(frame[1]) == known
