"""Whom the page thanks, and how old its data are: on the map in short, at the end of the page in full."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storymap.places import Place
from storymap.scene import Picture
from storymap.strings import Catalogue


@dataclass(frozen=True, slots=True)
class Credit:
    """A few words on the map and the address that their licence asks for."""

    text: str
    url: str


# Licences that want their credit on the map itself, known by a word in a source; all else stands at the page's end.
_OPENSTREETMAP = Credit("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright")
_ON_THE_MAP = ((re.compile(r"openstreetmap|\bosm\b", re.IGNORECASE), _OPENSTREETMAP),)


def map_credits(basemap: Iterable[str], places: Iterable[Place]) -> list[Credit]:
    """Return the credits that must stand on the map, no one twice."""
    texts = " ".join([*basemap, *(place.source or "" for place in places)])
    return [credit for word, credit in _ON_THE_MAP if word.search(texts)]


def credit_lines(
    basemap: Iterable[str], places: Iterable[Place], pictures: Iterable[Picture], words: Catalogue
) -> list[str]:
    """Return every credit in full: map data, then each source of places with its licence, then pictures."""
    lines = [words.say("credit.map", text=text) for text in basemap]
    lines.append(words.say("credit.borders"))
    by_source: dict[tuple[str, str], list[str]] = {}
    for place in places:
        if place.source:
            by_source.setdefault((place.source, place.license or "–"), []).append(place.name)
    lines += [
        words.say("credit.places", places=", ".join(dict.fromkeys(names)), source=source.rstrip("."), license=license)
        for (source, license), names in by_source.items()
    ]
    lines += [
        words.say("credit.picture", text=" ".join(part for part in (p.credit, p.license) if part))
        for p in pictures
        if p.credit or p.license
    ]
    return [*lines, words.say("credit.leaflet")]


def day(date_or_none: date | None, words: Catalogue) -> str:
    """Return a date in words, or an empty string."""
    if date_or_none is None:
        return ""
    month = words.say(f"month.{date_or_none.month}")
    return words.say("page.date", day=str(date_or_none.day), month=month, year=str(date_or_none.year))


def data_line(stated: date | None, places: Iterable[Place], words: Catalogue) -> str:
    """Return the sentence that says how old the data are: as the story states, else the newest retrieval of a place."""
    when = stated or max((d for place in places if (d := _read_day(place.retrieved))), default=None)
    return words.say("page.data-as-of", date=day(when, words)) if when else words.say("page.data-undated")


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
