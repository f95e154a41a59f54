"""An author's coast file: what is right is read, what is wrong is told all at once, with its place in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from storymap.basemap import Bounds, Detail, read_detail
from storymap.basemap.detail import read_border_file
from storymap.problems import Problem, StoryError

COAST = Path(__file__).parents[2] / "data" / "coast" / "vladivostok-and-tumen.geojson"
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}


def feature(layer: str = "land", geometry: Any = SQUARE) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"layer": layer}, "geometry": geometry}


def document(**changes: Any) -> dict[str, Any]:
    plain = {
        "type": "FeatureCollection",
        "windows": [[-1, -1, 2, 2]],
        "credit": "A mapper",
        "license": "CC0-1.0",
        "source": "a survey",
        "retrieved": "2026-11-24",
        "features": [feature()],
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def read(value: Any) -> Detail:
    return read_detail(json.dumps(value, indent=1).encode(), "coast.geojson")


def problems(raw: bytes) -> tuple[Problem, ...]:
    with pytest.raises(StoryError) as caught:
        read_detail(raw, "coast.geojson")
    assert all(problem.span.path == "coast.geojson" for problem in caught.value.problems)
    return caught.value.problems


def test_a_file_is_read_layer_by_layer() -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    detail = read(document(features=[feature(), feature("lake"), feature("border", line)]))
    assert detail.windows == (Bounds(-1, -1, 2, 2),)
    assert {layer: len(shapes) for layer, shapes in detail.layers.items()} == {"land": 1, "lakes": 1, "borders": 1}
    assert detail.credit == "A mapper"


def test_a_ring_that_crosses_itself_is_repaired() -> None:
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    detail = read(document(features=[feature(geometry=bow_tie)]))
    assert shapely.is_valid(detail.layers["land"]).all()
    assert shapely.area(detail.layers["land"]).sum() == pytest.approx(0.5)


def test_the_seeds_own_file_names_its_licences_and_stays_small() -> None:
    raw = COAST.read_bytes()
    detail = read_detail(raw, COAST.name)
    assert "LGPL" in detail.license
    assert "ODbL" in detail.license
    assert "GSHHG" in detail.credit
    assert "OpenStreetMap" in detail.credit
    assert len(raw) < 150_000
    boxes = [shapely.box(*window.box) for window in detail.windows]
    for shapes in detail.layers.values():
        assert shapely.covered_by(shapes, shapely.union_all(boxes).buffer(1e-5)).all()


def test_all_faults_are_told_at_once_each_at_its_line() -> None:
    bad = document(
        windows=[[2, 0, 1, 1]],
        credit=None,
        license=" ",
        features=[feature(), feature("river"), feature(geometry={"type": "Point", "coordinates": [0, 0]})],
    )
    raw = json.dumps(bad, indent=1).encode()
    found = problems(raw)
    lines = raw.decode().split("\n")
    assert sorted(problem.message.split(" ")[0] for problem in found) == [
        "[2,",
        "`credit`",
        "`license`",
        "feature",
        "feature",
    ]
    for problem in found:
        if "feature" in problem.message:
            assert '"type": "Feature"' in lines[problem.span.line - 1]
    assert [p.span.line for p in found if "feature 2" in p.message] == [
        [number for number, line in enumerate(lines, 1) if '"type": "Feature"' in line][1]
    ]


@pytest.mark.parametrize(
    "coordinates",
    [
        [[[0, 0], [1, 0], [541, 1], [0, 0]]],
        [[[0, 0], [1, 0], [10**400, 1], [0, 0]]],
        [[[0, 0], [1, 0]]],
        [],
        [[["a", 0], [1, 0], [1, 1], ["a", 0]]],
        [[[0, 91]] * 4],
    ],
)
def test_coordinates_that_are_no_shape_on_earth_are_refused(coordinates: Any) -> None:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    (problem,) = problems(json.dumps(document(features=[feature(geometry=geometry)])).encode())
    assert "no place on Earth" in problem.message


@pytest.mark.parametrize(
    "window", [[0, 0, 1], [0, 0, 0, 1], [0, 1, 1, 0], [-181, 0, 0, 1], [0, 0, 1, 86], ["a", 0, 1, 1], "box", None]
)
def test_a_window_must_be_a_rectangle_of_the_map(window: Any) -> None:
    (problem,) = problems(json.dumps(document(windows=[window])).encode())
    assert "is not a window" in problem.message


def test_a_fault_of_json_is_told_at_its_line_and_column() -> None:
    (problem,) = problems(b'{"type":\n  FeatureCollection}')
    assert (problem.span.line, problem.span.column) == (2, 3)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b'{"type": "Feature"}',
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps(document(windows=[[0, 0, float("inf"), 1]])).encode(),
        json.dumps(document(features={})).encode(),
        json.dumps(document(features=[None, 3])).encode(),
        json.dumps(document(windows=None)).encode(),
    ],
)
def test_whatever_the_file_holds_the_author_gets_a_problem_and_no_traceback(raw: bytes) -> None:
    assert all(problem.code == "bad-detail-file" for problem in problems(raw))


def test_a_border_file_holds_lines_and_whose_they_are() -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    file = document(features=[feature("border", line)], windows=None)
    found = read_border_file(json.dumps(file).encode(), "borders.geojson")
    assert [shapely.get_coordinates(one).tolist() for one in found.lines] == [[[0, 0], [1, 1]]]
    assert (found.credit, found.license, found.source, found.retrieved) == (
        "A mapper",
        "CC0-1.0",
        "a survey",
        "2026-11-24",
    )


@pytest.mark.parametrize("beyond", [[181, 0], [-179, 0]])
def test_a_line_across_the_180th_meridian_is_two_that_meet_there(beyond: list[float]) -> None:
    line = {"type": "LineString", "coordinates": [[179, 0], beyond]}
    file = document(features=[feature("border", line)], windows=None)
    found = read_border_file(json.dumps(file).encode(), "borders.geojson").lines
    assert sorted(sorted(shapely.get_coordinates(one).tolist()) for one in found) == [
        [[-180, 0], [-179, 0]],
        [[179, 0], [180, 0]],
    ]


@pytest.mark.parametrize("east", [181, -179])
def test_land_across_the_180th_meridian_keeps_its_lake_on_each_side(east: float) -> None:
    shell = [[179, 0], [east, 0], [east, 2], [179, 2], [179, 0]]
    hole = [[-179.9, 1], [-179.5, 1], [-179.5, 1.5], [-179.9, 1]]
    land = feature(geometry={"type": "Polygon", "coordinates": [shell, hole]})
    found = read(document(features=[land], windows=[[179, 0, 180, 2], [-180, 0, -179, 2]])).layers["land"]
    assert sorted(round(part.area, 6) for part in found) == [1.9, 2.0]
    assert sorted(part.bounds for part in found) == [(-180, 0, -179, 2), (179, 0, 180, 2)]


def test_land_round_a_pole_is_left_as_it_is() -> None:
    ring = [[-180, -90], [180, -90], [180, -70], [0, -65], [-180, -70], [-180, -90]]
    (land,) = read(document(features=[feature(geometry={"type": "Polygon", "coordinates": [ring]})])).layers["land"]
    assert land.bounds == (-180, -90, 180, -65)


def test_a_border_file_without_lines_draws_none() -> None:
    assert len(read_border_file(json.dumps(document(features=[], windows=None)).encode(), "b.geojson").lines) == 0


def test_land_in_a_border_file_is_refused() -> None:
    with pytest.raises(StoryError) as caught:
        read_border_file(json.dumps(document(windows=None, credit=None), indent=1).encode(), "borders.geojson")
    told = {problem.message: problem.help for problem in caught.value.problems}
    assert told["feature 1 is of the layer land, and this file is for borders"] == "type border"
    assert "`credit` is missing" in told
