"""The small map that says where the large one is: one for the story, with a box for each step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storymap.basemap.tiers import Basemap
from storymap.page.naming import NAME_ONLY
from storymap.page.viewport import Box, Frame, bounds_of, box_of, units_per_px
from storymap.places import Place

SIZE_PX = (150, 112)
_ZOOM = 4.2  # fourteen degrees wide: a country or two that readers know by their shapes
_OF_USE_FROM = 8.0  # a step farther out than this shows as much itself


@dataclass(frozen=True, slots=True)
class Locator:
    """A tier, the part of the grid it is seen through, names at percents, and the zoom from which it is shown."""

    tier: str
    view_box: str
    names: tuple[tuple[str, str, str], ...]
    from_zoom: float


def locator(frames: Sequence[Frame], basemap: Basemap, context: Iterable[Place]) -> Locator | None:
    """Return the locator of a story, or None where no step is close enough to need one, or they lie too far apart."""
    near = [frame.content.middle for frame in frames if frame.view[1] >= _OF_USE_FROM]
    if not near:
        return None
    x, y = (sum(axis) / len(near) for axis in zip(*near, strict=True))
    half_w, half_h = (px / 2 * units_per_px(_ZOOM) for px in SIZE_PX)
    box = Box(x - half_w, y - half_h, x + half_w, y + half_h)
    tier = basemap.tier_for(bounds_of(box), _ZOOM)
    fits = all(box.left < x < box.right and box.top < y < box.bottom for x, y in near)
    if not fits or not tier.bounds.contains(bounds_of(box)):
        return None
    own = box.moved(-basemap.grid.origin_x, -basemap.grid.origin_y)
    view_box = f"{own.left:.0f} {own.top:.0f} {own.right - own.left:.0f} {own.bottom - own.top:.0f}"
    return Locator(tier.name, view_box, _names(context, box), _OF_USE_FROM)


def _names(context: Iterable[Place], box: Box) -> tuple[tuple[str, str, str], ...]:
    """Return (text, x, y) of the countries on the locator, each once, where the farthest view would have it."""
    found: dict[str, tuple[str, str, str]] = {}
    for place in sorted(context, key=lambda p: p.min_zoom or 0.0):
        at = box_of([place.geometry.bounds[:2]]) if NAME_ONLY.get(place.kind) == "country" else None
        if at is None or place.name in found:
            continue
        x = (at.left - box.left) / (box.right - box.left) * 100
        y = (at.top - box.top) / (box.bottom - box.top) * 100
        if 18 <= x <= 82 and 8 <= y <= 92:
            found[place.name] = (place.name, f"{x:.1f}%", f"{y:.1f}%")
    return tuple(found.values())
