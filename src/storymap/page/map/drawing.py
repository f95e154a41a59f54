"""What each step's map draws, on the basemap's grid: strokes, dots, names and measured lines.

Geometry is written once (`shapes`); static maps and the client both refer to it by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import dist, inf

from storymap.basemap.grid import Box, Grid
from storymap.page.map.courses import course
from storymap.page.map.journeys import Arrow, arrows_along, heading
from storymap.page.map.naming import Name, Path, names_of, on_grid, rank
from storymap.page.map.shapes import Shape, Shapes
from storymap.page.map.spots import along, halfway, inside
from storymap.page.map.strokes import LAKES, WET, Stroke, followed, runs_of, strokes_of
from storymap.page.map.uncertainty import Ground, grounds
from storymap.page.map.viewport import STATIC_PX, Frame, fit, on_the_map, units_per_px
from storymap.places import Place
from storymap.scene import Claim, Finding, Measurement, Scene, Shown

_ONE_COURSE_PX = 14.0  # lines nearer to each other than this are one to a reader
_APART_PX = 60.0  # shorter ones have no room for two numbers


@dataclass(frozen=True, slots=True)
class Also:
    """The line of another reading of a claim, drawn when a reader asks for it, and what a map of both lines frames."""

    stroke: Stroke
    box: Box


@dataclass(frozen=True, slots=True)
class Measured:
    """A claim's measured line: its shape, the words of its label, where they go and where the line ends.

    The words of an area stand `inside` it, those of a line on the part that is in view. A direction has an `arrow` at
    its far end. `also` are the lines of other readings, in order, None where they draw none of their own.
    `again` says that an earlier claim of the step has drawn the very same line: its label then waits to be asked for.
    `twin` is the shape of another claim's line on nearly the same course: this one is drawn when it is asked for.
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
    arrow: Arrow | None = None
    also: tuple[Also | None, ...] = ()
    twin: str = ""


@dataclass(frozen=True, slots=True)
class StepDrawing:
    """Everything that stands on one step's map above the basemap, in drawing order; names by rank."""

    strokes: tuple[Stroke, ...]
    names: tuple[Name, ...]
    measured: tuple[Measured, ...]
    grounds: tuple[Ground, ...] = ()
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole story's geometry and what each step draws of it."""

    shapes: tuple[Shape, ...]
    steps: Mapping[str, StepDrawing]
    notes: tuple[str, ...] = ()  # for the author


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
    uncertain = grounds(scenes, framed, findings, shapes, grid)
    for scene, frame in zip(scenes, framed, strict=True):
        own = {item.place.id for item in scene.shown}
        everything = (*scene.shown, *(Shown(p, p.name, "context") for p in context if p.id not in own))
        strokes: list[Stroke] = []
        lines: dict[str, str] = {}
        arrows: list[Arrow] = []
        for item in sorted(
            everything, key=lambda s: (s.role == "subject", s.place.geometry.geom_type.endswith("String"))
        ):
            runs, closed = runs_of(item.place), item.place.geometry.geom_type.endswith("Polygon")
            if runs:
                name, edges = f"p_{item.place.id}", item.place.edges
                shape = shapes.add(name, runs, closed=closed, closest=frame.drawn_for, edges=edges)
                strokes += strokes_of(item, shape, closed=closed)
                if not closed:
                    lines[item.place.id] = shape
                if item.journey:
                    arrows += _arrows(item, frame, grid)
        measured: list[Measured] = []
        for claim in scene.claims:
            found = findings[claim.id]
            if found.headline.measurement.lines:
                one = _measured(claim, found, pills[claim.id], shapes, frame, grid)
                measured.append(one)
        measured = pairs(measured, units_per_px(frame.view[1]))
        names = [name for item in everything for name in names_of(item, lines.get(item.place.id, ""), grid)]
        steps[scene.id] = StepDrawing(
            tuple(strokes),
            tuple(sorted(names, key=rank)),
            tuple(_once(measured, strokes)),
            uncertain[scene.id],
            tuple(arrows),
        )
    return Drawing(shapes.written(), steps, tuple(shapes.notes))


def _arrows(item: Shown, frame: Frame, grid: Grid) -> Sequence[Arrow]:
    """Return the arrowheads of a journey, as far apart as the step's static map wants them."""
    box = fit(frame.content, STATIC_PX, frame.closest)[0].moved(-grid.origin_x, -grid.origin_y)
    rows = grid.runs([course(run, item.place.edges, frame.drawn_for) for run in runs_of(item.place)])
    paths = [row if item.journey == "forward" else row[::-1] for row in rows]
    return [arrow for path in paths for arrow in arrows_along(path.tolist(), box, box.width / STATIC_PX[0])]


def _once(measured: Sequence[Measured], strokes: Sequence[Stroke]) -> Iterable[Measured]:
    """Yield what is measured, with what else is drawn of the same shape: again, or as a journey."""
    seen: set[str] = set()
    journeys = {s.shape: s.css.partition(" journey")[2] for s in strokes if " journey" in s.css}
    for one in measured:
        stroke = one.stroke
        if stroke.shape in journeys:
            back = " back" if "back" in journeys[stroke.shape] else ""
            stroke = stroke.but(f"{stroke.css} journey{back}")
        yield replace(one, stroke=stroke, again=stroke.shape in seen and not one.twin)
        seen |= set() if one.twin else {stroke.shape}


def pairs(measured: Sequence[Measured], unit: float) -> list[Measured]:
    """Return what is measured so that of two lines on one course, with `unit` grid units a pixel, only one is drawn.

    A direction gives its arrowhead to the line that is drawn. Both numbers stand on it, a direction's nearer its start,
    where it is measured.
    """
    found = list(measured)
    for i, j in combinations(range(len(found)), 2):
        one, other = (found[j], found[i]) if found[i].arrow else (found[i], found[j])
        same = one.stroke.shape == other.stroke.shape
        if one.twin or other.twin or bool(one.arrow) or (same and not other.arrow):
            continue
        course, its = _sampled(one), _sampled(other)
        backwards = bool(its) and bool(course) and dist(course[0], its[0]) > dist(course[0], its[-1])
        course = course[::-1] if backwards else course
        far = max((dist(a, b) for a, b in zip(course, its, strict=False)), default=inf)
        if not course or not its or far > _ONE_COURSE_PX * unit or dist(course[0], course[-1]) < _APART_PX * unit:
            continue
        thirds = [(round(x), round(y)) for x, y in (course[7], course[3])]
        arrow = heading(one.paths[0][::-1] if backwards else one.paths[0]) if other.arrow else None
        a, b = (j, i) if found[i].arrow else (i, j)
        found[a] = replace(one, anchor=thirds[0], arrow=arrow)
        found[b] = replace(other, anchor=thirds[1], twin=one.stroke.shape)
    return found


def _sampled(one: Measured) -> list[tuple[float, float]]:
    """Return eleven spots along a line from end to end, or none where it is a ring, or in pieces."""
    (path, *more) = one.paths
    if more or path[0] == path[-1]:
        return []
    return [along(one.paths, k / 10) for k in range(11)]


def _stroke(name: str, found: Measurement, place: Place | None, shapes: Shapes, closest: float) -> Stroke:
    rings = all(len(line) > 3 and line[0] == line[-1] for line in found.lines)
    # The rim of an area is often so crooked that a stroke as broad as a line's would bury it.
    css = "measured" if not rings else "measured region" if found.dimension == "area" else "measured edge"
    if place is not None and not rings:
        css += " wet" * (place.kind in WET) + " schematic" * place.schematic
    elif place is not None:
        css += " lake" * (place.kind in LAKES)
    elif found.dimension == "count" and found.lines[0][0] == found.lines[0][-1]:
        css += " limit"  # up to where was counted is no result of its own
    edges = "geodesic" if place is None else place.edges
    return Stroke(shapes.add(name, found.lines, closed=rings, closest=closest, edges=edges), css, rings)


def _measured(claim: Claim, finding: Finding, pill: str, shapes: Shapes, frame: Frame, grid: Grid) -> Measured:
    found = finding.headline.measurement
    stroke = _stroke(f"m_{claim.id}", found, followed(claim.measure, claim.places), shapes, frame.drawn_for)
    paths = tuple(on_grid(line, grid) for line in found.lines)
    box = _box(paths, grid)
    of_area = found.dimension == "area"
    anchor = inside(paths) if of_area else halfway(paths)
    # A ring has no ends; a line of no length is a mark at one spot.
    open_paths = [path for path in paths if len(path) == 2 or path[0] != path[-1]]
    ends = dict.fromkeys((round(path[i][0]), round(path[i][1])) for path in open_paths for i in (0, -1))
    arrow = heading(paths[0]) if finding.kind == "direction" else None
    also: list[Also | None] = []
    for n, (reading, (_, measure)) in enumerate(zip(finding.also, claim.also, strict=True)):
        other = reading.measurement
        # Lines that join places are a few bytes; further outlines of an area would cost more than a basemap.
        if not other.lines or other.lines == found.lines or followed(measure, claim.places) is not None:
            also.append(None)
            continue
        near = min(frame.drawn_for, frame.view[1] + 1)  # no reader comes closer to a line in passing
        line = _stroke(f"m_{claim.id}_{n}", other, None, shapes, near)
        whole = (*paths, *(on_grid(run, grid) for run in other.lines))
        also.append(Also(line.but(f"{line.css} also"), _box(whole, grid)))
    return Measured(
        claim.id,
        stroke,
        pill,
        (round(anchor[0]), round(anchor[1])),
        tuple(ends)[: 1 if arrow else None],
        paths,
        box,
        of_area,
        again=False,
        arrow=arrow,
        also=tuple(also),
    )


def _box(paths: Iterable[Path], grid: Grid) -> Box:
    spots = [spot for path in paths for spot in path]
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return on_the_map(Box(min(xs), min(ys), max(xs), max(ys)), grid)
