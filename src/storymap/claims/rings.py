"""The edge of an area: its rings, counted as they lie on the earth, and as runs of points to draw."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon

from storymap.claims.given import ClaimError, Runs, area_of, shortest_line
from storymap.places import Place
from storymap.scene import LonLat


def surveyed_area(place: Place) -> Polygon | MultiPolygon:
    """Return the area of a place; one that is only sketched is not fit to be measured."""
    area = area_of(place)
    if place.schematic:
        raise ClaimError(
            "schematic-line",
            f"'{place.id}' is drawn schematically, so its drawn edge proves nothing",
            "draw it from a survey, or list the words under `unchecked`",
        )
    return area


def made_whole(area: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Return an area with the halves that were cut apart at the 180th meridian (RFC 7946, 3.1.9) joined again."""
    parts = list(area.geoms) if isinstance(area, MultiPolygon) else [area]
    east_of_it = [part.bounds[0] == -180 and part.bounds[2] < 180 for part in parts]
    if not any(east_of_it) or all(part.bounds[2] != 180 for part in parts):
        return area
    turned = [translate(part, 360) if east else part for part, east in zip(parts, east_of_it, strict=True)]
    joined = shapely.union_all(turned)
    return joined if isinstance(joined, Polygon | MultiPolygon) else area


def without_holes(area: Polygon | MultiPolygon) -> MultiPolygon:
    """Return what an area closes in: its outer rings alone, without those that lie in a hole, as islands in a lake."""
    parts = area.geoms if isinstance(area, MultiPolygon) else (area,)
    filled = [Polygon(part.exterior) for part in parts]
    holed = [one for one, part in zip(filled, parts, strict=True) if part.interiors]
    return MultiPolygon([one for one in filled if not any(each is not one and each.contains(one) for each in holed)])


def rings_of(area: Polygon | MultiPolygon) -> tuple[int, int]:
    """Return how many outer rings and how many holes an area has."""
    parts = area.geoms if isinstance(area, MultiPolygon) else (area,)
    return len(parts), sum(len(part.interiors) for part in parts)


def edge_runs(area: Polygon | MultiPolygon) -> Runs:
    """Return the edge of an area as runs of (lon, lat), without cuts along the 180th meridian and runs along a pole."""
    parts = area.geoms if isinstance(area, MultiPolygon) else (area,)
    rings = [
        [(float(x), float(y)) for x, y in ring.coords] for part in parts for ring in (part.exterior, *part.interiors)
    ]
    edges = [edge for ring in rings for edge in pairwise(ring)]
    # An edge on the meridian is a cut where the area goes on at its other side.
    cut = {180.0, -180.0} <= {a[0] for a, b in edges if a[0] == b[0]}
    return tuple(run for ring in rings for run in _uncut(ring, cut=cut))


def drawn(runs: Runs, place: Place) -> Runs:
    """Return runs of a place's corners so that they can be drawn straight: geodesic edges filled in."""
    if place.edges == "planar":
        return runs
    filled = ([shortest_line(a, b) for a, b in pairwise(run)] for run in runs)
    return tuple(
        (run[0], *(p for piece in pieces for p in piece[1:])) for run, pieces in zip(runs, filled, strict=True)
    )


def _uncut(ring: list[LonLat], *, cut: bool) -> Iterator[tuple[LonLat, ...]]:
    run = ring[:1]
    for a, b in pairwise(ring):
        seam = cut and a[0] == b[0] and abs(a[0]) == 180
        if seam or (a[1] == b[1] and abs(a[1]) == 90):
            if len(run) > 1:
                yield tuple(run)
            run = [b]
        else:
            run.append(b)
    if len(run) > 1:
        yield tuple(run)
