"""The first step's map in the map column, before scripts run: the moving map takes over in the same place.

The rule of `viewport.fit` in CSS: the picture's box has the column's margins and scales what the step frames to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from storymap.basemap import Basemap
from storymap.page.map.static_map import StaticMap
from storymap.page.map.viewport import Frame, units_per_px

# Less than the room on any map: a smaller box is widened, for browsers place boxes on fractions of pixels only so well.
_LEAST_PX = 100


@dataclass(frozen=True, slots=True)
class Handover:
    """A step's map, of which the letters are not drawn, and the greatest size of what it frames, as CSS."""

    map: StaticMap
    css: str


def handover(frame: Frame, still: StaticMap, basemap: Basemap) -> Handover:
    """Return the picture that stands where the moving map will show the same step; `still` is the step's own."""
    finest = units_per_px(frame.closest)
    box = frame.content.moved(-basemap.grid.origin_x, -basemap.grid.origin_y)
    width, height = (
        max(round(side), round(_LEAST_PX * finest)) for side in (box.right - box.left, box.bottom - box.top)
    )
    x, y = box.middle
    view_box = f"{x - width / 2:.1f} {y - height / 2:.1f} {width} {height}".replace(".0 ", " ")
    css = f"#sm_first{{max-width:{width / finest:.1f}px;max-height:{height / finest:.1f}px}}"
    return Handover(replace(still, tier=basemap.tier_for(*frame.view).name, view_box=view_box), css)
