"""One step's map as a picture that needs no script: what the SVG template draws, computed in pixels and percents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, dist, log2, pi, radians

from storymap.basemap.tiers import Basemap
from storymap.page.map.drawing import StepDrawing
from storymap.page.map.lettering import RING_PX, Lettering, is_short, lettering, percent
from storymap.page.map.strokes import Stroke, at_zoom
from storymap.page.map.uncertainty import Ground
from storymap.page.map.viewport import NARROW_PX, STATIC_PX, WORLD, Frame, fit

_EARTH_M = 2 * pi * 6378137.0
_MILE_M, _FOOT_M = 1609.344, 0.3048


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale bar in kilometres above a line and in miles below it: widths in percents of the picture, and words."""

    width: str
    text: str
    miles_width: str
    miles: str


@dataclass(frozen=True, slots=True)
class StaticMap:
    """One step's picture: its tier, strokes and uncertain ground, what part of the grid, lettering for its widths."""

    tier: str
    strokes: tuple[Stroke, ...]
    measured: tuple[Stroke, ...]
    view_box: str
    letterings: tuple[Lettering, ...]
    scale: Scale
    grounds: tuple[Ground, ...] = ()


WIDTHS = (("wide", STATIC_PX), ("narrow", NARROW_PX))


def static_map(
    drawing: StepDrawing,
    frame: Frame,
    basemap: Basemap,
    sizes: Sequence[tuple[str, tuple[int, int]]] = WIDTHS,
) -> StaticMap:
    """Return the picture of one step, lettered for each of `sizes`: (CSS class, pixels), all of the first's shape."""
    size_px = sizes[0][1]
    box, zoom = fit(frame.content, size_px, frame.closest)
    tier = basemap.tier_for(box, zoom)
    own = box.moved(-basemap.grid.origin_x, -basemap.grid.origin_y)
    view_box = f"{own.left:.0f} {own.top:.0f} {own.right - own.left:.0f} {own.bottom - own.top:.0f}"
    letterings = []
    for css, size in sizes:
        letterings.append(lettering(css, drawing, own, zoom + log2(size[0] / size_px[0]), size))
    latitude = float(WORLD.unproject(*box.middle)[1])
    return StaticMap(
        tier.name,
        tuple(at_zoom(stroke, zoom) for stroke in drawing.strokes),
        tuple(m.stroke for m in drawing.measured if not m.again and not m.twin),
        view_box,
        tuple(letterings),
        scale_bar(latitude, zoom, size_px[0]),
        tuple(g for g in drawing.grounds if g.seen(zoom, size_px) and not _ringed(g, drawing, own.width / size_px[0])),
    )


def _ringed(ground: Ground, drawing: StepDrawing, per_px: float) -> bool:
    """Return whether uncertain ground would only blot the ring round a short line."""
    rings = [m.anchor for m in drawing.measured if is_short(m, per_px)]
    return ground.radius < 2 * RING_PX * per_px and any(dist(ground.at, ring) < RING_PX * per_px for ring in rings)


def scale_bar(latitude: float, zoom: float, width_px: int = STATIC_PX[0]) -> Scale:
    """Return a scale bar of a round length, at most a fifth of the picture wide, for a latitude in degrees.

    Thousands are not parted: languages do that in different ways, and Leaflet’s bar, which takes its place, does not.
    """
    metres_per_px = _EARTH_M * cos(radians(latitude)) / 2 ** (zoom + 8)
    longest = metres_per_px * width_px / 5
    length = _round(longest)
    text = f"{length / 1000:.0f} km" if length >= 1000 else f"{length:.0f} m"
    unit, unit_m = ("mi", _MILE_M) if longest >= _MILE_M else ("ft", _FOOT_M)
    count = _round(longest / unit_m)
    return Scale(
        percent(length / metres_per_px, width_px),
        text,
        percent(count * unit_m / metres_per_px, width_px),
        f"{count:.0f} {unit}",
    )


def _round(longest: float) -> float:
    """Return the greatest 1, 2, 3 or 5 with zeros that is not over a number from 1."""
    step = 10.0 ** len(str(int(longest))) / 10
    return max(step * k for k in (1, 2, 3, 5) if step * k <= longest)
