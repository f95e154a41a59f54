"""What countries, waters and towns are called, and where: the table in the wheel.

It is written by `tools/make_names_table.py`: the length of an index (4 bytes), the index, then sections, each a zlib
stream, so that a build opens only what it needs. Index: JSON. `countries`: [ISO code, least zoom, main language].
`waters`: [kind, least zoom, last zoom, circles of (lon, lat, km)]. `aliases`: other tags of a language. `claimed`:
(west, south, east, north) of ground that two states claim. `sections`: [name, length]. Numbers are little-endian;
those in "planes" have all lowest bytes first. A part of a section comes after its length (4 bytes). `outlines`: rings
per country, points per ring, then planes of all steps of 0.01° from vertex to vertex, first those of longitudes (from
0 in each ring, not closed). `towns`: planes of longitudes, then latitudes in 0.001°; planes of people; which are
capitals; ISO codes. A section for each language: three texts with a name a line, parted by NUL, in the order of
countries, waters and towns; an empty or missing line says that the language has no word.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

TOWNS_CREDIT = ("GeoNames", "CC-BY-4.0")

LonLats = NDArray[np.float64]  # rows of (lon, lat) in degrees


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166 code, the least zoom for its name, and its main language."""

    code: str
    from_zoom: float
    language: str


@dataclass(frozen=True, slots=True)
class Outlines:
    """The coarse outer rings of all countries, one after the other: points, where each ring begins, whose it is."""

    lonlat: LonLats
    first: NDArray[np.int64]  # point of each ring, and one more at the end
    country: NDArray[np.int64]  # number of each ring


@dataclass(frozen=True, slots=True)
class Water:
    """A sea, strait, gulf or lake: the zooms for its name, and the circles (lon, lat, km) whose water bears it."""

    kind: str
    from_zoom: float
    to_zoom: float
    circles: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Towns:
    """All towns: positions, people, whether each is a capital, and the ISO codes of their countries in one text."""

    lonlat: LonLats
    people: NDArray[np.int64]
    capital: NDArray[np.bool_]
    codes: str

    def country(self, number: int) -> str:
        """Return the ISO code of a town's country."""
        return self.codes[2 * number : 2 * number + 2]


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
    return tuple(Country(code, from_zoom, language) for code, from_zoom, language in _index()["countries"])


@cache
def outlines() -> Outlines:
    """Return the outlines of all countries, good to a few kilometres."""
    rings, points, steps = _parts(_section("outlines"))
    counts = np.frombuffer(points, "<u2").astype(np.int64)
    first = np.concatenate(([0], np.cumsum(counts)))
    # Sum up steps ring by ring: one running sum, less what it was before each ring began.
    summed = np.cumsum(_planes(steps, "<i2").reshape(2, -1).T.astype(np.int64), axis=0)
    before = np.concatenate((np.zeros((1, 2), np.int64), summed))[first[:-1]]
    of_ring = np.frombuffer(rings, "<u2")
    owner = np.repeat(np.arange(len(of_ring)), of_ring)
    return Outlines((summed - np.repeat(before, counts, axis=0)) / 100, first, owner)


def claimed() -> list[tuple[float, float, float, float]]:
    """Return the ground that two states claim, as (west, south, east, north) in degrees: no country is named there."""
    return [(west, south, east, north) for west, south, east, north in _index()["claimed"]]


@cache
def waters() -> tuple[Water, ...]:
    """Return every water of the table."""
    return tuple(
        Water(kind, low, high, tuple((lon, lat, km) for lon, lat, km in circles))
        for kind, low, high, circles in _index()["waters"]
    )


@cache
def towns() -> Towns:
    """Return all towns of the table."""
    positions, people, capitals, codes = _parts(_section("towns"))
    lonlat: LonLats = _planes(positions, "<i4").reshape(2, -1).T / 1000
    capital = np.frombuffer(capitals, np.uint8).astype(bool)
    return Towns(lonlat, _planes(people, "<u4").astype(np.int64), capital, codes.decode())


@cache
def words(tag: str) -> Words | None:
    """Return the names in a language (a BCP 47 tag), or in the nearest that has some: zh-TW → zh-Hant, de-AT → de."""
    known: str | None = nearest(tag)
    if known is None:
        return None
    lists = (tuple(text.split("\n")) for text in _section(known).decode().split("\0"))
    return Words(known, *lists)


def nearest(tag: str) -> str | None:
    """Return the tag of the table that stands for a language, None where there is none."""
    names, aliases = _places().keys() - {"outlines", "towns"}, _index()["aliases"]
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
def _packed() -> bytes:
    return files(__package__).joinpath("data", "names.zlib").read_bytes()


def _index_end() -> int:
    return 4 + int.from_bytes(_packed()[:4], "little")


@cache
def _index() -> dict[str, Any]:
    index: dict[str, Any] = json.loads(zlib.decompress(_packed()[4 : _index_end()]))
    return index


@cache
def _places() -> dict[str, tuple[int, int]]:
    """Return where each section lies in the file: from, to."""
    names, sizes = zip(*_index()["sections"], strict=True)
    ends = np.cumsum([_index_end(), *sizes]).tolist()
    return dict(zip(names, pairwise(ends), strict=True))


def _section(name: str) -> bytes:
    first, end = _places()[name]
    return zlib.decompress(_packed()[first:end])


def _parts(section: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(section):
        size = int.from_bytes(section[at : at + 4], "little")
        yield section[at + 4 : at + 4 + size]
        at += 4 + size


def _planes(content: bytes, kind: Literal["<i2", "<i4", "<u4"]) -> NDArray[np.integer]:
    planes = np.frombuffer(content, np.uint8).reshape(int(kind[-1]), -1)
    return np.ascontiguousarray(planes.T).view(kind).reshape(-1)
