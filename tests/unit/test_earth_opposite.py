"""What holds for places on opposite sides of the earth, and for a zero written with a minus."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from shapely.geometry import LineString, Point

from storymap.earth import Edges, contains_margin, depth, inverse, nearest, nearest_many
from storymap.earth.geodesics import ways

HALF_EQUATOR_M = inverse((0, 0), (180, 0))


@pytest.mark.parametrize(("one", "other"), list(itertools.product((0.0, -0.0), repeat=2)))
def test_a_zero_may_be_written_with_a_minus(one: float, other: float) -> None:
    assert ways(np.array([[0.0, one]]), np.array([[180.0, other]])).length_m[0] == pytest.approx(HALF_EQUATOR_M)
    assert nearest_many([(0, one)], Point(180, other)).distance_m[0] == pytest.approx(HALF_EQUATOR_M)
    rising = LineString([(0, one), (0, 10)])
    assert nearest(rising, Point(180, other)).distance_m == pytest.approx(inverse((0, 10), (180, 0)))


def test_a_way_that_is_no_number_ends_a_search_at_once() -> None:
    with pytest.raises(AssertionError, match="no number"):
        ways(np.array([[0.0, float("nan")]]), np.array([[1.0, 0.0]]))


def test_a_short_edge_opposite_a_place_is_as_near_as_its_nearest_point() -> None:
    """Beyond a half turn of a sphere with the polar radius, no short edge is sure to have but one foot."""
    place = Point(16.309988308904195, -43.4850502797921)
    edge = LineString([(196.3099815092225, 43.485046616496156), (196.30998527927267, 43.48505109460197)])
    dense = [edge.interpolate(k / 200, normalized=True) for k in range(201)]
    least = min(inverse((place.x, place.y), (spot.x, spot.y)) for spot in dense)
    for found in (
        nearest(place, edge).distance_m,
        nearest(edge, place).distance_m,
        nearest_many([place], edge).distance_m[0],
    ):
        assert least - 1e-3 < found <= least + 1e-4


def test_an_edge_at_the_opposite_pole_is_as_far_from_either_side() -> None:
    pole = Point(-50.59730218195091, 90)
    edge = LineString([(124.43528403002226, -90), (124.4352837669009, -89.99999965511874)])
    models: tuple[Edges, Edges] = ("planar", "geodesic")
    one, other = nearest(pole, edge, edges=models), nearest(edge, pole, edges=models[::-1])
    assert one.distance_m == pytest.approx(other.distance_m, abs=1e-4, rel=0)
    assert one.distance_m == pytest.approx(inverse((0, 90), (0, -89.99999965511874)), abs=1e-4, rel=0)


def test_a_margin_of_nothing_has_no_sign() -> None:
    square = Point(0, 0).buffer(1).envelope
    margins = [contains_margin(square, place) for place in ((1, 0.5), (-1, 0.5), (0.5, 1), (0.5, -1))]
    margins += [depth(square, Point(1, 0.5)).margin_m, depth(square, Point(-1, 0.5)).margin_m]
    assert [str(margin) for margin in margins] == ["0.0"] * 6
