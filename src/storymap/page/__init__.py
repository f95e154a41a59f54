"""The page: everything about the output, from what each step frames to the finished document."""

from storymap.page.document import Page, frames, render
from storymap.page.live.author_layers import LayerRefused, copied
from storymap.page.live.folium_map import folium_map
from storymap.page.map.strokes import borders_drawn
from storymap.page.map.viewport import Frame
from storymap.page.pictures.file import picture_svg
from storymap.page.pictures.parts import StepParts, StoryParts
from storymap.page.pictures.png import preview_png

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
