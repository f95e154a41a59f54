"""Geometry stands in a page once, and no finer than a map of it can show."""

from __future__ import annotations

import re

import numpy as np
import pytest

from storymap.basemap.grid import Grid
from storymap.page.map.shapes import Shapes
from storymap.page.map.viewport import units_per_px

GRID = Grid(0, 0)
ZIGZAG = [(i / 100, 0.001 * (i % 2)) for i in range(101)]
RING = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]


def corners(d: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    steps = np.array(re.findall(r"-?\d+", d), np.float64).reshape(-1, 2)
    return np.cumsum(steps, axis=0)


def test_equal_lines_are_one_shape_whatever_they_are_called() -> None:
    shapes = Shapes(GRID)
    names = [shapes.add(name, [ZIGZAG], closed=False, closest=9.6) for name in ("p_road", "m_c1", "m_c2")]
    assert names == ["p_road"] * 3
    assert [shape.id for shape in shapes.written()] == ["p_road"]


def test_other_lines_and_the_same_line_as_a_ring_are_shapes_of_their_own() -> None:
    shapes = Shapes(GRID)
    shapes.add("p_a", [RING], closed=True, closest=9.6)
    shapes.add("m_c1", [RING], closed=False, closest=9.6)
    shapes.add("m_c2", [RING[:-1]], closed=False, closest=9.6)
    assert [shape.id for shape in shapes.written()] == ["p_a", "m_c1", "m_c2"]


def test_two_lines_too_short_to_be_drawn_are_not_the_same_line() -> None:
    shapes = Shapes(GRID)
    assert shapes.add("m_c1", [[(1.0, 1.0), (1.0, 1.0)]], closed=False, closest=9.6) == "m_c1"
    assert shapes.add("m_c2", [[(2.0, 2.0), (2.0, 2.0)]], closed=False, closest=9.6) == "m_c2"


@pytest.mark.parametrize("zoom", [5.0, 9.6, 13.5])
def test_a_line_is_drawn_to_half_a_pixel_of_its_closest_map(zoom: float) -> None:
    shapes = Shapes(GRID)
    shapes.add("m_c1", [ZIGZAG], closed=False, closest=2.0)
    shapes.add("m_c2", [ZIGZAG], closed=False, closest=zoom)  # another step comes closer
    (shape,) = shapes.written()
    drawn = corners(shape.d)
    x, y = GRID.project(*np.array(ZIGZAG).T)
    off = np.abs(np.interp(x, drawn[:, 0], drawn[:, 1]) - y).max()
    assert off <= units_per_px(zoom) / 2 + 1
    assert (len(drawn) == 2) == (zoom < 9)


def test_what_is_seen_from_afar_alone_is_written_in_round_numbers() -> None:
    """An eighth of a pixel is a thousand units of the grid there: what ends in zeros takes less room."""
    shapes = Shapes(GRID)
    shapes.add("p_a", [ZIGZAG], closed=False, closest=2.0)
    (shape,) = shapes.written()
    assert (corners(shape.d) % 1000 == 0).all()


def test_an_island_too_small_to_see_stays_a_ring() -> None:
    shapes = Shapes(GRID)
    shapes.add("p_skerry", [[(x / 1000, y / 1000) for x, y in RING]], closed=True, closest=4.0)
    (shape,) = shapes.written()
    assert shape.d.endswith("z")
    assert len(corners(shape.d)) >= 3
