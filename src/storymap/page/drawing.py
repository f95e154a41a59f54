"""What each step's map draws, on the basemap's grid: strokes, dots, names and measured lines.

Geometry is written once (`shapes`); static maps and the client both refer to it by id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storymap.basemap.grid import Grid
from storymap.page.naming import Name, Path, names_of, on_grid, rank
from storymap.page.shapes import Shape, Shapes
from storymap.page.spots import halfway, inside
from storymap.page.strokes import Stroke, runs_of, strokes_of
from storymap.page.viewport import Box, Frame
from storymap.places import Place
from storymap.scene import Finding, Measurement, Scene, Shown


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
            runs, closed = runs_of(item.place), item.place.geometry.geom_type.endswith("Polygon")
            if runs:
                shape = shapes.add(f"p_{item.place.id}", runs, closed=closed, closest=frame.closest)
                strokes += strokes_of(item, shape, closed=closed)
                if not closed:
                    lines[item.place.id] = shape
        measured: list[Measured] = []
        for claim in scene.claims:
            found = findings[claim.id].headline.measurement
            if found.lines:
                stroke = _measured_stroke(claim.id, found, shapes, frame.closest)
                again = any(stroke.shape == earlier.stroke.shape for earlier in measured)
                measured.append(_measured(claim.id, stroke, pills[claim.id], found, grid, again=again))
        names = [name for item in everything for name in names_of(item, lines.get(item.place.id, ""), grid)]
        steps[scene.id] = StepDrawing(tuple(strokes), tuple(sorted(names, key=rank)), tuple(measured))
    return Drawing(shapes.written(), steps)


def _measured_stroke(claim_id: str, found: Measurement, shapes: Shapes, closest: float) -> Stroke:
    rings = all(len(line) > 3 and line[0] == line[-1] for line in found.lines)
    # The rim of an area is often so crooked that a stroke as broad as a line's would bury it.
    css = "measured" if not rings else "measured region" if found.dimension == "area" else "measured edge"
    return Stroke(shapes.add(f"m_{claim_id}", found.lines, closed=rings, closest=closest), css, rings)


def _measured(claim_id: str, stroke: Stroke, pill: str, found: Measurement, grid: Grid, *, again: bool) -> Measured:
    paths = tuple(on_grid(line, grid) for line in found.lines)
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
