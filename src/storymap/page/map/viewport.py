"""What each step's map frames, and at which zoom: one fit rule for the static maps and for Leaflet.

The client repeats `fit` in `client/fit.js`; a browser test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log2

from storymap.basemap.grid import MAX_LATITUDE, WORLD_UNITS, Bounds, Box, Grid
from storymap.meridian import framed_runs
from storymap.scene import Finding, LonLat, Scene

WORLD = Grid(0, 0)
REFERENCE_PX = (880, 800)
STATIC_PX = (640, 400)
NARROW_PX = (284, 178)  # the picture on a phone of 320 px; on a larger one its names only stand farther apart
CLOSEST, CLOSEST_IN_DETAIL = 9.6, 13.5  # what the basemap's data are good for
_NEARER = 1.0  # zooms: then lines are off by a pixel two zooms closer than a map that frames them


@dataclass(frozen=True, slots=True)
class Frame:
    """What a step must show, in grid units from 0°, 0°, and the closest zoom its map data allow.

    `opened` is what readers may have framed instead: the lines of its claims.
    """

    content: Box
    closest: float
    opened: tuple[Box, ...] = ()

    @property
    def views(self) -> list[tuple[Box, float]]:
        """What maps of the reference size show of the step, and of claims beside it or far closer, and their zooms."""
        step, zoom = self.view
        opened = [(box, *fit(box, REFERENCE_PX, self.closest)) for box in self.opened]
        beside = [(box, near) for line, box, near in opened if near > zoom + 2 or not step.contains(line)]
        return [(step, zoom), *beside]

    @property
    def view(self) -> tuple[Box, float]:
        """What a map of the reference size shows, and its zoom."""
        return fit(self.content, REFERENCE_PX, self.closest)

    @property
    def drawn_for(self) -> float:
        """The zoom that its lines are drawn for: a little closer than any map that frames it, or a claim of it."""
        framed = [fit(box, REFERENCE_PX, self.closest)[1] for box in (self.content, *self.opened)]
        return min(self.closest, max(framed) + _NEARER)


def units_per_px(zoom: float) -> float:
    """Return how many grid units one pixel covers at a web-map zoom."""
    return float(2.0 ** (15 - zoom))


def box_of(points: Iterable[LonLat]) -> Box | None:
    """Return the smallest box round positions (lon, lat) joined one after the other, or None where there are none."""
    return WORLD.box_of([list(points)])


def fit(content: Box, size_px: tuple[int, int], closest: float) -> tuple[Box, float]:
    """Return the box that a map of `size_px` shows when it frames `content`, and its zoom.

    Margins of 13 % of the width and 14 % of the height (at least 28 px) keep room for labels; on a narrow map those
    at the sides keep what lies at the edge clear of the buttons, too.
    """
    width, height = size_px
    room_x = width - 2 * max(0.13 * width, min(56.0, 0.18 * width))
    room_y = height - 2 * max(28.0, 0.14 * height)
    scale = max((content.right - content.left) / room_x, (content.bottom - content.top) / room_y, units_per_px(closest))
    x, y = content.middle
    box = Box(x - width / 2 * scale, y - height / 2 * scale, x + width / 2 * scale, y + height / 2 * scale)
    return box, 15 - log2(scale)


def frame(scene: Scene, findings: Iterable[Finding], detail: Sequence[Bounds], meridian: float = 0.0) -> Frame | None:
    """Return what a scene's map frames: its own view, else all that it shows and measures; None where that is nothing.

    `detail` are the windows of finer map data, in which the map may come closer; `meridian` (degrees) is the middle
    of the story's maps, round which its longitudes run on.
    """
    grid = Grid(0, 0, meridian)
    findings = list(findings)
    view = scene.view
    if view.center is not None:
        content = _round(view.center, view.zoom, grid)
    else:
        box = grid.box_of(framed_runs(scene, findings))
        if box is None:
            return None
        content = _with_arcs(on_the_map(box), findings, grid)
    near = any(_within(content, window, grid) for window in detail)
    return Frame(content, CLOSEST_IN_DETAIL if near else CLOSEST, tuple(_measured(findings, grid)))


def _with_arcs(content: Box, findings: Iterable[Finding], grid: Grid) -> Box:
    """Return a box and what bends out of it of measured lines that begin and end in it, as the shortest ways do."""
    room = 0.02 * max(content.width, content.height)
    inner = Box(content.left - room, content.top - room, content.right + room, content.bottom + room)
    for line in (line for finding in findings for line in finding.headline.measurement.lines):
        ends = grid.box_of([[line[0]], [line[-1]]])
        box = grid.box_of([line])
        if ends and box and line[0] != line[-1] and inner.contains(ends):
            content = content.joined(on_the_map(box))
    return content


def _measured(findings: Iterable[Finding], grid: Grid) -> Iterator[Box]:
    """Yield the box of each claim's measured lines, and with them of those that each further reading measures."""
    for finding in findings:
        lines = finding.headline.measurement.lines
        for others in ((), *(reading.measurement.lines for reading in finding.also)):
            box = grid.box_of([*lines, *others])
            if box:
                yield on_the_map(box)


_UNITS = WORLD_UNITS / 2
WHOLE_WORLD = Frame(
    Box(-0.94 * _UNITS, -0.6 * _UNITS, 0.94 * _UNITS, 0.37 * _UNITS), CLOSEST
)  # the lands people live on


def on_the_map(box: Box, grid: Grid = WORLD) -> Box:
    """Return what of a box on a grid lies within ±85° of latitude, where readers' maps end."""
    north, south = (float(grid.project(0.0, lat)[1]) for lat in (MAX_LATITUDE, -MAX_LATITUDE))
    return Box(box.left, min(max(box.top, north), south), box.right, max(min(box.bottom, south), north))


def _round(center: LonLat, zoom: float | None, grid: Grid) -> Box:
    """Return the box that a static map frames at a zoom round a centre."""
    x, y = (float(v) for v in grid.project(*center))
    half_w, half_h = STATIC_PX[0] * 0.37, STATIC_PX[1] * 0.36
    scale = min(units_per_px(9.0 if zoom is None else zoom), WORLD_UNITS / 2 / half_w)  # no wider than the world
    half_w, half_h = half_w * scale, half_h * scale
    return Box(x - half_w, y - half_h, x + half_w, y + half_h)


def _within(content: Box, bounds: Bounds, grid: Grid) -> bool:
    window = grid.box_of([[(bounds.west, bounds.north), (bounds.east, bounds.south)]])
    x, y = content.middle
    return window is not None and window.contains(Box(x, y, x, y))
