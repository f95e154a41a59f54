"""What a place's geometry is drawn with: its runs of positions, and the strokes that its kind and its role ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Any

from storymap.earth import geodesic, inverse
from storymap.meridian import whole
from storymap.places import Edges, Place
from storymap.scene import LonLat, Resolved, Shown
from storymap.story import CrossesDoc

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
WET = ("river-border", "river")
LAKES = ("lake", "reservoir", "sea")  # areas of water
NEAR, CLOSER = 9.6, 10.6  # from here on rivers are broad, and bridges are drawn that only orient


@dataclass(frozen=True, slots=True)
class Stroke:
    """One drawing of a shape: a shape can be drawn twice (casing, then line). `css` are class names."""

    shape: str
    css: str
    closed: bool

    def but(self, css: str) -> Stroke:
        """The same shape in another stroke."""
        return Stroke(self.shape, css, self.closed)


def runs_of(place: Place) -> list[list[LonLat]]:
    """Return a place's lines or rings as runs of (lon, lat); a point has none.

    Geodesic edges are filled in as those of measured lines are, so that both are one shape (`Shapes`).
    """
    return _runs(place.geometry, place.edges)


@lru_cache(maxsize=256)  # a railway through a continent is drawn in every step
def _runs(geometry: BaseGeometry, edges: Edges) -> list[list[LonLat]]:
    lines = list(_lines(whole(geometry)))
    return [_filled(line) for line in lines] if edges == "geodesic" else lines


def borders_drawn(resolved: Resolved) -> list[list[LonLat]]:
    """Return the borders that a story draws itself, on any of its maps, as runs of (lon, lat)."""
    shown = (item.place for scene in resolved.scenes for item in scene.shown)
    places = {place.id: place for place in (*resolved.context, *shown)}
    borders = (place for place in places.values() if LINE_STYLES.get(place.kind) == "border")
    return [run for place in borders for run in runs_of(place)]


def _filled(line: list[LonLat]) -> list[LonLat]:
    pieces = [geodesic(a, b, step_m=max(sqrt(6371.0 * inverse(a, b)), 1.0)) for a, b in pairwise(line)]
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


def followed(measure: object, places: Mapping[str, Place]) -> Place | None:
    """Return the line or area that is measured itself or along which something is, None where lines join places."""
    if isinstance(measure, CrossesDoc):
        return None
    return next((places[name] for key in ("along", "of", "line") if (name := getattr(measure, key, None))), None)


def strokes_of(item: Shown, shape: str, *, closed: bool) -> list[Stroke]:
    """Return what a shown place is drawn with, from below to above: casing, line, inlay."""
    style = "area" if closed else LINE_STYLES.get(item.place.kind, "line")
    subject = item.role == "subject"
    below = [f"{style} casing"] if subject and style in ("line", "bridge") else []
    if item.place.kind == "river-border":
        below = [f"river {item.role}"]
    if style == "bridge" and not subject:
        below = ["bridge casing context"]
    line, above = f"{style} {item.role}", [f"{style} inlay"] if style == "rail" and subject else []
    if item.journey:
        line += " journey" if item.journey == "forward" else " journey back"
        above = [f"{css} late" for css in above]
    if closed and item.place.kind in LAKES:
        line += " lake"
    sketch = " schematic" if item.place.schematic and not closed else ""
    return [Stroke(shape, css, closed) for css in (*below, line + sketch, *(css + sketch for css in above))]


def at_zoom(stroke: Stroke, zoom: float) -> Stroke:
    """Return a stroke as a still picture has it: what the live map's own classes `near` and `closer` do, on itself."""
    if not stroke.css.startswith(("river", "bridge")):
        return stroke
    return stroke.but(stroke.css + " near" * (zoom > NEAR) + " closer" * (zoom > CLOSER))
