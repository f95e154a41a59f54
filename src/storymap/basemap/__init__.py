"""The map beneath a story: Natural Earth from the wheel, finer coasts from the author, as few SVG paths as it needs."""

from storymap.basemap.detail import BorderFile, Detail, read_border_file, read_detail
from storymap.basemap.grid import Bounds, Box, Grid
from storymap.basemap.tiers import Basemap, Tier, compose

__all__ = [
    "Basemap",
    "BorderFile",
    "Bounds",
    "Box",
    "Detail",
    "Grid",
    "Tier",
    "compose",
    "read_border_file",
    "read_detail",
]
