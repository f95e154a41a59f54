"""What countries, waters and towns are called, and where: the table in the wheel.

It is written by `tools/make_names_table.py`: JSON in a zlib stream. `countries`: [ISO code, least zoom, rank, main
language, outline], outlines as rings parted by ";", each ring as steps of 0.01° from vertex to vertex (lon, lat, from
0, 0, not closed). `waters`: [kind, least zoom, last zoom, circles of (lon, lat, km)]. `towns`: steps of 0.001°, people,
numbers of the capitals, ISO codes. `names`: per language three texts with a name a line, in the order of countries,
waters and towns; an empty or missing line says that the language has no word. `aliases`: other tags of a language.
`claimed`: (west, south, east, north) of ground that two states claim.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

TOWNS_CREDIT = ("GeoNames", "CC-BY-4.0")

LonLats = NDArray[np.float64]  # rows of (lon, lat) in degrees


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166 code, the least zoom for its name, its main language, and a coarse outline (outer rings)."""

    code: str
    from_zoom: float
    language: str
    rings: tuple[LonLats, ...]


@dataclass(frozen=True, slots=True)
class Water:
    """A sea, strait, gulf or lake: the zooms for its name, and the circles (lon, lat, km) whose water bears it."""

    kind: str
    from_zoom: float
    to_zoom: float
    circles: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Towns:
    """All towns: positions, people, whether each is a capital, and the ISO code of its country."""

    lonlat: LonLats
    people: NDArray[np.int64]
    capital: NDArray[np.bool_]
    country: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The names in one language, in the order of the table; "" or beyond the end where it has no word."""

    language: str
    countries: tuple[str, ...]
    waters: tuple[str, ...]
    towns: tuple[str, ...]

    def town(self, number: int) -> str:
        """Return the name of a town, "" where there is none."""
        return self.towns[number] if number < len(self.towns) else ""


@cache
def countries() -> tuple[Country, ...]:
    """Return every country of the table."""
    return tuple(
        Country(code, from_zoom, language, tuple(_steps(ring, 100) for ring in outline.split(";")))
        for code, from_zoom, _, language, outline in _table()["countries"]
    )


def claimed() -> list[tuple[float, float, float, float]]:
    """Return the ground that two states claim, as (west, south, east, north) in degrees: no country is named there."""
    return [(west, south, east, north) for west, south, east, north in _table()["claimed"]]


@cache
def waters() -> tuple[Water, ...]:
    """Return every water of the table."""
    return tuple(
        Water(kind, low, high, tuple((lon, lat, km) for lon, lat, km in circles))
        for kind, low, high, circles in _table()["waters"]
    )


@cache
def towns() -> Towns:
    """Return all towns of the table."""
    positions, people, capitals, codes = _table()["towns"]
    lonlat = _steps(positions, 1000)
    capital = np.zeros(len(lonlat), bool)
    capital[capitals] = True
    return Towns(lonlat, np.array(people.split(), np.int64), capital, tuple(codes.split()))


@cache
def words(tag: str) -> Words | None:
    """Return the names in a language (a BCP 47 tag), or in the nearest that has some: zh-TW → zh-Hant, de-AT → de."""
    known: str | None = nearest(tag)
    if known is None:
        return None
    lists = (tuple(text.split("\n")) for text in _table()["names"][known])
    return Words(known, *lists)


def nearest(tag: str) -> str | None:
    """Return the tag of the table that stands for a language, None where there is none."""
    names, aliases = _table()["names"], _table()["aliases"]
    parts = tag.split("-")
    parts = [parts[0].lower(), *(p.title() if len(p) == 4 else p.upper() for p in parts[1:])]
    while parts:
        shorter = "-".join(parts)
        language = aliases.get(shorter, shorter)
        if language in names:
            return str(language)
        parts.pop()
    return None


@cache
def _table() -> dict[str, Any]:
    packed = files(__package__).joinpath("data", "names.zlib").read_bytes()
    table: dict[str, Any] = json.loads(zlib.decompress(packed))
    return table


def _steps(text: str, a_degree: int) -> LonLats:
    steps = np.array(text.split(), np.int64).reshape(-1, 2)
    summed: LonLats = np.cumsum(steps, axis=0) / a_degree
    return summed
