"""Leaflet as it goes into a page: only the parts in use, or the whole for layers that an author has made with folium.

Both are made by `tools/leaflet/make_leaflet.py`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

VERSION = "1.9.4"


@cache
def script(*, whole: bool = False) -> str:
    """Return the script that defines the global `L`."""
    return _read("whole.js" if whole else "leaflet.js").strip()


@cache
def style(*, whole: bool = False) -> str:
    """Return the rules that Leaflet's parts need."""
    return _read("whole.css" if whole else "leaflet.css").replace("\n", "")


@cache
def license_text() -> str:
    """Return the text of Leaflet's licence, which must travel with its code."""
    return _read("LICENSE").strip()


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
