"""The page's colours, light and dark, as CSS custom properties; a test holds every pair to its contrast."""

from __future__ import annotations

from collections.abc import Mapping

from storymap.story.colours import DARK, LIGHT, contrast

__all__ = ["DARK", "LIGHT", "contrast", "daylight_css", "modes_css", "palette_css"]


def palette_css() -> str:
    """Return the custom properties: light everywhere, dark on screens that ask for it or where `?theme=` says so."""
    light, dark = _block(LIGHT), _block(DARK)
    return _by_mode(f"color-scheme:light;{light}", f"color-scheme:dark;{dark}")


def modes_css(light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Return the rules that give the page some custom properties more, by the mode it is in."""
    return _by_mode(_block(light), _block(dark))


def daylight_css(selector: str, colours: Mapping[str, str] = LIGHT) -> str:
    """Return the rule that gives some elements the light colours on either theme: what is drawn over a street map."""
    return f"@media screen{{{selector}{{{_block(colours)}}}}}"


def _by_mode(light: str, dark: str) -> str:
    return (
        f":root{{{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}"
    )


def _block(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())
