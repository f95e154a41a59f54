"""Times the measuring engine beside its peers on the same input, and says how wrong each of them is.

python -m bench.bench_earth

CPU time, least of several runs; compare ratios within one run, never numbers of two machines. Nothing here gates.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyproj
import shapely
import spherely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon

from bench.bench_build import ROOT
from storymap.claims import measure
from storymap.earth import depth, nearest, nearest_many
from storymap.earth.edges import curves
from storymap.earth.geodesics import ways
from storymap.earth.tree import tree
from storymap.inputs import read
from storymap.places import read_places
from storymap.resolve import resolve

Floats = NDArray[np.float64]
GEOD = pyproj.Geod(ellps="WGS84")
RUNS = 5


def main() -> None:
    """Print all tables."""
    # The same kind of line over a country and over a continent: how wrong a peer is grows with the size.
    for size_deg, corner in ((2.0, (130.0, 42.0)), (20.0, (100.0, 40.0)), (60.0, (0.0, 10.0))):
        against_peers(size_deg, corner)
    sizes()
    claims()
    hard_cases()
    inverses()


def against_peers(size_deg: float, corner: tuple[float, float]) -> None:
    """Print how long 1000 points against a line of 100,000 vertices take, its index included, and the worst error."""
    line = LineString(wander(100_000, size_deg, corner))
    low, high = np.array(corner) - size_deg * 0.2, np.array(corner) + size_deg * 1.2
    points = np.random.default_rng(1).uniform(low, high, (1000, 2))
    truth = nearest_many(points, line).distance_m
    print(f"\n1000 points, a line of 100,000 vertices, {size_deg:g}° wide, up to {truth.max() / 1000:,.0f} km away")
    ours = least(lambda: nearest_many(points, fresh(line)))
    one_by_one = least(lambda: [nearest(Point(*place), line) for place in points.tolist()], runs=1)
    row("storymap, nearest_many", ours, ours, "")
    for name, peer in PEERS.items():
        off = np.abs(peer(points, line) - truth).max()
        row(name, least(lambda peer=peer: peer(points, fresh(line))), ours, f"{off:,.4g} m")  # type: ignore[misc]
    row("storymap, nearest one by one", one_by_one, ours, "")


def by_spherely(points: Floats, line: LineString) -> Floats:
    """Return distances on a sphere."""
    found = spherely.distance(spherely.points(*points.T), spherely.create_linestring(line.coords))
    return np.asarray(found, dtype=np.float64)


def by_index_in_degrees(points: Floats, line: LineString) -> Floats:
    """Return distances to what is nearest in degrees."""
    return to_feet(points, feet(points, shapely.get_coordinates(line)))


def by_projection(points: Floats, line: LineString) -> Floats:
    """Return distances to what is nearest in one azimuthal equidistant projection about the middle of the line."""
    west, south, east, north = line.bounds
    flat = pyproj.Proj(proj="aeqd", ellps="WGS84", lon_0=(west + east) / 2, lat_0=(south + north) / 2)
    found = feet(np.stack(flat(*points.T), axis=1), np.stack(flat(*shapely.get_coordinates(line).T), axis=1))
    lon, lat = flat(found[:, 0], found[:, 1], inverse=True)
    return to_feet(points, np.stack([lon, lat], axis=1))


def feet(points: Floats, corners: Floats) -> Floats:
    """Return the nearest places on a flat line, by an index of its segments."""
    segments = np.asarray(shapely.linestrings(np.stack([corners[:-1], corners[1:]], axis=1)))
    places = shapely.points(points)
    hit = segments[shapely.STRtree(segments).nearest(places)]
    return shapely.get_coordinates(shapely.line_interpolate_point(hit, shapely.line_locate_point(hit, places)))


def to_feet(points: Floats, found: Floats) -> Floats:
    """Return geodesic distances between rows."""
    return np.asarray(GEOD.inv(*points.T, *found.T)[2], dtype=np.float64)


PEERS: dict[str, Callable[[Floats, LineString], Floats]] = {
    "spherely": by_spherely,
    "STRtree in degrees, PROJ": by_index_in_degrees,
    "one projection, STRtree, PROJ": by_projection,
}


def sizes() -> None:
    """Print what it costs to build and to ask, by the number of vertices, and the memory of a vertex."""
    print("\na line of n vertices: CPU ms, bytes a vertex kept and at the peak")
    print(f"  {'n':>9}{'build':>10}{'ask once':>10}{'ask 1000':>10}{'kept':>8}{'peak':>8}")
    points = np.random.default_rng(2).uniform((96, 36), (124, 64), (1000, 2))
    for power in range(2, 7):
        n = 10**power
        line = LineString(wander(n, 20.0, (100.0, 40.0)))
        build = least(lambda line=line: tree(curves(fresh(line), "planar")))  # type: ignore[misc]
        place = Point(points[0])
        nearest(place, line)
        once = least(lambda line=line, place=place: nearest(place, line))  # type: ignore[misc]
        many = least(lambda line=line: nearest_many(points, line))  # type: ignore[misc]
        other = fresh(line)
        tracemalloc.start()
        nearest(place, other)
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"  {n:>9,}{build:>10.2f}{once:>10.2f}{many:>10.2f}{kept / n:>8.0f}{peak / n:>8.0f}")


def claims() -> None:
    """Print what each claim of the seed story costs: its own measure, and with all further readings beside it."""
    print("\nclaims of the seed story, CPU ms: the claim, with its further readings")
    inputs = read(ROOT / "stories" / "kim-in-russia.yaml")
    if inputs.places is None:
        raise ValueError("the seed story has places")
    atlas = read_places(inputs.places.raw, inputs.places.path)[0]
    resolved = resolve(inputs.story, inputs.source, atlas, inputs.media)
    for claim in (claim for scene in resolved.scenes for claim in scene.claims):
        alone = replace(claim, also=())
        costs = [least(lambda some=some: measure(some)) for some in (alone, claim)]  # type: ignore[misc]
        print(f"  {claim.quote[:48]:<50}{costs[0]:8.2f}{costs[1]:8.2f}")
    island, mainland = (atlas[name].geometry for name in ("russky-island", "vladivostok-mainland"))
    print(f"  {'depth of the island in the mainland':<50}{least(lambda: depth(mainland, island)):8.2f}")


def hard_cases() -> None:
    """Print what long edges cost, and stretches that are equally far all along."""
    print("\nlong edges, CPU ms")
    wide = Polygon([(0, 50), (30, 50), (30, 20), (0, 20)])
    other = Polygon([(40, 60), (70, 60), (70, 80), (40, 70)])
    low, high = LineString([(0, 50), (20, 50)]), LineString([(0, 55), (20, 55)])
    fan = LineString([(-178, -89.6), (-164, -84.3), (-161, -90), (-168, -84.6), (-174, -81), (-164, -90)])
    rim = LineString([(-16.7, -36.9), (-5.9, -36.9), (-21.5, -36.9)])
    tilted, shifted = (LineString([(-100, lat), (70, lat + 1e-6)]) for lat in (40, 43))
    cases: dict[str, Callable[[], object]] = {
        "30° geodesic edges to a point": lambda: nearest(wide, Point(40, 60), edges="geodesic"),
        "30° geodesic edges to such another": lambda: nearest(wide, other, edges="geodesic"),
        "two parallels, 20° long, 5° apart": lambda: nearest(low, high),
        "edges to a pole, a parallel equally far from it": lambda: nearest(fan, rim),
        "two lines that all but run along parallels": lambda: nearest(tilted, shifted),
        "a pole and the 60th parallel": lambda: nearest(Point(0, 90), LineString([(-180, 60), (180, 60)])),
    }
    for name, work in cases.items():
        print(f"  {name:<50}{least(work, runs=2):8.2f}")


def inverses() -> None:
    """Print what 100,000 geodesics from point to point cost."""
    rng = np.random.default_rng(3)
    p, q = (np.stack([rng.uniform(-180, 180, 100_000), rng.uniform(-90, 90, 100_000)], axis=1) for _ in range(2))
    ours, theirs = least(lambda: ways(p, q)), least(lambda: GEOD.inv(*p.T, *q.T))
    print(f"\n100,000 inverses: {ours:.0f} CPU ms, {ours / theirs:.2f} × PROJ")


def wander(n: int, size_deg: float, corner: tuple[float, float]) -> Floats:
    """Return a line that wanders like a coast or a river, n vertices (n, 2) within a square."""
    turns = np.cumsum(np.random.default_rng(1).normal(0, 0.3, n))
    path = np.stack([np.cumsum(np.cos(turns)), np.cumsum(np.sin(turns))], axis=1)
    path -= path.min(axis=0)
    return np.asarray(path / path.max() * size_deg + corner)


def fresh(line: LineString) -> LineString:
    """Return the same line as a new geometry, of which nothing is kept from the run before."""
    return LineString(shapely.get_coordinates(line))


def row(name: str, cost: float, ours: float, error: str) -> None:
    """Print one line of a comparison: the cost, our share of it, and the worst error."""
    print(f"  {name:<32}{cost:10.1f} ms   ours takes {ours / cost:.2f} of it   {error}")


def least(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least CPU milliseconds of several runs."""

    def once() -> float:
        start = time.process_time()
        work()
        return (time.process_time() - start) * 1000

    return min(once() for _ in range(runs))


if __name__ == "__main__":
    main()
