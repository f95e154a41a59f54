"""Every word that a reader sees comes from the catalogue: with other sentences in it, no English word is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from storymap.compiler import build, check
from storymap.inputs import Inputs
from storymap.page.credits import LICENSES
from storymap.quantity import Forms
from storymap.report import as_data, as_lines
from storymap.strings import catalogue
from storymap.strings.catalogue import number_forms, shelved_as
from storymap.strings.cldr import locale
from tests.unit.making import BORDER, ISLAND, STATION, made, place, step
from tests.unit.told import from_rows

ENGLISH = catalogue()
# What stands on the page in any language: names, and codes that the author writes in the story file.
NAMES = "Natural Earth Leaflet folium Map GeoJSON " + " ".join(credit.text for credit in LICENSES.values())
PLACES = [
    place("station", STATION, name="Στ", kind="station", source="Πηγή", scale="1:50,000"),
    place("border", BORDER, name="Όρ", kind="border", source="Πηγή"),
    place("island", ISLAND, name="Νη", source="GeoNames", license="CC-BY-4.0"),
    place(
        "shore",
        {"type": "Polygon", "coordinates": [[[131.7, 43.2], [131.9, 43.2], [131.9, 43.3], [131.7, 43.2]]]},
        name="Ακ",
        source="Πηγή",
    ),
    place(
        "road",
        {"type": "LineString", "coordinates": [[131.8, 43], [131.85, 43.1], [131.9, 43]]},
        name="Οδ",
        source="Πηγή",
    ),
    place(
        "rail",
        {"type": "LineString", "coordinates": [[131.8, 43], [131.9, 43.1]]},
        name="Σι",
        source="Πηγή",
        schematic=True,
        stated={"length_m": 17_000, "uncertainty_m": 500, "source": "Πηγή"},
    ),
]
BETWEEN = {"distance": {"from": "station", "to": "border"}}
DAYS = {"interval": {"from": "2019-04-24", "to": "2019-04-26"}}
# One claim for each way of saying a quantity; the words stand in `expect`, which the page does not repeat.
CLAIMS: list[dict[str, Any]] = [
    {**BETWEEN, "expect": "less than 150 km", "also": [{"label": "Αλ", "from": "island"}]},
    {**BETWEEN, "expect": "at most 100 miles", "note": "Σημ"},
    {**BETWEEN, "expect": "over 50 nautical miles"},
    {**BETWEEN, "expect": "at least 200 miles", "verdict": "fails"},
    {**BETWEEN, "expect": "nearly 130 km"},
    {**BETWEEN, "expect": "just over 120 km"},
    {**BETWEEN, "expect": "about 79 miles"},
    {**BETWEEN, "expect": "none"},
    {**DAYS, "expect": "2 days"},
    {**DAYS, "expect": "at most 1 day"},
    {**DAYS, "expect": "1..3 weeks"},
    {"within": {"place": "station", "area": "island"}},
    {"links": {"line": "road", "areas": ["island", "shore"]}},
    {"touches": ["station", "island"]},
    {"touches": ["island", "road"]},
    {"crosses": {"line": "road", "over": "island"}},
    {"crosses": {"line": "border", "over": "road"}},
    {"direction": {"from": "station", "to": "border"}, "expect": "south-west"},
    {"direction": {"from": "border", "to": "station"}, "expect": "350..100 degrees"},
    {"direction": {"from": "island", "to": "station"}, "expect": "none"},
    {"length": "road", "expect": "about 20 miles"},
    {"length": "rail", "expect": "17 km"},
    {"travel": {"along": "rail", "speed": "50..60 miles/h"}, "expect": "under 2 days"},
    {"distance": {"from": "station", "to": "island", "along": "road"}, "expect": "10..20 miles"},
]


def strange(sentence: str) -> str:
    """The sentence in another tongue: its letters are §, what is filled in stays."""
    return "".join(
        part if part.startswith("{") else re.sub(r"\w", "§", part) for part in re.split(r"(\{\w+\})", sentence)
    )


def all_strange(forms: Forms) -> Forms:
    return strange(forms) if isinstance(forms, str) else {name: strange(form) for name, form in forms.items()}


SENTENCES = {key: all_strange(forms) for key, forms in ENGLISH.sentences.items()}
# In Korean lists and dates.
STRANGE = replace(ENGLISH, language="ko", sentences=SENTENCES, numbers=number_forms("en", SENTENCES))


@cache
def inputs() -> Inputs:
    quotes = [f"λόγος{'αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ'[number]}" for number in range(len(CLAIMS))]
    claims = [{"quote": quote, **claim} for quote, claim in zip(quotes, CLAIMS, strict=True)]
    one = {**step(" και ".join(quotes), show=["station", "border", "island", "road"], claims=claims), "title": "Ένα"}
    two = {**step("Λέξη.", show=["island"]), "title": "Δύο"}
    keys = {"language": "el", "published": "2026-11-23", "data_as_of": "2026-03-01", "subtitle": "Υπό"}
    unchecked = [{"quote": "Λέξη", "why": "Γιατί"}]
    source = {"title": "Πηγή", "date": "2019-04-25"}
    return made(one, two, places=PLACES, title="Τίτλος", unchecked=unchecked, source=source, **keys)


class Seen(HTMLParser):
    """What a reader of a page sees or hears: its text, its labels, and the words that the client is given."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self._tag, self._data = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag, self._data = tag, ("id", "sm_data") in attrs
        self.text += [value for name, value in attrs if value and name in ("aria-label", "alt", "title")]

    def handle_data(self, data: str) -> None:
        if self._data:
            data_of = from_rows(data)
            self.text += data_of["words"].values()
            self.text += [m["pill"] for s in data_of["steps"] for m in s["measured"]]
            self._data = False
        elif self._tag not in ("script", "style", "pre"):
            self.text.append(data)


def texts(sentences: Iterable[Forms]) -> Iterator[str]:
    for forms in sentences:
        yield from (forms,) if isinstance(forms, str) else forms.values()


def english_in(text: str) -> set[str]:
    """The catalogue's own words of three letters or more, and the units that are words, that stand in a text."""
    own = re.compile(r"[a-z]{3,}", re.IGNORECASE)
    sentences = (re.sub(r"\{\w+\}", " ", sentence) for sentence in texts(ENGLISH.sentences.values()))
    known = {word.lower() for sentence in sentences for word in own.findall(sentence)}
    known |= {month.lower() for month in locale("en").months}
    names = {word.lower() for word in own.findall(NAMES)}
    return {word.lower() for word in own.findall(text)} & known - names


def test_the_test_knows_english_when_it_sees_it() -> None:
    text = " ".join(Seen(build(inputs()).html).text)
    assert english_in(text) > {"days", "miles", "under", "over", "most", "least", "holds", "back", "method", "april"}
    lines = "\n".join(as_lines(check(inputs()).findings.values(), ENGLISH))
    assert english_in(lines) > {"days", "miles", "under", "author", "read"}


def test_no_word_of_the_page_is_written_outside_of_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storymap.page.document.catalogue", lambda _language: STRANGE)
    seen = Seen(build(inputs()).html).text
    assert "§" in " ".join(seen)
    assert {text for text in seen if english_in(text)} == set()


# Words of others, such as French, may look like English ones.
@pytest.mark.parametrize("language", [one for one in ("ar", "ko", "ru", "zh") if shelved_as(one) == one])
def test_a_page_in_a_language_of_ours_holds_no_english(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setattr("storymap.page.document.catalogue", lambda _language: catalogue(language))
    seen = Seen(build(inputs()).html).text
    assert {text: found for text in seen if (found := english_in(text) - {"wgs", "storymap", "docs", "claims"})} == {}


@pytest.mark.parametrize("language", ["es", "fr"])
def test_no_text_of_the_english_page_stands_in_a_spanish_or_french_one(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Single words may be the same: a verdict, a pause."""
    english = set(Seen(build(inputs()).html).text)
    monkeypatch.setattr("storymap.page.document.catalogue", lambda _language: catalogue(language))
    seen = Seen(build(inputs()).html).text
    assert {text for text in seen if text in english and len(english_in(text)) > 1} == set()


def test_no_word_of_the_report_is_written_outside_of_the_catalogue() -> None:
    checked = check(inputs())
    findings = checked.findings.values()
    # The codes of verdicts and reasons are those of the story file and of the documents.
    lines = [re.sub(r"\[[a-z, -]+\]|\bfails\b", "", line) for line in as_lines(findings, STRANGE)]
    assert len(lines) == len(CLAIMS) + 1
    assert {line for line in lines if english_in(line.replace("made-up.yaml", ""))} == set()
    shown = [claim["shown"] for claim in as_data("a.yaml", findings, (), (), STRANGE)["claims"]]
    assert {text for said in shown for text in said.values() if text and english_in(text)} == set()
    assert any("§" in said["value"] for said in shown)
