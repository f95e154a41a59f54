"""One step's map as a picture that needs no script: what the SVG template draws, computed in pixels and percents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, dist, log2, pi, radians

from storymap.basemap.grid import Box
from storymap.basemap.tiers import Basemap
from storymap.page.map.drawing import StepDrawing
from storymap.page.map.lettering import RING_PX, Lettering, is_short, lettering, percent, scale_room, shared
from storymap.page.map.scale import length_said
from storymap.page.map.strokes import Stroke, at_zoom
from storymap.page.map.uncertainty import Ground
from storymap.page.map.viewport import NARROW_PX, STATIC_PX, WORLD, Frame, fit
from storymap.quantity import NumberForms

_EARTH_M = 2 * pi * 6378137.0
_MILE_M, _FOOT_M = 1609.344, 0.3048


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale bar in kilometres above a line and in miles below it: widths in percents of the picture, and words.

    `longer` is the wider width, `x` its left end.
    """

    width: str
    text: str
    miles_width: str
    miles: str
    longer: str
    x: str = "1.2%"


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

    @property
    def shared(self) -> Lettering:
        """What is lettered alike at all widths."""
        return shared(self.letterings)[0]

    @property
    def own(self) -> tuple[Lettering, ...]:
        """What only some widths have."""
        return shared(self.letterings)[1]


WIDTHS = (("wide", STATIC_PX), ("narrow", NARROW_PX))
_LEAST_PX = {"narrow": 16.0}  # no text of a phone is smaller


def static_map(
    drawing: StepDrawing,
    frame: Frame,
    basemap: Basemap,
    sizes: Sequence[tuple[str, tuple[int, int]]] = WIDTHS,
    forms: NumberForms | None = None,
) -> StaticMap:
    """Return the picture of one step, lettered for each of `sizes`: (CSS class, pixels), all of the first's shape.

    Its scale bar is in English without the `forms` of another language.
    """
    size_px = sizes[0][1]
    box, zoom = fit(frame.content, size_px, frame.closest)
    tier = basemap.tier_for(box, zoom)
    own = box.moved(-basemap.grid.origin_x, -basemap.grid.origin_y)
    view_box = f"{own.left:.0f} {own.top:.0f} {own.right - own.left:.0f} {own.bottom - own.top:.0f}"
    latitude = float(WORLD.unproject(*box.middle)[1])
    bar = scale_bar(latitude, zoom, size_px[0], forms)
    right = _right(drawing, own, sizes[-1][1])
    if right:
        bar = replace(bar, x=percent(98.8 - float(bar.longer[:-1]), 100))
    letterings = []
    for css, size in sizes:
        nearer, least_px = log2(size[0] / size_px[0]), _LEAST_PX.get(css, 0.0)
        letterings.append(lettering(css, drawing, own, zoom + nearer, size, right=right, least_px=least_px))
    return StaticMap(
        tier.name,
        tuple(at_zoom(stroke, zoom) for stroke in drawing.strokes),
        tuple(m.stroke for m in drawing.measured if not m.again and not m.twin),
        view_box,
        tuple(letterings),
        bar,
        tuple(g for g in drawing.grounds if g.seen(zoom, size_px) and not _ringed(g, drawing, own.width / size_px[0])),
    )


def _ringed(ground: Ground, drawing: StepDrawing, per_px: float) -> bool:
    """Return whether uncertain ground would only blot the ring round a short line."""
    rings = [m.anchor for m in drawing.measured if is_short(m, per_px)]
    return ground.radius < 2 * RING_PX * per_px and any(dist(ground.at, ring) < RING_PX * per_px for ring in rings)


def _right(drawing: StepDrawing, box: Box, size: tuple[int, int]) -> bool:
    """Return whether the scale bar stands in the right corner: of the two, only that has no dot of a story's."""
    per_px = (box.right - box.left) / size[0]
    spots = [end for m in drawing.measured for end in m.ends]
    spots += [(name.x, name.y) for name in drawing.names if name.dot and name.style == "subject"]
    at = [((x - box.left) / per_px, (y - box.top) / per_px) for x, y in spots]

    def free(*, right: bool) -> bool:
        room = scale_room(size, right=right)
        return not any(room.left - 6 < x < room.right + 6 and room.top - 6 < y < room.bottom for x, y in at)

    return not free(right=False) and free(right=True)


def scale_bar(latitude: float, zoom: float, width_px: int = STATIC_PX[0], forms: NumberForms | None = None) -> Scale:
    """Return a scale bar of a round length, at most a fifth of the picture wide, for a latitude in degrees."""
    metres_per_px = _EARTH_M * cos(radians(latitude)) / 2 ** (zoom + 8)
    longest = metres_per_px * width_px / 5
    length = _round(longest)
    kilometres = length >= 1000
    text = length_said(round(length / 1000 if kilometres else length), "km" if kilometres else "m", forms)
    unit, unit_m = ("mi", _MILE_M) if longest >= _MILE_M else ("ft", _FOOT_M)
    count = _round(longest / unit_m)
    width, miles_width = (percent(long_m / metres_per_px, width_px) for long_m in (length, count * unit_m))
    longer = width if length > count * unit_m else miles_width
    return Scale(width, text, miles_width, length_said(round(count), unit, forms), longer)


def _round(longest: float) -> float:
    """Return the greatest 1, 2, 3 or 5 with zeros that is not over a number from 1."""
    step = 10.0 ** len(str(int(longest))) / 10
    return max(step * k for k in (1, 2, 3, 5) if step * k <= longest)
