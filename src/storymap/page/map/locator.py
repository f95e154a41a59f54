"""The small map that says where the large one is: one for the story, with a box for each step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from storymap.basemap.grid import Box, Grid
from storymap.basemap.names import Sight, names_for
from storymap.basemap.tiers import Basemap, Tier
from storymap.page.map.naming import NAME_ONLY
from storymap.page.map.viewport import Frame, units_per_px
from storymap.page.pictures.paths import read_d
from storymap.places import Place

SIZE_PX = (150, 112)
# Fourteen degrees wide: a country or two that readers know by their shapes. In an ocean it takes more to see some.
_ZOOMS = (4.2, 3.2, 2.2)
_LEAST_LAND = 0.02  # of the small map
_OF_USE_FROM = 8.0  # a step farther out than this shows as much itself


@dataclass(frozen=True, slots=True)
class Locator:
    """A tier, the part of the grid it is seen through, names at percents, and the zoom from which it is shown.

    A name has a language where that is not the story's.
    """

    tier: str
    view_box: str
    names: tuple[tuple[str, str, str, str], ...]
    from_zoom: float


def locator(
    frames: Sequence[Frame], basemap: Basemap, context: Iterable[Place], language: str = "en", *, named: bool = False
) -> Locator | None:
    """Return the locator of a story, or None where no step is close enough to need one, or they lie too far apart.

    Countries bear the story's own names for them; where `named`, others are named from the table in `language`.
    """
    near = [frame.content.middle for frame in frames if frame.view[1] >= _OF_USE_FROM]
    if not near:
        return None
    x, y = (sum(axis) / len(near) for axis in zip(*near, strict=True))
    for zoom in _ZOOMS:
        half_w, half_h = (px / 2 * units_per_px(zoom) for px in SIZE_PX)
        box = Box(x - half_w, y - half_h, x + half_w, y + half_h)
        tier = basemap.tier_for(box, zoom)
        if not tier.window.contains(box):
            return None
        own = box.moved(-basemap.grid.origin_x, -basemap.grid.origin_y)
        if _land(tier, own) >= _LEAST_LAND and all(box.contains(Box(x, y, x, y)) for x, y in near):
            break
    else:
        return None
    view_box = f"{own.left:.0f} {own.top:.0f} {own.right - own.left:.0f} {own.bottom - own.top:.0f}"
    names = _names(context, own, basemap.grid)
    if named:
        taken = {text for text, _, _, _ in names}
        names += tuple(name for name in _from_table(box, zoom, language) if name[0] not in taken)
    return Locator(tier.name, view_box, names, _OF_USE_FROM)


def _land(tier: Tier, view: Box) -> float:
    """Return how much of a view on the page's grid is land, as a share."""
    rings = [shapely.Polygon(run * tier.scale) for run, _ in read_d(tier.land)]
    seen = shapely.clip_by_rect(np.array(rings, dtype=object), view.left, view.top, view.right, view.bottom)
    return float(shapely.area(seen).sum()) / (view.width * view.height)


def _from_table(box: Box, zoom: float, language: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return names of countries on the locator as (text, x, y, language): small, as on a map three times its size."""
    (found,) = names_for([Sight(box, zoom + 1, box, zoom + 1)], language, ("countries",))
    spots = [(name, *name.spots[0]) for name in found]
    shares = [(name, (x - box.left) / box.width * 100, (y - box.top) / box.height * 100) for name, x, y in spots]
    return tuple((name.text, f"{x:.1f}%", f"{y:.1f}%", name.lang) for name, x, y in shares)


def _names(context: Iterable[Place], box: Box, grid: Grid) -> tuple[tuple[str, str, str, str], ...]:
    """Return the story's countries as (text, x, y, language), each once, where the farthest view would have it."""
    found: dict[str, tuple[str, str, str, str]] = {}
    for place in sorted(context, key=lambda p: p.min_zoom or 0.0):
        if NAME_ONLY.get(place.kind) != "country" or place.name in found:
            continue
        east, south = grid.project(*place.geometry.bounds[:2])
        x, y = (float(east) - box.left) / box.width * 100, (float(south) - box.top) / box.height * 100
        if 18 <= x <= 82 and 8 <= y <= 92:
            found[place.name] = (place.name, f"{x:.1f}%", f"{y:.1f}%", place.name_lang)
    return tuple(found.values())
