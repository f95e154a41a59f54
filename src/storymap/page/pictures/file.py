"""One step's map as an SVG file for newsletters: all in it, nothing asked for, drawn and lettered as in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from storymap.basemap.grid import Box
from storymap.page.map.legend import Sign
from storymap.page.map.lettering import in_capitals
from storymap.page.map.letters import text_px
from storymap.page.map.static_map import StaticMap
from storymap.page.map.viewport import STATIC_PX
from storymap.page.pictures.parts import StepParts, StoryParts, credits_of
from storymap.page.pictures.paths import disc, in_picture
from storymap.page.pictures.style import style_of
from storymap.page.shell import templates
from storymap.page.styles import source
from storymap.page.theme import colours_of, font_of

CREDIT_PX, LEGEND_PX = 20, 22  # strips below the map
_DRAWN = re.compile(r'<(\w+) class="([^"]+)"')
_STACK = re.compile(r"--(serif|sans):\s*([^;]*);")


@dataclass(frozen=True, slots=True)
class Path:
    """A path of a picture: classes, and `d` in its pixels."""

    css: str
    d: str


def picture_svg(story: StoryParts, step: StepParts) -> str:
    """Return one step's map as an SVG document in its theme's light colours, 640 px wide; the same bytes every time.

    It is 400 px high, with a strip for its credits below, and one for its legend where it needs one.
    """
    width, height = STATIC_PX
    signs = _legend(step)
    parts = {
        "width": width,
        "height": height,
        "map": step.still,
        "lettering": in_capitals(step.still.letterings[0], story.language),
        "paths": paths_of(story, step.still, width),
    }
    words = {
        "title": step.title,
        "alt": step.alt,
        "language": story.language,
        "credit": credits_of(story, step.still.tier),
        "credit_px": CREDIT_PX,
        "signs": signs,
        "legend_px": LEGEND_PX if signs else 0,
    }
    return svg_of("picture.svg.j2", {**parts, **words}, {**colours_of(story.theme), **font_of(story.theme, _stacks())})


def _legend(step: StepParts) -> list[tuple[float, Sign]]:
    """Return what the picture must explain, each with where it begins: alone, it cannot lean on an earlier step's."""
    found, x = [], 4.0
    for sign in step.legend:
        if sign.about != "unsure" or step.still.grounds:
            found.append((x, sign))
            x += 54 + text_px(sign.text, "town")
    return found


def paths_of(story: StoryParts, still: StaticMap, width_px: int) -> list[Path]:
    """Return the paths of a step's map in drawing order, in pixels of a picture of that width; those in view."""
    left, top, width, height = map(float, still.view_box.split())
    view = Box(left, top, left + width, top + height)
    tier = next(tier for tier in story.basemap.tiers if tier.name == still.tier)
    world = tier.world * tier.scale
    found = [
        Path(css, in_picture(d, tier.scale, view.moved(-east, 0), width_px))
        # All land lies below all borders: what goes on beyond the seam would hide those of the next copy.
        for css, d in (("land", tier.land), ("lakes", tier.lakes), ("borders", tier.borders))
        for east in ((-world, world, 0) if tier.wraps else (0,))
    ]

    def drawn(css: str, shape: str) -> Path:
        return Path(css, in_picture(story.shapes[shape], 1, view, width_px))

    found += [drawn(stroke.css, stroke.shape) for stroke in still.strokes]
    for ground in still.grounds:
        whole = drawn("ground", ground.shape) if ground.shape else None
        found.append(whole or Path("ground", disc(ground.at, ground.radius, view, width_px)))
    for stroke in still.measured:
        found += [drawn(stroke.css.replace("measured", "halo"), stroke.shape), drawn(stroke.css, stroke.shape)]
    return [path for path in found if path.d]


def svg_of(template: str, parts: Mapping[str, object], values: Mapping[str, str]) -> str:
    """Return a filled template with the styles that its elements need."""
    svg = templates().get_template(template).render(**parts, colour=values)
    return svg.replace("<style></style>", f"<style>{style_of(_DRAWN.findall(svg), values)}</style>", 1)


@cache
def _stacks() -> dict[str, str]:
    """Return the page's two families of fonts, without the quotes that they can do without."""
    return {name: stack.replace('"', "") for name, stack in _STACK.findall(source())}
