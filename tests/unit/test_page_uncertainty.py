"""The ground on which a measured place may lie is drawn where it can be seen, and as wide as its uncertainty is."""

from __future__ import annotations

from math import hypot
from typing import Any

import numpy as np
import pytest
import shapely

from storymap import earth
from storymap.basemap.grid import Grid
from storymap.page.map.uncertainty import LEAST_PX, Ground, band, radius_of
from storymap.page.map.viewport import units_per_px
from tests.unit.making import BORDER, ISLAND, STATION, made, place, step
from tests.unit.test_page_static_map import _map_of, _parts

GRID = Grid()
EVERYWHERE = shapely.box(-(2**23), -(2**23), 2**23, 2**23)


def grounds(measure: dict[str, Any], *places: dict[str, Any], **keys: Any) -> tuple[Ground, ...]:
    """What one claim's measure makes the map draw."""
    claim = {"quote": "It", "expect": "none", **measure}
    drawing, _, _ = _parts(made(step("It is so.", claims=[claim], **keys), places=list(places)))
    return drawing.steps["one"].grounds


@pytest.mark.parametrize("latitude", [0.0, 43.0, -60.0, 80.0])
def test_a_disc_is_the_circle_on_the_earth(latitude: float) -> None:
    """To 1 % of its radius, up to 20 km: the ellipsoid makes 0.7 % of that, the projection within the disc the rest."""
    at = (10.0, latitude)
    x, y = (float(v) for v in GRID.project(*at))
    for radius_m in (50.0, 2_000.0, 20_000.0):
        radius = radius_of(radius_m, y, GRID)
        xs, ys = GRID.project(*np.array(earth.circle(at, radius_m)).T)
        off = [abs(hypot(a - x, b - y) / radius - 1) for a, b in zip(xs, ys, strict=True)]
        assert max(off) < (0.01 if latitude < 70 else 0.02)


def test_a_band_is_as_wide_as_the_uncertainty_all_along_a_line_from_south_to_north() -> None:
    """Mercator's scale grows fivefold on the way; the band grows with it."""
    line = np.column_stack(GRID.project_run(np.full(60, 10.0), np.linspace(0.0, 78.0, 60)))
    rings = band([line], 20_000.0, GRID, EVERYWHERE)
    ground = shapely.Polygon(rings[0])
    assert len(rings) == 1
    for latitude in (2.0, 30.0, 55.0, 70.0, 77.0):
        edges = [earth.geodesic((10.0, latitude), (10.0 + way, latitude), step_m=1e5)[-1] for way in (1.0, -1.0)]
        y = float(GRID.project(10.0, latitude)[1])
        across = shapely.intersection(ground, shapely.LineString([(GRID.project(e[0], latitude)[0], y) for e in edges]))
        degrees = across.length / 2**23 * 360 / 2
        assert earth.inverse((10.0, latitude), (10.0 + degrees, latitude)) == pytest.approx(20_000, rel=0.12)


def test_a_place_that_is_measured_has_a_disc_and_one_that_is_only_shown_has_none() -> None:
    a, b = place("a", STATION, uncertainty_m=2000), place("b", {"type": "Point", "coordinates": [131.95, 43.2]})
    found = grounds({"distance": {"from": "a", "to": "b"}}, a, b, show=["a", "b"])
    assert [one.shape for one in found] == [""]  # 50 m would be too small to see at any zoom of this map
    x, y = (float(v) for v in GRID.project(*STATION["coordinates"]))
    drawing, _, basemap = _parts(made(step("It.", show=["a", "b"]), places=[a, b]))
    assert drawing.steps["one"].grounds == ()
    assert found[0].at == (round(x) - basemap.grid.origin_x, round(y) - basemap.grid.origin_y)


def test_where_a_line_ends_on_an_area_the_shore_may_lie_about_that_spot() -> None:
    a = place("a", STATION, uncertainty_m=20)
    found = grounds({"distance": {"from": "a", "to": "isle"}}, a, place("isle", ISLAND, uncertainty_m=2000))
    (one,) = found
    assert one.shape == ""
    assert one.radius == pytest.approx(573, abs=2)


def test_a_line_that_is_measured_itself_has_a_band_and_a_direction_two_discs() -> None:
    river = place("river", BORDER, uncertainty_m=1500)
    (one,) = grounds({"length": "river"}, river)
    assert one.shape == "u_1_river"
    a, b = place("a", STATION, uncertainty_m=2000), place("isle", ISLAND, uncertainty_m=2000)
    found = grounds({"direction": {"from": "a", "to": "isle"}}, a, b)
    assert [ground.shape for ground in found] == ["", ""]


def test_it_is_drawn_only_where_it_is_wide_enough_to_see_and_narrow_enough_to_mean_something() -> None:
    ground = Ground((0, 0), round(LEAST_PX * units_per_px(10)))
    assert [ground.seen(zoom, (640, 400)) for zoom in (9.9, 10.1, 14.0, 15.0)] == [False, True, True, False]


def test_the_picture_draws_it_at_its_own_zoom_and_no_blot_in_the_ring_of_a_short_line() -> None:
    near = place("quay", {"type": "Point", "coordinates": [131.8805, 43.1104]}, uncertainty_m=1500)
    far = place("far", {"type": "Point", "coordinates": [132.1, 43.2]}, uncertainty_m=1500)
    for other, count in ((near, 0), (far, 2)):
        claim = {"quote": "It", "distance": {"from": "a", "to": other["id"]}, "expect": "none"}
        places = [
            place("a", STATION, uncertainty_m=1500),
            other,
            place("end", {"type": "Point", "coordinates": [132.2, 43.0]}),
        ]
        story = made(step("It is so.", show=["a", other["id"], "end"], claims=[claim]), places=places)
        assert len(_map_of(*_parts(story)).grounds) == count
