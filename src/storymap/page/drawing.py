"""What each step's map draws, on the basemap's grid: strokes, dots, names and measured lines.

Geometry is written once (`shapes`); static maps and the client both refer to it by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from storymap.basemap.grid import Grid
from storymap.earth import geodesic
from storymap.page.shapes import Shape, Shapes
from storymap.page.spots import halfway, inside
from storymap.page.viewport import Box, Frame
from storymap.places import Place
from storymap.scene import Finding, LonLat, Measurement, Role, Scene, Shown

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
DOT_STYLES = {"city": "city", "capital": "city", "station": "station"}
NAME_ONLY = {"country": "country", "sea": "sea", "bay": "sea", "strait": "sea", "gulf": "sea", "river": "river"}
# Zooms at which a name is of use, unless the place says otherwise: (from, to).
NAME_ZOOMS = {"country": (2.0, 9.5), "sea": (3.5, 14.0), "river": (8.0, 14.0), "city": (3.5, 14.0), "town": (7.0, 14.0)}

Path = tuple[tuple[float, float], ...]  # (x, y) on the grid, not rounded


@dataclass(frozen=True, slots=True)
class Stroke:
    """One drawing of a shape: a shape can be drawn twice (casing, then line). `css` are class names."""

    shape: str
    css: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A label: text, style of `labels.Label`, position on the grid, zooms it is good for, and its dot ("" for none).

    The name of a line has the line's shape and paths: it stands on the part that is in view.
    """

    text: str
    style: str
    x: int
    y: int
    dot: str = ""
    from_zoom: float = 0.0
    to_zoom: float = 30.0
    line: str = ""
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A claim's measured line: its shape, the words of its label, where they go and where the line ends.

    The words of an area stand `inside` it, those of a line on the part that is in view.
    `again` says that an earlier claim of the step has drawn the very same line: its label then waits to be asked for.
    """

    claim_id: str
    stroke: Stroke
    pill: str
    anchor: tuple[int, int]
    ends: tuple[tuple[int, int], ...]
    paths: tuple[Path, ...]
    box: Box
    inside: bool
    again: bool


@dataclass(frozen=True, slots=True)
class StepDrawing:
    """Everything that stands on one step's map above the basemap, in drawing order; names by rank."""

    strokes: tuple[Stroke, ...]
    names: tuple[Name, ...]
    measured: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole story's geometry and what each step draws of it."""

    shapes: tuple[Shape, ...]
    steps: Mapping[str, StepDrawing]


def draw(
    scenes: Sequence[Scene],
    framed: Sequence[Frame],
    findings: Mapping[str, Finding],
    pills: Mapping[str, str],
    context: Sequence[Place],
    grid: Grid,
) -> Drawing:
    """Return the drawing of a story. `findings` and `pills` (the words on a measured line) go by claim id."""
    shapes = Shapes(grid)
    steps: dict[str, StepDrawing] = {}
    for scene, frame in zip(scenes, framed, strict=True):
        own = {item.place.id for item in scene.shown}
        everything = (*scene.shown, *(Shown(p, p.name, "context") for p in context if p.id not in own))
        strokes: list[Stroke] = []
        lines: dict[str, str] = {}
        for item in sorted(
            everything, key=lambda s: (s.role == "subject", s.place.geometry.geom_type.endswith("String"))
        ):
            runs, closed = _runs(item.place), item.place.geometry.geom_type.endswith("Polygon")
            if runs:
                shape = shapes.add(f"p_{item.place.id}", runs, closed=closed, closest=frame.closest)
                strokes += _strokes(item, shape, closed=closed)
                if not closed:
                    lines[item.place.id] = shape
        measured: list[Measured] = []
        for claim in scene.claims:
            found = findings[claim.id].headline.measurement
            if found.lines:
                stroke = _measured_stroke(claim.id, found, shapes, frame.closest)
                again = any(stroke.shape == earlier.stroke.shape for earlier in measured)
                measured.append(_measured(claim.id, stroke, pills[claim.id], found, grid, again=again))
        names = [name for item in everything for name in _names(item, lines.get(item.place.id, ""), grid)]
        steps[scene.id] = StepDrawing(tuple(strokes), tuple(sorted(names, key=_rank)), tuple(measured))
    return Drawing(shapes.written(), steps)


def _rank(name: Name) -> int:
    order = ("subject", "city", "town", "country", "sea", "river")
    return order.index(name.style)


def _runs(place: Place) -> list[list[LonLat]]:
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


def _strokes(item: Shown, shape: str, *, closed: bool) -> list[Stroke]:
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


def _names(item: Shown, line: str, grid: Grid) -> Iterable[Name]:
    place, kind = item.place, item.place.kind
    if not item.label:
        return
    style, dot = _name_style(kind, item.role, is_point=place.geometry.geom_type == "Point")
    # What a step is about is named at any zoom; the others where their names are of use.
    low, high = (0.0, 30.0) if item.role == "subject" else NAME_ZOOMS.get(style, (0.0, 30.0))
    if item.role == "context":
        low = low if place.min_zoom is None else place.min_zoom
        high = high if place.max_zoom is None else place.max_zoom
    spot = _middle(place.geometry)
    x, y = (float(v) for v in grid.project(spot.x, spot.y))
    yield Name(
        item.label,
        style,
        round(x),
        round(y),
        dot,
        low,
        high,
        line,
        tuple(_on_grid(run, grid) for run in _runs(place)) if line else (),
    )


def _name_style(kind: str, role: Role, *, is_point: bool) -> tuple[str, str]:
    if kind in NAME_ONLY:
        return NAME_ONLY[kind], ""
    if not is_point:
        return ("subject" if role == "subject" else "town"), ""
    dot = DOT_STYLES.get(kind, "town")
    if role == "subject":
        return "subject", dot
    return ("city" if dot == "city" else "town"), dot


def _middle(geometry: BaseGeometry) -> Any:
    """Return the point that a name stands on: a point itself, a spot inside an area, or half-way along a line."""
    if geometry.geom_type.endswith(("Polygon", "Point")):
        return geometry.representative_point()
    line: Any = geometry
    longest = line if geometry.geom_type == "LineString" else max(line.geoms, key=lambda g: g.length)
    return longest.interpolate(0.5, normalized=True)


def _on_grid(run: Sequence[LonLat], grid: Grid) -> Path:
    return tuple((float(x), float(y)) for x, y in zip(*grid.project(*np.array(run).T), strict=True))


def _measured_stroke(claim_id: str, found: Measurement, shapes: Shapes, closest: float) -> Stroke:
    rings = all(len(line) > 3 and line[0] == line[-1] for line in found.lines)
    # The rim of an area is often so crooked that a stroke as broad as a line's would bury it.
    css = "measured" if not rings else "measured region" if found.dimension == "area" else "measured edge"
    return Stroke(shapes.add(f"m_{claim_id}", found.lines, closed=rings, closest=closest), css, rings)


def _measured(claim_id: str, stroke: Stroke, pill: str, found: Measurement, grid: Grid, *, again: bool) -> Measured:
    paths = tuple(_on_grid(line, grid) for line in found.lines)
    xs, ys = [x for path in paths for x, _ in path], [y for path in paths for _, y in path]
    of_area = found.dimension == "area"
    anchor = inside(paths) if of_area else halfway(paths)
    # A ring has no ends; a line of no length is a mark at one spot.
    open_paths = [path for path in paths if len(path) == 2 or path[0] != path[-1]]
    ends = dict.fromkeys((round(path[i][0]), round(path[i][1])) for path in open_paths for i in (0, -1))
    return Measured(
        claim_id,
        stroke,
        pill,
        (round(anchor[0]), round(anchor[1])),
        tuple(ends),
        paths,
        Box(min(xs), min(ys), max(xs), max(ys)),
        of_area,
        again,
    )
