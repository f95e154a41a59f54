"""One step's map as a picture that needs no script: what the SVG template draws, computed in pixels and percents."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, log2, pi, radians

from storymap.basemap.tiers import Basemap
from storymap.page.drawing import StepDrawing
from storymap.page.lettering import Lettering, lettering, percent
from storymap.page.strokes import Stroke
from storymap.page.viewport import NARROW_PX, STATIC_PX, WORLD, Frame, bounds_of, fit

_EARTH_M = 2 * pi * 6378137.0


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale bar: its width in percents of the picture and its words."""

    width: str
    text: str


@dataclass(frozen=True, slots=True)
class StaticMap:
    """One step's picture: which tier, which strokes, what part of the grid, and lettering for two widths."""

    tier: str
    strokes: tuple[Stroke, ...]
    measured: tuple[Stroke, ...]
    view_box: str
    letterings: tuple[Lettering, ...]
    scale: Scale


def static_map(drawing: StepDrawing, frame: Frame, basemap: Basemap) -> StaticMap:
    """Return the picture of one step at 16:10."""
    box, zoom = fit(frame.content, STATIC_PX, frame.closest)
    tier = basemap.tier_for(bounds_of(box), zoom)
    own = box.moved(-basemap.grid.origin_x, -basemap.grid.origin_y)
    view_box = f"{own.left:.0f} {own.top:.0f} {own.right - own.left:.0f} {own.bottom - own.top:.0f}"
    letterings = []
    for css, size in (("wide", STATIC_PX), ("narrow", NARROW_PX)):
        letterings.append(lettering(css, drawing, own, zoom + log2(size[0] / STATIC_PX[0]), size))
    latitude = float(WORLD.unproject(*box.middle)[1])
    return StaticMap(
        tier.name,
        drawing.strokes,
        tuple(m.stroke for m in drawing.measured if not m.again),
        view_box,
        tuple(letterings),
        scale_bar(latitude, zoom),
    )


def scale_bar(latitude: float, zoom: float) -> Scale:
    """Return a scale bar of a round length, at most a fifth of the picture wide, for a latitude in degrees."""
    metres_per_px = _EARTH_M * cos(radians(latitude)) / 2 ** (zoom + 8)
    longest = metres_per_px * STATIC_PX[0] / 5
    step = 10.0 ** len(str(int(longest))) / 10
    length = max(step * k for k in (1, 2, 3, 5) if step * k <= longest)
    text = f"{length / 1000:,.0f} km" if length >= 1000 else f"{length:.0f} m"
    return Scale(percent(length / metres_per_px, STATIC_PX[0]), text)
