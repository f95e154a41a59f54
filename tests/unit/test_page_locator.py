"""The small map shows shores that say where the large one is, or there is none."""

from __future__ import annotations

import pytest

from storymap.basemap import Box, Grid, compose
from storymap.page.map.locator import locator
from storymap.page.map.viewport import CLOSEST, Frame, units_per_px


def frame_at(lon: float, lat: float, meridian: float = 0.0) -> Frame:
    x, y = (float(v) for v in Grid(0, 0, meridian).project(lon, lat))
    return Frame(Box(x, y, x, y), CLOSEST)


def units_wide(places: list[tuple[float, float]], meridian: float = 0.0, far: Frame | None = None) -> float | None:
    """How wide the locator of a story is that comes close at some places, and may see the world from `far`."""
    frames = [frame_at(*place, meridian) for place in places] + ([far] if far else [])
    basemap = compose([frame.view for frame in frames], borders=False, detail=None, meridian=meridian)
    found = locator(frames, basemap, ())
    return float(found.view_box.split()[2]) if found else None


OCEAN = Frame(Box(-3e6, -2e6, 3e6, 2e6), CLOSEST)
PACIFIC = Frame(Box(2e6, -1e6, 6e6, 2e6), CLOSEST)


def test_on_a_mainland_it_shows_a_country_and_at_sea_as_much_as_shows_some_land() -> None:
    assert units_wide([(10, 50)], far=OCEAN) == pytest.approx(150 * units_per_px(4.2), abs=1)
    azores = units_wide([(-28, 38.6)], far=OCEAN)
    assert azores is None or azores > 150 * units_per_px(4.2) + 1


def test_it_widens_where_near_steps_lie_apart_and_is_left_out_where_they_lie_far_apart() -> None:
    one, two = (units_wide([(10, 50), (10 + apart, 50)], far=OCEAN) for apart in (1, 18))
    assert one is not None
    assert two is not None
    assert two > one
    assert units_wide([(10, 50), (-100, 50)], far=OCEAN) is None


def test_a_place_in_the_middle_of_an_ocean_has_none() -> None:
    assert units_wide([(-140, -25)], meridian=-140, far=None) is None


def test_it_shows_both_sides_of_the_180th_meridian() -> None:
    assert units_wide([(179, 66), (-175, 66)], meridian=180, far=PACIFIC) is not None
