"""The grid and the paths on it: what is written can be read back to within half a unit, wherever on Earth it lies."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from storymap.basemap.grid import MAX_LATITUDE, WORLD_UNITS, Bounds, Grid, path_d

longitudes = st.floats(-180, 180)
latitudes = st.floats(-MAX_LATITUDE, MAX_LATITUDE)
places = st.lists(st.tuples(longitudes, latitudes), min_size=1, max_size=30)
# An origin as compose sets it: a whole unit of every tier, so that no tier rounds the origin itself.
origins = st.builds(lambda x, y: Grid(x * 8192, y * 8192), st.integers(-500, 500), st.integers(-500, 500))
scales = st.sampled_from([1, 2, 32, 1024, 8192])


def read_back(d: str) -> list[NDArray[np.int64]]:
    """Read a path as the page's client does: an absolute start, then steps."""
    lines = []
    for sub in filter(None, d.split("M")):
        numbers = np.array(re.findall(r"-?\d+", sub), np.int64).reshape(-1, 2)
        lines.append(np.cumsum(numbers, axis=0))
    return lines


@given(origins, places)
def test_unproject_undoes_project(grid: Grid, lonlat: list[tuple[float, float]]) -> None:
    lon, lat = np.array(lonlat).T
    back = grid.unproject(*grid.project(lon, lat))
    assert np.allclose(back, (lon, lat), rtol=0, atol=1e-7)


@given(longitudes, latitudes, latitudes)
def test_north_is_up_and_east_is_right(lon: float, one: float, other: float) -> None:
    (x, y), (_, y_other) = Grid().project(lon, one), Grid().project(lon, other)
    assert float(x) == pytest.approx(lon / 360 * WORLD_UNITS)
    if one > other + 1e-6:
        assert y < y_other


def test_one_unit_is_half_a_pixel_of_zoom_14() -> None:
    x, _ = Grid().project([-180.0, 180.0], [0.0, 0.0])
    assert x[1] - x[0] == 2 * 256 * 2**14


@given(origins, places, scales)
def test_a_path_read_back_is_the_line_to_half_a_unit(grid: Grid, lonlat: list[tuple[float, float]], scale: int) -> None:
    d = grid.path_d([lonlat], scale=scale, closed=False)
    x, y = grid.project(*np.array(lonlat).T)
    wanted = np.column_stack((x, y)) / scale
    kept = [wanted[0]]
    for point in wanted[1:]:
        if (np.rint(point) != np.rint(kept[-1])).any():
            kept.append(point)
    if len(kept) < 2:
        assert d == ""
    else:
        (line,) = read_back(d)
        assert np.abs(line - np.array(kept)).max() <= 0.5


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=4, max_size=20))
def test_a_ring_is_closed_once_and_keeps_its_corners_in_order(corners: list[tuple[int, int]]) -> None:
    ring = np.array([*corners, corners[0]], np.int64)
    d = path_d([ring], closed=True)
    kept = [point for point, before in zip(ring[1:], ring[:-1], strict=True) if (point != before).any()]
    if len(kept) < 3:
        assert d == ""
    else:
        (line,) = read_back(d)
        assert d.endswith("z")
        assert d.count("z") == 1
        assert [tuple(p) for p in line] == [tuple(p) for p in [ring[0], *kept][:-1]]


@given(st.lists(st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)), min_size=2, max_size=20))
def test_a_path_holds_nothing_but_what_the_client_reads(points: list[tuple[int, int]]) -> None:
    d = path_d([np.array(points, np.int64)], closed=False)
    assert re.fullmatch(r"(M-?\d+[ -]\d+l-?\d+[ -]\d+([ -]\d+[ -]\d+)*)?", d)


@given(st.tuples(longitudes, longitudes), st.tuples(latitudes, latitudes))
def test_bounds_in_order_contain_themselves_and_out_of_order_are_refused(
    lon: tuple[float, float], lat: tuple[float, float]
) -> None:
    west, east = sorted(lon)
    south, north = sorted(lat)
    bounds = Bounds(west, south, east, north)
    assert bounds.contains(bounds)
    assert bounds.meets(bounds)
    if west < east:
        with pytest.raises(ValueError, match="in order"):
            Bounds(east, south, west, north)
