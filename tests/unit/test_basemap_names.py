"""Names of context are right: whose ground they stand on, in which language, and none that is disputed."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from storymap.basemap.grid import WORLD_UNITS, Bounds, Box, degrees, mercator
from storymap.basemap.names import MOST, Kind, Sight, Toponym, names_for
from storymap.basemap.names_cells import CELL_PX, Cells, Shares, sides_of
from storymap.basemap.names_table import countries, nearest, outlines, towns, waters, words
from storymap.basemap.pack import read_window

TOOLS = Path(__file__).parents[2] / "tools"
DATA = files("storymap.basemap").joinpath("data")


def sight(lon: float, lat: float, zoom: float) -> Sight:
    """What a map of 880 × 800 px shows round a position."""
    x, y = (float(v) for v in mercator(lon, lat))
    half = 2.0 ** (15 - zoom)
    box = Box(x - 440 * half, y - 400 * half, x + 440 * half, y + 400 * half)
    return Sight(box, zoom, box, zoom)


def named(
    lon: float, lat: float, zoom: float, language: str = "en", *, kind: Kind | None = None, local: bool = False
) -> dict[str, Toponym]:
    kinds: tuple[Kind, ...] = (kind,) if kind else ("countries", "seas", "towns")
    (found,) = names_for([sight(lon, lat, zoom)], language, kinds, local_names=local)
    return {one.text: one for one in found}


def at(one: Toponym) -> list[tuple[float, float]]:
    lonlat = [degrees(x, y) for x, y in one.spots]
    return [(float(lon), float(lat)) for lon, lat in lonlat]


def test_the_table_is_the_one_that_its_provenance_tells_of() -> None:
    told = json.loads(DATA.joinpath("names-provenance.json").read_text(encoding="utf-8"))
    packed = DATA.joinpath("names.zlib").read_bytes()
    assert hashlib.sha256(packed).hexdigest() == told["table_sha256"]
    assert len(packed) <= 600_000
    for name, digest in told["own_files_sha256"].items():
        assert hashlib.sha256((TOOLS / name).read_bytes()).hexdigest() == digest, (
            f"{name} has changed: rebuild the table"
        )
    assert (len(countries()), len(waters()), len(towns().people)) == (told["countries"], told["waters"], told["towns"])


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("zh-TW", "zh-Hant"),
        ("zh-hant-hk", "zh-Hant"),
        ("zh-CN", "zh"),
        ("sr-Latn-ME", "sr-Latn"),
        ("iw", "he"),
        ("PT-br", "pt"),
        ("tlh", None),
    ],
)
def test_a_language_is_answered_by_the_nearest_one(tag: str, known: str | None) -> None:
    assert nearest(tag) == known


def test_english_has_a_name_for_everything() -> None:
    english = words("en")
    assert english is not None
    assert all(english.countries)
    assert all(english.waters)
    assert all(english.town(number) for number in range(len(towns().people)))


def test_waters_of_disputed_names_are_the_authors_choice() -> None:
    for language in ("en", "de", "fr", "es"):
        known = words(language)
        assert known is not None
        listed = " ".join(known.waters).casefold()
        for word in ("japan", "pers", "mexi", "méxi", "malawi", "nyasa", "south china", "korea", "corea", "corée"):
            assert word not in listed, (language, word)


@pytest.mark.parametrize(
    ("lon", "lat", "zoom", "expected"),
    [
        (130.6, 42.9, 8.6, {"China", "North Korea", "Russia"}),
        (6.1, 50.0, 8.4, {"Belgium", "Germany", "Luxembourg", "France"}),
        (10.0, 50.0, 5.0, {"Germany", "France", "Poland", "Italy"}),
        (100.0, 35.0, 3.2, {"China", "India", "Russia"}),
    ],
)
def test_countries_are_named_on_their_own_ground_in_view(
    lon: float, lat: float, zoom: float, expected: set[str]
) -> None:
    found = named(lon, lat, zoom, kind="countries")
    assert expected <= found.keys()
    assert len(found) <= MOST["countries"]
    english = words("en")
    assert english is not None
    for text, one in found.items():
        outline = shapely.union_all(
            [shapely.make_valid(shapely.Polygon(ring)) for ring in rings_of(english.countries.index(text))]
        )
        for spot in at(one):
            assert shapely.distance(shapely.Point(spot), outline) < 0.1, text
        assert inside(one, sight(lon, lat, zoom).box)


def rings_of(country: int) -> list[NDArray[np.float64]]:
    table = outlines()
    return [table.lonlat[table.first[n] : table.first[n + 1]] for n in np.flatnonzero(table.country == country)]


def inside(one: Toponym, box: Box) -> bool:
    return all(box.left < x < box.right and box.top < y < box.bottom for x, y in one.spots)


def test_a_country_alone_in_a_close_view_needs_no_name() -> None:
    assert named(37.6, 55.7, 10.0, kind="countries") == {}
    assert "Russia" in named(37.6, 55.7, 7.0, kind="countries")


def test_no_country_is_named_on_ground_that_two_claim() -> None:
    assert named(34.2, 45.3, 8.6, kind="countries") == {}
    for text, one in named(77.0, 33.5, 5.5, kind="countries").items():
        for lon, lat in at(one):
            assert not (72.4 < lon < 80.5 and 32.2 < lat < 37.2), text


@pytest.mark.parametrize(
    ("lon", "lat", "zoom", "expected"),
    [(34.0, 43.0, 5.5, "Black Sea"), (1.0, 56.0, 5.0, "North Sea"), (33.0, -1.0, 6.5, "Lake Victoria")],
)
def test_waters_are_named_on_open_water(lon: float, lat: float, zoom: float, expected: str) -> None:
    found = named(lon, lat, zoom, kind="seas")
    assert expected in found
    box = sight(lon, lat, zoom).box
    (west, east), (north, south) = degrees([box.left, box.right], [box.top, box.bottom])
    window = Bounds(float(west), float(south), float(east), float(north))
    land, lakes = (shapely.union_all(read_window(layer, window)) for layer in ("land", "lakes"))
    for text, one in found.items():
        for spot in at(one):
            assert not shapely.difference(land, lakes).contains(shapely.Point(spot)), text


def test_a_desert_has_no_sea() -> None:
    assert named(13.0, 23.0, 6.0, kind="seas") == {}


def test_towns_come_by_their_size_and_stand_apart() -> None:
    found = named(9.0, 50.0, 6.0, kind="towns")
    assert {"Frankfurt am Main", "Paris", "Brussels"} & found.keys()
    assert 3 <= len(found) <= MOST["towns"]
    spots = np.array([one.spots[0] for one in found.values()])
    apart = np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1)) / 2.0 ** (15 - 6.0)
    assert (apart + 1e9 * np.eye(len(spots))).min() >= 64
    near = named(9.0, 50.0, 8.5, kind="towns")
    assert near.keys() - found.keys()


def test_names_are_in_the_storys_language_or_say_which_they_are_in() -> None:
    korean = named(127.0, 38.0, 6.0, "ko")
    assert {"북한", "서울", "평양"} <= korean.keys()
    assert all(any("가" <= char <= "힣" for char in text) and not one.lang for text, one in korean.items())
    klingon = named(127.0, 38.0, 6.0, "tlh")
    assert {one.style for one in klingon.values()} == {"country"}
    assert {one.lang for one in klingon.values()} == {"en"}


def test_what_the_people_there_say_comes_where_it_is_asked_for_and_differs() -> None:
    found = named(14.0, 50.0, 6.0, "de", local=True)
    assert (found["Prag"].local, found["Prag"].local_lang) == ("Praha", "cs")
    assert (found["Polen"].local, found["Polen"].local_lang) == ("Polska", "pl")
    assert found["Deutschland"].local == ""
    assert all(one.local == "" for one in named(14.0, 50.0, 6.0, "de").values())


def test_a_view_across_the_180th_meridian_is_named_on_both_sides() -> None:
    """Boxes run on beyond the meridian, from either side."""
    for lon in (180.0, -180.0):
        found = named(lon, -18.0, 5.5)
        assert "Fiji" in found
        assert all(inside(one, sight(lon, -18.0, 5.5).box) for one in found.values())
    asia, america = named(180.0, 64.0, 4.0), named(-180.0, 64.0, 4.0)
    assert {"Russia", "United States"} <= asia.keys()
    for text, one in asia.items():
        assert np.allclose(np.subtract(one.spots, (WORLD_UNITS, 0)), america[text].spots), text


def test_what_the_story_draws_is_kept_clear() -> None:
    free = sight(14.0, 52.0, 5.5)
    (first, *_) = names_for([free], "en", ("countries",))[0]
    busy = Sight(free.box, free.zoom, free.core, free.core_zoom, (first.spots[0],))
    moved = next(one for one in names_for([busy], "en", ("countries",))[0] if one.text == first.text)
    assert np.hypot(*np.subtract(moved.spots[0], first.spots[0])) >= 10 * 2.0 ** (15 - 5.5)


corners = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), min_size=3, max_size=9)


@settings(max_examples=60, deadline=None)
@given(corners)
def test_a_cell_is_filled_where_its_centre_lies_inside(points: list[tuple[float, float]]) -> None:
    ring = shapely.Polygon(points)
    cells = Cells.of(Box(0, 0, 400, 400), 2.0)
    xs, ys = cells.centres()
    mask = cells.filled(sides_of([np.array(points)]))
    if not ring.is_valid:
        return
    truth = shapely.contains_xy(ring, *np.meshgrid(xs, ys))
    on_edge = shapely.distance(shapely.points(*np.meshgrid(xs, ys)), ring.exterior) < 1e-6
    assert ((mask == truth) | on_edge).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), st.integers(1, 9), st.randoms(use_true_random=False))
def test_the_share_of_a_label_is_counted_cell_by_cell(wide: int, high: int, random: object) -> None:
    seed = getattr(random, "randint")(0, 10**6)  # noqa: B009
    mask = np.random.default_rng(seed).random((14, 17)) < 0.6
    share = Shares(mask).of(wide * CELL_PX, high * CELL_PX)
    half_w, half_h = round(wide / 2), round(high / 2)
    for row, column in ((0, 0), (7, 8), (13, 16), (3, 15)):
        cells = [
            mask[r, c]
            for r in range(max(0, row - half_h), min(14, row + half_h + 1))
            for c in range(max(0, column - half_w), min(17, column + half_w + 1))
        ]
        assert share[row, column] == pytest.approx(sum(cells) / ((2 * half_w + 1) * (2 * half_h + 1)))
