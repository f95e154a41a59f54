"""A circle is as far from its middle all round, and can be drawn."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from storymap.earth import EarthError, LonLat, circle, inverse


@pytest.mark.parametrize("radius_m", [1.0, 50_000.0, 3_000_000.0, 15_000_000.0])
@pytest.mark.parametrize("center", [(131.9, 43.1), (0.0, 0.0), (-179.99, -17.0), (20.0, 89.9), (0.0, 90.0)])
def test_every_point_lies_at_the_radius(center: LonLat, radius_m: float) -> None:
    around = circle(center, radius_m)
    assert max(abs(inverse(center, point) - radius_m) for point in around) < 1e-6
    assert inverse(around[0], around[-1]) < 1e-6


@pytest.mark.parametrize("center", [(131.9, 43.1), (179.9, 10.0), (-179.9, 10.0)])
def test_longitudes_run_on_from_those_of_the_middle_and_come_back(center: LonLat) -> None:
    around = circle(center, 200_000.0)
    assert max(abs(lon - center[0]) for lon, _ in around) < 3
    assert around[0] == around[-1]


def test_round_a_pole_they_run_on_once_round_the_world() -> None:
    around = circle((10.0, 89.0), 500_000.0)
    assert max(abs(b - a) for (a, _), (b, _) in pairwise(around)) < 30
    assert abs(abs(around[-1][0] - around[0][0]) - 360) < 1e-9


def test_half_a_meridian_from_a_pole_lies_the_other() -> None:
    around = circle((0.0, 90.0), inverse((0.0, 90.0), (0.0, -90.0)))
    assert max(inverse(point, (0.0, -90.0)) for point in around) < 1e-6


def test_it_can_be_drawn_with_straight_lines() -> None:
    around = circle((131.9, 43.1), 100_000.0)
    across = [inverse((131.9, 43.1), ((a + c) / 2, (b + d) / 2)) for (a, b), (c, d) in pairwise(around)]
    assert min(across) > 100_000 * (1 - 1 / 1500)


@pytest.mark.parametrize("radius_m", [0.0, -1.0, 20_004_000.0, math.nan, math.inf])
def test_a_radius_that_is_none_is_refused(radius_m: float) -> None:
    with pytest.raises(EarthError, match="radius"):
        circle((0.0, 0.0), radius_m)
