"""Names of context for a story's views: which countries, waters and towns are named, and where the names stand.

All is decided when the page is built, on a map of the reference size, for the view of each step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storymap.basemap.detail import Detail
from storymap.basemap.grid import WORLD_UNITS, Box, mercator
from storymap.basemap.names_cells import Mask
from storymap.basemap.names_ground import Ground
from storymap.basemap.names_outlines import area_of
from storymap.basemap.names_room import around, beside, best_spots, halves, size_px
from storymap.basemap.names_table import Words, countries, towns, waters, words

Kind = Literal["countries", "seas", "towns"]
KINDS: tuple[Kind, ...] = ("countries", "seas", "towns")
MOST = {"countries": 7, "seas": 4, "towns": 8}  # in one view; all that finds no room is hidden later
EDGE_PX = 16.0
ALONE_ZOOM = 8.6
_NEAR, _SHRUNK = 2.5, 0.7  # so much closer than a sea's first zoom, it counts only well within its circles
TOWN_APART_PX = 64.0
# A town's people, and the zooms from and to which it is named; a capital is from two zooms earlier on.
TOWN_ZOOMS = (
    (3_000_000, 3.5, 10.0),
    (1_000_000, 4.6, 10.2),
    (400_000, 5.6, 10.5),
    (150_000, 6.4, 10.8),
    (50_000, 7.2, 11.2),
    (15_000, 8.0, 11.8),
    (0, 9.0, 13.0),
)
_CITY_PEOPLE = 500_000
_OPEN_WATER = 0.98  # of the ground of a sea's name must be its water
_ON_LAND = 0.72  # of a country's name
_IN_SEA = 0.95  # of an island's, of water and its own land
_IN_SMALL = 0.3  # of the name of one that is seen as a whole


@dataclass(frozen=True, slots=True)
class Sight:
    """What a step's map shows: its box in world units on the reference map, the zoom, and what is busy.

    `core` is what a small map shows of it, at `core_zoom`. `busy` are positions (world units) of what the story draws:
    names of context keep away from them.
    """

    box: Box
    zoom: float
    core: Box
    core_zoom: float
    busy: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of context. `lang` and `local_lang` are BCP 47 tags, `lang` is "" in the story's own language.

    `spots` are positions in world units, best first; a town has one. `local` is the name on the spot, or "".
    """

    text: str
    lang: str
    style: Literal["country", "sea", "city", "town"]
    spots: tuple[tuple[float, float], ...]
    from_zoom: float
    to_zoom: float
    local: str = ""
    local_lang: str = ""


def names_for(
    sights: Sequence[Sight],
    language: str,
    kinds: Iterable[Kind] = KINDS,
    *,
    local_names: bool = False,
    detail: Detail | None = None,
) -> list[tuple[Toponym, ...]]:
    """Return the names of context for each view, by rank.

    Args:
        sights: the views.
        language: the story's BCP 47 tag. Where the table has no name in it, a country is named in English and says
            so; seas and towns are left out.
        kinds: what to name.
        local_names: whether names in a country's own main language are given as well.
        detail: the author's finer coast, which tells land from water in its windows.
    """
    naming = _Naming(language, frozenset(kinds), detail, local=local_names)
    seen: dict[Sight, tuple[Toponym, ...]] = {}
    for sight in sights:
        if sight not in seen:
            seen[sight] = tuple(naming.of(sight))
    return [seen[sight] for sight in sights]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    lang: str
    local: str
    local_lang: str


class _Naming:
    def __init__(self, language: str, kinds: frozenset[Kind], detail: Detail | None, *, local: bool) -> None:
        self.kinds, self.detail, self.local = kinds, detail, local
        self.english = words("en")
        self.own = words(language)

    def of(self, sight: Sight) -> Iterator[Toponym]:
        """Return the names for a view: countries, then seas, then towns, each by size."""
        ground = Ground(sight.box, sight.zoom, self.detail)
        cells, per_px = ground.cells, 2.0 ** (15 - sight.zoom)
        free = cells.within(_inset(sight.box, EDGE_PX * per_px))
        named = list(self._towns(sight, per_px)) if "towns" in self.kinds else []
        taken = cells.near([*sight.busy, *(town.spots[0] for town in named)], 14 * per_px)
        core = cells.within(_inset(sight.core, EDGE_PX * 2.0 ** (15 - sight.core_zoom)))
        larger = 2.0 ** (sight.zoom - sight.core_zoom)  # letters are, against the ground, on the small map
        placed = 0
        if "countries" in self.kinds:
            for word, mask, from_zoom, least in self._countries(ground, sight):
                if placed == MOST["countries"]:
                    break
                size = size_px(word.text.upper(), 10.6, 16.0, word.local)
                open_ = free & ~taken
                spots = best_spots(mask & open_, core, larger, size, least)
                if not spots:  # as of most islands: then it stands in the sea beside its land, and on no other's
                    spots = best_spots((mask | ground.water) & beside(mask, size) & open_, core, larger, size, _IN_SEA)
                if spots:
                    placed += 1
                    taken |= around(spots[0], size, free.shape)
                    low = min(from_zoom, sight.zoom - 1.7)
                    yield Toponym(
                        word.text,
                        word.lang,
                        "country",
                        _places(cells.centres(), spots),
                        low,
                        30.0,
                        word.local,
                        word.local_lang,
                    )
        if "seas" in self.kinds:
            for text, mask, (low, high) in self._waters(ground, sight):
                size = size_px(max(halves(text), key=len), 7.0, 34.0, "")
                spots = best_spots(mask & free & ~taken, core, larger, size, _OPEN_WATER)
                if spots:
                    taken |= around(spots[0], size, free.shape)
                    yield Toponym(text, "", "sea", _places(cells.centres(), spots), min(low, sight.zoom - 1.7), high)
        yield from named

    def _countries(self, ground: Ground, sight: Sight) -> list[tuple[_Word, Mask, float, float]]:
        """Return the countries in view by their ground in view, and how much of it a name needs.

        A name may reach out of a small country that is seen as a whole. Close by, a country that is alone in view
        needs no name.
        """
        found = []
        wanted = {n for n, country in enumerate(countries()) if sight.zoom >= country.from_zoom - 0.7}
        masks = list(ground.countries(wanted))
        if sight.zoom >= ALONE_ZOOM and len(masks) < 2:
            return []
        for number, mask in masks:
            country, word = countries()[number], self._country(number)
            if word:
                seen = int(mask.sum())
                whole = seen * ground.cells.cell**2 > 0.7 * area_of(number)
                found.append((seen, country.code, word, mask, country.from_zoom, _IN_SMALL if whole else _ON_LAND))
        found.sort(key=lambda entry: (-entry[0], entry[1]))
        return [entry[2:] for entry in found]

    def _country(self, number: int) -> _Word | None:
        for some in (self.own, self.english):
            if some and some.countries[number]:
                lang = "" if some is self.own else "en"
                local = self._local(countries()[number].code)
                name = local.countries[number] if local else ""
                return _with_local(some.countries[number], lang, name, local)
        return None

    def _local(self, code: str) -> Words | None:
        return words(_language_of(code)) if self.local and _language_of(code) else None

    def _waters(self, ground: Ground, sight: Sight) -> list[tuple[str, Mask, tuple[float, float]]]:
        found = []
        for number, water in enumerate(waters()):
            text = self.own.waters[number] if self.own and number < len(self.own.waters) else ""
            if not text or not water.from_zoom - 0.5 <= sight.zoom <= water.to_zoom + 0.5:
                continue
            sure = 1.0 if sight.zoom < water.from_zoom + _NEAR else _SHRUNK
            mask = ground.cells.near_on_earth((lon, lat, sure * km) for lon, lat, km in water.circles)
            mask &= ground.lakes | ~ground.land if water.kind == "lake" else ground.water
            if mask.any():
                found.append((int(mask.sum()), number, text, mask, (water.from_zoom, water.to_zoom + 1.0)))
        found.sort(key=lambda entry: (-entry[0], entry[1]))
        return [(text, mask, zooms) for _, _, text, mask, zooms in found[: MOST["seas"] + 2]]

    def _towns(self, sight: Sight, per_px: float) -> Iterator[Toponym]:
        """Return the largest towns in view, well apart from each other, then those that a closer look shows."""
        x, y = _town_units()
        middle = sight.box.middle[0]
        x = x + WORLD_UNITS * np.rint((middle - x) / WORLD_UNITS)
        box = _inset(sight.box, EDGE_PX * per_px)
        inside = np.flatnonzero((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom))
        table = towns()
        ranked = sorted(inside.tolist(), key=lambda n: (not table.capital[n], -table.people[n], n))
        kept: list[int] = []
        for number in ranked:
            if len(kept) == MOST["towns"]:
                break
            low, high = _town_zooms(int(table.people[number]))
            low -= 2.0 if table.capital[number] else 0.0
            if not low <= sight.zoom <= high:
                continue
            word = self._town(number)
            if not word or any(np.hypot(x[number] - x[k], y[number] - y[k]) < TOWN_APART_PX * per_px for k in kept):
                continue
            kept.append(number)
            city = table.capital[number] or table.people[number] >= _CITY_PEOPLE
            spot = ((float(x[number]), float(y[number])),)
            low = min(low, sight.zoom - 1.7)
            yield Toponym(
                word.text, word.lang, "city" if city else "town", spot, low, high, word.local, word.local_lang
            )

    def _town(self, number: int) -> _Word | None:
        text = self.own.town(number) if self.own else ""
        if not text:
            return None
        local = self._local(towns().country(number))
        return _with_local(text, "", local.town(number) if local else "", local)


def _with_local(text: str, lang: str, name: str, local: Words | None) -> _Word:
    if not local or not name or name == text:
        return _Word(text, lang, "", "")
    return _Word(text, lang, name, local.language)


def _language_of(code: str) -> str:
    return next((country.language for country in countries() if country.code == code), "")


def _town_zooms(people: int) -> tuple[float, float]:
    return next((low, high) for least, low, high in TOWN_ZOOMS if people >= least)


@cache
def _town_units() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lonlat = towns().lonlat
    return mercator(lonlat[:, 0], lonlat[:, 1])


def _places(
    centres: tuple[NDArray[np.float64], NDArray[np.float64]], spots: Iterable[tuple[int, int]]
) -> tuple[tuple[float, float], ...]:
    return tuple((float(centres[0][column]), float(centres[1][row])) for row, column in spots)


def _inset(box: Box, by: float) -> Box:
    return Box(box.left + by, box.top + by, box.right - by, box.bottom - by)
