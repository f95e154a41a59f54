"""Windows cut from GSHHG: calm shores, lakes with their islands, whole across the 180th meridian, read sparingly."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.basemap import read_detail
from storymap.coast import Area, CoastError, Window, cut, detail_text, read_windows
from storymap.problems import ToolError
from tests.unit.shores import M_PER_DEGREE, Ring, box, write_shores

WINDOW = Window(10.0, 50.0, 11.0, 51.0)


def land(areas: list[Area]) -> BaseGeometry:
    return shapely.union_all([area.polygon for area in areas if area.layer == "land"])


def lakes(areas: list[Area]) -> BaseGeometry:
    return shapely.union_all([area.polygon for area in areas if area.layer == "lake"])


# What is asked for


@pytest.mark.parametrize(
    ("typed", "windows"),
    [
        (["131.5,42.8,132.3,43.4"], [Window(131.5, 42.8, 132.3, 43.4)]),
        (["131.5", "42.8", "132.3", "43.4"], [Window(131.5, 42.8, 132.3, 43.4)]),
        (["−169.3", "65.6", "-168.5", "66"], [Window(-169.3, 65.6, -168.5, 66.0)]),
        (["1,50,2,51", "3, 50, 4, 51"], [Window(1, 50, 2, 51), Window(3, 50, 4, 51)]),
        (["179", "-17", "-179", "-16"], [Window(179, -17, 181, -16)]),
    ],
)
def test_four_numbers_are_a_window_however_they_are_typed(typed: list[str], windows: list[Window]) -> None:
    assert read_windows(typed) == windows


@pytest.mark.parametrize(
    ("typed", "message", "help"),
    [
        ("", "here are 0", "write west, south, east, north"),
        ("1 2 3", "here are 3", "write west, south, east, north"),
        ("1 2 3 x", "'x' is not a number", "write west, south, east, north"),
        ("1 2 3 nan", "'nan' is not a number", "write west, south, east, north"),
        ("42.8 131.5 43.4 132.3", "it looks swapped", "longitude comes first: 131.5,42.8,132.3,43.4"),
        ("132.3 42.8 131.5 43.4", "west at or beyond its east", "did you mean 131.5,42.8,132.3,43.4?"),
        ("131.5 43.4 132.3 42.8", "south above its north", "did you mean 131.5,42.8,132.3,43.4?"),
        ("131.5 132.3 42.8 43.4", "beyond latitude ±85", "write west, south, east, north"),
        ("10 84.5 11 85.5", "beyond latitude ±85", "write west, south, east, north"),
        ("190 50 191 51", "longitude beyond ±180", "did you mean -170,50,-169,51?"),
        ("179 -17 181 -16", "longitude beyond ±180", "did you mean 179,-17,-179,-16?"),
        ("0 0 0 0", "no height", "write west, south, east, north"),
        ("10 50 30 51", "20° by 1°, more than", "0.2 to 2 degrees suits"),
        ("10 50 11 60", "1° by 10°, more than", "0.2 to 2 degrees suits"),
        ("10 50 10.01 50.5", "0.01° by 0.5°, less than", "at least 0.05"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_advice(typed: str, message: str, help: str) -> None:
    with pytest.raises(CoastError) as caught:
        read_windows(typed.split())
    assert message in caught.value.message
    assert help in caught.value.help


# What is cut


def test_a_window_holds_what_lies_inside_and_ends_at_its_edges(tmp_path: Path) -> None:
    shores = write_shores(tmp_path, [Ring(1, box(9, 49, 10.5, 52)), Ring(1, box(20, 50, 21, 51))])
    areas = cut(shores, WINDOW)
    assert [area.layer for area in areas] == ["land"]
    # The corners lie beyond the window's edge, so none of them is cut off.
    assert land(areas).symmetric_difference(shapely.box(10, 50, 10.5, 51)).area < 1e-6


def test_stairs_become_a_calm_shore_that_moves_less_than_its_own_error(tmp_path: Path) -> None:
    step_m = 90.0
    step_lat, step_lon = step_m / M_PER_DEGREE, step_m / M_PER_DEGREE / math.cos(math.radians(50.5))
    stairs = [(10.2, 50.2)]
    for _ in range(200):
        lon, lat = stairs[-1]
        stairs += [(lon + step_lon, lat), (lon + step_lon, lat + step_lat)]
    shores = write_shores(tmp_path, [Ring(1, [*stairs, (10.2, stairs[-1][1]), stairs[0]])])
    metres = (M_PER_DEGREE * math.cos(math.radians(50.5)), M_PER_DEGREE)
    before, after = (
        shapely.transform(shape, lambda lonlat: lonlat * metres)
        for shape in (shapely.Polygon(stairs), land(cut(shores, WINDOW)))
    )
    corners = shapely.get_coordinates(before)[10:-10]  # away from the ends of the long side
    assert shapely.distance(shapely.points(corners), after.boundary).max() < 100
    near = shapely.buffer(shapely.LineString(corners), 100, cap_style="flat")
    shore = shapely.line_merge(shapely.intersection(after.boundary, near))
    headings = np.arctan2(*np.diff(shapely.get_coordinates(shore), axis=0).T)
    assert len(headings) > 10
    turns = np.degrees(np.abs(np.arctan2(np.sin(np.diff(headings)), np.cos(np.diff(headings)))))
    assert turns.max() < 60  # of stairs it is 90


def test_a_long_straight_shore_stays_where_it_is(tmp_path: Path) -> None:
    """Only its corners are cut, and by less than the error of the data."""
    (area,) = cut(write_shores(tmp_path, [Ring(1, box(10.2, 50.2, 10.8, 50.8))]), WINDOW)
    lonlat = np.array(box(10.2, 50.2, 10.8, 50.8))
    assert shapely.distance(shapely.points(lonlat), area.polygon.boundary).max() * M_PER_DEGREE < 100
    assert shapely.box(10.202, 50.2, 10.798, 50.8).difference(area.polygon).area < 1e-5


@pytest.mark.parametrize("south", [0.0, 40.0, 75.0])
def test_the_calm_is_in_metres_at_every_latitude(tmp_path: Path, south: float) -> None:
    """A jetty that stands 40 m out of a shore is less than half a stair, in the tropics as in the Arctic."""
    out = 40.0 / M_PER_DEGREE / math.cos(math.radians(south + 0.5))
    middle = south + 0.5
    plain = box(9.0, south - 1, 10.5, south + 2)
    jetty = [
        (10.5, middle - 0.0005),
        (10.5 + out, middle - 0.0005),
        (10.5 + out, middle + 0.0005),
        (10.5, middle + 0.0005),
    ]
    shores = write_shores(tmp_path, [Ring(1, [*plain[:2], *jetty, *plain[2:]])])
    (area,) = cut(shores, Window(10.0, south, 11.0, south + 1))
    assert area.polygon.bounds[2] == pytest.approx(10.5, abs=out / 100)


def test_an_island_in_a_lake_is_land_in_the_water(tmp_path: Path) -> None:
    rings = [
        Ring(1, box(9, 49, 12, 52)),
        Ring(2, box(10.2, 50.2, 10.8, 50.8)),
        Ring(3, box(10.4, 50.4, 10.6, 50.6)),
    ]
    areas = cut(write_shores(tmp_path, rings), WINDOW)
    assert lakes(areas).contains(shapely.Point(10.3, 50.5))
    assert not lakes(areas).intersects(shapely.Point(10.5, 50.5))
    assert land(areas).contains(shapely.Point(10.5, 50.5))


def test_specks_are_left_out(tmp_path: Path) -> None:
    rings = [Ring(1, box(10.2, 50.2, 10.3, 50.3)), Ring(1, box(10.5, 50.5, 10.501, 50.5009))]
    assert len(cut(write_shores(tmp_path, rings), WINDOW)) == 1


def test_an_island_on_the_180th_meridian_is_calm_as_a_whole(tmp_path: Path) -> None:
    """Its halves meet along the whole meridian: no corner is cut where the data were."""
    rings = [Ring(1, box(179.8, -17, 180, -16.5), "7-E"), Ring(1, box(-180, -17, -179.7, -16.5), "7-W")]
    shores = write_shores(tmp_path, rings)
    areas = cut(shores, Window(179.5, -17.5, 180.5, -16))
    west, east = sorted(areas, key=lambda area: -area.polygon.bounds[0])
    assert west.polygon.bounds == pytest.approx((179.8, -17, 180, -16.5), abs=1e-4)
    assert east.polygon.bounds == pytest.approx((-180, -17, -179.7, -16.5), abs=1e-4)
    for side, area in ((180.0, west), (-180.0, east)):
        edge = shapely.intersection(area.polygon, shapely.LineString([(side, -18), (side, -15)]))
        assert edge.length == pytest.approx(0.5, abs=1e-4)
    # A window that only begins at the meridian does not see the cut either.
    (alone,) = cut(shores, Window(179.5, -17.5, 180, -16))
    assert alone.polygon.equals_exact(west.polygon, 1e-9)


def test_open_sea_is_refused_and_a_swap_is_seen(tmp_path: Path) -> None:
    shores = write_shores(tmp_path, [Ring(1, box(20.2, 50.2, 20.8, 50.8))])
    with pytest.raises(CoastError, match="no land in 10,50,11,51") as caught:
        cut(shores, WINDOW)
    assert caught.value.help == "the sea needs no finer coast"
    with pytest.raises(CoastError, match="no land in 50,20,51,21") as caught:
        cut(shores, Window(50, 20, 51, 21))
    assert caught.value.help == "longitude comes first; did you mean 20,50,21,51?"


def test_only_shores_that_meet_the_window_are_read(tmp_path: Path) -> None:
    """What lies elsewhere may even be missing from the file; what is needed and missing is told."""
    shores = write_shores(tmp_path, [Ring(1, box(10.2, 50.2, 10.8, 50.8)), Ring(1, box(10.2, 60.2, 10.8, 60.8))])
    shores.points.write_bytes(shores.points.read_bytes()[:40])
    assert len(cut(shores, WINDOW)) == 1
    with pytest.raises(ToolError, match="damaged"):
        cut(shores, Window(10, 60, 11, 61))
    shores.points.unlink()
    with pytest.raises(ToolError, match="cannot read"):
        cut(shores, WINDOW)


# What is written


def test_the_file_is_a_detail_file_with_its_origin_and_rounded_to_a_metre(tmp_path: Path) -> None:
    rings = [Ring(1, box(179.8, -17, 180, -16.5), "7-E"), Ring(1, box(-180, -17, -179.7, -16.5), "7-W")]
    window = Window(179.5, -17.5, 180.5, -16)
    areas = cut(write_shores(tmp_path, rings), window)
    text = detail_text([window], areas, source="a test", retrieved="2026-11-24")
    detail = read_detail(text.encode(), "coast.geojson")
    assert [bounds.box for bounds in detail.windows] == [(179.5, -17.5, 180, -16), (-180, -17.5, -179.5, -16)]
    assert len(detail.layers["land"]) == 2
    assert (detail.credit, detail.license) == ("GSHHG", "LGPL-3.0-or-later")
    assert (detail.source, detail.retrieved) == ("a test", "2026-11-24")
    numbers = [
        n for feature in json.loads(text)["features"] for ring in feature["geometry"]["coordinates"] for n in ring
    ]
    assert all(round(lon, 5) == lon and round(lat, 5) == lat for lon, lat in numbers)
    assert text == detail_text([window], reversed(areas), source="a test", retrieved="2026-11-24")


def test_a_shape_that_rounding_parts_is_kept_in_parts() -> None:
    neck = 50.000001
    dumbbell = [(10, 50), (10.1, 50), (10.1, 49.9), (10.2, 49.9), (10.2, 50.1), (10.1, 50.1), (10.1, neck), (10, neck)]
    waist = shapely.union_all([shapely.Polygon(dumbbell), shapely.box(9.9, 49.9, 10, 50.1)])
    assert isinstance(waist, shapely.Polygon)
    text = detail_text([WINDOW], [("land", waist)], source="a test", retrieved="2026-11-24")
    assert len(json.loads(text)["features"]) == 2
