"""What each step's map frames, and at which zoom: one fit rule for the static maps and for Leaflet.

The client repeats `fit` in `client/fit.js`; a browser test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from storymap.basemap.grid import WORLD_UNITS, Bounds, Grid
from storymap.scene import Finding, LonLat, Scene, View

WORLD = Grid(0, 0)
REFERENCE_PX = (880, 800)
STATIC_PX = (640, 400)
NARROW_PX = (284, 178)  # the picture on a phone of 320 px; on a larger one its names only stand farther apart
CLOSEST, CLOSEST_IN_DETAIL = 9.6, 13.5  # what the basemap's data are good for


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in grid units (half pixels of zoom 14, y down)."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre (x, y)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def moved(self, dx: float, dy: float) -> Box:
        """The same rectangle elsewhere."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a step must show, in grid units of the whole world, and the closest zoom its map data allow."""

    content: Box
    closest: float

    @property
    def view(self) -> tuple[Bounds, float]:
        """What a map of the reference size shows, in degrees, and its zoom."""
        box, zoom = fit(self.content, REFERENCE_PX, self.closest)
        return bounds_of(box), zoom


def units_per_px(zoom: float) -> float:
    """Return how many grid units one pixel covers at a web-map zoom."""
    return float(2.0 ** (15 - zoom))


def box_of(points: Iterable[LonLat]) -> Box | None:
    """Return the smallest box round positions (lon, lat), or None where there are none."""
    lonlat = list(points)
    if not lonlat:
        return None
    xs, ys = WORLD.project([lon for lon, _ in lonlat], [lat for _, lat in lonlat])
    return Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))


def union(boxes: Iterable[Box | None]) -> Box | None:
    """Return the smallest box round boxes, or None where there are none."""
    some = [box for box in boxes if box is not None]
    if not some:
        return None
    return Box(
        min(b.left for b in some), min(b.top for b in some), max(b.right for b in some), max(b.bottom for b in some)
    )


def fit(content: Box, size_px: tuple[int, int], closest: float) -> tuple[Box, float]:
    """Return the box that a map of `size_px` shows when it frames `content`, and its zoom.

    Margins of 13 % of the width and 14 % of the height (at least 24 and 28 px) keep room for labels.
    """
    width, height = size_px
    room_x = width - 2 * max(24.0, 0.13 * width)
    room_y = height - 2 * max(28.0, 0.14 * height)
    scale = max((content.right - content.left) / room_x, (content.bottom - content.top) / room_y, units_per_px(closest))
    x, y = content.middle
    box = Box(x - width / 2 * scale, y - height / 2 * scale, x + width / 2 * scale, y + height / 2 * scale)
    return box, 15 - log2(scale)


def frame(scene: Scene, findings: Iterable[Finding], detail: Sequence[Bounds]) -> Frame | None:
    """Return what a scene's map frames: its own view, else all that it shows and measures; None where that is nothing.

    `detail` are the windows of finer map data, in which the map may come closer.
    """
    content = _view_box(scene.view)
    if content is None:
        shown = [_place_box(item.place.geometry.bounds) for item in scene.shown if item.role == "subject"]
        measured = [box_of(p for line in f.headline.measurement.lines for p in line) for f in findings]
        content = union([*shown, *measured]) or union(_place_box(i.place.geometry.bounds) for i in scene.shown)
    if content is None:
        return None
    return Frame(content, CLOSEST_IN_DETAIL if any(_within(content, w) for w in detail) else CLOSEST)


_UNITS = WORLD_UNITS / 2
WHOLE_WORLD = Frame(
    Box(-0.94 * _UNITS, -0.6 * _UNITS, 0.94 * _UNITS, 0.37 * _UNITS), CLOSEST
)  # the lands people live on


def bounds_of(box: Box) -> Bounds:
    """Return a box as degrees; what lies beyond the antimeridian is cut off, as the basemap ends there."""
    west, north = WORLD.unproject(box.left, box.top)
    east, south = WORLD.unproject(box.right, box.bottom)
    return Bounds(_on_earth(float(west)), float(south), _on_earth(float(east)), float(north))


def _on_earth(longitude: float) -> float:
    return min(180.0, max(-180.0, longitude))


def _view_box(view: View) -> Box | None:
    if view.center is not None:
        x, y = (float(v) for v in WORLD.project(*view.center))
        scale = units_per_px(view.zoom if view.zoom is not None else 9.0)
        half_w, half_h = STATIC_PX[0] * 0.37 * scale, STATIC_PX[1] * 0.36 * scale
        return Box(x - half_w, y - half_h, x + half_w, y + half_h)
    return union(_place_box(place.geometry.bounds) for place in view.fit)


def _place_box(bounds: tuple[float, float, float, float]) -> Box | None:
    west, south, east, north = bounds
    return box_of([(west, north), (east, south)])


def _within(content: Box, bounds: Bounds) -> bool:
    window = _place_box((bounds.west, bounds.south, bounds.east, bounds.north))
    x, y = content.middle
    return window is not None and window.left <= x <= window.right and window.top <= y <= window.bottom
