"""What a step frames: everything it shows and measures, with room for labels, never closer than its data allow."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from storymap.basemap.grid import Bounds
from storymap.page.viewport import (
    CLOSEST,
    CLOSEST_IN_DETAIL,
    NARROW_PX,
    REFERENCE_PX,
    STATIC_PX,
    WHOLE_WORLD,
    WORLD,
    Box,
    Frame,
    bounds_of,
    box_of,
    fit,
    frame,
    union,
    units_per_px,
)
from storymap.places import Place
from storymap.problems import Span
from storymap.prose import Prose
from storymap.scene import Role, Scene, Shown, View

lonlat = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def place_at(geometry: BaseGeometry) -> Place:
    return Place(
        id="a", name="A", kind="place", geometry=geometry, uncertainty_m=1.0, source="s", license=None, retrieved=None,
        edges="planar", scale=None, stated=None, derived=False, schematic=False, min_zoom=None, max_zoom=None,
        note=None, span=Span("p"),
    )  # fmt: skip


def framed(scene: Scene, detail: Sequence[Bounds] = ()) -> Frame:
    found = frame(scene, [], detail)
    assert found is not None
    return found


def scene_of(*shown: tuple[BaseGeometry, Role], view: View | None = None) -> Scene:
    items = tuple(Shown(place_at(geometry), "A", role) for geometry, role in shown)
    return Scene("one", 1, "One", Prose("", ""), items, view or View(), (), (), Span("s"))


@settings(deadline=None)
@given(
    st.lists(lonlat, min_size=1, max_size=5),
    st.sampled_from([REFERENCE_PX, STATIC_PX, NARROW_PX]),
    st.floats(1, 14),
)
def test_all_content_is_in_view_with_room_around_it(
    points: list[tuple[float, float]], size: tuple[int, int], closest: float
) -> None:
    content = box_of(points)
    assert content is not None
    box, zoom = fit(content, size, closest)
    scale = units_per_px(zoom)
    assert zoom <= closest + 1e-9
    assert (box.right - box.left) / scale == pytest.approx(size[0])
    assert (box.bottom - box.top) / scale == pytest.approx(size[1])
    assert box.middle == pytest.approx(content.middle, abs=1e-3)
    assert content.left - box.left >= (0.13 * size[0] - 1e-6) * scale
    assert content.top - box.top >= (0.14 * size[1] - 1e-6) * scale


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-540, 540), st.floats(-90, 90)), min_size=1, max_size=3), st.floats(0, 14))
def test_every_box_has_bounds_on_earth(points: list[tuple[float, float]], closest: float) -> None:
    """Also where places lie beyond the antimeridian, as GeoJSON of the Pacific has them."""
    content = box_of(points)
    assert content is not None
    bounds = bounds_of(fit(content, REFERENCE_PX, closest)[0])
    assert -180 <= bounds.west <= bounds.east <= 180


def test_a_view_of_places_frames_these_and_nothing_else() -> None:
    view = View(fit=(place_at(Point(10, 50)), place_at(Point(12, 51))))
    found = framed(scene_of((Point(100, 0), "subject"), view=view))
    assert found.content == box_of([(10, 50), (12, 51)])


def test_a_centre_with_a_zoom_gives_that_zoom_on_a_static_map() -> None:
    found = framed(scene_of(view=View(center=(131.9, 43.1), zoom=7.0)))
    box, zoom = fit(found.content, STATIC_PX, found.closest)
    x, y = WORLD.project(131.9, 43.1)
    assert box.middle == pytest.approx((float(x), float(y)))
    assert zoom == pytest.approx(7.0, abs=0.01)


def test_context_does_not_widen_the_frame() -> None:
    alone = framed(scene_of((Point(10, 50), "subject")))
    assert framed(scene_of((Point(10, 50), "subject"), (Point(100, 0), "context"))) == alone


def test_context_is_framed_where_there_is_nothing_else() -> None:
    assert framed(scene_of((Point(10, 50), "context"))).content == box_of([(10, 50)])


def test_a_step_without_places_has_no_frame_of_its_own() -> None:
    assert frame(scene_of(), [], []) is None


def test_where_no_step_shows_a_place_the_map_is_the_world() -> None:
    west, south, east, north = bounds_of(WHOLE_WORLD.content).box
    assert west < -160
    assert east > 160
    assert south < -50
    assert north > 70


def test_a_map_comes_closer_only_where_there_is_finer_data() -> None:
    scene = scene_of((LineString([(10, 50), (10.01, 50.01)]), "subject"))
    inside, elsewhere = Bounds(9, 49, 11, 51), Bounds(20, 49, 21, 51)
    assert framed(scene).closest == framed(scene, [elsewhere]).closest == CLOSEST
    assert framed(scene, [elsewhere, inside]).closest == CLOSEST_IN_DETAIL
    assert framed(scene, [inside]).view[1] > framed(scene).view[1]


def test_boxes_of_nothing_are_none() -> None:
    assert box_of([]) is None
    assert union([None, None]) is None
    assert union([None, Box(0, 0, 1, 1), Box(2, -1, 3, 0)]) == Box(0, -1, 3, 1)
