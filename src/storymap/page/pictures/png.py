"""A preview of a step as a PNG of 1200 × 630 px, as networks show it beside a link: drawn without a browser."""

from __future__ import annotations

from dataclasses import replace

from storymap.page.map.drawing import StepDrawing
from storymap.page.map.lettering import in_capitals
from storymap.page.map.static_map import static_map
from storymap.page.pictures.card import PAD_PX, PANEL_PX, card
from storymap.page.pictures.file import paths_of, svg_of
from storymap.page.pictures.font import FAMILY, Font, font, font_files
from storymap.page.pictures.parts import StepParts, StoryParts, credits_of
from storymap.page.theme import colours_of

SIZE_PX = (1200, 630)
_MAGNIFIED = 2  # it is seen at less than half its size: names and lines are twice as large as on a map in the page


def preview_png(story: StoryParts, step: StepParts) -> bytes:
    """Return the preview of one step; the same bytes every time, whatever fonts the machine has."""
    import resvg_py  # noqa: PLC0415  (a large library, and only this draws with it)

    return resvg_py.svg_to_bytes(
        svg_string=preview_svg(story, step, font()),
        skip_system_fonts=True,
        font_files=font_files(),
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        serif_family=FAMILY,
    )


def preview_svg(story: StoryParts, step: StepParts, font: Font) -> str:
    """Return the picture that the preview is made from: a panel of words, and the map beside it."""
    told = card(story, step, font)
    panel = PANEL_PX if told else 0
    width, height = (SIZE_PX[0] - panel) // _MAGNIFIED, SIZE_PX[1] // _MAGNIFIED
    still = static_map(_drawable(step.drawing, font), step.frame, story.basemap, (("wide", (width, height)),))
    parts = {
        "panel": panel,
        "pad": PAD_PX,
        "card": told,
        "credit": credits_of(story, still.tier),
        "map": still,
        "lettering": in_capitals(still.letterings[0], story.language),
        "paths": paths_of(story, still, width),
    }
    return svg_of("preview.svg.j2", parts, {**colours_of(story.theme), "sans": FAMILY, "serif": FAMILY})


def _drawable(drawing: StepDrawing, font: Font) -> StepDrawing:
    """Return a drawing without the names and numbers that the font lacks a letter of."""
    return replace(
        drawing,
        names=tuple(
            name if font.covers(name.local) else replace(name, local="")
            for name in drawing.names
            if font.covers(name.text)
        ),
        measured=tuple(m if font.covers(m.pill) else replace(m, pill="") for m in drawing.measured),
    )
