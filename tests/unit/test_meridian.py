"""Every story gets one meridian for the middle of its maps, so that no map is cut that need not be."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap.meridian import Arc, arc_of, central_meridian, framed_runs, runs_in, unwrapped, whole
from storymap.scene import Scene, View
from tests.unit.test_page_viewport import place_at, scene_of


def meridian_of(*steps: list[BaseGeometry]) -> float:
    return central_meridian([scene_of(*((shape, "subject") for shape in step)) for step in steps], {})


def at(center: tuple[float, float], zoom: float) -> Scene:
    return scene_of(view=View(center=center, zoom=zoom))


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [[]],
        [[Point(131, 43)], [LineString([(105, 21), (131, 43)])]],
        [[Point(139.7, 35.7), Point(2.3, 48.9)], [Point(2.3, 48.9), Point(-77, -12)]],  # readers may come everywhere
    ],
)
def test_a_story_that_leaves_the_180th_meridian_free_is_cut_there(steps: list[list[BaseGeometry]]) -> None:
    assert meridian_of(*steps) == 0


@pytest.mark.parametrize(
    "steps",
    [
        [[Point(178.4, -18), Point(-171.8, -14)]],
        [[Point(173, 53), Point(-168, 65.6)], [Point(177.5, 64.7), Point(-165, 64.5)]],
        [[Point(139.7, 35.7), Point(-77, -12)]],
        [[Polygon([(178, 60), (183, 60), (183, 62), (178, 60)])]],
        [[MultiPolygon([box(178, 60, 180, 62), box(-180, 60, -177, 62)])]],
        [[Point(179.99, 0)]],  # its map reaches across
        [[Point(178.4, -18), Point(-171.8, -14)], [Point(-171.8, -14), Point(-60, 0)]],
    ],
)
def test_no_map_of_a_story_across_the_180th_meridian_is_cut(steps: list[list[BaseGeometry]]) -> None:
    seam = meridian_of(*steps) + 180
    arcs = [arc_of([run for shape in step for run in runs_in(shape)]) for step in steps]
    assert not any(arc.holds(seam) for arc in arcs if arc)
    assert seam != 180


def test_a_map_of_the_whole_world_may_be_cut_anywhere() -> None:
    pacific = scene_of((Point(178.4, -18), "subject"), (Point(-171.8, -14), "subject"))
    assert central_meridian([at((0, 0), 0.0), pacific], {}) == central_meridian([pacific], {}) != 0


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(0, 90)), min_size=1, max_size=6))
def test_the_arc_of_runs_holds_them_all_and_is_no_wider_than_the_world_without_its_widest_gap(
    stretches: list[tuple[float, float]],
) -> None:
    runs = [np.array([[west, 0.0], [west + width, 0.0]]) for west, width in stretches]
    arc = arc_of(runs)
    assert arc is not None
    assert arc.east - arc.west <= 360
    for west, width in stretches:
        start = (west - arc.west) % 360
        assert start + width <= arc.east - arc.west + 1e-6 or start == pytest.approx(360) or arc.all_round
    assert arc.east - arc.west <= sum(width for _, width in stretches) + 360 * (1 - 1 / len(stretches)) + 1e-6


def test_a_step_goes_the_short_way_and_keeps_whole_turns() -> None:
    assert unwrapped([179, -179, 178]).tolist() == [179, 181, 178]
    assert unwrapped([-180, 180]).tolist() == [-180, 180]
    assert unwrapped([10, 190, 370]).tolist() == [10, 190, 370]
    assert arc_of([]) is None
    assert Arc(170, 190).holds(-179)
    assert not Arc(170, 180).holds(180)


def test_halves_that_meet_at_the_180th_meridian_become_one() -> None:
    area = whole(MultiPolygon([box(178, 60, 180, 62), box(-180, 60, -177, 62), box(0, 0, 1, 1)]))
    assert sorted(part.bounds for part in shapely.get_parts(area)) == [(0, 0, 1, 1), (178, 60, 183, 62)]
    line = whole(MultiLineString([[(179, 1), (180, 2)], [(-180, 2), (-179, 3)]]))
    assert line.equals(LineString([(179, 1), (180, 2), (181, 3)]))


@pytest.mark.parametrize(
    "shape",
    [
        Point(180, 1),
        MultiPoint([(180, 1), (-180, 2)]),
        box(170, 1, 180, 2),
        MultiPolygon([box(-180, 1, 180, 2), box(170, 5, 180, 6)]),
        LineString([(-180, 66), (180, 66)]),
    ],
)
def test_what_is_not_cut_there_is_left_as_it_is(shape: BaseGeometry) -> None:
    assert whole(shape) is shape


def test_a_step_frames_its_view_else_its_subjects_else_its_context() -> None:
    one, other = Point(1, 2), Point(3, 4)
    assert [run.tolist() for run in framed_runs(scene_of((one, "subject"), (other, "context")), [])] == [[[1, 2]]]
    assert [run.tolist() for run in framed_runs(scene_of((other, "context")), [])] == [[[3, 4]]]
    fitted = scene_of((one, "subject"), view=View(fit=(place_at(other),)))
    assert [run.tolist() for run in framed_runs(fitted, [])] == [[[3, 4]]]
