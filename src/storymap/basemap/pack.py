"""Natural Earth 1:10m, read from the pack in the wheel: whatever meets a window, in degrees.

The pack is written by `tools/make_basemap_pack.py`. Inside the xz stream: a magic word, then for land, lakes and
borders the number of shapes and of rings (u4 each), rings per shape (u4), the bounds of each shape (4 × i4), bytes
per ring (u4), and the rings: zigzag varints of (x, y) steps, the first from (0, 0). Numbers are little-endian, one
step is 360/2**19 degrees. A shape is an outer ring and its holes, rings not closed; a border is one open line.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from storymap.basemap.grid import Bounds

Layer = Literal["land", "lakes", "borders"]
LAYERS: tuple[Layer, ...] = ("land", "lakes", "borders")
CREDIT = ("Natural Earth", "public domain")

_MAGIC = b"SMNE\x01\n"
_DEGREES_PER_STEP = 360.0 / 2**19

Geometries = NDArray[np.object_]
_LARGE_BYTES = 4000


@dataclass(frozen=True, slots=True)
class _Index:
    rings_of_shape: NDArray[np.int64]  # number of the first ring, one more at the end
    box_of_shape: NDArray[np.int64]  # west, south, east, north in steps
    byte_of_ring: NDArray[np.int64]  # offset in the content, one more at the end


def read_window(layer: Layer, window: Bounds) -> Geometries:
    """Return the shapes of a layer whose bounds meet the window, unclipped: polygons or lines in (lon, lat) degrees."""
    return read_shapes(layer, numbers_in(layer, window))


def numbers_in(layer: Layer, window: Bounds, least_degrees: float = 0.0) -> NDArray[np.int64]:
    """Return the numbers of a layer's shapes whose bounds meet the window, without those less wide and high."""
    west, south, east, north = (side / _DEGREES_PER_STEP for side in window.box)
    box = _indexes()[layer].box_of_shape
    near = (box[:, 0] <= east) & (box[:, 2] >= west) & (box[:, 1] <= north) & (box[:, 3] >= south)
    if least_degrees:
        near &= np.maximum(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) * _DEGREES_PER_STEP >= least_degrees
    return np.flatnonzero(near)


def read_shapes(layer: Layer, numbers: NDArray[np.int64]) -> Geometries:
    """Return the shapes of these numbers. The few large ones, which nearly every window meets, are decoded once."""
    index = _indexes()[layer]
    starts = index.byte_of_ring[index.rings_of_shape]
    large = starts[numbers + 1] - starts[numbers] > _LARGE_BYTES
    found = np.empty(len(numbers), object)
    found[~large] = _shapes(layer, numbers[~large])
    found[large] = [_large(layer, number) for number in numbers[large].tolist()]
    return found


@cache
def _large(layer: Layer, number: int) -> shapely.Geometry:
    shape: shapely.Geometry = _shapes(layer, np.array([number]))[0]
    return shape


def _shapes(layer: Layer, shapes: NDArray[np.int64]) -> Geometries:
    index = _indexes()[layer]
    counts = index.rings_of_shape[shapes + 1] - index.rings_of_shape[shapes]
    rings = _ranges(index.rings_of_shape[shapes], counts)
    points, points_of_ring = _decode(index, rings)
    lonlat = points * _DEGREES_PER_STEP
    if layer == "borders":
        return shapely.from_ragged_array(shapely.GeometryType.LINESTRING, lonlat, (_offsets(points_of_ring),))
    # A linear ring repeats its first point at the end; the pack does not.
    ends = _offsets(points_of_ring)
    lonlat = np.insert(lonlat, ends[1:], lonlat[ends[:-1]], axis=0)
    return shapely.from_ragged_array(
        shapely.GeometryType.POLYGON, lonlat, (_offsets(points_of_ring + 1), _offsets(counts))
    )


@cache
def _content() -> bytes:
    packed = files(__package__).joinpath("data", "natural-earth-10m.zlib").read_bytes()
    return zlib.decompress(packed)


@cache
def _indexes() -> dict[Layer, _Index]:
    content = _content()
    if not content.startswith(_MAGIC):
        raise ValueError("natural-earth-10m.zlib is not a basemap pack of this version")
    at = len(_MAGIC)
    found: dict[Layer, _Index] = {}
    for layer in LAYERS:
        shapes, rings = struct.unpack_from("<II", content, at)
        at += 8
        counts = np.frombuffer(content, "<u4", shapes, at)
        boxes = np.frombuffer(content, "<i4", 4 * shapes, at + 4 * shapes)
        sizes = np.frombuffer(content, "<u4", rings, at + 20 * shapes)
        at += 20 * shapes + 4 * rings
        starts = at + _offsets(sizes)
        found[layer] = _Index(_offsets(counts), boxes.reshape(-1, 4).astype(np.int64), starts)
        at = int(starts[-1])
    return found


def _decode(index: _Index, rings: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all points of the rings one after the other, in steps, and the number of points of each ring."""
    start = index.byte_of_ring[rings]
    size = index.byte_of_ring[rings + 1] - start
    raw = np.frombuffer(_content(), np.uint8)[_ranges(start, size)]
    last = raw < 128  # the last byte of each number has its high bit clear
    ends = np.flatnonzero(last)
    numbers_up_to = np.concatenate(([0], np.cumsum(last)))
    points_of_ring = np.diff(numbers_up_to[_offsets(size)]) // 2
    first = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    place = np.arange(len(raw)) - np.repeat(first, ends - first + 1)
    values = np.add.reduceat((raw & 127).astype(np.int64) << (7 * place), first) if len(ends) else ends
    steps = ((values >> 1) ^ -(values & 1)).reshape(-1, 2)
    # Sum up steps ring by ring: one running sum, less what it was before each ring began.
    sums = np.concatenate((np.zeros((1, 2), np.int64), np.cumsum(steps, axis=0)))
    before = sums[_offsets(points_of_ring)[:-1]]
    return sums[1:] - np.repeat(before, points_of_ring, axis=0), points_of_ring


def _offsets(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))


def _ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return start, start + 1, … for `count` numbers, for every pair, in one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    first: NDArray[np.int64] = np.repeat(starts - (ends - counts), counts)
    return first + np.arange(total)
