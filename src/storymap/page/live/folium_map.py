"""A story as a plain folium map, for a notebook: a group a step with its places and its measured lines.

It is the geometry of the page, in degrees. Unlike the page it is folium's own document, whose scripts come from
elsewhere, and an author may add to it whatever folium knows. Words of a story are text: folium and Leaflet take names
and tooltips for HTML, so here they are escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

import folium
import numpy as np
from branca.element import Figure

from storymap.basemap.grid import Grid, degrees
from storymap.page.live.author_layers import NO_LAYERS, Layers, copied, name_in_order
from storymap.page.map.drawing import Measured
from storymap.page.map.naming import Name
from storymap.page.map.strokes import Stroke
from storymap.page.palette import LIGHT
from storymap.page.pictures.parts import StepParts, StoryParts

_MAX_TIER_ZOOM = 5  # a map in a notebook shows the world as its farthest step needs it
_NUMBERS = re.compile(r"-?\d+")
_INK: dict[str, Any] = {"color": LIGHT["ink"], "weight": 2.5, "fill_color": LIGHT["subject"], "fill_opacity": 0.6}
_QUIET: dict[str, Any] = {"color": LIGHT["rail"], "weight": 1.2, "fill_color": LIGHT["subject"], "fill_opacity": 0.2}
_MEASURED: dict[str, Any] = {"color": LIGHT["acc"], "weight": 3.5}
_REGION: dict[str, Any] = {"fill": True, "fill_color": LIGHT["acc"], "fill_opacity": 0.12}

Positions = list[list[tuple[float, float]]]


def folium_map(story: StoryParts, layers: Layers = NO_LAYERS) -> folium.Map:
    """Return a folium map of a story: a group for each step, the first one shown, and a control to choose others.

    Args:
        story: what the page was made from.
        layers: what the author has made with folium, by the number of the step, counted from 1.

    Raises:
        LayerRefused: something that cannot be a layer of a step.
    """
    chart = folium.Map(tiles=None, attributionControl=False)
    _draw_basemap(chart, story)
    meridian = story.basemap.grid.meridian
    for number, step in enumerate(story.steps.values(), 1):
        name = text_of(f"{number}. {step.title}")
        group = folium.FeatureGroup(name=name, overlay=True, show=number == 1).add_to(chart)
        for layer in (*_layers_of(step, story), *(copied(layer, meridian) for layer in layers.get(number, ()))):
            layer.add_to(group)
    folium.LayerControl(collapsed=False).add_to(chart)
    first = next(iter(story.steps.values())).frame.content
    (west, east), (south, north) = degrees([first.left, first.right], [first.bottom, first.top])
    chart.fit_bounds([[south, west], [north, east]], padding=(40, 40))  # lat, lon
    name_in_order(cast("Figure", chart.get_root()))
    return chart


def text_of(words: str) -> str:
    """Return words as folium may write them: into HTML, inside a template literal of a script."""
    return re.sub(r"[`$\\{}]", lambda found: f"&#{ord(found.group())};", html.escape(words))


def _draw_basemap(chart: folium.Map, story: StoryParts) -> None:
    fine = [tier for tier in story.basemap.tiers if tier.zoom <= _MAX_TIER_ZOOM]
    tier = (fine or story.basemap.tiers[:1])[0]
    group = folium.FeatureGroup(control=False).add_to(chart)
    land: dict[str, Any] = {
        "color": LIGHT["coast"],
        "weight": 0.8,
        "fill": True,
        "fill_color": LIGHT["land"],
        "fill_opacity": 1,
    }
    lakes = {**land, "fill_color": LIGHT["water"]}
    for d, look in ((tier.land, land), (tier.lakes, lakes)):
        if d:
            rings = _positions(d, story.basemap.grid, tier.scale)
            folium.Polygon(rings, interactive=False, **look).add_to(group)
    if tier.borders:
        lines = _positions(tier.borders, story.basemap.grid, tier.scale)
        _line(lines, interactive=False, color=LIGHT["border"], weight=1.1, dash_array="5 3").add_to(group)
    sea = f"<style>.leaflet-container {{ background: {LIGHT['water']} }}</style>"
    cast("Figure", chart.get_root()).header.add_child(folium.Element(sea), name="sea")


def _layers_of(step: StepParts, story: StoryParts) -> Iterator[Any]:
    named = {name.line: name for name in step.drawing.names if name.line}
    for stroke in step.drawing.strokes:
        if " casing" in stroke.css or " inlay" in stroke.css:
            continue
        yield _place(stroke, named.get(stroke.shape), story)
    for measured in step.drawing.measured:
        yield _measured(measured, story.basemap.grid)
    for name in step.drawing.names:
        if name.dot:
            yield _dot(name, story.basemap.grid)


def _place(stroke: Stroke, name: Name | None, story: StoryParts) -> Any:
    look = {**(_INK if "subject" in stroke.css.split() else _QUIET)}
    if "border" in stroke.css.split() or "schematic" in stroke.css.split():
        look["dash_array"] = "7 4"
    lines = _positions(story.shapes[stroke.shape], story.basemap.grid, 1)
    tooltip = folium.Tooltip(text_of(name.text)) if name else None
    if stroke.closed:
        return folium.Polygon(lines, tooltip=tooltip, fill=True, **look)
    return _line(lines, tooltip=tooltip, **{key: look[key] for key in look if not key.startswith("fill")})


def _measured(measured: Measured, grid: Grid) -> Any:
    lines = [_lat_lon(path, grid) for path in measured.paths]
    tooltip = folium.Tooltip(text_of(measured.pill), permanent=True) if measured.pill and not measured.again else None
    if measured.stroke.closed:
        return folium.Polygon(
            lines, tooltip=tooltip, fill=True, fill_color=LIGHT["acc"], fill_opacity=0.12, **_MEASURED
        )
    return _line(lines, tooltip=tooltip, **_MEASURED)


def _dot(name: Name, grid: Grid) -> Any:
    ((at,),) = (_lat_lon([(name.x, name.y)], grid),)
    subject = name.style == "subject"
    look: dict[str, Any] = {
        "color": LIGHT["halo"],
        "weight": 1.5,
        "fill": True,
        "fill_opacity": 1,
        "fill_color": LIGHT["ink"],
    }
    return folium.CircleMarker(at, radius=5 if subject else 3.5, tooltip=folium.Tooltip(text_of(name.text)), **look)


def _line(lines: Positions, **look: Any) -> Any:
    return folium.PolyLine(lines, **look)  # type: ignore[no-untyped-call]  # folium types only some of its functions


def _positions(d: str, grid: Grid, scale: int) -> Positions:
    """Return the lines of a path in the page as [(lat, lon), …], longitudes running on beyond ±180°."""
    lines = []
    for part in d.split("M")[1:]:
        steps = np.array(_NUMBERS.findall(part), np.int64).reshape(-1, 2)
        lines.append(_lat_lon(np.cumsum(steps, axis=0) * scale, grid))
    return lines


def _lat_lon(path: Sequence[tuple[float, float]] | np.ndarray[Any, Any], grid: Grid) -> list[tuple[float, float]]:
    x, y = np.asarray(path, np.float64).T
    lon, lat = degrees(x + grid.origin_x, y + grid.origin_y)
    return list(zip(np.round(lat, 5).tolist(), np.round(lon, 5).tolist(), strict=True))  # lat, lon
