"""What stands beside a place on the map: its name in a style, its dot, and the zooms at which the name is of use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from storymap.basemap.grid import Grid
from storymap.meridian import whole
from storymap.page.map.strokes import runs_of
from storymap.scene import LonLat, Role, Shown

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DOT_STYLES = {"city": "city", "capital": "city", "station": "station"}
NAME_ONLY = {"country": "country", "sea": "sea", "bay": "sea", "strait": "sea", "gulf": "sea", "river": "river"}
# Zooms at which a name is of use, unless the place says otherwise: (from, to).
NAME_ZOOMS = {"country": (2.0, 9.5), "sea": (3.5, 14.0), "river": (8.0, 14.0), "city": (3.5, 14.0), "town": (7.0, 14.0)}

Path = tuple[tuple[float, float], ...]  # (x, y) on the grid, not rounded


@dataclass(frozen=True, slots=True)
class Name:
    """A label: text, style of `labels.Label`, position on the grid, zooms it is good for, and its dot ("" for none).

    The name of a line has the line's shape and paths: it stands on the part that is in view. `further` are other
    positions for a name without a dot. `lang` is set where the text is not in the story's language. `local` is what
    the people there say, on a second line, in `local_lang`. `side` is the place round its dot to try first.
    `of_table` tells names of context from the story's own.
    """

    text: str
    style: str
    x: int
    y: int
    dot: str = ""
    from_zoom: float = 0.0
    to_zoom: float = 30.0
    line: str = ""
    paths: tuple[Path, ...] = ()
    further: tuple[tuple[int, int], ...] = ()
    lang: str = ""
    local: str = ""
    local_lang: str = ""
    side: int = 0
    of_table: bool = False


def rank(name: Name) -> int:
    """Return how early a name is placed: what the step is about comes first."""
    order = ("subject", "city", "town", "country", "sea", "river")
    return order.index(name.style)


def names_of(item: Shown, line: str, grid: Grid) -> Iterable[Name]:
    """Return the label of a shown place, or nothing; `line` is the id of its shape if it is a line."""
    place, kind = item.place, item.place.kind
    if not item.label:
        return
    style, dot = _name_style(kind, item.role, is_point=place.geometry.geom_type == "Point")
    # What a step is about is named at any zoom; the others where their names are of use.
    low, high = (0.0, 30.0) if item.role == "subject" else NAME_ZOOMS.get(style, (0.0, 30.0))
    if item.role == "context":
        low = low if place.min_zoom is None else place.min_zoom
        high = high if place.max_zoom is None else place.max_zoom
    spot = _middle(whole(place.geometry))
    x, y = (float(v) for v in grid.project(spot.x, spot.y))
    yield Name(
        item.label,
        style,
        round(x),
        round(y),
        dot,
        low,
        high,
        line,
        tuple(on_grid(run, grid) for run in runs_of(place)) if line else (),
        lang=place.name_lang if item.label == place.name else "",
    )


def _name_style(kind: str, role: Role, *, is_point: bool) -> tuple[str, str]:
    if kind in NAME_ONLY:
        return NAME_ONLY[kind], ""
    if not is_point:
        return ("subject" if role == "subject" else "town"), ""
    dot = DOT_STYLES.get(kind, "town")
    if role == "subject":
        return "subject", dot
    return ("city" if dot == "city" else "town"), dot


def _middle(geometry: BaseGeometry) -> Any:
    """Return the point that a name stands on: a point itself, a spot inside an area, or half-way along a line."""
    if geometry.geom_type.endswith(("Polygon", "Point")):
        return geometry.representative_point()
    line: Any = geometry
    longest = line if geometry.geom_type == "LineString" else max(line.geoms, key=lambda g: g.length)
    return longest.interpolate(0.5, normalized=True)


def on_grid(run: Sequence[LonLat], grid: Grid) -> Path:
    """Return a run of (lon, lat) as (x, y) on the grid, not rounded."""
    return tuple((float(x), float(y)) for x, y in zip(*grid.project_run(*np.array(run).T), strict=True))
