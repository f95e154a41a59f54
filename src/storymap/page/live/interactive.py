"""The live map, made by folium: a map without folium's own scripts and styles, and our step control on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from storymap.page.live.author_layers import NO_LAYERS, Foreign, Layers, copied, foreign, name_in_order

# folium makes the words of a popup with jQuery's $(…)[0]; this stands in for its 90 kB.
_POPUP_WORDS = (
    "window.$ ??= (html) => Object.assign(document.createElement('template'), { innerHTML: html.trim() })"
    ".content.children;"
)


class StepMap(folium.Map):
    """A folium map that brings no foreign files: Leaflet comes from the page, there are no tiles unless added."""

    def __init__(self) -> None:
        super().__init__(
            location=[0.0, 0.0],
            zoom_start=2,
            tiles=None,
            zoom_control=False,
            zoom_snap=0,
            scroll_wheel_zoom=False,
            attribution_control=False,
            max_bounds_viscosity=1.0,
            zoom_animation_threshold=2,
        )
        # Lists of its own: folium's are one mutable list that all maps of a process share.
        self.default_js, self.default_css = [], []


class StepControl(MacroElement):
    """Hands the map to our client, which draws the steps on it."""

    _template = Template("{% macro script(this, kwargs) %}$$main.start({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca types only some of its functions
        self._name = "StepControl"


class StepLayers(MacroElement):
    """Hands the client the layers that an author has made, a group a step.

    The map has started by then: a layer whose script does not come from its host leaves the story whole.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}$$main.join({ "
        "{% for number, group in this.groups %}{{ number }}: {{ group.get_name() }}, {% endfor %}});{% endmacro %}"
    )

    def __init__(self, groups: Sequence[tuple[int, folium.FeatureGroup]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # as above
        self._name = "StepLayers"
        self.groups = groups


@dataclass(frozen=True, slots=True)
class LiveMap:
    """The map's element (HTML), the script that makes it, what it loads from elsewhere; `layered` with own layers."""

    html: str
    script: str
    foreign: Foreign
    layered: bool


def live_map(layers: Layers = NO_LAYERS, meridian: float = 0.0) -> LiveMap:
    """Return the live map, the same for the same story every time.

    Args:
        layers: what an author has made with folium, by the number of the step that shows it.
        meridian: the middle of the story's maps, degrees.

    Raises:
        LayerRefused: something that cannot be a layer of a step.
    """
    chart = StepMap()
    StepControl().add_to(chart)
    groups = [(number, folium.FeatureGroup(show=False, control=False)) for number in sorted(layers) if layers[number]]
    for number, group in groups:
        group.add_to(chart)
        for layer in layers[number]:
            copied(layer, meridian).add_to(group)
    if groups:
        StepLayers(groups).add_to(chart)
    figure = cast("Figure", chart.get_root())
    name_in_order(figure)
    chart.render()  # type: ignore[no-untyped-call]  # as above
    script = _inside(figure.script)
    if "$(`" in script:
        script = f"{_POPUP_WORDS}\n{script}"
    return LiveMap(_inside(figure.html), script, foreign(group for _, group in groups), bool(groups))


def _inside(element: Element) -> str:
    return "\n".join(child.render().strip() for child in element._children.values())  # noqa: SLF001
