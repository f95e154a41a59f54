"""What a place's geometry is drawn with: its runs of positions, and the strokes that its kind and its role ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from storymap.earth import geodesic
from storymap.places import Place
from storymap.scene import LonLat, Shown

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# What an author's `kind` looks like; anything else is a plain line or a plain area.
LINE_STYLES = {
    "border": "border",
    "river-border": "border",
    "railway": "rail",
    "rail": "rail",
    "bridge": "bridge",
    "river": "river",
}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One drawing of a shape: a shape can be drawn twice (casing, then line). `css` are class names."""

    shape: str
    css: str
    closed: bool


def runs_of(place: Place) -> list[list[LonLat]]:
    """Return a place's lines or rings as runs of (lon, lat), dense enough to draw straight; a point has none."""
    lines = list(_lines(place.geometry))
    return [_densified(line) for line in lines] if place.edges == "geodesic" else lines


def _densified(line: Sequence[LonLat]) -> list[LonLat]:
    pieces = [geodesic(a, b, step_m=50_000) for a, b in pairwise(line)]
    return [pieces[0][0], *(p for piece in pieces for p in piece[1:])]


def _lines(geometry: BaseGeometry) -> Iterable[list[LonLat]]:
    kind: str = geometry.geom_type
    parts: Any = geometry
    if kind == "LineString":
        yield [(x, y) for x, y in parts.coords]
    elif kind == "Polygon":
        for ring in (parts.exterior, *parts.interiors):
            yield [(x, y) for x, y in ring.coords]
    elif kind.startswith("Multi") or kind == "GeometryCollection":
        for part in parts.geoms:
            yield from _lines(part)


def strokes_of(item: Shown, shape: str, *, closed: bool) -> list[Stroke]:
    """Return what a shown place is drawn with, from below to above: casing, line, inlay."""
    style = "area" if closed else LINE_STYLES.get(item.place.kind, "line")
    layers = [f"{style} {item.role}"]
    if style == "bridge":
        layers.insert(0, f"{style} casing")
    if item.place.kind == "river-border":
        layers.insert(0, f"river {item.role}")
    if style == "rail" and item.role == "subject":
        layers.append(f"{style} inlay")
    if style in ("line", "river") and item.role == "subject":
        layers.insert(0, f"{style} casing")
    dashed = " schematic" if item.place.schematic and style == "line" else ""
    return [Stroke(shape, css + dashed, closed) for css in layers]
