"""The basemap of a story: every view is covered by the right tier, the seed's shores look right, and it stays small."""

from __future__ import annotations

import gzip
import pickle
import re
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.basemap import Basemap, Box, Detail, Tier, compose, read_detail
from storymap.basemap.grid import WORLD_UNITS, Grid

COAST = Path(__file__).parents[2] / "data" / "coast" / "vladivostok-and-tumen.geojson"
STATION = (131.8819, 43.1112)
CAMPUS = (131.8933, 43.0247)


def box_of(west: float, south: float, east: float, north: float) -> Box:
    """A rectangle of degrees on the grid, where longitudes may run on beyond ±180."""
    (left, right), (bottom, top) = Grid(meridian=(west + east) / 2).project_run([west, east], [south, north])
    return Box(float(left), float(top), float(right), float(bottom))


# What the seed's steps frame, and the zoom of each on 880 × 800 px.
JOURNEY = (box_of(125.75, 39.0, 131.9, 43.12), 7.3)
HANOI = (box_of(105.85, 21.0, 131.9, 43.12), 5.1)
BORDER = (box_of(130.6, 42.28, 130.72, 42.43), 12.0)
GULF = (box_of(130.6, 42.29, 131.95, 43.85), 8.7)
ISLAND = (box_of(131.74, 42.94, 131.94, 43.12), 11.7)
QUAY = (box_of(131.86, 43.1, 131.9, 43.12), 13.5)
SEED = (JOURNEY, HANOI, BORDER, GULF, ISLAND, QUAY)


@pytest.fixture(scope="module")
def detail() -> Detail:
    return read_detail(COAST.read_bytes(), str(COAST))


@pytest.fixture(scope="module")
def seed(detail: Detail) -> Basemap:
    return compose(SEED, borders=True, detail=detail)


def rings(d: str) -> list[np.ndarray]:
    subpaths = (re.findall(r"-?\d+", sub) for sub in d.split("M") if sub)
    return [np.cumsum(np.array(numbers, float).reshape(-1, 2), axis=0) for numbers in subpaths]


def area(basemap: Basemap, tier: Tier, d: str) -> BaseGeometry:
    """Return a tier's filled path in degrees; rings inside rings are holes, as SVG's evenodd has it."""
    filled: BaseGeometry = shapely.MultiPolygon()
    for ring in rings(d):
        lonlat = np.column_stack(basemap.grid.unproject(*(ring * tier.scale).T))
        filled = filled.symmetric_difference(shapely.make_valid(shapely.Polygon(lonlat)))
    return filled


def filled_at(basemap: Basemap, tier: Tier, d: str, lon: float, lat: float) -> bool:
    """Return whether a tier's path paints a place: an odd number of its rings go round it."""
    x, y = basemap.grid.project(lon, lat)
    point = shapely.Point(float(x) / tier.scale, float(y) / tier.scale)
    return sum(shapely.Polygon(ring).contains(point) for ring in rings(d)) % 2 == 1


def gzipped(tiers: list[Tier]) -> int:
    return sum(len(gzip.compress((t.land + t.lakes + t.borders).encode(), 9, mtime=0)) for t in tiers)


def test_each_view_is_drawn_by_a_tier_that_contains_it_and_is_fine_enough(seed: Basemap) -> None:
    for box, zoom in SEED:
        tier = seed.tier_for(box, zoom)
        assert tier.window.contains(box)
        assert zoom <= tier.zoom + 0.6


def test_no_view_is_drawn_finer_than_it_needs(seed: Basemap) -> None:
    tiers = [seed.tier_for(*view) for view in SEED]
    assert ["detail" if tier.detail else tier.name for tier in tiers] == [
        "z7",
        "z5",
        "detail",
        "z9",
        "detail",
        "detail",
    ]
    assert tiers[2] != tiers[4] == tiers[5]


def test_a_reader_who_moves_by_most_of_a_map_sees_no_edge(seed: Basemap) -> None:
    for box, zoom in (JOURNEY, HANOI, GULF):
        across = 880 * 2 ** (15 - zoom)
        middle = box.middle[0]
        for side in (-0.79, 0.79):
            left = middle + side * across - across / 2
            moved = Box(left, box.top, left + across, box.bottom)
            assert seed.tier_for(moved, zoom) == seed.tier_for(box, zoom)


def test_detail_is_drawn_only_inside_its_window(seed: Basemap) -> None:
    _, zoom = ISLAND
    half_outside = box_of(132.1, 43.0, 132.4, 43.2)
    assert not seed.tier_for(half_outside, zoom).detail
    assert seed.tier_for(box_of(131.6, 43.0, 131.9, 43.2), zoom).detail


def test_a_view_beyond_every_window_gets_the_coarsest_tier(seed: Basemap) -> None:
    assert seed.tier_for(box_of(-180, -80, 180, 80), 1.0) == seed.tiers[0]


def test_russky_is_an_island_with_the_campus_on_it_and_the_station_is_on_the_quay(seed: Basemap) -> None:
    tier = seed.tier_for(*QUAY)
    land = area(seed, tier, tier.land)
    island, mainland = (
        [part for part in shapely.get_parts(land) if part.contains(shapely.Point(place))] for place in (CAMPUS, STATION)
    )
    assert len(island) == len(mainland) == 1
    assert not island[0].intersects(mainland[0])
    metres = np.array([111_320 * np.cos(np.radians(43.1)), 111_130])
    on_the_ground = [shapely.transform(shape, lambda c: c * metres) for shape in (island[0], mainland[0])]
    assert 85e6 < on_the_ground[0].area < 110e6  # published: 97.6 km²
    assert shapely.Point(STATION * metres).distance(on_the_ground[1].boundary) < 100


def test_the_three_borders_meet_where_the_three_countries_do(seed: Basemap) -> None:
    tier = seed.tier_for(*BORDER)
    x, y = seed.grid.project(130.637009, 42.418332)
    ends = [line[end] * tier.scale for line in rings(tier.borders) for end in (0, -1)]
    near = [end for end in ends if np.hypot(end[0] - x, end[1] - y) <= 2 * tier.scale]
    assert len(near) == 3


def test_natural_earth_alone_ends_at_zoom_10_and_credits_only_itself() -> None:
    plain = compose(SEED, borders=True, detail=None)
    assert plain.max_zoom == 10
    assert plain.credits == (("Natural Earth", "public domain"),)
    assert not any(tier.detail for tier in plain.tiers)


def test_detail_far_from_the_story_is_left_out(detail: Detail) -> None:
    elsewhere = compose([(box_of(2.2, 48.8, 2.5, 48.9), 11.0)], borders=True, detail=detail)
    assert elsewhere.max_zoom == 10
    assert elsewhere.credits == (("Natural Earth", "public domain"),)


def test_detail_is_credited_and_lets_readers_come_close(seed: Basemap, detail: Detail) -> None:
    assert seed.max_zoom == 14
    assert seed.credits == (("Natural Earth", "public domain"), (detail.credit, detail.license))


def test_an_author_can_do_without_borders(detail: Detail) -> None:
    bare = compose(SEED, borders=False, detail=detail)
    assert all(tier.land and not tier.borders for tier in bare.tiers)


def test_views_far_apart_have_fine_tiers_of_their_own_and_a_coarse_one_around_them() -> None:
    towns = compose([(box_of(2, 48, 3, 49), 9.0), (box_of(-74, 40, -73, 41), 9.0)], borders=True, detail=None)
    assert [tier.name for tier in towns.tiers] == ["z3", "z9", "z9-2"]
    around, *fine = towns.tiers
    assert all(tier.window.width < WORLD_UNITS / 36 for tier in fine)
    assert all(around.window.contains(tier.window) for tier in fine)


def test_a_story_without_a_view_gets_the_world() -> None:
    world = compose([], borders=True, detail=None)
    (tier,) = world.tiers
    assert tier.wraps
    assert world.window == Box(-WORLD_UNITS, world.window.top, WORLD_UNITS, world.window.bottom)
    assert world.grid.unproject(0, world.window.top)[1] == pytest.approx(85)
    assert filled_at(world, tier, tier.land, 139.5, 36.0)
    assert not filled_at(world, tier, tier.land, -150.0, 10.0)


@pytest.mark.parametrize("meridian", [0.0, 178.0, -100.0])
def test_a_world_and_its_copies_show_no_seam_and_no_gap(meridian: float) -> None:
    """No shore runs along a meridian, and every place is drawn wherever it is in view, also in the world's copies."""
    world = compose(
        [(box_of(meridian - 180, -80, meridian + 180, 80), 2.0)], borders=True, detail=None, meridian=meridian
    )
    (tier,) = world.tiers
    land = [ring * tier.scale + (world.grid.origin_x, world.grid.origin_y) for ring in rings(tier.land)]
    inside = [ring[:-1][np.abs(np.diff(ring[:, 0])) == 0] for ring in land if np.ptp(ring[:, 0]) < WORLD_UNITS]
    assert not any((upright[:, 0] % WORLD_UNITS == WORLD_UNITS / 2).any() for upright in inside)
    (endless,) = (ring for ring in land if np.ptp(ring[:, 0]) >= WORLD_UNITS)
    # The ends of its copies lie beneath it.
    assert world.window.left - endless[:, 0].min() > WORLD_UNITS / 9
    assert endless[:, 0].max() - world.window.right > WORLD_UNITS / 9
    for lon, lat in ((-175.0, 67.0), (175.0, 67.0), (0.0, -85.0), (179.9, -85.0), (100.0, 60.0), (-100.0, 40.0)):
        x, y = (float(v) for v in Grid().project(lon, lat))
        for turn in range(-4, 5):
            seen = x + turn * WORLD_UNITS
            if tier.window.left < seen < tier.window.right:
                at = [shapely.Point(seen - copy * WORLD_UNITS, y) for copy in range(-2, 3)]
                assert any(sum(shapely.Polygon(r).contains(point) for r in land) % 2 for point in at), (lon, lat, turn)


def test_a_window_across_the_180th_meridian_shows_both_sides_joined() -> None:
    """Chukotka and Wrangel Island lie on both sides: each is one piece of land, with no shore along the meridian."""
    strait = compose([(box_of(170, 60, 200, 70), 5.0)], borders=True, detail=None, meridian=185)
    tier = strait.tier_for(box_of(170, 60, 200, 70), 5.0)
    assert not tier.wraps
    assert filled_at(strait, tier, tier.land, 175.0, 67.0)
    assert filled_at(strait, tier, tier.land, -175.0, 67.0)
    assert filled_at(strait, tier, tier.land, -160.0, 65.0)
    assert not filled_at(strait, tier, tier.land, 180.0, 60.0)
    seam = (WORLD_UNITS / 2 - strait.grid.origin_x) / tier.scale
    across = [
        ring[:, 0] - seam for ring in rings(tier.land) if ring[:, 0].min() < seam - 9 < seam + 9 < ring[:, 0].max()
    ]
    assert len(across) >= 2  # the mainland, and Wrangel Island
    assert not any(((np.abs(x[1:]) < 1) & (np.abs(x[:-1]) < 1)).any() for x in across)


def test_the_map_looks_the_same_on_either_side_of_the_180th_meridian() -> None:
    """The same window a whole turn farther on holds the same shapes."""
    views = [(box_of(west, -25, west + 20, -10), 6.0) for west in (165.0, -195.0)]
    east, west = (
        compose([view], borders=True, detail=None, meridian=view[0].middle[0] / WORLD_UNITS * 360) for view in views
    )
    assert [tier.land for tier in east.tiers] == [tier.land for tier in west.tiers]
    assert east.grid.origin_x - west.grid.origin_x == WORLD_UNITS


def test_the_same_story_gives_the_same_bytes(seed: Basemap, detail: Detail) -> None:
    assert compose(SEED, borders=True, detail=detail) == seed
    assert compose(tuple(reversed(SEED)), borders=True, detail=detail) == seed


def test_the_order_of_features_in_a_detail_file_does_not_matter(seed: Basemap, detail: Detail) -> None:
    turned: Detail = pickle.loads(pickle.dumps(detail))
    for layer, shapes in turned.layers.items():
        turned.layers[layer] = shapes[::-1]
    assert compose(SEED, borders=True, detail=turned) == seed


def test_the_seed_keeps_its_budgets(seed: Basemap) -> None:
    """35 kB for the region, 120 kB with the half of Asia that the Hanoi step shows."""
    assert gzipped([tier for tier in seed.tiers if tier.zoom > 5]) <= 35_000
    assert gzipped(list(seed.tiers)) <= 120_000


@pytest.mark.parametrize("zoom", [1.0, 2.0, 3.0])
def test_the_world_keeps_its_budget(zoom: float) -> None:
    world = compose([(box_of(-180, -80, 180, 80), zoom)], borders=True, detail=None)
    assert gzipped(list(world.tiers)) <= 120_000


def test_a_tier_is_light_enough_to_decode_at_once(seed: Basemap) -> None:
    vertices = [sum(len(line) for d in (t.land, t.lakes, t.borders) for line in rings(d)) for t in seed.tiers]
    assert min(vertices) > 0
    assert max(vertices) <= 30_000


def test_the_caspian_is_water_and_so_is_lake_ladoga() -> None:
    """The one is a hole in the land, the other a lake upon it."""
    region = compose([(box_of(25, 36, 60, 65), 4.0)], borders=True, detail=None)
    (tier,) = region.tiers
    assert not filled_at(region, tier, tier.land, 50.5, 42.0)
    assert filled_at(region, tier, tier.land, 60.0, 50.0)
    assert filled_at(region, tier, tier.lakes, 31.5, 60.8)
    assert not filled_at(region, tier, tier.lakes, 60.0, 50.0)


def test_a_view_that_readers_may_ask_for_is_never_drawn_three_rungs_too_coarsely() -> None:
    wide, near = (box_of(0, 40, 40, 60), 4.0), (box_of(18, 54, 19, 54.6), 8.5)
    assert compose([wide], borders=False, detail=None).tier_for(*near).zoom < 6
    assert compose([wide], borders=False, detail=None, beside=[near]).tier_for(*near).zoom >= 7
