"""The page's own style sheets, one file a subject in `client/styles/`, joined and made small."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from storymap.page import leaflet
from storymap.page.palette import daylight_css, palette_css
from storymap.page.policy import script_safe
from storymap.strings import direction

# In the order in which later rules overrule earlier ones.
SHEETS = ("document", "map", "findings", "livemap", "manners", "stepper", "bar", "framed", "preferences", "print")

# Street maps are made for white paper, so what stands on one has the colours of the day.
OVER_TILES = ".tiled :is(.leaflet-names-pane,.leaflet-overlay-pane,.leaflet-control-scale,.legend)"


def source(names: Sequence[str] = SHEETS) -> str:
    """Return the text of style sheets, in this order."""
    folder = files(__package__).joinpath("client", "styles")
    return "".join(folder.joinpath(f"{name}.css").read_text(encoding="utf-8") for name in names)


def writing(language: str) -> tuple[str, ...]:
    """Return the sheets that the writing of a language (BCP 47) needs."""
    main = language.split("-", maxsplit=1)[0].lower()
    return (*(("rtl",) if direction(language) == "rtl" else ()), *(("cjk",) if main in ("ja", "ko", "zh") else ()))


@cache
def style(more: tuple[str, ...] = (), *, whole: bool = False) -> str:
    """Return the CSS of a page: colours, Leaflet's (all of it for folium's layers: `whole`), ours.

    `more` are the sheets that only some stories need.
    """
    over_tiles = daylight_css(OVER_TILES) if "tiles" in more else ""
    return script_safe(small(palette_css() + leaflet.style(whole=whole) + source((*SHEETS, *more)) + over_tiles))


def small(css: str) -> str:
    """Return a style sheet that says the same without comments and room; texts and addresses stay as they are."""
    parts = re.split(r"""("[^"]*"|'[^']*'|url\([^)]*\))""", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    for n, part in enumerate(parts):
        if n % 2 == 0:
            tight = re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", part)).replace(": ", ":").replace(";}", "}")
            parts[n] = re.sub(r"(?<![\w.)])0(?=\.\d)", "", tight)
    return "".join(parts).strip()
