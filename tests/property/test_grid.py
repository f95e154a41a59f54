"""The grid and the paths on it: what is written can be read back to within half a unit, wherever on Earth it lies."""

from __future__ import annotations

import re
from itertools import accumulate
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from storymap.basemap.grid import MAX_LATITUDE, WORLD_UNITS, Bounds, Box, Grid, path_d

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
    (rows, *_) = grid.runs([lonlat])
    wanted = rows / scale
    d = path_d([np.rint(wanted).astype(np.int64)], closed=False)
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
def test_bounds_out_of_order_are_refused(lon: tuple[float, float], lat: tuple[float, float]) -> None:
    west, east = sorted(lon)
    south, north = sorted(lat)
    assert Bounds(west, south, east, north).box == (west, south, east, north)
    if west < east:
        with pytest.raises(ValueError, match="in order"):
            Bounds(east, south, west, north)


@given(st.floats(-180, 180), st.floats(-540, 540), latitudes)
def test_a_point_stands_on_its_copy_nearest_to_the_meridian(meridian: float, lon: float, lat: float) -> None:
    x, _ = Grid(0, 0, meridian).project(lon, lat)
    east = float(x) * 360 / WORLD_UNITS
    assert abs(east - meridian) <= 180 + 1e-9
    assert (east - lon) / 360 == pytest.approx(round((east - lon) / 360), abs=1e-9)


runs = st.builds(
    lambda start, steps: list(accumulate(steps, initial=start)),
    st.floats(-180, 180),
    st.lists(st.floats(-170, -1) | st.floats(1, 170), max_size=9),
)


@given(st.floats(-180, 180), runs, st.randoms(use_true_random=False))
def test_a_run_is_the_same_however_its_turns_are_written(meridian: float, run: list[float], dice: Random) -> None:
    """Its edges go the short way, and its middle is nearest to the meridian."""
    grid = Grid(0, 0, meridian)
    x, _ = grid.project_run(run, [0.0] * len(run))
    written = [lon + 360 * dice.randint(-1, 1) for lon in run]
    again, _ = grid.project_run(written, [0.0] * len(run))
    assert np.allclose(np.diff(x), np.diff(run) * WORLD_UNITS / 360, rtol=0, atol=1e-3)
    turns = (again - x) / WORLD_UNITS
    assert np.allclose(turns, round(float(turns[0])), rtol=0, atol=1e-6)
    assert abs((x.min() + x.max()) / 2 * 360 / WORLD_UNITS - meridian) <= 180 + 1e-6


@given(st.floats(-180, 180), runs)
def test_what_crosses_the_seam_is_drawn_at_both_sides_of_the_map(meridian: float, run: list[float]) -> None:
    grid = Grid(0, 0, meridian)
    lines = grid.runs([[(lon, 0.0) for lon in run]])
    shown = np.array([meridian - 180, meridian + 180]) * WORLD_UNITS / 360
    for lon in run:
        at = float(grid.project(lon, 0.0)[0])
        near_the_seam = np.abs(at - shown).min() < 1
        assert (
            near_the_seam
            or any(np.abs(line[:, 0] - at).min() < 1e-3 for line in lines)
            or np.ptp(lines[0][:, 0]) > WORLD_UNITS
        )


def test_a_ring_round_a_pole_is_closed_by_way_of_that_pole() -> None:
    ring = [(lon, -70.0) for lon in (0.0, 120.0, -120.0, 0.0)]
    (rows, *_) = Grid().runs([ring])
    assert (rows[0] == rows[-1]).all()
    assert rows[:, 1].max() > 2 * float(Grid().project(0.0, -85.0)[1])
    (parallel,) = Grid().runs([[(-180.0, 70.0), (180.0, 70.0)]])
    assert len(parallel) == 2


@given(st.lists(st.tuples(*[st.floats(-9, 9)] * 2, *[st.floats(0, 9)] * 2), min_size=2, max_size=2))
def test_boxes_that_share_a_point_meet_and_their_join_contains_both(sides: list[tuple[float, ...]]) -> None:
    one, other = (Box(x, y, x + w, y + h) for x, y, w, h in sides)
    whole = one.joined(other)
    assert whole.contains(one)
    assert whole.contains(other)
    apart = whole.width > one.width + other.width or whole.height > one.height + other.height
    assert one.meets(other) == other.meets(one)
    if one.contains(other):
        assert one.meets(other)
    if (
        apart
        and not np.isclose(whole.width, one.width + other.width)
        and not np.isclose(whole.height, one.height + other.height)
    ):
        assert not one.meets(other)
