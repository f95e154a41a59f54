"""Whose ground a view shows, cell by cell: water, and each country's land."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from storymap.basemap.detail import Detail
from storymap.basemap.draw import gathered
from storymap.basemap.grid import WORLD_UNITS, Bounds, Box, degrees, mercator
from storymap.basemap.names_cells import NO_SIDES, Cells, Mask, Ring, Sides, sides_of
from storymap.basemap.names_outlines import LAST_LATITUDE, claimed_boxes, cut_to, moved, outlined, to_units, turns
from storymap.basemap.pack import Geometries, Layer, numbers_in, read_shapes, read_window

# Outlines in the table are good to about a kilometre along borders, which is a cell at this zoom. Closer by that shows,
# and the ground is told by the borders drawn.
CLOSE_ZOOM = 9.7
_SPECK_CELLS = 0.5  # land less wide and high than this hides no name
_LEAST_CELLS = 6.0  # no name stands on less
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

    def countries(self, wanted: Collection[int]) -> Iterator[tuple[int, Mask]]:
        """Return which of some countries have ground in view: the number in the table, and the cells of its land.

        Ground that two states claim is nobody's here.
        """
        disputed = np.zeros_like(self.land)
        for claim in claimed_boxes():
            for turn in turns(claim.left, claim.right, self.cells.box):
                disputed |= self.cells.within(claim.moved(turn, 0))
        free = self.land & ~self.lakes & ~disputed
        by_borders = self._zoom >= CLOSE_ZOOM and len(self._read("borders", self.cells.box))
        for number, mask in self._by_borders() if by_borders else self._by_outlines(wanted):
            own = mask & free
            if number in wanted and own.any():
                yield number, own

    def _by_outlines(self, wanted: Collection[int]) -> Iterator[tuple[int, Mask]]:
        seen = [number for number in self._in_view() if number in wanted]
        every, box = outlined(), self.cells.box
        place = np.full(len(every.bounds), -1)
        place[seen] = np.arange(len(seen))
        some = np.flatnonzero(place[every.owner] >= 0)
        sides, owner = every.sides[:, some], place[every.owner[some]]
        masks = np.zeros((len(seen), self.cells.rows, self.cells.columns), bool)
        for turn in turns(every.bounds[:, 0].min(), every.bounds[:, 2].max(), box):
            masks ^= self.cells.filled_each(sides + moved(turn), owner, len(seen))
        yield from zip(seen, masks, strict=True)

    def _by_borders(self) -> Iterator[tuple[int, Mask]]:
        masks: dict[int, Mask] = {}
        for owner, piece in self._pieces():
            mask = self.cells.filled(sides_of(_rings(piece)))
            masks[owner] = masks.get(owner, np.zeros_like(mask)) | mask
        yield from ((number, masks[number]) for number in sorted(masks))

    def _in_view(self) -> list[int]:
        """Return the countries whose bounds show enough of them for a name."""
        box, cell = self.cells.box, self.cells.cell
        bounds = outlined().bounds
        high = np.minimum(bounds[:, 3], box.bottom) - np.maximum(bounds[:, 1], box.top)
        wide = np.zeros(len(bounds))
        for turn in turns(bounds[:, 0].min(), bounds[:, 2].max(), box):
            left, right = bounds[:, 0] + turn, bounds[:, 2] + turn
            wide = np.maximum(wide, np.minimum(right, box.right) - np.maximum(left, box.left))
        found: list[int] = np.flatnonzero((high > 0) & (wide * high > _LEAST_CELLS * cell**2)).tolist()
        return found

    def _filled(self, layer: Layer) -> Mask:
        box = self.cells.box
        if self._detail:
            return self.cells.filled(sides_of(_rings(self._read(layer, box))))
        (west, east), (north, south) = degrees([box.left, box.right], [box.top, box.bottom])
        least = _SPECK_CELLS * self.cells.cell * 360 / WORLD_UNITS
        sides = [NO_SIDES]
        for turn in turns(-WORLD_UNITS / 2, WORLD_UNITS / 2, box):
            lon = turn * 360 / WORLD_UNITS
            window = Bounds(max(-180.0, west - lon), south, min(180.0, east - lon), north)
            some = _shape_sides(layer, numbers_in(layer, window, least))
            sides.append(some + moved(turn) if turn else some)
        return self.cells.filled(np.concatenate(sides, axis=1))

    def _read(self, layer: Layer, window: Box) -> Geometries:
        read = self._detail.read_window if self._detail else read_window
        found = gathered(layer, read, _on_earth(window), wraps=False)
        return shapely.transform(found, to_units)

    def _pieces(self) -> Iterator[tuple[int, shapely.Geometry]]:
        """Return the pieces of land that borders cut out of a window much wider than the view, each with its country.

        A piece that lies in several is left out: the borders that are drawn may leave a gap.
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
        yield from _owners(faces, cut_to(window))


def _owners(faces: Geometries, near: Mapping[int, shapely.Geometry]) -> Iterator[tuple[int, shapely.Geometry]]:
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
        left, across = shares[i], False
        if left and left[-1][0] < _SURE:
            beyond = {n for n, other in known if shapely.length(shapely.intersection(faces[i], other)) > 0}
            left, across = [(share, n) for share, n in left if n not in beyond], bool(beyond)
        best, number = left[-1] if left else (0.0, -1)
        if best >= _SURE or (across and best >= _LEFT and sum(share for share, _ in left[:-1]) <= _STRAY):
            known.append((number, faces[i]))
            yield number, faces[i]


_known: dict[tuple[Layer, int], Sides] = {}


def _shape_sides(layer: Layer, numbers: NDArray[np.int64]) -> Sides:
    """Return the sides of a layer's shapes in world units; each shape is read once."""
    new = np.array([n for n in numbers.tolist() if (layer, n) not in _known], np.int64)
    if len(new):
        shapes = read_shapes(layer, new)
        lonlat, of_ring = shapely.get_coordinates(shapely.get_rings(shapes), return_index=True)
        points = to_units(lonlat)
        joined = of_ring[1:] == of_ring[:-1]  # rings repeat their first point
        sides = np.vstack((points[:-1].T, points[1:].T))[:, joined]
        counts = shapely.get_num_coordinates(shapes) - shapely.get_num_interior_rings(shapes) - 1
        _known.update(
            zip([(layer, n) for n in new.tolist()], np.split(sides, np.cumsum(counts)[:-1], axis=1), strict=True)
        )
    return np.concatenate([NO_SIDES, *(_known[layer, n] for n in numbers.tolist())], axis=1)


def _rings(shapes: Geometries | shapely.Geometry) -> list[Ring]:
    rings = shapely.get_rings(shapely.get_parts(shapes))  # of a multipolygon as it is, shapely finds none
    points, ring = shapely.get_coordinates(rings, return_index=True)
    return np.split(points, np.flatnonzero(np.diff(ring)) + 1) if len(points) else []


def _on_earth(box: Box) -> Box:
    half = float(mercator(0.0, -LAST_LATITUDE)[1])
    return Box(box.left, max(-half, box.top), box.right, min(half, box.bottom))


def _holds(window: Bounds, box: Box) -> bool:
    lon, lat = degrees([box.left, box.right], [box.bottom, box.top])
    west, south, east, north = window.box
    return bool(west <= lon[0] and lon[1] <= east and south <= lat[0] and lat[1] <= north)
