"""A house's look: rules over the page's own, in a style element of their own, and its colours in pictures."""

from __future__ import annotations

from storymap.page.palette import LIGHT, daylight_css, modes_css
from storymap.page.styles import OVER_TILES
from storymap.story.colours import accented
from storymap.story.theme import Theme


def theme_css(theme: Theme, *, tiled: bool) -> str:
    """Return the style sheet of a theme, "" where the page looks as it always does; `tiled`: it has a street map."""
    rules = []
    if theme.light:
        day = accented(theme.light, "light")
        rules.append(modes_css(day, accented(theme.dark, "dark")))
        if tiled:
            rules.append(daylight_css(OVER_TILES, day))
    if theme.font and theme.font != "serif":
        rules.append(f":root{{--serif:{_stack(theme)}}}")
    return "".join([*rules, theme.css])


def colours_of(theme: Theme) -> dict[str, str]:
    """Return the light colours of a page with this look, by their names."""
    return {**LIGHT, **(accented(theme.light, "light") if theme.light else {})}


def font_of(theme: Theme, stacks: dict[str, str]) -> dict[str, str]:
    """Return the page's two families, of which the first is the theme's; `stacks` are those without one."""
    if not theme.font or theme.font == "serif":
        return stacks
    return {**stacks, "serif": stacks["sans"] if theme.font == "sans" else theme.font}


def _stack(theme: Theme) -> str:
    return "var(--sans)" if theme.font == "sans" else theme.font
