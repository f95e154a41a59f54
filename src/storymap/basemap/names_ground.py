"""Whose ground a view shows, cell by cell: water, and each country's land."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
import shapely

from storymap.basemap.detail import Detail
from storymap.basemap.draw import gathered
from storymap.basemap.grid import WORLD_UNITS, Bounds, Box, degrees, mercator
from storymap.basemap.names_cells import Cells, Mask, Ring
from storymap.basemap.names_table import LonLats, claimed, countries
from storymap.basemap.pack import Geometries, Layer, read_window

# Outlines in the table are good to a few km. From this zoom on that shows, and the ground is told by the borders drawn.
CLOSE_ZOOM = 7.5
OUTLINES_END = 9.7  # beyond this they are of no use
_SURE = 0.75  # of a piece of land between borders must lie in one country's outline
_LEFT = 0.35  # of one that lies across a border from others, of which it is none,
_STRAY = 0.1  # with so little in any further country


class Ground:
    """What lies where in one view: `box` in world units on a map of `zoom`."""

    def __init__(self, box: Box, zoom: float, detail: Detail | None) -> None:
        self.cells = Cells.of(box, 2.0 ** (15 - zoom))
        self._zoom = zoom
        self._detail = detail if detail and any(_holds(window, box) for window in detail.windows) else None
        self.land = self._filled("land")
        self.lakes = self._filled("lakes")

    @property
    def water(self) -> Mask:
        """The cells of sea."""
        return ~self.land

    def countries(self) -> Iterator[tuple[int, Mask]]:
        """Return every country with ground in view: its number in the table, and the cells that are its land.

        Ground that two states claim is nobody's here.
        """
        disputed = np.zeros_like(self.land)
        for left, top, right, bottom in _claimed():
            for turn in (-1, 0, 1):
                disputed |= self.cells.within(Box(left, top, right, bottom).moved(turn * WORLD_UNITS, 0))
        for number, mask in self._held():
            if (mask & ~disputed).any():
                yield number, mask & ~disputed

    def _held(self) -> Iterator[tuple[int, Mask]]:
        if self._zoom < CLOSE_ZOOM:
            for number in range(len(countries())):
                rings = self._rings_of(number, self.cells.box)
                if rings and (mask := self.cells.filled(rings)).any():
                    yield number, mask & ~self.lakes
            return
        masks: dict[int, Mask] = {}
        for owner, piece in self._pieces():
            mask = self.cells.filled(_rings(piece)) & ~self.lakes
            if owner is not None:
                masks[owner] = masks.get(owner, np.zeros_like(mask)) | mask
                continue
            # A piece with a gap in its borders is shared out by the outlines, unless their faults would show.
            for n in range(len(countries())) if self._zoom < OUTLINES_END else ():
                if rings := self._rings_of(n, self.cells.box):
                    masks[n] = masks.get(n, np.zeros_like(mask)) | (mask & self.cells.filled(rings))
        yield from ((number, masks[number]) for number in sorted(masks) if masks[number].any())

    def _filled(self, layer: Layer) -> Mask:
        return self.cells.filled(_rings(self._read(layer, self.cells.box)))

    def _read(self, layer: Layer, window: Box) -> Geometries:
        read = self._detail.read_window if self._detail else read_window
        found = gathered(layer, read, _on_earth(window), wraps=False)
        return shapely.transform(found, _to_units)

    def _pieces(self) -> Iterator[tuple[int | None, shapely.Geometry]]:
        """Return the pieces of land that borders cut out of a window much wider than the view, each with its country.

        None is the country of a piece that lies in several: the borders that are drawn may leave a gap.
        """
        box = self.cells.box
        reach = max(box.width, 60_000 / 360 * WORLD_UNITS / 111_000)  # outlines need room to be right: 60 km
        window = Box(box.left - reach, box.top - reach, box.right + reach, box.bottom + reach)
        land, borders = shapely.make_valid(self._read("land", window)), self._read("borders", window)
        lines = shapely.union_all([*shapely.boundary(land), *borders])
        faces = shapely.get_parts(shapely.polygonize([lines]))
        view = shapely.box(box.left, box.top, box.right, box.bottom)
        whole = shapely.union_all(land)
        shapely.prepare(whole)
        faces = faces[shapely.intersects(faces, view)]
        faces = faces[shapely.contains(whole, shapely.point_on_surface(faces))]
        near = {
            n: shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in rings])
            for n in range(len(countries()))
            if (rings := self._rings_of(n, window))
        }
        yield from _owners(faces, near)

    def _rings_of(self, number: int, window: Box) -> list[Ring]:
        """Return the rings of a country's outline that meet a window, each at the turn of the world where it does."""
        found = []
        for (left, top, right, bottom), ring in _outline(number):
            first = int(np.ceil((window.left - right) / WORLD_UNITS))
            last = int(np.floor((window.right - left) / WORLD_UNITS))
            if top <= window.bottom and bottom >= window.top:
                found += [ring + np.array([turn * WORLD_UNITS, 0.0]) for turn in range(first, last + 1)]
        return found


def _owners(faces: Geometries, near: Mapping[int, shapely.Geometry]) -> Iterator[tuple[int | None, shapely.Geometry]]:
    """Return pieces of land, each with its country, those that are sure first.

    Outlines lie some hundred metres off the borders that are drawn. What lies across a border from a country is not
    that country, so a thin piece between two others is told by what is left.
    """
    shares = [
        sorted(((shapely.area(shapely.intersection(face, own)) / shapely.area(face), n) for n, own in near.items()))
        for face in faces
    ]
    known: list[tuple[int, shapely.Geometry]] = []
    for i in sorted(range(len(faces)), key=lambda i: (-shares[i][-1][0] if shares[i] else 0.0, i)):
        across = {n for n, other in known if shapely.length(shapely.intersection(faces[i], other)) > 0}
        left = [(share, n) for share, n in shares[i] if n not in across]
        best, number = left[-1] if left else (0.0, -1)
        others = sum(share for share, _ in left[:-1])
        if best >= _SURE or (across and best >= _LEFT and others <= _STRAY):
            known.append((number, faces[i]))
            yield number, faces[i]
        else:
            yield None, faces[i]


@cache
def _claimed() -> list[tuple[float, float, float, float]]:
    corners = [mercator([west, east], [north, south]) for west, south, east, north in claimed()]
    return [(float(x[0]), float(y[0]), float(x[1]), float(y[1])) for x, y in corners]


@cache
def area_of(number: int) -> float:
    """Return the area of a country's outline, in square world units of the map."""
    return float(sum(shapely.area(shapely.polygons(ring)) for _, ring in _outline(number)))


@cache
def _outline(number: int) -> list[tuple[tuple[float, float, float, float], Ring]]:
    rings = [_to_units(ring) for ring in countries()[number].rings]
    return [((*ring.min(0), *ring.max(0)), ring) for ring in rings]


def _to_units(lonlat: LonLats) -> Ring:
    return np.column_stack(mercator(lonlat[:, 0], lonlat[:, 1]))


def _rings(shapes: Geometries | shapely.Geometry) -> list[Ring]:
    rings = shapely.get_rings(shapely.get_parts(shapes))  # of a multipolygon as it is, shapely finds none
    points, ring = shapely.get_coordinates(rings, return_index=True)
    return np.split(points, np.flatnonzero(np.diff(ring)) + 1) if len(points) else []


def _on_earth(box: Box) -> Box:
    half = float(mercator(0.0, -89.9)[1])
    return Box(box.left, max(-half, box.top), box.right, min(half, box.bottom))


def _holds(window: Bounds, box: Box) -> bool:
    lon, lat = degrees([box.left, box.right], [box.bottom, box.top])
    west, south, east, north = window.box
    return bool(west <= lon[0] and lon[1] <= east and south <= lat[0] and lat[1] <= north)
