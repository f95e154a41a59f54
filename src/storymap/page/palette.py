"""The page's colours, light and dark, as CSS custom properties; a test holds every pair to its contrast."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ink": "#17191c",
    "ink2": "#53575c",
    "rule": "#d8d4cb",
    "hair": "#ebe7de",
    "acc": "#b23a0a",
    "on-acc": "#ffffff",
    "acctint": "#fbe9df",
    "land": "#f5f1e8",
    "water": "#d2dee5",
    "coast": "#93a9b6",
    "river": "#9fbaca",
    "border": "#6f6255",
    "rail": "#7d756b",
    "halo": "#fbf8f1",
    "sea": "#3f6277",
    "subject": "#e6dcc6",
    "focus": "#0b57c4",
    "veil": "#ffffffb8",
}
DARK: Mapping[str, str] = {
    "paper": "#16191c",
    "ink": "#eceae4",
    "ink2": "#aeb2b5",
    "rule": "#3a4046",
    "hair": "#2a2f34",
    "acc": "#ff9a62",
    "on-acc": "#1d0e05",
    "acctint": "#3a2419",
    "land": "#2b2e2f",
    "water": "#172128",
    "coast": "#56697a",
    "river": "#40576a",
    "border": "#a89a8a",
    "rail": "#8d867c",
    "halo": "#1b1f22",
    "sea": "#8fb2c6",
    "subject": "#3d3b33",
    "focus": "#8ab8ff",
    "veil": "#16191cb8",
}


def palette_css() -> str:
    """Return the custom properties: light everywhere, dark on screens that ask for it or where `?theme=` says so."""
    light, dark = _block(LIGHT), _block(DARK)
    return (
        f":root{{color-scheme:light;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}"
    )


def daylight_css(selector: str) -> str:
    """Return the rule that gives some elements the light colours on either theme: what is drawn over a street map."""
    return f"@media screen{{{selector}{{{_block(LIGHT)}}}}}"


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two #rrggbb colours, 1 to 21 (w3.org/TR/WCAG22, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _block(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())
