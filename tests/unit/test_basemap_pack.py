"""Natural Earth in the wheel: whole, public domain, each border once."""

from __future__ import annotations

import hashlib
import json
import zlib
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
import shapely

from storymap.basemap.grid import Bounds
from storymap.basemap.pack import LAYERS, Layer, read_window

WORLD = Bounds(-180, -90, 180, 90)
DATA = files("storymap.basemap") / "data"


def provenance() -> Any:
    return json.loads((DATA / "provenance.json").read_text("utf-8"))


def test_the_pack_is_the_one_that_its_provenance_tells_of() -> None:
    packed = (DATA / "natural-earth-10m.zlib").read_bytes()
    told = provenance()
    assert told["license"] == "public domain"
    assert hashlib.sha256(packed).hexdigest() == told["pack_sha256"]
    assert hashlib.sha256(zlib.decompress(packed)).hexdigest() == told["content_sha256"]


def test_the_pack_stays_small_enough_for_a_wheel() -> None:
    assert len((DATA / "natural-earth-10m.zlib").read_bytes()) < 1_350_000


@pytest.mark.parametrize("layer", LAYERS)
def test_every_vertex_is_there_and_on_earth(layer: Layer) -> None:
    shapes = read_window(layer, WORLD)
    assert shapely.is_valid(shapes).all()
    closing_points = shapely.get_num_interior_rings(shapes).sum() + len(shapes) if layer != "borders" else 0
    assert shapely.get_num_coordinates(shapes).sum() - closing_points == provenance()["vertices"][layer]
    west, south, east, north = shapely.total_bounds(shapes)
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 84


@pytest.mark.parametrize("layer", LAYERS)
def test_a_window_gives_the_very_shapes_whose_bounds_meet_it(layer: Layer) -> None:
    window = Bounds(120, 30, 140, 50)
    every = read_window(layer, WORLD)
    met = shapely.intersects(shapely.envelope(every), shapely.box(*window.box))
    assert met.any()
    assert shapely.equals_exact(every[met], read_window(layer, window), 0).all()


def test_a_window_of_open_sea_is_empty() -> None:
    assert all(len(read_window(layer, Bounds(85, -45, 86, -44))) == 0 for layer in LAYERS)


def test_korea_is_divided_by_one_line() -> None:
    """The source draws the demilitarised zone's two edges and the line in its middle."""
    lines = shapely.union_all(read_window("borders", Bounds(126, 37, 129, 39)))
    for longitude in (126.9, 127.2, 127.5, 127.8, 128.1):
        meridian = shapely.LineString([(longitude, 37.4), (longitude, 38.9)])
        assert len(shapely.get_parts(meridian.intersection(lines))) == 1


def test_no_border_segment_is_drawn_twice() -> None:
    lines = read_window("borders", WORLD)
    points, line = shapely.get_coordinates(lines, return_index=True)
    ends = np.concatenate((points[:-1], points[1:]), axis=1)[line[:-1] == line[1:]]
    undirected = np.where((ends[:, :2] > ends[:, 2:]).any(1, keepdims=True), ends[:, [2, 3, 0, 1]], ends)
    both = np.concatenate((undirected, undirected[:, [2, 3, 0, 1]]))
    assert len(np.unique(both, axis=0)) == len(np.unique(np.concatenate((ends, ends[:, [2, 3, 0, 1]])), axis=0))
    assert len(np.unique(np.concatenate((ends, ends[:, [2, 3, 0, 1]])), axis=0)) == 2 * len(ends)


def test_nothing_runs_round_the_world_to_reach_the_other_side_of_the_antimeridian() -> None:
    points, ring = shapely.get_coordinates(shapely.get_rings(read_window("land", WORLD)), return_index=True)
    eastward = np.abs(np.diff(points[:, 0]))[ring[:-1] == ring[1:]]
    assert eastward.max() < 10
