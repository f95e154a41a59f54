"""What a step frames: everything it shows and measures, with room for labels, never closer than its data allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from storymap.basemap.grid import WORLD_UNITS, Bounds, Box, Grid
from storymap.compiler import check
from storymap.page import frames
from storymap.page.map.viewport import (
    CLOSEST,
    CLOSEST_IN_DETAIL,
    NARROW_PX,
    REFERENCE_PX,
    STATIC_PX,
    WHOLE_WORLD,
    WORLD,
    Frame,
    box_of,
    fit,
    frame,
    units_per_px,
)
from storymap.places import Place
from storymap.problems import Span
from storymap.prose import Prose
from storymap.scene import Role, Scene, Shown, View
from tests.unit.making import made, place, step

lonlat = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def place_at(geometry: BaseGeometry) -> Place:
    return Place(
        id="a", name="A", kind="place", geometry=geometry, uncertainty_m=1.0, source="s", license=None, retrieved=None,
        edges="planar", scale=None, stated=None, derived=False, schematic=False, min_zoom=None, max_zoom=None,
        note=None, span=Span("p"),
    )  # fmt: skip


def framed(scene: Scene, detail: Sequence[Bounds] = (), meridian: float = 0.0) -> Frame:
    found = frame(scene, [], detail, meridian)
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


@pytest.mark.parametrize(
    "shape", [LineString([(179, 1), (181, 2)]), LineString([(179, 1), (-179, 2)]), MultiPoint([(179, 1), (-179, 2)])]
)
def test_a_step_across_the_180th_meridian_is_framed_the_short_way(shape: BaseGeometry) -> None:
    """However its longitudes are written, as GeoJSON of the Pacific has them in three ways."""
    found = framed(scene_of((shape, "subject")), meridian=180)
    assert found.content.width == pytest.approx(2 * WORLD_UNITS / 360)
    assert found.content.middle[0] == pytest.approx(WORLD_UNITS / 2)


@given(st.floats(-180, 180), st.floats(-60, 60), st.floats(0, 20))
def test_the_frame_of_a_step_stands_round_the_storys_meridian(meridian: float, off: float, width: float) -> None:
    west = meridian + off
    found = framed(scene_of((LineString([(west, 1), (west + width, 2)]), "subject")), meridian=meridian)
    assert found.content.middle[0] / WORLD_UNITS * 360 == pytest.approx(meridian + off + width / 2, abs=1e-6)


def test_what_lies_beyond_the_end_of_the_map_is_not_framed() -> None:
    found = framed(scene_of((LineString([(10, 60), (10, 90)]), "subject")))
    assert Grid().unproject(0, found.content.top)[1] == pytest.approx(85)
    assert Grid().unproject(0, found.content.bottom)[1] == pytest.approx(60)


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
    box = WHOLE_WORLD.content
    (west, east), (north, south) = WORLD.unproject([box.left, box.right], [box.top, box.bottom])
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


def test_a_claim_measured_beside_its_steps_view_is_framed_besides() -> None:
    claim = {"quote": "more than 1 km", "distance": {"from": "here", "to": "there"}}
    places = [place(name, {"type": "Point", "coordinates": [lon, 10]}) for name, lon in (("here", 10), ("there", 40))]
    for view, besides in (({"fit": ["here"]}, 1), ({"fit": ["here", "there"]}, 0)):
        checked = check(made(step("It is more than 1 km.", claims=[claim], view=view), places=places))
        (found,) = frames(checked.resolved.scenes, checked.findings, None)
        assert len(found.views) == 1 + besides
        content = box_of([(10, 10), (40, 10)])
        assert content is not None
        assert any(box.contains(content) for box, _ in found.views)


def test_lines_are_drawn_for_the_closest_map_of_their_step_or_of_a_claim_and_a_little_more() -> None:
    wide = Frame(Box(0, 0, 2**20, 2**20), CLOSEST)
    assert wide.view[1] + 1 == wide.drawn_for < CLOSEST
    assert replace(wide, opened=(Box(0, 0, 2**18, 2**18),)).drawn_for == pytest.approx(wide.drawn_for + 2)
    assert replace(wide, opened=(Box(0, 0, 8, 8),)).drawn_for == CLOSEST


def test_boxes_of_nothing_are_none() -> None:
    assert box_of([]) is None
    assert Grid().box_of([[], []]) is None
    assert Box(0, 0, 1, 1).joined(Box(2, -1, 3, 0)) == Box(0, -1, 3, 1)


def test_a_shortest_way_between_framed_places_is_framed_with_them() -> None:
    ends = {"west": [0, 55], "east": [100, 55]}
    places = [place(name, {"type": "Point", "coordinates": at}) for name, at in ends.items()]
    claim = {"quote": "far", "distance": {"from": "west", "to": "east"}, "expect": "none"}
    checked = check(made(step("It is far.", view={"fit": list(ends)}, claims=[claim]), places=places))
    (found,) = frames(checked.resolved.scenes, checked.findings, None)
    (line,) = next(iter(checked.findings.values())).headline.measurement.lines
    way = box_of(line)
    assert way is not None
    assert way.bottom - way.top > 0.1 * WORLD_UNITS / 4  # it bends far to the north
    assert found.content == way
