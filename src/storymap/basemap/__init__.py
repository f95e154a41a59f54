"""The map beneath a story: Natural Earth from the wheel, finer coasts from the author, as few SVG paths as it needs."""

from storymap.basemap.detail import Detail, read_detail
from storymap.basemap.grid import Bounds, Grid
from storymap.basemap.tiers import Basemap, Tier, compose

__all__ = ["Basemap", "Bounds", "Detail", "Grid", "Tier", "compose", "read_detail"]
