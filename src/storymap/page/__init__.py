"""The page: everything about the output, from what each step frames to the finished document."""

from storymap.page.author_layers import LayerRefused, copied
from storymap.page.document import Page, frames, render
from storymap.page.folium_map import folium_map
from storymap.page.picture_file import picture_svg
from storymap.page.picture_parts import StepParts, StoryParts
from storymap.page.preview_png import preview_png
from storymap.page.strokes import borders_drawn
from storymap.page.viewport import Frame

__all__ = [
    "Frame",
    "LayerRefused",
    "Page",
    "StepParts",
    "StoryParts",
    "borders_drawn",
    "copied",
    "folium_map",
    "frames",
    "picture_svg",
    "preview_png",
    "render",
]
