"""Whom the page thanks, and how old its data are: on the map in short, at the end of the page in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from storymap.places import Place
from storymap.scene import Medium
from storymap.story import player_of
from storymap.strings import Catalogue
from storymap.wording import said_date


@dataclass(frozen=True, slots=True)
class Credit:
    """A few words, and the address that their licence asks for; without one they are plain words."""

    text: str
    url: str = ""

    @property
    def bare(self) -> bool:
        """Whether the words are the address, which needs no spelling out on paper."""
        return self.url.rstrip("/").endswith(self.text.rstrip("/"))


Line = tuple[Credit, ...]

# What the names of licences stand for: SPDX's (https://spdx.org/licenses/), and what is no licence.
LICENSES = {
    "ODbL-1.0": Credit("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "CC-BY-4.0": Credit("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": Credit("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-3.0": Credit("CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/"),
    "CC-BY-SA-3.0": Credit("CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
    "CC0-1.0": Credit("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC0": Credit("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "LGPL-3.0-or-later": Credit("LGPL 3.0 or later", "https://www.gnu.org/licenses/lgpl-3.0.html"),
    "GPL-3.0-or-later": Credit("GPL 3.0 or later", "https://www.gnu.org/licenses/gpl-3.0.html"),
    "MIT": Credit("MIT", "https://opensource.org/license/mit"),
    "BSD-2-Clause": Credit("BSD-2-Clause", "https://opensource.org/license/bsd-2-clause"),
    "BSD-3-Clause": Credit("BSD-3-Clause", "https://opensource.org/license/bsd-3-clause"),
    "public domain": Credit("public domain", "https://creativecommons.org/publicdomain/mark/1.0/"),
}
_BY_WORDS = {name.lower().replace("-", " "): credit for name, credit in LICENSES.items()}
_NAMES = "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in _BY_WORDS)  # people write "CC BY 4.0" too
_LICENSE = re.compile(rf"(?<![\w-])(?:{_NAMES})(?![\w-])", re.IGNORECASE)
_GEONAMES = re.compile(r"\bgeonames(?:\.org)?\b", re.IGNORECASE)
_GEONAMES_URL = "https://www.geonames.org"
# An address ends before what closes the sentence round it; without a scheme, only one with a path is surely one.
_SOURCE = re.compile(
    r"(?P<geonames>\bgeonames(?:\.org)?\b(?: (?P<number>\d+))?)"
    r"|(?P<scheme>https?://)\S*[\w/]|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*[\w/]",
    re.IGNORECASE,
)
_LEAFLET = Credit(LICENSES["BSD-2-Clause"].text, "#sm_leaflet")  # its text stands in the page

# Licences that want their credit on the map itself, known by a word in a source; all else stands at the page's end.
_OPENSTREETMAP = Credit("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright")
_OPENSTREETMAP_NAME = re.compile(r"OpenStreetMap contributors|OpenStreetMap", re.IGNORECASE)
_ON_THE_MAP = ((re.compile(r"openstreetmap|\bosm\b", re.IGNORECASE), _OPENSTREETMAP),)
# A picture goes its own way, without the page's end: there these stand too.
_ON_A_PICTURE = (
    *_ON_THE_MAP,
    (re.compile(r"\bgshhg\b", re.IGNORECASE), Credit("GSHHG")),
    (_GEONAMES, Credit("GeoNames", _GEONAMES_URL)),
)


def map_credits(basemap: Iterable[tuple[str, str]], places: Iterable[Place]) -> list[Credit]:
    """Return the credits that must stand on the map, no one twice; `basemap` are (credit, licence)."""
    texts = " ".join([*chain.from_iterable(basemap), *(place.source or "" for place in places)])
    return [credit for word, credit in _ON_THE_MAP if word.search(texts)]


def picture_credits(places: Iterable[Place], *, towns: bool) -> list[Credit]:
    """Return whom pictures of a story name beside its basemap; `towns` where some of the table stand there."""
    texts = " ".join([*(place.source or "" for place in places), "GeoNames" if towns else ""])
    return [credit for word, credit in _ON_A_PICTURE if word.search(texts)]


def credit_lines(
    basemap: Iterable[tuple[str, str]],
    places: Iterable[Place],
    media: Iterable[Medium],
    words: Catalogue,
    *,
    de_facto: bool = True,
) -> list[Line]:
    """Return every credit in full: map data, then each source of places with its licence, then media.

    `basemap` are (credit, licence); `de_facto` where its own borders are drawn. Licences that we know, and GeoNames,
    are links.
    """
    lines = [in_pieces(words.parts("credit.map", text=text, license=licensed(license))) for text, license in basemap]
    if de_facto:
        lines.append((Credit(words.say("credit.borders")),))
    by_source: dict[tuple[str, str], list[str]] = {}
    for place in places:
        if place.source:
            # Of the many numbers in GeoNames, each stands with its place in the list of checks.
            source = re.sub(r"^GeoNames \d+$", "GeoNames", place.source)
            by_source.setdefault((source, place.license or "–"), []).append(place.name)
    for (source, license), names in by_source.items():
        said = ", ".join(dict.fromkeys(names))
        # Its licence wants changes to be named: on the page every position is rounded.
        key = "credit.places-rounded" if _GEONAMES.search(source) else "credit.places"
        parts = words.parts(key, places=said, source=sourced(source.rstrip(".")), license=licensed(license))
        lines.append(in_pieces(parts))
    lines += dict.fromkeys(medium_line(medium, words) for medium in media if medium.credit or medium.license)
    return [*lines, in_pieces(words.parts("credit.leaflet", license=(_LEAFLET,)))]


def medium_line(medium: Medium, words: Catalogue) -> Line:
    """Return the credit of a picture, a recording or a video."""
    gap = " " if medium.credit and medium.license else ""
    text = (Credit(medium.credit + gap), *licensed(medium.license))
    if medium.player:
        return in_pieces(words.parts("credit.video", host=(Credit(player_of(*medium.player).host),), text=text))
    return in_pieces(words.parts("credit.picture" if medium.kind == "image" else "credit.recording", text=text))


def towns_line(source: str, license: str, words: Catalogue) -> Line:
    """Return the credit for towns that come with the map."""
    return in_pieces(words.parts("credit.towns", source=sourced(source), license=licensed(license)))


def licensed(text: str) -> Line:
    """Return the words of a licence, each name in it that we know with its address."""
    return _linked(text, _LICENSE, lambda found: _BY_WORDS[found.group().lower().replace("-", " ")])


def thanked(text: str) -> Line:
    """Return the words by which a host of tiles wants to be named; OpenStreetMap and known licences are links."""
    pieces = _linked(text, _OPENSTREETMAP_NAME, lambda found: Credit(found.group(), _OPENSTREETMAP.url))
    return tuple(chain.from_iterable((piece,) if piece.url else licensed(piece.text) for piece in pieces))


def sourced(text: str) -> Line:
    """Return the words of a source; addresses in it, and what GeoNames has a page for, are links."""
    return _linked(text, _SOURCE, _address)


def _address(found: re.Match[str]) -> Credit:
    text = found.group()
    if found["geonames"]:
        return Credit(text, f"{_GEONAMES_URL}/{found['number']}" if found["number"] else _GEONAMES_URL)
    return Credit(text, text if found["scheme"] else f"https://{text}")


def _linked(text: str, known: re.Pattern[str], credit: Callable[[re.Match[str]], Credit]) -> Line:
    pieces, at = [], 0
    for found in known.finditer(text):
        pieces += [Credit(text[at : found.start()]), credit(found)]
        at = found.end()
    return tuple(piece for piece in (*pieces, Credit(text[at:])) if piece.text)


def in_pieces(parts: Iterable[str | Line]) -> Line:
    """Return a line in pieces from a sentence's own words and what is filled in."""
    pieces = chain.from_iterable((Credit(part),) if isinstance(part, str) else part for part in parts)
    return tuple(piece for piece in pieces if piece.text)


def day(date_or_none: date | None, words: Catalogue) -> str:
    """Return a date in words, or an empty string."""
    return said_date(date_or_none, words) if date_or_none else ""


def data_line(stated: date | None, places: Iterable[Place], words: Catalogue) -> str:
    """Return the sentence that says how old the data are: as the story states, else the newest retrieval of a place."""
    when = stated or max((d for place in places if (d := _read_day(place.retrieved))), default=None)
    return words.say("page.data-as-of", date=day(when, words)) if when else words.say("page.data-undated")


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
