"""The page's own style sheets, one file a subject in `client/styles/`, joined and made small."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from storymap.page import leaflet
from storymap.page.palette import daylight_css, palette_css
from storymap.page.policy import script_safe

# In the order in which later rules overrule earlier ones.
SHEETS = ("document", "map", "findings", "livemap", "stepper", "framed", "preferences", "print")

# Street maps are made for white paper, so what stands on one has the colours of the day.
_OVER_TILES = ".tiled :is(.leaflet-names-pane,.leaflet-overlay-pane,.leaflet-control-scale,.legend)"


def source(names: Sequence[str] = SHEETS) -> str:
    """Return the text of style sheets, in this order."""
    folder = files(__package__).joinpath("client", "styles")
    return "".join(folder.joinpath(f"{name}.css").read_text(encoding="utf-8") for name in names)


@cache
def style(more: tuple[str, ...] = (), *, whole: bool = False) -> str:
    """Return the CSS of a page: colours, Leaflet's (all of it for folium's layers: `whole`), ours.

    `more` are the sheets that only some stories need.
    """
    own = re.sub(r"/\*.*?\*/", "", source((*SHEETS, *more)), flags=re.DOTALL)
    own = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", own)).replace(": ", ":").replace(";}", "}").strip()
    over_tiles = daylight_css(_OVER_TILES) if "tiles" in more else ""
    return script_safe(palette_css() + leaflet.style(whole=whole) + own + over_tiles)
