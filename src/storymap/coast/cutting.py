"""What lies inside a window: land, and lakes with their islands as holes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.coast.calm import calmed, polygons
from storymap.coast.gshhg import Kind, Shores
from storymap.coast.windows import CoastError, Window

_MARGIN_DEG = 0.05  # the calm begins outside of the window, so that the cut is not taken for a shore

Layer = Literal["land", "lake"]


class Area(NamedTuple):
    """One area of a detail file, (lon, lat) in degrees within ±180."""

    layer: Layer
    polygon: shapely.Polygon


def cut(shores: Shores, window: Window) -> list[Area]:
    """Return the areas of land and the lakes inside a window, calm, cut at its edges and at the antimeridian.

    Raises:
        CoastError: there is no land.
        ToolError: the shores cannot be read.
    """
    if areas := _areas(shores, window):
        return areas
    turned = window.turned
    meant = turned if turned and _areas(shores, turned) else None
    help = f"longitude comes first; did you mean {meant}?" if meant else "the sea needs no finer coast"
    raise CoastError(f"there is no land in {window}, only open sea", help)


def _areas(shores: Shores, window: Window) -> list[Area]:
    calm = _calm(shores, window)
    islands = shapely.union_all(calm["island in a lake"])
    lakes = [part for lake in calm["lake"] for part in polygons(shapely.difference(lake, islands))]
    layers: dict[Layer, Sequence[BaseGeometry]] = {"land": calm["land"], "lake": lakes}
    areas = []
    for west, south, east, north in window.halves:
        turns = 360.0 if west < window.west else 0.0
        for layer, shapes in layers.items():
            for shape in shapes:
                inside = shapely.clip_by_rect(shape, west + turns, south, east + turns, north)
                areas += [Area(layer, part) for part in polygons(_moved(inside, -turns))]
    return areas


def _calm(shores: Shores, window: Window) -> dict[Kind, list[BaseGeometry]]:
    """Return the calm polygons of and around a window, by kind, in its own longitudes."""
    west, east = window.west - _MARGIN_DEG, window.east + _MARGIN_DEG
    south, north = window.south - _MARGIN_DEG, window.north + _MARGIN_DEG
    whole: dict[Kind, list[BaseGeometry]] = {"land": [], "lake": [], "island in a lake": []}
    halved: dict[Kind, list[BaseGeometry]] = {kind: [] for kind in whole}
    for turns in (-360.0, 0.0, 360.0):
        for ring in shores.meeting(west - turns, south, east - turns, north):
            outline = shapely.Polygon(np.add(ring.lonlat, (turns, 0.0), dtype=np.float64))
            piece = shapely.make_valid(shapely.clip_by_rect(outline, west, south, east, north))
            (halved if ring.cut else whole)[ring.kind].extend(polygons(piece))
    middle = (window.south + window.north) / 2
    found: dict[Kind, list[BaseGeometry]] = {kind: [] for kind in whole}
    for kind, shapes in whole.items():
        # Halves that meet at the antimeridian are one shore again before their corners are cut.
        for shape in (*polygons(shapely.union_all(halved[kind])), *shapes):
            found[kind] += calmed(shape, middle)
    return found


def _moved(shape: BaseGeometry, by_deg: float) -> BaseGeometry:
    return shapely.transform(shape, lambda lonlat: np.add(lonlat, (by_deg, 0.0)))
