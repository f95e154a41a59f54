"""A border that a story draws is drawn once: the basemap's own gives way to it and is led to its ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from storymap.basemap.borders import NEAR_M, reach_units, replaced

NEAR = 10.0


def lines(*runs: list[tuple[float, float]]) -> np.ndarray[Any, Any]:
    return np.array([shapely.LineString(run) for run in runs], dtype=object)


LONG = [(float(x), 0.0) for x in range(-100, 201, 10)]
MINE = [(0.0, 4.0), (50.0, -4.0), (100.0, 4.0)]


def test_the_basemaps_line_gives_way_where_the_storys_runs() -> None:
    drawn = replaced(lines(LONG), lines(MINE), NEAR)
    mine = shapely.LineString(MINE)
    assert sum(shapely.equals(line, mine) for line in drawn) == 1
    for line in drawn:
        if not shapely.equals(line, mine):
            far = shapely.difference(line, shapely.buffer(mine, NEAR * 0.99))
            led = shapely.difference(line, far)
            assert led.length < 2.1 * NEAR  # nothing runs beside it, only the way to its end


def test_what_is_left_is_led_to_the_ends_of_the_storys_line() -> None:
    drawn = replaced(lines(LONG), lines(MINE), NEAR)
    west, east = sorted((line for line in drawn if len(line.coords) > 3), key=lambda line: line.bounds)
    assert west.coords[-1] == MINE[0] or west.coords[0] == MINE[0]
    assert MINE[-1] in (east.coords[0], east.coords[-1])


def test_a_border_that_meets_it_on_the_way_is_led_to_its_side() -> None:
    branch = [(50.0, 100.0), (50.0, 0.0)]
    drawn = replaced(lines(LONG, branch), lines(MINE), NEAR)
    (kept,) = (line for line in drawn if line.bounds[3] == 100)
    assert shapely.distance(shapely.Point(kept.coords[-1]), shapely.LineString(MINE)) < 1e-9
    assert kept.length < 120


def test_a_wider_swing_of_the_same_border_goes_too() -> None:
    """A piece that leaves the zone and comes straight back is no other border."""
    swinging = [*LONG[:15], (45.0, 13.0), *LONG[16:]]
    drawn = replaced(lines(swinging), lines(MINE), NEAR)
    assert max(line.bounds[3] for line in drawn) <= 4


def test_a_line_with_nothing_near_it_changes_nothing() -> None:
    """A story's line between towns, or along a claim that no map has, is not made a border of the world."""
    before = lines(LONG)
    assert replaced(before, lines([(0.0, 80.0), (100.0, 80.0)]), NEAR).tolist() == before.tolist()
    assert replaced(before, lines(), NEAR).tolist() == before.tolist()


@pytest.mark.parametrize(("latitude", "scale"), [(0.0, 1), (42.4, 32), (65.0, 8)])
def test_the_reach_is_two_kilometres_but_never_less_than_three_pixels(latitude: float, scale: int) -> None:
    world = 2**23
    metres = reach_units(latitude, scale, world) * scale * 40_075_016.7 * np.cos(np.radians(latitude)) / world
    assert metres == pytest.approx(NEAR_M)
    assert reach_units(latitude, 2**12, world) == 6
