# /// script
# requires-python = ">=3.11"
# dependencies = ["storymap-compiler[coast]", "timezonefinder==9.0.0", "timezonefinder-data==3.2026.3.post1"]
#
# [tool.uv.sources]
# storymap-compiler = { path = "..", editable = true }
# ///
"""Rebuild `data/coast/vladivostok-and-tumen.geojson`: the shore and the borders that the seed story is seen on.

Run it with `uv run tools/make_coast_detail.py`. Land and lakes are what `storymap basemap extract` cuts; borders are
OpenStreetMap's, as a time-zone package carries them: where two zones share an edge, there runs a border.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from timezonefinder import TimezoneFinder  # type: ignore[import-not-found]  # a dependency of this script alone

from storymap.coast import Window, cut, detail_text, installed

OUT = Path(__file__).resolve().parents[1] / "data" / "coast" / "vladivostok-and-tumen.geojson"
WINDOWS = [Window(131.5, 42.82, 132.25, 43.32), Window(130.2, 42.12, 131.1, 42.66)]
RETRIEVED = "2026-11-24"

ZONES = ("Asia/Shanghai", "Asia/Pyongyang", "Asia/Vladivostok")
# The land border ends where the Tumen meets the sea; the time zones share an edge further out, through the water.
RIVER_MOUTH_LATITUDE = 42.29
TOLERANCE_DEG = 7.0 / 111_130.0  # half a pixel of zoom 13


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
    return [shapely.simplify(line, TOLERANCE_DEG) for line in lines]


def _meets(points: NDArray[np.float64]) -> bool:
    (west, south), (east, north) = points.min(0), points.max(0)
    return any(w.west <= east and west <= w.east and w.south <= north and south <= w.north for w in WINDOWS)


def features(lines: list[BaseGeometry]) -> Iterator[tuple[str, BaseGeometry]]:
    """Return (layer, polygon or line in degrees), cut at the windows."""
    shores = installed()
    for window in WINDOWS:
        yield from cut(shores, window)
        for line in lines:
            inside = shapely.clip_by_rect(line, *window.halves[0])
            yield from (("border", piece) for piece in shapely.get_parts(inside))


def main() -> None:
    """Write the detail file."""
    text = detail_text(
        WINDOWS,
        features(borders()),
        credit="GSHHG, © OpenStreetMap contributors",
        license="land and lakes: LGPL-3.0-or-later; borders: ODbL-1.0",
        source=f"land and lakes: {installed().source}; borders: OpenStreetMap, PyPI timezonefinder-data 3.2026.3.post1",
        retrieved=RETRIEVED,
    )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text, encoding="utf-8")
    print(f"{OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
